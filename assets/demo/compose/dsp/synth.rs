//! Analogue-style synthesiser voices: pads, brass stabs, basses.

use std::f32::consts::TAU;

use super::envelope::Adsr;
use super::filter::Svf;
use super::osc::{Pulse, Saw, Sine};
use super::random::Rng;
use super::{Instrument, Tone};

/// Detuned sawtooths through a resonant low-pass with an envelope of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Poly {
    /// How many sawtooths.
    pub(crate) saws: u8,
    /// How far apart the outer two are, in cents.
    pub(crate) detune: f32,
    /// Loudness over time.
    pub(crate) amp: Adsr,
    /// Filter opening over time.
    pub(crate) sweep: Adsr,
    /// Where the filter rests, in hertz.
    pub(crate) cutoff: f32,
    /// How many octaves the sweep opens it at full strength.
    pub(crate) octaves: f32,
    /// 1/Q: 1.4 is flat, 0.2 rings.
    pub(crate) damping: f32,
    /// Level of a sine an octave below.
    pub(crate) sub: f32,
}

impl Poly {
    /// A slow, warm pad.
    pub(crate) const PAD: Self = Self {
        saws: 4,
        detune: 16.0,
        amp: Adsr {
            attack: 0.9,
            decay: 2.0,
            sustain: 0.9,
            release: 0.55,
        },
        sweep: Adsr {
            attack: 1.8,
            decay: 3.0,
            sustain: 0.6,
            release: 0.8,
        },
        cutoff: 420.0,
        octaves: 2.2,
        damping: 1.1,
        sub: 0.25,
    };
    /// Short, bright chords.
    pub(crate) const STAB: Self = Self {
        saws: 5,
        detune: 22.0,
        amp: Adsr {
            attack: 0.004,
            decay: 0.35,
            sustain: 0.45,
            release: 0.09,
        },
        sweep: Adsr {
            attack: 0.004,
            decay: 0.16,
            sustain: 0.25,
            release: 0.1,
        },
        cutoff: 520.0,
        octaves: 3.6,
        damping: 0.8,
        sub: 0.0,
    };
    /// A bass with a snapping filter.
    pub(crate) const BASS: Self = Self {
        saws: 2,
        detune: 7.0,
        amp: Adsr {
            attack: 0.003,
            decay: 0.4,
            sustain: 0.75,
            release: 0.035,
        },
        sweep: Adsr {
            attack: 0.002,
            decay: 0.11,
            sustain: 0.2,
            release: 0.05,
        },
        cutoff: 160.0,
        octaves: 3.6,
        damping: 0.55,
        sub: 0.7,
    };
    /// A plucked sequencer voice.
    pub(crate) const SEQUENCE: Self = Self {
        saws: 2,
        detune: 9.0,
        amp: Adsr {
            attack: 0.002,
            decay: 0.14,
            sustain: 0.08,
            release: 0.08,
        },
        sweep: Adsr {
            attack: 0.002,
            decay: 0.09,
            sustain: 0.05,
            release: 0.08,
        },
        cutoff: 380.0,
        octaves: 3.9,
        damping: 0.35,
        sub: 0.0,
    };
}

impl Instrument for Poly {
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32> {
        let length = tone.samples(self.amp.length(tone.secs));
        let mut saws: Vec<(Saw, f32)> = (0..self.saws)
            .map(|n| {
                let place = if self.saws > 1 {
                    f32::from(n) / f32::from(self.saws - 1) - 0.5
                } else {
                    0.0
                };
                let cents = place * self.detune + rng.bell() * 1.2;
                (
                    Saw::new(rng.unit()),
                    tone.hz() * (cents / 1200.0).exp2() / tone.rate,
                )
            })
            .collect();
        let mut sub = Sine::new(0.0);
        let (mut filter, mut pole) = (Svf::default(), Svf::default());
        let (slow_hz, slow_phase) = (rng.between(0.10, 0.22), rng.unit());
        let level = 0.5 * tone.velocity.powf(0.8) / f32::from(self.saws).sqrt();
        let fade = tone.rate * 0.01;
        (0..length)
            .map(|i| {
                let t = i as f32 / tone.rate;
                let raw: f32 = saws.iter_mut().map(|(saw, step)| saw.next(*step)).sum();
                let below = sub.next(tone.hz() * 0.5 / tone.rate) * self.sub * f32::from(self.saws);
                let breathing = 0.25 * ((slow_hz * t + slow_phase) * TAU).sin();
                let open =
                    self.octaves * self.sweep.level(t, tone.secs) * (0.4 + 0.6 * tone.velocity);
                let cutoff = (self.cutoff * (open + breathing).exp2()).min(16_000.0) / tone.rate;
                let once = filter.next(raw + below, cutoff, self.damping).low;
                let twice = pole.next(once, cutoff * 1.4, 1.4).low;
                let end = ((length - i) as f32 / fade).min(1.0);
                twice * self.amp.level(t, tone.secs) * level * end
            })
            .collect()
    }
}

/// A deep sine with a little grit, for weight below everything else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sub {
    /// How hard it is driven: 0 is pure.
    pub(crate) drive: f32,
}

impl Instrument for Sub {
    fn sound(&self, tone: &Tone, _rng: &mut Rng) -> Vec<f32> {
        let shape = Adsr {
            attack: 0.012,
            decay: 1.5,
            sustain: 0.8,
            release: 0.06,
        };
        let length = tone.samples(shape.length(tone.secs));
        let mut sine = Sine::new(0.0);
        let push = 1.0 + 4.0 * self.drive;
        (0..length)
            .map(|i| {
                let t = i as f32 / tone.rate;
                let wave = (push * sine.next(tone.hz() / tone.rate)).tanh() / push.tanh();
                wave * shape.level(t, tone.secs) * 0.5 * tone.velocity
            })
            .collect()
    }
}

/// A reed or chip-like pulse voice whose width moves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reed {
    /// Loudness over time.
    pub(crate) amp: Adsr,
    /// Low-pass in hertz.
    pub(crate) cutoff: f32,
    /// Cents between its two reeds.
    pub(crate) musette: f32,
}

impl Reed {
    /// An accordion with two reeds tuned apart.
    pub(crate) const ACCORDION: Self = Self {
        amp: Adsr {
            attack: 0.07,
            decay: 1.0,
            sustain: 0.92,
            release: 0.07,
        },
        cutoff: 3400.0,
        musette: 13.0,
    };
}

impl Instrument for Reed {
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32> {
        let length = tone.samples(self.amp.length(tone.secs));
        let mut reeds = [-0.5_f32, 0.5].map(|side| {
            let step = tone.hz() * (side * self.musette / 1200.0).exp2() / tone.rate;
            (Pulse::new(rng.unit()), step, 0.32 + 0.06 * rng.noise())
        });
        let mut filter = Svf::default();
        let (swell_hz, swell_phase) = (rng.between(0.3, 0.6), rng.unit());
        let fade = tone.rate * 0.01;
        (0..length)
            .map(|i| {
                let t = i as f32 / tone.rate;
                let raw: f32 = reeds
                    .iter_mut()
                    .map(|(reed, step, width)| reed.next(*step, *width))
                    .sum();
                let bellows = 1.0 + 0.08 * ((swell_hz * t + swell_phase) * TAU).sin();
                let open = self.cutoff * (0.55 + 0.45 * tone.velocity) * bellows / tone.rate;
                let end = ((length - i) as f32 / fade).min(1.0);
                filter.next(raw, open, 1.2).low
                    * self.amp.level(t, tone.secs)
                    * bellows
                    * 0.16
                    * tone.velocity
                    * end
            })
            .collect()
    }
}
