//! "Fern": a piano with felt on its strings, alone, in no hurry. C major with a bass that climbs.

use super::band::{Band, Feel, Pan};
use super::chord::{broken, progression};
use super::clock::Clock;
use super::notation::{Note, melody, shaded};
use super::song::Recording;
use crate::dsp::echo::Echo;
use crate::dsp::filter::Biquad;
use crate::dsp::keys::Piano;
use crate::dsp::reverb::Room;
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 48_000.0;

/// Plays the piece: sixteen bars after a breath of silence, and a long last chord.
pub(crate) fn play() -> Result<Recording> {
    let clock = Clock::steady(68.0)
        .after(1.3)
        .then(14.0, 64.0)
        .then(16.0, 70.0)
        .then(30.0, 62.0)
        .then(32.0, 72.0)
        .then(44.0, 68.0)
        .slowing(52.0, 64.0, 50.0);
    let mut band = Band::new(clock, 61.0, RATE, 7);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 1.9,
            ..Room::HALL
        },
        Echo {
            secs: 0.5,
            feedback: 0.0,
            tone: 2000.0,
        },
    );
    let right = melody(
        "E5/1.5 G5/.5 C5/2 | D5/1.5 E5/.5 B4/2 | B4/1 D5/1 G4/2 | C5/1 B4/.5 A4/.5 E5/2 | \
         F5/1.5 A5/.5 E5/1 D5/1 | D5/1 E5/1 B4/1 A4/1 | G4/3 r/1 | r/1 G4/1 C5/1 D5/1 | \
         E5/1.5 G5/.5 C6/2! | A5/1.5 E5/.5 C5/2 | G5/1 E5/1 D5/1 C5/1 | B4/1.5 D5/.5 F5/2 | \
         E5/1.5 B4/.5 C5/1 A4/1 | F#5/1.5! E5/.5 C5/2 | D5/1? C5/1? Ab4/1? F4/1? | G4/1? D5/1? E5/4?",
        0.0,
        0.62,
    )?;
    let chords = progression(
        "Fmaj9 G/F Em7 Am9 Dm9 G13 Cmaj9 C/E Fmaj9 F#m7b5 C/G G#dim7 Am9 D9 Fm6 Cadd9:6",
        0.0,
        4.0,
    )?;
    let mut left = broken(&chords, ".1324354", 0.5, (48, 64), 4, 0.36);
    left.retain(|note| note.start < 61.0);
    let roots = chords.iter().map(|chord| Note {
        start: chord.start,
        beats: chord.beats,
        pitch: chord.bass_from(36),
        velocity: 0.46,
    });
    left.extend(roots);
    // A second voice under the melody in the second half.
    let inner = melody(
        "G4/4 | A4/4 | G4/2 E4/2 | F4/4 | G4/2 E4/2 | A4/4 | C4/2 Ab3/2",
        32.0,
        0.34,
    )?;
    let swell = |beat: f64| 0.82 + 0.3 * ((beat / 64.0 * 3.4).sin().max(0.0) as f32);
    let mut notes = shaded(&right, swell);
    notes.extend(shaded(&left, swell));
    notes.extend(inner);
    let mut piano = band.play(
        &notes,
        &Piano {
            softness: 3.4,
            pedal: true,
        },
        Pan::Keys(0.5),
        Feel::RUBATO,
    );
    piano.filter(&Biquad::low_pass(5200.0, RATE));
    desk.bring(&piano, Strip::at(-24.0).room(-13.0).low_cut(45.0));
    let mut mix = desk.sum();
    let end = band.length as f32 / RATE;
    mix.shape(RATE, |t| ((end - t) / 2.5).clamp(0.0, 1.0).sqrt());
    Master::clean(-19.5).finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}
