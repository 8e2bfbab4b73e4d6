//! WAVE files: plain samples of every kind, G.711, and MPEG frames in a WAVE file.
//!
//! Sources: Multimedia Programming Interface and Data Specifications 1.0; `WAVEFORMATEXTENSIBLE` as
//! described by Microsoft; RFC 2361 for the format tags.

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_ADPCM_IMA_WAV;
use symphonia::core::codecs::audio::well_known::CODEC_ID_ADPCM_MS;

use super::bytes::Bytes;
use super::bytes::le16;
use super::bytes::le32;
use super::decode::Decoder;
use super::error::Fault;
use super::facts::Codec;
use super::facts::Container;
use super::facts::TrimBasis;
use super::fold::Fold;
use super::frames;
use super::generic;
use super::kind::Kind;
use super::packets::Coding;
use super::packets::Stream;
use super::pcm::Encoding;
use super::pcm::Order;
use super::pcm::PcmLayout;
use super::pcm::PcmPackets;
use super::riff;
use super::riff::Chunk;
use super::table::PacketTable;
use super::table::TablePackets;
use crate::time::SampleRate;

const PCM: u16 = 1;
const FLOAT: u16 = 3;
const A_LAW: u16 = 6;
const MU_LAW: u16 = 7;
const MPEG: u16 = 0x50;
const MP3: u16 = 0x55;
const ADPCM_MS: u16 = 2;
const ADPCM_IMA: u16 = 0x11;
const EXTENSIBLE: u16 = 0xfffe;
/// Where the format tag of an extensible description, and the mask of its channels, lie.
const SUB_FORMAT_AT: usize = 24;
const MASK_AT: usize = 20;

/// What a `fmt ` chunk says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Format {
    tag: u16,
    channels: u16,
    rate: u32,
    frame_bytes: u16,
    bits: u16,
    mask: Option<u32>,
}

impl Format {
    /// Reads a description of any length: 14 bytes are enough for some codecs, and some writers
    /// add bytes that nobody asked for.
    fn parse(fmt: &[u8]) -> Option<Self> {
        let stated = le16(fmt, 0)?;
        let extended = (stated == EXTENSIBLE)
            .then(|| le16(fmt, SUB_FORMAT_AT))
            .flatten();
        Some(Self {
            tag: extended.unwrap_or(stated),
            channels: le16(fmt, 2)?,
            rate: le32(fmt, 4)?,
            frame_bytes: le16(fmt, 12)?,
            bits: le16(fmt, 14).unwrap_or(0),
            mask: extended.and_then(|_| le32(fmt, MASK_AT)),
        })
    }

    /// Bytes of one sample of one channel. The frame's length decides: the bits may be fewer than
    /// what they are stored in.
    fn sample_bytes(&self) -> usize {
        let channels = usize::from(self.channels).max(1);
        let by_frame = usize::from(self.frame_bytes) / channels;
        let by_bits = usize::from(self.bits.div_ceil(8));
        if by_frame >= by_bits.max(1) && usize::from(self.frame_bytes) % channels == 0 {
            by_frame
        } else {
            by_bits
        }
    }

    fn fold(&self) -> Fold {
        let channels = usize::from(self.channels);
        match self.mask {
            Some(mask) => Fold::of_mask(mask, channels),
            None => Fold::of_count(channels),
        }
    }

    fn layout(&self) -> Option<PcmLayout> {
        let bytes = self.sample_bytes();
        let encoding = match (self.tag, bytes) {
            (PCM, 1) => Encoding::Unsigned8,
            (PCM, _) => Encoding::Signed,
            (FLOAT, _) => Encoding::Float,
            (A_LAW, _) => Encoding::ALaw,
            (MU_LAW, _) => Encoding::MuLaw,
            _ => return None,
        };
        PcmLayout::new(encoding, Order::Little, bytes, self.fold())
    }
}

/// ADPCM: blocks of one length, each decoded by itself.
struct Blocks {
    bytes: u32,
    frames: u32,
    params: AudioCodecParameters,
    codec: Codec,
}

impl Blocks {
    fn of(format: &Format, fmt: &[u8]) -> Option<Self> {
        let (id, name) = match format.tag {
            ADPCM_MS => (CODEC_ID_ADPCM_MS, "Microsoft ADPCM"),
            ADPCM_IMA => (CODEC_ID_ADPCM_IMA_WAV, "IMA ADPCM"),
            _ => return None,
        };
        let frames = le16(fmt, 18).filter(|frames| *frames > 0)?;
        let mut params = AudioCodecParameters::new();
        params
            .for_codec(id)
            .with_sample_rate(format.rate)
            .with_max_frames_per_packet(frames.into())
            .with_frames_per_block(frames.into());
        params.channels = Fold::layout(usize::from(format.channels));
        Some(Self {
            bytes: u32::from(format.frame_bytes),
            frames: u32::from(frames),
            params,
            codec: Codec::Other(name.to_owned()),
        })
        .filter(|blocks| blocks.bytes > 0)
    }

    fn table(&self, data: &Chunk, file_len: u64) -> PacketTable {
        let mut table = PacketTable::new(self.frames);
        let mut at = data.at;
        while at + u64::from(self.bytes) <= data.at + data.len
            && table.push(at, self.bytes, file_len)
        {
            at += u64::from(self.bytes);
        }
        table
    }
}

