//! Walking a bare stream from frame to frame, with marks by which any frame is found again.

use std::io;

use super::adts;
use super::mpeg;
use crate::media::bytes::Bytes;
use crate::media::facts::Codec;
use crate::media::packets::Packet;
use crate::media::packets::Packets;
use crate::media::packets::read_error;
use crate::media::sound::SoundError;

/// Enough bytes for the header of either syntax.
pub(super) const HEADER_BYTES: usize = 10;
/// The longest frame of either syntax: ADTS counts its bytes with 13 bits.
pub(super) const MAX_FRAME: usize = 8192;
/// How much damage is searched for the next frame before the rest is given up.
const RESYNC_REACH: u64 = 16 * 1024 * 1024;
/// How much of it is looked at once.
const RESYNC_BLOCK: usize = 64 * 1024;
/// Marks kept at most; when there are more, every other one goes.
const MAX_MARKS: usize = 1 << 19;
/// Frames a decoder is warmed up with at most.
const MAX_WARM_UP: u64 = 64;

/// Which headers the frames have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// MPEG audio.
    Mpeg,
    /// AAC in ADTS.
    Adts,
}

impl Syntax {
    /// Reads the header at the beginning of `bytes`, if one is there.
    pub(super) fn header(self, bytes: &[u8]) -> Option<FrameHeader> {
        match self {
            Self::Mpeg => mpeg::header(bytes),
            Self::Adts => adts::header(bytes),
        }
    }
}

/// How the frames are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// MPEG audio layer I.
    One,
    /// MPEG audio layer II.
    Two,
    /// MPEG audio layer III.
    Three,
    /// AAC.
    Aac,
}

/// What the header of one frame says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameHeader {
    /// How it is coded.
    pub(super) layer: Layer,
    /// Its length in bytes, the header included.
    pub(super) size: u32,
    /// Bytes at its beginning that the decoder does not want.
    pub(super) skip: u32,
    /// The sample frames it decodes to.
    pub(super) frames: u32,
    /// Sample frames a second.
    pub(super) rate: u32,
    /// Channels.
    pub(super) channels: u8,
    /// The bits that stay the same throughout a stream.
    pub(super) constant: u32,
    /// The bytes that hold sound.
    pub(super) main_bytes: u32,
    /// How many bytes of frames before it a frame may need at most.
    pub(super) reservoir: u32,
    /// Where in the first frame a tag would be.
    pub(super) tag_at: usize,
}

impl FrameHeader {
    /// Whether this can be a frame of the stream that began with `first`.
    pub(super) fn continues(&self, first: &Self) -> bool {
        self.constant == first.constant
    }

    /// How the frames are coded.
    pub(super) fn codec(&self) -> Codec {
        match self.layer {
            Layer::One => Codec::Mp1,
            Layer::Two => Codec::Mp2,
            Layer::Three => Codec::Mp3,
            Layer::Aac => Codec::Aac,
        }
    }
}

/// A frame that was found.
#[derive(Clone, Copy, Debug)]
struct Found {
    header: FrameHeader,
    at: u64,
    /// Bytes between it and the frame before it that belong to neither.
    skipped: u64,
}

/// Where every so-many-th frame begins: enough to find any frame again, in bounded memory.
#[derive(Debug)]
struct Marks {
    every: u64,
    at: Vec<u64>,
}

impl Marks {
    fn note(&mut self, frame: u64, at: u64) {
        if frame != self.at.len() as u64 * self.every {
            return;
        }
        self.at.push(at);
        if self.at.len() >= MAX_MARKS {
            let mut keep = false;
            self.at.retain(|_| {
                keep = !keep;
                keep
            });
            self.every *= 2;
        }
    }

    /// The last marked frame that is not after `frame`, and where it begins.
    fn before(&self, frame: u64) -> Option<(u64, u64)> {
        let last = self.at.len().checked_sub(1)?;
        let idx = usize::try_from(frame / self.every)
            .unwrap_or(last)
            .min(last);
        Some((idx as u64 * self.every, *self.at.get(idx)?))
    }
}

/// Goes through a stream frame by frame.
pub(super) struct Walker {
    bytes: Bytes,
    syntax: Syntax,
    first: FrameHeader,
    // Where the stream must have ended.
    to: u64,
    next_frame: u64,
    next_at: u64,
    marks: Marks,
    // The least sound that a frame was seen to hold: it decides how far back a frame may reach.
    least_main_bytes: u32,
}

impl Walker {
    /// A walker over the frames like `first` from `at` up to `to`.
    pub(super) fn new(bytes: Bytes, syntax: Syntax, first: FrameHeader, at: u64, to: u64) -> Self {
        Self {
            to: to.min(bytes.len()),
            bytes,
            syntax,
            first,
            next_frame: 0,
            next_at: at,
            marks: Marks {
                every: 8,
                at: vec![at],
            },
            least_main_bytes: u32::MAX,
        }
    }

    /// The file.
    pub(super) fn bytes_mut(&mut self) -> &mut Bytes {
        &mut self.bytes
    }

