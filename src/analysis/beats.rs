//! Where the beats are, and which of them begin bars.
//!
//! Beats are the best path through the onset curve by dynamic programming: D. Ellis, “Beat Tracking
//! by Dynamic Programming” (2007). Unlike there, the period may change on the way, as far as the
//! music around each place says so. Where the beats turn out to lie on an even grid, the grid is
//! taken instead of them.

use super::onsets::Curves;
use super::tempo;
use super::tempo::Pace;

/// How much a beat that comes early or late costs.
const TIGHTNESS: f64 = 120.0;
/// Seconds of music that tell the period at a place, and between such places.
const AROUND_SECS: f64 = 10.0;
const STEP_SECS: f64 = 2.0;
/// How far the period may go from the usual one, and from one place to the next.
const MAX_DRIFT: f64 = 1.22;
const MAX_STEP: f64 = 1.04;
/// Beats lie on a grid when half of them are within so many seconds of it.
const ON_GRID_SECS: f64 = 0.012;
/// Bars are so many beats long.
const METERS: [usize; 2] = [4, 3];
/// How much less bars of three are expected.
const THREE: f64 = 0.8;
/// How much a change of harmony counts against a bass drum.
const HARMONY: f64 = 6.0;
/// How much a snare drum speaks against the first beat of a bar.
const SNARE: f64 = 0.6;
/// How much speaks for the first beat of all, where nothing else tells.
const FIRST: f64 = 0.15;
/// Bass drums softer than this share of the snare drums are none.
const HEARD: f64 = 0.15;

/// Beats of a recording, in values of the onset curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Beats {
    /// Beats a minute.
    pub(super) bpm: f64,
    /// Whether they lie on an even grid.
    pub(super) is_steady: bool,
    /// Where they are, in order.
    pub(super) at: Vec<f64>,
}

/// Which beats begin bars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bars {
    /// Beats in a bar.
    pub(super) beats: usize,
    /// The first beat that begins one.
    pub(super) first: usize,
    /// How sure that is, from 0 to 1.
    pub(super) confidence: f64,
}

/// The beats at about a pace.
pub(super) fn beats(curves: &Curves, pace: Pace) -> Beats {
    let curve = tempo::rises(&curves.all, curves.rate);
    let mean = curve.iter().map(|value| value * value).sum::<f32>() / curve.len().max(1) as f32;
    let scale = 1.0 / mean.sqrt().max(f32::MIN_POSITIVE);
    let curve: Vec<f32> = curve.iter().map(|value| value * scale).collect();
    let periods = Periods::of(&curve, curves.rate, 60.0 * curves.rate / pace.bpm);
    let path = path(&curve, &periods);
    let found = trimmed(&path, &curve);
    let fine: Vec<f64> = found.iter().map(|at| peak(&curve, *at)).collect();
    grid(&fine, &curve, curves.rate).unwrap_or_else(|| {
        let mut gaps: Vec<f64> = fine.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_by(f64::total_cmp);
        let bpm = gaps
            .get(gaps.len() / 2)
            .map_or(pace.bpm, |gap| 60.0 * curves.rate / gap);
        Beats {
            bpm,
            is_steady: false,
            at: fine,
        }
    })
}

/// The period of the beats along the music.
struct Periods {
    /// One for each step.
    periods: Vec<f64>,
    step: usize,
}

