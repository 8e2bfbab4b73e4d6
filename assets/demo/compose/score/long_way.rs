//! The one with the long title: a jazz trio and a clarinet after closing time. B flat, swung, 92.
//!
//! Introduction 4 bars, a song form of four times eight, and a tag.

use super::band::{Band, Feel, Pan};
use super::chord::{Chord, progression, voiced};
use super::clock::Clock;
use super::notation::{Note, melody, repeated, rhythm};
use super::song::Recording;
use crate::dsp::drums::Drum;
use crate::dsp::echo::{Echo, tremolo};
use crate::dsp::keys::ElectricPiano;
use crate::dsp::line::Pipe;
use crate::dsp::mallet::Mallet;
use crate::dsp::pluck::Pluck;
use crate::dsp::reverb::Room;
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 44_100.0;
/// First beats of the four eights, and of the tag.
const EIGHTS: [f64; 4] = [16.0, 48.0, 80.0, 112.0];
const TAG: f64 = 144.0;

/// Plays the piece.
pub(crate) fn play() -> Result<Recording> {
    let clock = Clock::steady(100.0)
        .after(0.2)
        .swung(0.635, 1.0)
        .slowing(148.0, 154.0, 70.0);
    let mut band = Band::new(clock, 100.0, RATE, 58);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 0.9,
            ..Room::ROOM
        },
        Echo {
            secs: 0.3,
            feedback: 0.0,
            tone: 3000.0,
        },
    );
    let first = "Bbmaj7 G7b9 Cm9 F13 Dm7 G7b9 Cm9:2 F13:2 Bb6";
    let text = format!(
        "Bbmaj7:2 G7b9:2 Cm9:2 F13:2 Dm7:2 G7b9:2 Cm9:2 F13:2 | {first} | {first} | \
         Ebmaj9 Ebm6 Dm7 G7b9 C9 C9 Cm9 F9sus4 | {first} | Dm7:2 G7b9:2 Cm9:2 F7b9:2 Bbmaj9:8"
    );
    let chords = progression(&text, 0.0, 4.0)?;
    comping(&mut band, &mut desk, &chords);
    walking(&mut band, &mut desk, &chords);
    brushes(&mut band, &mut desk);
    solos(&mut band, &mut desk)?;
    let mut mix = desk.sum();
    let end = band.length as f32 / RATE;
    mix.shape(RATE, |t| ((end - t) / 1.5).clamp(0.0, 1.0));
    Master::clean(-17.0).finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}

/// The electric piano's chords: never in the same place two bars running.
fn comping(band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
    const PLACES: [&[(f64, f64)]; 4] = [
        &[(0.0, 1.2), (1.5, 0.4)],
        &[(0.5, 0.8), (2.5, 1.2)],
        &[(0.0, 0.5), (2.5, 0.4), (3.0, 0.8)],
        &[(1.5, 2.0)],
    ];
    let mut notes = Vec::new();
    for (index, (chord, voices)) in voiced(chords, 4, 53, 72).into_iter().enumerate() {
        let places: &[(f64, f64)] = if chord.start >= TAG + 8.0 {
            &[(0.0, 7.5)]
        } else if chord.beats < 4.0 {
            &[(0.0, 0.9), (1.5, 0.4)]
        } else {
            PLACES[(index * 5 + index / 3) % 4]
        };
        for &(at, beats) in places {
            for pitch in &voices {
                notes.push(Note {
                    start: chord.start + at,
                    beats,
                    pitch: f32::from(*pitch),
                    velocity: if at == 0.0 { 0.52 } else { 0.44 },
                });
            }
        }
    }
    let mut piano = band.play(
        &notes,
        &ElectricPiano { bark: 0.62 },
        Pan::At(-0.18),
        Feel::LAZY,
    );
    tremolo(&mut piano, 5.2, 0.45, RATE);
    desk.bring(&piano, Strip::at(-23.0).room(-12.0).low_cut(110.0));
}

/// A walking bass: the root, tones of the chord on the way, and a step into the next root.
fn walking(band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
    let mut notes = Vec::new();
    for (index, chord) in chords.iter().enumerate() {
        let root = chord.bass_from(31);
        let next = chords
            .get(index + 1)
            .map_or(root, |next| next.bass_from(31));
        let beats = chord.beats as usize;
        if chord.start >= TAG + 8.0 {
            notes.push(Note {
                start: chord.start,
                beats: 7.0,
                pitch: 34.0,
                velocity: 0.7,
            });
            continue;
        }
        let two_feel = chord.start < EIGHTS[1];
        let tones = chord.tones_between(root as i8, root as i8 + 12);
        for n in 0..beats {
            if two_feel && n % 2 == 1 && (n + 1 != beats || index % 3 != 0) {
                continue;
            }
            let pitch = if n == 0 {
                root
            } else if n + 1 == beats {
                if (index + n) % 2 == 0 {
                    next - 1.0
                } else {
                    next + 1.0
                }
            } else {
                tones
                    .get((n + index) % tones.len().max(1))
                    .map_or(root, |tone| f32::from(*tone))
            };
            let held = if two_feel { 1.7 } else { 0.94 };
            notes.push(Note {
                start: chord.start + n as f64,
                beats: held,
                pitch,
                velocity: if n % 2 == 0 { 0.74 } else { 0.66 },
            });
        }
    }
    let bass = band.play(
        &notes,
        &Pluck::UPRIGHT,
        Pan::At(0.06),
        Feel {
            late: -0.004,
            ..Feel::HUMAN
        },
    );
    desk.bring(&bass, Strip::at(-20.0).room(-18.0).low_cut(34.0));
}

