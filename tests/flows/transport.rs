//! Shuttling, stepping, marked stretches and rounds.

use needledrop::app::Action;
use needledrop::app::Names;
use needledrop::app::Nudge;
use needledrop::app::PlayState;
use needledrop::app::TimelineAction;
use needledrop::app::TransportAction;
use needledrop::audio::Direction;
use needledrop::audio::End;
use needledrop::audio::Program;
use needledrop::audio::Speed;
use needledrop::model::AlternateId;
use needledrop::model::Opinion;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::ask;
use crate::cut;
use crate::last_played;
use crate::only_update;
use crate::press;
use crate::support::Stand;
use crate::support::player::Call;
use crate::support::show::Beach;
use crate::support::show::beach_show;

fn transport(stand: &mut Stand, action: TransportAction) {
    ask(stand, Action::Transport(action));
}

fn beach() -> (Stand, Beach) {
    let (show, beach) = beach_show();
    (Stand::with_show(&show), beach)
}

/// A core that plays the open cut from a place.
fn playing(from: Ticks) -> Stand {
    let (mut stand, _) = beach();
    transport(&mut stand, TransportAction::Seek(from));
    transport(&mut stand, TransportAction::Toggle);
    stand.player.take();
    stand
}

fn speed(stand: &Stand) -> Option<(Direction, Speed)> {
    let shuttle = stand.app.transport().shuttle();
    shuttle.map(|shuttle| (shuttle.direction, shuttle.speed))
}

#[test]
fn each_press_of_a_shuttle_key_goes_faster_and_the_other_turns_round() {
    use Direction::{Backwards, Forwards};

    let mut stand = playing(Ticks::from_secs(70));
    for (direction, expected) in [
        (Forwards, Some((Forwards, Speed::Twice))),
        (Forwards, Some((Forwards, Speed::FourTimes))),
        (Forwards, Some((Forwards, Speed::FourTimes))),
        (Backwards, Some((Backwards, Speed::Once))),
        (Backwards, Some((Backwards, Speed::Twice))),
        (Forwards, None),
    ] {
        transport(&mut stand, TransportAction::Shuttle(direction));
        assert_eq!(speed(&stand), expected, "{direction:?}");
        assert!(stand.app.is_moving());
    }
}

#[test]
fn the_playhead_runs_as_the_shuttle_does() {
    let mut stand = playing(Ticks::from_secs(70));
    transport(&mut stand, TransportAction::Shuttle(Direction::Backwards));
    transport(&mut stand, TransportAction::Shuttle(Direction::Backwards));
    stand.player.advance_to(Ticks::from_secs(3));
    stand.settle();
    assert_eq!(stand.app.playhead(), Ticks::from_secs(64));
}

#[test]
fn who_stops_shuttling_stands_there_and_goes_on_at_the_usual_speed() {
    let mut stand = playing(Ticks::from_secs(70));
    transport(&mut stand, TransportAction::Shuttle(Direction::Forwards));
    stand.player.advance_to(Ticks::from_secs(5));
    stand.settle();
    transport(&mut stand, TransportAction::Toggle);
    assert_eq!(stand.app.playhead(), Ticks::from_secs(80));
    assert_eq!(stand.app.transport().state(), PlayState::Paused);
    let (program, from) = last_played(stand.player.take());
    assert_eq!(from, Ticks::from_secs(80));
    assert!(program.parts.iter().all(|part| part.pace.is_plain()));
    transport(&mut stand, TransportAction::Toggle);
    assert_eq!(stand.player.take(), [Call::Resume]);
}

#[test]
fn a_step_of_a_frame_is_heard_for_a_moment_and_stands() {
    let (mut stand, _) = beach();
    transport(&mut stand, TransportAction::Seek(Ticks::from_secs(70)));
    transport(&mut stand, TransportAction::Jog(Nudge::Frames(1)));
    let frame = cut(&stand.app).timebase.rate().frame_length();
    let there = Ticks::from_secs(70) + frame;
    let (program, from) = last_played(stand.player.take());
    assert_eq!(from, there);
    let End::At(end) = program.end else {
        panic!("{:?}", program.end);
    };
    assert!(end - there < Ticks::from_millis(100), "{end:?}");
    stand.player.advance_to(there + Ticks::from_millis(20));
    stand.settle();
    assert_eq!(stand.app.playhead(), there);
    assert_eq!(stand.app.transport().state(), PlayState::Paused);
}

