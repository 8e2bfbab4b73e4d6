//! The parts a recording falls into, its strongest lift, its quietest stretch and how it ends.
//!
//! Parts begin where what comes is unlike what was, and each is like itself: the novelty of J.
//! Foote, “Automatic Audio Segmentation Using a Measure of Audio Novelty” (2000), on how alike
//! half-second stretches are in harmony, tone colour and loudness. Only the band of the similarity
//! matrix under the kernel is worked out, so memory does not grow with the square of the length.

use super::key::Harmony;
use super::onsets::COLORS;
use super::onsets::Curves;
use crate::model::Ending;

/// Stretches on either side that are compared: 8 s.
const REACH: usize = 16;
/// Parts are not shorter than this many stretches.
const SHORTEST: usize = 12;
/// Novelty below this is none, whatever the rest is like.
const LEAST_NOVELTY: f64 = 0.05;
/// How much louder it gets where there is a lift, in decibels.
const LEAST_LIFT: f64 = 2.0;
/// Stretches that a lift is measured over on either side, and that the quietest place lasts: 4 s.
const NEARBY: usize = 8;
/// What is softer than this (−60 dBFS) counts as silence.
const SILENCE: f64 = 1e-6;
/// What falls to silence in less time than this has a hard ending.
const HARD_SECS: f64 = 1.2;
/// The ending begins where the music is this much softer than it usually is, in decibels.
const ENDING_FALL: f64 = 14.0;
/// Numbers that say what a stretch sounds like: pitches, colour, loudness.
const FEATURES: usize = 12 + COLORS + 1;

/// The form of a recording; times are in seconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FoundForm {
    /// Where parts begin, the first at the first sound.
    pub(super) sections: Vec<f64>,
    /// Where the music rises most.
    pub(super) lift: Option<f64>,
    /// Where its quietest stretch begins and ends.
    pub(super) quietest: Option<(f64, f64)>,
    /// How it ends.
    pub(super) ending: Option<Ending>,
}

/// The form of what sounds from `first` to `last` seconds. Parts begin on beats where there is one
/// nearby.
pub(super) fn form(
    curves: &Curves,
    harmony: &Harmony,
    beats: &[f64],
    first: f64,
    last: f64,
) -> FoundForm {
    let secs = curves.values_per_stretch as f64 / curves.rate;
    let n = curves.stretches.len();
    let from = ((first / secs) as usize).min(n);
    let to = ((last / secs).ceil() as usize).clamp(from, n);
    let powers: Vec<f64> = curves.stretches[from..to]
        .iter()
        .map(|stretch| f64::from(stretch.power))
        .collect();
    let features = features(curves, harmony, from..to, secs);
    let novelty = novelty(&features);
    let at = |stretch: usize| (from + stretch) as f64 * secs;
    let settled = |at: f64| {
        let later = beats.partition_point(|beat| *beat < at);
        let near = beats[later.saturating_sub(1)..(later + 1).min(beats.len())].iter();
        let nearest = near.min_by(|a, b| (*a - at).abs().total_cmp(&(*b - at).abs()));
        nearest
            .copied()
            .filter(|beat| (beat - at).abs() <= secs)
            .unwrap_or(at)
    };
    let edges = edges(&novelty);
    let mut sections = vec![first];
    sections.extend(edges.iter().map(|edge| settled(at(*edge))));
    if powers.is_empty() {
        sections.clear();
    }
    let rise = |edge: usize| {
        let before = mean(&powers[edge.saturating_sub(NEARBY)..edge]);
        let after = mean(&powers[edge..(edge + NEARBY).min(powers.len())]);
        decibels(after) - decibels(before)
    };
    // A lift is looked for at the edges of parts, else anywhere.
    let anywhere = NEARBY..powers.len().saturating_sub(NEARBY).max(NEARBY);
    let lift_at = highest(edges.iter().copied(), rise)
        .or_else(|| highest(anywhere, rise))
        .map(|edge| settled(at(edge)));
    let quietest = (0..(powers.len() + 1).saturating_sub(NEARBY)).min_by(|a, b| {
        let level = |n: &usize| mean(&powers[*n..*n + NEARBY]);
        level(a).total_cmp(&level(b))
    });
    FoundForm {
        sections,
        lift: lift_at,
        quietest: quietest.map(|n| (at(n), at(n + NEARBY).min(last))),
        ending: ending(&powers, secs, last - at(0)),
    }
}

/// The place where it gets louder most, if it does by enough.
fn highest(places: impl Iterator<Item = usize>, rise: impl Fn(usize) -> f64) -> Option<usize> {
    let found = places.map(|place| (place, rise(place)));
    let best = found.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 >= LEAST_LIFT).then_some(best.0)
}