fn brushes(band: &mut Band, desk: &mut Desk) {
    let bars = 35;
    let kit = Feel {
        loose: 0.006,
        uneven: 0.12,
        ..Feel::HUMAN
    };
    let sweeps = repeated(&rhythm("x...o...x...o...", 4.0, 0.25), bars, 4.0);
    let taps = repeated(
        &rhythm("....x.o.....x...|....x.....o.x.o.", 4.0, 0.25),
        bars / 2,
        8.0,
    );
    let ride: Vec<Note> = repeated(&rhythm("x.o.x.oo", EIGHTS[1], 0.5), 24, 4.0);
    let feet = repeated(&rhythm(".x.x", 4.0, 1.0), bars, 4.0);
    let feathered = repeated(
        &rhythm("o...o.......o...|o.......o..o....", EIGHTS[0], 0.25),
        16,
        8.0,
    );
    let wash = rhythm("o", TAG + 8.0, 1.0);
    for (notes, drum, pan, strip) in [
        (
            &sweeps,
            Drum::Brush(0.16),
            -0.15,
            Strip::at(-36.0).room(-12.0).low_cut(500.0),
        ),
        (
            &taps,
            Drum::Brush(0.02),
            0.1,
            Strip::at(-34.0).room(-12.0).low_cut(400.0),
        ),
        (
            &ride,
            Drum::Ride,
            0.35,
            Strip::at(-38.0).room(-12.0).low_cut(1800.0),
        ),
        (
            &feet,
            Drum::Hat,
            0.25,
            Strip::at(-41.0).room(-14.0).low_cut(3000.0),
        ),
        (
            &feathered,
            Drum::Kick {
                hz: 58.0,
                decay: 0.09,
                drive: 1.0,
            },
            0.0,
            Strip::at(-31.0).room(-14.0),
        ),
        (
            &wash,
            Drum::Crash,
            0.3,
            Strip::at(-40.0).room(-10.0).low_cut(800.0),
        ),
    ] {
        let channel = band.play(notes, &drum, Pan::At(pan), kit);
        desk.bring(&channel, strip);
    }
}

fn solos(band: &mut Band, desk: &mut Desk) -> Result<()> {
    let head = "F5/1.5 D5/.5 F5/1 G5/1 | Ab5/1 F5/.5 D5/.5 B4/2 | C5/.5 Eb5/.5 G5/1 Bb5/1 A5/1 | G5/1.5 Eb5/.5 D5/2 | \
                F5/1.5 D5/.5 A5/1 F5/1 | Ab5/.5 G5/.5 F5/.5 Eb5/.5 D5/1 B4/1 | C5/.5 D5/.5 Eb5/.5 G5/.5 F5/1 A4/1 | Bb4/3 r/1";
    let bridge = "G5/3 F5/1 | Gb5/1.5 Eb5/.5 C5/2 | F5/3 D5/1 | Ab5/.5 G5/.5 F5/.5 D5/.5 B4/2 | \
                  E5/1.5 G5/.5 Bb5/2 | A5/1 G5/1 E5/1 D5/1 | Eb5/1 G5/1 Bb5/1 D6/1 | C6/3 r/1";
    let mut notes = melody(head, EIGHTS[0], 0.7)?;
    notes.extend(melody(head, EIGHTS[3], 0.66)?);
    notes.extend(melody(
        "F5/1 D5/1 B4/1 Ab4/1 | G4/1 Bb4/1 A4/1 Gb4/1 | F4/.5 A4/.5 C5/.5 D5/.5 F5/6",
        TAG,
        0.55,
    )?);
    let vibes = band.play(&notes, &Mallet::VIBES, Pan::Keys(0.4), Feel::LAZY);
    desk.bring(&vibes, Strip::at(-22.0).room(-10.0).low_cut(180.0));

    // The clarinet takes the second eight its own way, and the bridge as written.
    let solo = "r/.5 D5/.5 F5/.5 A5/.5 C6/1.5 A5/.5 | Ab5/.5 F5/.5 D5/.5 B4/.5 G4/1 r/.5 B4/.5 | C5/.5 D5/.5 Eb5/.5 F#5/.5 G5/1 r/.5 Bb5/.5 | A5/.5 G5/.5 D5/.5 C5/.5 A4/1 r/1 | \
                r/.5 A4/.5 D5/.5 E5/.5 F5/.5 A5/.5 C6/1 | B5/.5 Ab5/.5 F5/.5 D5/.5 Eb5/.5 D5/.5 B4/1 | C5/1 G5/.5 Eb5/.5 A4/.5 C5/.5 Eb5/.5 F5/.5 | D5/2.5 r/1.5";
    let mut reed = melody(solo, EIGHTS[1], 0.7)?;
    reed.extend(melody(bridge, EIGHTS[2], 0.76)?);
    reed.extend(melody(
        "r/2 D5/1.5 B4/.5 | C5/2 F#5/1 F5/1 | D5/7",
        TAG,
        0.5,
    )?);
    let steps = band.steps(&reed, Feel::LAZY);
    let (length, rate) = (band.length, band.rate);
    let line = Pipe::CLARINET.play(&steps, length, rate, band.rng());
    let clarinet = band.placed(&line, 0.24);
    desk.bring(&clarinet, Strip::at(-21.0).room(-9.0).low_cut(150.0));
    Ok(())
}
