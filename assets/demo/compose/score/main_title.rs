//! "Low Season (Main Title)": half a minute that says which show this is. D, 100, hit on the first frame.

use super::band::{Band, Feel, Pan};
use super::chord::{Chord, broken, held, progression};
use super::clock::Clock;
use super::notation::{Note, melody, repeated, rhythm, shaded};
use super::song::Recording;
use crate::dsp::bowed::Section;
use crate::dsp::drums::Drum;
use crate::dsp::echo::Echo;
use crate::dsp::line::Pipe;
use crate::dsp::mallet::Mallet;
use crate::dsp::pluck::Pluck;
use crate::dsp::reverb::Room;
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 48_000.0;

/// Plays the piece.
pub(crate) fn play() -> Result<Recording> {
    let mut band = Band::new(
        Clock::steady(104.0).slowing(40.0, 46.0, 78.0),
        33.5,
        RATE,
        100,
    );
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room::HALL,
        Echo {
            secs: 0.433,
            feedback: 0.3,
            tone: 3500.0,
        },
    );
    let chords = progression(
        "Dm9 Bbmaj7 Fadd9 C/E Dm9 Bbmaj7 Gm9 A7sus4 Bbmaj7 C Dadd9:8",
        0.0,
        4.0,
    )?;

    strings(&mut band, &mut desk, &chords);
    tune(&mut band, &mut desk)?;
    weight(&mut band, &mut desk, &chords);
    let mut mix = desk.sum();
    let end = band.length as f32 / RATE;
    mix.shape(RATE, |t| ((end - t) / 2.0).clamp(0.0, 1.0));
    Master {
        drive: 1.1,
        ..Master::clean(-13.5)
    }
    .finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}

/// Short strokes that grow, a long last chord, and a harp.
fn strings(band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
    let strokes: Vec<Note> = held(chords, 4, 57, 77, 0.9)
        .into_iter()
        .filter(|note| note.start < 40.0)
        .flat_map(|note| {
            rhythm("Xoxoxoxo", note.start, 0.5)
                .into_iter()
                .map(move |hit| Note {
                    pitch: note.pitch,
                    beats: 0.36,
                    velocity: hit.velocity * 0.8,
                    ..hit
                })
        })
        .collect();
    let growing = shaded(&strokes, |beat| 0.5 + 0.5 * (beat as f32 / 40.0));
    let short = band.play(
        &growing,
        &Section {
            players: 3,
            ..Section::MARCATO
        },
        Pan::Twice(0.6),
        Feel::HUMAN,
    );
    desk.bring(&short, Strip::at(-23.0).room(-9.0).low_cut(180.0));
    let last: Vec<Note> = held(&chords[10..], 5, 57, 81, 0.9);
    let long = band.play(
        &last,
        &Section {
            attack: 0.12,
            release: 0.6,
            ..Section::LEGATO
        },
        Pan::Twice(0.6),
        Feel::HUMAN,
    );
    desk.bring(&long, Strip::at(-22.0).room(-6.0).low_cut(150.0));

    let harp = broken(&chords[..10], "1234 5432", 0.5, (62, 86), 5, 0.6);
    let plucked = band.play(&harp, &Pluck::HARP, Pan::At(-0.35), Feel::HUMAN);
    desk.bring(
        &plucked,
        Strip::at(-25.0).room(-8.0).echo(-14.0).low_cut(200.0),
    );
}

/// Five notes that come back through the season: down a step, up a sixth, and home.
fn tune(band: &mut Band, desk: &mut Desk) -> Result<()> {
    let call = melody(
        "r/8 A4/1.5 G4/.5 E5/2 | D5/1 C5/1 G4/2 | A4/1.5 G4/.5 F5/2 | E5/1 D5/1 F5/2 | D5/1 F5/1 A5/2 | G5/2 A5/1 D5/1 | D5/1.5 C5/.5 A5/2 | G5/2 E5/2 | F#5/6",
        0.0,
        0.85,
    )?;
    let (length, rate) = (band.length, band.rate);
    let steps = band.steps(&call, Feel::HUMAN);
    let line = Pipe::HORN.play(&steps, length, rate, band.rng());
    let horn = band.placed(&line, 0.25);
    desk.bring(&horn, Strip::at(-20.0).room(-5.0).low_cut(120.0));
    let high: Vec<Note> = call
        .iter()
        .filter(|note| note.start >= 24.0)
        .map(|note| Note {
            pitch: note.pitch + 12.0,
            velocity: 0.6,
            ..*note
        })
        .collect();
    let violins = band.play(
        &high,
        &Section::LEGATO,
        Pan::Twice(0.5),
        Feel {
            held: 1.05,
            ..Feel::HUMAN
        },
    );
    desk.bring(&violins, Strip::at(-26.0).room(-5.0).low_cut(300.0));
    Ok(())
}

/// Basses, drums, cymbals and a bell.
fn weight(band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
    let roots: Vec<Note> = chords
        .iter()
        .map(|chord| Note {
            start: chord.start,
            beats: chord.beats,
            pitch: chord.bass_from(34),
            velocity: 0.85,
        })
        .collect();
    let low = band.play(
        &roots,
        &Section {
            attack: 0.1,
            players: 3,
            ..Section::LEGATO
        },
        Pan::At(0.1),
        Feel::HUMAN,
    );
    desk.bring(&low, Strip::at(-22.0).room(-12.0).low_cut(40.0));
    let mut hits = rhythm("X", 0.0, 1.0);
    hits.extend(repeated(&rhythm("X.....x.x.......", 16.0, 0.25), 5, 4.0));
    hits.extend(rhythm("x.x.x.xxxxxxXXXX", 36.0, 0.25));
    hits.extend(rhythm("X", 40.0, 1.0));
    let drums = band.play(&hits, &Drum::Frame, Pan::Twice(0.4), Feel::HUMAN);
    desk.bring(&drums, Strip::at(-20.5).room(-7.0));
    let cymbals = [0.0, 16.0, 40.0]
        .into_iter()
        .flat_map(|at| rhythm("x", at, 1.0))
        .collect::<Vec<_>>();
    let crash = band.play(&cymbals, &Drum::Crash, Pan::At(0.3), Feel::EXACT);
    desk.bring(&crash, Strip::at(-31.0).room(-9.0).low_cut(600.0));
    let tolls = [0.0, 40.0].map(|start| Note {
        start,
        beats: 8.0,
        pitch: 62.0,
        velocity: 0.7,
    });
    let bell = band.play(&tolls, &Mallet::BELL, Pan::At(-0.2), Feel::EXACT);
    desk.bring(&bell, Strip::at(-27.0).room(-6.0));
}