impl Periods {
    fn of(curve: &[f32], rate: f64, usual: f64) -> Self {
        let step = (STEP_SECS * rate) as usize;
        let around = (AROUND_SECS * rate) as usize;
        let n_steps = curve.len() / step.max(1) + 1;
        // Periods that are thought of, a hundredth apart.
        let reach = (MAX_DRIFT.ln() / 0.01) as i32;
        let factors: Vec<f64> = (-reach..=reach)
            .map(|n| (f64::from(n) * 0.01).exp())
            .collect();
        let jump = (MAX_STEP.ln() / 0.01) as usize;
        let mut best = vec![0.0; factors.len()];
        let mut came_from: Vec<Vec<u8>> = Vec::with_capacity(n_steps);
        for n in 0..n_steps {
            let from = (n * step).saturating_sub(around / 2);
            let seen = &curve[from..(from + around).min(curve.len())];
            let mut next = vec![0.0; factors.len()];
            let mut origins = vec![0; factors.len()];
            let lags = lags(seen, (usual * MAX_DRIFT * 2.0) as usize + 2);
            let own = lags.first().copied().unwrap_or(0.0).max(f64::MIN_POSITIVE);
            for (to, factor) in factors.iter().enumerate() {
                let period = usual * factor;
                let fit = (between(&lags, period) + between(&lags, 2.0 * period)) / own
                    - 0.4 * factor.ln().abs();
                let (low, high) = (to.saturating_sub(jump), (to + jump).min(factors.len() - 1));
                let cost = |from: usize| best[from] - 0.02 * from.abs_diff(to) as f64;
                let origin = (low..=high)
                    .max_by(|a, b| cost(*a).total_cmp(&cost(*b)))
                    .unwrap_or(to);
                next[to] = cost(origin) + fit;
                origins[to] = origin as u8;
            }
            best = next;
            came_from.push(origins);
        }
        let last = (0..best.len()).max_by(|a, b| best[*a].total_cmp(&best[*b]));
        let mut here = last.unwrap_or(factors.len() / 2);
        let mut periods = Vec::with_capacity(n_steps);
        for origins in came_from.iter().rev() {
            periods.push(usual * factors[here]);
            here = usize::from(origins[here]);
        }
        periods.reverse();
        Self { periods, step }
    }

    fn at(&self, value: usize) -> f64 {
        let place = value as f64 / self.step.max(1) as f64;
        let known = |n: usize| self.periods.get(n).or(self.periods.last()).copied();
        let here = known(place as usize).unwrap_or(1.0);
        let next = known(place as usize + 1).unwrap_or(here);
        here + (next - here) * place.fract()
    }
}

/// How much a short part is like itself so many values later.
fn lags(part: &[f32], n: usize) -> Vec<f64> {
    // Mostly nothing: only what stands out is multiplied.
    let heard: Vec<(usize, f32)> = part
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, value)| *value > 0.0)
        .collect();
    let mut sums = vec![0.0_f32; n];
    for (at, value) in heard {
        let later = part.get(at..).unwrap_or_default();
        for (sum, other) in sums.iter_mut().zip(later) {
            *sum += value * other;
        }
    }
    sums.into_iter().map(f64::from).collect()
}

/// A value between two.
fn between(values: &[f64], at: f64) -> f64 {
    let n = at as usize;
    match values.get(n..n + 2) {
        Some([here, next]) => here + (next - here) * at.fract(),
        _ => 0.0,
    }
}

/// The best path through the curve.
fn path(curve: &[f32], periods: &Periods) -> Vec<usize> {
    let mut scores = vec![0.0_f32; curve.len()];
    let mut before: Vec<u32> = vec![u32::MAX; curve.len()];
    let mut costs: Vec<f32> = Vec::new();
    let (mut known, mut least) = (0.0, 0);
    for at in 0..curve.len() {
        let period = periods.at(at);
        if (period - known).abs() > 0.005 * known {
            known = period;
            least = ((period * 0.5) as usize).max(1);
            let most = (period * 2.0) as usize;
            let cost = |gap: usize| {
                let away = (gap.max(1) as f64 / period).ln();
                (TIGHTNESS * away * away) as f32
            };
            costs = (least..=most).map(cost).collect();
        }
        let mut best = 0.0;
        for (n, cost) in costs.iter().enumerate() {
            let Some(earlier) = at.checked_sub(least + n) else {
                break;
            };
            let score = scores[earlier] - cost;
            if score > best {
                best = score;
                before[at] = earlier as u32;
            }
        }
        scores[at] = best + curve[at];
    }
    // From the best of the last beats backwards.
    let tail = curve.len().saturating_sub((known * 1.5) as usize + 1);
    let last = (tail..curve.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    let mut found = Vec::new();
    let mut here = last;
    while let Some(at) = here {
        found.push(at);
        here = (before[at] != u32::MAX).then(|| before[at] as usize);
    }
    found.reverse();
    found
}

/// The beats without those in front of the music and after it.
fn trimmed<'a>(beats: &'a [usize], curve: &[f32]) -> &'a [usize] {
    let strength = |at: &usize| {
        let seen = &curve[at.saturating_sub(3)..(at + 4).min(curve.len())];
        seen.iter().copied().fold(0.0, f32::max)
    };
    let mean = beats.iter().map(strength).sum::<f32>() / beats.len().max(1) as f32;
    let is_heard = |at: &usize| strength(at) > 0.25 * mean;
    let first = beats.iter().position(is_heard).unwrap_or(0);
    let last = beats.iter().rposition(is_heard).map_or(0, |at| at + 1);
    beats.get(first..last).unwrap_or_default()
}

