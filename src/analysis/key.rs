//! Which key the music is in.
//!
//! Peaks of the spectrum, taken between its lines, are gathered by pitch, each shared out to the
//! notes it may be a harmonic of: E. Gómez, “Tonal Description of Polyphonic Audio for Music
//! Content Processing” (2006). How far the music is off concert pitch is told by where its peaks
//! lie. The key is the one whose profile the pitches are most like; the profiles are those of
//! J. Albrecht and D. Shanahan, “The Use of Large Corpora to Train a New Type of Key-Finding
//! Algorithm” (2013).

use std::f32::consts::TAU;
use std::sync::Arc;

use realfft::RealFftPlanner;
use realfft::RealToComplex;
use realfft::num_complex::Complex;

use super::halver::Halver;
use crate::model::Key;
use crate::model::Mode;

/// How often each degree is heard in major and in minor, from the tonic.
const MAJOR: [f64; 12] = [
    0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081,
];
const MINOR: [f64; 12] = [
    0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052,
];
/// Sound is halved down to at least this rate.
const LOWEST_RATE: f64 = 5_000.0;
/// How much sound is looked at at once.
const WINDOW_SECS: f64 = 0.55;
/// Pitches that are gathered.
const LOWEST_HZ: f64 = 60.0;
const HIGHEST_HZ: f64 = 1_800.0;
/// Peaks softer than this against the loudest are passed over.
const SOFTEST: f32 = 0.01;
/// How many harmonics a peak may be, and how much less each is.
const HARMONICS: u8 = 4;
const FALL: f64 = 0.5;
/// Fine steps in a semitone.
const STEPS: usize = 10;

/// The pitches of a moment, by semitone above C at concert pitch.
pub(super) type Pitches = [f32; 12];

/// A key with how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FoundKey {
    pub(super) key: Key,
    /// From 0 to 1.
    pub(super) confidence: f64,
}

/// What was gathered of pitch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Harmony {
    /// Moments a second.
    pub(super) rate: f64,
    /// The pitches of each moment.
    pub(super) moments: Vec<Pitches>,
    /// All pitches, in tenths of a semitone above C.
    fine: [f64; 12 * STEPS],
    /// The sum of the ways off concert pitch, as directions on a circle of one semitone.
    off: [f64; 2],
}

/// Gathers pitches: 48 bytes five times a second.
pub(super) struct PitchMeter {
    halvers: Vec<Halver>,
    passed: [Vec<f32>; 2],
    rate: f64,
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    held: Vec<f32>,
    windowed: Vec<f32>,
    spectrum: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    levels: Vec<f32>,
    harmony: Harmony,
}

impl PitchMeter {
    /// A meter for mono sound at `rate` samples per second.
    pub(super) fn new(rate: f64) -> Self {
        let mut own = rate;
        let mut halvers = Vec::new();
        while own / 2.0 >= LOWEST_RATE {
            own /= 2.0;
            halvers.push(Halver::new(11));
        }
        let size = ((own * WINDOW_SECS) as usize).next_power_of_two().max(64);
        let fft = RealFftPlanner::new().plan_fft_forward(size);
        Self {
            halvers,
            passed: [Vec::new(), Vec::new()],
            rate: own,
            spectrum: fft.make_output_vec(),
            scratch: fft.make_scratch_vec(),
            windowed: fft.make_input_vec(),
            levels: vec![0.0; size / 2 + 1],
            fft,
            window: (0..size)
                .map(|n| 0.5 - 0.5 * (TAU * n as f32 / size as f32).cos())
                .collect(),
            held: vec![0.0; size / 2],
            harmony: Harmony {
                rate: own / (size / 4) as f64,
                moments: Vec::new(),
                fine: [0.0; 12 * STEPS],
                off: [0.0; 2],
            },
        }
    }

