//! The band behind the singer of "Coastline": guitars, bells, keys, strings and bass.

use super::{BRIDGE, CHORUSES, ENDING, RATE, VERSES, between};
use crate::dsp::bowed::Section;
use crate::dsp::dynamics::Compressor;
use crate::dsp::echo::{chorus, tremolo};
use crate::dsp::keys::ElectricPiano;
use crate::dsp::mallet::Mallet;
use crate::dsp::pluck::Pluck;
use crate::dsp::synth::Poly;
use crate::error::Result;
use crate::mix::{Desk, Strip};
use crate::score::band::{Band, Feel, Pan};
use crate::score::chord::{Chord, broken, held};
use crate::score::notation::{Note, melody, rhythm, shaded};

pub(super) fn guitars(band: &mut Band, desk: &mut Desk, chords: &[Chord]) -> Result<()> {
    let picked = broken(
        &between(chords, 0.0, 208.0),
        "13243 254",
        0.5,
        (57, 76),
        5,
        0.62,
    );
    let picked = shaded(&picked, |beat| match beat {
        beat if beat >= ENDING + 8.0 => 0.55,
        beat if (BRIDGE..CHORUSES[2]).contains(&beat) => 0.55,
        beat if CHORUSES
            .iter()
            .any(|start| (*start..start + 32.0).contains(&beat)) =>
        {
            1.0
        }
        _ => 0.82,
    });
    let mut clean = band.play(&picked, &Pluck::ELECTRIC, Pan::At(-0.38), Feel::HUMAN);
    chorus(&mut clean, 0.55, RATE);
    desk.bring(
        &clean,
        Strip::at(-25.0).room(-11.0).echo(-9.0).low_cut(170.0),
    );

    // Strummed steel under the choruses: down on the beat, lighter up-strokes between.
    let mut strums = Vec::new();
    for start in CHORUSES {
        for chord in between(chords, start, start + 32.0) {
            let pattern = rhythm("X.x.o.xoX.x.o.xo", chord.start, 0.25);
            let tones = chord.voicing(&[52, 57, 62, 66, 69], 5, 50, 74);
            for hit in pattern
                .iter()
                .filter(|hit| hit.start < chord.start + chord.beats)
            {
                let up = (hit.start * 4.0) as i64 % 4 == 2 || hit.velocity < 0.5;
                for (n, pitch) in tones.iter().enumerate() {
                    let order = if up { tones.len() - n } else { n };
                    strums.push(Note {
                        start: hit.start + order as f64 * 0.018,
                        beats: 0.45,
                        pitch: f32::from(*pitch),
                        velocity: hit.velocity * 0.66,
                    });
                }
            }
        }
    }
    let steel = band.play(&strums, &Pluck::STEEL, Pan::Twice(0.85), Feel::HUMAN);
    desk.bring(&steel, Strip::at(-27.5).room(-14.0).low_cut(240.0));

    let mut hook = Vec::new();
    for start in [0.0, ENDING] {
        hook.extend(melody(
            "r/2 F#5/.5 A5/1.5 | r/2 E5/.5 A5/1.5 | r/2 D5/.5 F#5/1 E5/.5 | D5/4",
            start,
            0.6,
        )?);
    }
    for start in &CHORUSES[1..] {
        hook.extend(melody(
            "r/2.5 D6/.5 B5/1 | r/2.5 A5/.5 F#5/1 | r/4 | r/2 F#5/.5 A5/.5 B5/1",
            *start,
            0.55,
        )?);
        hook.extend(melody(
            "r/2.5 D6/.5 B5/1 | r/2.5 F#6/.5 D6/1 | r/4 | E5/.5 A5/.5 C#6/3",
            start + 16.0,
            0.6,
        )?);
    }
    let bells = band.play(&hook, &Mallet::GLOCK, Pan::At(0.42), Feel::HUMAN);
    desk.bring(
        &bells,
        Strip::at(-30.0).room(-6.0).echo(-7.0).low_cut(400.0),
    );
    Ok(())
}

