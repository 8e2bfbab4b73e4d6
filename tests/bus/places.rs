//! Everything lands on its frame.

use needledrop::audio::HeardState;
use needledrop::audio::Part;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::stage::*;

#[test]
fn a_sound_begins_with_its_first_sample_in_the_first_frame() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "impulse:48000:5", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    let heard = stage.hear(3 * SECOND);
    assert_eq!(impulses(&heard), [0, SECOND, 2 * SECOND]);
    assert!((heard[0][0] - 0.9).abs() < 1e-6, "{:?}", heard[0]);
}

#[test]
fn playing_from_a_place_is_exact_to_the_sample() {
    let mut stage = Stage::new();
    let program = program([part(0, "index:48000:60", Ticks::ZERO)]);
    stage.play(program, frames(12_345));
    let heard = stage.hear(SECOND);
    for n in [200, 1000, 12_000, 47_000_usize] {
        assert_eq!(index(heard[n]), 12_345 + i64::try_from(n).expect("small"));
    }
}

#[test]
fn a_part_begins_where_it_was_placed_on_the_line() {
    let mut stage = Stage::new();
    let start = frames(30_007);
    stage.play(program([part(0, "impulse:48000:5", start)]), Ticks::ZERO);
    assert_eq!(impulses(&stage.hear(2 * SECOND)), [30_007, 78_007]);
}

#[test]
fn a_part_that_begins_before_the_line_is_joined_in_its_middle() {
    let mut stage = Stage::new();
    let start = -frames(30_007);
    stage.play(program([part(0, "impulse:48000:5", start)]), Ticks::ZERO);
    assert_eq!(impulses(&stage.hear(SECOND)), [SECOND - 30_007]);
}

#[test]
fn seeking_lands_on_the_frame_asked_for() {
    let mut stage = Stage::new();
    let program = program([part(0, "impulse:48000:60", Ticks::ZERO)]);
    stage.play(program, Ticks::ZERO);
    stage.hear(SECOND / 3);
    stage.engine().seek(frames(47_000));
    assert_eq!(impulses(&stage.hear(SECOND / 2)), [1000]);
    stage.engine().seek(frames(5 * 48_000 - 2000));
    assert_eq!(impulses(&stage.hear(SECOND / 2)), [2000]);
}

#[test]
fn a_sound_at_another_rate_lands_on_the_same_frames() {
    for name in ["impulse:44100:20", "impulse:96000:20", "impulse:32000:20"] {
        let mut stage = Stage::new();
        let program = program([part(0, name, frames(777))]);
        stage.play(program, Ticks::ZERO);
        let heard = stage.hear(2 * SECOND + 2000);
        let expected = [777, 777 + SECOND, 777 + 2 * SECOND];
        assert_eq!(loudest_near(&heard, &expected), expected, "{name}");
        stage.engine().seek(frames(7 * 48_000 + 100));
        let heard = stage.hear(SECOND);
        assert_eq!(loudest_near(&heard, &[677]), [677], "{name}");
    }
}

/// The loudest frame within 300 of each of these.
fn loudest_near(heard: &[[f32; 2]], places: &[usize]) -> Vec<usize> {
    let loudest = |&place: &usize| {
        let range = place.saturating_sub(300)..(place + 300).min(heard.len());
        range.max_by(|&a, &b| heard[a][0].abs().total_cmp(&heard[b][0].abs()))
    };
    places.iter().filter_map(loudest).collect()
}

#[test]
fn pausing_and_going_on_loses_no_sample() {
    let mut stage = Stage::new();
    let program = program([part(0, "index:48000:60", Ticks::ZERO)]);
    stage.play(program, Ticks::ZERO);
    let before = stage.hear(10_000);
    assert_eq!(index(before[9_999]), 9_999);
    stage.engine().pause();
    let paused = stage.hear(20_000);
    // Led down within 6 ms, then silent.
    assert!(paused[288..].iter().all(|frame| frame[0].abs() < 1e-9));
    stage.engine().resume();
    let after = stage.hear(10_000);
    // It stood still after the 288 frames it was led down over.
    assert_eq!(index(after[5000]), 10_000 + 288 + 5000);
}

#[test]
fn parts_begin_at_one_frame_and_stay_in_step() {
    let mut stage = Stage::new();
    let parts = [
        part(0, "impulse:48000:30", Ticks::ZERO),
        part(1, "impulse:44100:30", Ticks::ZERO),
    ];
    stage.play(program(parts), frames(40_000));
    let heard = stage.hear(10 * SECOND);
    for second in 0..9 {
        let at = 8000 + second * SECOND;
        // Both impulses in one frame are louder than either alone.
        assert!(heard[at][0] > 0.95, "second {second}: {}", heard[at][0]);
    }
}

#[test]
fn a_part_is_heard_only_on_its_stretch_of_the_line() {
    let mut stage = Stage::new();
    let heard_on = TickSpan::with_length(frames(24_000), frames(48_000));
    let part = Part {
        heard: heard_on,
        ..part(0, "tone:48000:60", Ticks::ZERO)
    };
    stage.play(program([part]), Ticks::ZERO);
    let heard = stage.hear(2 * SECOND);
    let is_silent = |range: std::ops::Range<usize>| heard[range].iter().all(|f| f[0].abs() < 1e-9);
    assert!(is_silent(0..24_000 - 144));
    assert!(is_silent(72_000..96_000));
    assert!(longest_silence(&heard[24_000..71_900]) < 10);
}

#[test]
fn a_preview_ends_by_itself_when_its_sound_has_sounded_out() {
    let mut stage = Stage::new();
    stage.play(program([part(0, "tone:48000:2", Ticks::ZERO)]), Ticks::ZERO);
    let heard = stage.hear(3 * SECOND);
    assert!(longest_silence(&heard[..2 * SECOND]) < 10);
    assert!(
        heard[2 * SECOND..]
            .iter()
            .all(|frame| frame[0].abs() < 1e-9)
    );
    let at_end = stage.engine().heard(stage.now);
    assert_eq!(at_end.state, HeardState::Ended);
    let past_end = at_end.at - Ticks::from_secs(2);
    assert!(past_end < Ticks::from_millis(20), "{past_end:?}");
}

#[test]
fn the_last_samples_of_a_sound_are_heard_as_they_are() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "index:48000:1", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    let heard = stage.hear(2 * SECOND);
    assert_eq!(index(heard[SECOND - 1]), 47_999);
    assert_eq!(index(heard[SECOND]), 0);
}
