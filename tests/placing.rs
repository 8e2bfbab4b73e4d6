//! What dropping tracks somewhere amounts to, and what moving things carries along.

use needledrop::model::Alternate;
use needledrop::model::AlternateField;
use needledrop::model::AlternateId;
use needledrop::model::Change;
use needledrop::model::Cut;
use needledrop::model::CutAt;
use needledrop::model::CutId;
use needledrop::model::Decibels;
use needledrop::model::Edit;
use needledrop::model::Episode;
use needledrop::model::EpisodeId;
use needledrop::model::Marker;
use needledrop::model::MarkerId;
use needledrop::model::Measured;
use needledrop::model::Media;
use needledrop::model::PoolState;
use needledrop::model::Scene;
use needledrop::model::SceneId;
use needledrop::model::Show;
use needledrop::model::Slot;
use needledrop::model::SlotId;
use needledrop::model::Track;
use needledrop::model::TrackId;
use needledrop::model::Transaction;
use needledrop::model::sweep;
use needledrop::ops::place::Refusal;
use needledrop::ops::place::Target;
use needledrop::ops::place::lie;
use needledrop::ops::place::place;
use needledrop::ops::timeline;
use needledrop::ops::timeline::End;
use needledrop::ops::timeline::Immovable;
use needledrop::time::Frames;
use needledrop::time::SampleRate;
use needledrop::time::Samples;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;
use needledrop::time::Timebase;

const AT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(1),
};
const SCENE: SceneId = SceneId::from_u128(12);
const MARKER: MarkerId = MarkerId::from_u128(20);
const LONG: TrackId = TrackId::from_u128(30);
const SHORT: TrackId = TrackId::from_u128(31);

fn secs(secs: i64) -> Ticks {
    Ticks::from_secs(secs)
}

fn span(from: i64, to: i64) -> TickSpan {
    TickSpan::between(secs(from), secs(to))
}

fn track(title: &str, length: i64, first_sound: i64) -> Track {
    let rate = SampleRate::HZ_48000;
    Track {
        title: title.to_owned(),
        state: PoolState::Approved,
        media: Some(Media {
            paths: vec![format!("{title}.wav")],
            bytes: 1,
            hash: title.to_owned(),
            container: "WAV".to_owned(),
            codec: "PCM".to_owned(),
            rate,
            channels: 2,
            length: Samples::new(length * 48_000),
            is_exact: true,
            trimmed_start: Samples::ZERO,
            trimmed_end: Samples::ZERO,
        }),
        measured: Measured {
            first_sound: Some(secs(first_sound)),
            ..Measured::default()
        },
        ..Track::default()
    }
}

/// A cut of 100 s with one scene from 20 s to 60 s, a marker at 30 s, and two tracks: one of
/// 200 s whose first second is silent, one of 10 s.
fn show() -> Show {
    let scene = Scene {
        number: "12".to_owned(),
        span: span(20, 60),
        ..Scene::default()
    };
    let marker = Marker {
        name: "touch".to_owned(),
        at: secs(30),
        ..Marker::default()
    };
    let cut = Cut::new(Timebase::default(), Frames::ZERO, secs(100));
    let cut = cut.with([(SCENE, scene)], [(MARKER, marker)], []);
    let episode = Episode::default().with_cut(AT.cut, cut);
    let mut show = Show::new("Test");
    for edit in [
        Edit::Episode(AT.episode, Change::Insert(Box::new(episode))),
        Edit::Track(LONG, Change::Insert(Box::new(track("Long", 200, 1)))),
        Edit::Track(SHORT, Change::Insert(Box::new(track("Short", 10, 0)))),
    ] {
        show.apply(edit).expect("the ids are new");
    }
    show
}

fn made(show: &Show, transaction: &Transaction) -> Show {
    let mut after = show.clone();
    after
        .apply_all(&transaction.edits)
        .expect("what was planned on this show fits it");
    assert_eq!(sweep(&after), [], "{}", transaction.label);
    after
}

fn dropped(show: &Show, tracks: &[TrackId], target: Target) -> Show {
    let placement = place(show, AT, tracks, target).expect("it can be dropped there");
    made(show, &placement.transaction)
}

fn only_slot(show: &Show) -> (SlotId, &Slot) {
    let slots = show.cut(AT).expect("the cut is there").slots();
    assert_eq!(slots.len(), 1);
    slots[0]
}

fn only_alternate(show: &Show) -> (SlotId, AlternateId, &Alternate) {
    let (slot_id, slot) = only_slot(show);
    let alternates = slot.alternates();
    assert_eq!(alternates.len(), 1);
    (slot_id, alternates[0].0, alternates[0].1)
}

#[test]
fn a_track_dropped_on_a_scene_makes_a_slot_as_long_as_the_scene_with_it_as_the_pick() {
    let after = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let (_, slot) = only_slot(&after);
    assert_eq!(slot.span, span(20, 60));
    assert_eq!(slot.scene, Some(SCENE));
    assert_eq!(slot.picked().map(|(_, a)| a.track), Some(LONG));
}

