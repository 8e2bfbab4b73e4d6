//! "Kerosene Heart": two guitars, bass and drums at 168, in E, far too loud. Ends dead.
//!
//! Count-in, riff 8 bars, verse 8, chorus 8, riff 4, chorus 8, stop.

use super::band::{Band, Feel, Pan};
use super::clock::Clock;
use super::notation::{Note, melody, repeated, rhythm};
use super::song::Recording;
use crate::dsp::drums::Drum;
use crate::dsp::dynamics::{Compressor, saturate};
use crate::dsp::echo::Echo;
use crate::dsp::envelope::smooth_step;
use crate::dsp::filter::Biquad;
use crate::dsp::pluck::Pluck;
use crate::dsp::reverb::Room;
use crate::error::Result;
use crate::mix::{Desk, Master, Stereo, Strip};

const RATE: f32 = 44_100.0;
const RIFFS: [(f64, u8); 2] = [(4.0, 2), (100.0, 1)];
const VERSE: f64 = 36.0;
const CHORUSES: [f64; 2] = [68.0, 116.0];
const STOP: f64 = 148.0;

/// Roots of the riff, verse and chorus, one every two beats.
const RIFF: [f32; 8] = [40.0, 40.0, 43.0, 45.0, 40.0, 40.0, 47.0, 45.0];
const CHORUS: [f32; 16] = [
    40.0, 40.0, 47.0, 47.0, 49.0, 49.0, 45.0, 45.0, 40.0, 40.0, 47.0, 47.0, 45.0, 45.0, 45.0, 47.0,
];

/// Plays the piece.
pub(crate) fn play() -> Result<Recording> {
    let mut band = Band::new(Clock::steady(168.0), 55.0, RATE, 77);
    let mut desk = Desk::new(
        band.length,
        RATE,
        Room {
            t60: 0.6,
            ..Room::ROOM
        },
        Echo {
            secs: 0.27,
            feedback: 0.25,
            tone: 3000.0,
        },
    );
    guitars(&mut band, &mut desk);
    lead_guitar(&mut band, &mut desk)?;
    bass(&mut band, &mut desk);
    drums(&mut band, &mut desk);
    let mut mix = desk.sum();
    let stop = band.at(STOP + 0.9);
    mix.shape(RATE, |t| 1.0 - smooth_step(stop, stop + 0.06, t));
    Master {
        drive: 1.7,
        ceiling: -2.6,
        ..Master::hot(-9.0)
    }
    .finish(&mut mix, RATE);
    Ok(Recording {
        mix,
        rate: RATE as u32,
        instrumental: None,
        words: Vec::new(),
    })
}

/// Root, fifth and octave, picked downwards.
fn power(root: f32, start: f64, beats: f64, velocity: f32) -> impl Iterator<Item = Note> {
    [0.0, 7.0, 12.0]
        .into_iter()
        .enumerate()
        .map(move |(n, interval)| Note {
            start: start + n as f64 * 0.02,
            beats,
            pitch: root + interval,
            velocity,
        })
}

/// A valve amplifier: pushed twice, then a cone that cannot do the highest highs.
fn amplifier(channel: &mut Stereo, push: f32) {
    channel.filter(&Biquad::high_pass(110.0, RATE));
    channel.filter(&Biquad::peak(750.0, 5.0, 0.7, RATE));
    channel.scale(push / channel.peak().max(1e-6));
    saturate(channel, 1.0);
    channel.filter(&Biquad::high_pass(80.0, RATE));
    saturate(channel, 1.8);
    for stage in [
        Biquad::peak(130.0, 3.0, 1.0, RATE),
        Biquad::peak(2400.0, 4.0, 0.9, RATE),
        Biquad::low_pass(5200.0, RATE),
        Biquad::low_pass(6400.0, RATE),
    ] {
        channel.filter(&stage);
    }
}

