//! Nothing clicks: no sample steps further than the material itself does.

use needledrop::audio::Gain;
use needledrop::audio::Group;
use needledrop::audio::Part;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::stage::*;

/// The largest step of both sines at 0.5 together, with the slope of the shortest fade (3 ms) on
/// top: a twelfth of full scale would be the smallest cut-off one can hear here.
const MATERIAL: f32 = 0.5 * std::f32::consts::TAU * 550.0 / 48_000.0 + 0.5 * 1.5 / 144.0 + 0.001;

fn tone(id: u64) -> Part {
    part(id, "tone:48000:60", Ticks::ZERO)
}

fn other_tone(id: u64) -> Part {
    part(id, "tone2:44100:60", Ticks::ZERO)
}

#[test]
fn the_measure_itself_sees_a_click() {
    let mut heard: Vec<[f32; 2]> = vec![[0.0; 2]; 100];
    heard[50..].fill([0.1, 0.1]);
    assert!(largest_step(&heard) > MATERIAL);
}

#[test]
fn beginning_in_the_middle_of_a_sound_does_not_click() {
    let mut stage = Stage::new();
    // A quarter of a period in: the material stands at its height.
    stage.play(program([tone(0)]), frames(48_000 + 54));
    let mut heard = vec![[0.0; 2]];
    heard.extend(stage.hear(SECOND / 2));
    assert!(largest_step(&heard) < MATERIAL, "{}", largest_step(&heard));
}

#[test]
fn replacing_one_program_by_another_neither_clicks_nor_leaves_a_gap() {
    let mut stage = Stage::new();
    stage.play(program([tone(0)]), frames(1000));
    let mut heard = stage.hear(20_000);
    for n in 0..8 {
        let next = if n % 2 == 0 { other_tone(0) } else { tone(0) };
        stage.engine().play(program([next]), frames(5000 + n * 777));
        heard.extend(stage.hear(3777));
    }
    assert!(largest_step(&heard) < MATERIAL, "{}", largest_step(&heard));
    assert!(longest_silence(&heard[200..]) < 40);
}

#[test]
fn seeking_neither_clicks_nor_leaves_a_gap() {
    let mut stage = Stage::new();
    stage.play(program([tone(0)]), frames(1000));
    let mut heard = stage.hear(10_000);
    for n in 0..8 {
        stage.engine().seek(frames(50_000 + n * 12_345));
        heard.extend(stage.hear(3001));
    }
    assert!(largest_step(&heard) < MATERIAL, "{}", largest_step(&heard));
    assert!(longest_silence(&heard[200..]) < 40);
}

#[test]
fn pausing_going_on_and_stopping_do_not_click() {
    let mut stage = Stage::new();
    stage.play(program([tone(0)]), frames(1000));
    let mut heard = stage.hear(5000);
    for n in 0..10 {
        stage.engine().pause();
        // Sometimes before the way down has come to its end.
        heard.extend(stage.hear(100 + n * 60));
        stage.engine().resume();
        heard.extend(stage.hear(1000 + n * 77));
    }
    stage.engine().stop();
    heard.extend(stage.hear(5000));
    assert!(largest_step(&heard) < MATERIAL, "{}", largest_step(&heard));
    assert!(heard.last().is_some_and(|frame| frame[0].abs() < 1e-9));
}

#[test]
fn another_sound_in_the_same_place_is_crossfaded_to() {
    let mut stage = Stage::new();
    stage.play(program([tone(0)]), frames(1000));
    let mut heard = stage.hear(10_000);
    for n in 0..6 {
        let next = if n % 2 == 0 { other_tone(0) } else { tone(0) };
        stage.engine().update(program([next]));
        heard.extend(stage.hear(3001));
    }
    assert!(largest_step(&heard) < MATERIAL, "{}", largest_step(&heard));
    assert!(longest_silence(&heard[200..]) < 40);
}

#[test]
fn hard_edges_of_parts_do_not_click() {
    let mut stage = Stage::new();
    let parts = (0..8).map(|n| Part {
        heard: TickSpan::with_length(frames(2000 + n * 9999), frames(7001)),
        ..tone(u64::try_from(n).expect("small"))
    });
    stage.play(program(parts), Ticks::ZERO);
    let heard = stage.hear(2 * SECOND);
    assert!(largest_step(&heard) < MATERIAL, "{}", largest_step(&heard));
}

#[test]
fn changes_of_level_are_led_over() {
    let mut stage = Stage::new();
    stage.play(program([tone(0)]), Ticks::ZERO);
    let mut heard = stage.hear(5000);
    for n in 0..10 {
        let gain = if n % 2 == 0 {
            Gain::SILENT
        } else {
            Gain::UNITY
        };
        stage.engine().update(program([Part { gain, ..tone(0) }]));
        heard.extend(stage.hear(300 + n * 100));
        stage.engine().set_group_gain(Group::Music, gain);
        heard.extend(stage.hear(300 + n * 100));
    }
    assert!(largest_step(&heard) < MATERIAL, "{}", largest_step(&heard));
}

#[test]
fn a_part_that_is_taken_out_while_it_sounds_does_not_click() {
    let mut stage = Stage::new();
    stage.play(program([tone(0)]), frames(1000));
    let mut heard = stage.hear(5001);
    stage.engine().update(program([]));
    heard.extend(stage.hear(5000));
    assert!(largest_step(&heard) < MATERIAL, "{}", largest_step(&heard));
    assert!(heard.last().is_some_and(|frame| frame[0].abs() < 1e-9));
}

#[test]
fn a_loop_point_does_not_click() {
    let mut stage = Stage::new();
    let mut looped = program([tone(0)]);
    looped.looping = Some(TickSpan::with_length(frames(10_000), frames(12_345)));
    stage.play(looped, Ticks::ZERO);
    let heard = stage.hear(3 * SECOND);
    assert!(largest_step(&heard) < MATERIAL, "{}", largest_step(&heard));
    assert!(longest_silence(&heard[200..]) < 40);
}

#[test]
fn what_is_too_loud_is_kept_in_range() {
    let mut stage = Stage::new();
    let parts = [part(0, "loud", Ticks::ZERO), part(1, "loud", Ticks::ZERO)];
    stage.play(program(parts), Ticks::ZERO);
    let heard = stage.hear(SECOND / 4);
    assert!(heard.iter().flatten().all(|sample| sample.abs() <= 1.0));
    assert!((heard[5000][0] - 1.0).abs() < 1e-6);
}

#[test]
fn what_is_not_a_number_is_silence() {
    let mut stage = Stage::new();
    stage.play(program([part(0, "nonsense", Ticks::ZERO)]), Ticks::ZERO);
    let heard = stage.hear(SECOND / 4);
    assert!(heard.iter().flatten().all(|sample| *sample == 0.0));
}
