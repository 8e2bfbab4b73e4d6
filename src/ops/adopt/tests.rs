//! Rules of adopting a list.

use super::*;
use crate::model::Channels;
use crate::model::Color;
use crate::model::Cut;
use crate::model::CutId;
use crate::model::Episode;
use crate::model::EpisodeId;
use crate::model::FoundEvent;
use crate::model::FoundMarker;
use crate::model::FoundScene;
use crate::model::HitPoint;
use crate::model::MarkerField;
use crate::model::Origin;
use crate::model::sweep;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

const AT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(2),
};
const TEN_HOURS: i64 = 36_000 * 25;

fn frames(n: i64) -> Ticks {
    FrameRate::F25.to_ticks(Frames::new(n))
}

/// A show with one cut at 25, from 10:00:00:00, so many frames long.
fn show_of(n_frames: i64) -> Show {
    show_with(Cut {
        start: Frames::new(TEN_HOURS),
        length: frames(n_frames),
        ..Cut::default()
    })
}

fn show_with(cut: Cut) -> Show {
    let mut show = Show::new("Promise");
    let episode = Episode::default().with_cut(AT.cut, cut);
    let insert = Edit::Episode(AT.episode, Change::Insert(Box::new(episode)));
    show.apply(insert).expect("the show is empty");
    show
}

fn marker(name: &str, frame: i64) -> FoundMarker {
    FoundMarker {
        name: name.to_owned(),
        at: frames(TEN_HOURS + frame),
        ..FoundMarker::default()
    }
}

fn scene(number: &str, from: i64, to: i64) -> FoundScene {
    FoundScene {
        number: number.to_owned(),
        span: TickSpan::between(frames(TEN_HOURS + from), frames(TEN_HOURS + to)),
        ..FoundScene::default()
    }
}

fn list_of(markers: &[FoundMarker], scenes: &[FoundScene]) -> CutList {
    CutList {
        markers: markers.to_vec(),
        scenes: scenes.to_vec(),
        ..CutList::default()
    }
}

/// Adopts a list and applies what it amounts to.
fn take_in(show: &mut Show, list: &CutList) -> Summary {
    let adopted = adopt(show, AT, list, "a.edl", EventsAs::default()).expect("lies in the cut");
    show.apply_all(&adopted.transaction.edits)
        .expect("the edits fit the show they were made for");
    assert_eq!(sweep(show), []);
    adopted.summary
}

fn cut_of(show: &Show) -> &Cut {
    show.cut(AT).expect("the cut is there")
}

fn places(show: &Show) -> Vec<(String, i64)> {
    let rate = FrameRate::F25;
    let markers = cut_of(show).markers();
    markers
        .into_iter()
        .map(|(_, m)| (m.name.clone(), rate.floor_to_frames(m.at).get()))
        .collect()
}

#[test]
fn positions_count_from_the_first_frame_of_the_cut() {
    let mut show = show_of(1000);
    let summary = take_in(
        &mut show,
        &list_of(&[marker("a", 50)], &[scene("12", 0, 100)]),
    );
    assert_eq!(places(&show), [("a".to_owned(), 50)]);
    assert_eq!(
        cut_of(&show).scenes()[0].1.span,
        TickSpan::between(frames(0), frames(100))
    );
    assert_eq!(summary.to_string(), "1 scene (1 new), 1 marker (1 new)");
}

#[test]
fn the_transaction_is_named_after_the_file() {
    let show = show_of(1000);
    let list = list_of(&[marker("a", 50)], &[]);
    let adopted = adopt(&show, AT, &list, "promise-203-v3.edl", EventsAs::default());
    let adopted = adopted.expect("lies in the cut");
    assert_eq!(adopted.transaction.label, "import promise-203-v3.edl");
}

#[test]
fn elapsed_positions_are_taken_as_they_are() {
    let mut show = show_of(1000);
    let mut list = list_of(&[marker("a", 50 - TEN_HOURS)], &[]);
    list.origin = Origin::FirstFrame;
    take_in(&mut show, &list);
    assert_eq!(places(&show), [("a".to_owned(), 50)]);
}

