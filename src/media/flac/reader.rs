//! Finding FLAC frames, in order and at any place.

use std::io;

use super::StreamInfo;
use super::frame::FrameHeader;
use super::frame::MAX_HEADER;
use super::frame::crc16;
use crate::media::bytes::Bytes;
use crate::media::packets::Packet;
use crate::media::packets::Packets;
use crate::media::packets::read_error;
use crate::media::sound::SoundError;

/// How much is looked through at once for the next frame.
const SEARCH_BLOCK: usize = 64 * 1024;
/// How much of that at first: mostly a frame begins where one is looked for.
const FIRST_BLOCK: usize = 4 * 1024;
/// How much damage is searched for the next frame before the rest is given up.
const SEARCH_REACH: u64 = 16 * 1024 * 1024;
/// How much is looked at for one request: a file made to be searched for ever is given up on.
const WORK: u64 = 64 * 1024 * 1024;
/// How close a search by halving gets before it walks.
const CLOSE: u64 = 32 * 1024;

/// A frame header, and where it is in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    header: FrameHeader,
    file_at: u64,
}

/// Reads the frames of one file.
pub(super) struct Reader {
    bytes: Bytes,
    info: StreamInfo,
    audio_at: u64,
    audio_end: u64,
    next_at: u64,
    // The place that the next frame has if nothing is missing.
    expected: u64,
    first_place: u64,
    // The place after the last whole frame: headers that claim to be later are chance.
    last_place: u64,
    // Bytes that may still be looked at for this request.
    work: u64,
    // Frames that end before this place are not needed.
    wanted: u64,
}

impl Reader {
    /// A reader of the frames from `audio_at` on.
    pub(super) fn new(bytes: Bytes, info: StreamInfo, audio_at: u64) -> Self {
        Self {
            audio_end: bytes.len(),
            bytes,
            info,
            audio_at,
            next_at: audio_at,
            expected: 0,
            first_place: 0,
            last_place: u64::MAX,
            work: WORK,
            wanted: 0,
        }
    }

    /// The place of the first frame: not 0 where a file was cut from a longer stream.
    pub(super) fn first_place(&self) -> i64 {
        i64::try_from(self.first_place).unwrap_or(i64::MAX)
    }

