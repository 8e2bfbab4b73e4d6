//! Whole frames, for formats that know nothing between them.

use std::cell::Cell;

use super::report::{Remark, WriteReport};
use crate::model::Programme;
use crate::model::Take;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// The frames of a programme, counted from its first.
pub(super) struct Grid {
    timebase: Timebase,
    /// The label of the first frame.
    start: Frames,
    /// How many places lay between two frames.
    n_moved: Cell<usize>,
    /// How much music was shorter than a frame.
    n_too_short: Cell<usize>,
}

/// Music on whole frames, from the first of the programme, and from the first of its recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OnFrames {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) source_in: i64,
}

impl OnFrames {
    pub(super) fn length(self) -> i64 {
        self.end - self.start
    }

    pub(super) fn source_out(self) -> i64 {
        self.source_in + self.length()
    }
}

impl Grid {
    pub(super) fn of(programme: &Programme) -> Self {
        Self {
            timebase: programme.timebase,
            start: programme.start,
            n_moved: Cell::new(0),
            n_too_short: Cell::new(0),
        }
    }

    /// The label of a frame of the programme.
    pub(super) fn label(&self, frame: i64) -> String {
        self.timebase.label(self.start + Frames::new(frame))
    }

    /// The label of a frame of a recording, whose first is labelled zero.
    pub(super) fn source_label(&self, frame: i64) -> String {
        self.timebase.label(Frames::new(frame))
    }

    /// So much time in frames, the nearest number.
    pub(super) fn nearest(&self, time: Ticks) -> i64 {
        self.timebase.rate().nearest_frames(time).get()
    }

    /// Where music is heard: each end on the frame nearest to it, so that what touches goes on
    /// touching. `None` where nothing of it is left.
    pub(super) fn music(&self, take: &Take) -> Option<OnFrames> {
        let rate = self.timebase.rate();
        let (from, to) = (take.heard.start(), take.heard.end());
        let source = take.source_in();
        let is_off = |time: Ticks| rate.snapped(time) != time;
        if is_off(from) || is_off(to) || is_off(source) {
            self.n_moved.set(self.n_moved.get() + 1);
        }
        let placed = OnFrames {
            start: self.nearest(from),
            end: self.nearest(to),
            source_in: self.nearest(source).max(0),
        };
        if placed.length() > 0 {
            return Some(placed);
        }
        self.n_too_short.set(self.n_too_short.get() + 1);
        None
    }

    /// A place of the picture: the frame that is seen then, and how many are seen from there on; a
    /// point has none.
    pub(super) fn picture(&self, span: TickSpan) -> (i64, i64) {
        let rate = self.timebase.rate();
        let seen = |time| rate.floor_to_frames(time).get();
        let (from, to) = (seen(span.start()), seen(span.end()));
        let is_off = |time: Ticks| rate.snapped(time) != time;
        if is_off(span.start()) || is_off(span.end()) {
            self.n_moved.set(self.n_moved.get() + 1);
        }
        let length = if span.is_empty() {
            0
        } else {
            (to - from).max(1)
        };
        (from, length)
    }

    /// Says what did not fit.
    pub(super) fn tell(&self, report: &mut WriteReport) {
        report.add(Remark::MovedToFrames {
            n: self.n_moved.get(),
        });
        report.add(Remark::TooShort {
            n: self.n_too_short.get(),
        });
    }
}