/// What each stretch sounds like, each kind of thing with the same weight.
fn features(
    curves: &Curves,
    harmony: &Harmony,
    stretches: std::ops::Range<usize>,
    secs: f64,
) -> Vec<[f32; FEATURES]> {
    let mut features = Vec::with_capacity(stretches.len());
    for n in stretches {
        let mut feature = [0.0; FEATURES];
        let (from, to) = (n as f64 * secs, (n + 2) as f64 * secs);
        let moment = |at: f64| ((at * harmony.rate).round() as usize).min(harmony.moments.len());
        for pitches in &harmony.moments[moment(from)..moment(to)] {
            for (all, one) in feature.iter_mut().zip(pitches) {
                *all += one;
            }
        }
        let length = feature.iter().map(|x| x * x).sum::<f32>().sqrt();
        feature[..12]
            .iter_mut()
            .for_each(|x| *x /= length.max(1e-9));
        if let Some(stretch) = curves.stretches.get(n) {
            feature[12..12 + COLORS].copy_from_slice(&stretch.color);
            feature[12 + COLORS] = decibels(f64::from(stretch.power)) as f32;
        }
        features.push(feature);
    }
    // Colour and loudness by how far they usually stray; at least by what can be heard.
    for (n, least) in (12..FEATURES).map(|n| (n, if n == FEATURES - 1 { 3.0 } else { 0.7 })) {
        let count = features.len().max(1) as f32;
        let mean = features.iter().map(|feature| feature[n]).sum::<f32>() / count;
        let squares = features.iter().map(|feature| (feature[n] - mean).powi(2));
        let spread = (squares.sum::<f32>() / count).sqrt().max(least);
        let weight = if n == FEATURES - 1 {
            0.7
        } else {
            0.5 / (COLORS as f32).sqrt()
        };
        for feature in &mut features {
            feature[n] = ((feature[n] - mean) / spread).clamp(-2.0, 2.0) * weight;
        }
    }
    features
}

/// How much each stretch is a beginning.
fn novelty(features: &[[f32; FEATURES]]) -> Vec<f64> {
    let n = features.len();
    // Each stretch against those after it, as far as the kernel reaches: it passes over each pair
    // many times.
    let apart = |a: usize, later: usize| {
        let (a, b) = (&features[a], features.get(a + 1 + later));
        let both = b.into_iter().flat_map(|b| a.iter().zip(b));
        both.map(|(x, y)| (x - y).powi(2)).sum::<f32>()
    };
    let apart: Vec<[f32; 2 * REACH - 1]> = (0..n)
        .map(|a| std::array::from_fn(|later| apart(a, later)))
        .collect();
    let unlike = |a: usize, b: usize| apart[a.min(b)][a.abs_diff(b) - 1];
    // Neighbours count most.
    let taper: Vec<f32> = (0..REACH)
        .map(|k| (-0.5 * ((k as f32 + 0.5) / (0.5 * REACH as f32)).powi(2)).exp())
        .collect();
    let mut novelty = vec![0.0; n];
    for (at, value) in novelty.iter_mut().enumerate() {
        let (before, after) = (at.min(REACH), (n - at).min(REACH));
        // Too near the ends there is too little to compare.
        if before < SHORTEST || after < SHORTEST {
            continue;
        }
        let (mut across, mut within) = (0.0, 0.0);
        let (mut across_weight, mut within_weight) = (0.0, 0.0);
        for i in 0..before {
            for j in 0..after {
                let weight = taper[i] * taper[j];
                across += weight * unlike(at - 1 - i, at + j);
                across_weight += weight;
            }
        }
        for (side, forward) in [(before, false), (after, true)] {
            for i in 0..side {
                for j in i + 1..side {
                    let weight = taper[i] * taper[j];
                    let (a, b) = if forward {
                        (at + i, at + j)
                    } else {
                        (at - 1 - i, at - 1 - j)
                    };
                    within += weight * unlike(a, b);
                    within_weight += weight;
                }
            }
        }
        *value = f64::from(across / across_weight - within / within_weight).max(0.0);
    }
    novelty
}

