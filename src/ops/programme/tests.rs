//! What a flattened cut holds.

use super::*;
use crate::model::AlternateId;
use crate::model::Change;
use crate::model::Cut;
use crate::model::CutId;
use crate::model::Edit;
use crate::model::Episode;
use crate::model::EpisodeId;
use crate::model::SceneId;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::TickSpan;
use crate::time::Timebase;

const AT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(1),
};

/// The tracks of the show: a minute each, but for the last, which is a wish.
const TRACKS: u128 = 4;

fn secs(secs: i64) -> Ticks {
    Ticks::from_secs(secs)
}

fn span(from: i64, to: i64) -> TickSpan {
    TickSpan::between(secs(from), secs(to))
}

fn track(n: u128) -> Track {
    Track {
        title: format!("Track {n}"),
        media: (n < TRACKS).then(|| Media {
            paths: vec![format!("{n}.wav")],
            bytes: 0,
            hash: String::new(),
            container: "WAV".to_owned(),
            codec: "PCM".to_owned(),
            rate: SampleRate::HZ_44100,
            channels: 2,
            length: Samples::new(44_100 * 60),
            is_exact: true,
            trimmed_start: Samples::ZERO,
            trimmed_end: Samples::ZERO,
        }),
        ..Track::default()
    }
}

/// A slot with these tracks in it, each with its first sample at a second; the first is the pick.
fn slot(at: TickSpan, tracks: &[(u128, i64)]) -> Slot {
    let alternates = tracks.iter().map(|(track, start)| {
        let id = AlternateId::from_u128(*track);
        (id, Alternate::new(TrackId::from_u128(*track), secs(*start)))
    });
    let mut slot = Slot::new(None, at, "a reason").with_alternates(alternates);
    slot.pick = tracks
        .first()
        .map(|(track, _)| AlternateId::from_u128(*track));
    slot
}

/// The programme of a cut with these slots.
fn flattened(slots: Vec<Slot>) -> Programme {
    let mut show = Show::new("Test");
    for n in 1..=TRACKS {
        let insert = Change::Insert(Box::new(track(n)));
        show.apply(Edit::Track(TrackId::from_u128(n), insert))
            .expect("it is new");
    }
    let scene = Scene {
        number: "12".to_owned(),
        name: "BEACH".to_owned(),
        span: span(0, 30),
        ..Scene::default()
    };
    let ids = 1_u128..;
    let slots = ids.zip(slots).map(|(n, slot)| {
        let scene = Some(SceneId::from_u128(1));
        (SlotId::from_u128(n), Slot { scene, ..slot })
    });
    let cut = Cut {
        number: 4,
        name: "locked".to_owned(),
        ..Cut::new(
            Timebase::non_drop(FrameRate::F25),
            Frames::new(90_000),
            secs(120),
        )
    };
    let cut = cut.with([(SceneId::from_u128(1), scene)], [], slots);
    let episode = Episode::new("203", "Promise").with_cut(AT.cut, cut);
    let insert = Change::Insert(Box::new(episode));
    show.apply(Edit::Episode(AT.episode, insert))
        .expect("it is new");
    programme(
        &show,
        AT,
        |media| format!("/music/{}", media.paths.join("")),
        |_track| Decibels::from_hundredths(-300),
    )
    .expect("the cut is there")
}

#[test]
fn it_is_called_as_the_episode_and_its_cut() {
    let made = flattened(Vec::new());
    assert_eq!(made.title, "203 Promise v4 locked");
    assert_eq!((made.start, made.length), (Frames::new(90_000), secs(120)));
    assert_eq!(made.scenes.len(), 1);
}

#[test]
fn music_lies_where_it_is_heard_and_not_where_its_slot_is() {
    let made = flattened(vec![
        slot(span(10, 20), &[(1, 4)]),
        slot(span(30, 90), &[(2, 35)]),
    ]);
    let heard: Vec<_> = made.music().iter().map(|clip| clip.pick.heard).collect();
    assert_eq!(heard, [span(10, 20), span(35, 90)]);
    let first = made.music()[0];
    assert_eq!(first.pick.source_in(), secs(6));
    assert_eq!((first.number, first.scene.as_str()), (1, "12 BEACH"));
    assert_eq!(made.recording(&first.pick).path, "/music/1.wav");
}

#[test]
fn music_that_overlaps_goes_on_another_lane_and_what_touches_stays() {
    let made = flattened(vec![
        slot(span(0, 10), &[(1, 0)]),
        slot(span(5, 15), &[(2, 0)]),
        slot(span(10, 20), &[(3, 0)]),
    ]);
    let lanes: Vec<Vec<usize>> = made
        .lanes
        .iter()
        .map(|lane| lane.iter().map(|clip| clip.number).collect())
        .collect();
    assert_eq!(lanes, [vec![1, 3], vec![2]]);
}

#[test]
fn alternates_keep_their_own_alignment() {
    let made = flattened(vec![slot(span(10, 20), &[(1, 4), (2, 12)])]);
    let [other] = &made.music()[0].alternates[..] else {
        panic!("there is one alternate beside the pick");
    };
    assert_eq!((other.heard, other.source_in()), (span(12, 20), secs(0)));
}

#[test]
fn a_wish_and_what_is_never_heard_are_named_as_left_out() {
    let made = flattened(vec![
        slot(span(10, 20), &[(TRACKS, 10)]),
        slot(span(30, 40), &[(1, 50)]),
        slot(span(60, 70), &[]),
    ]);
    assert_eq!(
        made.left_out,
        [
            (format!("Track {TRACKS}"), LeftOut::NoFile),
            ("Track 1".to_owned(), LeftOut::NotHeard),
        ]
    );
    assert_eq!((made.n_without_pick, made.lanes.len()), (1, 0));
}

#[test]
fn levelling_is_part_of_the_level_and_told_apart() {
    let mut loud = slot(span(10, 20), &[(1, 4)]);
    let (id, alternate) = loud.picked().expect("it has a pick");
    let louder = Alternate {
        gain: Decibels::from_hundredths(200),
        ..alternate.clone()
    };
    loud = loud.with_alternates([(id, louder)]);
    let made = flattened(vec![loud]);
    let pick = &made.music()[0].pick;
    assert_eq!(pick.gain, Decibels::from_hundredths(-100));
    assert_eq!(pick.levelling, Decibels::from_hundredths(-300));
}

#[test]
fn fades_are_never_longer_than_what_is_heard() {
    let mut faded = slot(span(10, 20), &[(1, 4)]);
    let (id, alternate) = faded.picked().expect("it has a pick");
    let long = Alternate {
        fade_in: secs(8),
        fade_out: secs(8),
        ..alternate.clone()
    };
    faded = faded.with_alternates([(id, long)]);
    let made = flattened(vec![faded]);
    let pick = &made.music()[0].pick;
    assert_eq!((pick.fade_in, pick.fade_out), (secs(8), secs(2)));
}

#[test]
fn a_recording_that_is_used_twice_is_named_once() {
    let made = flattened(vec![
        slot(span(0, 10), &[(1, 0)]),
        slot(span(50, 60), &[(1, 50)]),
    ]);
    assert_eq!(made.recordings.len(), 1);
}
