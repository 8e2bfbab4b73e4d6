//! The bus: all that sounds, added up, frame by frame, on one clock. Real-time code.

use std::sync::Arc;
use std::time::Instant;

use crate::audio::Group;
use crate::audio::clock::Clock;
use crate::audio::clock::ClockWriter;
use crate::audio::clock::Motion;
use crate::audio::clock::RunId;
use crate::audio::ducker::Ducker;
use crate::audio::fade::Contour;
use crate::audio::fade::Joints;
use crate::audio::fade::Ramp;
use crate::audio::fade::ease;
use crate::audio::loudness::LoudnessMeter;
use crate::audio::meters::Counters;
use crate::audio::meters::Meters;
use crate::audio::voice::Over;
use crate::audio::voice::Voice;
use crate::audio::voice::VoiceId;
use crate::audio::voice::count;
use crate::media::StereoFrame;
use crate::time::SampleRate;

/// The most voices the bus holds, those that are fading out included.
pub(crate) const MAX_VOICES: usize = 96;

/// The most frames rendered in one go.
pub(crate) const BLOCK: usize = 128;

const N_GROUPS: usize = Group::ALL.len();

/// What the conductor tells the bus. Commands that arrive together are obeyed at one frame.
pub(crate) enum Command {
    /// Takes up a voice.
    Add(Box<Voice>),
    /// Leads a voice out from this frame of its run on, or at once if that has passed.
    Release { voice: VoiceId, at: i64 },
    /// Gives a voice another contour.
    Reshape {
        voice: VoiceId,
        contour: Contour,
        /// How long it is led over, in frames.
        over: i64,
    },
    /// Leaves the present run and begins another.
    Begin {
        run: RunId,
        rate: SampleRate,
        from: i64,
        end: i64,
        motion: Motion,
    },
    /// Where the run ends.
    EndAt { run: RunId, end: i64 },
    /// Stands still.
    Pause,
    /// Goes on.
    Resume,
    /// Stops and forgets what sounded.
    Stop,
    /// Moves a group's fader.
    GroupGain { group: Group, gain: f32 },
    /// Both channels become their mean, or themselves again.
    Mono(bool),
    /// Turns a group down while the other sounds, or none.
    Duck(Option<Group>),
}

