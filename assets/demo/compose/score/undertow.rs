//! "Undertow": something is wrong under the surface. E Phrygian, a pulse of 60, no tune to hold on to.
//!
//! Fades in from nothing, grows for a minute, is cut to a low note, and fades.

use super::band::{Band, Feel, Pan};
use super::chord::{held, progression};
use super::clock::Clock;
use super::notation::{Note, melody, repeated, rhythm, shaded};
use super::song::Recording;
use crate::dsp::bowed::Section;
use crate::dsp::drums::Drum;
use crate::dsp::echo::{Echo, chorus};
use crate::dsp::envelope::smooth_step;
use crate::dsp::mallet::Mallet;
use crate::dsp::reverb::Room;
use crate::dsp::synth::{Poly, Sub};
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 44_100.0;
/// The beat at which everything stops but the ground.
const CUT: f64 = 64.0;

/// Plays the piece.
pub(crate) fn play() -> Result<Recording> {
    let mut band = Band::new(Clock::steady(60.0), 84.0, RATE, 13);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 4.5,
            ..Room::CAVE
        },
        Echo {
            secs: 0.75,
            feedback: 0.5,
            tone: 1800.0,
        },
    );
    water(&mut band, &mut desk)?;
    pulse(&mut band, &mut desk)?;
    let mut mix = desk.sum();
    let cut = band.at(CUT);
    let end = band.length as f32 / RATE;
    mix.shape(RATE, |t| {
        smooth_step(0.0, 9.0, t)
            * ((end - t) / 12.0).clamp(0.0, 1.0)
            * if t > cut + 0.02 { 0.5 } else { 1.0 }
    });
    let ground = band.play(
        &[Note {
            start: 2.0,
            beats: 78.0,
            pitch: 28.0,
            velocity: 0.9,
        }],
        &Sub { drive: 0.5 },
        Pan::At(0.0),
        Feel::EXACT,
    );
    let mut under = Desk::new(
        band.length,
        RATE,
        Room::CAVE,
        Echo {
            secs: 0.5,
            feedback: 0.0,
            tone: 1000.0,
        },
    );
    under.bring(&ground, Strip::at(-27.0));
    let mut ground = under.sum();
    ground.shape(RATE, |t| {
        smooth_step(0.0, 10.0, t) * smooth_step(0.0, 16.0, end - t)
    });
    mix.blend(&ground, 1.0);
    Master::clean(-20.0).finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}

/// How far the piece has grown at a beat.
fn rise(beat: f64) -> f32 {
    0.25 + 0.75 * smooth_step(0.0, CUT as f32, beat as f32).powf(1.4)
}

/// Held sounds: a wash, a cluster of strings that closes in, and low strings.
fn water(band: &mut Band, desk: &mut Desk) -> Result<()> {
    let chords = progression("Em Em Fmaj7/E Em Fmaj7/E Dm/E Em Fmaj7#11/E", 0.0, 8.0)?;
    let wash = shaded(&held(&chords, 4, 47, 67, 0.8), rise);
    let mut pad = band.play(
        &wash,
        &Poly {
            cutoff: 240.0,
            octaves: 2.6,
            ..Poly::PAD
        },
        Pan::Twice(0.8),
        Feel {
            held: 1.1,
            ..Feel::EXACT
        },
    );
    chorus(&mut pad, 0.7, RATE);
    desk.bring(&pad, Strip::at(-24.0).room(-8.0).low_cut(90.0));

    // Strings a semitone apart, that come nearer.
    let cluster = [
        (16.0, 64.0),
        (24.0, 65.0),
        (32.0, 71.0),
        (36.0, 72.0),
        (44.0, 76.0),
        (48.0, 77.0),
        (54.0, 83.0),
        (56.0, 84.0),
        (58.0, 88.0),
    ]
    .map(|(start, pitch)| Note {
        start,
        beats: CUT - start,
        pitch,
        velocity: 0.5,
    });
    let strings = band.play(
        &cluster,
        &Section {
            attack: 5.0,
            release: 0.05,
            ..Section::LEGATO
        },
        Pan::Alternate(0.6),
        Feel::HUMAN,
    );
    desk.bring(&strings, Strip::at(-24.0).room(-6.0).low_cut(200.0));
    let cello = melody(
        "E2/6 F2/2 | E2/6 D2/2 | E2/4 F2/4 | E2/3 G2/1 F2/4 | E2/2 F2/2 E2/2 Bb2/2 | A2/4 F2/4",
        16.0,
        0.8,
    )?;
    let low = band.play(
        &cello,
        &Section {
            attack: 0.5,
            players: 3,
            ..Section::LEGATO
        },
        Pan::At(-0.2),
        Feel::HUMAN,
    );
    desk.bring(&low, Strip::at(-24.0).room(-10.0).low_cut(50.0));
    Ok(())
}

/// Struck sounds: a heart, ticks, a great drum, and bells.
fn pulse(band: &mut Band, desk: &mut Desk) -> Result<()> {
    let mut beats = shaded(&repeated(&rhythm("X.o.....", 8.0, 0.5), 14, 4.0), rise);
    beats.extend(shaded(
        &repeated(&rhythm("..X.o...", 40.0, 0.5), 6, 4.0),
        rise,
    ));
    let heart = band.play(
        &beats,
        &Drum::Kick {
            hz: 41.0,
            decay: 0.16,
            drive: 1.2,
        },
        Pan::At(0.0),
        Feel::HUMAN,
    );
    desk.bring(&heart, Strip::at(-21.0).room(-18.0));
    let ticks = shaded(&repeated(&rhythm("o.oo.o.o", 24.0, 0.5), 10, 4.0), rise);
    let wood = band.play(&ticks, &Drum::Rim, Pan::Alternate(0.7), Feel::EXACT);
    desk.bring(&wood, Strip::at(-37.0).room(-6.0).echo(-4.0).low_cut(500.0));
    let boom = [4.0, 32.0, 48.0, CUT]
        .into_iter()
        .flat_map(|start| rhythm("X", start, 1.0))
        .collect::<Vec<_>>();
    let frame = band.play(&boom, &Drum::Frame, Pan::At(0.1), Feel::EXACT);
    desk.bring(&frame, Strip::at(-22.0).room(-4.0));

    let bells = melody(
        "r/12 B5/4 | r/4 C6/4 | r/2 B5/3 E5/3 | r/4 F5/2 E5/2 | r/1 B5/3 Bb5/4 | r/2 C6/2 B5/4 | r/4 F5/4 | r/6 E5/6",
        0.0,
        0.5,
    )?;
    let bell = band.play(&bells, &Mallet::BELL, Pan::Alternate(0.5), Feel::HUMAN);
    desk.bring(
        &bell,
        Strip::at(-33.0).room(-2.0).echo(-10.0).low_cut(300.0),
    );
    Ok(())
}
