//! Where a recording's sound file is and what is known of it.

use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::Ticks;

/// A sound file as the show knows it. The file itself stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Where it has been seen, most likely place first; relative to the show's folder where it
    /// lies below it, with `/` between folders.
    pub paths: Vec<String>,
    /// Its size in bytes.
    pub bytes: u64,
    /// BLAKE3 of its bytes in hexadecimal, so that it is known again when it has moved; empty
    /// while it has not been read.
    pub hash: String,
    /// What holds the sound: `WAV`, `MP4`, `Ogg`…
    pub container: String,
    /// How it is coded: `PCM 24`, `AAC`, `Vorbis`…
    pub codec: String,
    /// Samples per second.
    pub rate: SampleRate,
    /// Channels in the file.
    pub channels: u16,
    /// Length of the recording, without what an encoder added.
    pub length: Samples,
    /// Whether `length` is what decoding yields, not what a header estimates.
    pub is_exact: bool,
    /// Encoder delay taken off the beginning.
    pub trimmed_start: Samples,
    /// Padding taken off the end.
    pub trimmed_end: Samples,
}

impl Media {
    /// Length of the recording.
    pub fn duration(&self) -> Ticks {
        self.rate.nearest_ticks(self.length)
    }
}
