//! Packets whose places in the file are all known beforehand, as in MP4 and CAF.

use super::bytes::Bytes;
use super::packets::Packet;
use super::packets::Packets;
use super::packets::distance;
use super::packets::read_error;
use super::sound::SoundError;

/// Packets in one file at most: two days of AAC at 48 kHz. A longer table is read this far.
pub(super) const MAX_PACKETS: usize = 8 * 1024 * 1024;
/// The longest packet that is believed.
const MAX_PACKET_BYTES: u32 = 16 * 1024 * 1024;

/// Where all packets lie, and how long they last.
#[derive(Clone, Debug)]
pub(super) struct PacketTable {
    file_at: Vec<u64>,
    bytes: Vec<u32>,
    // All packets but the last last as long.
    frames_each: u32,
    frames_last: u32,
}

impl PacketTable {
    /// A table of packets that last `frames_each` frames each.
    pub(super) fn new(frames_each: u32) -> Self {
        Self {
            file_at: Vec::new(),
            bytes: Vec::new(),
            frames_each: frames_each.max(1),
            frames_last: frames_each.max(1),
        }
    }

    /// Adds a packet of full length; false when it cannot be: the table is full, or the packet is
    /// not in a file of `file_len` bytes.
    pub(super) fn push(&mut self, file_at: u64, bytes: u32, file_len: u64) -> bool {
        let end = file_at.saturating_add(u64::from(bytes));
        if end > file_len || bytes > MAX_PACKET_BYTES || self.len() >= MAX_PACKETS {
            return false;
        }
        self.file_at.push(file_at);
        self.bytes.push(bytes);
        true
    }

    /// Says that the last packet is shorter than the others.
    pub(super) fn shorten_last(&mut self, frames: u32) {
        self.frames_last = frames.min(self.frames_each);
    }

    /// Where the last packet begins in the file.
    pub(super) fn last_at(&self) -> Option<u64> {
        self.file_at.last().copied()
    }

    /// How many packets there are.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// How many frames they decode to.
    pub(super) fn frames(&self) -> i64 {
        let Some(before) = self.len().checked_sub(1) else {
            return 0;
        };
        distance(before) * i64::from(self.frames_each) + i64::from(self.frames_last)
    }
}

/// Reads the packets of a table.
pub(super) struct TablePackets {
    bytes: Bytes,
    table: PacketTable,
    warm_up: usize,
    told_frames: u64,
    next: usize,
}

impl TablePackets {
    /// A reader for a decoder that has to be fed `warm_up` packets before one comes out right.
    pub(super) fn new(bytes: Bytes, table: PacketTable, warm_up: usize) -> Self {
        Self {
            bytes,
            table,
            warm_up,
            told_frames: 0,
            next: 0,
        }
    }

    /// Has the decoder be told how many frames each packet has.
    pub(super) fn tell_frames(&mut self, frames: u64) {
        self.told_frames = frames;
    }
}

impl Packets for TablePackets {
    fn next(&mut self, packet: &mut Packet) -> Result<bool, SoundError> {
        let entry = (
            self.table.file_at.get(self.next),
            self.table.bytes.get(self.next),
        );
        let (Some(&file_at), Some(&size)) = entry else {
            return Ok(false);
        };
        let data = self
            .bytes
            .window(file_at, size as usize)
            .map_err(|e| read_error(&e))?;
        let place = distance(self.next) * i64::from(self.table.frames_each);
        self.next += 1;
        let frames = if self.next == self.table.len() {
            self.table.frames_last
        } else {
            self.table.frames_each
        };
        packet.refill(place, frames, data);
        packet.told_frames = self.told_frames;
        Ok(true)
    }

    fn seek(&mut self, at: i64) -> Result<(), SoundError> {
        let packet = at.max(0) / i64::from(self.table.frames_each);
        let packet = usize::try_from(packet).unwrap_or(usize::MAX);
        self.next = packet.min(self.table.len()).saturating_sub(self.warm_up);
        Ok(())
    }
}
