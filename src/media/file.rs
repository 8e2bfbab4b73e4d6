//! One open sound file, played from the first sample of music to the last.

use std::path::Path;

use super::bytes::Bytes;
use super::decode::Decoder;
use super::error::OpenError;
use super::facts::Exactness;
use super::facts::SoundFacts;
use super::kind;
use super::packets::Packet;
use super::packets::Packets;
use super::packets::Stream;
use super::packets::distance;
use super::sound::Sound;
use super::sound::SoundError;
use super::sound::StereoFrame;
use crate::time::SampleRate;
use crate::time::Samples;

/// Silence stands in for what is lost, so that what follows stays in time; a gap longer than this
/// many frames is not believed.
const MAX_GAP: i64 = 192_000 * 600;
/// How much silence is made at once.
const SILENCE_AT_ONCE: usize = 4096;

/// Opens a file as sound.
///
/// What it is is decided by its first bytes, not by its name. Blocking; for worker threads only.
///
/// # Errors
///
/// Fails when the file cannot be read, is empty, or is not sound that can be played.
pub fn open(path: &Path) -> Result<SoundFile, OpenError> {
    let bytes = Bytes::open(path)?;
    let stream = kind::open_stream(bytes).and_then(Stream::made_ready);
    Ok(SoundFile::new(stream.map_err(|fault| fault.of(path))?))
}

/// An open sound file: stereo frames from the first sample of music to the last.
///
/// What an encoder put before and after the music is taken off; what is damaged is replaced by as
/// much silence, so that everything after it keeps its place.
pub struct SoundFile {
    facts: SoundFacts,
    packets: Box<dyn Packets>,
    decoder: Decoder,
    // All positions count as packets do: from the first frame the decoder gives.
    start: i64,
    end: Option<i64>,
    position: i64,
    // Losses are counted once, however often a place is played.
    furthest: i64,
    lost: i64,
    packet: Packet,
    // Where a packet belongs that follows on from the last one.
    next_place: i64,
    ready: Vec<StereoFrame>,
    ready_from: usize,
    silence: i64,
}

impl std::fmt::Debug for SoundFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoundFile")
            .field("facts", &self.facts)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}

impl SoundFile {
    pub(super) fn new(stream: Stream) -> Self {
        let mut file = Self {
            facts: stream.facts,
            packets: stream.packets,
            decoder: stream.decoder,
            start: stream.start,
            end: stream.end,
            position: stream.start,
            furthest: stream.start,
            lost: 0,
            packet: Packet::default(),
            next_place: i64::MIN,
            ready: Vec::new(),
            ready_from: 0,
            silence: 0,
        };
        // Without a known end the facts keep what the header promises.
        file.facts.length = file.music_length().or(file.facts.length);
        file
    }

    /// What the file is. The length becomes exact once the end has been read.
    pub fn facts(&self) -> &SoundFacts {
        &self.facts
    }

    /// How much of what was read so far was damaged.
    pub fn lost(&self) -> Samples {
        Samples::new(self.lost)
    }

    /// Takes what has been read for all there is.
    pub(super) fn end_where_read(&mut self) {
        if self.facts.exactness == Exactness::Estimated {
            self.end_of_packets();
        }
    }

    fn music_length(&self) -> Option<Samples> {
        self.end.map(|end| Samples::new((end - self.start).max(0)))
    }

    fn ended(&self) -> bool {
        self.end.is_some_and(|end| self.position >= end)
    }

    /// Hands out what is ready: silence first, then decoded frames. None when nothing is.
    fn hand_out(&mut self, out: &mut [StereoFrame]) -> usize {
        let room = match self.end {
            Some(end) => usize::try_from(end - self.position).unwrap_or(0),
            None => usize::MAX,
        };
        let room = room.min(out.len());
        let n = if self.silence > 0 {
            let n = room
                .min(SILENCE_AT_ONCE)
                .min(usize::try_from(self.silence).unwrap_or(usize::MAX));
            out[..n].fill([0.0, 0.0]);
            self.silence -= distance(n);
            n
        } else {
            let ready = self.ready.get(self.ready_from..).unwrap_or_default();
            let n = room.min(ready.len());
            out[..n].copy_from_slice(&ready[..n]);
            self.ready_from += n;
            n
        };
        self.position += distance(n);
        self.furthest = self.furthest.max(self.position);
        n
    }

