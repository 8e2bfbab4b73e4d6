//! A round: the next seconds of each alternate of a slot, back to back, at the same place.

use super::program;
use super::program::{Hearing, Sources, Until};
use crate::audio::End;
use crate::audio::Part;
use crate::audio::PartId;
use crate::audio::Program;
use crate::model::AlternateId;
use crate::model::CutAt;
use crate::model::Slot;
use crate::model::SlotId;
use crate::time::TickSpan;
use crate::time::Ticks;

/// The least of a slot that is worth comparing.
const SHORTEST: Ticks = Ticks::from_secs(1);

/// One alternate after another, at the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Round {
    /// The slot they are tried in.
    pub(super) slot: SlotId,
    /// The alternates, in the order in which they are heard.
    pub(super) turns: Vec<AlternateId>,
    /// Whether nobody is told which is which.
    pub(super) is_blind: bool,
    /// The stretch of the cut that is heard with each.
    pub(super) span: TickSpan,
}

/// Where a round has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The slot.
    pub slot: SlotId,
    /// The alternate that is heard.
    pub alternate: AlternateId,
    /// Which turn it is, from 0.
    pub number: usize,
    /// How many there are.
    pub n_turns: usize,
    /// Whether nobody is told which alternate it is.
    pub is_blind: bool,
}

impl Round {
    /// A round of `each` for every alternate of `slot`, from `here` where that lies in it, else
    /// from its in point. `None` where there is nothing to compare. A blind round is shuffled by
    /// `shuffle`.
    pub(super) fn new(
        id: SlotId,
        slot: &Slot,
        here: Ticks,
        each: Ticks,
        shuffle: Option<u128>,
    ) -> Option<Self> {
        let mut turns: Vec<AlternateId> = slot.alternates().iter().map(|(id, _)| *id).collect();
        if turns.len() < 2 {
            return None;
        }
        if let Some(shuffle) = shuffle {
            turns.sort_by_key(|id| mixed(id.as_u128() ^ shuffle));
        }
        let is_inside = slot.span.contains(here) && here + SHORTEST <= slot.span.end();
        let from = if is_inside { here } else { slot.span.start() };
        let to = (from + each.max(SHORTEST)).min(slot.span.end().max(from + SHORTEST));
        Some(Self {
            slot: id,
            turns,
            is_blind: shuffle.is_some(),
            span: TickSpan::between(from, to),
        })
    }

    /// Where in the cut it begins, again and again.
    pub(super) fn begins_at(&self) -> Ticks {
        self.span.start()
    }

    /// When turn `number` begins.
    pub(super) fn begin_of(&self, number: usize) -> Ticks {
        let n = i64::try_from(number).unwrap_or(0);
        Ticks::new(self.span.length().get().saturating_mul(n))
    }

    /// The turn that is heard when `played` of the round was.
    pub(super) fn turn_at(&self, played: Ticks) -> Option<Turn> {
        let number = self.number_at(played);
        Some(Turn {
            slot: self.slot,
            alternate: *self.turns.get(number)?,
            number,
            n_turns: self.turns.len(),
            is_blind: self.is_blind,
        })
    }

    fn number_at(&self, played: Ticks) -> usize {
        let number = played.get().div_euclid(self.span.length().get().max(1));
        usize::try_from(number)
            .unwrap_or(0)
            .min(self.turns.len().saturating_sub(1))
    }

    /// The place of the cut when `played` of the round was.
    pub(super) fn place(&self, played: Ticks) -> Ticks {
        let begin = self.begin_of(self.number_at(played));
        (self.span.start() + (played - begin)).min(self.span.end())
    }

    /// All turns, one after another, from zero on.
    pub(super) fn program(
        &self,
        sources: Sources<'_>,
        at: CutAt,
        hearing: Hearing,
    ) -> Option<Program> {
        let mut parts = Vec::new();
        let mut ducked = None;
        for (number, alternate) in self.turns.iter().enumerate() {
            let hearing = Hearing {
                trial: None,
                turn: Some((self.slot, *alternate)),
                is_looping: false,
                until: Until::End,
                ..hearing
            };
            let program = program::audition(sources, at, hearing)?;
            ducked = program.ducked;
            let of_turn = program.parts.iter();
            parts.extend(of_turn.filter_map(|part| self.in_turn(part, number)));
        }
        Some(Program {
            parts,
            looping: None,
            end: End::At(self.begin_of(self.turns.len())),
            ducked,
            easing: None,
        })
    }

    /// A part of the cut, as far as it is heard in turn `number`.
    fn in_turn(&self, part: &Part, number: usize) -> Option<Part> {
        // Odd, so that the numbers of parts stay apart in every turn.
        const STRIDE: u64 = 0x9E37_79B9_7F4A_7C15;
        let heard = part.heard.intersection(self.span)?;
        let by = self.begin_of(number) - self.span.start();
        let uncut = |is_uncut: bool, fade| if is_uncut { fade } else { Ticks::ZERO };
        Some(Part {
            id: PartId(part.id.0.wrapping_add(STRIDE.wrapping_mul(number as u64))),
            start: part.start + by,
            heard: TickSpan::between(heard.start() + by, heard.end() + by),
            fade_in: uncut(heard.start() == part.heard.start(), part.fade_in),
            fade_out: uncut(heard.end() == part.heard.end(), part.fade_out),
            ..part.clone()
        })
    }
}

/// A number that looks nothing like `number`, for shuffling (the finaliser of `SplitMix64`,
/// G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014).
fn mixed(number: u128) -> u64 {
    let mut z = (number as u64) ^ ((number >> 64) as u64);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
