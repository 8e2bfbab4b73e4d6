//! Where the packets of a fragmented file lie (ISO/IEC 14496-12 section 8.8): films made for
//! streaming keep their tables beside each piece instead of in one place.

use std::io;

use super::boxes::Atom;
use crate::media::bytes::Bytes;
use crate::media::bytes::be32;
use crate::media::bytes::be64;
use crate::media::table::PacketTable;

/// The longest box of a fragment that is read.
const MAX_BOX: usize = 16 * 1024 * 1024;

/// What holds for packets of which nothing else is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Defaults {
    duration: u32,
    size: u32,
}

/// Reads optional fields one after another.
struct Fields<'a> {
    bytes: &'a [u8],
    flags: u32,
    at: usize,
}

impl Fields<'_> {
    fn word(&mut self, flag: u32) -> Option<u32> {
        if self.flags & flag == 0 {
            return None;
        }
        self.at += 4;
        be32(self.bytes, self.at - 4)
    }
}

/// Adds all packets of a track to `table`, and returns how long they last in the track's own units.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn read(
    bytes: &mut Bytes,
    top: &[Atom],
    moov: &Atom,
    track: u32,
    table: &mut PacketTable,
) -> io::Result<i64> {
    let defaults = defaults(bytes, moov, track)?;
    let mut duration = 0_i64;
    for moof in top.iter().filter(|atom| atom.name == *b"moof") {
        // Offsets count from the header of the box.
        let moof_at = moof.from.saturating_sub(8);
        for traf in moof.children(bytes, 0)? {
            if traf.name != *b"traf" {
                continue;
            }
            let Some(tfhd) = traf.child(bytes, *b"tfhd")? else {
                continue;
            };
            let head = tfhd.content(bytes, MAX_BOX)?;
            let Some((base, own)) = track_head(&head, track, moof_at, defaults) else {
                continue;
            };
            let mut next = base;
            for trun in traf.children(bytes, 0)? {
                if trun.name == *b"trun" {
                    let run = trun.content(bytes, MAX_BOX)?;
                    let lasts = add_run(&run, base, &mut next, own, bytes.len(), table);
                    duration = duration.saturating_add(lasts);
                }
            }
        }
    }
    Ok(duration)
}

fn defaults(bytes: &mut Bytes, moov: &Atom, track: u32) -> io::Result<Defaults> {
    let Some(mvex) = moov.child(bytes, *b"mvex")? else {
        return Ok(Defaults::default());
    };
    for trex in mvex.children(bytes, 0)? {
        let content = trex.content(bytes, 64)?;
        if trex.name == *b"trex" && be32(&content, 4) == Some(track) {
            return Ok(Defaults {
                duration: be32(&content, 12).unwrap_or(0),
                size: be32(&content, 16).unwrap_or(0),
            });
        }
    }
    Ok(Defaults::default())
}

/// Where offsets of a track's fragment count from, and its own defaults; none for other tracks.
fn track_head(
    head: &[u8],
    track: u32,
    moof_at: u64,
    defaults: Defaults,
) -> Option<(u64, Defaults)> {
    let flags = be32(head, 0)? & 0xff_ffff;
    if be32(head, 4)? != track {
        return None;
    }
    let mut at = 8;
    let base = if flags & 1 != 0 {
        at += 8;
        be64(head, 8)?
    } else {
        moof_at
    };
    let mut fields = Fields {
        bytes: head,
        flags,
        at,
    };
    fields.word(2);
    let duration = fields.word(8).unwrap_or(defaults.duration);
    let size = fields.word(0x10).unwrap_or(defaults.size);
    Some((base, Defaults { duration, size }))
}

/// Adds one run of packets, and returns how long it lasts.
fn add_run(
    run: &[u8],
    base: u64,
    next: &mut u64,
    defaults: Defaults,
    file_len: u64,
    table: &mut PacketTable,
) -> i64 {
    let (Some(flags), Some(count)) = (be32(run, 0), be32(run, 4)) else {
        return 0;
    };
    let mut fields = Fields {
        bytes: run,
        flags: flags & 0xff_ffff,
        at: 8,
    };
    if let Some(offset) = fields.word(1) {
        *next = base.saturating_add_signed(i64::from(offset.cast_signed()));
    }
    fields.word(4);
    let mut duration = 0_i64;
    for _ in 0..count {
        let lasts = fields.word(0x100).unwrap_or(defaults.duration);
        let size = fields.word(0x200).unwrap_or(defaults.size);
        fields.word(0x400);
        fields.word(0x800);
        if fields.at > run.len() || size == 0 || !table.push(*next, size, file_len) {
            break;
        }
        *next = next.saturating_add(u64::from(size));
        duration = duration.saturating_add(i64::from(lasts));
    }
    duration
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_of_a_run_lie_behind_each_other() {
        let mut run = 0x201_u32.to_be_bytes().to_vec();
        run.extend(2_u32.to_be_bytes());
        run.extend(100_u32.to_be_bytes());
        run.extend(30_u32.to_be_bytes());
        run.extend(40_u32.to_be_bytes());
        let defaults = Defaults {
            duration: 1024,
            size: 0,
        };
        let mut table = PacketTable::new(1024);
        let mut next = 0;
        let lasts = add_run(&run, 1000, &mut next, defaults, 5000, &mut table);
        assert_eq!((lasts, next, table.len()), (2048, 1170, 2));
        assert_eq!(table.last_at(), Some(1130));
    }

    #[test]
    fn a_run_that_claims_more_packets_than_it_lists_ends_with_its_list() {
        let mut run = 0x200_u32.to_be_bytes().to_vec();
        run.extend(u32::MAX.to_be_bytes());
        run.extend(30_u32.to_be_bytes());
        let mut table = PacketTable::new(1024);
        add_run(&run, 0, &mut 0, Defaults::default(), 5000, &mut table);
        assert_eq!(table.len(), 1);
    }
}
