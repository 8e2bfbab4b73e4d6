//! Rules of edits, undo and merging that concern the model as a whole.

use proptest::prelude::*;

use super::testing::{AT, numbers, seeded, small_show, transaction};
use super::*;
use crate::time::TickSpan;
use crate::time::Ticks;

const SCENE: SceneId = SceneId::from_u128(0);
const MARKER: MarkerId = MarkerId::from_u128(0);
const SLOT: SlotId = SlotId::from_u128(0);
const TRACK: TrackId = TrackId::from_u128(0);

fn one(label: &str, edit: Edit) -> Transaction {
    Transaction::new(label, vec![edit])
}

fn set_title(title: &str) -> Edit {
    Edit::Track(TRACK, Change::Set(TrackField::Title(title.to_owned())))
}

fn title(show: &Show) -> &str {
    &show.track(TRACK).expect("it is in the pool").title
}

/// A show, and a history in which `edit` was made.
fn after(edit: Edit) -> (Show, History) {
    let (mut show, mut history) = (small_show(), History::default());
    history
        .commit(&mut show, &one("it", edit), None)
        .expect("the edit fits");
    (show, history)
}

fn by_colleague(show: &mut Show, edit: Edit) {
    show.apply(edit).expect("the edit fits");
}

fn alternate(id: u128) -> Edit {
    let new = Alternate::new(TRACK, Ticks::ZERO);
    let id = AlternateId::from_u128(id);
    Edit::Alternate(AT, SLOT, id, Change::Insert(Box::new(new)))
}

fn set_slot(field: SlotField) -> Edit {
    Edit::Slot(AT, SLOT, Change::Set(field))
}

proptest! {
    #![proptest_config(seeded(400))]

    #[test]
    fn an_edit_and_its_inverse_change_nothing(numbers in numbers(30)) {
        let before = small_show();
        let mut show = before.clone();
        let edits = transaction(&show, &numbers).edits;
        let inverses = show.apply_all(&edits).expect("made to fit");
        show.apply_all(&inverses).expect("an inverse always fits");
        prop_assert_eq!(show, before);
    }

    #[test]
    fn edits_that_do_not_all_fit_change_nothing(numbers in numbers(30)) {
        let before = small_show();
        let mut edits = transaction(&before, &numbers).edits;
        edits.push(Edit::Person(PersonId::from_u128(99), Change::Remove));
        let mut show = before.clone();
        prop_assert_eq!(show.apply_all(&edits), Err(EditError::Gone(Kind::Person)));
        prop_assert_eq!(show, before);
    }

    #[test]
    fn differences_turn_one_state_of_a_track_into_the_other(
        first in numbers(30),
        second in numbers(30),
    ) {
        let state = |numbers: &[_]| {
            let mut show = small_show();
            let edits = transaction(&show, numbers).edits;
            show.apply_all(&edits).expect("made to fit");
            show.track(TRACK).cloned().unwrap_or_default()
        };
        let (mut older, newer) = (state(&first), state(&second));
        for field in older.differences(&newer) {
            prop_assert!(!older.holds(&field));
            older.set(field);
        }
        prop_assert_eq!(older, newer);
    }

    #[test]
    fn undoing_everything_leads_back_and_redoing_everything_forth(
        numbers in numbers(40),
        n_together in 1_usize..5,
    ) {
        let before = small_show();
        let (mut show, mut history) = (before.clone(), History::default());
        for some in numbers.chunks(n_together) {
            let transaction = transaction(&show, some);
            history.commit(&mut show, &transaction, None).expect("made to fit");
        }
        let after = show.clone();
        while let Some(undone) = history.undo(&mut show) {
            prop_assert_eq!(undone.n_kept, 0);
            prop_assert_eq!(sweep(&show), []);
        }
        prop_assert_eq!(&show, &before);
        while history.redo(&mut show).is_some() {
            prop_assert_eq!(sweep(&show), []);
        }
        prop_assert_eq!(show, after);
    }

    #[test]
    fn a_show_is_in_order_whatever_of_two_peoples_work_is_undone(
        mine in numbers(30),
        theirs in numbers(30),
        n_together in 1_usize..4,
    ) {
        let (mut show, mut history) = (small_show(), History::default());
        let n = mine.chunks(n_together).len().max(theirs.chunks(n_together).len());
        for i in 0..n {
            let some = mine.chunks(n_together).nth(i).unwrap_or_default();
            let transaction_of_mine = transaction(&show, some);
            history.commit(&mut show, &transaction_of_mine, None).expect("made to fit");
            let some = theirs.chunks(n_together).nth(i).unwrap_or_default();
            let edits = transaction(&show, some).edits;
            show.apply_all(&edits).expect("made to fit");
        }
        while history.undo(&mut show).is_some() {
            prop_assert_eq!(sweep(&show), []);
        }
        while history.redo(&mut show).is_some() {
            prop_assert_eq!(sweep(&show), []);
        }
    }

    #[test]
    fn what_undo_reports_is_what_it_did(mine in numbers(20), theirs in numbers(20)) {
        let (mut show, mut history) = (small_show(), History::default());
        let transaction_of_mine = transaction(&show, &mine);
        history.commit(&mut show, &transaction_of_mine, None).expect("made to fit");
        let edits = transaction(&show, &theirs).edits;
        show.apply_all(&edits).expect("made to fit");
        let mut elsewhere = show.clone();
        let undone = history.undo(&mut show).expect("something was done");
        elsewhere.apply_all(&undone.transaction.edits).expect("it was applied here");
        prop_assert_eq!(elsewhere, show);
    }

    #[test]
    fn what_is_wrong_is_put_right_by_its_repair(numbers in numbers(40)) {
        let mut show = small_show();
        for numbers in numbers {
            // One number at a time, and whatever it breaks stays broken.
            let edits = transaction(&show, &[numbers]).edits;
            if let Some(edit) = edits.first() {
                show.apply(edit.clone()).expect("made to fit");
            }
        }
        for violation in sweep(&show) {
            show.apply(violation.repair).expect("what is wrong is there");
        }
        prop_assert_eq!(sweep(&show), []);
    }
}

