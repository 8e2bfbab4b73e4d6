//! Hearing: programs of sounds on a line of ticks, played on one bus with one clock.
//!
//! ```text
//! main thread      Engine ──requests──▶ Inbox          Engine ◀──heard, events── Clock, News
//! audio-conductor  Conductor: who sounds when ──commands, whole batches──▶ ring
//! audio-feeder-n   Desk: open, seek, decode ──frames──▶ one ring for each voice
//! audio-output     Owner: opens the device, loses it, opens it again
//! device callback  BusSource ▶ Bus: commands and frames in; sound, clock and spent voices out
//! ```
//!
//! Whatever carries memory into the callback (a voice with its ring) comes back out of it by
//! another ring and is freed by the conductor.
//!
//! **Positions.** A [`Program`] lives on a line of ticks. A *run* is one going of that line, from
//! a play or a seek on, counted in frames of the bus; a route says which frames of the line
//! those are, round loops and all. All voices of a run are placed by its frames, so they are in
//! sync by construction, and an exchange of voices is a pair of fades at one frame.
//!
//! **Otherwise than straight on.** The bus only goes forward. Faster and backwards are programs of
//! their own, whose parts say at which [`Pace`] their sound is read; see [`Shuttle`].
//!
//! **What is ready.** Beginnings at likely places are kept decoded (heads), the alternates of the
//! armed slot as a whole (holds), files that were read last open.
//!
//! **When a ring is full.** Commands: the conductor keeps the batch and tries again in 5 ms.
//! Spent voices: the bus keeps them, silent, and tries again with the next block. Decoded frames:
//! the feed stops until there is room. Requests: the newest of each kind replaces the older.
//! Events: the oldest go, counted.

mod bus;
mod by_hand;
mod cast;
mod clock;
mod conductor;
mod desk;
mod device;
mod ducker;
mod engine;
mod fade;
mod feed;
mod heads;
mod holds;
mod inbox;
mod loudness;
mod meters;
mod news;
mod offline;
mod open;
mod output;
mod owner;
mod program;
mod route;
mod shuttle;
mod voice;

pub use by_hand::ByHand;
pub use device::output_names;
pub use engine::{Config, Engine, Heard, HeardState};
pub use meters::Diagnostics;
pub use news::{Event, TakeId};
pub use offline::{Cancelled, Rendered, render, render_together};
pub use open::{OpenFailure, OpenSound};
pub use output::{BusSource, Faults, NoOutput, Output, OutputChoice, OutputFacts, Outputs};
pub use program::{End, Gain, Group, Part, PartId, Program, SoundKey};
pub use shuttle::{Direction, Pace, Shuttle, Speed};
