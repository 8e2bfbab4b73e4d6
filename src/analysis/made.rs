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

/// Drums, made once and heard often: that is most of what it costs to make music up.
struct Kit {
    kick: Vec<f32>,
    snare: Vec<f32>,
    hat: Vec<f32>,
}

impl Kit {
    fn new() -> Self {
        let secs = |secs: f32| (0..(RATE * secs) as usize).map(|n| n as f32 / RATE);
        let mut noise = Noise::new(1);
        let mut last = [0.0; 2];
        Self {
            kick: secs(0.2)
                .map(|secs| {
                    let phase = TAU * (50.0 * secs + 2.5 * (1.0 - (-secs * 40.0).exp()));
                    (-secs * 18.0).exp() * phase.sin()
                })
                .collect(),
            snare: secs(0.15)
                .map(|secs| {
                    let body = 0.5 * (TAU * 190.0 * secs).sin();
                    (-secs * 25.0).exp() * (0.6 * noise.next() + body)
                })
                .collect(),
            // Noise with its low part taken off.
            hat: secs(0.05)
                .map(|secs| {
                    let now = noise.next();
                    let high = now - 2.0 * last[0] + last[1];
                    last = [now, last[0]];
                    (-secs * 80.0).exp() * high * 0.25
                })
                .collect(),
        }
    }
}

fn hit(samples: &mut [f32], at: usize, drum: &[f32], level: f32) {
    add(samples, at, drum.iter().map(|sample| level * sample));
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
    let n = (RATE * secs) as usize;
    let mut sound = vec![0.0; n];
    for note in notes {
        let hz = 440.0 * ((*note as f32 - 69.0) / 12.0 + cents / 1200.0).exp2();
        for harmonic in 1_u8..=5 {
            let harmonic = f32::from(harmonic);
            let step = f64::from(TAU * hz * harmonic / RATE);
            // A sine from the two values before: sin(a + b) = 2 cos(b) sin(a) − sin(a − b).
            let (mut now, mut before) = (0.0, -step.sin());
            let turn = 2.0 * step.cos();
            for out in &mut sound {
                *out += now as f32 / (harmonic * harmonic);
                (now, before) = (turn * now - before, now);
            }
        }
    }
    let (mut level, fall) = (level, (-0.8 / RATE).exp());
    for (at, out) in sound.iter_mut().enumerate() {
        let edge = (at as f32 / (0.02 * RATE)).min((n - at) as f32 / (0.05 * RATE));
        *out *= level * edge.min(1.0);
        level *= fall;
    }
    add(samples, at, sound.into_iter());
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
    /// Bass drum on one and before four, snare drum on two and four, hi-hats on eighths.
    Pushed,
    /// Bass drum on one, hi-hats on two and three, in bars of three.
    Waltz,
    /// As rock, with a chord for every bar.
    Song,
}

/// Music whose beats lie at these samples.
pub(super) fn pattern(pattern: Pattern, beats: &[usize]) -> Vec<f32> {
    let end = beats.last().copied().unwrap_or(0) + RATE as usize;
    let mut samples = vec![0.0; end];
    let Kit { kick, snare, hat } = Kit::new();
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
                    hit(out, *at, &kick, 0.6);
                } else {
                    hit(out, *at, &snare, 0.4);
                }
                hit(out, *at, &hat, 0.2);
                hit(out, half, &hat, 0.2);
                if pattern == Pattern::Song && n % 4 == 0 {
                    let to = beats.get(n + 4).copied().unwrap_or(next);
                    let secs = (to - at) as f32 / RATE;
                    chord(out, *at, secs, &chords[n / 4 % 4], 0.1, 0.0);
                }
            }
            Pattern::Dance => {
                hit(out, *at, &kick, 0.6);
                if n % 2 == 1 {
                    hit(out, *at, &snare, 0.3);
                }
                hit(out, half, &hat, 0.2);
            }
            Pattern::Pushed => {
                match n % 4 {
                    0 => hit(out, *at, &kick, 0.6),
                    2 => hit(out, half, &kick, 0.6),
                    _ => hit(out, *at, &snare, 0.4),
                }
                hit(out, *at, &hat, 0.2);
                hit(out, half, &hat, 0.2);
            }
            Pattern::Waltz => {
                if n % 3 == 0 {
                    hit(out, *at, &kick, 0.6);
                } else {
                    hit(out, *at, &hat, 0.3);
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
