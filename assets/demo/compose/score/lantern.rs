//! "Slow Lantern": a ballad in six that starts with one guitar and ends with everyone. A minor, C.
//!
//! A beat is an eighth. Guitar 8 bars, strings join 8, horn 8, drums 8, the lift 16, alone again 6.

use super::band::{Band, Feel, Pan};
use super::chord::{Chord, broken, held, progression};
use super::clock::Clock;
use super::notation::{Note, melody, repeated, rhythm, shaded};
use super::song::Recording;
use crate::dsp::bowed::Section;
use crate::dsp::drums::Drum;
use crate::dsp::echo::{Echo, chorus};
use crate::dsp::envelope::smooth_step;
use crate::dsp::keys::Piano;
use crate::dsp::line::Pipe;
use crate::dsp::mallet::Mallet;
use crate::dsp::pluck::Pluck;
use crate::dsp::reverb::Room;
use crate::dsp::synth::{Poly, Sub};
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 44_100.0;
const STRINGS: f64 = 48.0;
const HORN: f64 = 96.0;
const DRUMS: f64 = 144.0;
const LIFT: f64 = 192.0;
const ALONE: f64 = 288.0;

/// Plays the piece.
pub(crate) fn play() -> Result<Recording> {
    let clock = Clock::steady(168.0)
        .after(0.4)
        .then(LIFT, 172.0)
        .then(ALONE, 160.0)
        .slowing(306.0, 324.0, 110.0);
    let mut band = Band::new(clock, 124.0, RATE, 2112);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 2.3,
            ..Room::HALL
        },
        Echo {
            secs: 0.535,
            feedback: 0.35,
            tone: 3000.0,
        },
    );
    let chords = progression(
        "Am9 Fmaj7 Cadd9 G/B Am9 Fmaj7 Cadd9 G | Am9 Fmaj7 Cadd9 G/B Am9 Fmaj7 Cadd9 G | \
         Dm9 Am9 Fmaj7 C/E Dm9 Am9 Fmaj9 G | Am9 Fmaj7 Cadd9 G/B Am9 Fmaj7 Dm9 Gsus4 | \
         Fmaj7 G Am7 C/E Fmaj7 G Cadd9 Cadd9 Fmaj7 G Am7 C/E Dm9 Fmaj7 G Gsus4 | Am9 Fmaj7 Cadd9 G/B Fmaj7 Cadd9:12",
        0.0,
        6.0,
    )?;
    guitar_and_piano(&mut band, &mut desk, &chords)?;
    strings(&mut band, &mut desk, &chords)?;
    horn(&mut band, &mut desk)?;
    ground(&mut band, &mut desk, &chords);
    let mut mix = desk.sum();
    let end = band.length as f32 / RATE;
    mix.shape(RATE, |t| ((end - t) / 2.0).clamp(0.0, 1.0));
    Master {
        drive: 1.05,
        ceiling: -3.6,
        ..Master::clean(-14.0)
    }
    .finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}

/// How far into the piece's one long rise a beat is, 0 to 1.
fn rise(beat: f64) -> f32 {
    smooth_step(0.0, LIFT as f32 + 40.0, beat as f32)
        * (1.0 - 0.7 * smooth_step(ALONE as f32 - 6.0, ALONE as f32, beat as f32))
}

