//! "Four Bells, Changing": a church up the hill rings plain changes, a few seconds of them.
//!
//! Each row is the one before with neighbours exchanged (Duckworth and Stedman, "Tintinnalogia",
//! 1668).

use super::band::{Band, Feel, Pan};
use super::clock::Clock;
use super::notation::Note;
use super::song::Recording;
use crate::dsp::echo::Echo;
use crate::dsp::mallet::Mallet;
use crate::dsp::reverb::Room;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 44_100.0;
/// Treble to tenor, in G.
const BELLS: [f32; 4] = [72.0, 71.0, 69.0, 67.0];
const ROWS: [[usize; 4]; 4] = [[0, 1, 2, 3], [1, 0, 3, 2], [1, 3, 0, 2], [3, 1, 2, 0]];

/// Plays the piece.
pub(crate) fn play() -> Recording {
    let mut band = Band::new(Clock::steady(172.0), 7.6, RATE, 1668);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 1.8,
            ..Room::HALL
        },
        Echo {
            secs: 0.3,
            feedback: 0.0,
            tone: 1500.0,
        },
    );
    let strokes: Vec<Note> = ROWS
        .iter()
        .flatten()
        .enumerate()
        .map(|(n, bell)| Note {
            start: n as f64,
            beats: 1.0,
            pitch: BELLS[*bell],
            velocity: if n % 4 == 0 { 0.75 } else { 0.62 },
        })
        .collect();
    let tower = band.play(
        &strokes,
        &Mallet::BELL,
        Pan::At(0.0),
        Feel {
            loose: 0.016,
            ..Feel::HUMAN
        },
    );
    desk.bring(&tower, Strip::at(-24.0).room(-4.0).low_cut(90.0));
    let mut mix = desk.sum();
    let end = band.length as f32 / RATE;
    mix.shape(RATE, |t| ((end - t) / 2.4).clamp(0.0, 1.0));
    Master::clean(-17.0).finish(&mut mix, RATE);
    Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    }
}