#[test]
fn importing_the_same_list_again_changes_nothing() {
    let mut show = show_of(1000);
    let list = list_of(
        &[marker("a", 50), marker("", 60), marker("a", 70)],
        &[
            scene("12", 0, 100),
            scene("13", 100, 200),
            scene("12", 200, 300),
        ],
    );
    take_in(&mut show, &list);
    let again = adopt(&show, AT, &list, "a.edl", EventsAs::default()).expect("lies in the cut");
    assert!(again.transaction.is_empty());
    assert_eq!(
        (again.summary.markers.n_same, again.summary.scenes.n_same),
        (3, 3)
    );
}

#[test]
fn a_newer_list_moves_what_it_names_and_keeps_what_people_added() {
    let mut show = show_of(1000);
    take_in(
        &mut show,
        &list_of(
            &[marker("a", 50), marker("gone", 80)],
            &[scene("12", 0, 100)],
        ),
    );
    let (id, _) = cut_of(&show).markers()[0];
    let hit = MarkerField::Hit(Some(HitPoint {
        weight: crate::model::Weight::Heavy,
        early: Frames::ZERO,
        late: Frames::ZERO,
    }));
    show.apply(Edit::Marker(AT, id, Change::Set(hit)))
        .expect("the marker is there");
    let summary = take_in(
        &mut show,
        &list_of(&[marker("a", 70), marker("b", 90)], &[scene("12", 0, 120)]),
    );
    assert_eq!((summary.markers.n_new, summary.markers.n_changed), (1, 1));
    assert_eq!(summary.scenes.n_changed, 1);
    assert_eq!(
        places(&show),
        [
            ("a".to_owned(), 70),
            ("gone".to_owned(), 80),
            ("b".to_owned(), 90)
        ]
    );
    assert!(cut_of(&show).marker(id).expect("is kept").hit.is_some());
}

#[test]
fn what_the_list_does_not_say_stays() {
    let mut show = show_of(1000);
    let mut first = marker("a", 50);
    first.color = Some(Color::Red);
    first.note = "slow".to_owned();
    take_in(&mut show, &list_of(&[first], &[]));
    let summary = take_in(&mut show, &list_of(&[marker("a", 50)], &[]));
    assert_eq!(summary.markers.n_same, 1);
    let markers = cut_of(&show).markers();
    assert_eq!(
        (markers[0].1.color, markers[0].1.note.as_str()),
        (Color::Red, "slow")
    );
}

#[test]
fn a_cut_without_a_length_gets_one() {
    let mut show = show_of(0);
    let summary = take_in(
        &mut show,
        &list_of(&[marker("a", 500)], &[scene("12", 0, 100)]),
    );
    assert_eq!(cut_of(&show).length, frames(501));
    assert_eq!(
        summary.notes,
        [Note::CutExtended {
            length: "00:00:20:01".to_owned()
        }]
    );
}

#[test]
fn what_lies_outside_is_brought_in_or_left_out_and_said() {
    let mut show = show_of(100);
    let mut long = marker("long", 90);
    long.length = frames(125_512);
    let summary = take_in(
        &mut show,
        &list_of(
            &[marker("early", -10), long, marker("late", 200)],
            &[
                scene("1", -50, 20),
                scene("2", 90, 120),
                scene("3", 100, 120),
            ],
        ),
    );
    assert_eq!(
        places(&show),
        [
            ("early".to_owned(), 0),
            ("long".to_owned(), 90),
            ("late".to_owned(), 99)
        ]
    );
    let spans: Vec<_> = cut_of(&show).scenes().iter().map(|(_, s)| s.span).collect();
    assert_eq!(
        spans,
        [
            TickSpan::between(frames(0), frames(20)),
            TickSpan::between(frames(90), frames(100))
        ]
    );
    assert_eq!(cut_of(&show).markers()[1].1.length, frames(10));
    assert_eq!(summary.notes.len(), 6);
    assert_eq!(
        summary.notes[3].to_string(),
        "the marker “early” at 09:59:59:15 lies outside the cut and was moved to 10:00:00:00"
    );
}