    /// Takes the next samples.
    pub(super) fn add(&mut self, samples: &[f32]) {
        let [from, to] = &mut self.passed;
        from.clear();
        from.extend_from_slice(samples);
        for halver in &mut self.halvers {
            to.clear();
            halver.add(from, to);
            std::mem::swap(from, to);
        }
        self.held.extend_from_slice(from);
        let size = self.window.len();
        let mut at = 0;
        while let Some(seen) = self.held.get(at..at + size) {
            for ((out, sample), weight) in self.windowed.iter_mut().zip(seen).zip(&self.window) {
                *out = sample * weight;
            }
            let done = self.fft.process_with_scratch(
                &mut self.windowed,
                &mut self.spectrum,
                &mut self.scratch,
            );
            if done.is_err() {
                self.spectrum.fill(Complex::default());
            }
            self.gather();
            at += size / 4;
        }
        self.held.drain(..at.min(self.held.len()));
    }

    /// What was gathered.
    pub(super) fn finish(mut self) -> Harmony {
        let silence = vec![0.0; self.window.len() / 2 * (1 << self.halvers.len())];
        self.add(&silence);
        self.harmony
    }

    fn gather(&mut self) {
        let size = self.window.len();
        for (level, line) in self.levels.iter_mut().zip(&self.spectrum) {
            *level = line.norm_sqr().sqrt();
        }
        let line = |hz: f64| (hz / self.rate * size as f64) as usize;
        let (from, to) = (line(LOWEST_HZ).max(2), line(HIGHEST_HZ).min(size / 2 - 2));
        let seen = self.levels.get(from..to).unwrap_or_default();
        let loudest = seen.iter().copied().fold(0.0, f32::max);
        let mut pitches = Pitches::default();
        // A tone at −80 dBFS is no tone.
        if loudest > 1e-4 * size as f32 / 4.0 {
            for n in from..to {
                let [before, here, after] = [n - 1, n, n + 1].map(|n| self.levels[n]);
                if here > SOFTEST * loudest && here > before && here >= after {
                    let [before, here, after] =
                        [before, here, after].map(|level| f64::from(level.max(1e-9)).ln());
                    let bend = before - 2.0 * here + after;
                    let between = if bend < 0.0 {
                        0.5 * (before - after) / bend
                    } else {
                        0.0
                    };
                    let hz = (n as f64 + between) * self.rate / size as f64;
                    let level = f64::from(self.levels[n] / loudest).sqrt();
                    self.harmony.add(hz, level, &mut pitches);
                }
            }
        }
        self.harmony.moments.push(pitches);
    }
}

impl Harmony {
    fn add(&mut self, hz: f64, level: f64, pitches: &mut Pitches) {
        // Semitones above some C.
        let pitch = 12.0 * (hz / 440.0).log2() + 9.0 + 120.0;
        let direction = std::f64::consts::TAU * pitch;
        self.off[0] += level * direction.cos();
        self.off[1] += level * direction.sin();
        let mut share = level;
        for harmonic in 1..=HARMONICS {
            let note = pitch - 12.0 * f64::from(harmonic).log2();
            let fine = (note * STEPS as f64).round() as usize % self.fine.len();
            self.fine[fine] += share;
            pitches[note.round() as usize % 12] += share as f32;
            share *= FALL;
        }
    }

    /// How far the music is above concert pitch, in semitones from −½ to ½.
    fn tuning(&self) -> f64 {
        self.off[1].atan2(self.off[0]) / std::f64::consts::TAU
    }

    /// How strong each semitone is, with the tuning taken off.
    fn semitones(&self) -> [f64; 12] {
        let tuning = self.tuning();
        let mut semitones = [0.0; 12];
        for (step, level) in self.fine.iter().enumerate() {
            let pitch = step as f64 / STEPS as f64 - tuning;
            let away = pitch - pitch.round();
            // What lies between two semitones says little.
            let weight = (std::f64::consts::PI * away).cos().powi(2);
            semitones[(pitch.round() as i32).rem_euclid(12) as usize] += weight * level;
        }
        semitones
    }

