//! How the sound of an MP4 or `QuickTime` track is coded (ISO/IEC 14496-12 section 12.2.3;
//! `QuickTime` File Format, "Sound sample descriptions").

use std::io;

use super::boxes::Atom;
use crate::media::aac::AacConfig;
use crate::media::aac::config_of_descriptors;
use crate::media::alac::Alac;
use crate::media::bytes::Bytes;
use crate::media::bytes::be16;
use crate::media::bytes::be32;
use crate::media::bytes::be64;
use crate::media::fold::Fold;
use crate::media::pcm::Encoding;
use crate::media::pcm::Order;
use crate::media::pcm::PcmLayout;

/// The longest box of a description that is read.
const MAX_BOX: usize = 1024 * 1024;

/// How the sound of one track is coded.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// AAC.
    Aac(AacConfig),
    /// Apple Lossless.
    Alac(Alac),
    /// Samples as they are, with their rate, and whether they are floating point.
    Pcm(Pcm),
    /// Something else, by its four letters.
    Other([u8; 4]),
}

/// Samples as they are.
#[derive(Clone, Debug)]
pub(super) struct Pcm {
    /// How they lie.
    pub(super) layout: PcmLayout,
    /// How they are written.
    pub(super) encoding: Encoding,
    /// Bits of a sample.
    pub(super) bits: u16,
    /// Channels.
    pub(super) channels: u16,
    /// Frames a second.
    pub(super) rate: u32,
}

/// Reads the first description of an `stsd` box.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn read(bytes: &mut Bytes, stsd: &Atom) -> io::Result<Option<Entry>> {
    let Some(entry) = stsd.children(bytes, 8)?.into_iter().next() else {
        return Ok(None);
    };
    let head = bytes.window(entry.from, 64)?.to_vec();
    let version = be16(&head, 8).unwrap_or(0);
    // What follows the fixed fields depends on the version.
    let skip = match version {
        0 => 28,
        1 => 44,
        _ => 64,
    };
    let mut inside = entry.children(bytes, skip)?;
    // QuickTime puts the decoder's boxes into one more box.
    if let Some(wave) = inside.iter().find(|child| child.name == *b"wave").copied() {
        inside.extend(wave.children(bytes, 0)?);
    }
    let find = |name: &[u8; 4]| inside.iter().find(|child| child.name == *name).copied();
    let other = Some(Entry::Other(entry.name));
    let read = match &entry.name {
        b"mp4a" => match find(b"esds") {
            Some(esds) => {
                let content = esds.content(bytes, MAX_BOX)?;
                content
                    .get(4..)
                    .and_then(config_of_descriptors)
                    .and_then(AacConfig::parse)
                    .map(Entry::Aac)
            }
            None => None,
        },
        b"alac" => match find(b"alac") {
            Some(cookie) => {
                let content = cookie.content(bytes, MAX_BOX)?;
                content.get(4..).and_then(Alac::parse).map(Entry::Alac)
            }
            None => None,
        },
        name => {
            let enda = match find(b"enda") {
                Some(enda) => enda.content(bytes, 16)?,
                None => Vec::new(),
            };
            let order = if enda == [0, 1] {
                Order::Little
            } else {
                Order::Big
            };
            pcm(*name, version, &head, order).map(Entry::Pcm)
        }
    };
    Ok(read.or(other))
}

fn pcm(name: [u8; 4], version: u16, head: &[u8], order: Order) -> Option<Pcm> {
    let (rate, channels, bits) = if version == 2 {
        let rate = f64::from_bits(be64(head, 32)?);
        let channels = u16::try_from(be32(head, 40)?).ok()?;
        (rate as u32, channels, be32(head, 48)? as u16)
    } else {
        (be32(head, 24)? >> 16, be16(head, 16)?, be16(head, 18)?)
    };
    let bytes = usize::from(bits.div_ceil(8));
    let (encoding, order, bytes) = match &name {
        b"sowt" => (Encoding::Signed, Order::Little, bytes),
        b"twos" => (Encoding::Signed, Order::Big, bytes),
        b"in24" => (Encoding::Signed, order, 3),
        b"in32" => (Encoding::Signed, order, 4),
        b"fl32" => (Encoding::Float, order, 4),
        b"fl64" => (Encoding::Float, order, 8),
        b"alaw" => (Encoding::ALaw, order, 1),
        b"ulaw" => (Encoding::MuLaw, order, 1),
        b"raw " if bits == 8 => (Encoding::Unsigned8, order, 1),
        b"lpcm" if version == 2 => {
            let flags = be32(head, 52)?;
            let order = if flags & 2 != 0 {
                Order::Big
            } else {
                Order::Little
            };
            match flags & 1 {
                1 => (Encoding::Float, order, bytes),
                _ => (Encoding::Signed, order, bytes),
            }
        }
        _ => return None,
    };
    Some(Pcm {
        layout: PcmLayout::new(encoding, order, bytes, Fold::of_count(channels.into()))?,
        encoding,
        bits: (bytes * 8) as u16,
        channels,
        rate,
    })
}
