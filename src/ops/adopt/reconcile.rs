//! Telling what is new from what is there already.
//!
//! A marker is there already when one of the same name stands at the same place, or else when
//! there are as many of its name in the list as in the cut that are not yet matched: they are then
//! taken in running order (mostly it is one, that has moved). Scenes go by their number in the
//! script, or by their heading when they have none.

use std::collections::{BTreeMap, VecDeque};

use super::Tally;
use crate::model::Change;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Edit;
use crate::model::FoundMarker;
use crate::model::FoundScene;
use crate::model::Marker;
use crate::model::MarkerField;
use crate::model::MarkerId;
use crate::model::Scene;
use crate::model::SceneField;
use crate::model::SceneId;
use crate::time::Ticks;

/// Adds the edits that make `found` the scenes of the cut.
pub(super) fn scenes(cut: &Cut, at: CutAt, found: &[FoundScene], edits: &mut Vec<Edit>) -> Tally {
    let there = cut.scenes();
    let matches = pair_up(
        found
            .iter()
            .map(|scene| (scene_key(&scene.number, &scene.name), scene.span.start())),
        there.iter().map(|(id, scene)| {
            (
                *id,
                scene_key(&scene.number, &scene.name),
                scene.span.start(),
            )
        }),
    );
    let mut tally = Tally::default();
    for (scene, matched) in found.iter().zip(matches) {
        let old = matched.and_then(|id| Some((id, cut.scene(id)?)));
        let Some((id, old)) = old else {
            let new = Scene {
                number: scene.number.clone(),
                name: scene.name.clone(),
                span: scene.span,
                intent: scene.note.clone(),
                color: scene.color.unwrap_or_default(),
            };
            let insert = Change::Insert(Box::new(new));
            edits.push(Edit::Scene(at, SceneId::new(), insert));
            tally.n_new += 1;
            continue;
        };
        let changes = scene_changes(old, scene);
        count(&mut tally, changes.len());
        let set = |field| Edit::Scene(at, id, Change::Set(field));
        edits.extend(changes.into_iter().map(set));
    }
    tally
}

/// Adds the edits that make `found` the markers of the cut.
pub(super) fn markers(cut: &Cut, at: CutAt, found: &[FoundMarker], edits: &mut Vec<Edit>) -> Tally {
    let there = cut.markers();
    let matches = pair_up(
        found
            .iter()
            .map(|marker| (marker.name.trim().to_owned(), marker.at)),
        there
            .iter()
            .map(|(id, marker)| (*id, marker.name.trim().to_owned(), marker.at)),
    );
    let mut tally = Tally::default();
    for (marker, matched) in found.iter().zip(matches) {
        let old = matched.and_then(|id| Some((id, cut.marker(id)?)));
        let Some((id, old)) = old else {
            let new = Marker {
                name: marker.name.clone(),
                at: marker.at,
                length: marker.length,
                color: marker.color.unwrap_or_default(),
                note: marker.note.clone(),
                hit: None,
            };
            let insert = Change::Insert(Box::new(new));
            edits.push(Edit::Marker(at, MarkerId::new(), insert));
            tally.n_new += 1;
            continue;
        };
        let changes = marker_changes(old, marker);
        count(&mut tally, changes.len());
        let set = |field| Edit::Marker(at, id, Change::Set(field));
        edits.extend(changes.into_iter().map(set));
    }
    tally
}

const fn count(tally: &mut Tally, n_changes: usize) {
    if n_changes == 0 {
        tally.n_same += 1;
    } else {
        tally.n_changed += 1;
    }
}

/// What the list says differently. What it doesn't say stays, and so does what a scene is about
/// once somebody has written it.
fn scene_changes(old: &Scene, found: &FoundScene) -> Vec<SceneField> {
    let mut changes = Vec::new();
    if old.span != found.span {
        changes.push(SceneField::Span(found.span));
    }
    if old.name != found.name && !found.name.is_empty() {
        changes.push(SceneField::Name(found.name.clone()));
    }
    if let Some(color) = found.color.filter(|color| *color != old.color) {
        changes.push(SceneField::Color(color));
    }
    if old.intent.is_empty() && !found.note.is_empty() {
        changes.push(SceneField::Intent(found.note.clone()));
    }
    changes
}

