//! Keyboards: a felted upright piano, an electric piano, an organ.

use std::f32::consts::{PI, TAU};

use super::envelope::Adsr;
use super::filter::OnePole;
use super::osc::Sine;
use super::random::Rng;
use super::{Instrument, Tone};

/// A piano with a strip of felt between hammers and strings.
///
/// Additive: stretched partials of two slightly detuned strings, each decaying in two stages
/// (Weinreich, "Coupled piano strings", 1977; inharmonicity after Fletcher, "Normal vibration
/// frequencies of a stiff piano string", 1964).
#[derive(Clone, Debug)]
pub(crate) struct Piano {
    /// How many decibels each partial is below the one before it: more is softer felt.
    pub(crate) softness: f32,
    /// Whether the pedal holds the strings open after the key is let go.
    pub(crate) pedal: bool,
}

/// One decaying partial, as a two-pole resonator.
struct Partial {
    last: f32,
    before: f32,
    turn: f32,
    decay: f32,
}

impl Partial {
    fn new(hz: f32, level: f32, t60: f32, rate: f32) -> Self {
        let decay = 10.0_f32.powf(-3.0 / (t60 * rate));
        let omega = TAU * hz / rate;
        Self {
            last: 0.0,
            before: -level * omega.sin() / decay,
            turn: 2.0 * decay * omega.cos(),
            decay: decay * decay,
        }
    }

    fn next(&mut self) -> f32 {
        let now = self.turn * self.last - self.decay * self.before;
        self.before = self.last;
        self.last = now;
        now
    }
}

impl Instrument for Piano {
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32> {
        let f0 = tone.hz();
        let stiffness = 0.000_18 * ((tone.pitch - 48.0) / 11.0).exp2();
        let t60_low = (11.0 * (130.0 / f0).powf(0.5)).clamp(1.2, 16.0);
        let release = if self.pedal { 1.6 } else { 0.11 };
        let length = tone.samples((tone.secs + release * 6.0).min(t60_low));
        let mut out = vec![0.0_f32; length];
        let slope = self.softness * (1.25 - 0.7 * tone.velocity);
        for k in 1..=34_u8 {
            let n = f32::from(k);
            let hz = n * f0 * (1.0 + stiffness * n * n).sqrt();
            if hz > tone.rate * 0.42 || hz > 9000.0 {
                break;
            }
            let strike = (PI * n / 7.6).sin().abs().max(0.06);
            let level = strike * super::gain(-slope * (n - 1.0)) * rng.between(0.85, 1.15);
            let t60 = t60_low / (1.0 + 0.09 * n.powf(1.35));
            for (cents, share, slower) in [(-0.55, 0.62, 0.55), (0.6, 0.38, 1.15)] {
                let detuned = hz * f32::powf(2.0, cents * rng.between(0.7, 1.3) / 1200.0);
                let mut partial = Partial::new(detuned, level * share, t60 * slower, tone.rate);
                for sample in &mut out {
                    *sample += partial.next();
                }
            }
        }
        self.hammer(&mut out, tone, rng);
        let loudness = 0.42 * tone.velocity.powf(1.5) * (220.0 / f0).powf(0.12);
        let (rise, fade) = (tone.rate * 0.0035, tone.rate * 0.02);
        for (i, sample) in out.iter_mut().enumerate() {
            let late = (i as f32 / tone.rate - tone.secs).max(0.0);
            let ends = (i as f32 / rise).min(1.0) * ((length - i) as f32 / fade).min(1.0);
            *sample *= loudness * (-late / release).exp() * ends;
        }
        out
    }
}

