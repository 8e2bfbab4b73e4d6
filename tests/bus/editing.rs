//! Editing while playing: only what changed is heard to change, in its place.

use needledrop::audio::Gain;
use needledrop::audio::Group;
use needledrop::audio::Part;
use needledrop::audio::Program;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::stage::*;

#[test]
fn the_same_sound_crossfaded_to_itself_is_as_if_nothing_had_happened() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "index:48000:60", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    stage.hear(SECOND);
    // Another part, so another voice, with the same sound in the same place.
    stage
        .engine()
        .update(program([part(1, "index:48000:60", Ticks::ZERO)]));
    let heard = stage.hear(SECOND);
    for (n, frame) in (48_000_i64..).zip(&heard) {
        let expected = n as f32 / 16_777_216.0;
        assert!(
            (frame[0] - expected).abs() < 2e-8,
            "{n}: {} {expected}",
            frame[0]
        );
    }
}

#[test]
fn a_nudge_of_one_frame_is_heard_at_once_and_to_the_sample() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "index:48000:60", Ticks::ZERO)]),
        frames(9600),
    );
    stage.hear(20_000);
    stage
        .engine()
        .update(program([part(0, "index:48000:60", frames(1920))]));
    let heard = stage.hear(10_000);
    assert_eq!(index(heard[2000]), 9600 + 22_000 - 1920);
}

#[test]
fn other_parts_do_not_notice_an_edit() {
    let guide = || Part {
        group: Group::Guide,
        ..part(9, "index:48000:60", Ticks::ZERO)
    };
    let music = |start| Part {
        gain: Gain::SILENT,
        ..part(1, "tone:48000:60", start)
    };
    let mut stage = Stage::new();
    stage.play(program([guide(), music(Ticks::ZERO)]), Ticks::ZERO);
    let mut heard = stage.hear(10_000);
    for n in 1..10 {
        stage
            .engine()
            .update(program([music(frames(n * 2000)), guide()]));
        heard.extend(stage.hear(2000));
    }
    for (n, frame) in (0_i64..).zip(&heard) {
        assert_eq!(index(*frame), n);
    }
}

#[test]
fn an_alternate_takes_over_at_the_same_place_in_sync() {
    let mut stage = Stage::new();
    let start = frames(10_000);
    stage.play(program([part(1, "tone:48000:60", start)]), frames(20_000));
    stage.hear(10_000);
    stage
        .engine()
        .update(program([part(2, "impulse:48000:60", start)]));
    // The line is at 30 000; the second's impulse of the alternate falls on 58 000.
    assert_eq!(impulses(&stage.hear(40_000)[2000..]), [26_000]);
}

#[test]
fn the_old_alternate_sounds_on_until_the_new_one_is_ready() {
    let mut stage = Stage::new();
    stage.play(
        program([part(1, "tone:48000:60", Ticks::ZERO)]),
        frames(1000),
    );
    stage.hear(SECOND);
    stage
        .engine()
        .update(program([part(2, "tone2:48000:60", Ticks::ZERO)]));
    // Nobody reads the new sound for 0.3 s; the ring of the old one lasts longer.
    let heard = stage.hear_without_workers(14_400);
    assert!(longest_silence(&heard) < 10);
    assert_eq!(stage.engine().diagnostics().late_frames, 0);
}

#[test]
fn going_back_before_the_change_was_ready_changes_nothing() {
    let first = || program([part(1, "index:48000:60", Ticks::ZERO)]);
    let mut stage = Stage::new();
    stage.play(first(), Ticks::ZERO);
    stage.hear(10_000);
    stage
        .engine()
        .update(program([part(2, "tone2:48000:60", Ticks::ZERO)]));
    stage.hear_without_workers(480);
    stage.engine().update(first());
    let heard = stage.hear(10_000);
    for (n, frame) in (10_480_i64..).zip(&heard) {
        assert_eq!(index(*frame), n);
    }
}

