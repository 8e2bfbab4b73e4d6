//! Rules of the document that concern more than one of its parts.

use super::*;
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::CutId;
use crate::model::Edit;
use crate::model::Episode;
use crate::model::EpisodeId;
use crate::model::Scene;
use crate::model::SceneField;
use crate::model::SceneId;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
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
        Edit::Track(TRACK, crate::model::Change::Insert(Box::new(track))),
        Edit::Episode(AT.episode, crate::model::Change::Insert(Box::new(episode))),
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
    Edit::Track(TRACK, crate::model::Change::Set(field))
}

fn set_scene(field: SceneField) -> Edit {
    Edit::Scene(AT, SCENE, crate::model::Change::Set(field))
}

#[test]
fn a_saved_show_reads_back_as_it_was() {
    let document = small_document();
    let copy = copy_of(&document, "Ben");
    assert_eq!(copy.show(), small_show());
    assert_eq!(sweep(&copy.show()), []);
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
    let insert = Edit::Scene(AT, other, crate::model::Change::Insert(Box::new(scene)));
    commit(&mut ben, "add a scene", vec![insert]);
    commit(
        &mut ana,
        "remove",
        vec![Edit::Episode(AT.episode, crate::model::Change::Remove)],
    );
    ana.merge(&ben).expect("copies of one show");
    assert!(ana.show().episode(AT.episode).is_none());
    ana.take_arrived(&small_show());
    let insert = Edit::Episode(AT.episode, crate::model::Change::Insert(Box::new(episode)));
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
