//! What symphonia's reader leaves out of Matroska and `WebM` (RFC 9559): how much of the last packet
//! is no music.
//!
//! An encoder fills its last packet up; `DiscardPadding` says by how much (section 5.1.3.5.7), in
//! the group of the last block.

use std::io;

use super::bytes::Bytes;

/// Elements that are looked at before the rest is given up: a film of four hours has some
/// fifteen thousand clusters.
const MAX_ELEMENTS: usize = 1_000_000;
/// How many clusters from the end a track's last block may lie.
const LAST: usize = 4;

const SEGMENT: u32 = 0x1853_8067;
const CLUSTER: u32 = 0x1F43_B675;
const BLOCK_GROUP: u32 = 0xA0;
const BLOCK: u32 = 0xA1;
const SIMPLE_BLOCK: u32 = 0xA3;
const DISCARD_PADDING: u32 = 0x75A2;

/// An element: what it is, and where its content lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Element {
    id: u32,
    from: u64,
    to: u64,
}

/// How many nanoseconds at the end of a track's last block are no music; none where nothing says
/// so.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn last_padding(bytes: &mut Bytes, track: u32) -> io::Result<Option<u64>> {
    let mut budget = MAX_ELEMENTS;
    let end = bytes.len();
    let mut segment = None;
    walk(bytes, 0..end, &mut budget, &mut |_, element| {
        if element.id == SEGMENT {
            segment = Some(element);
        }
        Ok(())
    })?;
    let Some(segment) = segment else {
        return Ok(None);
    };
    let mut clusters: Vec<Element> = Vec::new();
    walk(
        bytes,
        segment.from..segment.to,
        &mut budget,
        &mut |_, element| {
            if element.id == CLUSTER {
                if clusters.len() == LAST {
                    clusters.remove(0);
                }
                clusters.push(element);
            }
            Ok(())
        },
    )?;
    for cluster in clusters.into_iter().rev() {
        let mut last = None;
        walk(
            bytes,
            cluster.from..cluster.to,
            &mut budget,
            &mut |bytes, element| {
                match element.id {
                    SIMPLE_BLOCK if track_of(bytes, element)? == Some(track) => last = Some(0),
                    BLOCK_GROUP => {
                        if let Some(padding) = padding_of(bytes, element, track)? {
                            last = Some(padding);
                        }
                    }
                    _ => {}
                }
                Ok(())
            },
        )?;
        if let Some(padding) = last {
            return Ok(Some(padding).filter(|padding| *padding > 0));
        }
    }
    Ok(None)
}

/// The padding of a group, if its block is of the track: 0 where nothing says so.
fn padding_of(bytes: &mut Bytes, group: Element, track: u32) -> io::Result<Option<u64>> {
    let (mut is_of_track, mut padding) = (false, 0);
    let mut budget = 64;
    walk(
        bytes,
        group.from..group.to,
        &mut budget,
        &mut |bytes, element| {
            match element.id {
                BLOCK => is_of_track = track_of(bytes, element)? == Some(track),
                DISCARD_PADDING => {
                    let size = usize::try_from(element.to - element.from)
                        .unwrap_or(9)
                        .min(8);
                    let digits = bytes.window(element.from, size)?;
                    // A number below nothing would be padding in front, which nothing writes.
                    let is_negative = digits.first().is_some_and(|first| first & 0x80 != 0);
                    let number = digits
                        .iter()
                        .fold(0, |sum: u64, digit| sum << 8 | u64::from(*digit));
                    padding = if is_negative { 0 } else { number };
                }
                _ => {}
            }
            Ok(())
        },
    )?;
    Ok(is_of_track.then_some(padding))
}

/// The number of the track that a block is of.
fn track_of(bytes: &mut Bytes, block: Element) -> io::Result<Option<u32>> {
    let head = bytes.window(block.from, 8)?;
    let number = number(head).and_then(|(number, _)| u32::try_from(number?).ok());
    Ok(number)
}

