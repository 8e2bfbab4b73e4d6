//! Rules of the change list.

use super::*;

/// The change list in short: kind, first shot, frames.
fn told(old: &[Take], new: &[Take]) -> Vec<(&'static str, String, i64)> {
    let conform = compared(cut(old), &list(new));
    conform
        .changes
        .iter()
        .map(|line| {
            let by = FrameRate::F25.nearest_frames(line.by).get();
            (line.kind.words(), line.first.clone(), by)
        })
        .collect()
}

fn line(kind: &'static str, clip: &str, by: i64) -> (&'static str, String, i64) {
    (kind, clip.to_owned(), by)
}

fn three() -> Vec<Take> {
    vec![take("a", 0, 100), take("b", 500, 80), take("c", 900, 60)]
}

#[test]
fn the_same_cut_again_is_kept_in_one_line() {
    let conform = compared(cut(&three()), &list(&three()));
    assert_eq!(conform.changes.len(), 1);
    let kept = &conform.changes[0];
    assert_eq!((kept.kind, kept.n_shots), (AdjustmentKind::Kept, 3));
    assert_eq!(
        (kept.old, kept.new),
        (Some(span(0, 240)), Some(span(0, 240)))
    );
}

#[test]
fn what_follows_a_new_shot_has_moved_by_its_length() {
    let mut new = three();
    new.insert(1, take("x", 0, 30));
    assert_eq!(
        told(&three(), &new),
        [
            line("kept", "a", 0),
            line("new", "x", 30),
            line("moved", "b", 30)
        ]
    );
}

#[test]
fn what_is_gone_is_told_with_its_length() {
    let mut new = three();
    new.remove(1);
    assert_eq!(
        told(&three(), &new),
        [
            line("kept", "a", 0),
            line("removed", "b", 80),
            line("moved", "c", -80)
        ]
    );
}

#[test]
fn trims_and_extensions_are_told_at_the_end_where_they_are() {
    let new = vec![take("a", 10, 80), take("b", 480, 120), take("c", 900, 60)];
    assert_eq!(
        told(&three(), &new),
        [
            line("trimmed head", "a", 10),
            line("trimmed tail", "a", 10),
            line("extended head", "b", 20),
            line("extended tail", "b", 20),
            line("moved", "c", 20),
        ]
    );
}

#[test]
fn a_shot_with_another_in_its_middle_is_split() {
    let new = vec![
        take("a", 0, 40),
        take("x", 0, 25),
        take("a", 40, 60),
        take("b", 500, 80),
        take("c", 900, 60),
    ];
    assert_eq!(
        told(&three(), &new),
        [
            line("split", "a", 0),
            line("new", "x", 25),
            line("moved", "b", 25)
        ]
    );
}

#[test]
fn a_shot_that_changed_places_is_told_from_those_it_passed() {
    let new = vec![take("c", 900, 60), take("a", 0, 100), take("b", 500, 80)];
    assert_eq!(
        told(&three(), &new),
        [line("moved", "a", 60), line("reordered", "c", -180)]
    );
}

#[test]
fn another_speed_is_told_and_the_picture_mapped_in_proportion() {
    let mut new = three();
    new[1].speed = Speed::from_millionths(2_000_000);
    new[1].length = 40;
    assert_eq!(
        told(&three(), &new),
        [
            line("kept", "a", 0),
            line("speed changed", "b", -40),
            line("moved", "c", -40),
        ]
    );
    let conform = compared(cut(&three()), &list(&new));
    assert_eq!(conform.map.place(frames(140)), Some(frames(120)));
}

#[test]
fn a_take_that_is_used_twice_goes_with_its_neighbours() {
    let old = vec![
        take("a", 0, 50),
        take("twice", 0, 30),
        take("b", 0, 50),
        take("twice", 0, 30),
        take("c", 0, 50),
    ];
    let mut new = old.clone();
    new.remove(1);
    assert_eq!(
        told(&old, &new),
        [
            line("kept", "a", 0),
            line("removed", "twice", 30),
            line("moved", "b", -30),
        ]
    );
}

#[test]
fn a_reel_or_a_clip_of_another_name_is_likely_the_same() {
    for rename in [
        |take: &mut Take| take.reel = "ROLL_77".to_owned(),
        |take: &mut Take| take.clip.push_str(" pickup"),
    ] {
        let mut new = three();
        new.iter_mut().for_each(rename);
        let conform = compared(cut(&three()), &list(&new));
        assert_eq!(conform.n_shots(AdjustmentKind::Kept), 3);
        let pieces = conform.map.pieces();
        assert!(pieces.iter().all(|it| it.sureness == Sureness::Likely));
    }
}

#[test]
fn a_new_version_of_an_effect_is_surely_the_same_shot() {
    let old = vec![take("EP1_010_0020_v03.mov", 0, 50)];
    let mut new = old.clone();
    new[0].clip = "EP1_010_0020_v11.mov".to_owned();
    let conform = compared(cut(&old), &list(&new));
    let sureness = conform.map.pieces().first().map(|piece| piece.sureness);
    assert_eq!(sureness, Some(Sureness::Sure));
}

#[test]
fn shots_without_timecode_are_matched_by_name_and_order_as_a_guess() {
    let mut old = three();
    for take in &mut old {
        take.has_timecode = false;
    }
    let mut new = old.clone();
    new.insert(1, take("x", 0, 30));
    let conform = compared(cut(&old), &list(&new));
    assert_eq!(conform.map.place(frames(110)), Some(frames(140)));
    let pieces = conform.map.pieces();
    assert!(pieces.iter().all(|it| it.sureness == Sureness::Guess));
}

#[test]
fn at_a_rate_that_counts_alike_a_frame_is_a_frame() {
    let (film, video) = (FrameRate::F24, FrameRate::F23_976);
    let conform = compared(cut_at(&three(), film), &list_at(&three(), video));
    assert_eq!(conform.n_shots(AdjustmentKind::Kept), 3);
    assert_eq!(conform.map.place(at(film, 150)), Some(at(video, 150)));
}

#[test]
fn at_another_rate_the_same_time_is_the_same_time() {
    let double = |takes: &[Take]| -> Vec<Take> {
        let twice = takes
            .iter()
            .map(|it| take(&it.clip, it.from * 2, it.length * 2));
        twice.collect()
    };
    let list = list_at(&double(&three()), FrameRate::F50);
    let conform = compared(cut(&three()), &list);
    assert_eq!(conform.n_shots(AdjustmentKind::Kept), 3);
    assert_eq!(conform.map.place(frames(150)), Some(frames(150)));
}
