//! "Halogen": night driving in F sharp minor at 118, machines only. Starts on a downbeat, ends on one.
//!
//! Groove 8 bars, theme 8, floating 8, full 16, button.

use super::band::{Band, Feel, Pan};
use super::chord::{Chord, broken, held, progression};
use super::clock::Clock;
use super::notation::{Note, melody, repeated, rhythm, shaded, transposed};
use super::song::Recording;
use crate::dsp::drums::Drum;
use crate::dsp::dynamics::duck;
use crate::dsp::echo::{Echo, chorus};
use crate::dsp::line::Lead;
use crate::dsp::reverb::Room;
use crate::dsp::synth::Poly;
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};

const RATE: f32 = 48_000.0;
const BPM: f64 = 118.0;
const THEME: f64 = 32.0;
const FLOAT: f64 = 64.0;
const FULL: f64 = 96.0;
const BUTTON: f64 = 160.0;

/// Plays the piece.
pub(crate) fn play() -> Result<Recording> {
    let mut band = Band::new(Clock::steady(BPM), 84.0, RATE, 404);
    let echo = Echo {
        secs: (60.0 / BPM * 0.75) as f32,
        feedback: 0.42,
        tone: 3200.0,
    };
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 1.4,
            ..Room::PLATE
        },
        echo,
    );
    let chords = progression(
        "F#m F#m D D A A E E | F#m D A E F#m D A E | Dmaj7 E F#m7 A/C# Dmaj7 E F#m7 C#7sus4:2 C#7:2 | \
         D E F#m A/C# D E F#m A D E F#m A/C# D E Dmaj7 C#7 | F#5:2",
        0.0,
        4.0,
    )?;
    let kick = drums(&mut band, &mut desk);
    synths(&mut band, &mut desk, &chords, &kick);
    lead(&mut band, &mut desk)?;
    let mut mix = desk.sum();
    // The button: everything stops, the room is cut off a breath later.
    let stop = band.at(BUTTON + 1.0);
    mix.shape(RATE, |t| {
        1.0 - crate::dsp::envelope::smooth_step(stop, stop + 0.9, t)
    });
    Master {
        ceiling: -4.4,
        ..Master::hot(-9.8)
    }
    .finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}

/// Plays the drums and returns when the bass drum strikes, in seconds.
fn drums(band: &mut Band, desk: &mut Desk) -> Vec<f32> {
    let mut kick = repeated(&rhythm("X...X...X...X...", 0.0, 0.25), 16, 4.0);
    kick.extend(repeated(&rhythm("x...............", FLOAT, 0.25), 6, 4.0));
    kick.extend(repeated(
        &rhythm("X...X...X...X...|X...X...X...X.x.", FULL, 0.25),
        8,
        8.0,
    ));
    kick.extend(rhythm("X", BUTTON, 1.0));
    let mut snare = repeated(&rhythm("....X.......X...", 16.0, 0.25), 12, 4.0);
    snare.extend(repeated(
        &rhythm("....X.......X...|....X.......X..x", FULL, 0.25),
        8,
        8.0,
    ));
    snare.extend(rhythm("x.x.x.xxxxXXXXXX", FLOAT + 28.0, 0.25));
    snare.extend(rhythm("X", BUTTON, 1.0));
    let mut hat = repeated(&rhythm("..x...x...x...x.", 0.0, 0.25), 8, 4.0);
    hat.extend(repeated(&rhythm("oxXooxXooxXooxXo", THEME, 0.25), 8, 4.0));
    hat.extend(repeated(&rhythm("oxXooxXooxXooxXo", FULL, 0.25), 16, 4.0));
    let toms = rhythm("x.xX", FULL + 31.0, 0.25)
        .into_iter()
        .chain(rhythm("xxXxXX", THEME - 1.5, 0.25))
        .collect::<Vec<_>>();
    let crash = [0.0, THEME, FULL, FULL + 32.0, BUTTON]
        .into_iter()
        .flat_map(|at| rhythm("X", at, 1.0))
        .collect::<Vec<_>>();
    let clap = repeated(&rhythm("....x.......x...", FULL, 0.25), 16, 4.0);
    let mut put = |notes: &[Note], drum: Drum, pan: f32, strip: Strip| {
        let channel = band.play(notes, &drum, Pan::At(pan), Feel::EXACT);
        desk.bring(&channel, strip);
    };
    put(
        &kick,
        Drum::Kick {
            hz: 49.0,
            decay: 0.13,
            drive: 2.2,
        },
        0.0,
        Strip::at(-18.5),
    );
    put(
        &snare,
        Drum::Snare {
            hz: 172.0,
            rattle: 0.16,
        },
        0.0,
        Strip::at(-20.5).room(-5.0).low_cut(120.0),
    );
    put(
        &clap,
        Drum::Clap,
        0.1,
        Strip::at(-27.0).room(-10.0).low_cut(400.0),
    );
    put(&hat, Drum::Hat, -0.2, Strip::at(-32.0).low_cut(4000.0));
    put(&toms, Drum::Tom(96.0), 0.25, Strip::at(-21.0).room(-6.0));
    put(
        &crash,
        Drum::Crash,
        0.35,
        Strip::at(-30.0).room(-12.0).low_cut(700.0),
    );
    kick.iter().map(|hit| band.at(hit.start)).collect()
}