#[test]
fn a_track_lies_with_its_first_sample_at_the_in_point_whatever_is_heard_there() {
    let after = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let (_, _, alternate) = only_alternate(&after);
    assert_eq!(alternate.track_start, secs(20));
    assert_eq!(alternate.source_in(span(20, 60)), Ticks::ZERO);
}

#[test]
fn several_tracks_become_alternates_of_one_slot_in_the_order_in_which_they_were_dragged() {
    let after = dropped(&show(), &[SHORT, LONG], Target::Scene(SCENE));
    let (_, slot) = only_slot(&after);
    let tracks: Vec<TrackId> = slot.alternates().iter().map(|(_, a)| a.track).collect();
    assert_eq!(tracks, [SHORT, LONG]);
    assert_eq!(slot.picked().map(|(_, a)| a.track), Some(SHORT));
}

#[test]
fn a_track_dropped_on_a_slot_is_an_alternate_and_leaves_the_pick_alone() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let (slot, _) = only_slot(&before);
    let after = dropped(&before, &[SHORT], Target::Slot(slot));
    let (_, slot) = only_slot(&after);
    assert_eq!(slot.alternates().len(), 2);
    assert_eq!(slot.picked().map(|(_, a)| a.track), Some(LONG));
}

#[test]
fn a_track_dropped_on_a_scene_that_has_a_slot_joins_it_and_is_picked() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let after = dropped(&before, &[SHORT], Target::Scene(SCENE));
    let (_, slot) = only_slot(&after);
    assert_eq!(slot.picked().map(|(_, a)| a.track), Some(SHORT));
}

#[test]
fn a_slot_does_not_change_its_length_when_a_shorter_track_is_picked() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let after = dropped(&before, &[SHORT], Target::Scene(SCENE));
    assert_eq!(only_slot(&after).1.span, span(20, 60));
}

#[test]
fn a_track_dropped_on_a_marker_has_its_first_sound_pinned_there() {
    let after = dropped(&show(), &[LONG], Target::Marker(MARKER));
    let (_, _, alternate) = only_alternate(&after);
    let pin = alternate.pin.expect("it is pinned");
    assert_eq!((pin.marker, pin.moment), (MARKER, secs(1)));
    assert_eq!(alternate.track_start + pin.moment, secs(30));
}

#[test]
fn a_slot_made_by_a_drop_on_a_marker_ends_with_the_scene() {
    let after = dropped(&show(), &[LONG], Target::Marker(MARKER));
    assert_eq!(only_slot(&after).1.span, span(30, 60));
}

#[test]
fn a_track_dropped_on_an_empty_place_makes_a_slot_no_longer_than_its_music() {
    let after = dropped(&show(), &[SHORT], Target::At(secs(70)));
    assert_eq!(only_slot(&after).1.span, span(70, 80));
}

#[test]
fn a_slot_made_by_a_drop_ends_where_the_next_one_begins() {
    let before = dropped(&show(), &[SHORT], Target::At(secs(75)));
    let after = dropped(&before, &[SHORT], Target::At(secs(70)));
    let spans: Vec<TickSpan> = after
        .cut(AT)
        .expect("the cut is there")
        .slots()
        .iter()
        .map(|(_, slot)| slot.span)
        .collect();
    assert_eq!(spans, [span(70, 75), span(75, 85)]);
}

#[test]
fn a_track_that_is_an_alternate_already_is_refused() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let refusal = place(&before, AT, &[LONG], Target::Scene(SCENE));
    assert_eq!(refusal, Err(Refusal::AlreadyThere("Long".to_owned())));
}

#[test]
fn a_place_outside_the_cut_is_refused() {
    let refusal = place(&show(), AT, &[LONG], Target::At(secs(100)));
    assert_eq!(refusal, Err(Refusal::Outside));
}

#[test]
fn a_track_without_a_file_is_refused() {
    let mut show = show();
    let no_file = needledrop::model::TrackField::Media(None);
    show.apply(Edit::Track(LONG, Change::Set(no_file)))
        .expect("the track is there");
    let refusal = place(&show, AT, &[LONG], Target::Scene(SCENE));
    assert_eq!(refusal, Err(Refusal::NoMedia("Long".to_owned())));
}

#[test]
fn a_track_is_tried_just_where_dropping_it_would_put_it() {
    let show = show();
    let tried = lie(&show, AT, SCENE, LONG).expect("both are there");
    let after = dropped(&show, &[LONG], Target::Scene(SCENE));
    let (_, _, placed) = only_alternate(&after);
    assert_eq!(tried.alternate.track_start, placed.track_start);
    assert_eq!(tried.span, only_slot(&after).1.span);
}

#[test]
fn a_placed_track_is_tried_as_it_is_placed() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let (slot, alternate, placed) = only_alternate(&before);
    let start = placed.track_start;
    let slipped = timeline::slip(&before, AT, slot, alternate, secs(-7)).expect("it moves");
    let after = made(&before, &slipped);
    let tried = lie(&after, AT, SCENE, LONG).expect("both are there");
    assert_eq!(tried.alternate.track_start, start - secs(7));
}

