//! Where the packets of a track lie (ISO/IEC 14496-12 sections 8.6.1.2, 8.7.3, 8.7.4 and 8.7.5).

use std::io;

use super::boxes::Atom;
use crate::media::bytes::Bytes;
use crate::media::bytes::be16;
use crate::media::bytes::be32;
use crate::media::bytes::be64;
use crate::media::pcm::Stretch;
use crate::media::table::MAX_PACKETS;
use crate::media::table::PacketTable;

/// The longest table that is read: the sizes of as many packets as are believed.
const MAX_TABLE: usize = MAX_PACKETS * 8 + 64;

/// The tables of one track.
#[derive(Debug, Default)]
pub(super) struct Tables {
    sizes: Sizes,
    chunks: Vec<u64>,
    runs: Vec<(u32, u32)>,
    /// How long the medium lasts, in its own units.
    pub(super) duration: i64,
}

/// The sizes of packets.
#[derive(Debug)]
enum Sizes {
    /// So many, all the same.
    Same(u32, u32),
    /// Each its own.
    Each(Vec<u32>),
}

impl Default for Sizes {
    fn default() -> Self {
        Self::Each(Vec::new())
    }
}

impl Sizes {
    fn get(&self, idx: usize) -> Option<u32> {
        match self {
            Self::Same(size, count) => (idx < *count as usize).then_some(*size),
            Self::Each(sizes) => sizes.get(idx).copied(),
        }
    }
}

impl Tables {
    /// Reads the tables inside an `stbl` box.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn read(bytes: &mut Bytes, stbl: &Atom) -> io::Result<Self> {
        let mut tables = Self::default();
        for table in stbl.children(bytes, 0)? {
            let parse: fn(&mut Self, &[u8]) = match &table.name {
                b"stsz" => |tables, content| tables.sizes = sizes(content),
                b"stz2" => |tables, content| tables.sizes = compact_sizes(content),
                b"stco" => |tables, content| {
                    tables.chunks = numbers(content, 4, |b| be32(b, 0).map(u64::from));
                },
                b"co64" => |tables, content| tables.chunks = numbers(content, 8, |b| be64(b, 0)),
                b"stsc" => |tables, content| {
                    tables.runs = numbers(content, 12, |b| Some((be32(b, 0)?, be32(b, 4)?)));
                },
                b"stts" => |tables, content| tables.duration = duration(content),
                _ => continue,
            };
            parse(&mut tables, &table.content(bytes, MAX_TABLE)?);
        }
        Ok(tables)
    }

    /// The chunks: where each begins, and how many packets it has.
    fn chunks(&self) -> impl Iterator<Item = (u64, u32)> {
        let mut run = 0;
        self.chunks.iter().enumerate().map(move |(idx, &at)| {
            let number = idx as u64 + 1;
            while self
                .runs
                .get(run + 1)
                .is_some_and(|(first, _)| u64::from(*first) <= number)
            {
                run += 1;
            }
            (at, self.runs.get(run).map_or(0, |(_, packets)| *packets))
        })
    }

    /// A table of coded packets of `frames` frames each, as far as the file has them.
    pub(super) fn coded(&self, frames: u32, file_len: u64) -> PacketTable {
        let mut table = PacketTable::new(frames);
        let mut idx = 0;
        for (chunk_at, packets) in self.chunks() {
            let mut at = chunk_at;
            for _ in 0..packets {
                let Some(size) = self.sizes.get(idx) else {
                    return table;
                };
                if !table.push(at, size, file_len) {
                    return table;
                }
                at += u64::from(size);
                idx += 1;
            }
        }
        table
    }

    /// Where plain samples lie, `frame_bytes` a frame, as far as the file has them. Every entry of
    /// the file's own table is one frame, whatever size it states. Chunks that touch are one
    /// stretch.
    pub(super) fn plain(&self, frame_bytes: u32, file_len: u64) -> Vec<Stretch> {
        let frame_bytes = u64::from(frame_bytes.max(1));
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut end = 0;
        for (file_at, frames) in self.chunks().filter(|(_, frames)| *frames > 0) {
            let there = file_len.saturating_sub(file_at) / frame_bytes;
            let frames = u64::from(frames);
            let whole = frames.min(there);
            match stretches.last_mut() {
                Some(last) if end == file_at => last.frames += whole,
                _ if whole > 0 => stretches.push(Stretch {
                    file_at,
                    frames: whole,
                }),
                _ => {}
            }
            if whole < frames {
                break;
            }
            end = file_at.saturating_add(frames * frame_bytes);
        }
        stretches
    }
}