fn synths(band: &mut Band, desk: &mut Desk, chords: &[Chord], kick: &[f32]) {
    let mut line = Vec::new();
    for chord in chords {
        let root = chord.bass_from(30);
        let floating = (FLOAT..FULL).contains(&chord.start);
        if floating {
            line.push(Note {
                start: chord.start,
                beats: chord.beats,
                pitch: root,
                velocity: 0.6,
            });
            continue;
        }
        for n in 0..(chord.beats * 4.0) as u8 {
            let octave = if n % 4 == 2 { 12.0 } else { 0.0 };
            if n % 4 != 0 || chord.beats < 4.0 {
                line.push(Note {
                    start: chord.start + f64::from(n) * 0.25,
                    beats: 0.22,
                    pitch: root + octave,
                    velocity: if n % 4 == 2 { 0.95 } else { 0.72 },
                });
            }
        }
    }
    line.retain(|note| note.start < BUTTON + 0.1);
    line.push(Note {
        start: BUTTON,
        beats: 0.5,
        pitch: 30.0,
        velocity: 1.0,
    });
    let mut bass = band.play(&line, &Poly::BASS, Pan::At(0.0), Feel::EXACT);
    duck(&mut bass, kick, 0.6, 0.2, RATE);
    desk.bring(&bass, Strip::at(-20.5).low_cut(32.0));

    let open = |beat: f64| 0.35 + 0.65 * (((beat % 64.0) / 64.0) as f32);
    let sequence = shaded(
        &broken(chords, "14253 4235 243", 0.25, (61, 82), 5, 0.9),
        open,
    );
    let sequence: Vec<Note> = sequence
        .into_iter()
        .filter(|note| note.start >= 16.0 && note.start < BUTTON)
        .map(|note| Note { beats: 0.2, ..note })
        .collect();
    let mut steps = band.play(&sequence, &Poly::SEQUENCE, Pan::Alternate(0.6), Feel::EXACT);
    duck(&mut steps, kick, 0.35, 0.2, RATE);
    desk.bring(
        &steps,
        Strip::at(-27.0).echo(-8.0).room(-16.0).low_cut(250.0),
    );

    let wash: Vec<Note> = held(chords, 4, 54, 74, 0.7)
        .into_iter()
        .filter(|note| note.start >= THEME && note.start < BUTTON)
        .collect();
    let mut pad = band.play(
        &wash,
        &Poly {
            amp: crate::dsp::envelope::Adsr {
                attack: 0.25,
                ..Poly::PAD.amp
            },
            cutoff: 700.0,
            ..Poly::PAD
        },
        Pan::Twice(0.8),
        Feel::EXACT,
    );
    chorus(&mut pad, 0.7, RATE);
    duck(&mut pad, kick, 0.5, 0.3, RATE);
    desk.bring(&pad, Strip::at(-25.0).room(-12.0).low_cut(200.0));

    let mut stabs = Vec::new();
    for note in held(chords, 4, 57, 76, 0.8)
        .into_iter()
        .filter(|note| note.start >= FULL)
    {
        if note.start >= BUTTON {
            stabs.push(Note {
                beats: 0.5,
                velocity: 1.0,
                ..note
            });
        } else {
            stabs.extend([0.0, 1.5, 2.75].map(|at| Note {
                start: note.start + at,
                beats: 0.35,
                ..note
            }));
        }
    }
    let stab = band.play(&stabs, &Poly::STAB, Pan::Twice(0.5), Feel::EXACT);
    desk.bring(&stab, Strip::at(-26.0).room(-10.0).low_cut(250.0));
}

