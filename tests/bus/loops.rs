//! Loops are seamless and exact to the sample, pass after pass.

use needledrop::audio::Part;
use needledrop::audio::Program;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::stage::*;

fn looped(name: &str, from: i64, length: i64) -> Program {
    Program {
        looping: Some(TickSpan::with_length(frames(from), frames(length))),
        ..program([part(0, name, Ticks::ZERO)])
    }
}

#[test]
fn every_pass_begins_with_the_first_sample_of_the_loop() {
    let mut stage = Stage::new();
    let (from, length) = (30_000_usize, 31_000_usize);
    stage.play(looped("index:48000:60", 30_000, 31_000), Ticks::ZERO);
    let heard = stage.hear(from + 40 * length);
    for pass in 1..40 {
        let point = from + pass * length;
        assert_eq!(index(heard[point]), 30_000, "pass {pass}");
        assert_eq!(index(heard[point + 500]), 30_500, "pass {pass}");
        assert_eq!(index(heard[point - 200]), 60_800, "pass {pass}");
    }
}

#[test]
fn impulses_keep_their_places_through_many_passes_at_another_rate() {
    let mut stage = Stage::new();
    stage.play(looped("impulse:44100:60", 24_000, 72_000), frames(24_000));
    let heard = stage.hear(30 * SECOND);
    for pass in 0..20 {
        let at = 24_000 + pass * 72_000;
        assert!(heard[at][0] > 0.5, "pass {pass}: {}", heard[at][0]);
    }
}

#[test]
fn the_shortest_loop_is_as_exact_as_any() {
    let mut stage = Stage::new();
    stage.play(looped("index:48000:60", 9600, 4800), Ticks::ZERO);
    let heard = stage.hear(9600 + 100 * 4800);
    for pass in 1..100 {
        assert_eq!(index(heard[9600 + pass * 4800]), 9600, "pass {pass}");
        assert_eq!(
            index(heard[9600 + pass * 4800 + 2000]),
            11_600,
            "pass {pass}"
        );
    }
}

#[test]
fn a_loop_set_while_playing_is_gone_round() {
    let mut stage = Stage::new();
    stage.play(looped_not("index:48000:60"), Ticks::ZERO);
    stage.hear(10_000);
    let span = TickSpan::with_length(frames(5000), frames(95_000));
    stage.engine().set_looping(Some(span));
    let heard = stage.hear(200_000);
    // The line was at 10 000 and jumps from 100 000 to 5000.
    assert_eq!(index(heard[80_000]), 90_000);
    assert_eq!(index(heard[90_000]), 5000);
    assert_eq!(index(heard[185_000]), 5000);
}

#[test]
fn letting_go_of_a_loop_in_its_last_moment_goes_straight_on() {
    let mut stage = Stage::new();
    stage.play(looped("index:48000:60", 0, 48_000), Ticks::ZERO);
    stage.hear(48_000 - 1000);
    stage.engine().set_looping(None);
    let heard = stage.hear(20_000);
    assert_eq!(index(heard[1500]), 48_500);
    assert_eq!(index(heard[15_000]), 62_000);
    assert!(largest_step(&heard) < 0.01);
}

#[test]
fn parts_within_a_loop_come_round_with_it() {
    let mut stage = Stage::new();
    let hit = Part {
        heard: TickSpan::with_length(frames(60_000), frames(10_000)),
        ..part(1, "impulse:48000:10", frames(62_000))
    };
    let mut program = looped("index:48000:60", 48_000, 48_000);
    program.parts.push(hit);
    stage.play(program, frames(48_000));
    let heard = stage.hear(10 * 48_000);
    let expected: Vec<usize> = (0..10).map(|pass| 14_000 + pass * 48_000).collect();
    assert_eq!(impulses(&heard), expected);
}

fn looped_not(name: &str) -> Program {
    program([part(0, name, Ticks::ZERO)])
}
