//! Ogg pages (RFC 3533): finding them, checking them, and what packets they hold.

use std::io;

use crate::media::bytes::Bytes;
use crate::media::bytes::le32;
use crate::media::bytes::le64;

/// The longest page there can be: its header, 255 lacing values, 255 segments of 255 bytes.
pub(super) const MAX_PAGE: usize = 27 + 255 + 255 * 255;
/// How much damage is checked for one page: a file made to be checked for ever is given up on.
const WORK: usize = 64 * 1024 * 1024;
/// How much is looked through at once for the beginning of a page.
const SEARCH: usize = 16 * 1024;
const HEADER: usize = 27;
const CAPTURE: &[u8; 4] = b"OggS";

/// One whole page, its checksum right.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// Where it begins in the file.
    pub(super) at: u64,
    /// Its length in bytes.
    pub(super) size: u64,
    /// Which stream it belongs to.
    pub(super) serial: u32,
    /// Its number within its stream.
    pub(super) number: u32,
    /// Where the last packet that ends on it ends, in frames, by its codec's way of counting; none
    /// when no packet ends on it.
    pub(super) granule: Option<i64>,
    /// Whether its first packet began on an earlier page.
    pub(super) continues: bool,
    /// Whether it is the first of its stream.
    pub(super) begins_stream: bool,
    /// Whether it is the last of its stream.
    pub(super) ends_stream: bool,
    lacing: Vec<u8>,
    body: Vec<u8>,
}

/// A piece of a packet on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Its bytes.
    pub(super) data: &'a [u8],
    /// Whether the packet ends with it.
    pub(super) ends: bool,
}

impl Page {
    /// The page that begins at `at`, if a whole and undamaged one does.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn read(bytes: &mut Bytes, at: u64) -> io::Result<Option<Self>> {
        let Some(size) = Self::size(bytes.window(at, HEADER + 255)?) else {
            return Ok(None);
        };
        // No more than the page itself is asked for, so that pages that were read together with
        // the one before are not read again.
        Ok(Self::parse(bytes.window(at, size)?, at))
    }

    /// The size of the page that a header begins, if it is one.
    fn size(header: &[u8]) -> Option<usize> {
        let first = header.first_chunk::<HEADER>()?;
        if !first.starts_with(CAPTURE) || first[4] != 0 {
            return None;
        }
        let lacing_end = HEADER + usize::from(first[26]);
        let lacing = header.get(HEADER..lacing_end)?;
        Some(lacing_end + lacing.iter().map(|n| usize::from(*n)).sum::<usize>())
    }

    fn parse(window: &[u8], at: u64) -> Option<Self> {
        let size = Self::size(window)?;
        let header = window.first_chunk::<HEADER>()?;
        let lacing_end = HEADER + usize::from(header[26]);
        let page = window.get(..size)?;
        if checksum(page) != le32(header, 22)? {
            return None;
        }
        let granule = le64(header, 6)?.cast_signed();
        Some(Self {
            at,
            size: size as u64,
            serial: le32(header, 14)?,
            number: le32(header, 18)?,
            granule: (granule >= 0).then_some(granule),
            continues: header[5] & 1 != 0,
            begins_stream: header[5] & 2 != 0,
            ends_stream: header[5] & 4 != 0,
            lacing: page.get(HEADER..lacing_end)?.to_vec(),
            body: page.get(lacing_end..)?.to_vec(),
        })
    }

    /// The first whole page in `from..to`; pages that are damaged are passed over.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn find(bytes: &mut Bytes, from: u64, to: u64) -> io::Result<Option<Self>> {
        let mut at = from;
        let mut work = 0;
        while at < to && work < WORK {
            // What looks like a page costs as much to check as the longest page would.
            work += MAX_PAGE;
            if let Some(page) = Self::read(bytes, at)? {
                return Ok(Some(page));
            }
            let window = bytes.window(at + 1, SEARCH)?;
            let next = memchr::memmem::find(window, CAPTURE);
            at += 1 + match next {
                Some(offset) => offset as u64,
                None if window.len() < 4 => return Ok(None),
                None => window.len() as u64 - 3,
            };
        }
        Ok(None)
    }

    /// The pieces of packets on it, in order.
    pub(super) fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut from = 0;
        let mut to = 0;
        for &lace in &self.lacing {
            to += usize::from(lace);
            if lace < 255 {
                pieces.push(Piece {
                    data: self.body.get(from..to).unwrap_or_default(),
                    ends: true,
                });
                from = to;
            }
        }
        if from < to || self.lacing.last() == Some(&255) {
            pieces.push(Piece {
                data: self.body.get(from..to).unwrap_or_default(),
                ends: false,
            });
        }
        pieces
    }

    /// The place after it.
    pub(super) fn end(&self) -> u64 {
        self.at + self.size
    }
}

