//! What the bus counts and measures for others to read: plain atomics, written in real time.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use crate::audio::Group;

/// The loudest sample of each group since they were last read.
#[derive(Default)]
pub(crate) struct Meters {
    // The bits of floats that are never negative: those compare as the floats do.
    peaks: [AtomicU32; Group::ALL.len()],
    /// Momentary loudness in LUFS, as the bits of floats; 0 where nothing was heard yet.
    loudness: [AtomicU32; Group::ALL.len()],
}

impl Meters {
    /// Notes a peak; keeps the higher one until it has been read.
    pub(crate) fn note(&self, group: usize, peak: f32) {
        if let Some(cell) = self.peaks.get(group) {
            cell.fetch_max(peak.max(0.0).to_bits(), Ordering::Relaxed);
        }
    }

    /// Tells how loud a group is.
    pub(crate) fn tell_loudness(&self, group: usize, lufs: f32) {
        if let Some(cell) = self.loudness.get(group) {
            cell.store(lufs.to_bits(), Ordering::Relaxed);
        }
    }

    /// How loud a group is, in LUFS; nothing where it is silent.
    pub(crate) fn loudness(&self, group: Group) -> Option<f32> {
        let bits = self.loudness[group.index()].load(Ordering::Relaxed);
        Some(f32::from_bits(bits)).filter(|lufs| bits != 0 && lufs.is_finite())
    }

    /// Takes the highest peak since the last reading.
    pub(crate) fn take(&self, group: Group) -> f32 {
        f32::from_bits(self.peaks[group.index()].swap(0, Ordering::Relaxed))
    }
}

/// Things that should not happen, counted; and a few that should.
#[derive(Default)]
pub(crate) struct Counters {
    pub(crate) starved: AtomicU64,
    pub(crate) late_frames: AtomicU64,
    pub(crate) late_starts: AtomicU64,
    pub(crate) dropped_events: AtomicU64,
    pub(crate) opened: AtomicU64,
    pub(crate) failed: AtomicU64,
    pub(crate) heads_used: AtomicU64,
    pub(crate) stalls: AtomicU64,
    pub(crate) underruns: AtomicU64,
    pub(crate) hiccups: AtomicU64,
}

/// How the engine has fared since it was started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// How often a sounding part ran out of decoded sound.
    pub starved: u64,
    /// Frames of silence in places where a part should have sounded.
    pub late_frames: u64,
    /// Parts that were not ready when the line reached them.
    pub late_starts: u64,
    /// Events nobody fetched, lost to newer ones.
    pub dropped_events: u64,
    /// Sounds opened.
    pub opened: u64,
    /// Sounds that could not be opened or read.
    pub failed: u64,
    /// Parts that began from what was warmed.
    pub heads_used: u64,
    /// How often the device stopped pulling and was taken for lost.
    pub stalls: u64,
    /// How often the device ran out of sound because the system was too busy to ask for it.
    pub underruns: u64,
    /// Errors of the device after which it went on.
    pub hiccups: u64,
}

impl Counters {
    pub(crate) fn add(counter: &AtomicU64, n: u64) {
        counter.fetch_add(n, Ordering::Relaxed);
    }

    pub(crate) fn read(&self) -> Diagnostics {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Diagnostics {
            starved: get(&self.starved),
            late_frames: get(&self.late_frames),
            late_starts: get(&self.late_starts),
            dropped_events: get(&self.dropped_events),
            opened: get(&self.opened),
            failed: get(&self.failed),
            heads_used: get(&self.heads_used),
            stalls: get(&self.stalls),
            underruns: get(&self.underruns),
            hiccups: get(&self.hiccups),
        }
    }
}
