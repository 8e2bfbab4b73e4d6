//! Core Audio Format files (Apple, "Core Audio Format Specification 1.0").

use std::io;
use std::ops::Range;

use symphonia::core::codecs::audio::AudioCodecParameters;

use super::aac;
use super::aac::AacConfig;
use super::alac;
use super::alac::Alac;
use super::bytes::Bytes;
use super::bytes::be32;
use super::bytes::be64;
use super::decode::Decoder;
use super::error::Fault;
use super::facts::Codec;
use super::facts::Container;
use super::facts::TrimBasis;
use super::fold::Fold;
use super::generic;
use super::kind::Kind;
use super::packets::Coding;
use super::packets::Stream;
use super::pcm::Encoding;
use super::pcm::Order;
use super::pcm::PcmLayout;
use super::pcm::PcmPackets;
use super::table::MAX_PACKETS;
use super::table::PacketTable;
use super::table::TablePackets;
use crate::time::SampleRate;

/// Chunks looked at in one file at most.
const MAX_CHUNKS: usize = 10_000;
/// The longest packet table that is read: five bytes for as many packets as are believed.
const MAX_TABLE: usize = MAX_PACKETS * 5 + 24;
const MAX_COOKIE: usize = 1024 * 1024;
/// The edit count that stands before the samples.
const DATA_HEAD: u64 = 4;

/// The chunks that matter, each with its place and length.
#[derive(Clone, Copy, Debug, Default)]
struct Chunks {
    description: Option<(u64, u64)>,
    data: Option<(u64, u64)>,
    packets: Option<(u64, u64)>,
    cookie: Option<(u64, u64)>,
    info: Option<(u64, u64)>,
}

/// What the `desc` chunk says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Description {
    rate: u32,
    format: [u8; 4],
    flags: u32,
    packet_bytes: u32,
    packet_frames: u32,
    channels: u32,
    bits: u32,
}

impl Description {
    fn parse(desc: &[u8]) -> Option<Self> {
        let rate = f64::from_bits(be64(desc, 0)?);
        let format = desc.get(8..12)?;
        Some(Self {
            rate: if (0.0..=4e9).contains(&rate) {
                rate.round() as u32
            } else {
                0
            },
            format: [format[0], format[1], format[2], format[3]],
            flags: be32(desc, 12)?,
            packet_bytes: be32(desc, 16)?,
            packet_frames: be32(desc, 20)?,
            channels: be32(desc, 24)?,
            bits: be32(desc, 28)?,
        })
    }

    fn layout(&self) -> Option<PcmLayout> {
        let channels = self.channels as usize;
        let bytes = (self.packet_bytes as usize).checked_div(channels)?;
        let order = if self.flags & 2 == 0 {
            Order::Big
        } else {
            Order::Little
        };
        let encoding = match (&self.format, self.flags & 1) {
            (b"lpcm", 1) => Encoding::Float,
            (b"lpcm", _) => Encoding::Signed,
            (b"alaw", _) => Encoding::ALaw,
            (b"ulaw", _) => Encoding::MuLaw,
            _ => return None,
        };
        let fold = Fold::of_count(channels);
        PcmLayout::new(encoding, order, bytes, fold)
    }
}

/// What the head of the `pakt` chunk says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct PacketTableHead {
    valid: i64,
    priming: i64,
    remainder: i64,
}

impl PacketTableHead {
    fn parse(pakt: &[u8]) -> Option<Self> {
        Some(Self {
            valid: be64(pakt, 8)?.cast_signed(),
            priming: i64::from(be32(pakt, 16)?.cast_signed()).max(0),
            remainder: i64::from(be32(pakt, 20)?.cast_signed()).max(0),
        })
    }
}

/// A number of seven bits a byte, the most significant first; and what follows it.
fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut value = 0_u32;
    for (i, byte) in bytes.iter().take(5).enumerate() {
        value = value.checked_mul(128)? + u32::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(i + 1..)?));
        }
    }
    None
}

fn chunks(bytes: &mut Bytes) -> io::Result<Chunks> {
    let mut chunks = Chunks::default();
    let end = bytes.len();
    let mut at = 8;
    for _ in 0..MAX_CHUNKS {
        let Some(head) = bytes.array::<12>(at)? else {
            break;
        };
        let from = at + 12;
        let room = end.saturating_sub(from);
        // Only the samples may be of unknown length, and then they are last.
        let len = match be64(&head, 4).map(u64::cast_signed) {
            Some(len @ 0..) => len.unsigned_abs(),
            _ => room,
        };
        let place = Some((from, len.min(room)));
        match &head[..4] {
            b"desc" => chunks.description = place,
            b"data" => chunks.data = place,
            b"pakt" => chunks.packets = place,
            b"kuki" => chunks.cookie = place,
            b"info" => chunks.info = place,
            _ => {}
        }
        at = from.saturating_add(len);
    }
    Ok(chunks)
}

/// The texts of the `info` chunk: pairs of name and value.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn texts(bytes: &mut Bytes) -> io::Result<Vec<(String, String)>> {
    const MAX_TEXTS: usize = 1024 * 1024;
    let Some((at, len)) = chunks(bytes)?.info else {
        return Ok(Vec::new());
    };
    let content = bytes.copy(at, len, MAX_TEXTS)?.unwrap_or_default();
    let mut strings = content
        .get(4..)
        .unwrap_or_default()
        .split(|byte| *byte == 0)
        .map(|text| String::from_utf8_lossy(text).into_owned());
    let mut texts = Vec::new();
    while let (Some(name), Some(value)) = (strings.next(), strings.next()) {
        texts.push((name, value));
    }
    Ok(texts)
}

