//! Requests about what lies on the timeline of the open cut.

use std::path::PathBuf;

use super::App;
use crate::app::Severity;
use crate::app::action::{ListAction, Nudge, TimelineAction};
use crate::app::selection::Focus;
use crate::app::tasks::lists::ReadLists;
use crate::app::transport::program::Sources;
use crate::model::AlternateId;
use crate::model::Change;
use crate::model::CutAt;
use crate::model::Edit;
use crate::model::Show;
use crate::model::SlotId;
use crate::model::Track;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::ops::place::Target;
use crate::ops::place::place;
use crate::ops::place::slot_of_scene;
use crate::ops::timeline;
use crate::ops::timeline::Immovable;
use crate::time::Ticks;

/// Files that were dropped on the timeline: placed once they are in the pool.
pub(in crate::app) struct PlaceWhenAdded {
    pub(in crate::app) paths: Vec<PathBuf>,
    pub(in crate::app) at: CutAt,
    pub(in crate::app) target: Target,
}

/// Series of like changes that flow into one step: they go on for as long as the same thing is
/// changed and nothing else comes between.
#[derive(Default)]
pub(super) struct FlowSeries {
    number: u64,
    of: Option<Series>,
}

/// What a series of like changes goes on changing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Series {
    /// Where the music of an alternate lies.
    Nudges(SlotId, AlternateId),
    /// Which alternate of a slot is the pick: hearing one after another is one step.
    Picks(SlotId),
    /// The tempo of a track, tap by tap.
    Taps(TrackId),
}

impl FlowSeries {
    pub(super) fn of(&mut self, series: Series) -> u64 {
        if self.of != Some(series) {
            self.number += 1;
            self.of = Some(series);
        }
        self.number
    }

    pub(super) fn interrupt(&mut self) {
        self.of = None;
    }
}

impl App {
    pub(super) fn timeline(&mut self, action: TimelineAction) {
        if action == TimelineAction::RemoveFocused && self.selection.focus() == Focus::Tracks {
            let tracks = self.selection.tracks().to_vec();
            match self.open_made_list() {
                Some(list) => self.list_request(ListAction::TakeOff(list, tracks)),
                None => self.remove_from_pool(&tracks),
            }
            return;
        }
        let Some((show, at)) = self.open_show_and_cut() else {
            return;
        };
        let goes_on = matches!(
            action,
            TimelineAction::Nudge(_) | TimelineAction::Pick(..) | TimelineAction::PickNumber(_)
        );
        if !goes_on {
            self.pending.flow.interrupt();
        }
        self.pending.named_next = None;
        match action {
            TimelineAction::Place(tracks, target) => self.place(at, &tracks, target),
            TimelineAction::PlaceFiles(paths, target) => {
                let placing = PlaceWhenAdded {
                    paths: paths.clone(),
                    at,
                    target,
                };
                self.pending.placing.push(placing);
                self.add_to_pool(paths, ReadLists::asking());
            }
            TimelineAction::AddScene(scene) => {
                let (id, transaction) = timeline::add_scene(at, scene);
                if self.commit(&transaction) {
                    self.selection.set_focus(Focus::Scene(id));
                }
            }
            TimelineAction::SetScene(id, field) => {
                self.set("change scene", Edit::Scene(at, id, Change::Set(field)));
            }
            TimelineAction::MoveScene(id, by) => {
                self.moved(timeline::move_scene(&show, at, id, by));
            }
            TimelineAction::TrimScene(id, end, to) => {
                self.moved(timeline::trim_scene(&show, at, id, end, to));
            }
            TimelineAction::RemoveScene(id) => {
                self.moved(timeline::remove_scene(&show, at, id));
            }
            TimelineAction::AddMarker(place) => {
                let place = place.unwrap_or_else(|| self.transport.cut_playhead());
                if let Some(cut) = show.cut(at) {
                    let (id, transaction) = timeline::add_marker(cut, at, place, String::new());
                    if self.commit(&transaction) {
                        self.selection.set_focus(Focus::Marker(id));
                        self.pending.named_next = Some(id);
                    }
                }
            }
            TimelineAction::SetMarker(id, field) => {
                self.set("change marker", Edit::Marker(at, id, Change::Set(field)));
            }
            TimelineAction::MoveMarker(id, to) => {
                self.moved(timeline::move_marker(&show, at, id, to));
            }
            TimelineAction::RemoveMarker(id) => {
                self.moved(timeline::remove_marker(&show, at, id));
            }
            TimelineAction::SetSlot(id, field) => {
                self.set("change slot", Edit::Slot(at, id, Change::Set(field)));
            }
            TimelineAction::MoveSlot(id, by) => {
                self.moved(timeline::move_slot(&show, at, id, by));
            }
            TimelineAction::TrimSlot(id, end, to) => {
                self.moved(timeline::trim_slot(&show, at, id, end, to));
            }
            TimelineAction::RemoveSlot(id) => self.moved(timeline::remove_slot(&show, at, id)),
            TimelineAction::Pick(slot, id) => self.pick(&show, at, slot, id),
            TimelineAction::PickNumber(number) => self.pick_number(&show, at, number),
            TimelineAction::Slip(slot, id, by) => {
                self.moved(timeline::slip(&show, at, slot, id, by));
            }
            TimelineAction::Nudge(nudge) => self.nudge(&show, at, nudge),
            TimelineAction::Shape(slot, id, field) => {
                self.moved(timeline::shape(&show, at, slot, id, field));
            }
            TimelineAction::Judge(opinion) => self.judge(opinion),
            TimelineAction::RemoveAlternate(slot, id) => {
                self.moved(timeline::remove_alternate(&show, at, slot, id));
            }
            TimelineAction::RemoveFocused => self.remove_focused(&show, at),
        }
    }

