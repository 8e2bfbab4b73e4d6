//! Which tracks are put together, and that nothing anybody said or placed is lost in a merge.

use super::*;
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Change;
use crate::model::ClearanceState;
use crate::model::Comment;
use crate::model::CommentId;
use crate::model::CutId;
use crate::model::Edit;
use crate::model::Episode;
use crate::model::EpisodeId;
use crate::model::List;
use crate::model::ListId;
use crate::model::PersonId;
use crate::model::Rating;
use crate::model::Rendition;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::sweep;
use crate::ops::lists;
use crate::time::SampleRate;
use crate::time::Samples;

const AT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(1),
};
const SLOT: SlotId = SlotId::from_u128(1);

fn id(n: u128) -> TrackId {
    TrackId::from_u128(n)
}

fn track(title: &str, hash: &str, codec: &str, seconds: i64) -> Track {
    Track {
        title: title.to_owned(),
        media: Some(Media {
            paths: vec![format!("{title}.{codec}")],
            bytes: 1,
            hash: hash.to_owned(),
            container: String::new(),
            codec: codec.to_owned(),
            rate: SampleRate::HZ_48000,
            channels: 2,
            length: Samples::new(seconds * 48_000),
            is_exact: true,
            trimmed_start: Samples::ZERO,
            trimmed_end: Samples::ZERO,
        }),
        ..Track::default()
    }
}

fn show_of(tracks: impl IntoIterator<Item = Track>) -> Show {
    let mut show = Show::new("Promise");
    for (n, track) in (1..).zip(tracks) {
        let insert = Change::Insert(Box::new(track));
        show.apply(Edit::Track(id(n), insert)).expect("it is new");
    }
    show
}

/// The show with an episode in which a track is placed, two seconds into it.
fn with_placed(mut show: Show, track: TrackId) -> Show {
    let alternate = Alternate::new(track, Ticks::from_secs(-2));
    let slot = Slot::default().with_alternates([(AlternateId::from_u128(1), alternate)]);
    let slot = Slot {
        span: crate::time::TickSpan::with_length(Ticks::ZERO, Ticks::from_secs(9)),
        ..slot
    };
    let cut = crate::model::Cut::default().with([], [], [(SLOT, slot)]);
    let episode = Episode::default().with_cut(AT.cut, cut);
    let insert = Change::Insert(Box::new(episode));
    show.apply(Edit::Episode(AT.episode, insert))
        .expect("it is new");
    show
}

fn pair(a: u128, b: u128, likeness: Likeness) -> Pair {
    Pair {
        a: id(a),
        b: id(b),
        likeness,
        later: Ticks::ZERO,
    }
}

fn settled(show: &Show, groups: &[Group]) -> Show {
    let mut after = show.clone();
    let transaction = settle(show, groups);
    after.apply_all(&transaction.edits).expect("made to fit");
    assert_eq!(sweep(&after), []);
    after
}

#[test]
fn files_that_are_the_same_to_the_byte_are_copies() {
    let show = show_of([
        track("Fern", "aa", "FLAC", 60),
        track("Fern 2", "bb", "FLAC", 60),
        track("Fern copy", "aa", "FLAC", 60),
        track("not read yet", "", "FLAC", 60),
        track("nor this", "", "FLAC", 60),
    ]);
    assert_eq!(copies(&show), [pair(1, 3, Likeness::Copy)]);
}

#[test]
fn the_one_that_is_used_and_lossless_stays() {
    let tracks = || [track("a", "1", "MP3", 60), track("b", "2", "FLAC", 60)];
    let alike = [pair(1, 2, Likeness::Encoding)];
    let show = show_of(tracks());
    assert_eq!(groups(&show, &alike)[0].main, id(2));
    let show = with_placed(show_of(tracks()), id(1));
    assert_eq!(groups(&show, &alike)[0].main, id(1));
}

#[test]
fn a_part_never_stays_in_place_of_the_whole() {
    let show = show_of([track("a", "1", "MP3", 136), track("b", "2", "PCM 16", 30)]);
    let found = groups(&show, &[pair(1, 2, Likeness::Version)]);
    assert_eq!(found[0].main, id(1));
}

#[test]
fn what_hangs_together_is_one_group_and_as_like_as_its_weakest_link() {
    let show = show_of((0..5).map(|n| track(&format!("t{n}"), &format!("{n}"), "FLAC", 60)));
    let pairs = [
        pair(1, 2, Likeness::Encoding),
        pair(2, 3, Likeness::Version),
        pair(4, 5, Likeness::Encoding),
    ];
    let groups = groups(&show, &pairs);
    assert_eq!(groups.len(), 2);
    let likeness: Vec<_> = groups[0].others.iter().map(|it| it.likeness).collect();
    assert_eq!(likeness, [Likeness::Encoding, Likeness::Version]);
}

