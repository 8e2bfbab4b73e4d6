//! The gate all sound of a run goes through: shut while nothing plays, and never moved at once.
//! Real-time code.

use crate::audio::clock::Motion;
use crate::audio::fade::ease;

/// See the module.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate {
    /// How far it is open, in frames from 0 to `length`.
    level: i64,
    /// Frames from shut to open.
    length: i64,
    moving: GateMove,
}

/// Whether it is opening or closing, and what closing is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GateMove {
    Still,
    Opening,
    Closing(Motion),
}

impl Gate {
    /// A shut gate that takes so many frames to open.
    pub(super) const fn shut(length: i64) -> Self {
        Self {
            level: 0,
            length,
            moving: GateMove::Still,
        }
    }

    /// An open one.
    pub(super) const fn open(length: i64) -> Self {
        Self {
            level: length,
            ..Self::shut(length)
        }
    }

    /// Whether sound goes through, or is about to.
    pub(super) fn lets_through(&self) -> bool {
        self.level > 0 || self.moving == GateMove::Opening
    }

    /// Whether it is wholly open, and stays so.
    pub(super) fn is_open(&self) -> bool {
        self.level == self.length && self.moving == GateMove::Still
    }

    /// Whether it is wholly shut.
    pub(super) fn is_shut(&self) -> bool {
        self.level == 0
    }

    /// Frames until it would be shut.
    pub(super) fn to_shut(self) -> i64 {
        self.level
    }

    /// Begins to open.
    pub(super) fn begin_opening(&mut self) {
        self.moving = GateMove::Opening;
    }

    /// Begins to close, for the line to come to rest as `motion`.
    pub(super) fn begin_closing(&mut self, motion: Motion) {
        self.moving = GateMove::Closing(motion);
    }

    /// Its factor so many frames from now, when `left` frames are left of the run by then: it
    /// closes by itself before the end.
    pub(super) fn factor(&self, ahead: i64, left: i64) -> f32 {
        let level = match self.moving {
            GateMove::Still => self.level,
            GateMove::Opening => self.level + ahead,
            GateMove::Closing(_) => self.level - ahead,
        };
        let length = self.length as f32;
        ease(level as f32 / length) * ease(left as f32 / length)
    }

    /// How many of the next `frames` pass before it stops moving.
    pub(super) fn frames_as_it_moves(&self, frames: i64) -> i64 {
        match self.moving {
            GateMove::Still => frames,
            GateMove::Opening => frames.min(self.length - self.level),
            GateMove::Closing(_) => frames.min(self.level),
        }
    }

    /// Lets so many frames pass. Returns what it closed for, once it is shut.
    pub(super) fn advance(&mut self, frames: i64) -> Option<Motion> {
        match self.moving {
            GateMove::Still => None,
            GateMove::Opening => {
                self.level += frames;
                if self.level >= self.length {
                    self.moving = GateMove::Still;
                }
                None
            }
            GateMove::Closing(motion) => {
                self.level -= frames;
                (self.level <= 0).then_some(motion)
            }
        }
    }
}
