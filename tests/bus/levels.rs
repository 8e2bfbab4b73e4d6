//! How loud it is: one group under the other, and what the meters say.

use needledrop::audio::Group;
use needledrop::audio::Part;
use needledrop::audio::Program;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::stage::*;

/// Music all the time, and a guide from one second to two.
fn ducked(group: Option<Group>) -> Program {
    let guide = Part {
        group: Group::Guide,
        heard: TickSpan::between(Ticks::from_secs(1), Ticks::from_secs(2)),
        ..part(1, "loud:48000:60", Ticks::ZERO)
    };
    Program {
        ducked: group,
        ..program([part(0, "index:48000:60", Ticks::ZERO), guide])
    }
}

/// The music's level in a frame: its own sample is known by its number. The guide's own sound is
/// the same on both sides but for its sign.
fn music_level(program: Program, at: usize) -> f32 {
    let mut stage = Stage::new();
    stage.play(program, Ticks::ZERO);
    let heard = stage.hear(at + 1)[at];
    (heard[0] + heard[1]) * 16_777_216.0 / at as f32
}

#[test]
fn music_makes_room_while_the_guide_sounds_and_comes_back_after() {
    let level = |at| music_level(ducked(Some(Group::Music)), at);
    assert!((level(40_000) - 1.0).abs() < 1e-3, "{}", level(40_000));
    let ten_decibels = 0.316_f32;
    let under = level(80_000);
    assert!((under - ten_decibels).abs() < 2e-3, "{under}");
    assert!((level(160_000) - 1.0).abs() < 1e-3, "{}", level(160_000));
}

#[test]
fn without_ducking_music_is_left_as_it_is() {
    let before = music_level(ducked(None), 40_000);
    assert!((before - 1.0).abs() < f32::EPSILON, "{before}");
}

#[test]
fn turning_ducking_on_while_it_plays_makes_no_jump() {
    let tone = |id, group| Part {
        group,
        ..part(id, "tone:48000:60", Ticks::ZERO)
    };
    let both = |ducked| Program {
        ducked,
        ..program([tone(0, Group::Music), tone(1, Group::Guide)])
    };
    let mut stage = Stage::new();
    stage.play(both(None), Ticks::ZERO);
    let mut heard = stage.hear(SECOND / 2);
    stage.engine().update(both(Some(Group::Music)));
    heard.extend(stage.hear(SECOND / 2));
    stage.engine().update(both(Some(Group::Guide)));
    heard.extend(stage.hear(SECOND / 2));
    let material = std::f32::consts::TAU * 220.0 / 48_000.0;
    assert!(largest_step(&heard) < material + 0.001);
}

#[test]
fn the_meter_tells_the_loudness_of_the_last_moment() {
    let mut stage = Stage::new();
    stage.play(
        program([part(0, "tone:48000:60", Ticks::ZERO)]),
        Ticks::ZERO,
    );
    stage.hear(SECOND);
    let lufs = stage.engine().loudness(Group::Music).expect("it sounds");
    // A sine of half of full scale on both sides, at a frequency that the weighting leaves nearly
    // as it is: −0.691 + 10 log10(2 · 0.5² / 2) (ITU-R BS.1770-5, annex 1).
    assert!((lufs + 6.7).abs() < 0.3, "{lufs}");
    assert_eq!(stage.engine().loudness(Group::Guide), None);
    stage.engine().pause();
    stage.hear(SECOND / 10);
    assert_eq!(stage.engine().loudness(Group::Music), None);
}
