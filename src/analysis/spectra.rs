//! The power of spectra, two at a time.
//!
//! Two stretches of sound are transformed as the real and the imaginary part of one, and told apart
//! by the symmetry of what comes out: E. O. Brigham, “The Fast Fourier Transform” (1974), section
//! 10-10. For as much work this takes fewer steps than halving each of them does.

use std::f32::consts::TAU;
use std::ops::Range;
use std::sync::Arc;

use rustfft::Fft;
use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use crate::media::widest;

/// Makes spectra of sound under a Hann window.
pub(super) struct Spectra {
    fft: Arc<dyn Fft<f32>>,
    window: Vec<f32>,
    /// The lines that are asked for.
    lines: Range<usize>,
    both: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    powers: [Vec<f32>; 2],
}

impl Spectra {
    /// For spectra of `size` samples, an even number, of which the lines in `lines` are asked for.
    pub(super) fn new(size: usize, lines: Range<usize>) -> Self {
        let fft = FftPlanner::new().plan_fft_forward(size);
        let n_lines = size / 2 + 1;
        Self {
            window: (0..size)
                .map(|n| 0.5 - 0.5 * (TAU * n as f32 / size as f32).cos())
                .collect(),
            lines: lines.start..lines.end.min(n_lines),
            both: vec![Complex::default(); size],
            scratch: vec![Complex::default(); fft.get_inplace_scratch_len()],
            powers: [vec![0.0; n_lines], vec![0.0; n_lines]],
            fft,
        }
    }

    /// How many samples each is of.
    pub(super) fn size(&self) -> usize {
        self.window.len()
    }

    /// The power of each line of the two that were made last; of lines that were not asked for it
    /// is nothing.
    pub(super) fn powers(&self) -> [&[f32]; 2] {
        [&self.powers[0], &self.powers[1]]
    }

    /// Makes the spectra of two stretches of as many samples as each is of.
    pub(super) fn look(&mut self, first: &[f32], second: &[f32]) {
        let Self { window, both, .. } = self;
        widest(
            #[inline(always)]
            |_| weigh(first, second, window, both),
        );
        self.fft
            .process_with_scratch(&mut self.both, &mut self.scratch);
        let Self { both, lines, .. } = self;
        let [first, second] = &mut self.powers;
        let Range { start, end } = *lines;
        // The first line is its own counterpart.
        let start = if start == 0 {
            first[0] = both[0].re * both[0].re;
            second[0] = both[0].im * both[0].im;
            1
        } else {
            start
        };
        let Some(n) = end.checked_sub(start) else {
            return;
        };
        let (here, there) = (&both[start..end], &both[both.len() + 1 - end..][..n]);
        let (first, second) = (&mut first[start..end], &mut second[start..end]);
        widest(
            #[inline(always)]
            |_| tell_apart(here, there, first, second),
        );
    }
}

#[expect(clippy::inline_always, reason = "it is translated for each processor")]
#[inline(always)]
fn weigh(first: &[f32], second: &[f32], window: &[f32], both: &mut [Complex<f32>]) {
    let samples = first.iter().zip(second).zip(window);
    for (out, ((first, second), weight)) in both.iter_mut().zip(samples) {
        *out = Complex::new(first * weight, second * weight);
    }
}

/// The powers of two spectra, from lines of both and from their counterparts, which lie the other
/// way round.
#[expect(clippy::inline_always, reason = "it is translated for each processor")]
#[inline(always)]
fn tell_apart(
    here: &[Complex<f32>],
    there: &[Complex<f32>],
    first: &mut [f32],
    second: &mut [f32],
) {
    let lines = here.iter().zip(there.iter().rev());
    let powers = first.iter_mut().zip(second);
    for ((first, second), (a, b)) in powers.zip(lines) {
        let (sum, difference) = (a + b, a - b);
        *first = 0.25 * (sum.re * sum.re + difference.im * difference.im);
        *second = 0.25 * (sum.im * sum.im + difference.re * difference.re);
    }
}

/// Finds the lines in `among`, which does not begin with the first line, that are higher than their
/// neighbours and than `softest`.
pub(super) fn peaks(powers: &[f32], among: Range<usize>, softest: f32, found: &mut Vec<usize>) {
    // Whether a line is one cannot be foreseen: all are noted, and those that are not are noted
    // over by the next one.
    found.clear();
    found.resize(among.len() + 1, 0);
    let mut n_found = 0;
    let seen = powers.get(among.start - 1..among.end + 1);
    let near = seen.unwrap_or_default().windows(3);
    for (line, near) in among.zip(near) {
        let &[before, here, after] = near else {
            continue;
        };
        found[n_found] = line;
        #[expect(clippy::needless_bitwise_bool, reason = "nothing is to be jumped over")]
        let is_peak = (here > softest) & (here > before) & (here >= after);
        n_found += usize::from(is_peak);
    }
    found.truncate(n_found);
}

#[cfg(test)]
mod tests {
    use realfft::RealFftPlanner;

    use super::*;
    use crate::analysis::made::Noise;

    #[test]
    fn each_of_two_is_the_spectrum_it_would_be_alone() {
        const SIZE: usize = 256;
        let mut noise = Noise::new(3);
        let mut stretch = || -> Vec<f32> { (0..SIZE).map(|_| noise.next()).collect() };
        let stretches = [stretch(), stretch()];
        let mut spectra = Spectra::new(SIZE, 0..SIZE);
        spectra.look(&stretches[0], &stretches[1]);
        let fft = RealFftPlanner::<f32>::new().plan_fft_forward(SIZE);
        for (stretch, powers) in stretches.iter().zip(spectra.powers()) {
            let weights = spectra.window.iter();
            let mut alone: Vec<f32> = stretch.iter().zip(weights).map(|(x, w)| x * w).collect();
            let mut lines = fft.make_output_vec();
            fft.process(&mut alone, &mut lines).expect("the sizes fit");
            assert_eq!(powers.len(), lines.len());
            for (n, (power, line)) in powers.iter().zip(lines).enumerate() {
                assert!((power - line.norm_sqr()).abs() < 1e-3, "line {n}");
            }
        }
    }

    #[test]
    fn peaks_are_lines_above_both_neighbours_and_above_the_softest() {
        let powers = [9.0, 1.0, 3.0, 3.0, 1.0, 0.2, 0.3, 0.1, 5.0, 1.0, 7.0];
        let mut found = vec![77];
        peaks(&powers, 1..10, 0.5, &mut found);
        assert_eq!(found, [2, 8]);
    }

    #[test]
    fn lines_that_were_not_asked_for_are_nothing() {
        let mut spectra = Spectra::new(64, 3..5);
        let loud = [1.0; 64];
        let mut tone = loud;
        tone.iter_mut().step_by(2).for_each(|sample| *sample = -1.0);
        spectra.look(&loud, &tone);
        let [first, second] = spectra.powers();
        assert!((first[0], second[32]) == (0.0, 0.0), "{first:?} {second:?}");
    }
}
