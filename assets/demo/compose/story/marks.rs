//! What is pinned to the episode: markers and slots.
//!
//! They are written against the scenes as they were drawn; where they fall in a cut, if they are
//! still in it, follows from the cut's shots.

use std::ops::Range;

use super::cuts::{CUTS, Cut, carried};
use super::scenes::SOURCES;

/// What makes a marker a hit point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// 1 is nice to meet, 3 must be met.
    pub(crate) weight: u8,
    /// Frames the music may be early.
    pub(crate) early: u8,
    /// Frames the music may be late.
    pub(crate) late: u8,
}

/// A point or span of a drawn scene.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marker {
    /// Number of the drawn scene.
    pub(crate) scene: &'static str,
    /// Frames from its start.
    pub(crate) at: u32,
    /// Length in frames; 0 is a point.
    pub(crate) length: u32,
    /// Name.
    pub(crate) name: &'static str,
    /// Colour.
    pub(crate) colour: &'static str,
    /// Note; may be empty.
    pub(crate) note: &'static str,
    /// Set when it is a hit point.
    pub(crate) hit: Option<Hit>,
}

/// A marker where it lies in a cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlacedMarker {
    /// First frame in the cut.
    pub(crate) at: u32,
    /// The marker itself.
    pub(crate) marker: &'static Marker,
}

const fn point(
    scene: &'static str,
    at: u32,
    name: &'static str,
    colour: &'static str,
    note: &'static str,
) -> Marker {
    Marker {
        scene,
        at,
        length: 0,
        name,
        colour,
        note,
        hit: None,
    }
}

const fn span(
    scene: &'static str,
    at: u32,
    length: u32,
    name: &'static str,
    colour: &'static str,
    note: &'static str,
) -> Marker {
    Marker {
        scene,
        at,
        length,
        name,
        colour,
        note,
        hit: None,
    }
}

const fn hit(marker: Marker, weight: u8, early: u8, late: u8) -> Marker {
    Marker {
        hit: Some(Hit {
            weight,
            early,
            late,
        }),
        ..marker
    }
}

/// Every marker, by scene.
pub(crate) const MARKERS: [Marker; 27] = [
    point("1", 0, "First frame", "white", ""),
    point("1", 205, "Gull shadow", "cyan", "crosses her face"),
    hit(
        span(
            "1",
            450,
            190,
            "Main title",
            "yellow",
            "letters chalked on the wall",
        ),
        3,
        2,
        3,
    ),
    point("4", 22, "Shop bell", "white", ""),
    hit(
        point("4", 560, "The coat", "magenta", "first time anyone says it"),
        1,
        6,
        6,
    ),
    point("4", 790, "She looks away", "blue", ""),
    hit(
        point(
            "7",
            35,
            "First brush stroke",
            "yellow",
            "paint lands with the beat",
        ),
        2,
        2,
        2,
    ),
    span("7", 225, 150, "Paint fight", "yellow", ""),
    point("7", 455, "Wrong blue", "cyan", ""),
    point("9", 15, "Radio on", "white", "comes from the shelf"),
    point("9", 330, "What did he say", "blue", ""),
    hit(
        point(
            "9",
            535,
            "A promise is a light",
            "magenta",
            "the episode in one line; no music over it",
        ),
        2,
        0,
        8,
    ),
    point("9", 900, "She takes the key", "green", ""),
    span("10", 20, 75, "Horn", "white", ""),
    hit(
        point(
            "10",
            410,
            "He sees the light",
            "magenta",
            "fear turns over here",
        ),
        2,
        6,
        6,
    ),
    point("12", 70, "Door", "white", ""),
    hit(
        point("12", 240, "The look", "magenta", "after: you came back"),
        2,
        4,
        4,
    ),
    span(
        "12",
        1000,
        180,
        "Chalk lines",
        "green",
        "drawn over the picture, out from their hands",
    ),
    hit(
        point(
            "12",
            1090,
            "First touch",
            "red",
            "the frame the season is built on",
        ),
        3,
        2,
        4,
    ),
    hit(point("12", 1462, "Promise", "red", ""), 2, 6, 6),
    hit(point("13", 10, "They run", "orange", ""), 1, 4, 4),
    hit(
        point(
            "13",
            355,
            "The sea lights up",
            "green",
            "whole frame in three drawings",
        ),
        3,
        1,
        3,
    ),
    span("13", 585, 150, "Whole coast", "cyan", ""),
    point(
        "14",
        100,
        "The window",
        "magenta",
        "we see it as they see it",
    ),
    hit(
        point(
            "14",
            250,
            "Paying for it",
            "blue",
            "leave room for the laugh",
        ),
        1,
        8,
        12,
    ),
    point("15", 390, "Leave it on", "magenta", ""),
    hit(span("15", 550, 150, "End title", "yellow", ""), 2, 2, 6),
];

