//! Headers and checksums of FLAC frames (RFC 9639 section 9).

use super::StreamInfo;

/// The longest header: sync, codes, a coded number of 7 bytes, block size, rate, checksum.
pub(super) const MAX_HEADER: usize = 16;

/// What the header of one frame says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameHeader {
    /// Its place in the stream, in sample frames.
    pub(super) at: u64,
    /// How many sample frames it has.
    pub(super) frames: u32,
}

impl FrameHeader {
    /// Reads the header at the beginning of `bytes`, if one of this stream is there.
    pub(super) fn parse(bytes: &[u8], info: &StreamInfo) -> Option<Self> {
        let &[a, b, codes, layout, ..] = bytes else {
            return None;
        };
        // Fourteen ones, a zero, and whether blocks vary in size.
        if a != 0xff || b & 0xfe != 0xf8 || layout & 1 != 0 {
            return None;
        }
        let (number, mut next) = coded_number(bytes.get(4..)?)?;
        next += 4;
        let frames = match codes >> 4 {
            0 => return None,
            1 => 192,
            n @ 2..=5 => 576 << (n - 2),
            6 => {
                next += 1;
                u32::from(*bytes.get(next - 1)?) + 1
            }
            7 => {
                next += 2;
                u32::from(u16::from_be_bytes(*bytes.get(next - 2..)?.first_chunk()?)) + 1
            }
            n => 256 << (n - 8),
        };
        next += match codes & 15 {
            12 => 1,
            13 | 14 => 2,
            15 => return None,
            _ => 0,
        };
        let checksum = *bytes.get(next)?;
        if crc8(bytes.get(..next)?) != checksum || !agrees(codes, layout, info) {
            return None;
        }
        if frames > info.most_block {
            return None;
        }
        let varies = b & 1 != 0;
        let block = if info.least_block == info.most_block {
            info.least_block
        } else {
            info.most_block
        };
        Some(Self {
            at: if varies {
                number
            } else {
                number * u64::from(block)
            },
            frames,
        })
    }

    /// The place after it.
    pub(super) fn end(&self) -> u64 {
        self.at + u64::from(self.frames)
    }
}

/// Whether a frame has the channels, bits and rate of its stream: anything else is chance.
fn agrees(codes: u8, layout: u8, info: &StreamInfo) -> bool {
    const RATES: [u32; 11] = [
        88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000,
    ];
    const BITS: [u32; 8] = [0, 8, 12, 0, 16, 20, 24, 32];
    let channels = match layout >> 4 {
        n @ 0..=7 => u32::from(n) + 1,
        8..=10 => 2,
        _ => return false,
    };
    let bits = match (layout >> 1) & 7 {
        0 => info.bits,
        3 => return false,
        n => BITS[usize::from(n)],
    };
    let rate = match codes & 15 {
        n @ 1..=11 => RATES[usize::from(n) - 1],
        _ => info.rate,
    };
    channels == info.channels && bits == info.bits && rate == info.rate
}

/// A number coded as UTF-8 codes characters, with up to 36 bits; and its length in bytes.
fn coded_number(bytes: &[u8]) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    let ones = first.leading_ones() as usize;
    let len = match ones {
        0 => return Some((u64::from(first), 1)),
        2..=7 => ones,
        _ => return None,
    };
    let own = u64::from(first) & ((1_u64 << (7 - ones)) - 1);
    let value = bytes.get(1..len)?.iter().try_fold(own, |value, byte| {
        (byte & 0xc0 == 0x80).then_some(value << 6 | u64::from(byte & 0x3f))
    })?;
    Some((value, len))
}

/// The checksum of a header: polynomial x^8 + x^2 + x + 1, starting from 0 (section 9.1.8).
fn crc8(bytes: &[u8]) -> u8 {
    bytes
        .iter()
        .fold(0, |crc, byte| TABLE_8[usize::from(crc ^ byte)])
}

