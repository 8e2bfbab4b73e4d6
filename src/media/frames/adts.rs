//! Headers of AAC frames in an Audio Data Transport Stream (ISO/IEC 14496-3 section 1.A.3.2).

use super::walker::FrameHeader;
use super::walker::Layer;
use crate::media::bytes::be32;

/// Sampling rates by their index (ISO/IEC 14496-3 table 1.18).
const RATES: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];

/// The part of a header that one stream never changes: all of the fixed header but one bit that
/// nothing uses.
const CONSTANT: u32 = 0xffff_fdc0;

/// Reads the header at the beginning of `bytes`, if one is there.
pub(super) fn header(bytes: &[u8]) -> Option<FrameHeader> {
    let word = be32(bytes, 0)?;
    // Sync of twelve ones, then a layer that is always 0.
    if word >> 20 != 0xfff || (word >> 17) & 3 != 0 {
        return None;
    }
    let rest = be32(bytes, 3)?;
    let size = (rest >> 13) & 0x1fff;
    let blocks = rest & 3;
    // Without protection the header has 7 bytes, with it a checksum for each further block.
    let skip = if word & 0x1_0000 == 0 {
        9 + 2 * blocks
    } else {
        7
    };
    if size <= skip {
        return None;
    }
    let rate = *RATES.get(((word >> 10) & 15) as usize)?;
    let channels = match (word >> 6) & 7 {
        7 => 8,
        n => n as u8,
    };
    Some(FrameHeader {
        layer: Layer::Aac,
        size,
        skip,
        frames: 1024 * (blocks + 1),
        rate,
        channels,
        constant: word & CONSTANT,
        main_bytes: size - skip,
        reservoir: 0,
        tag_at: usize::MAX,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_tells_size_rate_and_channels() {
        // MPEG-4, no checksum, low complexity, 44.1 kHz, 2 channels, 371 bytes in all.
        let header = header(&[0xff, 0xf1, 0x50, 0x80, 0x2e, 0x7f, 0xfc]).expect("valid");
        assert_eq!((header.size, header.skip, header.frames), (371, 7, 1024));
        assert_eq!((header.rate, header.channels), (44_100, 2));
    }

    #[test]
    fn a_frame_shorter_than_its_header_is_none() {
        assert!(header(&[0xff, 0xf1, 0x50, 0x80, 0x00, 0xdf, 0xfc]).is_none());
    }
}
