//! Putting tracks into lists and into order.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::List;
use crate::model::Place;
use crate::model::Show;
use crate::model::TrackId;

/// How far apart places are that nobody has put anything between.
const STEP: i64 = 1 << 20;

/// The tracks of `list` with `moved` before the track that is at `at` now, in the order given;
/// those that are in it already leave where they were. Only places change that must: those of the
/// moved tracks, unless there is no room left between two others.
pub fn with_tracks_at(list: &List, moved: &[TrackId], at: usize) -> BTreeMap<TrackId, Place> {
    let mut seen = BTreeSet::new();
    let moved: Vec<TrackId> = moved
        .iter()
        .copied()
        .filter(|id| seen.insert(*id))
        .collect();
    let order = list.in_order();
    let at = at.min(order.len());
    let stays = |id: &&TrackId| !seen.contains(*id);
    let before: Vec<TrackId> = order[..at].iter().filter(stays).copied().collect();
    let after: Vec<TrackId> = order[at..].iter().filter(stays).copied().collect();
    let mut tracks = list.tracks.clone();
    let place = |id: Option<&TrackId>| id.and_then(|id| list.tracks.get(id)).map(|it| it.get());
    let (low, high) = (place(before.last()), place(after.first()));
    match places_between(low, high, moved.len()) {
        Some(places) => {
            for (id, place) in moved.iter().zip(places) {
                tracks.insert(*id, Place::new(place));
            }
        }
        None => {
            let all = before.iter().chain(&moved).chain(&after);
            for (id, n) in all.zip(1..) {
                tracks.insert(*id, Place::new(n * STEP));
            }
        }
    }
    tracks
}

/// So many places after `low` and before `high`, as far apart as can be; `None` where there is no
/// room.
fn places_between(low: Option<i64>, high: Option<i64>, n: usize) -> Option<Vec<i64>> {
    let n = i64::try_from(n).ok()?;
    let (start, step) = match (low, high) {
        (None, None) => (0, STEP),
        (Some(low), None) => (low, STEP),
        (None, Some(high)) => (high.checked_sub(STEP.checked_mul(n + 1)?)?, STEP),
        (Some(low), Some(high)) => (low, high.checked_sub(low)? / (n + 1)),
    };
    start.checked_add(step.checked_mul(n)?)?;
    (step > 0).then(|| (1..=n).map(|k| start + k * step).collect())
}

/// The tracks of `list` without `gone`.
pub fn without(list: &List, gone: &[TrackId]) -> BTreeMap<TrackId, Place> {
    let gone: BTreeSet<&TrackId> = gone.iter().collect();
    let stays = list.tracks.iter().filter(|(id, _)| !gone.contains(id));
    stays.map(|(id, place)| (*id, *place)).collect()
}

/// The tracks of `list` with `into` where `from` was. Where both are in it, `into` stays where it
/// is: a track is in a list once.
pub fn replaced(list: &List, from: TrackId, into: TrackId) -> BTreeMap<TrackId, Place> {
    let order = list.in_order();
    let Some(at) = order.iter().position(|id| *id == from) else {
        return list.tracks.clone();
    };
    let mut rest = List {
        tracks: without(list, &[from]),
        ..List::default()
    };
    if rest.tracks.contains_key(&into) {
        return rest.tracks;
    }
    let mut wanted = order;
    wanted[at] = into;
    let before = rest.clone();
    rest.tracks.insert(into, list.tracks[&from]);
    if rest.in_order() == wanted {
        return rest.tracks;
    }
    // Of several in one place the ids decide, and `into` has another one than `from`.
    with_tracks_at(&before, &[into], at)
}