    /// A snapshot of the show, and the cut that is open.
    fn open_show_and_cut(&self) -> Option<(Show, CutAt)> {
        Some((self.show()?.clone(), self.selection.cut()?))
    }

    fn set(&mut self, label: &str, edit: Edit) {
        self.commit(&Transaction::new(label, vec![edit]));
    }

    /// Makes a movement; that nothing moved is not worth a word.
    fn moved(&mut self, movement: Result<Transaction, Immovable>) {
        if let Ok(transaction) = movement {
            self.commit(&transaction);
        }
    }

    pub(in crate::app) fn place(&mut self, at: CutAt, tracks: &[TrackId], target: Target) {
        let Some(show) = self.show() else { return };
        match place(show, at, tracks, target) {
            Ok(placement) => {
                self.transport.end_trial();
                if self.commit(&placement.transaction) {
                    let focus = Focus::Slot(placement.slot, Some(placement.alternate));
                    self.selection.set_focus(focus);
                }
            }
            Err(refusal) => {
                let sentence = format!("Not placed: {refusal}");
                self.notices
                    .tell(self.now, Severity::Warning, sentence, Vec::new());
            }
        }
    }

    fn pick(&mut self, show: &Show, at: CutAt, slot: SlotId, id: AlternateId) {
        self.transport.end_trial();
        if let Ok(transaction) = timeline::pick(show, at, slot, Some(id)) {
            let flow = self.pending.flow.of(Series::Picks(slot));
            self.commit_flowing(&transaction, Some(flow));
        } else {
            // It is the pick already, but a track on trial may have stood in its place.
            self.transport
                .refresh(Sources::of(show, &self.places, &self.settings));
        }
        self.selection.set_focus(Focus::Slot(slot, Some(id)));
    }

    fn pick_number(&mut self, show: &Show, at: CutAt, number: usize) {
        // In a round the keys go to a turn; picking is for when it is over.
        if self.transport.turn().is_some() {
            self.transport.go_to_turn(number.saturating_sub(1));
            return;
        }
        let Some(slot) = self.slot_at_hand() else {
            return;
        };
        let alternates = show.cut(at).and_then(|cut| cut.slot(slot));
        let alternates = alternates.map(crate::model::Slot::alternates);
        let chosen = alternates
            .unwrap_or_default()
            .get(number.wrapping_sub(1))
            .map(|(id, _)| *id);
        if let Some(id) = chosen {
            self.pick(show, at, slot, id);
        }
    }