fn guitars(band: &mut Band, desk: &mut Desk) {
    let mut open = Vec::new();
    let mut muted = Vec::new();
    for (start, rounds) in RIFFS {
        for round in 0..rounds {
            for (n, root) in RIFF.into_iter().enumerate() {
                let at = start + f64::from(round) * 16.0 + n as f64 * 2.0;
                open.extend(power(root, at, 0.9, 0.95));
                open.extend(power(root, at + 1.5, 0.45, 0.8));
            }
        }
    }
    for n in 0..64_u8 {
        let root = [40.0, 40.0, 43.0, 38.0][usize::from(n / 8) % 4];
        let start = VERSE + f64::from(n) * 0.5;
        if n % 16 == 15 {
            open.extend(power(root, start, 0.4, 0.9));
        } else {
            muted.extend(power(root, start, 0.2, 0.72));
        }
    }
    for start in CHORUSES {
        for (n, root) in CHORUS.into_iter().enumerate() {
            for half in 0..4_u8 {
                open.extend(power(
                    root,
                    start + n as f64 * 2.0 + f64::from(half) * 0.5,
                    0.48,
                    if half == 0 { 0.95 } else { 0.75 },
                ));
            }
        }
    }
    open.extend(power(40.0, STOP, 0.9, 1.0));
    let palm = Pluck {
        ring: 0.35,
        dullness: 0.4,
        release: 0.03,
        ..Pluck::STEEL
    };
    let ringing = Pluck {
        release: 0.05,
        dullness: 0.22,
        ..Pluck::STEEL
    };
    for (side, push) in [(-0.95, 9.0), (0.95, 7.0)] {
        let mut channel = band.play(
            &open,
            &ringing,
            Pan::At(0.0),
            Feel {
                loose: 0.006,
                ..Feel::HUMAN
            },
        );
        band.play_into(
            &mut channel,
            &muted,
            &palm,
            Pan::At(0.0),
            Feel {
                loose: 0.005,
                ..Feel::HUMAN
            },
        );
        amplifier(&mut channel, push);
        let mono = channel.left.clone();
        let placed = band.placed(&mono, side);
        desk.bring(&placed, Strip::at(-20.5).room(-18.0).low_cut(90.0));
    }
}

/// The lead guitar, which sings in octaves over the choruses.
fn lead_guitar(band: &mut Band, desk: &mut Desk) -> Result<()> {
    let tune = "B4/1.5 G#4/.5 E4/1 F#4/1 | B4/1.5 A4/.5 F#4/2 | G#4/1.5 C#5/.5 E5/1 D#5/1 | C#5/2 E5/2 | B4/1.5 G#4/.5 B4/1 E5/1 | F#5/1.5 E5/.5 D#5/2 | C#5/1 E5/1 A5/1 G#5/1 | F#5/2 D#5/2";
    let mut lead = Vec::new();
    for start in CHORUSES {
        lead.extend(melody(tune, start, 0.8)?);
    }
    let octaves: Vec<Note> = lead
        .iter()
        .flat_map(|note| {
            [
                *note,
                Note {
                    pitch: note.pitch + 12.0,
                    ..*note
                },
            ]
        })
        .collect();
    let mut channel = band.play(
        &octaves,
        &Pluck {
            release: 0.04,
            ..Pluck::ELECTRIC
        },
        Pan::At(0.0),
        Feel::HUMAN,
    );
    amplifier(&mut channel, 11.0);
    desk.bring(
        &channel,
        Strip::at(-21.5).room(-10.0).echo(-12.0).low_cut(250.0),
    );
    Ok(())
}