#[test]
fn moving_a_scene_moves_the_slots_made_for_it_with_their_music() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let moved = timeline::move_scene(&before, AT, SCENE, secs(5)).expect("it moves");
    let after = made(&before, &moved);
    assert_eq!(only_slot(&after).1.span, span(25, 65));
    assert_eq!(only_alternate(&after).2.track_start, secs(25));
}

#[test]
fn a_scene_is_not_moved_out_of_the_cut() {
    let show = show();
    let moved = timeline::move_scene(&show, AT, SCENE, secs(500)).expect("it moves");
    let after = made(&show, &moved);
    let cut = after.cut(AT).expect("the cut is there");
    assert_eq!(cut.scene(SCENE).map(|s| s.span), Some(span(60, 100)));
}

#[test]
fn trimming_a_slot_does_not_slip_its_music() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let (slot, _) = only_slot(&before);
    let trimmed = timeline::trim_slot(&before, AT, slot, End::In, secs(25)).expect("it moves");
    let after = made(&before, &trimmed);
    assert_eq!(only_slot(&after).1.span, span(25, 60));
    assert_eq!(only_alternate(&after).2.track_start, secs(20));
}

#[test]
fn a_slot_is_never_trimmed_to_nothing() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let (slot, _) = only_slot(&before);
    let trimmed = timeline::trim_slot(&before, AT, slot, End::Out, secs(0)).expect("it moves");
    let after = made(&before, &trimmed);
    assert_eq!(only_slot(&after).1.span.length(), Ticks::from_millis(40));
}

#[test]
fn edges_are_trimmed_to_whole_frames() {
    let before = show();
    let to = secs(50) + Ticks::from_millis(33);
    let trimmed = timeline::trim_scene(&before, AT, SCENE, End::Out, to).expect("it moves");
    let after = made(&before, &trimmed);
    let cut = after.cut(AT).expect("the cut is there");
    let end = cut.scene(SCENE).map(|s| s.span.end());
    assert_eq!(end, Some(secs(50) + Ticks::from_millis(40)));
}

#[test]
fn pinned_music_follows_its_marker() {
    let before = dropped(&show(), &[LONG], Target::Marker(MARKER));
    let moved = timeline::move_marker(&before, AT, MARKER, secs(33)).expect("it moves");
    let after = made(&before, &moved);
    assert_eq!(only_alternate(&after).2.track_start, secs(32));
}

#[test]
fn music_slipped_by_hand_no_longer_follows_its_marker() {
    let before = dropped(&show(), &[LONG], Target::Marker(MARKER));
    let (slot, alternate, _) = only_alternate(&before);
    let slipped = timeline::slip(&before, AT, slot, alternate, Ticks::new(1)).expect("it moves");
    let after = made(&before, &slipped);
    assert_eq!(only_alternate(&after).2.pin, None);
}

#[test]
fn removing_a_marker_leaves_the_music_pinned_to_it_where_it_is() {
    let before = dropped(&show(), &[LONG], Target::Marker(MARKER));
    let removed = timeline::remove_marker(&before, AT, MARKER).expect("it is there");
    let after = made(&before, &removed);
    assert_eq!(only_alternate(&after).2.track_start, secs(29));
}

#[test]
fn removing_a_scene_leaves_its_slots() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let removed = timeline::remove_scene(&before, AT, SCENE).expect("it is there");
    let after = made(&before, &removed);
    assert_eq!(only_slot(&after).1.scene, None);
}

#[test]
fn removing_the_pick_makes_the_next_alternate_the_pick() {
    let before = dropped(&show(), &[SHORT, LONG], Target::Scene(SCENE));
    let (slot_id, slot) = only_slot(&before);
    let pick = slot.pick.expect("there is a pick");
    let removed = timeline::remove_alternate(&before, AT, slot_id, pick).expect("it is there");
    let after = made(&before, &removed);
    assert_eq!(
        only_slot(&after).1.picked().map(|(_, a)| a.track),
        Some(LONG)
    );
}

#[test]
fn a_slot_outlives_its_last_alternate() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let (slot, alternate, _) = only_alternate(&before);
    let removed = timeline::remove_alternate(&before, AT, slot, alternate).expect("it is there");
    let after = made(&before, &removed);
    assert_eq!(only_slot(&after).1.pick, None);
}

#[test]
fn a_level_stays_within_what_a_person_can_set() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let (slot, alternate, _) = only_alternate(&before);
    let absurd = AlternateField::Gain(Decibels::from_hundredths(99_900));
    let shaped = timeline::shape(&before, AT, slot, alternate, absurd).expect("it changes");
    let after = made(&before, &shaped);
    assert_eq!(only_alternate(&after).2.gain, Decibels::MAX_GAIN);
}

#[test]
fn setting_a_fade_to_what_it_is_changes_nothing() {
    let before = dropped(&show(), &[LONG], Target::Scene(SCENE));
    let (slot, alternate, _) = only_alternate(&before);
    let same = AlternateField::FadeIn(Ticks::ZERO);
    let shaped = timeline::shape(&before, AT, slot, alternate, same);
    assert_eq!(shaped, Err(Immovable::Unchanged));
}