#[test]
fn stepping_while_it_plays_stops_it_at_the_frame_beside() {
    let mut stand = playing(Ticks::from_secs(70));
    stand.player.advance_to(Ticks::from_secs(75));
    stand.settle();
    transport(&mut stand, TransportAction::Jog(Nudge::Frames(-1)));
    let frame = cut(&stand.app).timebase.rate().frame_length();
    assert_eq!(stand.app.playhead(), Ticks::from_secs(75) - frame);
    assert!(!stand.app.is_moving());
}

#[test]
fn a_marked_stretch_is_played_from_in_to_out() {
    let (mut stand, _) = beach();
    let range = TickSpan::between(Ticks::from_secs(65), Ticks::from_secs(72));
    transport(&mut stand, TransportAction::Mark(Some(range)));
    transport(&mut stand, TransportAction::PlayRange);
    let (program, from) = last_played(stand.player.take());
    assert_eq!((from, program.end), (range.start(), End::At(range.end())));
}

#[test]
fn a_marked_stretch_repeats_rather_than_the_armed_scene() {
    let (mut stand, beach) = beach();
    transport(&mut stand, TransportAction::PlayScene(beach.hut));
    transport(&mut stand, TransportAction::ToggleLoop);
    let scene = cut(&stand.app).scene(beach.hut).expect("it is there").span;
    stand.player.take().pop();
    let range = TickSpan::between(Ticks::from_secs(65), Ticks::from_secs(72));
    transport(&mut stand, TransportAction::Mark(Some(range)));
    assert_eq!(only_update(stand.player.take()).looping, Some(range));
    transport(&mut stand, TransportAction::Mark(None));
    assert_eq!(only_update(stand.player.take()).looping, Some(scene));
}

#[test]
fn the_next_marker_is_played_with_what_is_before_and_after_it() {
    let (mut stand, _) = beach();
    let (_, marker) = cut(&stand.app).markers()[0];
    let marker = marker.at;
    transport(&mut stand, TransportAction::PlayAroundMarker);
    let (program, from) = last_played(stand.player.take());
    let settings = stand.app.settings();
    assert_eq!(from, (marker - settings.pre_roll()).max(Ticks::ZERO));
    assert_eq!(program.end, End::At(marker + settings.post_roll()));
}

#[test]
fn a_place_after_the_armed_scene_can_be_played_from() {
    let (mut stand, beach) = beach();
    transport(&mut stand, TransportAction::Arm(Some(beach.hut)));
    let after = cut(&stand.app).length - Ticks::from_secs(5);
    transport(&mut stand, TransportAction::Seek(after));
    transport(&mut stand, TransportAction::Toggle);
    let (program, from) = last_played(stand.player.take());
    assert_eq!(from, after);
    assert_eq!(program.end, End::At(cut(&stand.app).length));
}

/// A core in a round of the hut's three alternates, and what it plays.
fn round(names: Names) -> (Stand, Program) {
    let (mut stand, beach) = beach();
    transport(&mut stand, TransportAction::Arm(Some(beach.hut)));
    transport(&mut stand, TransportAction::Seek(Ticks::from_secs(70)));
    transport(&mut stand, TransportAction::ToggleRound(names));
    let (program, from) = last_played(stand.player.take());
    assert_eq!(from, Ticks::ZERO);
    (stand, program)
}

#[test]
fn a_round_plays_every_alternate_at_the_same_place_one_after_another() {
    let (mut stand, program) = round(Names::Shown);
    let each = stand.app.settings().round();
    let music: Vec<_> = program
        .parts
        .iter()
        .filter(|part| part.group == needledrop::audio::Group::Music)
        .collect();
    assert_eq!(music.len(), 3);
    for (n, part) in (0..).zip(&music) {
        let begin = Ticks::new(each.get() * n);
        assert_eq!(part.heard, TickSpan::with_length(begin, each));
        // All three begin at second 60 of the cut, ten seconds before the round's place.
        assert_eq!(part.start, begin - Ticks::from_secs(10));
    }
    assert_eq!(program.end, End::At(Ticks::new(each.get() * 3)));
    stand.player.advance_to(each + Ticks::from_secs(2));
    stand.settle();
    let turn = stand.app.transport().turn().expect("a round is on");
    assert_eq!(turn.alternate, AlternateId::from_u128(51));
    assert_eq!(stand.app.playhead(), Ticks::from_secs(72));
}