/// A name that no list of the show has: `wanted`, or that with a number after it.
pub fn free_name(show: &Show, wanted: &str) -> String {
    let is_free = |name: &String| show.lists().iter().all(|(_, list)| list.name != *name);
    let numbered = (2..).map(|n| format!("{wanted} {n}"));
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(is_free)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tracks(numbers: &[u128]) -> Vec<TrackId> {
        numbers.iter().map(|n| TrackId::from_u128(*n)).collect()
    }

    fn list(numbers: &[u128]) -> List {
        List {
            tracks: with_tracks_at(&List::default(), &tracks(numbers), 0),
            ..List::default()
        }
    }

    fn after_move(list: &List, moved: &[u128], at: usize) -> List {
        List {
            tracks: with_tracks_at(list, &tracks(moved), at),
            ..List::default()
        }
    }

    #[test]
    fn a_list_is_in_the_order_in_which_tracks_were_put_into_it() {
        assert_eq!(list(&[3, 1, 2]).in_order(), tracks(&[3, 1, 2]));
    }

    #[test]
    fn tracks_are_moved_before_the_one_they_are_dropped_on() {
        let moved = after_move(&list(&[1, 2, 3, 4, 5]), &[5, 1], 2);
        assert_eq!(moved.in_order(), tracks(&[2, 5, 1, 3, 4]));
        let moved = after_move(&moved, &[3], 99);
        assert_eq!(moved.in_order(), tracks(&[2, 5, 1, 4, 3]));
    }

    #[test]
    fn moving_a_track_changes_no_place_but_its_own() {
        let before = list(&[1, 2, 3, 4]);
        let after = after_move(&before, &[4], 1);
        for id in tracks(&[1, 2, 3]) {
            assert_eq!(before.tracks[&id], after.tracks[&id]);
        }
    }

    #[test]
    fn what_two_people_move_apart_comes_together() {
        let common = list(&[1, 2, 3, 4]);
        let (mine, theirs) = (after_move(&common, &[4], 0), after_move(&common, &[1], 3));
        // As the document merges: each track has the place that somebody gave it.
        let mut merged = mine.clone();
        let one = TrackId::from_u128(1);
        merged.tracks.insert(one, theirs.tracks[&one]);
        assert_eq!(merged.in_order(), tracks(&[4, 2, 3, 1]));
    }

    #[test]
    fn a_track_is_in_a_list_once() {
        let twice = after_move(&list(&[1, 2]), &[3, 3, 1], 0);
        assert_eq!(twice.in_order(), tracks(&[3, 1, 2]));
    }

    #[test]
    fn a_track_takes_the_place_of_another_even_where_two_share_one() {
        let before = list(&[5, 1, 2]);
        let put = |list: &List, from, into| List {
            tracks: replaced(list, TrackId::from_u128(from), TrackId::from_u128(into)),
            ..List::default()
        };
        let after = put(&before, 1, 9);
        assert_eq!(after.in_order(), tracks(&[5, 9, 2]));
        let place = |list: &List, id| list.tracks[&TrackId::from_u128(id)];
        assert_eq!(place(&after, 9), place(&before, 1));
        // Two people have each put a track in the same place.
        let mut shared = before;
        let place_of_1 = place(&shared, 1);
        shared.tracks.insert(TrackId::from_u128(3), place_of_1);
        assert_eq!(shared.in_order(), tracks(&[5, 1, 3, 2]));
        assert_eq!(put(&shared, 1, 9).in_order(), tracks(&[5, 9, 3, 2]));
        assert_eq!(put(&shared, 1, 2).in_order(), tracks(&[5, 3, 2]));
    }

    proptest! {
        #[test]
        fn whatever_is_moved_a_list_is_as_if_it_were_a_row_of_cards(
            moves in proptest::collection::vec((0..12_u128, 0..14_usize), 0..200)
        ) {
            let mut list = List::default();
            let mut cards: Vec<TrackId> = Vec::new();
            for (id, at) in moves {
                let id = TrackId::from_u128(id);
                let at = at.min(cards.len());
                let passed = cards[..at].contains(&id);
                cards.retain(|other| *other != id);
                cards.insert(at - usize::from(passed), id);
                list.tracks = with_tracks_at(&list, &[id], at);
                prop_assert_eq!(list.in_order(), cards.clone());
            }
        }
    }
}