/// The markers of a cut in order of time. What was cut away is left out.
pub(crate) fn markers(cut: &Cut) -> Vec<PlacedMarker> {
    let mut placed: Vec<PlacedMarker> = MARKERS
        .iter()
        .filter_map(|marker| {
            Some(PlacedMarker {
                at: carried(cut, marker.scene, marker.at)?,
                marker,
            })
        })
        .collect();
    placed.sort_by_key(|placed| placed.at);
    placed
}

/// A track tried in a slot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alternate {
    /// File of the track.
    pub(crate) file: &'static str,
    /// Milliseconds of the track that are skipped: what is heard at the slot's first frame.
    pub(crate) from_ms: u32,
    /// A moment of the track, in milliseconds, that is tied to a marker by its name. It decides
    /// over `from_ms`.
    pub(crate) pin: Option<(u32, &'static str)>,
    /// What was said about it.
    pub(crate) verdict: &'static str,
}

/// A place that wants music.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    /// Name.
    pub(crate) name: &'static str,
    /// Number of the drawn scene.
    pub(crate) scene: &'static str,
    /// Frames from the scene's start: in and out.
    pub(crate) span: (u32, u32),
    /// Why there is music here.
    pub(crate) why: &'static str,
    /// Whether the people in the scene hear it.
    pub(crate) source_music: bool,
    /// What was tried; the first is the pick.
    pub(crate) alternates: &'static [Alternate],
}

/// A slot where it lies in a cut.
#[derive(Clone, Debug)]
pub(crate) struct PlacedSlot {
    /// Frames of the cut.
    pub(crate) span: Range<u32>,
    /// The slot itself.
    pub(crate) slot: &'static Slot,
}

/// Every slot spotted so far. Scenes 4, 10, 13, 14 and 15 are left to whoever opens the demo.
pub(crate) const SLOTS: [Slot; 4] = [
    Slot {
        name: "Main title",
        scene: "1",
        span: (450, 650),
        why: "Says which show this is. Hits as the chalk hits the wall.",
        source_music: false,
        alternates: &[
            Alternate {
                file: "main-title.m4a",
                from_ms: 0,
                pin: Some((0, "Main title")),
                verdict: "Ours. In on the title, out on the kiosk bell.",
            },
            Alternate {
                file: "paper-boats.wav",
                from_ms: 0,
                pin: None,
                verdict: "Sweet, and too small for a title.",
            },
        ],
    },
    Slot {
        name: "Painting",
        scene: "7",
        span: (30, 640),
        why: "A summer that is not there. The music believes in it so that we can laugh.",
        source_music: false,
        alternates: &[
            Alternate {
                file: "ete.opus",
                from_ms: 7370,
                pin: None,
                verdict: "The whistle against that weather.",
            },
            Alternate {
                file: "halogen.m4a",
                from_ms: 16_300,
                pin: None,
                verdict: "Cuts well, means nothing.",
            },
        ],
    },
    Slot {
        name: "Tove's radio",
        scene: "9",
        span: (15, 290),
        why: "A kitchen with a voice in it before anyone speaks; it gets out of the way of the promise.",
        source_music: true,
        alternates: &[
            Alternate {
                file: "long-way.ogg",
                from_ms: 9800,
                pin: None,
                verdict: "She would have this on. Low.",
            },
            Alternate {
                file: "radio-halcyon.m4a",
                from_ms: 0,
                pin: None,
                verdict: "Funny once. Keep for 204.",
            },
            Alternate {
                file: "shiomachi.m4a",
                from_ms: 0,
                pin: None,
                verdict: "Beautiful; says too early how the evening ends.",
            },
        ],
    },
    Slot {
        name: "First touch",
        scene: "12",
        span: (905, 1550),
        why: "He forgives himself because she does. Her answer is in the chorus, so the chorus begins when their hands meet.",
        source_music: false,
        alternates: &[
            Alternate {
                file: "coastline.mp3",
                from_ms: 0,
                pin: Some((30_250, "First touch")),
                verdict: "\"Leave a light on\" on the touch. Priya cried, Dev pretended not to.",
            },
            Alternate {
                file: "coastline-instrumental.ogg",
                from_ms: 0,
                pin: Some((30_250, "First touch")),
                verdict: "If the words fight \"Say it now\".",
            },
            Alternate {
                file: "gyrises.mp3",
                from_ms: 0,
                pin: Some((34_886, "First touch")),
                verdict: "\"You came back\" in Greek: half the room wants this one.",
            },
            Alternate {
                file: "lantern.ogg",
                from_ms: 0,
                pin: Some((68_970, "First touch")),
                verdict: "The lift is right, the size is wrong for a hut.",
            },
        ],
    },
];