/// The gate all sound of the run goes through: shut while nothing plays, and never moved at once.
#[derive(Clone, Copy, Debug)]
struct Gate {
    /// How far it is open, from 0 to the length of the gate's joint.
    level: i64,
    /// Whether it is opening or closing, and what closing is for.
    moving: GateMove,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GateMove {
    Still,
    Opening,
    Closing(Motion),
}

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
    faders: [Ramp; N_GROUPS],
    /// How far both channels have become their mean.
    mono: Ramp,
    ducker: Ducker,
    loudness: [LoudnessMeter; N_GROUPS],
    clock: ClockWriter,
    counters: Arc<Counters>,
    meters: Arc<Meters>,
    sums: [[StereoFrame; BLOCK]; N_GROUPS],
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
        let bus = Self {
            rate,
            joints: Joints::at(rate),
            commands,
            returns,
            voices: Vec::with_capacity(MAX_VOICES),
            run: RunId::default(),
            position: 0,
            end: i64::MAX,
            gate: Gate {
                level: 0,
                moving: GateMove::Still,
            },
            faders: [Ramp::still(1.0); N_GROUPS],
            mono: Ramp::still(0.0),
            ducker: Ducker::at(rate),
            loudness: Group::ALL.map(|_| LoudnessMeter::at(rate)),
            clock: ClockWriter::new(clock),
            counters,
            meters,
            sums: [[[0.0; 2]; BLOCK]; N_GROUPS],
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
        self.gate.level = 0;
        self.gate.moving = GateMove::Still;
        self.ducker = Ducker::at(rate);
        self.loudness = Group::ALL.map(|_| LoudnessMeter::at(rate));
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
            self.move_faders(count(out.len()));
        } else {
            for sum in &mut self.sums {
                sum.fill([0.0; 2]);
            }
            let n = out.len().min(BLOCK);
            let mut done = 0;
            while done < n {
                done += self.render_stretch(done, n);
            }
            self.fade_and_sum(out);
            self.give_back();
        }
        self.clock.publish(count(out.len()), now);
    }

    fn is_moving(&self) -> bool {
        self.gate.level > 0 || self.gate.moving == GateMove::Opening
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
                    self.end = end.max(self.position + self.gate.level);
                }
            }
            Command::Pause => self.close(Motion::Paused),
            Command::Resume => self.open(),
            Command::Stop => self.close(Motion::Stopped),
            Command::GroupGain { group, gain } => {
                self.faders[group.index()].go(gain, self.joints.gain);
            }
            Command::Duck(ducked) => self.ducker.set(ducked),
            Command::Mono(is_mono) => self.mono.go(f32::from(is_mono), self.joints.gain),
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
        self.gate = Gate {
            level: if motion == Motion::Playing {
                self.joints.gate
            } else {
                0
            },
            moving: GateMove::Still,
        };
        self.clock.mark(0, run, from, motion);
    }

    fn close(&mut self, motion: Motion) {
        if self.is_moving() {
            self.gate.moving = GateMove::Closing(motion);
        } else if motion == Motion::Stopped {
            self.come_to_rest(0, motion);
        }
    }

    fn open(&mut self) {
        let at_end = self.end <= self.position;
        if self.run == RunId::default() || at_end {
            return;
        }
        if self.gate.level == 0 {
            self.clock.mark(0, self.run, self.position, Motion::Playing);
        }
        self.gate.moving = GateMove::Opening;
    }

    /// The gate's factor `ahead` frames from now; it also closes by itself before the end.
    fn gate_level(&self, ahead: i64) -> f32 {
        let level = match self.gate.moving {
            GateMove::Still => self.gate.level,
            GateMove::Opening => self.gate.level + ahead,
            GateMove::Closing(_) => self.gate.level - ahead,
        };
        let length = self.joints.gate as f32;
        let left = self.end.saturating_sub(self.position + ahead);
        ease(level as f32 / length) * ease(left as f32 / length)
    }

    /// Renders from `done` on, as far as nothing changes but levels; returns how far.
    fn render_stretch(&mut self, done: usize, n: usize) -> usize {
        let mut length = count(n - done);
        if self.is_moving() {
            length = length.min(self.end - self.position);
            match self.gate.moving {
                GateMove::Still => {}
                GateMove::Opening => length = length.min(self.joints.gate - self.gate.level),
                GateMove::Closing(_) => length = length.min(self.gate.level),
            }
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
        let open = self.gate.level == self.joints.gate
            && self.gate.moving == GateMove::Still
            && self.end - self.position > self.joints.gate + count(n);
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
                let sum = &mut self.sums[group][first + at];
                sum[0] += self.voice_out[at][0] * gate;
                sum[1] += self.voice_out[at][1] * gate;
            }
        }
    }

    /// Moves the line on, and obeys where that leads: shut gates, the end.
    fn advance(&mut self, length: i64, done: i64) {
        self.position += length;
        match self.gate.moving {
            GateMove::Still => {}
            GateMove::Opening => {
                self.gate.level += length;
                if self.gate.level >= self.joints.gate {
                    self.gate.moving = GateMove::Still;
                }
            }
            GateMove::Closing(motion) => {
                self.gate.level -= length;
                if self.gate.level <= 0 {
                    self.come_to_rest(done + length, motion);
                }
            }
        }
        if self.position >= self.end && self.is_moving() {
            self.come_to_rest(done + length, Motion::Ended);
        }
    }

    fn come_to_rest(&mut self, ahead: i64, motion: Motion) {
        self.gate = Gate {
            level: 0,
            moving: GateMove::Still,
        };
        self.clock.mark(ahead, self.run, self.position, motion);
        for (group, meter) in self.loudness.iter_mut().enumerate() {
            meter.reset();
            self.meters.tell_loudness(group, f32::NEG_INFINITY);
        }
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

    /// Adds the groups up at the level of their faders, measures them, and keeps the sum in range.
    fn fade_and_sum(&mut self, out: &mut [StereoFrame]) {
        out.fill([0.0; 2]);
        for (sum, fader) in self.sums.iter_mut().zip(&self.faders) {
            for (ahead, frame) in (0_i64..).zip(&mut sum[..out.len()]) {
                let level = fader.ahead(ahead);
                *frame = frame.map(|sample| sample * level);
            }
        }
        self.ducker.apply(&mut self.sums, out.len());
        let is_moving = self.is_moving();
        for (group, sum) in self.sums.iter().enumerate() {
            let sum = &sum[..out.len()];
            let mut peak = 0.0_f32;
            for (out, frame) in out.iter_mut().zip(sum) {
                peak = peak.max(frame[0].abs()).max(frame[1].abs());
                out[0] += frame[0];
                out[1] += frame[1];
            }
            if peak > 0.0 {
                self.meters.note(group, peak);
            }
            // What comes to rest in this block has been forgotten already.
            if is_moving && let Some(lufs) = self.loudness[group].hear(sum) {
                self.meters.tell_loudness(group, lufs);
            }
        }
        for (ahead, frame) in (0_i64..).zip(out.iter_mut()) {
            let mean = f32::midpoint(frame[0], frame[1]);
            let mono = self.mono.ahead(ahead);
            *frame = frame.map(|sample| (sample + (mean - sample) * mono).clamp(-1.0, 1.0));
        }
        self.move_faders(count(out.len()));
    }

    fn move_faders(&mut self, frames: i64) {
        for fader in &mut self.faders {
            fader.advance(frames);
        }
        self.mono.advance(frames);
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