impl Piano {
    /// The felt's thump and the wood's knock at the start of a note.
    fn hammer(&self, out: &mut [f32], tone: &Tone, rng: &mut Rng) {
        let (mut first, mut second) = (OnePole::default(), OnePole::default());
        let cutoff = (180.0 + 900.0 * tone.velocity) / tone.rate;
        let depth = 0.55 * self.softness.min(4.0) / 4.0;
        for (i, sample) in out.iter_mut().take(tone.samples(0.12)).enumerate() {
            let t = i as f32 / tone.rate;
            let felt = second.next(first.next(rng.noise(), cutoff), cutoff) * (-t / 0.022).exp();
            let wood = (TAU * 96.0 * t).sin() * (-t / 0.03).exp() * 0.06;
            *sample += depth * felt + wood;
        }
    }
}

/// An electric piano of struck tines, by frequency modulation (Chowning, "The synthesis of complex
/// audio spectra by means of frequency modulation", 1973; the voicing is the familiar one of a soft
/// body at 1:1 and a tine at 1:14).
#[derive(Clone, Debug)]
pub(crate) struct ElectricPiano {
    /// How much bite hard playing gives, 0 to 1.
    pub(crate) bark: f32,
}

impl Instrument for ElectricPiano {
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32> {
        let step = tone.hz() / tone.rate;
        let body_decay = 2.6 * (220.0 / tone.hz()).powf(0.4);
        let release = 0.13;
        let length = tone.samples((tone.secs + release * 6.0).min(body_decay * 4.0));
        let detune = 1.0 + 0.0006 * rng.noise();
        let hard = tone.velocity;
        let tine_level = 0.30 * hard * hard * ((84.0 - tone.pitch) / 36.0).clamp(0.15, 1.0);
        let fade = tone.rate * 0.01;
        let (mut carrier, mut body_mod, mut tine_mod) = (0.0_f32, Sine::new(0.0), Sine::new(0.0));
        (0..length)
            .map(|i| {
                let (n, t) = (i as f32, i as f32 / tone.rate);
                carrier = (carrier + step).fract();
                let phase = carrier * TAU;
                let index = hard * self.bark * (2.2 * (-t / 0.5).exp() + 0.35) + 0.15;
                let body =
                    (phase + index * body_mod.next(step * detune)).sin() * (-t / body_decay).exp();
                let ping = (phase + 0.9 * tine_mod.next(step * 14.0)).sin() * (-t / 0.16).exp();
                let late = (t - tone.secs).max(0.0);
                let ends =
                    (n / (tone.rate * 0.0015)).min(1.0) * ((length - i) as f32 / fade).min(1.0);
                let sum = body + tine_level * ping;
                (1.3 * sum * hard.powf(0.9)).tanh() * 0.32 * (-late / release).exp() * ends
            })
            .collect()
    }
}

/// A tone-wheel organ: nine drawbars, a key click, no touch.
#[derive(Clone, Debug)]
pub(crate) struct Organ {
    /// Drawbar positions 0 to 8, from 16' to 1'.
    pub(crate) drawbars: [u8; 9],
}

impl Instrument for Organ {
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32> {
        const RATIOS: [f32; 9] = [0.5, 1.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0];
        let shape = Adsr {
            attack: 0.012,
            decay: 1.0,
            sustain: 1.0,
            release: 0.03,
        };
        let length = tone.samples(shape.length(tone.secs));
        let mut wheels: Vec<(f32, f32, Sine)> = RATIOS
            .iter()
            .zip(self.drawbars)
            .filter(|&(ratio, bar)| bar > 0 && tone.hz() * ratio < tone.rate * 0.4)
            .map(|(ratio, bar)| {
                (
                    tone.hz() * ratio / tone.rate,
                    super::gain((f32::from(bar) - 8.0) * 3.0),
                    Sine::new(rng.unit()),
                )
            })
            .collect();
        (0..length)
            .map(|i| {
                let t = i as f32 / tone.rate;
                let sum: f32 = wheels
                    .iter_mut()
                    .map(|(step, level, wheel)| *level * wheel.next(*step))
                    .sum();
                let click = if t < 0.004 { rng.noise() * 0.1 } else { 0.0 };
                (sum + click) * shape.level(t, tone.secs) * 0.12 * tone.velocity
            })
            .collect()
    }
}
