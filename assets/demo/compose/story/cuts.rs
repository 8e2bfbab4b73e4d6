//! Two cuts of the episode, as lists of shots.

use std::ops::Range;

use super::scenes::{SOURCES, Source};

/// A run of shots of one drawn scene, as one scene of a cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Use {
    /// Number in the cut: the drawn scene's, or a new one where a scene was split.
    pub(crate) number: &'static str,
    /// Number of the drawn scene.
    pub(crate) source: &'static str,
    /// Shots of it, by position from 0, in order.
    pub(crate) shots: &'static [usize],
    /// Frames taken off the end of the last of them.
    pub(crate) trimmed: u32,
}

/// One numbered state of the edit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    /// Name.
    pub(crate) name: &'static str,
    /// [`Person::id`](super::Person::id) of who made it.
    pub(crate) by: &'static str,
    /// When, in UTC.
    pub(crate) at: &'static str,
    /// What changed, in the editor's words.
    pub(crate) note: &'static str,
    /// Sound file in the media folder that goes with it.
    pub(crate) guide: &'static str,
    /// Its scenes, in order.
    pub(crate) uses: &'static [Use],
}

/// A shot where it lies in a cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlacedShot {
    /// The drawn scene.
    pub(crate) source: &'static Source,
    /// Position of the shot in it, from 0.
    pub(crate) shot: usize,
    /// First frame in the cut.
    pub(crate) start: u32,
    /// Length in frames.
    pub(crate) length: u32,
}

/// A scene where it lies in a cut.
#[derive(Clone, Debug)]
pub(crate) struct PlacedScene {
    /// Number in the cut.
    pub(crate) number: &'static str,
    /// The drawn scene: heading, intent and colour are its own.
    pub(crate) source: &'static Source,
    /// Frames of the cut.
    pub(crate) span: Range<u32>,
    /// Its shots.
    pub(crate) shots: Vec<PlacedShot>,
}

const fn all(number: &'static str, shots: &'static [usize]) -> Use {
    Use {
        number,
        source: number,
        shots,
        trimmed: 0,
    }
}

const FIVE: &[usize] = &[0, 1, 2, 3, 4];

/// The two cuts. From v3 to v4: 10 moved before 9; 9 shortened; 12 split in two around the new 14;
/// 7 gone.
pub(crate) const CUTS: [Cut; 2] = [
    Cut {
        name: "v3",
        by: "samir",
        at: "2026-03-09T17:45:00Z",
        note: "Everything in script order. Long, but it breathes. The hut is in one piece.",
        guide: "guide-203-v3.ogg",
        uses: &[
            all("1", &[0, 1, 2, 3, 4, 5]),
            all("4", &[0, 1, 2, 3, 4, 5, 6, 7]),
            all("7", &[0, 1, 2, 3, 4, 5, 6, 7, 8]),
            all("9", &[0, 1, 2, 3, 4, 5, 6]),
            all("10", FIVE),
            all("12", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
            all("13", &[0, 1, 2, 3, 4, 5, 6]),
            all("15", FIVE),
        ],
    },
    Cut {
        name: "v4",
        by: "june",
        at: "2026-03-16T11:20:00Z",
        note: "We meet Wren before the kitchen, so Tove's speech is about someone we know. Lost the painting, sorry. Bas and Tove watch from the harbour in the middle of the hut.",
        guide: "guide-203-v4.ogg",
        uses: &[
            all("1", &[0, 1, 2, 3, 4, 5]),
            all("4", &[0, 1, 2, 3, 4, 5, 6, 7]),
            all("10", FIVE),
            Use {
                number: "9",
                source: "9",
                shots: &[0, 1, 3, 4, 5, 6],
                trimmed: 55,
            },
            Use {
                number: "12",
                source: "12",
                shots: &[0, 1, 2, 3, 4, 5],
                trimmed: 0,
            },
            all("14", &[0, 1, 2]),
            Use {
                number: "12A",
                source: "12",
                shots: &[6, 7, 8, 9, 10, 11],
                trimmed: 0,
            },
            all("13", &[0, 1, 2, 3, 4, 5, 6]),
            all("15", FIVE),
        ],
    },
];

impl Cut {
    /// The scenes of the cut, in order, with their shots.
    pub(crate) fn scenes(&self) -> Vec<PlacedScene> {
        let mut at = 0;
        self.uses
            .iter()
            .filter_map(|used| {
                let source = SOURCES.iter().find(|source| source.number == used.source)?;
                let start = at;
                let last = used.shots.len().saturating_sub(1);
                let mut shots = Vec::with_capacity(used.shots.len());
                for (n, &shot) in used.shots.iter().enumerate() {
                    let length = source.shots[shot] - if n == last { used.trimmed } else { 0 };
                    shots.push(PlacedShot {
                        source,
                        shot,
                        start: at,
                        length,
                    });
                    at += length;
                }
                Some(PlacedScene {
                    number: used.number,
                    source,
                    span: start..at,
                    shots,
                })
            })
            .collect()
    }

    /// Length in frames.
    pub(crate) fn length(&self) -> u32 {
        self.scenes().last().map_or(0, |scene| scene.span.end)
    }
}

/// Where a frame of a drawn scene lies in a cut; `None` if it is not in it.
pub(crate) fn carried(cut: &Cut, scene: &str, frame: u32) -> Option<u32> {
    cut.scenes()
        .iter()
        .flat_map(|placed| &placed.shots)
        .find_map(|shot| {
            let first = shot.source.shot_start(shot.shot);
            let inside =
                shot.source.number == scene && (first..first + shot.length).contains(&frame);
            inside.then(|| shot.start + frame - first)
        })
}
