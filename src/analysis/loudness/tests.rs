//! Loudness, held against the standard's own coefficients and against the crate `ebur128`.

use ebur128::EbuR128;
use ebur128::Mode;
use proptest::prelude::*;

use super::*;
use crate::analysis::made::Noise;

fn measured(rate: SampleRate, frames: &[StereoFrame]) -> Loudness {
    let mut meter = LoudnessMeter::new(rate);
    // Pieces that fit nothing.
    frames.chunks(1_237).for_each(|piece| meter.add(piece));
    meter.finish()
}

fn by_ebur128(rate: SampleRate, frames: &[StereoFrame]) -> (Option<f64>, Option<f64>) {
    let mode = Mode::I | Mode::LRA;
    let mut meter = EbuR128::new(2, rate.get(), mode).expect("it takes any rate in use");
    let taken = meter.add_frames_f32(frames.as_flattened());
    taken.expect("frames are whole");
    let integrated = meter.loudness_global().ok();
    (
        integrated.filter(|lufs| lufs.is_finite()),
        meter.loudness_range().ok(),
    )
}

/// Noise that gets softer and louder, lower and higher.
fn weather(rate: SampleRate, seed: u32, secs: f64, color: f32, depth: f32) -> Vec<StereoFrame> {
    let mut noise = Noise::new(seed);
    let n = (secs * f64::from(rate.get())) as usize;
    let mut last = [0.0; 2];
    (0..n)
        .map(|at| {
            let slow = (at as f32 / n as f32 * 9.0).sin();
            let level = 10.0_f32.powf(depth * (slow - 1.0) / 20.0);
            last = last.map(|old: f32| old + color * (0.5 * noise.next() - old));
            [level * last[0], 0.7 * level * last[1]]
        })
        .collect()
}

#[test]
fn at_48_khz_the_filters_are_those_of_the_standard() {
    // BS.1770-5, annex 1, tables 1 and 2.
    let (shelf, high_pass) = weighting(SampleRate::HZ_48000);
    let expected = [
        (shelf.b[0], 1.535_124_859_586_97),
        (shelf.b[1], -2.691_696_189_406_38),
        (shelf.b[2], 1.198_392_810_852_85),
        (shelf.a[0], -1.690_659_293_182_41),
        (shelf.a[1], 0.732_480_774_215_85),
        (high_pass.a[0], -1.990_047_454_833_98),
        (high_pass.a[1], 0.990_072_250_366_21),
    ];
    for (ours, theirs) in expected {
        assert!((ours - theirs).abs() < 1e-7, "{ours} {theirs}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn loudness_is_what_ebur128_says_to_a_hundredth(
        // Rates of which 100 ms are a whole number of frames: at others the crate rounds every
        // block up and drifts away from ours, so that blocks fall on either side of a gate.
        rate in prop::sample::select(vec![
            8_000_u32, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000,
        ]),
        seed: u32,
        secs in 0.1..8.0,
        color in 0.05_f32..1.0,
        depth in 0.0_f32..40.0,
    ) {
        let rate = SampleRate::new(rate).expect("it is a rate");
        let frames = weather(rate, seed, secs, color, depth);
        let ours = measured(rate, &frames);
        let (integrated, _) = by_ebur128(rate, &frames);
        prop_assert_eq!(ours.integrated.is_some(), integrated.is_some());
        if let (Some(ours), Some(theirs)) = (ours.integrated, integrated) {
            prop_assert!((ours - theirs).abs() < 0.01, "{} {}", ours, theirs);
        }
    }
}

#[test]
fn where_a_block_is_no_whole_number_of_frames_loudness_is_what_ebur128_says_to_a_tenth() {
    // Nothing here is near a gate: the last blocks begin a little elsewhere, and that is all.
    let rate = SampleRate::new(11_025).expect("it is a rate");
    for seed in 0..8 {
        let frames = weather(rate, seed, 5.0, 0.5, 6.0);
        let ours = measured(rate, &frames).integrated;
        let ours = ours.expect("it is long enough");
        let theirs = by_ebur128(rate, &frames).0.expect("it is long enough");
        assert!((ours - theirs).abs() < 0.1, "{ours} {theirs}");
    }
}

#[test]
fn the_range_is_what_ebur128_says() {
    // It looks once a second, not ten times: percentiles differ a little.
    let rate = SampleRate::new(8_000).expect("it is a rate");
    for depth in [2.0, 5.0, 8.0] {
        let frames = weather(rate, 5, 60.0, 0.8, depth);
        let ours = measured(rate, &frames).range.expect("it is long enough");
        let theirs = by_ebur128(rate, &frames).1.expect("it is long enough");
        assert!((ours - theirs).abs() < 0.5, "{ours} {theirs}");
    }
}

/// A 1 kHz tone of 400 ms at −23 dBFS after so much silence, with a second of silence after it.
fn burst(rate: SampleRate, silence_secs: f64) -> Vec<StereoFrame> {
    let hz = f64::from(rate.get());
    let from = (silence_secs * hz).round() as usize;
    let to = from + (0.4 * hz).round() as usize;
    let tone = |n: usize| (std::f64::consts::TAU * 1000.0 * n as f64 / hz).sin();
    let level = 10.0_f64.powf(-23.0 / 20.0);
    (0..to + rate.get() as usize)
        .map(|n| {
            if (from..to).contains(&n) {
                [(level * tone(n)) as f32; 2]
            } else {
                [0.0; 2]
            }
        })
        .collect()
}

#[test]
fn the_loudest_moment_is_found_wherever_it_begins() {
    // EBU Tech 3341, section 2.9, case 13: wherever the tone begins, it is at −23 ± 0.1 LUFS.
    for rate in [SampleRate::HZ_44100, SampleRate::HZ_48000] {
        for n in 0..20 {
            let moment = measured(rate, &burst(rate, 0.02 * f64::from(n) + 0.003)).momentary_max;
            let lufs = moment.expect("it is not silent");
            assert!((lufs + 23.0).abs() <= 0.1, "{n}, {rate:?}: {lufs}");
        }
    }
}

#[test]
fn silence_and_what_is_shorter_than_a_moment_have_no_loudness() {
    let rate = SampleRate::HZ_48000;
    assert_eq!(
        measured(rate, &vec![[0.0; 2]; 100_000]),
        Loudness::default()
    );
    assert_eq!(measured(rate, &vec![[0.5; 2]; 19_000]), Loudness::default());
}

#[test]
fn any_rate_is_taken() {
    for rate in [1, 7, 99, 1_000, 3_363, 384_000, 768_000] {
        let rate = SampleRate::new(rate).expect("it is a rate");
        let mut noise = Noise::new(rate.get());
        let frames: Vec<StereoFrame> = (0..50_000).map(|_| [noise.next(); 2]).collect();
        let loudness = measured(rate, &frames);
        for value in [loudness.integrated, loudness.momentary_max, loudness.range] {
            assert!(value.is_none_or(f64::is_finite), "{rate:?}: {loudness:?}");
        }
    }
}
