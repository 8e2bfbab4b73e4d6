//! The conductor: turns what is asked for into voices that begin, change and end at the right
//! frames of the bus. Runs on a thread of its own, or is stepped by hand.

mod ensemble;
mod outbox;
mod run;

use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use crate::audio::Event;
use crate::audio::Program;
use crate::audio::SoundKey;
use crate::audio::bus::BusEnds;
use crate::audio::bus::Command;
use crate::audio::clock::Clock;
use crate::audio::clock::Motion;
use crate::audio::clock::Reading;
use crate::audio::clock::RunId;
use crate::audio::desk::Desk;
use crate::audio::desk::Report;
use crate::audio::fade::Joints;
use crate::audio::inbox::Inbox;
use crate::audio::inbox::Request;
use crate::audio::meters::Counters;
use crate::audio::news::News;
use crate::audio::voice::Voice;
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Ticks;

use ensemble::Ensemble;
use outbox::Outbox;
use run::Run;

/// What the conductor shares with the other threads.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) news: Arc<News>,
    pub(crate) counters: Arc<Counters>,
    /// Called when there is something new to see.
    pub(crate) wake: Arc<dyn Fn() + Send + Sync>,
    /// Called when the bus was told something, for a silent clock that sleeps.
    pub(crate) stir: Arc<dyn Fn() + Send + Sync>,
}

/// How long parts that are ready wait for those that are not.
const PATIENCE: Duration = Duration::from_millis(150);

/// How long what sounds goes on when nothing of what should replace it is ready.
const OVERHANG: Duration = Duration::from_millis(250);

/// How long a part that was changed goes on as it was when the change is not ready.
const SWAP_OVERHANG: Duration = Duration::from_secs(2);

/// See the module.
pub(crate) struct Conductor {
    shared: Shared,
    outbox: Outbox,
    /// Voices that the bus is done with.
    returns: rtrb::Consumer<Box<Voice>>,
    rate: SampleRate,
    /// What sounds, or has sounded last.
    current: Option<Run>,
    /// What will sound as soon as it is ready.
    pending: Option<Run>,
    ensemble: Ensemble,
    /// Since when a change of the current program waits to be heard.
    swap_since: Option<Instant>,
    /// What was last asked to be warmed.
    wishes: Vec<(SoundKey, Ticks)>,
    last_run: u64,
    last_motion: (RunId, Motion),
}

impl Conductor {
    pub(crate) fn new(shared: Shared, ends: BusEnds) -> Self {
        let rate = shared.clock.rate();
        Self {
            ensemble: Ensemble::new(shared.clone(), rate),
            outbox: Outbox::new(ends.commands, Arc::clone(&shared.stir)),
            shared,
            returns: ends.returns,
            rate,
            current: None,
            pending: None,
            swap_since: None,
            wishes: Vec::new(),
            last_run: 0,
            last_motion: (RunId::default(), Motion::Stopped),
        }
    }

    /// Works until the inbox is closed.
    pub(crate) fn work(&mut self) {
        let mut most = None;
        while self.shared.inbox.wait(most) {
            most = self.step(Instant::now());
        }
    }

    /// Does what can be done at `now`; says how long until there is more even if nothing is
    /// asked for, or `None` for never.
    pub(crate) fn step(&mut self, now: Instant) -> Option<Duration> {
        for request in self.shared.inbox.take() {
            self.obey(request, now);
        }
        while let Ok(voice) = self.returns.pop() {
            self.ensemble.take_back(&voice);
        }
        if let Some(reading) = self.shared.clock.read() {
            self.notice(&reading);
            self.prepare_pending(now);
            self.tend_current(now, &reading);
        }
        let runs = [&self.current, &self.pending];
        self.ensemble
            .dismiss_all_but(runs.map(|run| run.as_ref().map(|run| run.id)));
        self.outbox.flush();
        self.shared.desk.tend();
        self.next_step(now)
    }

    fn next_step(&self, now: Instant) -> Option<Duration> {
        let moves = self.last_motion.1 == Motion::Playing;
        let pending_since = self.pending.as_ref().map(|run| run.since);
        let waits = pending_since.into_iter().chain(self.swap_since);
        // When nobody's patience can run out any more, the workers ring.
        let is_waiting = |since| now.saturating_duration_since(since) <= SWAP_OVERHANG;
        if !self.outbox.is_empty() {
            Some(Duration::from_millis(5))
        } else if self.outbox.is_unsettled() || waits.into_iter().any(is_waiting) {
            Some(Duration::from_millis(10))
        } else if moves || self.ensemble.is_waiting_for_bus() {
            Some(Duration::from_millis(40))
        } else {
            None
        }
    }

