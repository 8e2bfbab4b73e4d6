//! Chords by name, and voicings that move as little as they can.

use super::notation::{Note, pitch_class};
use crate::error::{Error, Result};

/// A chord for some beats.
#[derive(Clone, Debug)]
pub(crate) struct Chord {
    /// First beat.
    pub(crate) start: f64,
    /// Length in beats.
    pub(crate) beats: f64,
    /// Semitones above C of the bass note, 0 to 11.
    pub(crate) bass: i8,
    /// Semitones above C of its tones, the root first, in order of importance to its colour.
    tones: Vec<i8>,
}

/// Reads `"D Dmaj7:2 A/C#:2"`: names, each lasting `beats` unless it says otherwise.
pub(crate) fn progression(text: &str, start: f64, beats: f64) -> Result<Vec<Chord>> {
    let mut at = start;
    text.split_whitespace()
        .filter(|word| *word != "|")
        .map(|word| {
            let (name, beats) = match word.split_once(':') {
                Some((name, length)) => (
                    name,
                    length
                        .parse()
                        .map_err(|error| Error::Score(format!("`{word}`: {error}")))?,
                ),
                None => (word, beats),
            };
            let chord = Chord::named(name, at, beats)?;
            at += beats;
            Ok(chord)
        })
        .collect()
}

impl Chord {
    fn named(name: &str, start: f64, beats: f64) -> Result<Self> {
        let (upper, bass) = match name.split_once('/') {
            Some((upper, bass)) => (upper, Some(pitch_class(bass)?.0)),
            None => (name, None),
        };
        let (root, quality) = pitch_class(upper)?;
        let intervals: &[i8] = match quality {
            "" => &[0, 4, 7],
            "m" => &[0, 3, 7],
            "5" => &[0, 7],
            "6" => &[0, 4, 9, 7],
            "m6" => &[0, 3, 9, 7],
            "7" => &[0, 4, 10, 7],
            "maj7" => &[0, 4, 11, 7],
            "m7" => &[0, 3, 10, 7],
            "9" => &[0, 4, 10, 14, 7],
            "maj9" => &[0, 4, 11, 14, 7],
            "m9" => &[0, 3, 10, 14, 7],
            "13" => &[0, 4, 10, 21, 14],
            "7b9" => &[0, 4, 10, 13, 7],
            "m11" => &[0, 3, 10, 17, 14],
            "sus2" => &[0, 2, 7],
            "sus4" => &[0, 5, 7],
            "7sus4" => &[0, 5, 10, 7],
            "9sus4" => &[0, 5, 10, 14],
            "add9" => &[0, 4, 14, 7],
            "madd9" => &[0, 3, 14, 7],
            "maj7#11" => &[0, 4, 11, 18, 7],
            "m7b5" => &[0, 3, 10, 6],
            "dim" => &[0, 3, 6],
            "dim7" => &[0, 3, 6, 9],
            "aug" => &[0, 4, 8],
            _ => return Err(Error::Score(format!("`{name}` is not a chord known here"))),
        };
        let tones = intervals
            .iter()
            .map(|interval| (root + interval).rem_euclid(12))
            .collect();
        Ok(Self {
            start,
            beats,
            bass: bass.unwrap_or(root).rem_euclid(12),
            tones,
        })
    }

    /// The bass note in the octave that starts at MIDI pitch `low`.
    pub(crate) fn bass_from(&self, low: i8) -> f32 {
        f32::from(low + (self.bass - low).rem_euclid(12))
    }

    /// The tones that lie between two MIDI pitches, from low to high.
    pub(crate) fn tones_between(&self, low: i8, high: i8) -> Vec<i8> {
        (low..=high)
            .filter(|pitch| self.tones.contains(&pitch.rem_euclid(12)))
            .collect()
    }

