//! Music made up for tests, so that its tempo, its key and its form are known.

use std::f32::consts::TAU;

/// Samples per second of everything made here, unless said otherwise.
pub(super) const RATE: f32 = 22_050.0;

/// Noise that is the same each time: a linear congruential generator.
pub(super) struct Noise(u32);

impl Noise {
    pub(super) fn new(seed: u32) -> Self {
        Self(seed)
    }

    /// The next sample, within ±1.
    pub(super) fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / 8_388_608.0 - 1.0
    }
}

fn add(samples: &mut [f32], at: usize, sound: impl Iterator<Item = f32>) {
    let place = samples.get_mut(at..).unwrap_or_default();
    place
        .iter_mut()
        .zip(sound)
        .for_each(|(out, more)| *out += more);
}

/// A click of 10 ms.
pub(super) fn click(samples: &mut [f32], rate: f32, at: usize, level: f32) {
    let sound = (0..(rate * 0.01) as usize).map(|n| {
        let secs = n as f32 / rate;
        level * (-secs * 400.0).exp() * (TAU * 1_500.0 * secs).sin()
    });
    add(samples, at, sound);
}

/// A bass drum.
pub(super) fn kick(samples: &mut [f32], at: usize, level: f32) {
    let sound = (0..(RATE * 0.2) as usize).map(|n| {
        let secs = n as f32 / RATE;
        let phase = TAU * (50.0 * secs + 2.5 * (1.0 - (-secs * 40.0).exp()));
        level * (-secs * 18.0).exp() * phase.sin()
    });
    add(samples, at, sound);
}

/// A snare drum.
pub(super) fn snare(samples: &mut [f32], at: usize, level: f32) {
    let mut noise = Noise::new(at as u32);
    let sound = (0..(RATE * 0.15) as usize).map(|n| {
        let secs = n as f32 / RATE;
        let body = 0.5 * (TAU * 190.0 * secs).sin();
        level * (-secs * 25.0).exp() * (0.6 * noise.next() + body)
    });
    add(samples, at, sound);
}

/// A hi-hat: noise with its low part taken off.
pub(super) fn hat(samples: &mut [f32], at: usize, level: f32) {
    let mut noise = Noise::new(at as u32 ^ 0x5555);
    let mut last = [0.0; 2];
    let sound = (0..(RATE * 0.05) as usize).map(move |n| {
        let secs = n as f32 / RATE;
        let now = noise.next();
        let high = now - 2.0 * last[0] + last[1];
        last = [now, last[0]];
        level * (-secs * 80.0).exp() * high * 0.25
    });
    add(samples, at, sound);
}

/// A chord of notes (MIDI numbers) with harmonics, from `at` for `secs`; `cents` off concert pitch.
pub(super) fn chord(
    samples: &mut [f32],
    at: usize,
    secs: f32,
    notes: &[i32],
    level: f32,
    cents: f32,
) {
    for note in notes {
        let hz = 440.0 * ((*note as f32 - 69.0) / 12.0 + cents / 1200.0).exp2();
        let sound = (0..(RATE * secs) as usize).map(|n| {
            let t = n as f32 / RATE;
            let edge = (t / 0.02).min((secs - t) / 0.05).clamp(0.0, 1.0);
            let wave: f32 = (1_u8..=5)
                .map(|h| (TAU * hz * f32::from(h) * t).sin() / f32::from(h).powi(2))
                .sum();
            level * edge * (-t * 0.8).exp() * wave
        });
        add(samples, at, sound);
    }
}

/// How beats are made heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// The same click on each.
    Clicks,
    /// Bass drum on one and three, snare drum on two and four, hi-hats on eighths.
    Rock,
    /// Bass drum on each, snare drum on two and four, hi-hats between.
    Dance,
    /// Bass drum on one, hi-hats on two and three, in bars of three.
    Waltz,
    /// As rock, with a chord for every bar.
    Song,
}

/// Music whose beats lie at these samples.
pub(super) fn pattern(pattern: Pattern, beats: &[usize]) -> Vec<f32> {
    let end = beats.last().copied().unwrap_or(0) + RATE as usize;
    let mut samples = vec![0.0; end];
    let chords = [
        [48, 60, 64, 67],
        [45, 57, 60, 64],
        [41, 53, 57, 60],
        [43, 55, 59, 62],
    ];
    for (n, at) in beats.iter().enumerate() {
        let next = beats.get(n + 1).copied().unwrap_or(at + RATE as usize / 2);
        let half = (at + next) / 2;
        let out = &mut samples;
        match pattern {
            Pattern::Clicks => click(out, RATE, *at, 0.5),
            Pattern::Rock | Pattern::Song => {
                if n % 2 == 0 {
                    kick(out, *at, 0.6);
                } else {
                    snare(out, *at, 0.4);
                }
                hat(out, *at, 0.2);
                hat(out, half, 0.2);
                if pattern == Pattern::Song && n % 4 == 0 {
                    let to = beats.get(n + 4).copied().unwrap_or(next);
                    let secs = (to - at) as f32 / RATE;
                    chord(out, *at, secs, &chords[n / 4 % 4], 0.1, 0.0);
                }
            }
            Pattern::Dance => {
                kick(out, *at, 0.6);
                if n % 2 == 1 {
                    snare(out, *at, 0.3);
                }
                hat(out, half, 0.2);
            }
            Pattern::Waltz => {
                if n % 3 == 0 {
                    kick(out, *at, 0.6);
                } else {
                    hat(out, *at, 0.3);
                }
            }
        }
    }
    samples
}

/// Where beats at a steady tempo lie, from `first` seconds on for `secs`.
pub(super) fn steady(bpm: f64, first: f64, secs: f64) -> Vec<usize> {
    let n = (secs * bpm / 60.0) as usize;
    let at = |n: usize| ((first + n as f64 * 60.0 / bpm) * f64::from(RATE)) as usize;
    (0..n).map(at).collect()
}
