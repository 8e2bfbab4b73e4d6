//! Reading sound files: what is in them, and their sound, from the first sample of music to the
//! last.

mod sound;

pub use sound::{Sound, SoundError, StereoFrame};
