//! The owner of the output: opens it, loses it, opens it again, lets it rest while nobody needs it,
//! and keeps the line moving in silence while there is none. Runs on a thread of its own, or is
//! stepped by hand.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::mpsc::SyncSender;
use std::time::Duration;
use std::time::Instant;

use crate::audio::Event;
use crate::audio::bus::BLOCK;
use crate::audio::bus::Bus;
use crate::audio::clock::Clock;
use crate::audio::clock::Motion;
use crate::audio::inbox::Inbox;
use crate::audio::inbox::Request;
use crate::audio::meters::Counters;
use crate::audio::news::News;
use crate::audio::output::BusSource;
use crate::audio::output::Faults;
use crate::audio::output::Message;
use crate::audio::output::Output;
use crate::audio::output::OutputChoice;
use crate::audio::output::Outputs;
use crate::time::SampleRate;

/// Messages that can wait; more are not needed, since each only says "look".
pub(crate) const MESSAGES: usize = 64;

/// A device that has not pulled for so long has stopped. Shorter pauses happen and must not stop
/// the music for good: half a second was seen on a busy system, and a sound server whose sink
/// nobody listens to closely takes two seconds of sound at a time (`PulseAudio`'s null sink).
const STALLED: Duration = Duration::from_secs(4);

/// The same for one that reports errors meanwhile.
const STALLED_WITH_ERRORS: Duration = Duration::from_millis(2500);

/// How often that is looked at.
const WATCH: Duration = Duration::from_millis(250);

/// An output that nobody has needed for so long is closed: an open one takes a hundred buffers of
/// silence a second. It is opened again as soon as somebody moves the pointer, long before a press.
const REST_AFTER: Duration = Duration::from_secs(20);

/// After so many looks at which the device had run out of sound, it is opened with a larger buffer
/// the next time that nothing plays.
const ROUGH_LOOKS: u32 = 3;

/// The largest buffer that is taken because of that.
const LARGEST_BUFFER: u32 = 2048;

/// How often the system is asked which output is its default.
const FOLLOW: Duration = Duration::from_secs(2);

/// How soon a lost device is looked for again, and how soon one that never was.
const RETRY: Duration = Duration::from_secs(1);
const RETRY_SLOWLY: Duration = Duration::from_secs(5);

/// After so many failures a lost device is looked for slowly.
const EAGER_RETRIES: u32 = 60;

/// How often the silent clock pulls.
const BEAT: Duration = Duration::from_millis(10);

/// Tells the clock that the silent clock pulls: nothing is heard before the next beat is due.
fn set_silent(clock: &Clock, rate: SampleRate) {
    clock.set_device(rate, i64::from(rate.get()) / 100);
}

/// What the owner shares with the other threads.
pub(crate) struct Ties {
    pub(crate) inbox: Arc<Inbox>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) news: Arc<News>,
    pub(crate) counters: Arc<Counters>,
    pub(crate) wake: Arc<dyn Fn() + Send + Sync>,
}

enum State {
    /// The device pulls.
    Open {
        // Held, because dropping it closes the device.
        output: Box<dyn Output>,
        back: rtrb::Consumer<Box<Bus>>,
        opened_with: Progress,
        seen: Progress,
        moved_at: Instant,
        /// What was the system's default when it was opened, and when that was last looked at.
        default: Option<String>,
        followed_at: Instant,
    },
    /// The silent clock pulls.
    Silent {
        bus: Box<Bus>,
        /// Since when it has pulled without a pause, and how many frames.
        since: Option<(Instant, i64)>,
    },
    /// The output was dropped and kept the bus; nothing can be done any more.
    Lost,
}

/// What a device that works keeps changing, and one that does not may.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    frames: i64,
    errors: u64,
}

/// See the module.
pub(crate) struct Owner {
    outputs: Option<Box<dyn Outputs>>,
    ties: Ties,
    choice: OutputChoice,
    messages: SyncSender<Message>,
    received: Receiver<Message>,
    state: State,
    /// The number of the output that is open, or was last.
    output: u64,
    retry_at: Option<Instant>,
    failures: u32,
    has_told_none: bool,
    /// When somebody last played, asked for something, or was at the window.
    needed_at: Instant,
    /// Whether the output was closed because nobody needed it.
    is_resting: bool,
    /// How many looks at this output have found that it had run out of sound.
    rough_looks: u32,
}