/// Opens a WAVE file.
///
/// # Errors
///
/// Fails when the file cannot be read, or holds nothing that can be played.
pub(super) fn open(mut bytes: Bytes) -> Result<Stream, Fault> {
    let chunks = riff::chunks(&mut bytes)?;
    let find = |id: &[u8; 4]| chunks.iter().find(|chunk| chunk.id == *id).copied();
    let fmt = find(b"fmt ").ok_or_else(|| Fault::damaged(12, "the format is not described"))?;
    let content = fmt.content(&mut bytes, 4096)?;
    let format = Format::parse(&content);
    let format = format.ok_or_else(|| Fault::damaged(fmt.at, "the format is not described"))?;
    let data = find(b"data").ok_or_else(|| Fault::damaged(fmt.at, "there is no sound in it"))?;
    if matches!(format.tag, MPEG | MP3) {
        return frames::open_inside(bytes, Container::Wav, data.at, data.at + data.len);
    }
    let rate = SampleRate::new(format.rate).map_err(|e| Fault::damaged(fmt.at, e))?;
    if format.channels == 0 {
        return Err(Fault::damaged(fmt.at, "it claims to have no channels"));
    }
    let Some(layout) = format.layout() else {
        return match format.tag {
            PCM | FLOAT | A_LAW | MU_LAW => {
                Err(Fault::damaged(fmt.at, "the sample size makes no sense"))
            }
            _ => match Blocks::of(&format, &content) {
                Some(blocks) => open_blocks(bytes, &chunks, &data, rate, &format, blocks),
                None => generic::open(&mut bytes, Kind::Wav),
            },
        };
    };
    let frames = data.len / layout.frame_bytes() as u64;
    if frames == 0 {
        return Err(Fault::damaged(data.at, "there is no sound in it"));
    }
    let coding = Coding {
        container: Container::Wav,
        codec: layout.codec(),
        rate,
        channels: format.channels,
        bits: Some(match format.bits {
            0 => (format.sample_bytes() * 8) as u16,
            bits => bits,
        }),
    };
    let packets = Box::new(PcmPackets::new(bytes, data.at, &layout, frames));
    Ok(Stream::plain(coding, frames, packets, layout))
}

fn open_blocks(
    mut bytes: Bytes,
    chunks: &[Chunk],
    data: &Chunk,
    rate: SampleRate,
    format: &Format,
    blocks: Blocks,
) -> Result<Stream, Fault> {
    let table = blocks.table(data, bytes.len());
    let total = table.frames();
    if total == 0 {
        return Err(Fault::damaged(data.at, "there is no sound in it"));
    }
    // The last block is filled up; how much of it is meant the `fact` chunk tells.
    let stated = match chunks.iter().find(|chunk| chunk.id == *b"fact") {
        Some(fact) => bytes.array::<4>(fact.at)?,
        None => None,
    };
    let stated = stated.map_or(total, |frames| i64::from(u32::from_le_bytes(frames)));
    let end = if (0..i64::from(blocks.frames)).contains(&(total - stated)) {
        stated
    } else {
        total
    };
    let decoder = Decoder::of_file(&blocks.codec, blocks.params, 1.0)?;
    let mut packets = TablePackets::new(bytes, table, 0);
    packets.tell_frames(u64::from(blocks.frames));
    let packets = Box::new(packets);
    let coding = Coding {
        container: Container::Wav,
        codec: blocks.codec,
        rate,
        channels: format.channels,
        bits: Some(format.bits),
    };
    let basis = TrimBasis::Stated;
    Ok(Stream::trimmed(
        coding,
        0..total,
        0..end,
        basis,
        packets,
        decoder,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fmt(tag: u16, channels: u16, frame_bytes: u16, bits: u16) -> Vec<u8> {
        let mut fmt = tag.to_le_bytes().to_vec();
        fmt.extend(channels.to_le_bytes());
        fmt.extend(48_000_u32.to_le_bytes());
        fmt.extend(0_u32.to_le_bytes());
        fmt.extend(frame_bytes.to_le_bytes());
        fmt.extend(bits.to_le_bytes());
        fmt
    }

    #[test]
    fn twenty_bits_in_three_bytes_are_three_bytes() {
        let format = Format::parse(&fmt(PCM, 2, 6, 20)).expect("valid");
        assert_eq!(format.sample_bytes(), 3);
    }

    #[test]
    fn a_frame_length_of_nothing_is_made_up_from_the_bits() {
        let format = Format::parse(&fmt(PCM, 2, 0, 16)).expect("valid");
        assert_eq!(format.sample_bytes(), 2);
    }

    #[test]
    fn the_extension_tells_format_and_channels() {
        let mut extensible = fmt(EXTENSIBLE, 2, 8, 32);
        extensible.extend([22, 0, 32, 0]);
        extensible.extend(3_u32.to_le_bytes());
        extensible.extend([3, 0]);
        let format = Format::parse(&extensible).expect("valid");
        assert_eq!((format.tag, format.mask), (FLOAT, Some(3)));
    }

    #[test]
    fn a_description_without_bits_is_enough_for_mu_law() {
        let mut short = fmt(MU_LAW, 1, 1, 8);
        short.truncate(14);
        let layout = Format::parse(&short).and_then(|f| f.layout());
        let layout = layout.expect("valid");
        assert_eq!((layout.frame_bytes(), layout.codec()), (1, Codec::MuLaw));
    }
}
