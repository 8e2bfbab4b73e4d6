//! Ten minutes of what an editor does: the line is always where it says it is.

use needledrop::audio::Program;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;

use crate::stage::*;

/// Five turns a second for ten minutes.
const TURNS: usize = 3000;
const TURN: usize = SECOND / 5;
/// A frame of picture at 25 frames a second.
const PICTURE: i64 = 1920;
/// After a turn what plays has changed over for good.
const SETTLED: usize = SECOND / 20;

/// A song of five minutes whose every frame tells its place, as an alternate of its own.
fn alternate(id: u64, looping: Option<TickSpan>) -> Program {
    Program {
        looping,
        ..program([part(id, "index:48000:300", Ticks::ZERO)])
    }
}

#[test]
fn ten_minutes_of_swaps_seeks_loops_and_clicks_leave_no_hole_and_lose_no_place() {
    let mut stage = Stage::new();
    let mut dice = Dice(20_261_122);
    let mut looping = None;
    stage.play(alternate(0, None), Ticks::ZERO);
    for id in 1..=TURNS as u64 {
        let here = stage.engine().heard(stage.now).at;
        let there = frames(dice.below(280 * 48_000));
        let turn = dice.below(5);
        match turn {
            0 => stage.engine().update(alternate(id, looping)),
            1 => stage.engine().seek(there),
            2 => {
                let from = (here - Ticks::from_millis(500)).max(Ticks::ZERO);
                looping = Some(TickSpan::with_length(from, Ticks::from_millis(1500)));
                stage.engine().update(alternate(id, looping));
            }
            3 => {
                looping = None;
                stage.engine().update(alternate(id, None));
            }
            _ => {
                looping = None;
                stage.engine().play(alternate(id, None), there);
            }
        }
        let heard = stage.hear(TURN);
        let told = RATE.nearest_samples(stage.engine().heard(stage.now).at);
        let off = index(heard[TURN - 1]) - told.get();
        // At the loop's point either side of it is right.
        let off = match looping {
            Some(span) => off
                .abs()
                .min((RATE.nearest_samples(span.length()).get() - off.abs()).abs()),
            None => off.abs(),
        };
        assert!(off <= PICTURE, "turn {id}, {turn}: {off} samples off");
        // A swap to the same music is not heard at all, to within a step of 24 bits; everything
        // else may be heard for a moment.
        let is_swap = turn == 0 && looping.is_none();
        let (first, rounding) = if is_swap { (1, 2) } else { (SETTLED, 0) };
        for n in first..TURN {
            let step = index(heard[n]) - index(heard[n - 1]);
            let goes_round = looping.is_some() && step < 0;
            assert!(
                (step - 1).abs() <= rounding || goes_round,
                "turn {id}, {turn}: {step} at {n}"
            );
        }
    }
    let fared = stage.engine().diagnostics();
    assert_eq!(
        (fared.starved, fared.late_frames, fared.late_starts),
        (0, 0, 0)
    );
}
