//! Which key the music is in.
//!
//! Peaks of the spectrum, taken between its lines, are gathered by pitch, each shared out to the
//! notes it may be a harmonic of: E. Gómez, “Tonal Description of Polyphonic Audio for Music
//! Content Processing” (2006). How far the music is off concert pitch is told by where its peaks
//! lie. The key is the one whose profile the pitches are most like; the profiles are those of
//! J. Albrecht and D. Shanahan, “The Use of Large Corpora to Train a New Type of Key-Finding
//! Algorithm” (2013).

use std::ops::Range;

use super::halver::Halver;
use super::lanes::highest;
use super::lanes::ln;
use super::spectra::Spectra;
use super::spectra::peaks;
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
/// The pitches that a peak may be a harmonic of, each with its share: how far below the peak in
/// semitones, but for octaves. A peak may be the first to the fourth harmonic, each half as likely
/// as the one before; the first, the second and the fourth are octaves of one pitch.
const HARMONIC_OF: [(f64, f64); 2] = [(0.0, 1.0 + 0.5 + 0.125), (7.019_550_008_653_874, 0.25)];
/// Fine steps in a semitone.
const STEPS: usize = 10;
/// Cents in a semitone.
const CENTS: usize = 100;

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
    /// How much lies how far above a note at concert pitch, in cents.
    above: [f64; CENTS],
}

/// Gathers pitches: 48 bytes five times a second.
pub(super) struct PitchMeter {
    halvers: Vec<Halver>,
    passed: [Vec<f32>; 2],
    spectra: Spectra,
    held: Vec<f32>,
    /// Which lines of the spectrum are looked at, and the pitch of each, in semitones above some C.
    lines: Range<usize>,
    pitches: Vec<f64>,
    /// The lines that stand out.
    peaks: Vec<usize>,
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
        let line = |hz: f64| (hz / own * size as f64) as usize;
        let from = line(LOWEST_HZ).max(2);
        let lines = from..line(HIGHEST_HZ).min(size / 2 - 2).max(from);
        let pitch = |line: usize| pitch(line as f64 * own / size as f64);
        Self {
            halvers,
            passed: [Vec::new(), Vec::new()],
            pitches: lines.clone().map(pitch).collect(),
            spectra: Spectra::new(size, lines.start - 1..lines.end + 1),
            peaks: Vec::with_capacity(lines.len()),
            lines,
            held: vec![0.0; size / 2],
            harmony: Harmony {
                rate: own / (size / 4) as f64,
                moments: Vec::new(),
                fine: [0.0; 12 * STEPS],
                above: [0.0; CENTS],
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
        let (size, hop) = (self.spectra.size(), self.hop());
        let mut at = 0;
        while let Some(seen) = self.held.get(at..at + hop + size) {
            self.spectra.look(&seen[..size], &seen[hop..]);
            self.gather(0);
            self.gather(1);
            at += 2 * hop;
        }
        self.held.drain(..at);
    }

    /// What was gathered.
    pub(super) fn finish(mut self) -> Harmony {
        let size = self.spectra.size();
        let silence = vec![0.0; size / 2 * (1 << self.halvers.len())];
        self.add(&silence);
        if let Some(seen) = self.held.get(..size) {
            self.spectra.look(seen, seen);
            self.gather(0);
        }
        self.harmony
    }

    /// From one moment to the next.
    fn hop(&self) -> usize {
        self.spectra.size() / 4
    }

    /// Gathers the pitches of one of the two moments that were looked at last.
    fn gather(&mut self, which: usize) {
        let Range { start, end } = self.lines;
        let powers = self.spectra.powers()[which];
        let loudest = highest(&powers[start..end]);
        let mut pitches = Pitches::default();
        // A tone at −80 dBFS is no tone.
        if loudest.sqrt() > 1e-4 * self.spectra.size() as f32 / 4.0 {
            let softest = SOFTEST * SOFTEST * loudest;
            peaks(powers, start..end, softest, &mut self.peaks);
            for n in self.peaks.iter().copied() {
                let [before, here, after] = [n - 1, n, n + 1].map(|n| powers[n]);
                // The top of a parabola through the logarithms of all three.
                let down = |beside: f32| ln(beside.max(1e-18) / here);
                let (before, after) = (down(before), down(after));
                let bend = before + after;
                let between = if bend < 0.0 {
                    0.5 * (before - after) / bend
                } else {
                    0.0
                };
                let share = f64::from(between) / n as f64;
                let pitch = self.pitches[n - start] + small_interval(share);
                let level = (here / loudest).sqrt().sqrt();
                self.harmony.add(pitch, f64::from(level), &mut pitches);
            }
        }
        self.harmony.moments.push(pitches);
    }
}

/// The pitch of a frequency, in semitones above some C.
fn pitch(hz: f64) -> f64 {
    12.0 * (hz / 440.0).log2() + 9.0 + 120.0
}

/// How many semitones a frequency rises that grows by a small share of itself: the beginning of
/// the logarithm's series.
fn small_interval(share: f64) -> f64 {
    12.0 * std::f64::consts::LOG2_E * share * (1.0 - share * (0.5 - share * (1.0 / 3.0)))
}

impl Harmony {
    /// Takes in a peak at a pitch in semitones above some C.
    fn add(&mut self, pitch: f64, level: f64, pitches: &mut Pitches) {
        self.above[nearest(pitch * CENTS as f64) % CENTS] += level;
        for (below, share) in HARMONIC_OF {
            let note = pitch - below;
            self.fine[nearest(note * STEPS as f64) % (12 * STEPS)] += share * level;
            pitches[nearest(note) % 12] += (share * level) as f32;
        }
    }

    /// How far the music is above concert pitch, in semitones from −½ to ½: the mean of all ways
    /// off it, taken as directions on a circle of one semitone.
    fn tuning(&self) -> f64 {
        let (mut x, mut y) = (0.0, 0.0);
        for (cents, level) in self.above.iter().enumerate() {
            let (sin, cos) = (std::f64::consts::TAU * cents as f64 / CENTS as f64).sin_cos();
            x += level * cos;
            y += level * sin;
        }
        y.atan2(x) / std::f64::consts::TAU
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

/// The whole number nearest to one that is not negative. Unlike `f64::round` it is no call.
fn nearest(value: f64) -> usize {
    (value + 0.5) as u32 as usize
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
