//! "Coastline": a dream-pop song in D at 96 to the minute, sung, with a take without the voice.
//!
//! Intro 4 bars, verse 8, chorus 8, verse 8, chorus 8, bridge 4, chorus 8, ending 4.

mod backing;
mod drums;

use super::band::{Band, Feel, Pan};
use super::chord::{Chord, held, progression};
use super::clock::Clock;
use super::song::{Part, Recording, SungLine};
use crate::dsp::dynamics::Compressor;
use crate::dsp::echo::Echo;
use crate::dsp::envelope::Adsr;
use crate::dsp::line::Manner;
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
    let mut behind = Desk::new(band.length, RATE, Room::PLATE, dotted_eighths());
    let chords = harmony()?;
    backing::guitars(&mut band, &mut behind, &chords)?;
    backing::keys_and_strings(&mut band, &mut behind, &chords)?;
    backing::bass(&mut band, &mut behind, &chords);
    drums::drums(&mut band, &mut behind);
    drums::percussion(&mut band, &mut behind);

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

    let mut instrumental = behind.sum();
    let mut mix = instrumental.clone();
    mix.blend(&front.sum(), 1.0);
    let master = Master {
        drive: 1.15,
        ceiling: -3.0,
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
pub(super) fn between(chords: &[Chord], from: f64, to: f64) -> Vec<Chord> {
    chords
        .iter()
        .filter(|chord| chord.start >= from && chord.start < to)
        .cloned()
        .collect()
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
        amp: Adsr {
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
