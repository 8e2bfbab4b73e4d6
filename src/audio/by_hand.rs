//! The engine without threads, device or clock: every step is taken by the caller.
//!
//! It is how a program is rendered faster than real time, and how tests hear every sample. It
//! runs the very same conductor, feeds and bus.

use std::sync::Arc;
use std::time::Instant;

use crate::audio::OpenSound;
use crate::audio::bus::BLOCK;
use crate::audio::bus::Bus;
use crate::audio::conductor::Conductor;
use crate::audio::engine::Assembly;
use crate::audio::engine::Config;
use crate::audio::engine::Engine;
use crate::media::StereoFrame;
use crate::time::SampleRate;

/// See the module.
pub struct ByHand {
    engine: Engine,
    conductor: Conductor,
    bus: Bus,
    /// When the conductor wants to be called again even if nobody rings.
    due: Option<Instant>,
}

impl ByHand {
    /// An engine whose device would have this rate.
    pub fn new(
        config: &Config,
        rate: SampleRate,
        opener: Arc<dyn OpenSound>,
        now: Instant,
    ) -> Self {
        let nothing: Arc<dyn Fn() + Send + Sync> = Arc::new(|| ());
        let Assembly {
            engine,
            conductor,
            bus,
        } = Engine::assemble(config, rate, opener, Arc::clone(&nothing), nothing, now);
        Self {
            engine,
            conductor,
            bus,
            due: None,
        }
    }

    /// The handle to play with.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Lets the conductor look at what there is to do.
    pub fn conduct(&mut self, now: Instant) {
        self.due = self.conductor.step(now).map(|wait| now + wait);
    }

    /// Conducts if the conductor's thread would be awake: something was asked for or has come of
    /// a job, or the time it wanted to be called at has come. Returns whether it was.
    pub fn conduct_if_due(&mut self, now: Instant) -> bool {
        let is_due = self.due.is_some_and(|due| due <= now) || self.engine.has_rung();
        if is_due {
            self.conduct(now);
        }
        is_due
    }

    /// Lets conductor and workers do what their threads would do by `now`, until all sleep.
    pub fn attend(&mut self, now: Instant) {
        self.conduct_if_due(now);
        while self.work_once() {
            self.conduct_if_due(now);
        }
    }

    /// Does one job of the workers, if there is one; returns whether there was.
    pub fn work_once(&mut self) -> bool {
        self.engine.desk().work_once()
    }

    /// Conducts and works until there is nothing left to do before the bus moves on.
    pub fn settle(&mut self, now: Instant) {
        self.conduct(now);
        while self.work_once() {
            while self.work_once() {}
            self.conduct(now);
        }
    }

    /// Renders what a device would pull.
    pub fn pull(&mut self, out: &mut [StereoFrame], now: Instant) {
        for block in out.chunks_mut(BLOCK) {
            self.bus.render(block, now);
        }
    }
}