    /// The key; `None` where there are no pitches.
    pub(super) fn key(&self) -> Option<FoundKey> {
        let semitones = self.semitones();
        let spread = spread(&semitones);
        if spread <= f64::EPSILON * semitones.iter().sum::<f64>() {
            return None;
        }
        let mut found: Vec<(f64, Key)> = Vec::with_capacity(24);
        for (mode, profile) in [(Mode::Major, MAJOR), (Mode::Minor, MINOR)] {
            for tonic in 0..12_u8 {
                let mut turned = semitones;
                turned.rotate_left(usize::from(tonic));
                found.push((likeness(&turned, &profile), Key::new(tonic, mode)));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, second) = (found.first()?, found.get(1)?);
        let margin = ((best.0 - second.0) * 8.0).clamp(0.0, 1.0);
        Some(FoundKey {
            key: best.1,
            confidence: best.0.clamp(0.0, 1.0) * (0.4 + 0.6 * margin),
        })
    }

    /// The pitches between two places, in seconds.
    pub(super) fn between(&self, from: f64, to: f64) -> [f64; 12] {
        let n = self.moments.len();
        let moment = |secs: f64| ((secs.max(0.0) * self.rate).round() as usize).min(n);
        let from = moment(from);
        let mut sum = [0.0; 12];
        for pitches in &self.moments[from..moment(to).max(from)] {
            for (all, one) in sum.iter_mut().zip(pitches) {
                *all += f64::from(*one);
            }
        }
        sum
    }
}

fn mean(values: &[f64; 12]) -> f64 {
    values.iter().sum::<f64>() / 12.0
}

fn spread(values: &[f64; 12]) -> f64 {
    let mean = mean(values);
    let squares = values.iter().map(|value| (value - mean).powi(2));
    squares.sum::<f64>().sqrt()
}

/// Pearson's correlation.
fn likeness(a: &[f64; 12], b: &[f64; 12]) -> f64 {
    let (a_mean, b_mean) = (mean(a), mean(b));
    let both = a.iter().zip(b).map(|(a, b)| (a - a_mean) * (b - b_mean));
    both.sum::<f64>() / (spread(a) * spread(b)).max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::made;

    fn found(samples: &[f32]) -> Option<FoundKey> {
        let mut meter = PitchMeter::new(f64::from(made::RATE));
        samples.chunks(9_999).for_each(|piece| meter.add(piece));
        meter.finish().key()
    }

    /// Tonic, subdominant, dominant, tonic.
    fn cadence(key: Key, cents: f32) -> Vec<f32> {
        let tonic = 48 + i32::from(key.tonic());
        let third = match key.mode() {
            Mode::Major => 4,
            Mode::Minor => 3,
        };
        let triad = |root: i32, third: i32| [root - 12, root, root + third, root + 7];
        let chords = [
            triad(tonic, third),
            triad(tonic + 5, third),
            // The dominant is major in minor too.
            triad(tonic + 7, 4),
            triad(tonic, third),
        ];
        let step = made::RATE as usize;
        let mut samples = vec![0.0; step * 8];
        for (n, chord) in chords.iter().chain(&chords).enumerate() {
            made::chord(&mut samples, n * step, 1.0, chord, 0.1, cents);
        }
        samples
    }

    #[test]
    fn all_keys_are_found_by_their_cadences_in_any_tuning() {
        for mode in [Mode::Major, Mode::Minor] {
            for tonic in 0..12 {
                let key = Key::new(tonic, mode);
                let cents = [0.0, 18.0, -32.0][usize::from(tonic) % 3];
                let found = found(&cadence(key, cents)).expect("it has a key");
                assert_eq!(found.key, key, "{cents} cents: {found:?}");
            }
        }
    }

    #[test]
    fn drums_do_not_hide_the_key() {
        let mut samples = cadence(Key::new(2, Mode::Minor), 0.0);
        let beats = made::steady(120.0, 0.0, 7.0);
        let drums = made::pattern(made::Pattern::Rock, &beats);
        samples
            .iter_mut()
            .zip(drums)
            .for_each(|(out, drum)| *out += drum);
        let found = found(&samples).expect("it has a key");
        assert_eq!(found.key, Key::new(2, Mode::Minor));
    }

    #[test]
    fn silence_has_no_key_and_noise_hardly_one() {
        assert_eq!(found(&vec![0.0; 50_000]), None);
        let mut noise = made::Noise::new(7);
        let samples: Vec<f32> = (0..200_000).map(|_| 0.2 * noise.next()).collect();
        let confidence = found(&samples).map_or(0.0, |found| found.confidence);
        assert!(confidence < 0.5, "{confidence}");
    }
}
