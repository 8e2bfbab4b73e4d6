//! Rules of the document that concern more than one of its parts.

mod laws;
mod mapping;
mod versions;

use std::collections::BTreeMap;

use super::*;
use crate::model::Alternate;
use crate::model::AlternateField;
use crate::model::AlternateId;
use crate::model::Bpm;
use crate::model::Change;
use crate::model::Comment;
use crate::model::CommentId;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::CutId;
use crate::model::Decibels;
use crate::model::Edit;
use crate::model::Episode;
use crate::model::EpisodeId;
use crate::model::Given;
use crate::model::Kind;
use crate::model::List;
use crate::model::ListField;
use crate::model::ListId;
use crate::model::Measured;
use crate::model::Opinion;
use crate::model::Percent;
use crate::model::PersonId;
use crate::model::Place;
use crate::model::Rating;
use crate::model::Scene;
use crate::model::SceneField;
use crate::model::SceneId;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::model::Verdict;
use crate::model::sweep;
use crate::time::TickSpan;
use crate::time::Ticks;

const AT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(2),
};
const SCENE: SceneId = SceneId::from_u128(3);
const SLOT: SlotId = SlotId::from_u128(4);
const ALTERNATE: AlternateId = AlternateId::from_u128(5);
const TRACK: TrackId = TrackId::from_u128(6);

fn now() -> Moment {
    Moment::from_unix_millis(1_795_305_600_000)
}

fn who(name: &str) -> Who {
    Who {
        name: name.to_owned(),
        machine: "desk".to_owned(),
    }
}

fn span(start: i64, end: i64) -> TickSpan {
    TickSpan::between(Ticks::new(start), Ticks::new(end))
}

/// One track, and one scene with a slot that has it as its pick.
fn small_show() -> Show {
    let scene = Scene {
        number: "12".to_owned(),
        span: span(0, 100),
        ..Scene::default()
    };
    let slot = Slot {
        scene: Some(SCENE),
        span: span(10, 90),
        pick: Some(ALTERNATE),
        ..Slot::default()
    }
    .with_alternates([(ALTERNATE, Alternate::new(TRACK, Ticks::ZERO))]);
    let cut = Cut::default().with([(SCENE, scene)], [], [(SLOT, slot)]);
    let episode = Episode::default().with_cut(AT.cut, cut);
    let track = Track {
        title: "Coastline".to_owned(),
        ..Track::default()
    };
    let mut show = Show::new("Promise");
    show.apply_all(&[
        Edit::Track(TRACK, Change::Insert(Box::new(track))),
        Edit::Episode(AT.episode, Change::Insert(Box::new(episode))),
    ])
    .expect("the show was empty");
    show
}

fn small_document() -> Document {
    Document::new(&small_show(), &who("Ana"), now())
}

fn copy_of(document: &Document, name: &str) -> Document {
    let mut copy = Document::load(&document.save()).expect("it was just saved");
    copy.set_who(&who(name));
    copy
}

fn commit(document: &mut Document, label: &str, edits: Vec<Edit>) {
    document
        .commit(&Transaction::new(label, edits), now())
        .expect("the edits fit");
}

fn set_track(field: TrackField) -> Edit {
    Edit::Track(TRACK, Change::Set(field))
}

fn set_scene(field: SceneField) -> Edit {
    Edit::Scene(AT, SCENE, Change::Set(field))
}

#[test]
fn a_saved_show_reads_back_as_it_was() {
    let document = small_document();
    let copy = copy_of(&document, "Ben");
    assert_eq!(copy.show(), small_show());
    assert_eq!(sweep(&copy.show()), []);
}

