//! Requests about rounds, and about what people think of what they hear.

use super::App;
use crate::app::Severity;
use crate::app::action::Names;
use crate::app::selection::Focus;
use crate::app::transport::program::Sources;
use crate::model::AlternateId;
use crate::model::CutAt;
use crate::model::Opinion;
use crate::model::SlotId;
use crate::model::Verdict;
use crate::ops::timeline;

impl App {
    /// Begins a round of the slot at hand, or ends the one that is heard.
    pub(super) fn toggle_round(&mut self, names: Names) {
        if self.transport.turn().is_some() {
            self.transport.stop();
            return;
        }
        let Some(session) = &self.session else { return };
        let sources = Sources::of(session.show(), &self.places, &self.settings);
        let Some(at) = self.selection.cut() else {
            return;
        };
        let Some(slot) = self.slot_at_hand() else {
            let sentence = "A round needs a slot: choose one, or arm its scene";
            self.notices
                .tell(self.now, Severity::Info, sentence, Vec::new());
            return;
        };
        // A new id is as random as anything here.
        let shuffle = (names == Names::Hidden).then(|| SlotId::new().as_u128());
        if self.transport.play_round(sources, at, slot, shuffle) {
            // What is shown in full is the slot, not one of what is compared.
            self.selection.set_focus(Focus::Slot(slot, None));
        } else {
            let sentence = "A round compares at least two alternates of a slot";
            self.notices
                .tell(self.now, Severity::Info, sentence, Vec::new());
        }
    }

    /// Notes what whoever works here thinks of the alternate that is heard: in a round the one
    /// whose turn it is, and the next one's turn comes; else the pick of the slot at hand.
    pub(super) fn judge(&mut self, opinion: Opinion) {
        let turn = self.transport.turn();
        let Some((at, slot, alternate)) = self.judged() else {
            return;
        };
        let (person, mut edits) = self.contributor_or("Somebody");
        let Some(show) = self.show() else { return };
        let verdict = Verdict {
            opinion,
            at: (self.outside.calendar)(),
        };
        let is_blind = turn.is_some_and(|turn| turn.is_blind);
        let Ok(mut judged) =
            timeline::judge(show, at, (slot, alternate), (person, verdict), is_blind)
        else {
            return;
        };
        edits.append(&mut judged.edits);
        judged.edits = edits;
        self.commit(&judged);
        if let Some(turn) = turn {
            self.transport.go_to_turn(turn.number + 1);
        }
    }

    fn judged(&self) -> Option<(CutAt, SlotId, AlternateId)> {
        let at = self.selection.cut()?;
        if let Some(turn) = self.transport.turn() {
            return Some((at, turn.slot, turn.alternate));
        }
        let show = self.show()?;
        let slot = self.slot_at_hand()?;
        let (pick, _) = show.cut(at)?.slot(slot)?.picked()?;
        Some((at, slot, pick))
    }
}
