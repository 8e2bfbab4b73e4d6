//! Native FLAC files (RFC 9639).
//!
//! Frames carry their own place, so damage leaves a gap and seeking is a search. Where a frame ends
//! is known only by finding the next one, and whether it is whole only by its checksum.

mod frame;
mod reader;

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_FLAC;

use self::reader::Reader;
use super::bytes::Bytes;
use super::bytes::be32;
use super::decode::Decoder;
use super::error::Fault;
use super::facts::Codec;
use super::facts::Container;
use super::facts::TrimBasis;
use super::packets::Coding;
use super::packets::Stream;
use crate::time::SampleRate;

/// Metadata blocks that are stepped over at most.
const MAX_BLOCKS: usize = 1000;
const STREAM_INFO_BYTES: u64 = 34;

/// What the first metadata block says (RFC 9639 section 8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StreamInfo {
    least_block: u32,
    most_block: u32,
    rate: u32,
    channels: u32,
    bits: u32,
}

impl StreamInfo {
    fn parse(block: &[u8]) -> Option<Self> {
        let sizes = be32(block, 0)?;
        let packed = be32(block, 10)?;
        Some(Self {
            least_block: sizes >> 16,
            most_block: sizes & 0xffff,
            rate: packed >> 12,
            channels: ((packed >> 9) & 7) + 1,
            bits: ((packed >> 4) & 31) + 1,
        })
    }
}

/// Opens a FLAC file whose marker is at `at`, to be played with a gain.
///
/// # Errors
///
/// Fails when the file cannot be read or its headers make no sense.
pub(super) fn open(mut bytes: Bytes, at: u64, gain: f32) -> Result<Stream, Fault> {
    let mut block_at = at + 4;
    let mut info = None;
    for _ in 0..MAX_BLOCKS {
        let header = bytes.array::<4>(block_at)?;
        let [kind, a, b, c] =
            header.ok_or_else(|| Fault::damaged(block_at, "the headers break off"))?;
        let size = u64::from(u32::from_be_bytes([0, a, b, c]));
        if matches!(kind, 0 | 0x80) && info.is_none() {
            let block = bytes.copy(block_at + 4, STREAM_INFO_BYTES, 64)?;
            info = block.and_then(|block| Some((StreamInfo::parse(&block)?, block)));
        }
        block_at += 4 + size;
        if kind & 0x80 != 0 {
            break;
        }
    }
    let (info, block) =
        info.ok_or_else(|| Fault::damaged(at, "the description of the stream is missing"))?;
    let rate = SampleRate::new(info.rate).map_err(|e| Fault::damaged(at + 8, e))?;
    if info.most_block < 16.max(info.least_block) || info.bits < 4 {
        return Err(Fault::damaged(
            at + 8,
            "the description of the stream makes no sense",
        ));
    }
    let mut params = AudioCodecParameters::new();
    params
        .for_codec(CODEC_ID_FLAC)
        .with_sample_rate(info.rate)
        .with_extra_data(block.into_boxed_slice());
    let decoder = Decoder::of_file(&Codec::Flac, params, gain)?;
    let mut reader = Reader::new(bytes, info, block_at);
    // The header may promise more than is there, or nothing at all.
    let end = reader.end_of_last()?;
    let end = end.ok_or_else(|| Fault::damaged(block_at, "no whole frame of sound is here"))?;
    let coding = Coding {
        container: Container::Flac,
        codec: Codec::Flac,
        rate,
        channels: info.channels as u16,
        bits: Some(info.bits as u16),
    };
    let music = reader.first_place()..end;
    let packets = Box::new(reader);
    Ok(Stream::trimmed(
        coding,
        music.clone(),
        music,
        TrimBasis::Nothing,
        packets,
        decoder,
    ))
}
