//! What the engine has to tell: events to be fetched, and where it is.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use crate::audio::PartId;
use crate::audio::SoundKey;
use crate::audio::clock::RunId;
use crate::audio::inbox::RequestNumber;
use crate::audio::meters::Counters;
use crate::audio::route::Route;
use crate::time::SampleRate;
use crate::time::Ticks;

/// One request to play, from then until the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TakeId(pub u64);

/// Something that happened by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Sound goes to this device from now on.
    DeviceOpened {
        /// As the system calls it.
        name: String,
        /// Its sampling rate.
        rate: SampleRate,
        /// Frames it takes at a time.
        buffer: u32,
    },
    /// The device is gone. Playing was paused; the engine tries to open the default device again.
    DeviceLost {
        /// What the system said.
        why: String,
    },
    /// There is no device; a silent clock moves the line instead.
    NoDevice {
        /// What the system said.
        why: String,
    },
    /// A part cannot be heard, or not to its end.
    PartFailed {
        /// In which take.
        take: TakeId,
        /// Which part.
        part: PartId,
        /// What it should have sounded.
        sound: SoundKey,
        /// The reason, as a sentence for the user.
        why: String,
    },
    /// A take came to its end by itself.
    Ended {
        /// Which.
        take: TakeId,
    },
}

/// What was asked for and is not heard yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Starting {
    pub(crate) number: RequestNumber,
    pub(crate) take: TakeId,
    pub(crate) at: Ticks,
}

/// What a run's frames mean.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) run: RunId,
    pub(crate) number: RequestNumber,
    pub(crate) take: TakeId,
    pub(crate) rate: SampleRate,
    pub(crate) route: Route,
}

#[derive(Default)]
struct Told {
    events: VecDeque<Event>,
    plans: VecDeque<Plan>,
    starting: Option<Starting>,
}

/// Where the conductor leaves news for the main thread.
#[derive(Default)]
pub(crate) struct News {
    told: Mutex<Told>,
}

/// Events kept until they are fetched; older ones go first.
const MOST_EVENTS: usize = 256;

/// Plans kept: more runs than can follow each other within any device's latency.
const MOST_PLANS: usize = 8;

impl News {
    /// What was told. Nothing that can panic runs while it is held, so poison means nothing.
    fn lock(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves an event.
    pub(crate) fn tell(&self, event: Event, counters: &Counters) {
        let mut told = self.lock();
        if told.events.len() == MOST_EVENTS {
            told.events.pop_front();
            Counters::add(&counters.dropped_events, 1);
        }
        told.events.push_back(event);
    }

    /// Takes all events.
    pub(crate) fn take_events(&self) -> Vec<Event> {
        self.lock().events.drain(..).collect()
    }

    /// Leaves what a run's frames mean from now on.
    pub(crate) fn plan(&self, plan: Plan) {
        let mut told = self.lock();
        if let Some(known) = told.plans.iter_mut().find(|known| known.run == plan.run) {
            *known = plan;
            return;
        }
        if told.plans.len() == MOST_PLANS {
            told.plans.pop_front();
        }
        told.plans.push_back(plan);
    }

    /// The meaning of a run's frame.
    pub(crate) fn locate(&self, run: RunId, frame: i64) -> Option<Place> {
        let told = self.lock();
        let plan = told.plans.iter().find(|plan| plan.run == run)?;
        let line = crate::time::Samples::new(plan.route.line_at(frame));
        Some(Place {
            number: plan.number,
            take: plan.take,
            at: plan.rate.nearest_ticks(line),
        })
    }

    /// Notes that something new was asked for.
    pub(crate) fn starting(&self, starting: Starting) {
        self.lock().starting = Some(starting);
    }

    /// Notes that nothing came of a request.
    pub(crate) fn abandoned(&self, number: RequestNumber) {
        let mut told = self.lock();
        if told
            .starting
            .is_some_and(|starting| starting.number <= number)
        {
            told.starting = None;
        }
    }

    /// What was asked for after request `number`.
    pub(crate) fn starting_after(&self, number: RequestNumber) -> Option<Starting> {
        self.lock()
            .starting
            .filter(|starting| starting.number > number)
    }
}

/// A place on the line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) number: RequestNumber,
    pub(crate) take: TakeId,
    pub(crate) at: Ticks,
}
