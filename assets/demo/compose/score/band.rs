//! The players: they take written notes and play them, not quite alike each time.

use super::clock::Clock;
use super::notation::Note;
use crate::dsp::line::Step;
use crate::dsp::random::Rng;
use crate::dsp::{Instrument, Tone};
use crate::mix::Stereo;

/// Where the notes of a part sit between left and right.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pan {
    /// All in one place.
    At(f32),
    /// Low notes on one side, high ones on the other, as wide as said.
    Keys(f32),
    /// One after the other on either side.
    Alternate(f32),
    /// Played twice by two players, one on each side.
    Twice(f32),
}

/// How freely a part is played.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feel {
    /// Usual distance of a note from its place, in seconds.
    pub(crate) loose: f32,
    /// How much strength varies.
    pub(crate) uneven: f32,
    /// Seconds behind (or, below zero, ahead of) the beat.
    pub(crate) late: f32,
    /// How much of a note's written length is held.
    pub(crate) held: f32,
    /// Seconds from the lowest to the highest note of a chord.
    pub(crate) rolled: f32,
}

impl Feel {
    /// A machine.
    pub(crate) const EXACT: Self = Self {
        loose: 0.0,
        uneven: 0.03,
        late: 0.0,
        held: 0.95,
        rolled: 0.0,
    };
    /// A good player.
    pub(crate) const HUMAN: Self = Self {
        loose: 0.005,
        uneven: 0.08,
        late: 0.0,
        held: 0.97,
        rolled: 0.0,
    };
    /// A good player leaning back.
    pub(crate) const LAZY: Self = Self {
        loose: 0.009,
        uneven: 0.10,
        late: 0.014,
        held: 0.92,
        rolled: 0.008,
    };
    /// A pianist alone.
    pub(crate) const RUBATO: Self = Self {
        loose: 0.014,
        uneven: 0.12,
        late: 0.0,
        held: 1.05,
        rolled: 0.028,
    };
}

/// A room full of players who share a clock.
#[derive(Debug)]
pub(crate) struct Band {
    clock: Clock,
    /// Samples a second.
    pub(crate) rate: f32,
    /// Length of the piece in samples.
    pub(crate) length: usize,
    rng: Rng,
}

impl Band {
    /// A band that plays for `secs` seconds.
    pub(crate) fn new(clock: Clock, secs: f32, rate: f32, seed: u64) -> Self {
        Self {
            clock,
            rate,
            length: (secs * rate) as usize,
            rng: Rng::new(seed),
        }
    }

    /// An empty channel of the piece's length.
    pub(crate) fn channel(&self) -> Stereo {
        Stereo::silence(self.length)
    }

    /// The piece's own randomness, for players outside this file.
    pub(crate) fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    /// When a beat falls, in seconds.
    pub(crate) fn at(&self, beat: f64) -> f32 {
        self.clock.at(beat) as f32
    }

    /// Plays notes on an instrument into a new channel.
    pub(crate) fn play(
        &mut self,
        notes: &[Note],
        instrument: &impl Instrument,
        pan: Pan,
        feel: Feel,
    ) -> Stereo {
        let mut channel = self.channel();
        self.play_into(&mut channel, notes, instrument, pan, feel);
        channel
    }

    /// Plays notes on an instrument into a channel that is there.
    pub(crate) fn play_into(
        &mut self,
        channel: &mut Stereo,
        notes: &[Note],
        instrument: &impl Instrument,
        pan: Pan,
        feel: Feel,
    ) {
        for (index, note) in notes.iter().enumerate() {
            let below = notes
                .iter()
                .filter(|other| (other.start - note.start).abs() < 1e-6 && other.pitch < note.pitch)
                .count();
            let roll = feel.rolled * below as f32 / 3.0;
            let start = self.clock.at(note.start);
            let secs = (self.clock.at(note.start + note.beats) - start) as f32 * feel.held;
            let at = start as f32 + feel.late + roll + feel.loose * self.rng.bell();
            let velocity = (note.velocity * (1.0 + feel.uneven * self.rng.bell())).clamp(0.03, 1.0);
            let tone = Tone {
                pitch: note.pitch,
                secs,
                velocity,
                rate: self.rate,
            };
            let place = (at * self.rate).round() as i64;
            match pan {
                Pan::At(side) => channel.add(&instrument.sound(&tone, &mut self.rng), place, side),
                Pan::Keys(width) => {
                    let side = ((note.pitch - 62.0) / 30.0).clamp(-1.0, 1.0) * width;
                    channel.add(&instrument.sound(&tone, &mut self.rng), place, side);
                }
                Pan::Alternate(width) => {
                    let side = if index % 2 == 0 { -width } else { width };
                    channel.add(&instrument.sound(&tone, &mut self.rng), place, side);
                }
                Pan::Twice(width) => {
                    channel.add(&instrument.sound(&tone, &mut self.rng), place, -width);
                    let apart = (self.rate * (0.006 + feel.loose * self.rng.bell())) as i64;
                    channel.add(
                        &instrument.sound(&tone, &mut self.rng),
                        place + apart,
                        width,
                    );
                }
            }
        }
    }

    /// Written notes as steps of a line, in seconds, for instruments that join notes.
    pub(crate) fn steps(&mut self, notes: &[Note], feel: Feel) -> Vec<Step> {
        notes
            .iter()
            .map(|note| {
                let start = self.at(note.start) + feel.late + feel.loose * self.rng.bell();
                let end = self.at(note.start + note.beats) + feel.late;
                Step {
                    start,
                    secs: ((end - start) * feel.held).max(0.03),
                    pitch: note.pitch,
                    velocity: (note.velocity * (1.0 + feel.uneven * self.rng.bell()))
                        .clamp(0.03, 1.0),
                }
            })
            .collect()
    }

    /// A finished line as a channel.
    pub(crate) fn placed(&self, line: &[f32], pan: f32) -> Stereo {
        let mut channel = self.channel();
        channel.add(line, 0, pan);
        channel
    }
}