    /// Decodes the next packet into place; false at the end.
    fn decode_next(&mut self) -> Result<bool, SoundError> {
        if !self.packets.next(&mut self.packet)? {
            return Ok(false);
        }
        self.ready.clear();
        let whole = self.decode_packet();
        let count = self.packet.frames as usize;
        let skip = self.packet.skip as usize;
        if !whole {
            // What came out before the damage was noticed is not to be trusted, and silence of the
            // same length keeps the rest in time. Where the length is not known the next packet
            // tells how much was missing.
            let known = if self.packet.frames == u32::MAX {
                0
            } else {
                count
            };
            self.ready.clear();
            self.ready.resize(skip + known, [0.0, 0.0]);
        }
        self.ready.truncate(skip.saturating_add(count));
        self.ready_from = skip.min(self.ready.len());
        let mut at = self.packet.at;
        if at.abs_diff(self.next_place) <= u64::from(self.packet.slack) {
            at = self.next_place;
        }
        let end = at.saturating_add(distance(self.ready.len() - self.ready_from));
        self.next_place = end;
        if !whole {
            self.count_lost(at, end);
        }
        if end > self.position && self.position >= self.furthest {
            self.lost += i64::from(self.packet.lost_before);
        }
        let gap = at.saturating_sub(self.position);
        if gap <= 0 {
            let late = usize::try_from(-gap).unwrap_or(usize::MAX);
            self.ready_from = self.ready_from.saturating_add(late).min(self.ready.len());
        } else if gap <= MAX_GAP {
            self.count_lost(self.position, at);
            self.silence = gap;
        } else {
            return Err(SoundError::Damaged(
                "a packet claims to be far from the one before it".to_owned(),
            ));
        }
        Ok(true)
    }

    /// Decodes the packet at hand; false when it is damaged.
    fn decode_packet(&mut self) -> bool {
        if let Some(params) = self.packet.codec.take() {
            match Decoder::coded(*params, 1.0) {
                Ok(decoder) => self.decoder = decoder,
                Err(_unknown) => return false,
            }
        } else if self.packet.breaks {
            self.decoder.reset();
        }
        self.decoder.decode(&self.packet, &mut self.ready).is_ok()
    }

    fn count_lost(&mut self, from: i64, to: i64) {
        // Before the first packet there is nothing to lose: a film's sound may begin late.
        let from = from.max(self.furthest).max(self.start).max(0);
        let to = self.end.map_or(to, |end| to.min(end));
        self.lost += (to - from).max(0);
    }

    /// The file has no more packets. An exact length is kept to: silence stands in for an end that
    /// is missing. Any other length is known now.
    fn end_of_packets(&mut self) {
        if let Some(end) = self.end
            && self.facts.exactness == Exactness::Exact
            && end.saturating_sub(self.position) <= MAX_GAP
        {
            self.count_lost(self.position, end);
            self.silence = end - self.position;
            return;
        }
        self.end = Some(self.position);
        self.facts.length = self.music_length();
        self.facts.exactness = Exactness::Exact;
    }
}

impl Sound for SoundFile {
    fn rate(&self) -> SampleRate {
        self.facts.rate
    }

    fn length(&self) -> Option<Samples> {
        self.facts.length
    }

    fn seek(&mut self, position: Samples) -> Result<(), SoundError> {
        let target = self.start.saturating_add(position.get().max(0));
        self.ready.clear();
        self.ready_from = 0;
        self.silence = 0;
        self.next_place = i64::MIN;
        self.position = target;
        if !self.ended() {
            self.decoder.reset();
            self.packets.seek(target)?;
        }
        Ok(())
    }

    fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            if self.ended() {
                return Ok(0);
            }
            let n = self.hand_out(out);
            if n > 0 {
                return Ok(n);
            }
            if !self.decode_next()? {
                self.end_of_packets();
            }
        }
    }
}
