//! Plucked strings: guitar, harp, koto, upright bass.
//!
//! Karplus and Strong, "Digital synthesis of plucked-string and drum timbres" (Computer Music
//! Journal 7:2, 1983), with the tuning all-pass, pick position and dynamics filter of Jaffe and
//! Smith, "Extensions of the Karplus-Strong plucked-string algorithm" (same issue).

use super::filter::{Biquad, OnePole};
use super::random::Rng;
use super::{Instrument, Tone};

/// A plucked string and the body it is on.
#[derive(Clone, Debug)]
pub(crate) struct Pluck {
    /// How much of the pick's noise passes, 0 (a thumb) to 1 (a plectrum).
    pub(crate) brightness: f32,
    /// Seconds for middle C to fall by 60 dB.
    pub(crate) ring: f32,
    /// How fast the upper partials go, 0 (never) to 0.5 (at once).
    pub(crate) dullness: f32,
    /// Where it is plucked, as a part of the string's length.
    pub(crate) position: f32,
    /// Body resonances: frequency in hertz, decibels, Q.
    pub(crate) body: &'static [(f32, f32, f32)],
    /// How fast a released string is stopped: a time constant in seconds; large lets it ring.
    pub(crate) release: f32,
}

impl Pluck {
    /// A nylon-string guitar played with the fingers.
    pub(crate) const NYLON: Self = Self {
        brightness: 0.32,
        ring: 3.2,
        dullness: 0.30,
        position: 0.17,
        body: &[
            (105.0, 5.0, 2.0),
            (210.0, 3.5, 2.2),
            (420.0, 1.5, 2.0),
            (2800.0, -3.0, 0.8),
        ],
        release: 0.12,
    };
    /// A steel-string guitar.
    pub(crate) const STEEL: Self = Self {
        brightness: 0.62,
        ring: 5.5,
        dullness: 0.16,
        position: 0.13,
        body: &[(110.0, 4.0, 2.0), (230.0, 2.0, 2.0), (3200.0, 2.0, 0.9)],
        release: 0.25,
    };
    /// A clean electric guitar.
    pub(crate) const ELECTRIC: Self = Self {
        brightness: 0.55,
        ring: 6.5,
        dullness: 0.20,
        position: 0.22,
        body: &[(250.0, -1.5, 1.0), (1800.0, 2.5, 1.2), (4200.0, -4.0, 0.8)],
        release: 0.10,
    };
    /// A long-necked lute with paired metal strings.
    pub(crate) const LUTE: Self = Self {
        brightness: 0.85,
        ring: 3.0,
        dullness: 0.12,
        position: 0.09,
        body: &[
            (320.0, 4.0, 2.5),
            (760.0, 3.0, 2.5),
            (2600.0, 3.0, 1.2),
            (140.0, -4.0, 0.9),
        ],
        release: 0.18,
    };
    /// A zither with silk strings and a wooden body.
    pub(crate) const KOTO: Self = Self {
        brightness: 0.70,
        ring: 4.0,
        dullness: 0.22,
        position: 0.07,
        body: &[(180.0, 3.0, 2.0), (540.0, 4.0, 2.6), (1450.0, 2.5, 2.0)],
        release: 4.0,
    };
    /// A harp.
    pub(crate) const HARP: Self = Self {
        brightness: 0.34,
        ring: 6.0,
        dullness: 0.24,
        position: 0.42,
        body: &[(160.0, 3.0, 1.5), (900.0, 1.5, 1.2)],
        release: 3.0,
    };
    /// An upright bass played pizzicato.
    pub(crate) const UPRIGHT: Self = Self {
        brightness: 0.20,
        ring: 2.0,
        dullness: 0.36,
        position: 0.25,
        body: &[
            (70.0, 3.0, 1.4),
            (125.0, 3.0, 1.8),
            (700.0, 3.0, 1.0),
            (2400.0, -4.0, 0.8),
        ],
        release: 0.09,
    };
    /// An electric bass played with the fingers.
    pub(crate) const BASS: Self = Self {
        brightness: 0.36,
        ring: 4.5,
        dullness: 0.30,
        position: 0.18,
        body: &[(85.0, 2.5, 1.2), (750.0, 2.0, 1.0)],
        release: 0.06,
    };
}