fn guitar_and_piano(band: &mut Band, desk: &mut Desk, chords: &[Chord]) -> Result<()> {
    let picked = shaded(&broken(chords, "142523", 1.0, (52, 72), 5, 0.60), |beat| {
        0.8 + 0.35 * rise(beat)
    });
    let thumb = chords.iter().map(|chord| Note {
        start: chord.start,
        beats: chord.beats,
        pitch: chord.bass_from(40),
        velocity: 0.6,
    });
    let all: Vec<Note> = picked
        .into_iter()
        .filter(|note| note.start < 324.0)
        .chain(thumb)
        .collect();
    let steel = band.play(&all, &Pluck::STEEL, Pan::At(-0.3), Feel::HUMAN);
    desk.bring(
        &steel,
        Strip::at(-22.5).room(-12.0).echo(-20.0).low_cut(75.0),
    );

    let high = broken(
        &chords
            .iter()
            .filter(|chord| (LIFT..ALONE).contains(&chord.start))
            .cloned()
            .collect::<Vec<_>>(),
        "531",
        0.5,
        (69, 88),
        5,
        0.55,
    );
    let mut shimmer = band.play(&high, &Pluck::ELECTRIC, Pan::At(0.5), Feel::HUMAN);
    chorus(&mut shimmer, 0.6, RATE);
    desk.bring(
        &shimmer,
        Strip::at(-28.0).room(-7.0).echo(-5.0).low_cut(350.0),
    );

    let mut notes = melody(
        "r/6 | r/3 E5/1 D5/1 C5/1 | G4/6 | r/3 B4/1 C5/1 D5/1 | E5/4 G5/2 | C5/6 | r/2 E5/2 D5/2 | B4/6",
        STRINGS,
        0.5,
    )?;
    notes.extend(melody(
        "E5/4 D5/2 | C5/6 | G4/4 E5/2 | D5/6 | C5/3 E5/3 | G5/12",
        ALONE,
        0.42,
    )?);
    notes.extend(held(
        &chords
            .iter()
            .filter(|chord| (LIFT..ALONE).contains(&chord.start))
            .cloned()
            .collect::<Vec<_>>(),
        4,
        52,
        72,
        0.6,
    ));
    let piano = band.play(
        &notes,
        &Piano {
            softness: 2.6,
            pedal: true,
        },
        Pan::Keys(0.45),
        Feel {
            rolled: 0.014,
            ..Feel::HUMAN
        },
    );
    desk.bring(&piano, Strip::at(-25.0).room(-9.0).low_cut(90.0));
    Ok(())
}

fn strings(band: &mut Band, desk: &mut Desk, chords: &[Chord]) -> Result<()> {
    let bowed: Vec<Note> = held(chords, 4, 52, 76, 0.72)
        .into_iter()
        .filter(|note| (STRINGS..ALONE).contains(&note.start))
        .collect();
    let bowed = shaded(&bowed, |beat| 0.45 + 0.6 * rise(beat));
    let section = band.play(
        &bowed,
        &Section {
            attack: 0.5,
            ..Section::LEGATO
        },
        Pan::Twice(0.65),
        Feel {
            held: 1.08,
            ..Feel::HUMAN
        },
    );
    desk.bring(&section, Strip::at(-24.0).room(-7.0).low_cut(140.0));
    let first = melody(
        "A5/6 | B5/4 D6/2 | C6/6 | G5/3 E6/3 | A5/4 C6/2 | D6/4 B5/2 | G5/6 | E5/3 G5/3 | \
         A5/4 C6/2 | B5/4 D6/2 | E6/6 | G6/3 E6/3 | F6/6 | E6/3 C6/3 | D6/6 | D6/3 C6/3",
        LIFT,
        0.85,
    )?;
    let violins = band.play(
        &first,
        &Section::LEGATO,
        Pan::Twice(0.5),
        Feel {
            held: 1.06,
            ..Feel::HUMAN
        },
    );
    desk.bring(&violins, Strip::at(-23.5).room(-6.0).low_cut(300.0));
    let drone: Vec<Note> = held(chords, 3, 57, 72, 0.5)
        .into_iter()
        .filter(|note| note.start >= DRUMS)
        .collect();
    let mut pad = band.play(
        &drone,
        &Poly::PAD,
        Pan::Twice(0.8),
        Feel {
            held: 1.05,
            ..Feel::EXACT
        },
    );
    chorus(&mut pad, 0.6, RATE);
    desk.bring(&pad, Strip::at(-29.0).room(-8.0).low_cut(200.0));
    Ok(())
}

fn horn(band: &mut Band, desk: &mut Desk) -> Result<()> {
    let mut call = melody(
        "A4/3 C5/3 | E5/4 D5/1 C5/1 | C5/3 A4/3 | G4/5 r/1 | F4/3 A4/3 | E5/4 G5/2 | E5/3 C5/3 | D5/5 r/1",
        HORN,
        0.7,
    )?;
    call.extend(melody("E5/3 D5/1 C5/2 | A4/5 r/1 | G4/3 C5/1 D5/2 | D5/3 B4/3 | E5/3 G5/1 E5/2 | C5/3 A4/3 | F5/3 E5/1 D5/2 | C5/3 D5/3", DRUMS, 0.78)?);
    call.extend(melody("C5/6 | D5/6 | E5/6 | G5/4 E5/2 | A5/6 | G5/4 D5/2 | E5/12 | C5/6 | D5/6 | E5/4 A5/2 | G5/6 | F5/6 | A5/6 | G5/12", LIFT, 0.85)?);
    let steps = band.steps(&call, Feel::HUMAN);
    let (length, rate) = (band.length, band.rate);
    let line = Pipe::HORN.play(&steps, length, rate, band.rng());
    let channel = band.placed(&line, 0.2);
    desk.bring(&channel, Strip::at(-22.0).room(-6.0).low_cut(110.0));
    let glints = melody("r/3 E6/1 D6/1 C6/1 | r/3 B5/1 D6/1 G6/1", LIFT, 0.5)?;
    let glock = band.play(
        &repeated(&glints, 8, 12.0),
        &Mallet::GLOCK,
        Pan::At(-0.45),
        Feel::HUMAN,
    );
    desk.bring(
        &glock,
        Strip::at(-33.0).room(-5.0).echo(-10.0).low_cut(500.0),
    );
    Ok(())
}

