//! Workers in time and workers late.

use needledrop::audio::Event;
use needledrop::audio::HeardState;
use needledrop::audio::PartId;
use needledrop::time::Ticks;

use crate::stage::*;

#[test]
fn a_starved_voice_is_silent_and_counted_and_comes_back_in_sync() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "index:48000:60", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    stage.hear(1000);
    // The ring holds 1.5 s; after that nobody fills it.
    let starved = stage.hear_without_workers(2 * SECOND);
    let silence = longest_silence(&starved);
    assert!(silence > SECOND / 3, "{silence}");
    assert!(largest_step(&starved) < 0.001, "led down, not cut off");
    let counted = stage.engine().diagnostics();
    assert_eq!(counted.starved, 1);
    let late = usize::try_from(counted.late_frames).expect("small");
    assert!(silence.abs_diff(late) < 200, "{silence} {late}");
    let back = stage.hear(SECOND);
    assert_eq!(index(back[40_000]), 1000 + 96_000 + 40_000);
}

#[test]
fn parts_wait_for_a_slow_one_but_not_for_ever_and_it_joins_in_sync() {
    let mut stage = Stage::new();
    let parts = [
        part(0, "impulse:48000:60", Ticks::ZERO),
        part(1, "index:48000:60", Ticks::ZERO),
    ];
    stage.engine().play(program(parts), Ticks::ZERO);
    stage.hand.conduct(stage.now);
    // One job: the first part is ready, the second is not.
    assert!(stage.hand.work_once());
    stage.hear_without_workers(7000);
    assert_eq!(stage.engine().heard(stage.now).state, HeardState::Starting);
    stage.hear_without_workers(2000);
    let begun = stage.engine().heard(stage.now);
    assert_eq!(begun.state, HeardState::Playing);
    assert_eq!(stage.engine().diagnostics().late_starts, 1);
    let heard = stage.hear(60_000);
    let [second] = impulses(&heard)[..] else {
        panic!("one second passes");
    };
    assert_eq!(index(heard[second + 1]), 48_001);
}

#[test]
fn what_sounds_goes_on_for_a_while_and_falls_silent_when_the_next_is_slow() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "tone:48000:60", Ticks::ZERO)]),
        frames(1000),
    );
    stage.hear(SECOND);
    stage.engine().play(
        program([part(0, "tone2:48000:60", Ticks::ZERO)]),
        frames(1000),
    );
    let waiting = stage.hear_without_workers(SECOND);
    assert!(longest_silence(&waiting[..11_000]) < 10, "no gap at once");
    assert!(waiting[14_000..].iter().all(|frame| frame[0] == 0.0));
    assert!(largest_step(&waiting) < 0.05);
    assert!(longest_silence(&stage.hear(5000)[1000..]) < 10);
}

#[test]
fn a_part_that_cannot_be_opened_is_not_waited_for() {
    let mut stage = Stage::new();
    let parts = [
        part(0, "missing", Ticks::ZERO),
        part(1, "index:48000:60", Ticks::ZERO),
    ];
    stage.play(program(parts), Ticks::ZERO);
    assert_eq!(index(stage.hear(1000)[900]), 900);
}

#[test]
fn only_the_newest_of_many_plays_is_heard() {
    let mut stage = Stage::new();
    for n in 0..50 {
        let name = format!("tone:48000:{}", n + 5);
        stage
            .engine()
            .play(program([part(0, &name, Ticks::ZERO)]), Ticks::ZERO);
    }
    let newest = program([part(0, "index:48000:60", Ticks::ZERO)]);
    let take = stage.engine().play(newest, Ticks::ZERO);
    let heard = stage.hear(5000);
    assert_eq!(index(heard[4000]), 4000);
    assert_eq!(stage.engine().heard(stage.now).take, take);
    let opened = stage
        .sounds
        .opened
        .lock()
        .expect("no test panics here")
        .clone();
    // Twice: once to be heard, and once more for the next seek.
    assert_eq!(opened, ["index:48000:60"; 2]);
}

