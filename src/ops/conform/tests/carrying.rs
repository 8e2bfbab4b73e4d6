//! Rules of carrying scenes, markers and music over.

use super::*;
use crate::model::Decibels;
use crate::model::History;
use crate::model::HitPoint;
use crate::model::Pin;
use crate::model::Scene;
use crate::model::Track;
use crate::model::Weight;
use crate::model::sweep;

const TOUCH: MarkerId = MarkerId::from_u128(7);
const SCENE: SceneId = SceneId::from_u128(8);

/// Four shots of 100 frames.
fn four() -> Vec<Take> {
    ["a", "b", "c", "d"]
        .map(|clip| take(clip, 1_000, 100))
        .into()
}

fn with_slot(takes: &[Take], slot: Slot) -> Cut {
    cut(takes).with([], [], [(SLOT, slot)])
}

fn touch(frame: i64) -> Marker {
    Marker {
        name: "touch".to_owned(),
        at: frames(frame),
        hit: Some(HitPoint {
            weight: Weight::Heavy,
            early: Frames::new(1),
            late: Frames::new(1),
        }),
        ..Marker::default()
    }
}

fn pinned(mut slot: Slot, moment: i64) -> Slot {
    let (_, alternate) = slot.picked().expect("it has a pick");
    let pin = Pin {
        moment: frames(moment),
        marker: TOUCH,
    };
    let alternate = Alternate {
        pin: Some(pin),
        gain: Decibels::from_hundredths(-300),
        ..alternate.clone()
    };
    slot = slot.with_alternates([(PICK, alternate)]);
    slot
}

fn track_start(conform: &Conform) -> Option<Ticks> {
    let proposal = the_slot(conform).proposal.as_ref()?;
    proposal.alternates.get(&PICK).map(|lie| lie.track_start)
}

fn reasons(conform: &Conform) -> Vec<&'static str> {
    the_slot(conform).reasons.iter().map(Reason::word).collect()
}

#[test]
fn music_follows_its_picture_to_the_tick() {
    let mut old_slot = slot(110, 190);
    let odd = frames(110) - Ticks::new(12_345);
    old_slot = old_slot.with_alternates([(PICK, Alternate::new(TRACK, odd))]);
    let mut new = four();
    new.insert(0, take("x", 0, 37));
    let conform = compared(with_slot(&four(), old_slot), &list(&new));
    assert_eq!(the_slot(&conform).outcome, Outcome::Follows);
    assert_eq!(proposed(&conform), Some((147, 227)));
    assert_eq!(track_start(&conform), Some(odd + frames(37)));
}

#[test]
fn music_follows_a_scene_that_changed_places() {
    let mut new = four();
    let moved = new.remove(1);
    new.push(moved);
    let conform = compared(with_slot(&four(), slot(110, 190)), &list(&new));
    assert_eq!(the_slot(&conform).outcome, Outcome::Follows);
    assert_eq!(proposed(&conform), Some((310, 390)));
}

#[test]
fn music_is_pinned_to_the_moment_and_not_to_the_in_point() {
    // The first shot of the slot loses its head; the touch is in the second.
    let old = with_slot(&four(), pinned(slot(100, 300), 150)).with([], [(TOUCH, touch(250))], []);
    let mut new = four();
    new[1] = take("b", 1_030, 70);
    let conform = compared(old, &list(&new));
    assert_eq!(proposed(&conform), Some((100, 270)));
    assert_eq!(track_start(&conform), Some(frames(70)));
    assert_eq!(reasons(&conform), ["picture changed"]);
    let marker = conform.new.marker(TOUCH).map(|marker| marker.at);
    assert_eq!(marker, Some(frames(220)));
}

#[test]
fn a_hit_that_was_cut_out_is_told() {
    let old = with_slot(&four(), pinned(slot(100, 300), 150)).with([], [(TOUCH, touch(250))], []);
    let new = vec![
        take("a", 1_000, 100),
        take("b", 1_000, 100),
        take("c", 1_000, 40),
        take("d", 1_000, 100),
    ];
    let conform = compared(old, &list(&new));
    assert_eq!(the_slot(&conform).outcome, Outcome::NeedsALook);
    assert_eq!(reasons(&conform), ["picture changed", "hit lost"]);
    assert_eq!(conform.new.marker(TOUCH), None);
    let proposal = the_slot(&conform).proposal.as_ref();
    let pin = proposal.and_then(|it| it.alternates.get(&PICK)?.pin);
    assert_eq!(pin, None);
}

#[test]
fn a_hit_that_the_music_no_longer_meets_is_told_with_how_far_it_is_off() {
    let old = with_slot(&four(), slot(100, 300)).with([], [(TOUCH, touch(250))], []);
    let mut new = four();
    new.insert(2, take("x", 0, 10));
    let conform = compared(old, &list(&new));
    let missed = Reason::HitMissed {
        marker: "touch".to_owned(),
        by: Frames::new(10),
    };
    assert!(the_slot(&conform).reasons.contains(&missed));
}

