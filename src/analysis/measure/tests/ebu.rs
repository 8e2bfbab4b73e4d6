//! The EBU's signals for the least that a loudness meter must get right, made from their
//! descriptions: EBU Tech 3341 (version 4, section 2.9, table 1) for integrated loudness and true
//! peak, EBU Tech 3342 (version 4, section 4, table 1) for loudness range.
//!
//! Left out are what measures loudness of the moment (Tech 3341, cases 9 to 14), five channels
//! (case 6: everything here is stereo), and recordings (cases 7 and 8; Tech 3342, cases 5 and 6).

use std::f64::consts::PI;
use std::f64::consts::TAU;
use std::ops::ControlFlow;

use super::*;

const RATES: [SampleRate; 2] = [SampleRate::HZ_44100, SampleRate::HZ_48000];

/// A tone for so many seconds at a level in dBFS.
type Stretch = (f64, f64);

/// Tones of 1000 Hz in both channels, one straight after the other.
fn tones(rate: SampleRate, stretches: &[Stretch]) -> Vec<StereoFrame> {
    let hz = f64::from(rate.get());
    let mut frames: Vec<StereoFrame> = Vec::new();
    for (secs, level) in stretches {
        let height = 10.0_f64.powf(level / 20.0);
        let from = frames.len();
        let to = from + (secs * hz).round() as usize;
        let sample = |n: usize| (height * (TAU * 1000.0 * n as f64 / hz).sin()) as f32;
        frames.extend((from..to).map(|n| [sample(n); 2]));
    }
    frames
}

fn measured(rate: SampleRate, frames: Vec<StereoFrame>) -> Measurement {
    let mut sound = Made {
        rate,
        ..Made::new(frames)
    };
    measure(&mut sound, &mut |_| ControlFlow::Continue(())).expect("it can be read")
}

#[test]
fn integrated_loudness_is_right_to_a_tenth() {
    let cases: [(u8, &[Stretch], f64); 5] = [
        (1, &[(20.0, -23.0)], -23.0),
        (2, &[(20.0, -33.0)], -33.0),
        (3, &[(10.0, -36.0), (60.0, -23.0), (10.0, -36.0)], -23.0),
        (
            4,
            &[
                (10.0, -72.0),
                (10.0, -36.0),
                (60.0, -23.0),
                (10.0, -36.0),
                (10.0, -72.0),
            ],
            -23.0,
        ),
        (5, &[(20.0, -26.0), (20.1, -20.0), (20.0, -26.0)], -23.0),
    ];
    for rate in RATES {
        for (case, stretches, expected) in cases {
            let loudness = measured(rate, tones(rate, stretches)).loudness;
            let lufs = loudness.expect("it is not silent");
            assert!(
                (lufs - expected).abs() <= 0.1,
                "case {case}, {rate:?}: {lufs}"
            );
        }
    }
}

#[test]
fn loudness_range_is_right_to_one_unit() {
    let cases: [(u8, &[f64], f64); 4] = [
        (1, &[-20.0, -30.0], 10.0),
        (2, &[-20.0, -15.0], 5.0),
        (3, &[-40.0, -20.0], 20.0),
        (4, &[-50.0, -35.0, -20.0, -35.0, -50.0], 15.0),
    ];
    for rate in RATES {
        for (case, levels, expected) in cases {
            let stretches: Vec<Stretch> = levels.iter().map(|level| (20.0, *level)).collect();
            let range = measured(rate, tones(rate, &stretches)).range;
            let lu = range.expect("it is long enough");
            assert!((lu - expected).abs() <= 1.0, "case {case}, {rate:?}: {lu}");
        }
    }
}

/// Brings both ends of a sound up from silence and down to it, within 10 ms.
fn tapered(samples: &mut [f64], hz: f64) {
    let taper = (hz / 100.0) as usize;
    let n = samples.len();
    for at in 0..taper {
        let factor = at as f64 / taper as f64;
        samples[at] *= factor;
        samples[n - 1 - at] *= factor;
    }
}

fn in_both_channels(samples: &[f64]) -> Vec<StereoFrame> {
    samples.iter().map(|sample| [*sample as f32; 2]).collect()
}

/// How far a true peak may be off, in dB, below and above.
const PEAK_TOLERANCE: std::ops::RangeInclusive<f64> = -0.4..=0.2;

fn assert_peak(case: usize, rate: SampleRate, frames: Vec<StereoFrame>, expected: f64) {
    let peak = measured(rate, frames).true_peak.expect("it is not silent");
    assert!(
        PEAK_TOLERANCE.contains(&(peak - expected)),
        "case {case}, {rate:?}: {peak}"
    );
}

#[test]
fn the_true_peak_of_a_tone_is_found_between_its_samples() {
    // Case, samples in a period, height, phase in degrees, and the peak in dBTP.
    let cases = [
        (15, 4.0, 0.5, 0.0, -6.0),
        (16, 4.0, 0.5, 45.0, -6.0),
        (17, 6.0, 0.5, 60.0, -6.0),
        (18, 8.0, 0.5, 67.5, -6.0),
        (19, 4.0, 1.41, 45.0, 3.0),
    ];
    for rate in RATES {
        let hz = f64::from(rate.get());
        for (case, period, height, degrees, expected) in cases {
            let phase = f64::to_radians(degrees);
            let sample = |n: u32| height * (TAU * f64::from(n) / period + phase).sin();
            let mut samples: Vec<f64> = (0..rate.get()).map(sample).collect();
            tapered(&mut samples, hz);
            assert_peak(case, rate, in_both_channels(&samples), expected);
        }
    }
}

/// Half the length of the filter below, in samples of four times the rate.
const REACH: i64 = 256;

/// One tap of a filter that keeps what the lower rate can hold: a sinc under a Blackman window
/// (R. B. Blackman, J. W. Tukey, "The Measurement of Power Spectra", 1958).
fn tap(n: i64) -> f64 {
    let x = PI * n as f64 / 4.0;
    let sinc = if n == 0 { 1.0 } else { x.sin() / x };
    let turn = PI * n as f64 / REACH as f64;
    let window = 0.42 + 0.5 * turn.cos() + 0.08 * (2.0 * turn).cos();
    sinc * window / 4.0
}

/// A sine of 24 samples a period and a height of 0.5, within it one period of 16 samples and a
/// height of 1, continuous in phase on both sides.
fn with_one_period_louder(n: i64) -> f64 {
    const LOUD: i64 = 24 * 1000;
    match n - LOUD {
        since @ 0..16 => (TAU * since as f64 / 16.0).sin(),
        since if since < 0 => 0.5 * (TAU * n as f64 / 24.0).sin(),
        since => 0.5 * (TAU * (since - 16) as f64 / 24.0).sin(),
    }
}

#[test]
fn the_true_peak_of_a_single_period_is_found_wherever_the_samples_fall() {
    // Made at four times the rate, filtered, and every fourth sample kept from one of four on.
    let length = 24 * 2000;
    for (case, offset) in (20..).zip(0..4) {
        for rate in RATES {
            let filtered = |at: i64| {
                let taps = -REACH + 1..REACH;
                let products = taps.map(|n| tap(n) * with_one_period_louder(at - n));
                products.sum::<f64>()
            };
            let kept = (0..length / 4).map(|n| filtered(4 * n + offset));
            let mut samples: Vec<f64> = kept.collect();
            tapered(&mut samples, f64::from(rate.get()));
            assert_peak(case, rate, in_both_channels(&samples), 0.0);
        }
    }
}