fn ground(band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
    let roots: Vec<Note> = chords
        .iter()
        .filter(|chord| (HORN..ALONE).contains(&chord.start))
        .flat_map(|chord| {
            let pitch = chord.bass_from(31);
            [(0.0, 2.8, 0.8), (3.0, 1.9, 0.62), (5.0, 0.9, 0.5)].map(|(at, beats, velocity)| Note {
                start: chord.start + at,
                beats,
                pitch,
                velocity,
            })
        })
        .collect();
    let bass = band.play(&roots, &Pluck::BASS, Pan::At(0.0), Feel::HUMAN);
    desk.bring(&bass, Strip::at(-22.0).low_cut(34.0));
    let deep: Vec<Note> = chords
        .iter()
        .filter(|chord| (LIFT..ALONE).contains(&chord.start))
        .map(|chord| Note {
            start: chord.start,
            beats: 5.6,
            pitch: chord.bass_from(28),
            velocity: 0.8,
        })
        .collect();
    let sub = band.play(&deep, &Sub { drive: 0.3 }, Pan::At(0.0), Feel::EXACT);
    desk.bring(&sub, Strip::at(-25.0).low_cut(28.0));

    let mut kick = repeated(&rhythm("X.....o.....", DRUMS, 0.5), 8, 6.0);
    let mut snare = repeated(&rhythm("......x.....", DRUMS, 0.5), 7, 6.0);
    snare.extend(
        rhythm("......x.xxxXXX", DRUMS + 42.0, 0.5)
            .into_iter()
            .filter(|hit| hit.start < LIFT),
    );
    kick.extend(repeated(
        &rhythm("X...x.....x.|X...x...x.x.", LIFT, 0.5),
        8,
        12.0,
    ));
    snare.extend(repeated(
        &rhythm("......X....o|......X..o.x", LIFT, 0.5),
        8,
        12.0,
    ));
    let ride = repeated(&rhythm("x.x.o.x.x.o.", LIFT, 0.5), 16, 6.0);
    let hat = repeated(&rhythm("x.o.o.x.o.o.", DRUMS, 0.5), 8, 6.0);
    let crash: Vec<Note> = [LIFT, LIFT + 48.0, ALONE]
        .into_iter()
        .flat_map(|at| rhythm("X", at, 1.0))
        .collect();
    let toms = repeated(&rhythm("x.....x..x..", HORN + 24.0, 0.5), 4, 6.0);
    for (notes, drum, pan, strip) in [
        (
            &kick,
            Drum::Kick {
                hz: 52.0,
                decay: 0.13,
                drive: 1.3,
            },
            0.0,
            Strip::at(-21.0).room(-20.0),
        ),
        (
            &snare,
            Drum::Snare {
                hz: 168.0,
                rattle: 0.13,
            },
            0.03,
            Strip::at(-22.0).room(-6.0).low_cut(100.0),
        ),
        (
            &ride,
            Drum::Ride,
            0.35,
            Strip::at(-33.0).room(-12.0).low_cut(1500.0),
        ),
        (
            &hat,
            Drum::Hat,
            0.3,
            Strip::at(-38.0).room(-14.0).low_cut(3000.0),
        ),
        (
            &crash,
            Drum::Crash,
            -0.3,
            Strip::at(-29.0).room(-9.0).low_cut(500.0),
        ),
        (&toms, Drum::Frame, -0.2, Strip::at(-25.0).room(-7.0)),
    ] {
        let channel = band.play(notes, &drum, Pan::At(pan), Feel::HUMAN);
        desk.bring(&channel, strip);
    }
}