/// Where the novelty has its peaks, in order.
fn edges(novelty: &[f64]) -> Vec<usize> {
    let n = novelty.len().max(1) as f64;
    let mean = novelty.iter().sum::<f64>() / n;
    let spread = (novelty
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / n)
        .sqrt();
    let least = (mean + 0.7 * spread).max(LEAST_NOVELTY);
    let is_peak = |at: &usize| {
        let near = &novelty[at.saturating_sub(3)..(at + 4).min(novelty.len())];
        novelty[*at] >= least && near.iter().all(|value| *value <= novelty[*at])
    };
    let mut peaks: Vec<usize> = (0..novelty.len()).filter(is_peak).collect();
    peaks.sort_by(|a, b| novelty[*b].total_cmp(&novelty[*a]));
    let mut edges: Vec<usize> = Vec::new();
    for peak in peaks {
        let later = edges.partition_point(|edge| *edge < peak);
        let near = &edges[later.saturating_sub(1)..(later + 1).min(edges.len())];
        if near.iter().all(|edge| edge.abs_diff(peak) >= SHORTEST) {
            edges.insert(later, peak);
        }
    }
    edges
}

/// How the music ends, which lasts `last` seconds from the first of its stretches.
fn ending(powers: &[f64], secs: f64, last: f64) -> Option<Ending> {
    let mut heard: Vec<f64> = powers.iter().copied().filter(|p| *p > SILENCE).collect();
    heard.sort_by(f64::total_cmp);
    let usual = decibels(*heard.get(heard.len() / 2)?);
    let loud = powers
        .iter()
        .rposition(|power| decibels(*power) > usual - ENDING_FALL)?;
    let rest = last - (loud + 1) as f64 * secs;
    Some(if rest > HARD_SECS {
        Ending::RingingOut
    } else {
        Ending::Hard
    })
}

fn mean(powers: &[f64]) -> f64 {
    powers.iter().sum::<f64>() / powers.len().max(1) as f64
}

/// A power in decibels; silence is −80.
fn decibels(power: f64) -> f64 {
    10.0 * power.max(1e-8).log10()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::key::PitchMeter;
    use crate::analysis::made;
    use crate::analysis::onsets::OnsetMeter;

    fn form_of(samples: &[f32]) -> FoundForm {
        let rate = f64::from(made::RATE);
        let (mut onsets, mut pitches) = (OnsetMeter::new(rate), PitchMeter::new(rate));
        onsets.add(samples);
        pitches.add(samples);
        let last = samples.iter().rposition(|sample| sample.abs() > 0.001);
        let last = last.map_or(0.0, |at| at as f64 / rate);
        form(&onsets.finish(), &pitches.finish(), &[], 0.0, last)
    }

    /// Chords of two seconds, each of some level.
    fn chords(levels: &[(f32, [i32; 3])]) -> Vec<f32> {
        let step = 2 * made::RATE as usize;
        let mut samples = vec![0.0; step * levels.len()];
        for (n, (level, notes)) in levels.iter().enumerate() {
            made::chord(&mut samples, n * step, 2.0, notes, *level, 0.0);
        }
        samples
    }

    const C: [i32; 3] = [48, 52, 55];
    const HIGH_F_SHARP: [i32; 3] = [66, 70, 73];

    #[test]
    fn parts_begin_where_the_music_changes() {
        let mut levels = vec![(0.03, C); 8];
        levels.extend(vec![(0.2, HIGH_F_SHARP); 8]);
        levels.extend(vec![(0.03, C); 8]);
        let form = form_of(&chords(&levels));
        assert_eq!(form.sections.len(), 3, "{form:?}");
        for (found, truth) in form.sections.iter().zip([0.0, 16.0, 32.0]) {
            assert!((found - truth).abs() <= 1.0, "{form:?}");
        }
        let lift = form.lift.expect("it gets louder");
        assert!((lift - 16.0).abs() <= 1.0, "{form:?}");
        assert_eq!(form.ending, Some(Ending::Hard));
    }

    #[test]
    fn what_stays_the_same_is_one_part_without_a_lift() {
        let form = form_of(&chords(&[(0.1, C); 20]));
        assert_eq!(form.sections, [0.0], "{form:?}");
        assert_eq!(form.lift, None);
    }

    #[test]
    fn the_quietest_stretch_is_found() {
        let mut levels = vec![(0.2, C); 10];
        levels.extend(vec![(0.01, C); 3]);
        levels.extend(vec![(0.2, C); 10]);
        let (from, to) = form_of(&chords(&levels))
            .quietest
            .expect("it is long enough");
        assert!(from >= 19.5 && to <= 26.5, "{from} {to}");
    }

    #[test]
    fn a_fade_rings_out() {
        let mut samples = chords(&[(0.2, C); 15]);
        let n = samples.len();
        let fade = n / 3;
        for (at, sample) in samples[n - fade..].iter_mut().enumerate() {
            *sample *= (1.0 - at as f32 / fade as f32).powi(3);
        }
        assert_eq!(form_of(&samples).ending, Some(Ending::RingingOut));
    }

    #[test]
    fn silence_has_no_form() {
        assert_eq!(form_of(&vec![0.0; 100_000]), FoundForm::default());
    }
}