/// What the list says differently. What it doesn't say stays.
fn marker_changes(old: &Marker, found: &FoundMarker) -> Vec<MarkerField> {
    let mut changes = Vec::new();
    if old.at != found.at {
        changes.push(MarkerField::At(found.at));
    }
    if old.length != found.length {
        changes.push(MarkerField::Length(found.length));
    }
    if let Some(color) = found.color.filter(|color| *color != old.color) {
        changes.push(MarkerField::Color(color));
    }
    if old.note != found.note && !found.note.is_empty() {
        changes.push(MarkerField::Note(found.note.clone()));
    }
    changes
}

/// What a scene is known by: `012a` is 12A.
pub(crate) fn scene_key(number: &str, name: &str) -> String {
    let number = number.trim().trim_start_matches('0').to_uppercase();
    if number.is_empty() {
        name.trim().to_owned()
    } else {
        // Apart from any heading that reads like a number.
        format!("#{number}")
    }
}

/// For each thing found (by key and place), the thing that is there already.
fn pair_up<Id: Copy>(
    found: impl Iterator<Item = (String, Ticks)>,
    there: impl Iterator<Item = (Id, String, Ticks)>,
) -> Vec<Option<Id>> {
    let found: Vec<_> = found.collect();
    // What is there and not yet matched, by key and then in running order.
    let mut free: BTreeMap<String, BTreeMap<Ticks, VecDeque<Id>>> = BTreeMap::new();
    for (id, key, place) in there {
        let at_place = free.entry(key).or_default().entry(place).or_default();
        at_place.push_back(id);
    }
    let mut matches: Vec<Option<Id>> = Vec::with_capacity(found.len());
    let mut moved: BTreeMap<&str, Vec<(Ticks, usize)>> = BTreeMap::new();
    for (n, (key, place)) in found.iter().enumerate() {
        let of_key = free.get_mut(key);
        let at_place = of_key.and_then(|of_key| of_key.get_mut(place)?.pop_front());
        if at_place.is_none() {
            moved.entry(key).or_default().push((*place, n));
        }
        matches.push(at_place);
    }
    for (key, mut of_key) in moved {
        // Without a name there is nothing to know it by but its place.
        if key.is_empty() {
            continue;
        }
        let left: Vec<Id> = free
            .get(key)
            .into_iter()
            .flat_map(|of_key| of_key.values().flatten().copied())
            .collect();
        if left.len() != of_key.len() {
            continue;
        }
        of_key.sort_unstable();
        for ((_, n), id) in of_key.into_iter().zip(left) {
            if let Some(matched) = matches.get_mut(n) {
                *matched = Some(id);
            }
        }
    }
    matches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(found: &[(&str, i64)], there: &[(u8, &str, i64)]) -> Vec<Option<u8>> {
        pair_up(
            found
                .iter()
                .map(|(key, place)| ((*key).to_owned(), Ticks::new(*place))),
            there
                .iter()
                .map(|(id, key, place)| (*id, (*key).to_owned(), Ticks::new(*place))),
        )
    }

    #[test]
    fn the_same_name_at_the_same_place_is_the_same_thing() {
        assert_eq!(
            paired(&[("a", 1), ("", 2)], &[(7, "", 2), (8, "a", 1)]),
            [Some(8), Some(7)]
        );
    }

    #[test]
    fn a_name_that_is_unique_may_have_moved() {
        assert_eq!(paired(&[("a", 5)], &[(7, "a", 1)]), [Some(7)]);
        assert_eq!(paired(&[("", 5)], &[(7, "", 1)]), [None]);
    }

    #[test]
    fn as_many_of_a_name_as_before_have_moved_together() {
        assert_eq!(
            paired(&[("a", 15), ("a", 5)], &[(7, "a", 1), (8, "a", 11)]),
            [Some(8), Some(7)]
        );
    }

    #[test]
    fn another_number_of_a_name_matches_only_by_place() {
        assert_eq!(
            paired(&[("a", 1), ("a", 5), ("a", 9)], &[(7, "a", 1), (8, "a", 3)]),
            [Some(7), None, None]
        );
    }

    #[test]
    fn two_of_one_name_at_one_place_stay_two() {
        assert_eq!(
            paired(&[("a", 1), ("a", 1)], &[(7, "a", 1), (8, "a", 1)]),
            [Some(7), Some(8)]
        );
    }

    #[test]
    fn a_scene_is_known_by_its_number_however_it_is_written() {
        assert_eq!(scene_key("012a", "x"), scene_key("12A", "y"));
        assert_ne!(scene_key("", "12A"), scene_key("12A", ""));
    }
}
