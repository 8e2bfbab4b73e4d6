//! Carrying scenes and markers over, and taking in those of the new list.

use std::collections::BTreeSet;

use super::map::PictureMap;
use crate::model::Change;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::CutList;
use crate::model::Edit;
use crate::model::Marker;
use crate::model::MarkerId;
use crate::model::Scene;
use crate::model::SceneId;
use crate::model::Show;
use crate::ops::adopt::{AdoptError, EventsAs, Note, adopt, scene_key, scenes};
use crate::time::TickSpan;
use crate::time::Ticks;

/// The new cut without its slots, and what the list had to say.
pub(super) struct Carried {
    pub(super) cut: Cut,
    pub(super) notes: Vec<Note>,
}

/// Puts the scenes and markers of `old` into `blank`, a cut of the list without any, as far as
/// their picture is there or the list has them; then takes in the list's own. Scenes that the
/// list's events show are taken in only where the old cut has none of that number, or where
/// `names_decide`: the map knows better where the others are.
pub(super) fn carried(
    show: &Show,
    at: CutAt,
    old: &Cut,
    blank: &Cut,
    list: &CutList,
    map: &PictureMap,
    names_decide: bool,
) -> Result<Carried, AdoptError> {
    let mut nowhere = Nowhere::default();
    let carried_scenes: Vec<(SceneId, Scene)> = old
        .scenes()
        .into_iter()
        .map(|(id, scene)| {
            let span = scene_span(old, blank, map, scene.span);
            let span = span.unwrap_or_else(|| nowhere.next());
            (
                id,
                Scene {
                    span,
                    ..scene.clone()
                },
            )
        })
        .collect();
    let carried_markers: Vec<(MarkerId, Marker)> = old
        .markers()
        .into_iter()
        .map(|(id, marker)| (id, carried_marker(map, marker, &mut nowhere)))
        .collect();
    let known: BTreeSet<String> = carried_scenes
        .iter()
        .map(|(_, scene)| scene_key(&scene.number, &scene.name))
        .collect();
    let mut wanted = CutList {
        events: Vec::new(),
        ..list.clone()
    };
    let of_events = scenes(list, EventsAs::default());
    let n_of_events = of_events.len() - list.scenes.len();
    wanted.scenes = of_events
        .into_iter()
        .enumerate()
        .filter(|(n, scene)| {
            let is_named = n_of_events <= *n;
            is_named || names_decide || !known.contains(&scene_key(&scene.number, &scene.name))
        })
        .map(|(_, scene)| scene)
        .collect();
    let cut = blank.clone().with(carried_scenes, carried_markers, []);
    let mut scratch = show.clone();
    let insert = Edit::Cut(at, Change::Insert(Box::new(cut)));
    scratch.apply(insert).map_err(|_gone| AdoptError::Gone)?;
    let adopted = adopt(&scratch, at, &wanted, "", EventsAs::Nothing)?;
    scratch
        .apply_all(&adopted.transaction.edits)
        .map_err(|_gone| AdoptError::Gone)?;
    let mut cut = scratch.cut(at).cloned().ok_or(AdoptError::Gone)?;
    // What neither the picture nor the list has a place for is not in the new cut.
    for (id, _) in old.scenes() {
        let now = cut.scene(id).map(|it| it.span.start());
        if now.is_none_or(Nowhere::is) {
            cut.scenes.remove(&id);
        }
    }
    for (id, _) in old.markers() {
        if cut.marker(id).is_none_or(|it| Nowhere::is(it.at)) {
            cut.markers.remove(&id);
        }
    }
    drop_doubles(old, &mut cut);
    Ok(Carried {
        cut,
        notes: adopted.summary.notes,
    })
}

/// Takes out markers that the list has where a carried one of the same name is: editing systems
/// write names in capitals.
fn drop_doubles(old: &Cut, cut: &mut Cut) {
    let name = |marker: &Marker| marker.name.trim().to_lowercase();
    let frame = cut.timebase.rate().frame_length();
    let carried: Vec<(String, Ticks)> = cut
        .markers()
        .into_iter()
        .filter(|(id, _)| old.marker(*id).is_some())
        .map(|(_, marker)| (name(marker), marker.at))
        .collect();
    let doubles: Vec<MarkerId> = cut
        .markers()
        .into_iter()
        .filter(|(id, marker)| {
            old.marker(*id).is_none()
                && carried
                    .iter()
                    .any(|(known, at)| *known == name(marker) && (*at - marker.at).abs() < frame)
        })
        .map(|(id, _)| id)
        .collect();
    for id in doubles {
        cut.markers.remove(&id);
    }
}

/// Places that no cut has, for what has not yet been found again.
#[derive(Default)]
struct Nowhere(i64);

impl Nowhere {
    const FIRST: i64 = i64::MIN / 2;

    fn next(&mut self) -> TickSpan {
        self.0 += 1;
        TickSpan::with_length(Ticks::new(Self::FIRST - self.0), Ticks::new(1))
    }

    fn is(at: Ticks) -> bool {
        at.get() < Self::FIRST / 2
    }
}

/// Where a scene is now. One that began or ended with a shot takes in what that shot has become
/// longer by.
fn scene_span(old: &Cut, new: &Cut, map: &PictureMap, span: TickSpan) -> Option<TickSpan> {
    let gathered = map.gathered(span, None)?.new;
    let frame = new.timebase.rate().frame_length();
    if gathered.length() < Ticks::new(frame.get() / 2) {
        return None;
    }
    let (mut start, mut end) = (gathered.start(), gathered.end());
    let was = old.picture.edits();
    let pieces = map.pieces_in_new_order();
    if was.iter().any(|edit| edit.record.start() == span.start())
        && let Some(shot) = shot_at(new, start)
    {
        let n = pieces.partition_point(|piece| piece.new.start() < start);
        let before = n.checked_sub(1).and_then(|n| pieces.get(n));
        let from = before.map_or(Ticks::ZERO, |piece| piece.new.end());
        start = start.min(shot.start().max(from));
    }
    if was.iter().any(|edit| edit.record.end() == span.end())
        && let Some(shot) = shot_at(new, end - Ticks::new(1))
    {
        let n = pieces.partition_point(|piece| piece.new.start() < end);
        let to = pieces.get(n).map_or(new.length, |piece| piece.new.start());
        end = end.max(shot.end().min(to));
    }
    Some(TickSpan::between(start, end))
}

/// The shot of the lowest track that is seen at a place.
fn shot_at(cut: &Cut, at: Ticks) -> Option<TickSpan> {
    let edits = cut.picture.edits().iter();
    edits
        .filter(|edit| edit.record.contains(at))
        .min_by_key(|edit| edit.track)
        .map(|edit| edit.record)
}

fn carried_marker(map: &PictureMap, marker: &Marker, nowhere: &mut Nowhere) -> Marker {
    let Some(at) = map.place(marker.at) else {
        return Marker {
            at: nowhere.next().start(),
            ..marker.clone()
        };
    };
    // A span that is no longer in one piece ends where its first piece does.
    let stretch = map.stretches(marker.span()).into_iter().next();
    let length = match stretch {
        Some(stretch) if marker.length > Ticks::ZERO => stretch.new.length(),
        _ => Ticks::ZERO,
    };
    Marker {
        at,
        length,
        ..marker.clone()
    }
}
