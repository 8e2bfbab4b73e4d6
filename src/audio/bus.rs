//! The bus: all that sounds, added up, frame by frame, on one clock. Real-time code.

mod command;
mod gate;
mod mixer;

use std::sync::Arc;
use std::time::Instant;

use crate::audio::clock::Clock;
use crate::audio::clock::ClockWriter;
use crate::audio::clock::Motion;
use crate::audio::clock::RunId;
use crate::audio::fade::Joints;
use crate::audio::meters::Counters;
use crate::audio::meters::Meters;
use crate::audio::voice::Over;
use crate::audio::voice::Voice;
use crate::audio::voice::VoiceId;
use crate::audio::voice::count;
use crate::media::StereoFrame;
use crate::time::SampleRate;

pub(crate) use command::Command;
use gate::Gate;
use mixer::Mixer;

/// The most voices the bus holds, those that are fading out included.
pub(crate) const MAX_VOICES: usize = 96;

/// The most frames rendered in one go.
pub(crate) const BLOCK: usize = 128;

/// Adds up what sounds.
///
/// # Real-time contract
///
/// [`Bus::render`] runs inside the device's callback. It does not lock, allocate, free, log or
/// touch a file. Voices come through a ring of commands and leave through a ring of returns; when
/// that is full they are kept and offered again with the next block.
pub(crate) struct Bus {
    rate: SampleRate,
    joints: Joints,
    commands: rtrb::Consumer<Command>,
    returns: rtrb::Producer<Box<Voice>>,
    // Room for MAX_VOICES from the beginning; the conductor never sends more.
    #[expect(
        clippy::vec_box,
        reason = "taking voices up and giving them back moves pointers"
    )]
    voices: Vec<Box<Voice>>,
    run: RunId,
    /// The run's frame that is rendered next.
    position: i64,
    end: i64,
    gate: Gate,
    mixer: Mixer,
    clock: ClockWriter,
    counters: Arc<Counters>,
    voice_out: [StereoFrame; BLOCK],
}

/// The far ends of the bus's rings, and what it shares.
pub(crate) struct BusEnds {
    pub(crate) commands: rtrb::Producer<Command>,
    pub(crate) returns: rtrb::Consumer<Box<Voice>>,
}

/// Commands the bus can be behind with; the conductor keeps what does not fit and tries again.
const COMMANDS: usize = 256;

impl Bus {
    /// A bus that is silent, and the conductor's ends of its rings.
    pub(crate) fn new(
        clock: Arc<Clock>,
        counters: Arc<Counters>,
        meters: Arc<Meters>,
    ) -> (Self, BusEnds) {
        let (command_sender, commands) = rtrb::RingBuffer::new(COMMANDS);
        let (returns, return_receiver) = rtrb::RingBuffer::new(MAX_VOICES);
        let rate = clock.rate();
        let joints = Joints::at(rate);
        let bus = Self {
            rate,
            joints,
            commands,
            returns,
            voices: Vec::with_capacity(MAX_VOICES),
            run: RunId::default(),
            position: 0,
            end: i64::MAX,
            gate: Gate::shut(joints.gate),
            mixer: Mixer::new(rate, meters),
            clock: ClockWriter::new(clock),
            counters,
            voice_out: [[0.0; 2]; BLOCK],
        };
        let ends = BusEnds {
            commands: command_sender,
            returns: return_receiver,
        };
        (bus, ends)
    }

    /// Frames per second.
    pub(crate) fn rate(&self) -> SampleRate {
        self.rate
    }

    /// Whether rendering would change nothing: no sound, no motion, nothing to obey or give back.
    pub(crate) fn is_idle(&self) -> bool {
        let stays = |voice: &Voice| voice.leaving_at.is_none() && voice.over.is_none();
        !self.is_moving()
            && self.commands.is_empty()
            && self.voices.iter().all(|voice| stays(voice))
    }

