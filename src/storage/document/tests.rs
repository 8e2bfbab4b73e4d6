//! Rules of the document that concern more than one of its parts.

use proptest::prelude::*;

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
use crate::model::testing;
use crate::model::testing::{numbers, seeded};
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

/// A copy of a document with the show in memory that goes with it.
struct Desk {
    document: Document,
    show: Show,
}

impl Desk {
    fn of(document: &Document, name: &str) -> Self {
        let document = copy_of(document, name);
        let show = document.show();
        Self { document, show }
    }

    fn work(&mut self, numbers: &[testing::Numbers]) {
        let transaction = testing::transaction(&self.show, numbers);
        self.show
            .apply_all(&transaction.edits)
            .expect("made to fit");
        self.document
            .commit(&transaction, now())
            .expect("it fits the show, so it fits the document");
        self.take_arrived();
    }

    fn merge(&mut self, other: &Self) {
        self.document
            .merge(&other.document)
            .expect("copies of one show");
        self.take_arrived();
    }

    fn take_arrived(&mut self) {
        if let Some(arrived) = self.document.take_arrived(&self.show) {
            self.show.apply_all(&arrived.edits).expect("they fit");
        }
    }
}

fn seed_document() -> Document {
    Document::new(&testing::small_show(), &who("Ana"), now())
}

proptest! {
    #![proptest_config(seeded(150))]

    #[test]
    fn the_document_holds_what_the_show_holds(numbers in numbers(40), n_together in 1_usize..5) {
        let mut desk = Desk::of(&seed_document(), "Ana");
        for some in numbers.chunks(n_together) {
            desk.work(some);
            prop_assert_eq!(&desk.document.show(), &desk.show);
        }
        let saved = copy_of(&desk.document, "Ana");
        prop_assert_eq!(saved.show(), desk.show);
    }

    #[test]
    fn copies_changed_apart_come_together_in_order(
        anas in numbers(40),
        bens in numbers(40),
        n_together in 1_usize..5,
        n_between in 1_usize..8,
    ) {
        let document = seed_document();
        let (mut ana, mut ben) = (Desk::of(&document, "Ana"), Desk::of(&document, "Ben"));
        let n = anas.chunks(n_together).len().max(bens.chunks(n_together).len());
        for i in 0..n {
            ana.work(anas.chunks(n_together).nth(i).unwrap_or_default());
            ben.work(bens.chunks(n_together).nth(i).unwrap_or_default());
            if i % n_between == 0 {
                ana.merge(&ben);
                prop_assert_eq!(sweep(&ana.show), []);
                prop_assert_eq!(&ana.show, &ana.document.show());
            }
        }
        ben.merge(&ana);
        ana.merge(&ben);
        prop_assert_eq!(sweep(&ana.show), []);
        prop_assert_eq!(&ana.show, &ana.document.show());
        prop_assert_eq!(&ana.show, &ben.show);
    }

    #[test]
    fn any_bytes_are_refused_or_read_without_a_panic(bytes in any::<Vec<u8>>()) {
        prop_assert!(Document::load(&bytes).is_err());
    }

    #[test]
    fn a_document_cut_short_or_changed_is_refused(at in any::<u16>(), flip in 1_u8..) {
        let bytes = small_document().save();
        let at = usize::from(at) % bytes.len();
        let short = bytes.get(..at).unwrap_or_default();
        prop_assert!(Document::load(short).is_err());
        let mut changed = bytes.clone();
        if let Some(byte) = changed.get_mut(at) {
            *byte ^= flip;
        }
        prop_assert!(Document::load(&changed).is_err());
    }
}
