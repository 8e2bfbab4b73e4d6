//! "Paper Boats": a music box, eight bars of three in C that lead back into themselves.

use super::band::{Band, Feel, Pan};
use super::clock::Clock;
use super::notation::melody;
use super::song::Recording;
use crate::dsp::echo::Echo;
use crate::dsp::mallet::Mallet;
use crate::dsp::reverb::Room;
use crate::error::Result;
use crate::mix::{Desk, Master, Stereo, Strip};

const RATE: f32 = 44_100.0;
const BPM: f64 = 126.0;
const BEATS: f64 = 24.0;

/// Plays the piece. What rings past its end is folded onto its beginning, so it can go round.
pub(crate) fn play() -> Result<Recording> {
    let round = (BEATS * 60.0 / BPM) as f32;
    let mut band = Band::new(Clock::steady(BPM), round + 5.0, RATE, 3);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 0.8,
            ..Room::ROOM
        },
        Echo {
            secs: 0.3,
            feedback: 0.0,
            tone: 2000.0,
        },
    );
    let tune = melody(
        "G5/1 E6/1 D6/1 | C6/1.5 B5/.5 G5/1 | A5/1 C6/1 F6/1 | E6/2 D6/1 | \
         E6/1.5 F6/.5 G6/1 | A6/1 E6/1 C6/1 | D6/1 B5/.5 C6/.5 D6/1 | C6/1 G5/1 B5/1",
        0.0,
        0.7,
    )?;
    let under = melody(
        "C5/1 G5/.5 E5/.5 G5/1 | E5/1 G5/1 B4/1 | F4/1 C5/1 A5/1 | C5/1 G5/1 F5/1 | \
         C5/1 G5/1 Bb5/1 | F5/1 A5/1 Ab5/1 | G4/1 F5/1 G5/1 | C5/1 E5/1 F5/1",
        0.0,
        0.45,
    )?;
    let mut box_sound = band.play(
        &tune,
        &Mallet::MUSIC_BOX,
        Pan::At(0.0),
        Feel {
            loose: 0.009,
            ..Feel::HUMAN
        },
    );
    band.play_into(
        &mut box_sound,
        &under,
        &Mallet::MUSIC_BOX,
        Pan::At(0.0),
        Feel {
            loose: 0.012,
            ..Feel::HUMAN
        },
    );
    desk.bring(&box_sound, Strip::at(-22.0).room(-10.0).low_cut(200.0));
    let mut mix = fold(&desk.sum(), (round * RATE) as usize);
    Master::clean(-16.5).finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}

/// Cuts a piece to a length and lays what was cut off over its beginning.
fn fold(mix: &Stereo, length: usize) -> Stereo {
    let mut out = Stereo {
        left: mix.left[..length].to_vec(),
        right: mix.right[..length].to_vec(),
    };
    for i in length..mix.len().min(2 * length) {
        out.left[i - length] += mix.left[i];
        out.right[i - length] += mix.right[i];
    }
    out
}