#[test]
fn when_a_round_is_over_the_playhead_is_where_it_began() {
    let (mut stand, _) = round(Names::Shown);
    transport(&mut stand, TransportAction::ToggleRound(Names::Shown));
    assert_eq!(stand.app.transport().turn(), None);
    assert_eq!(stand.app.playhead(), Ticks::from_secs(70));
}

#[test]
fn a_verdict_is_noted_on_the_alternate_with_who_and_when_and_the_next_turn_comes() {
    let (mut stand, _) = round(Names::Hidden);
    let turn = stand.app.transport().turn().expect("a round is on");
    ask(
        &mut stand,
        Action::Timeline(TimelineAction::Judge(Opinion::Maybe)),
    );
    let show = stand.app.show().expect("a show is open");
    let alternate = cut(&stand.app).slot(turn.slot).expect("it is there");
    let alternate = alternate.alternate(turn.alternate).expect("it too");
    let (person, verdict) = alternate.verdicts.first_key_value().expect("it was judged");
    assert_eq!(verdict.opinion, Opinion::Maybe);
    assert_eq!(verdict.at.date(), "2026-11-22");
    assert!(show.person(*person).is_some());
    let each = stand.app.settings().round();
    assert_eq!(stand.player.take(), [Call::Seek(each)]);
    assert_eq!(
        stand.app.transport().turn().map(|turn| turn.number),
        Some(1)
    );
}

#[test]
fn a_blind_round_tells_nobody_what_it_plays() {
    let (mut stand, _) = round(Names::Hidden);
    let turn = stand.app.transport().turn().expect("a round is on");
    let slot = cut(&stand.app).slot(turn.slot).expect("it is there");
    let track = slot.alternate(turn.alternate).expect("it too").track;
    assert_eq!(stand.app.place_in_track(track), None);
    ask(
        &mut stand,
        Action::Timeline(TimelineAction::Judge(Opinion::Keep)),
    );
    let undo = stand.app.session().and_then(|session| session.undo_label());
    assert_eq!(undo, Some("keep an alternate"));
}

#[test]
fn after_the_last_verdict_of_a_round_it_is_over() {
    let (mut stand, _) = round(Names::Hidden);
    for opinion in Opinion::ALL {
        ask(&mut stand, Action::Timeline(TimelineAction::Judge(opinion)));
    }
    assert_eq!(stand.app.transport().turn(), None);
    let slot = cut(&stand.app).slots()[0].1;
    assert!(slot.alternates().iter().all(|(_, a)| a.verdicts.len() == 1));
}

#[test]
fn what_cannot_be_compared_makes_no_round() {
    let (mut stand, beach) = beach();
    transport(&mut stand, TransportAction::Arm(Some(beach.pier)));
    transport(&mut stand, TransportAction::ToggleRound(Names::Shown));
    assert_eq!(stand.player.take(), []);
    assert_eq!(stand.app.notices().len(), 1);
}

#[test]
fn a_shuttled_preview_goes_back_to_its_beginning() {
    let (mut stand, _) = beach();
    ask(&mut stand, press(0));
    stand.player.advance_to(Ticks::from_secs(30));
    stand.settle();
    transport(&mut stand, TransportAction::Shuttle(Direction::Backwards));
    stand.player.advance_to(Ticks::from_secs(4));
    stand.settle();
    assert_eq!(stand.app.transport().position(), Ticks::from_secs(26));
}

#[test]
fn the_alternates_of_the_armed_slot_are_kept_ready_and_let_go_with_it() {
    let (mut stand, beach) = beach();
    transport(&mut stand, TransportAction::Arm(Some(beach.hut)));
    assert_eq!(stand.player.held().len(), 3);
    transport(&mut stand, TransportAction::Arm(Some(beach.pier)));
    assert_eq!(stand.player.held(), Vec::<String>::new());
}