    /// Goes on at another rate, dropping all voices: theirs is the old one. Not for the callback.
    pub(crate) fn retune(&mut self, rate: SampleRate, now: Instant) {
        self.voices.clear();
        self.rate = rate;
        self.joints = Joints::at(rate);
        self.gate = Gate::shut(self.joints.gate);
        self.mixer.retune(rate);
        self.clock.set_rate(rate);
        self.clock.mark(1, self.run, self.position, Motion::Paused);
        self.clock.publish(0, now);
    }

    /// Fills `out`, which is at most [`BLOCK`] frames long, and tells the clock that it was done
    /// at `now`.
    pub(crate) fn render(&mut self, out: &mut [StereoFrame], now: Instant) {
        self.obey();
        if self.voices.is_empty() && !self.is_moving() {
            out.fill([0.0; 2]);
            self.mixer.rest(count(out.len()));
        } else {
            self.mixer.begin();
            let n = out.len().min(BLOCK);
            let mut done = 0;
            while done < n {
                done += self.render_stretch(done, n);
            }
            self.mixer.finish(out, self.is_moving());
            self.give_back();
        }
        self.clock.publish(count(out.len()), now);
    }

    fn is_moving(&self) -> bool {
        self.gate.lets_through()
    }

    /// Obeys what has been commanded up to now.
    fn obey(&mut self) {
        for _ in 0..self.commands.slots() {
            if let Ok(Command::Add(_)) = self.commands.peek()
                && self.voices.len() == self.voices.capacity()
            {
                return;
            }
            match self.commands.pop() {
                Ok(command) => self.obey_one(command),
                Err(_) => return,
            }
        }
    }

    fn obey_one(&mut self, command: Command) {
        match command {
            Command::Add(voice) => self.take_up(voice),
            Command::Release { voice, at } => self.release(voice, at),
            Command::Reshape {
                voice,
                contour,
                over,
            } => {
                let (now, over) = (self.position, over.max(self.joints.gain));
                if let Some(voice) = self.voices.iter_mut().find(|v| v.id == voice) {
                    voice.reshape(contour, now, over);
                }
            }
            Command::Begin {
                run,
                rate,
                from,
                end,
                motion,
            } => {
                if rate == self.rate {
                    self.begin(run, from, end, motion);
                }
            }
            Command::EndAt { run, end } => {
                if run == self.run {
                    // An end that has passed is led down to, like any other.
                    self.end = end.max(self.position + self.gate.to_shut());
                }
            }
            Command::Pause => self.close(Motion::Paused),
            Command::Resume => self.open(),
            Command::Stop => self.close(Motion::Stopped),
            Command::GroupGain { group, gain } => {
                self.mixer.move_fader(group, gain, self.joints.gain);
            }
            Command::Duck(ducked) => self.mixer.duck(ducked),
            Command::Mono(is_mono) => self.mixer.fold(is_mono, self.joints.gain),
        }
    }

    fn take_up(&mut self, mut voice: Box<Voice>) {
        if voice.rate != self.rate {
            voice.over = Some(Over::Released);
        }
        voice.enter(self.position, &self.joints);
        let at = self.voices.partition_point(|v| v.order <= voice.order);
        self.voices.insert(at, voice);
    }

    fn release(&mut self, voice: VoiceId, at: i64) {
        let shut = !self.is_moving();
        let (now, joints) = (self.position, self.joints);
        if let Some(voice) = self.voices.iter_mut().find(|v| v.id == voice) {
            if shut {
                voice.over = Some(Over::Released);
            }
            voice.release(at.max(now), &joints);
        }
    }

    fn begin(&mut self, run: RunId, from: i64, end: i64, motion: Motion) {
        let level = self.gate_level(0);
        for voice in &mut self.voices {
            if voice.run == self.run && voice.leaving_at.is_none() {
                voice.leave(self.position, level, &self.joints);
            }
        }
        self.run = run;
        self.position = from;
        self.end = end.max(from);
        self.gate = if motion == Motion::Playing {
            Gate::open(self.joints.gate)
        } else {
            Gate::shut(self.joints.gate)
        };
        self.clock.mark(0, run, from, motion);
    }

