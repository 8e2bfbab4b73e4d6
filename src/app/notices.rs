//! What the user is told: the only place where errors are shown.

use std::time::Duration;
use std::time::Instant;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something went as it should.
    Info,
    /// Something wants a look.
    Warning,
    /// Something did not work.
    Error,
}

/// One thing the user is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Tells it from others.
    pub id: u64,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence.
    pub sentence: String,
    /// What it is about in full, a line each: files with reasons, things that were changed.
    pub details: Vec<String>,
    /// When it was told.
    pub at: Instant,
}

impl Notice {
    /// How long a notice of good news stays by itself; others stay until they are closed.
    const STAYS: Duration = Duration::from_secs(6);

    /// Whether it is still to be seen at `now`.
    fn is_current(&self, now: Instant) -> bool {
        self.severity != Severity::Info || now.saturating_duration_since(self.at) < Self::STAYS
    }
}

/// The notices to be seen, oldest first.
#[derive(Debug, Default)]
pub(super) struct Notices {
    list: Vec<Notice>,
    next: u64,
}

impl Notices {
    /// How many are kept; the oldest give way.
    const MAX: usize = 20;

    /// Tells something.
    pub(super) fn tell(
        &mut self,
        now: Instant,
        severity: Severity,
        sentence: impl Into<String>,
        details: Vec<String>,
    ) {
        self.next += 1;
        let sentence = sentence.into();
        // The same thing twice is one thing that still is so.
        self.list
            .retain(|n| n.sentence != sentence || n.details != details);
        if self.list.len() == Self::MAX {
            self.list.remove(0);
        }
        self.list.push(Notice {
            id: self.next,
            severity,
            sentence,
            details,
            at: now,
        });
    }

    /// The notices to be seen, oldest first.
    pub(super) fn list(&self) -> &[Notice] {
        &self.list
    }

    /// Hands them over.
    pub(super) fn take(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.list)
    }

    /// Closes one.
    pub(super) fn close(&mut self, id: u64) {
        self.list.retain(|notice| notice.id != id);
    }

    /// Lets those go that have been seen long enough.
    pub(super) fn tick(&mut self, now: Instant) {
        self.list.retain(|notice| notice.is_current(now));
    }
}
