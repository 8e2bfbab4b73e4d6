//! Music as text: `"D5/1 E5/.5 r/.5 F#5/2!"` is four events, the last one accented.

use crate::error::{Error, Result};

/// One written note.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Note {
    /// Beats from the start of the piece.
    pub(crate) start: f64,
    /// Length in beats.
    pub(crate) beats: f64,
    /// MIDI pitch.
    pub(crate) pitch: f32,
    /// Strength, 0 to 1.
    pub(crate) velocity: f32,
}

/// Reads a melody that starts at a beat. Each word is pitch, `/`, length in beats; `r` rests; a
/// final `!` accents and `?` makes soft; `|` is only there for the eye.
pub(crate) fn melody(text: &str, start: f64, velocity: f32) -> Result<Vec<Note>> {
    let mut beat = start;
    let mut notes = Vec::new();
    for word in text.split_whitespace().filter(|word| *word != "|") {
        let (body, factor) = match word.as_bytes().last() {
            Some(b'!') => (&word[..word.len() - 1], 1.2),
            Some(b'?') => (&word[..word.len() - 1], 0.72),
            _ => (word, 1.0),
        };
        let (name, length) = body
            .split_once('/')
            .ok_or_else(|| Error::Score(format!("`{word}` has no length")))?;
        let beats: f64 = length
            .parse()
            .map_err(|error| Error::Score(format!("`{word}`: {error}")))?;
        if name != "r" {
            notes.push(Note {
                start: beat,
                beats,
                pitch: pitch(name)?,
                velocity: (velocity * factor).min(1.0),
            });
        }
        beat += beats;
    }
    Ok(notes)
}

/// Reads a rhythm, one character a step: `X` hard, `x` medium, `o` soft, anything else a rest.
/// Blanks and bar lines do not count.
pub(crate) fn rhythm(text: &str, start: f64, step: f64) -> Vec<Note> {
    text.chars()
        .filter(|sign| !matches!(sign, ' ' | '|'))
        .enumerate()
        .filter_map(|(n, sign)| {
            let velocity = match sign {
                'X' => 0.98,
                'x' => 0.74,
                'o' => 0.40,
                _ => return None,
            };
            Some(Note {
                start: start + n as f64 * step,
                beats: step,
                pitch: 60.0,
                velocity,
            })
        })
        .collect()
}

/// The same notes again, `times` times, every `every` beats.
pub(crate) fn repeated(notes: &[Note], times: u8, every: f64) -> Vec<Note> {
    (0..times)
        .flat_map(|n| {
            notes.iter().map(move |note| Note {
                start: note.start + f64::from(n) * every,
                ..*note
            })
        })
        .collect()
}

/// The same notes at another pitch.
pub(crate) fn transposed(notes: &[Note], semitones: f32) -> Vec<Note> {
    notes
        .iter()
        .map(|note| Note {
            pitch: note.pitch + semitones,
            ..*note
        })
        .collect()
}

/// The same notes with other strengths: `curve` gets the beat.
pub(crate) fn shaded(notes: &[Note], curve: impl Fn(f64) -> f32) -> Vec<Note> {
    notes
        .iter()
        .map(|note| Note {
            velocity: (note.velocity * curve(note.start)).clamp(0.02, 1.0),
            ..*note
        })
        .collect()
}

/// A note name such as `F#4` or `Bb2` as a MIDI pitch.
pub(crate) fn pitch(name: &str) -> Result<f32> {
    let (class, rest) = pitch_class(name)?;
    let octave: i8 = rest
        .parse()
        .map_err(|error| Error::Score(format!("`{name}`: {error}")))?;
    Ok(f32::from(class) + 12.0 * (f32::from(octave) + 1.0))
}

/// The letter and accidentals at the start of a name, as semitones above C, and what follows.
pub(crate) fn pitch_class(name: &str) -> Result<(i8, &str)> {
    let mut signs = name.char_indices();
    let letter = signs.next().map(|(_, sign)| sign);
    let natural = match letter {
        Some('C') => 0,
        Some('D') => 2,
        Some('E') => 4,
        Some('F') => 5,
        Some('G') => 7,
        Some('A') => 9,
        Some('B') => 11,
        _ => return Err(Error::Score(format!("`{name}` is not a note"))),
    };
    let mut class: i8 = natural;
    for (at, sign) in signs {
        match sign {
            '#' => class += 1,
            'b' => class -= 1,
            _ => return Ok((class, &name[at..])),
        }
    }
    Ok((class, ""))
}
