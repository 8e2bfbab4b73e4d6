//! "Coastline": a dream-pop song in D at 96 to the minute, sung, with a take without the voice.
//!
//! Intro 4 bars, verse 8, chorus 8, verse 8, chorus 8, bridge 4, chorus 8, ending 4.

use super::band::{Band, Feel, Pan};
use super::chord::{Chord, broken, held, progression};
use super::clock::Clock;
use super::notation::{Note, melody, repeated, rhythm, shaded};
use super::song::{Part, Recording, SungLine};
use crate::dsp::bowed::Section;
use crate::dsp::drums::Drum;
use crate::dsp::dynamics::Compressor;
use crate::dsp::echo::{Echo, chorus, tremolo};
use crate::dsp::keys::ElectricPiano;
use crate::dsp::line::Manner;
use crate::dsp::mallet::Mallet;
use crate::dsp::pluck::Pluck;
use crate::dsp::reverb::Room;
use crate::dsp::synth::Poly;
use crate::dsp::vocoder::{Singer, impress};
use crate::error::Result;
use crate::mix::{Desk, Master, Stereo, Strip};
use crate::speech::{Speaker, Voices};

const RATE: f32 = 44_100.0;
const BPM: f64 = 96.0;
/// First beats of the sections.
const VERSES: [f64; 2] = [16.0, 80.0];
const CHORUSES: [f64; 3] = [48.0, 112.0, 160.0];
const BRIDGE: f64 = 144.0;
const ENDING: f64 = 192.0;

/// The words, with the tune each line has.
const LINES: [SungLine; 22] = [
    SungLine {
        beat: 15.5,
        text: "You left your coat upon the line",
        sung: "you left your coat up on the line",
        notes: VERSE_1,
    },
    SungLine {
        beat: 23.5,
        text: "I told the sea that you were mine",
        sung: "I told the sea that you were mine",
        notes: VERSE_2,
    },
    SungLine {
        beat: 31.5,
        text: "The winter came and shut the doors",
        sung: "the win [[t@]] came and shut the doors",
        notes: VERSE_3,
    },
    SungLine {
        beat: 39.5,
        text: "I kept the key, I swept the floors",
        sung: "I kept the key I swept the floors",
        notes: VERSE_4,
    },
    SungLine {
        beat: 48.0,
        text: "Leave a light on, leave a light on",
        sung: "leave [[a]] light on leave [[a]] light on",
        notes: HOOK_1,
    },
    SungLine {
        beat: 56.0,
        text: "And I'll follow the coastline home",
        sung: "and I'll fol low the coast line home",
        notes: HOOK_2,
    },
    SungLine {
        beat: 64.0,
        text: "Leave a light on, leave a light on",
        sung: "leave [[a]] light on leave [[a]] light on",
        notes: HOOK_3,
    },
    SungLine {
        beat: 72.0,
        text: "You said you would, and you came back",
        sung: "you said you would and you came back",
        notes: HOOK_4,
    },
    SungLine {
        beat: 79.5,
        text: "You wrote my name along the sand",
        sung: "you wrote my name [[a]] long the sand",
        notes: VERSE_1,
    },
    SungLine {
        beat: 87.5,
        text: "The tide came up and took my hand",
        sung: "the tide came up and took my hand",
        notes: VERSE_2,
    },
    SungLine {
        beat: 95.5,
        text: "And all the boats were coming round",
        sung: "and all the boats were come [[IN]] round",
        notes: VERSE_3,
    },
    SungLine {
        beat: 103.5,
        text: "And you came back without a sound",
        sung: "and you came back with out [[a]] sound",
        notes: VERSE_4,
    },
    SungLine {
        beat: 112.0,
        text: "Leave a light on, leave a light on",
        sung: "leave [[a]] light on leave [[a]] light on",
        notes: HOOK_1,
    },
    SungLine {
        beat: 120.0,
        text: "And I'll follow the coastline home",
        sung: "and I'll fol low the coast line home",
        notes: HOOK_2,
    },
    SungLine {
        beat: 128.0,
        text: "Leave a light on, leave a light on",
        sung: "leave [[a]] light on leave [[a]] light on",
        notes: HOOK_3,
    },
    SungLine {
        beat: 136.0,
        text: "You said you would, and you came back",
        sung: "you said you would and you came back",
        notes: HOOK_4,
    },
    SungLine {
        beat: 143.5,
        text: "I said a year, I said a day",
        sung: "I said [[a]] year I said [[a]] day",
        notes: BRIDGE_1,
    },
    SungLine {
        beat: 151.5,
        text: "I said your name and looked away",
        sung: "I said your name and looked [[a]] way",
        notes: BRIDGE_2,
    },
    SungLine {
        beat: 160.0,
        text: "Leave a light on, leave a light on",
        sung: "leave [[a]] light on leave [[a]] light on",
        notes: HOOK_1,
    },
    SungLine {
        beat: 168.0,
        text: "And I'll follow the coastline home",
        sung: "and I'll fol low the coast line home",
        notes: HOOK_2,
    },
    SungLine {
        beat: 176.0,
        text: "Leave a light on, leave a light on",
        sung: "leave [[a]] light on leave [[a]] light on",
        notes: HOOK_3,
    },
    SungLine {
        beat: 184.0,
        text: "You said you would, and you came back",
        sung: "you said you would and you came back _",
        notes: HOOK_LAST,
    },
];
const VERSE_1: &str = "A3/.5 | D4/1 E4/.5 F#4/1 E4/.5 D4/1 | C#4/.5 E4/2";
const VERSE_2: &str = "A3/.5 | D4/1 E4/.5 F#4/1 G4/.5 F#4/1 | E4/.5 D4/2";
const VERSE_3: &str = "A3/.5 | D4/1 E4/.5 F#4/1 A4/.5 F#4/1 | E4/.5 E4/2";
const VERSE_4: &str = "F#4/.5 | F#4/1 E4/.5 D4/1 B3/.5 D4/1 | E4/.5 D4/2";
const HOOK_1: &str = "B4/1 A4/.5 B4/1 D5/1.25 r/.25 | A4/1 G4/.5 A4/1 F#4/1.25";
const HOOK_2: &str = "E4/.5 E4/.5 A4/1 G4/.5 F#4/.5 A4/1 | F#4/.5 D4/3";
const HOOK_3: &str = "B4/1 A4/.5 B4/1 D5/1.25 r/.25 | D5/1 C#5/.5 D5/1 A4/1.25";
const HOOK_4: &str = "E4/.5 A4/1 G4/.5 A4/1.75 r/.25 | F#4/.5 G4/.5 F#4/1 E4/1.2";
const HOOK_LAST: &str = "E4/.5 A4/1 G4/.5 A4/1.75 r/.25 | F#4/.5 G4/.5 F#4/1 E4/2 | D4/4";
const BRIDGE_1: &str = "B3/.5 | F#4/1 E4/.5 F#4/1.75 r/.25 F#4/.5 | A4/1 G4/.5 A4/1.5";
const BRIDGE_2: &str = "A4/.5 | B4/1 A4/.5 B4/1.75 r/.25 B4/.5 | C#5/1 B4/.5 C#5/1.5";

