//! Conforming: carrying scenes, markers and music over to a new cut.
//!
//! The picture of the old cut is found again in the new one by reel, clip and source timecode,
//! which gives a map of picture: where each moment has gone, if it is still there. Where a list
//! tells no edits, scenes and markers are found again by number, name and order, and it is said
//! that this is a guess. Through the map everything is carried: music follows the moment of
//! picture that it is pinned to. What can't simply follow comes with the reason. Nothing changes
//! until the decisions are taken; then one transaction adds the new cut beside the old one.

mod by_name;
mod carry;
mod changes;
mod decide;
mod map;
mod matching;
mod names;
mod order;
mod shots;
mod slots;
mod taken;

pub use changes::{Adjustment, AdjustmentKind};
pub use decide::{Decision, Decisions};
pub use map::{PictureMap, Piece, Sureness};
pub use slots::{CarriedSlot, Lie, Outcome, Proposal, Reason};

use crate::model::Cut;
use crate::model::CutAt;
use crate::model::CutId;
use crate::model::CutList;
use crate::model::Origin;
use crate::model::Scene;
use crate::model::Show;
use crate::ops::adopt;
use crate::ops::adopt::AdoptError;
use crate::ops::adopt::EventsAs;
use crate::ops::adopt::Note;
use crate::time::Frames;
use crate::time::Ticks;
use changes::Unit;
use map::Pace;
use shots::Shot;

/// What the map of picture was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The edits of both cuts.
    Edits,
    /// What scenes and markers are called: one of the two has no edits, or none of the other's.
    Names,
}

/// Two cuts compared, and what carrying everything over to the new one amounts to.
#[derive(Clone, Debug, PartialEq)]
pub struct Conform {
    /// The old cut's place.
    pub at: CutAt,
    /// The old cut, as it was compared.
    pub old: Cut,
    /// The id that the new cut gets.
    id: CutId,
    /// The new cut with its scenes and markers, without slots.
    pub new: Cut,
    /// What the map was made from.
    pub basis: Basis,
    /// Where the picture of the old cut is in the new one.
    pub map: PictureMap,
    /// What has to be done to the old cut to make it the new one.
    pub changes: Vec<Adjustment>,
    /// What becomes of the slots, in running order of the old cut.
    pub slots: Vec<CarriedSlot>,
    /// What taking in the list has to tell.
    pub notes: Vec<Note>,
}

impl Conform {
    /// How many shots of each kind there are in the change list.
    pub fn n_shots(&self, kind: AdjustmentKind) -> usize {
        let of_kind = self.changes.iter().filter(|line| line.kind == kind);
        of_kind.map(|line| line.n_shots).sum()
    }

    /// How many slots have come to this.
    pub fn n_slots(&self, outcome: Outcome) -> usize {
        let of_outcome = self.slots.iter().filter(|slot| slot.outcome == outcome);
        of_outcome.count()
    }

    /// The scene of the old cut that a place in it belongs to.
    pub fn scene_at(&self, at: Ticks) -> Option<&Scene> {
        let mut scenes = self.old.scenes().into_iter().map(|(_, scene)| scene);
        scenes.rfind(|scene| scene.span.contains(at))
    }
}

/// Why two cuts could not be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConformError {
    /// The old cut is gone.
    #[error("the cut no longer exists")]
    Gone,
    /// The list has neither edits nor scenes nor markers.
    #[error("the list holds no edits, scenes or markers to compare the cut with")]
    Nothing,
    /// The list does not fit.
    #[error(transparent)]
    List(#[from] AdoptError),
}

/// Compares a cut with `list`, the list of a newer one whose first frame is labelled `start`; if
/// that is not told, it begins as the list says, or else as the old one does, unless the list
/// shows that it can't.
///
/// # Errors
///
/// Fails when the cut is gone, and when the list has nothing in it or lies elsewhere.
pub fn conform(
    show: &Show,
    at: CutAt,
    list: &CutList,
    start: Option<Frames>,
) -> Result<Conform, ConformError> {
    let old = show.cut(at).ok_or(ConformError::Gone)?;
    let found_scenes = adopt::scenes(list, EventsAs::default());
    if list.events.is_empty() && list.markers.is_empty() && found_scenes.is_empty() {
        return Err(ConformError::Nothing);
    }
    let start = start.unwrap_or_else(|| start_of(old, list));
    let blank = Cut {
        number: next_number(show, at),
        ..adopt::blank_cut(list, start)?
    };
    let id = CutId::new();
    let new_at = CutAt { cut: id, ..at };
    let pace = pace(old, &blank);
    let by_edits = by_edits(old, &blank, pace);
    let (basis, compared) = match by_edits {
        Some(compared) => (Basis::Edits, compared),
        None => (Basis::Names, by_names(show, new_at, old, &blank, list)?),
    };
    let Compared {
        map,
        old_units,
        new_units,
    } = compared;
    let changes = changes::adjustments(&old_units, &new_units, &map, pace);
    let names_decide = basis == Basis::Names;
    let mut blank = blank;
    if names_decide {
        // A list of markers ends with the last of them; the picture goes on.
        let end = map
            .pieces_in_new_order()
            .iter()
            .map(|piece| piece.new.end());
        blank.length = end.max().map_or(blank.length, |end| end.max(blank.length));
    }
    let carried = carry::carried(show, new_at, old, &blank, list, &map, names_decide)?;
    let slots = slots::carried(show, old, &carried.cut, &map);
    Ok(Conform {
        at,
        old: old.clone(),
        id,
        new: carried.cut,
        basis,
        map,
        changes,
        slots,
        notes: carried.notes,
    })
}

