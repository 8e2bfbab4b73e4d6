//! The packets of one stream of an Ogg file, page by page, in their places.

use std::collections::VecDeque;
use std::io;
use std::ops::Range;

use super::link::Link;
use super::page::Page;
use crate::media::bytes::Bytes;
use crate::media::packets::Packet;

/// The longest packet of sound that is believed.
const MAX_PACKET: usize = 1024 * 1024;

/// Where the place sought is known so nearly, the pages are gone through one by one.
const CLOSE: u64 = 24 * 1024;

/// About where in the file, a page early, the page lies that holds `target`.
fn guess(file: Range<u64>, places: Range<i64>, target: i64) -> u64 {
    const EARLY: u64 = 8 * 1024;
    let length = u128::from(file.end - file.start);
    let passed = u128::try_from(target - places.start).unwrap_or(0);
    let all = u128::try_from(places.end - places.start)
        .unwrap_or(0)
        .max(1);
    let ahead = u64::try_from(length * passed.min(all) / all).unwrap_or(0);
    let last = (file.end - 1).max(file.start);
    (file.start + ahead.saturating_sub(EARLY)).min(last)
}

/// Reads the packets of one link page by page.
#[derive(Debug, Default)]
pub(super) struct Reader {
    next_page: u64,
    // The number the next page should have.
    number: Option<u32>,
    // Where the packets read so far end; none right after a start in the middle.
    reached: Option<i64>,
    from_start: bool,
    broken: bool,
    block: Option<u32>,
    partial: Vec<u8>,
    partial_is_whole: bool,
    // Packets that end before this place are not needed.
    wanted: Option<i64>,
}

impl Reader {
    /// Reads from the first page on.
    pub(super) fn at_start(link: &Link) -> Self {
        Self {
            next_page: link.head.audio_at,
            from_start: true,
            ..Self::default()
        }
    }

    /// Reads from so early on that the decoder is right at frame `at`.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn before(bytes: &mut Bytes, link: &Link, at: i64) -> io::Result<Self> {
        let target = at.saturating_sub(link.head.timing.warm_up());
        let own = |page: &Page| page.serial == link.head.serial && page.granule.is_some();
        let mut low = None;
        let (mut from, mut place_from) = (link.head.audio_at, link.decoded_from);
        let (mut to, mut place_to) = (link.file_end, link.end);
        // Pages are about as long as each other, so guessing by time comes near at once; every
        // second look halves what is left, so that it ends soon whatever they are.
        let mut is_guess = true;
        while to.saturating_sub(from) > CLOSE {
            let middle = if is_guess {
                guess(from..to, place_from..place_to, target)
            } else {
                from + (to - from) / 2
            };
            is_guess = !is_guess;
            let mut page = Page::find(bytes, middle, to)?;
            while let Some(other) = page.take_if(|page| !own(page)) {
                page = Page::find(bytes, other.end(), to)?;
            }
            match page {
                Some(page) if page.granule.is_some_and(|end| end <= target) => {
                    from = page.end();
                    place_from = page.granule.unwrap_or(place_from);
                    low = Some(page.at);
                }
                found => {
                    to = middle;
                    place_to = found.and_then(|page| page.granule).unwrap_or(place_to);
                }
            }
        }
        while let Some(page) = Page::find(bytes, from, link.file_end)? {
            if own(&page) {
                if page.granule.is_none_or(|end| end > target) {
                    break;
                }
                low = Some(page.at);
            }
            from = page.end();
        }
        Ok(match low {
            None => Self::at_start(link),
            Some(at) => Self {
                next_page: at,
                wanted: Some(target),
                ..Self::default()
            },
        })
    }

    /// Reads the next page of the stream and appends the packets that end on it, in their places;
    /// false at the end.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn read_page(
        &mut self,
        bytes: &mut Bytes,
        link: &Link,
        out: &mut VecDeque<Packet>,
    ) -> io::Result<bool> {
        let Some(page) = Page::find(bytes, self.next_page, link.file_end)? else {
            return Ok(false);
        };
        if page.at != self.next_page {
            self.break_off();
        }
        self.next_page = page.end();
        if page.serial != link.head.serial {
            return Ok(true);
        }
        let expected = self.number.replace(page.number.wrapping_add(1));
        if expected.is_some_and(|expected| expected != page.number) {
            self.break_off();
        }
        let packets = self.whole_packets(&page);
        let lengths: Vec<_> = packets
            .iter()
            .map(|packet| {
                let length = link.head.timing.length(packet, self.block)?;
                // The first packet of all gives nothing that counts.
                let alone = self.block.is_none();
                self.block = Some(length.block);
                Some((length, alone))
            })
            .collect();
        let total: i64 = lengths
            .iter()
            .flatten()
            .map(|(length, _)| i64::from(length.frames))
            .sum();
        let mut at = match (page.granule, self.reached) {
            // The last page may end before its packets do: what is over is padding.
            (Some(_), Some(reached)) if page.ends_stream && !self.broken => reached,
            (Some(_), None) if page.ends_stream && self.from_start => 0,
            (Some(end), _) => end.saturating_sub(total),
            (None, reached) => reached.unwrap_or(0),
        };
        for (data, length) in packets.into_iter().zip(lengths) {
            let Some((mut length, mut alone)) = length else {
                continue;
            };
            if let Some(wanted) = self.wanted {
                let end = at.saturating_add(i64::from(length.frames));
                if end <= wanted {
                    at = end;
                    continue;
                }
                // The first that is decoded stands alone, and gives as much as if it did.
                self.wanted = None;
                if let Some(by_itself) = link.head.timing.length(&data, None) {
                    at = end.saturating_sub(i64::from(by_itself.frames));
                    (length, alone) = (by_itself, true);
                }
            }
            out.push_back(Packet {
                at,
                frames: length.frames,
                skip: if alone {
                    length.frames_alone - length.frames
                } else {
                    0
                },
                breaks: std::mem::take(&mut self.broken),
                data,
                ..Packet::default()
            });
            at = at.saturating_add(i64::from(length.frames));
        }
        if page.granule.is_some() {
            self.reached = Some(at);
        }
        Ok(true)
    }

    /// Pages are missing: what was begun cannot be ended.
    fn break_off(&mut self) {
        self.broken = true;
        self.block = None;
        self.partial.clear();
        self.partial_is_whole = false;
    }

    fn whole_packets(&mut self, page: &Page) -> Vec<Vec<u8>> {
        if !page.continues {
            self.partial.clear();
            self.partial_is_whole = true;
        }
        let mut packets = Vec::new();
        for piece in page.pieces() {
            self.partial.extend_from_slice(piece.data);
            if self.partial.len() > MAX_PACKET {
                self.partial.clear();
                self.partial_is_whole = false;
            }
            if piece.ends {
                let packet = std::mem::take(&mut self.partial);
                if std::mem::replace(&mut self.partial_is_whole, true) {
                    packets.push(packet);
                }
            }
        }
        packets
    }
}
