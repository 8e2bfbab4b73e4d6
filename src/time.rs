//! Exact time for picture and sound: whole numbers only, no floats.
//!
//! Picture is counted in [`Frames`] at a [`FrameRate`]; sound is counted in [`Samples`] at a
//! [`SampleRate`]; whatever has to line up with both is counted in [`Ticks`] of 1/705 600 000 s.
//! Timecode is text at the edge: it is read into frames and written from frames, and nothing
//! in between stores it.

mod frames;
mod samples;
mod ticks;
mod timecode;

pub use frames::{FrameRate, Frames, UnsupportedRate};
pub use samples::{SampleRate, Samples, ZeroRate};
pub use ticks::{SpanError, TickSpan, Ticks};
pub use timecode::{Counting, Timebase, TimebaseError, TimebaseParseError, TimecodeError};
