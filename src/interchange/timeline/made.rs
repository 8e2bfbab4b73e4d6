//! A programme made up for tests: two lanes, an alternate, a place between two frames, and names
//! that have a meaning in one format or another.

use crate::model::Color;
use crate::model::Decibels;
use crate::model::HitPoint;
use crate::model::LeftOut;
use crate::model::Marker;
use crate::model::MusicClip;
use crate::model::Programme;
use crate::model::Recording;
use crate::model::Scene;
use crate::model::SlotId;
use crate::model::Take;
use crate::model::TrackId;
use crate::model::Weight;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// Every timebase that television uses.
pub(super) fn timebases() -> Vec<Timebase> {
    let df = |rate| Timebase::new(rate, Counting::Drop).expect("it has drop-frame");
    vec![
        Timebase::non_drop(FrameRate::F23_976),
        Timebase::non_drop(FrameRate::F24),
        Timebase::non_drop(FrameRate::F25),
        Timebase::non_drop(FrameRate::F29_97),
        df(FrameRate::F29_97),
        Timebase::non_drop(FrameRate::F30),
        Timebase::non_drop(FrameRate::F50),
        Timebase::non_drop(FrameRate::F59_94),
        df(FrameRate::F59_94),
    ]
}

/// A recording of two minutes at 44.1 kHz.
pub(super) fn recording(n: u128, title: &str, artist: &str) -> Recording {
    Recording {
        track: Some(TrackId::from_u128(n)),
        title: title.to_owned(),
        artist: artist.to_owned(),
        album: String::new(),
        isrc: String::new(),
        path: format!("/Music/a folder/{n} & 100%.wav"),
        rate: SampleRate::HZ_44100,
        channels: 2,
        length: Samples::new(44_100 * 120),
    }
}

/// A recording from a frame of the programme, for so many frames, from so far inside it.
pub(super) fn take(base: Timebase, recording: usize, [from, n, inside]: [i64; 3]) -> Take {
    let at = |n| base.rate().to_ticks(Frames::new(n));
    Take {
        recording,
        heard: TickSpan::with_length(at(from), at(n)),
        track_start: at(from - inside),
        gain: Decibels::ZERO,
        levelling: Decibels::ZERO,
        fade_in: Ticks::ZERO,
        fade_out: Ticks::ZERO,
        note: String::new(),
    }
}

fn clip(number: usize, pick: Take, alternates: Vec<Take>) -> MusicClip {
    MusicClip {
        number,
        slot: SlotId::from_u128(number as u128),
        scene: "12 INT. BEACH HUT".to_owned(),
        why: "she \"waits\" & hopes".to_owned(),
        pick,
        alternates,
    }
}

/// The programme, at a timebase and with a label of its first frame.
pub(super) fn programme(base: Timebase, start: &str) -> Programme {
    let at = |n| base.rate().to_ticks(Frames::new(n));
    let marker = |from, n: i64, name: &str, color| Marker {
        name: name.to_owned(),
        at: at(from),
        length: at(n),
        color,
        note: String::new(),
        hit: None,
    };
    let mut shaped = take(base, 0, [100, 250, 30]);
    shaped.gain = Decibels::from_hundredths(-650);
    shaped.levelling = Decibels::from_hundredths(-450);
    shaped.fade_in = at(12);
    shaped.fade_out = at(24);
    shaped.note = "take it out late".to_owned();
    // A third of a frame behind a frame.
    let mut between = take(base, 2, [400, 100, 0]);
    let third = Ticks::new(base.rate().frame_length().get() / 3);
    between.heard = between.heard.shifted(third);
    between.track_start += third;
    let first = clip(1, shaped, vec![take(base, 1, [100, 250, 45])]);
    let second = clip(2, take(base, 1, [300, 80, 0]), Vec::new());
    let third = clip(3, between, Vec::new());
    Programme {
        title: "203 “Promise” v4".to_owned(),
        timebase: base,
        start: base.parse(start).expect("it is a label"),
        length: at(5000),
        recordings: vec![
            recording(1, "Coastline", "The \"Quoted\" & Sons"),
            recording(2, "Coastlines | Tab\tand more", "Ärø"),
            recording(3, "海辺の歌 🌊", "山田"),
        ],
        lanes: vec![vec![first, third], vec![second]],
        markers: vec![
            Marker {
                note: "first touch\nwith leaves".to_owned(),
                hit: Some(HitPoint {
                    weight: Weight::Heavy,
                    early: Frames::new(2),
                    late: Frames::new(1),
                }),
                ..marker(120, 0, "touch", Color::Red)
            },
            marker(130, 48, "look | \"long\" & <far>", Color::Blue),
            marker(1800, 0, "タイトル 🎬", Color::Green),
        ],
        scenes: vec![
            Scene {
                number: "12".to_owned(),
                name: "INT. BEACH HUT – NIGHT".to_owned(),
                span: TickSpan::between(at(90), at(400)),
                intent: "warm".to_owned(),
                color: Color::Yellow,
            },
            Scene {
                number: "13A".to_owned(),
                name: "EXT. PIER".to_owned(),
                span: TickSpan::between(at(400), at(900)),
                intent: String::new(),
                color: Color::Purple,
            },
        ],
        left_out: vec![("A wish".to_owned(), LeftOut::NoFile)],
        n_without_pick: 2,
    }
}
