//! From what is proposed to what is done: each slot goes where it is proposed to, keeps its
//! timecode, or is left out.

use std::collections::BTreeMap;

use super::Conform;
use super::slots::{CarriedSlot, Lie, Proposal, clashes};
use crate::model::Change;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::CutId;
use crate::model::Edit;
use crate::model::EpisodeField;
use crate::model::Pin;
use crate::model::Show;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::Transaction;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What is done with a slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Decision {
    /// It goes where it is proposed to; one that lost its scene is left out.
    #[default]
    AsProposed,
    /// It stays at its timecode, whatever is seen there now.
    KeepTimecode,
    /// It is not in the new cut.
    LeaveOut,
}

/// What is done with the slots: as proposed, where nothing else is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions(BTreeMap<SlotId, Decision>);

impl Decisions {
    /// Decides on a slot.
    pub fn set(&mut self, slot: SlotId, decision: Decision) {
        self.0.insert(slot, decision);
    }

    /// What is done with a slot.
    pub fn of(&self, slot: SlotId) -> Decision {
        self.0.get(&slot).copied().unwrap_or_default()
    }
}

impl Conform {
    /// Whether the old cut is as it was when the two were compared.
    pub fn is_up_to_date(&self, show: &Show) -> bool {
        show.cut(self.at) == Some(&self.old)
    }

    /// Where the new cut will be.
    pub fn new_at(&self) -> CutAt {
        CutAt {
            cut: self.id,
            ..self.at
        }
    }

    /// The new cut, with the slots that `decisions` bring into it.
    pub fn decided(&self, decisions: &Decisions) -> Cut {
        let slots = self.slots.iter().filter_map(|carried| {
            let slot = self.old.slot(carried.id)?;
            let proposal = match decisions.of(carried.id) {
                Decision::AsProposed => carried.proposal.clone()?,
                Decision::KeepTimecode => self.at_its_timecode(carried, slot)?,
                Decision::LeaveOut => return None,
            };
            Some((carried.id, proposal.applied(slot, &self.new)))
        });
        self.new.clone().with([], [], slots)
    }

    /// The slots that would come to lie over each other, and did not in the old cut.
    pub fn clashes(&self, decisions: &Decisions) -> Vec<(SlotId, SlotId)> {
        let decided = self.decided(decisions);
        let spans = decided
            .slots()
            .into_iter()
            .map(|(id, slot)| (slot.span, id));
        clashes(&self.old, spans.collect())
    }

    /// One transaction that adds the new cut with all that was carried, and makes it the current
    /// one. The old cut stays as it is.
    pub fn transaction(&self, decisions: &Decisions) -> Transaction {
        let at = self.new_at();
        let insert = Change::Insert(Box::new(self.decided(decisions)));
        let current: Option<CutId> = Some(at.cut);
        Transaction::new(
            format!("conform to cut v{}", self.new.number),
            vec![
                Edit::Cut(at, insert),
                Edit::Episode(at.episode, Change::Set(EpisodeField::CurrentCut(current))),
            ],
        )
    }

    /// The slot at the timecode that it has; `None` where the new cut does not reach there. Pins
    /// stay where their marker is still there and still meets the same moment.
    fn at_its_timecode(&self, carried: &CarriedSlot, slot: &Slot) -> Option<Proposal> {
        let (old, new) = (&self.old, &self.new);
        let label = old.label(carried.old.start());
        let start = new.timebase.parse_position(new.start, &label).ok();
        let start = start.unwrap_or(carried.old.start());
        let frame = old.timebase.rate().floor_to_frames(carried.old.start());
        let within = carried.old.start() - old.timebase.rate().to_ticks(frame);
        let by = start + within - carried.old.start();
        let whole = TickSpan::with_length(Ticks::ZERO, new.length);
        let span = carried.old.shifted(by).intersection(whole)?;
        let alternates = slot.alternates().into_iter().map(|(id, alternate)| {
            let track_start = alternate.track_start + by;
            let meets = |pin: &Pin| {
                let marker = new.marker(pin.marker);
                marker.is_some_and(|marker| marker.at == track_start + pin.moment)
            };
            let lie = Lie {
                track_start,
                fade_in: alternate.fade_in,
                fade_out: alternate.fade_out,
                pin: alternate.pin.filter(meets),
            };
            (id, lie)
        });
        Some(Proposal {
            span,
            alternates: alternates.collect(),
        })
    }
}
