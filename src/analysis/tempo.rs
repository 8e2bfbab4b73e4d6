//! How fast the music is: beats a minute, and on which octave they are counted.
//!
//! The periodicity of the onset curves is taken from their autocorrelation and summed over
//! multiples of a beat, as in G. Percival and G. Tzanetakis, “Streamlined Tempo Estimation Based
//! on Autocorrelation and Cross-correlation With Pulses” (2014). A log-normal preference for
//! moderate tempi is from D. Ellis, “Beat Tracking by Dynamic Programming” (2007). Which of two
//! tempi an octave apart is the beat, is told by what lies half-way between beats, by bass and
//! snare drums that take turns, and by a snare drum at every other beat.

use std::ops::Range;

use realfft::RealFftPlanner;
use realfft::num_complex::Complex;

use super::onsets::Curves;

/// Tempi that are thought of, in beats a minute.
const BPM: Range<f64> = 40.0..240.0;
/// The tempo that is liked best, and how many octaves away one is liked much less.
const LIKED_BPM: f64 = 115.0;
const OCTAVES: f64 = 1.0;
/// How much what lies half-way between beats speaks against a tempo, in all bands and in the low
/// one, where less is to be expected there.
const BETWEEN: f64 = 0.3;
const LOW_BETWEEN: f64 = 1.0;
/// How much what lies a third or two thirds of a beat away speaks against it.
const THIRDS: f64 = 0.3;
/// How much what repeats every two beats counts, against what does at every beat.
const EVEN: f64 = 0.3;
/// How much bass drums count against the rest, and bass and snare drums that take turns.
const LOW_WEIGHT: f64 = 1.2;
const TURNS_WEIGHT: f64 = 2.0;
/// How much a snare drum counts that is heard at every other beat and not between.
const BACKBEAT_WEIGHT: f64 = 1.0;
/// How much of what is crisp a bass drum hides.
const MASKED: f32 = 1.0;
/// Bands in which less than this share begins say nothing.
const HEARD: f64 = 1e-3;
/// Steps between tempi that are thought of, per octave.
const PER_OCTAVE: f64 = 96.0;
/// The least sound in which a tempo is looked for.
const MIN_SECS: f64 = 4.0;
/// Seconds over which the mean is taken off a curve.
const MEAN_SECS: f64 = 0.8;
/// What is correlated at once: 41 s at 100 values a second.
const WINDOW: usize = 4096;

/// A tempo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pace {
    /// Beats a minute.
    pub(super) bpm: f64,
    /// How sure it is, from 0 to 1.
    pub(super) confidence: f64,
}

/// The tempo of a recording; `None` where nothing repeats, and for what is too short.
pub(super) fn pace(curves: &Curves) -> Option<Pace> {
    if (curves.all.len() as f64) < MIN_SECS * curves.rate {
        return None;
    }
    let all: Vec<f32> = rises(&curves.all, curves.rate);
    let low = above_mean(&curves.low, curves.rate);
    let crisp = above_mean(&curves.crisp, curves.rate);
    let (low_heard, crisp_heard) = (energy(&low), energy(&crisp));
    let snare = without(&crisp, &low);
    let all = correlation(&all, &all);
    let turns = correlation(&low, &snare);
    let (low, snare) = (correlation(&low, &low), correlation(&snare, &snare));
    let (low_energy, snare_energy) = (*low.first()?, *snare.first()?);
    if *all.first()? <= 0.0 {
        return None;
    }
    let heard = HEARD * (low_heard + crisp_heard);
    let (has_low, has_crisp) = (low_heard > heard, crisp_heard > heard);
    let evidence = Evidence {
        rate: curves.rate,
        all: weighed(&all, all[0]),
        low: weighed(&low, if has_low { low_energy } else { 0.0 }),
        // Without bass drums there are no snare drums either, but things that click.
        snare: weighed(
            &snare,
            if has_low && has_crisp {
                snare_energy
            } else {
                0.0
            },
        ),
        turns: weighed(
            &turns,
            if has_low && has_crisp {
                (low_energy * snare_energy).sqrt()
            } else {
                0.0
            },
        ),
    };
    let n = ((BPM.end / BPM.start).log2() * PER_OCTAVE) as usize;
    let tempi: Vec<f64> = (0..=n)
        .map(|step| BPM.start * (step as f64 / PER_OCTAVE).exp2())
        .collect();
    let scores: Vec<f64> = tempi.iter().map(|bpm| evidence.score(*bpm)).collect();
    let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]))?;
    if scores[best] <= 0.0 {
        return None;
    }
    // Sure is what repeats strongly, and what no other tempo comes near to.
    let is_other = |step: usize| (tempi[step] / tempi[best]).log2().abs() > 0.12;
    let second = (0..scores.len())
        .filter(|step| is_other(*step))
        .map(|step| scores[step])
        .fold(0.0, f64::max);
    let margin = (1.0 - second / scores[best]).clamp(0.0, 1.0);
    let strength = evidence.strength(tempi[best]).clamp(0.0, 1.0);
    Some(Pace {
        bpm: evidence.refined(tempi[best]),
        confidence: strength.sqrt() * (0.4 + 0.6 * (margin * 3.0).min(1.0)),
    })
}

