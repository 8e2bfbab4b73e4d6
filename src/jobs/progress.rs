//! How far a job has come, counted by the worker and sampled by whoever shows it.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

/// Tells one job from another for as long as the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub(super) u64);

/// What a job has counted so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Things known to need doing; grows while a job still looks for them.
    pub found: u64,
    /// Things done.
    pub done: u64,
    /// Things that could not be done.
    pub failed: u64,
}

impl Counts {
    /// The share that is dealt with, from 0 to 1; `None` while nothing was found.
    pub fn fraction(self) -> Option<f32> {
        let dealt_with = self.done + self.failed;
        (self.found > 0).then(|| (dealt_with as f32 / self.found as f32).min(1.0))
    }
}

/// A running or waiting job as the window shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobStatus {
    /// Which job.
    pub id: JobId,
    /// What it does, in the user's words.
    pub label: String,
    /// How far it has come.
    pub counts: Counts,
    /// Whether it has been asked to stop.
    pub is_cancelled: bool,
}

/// What a worker counts and looks at.
#[derive(Debug, Default)]
pub(super) struct Meter {
    found: AtomicU64,
    done: AtomicU64,
    failed: AtomicU64,
    cancelled: AtomicBool,
}

impl Meter {
    pub(super) fn counts(&self) -> Counts {
        Counts {
            found: self.found.load(Ordering::Relaxed),
            done: self.done.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
        }
    }

    pub(super) fn add(&self, counts: Counts) {
        self.found.fetch_add(counts.found, Ordering::Relaxed);
        self.done.fetch_add(counts.done, Ordering::Relaxed);
        self.failed.fetch_add(counts.failed, Ordering::Relaxed);
    }

    pub(super) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
