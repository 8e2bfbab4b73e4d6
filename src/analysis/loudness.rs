//! How loud a recording is: integrated, at its loudest moment, and how far its loudness ranges.
//!
//! ITU-R BS.1770-5, annex 1, for two channels: each is weighted by two filters, a shelf that stands
//! for the head and a high-pass that stands for how little the ear makes of the lowest notes; the
//! powers of both are summed up. The crate `ebur128` does the same one sample after the other; here
//! both channels go through at once, and the tests hold one against the other.

use std::f64::consts::PI;

use super::range;
use crate::media::Arithmetic;
use crate::media::FilterPair;
use crate::media::Section;
use crate::media::StereoFrame;
use crate::media::widest;
use crate::time::SampleRate;

/// A full-scale tone of 997 Hz in one channel is at −3.01 LUFS (BS.1770-5, annex 1).
const OFFSET: f64 = -0.691;
/// What is softer is left out of the mean (BS.1770-5, annex 1), in LUFS …
const ABSOLUTE_GATE: f64 = -70.0;
/// … and what is so much softer than that mean, as a ratio of powers: −10 LU.
const RELATIVE_GATE: f64 = 0.1;
/// Slices of 10 ms in a tenth of a second, and in the 400 ms of a gating block, which is also what
/// a moment is (EBU Tech 3341, section 2.2).
const SLICES_IN_TENTH: usize = 10;
const SLICES_IN_MOMENT: usize = 40;
/// Gating blocks overlap by three quarters: each is so many tenths.
const TENTHS_IN_BLOCK: usize = 4;
/// Slices a second.
const SLICES_PER_SEC: u64 = 100;

/// Loudness in LUFS, range in LU.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Loudness {
    /// Of the whole, gated; none for silence and for what is shorter than 400 ms.
    pub(super) integrated: Option<f64>,
    /// Of the loudest 400 ms, looked for every 10 ms; none where nothing rises above −70 LUFS.
    pub(super) momentary_max: Option<f64>,
    /// How far it ranges; none for silence and for what is shorter than 3 s.
    pub(super) range: Option<f64>,
}

/// Collects the loudness of a recording, 80 bytes for each second of it.
pub(super) struct LoudnessMeter {
    rate: u64,
    shelf: FilterPair,
    high_pass: FilterPair,
    /// The slice in the making: frames so far, and the frame that ends it.
    at: u64,
    end: u64,
    sum: f64,
    n_slices: u64,
    /// The power of the last slices, around in a ring.
    moment: [f64; SLICES_IN_MOMENT],
    loudest: f64,
    /// The power of each tenth of a second.
    tenths: Vec<f64>,
}

impl LoudnessMeter {
    /// A meter for sound at `rate`.
    pub(super) fn new(rate: SampleRate) -> Self {
        let (shelf, high_pass) = weighting(rate);
        let rate = u64::from(rate.get());
        Self {
            rate,
            shelf: FilterPair::new(shelf, shelf),
            high_pass: FilterPair::new(high_pass, high_pass),
            at: 0,
            end: slice_end(1, rate),
            sum: 0.0,
            n_slices: 0,
            moment: [0.0; SLICES_IN_MOMENT],
            loudest: 0.0,
            tenths: Vec::new(),
        }
    }

    /// Takes the next frames, which must be numbers.
    pub(super) fn add(&mut self, mut frames: &[StereoFrame]) {
        while !frames.is_empty() {
            let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
            let (now, later) = frames.split_at(frames.len().min(left));
            let (shelf, high_pass) = (&mut self.shelf, &mut self.high_pass);
            self.sum += widest(
                #[inline(always)]
                |sums| weighted_power(now, shelf, high_pass, sums),
            );
            self.at += now.len() as u64;
            // At rates below 100 a slice may be empty.
            while self.at == self.end {
                self.close_slice();
            }
            frames = later;
        }
    }

    fn close_slice(&mut self) {
        self.shelf.settle();
        self.high_pass.settle();
        let place = (self.n_slices % SLICES_IN_MOMENT as u64) as usize;
        let per_slice = SLICES_PER_SEC as f64 / self.rate as f64;
        self.moment[place] = std::mem::take(&mut self.sum) * per_slice;
        self.n_slices += 1;
        self.end = slice_end(self.n_slices + 1, self.rate);
        if self.n_slices >= SLICES_IN_MOMENT as u64 {
            self.loudest = self.loudest.max(mean(&self.moment));
        }
        if self.n_slices.is_multiple_of(SLICES_IN_TENTH as u64) {
            let from = (place + 1) - SLICES_IN_TENTH;
            self.tenths.push(mean(&self.moment[from..=place]));
        }
    }

