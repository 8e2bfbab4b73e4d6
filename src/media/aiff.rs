//! AIFF and AIFF-C files (Apple, "Audio Interchange File Format AIFF-C", draft of 26 August 1991).

use super::bytes::Bytes;
use super::bytes::be16;
use super::bytes::be32;
use super::bytes::be64;
use super::error::Fault;
use super::facts::Container;
use super::fold::Fold;
use super::generic;
use super::kind::Kind;
use super::packets::Coding;
use super::packets::Stream;
use super::pcm::Encoding;
use super::pcm::Order;
use super::pcm::PcmLayout;
use super::pcm::PcmPackets;
use super::riff;
use crate::time::SampleRate;

/// What a `COMM` chunk says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Common {
    channels: u16,
    frames: u32,
    bits: u16,
    rate: u32,
    compression: [u8; 4],
}

impl Common {
    fn parse(comm: &[u8]) -> Option<Self> {
        let compression = comm.get(18..22).and_then(|four| four.first_chunk());
        Some(Self {
            channels: be16(comm, 0)?,
            frames: be32(comm, 2)?,
            bits: be16(comm, 6)?,
            rate: extended(comm.get(8..18)?)?,
            compression: compression.copied().unwrap_or(*b"NONE"),
        })
    }

    fn layout(&self) -> Option<PcmLayout> {
        let bytes = usize::from(self.bits.div_ceil(8));
        let (encoding, order, bytes) = match &self.compression {
            b"NONE" | b"twos" => (Encoding::Signed, Order::Big, bytes),
            b"sowt" => (Encoding::Signed, Order::Little, bytes),
            b"raw " => (Encoding::Unsigned8, Order::Big, bytes),
            b"in24" => (Encoding::Signed, Order::Big, 3),
            b"42ni" => (Encoding::Signed, Order::Little, 3),
            b"in32" => (Encoding::Signed, Order::Big, 4),
            b"23ni" => (Encoding::Signed, Order::Little, 4),
            b"fl32" | b"FL32" => (Encoding::Float, Order::Big, 4),
            b"fl64" | b"FL64" => (Encoding::Float, Order::Big, 8),
            b"alaw" | b"ALAW" => (Encoding::ALaw, Order::Big, 1),
            b"ulaw" | b"ULAW" => (Encoding::MuLaw, Order::Big, 1),
            _ => return None,
        };
        let fold = Fold::of_count(usize::from(self.channels));
        PcmLayout::new(encoding, order, bytes, fold)
    }
}

/// A rate in the 80-bit floating point of the 68881: sign and exponent, then 64 bits that include
/// the one before the point. Rounded to whole hertz.
fn extended(bytes: &[u8]) -> Option<u32> {
    let exponent = i32::from(be16(bytes, 0)? & 0x7fff) - 16_383;
    let mantissa = be64(bytes, 2)?;
    let shift = u32::try_from(63 - exponent).ok()?;
    let doubled = u128::from(mantissa) * 2;
    let rounded = doubled.checked_shr(shift)?.div_ceil(2);
    u32::try_from(rounded).ok()
}

/// Opens an AIFF file.
///
/// # Errors
///
/// Fails when the file cannot be read, or holds nothing that can be played.
pub(super) fn open(mut bytes: Bytes) -> Result<Stream, Fault> {
    let chunks = riff::chunks(&mut bytes)?;
    let find = |id: &[u8; 4]| chunks.iter().find(|chunk| chunk.id == *id).copied();
    let comm = find(b"COMM").ok_or_else(|| Fault::damaged(12, "the format is not described"))?;
    let content = comm.content(&mut bytes, 4096)?;
    let common = Common::parse(&content);
    let common = common.ok_or_else(|| Fault::damaged(comm.at, "the format is not described"))?;
    let ssnd = find(b"SSND").ok_or_else(|| Fault::damaged(comm.at, "there is no sound in it"))?;
    let rate = SampleRate::new(common.rate).map_err(|e| Fault::damaged(comm.at, e))?;
    if common.channels == 0 {
        return Err(Fault::damaged(comm.at, "it claims to have no channels"));
    }
    let Some(layout) = common.layout() else {
        return generic::open(&mut bytes, Kind::Aiff);
    };
    // Offset and block size stand before the samples.
    let head = bytes.array::<8>(ssnd.at)?.unwrap_or_default();
    let skip = 8 + u64::from(be32(&head, 0).unwrap_or(0));
    let data_at = ssnd.at + skip;
    let there = ssnd.len.saturating_sub(skip) / layout.frame_bytes() as u64;
    let frames = match u64::from(common.frames) {
        0 => there,
        stated => there.min(stated),
    };
    if frames == 0 {
        return Err(Fault::damaged(ssnd.at, "there is no sound in it"));
    }
    let coding = Coding {
        container: Container::Aiff,
        codec: layout.codec(),
        rate,
        channels: common.channels,
        bits: Some(common.bits),
    };
    let packets = Box::new(PcmPackets::new(bytes, data_at, &layout, frames));
    Ok(Stream::plain(coding, frames, packets, layout))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_in_extended_precision_are_read() {
        let rate = |bytes: [u8; 10]| extended(&bytes);
        assert_eq!(
            rate([0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0]),
            Some(44_100)
        );
        assert_eq!(
            rate([0x40, 0x0e, 0xbb, 0x80, 0, 0, 0, 0, 0, 0]),
            Some(48_000)
        );
        assert_eq!(
            rate([0x40, 0x10, 0xbb, 0x80, 0, 0, 0, 0, 0, 0]),
            Some(192_000)
        );
        // 22254.5454…, of the first Macintosh.
        assert_eq!(
            rate([0x40, 0x0d, 0xad, 0xdd, 0x17, 0x45, 0xd1, 0x74, 0x5d, 0x17]),
            Some(22_255)
        );
    }

    #[test]
    fn rates_that_cannot_be_are_none() {
        assert_eq!(extended(&[0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0]), None);
        assert_eq!(extended(&[0; 10]), None);
    }
}