/// Opens a Core Audio Format file.
///
/// # Errors
///
/// Fails when the file cannot be read, or holds nothing that can be played.
pub(super) fn open(mut bytes: Bytes) -> Result<Stream, Fault> {
    let chunks = chunks(&mut bytes)?;
    let (desc_at, _) = chunks
        .description
        .ok_or_else(|| Fault::damaged(8, "the format is not described"))?;
    let desc = bytes.window(desc_at, 32)?;
    let desc = Description::parse(desc);
    let desc = desc.ok_or_else(|| Fault::damaged(desc_at, "the format is not described"))?;
    let (data_at, data_len) = chunks
        .data
        .ok_or_else(|| Fault::damaged(desc_at, "there is no sound in it"))?;
    let (data_at, data_len) = (data_at + DATA_HEAD, data_len.saturating_sub(DATA_HEAD));
    let rate = SampleRate::new(desc.rate).map_err(|e| Fault::damaged(desc_at, e))?;
    let coding = |codec: Codec, bits: Option<u16>| Coding {
        container: Container::Caf,
        codec,
        rate,
        channels: desc.channels as u16,
        bits,
    };
    if let Some(layout) = desc.layout() {
        let frames = data_len / layout.frame_bytes() as u64;
        if frames == 0 {
            return Err(Fault::damaged(data_at, "there is no sound in it"));
        }
        let packets = Box::new(PcmPackets::new(bytes, data_at, &layout, frames));
        let coding = coding(layout.codec(), Some(desc.bits as u16));
        return Ok(Stream::plain(coding, frames, packets, layout));
    }
    let content = |bytes: &mut Bytes, place: Option<(u64, u64)>, limit| match place {
        Some((at, len)) => bytes.copy(at, len, limit),
        None => Ok(None),
    };
    let cookie = content(&mut bytes, chunks.cookie, MAX_COOKIE)?;
    let pakt = content(&mut bytes, chunks.packets, MAX_TABLE)?;
    let Some(coded) = Coded::of(&desc, &cookie.unwrap_or_default()) else {
        return generic::open(&mut bytes, Kind::Caf);
    };
    let data_end = data_at.saturating_add(data_len);
    let pakt = pakt.unwrap_or_default();
    let mut table = packet_table(&desc, &pakt, coded.frames, data_at..data_end);
    if coded.codec == Codec::Alac {
        table = alac::with_last_shortened(&mut bytes, table)?;
    }
    let total = table.frames();
    if total == 0 {
        return Err(Fault::damaged(data_at, "there is no sound in it"));
    }
    let decoder = Decoder::of_file(&coded.codec, coded.params, 1.0)?;
    let head = PacketTableHead::parse(&pakt).unwrap_or_default();
    let start = head.priming.min(total);
    let end = if head.valid > 0 {
        start.saturating_add(head.valid).min(total)
    } else {
        (total - head.remainder).max(start)
    };
    let packets = Box::new(TablePackets::new(bytes, table, coded.warm_up));
    let coding = coding(coded.codec, coded.bits);
    let basis = TrimBasis::Stated;
    Ok(Stream::trimmed(
        coding,
        0..total,
        start..end,
        basis,
        packets,
        decoder,
    ))
}

/// How packets are coded.
struct Coded {
    codec: Codec,
    frames: u32,
    bits: Option<u16>,
    params: AudioCodecParameters,
    warm_up: usize,
}

impl Coded {
    fn of(desc: &Description, cookie: &[u8]) -> Option<Self> {
        match &desc.format {
            b"alac" => {
                let alac = Alac::parse(cookie)?;
                Some(Self {
                    codec: Codec::Alac,
                    frames: alac.frames,
                    bits: Some(alac.bits),
                    params: alac.params,
                    warm_up: 0,
                })
            }
            b"aac " => {
                let config = aac::config_of_descriptors(cookie)
                    .and_then(AacConfig::parse)
                    .filter(|config| config.not_decoded().is_none())?;
                Some(Self {
                    codec: config.codec(),
                    frames: aac::FRAMES,
                    bits: None,
                    params: config.params(),
                    warm_up: aac::WARM_UP,
                })
            }
            _ => None,
        }
    }
}

/// Where the packets lie: behind each other, each as long as the table says.
fn packet_table(desc: &Description, pakt: &[u8], frames: u32, data: Range<u64>) -> PacketTable {
    let mut table = PacketTable::new(frames);
    let mut sizes = pakt.get(24..).unwrap_or_default();
    let mut at = data.start;
    loop {
        let size = if desc.packet_bytes > 0 {
            desc.packet_bytes
        } else {
            let Some((size, rest)) = number(sizes) else {
                break;
            };
            sizes = rest;
            // With packets of varying length in time that follows; ours never vary but at the end.
            if desc.packet_frames == 0 {
                let Some((frames, rest)) = number(sizes) else {
                    break;
                };
                sizes = rest;
                table.shorten_last(frames);
            }
            size
        };
        if size == 0 || !table.push(at, size, data.end) {
            break;
        }
        at += u64::from(size);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_seven_bits_a_byte() {
        assert_eq!(number(&[0x81, 0x00, 9]), Some((128, &[9][..])));
        assert_eq!(number(&[0x7f]), Some((127, &[][..])));
        assert_eq!(number(&[0x81]), None);
        assert_eq!(number(&[0xff; 6]), None);
    }
}