    /// The slot that keys act on: the focused one, the armed scene's, or with none armed the
    /// one under the playhead.
    pub fn slot_at_hand(&self) -> Option<SlotId> {
        let (_, _, cut) = self.open_cut()?;
        if let Focus::Slot(slot, _) = self.selection.focus() {
            return Some(slot);
        }
        if let Some(scene) = self.transport.armed() {
            // Its pre-roll may lie in another scene's slot, which is not meant.
            return slot_of_scene(cut, scene).map(|(id, _)| id);
        }
        let here = self.transport.cut_playhead();
        let slots = cut.slots();
        let under = slots.iter().find(|(_, slot)| slot.span.contains(here));
        under.map(|(id, _)| *id)
    }

    fn nudge(&mut self, show: &Show, at: CutAt, nudge: Nudge) {
        let chosen = match self.selection.focus() {
            Focus::Slot(slot, Some(alternate)) => Some((slot, alternate)),
            _ => None,
        };
        let found = chosen.or_else(|| {
            let slot = self.slot_at_hand()?;
            let (alternate, _) = show.cut(at)?.slot(slot)?.picked()?;
            Some((slot, alternate))
        });
        let Some((slot, alternate)) = found else {
            // No music at hand: the keys move the playhead.
            self.jog(nudge);
            return;
        };
        let by = match nudge {
            Nudge::Beats(beats) => match self.beats_as_distance(show, at, (slot, alternate), beats)
            {
                Ok(by) => by,
                Err(sentence) => {
                    self.notices
                        .tell(self.now, Severity::Info, sentence, Vec::new());
                    return;
                }
            },
            Nudge::Frames(_) | Nudge::Seconds(_) => self.nudge_distance(nudge),
        };
        let flow = self.pending.flow.of(Series::Nudges(slot, alternate));
        if let Ok(transaction) = timeline::slip(show, at, slot, alternate, by) {
            self.commit_flowing(&transaction, Some(flow));
        }
    }

    /// How far music moves when so many of its beats later, or earlier where negative, sound at the
    /// playhead; or in the slot's in point, where the playhead is elsewhere. A sentence where its
    /// beats are not known.
    fn beats_as_distance(
        &self,
        show: &Show,
        at: CutAt,
        (slot, alternate): (SlotId, AlternateId),
        beats: i64,
    ) -> Result<Ticks, String> {
        let found = show.cut(at).and_then(|cut| cut.slot(slot));
        let found = found.and_then(|slot| Some((slot, slot.alternate(alternate)?)));
        let (slot, alternate) = found.ok_or("The music is gone")?;
        let here = self.transport.cut_playhead();
        let here = if slot.span.contains(here) {
            here
        } else {
            alternate.at(slot.span)
        };
        let moment = here - alternate.track_start;
        let title = |track: &Track| format!("The beats of “{}” are not known", track.title);
        let unknown = || show.track(alternate.track).map(title).unwrap_or_default();
        let grid = self.beats(alternate.track).ok_or_else(unknown)?;
        let heard = grid.moved(moment, -beats).ok_or_else(unknown)?;
        Ok(moment - heard)
    }

    fn remove_focused(&mut self, show: &Show, at: CutAt) {
        match self.selection.focus() {
            Focus::Scene(id) => self.moved(timeline::remove_scene(show, at, id)),
            Focus::Marker(id) => self.moved(timeline::remove_marker(show, at, id)),
            Focus::Slot(slot, Some(id)) => {
                self.moved(timeline::remove_alternate(show, at, slot, id));
            }
            Focus::Slot(slot, None) => self.moved(timeline::remove_slot(show, at, slot)),
            Focus::Tracks | Focus::Nothing => {}
        }
    }

    /// Where the playhead of the open cut is; for tests and for the window.
    pub fn playhead(&self) -> Ticks {
        self.transport.cut_playhead()
    }
}
