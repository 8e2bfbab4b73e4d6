//! One stream of an Ogg file: where its music begins and ends.

use std::collections::VecDeque;
use std::io;

use super::head::Head;
use super::page::MAX_PAGE;
use super::page::Page;
use super::reader::Reader;
use crate::media::bytes::Bytes;
use crate::media::packets::Packet;

/// Streams behind each other that are played; a file with more ends early.
const MAX_LINKS: usize = 1000;
/// More frames than this for each byte is more than any codec can do: such an end is a lie.
const MAX_FRAMES_PER_BYTE: u64 = 4096;

/// One stream, and where its music begins and ends. All places are in frames, as its pages count.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// Its headers.
    pub(super) head: Head,
    /// Where its last page ends in the file.
    pub(super) file_end: u64,
    /// The first frame the decoder gives.
    pub(super) decoded_from: i64,
    /// The first frame of music.
    pub(super) start: i64,
    /// The frame after the last of music.
    pub(super) end: i64,
    /// The frame after the last the decoder gives.
    pub(super) decoded_to: i64,
}

impl Link {
    /// How many frames of music it has.
    pub(super) fn length(&self) -> i64 {
        (self.end - self.start).max(0)
    }

    /// All streams of the file that follow each other, `first` being the headers of the first.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn all(bytes: &mut Bytes, first: Head) -> io::Result<Vec<Self>> {
        let rate = first.rate;
        let codec = first.params.codec;
        let mut links = Vec::new();
        let mut head = Some(first);
        while let Some(this) = head.take() {
            let (last, file_end, more) = last_page(bytes, &this)?;
            if let Some(link) = Self::measure(bytes, this, file_end, last)? {
                links.push(link);
            }
            if more && links.len() < MAX_LINKS {
                head = Head::read(bytes, file_end)?
                    .ok()
                    .filter(|next| next.rate == rate && next.params.codec == codec);
            }
        }
        Ok(links)
    }

    /// Finds both ends; none when there is no sound.
    fn measure(
        bytes: &mut Bytes,
        head: Head,
        file_end: u64,
        last: Option<i64>,
    ) -> io::Result<Option<Self>> {
        let size = file_end.saturating_sub(head.audio_at);
        let pre_skip = head.pre_skip;
        let mut link = Self {
            head,
            file_end,
            decoded_from: 0,
            start: 0,
            end: i64::MAX,
            decoded_to: 0,
        };
        let mut packets = VecDeque::new();
        let mut reader = Reader::at_start(&link);
        while packets.is_empty() {
            if !reader.read_page(bytes, &link, &mut packets)? {
                return Ok(None);
            }
        }
        link.decoded_from = packets.front().map_or(0, |packet: &Packet| packet.at);
        // A page that ends before all its packets do has them begin before the music; one that ends
        // later was cut from a longer stream.
        link.start = link.decoded_from.max(0) + pre_skip;
        let reached = |packets: &VecDeque<Packet>, before: i64| {
            packets.back().map_or(before, |last| {
                before.max(last.at.saturating_add(i64::from(last.frames)))
            })
        };
        let longest = i64::try_from(size.saturating_mul(MAX_FRAMES_PER_BYTE)).unwrap_or(i64::MAX);
        let promised = last.filter(|end| end - link.decoded_from <= longest);
        let mut decoded_to = link.decoded_from;
        if let Some(promised) = promised {
            reader = Reader::before(bytes, &link, promised)?;
            packets.clear();
        }
        // With the end known this reads the last pages only, else all of them.
        loop {
            decoded_to = reached(&packets, decoded_to);
            packets.clear();
            if !reader.read_page(bytes, &link, &mut packets)? {
                break;
            }
        }
        link.decoded_to = decoded_to;
        link.end = promised
            .unwrap_or(decoded_to)
            .min(decoded_to)
            .max(link.start);
        Ok(Some(link))
    }
}

/// The last page of a stream: where its packets end, where it ends in the file, and whether another
/// stream follows.
fn last_page(bytes: &mut Bytes, head: &Head) -> io::Result<(Option<i64>, u64, bool)> {
    let len = bytes.len();
    let mut reach = 2 * MAX_PAGE as u64;
    loop {
        let from = len.saturating_sub(reach).max(head.audio_at);
        let mut at = from;
        let mut last = None;
        let mut stranger = false;
        while let Some(page) = Page::find(bytes, at, len)? {
            at = page.end();
            stranger |= page.begins_stream;
            if page.serial == head.serial {
                last = page.granule.or(last);
            } else {
                stranger |= last.is_none() && from > head.audio_at;
            }
        }
        if stranger {
            return walk_to_end(bytes, head);
        }
        if last.is_some() || from == head.audio_at {
            return Ok((last, len, false));
        }
        reach = reach.saturating_mul(8);
    }
}

/// The same by going through all pages, for files in which other streams follow or run beside.
fn walk_to_end(bytes: &mut Bytes, head: &Head) -> io::Result<(Option<i64>, u64, bool)> {
    let len = bytes.len();
    let mut at = head.audio_at;
    let mut last = None;
    while let Some(page) = Page::find(bytes, at, len)? {
        if page.begins_stream {
            return Ok((last, page.at, true));
        }
        if page.serial == head.serial {
            last = page.granule.or(last);
            if page.ends_stream {
                return Ok((last, page.end(), page.end() < len));
            }
        }
        at = page.end();
    }
    Ok((last, len, false))
}