/// The place of the peak at or beside a beat, between values too.
fn peak(curve: &[f32], beat: usize) -> f64 {
    let (from, to) = (beat.saturating_sub(2), (beat + 3).min(curve.len()));
    let at = (from..to)
        .max_by(|a, b| curve[*a].total_cmp(&curve[*b]))
        .unwrap_or(beat);
    let value = |n: Option<usize>| n.and_then(|n| curve.get(n)).copied().map_or(0.0, f64::from);
    let (before, here, after) = (
        value(at.checked_sub(1)),
        value(Some(at)),
        value(Some(at + 1)),
    );
    let bend = before - 2.0 * here + after;
    if here > 0.0 && bend < 0.0 && here >= before && here >= after {
        at as f64 + 0.5 * (before - after) / bend
    } else {
        beat as f64
    }
}

/// The even grid that the beats lie on, if they lie on one.
fn grid(beats: &[f64], curve: &[f32], rate: f64) -> Option<Beats> {
    if beats.len() < 8 {
        return None;
    }
    // Beats on something that begins say more than those in between.
    let weight = |at: f64| 0.02 + f64::from(curve.get(at.round() as usize).copied().unwrap_or(0.0));
    let mut weights: Vec<f64> = beats.iter().map(|at| weight(*at)).collect();
    let (mut offset, mut period) = line(beats, &weights)?;
    // Once more without those that stray.
    for _ in 0..3 {
        for ((n, at), known) in beats.iter().enumerate().zip(&mut weights) {
            let away = (at - offset - n as f64 * period).abs() / (2.0 * ON_GRID_SECS * rate);
            *known = weight(*at) / (1.0 + away * away);
        }
        (offset, period) = line(beats, &weights)?;
    }
    let on_grid = |n: usize| offset + n as f64 * period;
    let mut away: Vec<f64> = beats
        .iter()
        .enumerate()
        .map(|(n, at)| (at - on_grid(n)).abs())
        .collect();
    away.sort_by(f64::total_cmp);
    let half = away[away.len() / 2];
    let most = away[away.len() * 9 / 10];
    let is_steady = half <= ON_GRID_SECS * rate && most <= 0.15 * period;
    is_steady.then(|| Beats {
        bpm: 60.0 * rate / period,
        is_steady,
        at: (0..beats.len()).map(on_grid).collect(),
    })
}

/// The line through weighted beats: where the first is, and how far apart they are.
fn line(beats: &[f64], weights: &[f64]) -> Option<(f64, f64)> {
    let total: f64 = weights.iter().sum();
    let mean = |value: &dyn Fn(usize) -> f64| {
        let sum: f64 = (0..beats.len()).map(|n| weights[n] * value(n)).sum();
        sum / total
    };
    let (n_mean, at_mean) = (mean(&|n| n as f64), mean(&|n| beats[n]));
    let spread = mean(&|n| (n as f64 - n_mean).powi(2));
    let slope = mean(&|n| (n as f64 - n_mean) * (beats[n] - at_mean)) / spread;
    (slope.is_finite() && slope > 0.0).then_some((at_mean - slope * n_mean, slope))
}

