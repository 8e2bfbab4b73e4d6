//! "Radio Halcyon, Half Past": nine seconds of a small station, as its small radio plays it.

use super::band::{Band, Feel, Pan};
use super::clock::Clock;
use super::notation::{Note, melody, rhythm};
use super::song::Recording;
use crate::dsp::drums::Drum;
use crate::dsp::echo::Echo;
use crate::dsp::filter::Biquad;
use crate::dsp::keys::Organ;
use crate::dsp::mallet::Mallet;
use crate::dsp::pluck::Pluck;
use crate::dsp::reverb::Room;
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 44_100.0;

/// Plays the piece.
pub(crate) fn play() -> Result<Recording> {
    let mut band = Band::new(Clock::steady(138.0).swung(0.6, 1.0), 9.0, RATE, 1330);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 0.6,
            ..Room::ROOM
        },
        Echo {
            secs: 0.217,
            feedback: 0.2,
            tone: 3000.0,
        },
    );
    let mut chords = Vec::new();
    for (start, beats, pitches) in [
        (0.0, 1.4, [60.0, 64.0, 69.0]),
        (2.0, 1.4, [60.0, 65.0, 69.0]),
        (4.0, 1.4, [62.0, 65.0, 71.0]),
        (6.0, 1.4, [62.0, 67.0, 71.0]),
        (8.0, 1.4, [64.0, 67.0, 72.0]),
        (10.0, 0.5, [63.0, 66.0, 72.0]),
        (11.0, 0.5, [62.0, 65.0, 71.0]),
        (12.0, 3.5, [64.0, 69.0, 74.0]),
    ] {
        chords.extend(pitches.map(|pitch| Note {
            start,
            beats,
            pitch,
            velocity: 0.7,
        }));
    }
    let organ = band.play(
        &chords,
        &Organ {
            drawbars: [6, 4, 8, 4, 0, 2, 0, 0, 0],
        },
        Pan::At(0.0),
        Feel::HUMAN,
    );
    desk.bring(&organ, Strip::at(-22.0).room(-12.0).low_cut(150.0));
    let tune = melody(
        "G5/.5 A5/.5 C6/1 r/.5 A5/.5 G5/1 | F5/.5 G5/.5 A5/.5 B5/.5 D6/2 | E6/1 D6/.5 C6/.5 Eb6/1 D6/1 | G6/.5 E6/.5 D6/.5 A5/.5 G6/2",
        0.0,
        0.8,
    )?;
    let bells = band.play(&tune, &Mallet::MARIMBA, Pan::At(0.0), Feel::HUMAN);
    desk.bring(&bells, Strip::at(-20.0).room(-10.0).low_cut(300.0));
    let low = melody(
        "C3/1 E3/1 F3/1 F#3/1 | G3/1 F3/1 E3/1 D3/1 | C3/1 Bb2/1 Ab2/1 G2/1 | C3/3",
        0.0,
        0.8,
    )?;
    let bass = band.play(&low, &Pluck::UPRIGHT, Pan::At(0.0), Feel::HUMAN);
    desk.bring(&bass, Strip::at(-22.0).low_cut(60.0));
    let kit = [
        ("X.x.x.X.X.x.x.X.X.x.x.x.X", Drum::Brush(0.04), -32.0),
        ("..x...x...x...x...x...x.X", Drum::Clap, -30.0),
        ("............xxX.........X", Drum::Wood, -28.0),
    ];
    for (pattern, drum, level) in kit {
        let hits = rhythm(pattern, 0.0, 0.5);
        let channel = band.play(&hits, &drum, Pan::At(0.0), Feel::HUMAN);
        desk.bring(&channel, Strip::at(level).room(-12.0).low_cut(250.0));
    }
    let mut mix = desk.sum();
    for stage in [
        Biquad::high_pass(230.0, RATE),
        Biquad::low_pass(5200.0, RATE),
        Biquad::peak(1500.0, 4.0, 0.8, RATE),
    ] {
        mix.filter(&stage);
    }
    Master {
        drive: 1.6,
        ..Master::clean(-12.0)
    }
    .finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}