    fn close(&mut self, motion: Motion) {
        if self.is_moving() {
            self.gate.begin_closing(motion);
        } else if motion == Motion::Stopped {
            self.come_to_rest(0, motion);
        }
    }

    fn open(&mut self) {
        let at_end = self.end <= self.position;
        if self.run == RunId::default() || at_end {
            return;
        }
        if self.gate.is_shut() {
            self.clock.mark(0, self.run, self.position, Motion::Playing);
        }
        self.gate.begin_opening();
    }

    /// The gate's factor `ahead` frames from now.
    fn gate_level(&self, ahead: i64) -> f32 {
        let left = self.end.saturating_sub(self.position + ahead);
        self.gate.factor(ahead, left)
    }

    /// Renders from `done` on, as far as nothing changes but levels; returns how far.
    fn render_stretch(&mut self, done: usize, n: usize) -> usize {
        let mut length = count(n - done);
        if self.is_moving() {
            length = length.min(self.end - self.position);
            length = self.gate.frames_as_it_moves(length);
        }
        let n = usize::try_from(length).unwrap_or(0);
        self.sum_voices(done, n);
        if self.is_moving() {
            self.advance(length, count(done));
        }
        n
    }

    /// Adds all voices up in the `n` frames of the block from `first` on.
    fn sum_voices(&mut self, first: usize, n: usize) {
        let moving = self.is_moving();
        let open = self.gate.is_open() && self.end - self.position > self.joints.gate + count(n);
        for at in 0..self.voices.len() {
            let leaving = self.voices[at].leaving_at;
            if leaving.is_none() && self.voices[at].run != self.run {
                // Its run was stopped, or never began.
                self.voices[at].over = Some(Over::Released);
            }
            if self.voices[at].over.is_some() || (leaving.is_none() && !moving) {
                continue;
            }
            let out = &mut self.voice_out[..n];
            out.fill([0.0; 2]);
            let voice = &mut self.voices[at];
            let now = leaving.unwrap_or(self.position);
            voice.over = voice.render(now, out, &self.joints, &self.counters);
            voice.leaving_at = leaving.map(|now| now + count(n));
            let (group, left_level) = (voice.group, voice.leaving_level);
            for (ahead, at) in (0_i64..).zip(0..n) {
                let gate = if leaving.is_some() {
                    left_level
                } else if open {
                    1.0
                } else {
                    self.gate_level(ahead)
                };
                let sum = &mut self.mixer.sums[group][first + at];
                sum[0] += self.voice_out[at][0] * gate;
                sum[1] += self.voice_out[at][1] * gate;
            }
        }
    }

    /// Moves the line on, and obeys where that leads: shut gates, the end.
    fn advance(&mut self, length: i64, done: i64) {
        self.position += length;
        if let Some(motion) = self.gate.advance(length) {
            self.come_to_rest(done + length, motion);
        }
        if self.position >= self.end && self.is_moving() {
            self.come_to_rest(done + length, Motion::Ended);
        }
    }

    fn come_to_rest(&mut self, ahead: i64, motion: Motion) {
        self.gate = Gate::shut(self.joints.gate);
        self.clock.mark(ahead, self.run, self.position, motion);
        self.mixer.forget_loudness();
        if motion == Motion::Stopped || motion == Motion::Ended {
            for voice in &mut self.voices {
                if voice.run == self.run && voice.over.is_none() {
                    voice.over = Some(Over::Released);
                }
            }
        }
        if motion == Motion::Stopped {
            self.run = RunId::default();
        }
    }

    /// Gives back the voices that are over; those for which there is no room stay.
    fn give_back(&mut self) {
        let mut at = 0;
        while at < self.voices.len() {
            if self.voices[at].over.is_none() || self.returns.is_full() {
                at += 1;
                continue;
            }
            let voice = self.voices.remove(at);
            if let Err(rtrb::PushError::Full(voice)) = self.returns.push(voice) {
                self.voices.insert(at, voice);
                return;
            }
        }
    }
}