#[test]
fn a_distance_is_followed_from_pair_to_pair() {
    let show = show_of((0..3).map(|n| track(&format!("t{n}"), &format!("{n}"), "FLAC", 60)));
    let later = |a, b, seconds| Pair {
        later: Ticks::from_secs(seconds),
        ..pair(a, b, Likeness::Version)
    };
    let groups = groups(&show, &[later(1, 2, 5), later(3, 2, 2)]);
    let others: Vec<_> = groups[0].others.iter().map(|it| it.later).collect();
    assert_eq!(groups[0].main, id(1));
    assert_eq!(others, [Ticks::from_secs(5), Ticks::from_secs(3)]);
    let turned = groups[0].with_main(&show, id(3));
    assert_eq!(turned.others[0].later, Ticks::from_secs(-3));
}

#[test]
fn versions_that_people_have_linked_are_no_news() {
    let mut show = show_of([
        track("Fern", "1", "FLAC", 60),
        track("Fern (Clean)", "2", "FLAC", 60),
    ]);
    let alike = [pair(1, 2, Likeness::Version)];
    let found = groups(&show, &alike);
    assert_eq!(found[0].others[0].fate, Fate::Link(RenditionKind::Clean));
    show = settled(&show, &found);
    assert_eq!(groups(&show, &alike), []);
}

#[test]
fn a_shorter_version_is_offered_as_a_cutdown() {
    let show = show_of([
        track("Fern", "1", "FLAC", 180),
        track("Fern", "2", "FLAC", 60),
    ]);
    let found = groups(&show, &[pair(1, 2, Likeness::Version)]);
    assert_eq!(found[0].others[0].fate, Fate::Link(RenditionKind::Cutdown));
}

#[test]
fn a_merge_takes_over_what_was_placed_and_said() {
    let mut gone = track("Fern copy", "aa", "FLAC", 60);
    gone.why = "The pier".to_owned();
    gone.tags = ["warm".to_owned()].into();
    gone.ratings = [(PersonId::from_u128(1), Rating::MAX)].into();
    gone.master = ClearanceState::Licensed;
    let mut kept = track("Fern", "aa", "FLAC", 60);
    kept.state = PoolState::Approved;
    kept.why = "The hut".to_owned();
    let mut follower = track("Fern (Inst)", "cc", "FLAC", 60);
    follower.rendition = Some(Rendition {
        of: id(1),
        kind: RenditionKind::Instrumental,
    });
    let show = with_placed(show_of([gone, kept, follower]), id(1));
    let groups = groups(&show, &copies(&show));
    assert_eq!(groups[0].main, id(2));
    assert_eq!(settle(&show, &groups).label, "merge a duplicate");
    let after = settled(&show, &groups);
    assert!(after.track(id(1)).is_none());
    let kept = after.track(id(2)).expect("it stays");
    assert_eq!(kept.why, "The hut\nThe pier");
    assert_eq!(kept.tags.len(), 1);
    assert_eq!(kept.ratings.len(), 1);
    assert_eq!(kept.master, ClearanceState::Licensed);
    let paths = kept.media.as_ref().map(|media| media.paths.clone());
    let both = ["Fern.FLAC".to_owned(), "Fern copy.FLAC".to_owned()];
    assert_eq!(paths.expect("it has a file"), both);
    let follower = after.track(id(3)).and_then(|track| track.rendition);
    assert_eq!(follower.map(|it| it.of), Some(id(2)));
    let slot = after.cut(AT).and_then(|cut| cut.slot(SLOT));
    let placed = slot.expect("it is there").alternates();
    assert_eq!(placed[0].1.track, id(2));
    assert_eq!(placed[0].1.track_start, Ticks::from_secs(-2));
}

#[test]
fn a_merge_keeps_the_order_of_lists_and_what_everybody_said_of_either() {
    let by = |n| PersonId::from_u128(n);
    let comment = |n| Comment {
        by: by(n),
        at: crate::model::Moment::from_unix_millis(1),
        text: format!("Comment {n}"),
    };
    let mut gone = track("Fern copy", "aa", "FLAC", 60);
    gone.ratings = [(by(1), Rating::MAX), (by(2), Rating::MIN)].into();
    gone.comments = [(CommentId::from_u128(1), comment(1))].into();
    let mut kept = track("Fern", "aa", "FLAC", 60);
    kept.state = PoolState::Approved;
    kept.ratings = [(by(2), Rating::MAX)].into();
    kept.comments = [(CommentId::from_u128(2), comment(2))].into();
    let others = ["Tide", "Neon"].map(|title| track(title, title, "FLAC", 60));
    let mut show = show_of([gone, kept].into_iter().chain(others));
    for n in [1, 2] {
        let insert = Change::Insert(Box::default());
        show.apply(Edit::Person(by(n), insert)).expect("it is new");
    }
    let list_of = |n: u128, tracks: &[u128]| {
        let tracks: Vec<TrackId> = tracks.iter().copied().map(id).collect();
        let list = List {
            tracks: lists::with_tracks_at(&List::default(), &tracks, 0),
            ..List::default()
        };
        let insert = Change::Insert(Box::new(list));
        Edit::List(ListId::from_u128(n), insert)
    };
    for edit in [list_of(1, &[3, 1, 4]), list_of(2, &[1, 3, 2])] {
        show.apply(edit).expect("it is new");
    }
    let after = settled(&show, &groups(&show, &copies(&show)));
    let order = |n| after.list(ListId::from_u128(n)).map(List::in_order);
    assert_eq!(order(1), Some(vec![id(3), id(2), id(4)]));
    assert_eq!(order(2), Some(vec![id(3), id(2)]));
    let kept = after.track(id(2)).expect("it stays");
    // One's own word on the track that stays is the one that counts.
    let ratings = [(by(1), Rating::MAX), (by(2), Rating::MAX)];
    assert_eq!(kept.ratings, ratings.into());
    let said: Vec<u128> = (1..=2)
        .filter(|n| kept.comments.contains_key(&CommentId::from_u128(*n)))
        .collect();
    assert_eq!(said, [1, 2]);
}

