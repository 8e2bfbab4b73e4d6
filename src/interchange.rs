//! What other programs write, turned into values of ours, and ours into what they read: bytes in,
//! values and a [`Report`] out, and back. Nothing here knows a file's place on disk, and nothing
//! here changes a show.
//!
//! [`cut`] reads what is about an episode's picture, [`playlist`] what is about the pool;
//! [`timeline`] writes what others are given of an episode, [`cue_sheet`] what societies and
//! broadcasters are told of it.
//!
//! A reader takes any bytes. It never panics, and neither time nor memory grow faster than the
//! file does; the limits are at the top of `limits.rs`. What it can't read it leaves out and says
//! so in the report; it only refuses a file as a whole when importing it would put things in the
//! wrong place.

mod address;
pub mod cue_sheet;
pub mod cut;
mod limits;
pub mod playlist;
mod report;
mod table;
mod text;
pub mod timeline;
mod xml;

pub use limits::{
    MAX_BYTES, MAX_ENTRIES, MAX_PACKED_BYTES, MAX_PLAYLIST_BYTES, MAX_TIMELINE_BYTES, MAX_WARNINGS,
};
pub use report::{ClockReading, Report, Warning, WarningKind};
pub use table::{Delimiter, Layout, Row, TableFile};
pub use text::TextEncoding;

/// How much a text looks like a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Not at all.
    No,
    /// Something of it is there, but nothing that only this format has.
    Maybe,
    /// Something is there that only this format has.
    Sure,
}
