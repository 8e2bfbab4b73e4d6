//! Headers of MPEG audio frames (ISO/IEC 11172-3 section 2.4.1.3, ISO/IEC 13818-3 section 2.4.2.3,
//! and the unofficial extension to lower rates known as MPEG 2.5).

use super::walker::FrameHeader;
use super::walker::Layer;
use crate::media::bytes::be32;

/// Bit rates in kbit/s by version, layer and index 1 to 14.
const V1_L1: [u32; 14] = [
    32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448,
];
const V1_L2: [u32; 14] = [
    32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
];
const V1_L3: [u32; 14] = [
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
];
const V2_L1: [u32; 14] = [
    32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256,
];
const V2_L23: [u32; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// The part of a header that one stream never changes: sync, version, layer and sampling rate.
const CONSTANT: u32 = 0xfffe_0c00;

/// Reads the header at the beginning of `bytes`, if one is there.
pub(super) fn header(bytes: &[u8]) -> Option<FrameHeader> {
    let word = be32(bytes, 0)?;
    if word >> 21 != 0x7ff {
        return None;
    }
    // 0 is MPEG 2.5, 2 is MPEG 2, 3 is MPEG 1; 1 is reserved.
    let version = (word >> 19) & 3;
    let mpeg1 = version == 3;
    let layer = match (word >> 17) & 3 {
        3 => Layer::One,
        2 => Layer::Two,
        1 => Layer::Three,
        _ => return None,
    };
    let rates = match (mpeg1, layer) {
        (true, Layer::One) => &V1_L1,
        (true, Layer::Two) => &V1_L2,
        (true, _) => &V1_L3,
        (false, Layer::One) => &V2_L1,
        (false, _) => &V2_L23,
    };
    // Index 0 is the free format, which nothing in use writes; 15 is forbidden.
    let index = ((word >> 12) & 15).checked_sub(1)?;
    let bit_rate = rates.get(index as usize)? * 1000;
    let full_rate = *[44_100, 48_000, 32_000].get(((word >> 10) & 3) as usize)?;
    let rate = match version {
        3 => full_rate,
        2 => full_rate / 2,
        0 => full_rate / 4,
        _ => return None,
    };
    let padding = (word >> 9) & 1;
    let mono = (word >> 6) & 3 == 3;
    let crc_bytes = if word & 0x1_0000 == 0 { 2 } else { 0 };
    let (frames, size) = match layer {
        Layer::One => (384, (12 * bit_rate / rate + padding) * 4),
        Layer::Three if !mpeg1 => (576, 72 * bit_rate / rate + padding),
        _ => (1152, 144 * bit_rate / rate + padding),
    };
    let side_bytes = match (mpeg1, mono) {
        (true, true) | (false, false) => 17,
        (true, false) => 32,
        (false, true) => 9,
    };
    let reservoir = match (layer, mpeg1) {
        (Layer::Three, true) => 511,
        (Layer::Three, false) => 255,
        _ => 0,
    };
    Some(FrameHeader {
        layer,
        size,
        skip: 0,
        frames,
        rate,
        channels: if mono { 1 } else { 2 },
        constant: word & CONSTANT,
        main_bytes: size.saturating_sub(4 + crc_bytes + side_bytes),
        reservoir,
        tag_at: 4 + side_bytes as usize,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_header_tells_size_length_and_rate() {
        // MPEG 1 layer III, 128 kbit/s, 44.1 kHz, padded, joint stereo.
        let header = header(&[0xff, 0xfb, 0x92, 0x64]).expect("valid");
        assert_eq!(
            (header.size, header.frames, header.rate),
            (418, 1152, 44_100)
        );
        assert_eq!(header.channels, 2);
    }

    #[test]
    fn the_lower_rates_have_half_frames() {
        // MPEG 2 layer III, 64 kbit/s, 22.05 kHz, mono.
        let header = header(&[0xff, 0xf3, 0x80, 0xc4]).expect("valid");
        assert_eq!(
            (header.size, header.frames, header.rate),
            (208, 576, 22_050)
        );
        assert_eq!(header.channels, 1);
    }

    #[test]
    fn reserved_values_are_no_header() {
        for word in [
            [0xff, 0xeb, 0x90, 0x64],
            [0xff, 0xf9, 0x90, 0x64],
            [0xff, 0xfb, 0xf0, 0x64],
            [0xff, 0xfb, 0x00, 0x64],
            [0xff, 0xfb, 0x9c, 0x64],
            [0xfe, 0xfb, 0x90, 0x64],
        ] {
            assert!(header(&word).is_none(), "{word:02x?}");
        }
    }
}
