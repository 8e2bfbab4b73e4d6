//! The workers' desk: which sound is opened, sought and decoded next.
//!
//! A job is short: one opening, one step of decoding. After each the most urgent one is chosen
//! anew, so nothing waits behind a queue. A slow file holds up only the worker that reads it, and
//! limits keep workers free for what is sounding.

mod readers;
mod slot;

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use crate::audio::OpenSound;
use crate::audio::SoundKey;
use crate::audio::clock::Clock;
use crate::audio::feed::Feed;
use crate::audio::feed::FeedStatus;
use crate::audio::feed::STEP;
use crate::audio::feed::ring_length;
use crate::audio::heads::Heads;
use crate::audio::heads::OpenSounds;
use crate::audio::holds::Holding;
use crate::audio::holds::Holds;
use crate::audio::meters::Counters;
use crate::audio::voice::VoiceId;
use crate::audio::voice::count;
use crate::media::Sound;
use crate::media::StereoFrame;
use crate::time::SampleRate;

use slot::Rank;
use slot::Slot;

/// How soon a voice that is being prepared must begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    Now,
    Soon,
}

/// What has come of one feed.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) id: VoiceId,
    pub(crate) status: FeedStatus,
}

struct State {
    slots: Vec<Slot>,
    to_warm: VecDeque<(SoundKey, i64)>,
    /// What was opened for somebody and is to be opened once more: a seek needs a reader of its
    /// own while the one before fades out.
    to_spare: VecDeque<SoundKey>,
    heads: Heads,
    holds: Holds,
    sounds: OpenSounds,
    opening: usize,
    warming: usize,
    /// Someone said that there is work, and nobody has found since that there is none.
    is_called: bool,
    is_closed: bool,
}

enum Job {
    Feed(Feed),
    Open(Feed),
    Warm(SoundKey, i64),
    Spare(SoundKey),
    Hold(Holding),
    Bury(Feed),
}

/// Shared by the conductor, which brings work, and the workers, who do it.
pub(crate) struct Desk {
    state: Mutex<State>,
    work: Condvar,
    opener: Arc<dyn OpenSound>,
    clock: Arc<Clock>,
    counters: Arc<Counters>,
    /// Tells the conductor that something has come of a feed.
    tell: Box<dyn Fn() + Send + Sync>,
    workers: usize,
}

impl Desk {
    pub(crate) fn new(
        opener: Arc<dyn OpenSound>,
        clock: Arc<Clock>,
        counters: Arc<Counters>,
        tell: Box<dyn Fn() + Send + Sync>,
        limits: Limits,
    ) -> Self {
        Self {
            state: Mutex::new(State {
                slots: Vec::new(),
                to_warm: VecDeque::new(),
                to_spare: VecDeque::new(),
                heads: Heads::new(limits.head_bytes),
                holds: Holds::default(),
                sounds: OpenSounds::new(),
                opening: 0,
                warming: 0,
                is_called: false,
                is_closed: false,
            }),
            work: Condvar::new(),
            opener,
            clock,
            counters,
            tell,
            workers: limits.workers.max(1),
        }
    }

    /// The state. Nothing that can panic runs while it is held, so poison means nothing.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings a feed, and starts it off with a warm head if there is one.
    pub(crate) fn add(&self, mut feed: Feed, urgency: Urgency) {
        let least = i64::from(feed.rate.get()) / 10;
        let is_plain = feed.pace.is_plain();
        let head = is_plain
            .then(|| {
                let at = feed.next - feed.origin;
                self.lock().heads.find(&feed.key, at, least)
            })
            .flatten();
        if let Some(head) = head {
            feed.preload(&head);
            Counters::add(&self.counters.heads_used, 1);
        }
        let slot = Slot::new(feed, urgency);
        let mut state = self.lock();
        state.slots.push(slot);
        state.is_called = true;
        self.work.notify_one();
    }

    /// What has come of every feed so far.
    pub(crate) fn reports(&self) -> Vec<Report> {
        let state = self.lock();
        let report = |slot: &Slot| Report {
            id: slot.id,
            status: slot.status.clone(),
        };
        state.slots.iter().map(report).collect()
    }

    /// A feed is not wanted any more.
    pub(crate) fn cancel(&self, id: VoiceId) {
        let mut state = self.lock();
        if let Some(slot) = state.slots.iter().find(|slot| slot.id == id) {
            slot.line.cancelled.store(true, Ordering::Relaxed);
            state.is_called = true;
            self.work.notify_one();
        }
    }

    /// What will probably be asked for next, the likeliest first. A newer list takes the place
    /// of what is left of an older one.
    pub(crate) fn warm(&self, wishes: impl IntoIterator<Item = (SoundKey, i64)>) {
        let rate = self.clock.rate();
        let mut state = self.lock();
        state.to_warm.clear();
        for (key, from) in wishes.into_iter().take(MOST_WISHES) {
            let is_held = state.holds.find(&key, rate).is_some();
            let least = head_length(rate) / 2;
            if !is_held && state.heads.find(&key, from, least).is_none() {
                state.to_warm.push_back((key, from));
            }
        }
        state.is_called = true;
        self.work.notify_all();
    }

    /// Which sounds are to be kept as a whole, within so many bytes.
    pub(crate) fn hold(&self, wanted: Vec<SoundKey>, bytes: usize) {
        let mut state = self.lock();
        let gone = state.holds.want(wanted, bytes);
        state.is_called = true;
        self.work.notify_one();
        drop(state);
        drop(gone);
    }

    /// Wakes the workers if any ring has room worth filling. Rings cannot call by themselves,
    /// for the bus must not.
    pub(crate) fn tend(&self) {
        let mut state = self.lock();
        if state.slots.iter_mut().any(|slot| slot.rank().is_some()) {
            state.is_called = true;
            self.work.notify_all();
        }
    }

