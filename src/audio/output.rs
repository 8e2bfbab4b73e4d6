//! What the bus plays into: a sound card, or whatever takes its place.

use std::num::NonZeroU16;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::time::Duration;
use std::time::Instant;

use crate::audio::bus::BLOCK;
use crate::audio::bus::Bus;
use crate::audio::meters::Counters;
use crate::media::StereoFrame;
use crate::time::SampleRate;

/// What an output is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFacts {
    /// As the system calls it.
    pub name: String,
    /// Its sampling rate.
    pub rate: SampleRate,
    /// Its channels; the first two are used.
    pub channels: NonZeroU16,
    /// Frames it takes at a time.
    pub buffer: u32,
    /// Frames between being rendered and being heard.
    pub latency: u32,
}

/// Which output is wanted, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputChoice {
    /// The device's name as [`output_names`](super::output_names) has it; `None` is the one that
    /// is the system's default whenever it is opened. One that is not there is replaced by it.
    pub device: Option<String>,
    /// Frames it is to take at a time: 128 to 4096. A device that refuses so few takes more.
    pub buffer: u32,
}

impl Default for OutputChoice {
    fn default() -> Self {
        Self {
            device: None,
            buffer: 512,
        }
    }
}

/// An output that was opened. Dropping it closes it, and drops the [`BusSource`] it plays.
pub trait Output: Send {
    /// What it is like.
    fn facts(&self) -> OutputFacts;

    /// Begins to pull `source`, for as long as the output lives.
    fn play(&mut self, source: BusSource);
}

/// No output could be opened; the reason as a sentence for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoOutput(pub String);

/// Opens outputs.
pub trait Outputs: Send {
    /// Opens the output that is wanted.
    ///
    /// # Errors
    ///
    /// Fails when there is none, or none that can be opened.
    fn open(&mut self, choice: &OutputChoice, faults: Faults) -> Result<Box<dyn Output>, NoOutput>;

    /// Names the output that is the system's default now, where what is open does not follow it by
    /// itself.
    fn default_output(&mut self) -> Option<String> {
        None
    }
}

/// What whoever owns the output is told.
#[derive(Debug)]
pub(crate) enum Message {
    /// The output numbered so can not go on.
    Fault { output: u64, why: String },
    /// The bus was told something.
    Stir,
    /// Another output is wanted.
    Choose(OutputChoice),
    /// The engine is gone.
    Close,
}

/// Where an output reports that it cannot go on.
#[derive(Clone)]
pub struct Faults {
    pub(crate) output: u64,
    pub(crate) messages: SyncSender<Message>,
    pub(crate) counters: Arc<Counters>,
}

impl Faults {
    /// Reports that the output cannot go on. Returns at once; if too many reports are waiting
    /// already, this one is not needed.
    pub fn report(&self, why: &str) {
        let fault = Message::Fault {
            output: self.output,
            why: why.to_owned(),
        };
        if self.messages.try_send(fault).is_err() {
            // Only the first can be acted on anyway.
            self.count_hiccup();
        }
    }

    /// Counts that the device ran out of sound, and goes on.
    pub fn count_underrun(&self) {
        Counters::add(&self.counters.underruns, 1);
    }

    /// Counts an error after which the device goes on, or so it seems.
    pub fn count_hiccup(&self) {
        Counters::add(&self.counters.hiccups, 1);
    }
}

/// The one thing the device pulls: the bus, sample by sample.
///
/// It comes and goes with the device; the bus it holds goes back to its owner when it is dropped.
pub struct BusSource {
    // Only empty while being dropped.
    bus: Option<Box<Bus>>,
    home: rtrb::Producer<Box<Bus>>,
    rate: SampleRate,
    channels: NonZeroU16,
    block: [StereoFrame; BLOCK],
    /// The frame of the block that is being handed out, and the channel of it that is next.
    frame: usize,
    channel: u16,
}

impl BusSource {
    /// A source for an output of so many channels, and where the bus will come back.
    pub(crate) fn new(bus: Box<Bus>, channels: NonZeroU16) -> (Self, rtrb::Consumer<Box<Bus>>) {
        let (home, back) = rtrb::RingBuffer::new(1);
        let source = Self {
            rate: bus.rate(),
            bus: Some(bus),
            home,
            channels,
            block: [[0.0; 2]; BLOCK],
            frame: BLOCK,
            channel: 0,
        };
        (source, back)
    }

    fn sample(&self) -> f32 {
        let [left, right] = self.block[self.frame];
        match (self.channel, self.channels.get()) {
            (0, 1) => (left + right) * 0.5,
            (0, _) => left,
            (1, _) => right,
            _ => 0.0,
        }
    }
}

impl Iterator for BusSource {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.frame == BLOCK {
            if let Some(bus) = &mut self.bus {
                bus.render(&mut self.block, Instant::now());
            }
            self.frame = 0;
        }
        let sample = self.sample();
        self.channel += 1;
        if self.channel == self.channels.get() {
            self.channel = 0;
            self.frame += 1;
        }
        Some(sample)
    }
}

impl rodio::Source for BusSource {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> NonZeroU16 {
        self.channels
    }

    fn sample_rate(&self) -> NonZeroU32 {
        self.rate.non_zero()
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}

impl Drop for BusSource {
    fn drop(&mut self) {
        if let Some(bus) = self.bus.take()
            && self.home.push(bus).is_err()
        {
            // The ring has room for the one bus there is.
            tracing::error!("the bus was lost");
        }
    }
}
