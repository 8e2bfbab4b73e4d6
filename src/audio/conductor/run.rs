//! One going of the line, as the conductor sees it.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::audio::End;
use crate::audio::Group;
use crate::audio::Part;
use crate::audio::PartId;
use crate::audio::Program;
use crate::audio::SoundKey;
use crate::audio::TakeId;
use crate::audio::clock::RunId;
use crate::audio::news::Plan;
use crate::audio::route::LoopFrames;
use crate::audio::route::OPEN;
use crate::audio::route::Route;
use crate::time::SampleRate;
use crate::time::Ticks;

use super::end_pad;

/// A play or a seek, from its request until another takes its place.
pub(super) struct Run {
    pub(super) id: RunId,
    pub(super) number: u64,
    pub(super) take: TakeId,
    pub(super) program: Program,
    pub(super) from_ticks: Ticks,
    pub(super) from: i64,
    pub(super) route: Route,
    /// The end the bus was told.
    pub(super) end: i64,
    pub(super) since: Instant,
    pub(super) is_paused: bool,
    /// The lengths of sounds that have been read to their end, in frames of the bus.
    pub(super) lengths: BTreeMap<SoundKey, i64>,
    /// The parts that broke off, and the length of what was read of them.
    pub(super) failed: BTreeMap<PartId, i64>,
    /// The route that was told to the main thread.
    pub(super) planned: Option<Route>,
    /// What the bus was told to turn down.
    pub(super) ducked: Option<Group>,
    rate: SampleRate,
}

impl Run {
    pub(super) fn new(
        id: RunId,
        number: u64,
        take: TakeId,
        program: Program,
        from_ticks: Ticks,
        rate: SampleRate,
        since: Instant,
    ) -> Self {
        let from = rate.nearest_samples(from_ticks).get();
        let looping = program.looping.map(|span| LoopFrames::at(rate, span));
        Self {
            id,
            number,
            take,
            program,
            from_ticks,
            from,
            route: Route::new(from, looping),
            end: OPEN,
            since,
            is_paused: false,
            lengths: BTreeMap::new(),
            failed: BTreeMap::new(),
            planned: None,
            ducked: None,
            rate,
        }
    }

    /// Takes another version of the program from the run's frame `at` on.
    pub(super) fn set_program(&mut self, program: Program, at: i64) {
        if program.looping != self.program.looping {
            let looping = program.looping.map(|span| LoopFrames::at(self.rate, span));
            self.route.set_looping(looping, at);
        }
        self.program = program;
    }

    pub(super) fn ends_with_parts(&self) -> bool {
        self.program.end == End::AfterParts
    }

    /// What its frames mean.
    pub(super) fn plan(&self, rate: SampleRate) -> Plan {
        Plan {
            run: self.id,
            number: self.number,
            take: self.take,
            rate,
            route: self.route.clone(),
        }
    }

    /// The frame of the run at which it ends, as far as is known at frame `at`.
    pub(super) fn end_in_sight(&self, rate: SampleRate, at: i64) -> i64 {
        let line = match self.program.end {
            End::Never => None,
            End::At(end) => Some(rate.nearest_samples(end).get()),
            End::AfterParts => self.end_of_parts(rate, at),
        };
        line.map_or(OPEN, |line| self.route.end_at(line))
    }

    /// The line's frame after which no part sounds, once all their ends are known.
    fn end_of_parts(&self, rate: SampleRate, at: i64) -> Option<i64> {
        let line = self.route.line_at(at);
        let parts = self.program.parts.iter();
        let ends = parts.map(|part| self.end_of_part(part, rate, line));
        let last = ends.reduce(|a, b| Some(a?.max(b?)));
        last.unwrap_or(Some(line)).map(|end| end + end_pad(rate))
    }

    fn end_of_part(&self, part: &Part, rate: SampleRate, line: i64) -> Option<i64> {
        let heard = rate.nearest_samples(part.heard.end()).get();
        let start = rate.nearest_samples(part.start).get();
        let failed = self.failed.get(&part.id);
        match failed.or_else(|| self.lengths.get(&part.sound)) {
            Some(length) => Some(heard.min(start + length)),
            None => (heard <= line).then_some(heard),
        }
    }
}