/// The entries of a table: after version and flags stands their number.
fn numbers<T>(content: &[u8], size: usize, read: impl Fn(&[u8]) -> Option<T>) -> Vec<T> {
    let count = be32(content, 4).unwrap_or(0) as usize;
    content
        .get(8..)
        .unwrap_or_default()
        .chunks_exact(size)
        .take(count.min(MAX_PACKETS))
        .map_while(read)
        .collect()
}

fn sizes(content: &[u8]) -> Sizes {
    let same = be32(content, 4).unwrap_or(0);
    let count = be32(content, 8).unwrap_or(0);
    if same != 0 {
        return Sizes::Same(same, count);
    }
    // The entries follow one field later than in the other tables.
    Sizes::Each(numbers(content.get(4..).unwrap_or_default(), 4, |b| {
        be32(b, 0)
    }))
}

fn compact_sizes(content: &[u8]) -> Sizes {
    let bits = content.get(7).copied().unwrap_or(0);
    let rest = content.get(4..).unwrap_or_default();
    Sizes::Each(match bits {
        16 => numbers(rest, 2, |b| be16(b, 0).map(u32::from)),
        8 => numbers(rest, 1, |b| b.first().copied().map(u32::from)),
        _ => Vec::new(),
    })
}

fn duration(content: &[u8]) -> i64 {
    numbers(content, 8, |b| Some((be32(b, 0)?, be32(b, 4)?)))
        .iter()
        .fold(0_i64, |sum, (count, each)| {
            sum.saturating_add(i64::from(*count).saturating_mul(i64::from(*each)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> Tables {
        Tables {
            sizes: Sizes::Each(vec![10, 20, 30, 40, 50]),
            chunks: vec![100, 200, 300],
            // Two packets in the first chunk, two in the second, one from the third on.
            runs: vec![(1, 2), (3, 1)],
            duration: 0,
        }
    }

    #[test]
    fn packets_lie_behind_each_other_in_their_chunks() {
        let table = tables().coded(1024, 1000);
        assert_eq!(table.len(), 5);
        assert_eq!(table.frames(), 5 * 1024);
    }

    #[test]
    fn what_a_cut_file_no_longer_has_is_left_out() {
        assert_eq!(tables().coded(1024, 240).len(), 3);
    }

    #[test]
    fn a_table_that_claims_more_than_it_has_is_read_as_far_as_it_goes() {
        let mut content = vec![0; 4];
        content.extend(u32::MAX.to_be_bytes());
        content.extend(7_u32.to_be_bytes());
        assert_eq!(numbers(&content, 4, |b| be32(b, 0)), [7]);
    }

    #[test]
    fn plain_samples_in_chunks_that_touch_are_one_stretch() {
        let touching = Tables {
            sizes: Sizes::Same(4, 10_000),
            chunks: vec![100, 100 + 4 * 5000],
            runs: vec![(1, 5000)],
            duration: 0,
        };
        let one = Stretch {
            file_at: 100,
            frames: 10_000,
        };
        assert_eq!(touching.plain(4, u64::MAX), [one]);
    }

    #[test]
    fn plain_samples_between_pictures_are_stretches_of_their_own() {
        let apart = Tables {
            sizes: Sizes::Same(4, 10_000),
            chunks: vec![100, 200 + 4 * 5000],
            runs: vec![(1, 5000)],
            duration: 0,
        };
        let at = |file_at, frames| Stretch { file_at, frames };
        let both = [at(100, 5000), at(200 + 4 * 5000, 5000)];
        assert_eq!(apart.plain(4, u64::MAX), both);
        let cut_off = 200 + 4 * 5000 + 7;
        assert_eq!(apart.plain(4, cut_off), [at(100, 5000), at(20_200, 1)]);
    }
}