#[test]
fn lists_made_apart_are_all_kept_and_so_is_what_is_put_into_one() {
    let [first, second] = [1, 2].map(ListId::from_u128);
    let insert = |id, name: &str| {
        let list = List {
            name: name.to_owned(),
            ..List::default()
        };
        Edit::List(id, Change::Insert(Box::new(list)))
    };
    let set = |id, field| Edit::List(id, Change::Set(field));
    let tracks = |numbers: &[u128]| -> BTreeMap<TrackId, Place> {
        let places = numbers.iter().zip(1..);
        places
            .map(|(n, place)| (TrackId::from_u128(*n), Place::new(place)))
            .collect()
    };
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    commit(&mut ana, "a", vec![insert(first, "Night")]);
    commit(&mut ben, "b", vec![insert(second, "Day")]);
    ana.merge(&ben).expect("copies of one show");
    let mut show = small_show();
    let arrived = ana.take_arrived(&show).expect("Ben has made a list");
    show.apply(insert(first, "Night")).expect("it is new");
    show.apply_all(&arrived.edits).expect("they fit");
    assert_eq!(show, ana.show());
    assert_eq!(show.lists().len(), 2);
    ben.merge(&ana).expect("copies of one show");
    // One renames the list and puts a track into it, the other puts another.
    let rename = set(first, ListField::Name("Late".to_owned()));
    let edits = vec![rename, set(first, ListField::Tracks(tracks(&[7])))];
    commit(&mut ana, "a", edits);
    let edits = vec![set(first, ListField::Tracks(tracks(&[8])))];
    commit(&mut ben, "b", edits);
    ana.merge(&ben).expect("copies of one show");
    let show = ana.show();
    let list = show.list(first).expect("it is there");
    assert_eq!(list.name, "Late");
    assert_eq!(list.tracks.len(), 2);
    // A list that is removed and brought back has what was in it.
    let before = list.clone();
    commit(&mut ana, "a", vec![Edit::List(first, Change::Remove)]);
    assert_eq!(ana.show().list(first), None);
    let back = Change::Insert(Box::new(before.clone()));
    commit(&mut ana, "a", vec![Edit::List(first, back)]);
    assert_eq!(ana.show().list(first), Some(&before));
}

#[test]
fn different_fields_changed_apart_are_both_kept() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    commit(
        &mut ana,
        "a",
        vec![set_track(TrackField::Title("Shore".into()))],
    );
    commit(
        &mut ben,
        "b",
        vec![set_track(TrackField::Artist("Fern".into()))],
    );
    ana.merge(&ben).expect("copies of one show");
    let show = ana.show();
    let track = show.track(TRACK).expect("it is in the pool");
    assert_eq!(
        (track.title.as_str(), track.artist.as_str()),
        ("Shore", "Fern")
    );
}

#[test]
fn tags_added_apart_are_both_kept() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    commit(
        &mut ana,
        "a",
        vec![set_track(TrackField::Tags(["warm".into()].into()))],
    );
    commit(
        &mut ben,
        "b",
        vec![set_track(TrackField::Tags(["night".into()].into()))],
    );
    ana.merge(&ben).expect("copies of one show");
    let show = ana.show();
    let track = show.track(TRACK).expect("it is in the pool");
    assert_eq!(track.tags, ["night".into(), "warm".into()].into());
}

fn verdict(opinion: Opinion) -> Verdict {
    Verdict { opinion, at: now() }
}

fn judge(person: u128, opinion: Opinion) -> Edit {
    let verdicts = [(PersonId::from_u128(person), verdict(opinion))];
    let set = AlternateField::Verdicts(verdicts.into());
    Edit::Alternate(AT, SLOT, ALTERNATE, Change::Set(set))
}

#[test]
fn what_two_people_think_of_an_alternate_is_both_kept() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    commit(&mut ana, "a", vec![judge(1, Opinion::Keep)]);
    commit(&mut ben, "b", vec![judge(2, Opinion::Drop)]);
    ana.merge(&ben).expect("copies of one show");
    let show = ana.show();
    let slot = show.cut(AT).and_then(|cut| cut.slot(SLOT));
    let alternate = slot.and_then(|slot| slot.alternate(ALTERNATE));
    let verdicts = &alternate.expect("it is there").verdicts;
    let opinions: Vec<_> = verdicts.values().map(|verdict| verdict.opinion).collect();
    assert_eq!(opinions, [Opinion::Keep, Opinion::Drop]);
}