#[test]
fn undo_takes_the_last_step_back_and_says_its_name() {
    let (mut show, mut history) = after(set_title("Coastline"));
    assert_eq!(history.undo_label(), Some("it"));
    let undone = history.undo(&mut show).expect("something was done");
    assert_eq!(undone.transaction.label, "Undo it");
    assert_eq!(show, small_show());
}

#[test]
fn redo_does_it_again() {
    let (mut show, mut history) = after(set_title("Coastline"));
    history.undo(&mut show).expect("something was done");
    assert_eq!(history.redo_label(), Some("it"));
    let redone = history.redo(&mut show).expect("something was undone");
    assert_eq!(redone.transaction.label, "Redo it");
    assert_eq!(title(&show), "Coastline");
}

#[test]
fn a_new_step_ends_redoing() {
    let (mut show, mut history) = after(set_title("Coastline"));
    history.undo(&mut show).expect("something was done");
    history
        .commit(&mut show, &one("new", set_title("Halogen")), None)
        .expect("the edit fits");
    assert_eq!(history.redo(&mut show), None);
}

#[test]
fn steps_of_one_flow_are_undone_at_once() {
    let (mut show, mut history) = (small_show(), History::default());
    for title in ["C", "Co", "Coa"] {
        history
            .commit(&mut show, &one(title, set_title(title)), Some(7))
            .expect("the edit fits");
    }
    assert_eq!(history.undo_label(), Some("Coa"));
    history.undo(&mut show).expect("something was done");
    assert_eq!(show, small_show());
    assert_eq!(history.undo_label(), None);
}

