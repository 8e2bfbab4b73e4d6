//! What is told about where the line is.

use std::time::Duration;

use needledrop::audio::HeardState;
use needledrop::audio::Program;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::stage::*;

fn preview() -> Program {
    program([part(0, "tone:48000:60", Ticks::ZERO)])
}

#[test]
fn nothing_is_heard_before_anything_was_played() {
    let stage = Stage::new();
    assert_eq!(stage.engine().heard(stage.now).state, HeardState::Stopped);
}

#[test]
fn the_place_is_told_as_starting_until_the_first_frame_is_heard() {
    let mut stage = Stage::new();
    let take = stage.engine().play(preview(), Ticks::from_secs(3));
    let heard = stage.engine().heard(stage.now);
    assert_eq!(heard.state, HeardState::Starting);
    assert_eq!((heard.take, heard.at), (take, Ticks::from_secs(3)));
    stage.hear(480);
    let heard = stage.engine().heard(stage.now);
    assert_eq!((heard.take, heard.state), (take, HeardState::Playing));
}

#[test]
fn the_place_moves_with_what_was_rendered_and_between_blocks_with_the_time() {
    let mut stage = Stage::new();
    stage.play(preview(), Ticks::from_secs(3));
    stage.hear(SECOND);
    let at = |stage: &Stage, later: Duration| stage.engine().heard(stage.now + later).at;
    let here = at(&stage, Duration::ZERO);
    assert!(
        (here - Ticks::from_secs(4)).abs() < Ticks::from_millis(12),
        "{here:?}"
    );
    let later = at(&stage, Duration::from_millis(5));
    assert!((later - here - Ticks::from_millis(5)).abs() < Ticks::from_millis(1));
}

#[test]
fn a_device_that_stops_pulling_is_not_run_away_from() {
    let mut stage = Stage::new();
    stage.play(preview(), Ticks::ZERO);
    stage.hear(SECOND);
    let late = stage.now + Duration::from_secs(30);
    let heard = stage.engine().heard(late).at;
    assert!(heard < Ticks::from_millis(1200), "{heard:?}");
}

#[test]
fn the_place_never_moves_back_within_a_going_of_the_line() {
    let mut stage = Stage::new();
    stage.play(preview(), Ticks::ZERO);
    let mut last = Ticks::ZERO;
    for n in 0..500_u64 {
        // Pulls of uneven length at uneven times, as a busy system makes them.
        stage.hear(usize::try_from(100 + n * 7919 % 900).expect("small"));
        let jitter = Duration::from_micros(n * 104_729 % 9000);
        let here = stage.engine().heard(stage.now + jitter).at;
        assert!(here >= last, "{n}");
        last = here;
    }
}

#[test]
fn the_place_goes_round_with_the_loop() {
    let mut stage = Stage::new();
    let looping = TickSpan::with_length(Ticks::from_secs(1), Ticks::from_secs(2));
    let program = Program {
        looping: Some(looping),
        ..preview()
    };
    stage.play(program, Ticks::ZERO);
    for tenth in 1..100_i64 {
        stage.hear(4800);
        let here = stage.engine().heard(stage.now).at;
        let straight = tenth * 100;
        let expected = if straight < 3000 {
            straight
        } else {
            1000 + (straight - 1000) % 2000
        };
        let off = (here - Ticks::from_millis(expected)).abs();
        // At the very loop point either side is right.
        let wraps = Ticks::from_secs(2) - off;
        assert!(
            off.min(wraps.abs()) < Ticks::from_millis(12),
            "{expected}: {here:?}"
        );
    }
}

#[test]
fn a_seek_is_told_at_once_and_then_followed() {
    let mut stage = Stage::new();
    stage.play(preview(), Ticks::ZERO);
    stage.hear(SECOND);
    stage.engine().seek(Ticks::from_secs(20));
    let heard = stage.engine().heard(stage.now);
    assert_eq!(
        (heard.state, heard.at),
        (HeardState::Starting, Ticks::from_secs(20))
    );
    stage.hear(SECOND);
    let heard = stage.engine().heard(stage.now);
    assert_eq!(heard.state, HeardState::Playing);
    let off = (heard.at - Ticks::from_secs(21)).abs();
    assert!(off < Ticks::from_millis(12), "{off:?}");
}

#[test]
fn a_seek_while_paused_stays_paused_there() {
    let mut stage = Stage::new();
    stage.play(preview(), Ticks::ZERO);
    stage.hear(SECOND);
    stage.engine().pause();
    stage.hear(SECOND);
    assert_eq!(stage.engine().heard(stage.now).state, HeardState::Paused);
    stage.engine().seek(Ticks::from_secs(9));
    let silent = stage.hear(SECOND);
    assert!(silent.iter().all(|frame| frame[0] == 0.0));
    let heard = stage.engine().heard(stage.now);
    assert_eq!(
        (heard.state, heard.at),
        (HeardState::Paused, Ticks::from_secs(9))
    );
    stage.engine().resume();
    stage.hear(SECOND / 2);
    assert_eq!(stage.engine().heard(stage.now).state, HeardState::Playing);
}

#[test]
fn a_pause_asked_for_while_starting_holds_the_line_at_its_beginning() {
    let mut stage = Stage::new();
    stage.engine().play(preview(), Ticks::from_secs(5));
    stage.engine().pause();
    let silent = stage.hear(SECOND);
    assert!(silent.iter().all(|frame| frame[0] == 0.0));
    let heard = stage.engine().heard(stage.now);
    assert_eq!(
        (heard.state, heard.at),
        (HeardState::Paused, Ticks::from_secs(5))
    );
}

#[test]
fn stopping_is_told() {
    let mut stage = Stage::new();
    stage.play(preview(), Ticks::ZERO);
    stage.hear(SECOND);
    stage.engine().stop();
    stage.hear(SECOND);
    assert_eq!(stage.engine().heard(stage.now).state, HeardState::Stopped);
}