/// A map, and what it is told by.
struct Compared {
    map: PictureMap,
    old_units: Vec<Unit>,
    new_units: Vec<Unit>,
}

/// Compares the edits of two cuts; `None` where there are none in common.
fn by_edits(old: &Cut, new: &Cut, pace: Pace) -> Option<Compared> {
    if old.picture.is_empty() || new.picture.is_empty() {
        return None;
    }
    let frame = |cut: &Cut| cut.timebase.rate().frame_length();
    let was = shots::shots(&old.picture, old.length, frame(old), |at| {
        shots::source_at(at, old.timebase, new.timebase)
    });
    let is = shots::shots(&new.picture, new.length, frame(new), |at| at);
    let map = matching::matched(&was, &is, frame(new), pace);
    let shows = |piece: &Piece| {
        was.iter()
            .any(|shot| !shot.is_gap && shot.record.overlaps(piece.old))
    };
    if !map.pieces().iter().any(shows) {
        return None;
    }
    let units = |shots: Vec<Shot>| {
        let shown = shots.into_iter().filter(|shot| !shot.is_gap);
        shown.map(|shot| Unit {
            name: shot.name,
            span: shot.record,
        })
    };
    Some(Compared {
        map,
        old_units: units(was).collect(),
        new_units: units(is).collect(),
    })
}

/// Compares what scenes and markers are called.
fn by_names(
    show: &Show,
    at: CutAt,
    old: &Cut,
    blank: &Cut,
    list: &CutList,
) -> Result<Compared, ConformError> {
    let nothing = PictureMap::default();
    let seen = carry::carried(show, at, &Cut::default(), blank, list, &nothing, true)?.cut;
    let seen = Cut {
        // The end of a list of markers is not the end of the programme.
        length: seen.length.max(old.length),
        ..seen
    };
    let units = |cut: &Cut| -> Vec<Unit> {
        let scenes = cut.scenes().into_iter();
        scenes
            .map(|(_, scene)| Unit {
                name: scene.title(),
                span: scene.span,
            })
            .collect()
    };
    Ok(Compared {
        map: by_name::matched(old, &seen),
        old_units: units(old),
        new_units: units(&seen),
    })
}

/// How long a frame is in either cut. Where the two count alike, as 23.976 and 24 do, a frame of
/// one is a frame of the other; else the same time is the same time.
fn pace(old: &Cut, new: &Cut) -> Pace {
    let (was, is) = (old.timebase.rate(), new.timebase.rate());
    if was.nominal() == is.nominal() {
        Pace {
            old: was.frame_length(),
            new: is.frame_length(),
        }
    } else {
        Pace {
            old: is.frame_length(),
            new: is.frame_length(),
        }
    }
}

/// The number of the episode's next cut.
fn next_number(show: &Show, at: CutAt) -> u32 {
    let episode = show.episode(at.episode);
    let last = episode.and_then(|episode| Some(episode.cuts().last()?.1.number));
    last.unwrap_or_default().saturating_add(1)
}

/// The label of a new cut's first frame: what the list says, or else that of the old cut, unless
/// the list begins before it or more than an hour behind it.
fn start_of(old: &Cut, list: &CutList) -> Frames {
    if let Some(start) = list.start {
        return start;
    }
    let label = old.timebase.label(old.start);
    let as_before = list.timebase.parse(&label).unwrap_or(old.start);
    if list.origin == Origin::FirstFrame {
        return as_before;
    }
    let rate = list.timebase.rate();
    let of_events = list.events.iter().map(|event| event.record.start());
    let of_scenes = list.scenes.iter().map(|scene| scene.span.start());
    let first = of_events.chain(of_scenes).min();
    let first = first.or_else(|| list.markers.iter().map(|marker| marker.at).min());
    let Some(first) = first.map(|at| rate.floor_to_frames(at)) else {
        return as_before;
    };
    let ahead = list.timebase.relative_to(as_before, first);
    let hour = rate.nearest_frames(Ticks::from_secs(3_600));
    // Bars, a slate and a clap stand before the first frame.
    let leader = rate.nearest_frames(Ticks::from_secs(120));
    if Frames::new(-leader.get()) <= ahead && ahead < hour {
        as_before
    } else {
        first
    }
}

#[cfg(test)]
mod tests;