    /// How loud all of it was.
    pub(super) fn finish(self) -> Loudness {
        let is_heard = |power: f64| lufs(power) > ABSOLUTE_GATE;
        Loudness {
            integrated: integrated(&self.tenths),
            momentary_max: Some(self.loudest)
                .filter(|power| is_heard(*power))
                .map(lufs),
            range: range::range(&self.tenths),
        }
    }
}

/// The frame that ends the `n`th slice, counted from one: slices differ by a frame where 10 ms are
/// not a whole number of them, so that none drifts.
fn slice_end(n: u64, rate: u64) -> u64 {
    n * rate / SLICES_PER_SEC
}

/// The sum of the squares of all samples, weighted.
#[expect(clippy::inline_always, reason = "it is translated for each processor")]
#[inline(always)]
fn weighted_power(
    frames: &[StereoFrame],
    shelf: &mut FilterPair,
    high_pass: &mut FilterPair,
    how: Arithmetic,
) -> f64 {
    // Kept at hand while they run.
    let (mut first, mut second) = (*shelf, *high_pass);
    let mut sums = [0.0; 2];
    for frame in frames {
        let out = second.next(first.next(frame.map(f64::from), how), how);
        for (sum, out) in sums.iter_mut().zip(out) {
            *sum = how.product_and(out, out, *sum);
        }
    }
    (*shelf, *high_pass) = (first, second);
    // Both channels are weighted alike.
    let gain = first.gain()[0] * second.gain()[0];
    gain * gain * (sums[0] + sums[1])
}

/// The mean of all gating blocks that are not too soft, in LUFS.
fn integrated(tenths: &[f64]) -> Option<f64> {
    let absolute = power(ABSOLUTE_GATE);
    let above = |gate: f64| {
        let blocks = tenths.windows(TENTHS_IN_BLOCK).map(mean);
        let (mut sum, mut n) = (0.0, 0_u32);
        for block in blocks.filter(|block| *block > gate) {
            sum += block;
            n += 1;
        }
        (n > 0).then(|| sum / f64::from(n))
    };
    let ungated = above(absolute)?;
    above(absolute.max(RELATIVE_GATE * ungated)).map(lufs)
}

fn mean(powers: &[f64]) -> f64 {
    powers.iter().sum::<f64>() / powers.len().max(1) as f64
}

fn lufs(power: f64) -> f64 {
    OFFSET + 10.0 * power.log10()
}

/// The power of a loudness in LUFS.
pub(super) fn power(lufs: f64) -> f64 {
    10.0_f64.powf((lufs - OFFSET) / 10.0)
}

/// The two weighting filters at any rate.
///
/// BS.1770-5 gives coefficients for 48 kHz only. These are the analogue filters behind them, found
/// by B. De Man, “Evaluation of Implementations of the EBU R128 Loudness Measurement” (AES 145th
/// Convention, 2018), brought to the rate by the bilinear transform. A filter whose corner lies
/// beyond half the rate has nothing to do.
fn weighting(rate: SampleRate) -> (Section, Section) {
    let rate = f64::from(rate.get());
    let corner = |hz: f64| (hz < 0.49 * rate).then(|| (PI * hz / rate).tan());
    let shelf = corner(1_681.974_450_955_533).map_or(Section::OPEN, |k| {
        let q = 0.707_175_236_955_419_6;
        let high = 10.0_f64.powf(3.999_843_853_973_347 / 20.0);
        let band = high.powf(0.499_666_774_154_541_6);
        let a0 = 1.0 + k / q + k * k;
        Section {
            b: [
                (high + band * k / q + k * k) / a0,
                2.0 * (k * k - high) / a0,
                (high - band * k / q + k * k) / a0,
            ],
            a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
        }
    });
    let high_pass = corner(38.135_470_876_024_44).map_or(Section::OPEN, |k| {
        let q = 0.500_327_037_323_877_3;
        let a0 = 1.0 + k / q + k * k;
        Section {
            b: [1.0, -2.0, 1.0],
            a: [2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0],
        }
    });
    (shelf, high_pass)
}

#[cfg(test)]
mod tests;