impl Instrument for Pluck {
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32> {
        let period = tone.rate / tone.hz();
        let t60 = self.ring * (261.63 / tone.hz()).powf(0.55).clamp(0.25, 2.2);
        let length = tone
            .samples((tone.secs + self.release * 6.0).min(t60 * 1.1))
            .max(64);
        let excitation = self.excitation(tone, period, rng);
        let mut out = self.vibrate(&excitation, period, t60, tone, length);
        for &(hz, db, q) in self.body {
            Biquad::peak(hz, db, q, tone.rate).run(&mut out);
        }
        Biquad::high_pass(tone.hz() * 0.6, tone.rate).run(&mut out);
        let loudness = 0.9 * tone.velocity.powf(1.3);
        let fade = tone.samples(0.01).max(1);
        for (i, sample) in out.iter_mut().enumerate() {
            let late = (i as f32 / tone.rate - tone.secs).max(0.0);
            let end = ((length - i) as f32 / fade as f32).min(1.0);
            *sample *= loudness * (-late / self.release).exp() * end;
        }
        out
    }
}

impl Pluck {
    /// One period of noise, softened by how gently it is played and combed by where.
    fn excitation(&self, tone: &Tone, period: f32, rng: &mut Rng) -> Vec<f32> {
        let count = period.ceil() as usize + 1;
        let cutoff = (700.0 + 13_000.0 * self.brightness * tone.velocity.powf(1.2)) / tone.rate;
        let (mut first, mut second) = (OnePole::default(), OnePole::default());
        let raw: Vec<f32> = (0..count * 2)
            .map(|_| second.next(first.next(rng.noise(), cutoff), cutoff))
            .skip(count)
            .collect();
        let offset = ((self.position * period) as usize).max(1);
        let combed: Vec<f32> = (0..count)
            .map(|i| raw[i] - raw[(i + count - offset.min(count - 1)) % count])
            .collect();
        let mean = combed.iter().sum::<f32>() / count as f32;
        let power = combed.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / count as f32;
        let level = 0.3 / power.sqrt().max(1e-6);
        combed.iter().map(|x| (x - mean) * level).collect()
    }

    /// The string itself: a delay line a period long, with losses, fed by the excitation.
    fn vibrate(
        &self,
        excitation: &[f32],
        period: f32,
        t60: f32,
        tone: &Tone,
        length: usize,
    ) -> Vec<f32> {
        // The two-point average delays by `dullness` samples; what is left is split into a whole
        // delay and an all-pass.
        let target = period - self.dullness;
        let whole = ((target - 0.3).floor() as usize).max(2);
        let fraction = target - whole as f32;
        let allpass = (1.0 - fraction) / (1.0 + fraction);
        let loss = 10.0_f32.powf(-3.0 / (tone.hz() * t60));
        let mut line = vec![0.0_f32; whole];
        let (mut at, mut previous, mut ap_in, mut ap_out) = (0, 0.0_f32, 0.0_f32, 0.0_f32);
        let mut out = Vec::with_capacity(length);
        for i in 0..length {
            let travelled = line[at];
            let averaged = (1.0 - self.dullness) * travelled + self.dullness * previous;
            previous = travelled;
            let tuned = allpass * (averaged - ap_out) + ap_in;
            ap_in = averaged;
            ap_out = tuned;
            let sample = excitation.get(i).copied().unwrap_or(0.0) + loss * tuned;
            line[at] = sample;
            at = (at + 1) % whole;
            out.push(sample);
        }
        out
    }
}