    fn obey(&mut self, request: Request, now: Instant) {
        match request {
            Request::Play {
                number,
                take,
                program,
                from,
            } => {
                let mut run = self.new_run(number, take, program, from, now);
                run.is_paused = false;
                self.pending = Some(run);
            }
            Request::Update(program) => self.update(program, now),
            Request::Seek { number, to } => self.seek(number, to, now),
            Request::Pause | Request::Lost => self.set_paused(true),
            Request::Resume => self.set_paused(false),
            Request::Stop => self.stop(),
            Request::SetLooping(looping) => {
                let run = self.pending.as_ref().or(self.current.as_ref());
                if let Some(mut program) = run.map(|run| run.program.clone()) {
                    program.looping = looping;
                    self.update(program, now);
                }
            }
            Request::GroupGain(group, gain) => {
                let gain = gain.get();
                self.outbox.send(vec![Command::GroupGain { group, gain }]);
            }
            Request::Mono(is_mono) => self.outbox.send(vec![Command::Mono(is_mono)]),
            Request::Warm(wishes) => {
                self.wishes = wishes;
                self.warm();
            }
            Request::Hold(wanted, bytes) => self.shared.desk.hold(wanted, bytes),
            Request::Opened(rate) => self.retune(rate, now),
        }
    }

    /// Has warmed what was wished for.
    fn warm(&self) {
        // A little earlier than asked for: the place may come out a frame apart when it is
        // reached by way of the line.
        let early = i64::from(self.rate.get()) / 100;
        let frames = |at| (self.rate.nearest_samples(at).get() - early).max(0);
        let wishes = self.wishes.iter();
        let wishes = wishes.map(|(key, at)| (key.clone(), frames(*at)));
        self.shared.desk.warm(wishes);
    }

    fn new_run(
        &mut self,
        number: u64,
        take: crate::audio::TakeId,
        program: Program,
        from: Ticks,
        now: Instant,
    ) -> Run {
        self.last_run += 1;
        Run::new(
            RunId(self.last_run),
            number,
            take,
            program,
            from,
            self.rate,
            now,
        )
    }

    fn update(&mut self, program: Program, now: Instant) {
        if let Some(pending) = &mut self.pending {
            pending.set_program(program, pending.from);
            return;
        }
        let position = self.position();
        if let Some(current) = &mut self.current {
            current.set_program(program, position);
            self.swap_since = Some(now);
        }
    }

    fn seek(&mut self, number: u64, to: Ticks, now: Instant) {
        let Some(run) = self.pending.as_ref().or(self.current.as_ref()) else {
            self.shared.news.abandoned(number);
            return;
        };
        let (take, program, is_paused) = (run.take, run.program.clone(), run.is_paused);
        let mut run = self.new_run(number, take, program, to, now);
        run.is_paused = is_paused;
        self.pending = Some(run);
    }

    fn set_paused(&mut self, is_paused: bool) {
        if let Some(pending) = &mut self.pending {
            pending.is_paused = is_paused;
        }
        if let Some(current) = &mut self.current {
            current.is_paused = is_paused;
            let command = if is_paused {
                Command::Pause
            } else if self.pending.is_none() {
                Command::Resume
            } else {
                // What waits to replace it will go on instead.
                return;
            };
            self.outbox.send(vec![command]);
        }
    }