/// What stands out of a curve, a little wider, so that onsets that are not quite in time still
/// meet. Very strong onsets are brought down towards the others.
pub(super) fn rises(curve: &[f32], rate: f64) -> Vec<f32> {
    let above: Vec<f32> = above_mean(curve, rate).into_iter().map(f32::sqrt).collect();
    let at = |n: Option<usize>| n.and_then(|n| above.get(n)).copied().unwrap_or(0.0);
    (0..above.len())
        .map(|n| 0.5 * above[n] + 0.25 * (at(n.checked_sub(1)) + at(Some(n + 1))))
        .collect()
}

/// What of a crisp curve is not together with a bass drum: chords begin with one, snare drums
/// mostly do not.
pub(super) fn without(crisp: &[f32], low: &[f32]) -> Vec<f32> {
    let scale = (energy(crisp) / energy(low).max(f64::MIN_POSITIVE)).sqrt() as f32;
    let at = |n: usize| {
        let near = &low[n.saturating_sub(2).min(low.len())..(n + 3).min(low.len())];
        near.iter().copied().fold(0.0, f32::max)
    };
    let values = crisp.iter().enumerate();
    values
        .map(|(n, value)| (value - MASKED * scale * at(n)).max(0.0))
        .collect()
}

fn energy(curve: &[f32]) -> f64 {
    curve.iter().map(|value| f64::from(value * value)).sum()
}

/// A curve less its mean around each place, and only where that leaves something.
fn above_mean(curve: &[f32], rate: f64) -> Vec<f32> {
    let reach = (MEAN_SECS * rate / 2.0) as usize;
    let mut sums = Vec::with_capacity(curve.len() + 1);
    let mut sum = 0.0_f64;
    sums.push(sum);
    for value in curve {
        sum += f64::from(*value);
        sums.push(sum);
    }
    let mean_at = |at: usize| {
        let (from, to) = (at.saturating_sub(reach), (at + reach + 1).min(curve.len()));
        ((sums[to] - sums[from]) / (to - from) as f64) as f32
    };
    let values = curve.iter().enumerate();
    values
        .map(|(at, value)| (value - mean_at(at)).max(0.0))
        .collect()
}

/// How much `a` is like `b` so many values later, for lags of up to half a window, by overlapping
/// windows. Takes the same memory however long they are.
fn correlation(a: &[f32], b: &[f32]) -> Vec<f64> {
    let size = 2 * WINDOW;
    let mut planner = RealFftPlanner::<f32>::new();
    let (forward, back) = (
        planner.plan_fft_forward(size),
        planner.plan_fft_inverse(size),
    );
    let spectrum_of = |part: &[f32]| {
        let mut padded = forward.make_input_vec();
        let mean = part.iter().sum::<f32>() / part.len().max(1) as f32;
        for (out, value) in padded.iter_mut().zip(part) {
            *out = value - mean;
        }
        let mut spectrum = forward.make_output_vec();
        if forward.process(&mut padded, &mut spectrum).is_err() {
            spectrum.fill(Complex::default());
        }
        spectrum
    };
    let mut sum = vec![Complex::<f32>::default(); WINDOW + 1];
    let n = a.len().min(b.len());
    let mut from = 0;
    loop {
        let to = (from + WINDOW).min(n);
        let (first, second) = (spectrum_of(&a[from..to]), spectrum_of(&b[from..to]));
        for ((out, x), y) in sum.iter_mut().zip(first).zip(second) {
            *out += x.conj() * y;
        }
        if to == n {
            break;
        }
        from += WINDOW / 2;
    }
    // Both ends are real by nature; rounding must not spoil that.
    sum[0].im = 0.0;
    sum[WINDOW].im = 0.0;
    let mut lags = back.make_output_vec();
    if back.process(&mut sum, &mut lags).is_err() {
        lags.fill(0.0);
    }
    let whole = n.min(WINDOW) as f64;
    lags.iter()
        .take(WINDOW / 2)
        .enumerate()
        // Fewer values meet at longer lags.
        .map(|(lag, value)| f64::from(*value) * whole / (whole - lag as f64).max(whole * 0.25))
        .collect()
}

