//! How what the player plays lies on the line that the playhead runs along.
//!
//! The player goes straight on, from zero or from a place, through one program. Shuttling, a step's
//! short sound and a round are programs made of the line's own, and this says which place of the
//! line each of their moments is.

use super::round::Round;
use crate::audio::End;
use crate::audio::Program;
use crate::audio::Shuttle;
use crate::time::Ticks;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Course {
    /// As it lies.
    #[default]
    Straight,
    /// Faster, or backwards.
    Shuttle(Shuttle),
    /// A short stretch from where the playhead stands.
    Scrub(Scrub),
    /// The same place with one alternate after another.
    Round(Round),
}

/// A step's short sound.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scrub {
    /// Where the playhead stands.
    pub(super) at: Ticks,
    /// How much is heard.
    pub(super) length: Ticks,
    /// What stands ready to be gone on with.
    pub(super) then: Program,
}

impl Course {
    /// The place of the line at the moment `played` of what the player plays.
    pub(super) fn place(&self, played: Ticks) -> Ticks {
        match self {
            Self::Straight => played,
            Self::Shuttle(shuttle) => shuttle.place(played).max(Ticks::ZERO),
            Self::Scrub(scrub) => scrub.at,
            Self::Round(round) => round.place(played),
        }
    }

    /// The moment from which the player plays to begin at `place` of the line.
    pub(super) fn begin(&self, place: Ticks) -> Ticks {
        match self {
            Self::Straight | Self::Scrub(_) => place,
            Self::Shuttle(_) | Self::Round(_) => Ticks::ZERO,
        }
    }

    /// What the player plays of the line's program. A round is made of several of these, and takes
    /// none.
    pub(super) fn of(&self, program: Program) -> Program {
        match self {
            Self::Straight | Self::Round(_) => program,
            Self::Shuttle(shuttle) => shuttle.of(&program),
            Self::Scrub(scrub) => Program {
                looping: None,
                end: End::At(scrub.at + scrub.length),
                ..program
            },
        }
    }
}
