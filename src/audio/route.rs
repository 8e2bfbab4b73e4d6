//! The way a run takes along the line: straight on, or round and round a loop.
//!
//! A run's frames are counted on without a break; a [`Pass`] says which frames of the line they
//! are. A new pass begins wherever the line is jumped on.

use crate::audio::Program;
use crate::time::SampleRate;
use crate::time::TickSpan;

/// A stretch of a run that goes straight along the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pass {
    /// Counts the passes of a run.
    pub(crate) number: u64,
    /// The run's frame it begins at.
    pub(crate) from: i64,
    /// The run's frame it ends before, or [`OPEN`].
    pub(crate) to: i64,
    /// The line's frame at `from`.
    pub(crate) line: i64,
}

/// The end of a pass that goes on.
pub(crate) const OPEN: i64 = i64::MAX / 4;

impl Pass {
    /// What is added to a frame of the line to get the run's.
    pub(crate) fn shift(&self) -> i64 {
        self.from - self.line
    }
}

/// Frames of the line that repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LoopFrames {
    from: i64,
    to: i64,
}

impl LoopFrames {
    /// The loop at a rate, lengthened to the shortest allowed.
    pub(crate) fn at(rate: SampleRate, span: TickSpan) -> Self {
        let from = rate.nearest_samples(span.start()).get();
        let length = span.length().max(Program::SHORTEST_LOOP);
        let to = rate.nearest_samples(span.start() + length).get();
        Self { from, to }
    }
}

/// The passes of a run: those to come as far as they have been laid out, and the last few that
/// are past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    passes: Vec<Pass>,
    looping: Option<LoopFrames>,
}

/// Past passes that are remembered: what is heard lags behind what is rendered.
const REMEMBERED: usize = 8;

/// Passes laid out ahead of the present one at most.
const AHEAD: usize = 4;

impl Route {
    /// A run that begins at frame `line` of the line. Its own frames are counted from there too,
    /// so that they are the line's until the first jump.
    pub(crate) fn new(line: i64, looping: Option<LoopFrames>) -> Self {
        let first = Pass {
            number: 0,
            from: line,
            to: OPEN,
            line,
        };
        let mut route = Self {
            passes: vec![first],
            looping: None,
        };
        route.set_looping(looping, line);
        route
    }

    /// The passes, in order.
    pub(crate) fn passes(&self) -> &[Pass] {
        &self.passes
    }

    /// The pass that frame `at` of the run lies in.
    pub(crate) fn pass_at(&self, at: i64) -> &Pass {
        let found = self.passes.iter().rev().find(|pass| pass.from <= at);
        found.unwrap_or(&self.passes[0])
    }

    /// The line's frame at frame `at` of the run.
    pub(crate) fn line_at(&self, at: i64) -> i64 {
        at - self.pass_at(at).shift()
    }

    /// Takes another loop from frame `now` of the run on. A line that is past the loop's end goes
    /// straight on.
    pub(crate) fn set_looping(&mut self, looping: Option<LoopFrames>, now: i64) {
        let present = self.pass_at(now).number;
        self.passes.retain(|pass| pass.number <= present);
        self.looping = looping;
        if let Some(last) = self.passes.last_mut() {
            last.to = OPEN;
            if let Some(looping) = looping
                && now - last.shift() < looping.to
            {
                last.to = looping.to + last.shift();
            }
        }
    }

    /// Lays out the passes up to frame `horizon` of the run, and forgets those long past.
    pub(crate) fn extend(&mut self, now: i64, horizon: i64) {
        let present = self.pass_at(now).number;
        while let Some(looping) = self.looping
            && let Some(last) = self.passes.last().copied()
            && last.to < horizon.min(OPEN)
            && last.number < present + AHEAD as u64
        {
            self.passes.push(Pass {
                number: last.number + 1,
                from: last.to,
                to: last.to + (looping.to - looping.from),
                line: looping.from,
            });
        }
        let past = self.passes.iter().filter(|pass| pass.to <= now).count();
        self.passes.drain(..past.saturating_sub(REMEMBERED));
    }

    /// The run's frame at which it ends when it is to end at frame `line` of the line; [`OPEN`]
    /// if it never comes there because it goes round a loop.
    pub(crate) fn end_at(&self, line: i64) -> i64 {
        let reached = self.passes.iter().find_map(|pass| {
            let at = line.checked_add(pass.shift())?;
            // A loop that ends where the program does is gone round.
            (pass.from <= at && (at < pass.to || pass.to == OPEN)).then_some(at)
        });
        let last = self.passes.last();
        let unreached = match last {
            // It lies before the place where the run, or its last pass, began.
            Some(pass) if pass.to == OPEN => pass.from,
            _ => OPEN,
        };
        reached.unwrap_or(unreached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Ticks;

    const RATE: SampleRate = SampleRate::HZ_48000;

    fn looping(from: i64, to: i64) -> LoopFrames {
        LoopFrames { from, to }
    }

    #[test]
    fn a_run_goes_round_its_loop_without_a_gap() {
        let mut route = Route::new(1000, Some(looping(5000, 15_000)));
        route.extend(1000, 40_000);
        assert_eq!(route.line_at(14_999), 14_999);
        assert_eq!(route.line_at(15_000), 5000);
        assert_eq!(route.line_at(24_999), 14_999);
        assert_eq!(route.line_at(25_000), 5000);
        for pair in route.passes().windows(2) {
            assert_eq!(pair[0].to, pair[1].from);
        }
    }

    #[test]
    fn passes_are_laid_out_without_end_as_the_run_goes_on() {
        let mut route = Route::new(0, Some(looping(0, 4800)));
        for now in (0..4_800_000).step_by(2400) {
            route.extend(now, now + 72_000);
            assert_eq!(route.line_at(now), now % 4800);
            assert!(route.passes().len() < 20);
        }
    }

    #[test]
    fn a_place_past_the_loop_is_not_drawn_into_it() {
        let mut route = Route::new(20_000, Some(looping(5000, 15_000)));
        route.extend(20_000, 100_000);
        assert_eq!(route.line_at(90_000), 90_000);
    }

    #[test]
    fn letting_go_of_a_loop_goes_straight_on() {
        let mut route = Route::new(0, Some(looping(0, 10_000)));
        route.extend(25_000, 60_000);
        route.extend(25_000, 60_000);
        assert_eq!(route.line_at(25_000), 5000);
        route.set_looping(None, 25_000);
        assert_eq!(route.line_at(30_000), 10_000);
        assert_eq!(route.line_at(90_000), 70_000);
    }

    #[test]
    fn a_loop_shorter_than_a_tenth_of_a_second_is_lengthened() {
        let span = TickSpan::with_length(Ticks::ZERO, Ticks::from_millis(1));
        assert_eq!(LoopFrames::at(RATE, span), LoopFrames { from: 0, to: 4800 });
    }

    #[test]
    fn a_stated_end_inside_a_loop_is_never_reached_past_it() {
        let mut route = Route::new(0, Some(looping(0, 48_000)));
        route.extend(0, 200_000);
        assert_eq!(route.end_at(96_000), OPEN);
        assert_eq!(route.end_at(48_000), OPEN);
        let straight = Route::new(0, None);
        assert_eq!(straight.end_at(96_000), 96_000);
    }
}