impl Owner {
    /// An owner of `bus`; without `outputs` the clock is silent for good.
    pub(crate) fn new(
        bus: Box<Bus>,
        outputs: Option<Box<dyn Outputs>>,
        choice: OutputChoice,
        ties: Ties,
        (messages, received): (SyncSender<Message>, Receiver<Message>),
        now: Instant,
    ) -> Self {
        set_silent(&ties.clock, bus.rate());
        Self {
            retry_at: outputs.as_ref().map(|_| now),
            outputs,
            ties,
            choice,
            messages,
            received,
            state: State::Silent { bus, since: None },
            output: 0,
            failures: 0,
            has_told_none: false,
            needed_at: now,
            is_resting: false,
            rough_looks: 0,
        }
    }

    /// Works until the engine is gone.
    pub(crate) fn work(&mut self) {
        loop {
            let message = match self.step(Instant::now()) {
                Some(most) => match self.received.recv_timeout(most) {
                    Ok(message) => Some(message),
                    Err(RecvTimeoutError::Timeout) => None,
                    Err(RecvTimeoutError::Disconnected) => return,
                },
                None => match self.received.recv() {
                    Ok(message) => Some(message),
                    Err(_) => return,
                },
            };
            if let Some(message) = message
                && self.take(message, Instant::now()) == Then::Leave
            {
                return;
            }
        }
    }

    fn take(&mut self, message: Message, now: Instant) -> Then {
        match message {
            Message::Fault { output, why } => {
                // A fault of an output that was given up already changes nothing.
                if output == self.output && matches!(self.state, State::Open { .. }) {
                    self.lose(&why, now);
                }
                Then::GoOn
            }
            Message::Stir => {
                self.needed_at = now;
                if self.is_resting {
                    self.retry_at = Some(now);
                }
                Then::GoOn
            }
            Message::Choose(choice) => {
                if choice != self.choice {
                    self.choice = choice;
                    self.unplug();
                    self.needed_at = now;
                    self.retry_at = self.outputs.as_ref().map(|_| now);
                }
                Then::GoOn
            }
            Message::Close => Then::Leave,
        }
    }

    /// Does what is due at `now`; says how long until something is due again, or `None` for
    /// never.
    pub(crate) fn step(&mut self, now: Instant) -> Option<Duration> {
        self.watch(now);
        if matches!(self.state, State::Silent { .. })
            && self.retry_at.is_some_and(|retry_at| retry_at <= now)
        {
            self.open(now);
        }
        let until_retry = self.retry_at.map(|at| at.saturating_duration_since(now));
        match &mut self.state {
            State::Open { .. } => Some(WATCH),
            State::Silent { bus, since } => {
                let rate = bus.rate();
                if bus.is_idle() {
                    *since = None;
                    return until_retry;
                }
                let (start, pulled) = since.get_or_insert((now, 0));
                let passed = now.saturating_duration_since(*start).as_nanos();
                let due = passed * u128::from(rate.get()) / 1_000_000_000;
                let due = i64::try_from(due).unwrap_or(i64::MAX);
                let mut block = [[0.0; 2]; BLOCK];
                while *pulled < due {
                    let n = usize::try_from(due - *pulled).unwrap_or(BLOCK).min(BLOCK);
                    bus.render(&mut block[..n], now);
                    *pulled += i64::try_from(n).unwrap_or(0);
                }
                // Deadlines count from the start, so being woken late does not add up.
                let next = BEAT * u32::try_from(passed / BEAT.as_nanos() + 1).unwrap_or(1);
                let beat = (*start + next).saturating_duration_since(now);
                Some(until_retry.map_or(beat, |retry| retry.min(beat)))
            }
            State::Lost => None,
        }
    }

    /// Watches whether the device goes on pulling, and whether anybody needs it.
    fn watch(&mut self, now: Instant) {
        self.watch_device(now);
        self.follow_default(now);
        if !matches!(self.state, State::Open { .. }) {
            return;
        }
        let reading = self.ties.clock.read();
        if reading.is_some_and(|reading| reading.newest().motion == Motion::Playing) {
            self.needed_at = now;
            return;
        }
        let is_rough = self.rough_looks >= ROUGH_LOOKS && self.choice.buffer < LARGEST_BUFFER;
        if is_rough {
            self.choice.buffer = (self.choice.buffer * 2).min(LARGEST_BUFFER);
            tracing::info!(
                "the device ran out of sound; it gets {} frames at a time",
                self.choice.buffer
            );
            self.unplug();
            self.retry_at = Some(now);
        } else if now.saturating_duration_since(self.needed_at) > REST_AFTER {
            self.unplug();
            self.is_resting = true;
        }
    }

