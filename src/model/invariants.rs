//! What must be true of every show, whatever was done to it, and what makes it true again.

use super::edit::Edit;
use super::entity::Change;
use super::episode::{Cut, CutField, Episode, EpisodeField};
use super::ids::{CutAt, EpisodeId, SlotId};
use super::marker::MarkerField;
use super::scene::SceneField;
use super::show::Show;
use super::slot::{Alternate, AlternateField, Slot, SlotField};
use crate::time::TickSpan;
use crate::time::Ticks;

/// Something in a show that must not be.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Where, in words.
    pub place: String,
    /// What is wrong.
    pub what: &'static str,
    /// What puts it right, whatever else is wrong.
    pub repair: Edit,
}

/// Everything in `show` that must not be. References to a track or person that a colleague has
/// removed at the same time are no violation: merging cannot prevent them, and the window shows
/// them as missing.
pub fn sweep(show: &Show) -> Vec<Violation> {
    let mut found = Vec::new();
    for (id, episode) in &show.episodes {
        sweep_episode(*id, episode, &mut found);
    }
    found
}

fn sweep_episode(id: EpisodeId, episode: &Episode, found: &mut Vec<Violation>) {
    if let Some(current) = episode.current_cut
        && !episode.cuts.contains_key(&current)
    {
        found.push(Violation {
            place: format!("episode {}", episode.number),
            what: "the current cut does not exist",
            repair: Edit::Episode(id, Change::Set(EpisodeField::CurrentCut(None))),
        });
    }
    for (cut_id, cut) in &episode.cuts {
        let at = CutAt {
            episode: id,
            cut: *cut_id,
        };
        let mut note = |thing: String, what, repair| {
            found.push(Violation {
                place: format!(
                    "episode {}, cut v{} ({cut_id}), {thing}",
                    episode.number, cut.number
                ),
                what,
                repair,
            });
        };
        sweep_cut(at, cut, &mut note);
        for (slot_id, slot) in &cut.slots {
            sweep_slot(at, cut, *slot_id, slot, &mut note);
        }
    }
}

fn sweep_cut(at: CutAt, cut: &Cut, note: &mut impl FnMut(String, &'static str, Edit)) {
    if cut.length.is_negative() {
        note(
            "length".to_owned(),
            "the cut is shorter than nothing",
            Edit::Cut(at, Change::Set(CutField::Length(Ticks::ZERO))),
        );
    }
    for (id, scene) in &cut.scenes {
        if scene.span.is_empty() {
            let span = SceneField::Span(one_frame(cut, scene.span));
            note(
                format!("scene {}", scene.title()),
                "the scene has no length",
                Edit::Scene(at, *id, Change::Set(span)),
            );
        }
    }
    for (id, marker) in &cut.markers {
        if marker.length.is_negative() {
            note(
                format!("marker {}", marker.name),
                "the marker is shorter than nothing",
                Edit::Marker(at, *id, Change::Set(MarkerField::Length(Ticks::ZERO))),
            );
        }
    }
}

fn sweep_slot(
    at: CutAt,
    cut: &Cut,
    id: SlotId,
    slot: &Slot,
    note: &mut impl FnMut(String, &'static str, Edit),
) {
    let mut note_field = |what, field| {
        note(
            format!("slot {id}"),
            what,
            Edit::Slot(at, id, Change::Set(field)),
        );
    };
    if slot.span.is_empty() {
        let span = SlotField::Span(one_frame(cut, slot.span));
        note_field("the slot has no length", span);
    }
    if slot.pick.is_some_and(|pick| slot.alternate(pick).is_none()) {
        note_field(
            "the pick is not one of the alternates",
            SlotField::Pick(None),
        );
    }
    if slot.scene.is_some_and(|scene| cut.scene(scene).is_none()) {
        note_field(
            "the scene it was made for does not exist",
            SlotField::Scene(None),
        );
    }
    for (alternate_id, alternate) in &slot.alternates {
        for (what, field) in wrong_in_alternate(cut, alternate) {
            note(
                format!("slot {id}, alternate {alternate_id}"),
                what,
                Edit::Alternate(at, id, *alternate_id, Change::Set(field)),
            );
        }
    }
}

fn wrong_in_alternate(
    cut: &Cut,
    alternate: &Alternate,
) -> impl Iterator<Item = (&'static str, AlternateField)> {
    const FADE: &str = "a fade is shorter than nothing";
    let is_lost = alternate
        .pin
        .is_some_and(|pin| cut.marker(pin.marker).is_none());
    [
        alternate
            .fade_in
            .is_negative()
            .then_some((FADE, AlternateField::FadeIn(Ticks::ZERO))),
        alternate
            .fade_out
            .is_negative()
            .then_some((FADE, AlternateField::FadeOut(Ticks::ZERO))),
        is_lost.then_some(("a pin's marker does not exist", AlternateField::Pin(None))),
    ]
    .into_iter()
    .flatten()
}

/// The one frame that begins where `span` does.
fn one_frame(cut: &Cut, span: TickSpan) -> TickSpan {
    let frame = cut.timebase.rate().frame_length();
    TickSpan::with_length(span.start().min(Ticks::MAX - frame), frame)
}
