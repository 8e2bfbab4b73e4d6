//! "潮待ち" ("Waiting for the tide"): a zither and a bamboo flute in a scale of five notes on D.

use super::band::{Band, Feel, Pan};
use super::clock::Clock;
use super::notation::{Note, melody, pitch};
use super::song::Recording;
use crate::dsp::echo::Echo;
use crate::dsp::line::Pipe;
use crate::dsp::mallet::Mallet;
use crate::dsp::pluck::Pluck;
use crate::dsp::reverb::Room;
use crate::dsp::synth::Sub;
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 48_000.0;

/// Plays the piece.
pub(crate) fn play() -> Result<Recording> {
    let clock = Clock::steady(60.0)
        .after(0.35)
        .then(16.0, 66.0)
        .then(28.0, 70.0)
        .slowing(38.0, 46.0, 48.0);
    let mut band = Band::new(clock, 54.0, RATE, 99);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 3.2,
            ..Room::HALL
        },
        Echo {
            secs: 0.71,
            feedback: 0.3,
            tone: 2200.0,
        },
    );
    let mut zither = melody(
        "D4/.06? A4/.06? D5/1.88 Eb5/.5 D5/.5 Bb4/1 | A4/2.5 r/1.5 | G4/1 A4/.5 Bb4/.5 D5/2 | Eb5/1 D5/1 A4/2 | \
         D4/.06? G4/.06? Bb4/.88 A4/.5 G4/.5 Eb4/2 | D4/2 r/2 | A4/.5 Bb4/.5 D5/.5 Eb5/.5 G5/2 | A5/1.5! G5/.5 Eb5/1 D5/1 | \
         Bb5/.5 A5/.5 G5/.5 Eb5/.5 D5/.5 Bb4/.5 A4/1 | G4/1 Bb4/1 D5/2 | Eb5/.5 D5/.5 Bb4/1 A4/2 | D4/.06? A4/.06? D5/3.88",
        0.0,
        0.7,
    )?;
    zither.extend(quickening(14.6, pitch("D5")?, 15));
    zither.extend(sweep(
        27.2,
        &["D4", "Eb4", "G4", "A4", "Bb4", "D5", "Eb5", "G5"],
    )?);
    let low = melody(
        "D3/4 | D3/4 | G3/4 | D3/4 | Eb3/4 | D3/4 | G3/2 D3/2 | A3/4 | G3/4 | Eb3/4 | A3/4 | D3/4",
        0.0,
        0.5,
    )?;
    zither.extend(low);
    let channel = band.play(&zither, &Pluck::KOTO, Pan::Keys(0.45), Feel::HUMAN);
    desk.bring(
        &channel,
        Strip::at(-21.0).room(-9.0).echo(-20.0).low_cut(90.0),
    );

    let tune = melody(
        "A5/3 Bb5/1 | A5/1 G5/1 Eb5/2 | D5/3.4 r/.6 | r/4 | G5/1 A5/1 Bb5/1 A5/1 | D6/3 Bb5/1 | A5/1.5 G5/.5 Eb5/2 | D5/4",
        16.0,
        0.72,
    )?;
    let steps = band.steps(
        &tune,
        Feel {
            loose: 0.02,
            ..Feel::HUMAN
        },
    );
    let (length, rate) = (band.length, band.rate);
    let line = Pipe::BAMBOO.play(&steps, length, rate, band.rng());
    let flute = band.placed(&line, 0.2);
    desk.bring(
        &flute,
        Strip::at(-23.0).room(-5.0).echo(-16.0).low_cut(250.0),
    );

    let bells: Vec<Note> = [4.0, 20.0, 36.0, 46.0]
        .map(|start| Note {
            start,
            beats: 4.0,
            pitch: 74.0,
            velocity: 0.4,
        })
        .to_vec();
    let bell = band.play(&bells, &Mallet::BELL, Pan::At(-0.35), Feel::HUMAN);
    desk.bring(&bell, Strip::at(-33.0).room(-4.0).low_cut(200.0));
    let ground: Vec<Note> = [
        (16.0, 12.0, 38.0),
        (28.0, 4.0, 45.0),
        (32.0, 4.0, 43.0),
        (36.0, 12.0, 38.0),
    ]
    .map(|(start, beats, pitch)| Note {
        start,
        beats,
        pitch,
        velocity: 0.5,
    })
    .to_vec();
    let drone = band.play(&ground, &Sub { drive: 0.25 }, Pan::At(0.0), Feel::EXACT);
    desk.bring(&drone, Strip::at(-31.0).low_cut(40.0));
    let mut mix = desk.sum();
    let end = band.length as f32 / RATE;
    mix.shape(RATE, |t| ((end - t) / 2.0).clamp(0.0, 1.0));
    Master::clean(-18.5).finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}

/// One string struck faster and faster, then left.
fn quickening(end: f64, pitch: f32, strokes: i32) -> Vec<Note> {
    let mut beat = end - 2.4;
    (0..strokes)
        .map(|n| {
            let gap = 0.42 * 0.84_f64.powi(n);
            let note = Note {
                start: beat,
                beats: gap * 1.5,
                pitch,
                velocity: 0.30 + 0.022 * n as f32,
            };
            beat += gap.max(0.07);
            note
        })
        .collect()
}

/// A nail drawn across the strings.
fn sweep(start: f64, strings: &[&str]) -> Result<Vec<Note>> {
    strings
        .iter()
        .enumerate()
        .map(|(n, name)| {
            Ok(Note {
                start: start + n as f64 * 0.09,
                beats: 1.0,
                pitch: pitch(name)?,
                velocity: 0.34 + 0.03 * n as f32,
            })
        })
        .collect()
}