#[test]
fn a_slot_whose_picture_is_gone_has_lost_its_scene() {
    let mut new = four();
    new.remove(1);
    let conform = compared(with_slot(&four(), slot(110, 190)), &list(&new));
    assert_eq!(the_slot(&conform).outcome, Outcome::LostItsScene);
    assert_eq!(proposed(&conform), None);
}

#[test]
fn a_slot_around_a_scene_from_elsewhere_is_split() {
    let mut new = four();
    let moved = new.remove(3);
    new.insert(2, moved);
    let conform = compared(with_slot(&four(), slot(100, 300)), &list(&new));
    assert!(reasons(&conform).contains(&"split"));
    assert_eq!(proposed(&conform), Some((100, 200)));
}

#[test]
fn a_scene_that_is_too_short_for_the_musics_ending_is_told_and_a_fade_proposed() {
    let mut show = show_with(with_slot(&four(), slot(100, 200)));
    let track = Track {
        stated_length: Some(frames(90)),
        ..Track::default()
    };
    let insert = Edit::Track(TRACK, Change::Insert(Box::new(track)));
    show.apply(insert).expect("it is new");
    let mut new = four();
    new[1].length = 70;
    let conform = conform(&show, AT, &list(&new), None).expect("they can be compared");
    let cut_off = Reason::EndingCut {
        by: Frames::new(20),
    };
    assert!(the_slot(&conform).reasons.contains(&cut_off));
    let proposal = the_slot(&conform).proposal.as_ref();
    let fade = proposal.and_then(|it| Some(it.alternates.get(&PICK)?.fade_out));
    assert_eq!(fade, Some(frames(25)));
}

#[test]
fn a_slot_that_keeps_its_timecode_clashes_with_what_has_come_there() {
    let other = SlotId::from_u128(2);
    let old = with_slot(&four(), slot(110, 190)).with([], [], [(other, slot(210, 290))]);
    let mut new = four();
    new.remove(1);
    let conform = compared(old, &list(&new));
    let mut decisions = Decisions::default();
    assert_eq!(conform.clashes(&decisions), []);
    decisions.set(SLOT, Decision::KeepTimecode);
    assert_eq!(conform.clashes(&decisions), [(SLOT, other)]);
}

#[test]
fn a_scene_goes_with_its_shots_and_keeps_what_was_said_of_it() {
    let scene = Scene {
        number: "12".to_owned(),
        intent: "warm".to_owned(),
        span: span(100, 300),
        ..Scene::default()
    };
    let mut new = four();
    new.insert(2, take("x", 0, 10));
    new.insert(0, take("y", 0, 5));
    let conform = compared(cut(&four()).with([(SCENE, scene)], [], []), &list(&new));
    let carried = conform.new.scene(SCENE).expect("it is carried");
    assert_eq!(carried.span, span(105, 315));
    assert_eq!(carried.intent, "warm");
}

#[test]
fn a_scene_takes_in_what_its_last_shot_has_become_longer_by() {
    let scene = Scene {
        span: span(100, 300),
        ..Scene::default()
    };
    let mut new = four();
    new[1] = take("b", 980, 120);
    new[2].length = 130;
    let conform = compared(cut(&four()).with([(SCENE, scene)], [], []), &list(&new));
    let carried = conform.new.scene(SCENE).map(|scene| scene.span);
    assert_eq!(carried, Some(span(100, 350)));
}

#[test]
fn where_the_list_has_a_marker_of_the_name_its_place_counts() {
    let old = cut(&four()).with([], [(TOUCH, touch(250))], []);
    let mut list = list(&four());
    list.markers.push(FoundMarker {
        name: "touch".to_owned(),
        at: frames(TEN_HOURS + 253),
        ..FoundMarker::default()
    });
    let conform = compared(old, &list);
    assert_eq!(conform.new.markers().len(), 1);
    let marker = conform.new.marker(TOUCH).expect("it is the same marker");
    assert_eq!(marker.at, frames(253));
    assert!(marker.hit.is_some());
}

#[test]
fn a_marker_written_in_capitals_at_the_same_place_is_not_doubled() {
    let old = cut(&four()).with([], [(TOUCH, touch(250))], []);
    let mut list = list(&four());
    list.markers.push(FoundMarker {
        name: "TOUCH".to_owned(),
        at: frames(TEN_HOURS + 250),
        ..FoundMarker::default()
    });
    let conform = compared(old, &list);
    let names: Vec<_> = conform
        .new
        .markers()
        .into_iter()
        .map(|(_, it)| &*it.name)
        .collect();
    assert_eq!(names, ["touch"]);
}

