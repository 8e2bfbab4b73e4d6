//! "Γύρισες" ("You came back"): a Greek waltz in D minor at 126 to the minute, sung.
//!
//! Introduction 8 bars of three, verse 16, refrain 16, lute 8, refrain 16, ending 5.

use super::band::{Band, Feel, Pan};
use super::chord::{Chord, held, progression};
use super::clock::Clock;
use super::notation::{Note, melody, repeated, rhythm};
use super::song::{Part, Recording, SungLine};
use crate::dsp::drums::Drum;
use crate::dsp::dynamics::Compressor;
use crate::dsp::echo::Echo;
use crate::dsp::line::{Manner, Pipe};
use crate::dsp::pluck::Pluck;
use crate::dsp::reverb::Room;
use crate::dsp::synth::Reed;
use crate::dsp::vocoder::Singer;
use crate::error::Result;
use crate::mix::{Desk, Master, Strip};
use crate::speech::{Speaker, Voices};

const RATE: f32 = 48_000.0;
const VERSE: f64 = 24.0;
const REFRAINS: [f64; 2] = [72.0, 144.0];
const LUTE: f64 = 120.0;
const ENDING: f64 = 192.0;

/// The words. In English: "I lit the light on the sand, and the sea fell silent; I kept your key,
/// and the winter passed. You came back, you came back, with the first wave; you came back, you
/// came back, and all of it was here."
const LINES: [SungLine; 12] = [
    SungLine {
        beat: 24.0,
        text: "Άναψα το φως στην άμμο",
        sung: "[[a]] να ψα το φως στην άμ μο",
        notes: "D4/1.5 E4/.5 F4/1 | G4/1 A4/2 | Bb4/1 G4/2 | A4/2.5",
    },
    SungLine {
        beat: 36.0,
        text: "κι η θάλασσα σώπασε",
        sung: "κι θά λα σα σώ πα σε",
        notes: "G4/1 Bb4/1.5 A4/.5 | A4/1 F4/2 | E4/3 | D4/2.5",
    },
    SungLine {
        beat: 48.0,
        text: "Κράτησα το κλειδί σου",
        sung: "κρά τη σα το κλι δί σου",
        notes: "D4/1.5 E4/.5 F4/1 | A4/1 C5/2 | D5/3 | Bb4/2.5",
    },
    SungLine {
        beat: 60.0,
        text: "κι ο χειμώνας πέρασε",
        sung: "κιο χι μώ νας πέ ρα σε",
        notes: "A4/1 Bb4/1 C#5/1 | D5/1 A4/2 | E4/3 | D4/2.5",
    },
    SungLine {
        beat: 72.0,
        text: "Γύρισες, γύρισες",
        sung: "γύ ρι σες γύ ρι σες",
        notes: HOOK,
    },
    SungLine {
        beat: 84.0,
        text: "με το πρώτο κύμα",
        sung: "με το πρώ το κύ μα",
        notes: WAVE,
    },
    SungLine {
        beat: 96.0,
        text: "Γύρισες, γύρισες",
        sung: "γύ ρι σες γύ ρι σες",
        notes: HOOK,
    },
    SungLine {
        beat: 108.0,
        text: "κι ήταν όλα εδώ",
        sung: "κι ταν [[o]] λα [[e]] δώ",
        notes: HERE,
    },
    SungLine {
        beat: 144.0,
        text: "Γύρισες, γύρισες",
        sung: "γύ ρι σες γύ ρι σες",
        notes: HOOK,
    },
    SungLine {
        beat: 156.0,
        text: "με το πρώτο κύμα",
        sung: "με το πρώ το κύ μα",
        notes: WAVE,
    },
    SungLine {
        beat: 168.0,
        text: "Γύρισες, γύρισες",
        sung: "γύ ρι σες γύ ρι σες",
        notes: HOOK,
    },
    SungLine {
        beat: 180.0,
        text: "κι ήταν όλα εδώ",
        sung: "κι ταν [[o]] λα [[e]] δώ",
        notes: HERE_LAST,
    },
];
const HOOK: &str = "D5/2 C5/1 | A4/2.75 r/.25 | Bb4/2 A4/1 | F4/2.5";
const WAVE: &str = "G4/1 A4/1 Bb4/1 | G4/1 C5/2 | A4/4";
const HERE: &str = "G4/1 A4/1 Bb4/1 | A4/2 E4/1 | D4/4.5";
const HERE_LAST: &str = "G4/1 A4/1 Bb4/1 | A4/2 C#5/1 | D5/7";

const SPEAKER: Speaker = Speaker {
    voice: "el+f3",
    pitch: 26,
    speed: 120,
};
const SINGER: Singer = Singer {
    formants: 1.0,
    breath: 0.2,
    manner: Manner {
        glide: 0.09,
        attack: 0.03,
        release: 0.12,
        tonguing: 0.06,
        vibrato: 34.0,
        vibrato_hz: 5.8,
    },
};

