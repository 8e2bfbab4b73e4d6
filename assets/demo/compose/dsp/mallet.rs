//! Struck bars, bells and combs: a handful of decaying sines each.
//!
//! Modal synthesis; the ratios of tuned bars and bells are those of Fletcher and Rossing, "The
//! Physics of Musical Instruments" (chapters 19 and 21).

use super::osc::Sine;
use super::random::Rng;
use super::{Instrument, Tone};

/// One mode of vibration: its frequency over the note's, level, and seconds to fall by 60 dB.
type Mode = (f32, f32, f32);

/// A struck instrument.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mallet {
    modes: &'static [Mode],
    /// How much of the stick is heard.
    knock: f32,
}

impl Mallet {
    /// A glockenspiel bar.
    pub(crate) const GLOCK: Self = Self {
        modes: &[
            (1.0, 1.0, 2.6),
            (2.76, 0.32, 1.1),
            (5.40, 0.16, 0.5),
            (8.93, 0.06, 0.25),
        ],
        knock: 0.06,
    };
    /// A marimba bar, its first overtone tuned two octaves up.
    pub(crate) const MARIMBA: Self = Self {
        modes: &[(1.0, 1.0, 0.9), (3.98, 0.22, 0.22), (9.9, 0.08, 0.08)],
        knock: 0.12,
    };
    /// A vibraphone bar.
    pub(crate) const VIBES: Self = Self {
        modes: &[(1.0, 1.0, 4.5), (4.0, 0.16, 1.6), (10.1, 0.05, 0.4)],
        knock: 0.04,
    };
    /// A comb tooth of a music box.
    pub(crate) const MUSIC_BOX: Self = Self {
        modes: &[
            (1.0, 1.0, 1.9),
            (2.0, 0.10, 1.2),
            (6.27, 0.30, 0.5),
            (11.4, 0.10, 0.2),
        ],
        knock: 0.16,
    };
    /// A harbour bell with its minor third and long hum.
    pub(crate) const BELL: Self = Self {
        modes: &[
            (0.5, 0.5, 9.0),
            (1.0, 1.0, 6.5),
            (1.19, 0.7, 5.0),
            (1.5, 0.45, 4.0),
            (2.0, 0.75, 3.6),
            (2.51, 0.3, 2.2),
            (2.66, 0.25, 2.0),
            (4.1, 0.18, 1.2),
        ],
        knock: 0.10,
    };
}

impl Instrument for Mallet {
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32> {
        let scale = (523.0 / tone.hz()).powf(0.35).clamp(0.5, 2.0);
        let longest = self.modes.iter().map(|mode| mode.2).fold(0.0, f32::max) * scale;
        let length = tone.samples(longest);
        let mut out = vec![0.0_f32; length];
        for (index, &(ratio, level, t60)) in self.modes.iter().enumerate() {
            let step = tone.hz() * ratio / tone.rate;
            if step > 0.42 {
                continue;
            }
            let bright = if index == 0 {
                1.0
            } else {
                tone.velocity.powf(0.8)
            };
            let decay = (-6.908 / (t60 * scale * tone.rate)).exp();
            let mut amplitude = level * bright * 0.35 * tone.velocity.powf(1.2);
            let mut sine = Sine::new(0.0);
            for sample in &mut out {
                *sample += amplitude * sine.next(step);
                amplitude *= decay;
            }
        }
        let stick = tone.samples(0.02);
        for (i, sample) in out.iter_mut().take(stick).enumerate() {
            *sample += self.knock
                * tone.velocity
                * rng.noise()
                * (-(i as f32) / (tone.rate * 0.003)).exp();
        }
        let (rise, fade) = (tone.rate * 0.0008, tone.rate * 0.05);
        for (i, sample) in out.iter_mut().enumerate() {
            *sample *= (i as f32 / rise).min(1.0) * ((length - i) as f32 / fade).min(1.0);
        }
        out
    }
}