#[test]
fn what_begins_elsewhere_is_never_merged() {
    let show = show_of([track("a", "1", "FLAC", 60), track("b", "2", "MP3", 60)]);
    let later = Pair {
        later: Ticks::from_secs(1),
        ..pair(1, 2, Likeness::Encoding)
    };
    let mut found = groups(&show, &[later]);
    found[0].others[0].fate = Fate::Merge;
    assert!(!found[0].others[0].can_merge());
    assert!(settle(&show, &found).is_empty());
}

#[test]
fn what_is_left_is_left() {
    let show = show_of([track("a", "1", "FLAC", 60), track("b", "1", "FLAC", 60)]);
    let mut found = groups(&show, &copies(&show));
    found[0].others[0].fate = Fate::Leave;
    assert_eq!(found[0].n_decided(), 0);
    let transaction = settle(&show, &found);
    assert_eq!(transaction.label, "leave a duplicate as it is");
    let after = settled(&show, &found);
    let rendition = |id| after.track(id).map(|it| it.rendition);
    assert_eq!([1, 2].map(id).map(rendition), [Some(None), Some(None)]);
}

#[test]
fn what_was_left_is_not_asked_about_again() {
    let show = show_of((0..3).map(|n| track(&format!("t{n}"), &format!("{n}"), "FLAC", 60)));
    // The third is like the second, and so like the first.
    let pairs = [
        pair(1, 2, Likeness::Encoding),
        pair(2, 3, Likeness::Version),
    ];
    let mut found = groups(&show, &pairs);
    found[0].others[0].fate = Fate::Merge;
    found[0].others[1].fate = Fate::Leave;
    let after = settled(&show, &found);
    assert!(after.track(id(2)).is_none());
    let now = [pair(1, 3, Likeness::Version)];
    assert_eq!(groups(&after, &now), []);
    assert!(are_told_apart(&after, id(1), id(3)));
}

#[test]
fn what_was_told_from_a_track_that_goes_is_told_from_the_one_that_stays() {
    let mut left = track("Fern (Inst)", "cc", "FLAC", 60);
    left.told_from = [id(2)].into();
    let mut gone = track("Fern copy", "aa", "MP3", 60);
    gone.told_from = [id(4)].into();
    let other = track("Fern (Live)", "dd", "FLAC", 60);
    let show = show_of([track("Fern", "aa", "FLAC", 60), gone, left, other]);
    let after = settled(&show, &groups(&show, &copies(&show)));
    assert!(after.track(id(2)).is_none());
    assert!(are_told_apart(&after, id(3), id(1)));
    assert!(are_told_apart(&after, id(4), id(1)));
}

#[test]
fn several_that_merge_into_one_leave_what_was_linked_and_placed_with_it() {
    let mut follower = track("Fern (Inst)", "cc", "FLAC", 60);
    follower.rendition = Some(Rendition {
        of: id(3),
        kind: RenditionKind::Instrumental,
    });
    let copies_of = ["Fern", "Fern copy", "Fern copy 2"].map(|it| track(it, "aa", "FLAC", 60));
    let show = show_of(copies_of.into_iter().chain([follower]));
    let show = with_placed(show, id(2));
    let mut found = groups(&show, &copies(&show));
    found[0] = found[0].with_main(&show, id(1));
    let after = settled(&show, &found);
    assert_eq!(settle(&show, &found).label, "merge 2 duplicates");
    let follower = after.track(id(4)).and_then(|it| it.rendition);
    assert_eq!(follower.map(|it| it.of), Some(id(1)));
    let slot = after.cut(AT).and_then(|cut| cut.slot(SLOT));
    assert_eq!(slot.expect("it is there").alternates()[0].1.track, id(1));
}