/// The checksum of a frame: polynomial x^16 + x^15 + x^2 + 1, starting from 0 (section 9.3).
///
/// Eight bytes at a time, each by a table of what it leaves behind after those that follow it
/// ("slicing by 8": M. E. Kounavis and F. L. Berry, "Novel Table Lookup-Based Algorithms for
/// High-Performance CRC Generation", IEEE Transactions on Computers 57, 2008).
pub(super) fn crc16(bytes: &[u8]) -> u16 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let crc = eights.iter().fold(0_u16, |crc, &[a, b, c, d, e, f, g, h]| {
        let [p, q] = crc.to_be_bytes();
        let of = |after: usize, byte: u8| TABLES_16[after][usize::from(byte)];
        let first = of(7, a ^ p) ^ of(6, b ^ q) ^ of(5, c) ^ of(4, d);
        first ^ of(3, e) ^ of(2, f) ^ of(1, g) ^ of(0, h)
    });
    update_16(crc, rest)
}

fn update_16(crc: u16, bytes: &[u8]) -> u16 {
    bytes.iter().fold(crc, |crc, byte| {
        (crc << 8) ^ TABLES_16[0][usize::from((crc >> 8) as u8 ^ byte)]
    })
}

const TABLE_8: [u8; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let mut crc = n as u8;
        let mut bit = 0;
        while bit < 8 {
            crc = (crc << 1) ^ if crc & 0x80 != 0 { 0x07 } else { 0 };
            bit += 1;
        }
        table[n] = crc;
        n += 1;
    }
    table
};

/// What each byte leaves behind, by how many zero bytes follow it.
static TABLES_16: [[u16; 256]; 8] = {
    let mut tables = [TABLE_16; 8];
    let mut after = 1;
    while after < 8 {
        let mut n = 0;
        while n < 256 {
            let before = tables[after - 1][n];
            tables[after][n] = (before << 8) ^ TABLE_16[(before >> 8) as usize];
            n += 1;
        }
        after += 1;
    }
    tables
};

const TABLE_16: [u16; 256] = {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let mut crc = (n as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = (crc << 1) ^ if crc & 0x8000 != 0 { 0x8005 } else { 0 };
            bit += 1;
        }
        table[n] = crc;
        n += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksums_are_those_of_rfc_9639() {
        // From the CRC catalogue: CRC-8/SMBUS and CRC-16/UMTS are these two polynomials.
        assert_eq!(crc8(b"123456789"), 0xf4);
        assert_eq!(crc16(b"123456789"), 0xfee8);
    }

    #[test]
    fn the_checksum_of_eight_bytes_at_once_is_that_of_one_after_the_other() {
        let bytes: Vec<u8> = (0..61_u32).map(|n| (n * n * 7 + 3) as u8).collect();
        assert_eq!(crc16(&bytes), update_16(0, &bytes));
    }

    #[test]
    fn the_header_of_the_rfcs_first_example_is_read() {
        // RFC 9639 appendix D.1: one frame of one sample, 16 bits, stereo, 44.1 kHz.
        let info = StreamInfo {
            least_block: 4096,
            most_block: 4096,
            rate: 44_100,
            channels: 2,
            bits: 16,
        };
        let bytes = [0xff, 0xf8, 0x69, 0x18, 0x00, 0x00, 0xbf];
        let header = FrameHeader::parse(&bytes, &info);
        assert_eq!(header, Some(FrameHeader { at: 0, frames: 1 }));
        let other = StreamInfo { bits: 24, ..info };
        assert_eq!(FrameHeader::parse(&bytes, &other), None);
    }

    #[test]
    fn numbers_are_coded_like_characters() {
        assert_eq!(coded_number(&[0x7f]), Some((0x7f, 1)));
        assert_eq!(coded_number("€".as_bytes()), Some((0x20ac, 3)));
        assert_eq!(
            coded_number(&[0xfe, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf]),
            Some((0xf_ffff_ffff, 7))
        );
        assert_eq!(coded_number(&[0x80]), None);
        assert_eq!(coded_number(&[0xc2, 0x41]), None);
    }
}
