//! Halving the rate of a sound, cheaply.

use std::f32::consts::PI;

use crate::media::widest;

/// A half-band filter that keeps every other sample: a windowed sinc (Hamming), of which every
/// second tap is nothing.
///
/// It is not steep: what lies a quarter above the new Nyquist frequency still folds back, some
/// 12 dB softer with a reach of 3 and gone (−50 dB) with a reach of 11. That does no harm where
/// only the strength of onsets is asked for, nor to pitches far below the new Nyquist frequency.
pub(super) struct Halver {
    /// The taps at 1, 3, 5, … samples on either side of the middle.
    sides: Vec<f32>,
    /// What is still needed of the samples so far.
    held: Vec<f32>,
    /// Every other sample of these, from the first and from the second on.
    even: Vec<f32>,
    odd: Vec<f32>,
}

impl Halver {
    /// A filter that looks `reach` samples, an odd number, to either side.
    pub(super) fn new(reach: usize) -> Self {
        let tap = |k: usize| {
            let x = k as f32;
            let window = 0.54 + 0.46 * (PI * x / (reach as f32 + 1.0)).cos();
            (PI * x / 2.0).sin() / (PI * x) * window
        };
        let mut sides: Vec<f32> = (1..=reach).step_by(2).map(tap).collect();
        // A steady level passes as it is.
        let sum: f32 = sides.iter().sum();
        for side in &mut sides {
            *side *= 0.25 / sum;
        }
        Self {
            sides,
            // Silence before the beginning, so that the first sample made lies on the first taken.
            held: vec![0.0; reach],
            even: Vec::new(),
            odd: Vec::new(),
        }
    }

    /// Takes samples, and appends half as many to `out`.
    pub(super) fn add(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        widest(
            #[inline(always)]
            |_| self.add_now(samples, out),
        );
    }

    #[expect(clippy::inline_always, reason = "it is translated for each processor")]
    #[inline(always)]
    fn add_now(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.held.extend_from_slice(samples);
        let half = self.sides.len();
        // A filter sees its middle, and twice as many samples as it has sides on both hands.
        let n_out = (self.held.len() + 3).saturating_sub(4 * half) / 2;
        if n_out == 0 {
            return;
        }
        // The middle is always among the odd ones, the sides among the even ones: what is
        // multiplied lies side by side.
        let pairs = self.held.as_chunks::<2>().0;
        self.even.clear();
        self.even.extend(pairs.iter().map(|[even, _]| even));
        self.even.extend(self.held.get(2 * pairs.len()));
        self.odd.clear();
        self.odd.extend(pairs.iter().map(|[_, odd]| odd));
        let from = out.len();
        let middles = self.odd.iter().skip(half - 1).take(n_out);
        out.extend(middles.map(|middle| 0.5 * middle));
        for (n, side) in self.sides.iter().enumerate() {
            let (before, after) = (&self.even[half - 1 - n..], &self.even[half + n..]);
            let sides = before.iter().zip(after);
            for (out, (before, after)) in out[from..].iter_mut().zip(sides) {
                *out += side * (before + after);
            }
        }
        self.held.drain(..2 * n_out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halved(samples: &[f32], reach: usize) -> Vec<f32> {
        let mut out = Vec::new();
        let mut halver = Halver::new(reach);
        for piece in samples.chunks(777) {
            halver.add(piece, &mut out);
        }
        out
    }

    fn tone(share_of_rate: f32) -> Vec<f32> {
        let step = 2.0 * PI * share_of_rate;
        (0..20_000).map(|n| (n as f32 * step).sin()).collect()
    }

    fn level(samples: &[f32]) -> f32 {
        let sum: f32 = samples.iter().map(|sample| sample * sample).sum();
        (2.0 * sum / samples.len() as f32).sqrt()
    }

    #[test]
    fn what_is_low_stays_and_what_is_high_goes() {
        assert!((level(&halved(&tone(0.05), 11)) - 1.0).abs() < 0.02);
        assert!(level(&halved(&tone(0.40), 11)) < 0.01);
    }

    #[test]
    fn an_impulse_stays_where_it_is() {
        let mut samples = vec![0.0; 4_000];
        samples[2_000] = 1.0;
        let out = halved(&samples, 3);
        let highest = out.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        assert_eq!(highest.map(|(at, _)| at), Some(1_000));
    }
}