/// The slots of a cut in order of time. A slot stays while both its ends are in the same scene of
/// the cut.
pub(crate) fn slots(cut: &Cut) -> Vec<PlacedSlot> {
    let mut placed: Vec<PlacedSlot> = SLOTS
        .iter()
        .filter_map(|slot| {
            let first = carried(cut, slot.scene, slot.span.0)?;
            let last = carried(cut, slot.scene, slot.span.1 - 1)?;
            Some(PlacedSlot {
                span: first..last + 1,
                slot,
            })
        })
        .collect();
    placed.sort_by_key(|placed| placed.span.start);
    placed
}

/// Looks for what cannot be: people, files, scenes or markers that are named and not there, shares
/// that do not make a hundred, lines that begin after their scene. Gives the first such thing.
pub(crate) fn check() -> Result<(), String> {
    let person = |id: &str| super::PEOPLE.iter().any(|person| person.id == id);
    let file = |file: &str| super::POOL.iter().any(|track| track.file == file);
    for track in &super::POOL {
        let shares: u32 = track
            .writers
            .iter()
            .map(|writer| u32::from(writer.share))
            .sum();
        if shares != 100 {
            return Err(format!("the shares of {} make {shares}", track.file));
        }
        if !person(track.added_by) || track.rendition_of.is_some_and(|(of, _)| !file(of)) {
            return Err(format!(
                "{} names someone or something that is not there",
                track.file
            ));
        }
    }
    for cut in &CUTS {
        if !person(cut.by) || cut.scenes().len() != cut.uses.len() {
            return Err(format!(
                "{} names someone or something that is not there",
                cut.name
            ));
        }
    }
    for source in &SOURCES {
        let ends = source.length();
        if source.lines.iter().any(|line| line.at >= ends)
            || source.foley.iter().any(|(at, _)| *at >= ends)
        {
            return Err(format!(
                "something in scene {} comes after its end",
                source.number
            ));
        }
    }
    for marker in &MARKERS {
        if !CUTS
            .iter()
            .any(|cut| carried(cut, marker.scene, marker.at).is_some())
        {
            return Err(format!("the marker {} is in no cut", marker.name));
        }
    }
    for alternate in SLOTS.iter().flat_map(|slot| slot.alternates) {
        let pinned = alternate
            .pin
            .is_none_or(|(_, name)| MARKERS.iter().any(|marker| marker.name == name));
        if !file(alternate.file) || !pinned {
            return Err(format!(
                "an alternate names {}, or a marker, that is not there",
                alternate.file
            ));
        }
    }
    Ok(())
}
