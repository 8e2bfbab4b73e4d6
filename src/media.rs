//! Reading sound files: what is in them, and their sound, from the first sample of music to the
//! last.

mod peaks;
mod resample;
mod sound;

pub use peaks::{Column, Peaks, PeaksBuilder, PeaksError, SAMPLES_PER_BIN};
pub use resample::{UnplayableRate, at_rate};
pub use sound::{Sound, SoundError, StereoFrame};
