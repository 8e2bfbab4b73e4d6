//! Faster, and backwards: everything is heard at its place.

use needledrop::audio::Direction;
use needledrop::audio::HeardState;
use needledrop::audio::Program;
use needledrop::audio::Shuttle;
use needledrop::audio::Speed;
use needledrop::time::Ticks;

use crate::stage::*;

/// Two and a half seconds.
const FROM: i64 = 120_000;

fn shuttled(name: &str, direction: Direction, speed: Speed) -> (Shuttle, Program) {
    let shuttle = Shuttle {
        from: frames(FROM),
        direction,
        speed,
    };
    let program = program([part(0, name, Ticks::ZERO)]);
    (shuttle, shuttle.of(&program))
}

fn heard(name: &str, direction: Direction, speed: Speed, n: usize) -> Vec<[f32; 2]> {
    let mut stage = Stage::new();
    let (_, program) = shuttled(name, direction, speed);
    stage.play(program, Ticks::ZERO);
    stage.hear(n)
}

#[test]
fn backwards_every_frame_is_heard_once_in_reverse() {
    let heard = heard(
        "index:48000:60",
        Direction::Backwards,
        Speed::Once,
        2 * SECOND,
    );
    for n in [400, 2047, 2048, 2049, 26_047, 26_048, 30_000, 95_000_usize] {
        let at = i64::try_from(n).expect("small");
        assert_eq!(index(heard[n]), FROM - 1 - at, "frame {n}");
    }
}

#[test]
fn faster_what_is_heard_lies_where_the_playhead_says() {
    for (speed, direction, expected) in [
        // The impulses of seconds 3 and 4, half a second away, twice or four times as near.
        (Speed::Twice, Direction::Forwards, [12_000, 36_000]),
        (Speed::FourTimes, Direction::Forwards, [6000, 18_000]),
        // Those of seconds 2 and 1.
        (Speed::Twice, Direction::Backwards, [11_999, 35_999]),
        (Speed::FourTimes, Direction::Backwards, [5999, 17_999]),
    ] {
        let heard = heard("impulse:48000:60", direction, speed, SECOND * 3 / 2);
        for at in expected {
            let loudest = (at - 200..at + 200_usize)
                .max_by(|a, b| heard[*a][0].abs().total_cmp(&heard[*b][0].abs()));
            let off = loudest.map(|loudest| loudest.abs_diff(at));
            assert_eq!(off, Some(0), "{direction:?} {speed:?}, at {at}");
        }
    }
}

#[test]
fn backwards_nothing_clicks_where_two_stretches_meet() {
    for speed in [Speed::Once, Speed::Twice, Speed::FourTimes] {
        let heard = heard("tone:44100:60", Direction::Backwards, speed, SECOND / 2);
        let factor = speed.factor() as f32;
        let material = 0.5 * std::f32::consts::TAU * 220.0 * factor / 48_000.0;
        let largest = largest_step(&heard[1000..]);
        assert!(largest < material * 1.02, "{speed:?}: {largest}");
    }
}

#[test]
fn going_back_ends_at_the_beginning() {
    let mut stage = Stage::new();
    let (shuttle, program) = shuttled("tone:48000:60", Direction::Backwards, Speed::FourTimes);
    stage.play(program, Ticks::ZERO);
    stage.hear(SECOND);
    let heard = stage.engine().heard(stage.now);
    assert_eq!(heard.state, HeardState::Ended);
    assert_eq!(shuttle.place(heard.at), Ticks::ZERO);
}
