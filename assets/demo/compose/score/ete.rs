//! "Été sans fin": a bossa nova in D at 132, for nylon strings, a whistle and a flute.
//!
//! Introduction 4 bars, a form of eight, eight, eight and eight, and a fade.

use super::band::{Band, Feel, Pan};
use super::chord::{Chord, progression, voiced};
use super::clock::Clock;
use super::notation::{Note, melody, repeated, rhythm};
use super::song::Recording;
use crate::dsp::bowed::Section;
use crate::dsp::drums::Drum;
use crate::dsp::echo::{Echo, chorus};
use crate::dsp::keys::ElectricPiano;
use crate::dsp::line::Pipe;
use crate::dsp::pluck::Pluck;
use crate::dsp::reverb::Room;
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 48_000.0;
const EIGHTS: [f64; 4] = [16.0, 48.0, 80.0, 112.0];
const OUTRO: f64 = 144.0;

/// Plays the piece.
pub(crate) fn play() -> Result<Recording> {
    let mut band = Band::new(Clock::steady(132.0).after(0.1), 82.0, RATE, 1962);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 1.1,
            ..Room::PLATE
        },
        Echo {
            secs: 0.34,
            feedback: 0.2,
            tone: 3000.0,
        },
    );
    let first = "Dmaj9 Dmaj9 E9 E9 Em9 A13 Dmaj9 A7b9";
    let middle = "Gmaj9 Gm6 F#m7 B7b9 Em9 A13 F#m7:2 B7b9:2 Em9:2 A13:2";
    let chords = progression(
        &format!(
            "Dmaj9 G13 Dmaj9 A13 | {first} | {first} | {middle} | {first} | Dmaj9 G13 Dmaj9 G13 Dmaj9 G13 Dmaj9 G13 Dmaj9"
        ),
        0.0,
        4.0,
    )?;
    guitar(&mut band, &mut desk, &chords);
    tunes(&mut band, &mut desk)?;
    rhythm_section(&mut band, &mut desk, &chords);
    let mut mix = desk.sum();
    let (from, to) = (band.at(OUTRO + 8.0), band.at(OUTRO + 34.0));
    mix.shape(RATE, |t| {
        (1.0 - ((t - from) / (to - from)).clamp(0.0, 1.0)).powf(1.6)
    });
    Master::clean(-15.0).finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}

/// The thumb on the beat, the fingers off it.
fn guitar(band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
    let pattern = rhythm("x..x..x...x..x..", 0.0, 0.5);
    let mut notes = Vec::new();
    for (chord, voices) in voiced(chords, 4, 55, 73) {
        let odd = (chord.start / 4.0) as i64 % 2 == 1;
        for hit in &pattern {
            let at = hit.start - if odd { 4.0 } else { 0.0 };
            if (0.0..chord.beats).contains(&at) {
                for pitch in &voices {
                    notes.push(Note {
                        start: chord.start + at,
                        beats: 0.9,
                        pitch: f32::from(*pitch),
                        velocity: 0.55,
                    });
                }
            }
        }
        let root = chord.bass_from(38);
        for (n, at) in [0.0, 2.0]
            .into_iter()
            .enumerate()
            .filter(|(_, at)| *at < chord.beats)
        {
            let pitch = if n == 1 && root + 7.0 < 52.0 {
                root + 7.0
            } else {
                root
            };
            notes.push(Note {
                start: chord.start + at,
                beats: 1.6,
                pitch,
                velocity: 0.56,
            });
        }
    }
    let strings = band.play(
        &notes,
        &Pluck::NYLON,
        Pan::At(-0.3),
        Feel {
            rolled: 0.012,
            ..Feel::HUMAN
        },
    );
    desk.bring(&strings, Strip::at(-20.5).room(-13.0).low_cut(80.0));
}