#[test]
fn decisions_put_a_slot_where_it_was_or_leave_it_out() {
    let mut new = four();
    new.insert(0, take("x", 0, 50));
    let conform = compared(with_slot(&four(), slot(110, 190)), &list(&new));
    let spans = |decision| {
        let mut decisions = Decisions::default();
        decisions.set(SLOT, decision);
        let cut = conform.decided(&decisions);
        cut.slot(SLOT).map(|slot| slot.span)
    };
    assert_eq!(spans(Decision::AsProposed), Some(span(160, 240)));
    assert_eq!(spans(Decision::KeepTimecode), Some(span(110, 190)));
    assert_eq!(spans(Decision::LeaveOut), None);
}

#[test]
fn one_step_adds_the_new_cut_and_undoing_it_leaves_the_old_one_as_it_was() {
    let mut show = show_with(with_slot(&four(), slot(110, 190)));
    let before = show.clone();
    let mut new = four();
    new.remove(0);
    let conform = conform(&show, AT, &list(&new), None).expect("they can be compared");
    let mut history = History::default();
    let transaction = conform.transaction(&Decisions::default());
    history
        .commit(&mut show, &transaction, None)
        .expect("it fits the show it was made for");
    assert_eq!(sweep(&show), []);
    assert_eq!(show.cut(AT), before.cut(AT));
    let episode = show.episode(AT.episode).expect("it is there");
    let (id, current) = episode.current().expect("it has a cut");
    assert_eq!((id, current.number), (conform.new_at().cut, 2));
    assert!(current.guide.is_none() && !current.picture.is_empty());
    assert_eq!(current.slot(SLOT).map(|slot| slot.span), Some(span(10, 90)));
    let undone = history.undo(&mut show).expect("there is a step");
    assert_eq!(undone.n_kept, 0);
    assert_eq!(show, before);
}

fn named_scene(number: &str, from: i64, to: i64) -> (SceneId, Scene) {
    let scene = Scene {
        number: number.to_owned(),
        span: span(from, to),
        ..Scene::default()
    };
    (SceneId::from_u128(from as u128 + 100), scene)
}

fn found_scene(number: &str, from: i64, to: i64) -> FoundScene {
    FoundScene {
        number: number.to_owned(),
        span: span(TEN_HOURS + from, TEN_HOURS + to),
        ..FoundScene::default()
    }
}

#[test]
fn without_edits_scenes_are_matched_by_number_and_it_is_said_how_sure_that_is() {
    let old = Cut {
        start: Frames::new(TEN_HOURS),
        length: frames(400),
        ..Cut::default()
    };
    let scenes = [named_scene("12", 0, 200), named_scene("13", 200, 400)];
    let slots = [
        (SLOT, slot(20, 100)),
        (SlotId::from_u128(2), slot(220, 300)),
    ];
    let list = CutList {
        scenes: vec![found_scene("13", 0, 200), found_scene("12", 200, 350)],
        ..CutList::default()
    };
    let conform = compared(old.with(scenes, [], slots), &list);
    assert_eq!(conform.basis, Basis::Names);
    let [shorter, same] = conform.slots.as_slice() else {
        panic!("both slots are told of");
    };
    // Scene 12 has lost something somewhere; 13 is as long as it was.
    assert_eq!(shorter.reasons, [Reason::Unsure]);
    assert_eq!(same.outcome, Outcome::Follows);
    assert_eq!(
        same.proposal.as_ref().map(|it| it.span),
        Some(span(20, 100))
    );
    assert_eq!(
        shorter.proposal.as_ref().map(|it| it.span),
        Some(span(220, 300))
    );
}

#[test]
fn without_edits_and_scenes_markers_carry_what_is_between_them() {
    let old = Cut {
        start: Frames::new(TEN_HOURS),
        length: frames(400),
        ..Cut::default()
    };
    let marker = |name: &str, frame| Marker {
        name: name.to_owned(),
        hit: None,
        ..touch(frame)
    };
    let markers = [
        (MarkerId::from_u128(1), marker("one", 50)),
        (MarkerId::from_u128(2), marker("two", 150)),
        (MarkerId::from_u128(3), marker("three", 300)),
    ];
    let found = |name: &str, frame| FoundMarker {
        name: name.to_owned(),
        at: frames(TEN_HOURS + frame),
        ..FoundMarker::default()
    };
    let list = CutList {
        markers: vec![found("one", 70), found("two", 170), found("three", 400)],
        ..CutList::default()
    };
    let old = old.with([], markers, [(SLOT, slot(60, 140))]);
    let conform = compared(old, &list);
    assert_eq!(the_slot(&conform).outcome, Outcome::Follows);
    assert_eq!(the_slot(&conform).sureness, Sureness::Likely);
    assert_eq!(proposed(&conform), Some((80, 160)));
}

#[test]
fn a_list_with_nothing_in_it_is_refused() {
    let refused = conform(&show_with(cut(&four())), AT, &CutList::default(), None);
    assert_eq!(refused, Err(ConformError::Nothing));
}
