//! What a sound file is: its container, codec, rate, channels and length, and what was trimmed.

use std::fmt;

use crate::time::SampleRate;
use crate::time::Samples;

/// The kind of file that holds the sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Container {
    /// A bare stream of MPEG audio frames.
    Mpeg,
    /// A bare stream of AAC frames (ADTS).
    Adts,
    /// Native FLAC.
    Flac,
    /// Ogg.
    Ogg,
    /// MPEG-4 or `QuickTime`.
    Mp4,
    /// RIFF WAVE, with its 64-bit forms RF64 and BW64.
    Wav,
    /// AIFF or AIFF-C.
    Aiff,
    /// Apple's Core Audio Format.
    Caf,
    /// Matroska or `WebM`.
    Matroska,
    /// MXF.
    Mxf,
    /// AVI.
    Avi,
    /// A transport or program stream of MPEG-1 or MPEG-2.
    MpegSystem,
    /// Windows Media.
    Asf,
    /// Something else that ffmpeg reads.
    Other,
}

impl fmt::Display for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mpeg => "MPEG audio",
            Self::Adts => "ADTS",
            Self::Flac => "FLAC",
            Self::Ogg => "Ogg",
            Self::Mp4 => "MP4",
            Self::Wav => "WAV",
            Self::Aiff => "AIFF",
            Self::Caf => "CAF",
            Self::Matroska => "Matroska",
            Self::Mxf => "MXF",
            Self::Avi => "AVI",
            Self::MpegSystem => "MPEG",
            Self::Asf => "Windows Media",
            Self::Other => "another container",
        })
    }
}

/// How the sound is coded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// Samples as they are.
    Pcm,
    /// Samples as they are, in floating point.
    PcmFloat,
    /// G.711 A-law.
    ALaw,
    /// G.711 mu-law.
    MuLaw,
    /// MPEG audio, layer I.
    Mp1,
    /// MPEG audio, layer II.
    Mp2,
    /// MPEG audio, layer III.
    Mp3,
    /// AAC, low complexity.
    Aac,
    /// High-efficiency AAC, of which only the core is decoded: all there below about a quarter of
    /// the sampling rate, dull above it.
    HeAac,
    /// Apple Lossless.
    Alac,
    /// FLAC.
    Flac,
    /// Vorbis.
    Vorbis,
    /// Opus.
    Opus,
    /// Something else that the decoders know, by their name for it.
    Other(String),
}

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pcm => "PCM",
            Self::PcmFloat => "PCM float",
            Self::ALaw => "A-law",
            Self::MuLaw => "mu-law",
            Self::Mp1 => "MP1",
            Self::Mp2 => "MP2",
            Self::Mp3 => "MP3",
            Self::Aac => "AAC",
            Self::HeAac => "HE-AAC",
            Self::Alac => "ALAC",
            Self::Flac => "FLAC",
            Self::Vorbis => "Vorbis",
            Self::Opus => "Opus",
            Self::Other(name) => name,
        })
    }
}

/// How far a length can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exactness {
    /// It is the number of samples that decoding yields.
    Exact,
    /// It is what a header promises; decoding everything will tell.
    Estimated,
}

/// Where the number of samples taken off the beginning and the end comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrimBasis {
    /// The format adds nothing, or the file says nothing: nothing was taken off.
    Nothing,
    /// The file states it.
    Stated,
    /// The file does not state it, so what every encoder of this format adds was taken off.
    Assumed,
}

/// What a sound file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoundFacts {
    /// The kind of file.
    pub container: Container,
    /// How the sound is coded.
    pub codec: Codec,
    /// The rate at which its samples are counted.
    pub rate: SampleRate,
    /// How many channels the file has, before they are folded down to two.
    pub channels: u16,
    /// Bits of one sample, where the format counts them.
    pub bits: Option<u16>,
    /// What an encoder put before the first sample of music, and was taken off.
    pub trimmed_start: Samples,
    /// What an encoder put after the last sample of music, and was taken off.
    pub trimmed_end: Samples,
    /// Where the two numbers above come from.
    pub trim_basis: TrimBasis,
    /// How long the music is, where that is known.
    pub length: Option<Samples>,
    /// How far `length` can be trusted.
    pub exactness: Exactness,
}
