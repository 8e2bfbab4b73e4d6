//! How loud a mix is: integrated loudness after ITU-R BS.1770-4.

use super::filter::Biquad;
use crate::mix::Stereo;

/// The loudness of a whole mix in LUFS, gated; silence gives -70.
pub(crate) fn integrated(mix: &Stereo, rate: f32) -> f32 {
    let weighted = [weigh(&mix.left, rate), weigh(&mix.right, rate)];
    let hop = (rate * 0.1) as usize;
    let block = hop * 4;
    let powers: Vec<f64> = (0..mix.len().saturating_sub(block))
        .step_by(hop)
        .map(|start| {
            weighted
                .iter()
                .map(|side| {
                    side[start..start + block]
                        .iter()
                        .map(|x| f64::from(*x).powi(2))
                        .sum::<f64>()
                        / block as f64
                })
                .sum()
        })
        .collect();
    let absolute = mean_above(&powers, power(-70.0));
    let relative = mean_above(&powers, absolute * 0.1);
    if relative > 0.0 {
        (-0.691 + 10.0 * relative.log10()) as f32
    } else {
        -70.0
    }
}

fn power(lufs: f64) -> f64 {
    10.0_f64.powf((lufs + 0.691) / 10.0)
}

fn mean_above(powers: &[f64], gate: f64) -> f64 {
    let loud: Vec<f64> = powers
        .iter()
        .copied()
        .filter(|power| *power > gate)
        .collect();
    if loud.is_empty() {
        0.0
    } else {
        loud.iter().sum::<f64>() / loud.len() as f64
    }
}

/// K-weighting: the head's shelf, then the low cut.
fn weigh(side: &[f32], rate: f32) -> Vec<f32> {
    let mut out = side.to_vec();
    Biquad::high_shelf(1500.0, 4.0, rate).run(&mut out);
    Biquad::high_pass(38.0, rate).run(&mut out);
    out
}
