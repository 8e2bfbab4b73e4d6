//! Changing a sound's sampling rate, or its speed and pitch together.

use std::f32::consts::PI;

/// Reads `input` at `ratio` times its speed, by windowed sinc (Smith, "Digital audio resampling",
/// CCRMA).
pub(crate) fn resample(input: &[f32], ratio: f64) -> Vec<f32> {
    const REACH: isize = 16;
    let cutoff = (1.0 / ratio).min(1.0) as f32 * 0.95;
    let length = (input.len() as f64 / ratio) as usize;
    (0..length)
        .map(|i| {
            let place = i as f64 * ratio;
            let whole = place as isize;
            let fraction = (place - whole as f64) as f32;
            (1 - REACH..=REACH)
                .filter_map(|n| {
                    let sample = usize::try_from(whole + n).ok().and_then(|k| input.get(k))?;
                    let x = n as f32 - fraction;
                    let window = 0.5 + 0.5 * (PI * x / (REACH as f32 + 1.0)).cos();
                    Some(sample * sinc(cutoff * x) * cutoff * window)
                })
                .sum()
        })
        .collect()
}

fn sinc(x: f32) -> f32 {
    if x.abs() < 1e-5 {
        1.0
    } else {
        (PI * x).sin() / (PI * x)
    }
}