/// Plays the song.
pub(crate) fn play(voices: &Voices) -> Result<Recording> {
    let clock = Clock::steady(126.0).after(0.6).slowing(186.0, 195.0, 92.0);
    let mut band = Band::new(clock, 101.0, RATE, 1821);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 1.3,
            ..Room::PLATE
        },
        Echo {
            secs: 0.357,
            feedback: 0.2,
            tone: 3000.0,
        },
    );
    let chords = harmony()?;
    lute(&mut band, &mut desk)?;
    accompaniment(&mut band, &mut desk, &chords)?;
    percussion(&mut band, &mut desk);
    let part = Part::prepare(&LINES, &mut band, voices, &SPEAKER, Feel::HUMAN, 0.85)?;
    let lead = part.sing(&SINGER, &mut band, |_| 0.0);
    let mut channel = band.placed(&lead, 0.05);
    Compressor::FIRM.run(&mut channel, RATE);
    desk.bring(&channel, Strip::at(-18.5).room(-11.0).low_cut(140.0));
    let choir = part.sing(
        &Singer {
            formants: 0.93,
            breath: 0.35,
            ..SINGER
        },
        &mut band,
        third_below,
    );
    let mut choir = band.placed(&choir, -0.5);
    let from = band.at(REFRAINS[1] - 0.3);
    choir.shape(RATE, |t| if t > from { 1.0 } else { 0.0 });
    desk.bring(&choir, Strip::at(-25.5).room(-8.0).low_cut(160.0));
    let mut mix = desk.sum();
    Master::clean(-16.0).finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: part.words(),
    })
}

fn harmony() -> Result<Vec<Chord>> {
    let refrain = "Bb F Gm Dm | Gm C F A7 | Bb F Gm Dm | Gm A7 Dm Dm";
    let text = format!(
        "Dm Dm Gm A7 Dm Bb A7 Dm | Dm Dm Gm A7 Gm Dm A7 Dm | Dm F Gm Gm A7 Dm A7 Dm | {refrain} | Dm Dm Gm A7 Dm Bb A7 Dm | {refrain} | Dm:15"
    );
    progression(&text, 0.0, 3.0)
}

fn lute(band: &mut Band, desk: &mut Desk) -> Result<()> {
    let theme = "A4/1.5 Bb4/.5 A4/.5 G4/.5 | F4/1 A4/2 | Bb4/1.5 C5/.5 Bb4/.5 A4/.5 | G4/1 C#5/2 | D5/1.5 C#5/.5 D5/.5 E5/.5 | F5/1 D5/2 | E5/.5 D5/.5 C#5/.5 Bb4/.5 A4/.5 G4/.5 | F4/.5 E4/.5 D4/2";
    let mut tune = melody(theme, 0.0, 0.78)?;
    tune.extend(melody(theme, LUTE, 0.9)?);
    tune.extend(melody(theme, LUTE, 0.55)?.into_iter().map(|note| Note {
        pitch: note.pitch + third_below(note.pitch),
        ..note
    }));
    // Answers between the sung lines.
    for (beat, answer) in [
        (33.0, "r/2 A4/.5 G4/.5"),
        (45.0, "r/.5 F4/.5 E4/.5 D4/.5 C#4/.5 D4/.5"),
        (57.0, "r/1 D5/.5 C5/.5 Bb4/.5 A4/.5"),
        (69.0, "r/.5 A4/.5 Bb4/.5 C#5/.5 D5/.5 E5/.5"),
        (93.0, "C#5/.5 D5/.5 E5/.5 G5/.5 F5/.5 E5/.5"),
        (165.0, "C#5/.5 D5/.5 E5/.5 G5/.5 F5/.5 E5/.5"),
        (117.0, "r/1 A4/.5 D5/.5 F5/.5 A5/.5"),
        (198.0, "D5/.5 A4/.5 F4/.5 D4/.5 A3/1 | D3/1 A3/1 D4/5"),
    ] {
        tune.extend(melody(answer, beat, 0.66)?);
    }
    // Long notes are kept alive by going back and forth with the plectrum.
    let trilled: Vec<Note> = tune
        .iter()
        .flat_map(|note| {
            let strokes = if note.beats >= 1.5 && note.start < ENDING {
                (note.beats / 0.25) as usize
            } else {
                1
            };
            (0..strokes).map(move |n| Note {
                start: note.start + n as f64 * 0.25,
                beats: if strokes > 1 { 0.25 } else { note.beats },
                velocity: note.velocity
                    * if n == 0 {
                        1.0
                    } else {
                        0.52 + 0.06 * (n % 2) as f32
                    },
                ..*note
            })
        })
        .collect();
    let doubled: Vec<Note> = trilled
        .iter()
        .map(|note| Note {
            pitch: note.pitch + 0.06,
            velocity: note.velocity * 0.8,
            ..*note
        })
        .collect();
    let mut channel = band.play(&trilled, &Pluck::LUTE, Pan::At(-0.28), Feel::HUMAN);
    band.play_into(
        &mut channel,
        &doubled,
        &Pluck::LUTE,
        Pan::At(-0.2),
        Feel::HUMAN,
    );
    desk.bring(
        &channel,
        Strip::at(-21.0).room(-12.0).echo(-22.0).low_cut(170.0),
    );
    Ok(())
}

