//! The drums of "Coastline".

use super::{BRIDGE, CHORUSES, ENDING, VERSES};
use crate::dsp::drums::Drum;
use crate::mix::{Desk, Strip};
use crate::score::band::{Band, Feel, Pan};
use crate::score::notation::{Note, repeated, rhythm};

/// How the drummer plays.
const PLAYED: Feel = Feel {
    loose: 0.003,
    uneven: 0.07,
    ..Feel::HUMAN
};

/// The drums: spare in the verses, full in the choruses, toms out of the bridge.
pub(super) fn drums(band: &mut Band, desk: &mut Desk) {
    let mut kick = Vec::new();
    let mut snare = Vec::new();
    let mut hat = rhythm("o.o.o.o.o.o.o.oo|o.o.o.o.o.o.oooo", 8.0, 0.25);
    let mut open = Vec::new();
    let mut ring = Vec::new();
    for start in VERSES {
        kick.extend(repeated(&rhythm("X.....x.x.......", start, 0.25), 8, 4.0));
        snare.extend(repeated(&rhythm("....x.......x..o", start, 0.25), 8, 4.0));
        hat.extend(repeated(&rhythm("x.o.x.o.x.o.x.oo", start, 0.25), 8, 4.0));
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
    let mut put = |notes: &[Note], drum: Drum, pan: f32, strip: Strip| {
        let channel = band.play(notes, &drum, Pan::At(pan), PLAYED);
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
}

/// What the drummer's friend holds: a shaker in the verses, a tambourine in the later choruses.
pub(super) fn percussion(band: &mut Band, desk: &mut Desk) {
    let shakes = repeated(&rhythm("oxoxoxoxoxoxoxox", 0.0, 0.25), 8, 4.0);
    let tambourine: Vec<Note> = CHORUSES[1..]
        .iter()
        .flat_map(|start| repeated(&rhythm("..x...x...x...x.", *start, 0.25), 8, 4.0))
        .collect();
    let mut put = |notes: &[Note], drum: Drum, pan: f32, strip: Strip| {
        let channel = band.play(notes, &drum, Pan::At(pan), PLAYED);
        desk.bring(&channel, strip);
    };
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