#[test]
fn a_part_brought_in_under_the_playhead_joins_in_its_place() {
    let mut stage = Stage::new();
    stage.play(
        program([part(1, "tone:48000:60", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    stage.hear(10_000);
    let music = Part {
        gain: Gain::SILENT,
        ..part(1, "tone:48000:60", Ticks::ZERO)
    };
    let joined = part(2, "index:48000:60", Ticks::ZERO);
    stage.engine().update(program([music, joined]));
    let heard = stage.hear(10_000);
    assert_eq!(index(heard[5000]), 15_000);
}

#[test]
fn a_part_trimmed_back_under_the_playhead_falls_silent_and_comes_back_when_untrimmed() {
    let trimmed = |to| {
        program([Part {
            heard: TickSpan::with_length(Ticks::ZERO, frames(to)),
            ..part(0, "index:48000:60", Ticks::ZERO)
        }])
    };
    let mut stage = Stage::new();
    stage.engine().play(trimmed(480_000), Ticks::ZERO);
    stage.hear(20_000);
    stage.engine().update(trimmed(10_000));
    let heard = stage.hear(10_000);
    assert!(heard[1000..].iter().all(|frame| frame[0].abs() < 1e-9));
    assert!(largest_step(&heard) < 0.001);
    stage.engine().update(trimmed(480_000));
    assert_eq!(
        stage.engine().heard(stage.now).state,
        needledrop::audio::HeardState::Ended
    );
}

#[test]
fn fades_follow_the_line_wherever_playing_begins() {
    let fading = || {
        program([Part {
            fade_in: frames(48_000),
            fade_out: frames(24_000),
            heard: TickSpan::with_length(Ticks::ZERO, frames(4 * 48_000)),
            gain: Gain::linear(0.8),
            ..part(0, "loud", Ticks::ZERO)
        }])
    };
    let mut whole = Stage::new();
    whole.play(fading(), Ticks::ZERO);
    let whole = whole.hear(4 * SECOND);
    assert!((whole[24_000][0] - 0.9 * 0.8 * 0.5).abs() < 1e-4);
    assert!((whole[60_000][0] - 0.9 * 0.8).abs() < 1e-6);
    assert!((whole[180_000][0] - 0.9 * 0.8 * 0.5).abs() < 1e-4);
    for from in [12_000_usize, 100_000, 175_000] {
        let mut stage = Stage::new();
        stage.play(fading(), frames(i64::try_from(from).expect("small")));
        let heard = stage.hear(2000);
        assert!(
            (heard[1000][0] - whole[from + 1000][0]).abs() < 1e-6,
            "{from}"
        );
    }
}

#[test]
fn a_group_fader_moves_its_group_only_and_stays_through_the_next_program() {
    let both = || {
        let guide = Part {
            group: Group::Guide,
            ..part(1, "index:48000:60", Ticks::ZERO)
        };
        program([part(0, "loud", Ticks::ZERO), guide])
    };
    let mut stage = Stage::new();
    stage.engine().set_group_gain(Group::Music, Gain::SILENT);
    stage.play(both(), Ticks::ZERO);
    let heard = stage.hear(5000);
    assert_eq!(index(heard[4000]), 4000);
    stage.play(both(), Ticks::ZERO);
    let heard = stage.hear(5000);
    assert_eq!(index(heard[4000]), 4000);
}

#[test]
fn a_mono_check_plays_the_mean_on_both_channels_without_a_click_and_goes_back() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "index:48000:60", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    stage.hear(SECOND);
    stage.engine().set_mono(true);
    let turning = stage.hear(SECOND);
    let step = |pair: &[[f32; 2]]| (pair[1][1] - pair[0][1]).abs();
    let largest = turning.windows(2).map(step).fold(0.0, f32::max);
    assert!(largest < 1e-4, "{largest}");
    let last = turning[SECOND - 1];
    assert_eq!(last[0].to_bits(), last[1].to_bits());
    let index = (2 * SECOND - 1) as f32 / 16_777_216.0;
    assert!((last[0] - index / 2.0).abs() < 1e-7);
    stage.engine().set_mono(false);
    let back = stage.hear(SECOND)[SECOND - 1];
    assert!(back[1] == 0.0 && back[0] > 0.0, "{back:?}");
}

#[test]
fn a_level_that_changes_by_itself_changes_slowly() {
    let at_gain = |gain: f32, easing| Program {
        easing,
        ..program([Part {
            gain: Gain::linear(gain),
            ..part(0, "index:48000:60", Ticks::ZERO)
        }])
    };
    let mut stage = Stage::new();
    stage.play(at_gain(0.25, None), Ticks::ZERO);
    stage.hear(SECOND);
    stage
        .engine()
        .update(at_gain(1.0, Some(Ticks::from_secs(1))));
    let heard = stage.hear(2 * SECOND);
    let level = |n: usize| heard[n][0] * 16_777_216.0 / (SECOND + n) as f32;
    for (n, expected) in [
        (SECOND / 4, 0.4375),
        (SECOND / 2, 0.625),
        (SECOND * 5 / 4, 1.0),
    ] {
        assert!((level(n) - expected).abs() < 0.01, "{n}: {}", level(n));
    }
}