    /// The place after the last whole frame, or none where there is not one.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn end_of_last(&mut self) -> io::Result<Option<i64>> {
        let Some(first) = self.find(self.audio_at, self.audio_end, |_| true)? else {
            return Ok(None);
        };
        self.first_place = first.header.at;
        self.expected = first.header.at;
        let longest = self.longest_frame();
        self.work = WORK;
        // The last whole frame begins no further from the end than the longest frame is long.
        let mut reach = longest.min(SEARCH_BLOCK as u64);
        loop {
            let from = self.audio_end.saturating_sub(reach).max(self.audio_at);
            if let Some(end) = self.end_of_last_from(from)? {
                self.last_place = end;
                return Ok(i64::try_from(end).ok());
            }
            if from == self.audio_at || reach > SEARCH_REACH {
                return Ok(None);
            }
            reach *= 8;
        }
    }

    fn end_of_last_from(&mut self, from: u64) -> io::Result<Option<u64>> {
        let mut last = None;
        let mut found = self.find(from, self.audio_end, |_| true)?;
        while let Some(frame) = found {
            let next = self.following(&frame)?;
            let file_end = next.map_or(self.audio_end, |next| next.file_at);
            if self.whole_size(frame.file_at, file_end)?.is_some() {
                last = Some(frame.header.end());
                found = next;
            } else {
                found = self.find(frame.file_at + 1, self.audio_end, |_| true)?;
            }
        }
        Ok(last)
    }

    /// More bytes than any whole frame of this stream has: all its samples unpacked, one bit more
    /// for a difference channel, and its headers.
    fn longest_frame(&self) -> u64 {
        let bits = u64::from(self.info.most_block)
            * u64::from(self.info.channels)
            * u64::from(self.info.bits + 1);
        bits / 8 + 1024
    }

    /// The first header in `from..to` that `wanted` accepts.
    fn find(
        &mut self,
        from: u64,
        to: u64,
        wanted: impl Fn(&FrameHeader) -> bool,
    ) -> io::Result<Option<Found>> {
        let mut block_at = from;
        let mut size = FIRST_BLOCK;
        while block_at < to && self.work > 0 {
            let block = self.bytes.window(block_at, size)?;
            size = SEARCH_BLOCK;
            let block_end = usize::try_from(to - block_at).unwrap_or(usize::MAX);
            let mut i = 0;
            let searched = block.get(..block_end.min(block.len())).unwrap_or_default();
            while let Some(offset) = searched
                .get(i..)
                .and_then(|rest| memchr::memchr(0xff, rest))
            {
                i += offset;
                let header = block
                    .get(i..)
                    .and_then(|bytes| FrameHeader::parse(bytes, &self.info));
                if let Some(header) = header.filter(&wanted) {
                    self.work = self.work.saturating_sub(i as u64 + 1);
                    return Ok(Some(Found {
                        header,
                        file_at: block_at + i as u64,
                    }));
                }
                i += 1;
            }
            let covered = block.len().saturating_sub(MAX_HEADER).max(1) as u64;
            self.work = self.work.saturating_sub(covered);
            block_at += covered;
        }
        Ok(None)
    }

    /// The frame that follows on from `frame`, as near as it must be.
    fn following(&mut self, frame: &Found) -> io::Result<Option<Found>> {
        let place = frame.header.end();
        let reach = frame.file_at + self.longest_frame() + MAX_HEADER as u64;
        let to = self.audio_end.min(reach);
        self.find(frame.file_at + 1, to, |header| header.at == place)
    }

    /// The length of the frame at `from`, if it is whole: it ends at `to`, or, being the last one,
    /// somewhere before what was appended to the file.
    fn whole_size(&mut self, from: u64, to: u64) -> io::Result<Option<usize>> {
        let size = usize::try_from((to - from).min(self.longest_frame())).unwrap_or(0);
        self.work = self.work.saturating_sub(size as u64);
        let last = to == self.audio_end;
        let frame = self.bytes.window(from, size)?;
        let whole = frame.len() == size && (to - from) as usize == size && crc16(frame) == 0;
        if whole {
            return Ok(Some(size));
        }
        // A tag of the old kind is 128 bytes at the end.
        let untagged = frame.len().saturating_sub(128);
        let tagged = last
            && frame
                .get(untagged..)
                .is_some_and(|tag| tag.starts_with(b"TAG"))
            && crc16(&frame[..untagged]) == 0;
        Ok(tagged.then_some(untagged))
    }

    /// The next frame that is whole: its header, place in the file, and size.
    fn next_whole(&mut self) -> io::Result<Option<(FrameHeader, u64, usize)>> {
        self.work = WORK;
        let expected = self.expected;
        let last_place = self.last_place;
        let reach = self
            .audio_end
            .min(self.next_at.saturating_add(SEARCH_REACH));
        let plausible =
            move |header: &FrameHeader| header.at >= expected && header.end() <= last_place;
        let mut found = self.find(self.next_at, reach, plausible)?;
        while let Some(frame) = found {
            let next = self.following(&frame)?;
            let file_end = match next {
                Some(next) => next.file_at,
                // Without a next frame this one is the last, or the next one is damaged.
                None => self.audio_end,
            };
            if let Some(size) = self.whole_size(frame.file_at, file_end)? {
                return Ok(Some((frame.header, frame.file_at, size)));
            }
            // It is damaged itself, or only followed by damage: in that case its own checksum tells
            // where it ends.
            if next.is_none()
                && let Some(size) = self.size_by_checksum(frame.file_at)?
            {
                return Ok(Some((frame.header, frame.file_at, size)));
            }
            found = self.find(frame.file_at + 1, reach, plausible)?;
        }
        Ok(None)
    }

    /// The first frame in `from..to` that another one follows on from: a header alone can be chance.
    fn find_followed(&mut self, from: u64, to: u64) -> io::Result<Option<Found>> {
        let last_place = self.last_place;
        let mut at = from;
        while let Some(frame) = self.find(at, to, |header| header.end() <= last_place)? {
            if frame.header.end() == last_place || self.following(&frame)?.is_some() {
                return Ok(Some(frame));
            }
            at = frame.file_at + 1;
        }
        Ok(None)
    }

    /// The length at which the checksum of the frame at `from` comes out right and another header
    /// follows.
    fn size_by_checksum(&mut self, from: u64) -> io::Result<Option<usize>> {
        let limit = self.audio_end.min(from + self.longest_frame());
        let mut at = from + 1;
        while let Some(next) = self.find(at, limit, |_| true)? {
            if self.whole_size(from, next.file_at)?.is_some() {
                return Ok(usize::try_from(next.file_at - from).ok());
            }
            at = next.file_at + 1;
        }
        Ok(None)
    }
}

impl Packets for Reader {
    fn next(&mut self, packet: &mut Packet) -> Result<bool, SoundError> {
        let (header, file_at, size) = loop {
            let found = self.next_whole().map_err(|e| read_error(&e))?;
            let Some((header, file_at, size)) = found else {
                return Ok(false);
            };
            if header.end() > self.wanted {
                break (header, file_at, size);
            }
            // Each frame stands alone: those before the place sought need not be decoded.
            self.next_at = file_at + size as u64;
            self.expected = header.end();
        };
        let data = self
            .bytes
            .window(file_at, size)
            .map_err(|e| read_error(&e))?;
        let place = i64::try_from(header.at).unwrap_or(i64::MAX);
        packet.refill(place, header.frames, data);
        self.next_at = file_at + size as u64;
        self.expected = header.end();
        Ok(true)
    }

    fn seek(&mut self, at: i64) -> Result<(), SoundError> {
        let target = at.max(0).unsigned_abs();
        let mut from = self.audio_at;
        let mut to = self.audio_end;
        let mut expected = self.first_place;
        self.work = WORK;
        while to.saturating_sub(from) > CLOSE {
            let middle = from + (to - from) / 2;
            let found = self.find_followed(middle, to).map_err(|e| read_error(&e))?;
            match found {
                Some(frame) if frame.header.at <= target => {
                    from = frame.file_at;
                    expected = frame.header.at;
                }
                _ => to = middle,
            }
        }
        self.next_at = from;
        self.expected = expected;
        self.wanted = target;
        Ok(())
    }
}