#[test]
fn a_newer_play_overtakes_one_that_is_being_prepared() {
    let mut stage = Stage::new();
    stage.engine().play(
        program([part(0, "tone:48000:60", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    stage.hand.conduct(stage.now);
    stage.engine().play(
        program([part(0, "index:48000:60", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    let heard = stage.hear(5000);
    for (n, frame) in (0_i64..).zip(&heard) {
        assert_eq!(index(*frame), n);
    }
}

#[test]
fn what_was_warmed_begins_without_a_worker() {
    let mut stage = Stage::new();
    stage
        .engine()
        .warm(vec![(sound("index:48000:60"), frames(5000))]);
    stage.hand.settle(stage.now);
    stage.engine().play(
        program([part(0, "index:48000:60", Ticks::ZERO)]),
        frames(5000),
    );
    let heard = stage.hear_without_workers(20_000);
    assert_eq!(index(heard[10_000]), 15_000);
    assert_eq!(stage.engine().diagnostics().heads_used, 1);
    // And it goes on where the head ends, without opening the sound again.
    let heard = stage.hear(2 * SECOND);
    assert_eq!(index(heard[90_000]), 115_000);
    assert_eq!(stage.engine().diagnostics().opened, 1);
}

#[test]
fn warming_the_same_again_costs_nothing() {
    let mut stage = Stage::new();
    for _ in 0..10 {
        stage
            .engine()
            .warm(vec![(sound("tone:48000:60"), Ticks::ZERO)]);
        stage.hand.settle(stage.now);
    }
    assert_eq!(stage.engine().diagnostics().opened, 1);
    assert!(!stage.hand.work_once());
}

#[test]
fn a_sound_is_kept_open_for_the_next_seek() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "index:48000:60", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    for n in 0..10 {
        stage.engine().seek(Ticks::from_secs(n));
        stage.hear(2000);
    }
    assert!(stage.engine().diagnostics().opened <= 2);
}

#[test]
fn a_missing_file_is_told_and_the_preview_is_over() {
    let mut stage = Stage::new();
    stage.play(program([part(7, "missing", Ticks::ZERO)]), Ticks::ZERO);
    stage.hear(1000);
    let events = stage.engine().events();
    let told = events.iter().any(|event| {
        matches!(event, Event::PartFailed { part: PartId(7), why, .. } if why == "the file is gone")
    });
    assert!(told, "{events:?}");
    assert!(
        events
            .iter()
            .any(|event| matches!(event, Event::Ended { .. }))
    );
    assert_eq!(stage.engine().heard(stage.now).state, HeardState::Stopped);
}

#[test]
fn a_part_that_fails_does_not_hold_up_the_others() {
    for bad in ["missing", "bomb"] {
        let mut stage = Stage::new();
        let parts = [
            part(0, bad, Ticks::ZERO),
            part(1, "index:48000:60", Ticks::ZERO),
        ];
        stage.play(program(parts), Ticks::ZERO);
        let heard = stage.hear(5000);
        assert_eq!(index(heard[4000]), 4000, "{bad}");
        assert_eq!(stage.engine().diagnostics().failed, 1, "{bad}");
    }
}

#[test]
fn a_file_that_breaks_off_is_heard_as_far_as_it_goes() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "broken:48000:60", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    let heard = stage.hear(2 * SECOND);
    assert!(longest_silence(&heard[..24_000]) < 10);
    assert!(longest_silence(&heard[30_000..]) > 60_000);
    let events = stage.engine().events();
    assert!(
        events
            .iter()
            .any(|event| matches!(event, Event::PartFailed { .. }))
    );
}

#[test]
fn an_engine_with_nothing_to_do_asks_for_nothing() {
    let mut stage = Stage::new();
    stage.play(program([part(0, "tone:48000:1", Ticks::ZERO)]), Ticks::ZERO);
    stage.hear(2 * SECOND);
    assert!(!stage.hand.work_once());
    let heard = stage.hear_without_workers(SECOND);
    assert!(heard.iter().all(|frame| frame[0] == 0.0));
}

#[test]
fn what_is_held_is_swapped_to_and_sought_in_without_opening_a_file() {
    let mut stage = Stage::new();
    let alternates = ["tone:44100:90", "tone2:48000:90"];
    let held = alternates.map(sound).to_vec();
    stage.engine().hold(held, 1 << 30);
    stage.hand.settle(stage.now);
    stage.sounds.opened.lock().expect("nobody panics").clear();
    let alternate = |n: usize| program([part(n as u64, alternates[n % 2], Ticks::ZERO)]);
    stage.play(alternate(0), Ticks::from_secs(30));
    for n in 1..20 {
        stage.engine().update(alternate(n));
        stage.hear(SECOND / 10);
        stage.engine().seek(Ticks::from_secs(2 * n as i64));
        let heard = stage.hear(SECOND / 10);
        assert!(longest_silence(&heard) < 40, "swap {n}");
    }
    let opened = stage.sounds.opened.lock().expect("nobody panics");
    assert_eq!(*opened, Vec::<String>::new());
}