    /// Goes over to the system's default output when that has become another one.
    fn follow_default(&mut self, now: Instant) {
        let State::Open {
            default,
            followed_at,
            ..
        } = &mut self.state
        else {
            return;
        };
        let is_due = now.saturating_duration_since(*followed_at) >= FOLLOW;
        if self.choice.device.is_some() || !is_due {
            return;
        }
        *followed_at = now;
        let current = self.outputs.as_mut().and_then(|it| it.default_output());
        if current.is_some() && *default != current {
            self.unplug();
            self.retry_at = Some(now);
        }
    }

    fn watch_device(&mut self, now: Instant) {
        let Some(progress) = self.progress() else {
            return;
        };
        let State::Open { seen, moved_at, .. } = &mut self.state else {
            return;
        };
        if progress.frames != seen.frames {
            if progress.errors != seen.errors {
                self.rough_looks += 1;
            }
            *seen = progress;
            *moved_at = now;
            return;
        }
        let patience = if progress.errors == seen.errors {
            STALLED
        } else {
            STALLED_WITH_ERRORS
        };
        if now.saturating_duration_since(*moved_at) > patience {
            Counters::add(&self.ties.counters.stalls, 1);
            self.lose("the sound device has stopped", now);
        }
    }

    fn progress(&self) -> Option<Progress> {
        let counted = self.ties.counters.read();
        Some(Progress {
            frames: self.ties.clock.read()?.frames,
            errors: counted.hiccups + counted.underruns,
        })
    }

    /// Gives the output up; the silent clock takes over until it is back.
    fn lose(&mut self, why: &str, now: Instant) {
        let State::Open {
            opened_with, seen, ..
        } = &self.state
        else {
            return;
        };
        // One that never pulled was never there: the line has not moved, and nobody need know.
        let is_news = seen.frames != opened_with.frames;
        if is_news {
            self.ties.inbox.put(Request::Lost);
        }
        self.unplug();
        self.retry_at = Some(now + RETRY / 10);
        self.failures = 0;
        if is_news {
            self.tell(Event::DeviceLost {
                why: why.to_owned(),
            });
        }
    }

    /// Closes the output and takes the bus back from it.
    fn unplug(&mut self) {
        let state = std::mem::replace(&mut self.state, State::Lost);
        let State::Open {
            output, mut back, ..
        } = state
        else {
            self.state = state;
            return;
        };
        // Closing ends the callback, which drops the source, which sends the bus home.
        drop(output);
        if let Ok(bus) = back.pop() {
            set_silent(&self.ties.clock, bus.rate());
            self.state = State::Silent { bus, since: None };
        }
    }

    fn open(&mut self, now: Instant) {
        let Some(outputs) = &mut self.outputs else {
            return;
        };
        self.output += 1;
        self.is_resting = false;
        let faults = Faults {
            output: self.output,
            messages: self.messages.clone(),
            counters: Arc::clone(&self.ties.counters),
        };
        match outputs.open(&self.choice, faults) {
            Ok(output) => self.plug_in(output, now),
            Err(none) => {
                self.failures += 1;
                let is_eager = self.output > 1 && self.failures < EAGER_RETRIES;
                let wait = if is_eager { RETRY } else { RETRY_SLOWLY };
                self.retry_at = Some(now + wait);
                if !self.has_told_none {
                    self.has_told_none = true;
                    self.tell(Event::NoDevice { why: none.0 });
                }
            }
        }
    }

    fn plug_in(&mut self, mut output: Box<dyn Output>, now: Instant) {
        let state = std::mem::replace(&mut self.state, State::Lost);
        let State::Silent { mut bus, .. } = state else {
            self.state = state;
            return;
        };
        let facts = output.facts();
        self.ties
            .clock
            .set_device(facts.rate, i64::from(facts.latency));
        if bus.rate() != facts.rate {
            bus.retune(facts.rate, now);
        }
        let progress = self.progress().unwrap_or_default();
        let (source, back) = BusSource::new(bus, facts.channels);
        output.play(source);
        self.ties.inbox.put(Request::Opened(facts.rate));
        self.state = State::Open {
            output,
            back,
            opened_with: progress,
            seen: progress,
            moved_at: now,
            default: self.outputs.as_mut().and_then(|it| it.default_output()),
            followed_at: now,
        };
        self.retry_at = None;
        self.needed_at = now;
        self.rough_looks = 0;
        self.failures = 0;
        self.has_told_none = false;
        self.tell(Event::DeviceOpened {
            name: facts.name,
            rate: facts.rate,
            buffer: facts.buffer,
        });
    }

    fn tell(&self, event: Event) {
        self.ties.news.tell(event, &self.ties.counters);
        (self.ties.wake)();
    }
}

#[derive(PartialEq, Eq)]
enum Then {
    GoOn,
    Leave,
}

#[cfg(test)]
mod tests;