/// What is done with an element.
type Visit<'a> = &'a mut dyn FnMut(&mut Bytes, Element) -> io::Result<()>;

/// Visits the elements in a stretch, as far as the budget goes.
fn walk(
    bytes: &mut Bytes,
    within: std::ops::Range<u64>,
    budget: &mut usize,
    visit: Visit<'_>,
) -> io::Result<()> {
    let mut at = within.start;
    while at < within.end && *budget > 0 {
        *budget -= 1;
        let head = bytes.window(at, 12)?;
        let Some((id, id_size)) = identifier(head) else {
            return Ok(());
        };
        let Some((size, size_size)) = number(head.get(id_size..).unwrap_or_default()) else {
            return Ok(());
        };
        let from = at + (id_size + size_size) as u64;
        // Of unknown length, as in a live stream: it goes on to the end of what it is in.
        let to = size.map_or(within.end, |size| from.saturating_add(size));
        let to = to.min(within.end);
        visit(bytes, Element { id, from, to })?;
        at = to.max(at + 1);
    }
    Ok(())
}

/// An element's identifier, marker and all, and its length (RFC 8794 section 5).
fn identifier(head: &[u8]) -> Option<(u32, usize)> {
    let size = head.first()?.leading_zeros() as usize + 1;
    let digits = head.get(..size).filter(|_| size <= 4)?;
    let id = digits
        .iter()
        .fold(0, |id: u32, digit| id << 8 | u32::from(*digit));
    Some((id, size))
}

/// A number of variable length and that length; no number where all its bits are set, which stands
/// for one that is not known (RFC 8794 section 4).
fn number(head: &[u8]) -> Option<(Option<u64>, usize)> {
    let first = *head.first()?;
    let size = first.leading_zeros() as usize + 1;
    let digits = head.get(..size).filter(|_| size <= 8)?;
    let whole = digits
        .iter()
        .fold(0, |sum: u64, digit| sum << 8 | u64::from(*digit));
    let mask = (1_u64 << (7 * size)) - 1;
    let number = whole & mask;
    Some(((number != mask).then_some(number), size))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
        let size = u8::try_from(content.len()).expect("it is short");
        assert!(size < 127);
        [id, &[0x80 | size], content].concat()
    }

    fn padding_in(clusters: &[&[u8]]) -> Option<u64> {
        let clusters: Vec<u8> = clusters
            .iter()
            .flat_map(|content| element(&[0x1F, 0x43, 0xB6, 0x75], content))
            .collect();
        let head = element(&[0x1A, 0x45, 0xDF, 0xA3], b"");
        let file = [head, element(&[0x18, 0x53, 0x80, 0x67], &clusters)].concat();
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let path = folder.path().join("a.webm");
        fs::write(&path, file).expect("it can be written");
        let mut bytes = Bytes::open(&path).expect("it is a file");
        last_padding(&mut bytes, 1).expect("it can be read")
    }

    fn simple(track: u8) -> Vec<u8> {
        element(&[0xA3], &[0x80 | track, 0, 0, 0, 7])
    }

    fn group(track: u8, padding: &[u8]) -> Vec<u8> {
        let block = element(&[0xA1], &[0x80 | track, 0, 0, 0, 7]);
        let padding = element(&[0x75, 0xA2], padding);
        element(&[0xA0], &[block, padding].concat())
    }

    #[test]
    fn the_padding_of_the_tracks_last_block_counts() {
        let padded = group(1, &[0x01, 0x00]);
        assert_eq!(padding_in(&[&simple(1), &padded]), Some(256));
        // Another track goes on longer.
        assert_eq!(padding_in(&[&padded, &simple(2)]), Some(256));
        // It is not the last one.
        assert_eq!(padding_in(&[&padded, &simple(1)]), None);
    }

    #[test]
    fn padding_in_front_of_a_block_is_not_taken_for_one_behind_it() {
        assert_eq!(padding_in(&[&group(1, &[0xFF, 0x00])]), None);
    }
}
