//! Needledrop: draw songs from a show's pool, hear them against a scene, drop the right one, and
//! carry it through every cut.
//!
//! This page is the architecture.
//!
//! # From above
//!
//! A headless core with a thin shell. [`app::App`] owns the show, the transport and the background
//! work; it takes [`app::Action`]s and decides. The window ([`ui`]) draws from `&App` and hands
//! actions back; the command line ([`cli`]) makes the same calls without a window. The core can be
//! built, driven and asserted on with no window, no sound card and no clock.
//!
//! ```text
//!   mouse, keys ──► ui ──► Action ──► app::dispatch ──► ops ──► Transaction ──► app::Session
//!                    ▲                     │                                        │
//!                    └────── &App ─────────┤                            model ◄─────┴────► storage
//!                                          ▼
//!                             transport ──► audio ──► sound card
//!                             jobs ──► media, analysis, interchange
//! ```
//!
//! # The rooms
//!
//! | room | what is in it |
//! |---|---|
//! | [`time`] | ticks, frames and rates, samples, timecode |
//! | [`model`] | the show as plain values; edits with inverses, undo, invariants |
//! | [`ops`] | pure functions that say what a request amounts to: place, move, search, adopt a cut list |
//! | [`interchange`] | file formats ↔ model values; bytes in, values and a report out |
//! | [`media`] | sound files: probe, decode, resample, peaks; ffmpeg as a helper; writing WAV |
//! | [`analysis`] | what is measured of sound |
//! | [`storage`] | the show file, saving and merging, the cache |
//! | [`audio`] | the bus, its workers, its clock, the device |
//! | [`jobs`] | background work: priorities, progress, cancel |
//! | [`platform`] | dialogs, folders, the file manager, who goes first among threads |
//! | [`app`] | the core |
//! | [`ui`] | the window |
//! | [`cli`] | the command line |
//!
//! Imports go downward only, `tests/architecture.rs` sees to it:
//!
//! ```text
//! time · jobs · platform
//! model · media                       → time
//! ops · interchange · storage         → model, time
//! analysis · audio                    → media, time, platform
//! app                                 → everything above
//! ui · cli                            → app, and what it is made of
//! ```
//!
//! # Threads
//!
//! | thread | owns | must never |
//! |---|---|---|
//! | the window's | [`app::App`], the window | block, read media, wait for sound |
//! | `audio-…` | decoders, what is decoded ahead | fall behind |
//! | the device's callback | the bus | lock, allocate, free, log, touch a file |
//! | `job-…` | one job at a time | outlive the core; ignore a stop flag for long |
//! | `measure-…` | one file being measured | go before any other thread; pass its gate less often than every 50 ms |
//! | `save` | the show's file | be skipped when the program ends |
//! | `journal` | changes on their way to the recovery journal | wait for the show's file |
//! | rayon's | single files of an import, for its job | be used for anything else |
//! | `dialog` | an open file dialog | be waited for |
//! | `ffmpeg-reader` | one pipe of a running ffmpeg | outlive it |
//!
//! # What does not exist here
//!
//! * A time in floating point. Positions are whole ticks; timecode is text at the edge.
//! * A second door into the document. Whatever changes a show is a [`model::Transaction`] that goes
//!   through [`app::Session`], and so can be undone, saved and merged.
//! * A change without an inverse, or an undo that takes back somebody else's work.
//! * A way for the window to change the model, or for the model to know of the window.
//! * A file, a lock, an allocation or a decoder in the audio callback.
//! * A format that reads or writes files by itself.
//! * A second door to sound files. What plays, measures, probes or writes goes through
//!   [`app::SoundFiles`], which knows when ffmpeg is needed.
//! * A color, size or duration outside `ui::theme`.
//!
//! # Where do I add …
//!
//! * **a field of a track, scene, slot…** – its struct and its `fields!` list in [`model`], one line
//!   in the document's schema in [`storage`], its editor in `ui::panels::inspector`.
//! * **a command** – the table in `ui::commands`: it feeds menu, palette, keys and help.
//! * **a request** – a variant in `app::action`, its answer in `app::dispatch`, what it amounts to
//!   in [`ops`].
//! * **a file format of editing systems** – a folder in [`interchange`] and a line in its registry.
//! * **a sound format** – [`media`]; what ffmpeg reads, only its name in `media::kind`.
//! * **something measured** – [`analysis`], and a field of [`model::Measured`] if it travels.
//! * **background work** – a function in `app::tasks` and an outcome.

pub mod analysis;
pub mod app;
pub mod audio;
pub mod cli;
pub mod interchange;
pub mod jobs;
pub mod media;
pub mod model;
pub mod ops;
pub mod platform;
pub mod storage;
pub mod time;
pub mod ui;