/// Correlations where 1 is all alike; nothing where there is no energy.
fn weighed(lags: &[f64], energy: f64) -> Vec<f64> {
    let scale = if energy > 0.0 { 1.0 / energy } else { 0.0 };
    lags.iter().map(|value| value * scale).collect()
}

/// What speaks for one tempo or another: correlations by lag, where 1 is all alike.
struct Evidence {
    rate: f64,
    all: Vec<f64>,
    low: Vec<f64>,
    snare: Vec<f64>,
    turns: Vec<f64>,
}

impl Evidence {
    /// How well a tempo fits.
    fn score(&self, bpm: f64) -> f64 {
        let away = (bpm / LIKED_BPM).log2() / OCTAVES;
        let liking = (-0.5 * away * away).exp();
        let period = self.rate * 60.0 / bpm;
        let all = comb(&self.all, period) - BETWEEN * between(&self.all, period);
        let low = comb(&self.low, period) - LOW_BETWEEN * between(&self.low, period);
        let drums = TURNS_WEIGHT * self.turns(period) + BACKBEAT_WEIGHT * self.backbeat(period);
        liking * (all + LOW_WEIGHT * low + drums)
    }

    /// How much more of the snare drum repeats after two beats than after any less.
    fn backbeat(&self, period: f64) -> f64 {
        let sooner = [1.0 / 3.0, 0.5, 2.0 / 3.0, 1.0, 4.0 / 3.0, 1.5];
        let sooner = sooner.map(|share| near(&self.snare, share * period));
        let sooner = sooner.into_iter().fold(0.0, f64::max);
        (near(&self.snare, 2.0 * period) - sooner).max(0.0)
    }

    /// How much bass and snare drums take turns from beat to beat.
    fn turns(&self, period: f64) -> f64 {
        let odd = f64::midpoint(near(&self.turns, period), near(&self.turns, 3.0 * period));
        let even = f64::midpoint(near(&self.turns, 0.0), near(&self.turns, 2.0 * period));
        let between = near(&self.turns, period / 2.0).max(near(&self.turns, period * 1.5));
        (odd - even.max(0.0) - between.max(0.0)).max(0.0)
    }

    /// How much of the music repeats at a tempo.
    fn strength(&self, bpm: f64) -> f64 {
        let period = self.rate * 60.0 / bpm;
        near(&self.all, period)
            .max(near(&self.all, 2.0 * period))
            .max(near(&self.all, 4.0 * period))
    }

    /// The tempo, read off the longest multiple of a beat that is still clear.
    fn refined(&self, bpm: f64) -> f64 {
        let mut period = self.rate * 60.0 / bpm;
        for multiple in [1.0, 2.0, 4.0, 8.0] {
            if let Some(peak) = peak_near(&self.all, period * multiple) {
                period = peak / multiple;
            }
        }
        60.0 * self.rate / period
    }
}

/// How much repeats at odd multiples of a period, and a little at even ones, where what lies two
/// beats apart is alike too; less what does a third of a beat away.
fn comb(lags: &[f64], period: f64) -> f64 {
    let odd = f64::midpoint(near(lags, period), near(lags, 3.0 * period));
    let even = f64::midpoint(near(lags, 2.0 * period), near(lags, 4.0 * period));
    let third = near(lags, period / 3.0).max(near(lags, period * 2.0 / 3.0));
    let thirds = f64::midpoint(third, near(lags, period * 4.0 / 3.0));
    odd + EVEN * even - THIRDS * thirds
}

/// The mean half-way before and after a period.
fn between(lags: &[f64], period: f64) -> f64 {
    f64::midpoint(near(lags, 0.5 * period), near(lags, 1.5 * period))
}

/// The highest value within one of `lag`, which may lie between two.
fn near(lags: &[f64], lag: f64) -> f64 {
    let at = lag.round() as usize;
    let seen = lags.get(at.saturating_sub(1)..at + 2).unwrap_or_default();
    seen.iter().copied().fold(0.0, f64::max)
}

/// Where the peak near `lag` is, between values too.
fn peak_near(lags: &[f64], lag: f64) -> Option<f64> {
    let (from, to) = ((lag - 3.0).floor() as usize, (lag + 3.0).ceil() as usize);
    let seen = lags.get(from.max(1)..to + 1)?;
    let (at, highest) = seen.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
    let at = at + from.max(1);
    let (before, after) = (lags.get(at - 1)?, lags.get(at + 1)?);
    let bend = before - 2.0 * highest + after;
    let is_peak = *highest > 0.05 && *highest >= *before && *highest >= *after && bend < 0.0;
    is_peak.then(|| at as f64 + 0.5 * (before - after) / bend)
}

#[cfg(test)]
mod tests;
