//! Sound from numbers: oscillators, instruments, rooms and the final stage of a mix.
//!
//! Everything works off line on whole buffers of `f32`, at the sample rate it is told, and is
//! random only through a seeded [`Rng`](random::Rng), so that two runs give the same music.

pub(crate) mod bowed;
pub(crate) mod drums;
pub(crate) mod dynamics;
pub(crate) mod echo;
pub(crate) mod envelope;
pub(crate) mod fft;
pub(crate) mod filter;
pub(crate) mod keys;
pub(crate) mod line;
pub(crate) mod loudness;
pub(crate) mod mallet;
pub(crate) mod osc;
pub(crate) mod pluck;
pub(crate) mod random;
pub(crate) mod resample;
pub(crate) mod reverb;
pub(crate) mod syllable;
pub(crate) mod synth;
pub(crate) mod vocoder;

use random::Rng;

/// What an instrument is asked for: one note.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tone {
    /// Pitch as a MIDI number; 69 is A4 at 440 Hz, fractions are microtones.
    pub(crate) pitch: f32,
    /// How long the key is held or the string is left alone.
    pub(crate) secs: f32,
    /// How hard, 0 to 1.
    pub(crate) velocity: f32,
    /// Samples per second of the wanted sound.
    pub(crate) rate: f32,
}

impl Tone {
    /// The note's frequency.
    pub(crate) fn hz(&self) -> f32 {
        hz(self.pitch)
    }

    /// A length of time in samples at this note's rate.
    pub(crate) fn samples(&self, secs: f32) -> usize {
        (secs.max(0.0) * self.rate) as usize
    }
}

/// The frequency of a MIDI pitch in twelve-tone equal temperament.
pub(crate) fn hz(pitch: f32) -> f32 {
    440.0 * ((pitch - 69.0) / 12.0).exp2()
}

/// A gain in decibels as a factor.
pub(crate) fn gain(db: f32) -> f32 {
    10.0_f32.powf(db / 20.0)
}

/// Something that sounds one note at a time, tail included.
pub(crate) trait Instrument {
    /// The whole sound of `tone`, from the attack until it has died away.
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32>;
}