fn tunes(band: &mut Band, desk: &mut Desk) -> Result<()> {
    let first = "F#5/1.5 E5/.5 C#5/1 A4/1 | B4/2.5 r/.5 C#5/.5 E5/.5 | F#5/1.5 D5/.5 B4/1 G#4/1 | B4/3 r/1 | \
                 G5/1.5 F#5/.5 D5/1 B4/1 | C#5/1 B4/1 A4/.5 F#4/1.5 | A4/1 C#5/1 E5/1 F#5/1 | E5/2 Bb4/2";
    let middle = "B5/2 A5/1 F#5/1 | Bb5/2 G5/1 E5/1 | A5/2 E5/1 C#5/1 | D#5/1 C5/1 A4/2 | \
                  G5/1.5 F#5/.5 E5/1 B4/1 | C#5/1 E5/1 F#5/2 | A5/1 E5/1 D#5/1 C5/1 | B4/1 D5/1 C#5/1 E5/1";
    let last = "F#5/1.5 E5/.5 C#5/1 A4/1 | B4/2.5 r/.5 C#5/.5 E5/.5 | F#5/1.5 D5/.5 B4/1 G#4/1 | B4/3 r/1 | \
                G5/1.5 F#5/.5 D5/1 B4/1 | C#5/1 B4/1 A4/.5 F#4/1.5 | A4/1 C#5/1 E5/1 A5/1 | F#5/4";
    let (length, rate) = (band.length, band.rate);
    let mut whistled = melody(first, EIGHTS[0], 0.75)?;
    whistled.extend(melody(last, EIGHTS[3], 0.8)?);
    whistled.extend(melody("r/4 | r/2 E6/.5 C#6/.5 B5/1 | A5/4 | r/2 E6/.5 C#6/.5 B5/.5 C#6/.5 | A5/4 | r/2 B5/.5 C#6/.5 E6/1 | F#6/4", OUTRO, 0.6)?);
    let whistled: Vec<Note> = whistled
        .into_iter()
        .map(|note| Note {
            pitch: note.pitch + if note.start < OUTRO { 12.0 } else { 0.0 },
            ..note
        })
        .collect();
    let steps = band.steps(&whistled, Feel::LAZY);
    let line = Pipe::WHISTLE.play(&steps, length, rate, band.rng());
    let whistle = band.placed(&line, 0.15);
    desk.bring(
        &whistle,
        Strip::at(-23.0).room(-8.0).echo(-14.0).low_cut(400.0),
    );

    let mut blown = melody(first, EIGHTS[1], 0.7)?;
    blown.extend(melody(middle, EIGHTS[2], 0.78)?);
    blown.extend(melody("r/2 A4/1 C#5/1 | D5/4 | r/2 D5/1 E5/1 | F#5/4 | r/2 G5/1 F#5/1 | E5/4 | C#5/4 | D5/2 C#5/2", EIGHTS[3], 0.5)?);
    let steps = band.steps(&blown, Feel::LAZY);
    let line = Pipe::FLUTE.play(&steps, length, rate, band.rng());
    let flute = band.placed(&line, 0.3);
    desk.bring(
        &flute,
        Strip::at(-22.0).room(-9.0).echo(-18.0).low_cut(250.0),
    );

    let high = melody(
        "D5/4 | D5/4 | E5/4 | D#5/4 | D5/4 | C#5/4 | C#5/2 C5/2 | B4/2 C#5/2",
        EIGHTS[2],
        0.55,
    )?;
    let low = melody(
        "B4/4 | Bb4/4 | A4/4 | A4/4 | G4/4 | F#4/4 | A4/2 A4/2 | G4/2 F#4/2",
        EIGHTS[2],
        0.5,
    )?;
    let both: Vec<Note> = high.into_iter().chain(low).collect();
    let strings = band.play(
        &both,
        &Section::LEGATO,
        Pan::Twice(0.6),
        Feel {
            held: 1.05,
            ..Feel::HUMAN
        },
    );
    desk.bring(&strings, Strip::at(-28.0).room(-7.0).low_cut(250.0));
    Ok(())
}

fn rhythm_section(band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
    let mut bass = Vec::new();
    let mut keys = Vec::new();
    for (chord, voices) in voiced(chords, 3, 60, 76) {
        let root = chord.bass_from(33);
        let fifth = if root + 7.0 > 45.0 {
            root - 5.0
        } else {
            root + 7.0
        };
        for (at, pitch, velocity) in [
            (0.0, root, 0.8),
            (1.5, root, 0.5),
            (2.0, fifth, 0.74),
            (3.5, fifth, 0.5),
        ] {
            if at < chord.beats && chord.start >= 8.0 {
                bass.push(Note {
                    start: chord.start + at,
                    beats: 1.3,
                    pitch,
                    velocity,
                });
            }
        }
        if chord.start >= EIGHTS[1] {
            keys.extend(voices.iter().map(|pitch| Note {
                start: chord.start + 0.5,
                beats: chord.beats - 1.0,
                pitch: f32::from(*pitch),
                velocity: 0.4,
            }));
        }
    }
    let upright = band.play(&bass, &Pluck::UPRIGHT, Pan::At(0.0), Feel::HUMAN);
    desk.bring(&upright, Strip::at(-21.0).room(-22.0).low_cut(34.0));
    let mut piano = band.play(
        &keys,
        &ElectricPiano { bark: 0.35 },
        Pan::At(0.4),
        Feel::LAZY,
    );
    chorus(&mut piano, 0.5, RATE);
    desk.bring(&piano, Strip::at(-29.0).room(-10.0).low_cut(200.0));
    let clave = repeated(&rhythm("X..x..x...x..x..", EIGHTS[0], 0.5), 18, 8.0);
    let shaker = repeated(&rhythm("xoXoxoXo", 8.0, 0.5), 42, 4.0);
    let pulse = repeated(&rhythm("x..ox..o", EIGHTS[0], 0.5), 38, 4.0);
    let swish = repeated(&rhythm("..o...o.", EIGHTS[1], 0.5), 30, 4.0);
    for (notes, drum, pan, strip) in [
        (
            &clave,
            Drum::Rim,
            0.2,
            Strip::at(-33.0).room(-11.0).low_cut(300.0),
        ),
        (
            &shaker,
            Drum::Shaker,
            -0.5,
            Strip::at(-37.0).room(-16.0).low_cut(2500.0),
        ),
        (
            &pulse,
            Drum::Kick {
                hz: 56.0,
                decay: 0.08,
                drive: 1.0,
            },
            0.0,
            Strip::at(-28.0).room(-22.0),
        ),
        (
            &swish,
            Drum::Brush(0.07),
            0.4,
            Strip::at(-38.0).room(-14.0).low_cut(900.0),
        ),
    ] {
        let channel = band.play(notes, &drum, Pan::At(pan), Feel::HUMAN);
        desk.bring(&channel, strip);
    }
}