#[test]
fn steps_of_two_flows_are_undone_one_by_one() {
    let (mut show, mut history) = (small_show(), History::default());
    for (title, flow) in [("first", 1), ("second", 2)] {
        history
            .commit(&mut show, &one(title, set_title(title)), Some(flow))
            .expect("the edit fits");
    }
    history.undo(&mut show).expect("something was done");
    assert_eq!(title(&show), "first");
}

#[test]
fn a_flow_ends_when_it_was_undone() {
    let (mut show, mut history) = (small_show(), History::default());
    for title in ["a", "b"] {
        history
            .commit(&mut show, &one(title, set_title(title)), Some(7))
            .expect("the edit fits");
        if title == "a" {
            history.undo(&mut show).expect("something was done");
            history.redo(&mut show).expect("something was undone");
        }
    }
    history.undo(&mut show).expect("something was done");
    assert_eq!(title(&show), "a");
}

#[test]
fn a_transaction_that_does_not_fit_is_no_step() {
    let (mut show, mut history) = (small_show(), History::default());
    let edit = Edit::Person(PersonId::from_u128(99), Change::Remove);
    let result = history.commit(&mut show, &one("it", edit), None);
    assert_eq!(result, Err(EditError::Gone(Kind::Person)));
    assert_eq!(history.undo_label(), None);
}

#[test]
fn a_field_that_a_colleague_has_changed_since_is_theirs() {
    let (mut show, mut history) = after(set_title("Coastline"));
    by_colleague(&mut show, set_title("Halogen"));
    let undone = history.undo(&mut show).expect("something was done");
    assert_eq!((undone.n_kept, title(&show)), (1, "Halogen"));
}

#[test]
fn a_field_that_a_colleague_has_changed_does_not_keep_the_others() {
    let (mut show, mut history) = (small_show(), History::default());
    let artist = Edit::Track(TRACK, Change::Set(TrackField::Artist("Fern".into())));
    let both = Transaction::new("it", vec![set_title("Coastline"), artist]);
    history.commit(&mut show, &both, None).expect("both fit");
    by_colleague(&mut show, set_title("Halogen"));
    history.undo(&mut show).expect("something was done");
    let track = show.track(TRACK).expect("it is in the pool");
    assert_eq!(
        (track.title.as_str(), track.artist.as_str()),
        ("Halogen", "")
    );
}

#[test]
fn a_thing_that_a_colleague_has_worked_on_stays() {
    let (mut show, mut history) = after(alternate(5));
    let gain = AlternateField::Gain(Decibels::from_hundredths(-300));
    let id = AlternateId::from_u128(5);
    by_colleague(&mut show, Edit::Alternate(AT, SLOT, id, Change::Set(gain)));
    let undone = history.undo(&mut show).expect("something was done");
    assert_eq!(undone.n_kept, 1);
    let slot = show.cut(AT).and_then(|cut| cut.slot(SLOT));
    assert!(slot.is_some_and(|slot| slot.alternate(id).is_some()));
}

#[test]
fn an_alternate_that_a_colleague_has_picked_stays() {
    let (mut show, mut history) = after(alternate(5));
    let pick = Some(AlternateId::from_u128(5));
    by_colleague(&mut show, set_slot(SlotField::Pick(pick)));
    let undone = history.undo(&mut show).expect("something was done");
    let slot = show.cut(AT).and_then(|cut| cut.slot(SLOT));
    assert_eq!(slot.and_then(|slot| slot.pick), pick);
    assert_eq!((undone.n_kept, sweep(&show)), (1, vec![]));
}

#[test]
fn a_scene_that_a_colleague_has_made_a_slot_for_stays() {
    let id = SceneId::from_u128(9);
    let scene = Scene {
        span: TickSpan::with_length(Ticks::ZERO, Ticks::new(5)),
        ..Scene::default()
    };
    let (mut show, mut history) = after(Edit::Scene(AT, id, Change::Insert(Box::new(scene))));
    by_colleague(&mut show, set_slot(SlotField::Scene(Some(id))));
    history.undo(&mut show).expect("something was done");
    assert!(show.cut(AT).is_some_and(|cut| cut.scene(id).is_some()));
    assert_eq!(sweep(&show), []);
}