#[test]
fn what_two_people_say_of_a_track_is_both_kept() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    for (document, person) in [(&mut ana, 1), (&mut ben, 2)] {
        let by = PersonId::from_u128(person);
        let comment = Comment {
            by,
            at: now(),
            text: "Yes".to_owned(),
        };
        let said = vec![
            set_track(TrackField::Ratings([(by, Rating::MAX)].into())),
            set_track(TrackField::Comments(
                [(CommentId::from_u128(person), comment)].into(),
            )),
        ];
        commit(document, "say", said);
    }
    ana.merge(&ben).expect("copies of one show");
    let show = ana.show();
    let track = show.track(TRACK).expect("it is in the pool");
    assert_eq!((track.ratings.len(), track.comments.len()), (2, 2));
}

#[test]
fn what_two_people_tell_a_track_from_is_both_kept() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    let others = [7, 8].map(TrackId::from_u128);
    for (document, other) in [&mut ana, &mut ben].into_iter().zip(others) {
        let told = set_track(TrackField::ToldFrom([other].into()));
        commit(document, "leave a duplicate as it is", vec![told]);
    }
    ana.merge(&ben).expect("copies of one show");
    let show = ana.show();
    let track = show.track(TRACK).expect("it is in the pool");
    assert_eq!(track.told_from, others.into());
}

#[test]
fn head_and_tail_of_a_scene_trimmed_apart_are_both_trimmed() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    commit(
        &mut ana,
        "a",
        vec![set_scene(SceneField::Span(span(20, 100)))],
    );
    commit(
        &mut ben,
        "b",
        vec![set_scene(SceneField::Span(span(0, 80)))],
    );
    ana.merge(&ben).expect("copies of one show");
    let show = ana.show();
    let cut = show.cut(AT).expect("it is there");
    assert_eq!(cut.scene(SCENE).map(|scene| scene.span), Some(span(20, 80)));
}

#[test]
fn what_arrives_is_an_edit_of_the_field_that_was_touched_with_the_name_of_who_did_it() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    let edit = set_scene(SceneField::Name("HUT".into()));
    commit(&mut ben, "rename scene 12", vec![edit.clone()]);
    let before = ana.show();
    ana.merge(&ben).expect("copies of one show");
    let arrived = ana.take_arrived(&before).expect("something arrived");
    assert_eq!(
        arrived,
        Transaction::new("Ben: rename scene 12", vec![edit])
    );
}

#[test]
fn what_a_colleague_did_inside_something_removed_comes_back_with_it() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    let episode = small_show().episode(AT.episode).expect("there").clone();
    let other = SceneId::from_u128(30);
    let scene = Scene {
        span: span(200, 300),
        ..Scene::default()
    };
    let insert = Edit::Scene(AT, other, Change::Insert(Box::new(scene)));
    commit(&mut ben, "add a scene", vec![insert]);
    commit(
        &mut ana,
        "remove",
        vec![Edit::Episode(AT.episode, Change::Remove)],
    );
    ana.merge(&ben).expect("copies of one show");
    assert!(ana.show().episode(AT.episode).is_none());
    ana.take_arrived(&small_show());
    let insert = Edit::Episode(AT.episode, Change::Insert(Box::new(episode)));
    commit(&mut ana, "undo remove", vec![insert]);
    assert!(
        ana.show()
            .cut(AT)
            .expect("it is back")
            .scene(other)
            .is_some()
    );
    let arrived = ana
        .take_arrived(&small_show())
        .expect("the new scene came too");
    let mut show = small_show();
    show.apply_all(&arrived.edits).expect("they fit");
    assert_eq!(show, ana.show());
}