fn lead(band: &mut Band, desk: &mut Desk) -> Result<()> {
    let theme = melody(
        "C#5/1.5 A4/.5 B4/1 C#5/1 | D5/2 A4/2 | C#5/1.5 E5/.5 C#5/1 B4/1 | B4/3 G#4/1 | \
         C#5/1.5 A4/.5 B4/1 C#5/1 | F#5/2 D5/2 | E5/1.5 C#5/.5 A4/2 | B4/2 E5/2",
        THEME,
        0.8,
    )?;
    let answer = melody(
        "F#5/1 A5/1 F#5/1 D5/1 | E5/1.5 G#5/.5 E5/1 B4/1 | C#5/2 F#5/2 | E5/3 C#5/1 | \
         D5/1 F#5/1 A5/2 | B5/1.5 A5/.5 G#5/2 | A5/1 G#5/1 F#5/2 | E5/4 | \
         F#5/1 A5/1 F#5/1 D5/1 | E5/1.5 G#5/.5 B5/2 | C#6/2 A5/2 | G#5/1 E5/2 C#5/1 | \
         D5/1 F#5/1 A5/2 | B5/1.5 A5/.5 G#5/1 B5/1 | C#6/1.5 A5/.5 F#5/2 | F5/2 G#5/2 | F#5/.75",
        FULL,
        0.9,
    )?;
    let floating = melody(
        "r/4 | r/2 B5/1 G#5/1 | A5/4 | r/2 E5/1 C#5/1 | F#5/4 | r/2 G#5/1 B5/1 | A5/3 G#5/1 | F#5/2 F5/2",
        FLOAT,
        0.5,
    )?;
    let notes: Vec<Note> = theme
        .into_iter()
        .chain(floating)
        .chain(answer.clone())
        .collect();
    let (length, rate) = (band.length, band.rate);
    let steps = band.steps(&notes, Feel::EXACT);
    let line = Lead::SOFT.play(&steps, length, rate, band.rng());
    let mut channel = band.placed(&line, 0.0);
    chorus(&mut channel, 0.3, RATE);
    desk.bring(
        &channel,
        Strip::at(-21.0).echo(-9.0).room(-12.0).low_cut(200.0),
    );
    // From the second half of the full section, the same tune an octave up, further back.
    let high: Vec<Note> = transposed(&answer, 12.0)
        .into_iter()
        .filter(|note| note.start >= FULL + 32.0)
        .collect();
    let steps = band.steps(&high, Feel::HUMAN);
    let line = Lead {
        cutoff: 3600.0,
        ..Lead::SOFT
    }
    .play(&steps, length, rate, band.rng());
    let channel = band.placed(&line, 0.3);
    desk.bring(
        &channel,
        Strip::at(-28.0).echo(-6.0).room(-8.0).low_cut(500.0),
    );
    Ok(())
}
