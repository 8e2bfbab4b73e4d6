//! What every container reader gives: coded packets, each with the place its sound belongs to.

use std::ops::Range;

use symphonia::core::codecs::audio::AudioCodecParameters;

use super::decode::Decoder;
use super::decode::refusal;
use super::error::Fault;
use super::facts::Codec;
use super::facts::Container;
use super::facts::Exactness;
use super::facts::SoundFacts;
use super::facts::TrimBasis;
use super::pcm::PcmLayout;
use super::sound::SoundError;
use crate::time::SampleRate;
use crate::time::Samples;

/// One coded packet.
#[derive(Clone, Debug, Default)]
pub(super) struct Packet {
    /// Where its first frame belongs, counted from the first frame the decoder gives for the file
    /// (so encoder delay still counts).
    pub(super) at: i64,
    /// How many of its frames count, those left out by `skip` aside; what it decodes to beyond them
    /// is dropped.
    pub(super) frames: u32,
    /// Frames at its beginning that are not sound yet; `at` is the place of the one after them.
    pub(super) skip: u32,
    /// How far off `at` may be, where a container counts more coarsely than in frames: within this
    /// the packet follows on from the one before.
    pub(super) slack: u32,
    /// What its container says it lasts, for the few decoders that want to be told.
    pub(super) told_frames: u64,
    /// Whether it does not follow on from the packet before, so that the decoder has to forget that
    /// one.
    pub(super) breaks: bool,
    /// Another codec than before, with which the stream goes on.
    pub(super) codec: Option<Box<AudioCodecParameters>>,
    /// Frames that went missing before it without leaving a gap in the count.
    pub(super) lost_before: u32,
    /// What the decoder eats.
    pub(super) data: Vec<u8>,
}

impl Packet {
    /// `frames` frames at `at`, with the memory of an earlier packet to put the data into.
    pub(super) fn refill(&mut self, at: i64, frames: u32, data: &[u8]) {
        let mut memory = std::mem::take(&mut self.data);
        memory.clear();
        memory.extend_from_slice(data);
        *self = Self {
            at,
            frames,
            data: memory,
            ..Self::default()
        };
    }
}

/// The packets of one stream, in order, from any place asked for.
pub(super) trait Packets: Send {
    /// Puts the next packet into `packet`; false at the end.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file. Damage is not an error: the reader goes on at
    /// the next whole packet.
    fn next(&mut self, packet: &mut Packet) -> Result<bool, SoundError>;

    /// Moves so that a freshly reset decoder, fed from the next packet on, is right at frame `at`
    /// and after. Packets before it that only warm the decoder up carry their own places.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    fn seek(&mut self, at: i64) -> Result<(), SoundError>;
}

/// A stream found in a file: everything needed to play it.
pub(super) struct Stream {
    /// What it is.
    pub(super) facts: SoundFacts,
    /// The first frame of music, counted as packets count.
    pub(super) start: i64,
    /// The frame after the last one of music, where that is known.
    pub(super) end: Option<i64>,
    /// Its packets.
    pub(super) packets: Box<dyn Packets>,
    /// What turns them into sound.
    pub(super) decoder: Decoder,
}

impl Stream {
    /// A stream that decodes to the frames of `whole`, of which those of `music` are to be heard.
    pub(super) fn trimmed(
        coding: Coding,
        whole: Range<i64>,
        music: Range<i64>,
        trim_basis: TrimBasis,
        packets: Box<dyn Packets>,
        decoder: Decoder,
    ) -> Self {
        let Coding {
            container,
            codec,
            rate,
            channels,
            bits,
        } = coding;
        let facts = SoundFacts {
            container,
            codec,
            rate,
            channels,
            bits,
            trimmed_start: Samples::new((music.start - whole.start).max(0)),
            trimmed_end: Samples::new((whole.end - music.end).max(0)),
            trim_basis,
            length: None,
            exactness: Exactness::Exact,
        };
        Self {
            facts,
            start: music.start,
            end: Some(music.end),
            packets,
            decoder,
        }
    }

    /// Gets ready to be played.
    ///
    /// # Errors
    ///
    /// Fails when the way its codec is used is not known.
    pub(super) fn made_ready(mut self) -> Result<Self, Fault> {
        match self.decoder.make_ready() {
            Ok(()) => Ok(self),
            Err(error) => Err(refusal(&self.facts.codec, &error)),
        }
    }

    /// A stream of samples as they are, all of which are to be heard.
    pub(super) fn plain(
        coding: Coding,
        frames: u64,
        packets: Box<dyn Packets>,
        layout: PcmLayout,
    ) -> Self {
        let all = 0..i64::try_from(frames).unwrap_or(i64::MAX);
        let decoder = Decoder::Pcm(layout);
        Self::trimmed(
            coding,
            all.clone(),
            all,
            TrimBasis::Nothing,
            packets,
            decoder,
        )
    }
}

/// How a stream is coded.
pub(super) struct Coding {
    /// The kind of file.
    pub(super) container: Container,
    /// How the sound is coded.
    pub(super) codec: Codec,
    /// Frames a second.
    pub(super) rate: SampleRate,
    /// Channels.
    pub(super) channels: u16,
    /// Bits of one sample, where the format counts them.
    pub(super) bits: Option<u16>,
}

/// A count as a distance.
pub(super) fn distance(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What the system said while reading on.
pub(super) fn read_error(error: &std::io::Error) -> SoundError {
    SoundError::Io(error.to_string())
}
