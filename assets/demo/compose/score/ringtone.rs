//! The refrain of "Coastline" as Ida's telephone plays it.

use super::band::{Band, Feel, Pan};
use super::clock::Clock;
use super::notation::melody;
use super::song::Recording;
use crate::dsp::echo::Echo;
use crate::dsp::envelope::Adsr;
use crate::dsp::filter::Biquad;
use crate::dsp::reverb::Room;
use crate::dsp::synth::Reed;
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 44_100.0;

/// Plays the piece, once round.
pub(crate) fn play() -> Result<Recording> {
    let mut band = Band::new(Clock::steady(120.0), 4.4, RATE, 5);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room::ROOM,
        Echo {
            secs: 0.25,
            feedback: 0.15,
            tone: 4000.0,
        },
    );
    let chip = Reed {
        amp: Adsr {
            attack: 0.002,
            decay: 0.12,
            sustain: 0.35,
            release: 0.05,
        },
        cutoff: 5200.0,
        musette: 0.0,
    };
    let top = melody("B5/1 A5/.5 B5/1 D6/1.5 | A5/1 G5/.5 A5/1 F#5/1.5", 0.0, 0.8)?;
    let under = melody(
        "G4/.5 D5/.5 G5/.5 D5/.5 G4/.5 D5/.5 G5/.5 D5/.5 | D5/.5 F#4/.5 A4/.5 F#4/.5 D5/.5 F#4/.5 A4/.5 F#4/.5",
        0.0,
        0.45,
    )?;
    let mut tones = band.play(&top, &chip, Pan::At(0.0), Feel::EXACT);
    band.play_into(&mut tones, &under, &chip, Pan::At(0.0), Feel::EXACT);
    desk.bring(&tones, Strip::at(-18.0).echo(-18.0).low_cut(350.0));
    let mut mix = desk.sum();
    mix.filter(&Biquad::high_pass(420.0, RATE));
    Master::clean(-13.5).finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}