#[test]
fn a_list_that_lies_elsewhere_altogether_is_refused() {
    let show = show_of(100);
    let mut list = list_of(&[marker("a", 50)], &[]);
    list.markers[0].at = frames(3600 * 25);
    assert_eq!(
        adopt(&show, AT, &list, "a.edl", EventsAs::default()),
        Err(AdoptError::Elsewhere {
            first: "01:00:00:00".to_owned(),
            start: "10:00:00:00".to_owned(),
            end: "10:00:04:00".to_owned(),
        })
    );
}

#[test]
fn a_list_that_counts_otherwise_begins_with_the_same_label() {
    let drop = Timebase::new(FrameRate::F29_97, Counting::Drop).expect("has drop-frame");
    let plain = Timebase::non_drop(FrameRate::F29_97);
    let mut show = show_with(Cut {
        timebase: drop,
        start: drop.parse("01:00:00;00").expect("exists"),
        length: Ticks::from_secs(100),
        ..Cut::default()
    });
    let mut list = CutList::new(plain);
    let frame = plain.parse("01:00:10:00").expect("exists");
    list.markers.push(FoundMarker {
        name: "a".to_owned(),
        at: FrameRate::F29_97.to_ticks(frame),
        ..FoundMarker::default()
    });
    take_in(&mut show, &list);
    let at = cut_of(&show).markers()[0].1.at;
    assert_eq!(FrameRate::F29_97.floor_to_frames(at), Frames::new(300));
}

#[test]
fn a_list_through_midnight_stays_in_one_piece() {
    let mut show = show_with(Cut {
        start: Frames::new((86_400 - 10) * 25),
        length: Ticks::from_secs(60),
        ..Cut::default()
    });
    let mut list = list_of(&[marker("a", 0)], &[]);
    list.markers[0].at = frames(5 * 25);
    take_in(&mut show, &list);
    assert_eq!(places(&show), [("a".to_owned(), 15 * 25)]);
}

#[test]
fn a_cut_that_is_gone_takes_nothing() {
    let show = Show::new("Promise");
    let result = adopt(&show, AT, &CutList::default(), "a.edl", EventsAs::default());
    assert_eq!(result, Err(AdoptError::Gone));
}

fn picture_event(clip: &str, from: i64, to: i64) -> FoundEvent {
    FoundEvent {
        clip: clip.to_owned(),
        channels: Channels {
            picture: Some(1),
            sound: Vec::new(),
        },
        source: Some(TickSpan::between(frames(0), frames(to - from))),
        record: TickSpan::between(frames(TEN_HOURS + from), frames(TEN_HOURS + to)),
        ..FoundEvent::default()
    }
}

#[test]
fn a_cut_keeps_the_edits_of_its_picture_counted_from_its_first_frame() {
    let mut show = show_of(1_000);
    let list = CutList {
        events: vec![picture_event("a", 0, 40), picture_event("b", 40, 100)],
        ..CutList::default()
    };
    let summary = take_in(&mut show, &list);
    assert_eq!(summary.to_string(), "0 scenes, 0 markers, 2 edits");
    let kept: Vec<_> = cut_of(&show)
        .picture
        .edits()
        .iter()
        .map(|edit| (edit.clip.as_str(), edit.record))
        .collect();
    let span = |from, to| TickSpan::between(frames(from), frames(to));
    assert_eq!(kept, [("a", span(0, 40)), ("b", span(40, 100))]);
}

#[test]
fn edits_that_are_known_already_are_not_written_again() {
    let mut show = show_of(1_000);
    let list = CutList {
        events: vec![picture_event("a", 0, 40)],
        ..CutList::default()
    };
    take_in(&mut show, &list);
    let again = adopt(&show, AT, &list, "a.edl", EventsAs::default()).expect("lies in the cut");
    assert!(again.transaction.is_empty());
}