/// Which beats begin bars: those with a bass drum or a new chord. `pitches` tells what is heard
/// between two places.
pub(super) fn bars(
    curves: &Curves,
    beats: &[f64],
    pitches: &dyn Fn(f64, f64) -> [f64; 12],
) -> Option<Bars> {
    if beats.len() < 8 {
        return None;
    }
    let accents = accents(curves, beats);
    let heard: Vec<[f64; 12]> = beats
        .windows(2)
        .map(|pair| pitches(pair[0], pair[1]))
        .collect();
    let mut found: Vec<(f64, usize, usize)> = Vec::new();
    for meter in METERS {
        let changes = changes(&heard, meter);
        let usual = mean(changes.iter().copied());
        for phase in 0..meter {
            let of_phase = |values: &[f64]| mean(values.iter().skip(phase).step_by(meter).copied());
            let harmony = HARMONY * (of_phase(&changes) - usual);
            let first = if phase == 0 { FIRST } else { 0.0 };
            let score = of_phase(&accents) + harmony + first;
            found.push((if meter == 3 { THREE } else { 1.0 } * score, meter, phase));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, second) = (found.first()?, found.get(1)?);
    let margin = (1.0 - second.0.max(0.0) / best.0.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
    Some(Bars {
        beats: best.1,
        first: best.2,
        confidence: margin * best.0.clamp(0.0, 1.0),
    })
}

/// How much each beat sounds like the first of a bar: bass drums do, and where there are any, snare
/// drums do not. Without them, what is loudest does.
fn accents(curves: &Curves, beats: &[f64]) -> Vec<f64> {
    let strongest = |curve: &[f32], at: f64| {
        let at = at.max(0.0).round() as usize;
        let to = (at + 4).min(curve.len());
        let seen = curve.get(at.saturating_sub(3)..to).unwrap_or_default();
        f64::from(seen.iter().copied().fold(0.0, f32::max))
    };
    let of = |curve: &[f32]| -> Vec<f64> { beats.iter().map(|at| strongest(curve, *at)).collect() };
    let (low, crisp) = (of(&curves.low), of(&curves.crisp));
    let has_low = mean(low.iter().copied()) > HEARD * mean(crisp.iter().copied());
    if !has_low {
        return even(crisp);
    }
    let snare = even(of(&tempo::without(&curves.crisp, &curves.low)));
    let pairs = even(low).into_iter().zip(snare);
    pairs.map(|(low, snare)| low - SNARE * snare).collect()
}

/// How much the pitches of the bar that begins at each beat differ from those of the bar before,
/// from 0 to 1. Drums that play the same in every bar change nothing.
fn changes(heard: &[[f64; 12]], meter: usize) -> Vec<f64> {
    let bar = |from: usize| {
        let mut sum = [0.0; 12];
        for pitches in &heard[from..from + meter] {
            for (all, one) in sum.iter_mut().zip(pitches) {
                *all += one;
            }
        }
        sum
    };
    let length = |v: &[f64; 12]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    let change = |at: usize| {
        if at < meter || at + meter > heard.len() {
            return 0.0;
        }
        let (before, after) = (bar(at - meter), bar(at));
        let both = length(&before) * length(&after);
        let dot: f64 = before.iter().zip(&after).map(|(a, b)| a * b).sum();
        if both > 0.0 { 1.0 - dot / both } else { 0.0 }
    };
    (0..=heard.len()).map(change).collect()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut n) = (0.0, 0_u32);
    for value in values {
        sum += value;
        n += 1;
    }
    sum / f64::from(n.max(1))
}

/// Values with a mean of nothing and a spread of one; of nothing else where they are all alike.
fn even(mut values: Vec<f64>) -> Vec<f64> {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let spread = (values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / n)
        .sqrt();
    let scale = if spread > 0.05 * mean.abs() && spread > 0.0 {
        1.0 / spread
    } else {
        0.0
    };
    for value in &mut values {
        *value = (*value - mean) * scale;
    }
    values
}
