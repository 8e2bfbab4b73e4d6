//! The streams that follow each other in one Ogg file, played as one.
//!
//! RFC 3533 section 4 allows whole streams to be put behind each other; recordings of net radio
//! are often made so. Nearly every file has only one.

use std::collections::VecDeque;

use super::link::Link;
use super::reader::Reader;
use crate::media::bytes::Bytes;
use crate::media::packets::Packet;
use crate::media::packets::Packets;
use crate::media::packets::read_error;
use crate::media::sound::SoundError;

/// The packets of one or more links, in order.
pub(super) struct Chain {
    bytes: Bytes,
    // Invariant: not empty.
    links: Vec<Link>,
    current: usize,
    reader: Reader,
    ready: VecDeque<Packet>,
    changed: bool,
}

/// Where the music of the last link ends, counted as the first link counts.
pub(super) fn end_of(links: &[Link]) -> i64 {
    let start = links.first().map_or(0, |first| first.start);
    links
        .iter()
        .fold(start, |end, link| end.saturating_add(link.length()))
}

impl Chain {
    /// The packets of `links`, from the first on.
    pub(super) fn new(bytes: Bytes, links: Vec<Link>) -> Self {
        let reader = links.first().map_or_else(Reader::default, Reader::at_start);
        Self {
            bytes,
            links,
            current: 0,
            reader,
            ready: VecDeque::new(),
            changed: false,
        }
    }

    /// Where the music of a link begins, counted as the first link counts.
    fn start_of(&self, link: usize) -> i64 {
        end_of(self.links.get(..link).unwrap_or_default()).max(self.first_start())
    }

    fn first_start(&self) -> i64 {
        self.links.first().map_or(0, |first| first.start)
    }

    fn enter(&mut self, link: usize) {
        self.changed |= link != self.current;
        self.current = link;
        self.ready.clear();
        if let Some(link) = self.links.get(link) {
            self.reader = Reader::at_start(link);
        }
    }

    fn fill(&mut self) -> Result<bool, SoundError> {
        while self.ready.is_empty() {
            let Some(link) = self.links.get(self.current) else {
                return Ok(false);
            };
            let more = self
                .reader
                .read_page(&mut self.bytes, link, &mut self.ready)
                .map_err(|e| read_error(&e))?;
            if !more {
                if self.current + 1 >= self.links.len() {
                    return Ok(false);
                }
                self.enter(self.current + 1);
            }
        }
        Ok(true)
    }
}

impl Packets for Chain {
    fn next(&mut self, packet: &mut Packet) -> Result<bool, SoundError> {
        if !self.fill()? {
            return Ok(false);
        }
        let Some(mut next) = self.ready.pop_front() else {
            return Ok(false);
        };
        if let Some(link) = self.links.get(self.current) {
            // What is past the end of a link must not be heard over the beginning of the next.
            let room = link.end.saturating_sub(next.at).max(0);
            next.frames = next.frames.min(u32::try_from(room).unwrap_or(u32::MAX));
            next.at = next.at - link.start + self.start_of(self.current);
            if std::mem::take(&mut self.changed) {
                next.codec = Some(Box::new(link.head.params.clone()));
            }
        }
        *packet = next;
        Ok(true)
    }

    fn seek(&mut self, at: i64) -> Result<(), SoundError> {
        let idx = (1..self.links.len())
            .take_while(|idx| self.start_of(*idx) <= at)
            .last()
            .unwrap_or(0);
        self.enter(idx);
        let within = at - self.start_of(idx);
        if let Some(link) = self.links.get(idx) {
            self.reader = Reader::before(&mut self.bytes, link, link.start + within)
                .map_err(|e| read_error(&e))?;
        }
        Ok(())
    }
}