#[test]
fn a_pick_is_not_undone_to_one_that_a_colleague_has_removed() {
    let (mut show, mut history) = (small_show(), History::default());
    let [first, second] = [5, 6].map(|n| Some(AlternateId::from_u128(n)));
    for edit in [
        alternate(5),
        alternate(6),
        set_slot(SlotField::Pick(first)),
        set_slot(SlotField::Pick(second)),
    ] {
        history
            .commit(&mut show, &one("it", edit), None)
            .expect("the edit fits");
    }
    let first = AlternateId::from_u128(5);
    by_colleague(&mut show, Edit::Alternate(AT, SLOT, first, Change::Remove));
    history.undo(&mut show).expect("something was done");
    let slot = show.cut(AT).and_then(|cut| cut.slot(SLOT));
    assert_eq!(slot.and_then(|slot| slot.pick), second);
}

#[test]
fn a_slot_comes_back_without_the_scene_that_is_gone() {
    let mut show = small_show();
    by_colleague(&mut show, set_slot(SlotField::Scene(Some(SCENE))));
    let mut history = History::default();
    let remove = one("Remove slot", Edit::Slot(AT, SLOT, Change::Remove));
    history
        .commit(&mut show, &remove, None)
        .expect("it is there");
    by_colleague(&mut show, Edit::Scene(AT, SCENE, Change::Remove));
    history.undo(&mut show).expect("something was done");
    let slot = show.cut(AT).and_then(|cut| cut.slot(SLOT));
    assert_eq!(slot.map(|slot| slot.scene), Some(None));
    assert_eq!(sweep(&show), []);
}

#[test]
fn a_track_that_a_colleague_has_placed_stays_in_the_pool() {
    let id = TrackId::from_u128(9);
    let (mut show, mut history) = after(Edit::Track(id, Change::Insert(Box::default())));
    let new = Alternate::new(id, Ticks::ZERO);
    let place = Change::Insert(Box::new(new));
    by_colleague(
        &mut show,
        Edit::Alternate(AT, SLOT, AlternateId::from_u128(5), place),
    );
    history.undo(&mut show).expect("something was done");
    assert!(show.track(id).is_some());
}

#[test]
fn a_marker_that_nobody_needs_goes_when_its_making_is_undone() {
    let id = MarkerId::from_u128(9);
    let insert = Change::Insert(Box::default());
    let (mut show, mut history) = after(Edit::Marker(AT, id, insert));
    let note = Change::Set(MarkerField::Note("theirs".into()));
    by_colleague(&mut show, Edit::Marker(AT, MARKER, note));
    let undone = history.undo(&mut show).expect("something was done");
    assert_eq!(undone.n_kept, 0);
    assert!(show.cut(AT).is_some_and(|cut| cut.marker(id).is_none()));
}

#[test]
fn episodes_are_in_the_order_people_count_in() {
    let mut show = Show::new("Promise");
    for (id, number) in [(1, "10"), (2, "9"), (3, "special"), (4, "101")] {
        let episode = Episode {
            number: number.to_owned(),
            ..Episode::default()
        };
        show.apply(Edit::Episode(
            EpisodeId::from_u128(id),
            Change::Insert(Box::new(episode)),
        ))
        .expect("it is new");
    }
    let in_order = show.episodes();
    let numbers: Vec<_> = in_order.iter().map(|(_, e)| e.number.as_str()).collect();
    assert_eq!(numbers, ["9", "10", "101", "special"]);
}

#[test]
fn a_snapshot_does_not_change_with_the_show() {
    let mut show = small_show();
    let snapshot = show.clone();
    by_colleague(&mut show, set_title("Coastline"));
    assert_eq!(title(&snapshot), title(&small_show()));
}
