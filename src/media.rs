//! Reading sound files: what is in them, and their sound, from the first sample of music to the
//! last.

mod peaks;
mod sound;

pub use peaks::{Column, Peaks, PeaksBuilder, PeaksError, SAMPLES_PER_BIN};
pub use sound::{Sound, SoundError, StereoFrame};