fn bass(band: &mut Band, desk: &mut Desk) {
    let mut notes = Vec::new();
    let mut eighths = |start: f64, beats: f64, root: f32| {
        for n in 0..(beats * 2.0) as u8 {
            notes.push(Note {
                start: start + f64::from(n) * 0.5,
                beats: 0.46,
                pitch: root - 12.0,
                velocity: if n % 2 == 0 { 0.9 } else { 0.78 },
            });
        }
    };
    for (start, rounds) in RIFFS {
        for n in 0..usize::from(rounds) * 8 {
            eighths(start + n as f64 * 2.0, 2.0, RIFF[n % 8]);
        }
    }
    for n in 0..8 {
        eighths(
            VERSE + f64::from(n) * 4.0,
            4.0,
            [40.0, 40.0, 43.0, 38.0][n as usize % 4],
        );
    }
    for start in CHORUSES {
        for (n, root) in CHORUS.into_iter().enumerate() {
            eighths(start + n as f64 * 2.0, 2.0, root);
        }
    }
    eighths(STOP, 0.5, 40.0);
    let mut channel = band.play(
        &notes,
        &Pluck {
            brightness: 0.8,
            dullness: 0.2,
            ..Pluck::BASS
        },
        Pan::At(0.0),
        Feel::HUMAN,
    );
    let level = 2.2 / channel.peak().max(1e-6);
    channel.scale(level);
    saturate(&mut channel, 1.4);
    Compressor::FIRM.run(&mut channel, RATE);
    desk.bring(&channel, Strip::at(-19.5).low_cut(38.0));
}

fn drums(band: &mut Band, desk: &mut Desk) {
    let count = rhythm("x.x.x.x.", 0.0, 0.5);
    let mut kick = Vec::new();
    let mut snare = Vec::new();
    let mut hat = count;
    let mut ride = Vec::new();
    let mut crash = rhythm("X", STOP, 1.0);
    for (start, rounds) in RIFFS {
        kick.extend(repeated(&rhythm("X..xX...", start, 0.5), rounds * 4, 4.0));
        snare.extend(repeated(&rhythm("..X...X.", start, 0.5), rounds * 4, 4.0));
        hat.extend(repeated(&rhythm("X.x.X.x.", start, 0.5), rounds * 4, 4.0));
        crash.extend(rhythm("X", start, 1.0));
    }
    kick.extend(repeated(&rhythm("X...X...", VERSE, 0.5), 8, 4.0));
    snare.extend(repeated(&rhythm("..x...x.", VERSE, 0.5), 7, 4.0));
    snare.extend(rhythm("..x.xxxxXXXXXXXX", VERSE + 28.0, 0.25));
    hat.extend(repeated(&rhythm("xoxoxoxo", VERSE, 0.5), 8, 4.0));
    for start in CHORUSES {
        kick.extend(repeated(&rhythm("X..X.X..", start, 0.5), 8, 4.0));
        snare.extend(repeated(&rhythm("..X...X.", start, 0.5), 8, 4.0));
        ride.extend(repeated(&rhythm("X.X.X.X.", start, 0.5), 8, 4.0));
        crash.extend(rhythm("X...X...", start, 4.0));
    }
    let fill = rhythm("xxXxxXxX", CHORUSES[1] - 2.0, 0.25);
    kick.extend(rhythm("X", STOP, 1.0));
    snare.extend(rhythm("X", STOP, 1.0));
    let mut put = |notes: &[Note], drum: Drum, pan: f32, strip: Strip| {
        let channel = band.play(
            notes,
            &drum,
            Pan::At(pan),
            Feel {
                loose: 0.004,
                ..Feel::HUMAN
            },
        );
        desk.bring(&channel, strip);
    };
    put(
        &kick,
        Drum::Kick {
            hz: 56.0,
            decay: 0.09,
            drive: 2.4,
        },
        0.0,
        Strip::at(-18.0).room(-18.0),
    );
    put(
        &snare,
        Drum::Snare {
            hz: 198.0,
            rattle: 0.11,
        },
        0.0,
        Strip::at(-18.5).room(-8.0).low_cut(120.0),
    );
    put(
        &hat,
        Drum::OpenHat,
        0.3,
        Strip::at(-35.0).room(-14.0).low_cut(2500.0),
    );
    put(
        &ride,
        Drum::Ride,
        -0.3,
        Strip::at(-33.0).room(-14.0).low_cut(1500.0),
    );
    put(
        &crash,
        Drum::Crash,
        -0.4,
        Strip::at(-30.0).room(-10.0).low_cut(500.0),
    );
    put(&fill, Drum::Tom(104.0), 0.2, Strip::at(-20.0).room(-8.0));
}