pub(super) fn keys_and_strings(band: &mut Band, desk: &mut Desk, chords: &[Chord]) -> Result<()> {
    let mut comping = Vec::new();
    for start in VERSES {
        for note in held(&between(chords, start, start + 32.0), 4, 54, 72, 0.5) {
            comping.push(Note { beats: 1.4, ..note });
            comping.push(Note {
                start: note.start + 2.5,
                beats: 1.2,
                velocity: 0.40,
                ..note
            });
        }
    }
    comping.extend(held(&between(chords, BRIDGE, CHORUSES[2]), 4, 54, 72, 0.5));
    let mut piano = band.play(
        &comping,
        &ElectricPiano { bark: 0.5 },
        Pan::At(0.15),
        Feel::LAZY,
    );
    chorus(&mut piano, 0.4, RATE);
    tremolo(&mut piano, 4.8, 0.35, RATE);
    desk.bring(&piano, Strip::at(-25.0).room(-13.0).low_cut(150.0));

    let wash = held(chords, 4, 57, 77, 0.5);
    let wash = shaded(&wash, |beat| {
        if CHORUSES.iter().any(|s| (*s..s + 32.0).contains(&beat)) {
            1.0
        } else {
            0.6
        }
    });
    let mut pad = band.play(
        &wash,
        &Poly::PAD,
        Pan::Twice(0.7),
        Feel {
            held: 1.05,
            ..Feel::EXACT
        },
    );
    chorus(&mut pad, 0.6, RATE);
    desk.bring(&pad, Strip::at(-29.0).room(-9.0).low_cut(220.0));

    let mut high = melody("r/2 F#4/2 | A4/4 | B4/4 | A4/2 C#5/2", BRIDGE, 0.55)?;
    high.extend(melody(
        "D5/4 F#5/4 E5/4 D5/2 C#5/2 | B4/4 D5/4 E5/2 F#5/2 G5/2 E5/2 | F#5/8",
        CHORUSES[2],
        0.8,
    )?);
    high.extend(melody(
        "B4/4 A4/4 C#5/4 B4/4 | D5/4 A4/4 A4/4 C#5/4 | D5/8",
        CHORUSES[2],
        0.66,
    )?);
    let strings = band.play(
        &high,
        &Section::LEGATO,
        Pan::Twice(0.6),
        Feel {
            held: 1.08,
            ..Feel::HUMAN
        },
    );
    desk.bring(&strings, Strip::at(-25.0).room(-7.0).low_cut(200.0));
    Ok(())
}

pub(super) fn bass(band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
    let mut line = Vec::new();
    for (index, chord) in chords.iter().enumerate() {
        if chord.start < VERSES[0] {
            continue;
        }
        let root = chord.bass_from(33);
        let next = chords
            .get(index + 1)
            .map_or(root, |next| next.bass_from(33));
        let driving = CHORUSES
            .iter()
            .any(|start| (*start..start + 32.0).contains(&chord.start));
        let note = |start: f64, beats: f64, pitch: f32, velocity: f32| Note {
            start: chord.start + start,
            beats,
            pitch,
            velocity,
        };
        if chord.start >= ENDING {
            line.push(note(0.0, chord.beats, root, 0.7));
        } else if driving {
            for n in 0..(chord.beats * 2.0) as u8 {
                let at = f64::from(n) * 0.5;
                let last = at + 0.5 >= chord.beats;
                let approach = if next > root { next - 2.0 } else { next + 2.0 };
                let pitch = if last && (next - root).abs() > 2.0 {
                    approach
                } else {
                    root
                };
                line.push(note(at, 0.42, pitch, if n % 2 == 0 { 0.86 } else { 0.68 }));
            }
        } else if chord.beats < 4.0 {
            line.push(note(0.0, chord.beats, root, 0.75));
        } else {
            line.extend([
                note(0.0, 1.4, root, 0.84),
                note(1.5, 0.5, root, 0.6),
                note(2.0, 1.4, root, 0.75),
                note(3.5, 0.45, root + 7.0, 0.55),
            ]);
        }
    }
    let mut channel = band.play(
        &line,
        &Pluck::BASS,
        Pan::At(0.0),
        Feel {
            late: 0.004,
            ..Feel::HUMAN
        },
    );
    Compressor::FIRM.run(&mut channel, RATE);
    desk.bring(&channel, Strip::at(-20.5).low_cut(35.0));
}