const SPEAKER: Speaker = Speaker {
    voice: "en-gb+f2",
    pitch: 28,
    speed: 125,
};
const SINGER: Singer = Singer {
    formants: 1.04,
    breath: 0.32,
    manner: Manner {
        glide: 0.075,
        attack: 0.03,
        release: 0.10,
        tonguing: 0.05,
        vibrato: 26.0,
        vibrato_hz: 5.5,
    },
};

/// Plays the song.
pub(crate) fn play(voices: &Voices) -> Result<Recording> {
    let mut band = Band::new(Clock::steady(BPM).after(0.25), 136.0, RATE, 2603);
    let mut backing = Desk::new(band.length, RATE, Room::PLATE, dotted_eighths());
    let chords = harmony()?;
    guitars(&mut band, &mut backing, &chords)?;
    keys_and_strings(&mut band, &mut backing, &chords)?;
    bass(&mut band, &mut backing, &chords);
    drums(&mut band, &mut backing);

    let mut front = Desk::new(band.length, RATE, Room::PLATE, dotted_eighths());
    let part = Part::prepare(
        &LINES,
        &mut band,
        voices,
        &SPEAKER,
        Feel {
            loose: 0.004,
            ..Feel::HUMAN
        },
        0.85,
    )?;
    sing(&part, &mut band, &mut front, &chords);

    let mut instrumental = backing.sum();
    let mut mix = instrumental.clone();
    mix.blend(&front.sum(), 1.0);
    let master = Master {
        drive: 1.15,
        ..Master::clean(-12.0)
    };
    let lift = master.finish(&mut mix, RATE);
    master.apply(&mut instrumental, lift, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: Some(instrumental),
        words: part.words(),
    })
}