fn accompaniment(band: &mut Band, desk: &mut Desk, chords: &[Chord]) -> Result<()> {
    let mut strums = Vec::new();
    for note in held(chords, 3, 55, 70, 0.55) {
        if (VERSE..ENDING).contains(&note.start) {
            strums.push(Note {
                start: note.start + 1.0,
                beats: 0.5,
                ..note
            });
            strums.push(Note {
                start: note.start + 2.0,
                beats: 0.5,
                velocity: 0.46,
                ..note
            });
        }
    }
    let guitar = band.play(
        &strums,
        &Pluck::NYLON,
        Pan::At(0.34),
        Feel {
            rolled: 0.014,
            ..Feel::HUMAN
        },
    );
    desk.bring(&guitar, Strip::at(-25.0).room(-14.0).low_cut(130.0));

    let bellows: Vec<Note> = held(chords, 3, 58, 74, 0.55)
        .into_iter()
        .filter(|note| note.start >= REFRAINS[0] && !(LUTE..REFRAINS[1]).contains(&note.start))
        .collect();
    let mut reeds = band.play(
        &bellows,
        &Reed::ACCORDION,
        Pan::At(0.45),
        Feel {
            held: 1.0,
            ..Feel::HUMAN
        },
    );
    let counter = melody(
        "F5/3 | A5/3 | G5/2 Bb5/1 | A5/3 | G5/3 | E5/2 G5/1 | F5/3 | E5/3",
        REFRAINS[1] + 24.0,
        0.5,
    )?;
    band.play_into(
        &mut reeds,
        &counter,
        &Reed::ACCORDION,
        Pan::At(0.3),
        Feel::HUMAN,
    );
    desk.bring(&reeds, Strip::at(-27.0).room(-12.0).low_cut(200.0));

    let mut low = Vec::new();
    for chord in chords.iter().filter(|chord| chord.start >= 12.0) {
        let root = chord.bass_from(28);
        let other = if chord.start % 6.0 < 3.0 {
            root
        } else {
            root + 7.0
        };
        let pitch = if other > 45.0 { other - 12.0 } else { other };
        low.push(Note {
            start: chord.start,
            beats: chord.beats.min(2.6),
            pitch,
            velocity: 0.8,
        });
    }
    let bass = band.play(&low, &Pluck::UPRIGHT, Pan::At(0.0), Feel::HUMAN);
    desk.bring(&bass, Strip::at(-21.0).room(-20.0).low_cut(32.0));

    let notes = melody(
        "A5/3 | F5/3 | G5/1.5 F5/.5 E5/1 | D5/3 | D5/1 E5/1 F5/1 | A5/3 | G5/1 F5/1 E5/1 | D5/2.5",
        LUTE,
        0.6,
    )?;
    let steps = band.steps(&notes, Feel::HUMAN);
    let (length, rate) = (band.length, band.rate);
    let line = Pipe::CLARINET.play(&steps, length, rate, band.rng());
    let clarinet = band.placed(&line, 0.2);
    desk.bring(&clarinet, Strip::at(-24.0).room(-9.0).low_cut(200.0));
    Ok(())
}

fn percussion(band: &mut Band, desk: &mut Desk) {
    let drum = repeated(&rhythm("X.o.xo", REFRAINS[0], 0.5), 16, 3.0);
    let drum: Vec<Note> = drum
        .into_iter()
        .chain(repeated(&rhythm("X.oox.", LUTE, 0.5), 24, 3.0))
        .collect();
    let frame = band.play(&drum, &Drum::Frame, Pan::At(-0.08), Feel::HUMAN);
    desk.bring(&frame, Strip::at(-25.0).room(-12.0));
    let rattle = repeated(&rhythm("o.xoxo", VERSE, 0.5), 56, 3.0);
    let shaker = band.play(&rattle, &Drum::Shaker, Pan::At(0.5), Feel::HUMAN);
    desk.bring(&shaker, Strip::at(-39.0).room(-14.0).low_cut(2500.0));
    let jingles = repeated(&rhythm("..x.x.", REFRAINS[1], 0.5), 16, 3.0);
    let tambourine = band.play(&jingles, &Drum::Tambourine, Pan::At(-0.5), Feel::HUMAN);
    desk.bring(&tambourine, Strip::at(-39.0).room(-14.0).low_cut(2500.0));
}

/// The distance to the third below in the melody's scale, D minor with a raised seventh.
fn third_below(pitch: f32) -> f32 {
    match (pitch.round() as i32).rem_euclid(12) {
        2 | 9 | 1 => -4.0,
        _ => -3.0,
    }
}