    fn stop(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.shared.news.abandoned(pending.number);
        }
        if self.current.take().is_some() {
            self.outbox.send(vec![Command::Stop]);
        }
    }

    /// Everything begins again, paused where it was, at the rate of another device.
    fn retune(&mut self, rate: SampleRate, now: Instant) {
        if rate == self.rate {
            return;
        }
        let at = self.position();
        let old_rate = self.rate;
        self.rate = rate;
        self.ensemble.retune(rate);
        // What still waits in the outbox and is meant for the old rate will be refused.
        self.shared.desk.retune();
        self.warm();
        let run = match (self.pending.take(), self.current.take()) {
            (Some(pending), _) => {
                let from = pending.from_ticks;
                Some((pending, from))
            }
            (None, Some(current)) => {
                let line = crate::time::Samples::new(current.route.line_at(at));
                Some((current, old_rate.nearest_ticks(line)))
            }
            (None, None) => None,
        };
        if let Some((old, from)) = run {
            let mut run = self.new_run(old.number, old.take, old.program, from, now);
            run.is_paused = old.is_paused;
            self.pending = Some(run);
        }
    }

    /// The current run's frame that is rendered next.
    fn position(&self) -> i64 {
        let Some(current) = &self.current else {
            return 0;
        };
        match self.shared.clock.read() {
            Some(reading) if reading.newest().run == current.id => reading.position(),
            _ => current.from,
        }
    }

    /// Notices what the bus has done since the last step.
    fn notice(&mut self, reading: &Reading) {
        let newest = reading.newest();
        let motion = (newest.run, newest.motion);
        if motion == self.last_motion {
            return;
        }
        self.last_motion = motion;
        if let Some(current) = &mut self.current
            && current.id == newest.run
            && newest.motion == Motion::Ended
        {
            current.is_paused = true;
            let take = current.take;
            self.shared
                .news
                .tell(Event::Ended { take }, &self.shared.counters);
        }
        (self.shared.wake)();
    }

    /// Looks at what has come of the feeds: learns how long sounds are, tells of those that
    /// failed.
    fn note_reports(&mut self) -> Vec<Report> {
        let reports = self.shared.desk.reports();
        for (report, player) in self.ensemble.news_of(&reports) {
            let runs = [self.current.as_mut(), self.pending.as_mut()];
            let Some(run) = runs.into_iter().flatten().find(|run| run.id == player.run) else {
                continue;
            };
            let Some(end) = report.status.end else {
                continue;
            };
            let length = end - player.role.origin;
            if let Some(why) = report.status.failure.clone() {
                run.failed.insert(player.role.part, length);
                let event = Event::PartFailed {
                    take: run.take,
                    part: player.role.part,
                    sound: player.role.sound.clone(),
                    why,
                };
                self.shared.news.tell(event, &self.shared.counters);
                (self.shared.wake)();
            } else {
                run.lengths.insert(player.role.sound.clone(), length);
            }
        }
        reports
    }

    /// Brings the pending run nearer to its beginning, and begins it when it is ready.
    fn prepare_pending(&mut self, now: Instant) {
        let Some(pending) = &mut self.pending else {
            return;
        };
        let from = pending.from;
        pending.route.extend(from, from + horizon(self.rate));
        self.ensemble.cast(pending, from, false);
        let reports = self.note_reports();
        let Some(pending) = &self.pending else { return };
        let ready = self.ensemble.readiness(pending, &reports);
        let waited = now.saturating_duration_since(pending.since);
        if ready.all_failed && pending.ends_with_parts() {
            // Nothing of it will ever be heard.
            let (take, number) = (pending.take, pending.number);
            self.stop();
            self.shared.news.abandoned(number);
            self.shared
                .news
                .tell(Event::Ended { take }, &self.shared.counters);
            (self.shared.wake)();
        } else if ready.all || (ready.any && waited >= PATIENCE) {
            self.begin(&reports);
        } else if waited >= OVERHANG && self.current.take().is_some() {
            self.outbox.send(vec![Command::Stop]);
        }
    }

    fn begin(&mut self, reports: &[Report]) {
        let Some(mut run) = self.pending.take() else {
            return;
        };
        self.ensemble.dismiss_all_but([Some(run.id), None]);
        let mut batch = self.ensemble.enter_at_start(&run, reports);
        run.end = run.end_in_sight(self.rate, run.from);
        batch.push(Command::Begin {
            run: run.id,
            rate: self.rate,
            from: run.from,
            end: run.end,
            motion: if run.is_paused {
                Motion::Paused
            } else {
                Motion::Playing
            },
        });
        run.ducked = run.program.ducked;
        batch.push(Command::Duck(run.ducked));
        self.outbox.send(batch);
        self.shared.news.plan(run.plan(self.rate));
        run.planned = Some(run.route.clone());
        self.swap_since = None;
        self.current = Some(run);
    }

    /// Keeps the current run supplied: lays out its way, casts voices for what comes, brings
    /// changes in.
    fn tend_current(&mut self, now: Instant, reading: &Reading) {
        let Some(current) = &mut self.current else {
            return;
        };
        let has_begun = reading.newest().run == current.id;
        let at = if has_begun {
            reading.position()
        } else {
            current.from
        };
        let end = current.end_in_sight(self.rate, at);
        if has_begun && reading.newest().motion == Motion::Ended && end <= at {
            return;
        }
        current.route.extend(at, at + horizon(self.rate));
        let mut batch = self.ensemble.cast(current, at, true);
        let reports = self.note_reports();
        let Some(current) = &mut self.current else {
            return;
        };
        batch.extend(self.ensemble.enter_when_primed(current, at, &reports));
        let swap_since = *self.swap_since.get_or_insert(now);
        let waited = now.saturating_duration_since(swap_since);
        match self.ensemble.swap(current, at, waited, &reports) {
            Some(swap) => {
                batch.extend(swap);
                self.swap_since = None;
            }
            None => self.swap_since = Some(swap_since),
        }
        let end = current.end_in_sight(self.rate, at);
        if end != current.end {
            current.end = end;
            batch.push(Command::EndAt {
                run: current.id,
                end,
            });
        }
        if current.ducked != current.program.ducked {
            current.ducked = current.program.ducked;
            batch.push(Command::Duck(current.ducked));
        }
        if current.planned.as_ref() != Some(&current.route) {
            self.shared.news.plan(current.plan(self.rate));
            current.planned = Some(current.route.clone());
        }
        self.outbox.send(batch);
    }
}

/// How far ahead voices are prepared: 1.5 s.
fn horizon(rate: SampleRate) -> i64 {
    i64::from(rate.get()) * 3 / 2
}

/// A ring for one voice.
fn ring(rate: SampleRate) -> (rtrb::Producer<StereoFrame>, rtrb::Consumer<StereoFrame>) {
    rtrb::RingBuffer::new(crate::audio::feed::ring_length(rate))
}

/// The frames before a voice is needed at which it still counts as needed now: 30 ms.
fn lead(rate: SampleRate) -> i64 {
    i64::from(rate.get()) * 30 / 1000
}

/// The silence after the last part before the line stops, so that nothing of it is led down.
fn end_pad(rate: SampleRate) -> i64 {
    Joints::at(rate).gate
}
