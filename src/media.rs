//! Reading sound files: what is in them, and their sound, from the first sample of music to the
//! last.

mod aac;
mod aiff;
mod alac;
mod bext;
mod bytes;
mod caf;
mod decode;
mod error;
mod facts;
mod file;
mod filter;
mod flac;
mod fold;
mod frames;
mod generic;
mod hash;
mod helper;
mod id3;
mod ixml;
mod kind;
mod lrc;
mod lyrics;
mod matroska;
mod mp4;
mod ogg;
mod packets;
mod pcm;
mod peaks;
mod probe;
mod resample;
mod riff;
mod scan;
mod sound;
mod table;
mod tags;
mod text;
mod thumbnail;
mod wav;
mod wave_writer;
mod wide;

pub use bext::BroadcastInfo;
pub use error::{NotAFile, OpenError};
pub use facts::{Codec, Container, Exactness, SoundFacts, TrimBasis};
pub use file::{SoundFile, open};
pub(crate) use filter::{FilterPair, Section};
pub use hash::{ContentHash, content_hash};
pub use helper::{
    COPY_VERSION, Ended, ForeignSound, Heard, Helper, HelperError, READ_BY_HELPER, Tool, Tools,
    open_copy,
};
pub use lyrics::LyricLine;
pub use peaks::{Column, Peaks, PeaksBuilder, PeaksError, SAMPLES_PER_BIN};
pub use probe::{Artwork, Probed, TitleSource, artwork, probe, probe_foreign};
pub use resample::{UnplayableRate, at_rate};
pub use scan::{Chosen, Found, looks_like_sound, scan};
pub use sound::{Sound, SoundError, StereoFrame};
pub use tags::{Tags, WriterRole, WriterTag};
pub use thumbnail::Thumbnail;
pub use wave_writer::WaveWriter;
pub(crate) use wide::{Arithmetic, widest};