    /// Counts all frames, and goes back to the first.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn count(&mut self) -> io::Result<u64> {
        while self.step()?.is_some() {}
        let counted = self.next_frame;
        self.jump_before(0);
        Ok(counted)
    }

    /// Steps over the next whole frame, and says where it is.
    fn step(&mut self) -> io::Result<Option<Found>> {
        let from = self.next_at;
        let Some((at, header)) = self.find_from(from)? else {
            return Ok(None);
        };
        self.marks.note(self.next_frame, at);
        self.least_main_bytes = self.least_main_bytes.min(header.main_bytes);
        self.next_frame += 1;
        self.next_at = at + u64::from(header.size);
        Ok(Some(Found {
            header,
            at,
            skipped: at - from,
        }))
    }

    /// The first whole frame at `from` or after.
    fn find_from(&mut self, from: u64) -> io::Result<Option<(u64, FrameHeader)>> {
        if let Some(header) = self.header_at(from)? {
            return Ok(Some((from, header)));
        }
        let reach = self.to.min(from.saturating_add(RESYNC_REACH));
        let mut block_at = from + 1;
        while block_at < reach {
            let block = self.bytes.window(block_at, RESYNC_BLOCK)?;
            let candidates: Vec<u64> = block
                .windows(HEADER_BYTES)
                .enumerate()
                .filter(|(_, bytes)| bytes[0] == 0xff)
                .filter(|(_, bytes)| {
                    self.syntax
                        .header(bytes)
                        .is_some_and(|header| header.continues(&self.first))
                })
                .map(|(i, _)| block_at + i as u64)
                .collect();
            let covered = block.len().saturating_sub(HEADER_BYTES - 1).max(1);
            for at in candidates {
                // One header can be chance; the next one where it should be is not.
                if let Some(header) = self.followed_at(at)? {
                    return Ok(Some((at, header)));
                }
            }
            block_at += covered as u64;
        }
        Ok(None)
    }

    /// The header of the frame at `at`, if the whole frame is there.
    fn header_at(&mut self, at: u64) -> io::Result<Option<FrameHeader>> {
        let first = self.first;
        let to = self.to;
        let header = self.syntax.header(self.bytes.window(at, HEADER_BYTES)?);
        Ok(header.filter(|header| header.continues(&first) && at + u64::from(header.size) <= to))
    }

    /// The header of the frame at `at`, if that is followed by another one or is the last.
    fn followed_at(&mut self, at: u64) -> io::Result<Option<FrameHeader>> {
        let (first, to) = (self.first, self.to);
        let window = self.bytes.window(at, MAX_FRAME + HEADER_BYTES)?;
        let header = |from: usize| {
            let header = self.syntax.header(window.get(from..)?)?;
            let end = at + from as u64 + u64::from(header.size);
            (header.continues(&first) && end <= to).then_some(header)
        };
        Ok(header(0).filter(|this| {
            let size = this.size as usize;
            at + size as u64 == to || header(size).is_some()
        }))
    }

    /// Goes to the last marked frame that is not after `frame`.
    fn jump_before(&mut self, frame: u64) {
        if let Some((marked, at)) = self.marks.before(frame) {
            self.next_frame = marked;
            self.next_at = at;
        }
    }

    fn walk_to(&mut self, frame: u64) -> io::Result<()> {
        while self.next_frame < frame {
            if self.step()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// How many frames before one it must be decoded from, for that one to come out right: enough
    /// to fill what layer III borrows from earlier frames, and two for the overlap of the filters.
    fn warm_up(&self) -> u64 {
        let borrowed = self.first.reservoir.div_ceil(self.least_main_bytes.max(1));
        (u64::from(borrowed) + 2).min(MAX_WARM_UP)
    }

    fn seek_frame(&mut self, frame: u64) -> io::Result<()> {
        let within = |marked: u64, walker: &Self| marked <= walker.next_frame;
        // Walking up to the frame first notes the marks and the smallest frame on the way.
        let marked = self.marks.before(frame);
        if self.next_frame > frame || marked.is_some_and(|(marked, _)| !within(marked, self)) {
            self.jump_before(frame);
        }
        self.walk_to(frame)?;
        let from = frame.saturating_sub(self.warm_up());
        self.jump_before(from);
        self.walk_to(from)
    }
}

impl Packets for Walker {
    fn next(&mut self, packet: &mut Packet) -> Result<bool, SoundError> {
        let frame = self.next_frame;
        let Some(found) = self.step().map_err(|e| read_error(&e))? else {
            return Ok(false);
        };
        let Found {
            header,
            at,
            skipped,
        } = found;
        let begin = at + u64::from(header.skip);
        let size = header.size.saturating_sub(header.skip) as usize;
        let data = self.bytes.window(begin, size).map_err(|e| read_error(&e))?;
        let place = i64::try_from(frame)
            .unwrap_or(i64::MAX)
            .saturating_mul(i64::from(self.first.frames));
        packet.refill(place, header.frames, data);
        // How many frames the damage held can only be guessed, by the size of one.
        let guessed = skipped.div_ceil(u64::from(header.size.max(1)));
        packet.lost_before = u32::try_from(guessed)
            .unwrap_or(u32::MAX)
            .saturating_mul(header.frames);
        Ok(true)
    }

    fn seek(&mut self, at: i64) -> Result<(), SoundError> {
        let frame = at.max(0).unsigned_abs() / u64::from(self.first.frames.max(1));
        self.seek_frame(frame).map_err(|e| read_error(&e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_bounded_and_still_find_every_frame() {
        let mut marks = Marks {
            every: 1,
            at: Vec::new(),
        };
        for frame in 0..(MAX_MARKS as u64 * 3) {
            marks.note(frame, frame * 100);
        }
        assert!(marks.at.len() < MAX_MARKS);
        for frame in [0, 1, 77_777, MAX_MARKS as u64 * 2, MAX_MARKS as u64 * 3 - 1] {
            let (marked, at) = marks.before(frame).expect("there are marks");
            assert_eq!(at, marked * 100);
            assert!(
                marked <= frame && frame - marked < marks.every * 2,
                "{frame}"
            );
        }
    }
}