/// The checksum of a page with its own checksum field taken as 0: a CRC of 32 bits with the
/// polynomial 0x04c11db7, neither reflected nor inverted (RFC 3533 section 6, field 7).
fn checksum(page: &[u8]) -> u32 {
    let (before, field) = page.split_at(22.min(page.len()));
    let after = field.get(4..).unwrap_or_default();
    let crc = update(0, before);
    update(update(crc, &[0; 4]), after)
}

/// Eight bytes at a time, each by a table of what it leaves behind after those that follow it
/// ("slicing by 8": M. E. Kounavis and F. L. Berry, "Novel Table Lookup-Based Algorithms for
/// High-Performance CRC Generation", IEEE Transactions on Computers 57, 2008).
fn update(crc: u32, bytes: &[u8]) -> u32 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let crc = eights.iter().fold(crc, |crc, &[a, b, c, d, e, f, g, h]| {
        let [p, q, r, s] = crc.to_be_bytes();
        let of = |after: usize, byte: u8| TABLES[after][usize::from(byte)];
        let first = of(7, a ^ p) ^ of(6, b ^ q) ^ of(5, c ^ r) ^ of(4, d ^ s);
        first ^ of(3, e) ^ of(2, f) ^ of(1, g) ^ of(0, h)
    });
    rest.iter().fold(crc, |crc, &byte| {
        (crc << 8) ^ TABLES[0][usize::from((crc >> 24) as u8 ^ byte)]
    })
}

/// What each byte leaves behind, by how many zero bytes follow it.
static TABLES: [[u32; 256]; 8] = {
    let mut tables = [table(); 8];
    let mut after = 1;
    while after < 8 {
        let mut n = 0;
        while n < 256 {
            let before = tables[after - 1][n];
            tables[after][n] = (before << 8) ^ tables[0][(before >> 24) as usize];
            n += 1;
        }
        after += 1;
    }
    tables
};

const fn table() -> [u32; 256] {
    let mut table = [0_u32; 256];
    let mut n = 0;
    while n < 256 {
        let mut crc = (n as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            crc = (crc << 1) ^ if crc >> 31 == 1 { 0x04c1_1db7 } else { 0 };
            bit += 1;
        }
        table[n] = crc;
        n += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lacing: &[u8], body_byte: u8) -> Vec<u8> {
        let body: usize = lacing.iter().map(|n| usize::from(*n)).sum();
        let mut page = CAPTURE.to_vec();
        page.extend([0, 1]);
        page.extend(1234_u64.to_le_bytes());
        page.extend(7_u32.to_le_bytes());
        page.extend([0; 8]);
        page.push(lacing.len() as u8);
        page.extend(lacing);
        page.resize(page.len() + body, body_byte);
        let crc = checksum(&page);
        page[22..26].copy_from_slice(&crc.to_le_bytes());
        page
    }

    #[test]
    fn packets_end_where_a_lacing_value_is_under_255() {
        let page = Page::parse(&page(&[255, 3, 0, 255], 9), 0).expect("whole");
        let sizes: Vec<_> = page
            .pieces()
            .iter()
            .map(|p| (p.data.len(), p.ends))
            .collect();
        assert_eq!(sizes, [(258, true), (0, true), (255, false)]);
    }

    #[test]
    fn one_flipped_bit_makes_it_no_page() {
        let mut bytes = page(&[200], 9);
        assert!(Page::parse(&bytes, 0).is_some());
        bytes[100] ^= 4;
        assert!(Page::parse(&bytes, 0).is_none());
    }

    #[test]
    fn the_checksum_is_the_one_of_rfc_3533() {
        // The plain remainder of "123456789" for this polynomial, from the CRC catalogue, with
        // zero start and no inversion.
        assert_eq!(update(0, b"123456789"), 0x89a1_897f);
    }

    #[test]
    fn the_checksum_of_eight_bytes_at_once_is_that_of_one_after_the_other() {
        let bytes: Vec<u8> = (0..61_u32).map(|n| (n * n * 7 + 3) as u8).collect();
        let single = |crc, byte: &u8| update(crc, std::slice::from_ref(byte));
        assert_eq!(update(5, &bytes), bytes.iter().fold(5, single));
    }
}