#[test]
fn a_field_set_on_both_sides_is_told_with_what_stands_and_what_does_not() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    let title = |title: &str| vec![set_track(TrackField::Title(title.to_owned()))];
    commit(&mut ben, "b", title("Tideline"));
    commit(&mut ana, "a", title("Shoreline"));
    commit(&mut ana, "a", title("Seaside"));
    let merged = ana.merge(&ben).expect("copies of one show");
    let clash = Clash {
        kind: Kind::Track,
        name: "Seaside".to_owned(),
        field: "title".to_owned(),
        stands: "Seaside".to_owned(),
        others: vec!["Tideline".to_owned()],
    };
    assert_eq!(merged.clashes, [clash]);
    let other_way = ben.merge(&ana).expect("copies of one show");
    assert_eq!(other_way.clashes, merged.clashes);
}

#[test]
fn different_fields_do_not_clash() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    commit(
        &mut ana,
        "a",
        vec![set_track(TrackField::Title("Shore".into()))],
    );
    commit(
        &mut ben,
        "b",
        vec![set_track(TrackField::Artist("Fern".into()))],
    );
    let merged = ana.merge(&ben).expect("copies of one show");
    assert_eq!((merged.n_changes, merged.clashes), (1, vec![]));
}

#[test]
fn what_is_set_by_hand_stays_when_a_colleagues_machine_measures_meanwhile() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    let by_hand = Some(Bpm::from_hundredths(18_400));
    commit(
        &mut ana,
        "a",
        vec![set_track(TrackField::TempoByHand(by_hand))],
    );
    let measured = Measured {
        tempo: Some(Given::estimate(
            Bpm::from_hundredths(9_200),
            Percent::new(80),
        )),
        ..Measured::default()
    };
    let edit = set_track(TrackField::Measured(measured.clone()));
    commit(&mut ben, "measure", vec![edit]);
    ana.merge(&ben).expect("copies of one show");
    let show = ana.show();
    let track = show.track(TRACK).expect("it is there");
    assert_eq!(track.tempo_by_hand, by_hand);
    assert_eq!(track.measured, measured);
}

#[test]
fn a_document_of_something_else_is_no_show() {
    let mut doc = Automerge::new();
    let mut tx = doc.transaction();
    tx.put(ROOT, "title", "a letter").expect("it is a map");
    tx.commit();
    let error = Document::load(&doc.save()).expect_err("it is a letter");
    assert!(matches!(error, LoadError::NotAShow), "{error}");
}

#[test]
fn shows_made_apart_do_not_merge() {
    let mut ana = small_document();
    assert_eq!(ana.merge(&small_document()), Err(NotTheSameShow));
    assert_eq!(ana.show(), small_show());
}

#[test]
fn an_edit_of_what_is_gone_changes_nothing() {
    let mut document = small_document();
    let title = set_track(TrackField::Title("Shore".into()));
    let remove = Edit::Track(TRACK, Change::Remove);
    let gone = Transaction::new("both", vec![remove, title]);
    let error = document
        .commit(&gone, now())
        .expect_err("it is gone by then");
    assert_eq!(error.to_string(), "the track no longer exists");
    assert_eq!(document.show(), small_show());
}

#[test]
fn removing_and_taking_it_back_keeps_what_a_colleague_has_set() {
    let mut ana = small_document();
    let mut ben = copy_of(&ana, "Ben");
    let track = small_show().track(TRACK).expect("it is there").clone();
    commit(&mut ana, "a", vec![Edit::Track(TRACK, Change::Remove)]);
    let back = Change::Insert(Box::new(track));
    commit(&mut ana, "undo a", vec![Edit::Track(TRACK, back)]);
    commit(
        &mut ben,
        "b",
        vec![set_track(TrackField::Artist("Fern".into()))],
    );
    ana.merge(&ben).expect("copies of one show");
    let show = ana.show();
    let artist = show.track(TRACK).map(|track| track.artist.as_str());
    assert_eq!(artist, Some("Fern"));
}