fn dotted_eighths() -> Echo {
    Echo {
        secs: (60.0 / BPM * 0.75) as f32,
        feedback: 0.36,
        tone: 3800.0,
    }
}

fn harmony() -> Result<Vec<Chord>> {
    let text = ["Dadd9 A/C# Bm7 Gmaj7"]
        .into_iter()
        .chain(VERSE_CHORDS)
        .chain(CHORUS_CHORDS)
        .chain(VERSE_CHORDS)
        .chain(CHORUS_CHORDS)
        .chain(["Bm7 F#m7 Gmaj7 Asus4:2 A:2"])
        .chain(CHORUS_CHORDS)
        .chain(["Dadd9 Gmaj7/D Dadd9:8"])
        .collect::<Vec<_>>()
        .join(" ");
    progression(&text, 0.0, 4.0)
}
const VERSE_CHORDS: [&str; 1] = ["D A/C# Bm7 Gmaj7 D A/C# Bm7 Gadd9:2 A:2"];
const CHORUS_CHORDS: [&str; 1] = ["Gmaj7 D/F# A Bm7 Gmaj7 D/F# Asus4 A"];

/// The chords between two beats.
fn between(chords: &[Chord], from: f64, to: f64) -> Vec<Chord> {
    chords
        .iter()
        .filter(|chord| chord.start >= from && chord.start < to)
        .cloned()
        .collect()
}

