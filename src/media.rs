//! Reading sound files: what is in them, and their sound, from the first sample of music to the
//! last.

mod aac;
mod aiff;
mod alac;
mod bytes;
mod caf;
mod decode;
mod error;
mod facts;
mod file;
mod flac;
mod fold;
mod frames;
mod generic;
mod id3;
mod kind;
mod mp4;
mod ogg;
mod packets;
mod pcm;
mod peaks;
mod resample;
mod riff;
mod sound;
mod table;
mod wav;

pub use error::{NotAFile, OpenError};
pub use facts::{Codec, Container, Exactness, SoundFacts, TrimBasis};
pub use file::{SoundFile, open};
pub use peaks::{Column, Peaks, PeaksBuilder, PeaksError, SAMPLES_PER_BIN};
pub use resample::{UnplayableRate, at_rate};
pub use sound::{Sound, SoundError, StereoFrame};