    /// The rate has changed: forgets what was made at the old one.
    pub(crate) fn retune(&self) {
        let mut state = self.lock();
        let gone = (
            state.heads.clear(),
            state.sounds.clear(),
            state.holds.clear(),
        );
        state.to_warm.clear();
        state.to_spare.clear();
        drop(state);
        drop(gone);
    }

    /// Lets the workers go home.
    pub(crate) fn close(&self) {
        self.lock().is_closed = true;
        self.work.notify_all();
    }

    /// Does jobs until the desk is closed; sleeps while there is none.
    pub(crate) fn work(&self) {
        let mut scratch = vec![[0.0; 2]; STEP];
        let mut state = self.lock();
        while !state.is_closed {
            if let Some(job) = self.choose(&mut state) {
                drop(state);
                self.perform(job, &mut scratch);
                state = self.lock();
            } else {
                state.is_called = false;
                let sleeps = |state: &mut State| !state.is_called && !state.is_closed;
                let woken = self.work.wait_while(state, sleeps);
                state = woken.unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Does one job, if there is one and a worker would have been called to it.
    pub(crate) fn work_once(&self) -> bool {
        let mut state = self.lock();
        if !state.is_called {
            return false;
        }
        let job = self.choose(&mut state);
        state.is_called = job.is_some();
        drop(state);
        match job {
            Some(job) => {
                self.perform(job, &mut vec![[0.0; 2]; STEP]);
                true
            }
            None => false,
        }
    }

    fn choose(&self, state: &mut State) -> Option<Job> {
        let may_open = state.opening < (self.workers - 1).max(1);
        let ranked = state.slots.iter_mut().enumerate().filter_map(|(at, slot)| {
            let rank = slot.rank()?;
            let is_open = slot.feed.as_ref().is_some_and(|feed| feed.sound.is_some());
            let possible = is_open || may_open || rank == Rank::Leftover;
            possible.then_some((rank, at))
        });
        if let Some((rank, at)) = ranked.min() {
            let slot = &mut state.slots[at];
            let feed = slot.feed.take()?;
            if rank == Rank::Leftover {
                state.slots.remove(at);
                return Some(Job::Bury(feed));
            }
            if feed.sound.is_none() {
                state.opening += 1;
                return Some(Job::Open(feed));
            }
            return Some(Job::Feed(feed));
        }
        if state.warming < (self.workers / 3).max(1)
            && let Some((key, from)) = state.to_warm.pop_front()
        {
            state.warming += 1;
            return Some(Job::Warm(key, from));
        }
        while let Some(key) = state.to_spare.pop_front() {
            if !state.sounds.has(&key) && state.holds.find(&key, self.clock.rate()).is_none() {
                return Some(Job::Spare(key));
            }
        }
        // Whoever holds leaves a worker for what is asked for meanwhile.
        let holding = state.holds.next(self.clock.rate())?;
        Some(Job::Hold(holding))
    }

    fn perform(&self, job: Job, scratch: &mut [StereoFrame]) {
        match job {
            Job::Feed(feed) => self.feed(feed, scratch),
            Job::Open(mut feed) => {
                let (key, rate, pace) = (&feed.key, feed.rate, feed.pace);
                let kept = self.take_kept(key, rate, pace);
                let opened = kept.map_or_else(
                    || {
                        self.wish_for_spare(key);
                        self.open_anew(key, rate, pace)
                    },
                    Ok,
                );
                match opened {
                    Ok(sound) => feed.sound = Some(sound),
                    Err(failure) => feed.fail(&failure),
                }
                self.lock().opening -= 1;
                self.feed(feed, scratch);
            }
            Job::Warm(key, from) => {
                self.warm_up(key, from);
                self.lock().warming -= 1;
            }
            Job::Spare(key) => self.open_spare(key),
            Job::Hold(holding) => self.hold_on(holding),
            Job::Bury(feed) => self.put_away(feed.key, feed.sound, feed.rate, feed.pace),
        }
    }

    fn feed(&self, mut feed: Feed, scratch: &mut [StereoFrame]) {
        if feed.status.end.is_none() {
            let done = catch_unwind(AssertUnwindSafe(|| feed.advance(&self.clock, scratch)));
            if done.is_err() {
                feed.fail(&"it made the reader fail");
                discard(feed.sound.take());
            }
        }
        if feed.status.failure.is_some() {
            Counters::add(&self.counters.failed, 1);
            discard(feed.sound.take());
        }
        let status = feed.status.clone();
        let spare = if status.end.is_some() {
            feed.sound.take()
        } else {
            None
        };
        let (key, rate, pace) = (feed.key.clone(), feed.rate, feed.pace);
        let mut state = self.lock();
        let mut changed = false;
        if let Some(slot) = state.slots.iter_mut().find(|slot| slot.id == feed.id) {
            changed = slot.status != status;
            slot.status = status;
            slot.feed = Some(feed);
        }
        drop(state);
        self.put_away(key, spare, rate, pace);
        if changed {
            (self.tell)();
        }
    }
}

/// What the desk may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) workers: usize,
    pub(crate) head_bytes: usize,
}

/// Wishes of one list that are looked at.
const MOST_WISHES: usize = 64;

/// The frames of a head: 1.5 s, as much as a ring holds.
fn head_length(rate: SampleRate) -> i64 {
    count(ring_length(rate))
}

/// Drops a sound; a reader that panics even then harms nobody.
fn discard(sound: Option<Box<dyn Sound>>) {
    if catch_unwind(AssertUnwindSafe(|| drop(sound))).is_err() {
        tracing::warn!("a sound could not be closed");
    }
}