fn guitars(band: &mut Band, desk: &mut Desk, chords: &[Chord]) -> Result<()> {
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

fn keys_and_strings(band: &mut Band, desk: &mut Desk, chords: &[Chord]) -> Result<()> {
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

fn bass(band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
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

fn drums(band: &mut Band, desk: &mut Desk) {
    let verse = |start: f64| (start, 8_u8);
    let mut kick = Vec::new();
    let mut snare = Vec::new();
    let mut hat = rhythm("o.o.o.o.o.o.o.oo|o.o.o.o.o.o.oooo", 8.0, 0.25);
    let mut open = Vec::new();
    let mut ring = Vec::new();
    for (start, bars) in VERSES.map(verse) {
        kick.extend(repeated(
            &rhythm("X.....x.x.......", start, 0.25),
            bars,
            4.0,
        ));
        snare.extend(repeated(
            &rhythm("....x.......x..o", start, 0.25),
            bars,
            4.0,
        ));
        hat.extend(repeated(
            &rhythm("x.o.x.o.x.o.x.oo", start, 0.25),
            bars,
            4.0,
        ));
        snare.extend(
            rhythm("....x.......xoxX", start + 28.0, 0.25)
                .into_iter()
                .skip(2),
        );
    }
    for start in CHORUSES {
        kick.extend(repeated(
            &rhythm("X..x..x.X.x.....|X..x..x.X.x...x.", start, 0.25),
            4,
            8.0,
        ));
        snare.extend(repeated(
            &rhythm("....X..o....X...|....X..o.o..X..o", start, 0.25),
            4,
            8.0,
        ));
        hat.extend(repeated(&rhythm("x.x.x.x.x.x.x...", start, 0.25), 8, 4.0));
        open.extend(repeated(&rhythm("..............x.", start, 0.25), 8, 4.0));
        ring.extend(rhythm("X", start, 1.0));
        ring.extend(rhythm("o", start + 16.0, 1.0));
    }
    kick.extend(repeated(&rhythm("x.......x.......", BRIDGE, 0.25), 3, 4.0));
    let toms = rhythm("o.oooxoxxxxxXXXX", BRIDGE + 12.0, 0.25);
    ring.extend(rhythm("x", ENDING, 1.0));
    kick.extend(rhythm("X", ENDING, 1.0));
    let shakes = repeated(&rhythm("oxoxoxoxoxoxoxox", 0.0, 0.25), 8, 4.0);
    let tambourine: Vec<Note> = CHORUSES[1..]
        .iter()
        .flat_map(|start| repeated(&rhythm("..x...x...x...x.", *start, 0.25), 8, 4.0))
        .collect();
    let kit = Feel {
        loose: 0.003,
        uneven: 0.07,
        ..Feel::HUMAN
    };
    let mut put = |notes: &[Note], drum: Drum, pan: f32, strip: Strip| {
        let channel = band.play(notes, &drum, Pan::At(pan), kit);
        desk.bring(&channel, strip);
    };
    put(
        &kick,
        Drum::Kick {
            hz: 54.0,
            decay: 0.11,
            drive: 1.4,
        },
        0.0,
        Strip::at(-20.0).room(-26.0),
    );
    put(
        &snare,
        Drum::Snare {
            hz: 186.0,
            rattle: 0.10,
        },
        0.04,
        Strip::at(-23.0).room(-9.0).low_cut(110.0),
    );
    put(
        &hat,
        Drum::Hat,
        0.28,
        Strip::at(-36.0).room(-20.0).low_cut(3000.0),
    );
    put(
        &open,
        Drum::OpenHat,
        0.28,
        Strip::at(-36.0).room(-18.0).low_cut(3000.0),
    );
    put(
        &ring,
        Drum::Crash,
        -0.3,
        Strip::at(-31.0).room(-12.0).low_cut(500.0),
    );
    put(&toms, Drum::Tom(118.0), -0.2, Strip::at(-24.0).room(-10.0));
    put(
        &tambourine,
        Drum::Tambourine,
        -0.45,
        Strip::at(-36.0).room(-16.0).low_cut(2500.0),
    );
    let verse_shakes: Vec<Note> = VERSES
        .iter()
        .flat_map(|start| {
            shakes.iter().map(move |hit| Note {
                start: hit.start + start,
                ..*hit
            })
        })
        .collect();
    put(
        &verse_shakes,
        Drum::Shaker,
        -0.4,
        Strip::at(-38.0).room(-16.0).low_cut(2500.0),
    );
}

fn sing(part: &Part, band: &mut Band, desk: &mut Desk, chords: &[Chord]) {
    let lead = part.sing(&SINGER, band, |_| 0.0);
    let mut channel = band.placed(&lead, 0.0);
    Compressor::FIRM.run(&mut channel, RATE);
    desk.bring(
        &channel,
        Strip::at(-18.5).room(-13.0).echo(-17.0).low_cut(130.0),
    );

    // In the choruses a double on the left, and a third below on the right.
    let only_choruses = |band: &Band, line: &[f32], pan: f32| {
        let mut channel = band.placed(line, pan);
        let sections: Vec<(f32, f32)> = CHORUSES
            .iter()
            .map(|start| (band.at(start - 0.3), band.at(start + 33.0)))
            .collect();
        channel.shape(RATE, |t| {
            if sections.iter().any(|(from, to)| (*from..*to).contains(&t)) {
                1.0
            } else {
                0.0
            }
        });
        channel
    };
    let double = part.sing(
        &Singer {
            formants: 0.99,
            breath: 0.5,
            ..SINGER
        },
        band,
        |_| 0.06,
    );
    let third = part.sing(
        &Singer {
            formants: 0.97,
            breath: 0.4,
            ..SINGER
        },
        band,
        third_below,
    );
    let double = only_choruses(band, &double, -0.7);
    let third = only_choruses(band, &third, 0.7);
    desk.bring(&double, Strip::at(-26.0).room(-9.0).low_cut(180.0));
    desk.bring(&third, Strip::at(-25.0).room(-9.0).low_cut(180.0));

    // The last chorus is also spoken by a bank of sawtooths.
    let sawtooths = Poly {
        amp: crate::dsp::envelope::Adsr {
            attack: 0.02,
            ..Poly::PAD.amp
        },
        cutoff: 3200.0,
        octaves: 2.0,
        detune: 24.0,
        ..Poly::PAD
    };
    let chord_notes = held(&between(chords, CHORUSES[2], ENDING + 4.0), 4, 57, 76, 0.8);
    let carrier = band.play(&chord_notes, &sawtooths, Pan::Twice(0.8), Feel::EXACT);
    let mouth = part.mouth(&SINGER, band);
    let spoken = Stereo {
        left: impress(&mouth, &carrier.left, RATE),
        right: impress(&mouth, &carrier.right, RATE),
    };
    desk.bring(
        &spoken,
        Strip::at(-26.0).room(-8.0).echo(-16.0).low_cut(250.0),
    );
}

/// The distance to the third below in D major: a major third under F sharp, B and C sharp, a minor
/// third under the rest.
fn third_below(pitch: f32) -> f32 {
    match (pitch.round() as i32).rem_euclid(12) {
        6 | 11 | 1 => -4.0,
        _ => -3.0,
    }
}