    /// `count` notes between two pitches, as near as can be to `before`, with the tones that
    /// make the chord's colour in it.
    pub(crate) fn voicing(&self, before: &[i8], count: usize, low: i8, high: i8) -> Vec<i8> {
        let candidates = self.tones_between(low, high);
        let mut best = (i32::MAX, Vec::new());
        let mut chosen = Vec::with_capacity(count);
        self.search(&candidates, before, count, &mut chosen, &mut best);
        best.1
    }

    fn search(
        &self,
        rest: &[i8],
        before: &[i8],
        count: usize,
        chosen: &mut Vec<i8>,
        best: &mut (i32, Vec<i8>),
    ) {
        if chosen.len() == count {
            let cost = self.cost(chosen, before);
            if cost < best.0 {
                *best = (cost, chosen.clone());
            }
            return;
        }
        for (n, &pitch) in rest.iter().enumerate() {
            chosen.push(pitch);
            self.search(&rest[n + 1..], before, count, chosen, best);
            chosen.pop();
        }
    }

    /// How bad a voicing is: movement, missing colour, doubled tones, mud and wide gaps.
    fn cost(&self, voices: &[i8], before: &[i8]) -> i32 {
        let has = |tone: i8| voices.iter().any(|pitch| pitch.rem_euclid(12) == tone);
        let missing: i32 = self
            .tones
            .iter()
            .skip(1)
            .take(3)
            .zip([24, 18, 9])
            .filter(|(tone, _)| !has(**tone))
            .map(|(_, cost)| cost)
            .sum();
        let root = if voices.len() > 3 && !has(self.tones[0]) {
            3
        } else {
            0
        };
        let moved: i32 = before
            .iter()
            .zip(voices)
            .map(|(from, to)| i32::from((from - to).abs()) * 2)
            .sum();
        let gaps: i32 = voices
            .windows(2)
            .map(|pair| match pair[1] - pair[0] {
                1 => 9,
                2 if pair[0] < 55 => 8,
                9.. => 7,
                _ => 0,
            })
            .sum();
        missing + root + moved + gaps
    }
}

/// Every chord of a progression as held notes, led from each to the next.
pub(crate) fn held(chords: &[Chord], count: usize, low: i8, high: i8, velocity: f32) -> Vec<Note> {
    voiced(chords, count, low, high)
        .into_iter()
        .flat_map(|(chord, voices)| {
            voices.into_iter().map(move |pitch| Note {
                start: chord.start,
                beats: chord.beats,
                pitch: f32::from(pitch),
                velocity,
            })
        })
        .collect()
}

/// Every chord with its voicing.
pub(crate) fn voiced(chords: &[Chord], count: usize, low: i8, high: i8) -> Vec<(&Chord, Vec<i8>)> {
    let middle = i8::midpoint(low, high);
    let mut before: Vec<i8> = (0..count)
        .map(|n| middle + 4 * n as i8 - 2 * count as i8)
        .collect();
    chords
        .iter()
        .map(|chord| {
            let voices = chord.voicing(&before, count, low, high);
            before.clone_from(&voices);
            (chord, voices)
        })
        .collect()
}

/// Broken chords: `pattern` names voices from the lowest (`1`) up, one a step, `.` rests. It starts
/// over with each chord.
pub(crate) fn broken(
    chords: &[Chord],
    pattern: &str,
    step: f64,
    range: (i8, i8),
    voices: usize,
    velocity: f32,
) -> Vec<Note> {
    let signs: Vec<char> = pattern.chars().filter(|sign| *sign != ' ').collect();
    let mut notes = Vec::new();
    for (chord, pitches) in voiced(chords, voices, range.0, range.1) {
        let steps = (chord.beats / step).round() as usize;
        for n in 0..steps {
            let Some(voice) = signs[n % signs.len()].to_digit(10) else {
                continue;
            };
            let Some(&pitch) = pitches.get(voice.saturating_sub(1) as usize) else {
                continue;
            };
            let accent = if n % 4 == 0 { 1.0 } else { 0.84 };
            notes.push(Note {
                start: chord.start + n as f64 * step,
                beats: step * 1.6,
                pitch: f32::from(pitch),
                velocity: velocity * accent,
            });
        }
    }
    notes
}
