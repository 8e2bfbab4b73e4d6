//! The neutral form of what editing systems write: events, markers and scenes found in a file,
//! before they become part of an episode.
//!
//! Every reader yields a [`CutList`], and whatever works with cut lists knows no file format.

use super::marker::Color;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// What was found in a list of edits or markers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutList {
    /// The list's own title.
    pub title: String,
    /// What the list was read with: the file's own where it says so, else the reader was told.
    pub timebase: Timebase,
    /// What the positions in the programme count from.
    pub origin: Origin,
    /// The frame number that the label of the programme's first frame stands for, where the file
    /// says it.
    pub start: Option<Frames>,
    /// The edits, in the order of the file.
    pub events: Vec<FoundEvent>,
    /// The markers, in the order of the file.
    pub markers: Vec<FoundMarker>,
    /// The scenes, in the order of the file, where the format names them.
    pub scenes: Vec<FoundScene>,
    /// What is spoken, in the order of the file.
    pub dialogue: Vec<FoundLine>,
    /// The scenes of a screenplay, which have no place in the programme, in the order of the file.
    pub headings: Vec<FoundHeading>,
}

impl CutList {
    /// A list with nothing in it.
    pub const fn new(timebase: Timebase) -> Self {
        Self {
            title: String::new(),
            timebase,
            origin: Origin::LabelZero,
            start: None,
            events: Vec::new(),
            markers: Vec::new(),
            scenes: Vec::new(),
            dialogue: Vec::new(),
            headings: Vec::new(),
        }
    }

    /// Whether nothing was found.
    pub const fn is_empty(&self) -> bool {
        self.n_found() == 0
    }

    /// How many things were found in all.
    pub const fn n_found(&self) -> usize {
        self.events.len()
            + self.markers.len()
            + self.scenes.len()
            + self.dialogue.len()
            + self.headings.len()
    }
}

impl Default for CutList {
    fn default() -> Self {
        Self::new(Timebase::non_drop(FrameRate::F25))
    }
}

/// What the positions of a list count from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The frame labelled 00:00:00:00: the file gives timecode.
    #[default]
    LabelZero,
    /// The programme's first frame: the file gives elapsed time or counts frames.
    FirstFrame,
}

/// One edit of a cut list: a stretch of a source, cut into the programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundEvent {
    /// Its number in the list, as written.
    pub number: String,
    /// The reel or tape.
    pub reel: String,
    /// Where in the programme it is cut in.
    pub channels: Channels,
    /// The clip's name, where the list tells it.
    pub clip: String,
    /// The source's file name or path, where the list tells it.
    pub file: String,
    /// What the track of the programme is called, where the list tells it.
    pub track: String,
    /// How fast the source runs.
    pub speed: Speed,
    /// How it begins.
    pub transition: Transition,
    /// The stretch of the source, counted from the source's label zero; `None` where its labels
    /// cannot be at the rate of the list.
    pub source: Option<TickSpan>,
    /// The stretch of the programme.
    pub record: TickSpan,
}

/// How fast a source runs in the programme, in millionths of the speed it was made at: negative
/// when it runs backwards, zero when it stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Speed(i64);

impl Speed {
    /// As it was made.
    pub const NORMAL: Self = Self(1_000_000);
    /// A picture that stands.
    pub const STILL: Self = Self(0);

    /// So many millionths.
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// The speed nearest to a factor; one that is no number is [`Speed::NORMAL`].
    pub fn nearest_to(factor: f64) -> Self {
        if factor.is_finite() {
            Self((factor * 1e6).round() as i64)
        } else {
            Self::NORMAL
        }
    }

    /// In millionths.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// As a factor.
    pub fn factor(self) -> f64 {
        self.0 as f64 / 1e6
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self::NORMAL
    }
}

/// The tracks of the programme that an event is cut into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channels {
    /// The picture track, counted from 1.
    pub picture: Option<u16>,
    /// The sound tracks, counted from 1, in ascending order.
    pub sound: Vec<u16>,
}

/// How an event begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transition {
    /// At once.
    #[default]
    Cut,
    /// By a dissolve from the event before it.
    Dissolve {
        /// How long it takes.
        length: Ticks,
    },
    /// By a wipe over the event before it.
    Wipe {
        /// The number of the wipe's shape.
        pattern: u16,
        /// How long it takes.
        length: Ticks,
    },
    /// Keyed over a background.
    Key {
        /// How long the key takes to fade.
        length: Ticks,
    },
}

/// A marker found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundMarker {
    /// What it is called.
    pub name: String,
    /// Where it is in the programme, to the tick: some lists are finer than a frame.
    pub at: Ticks,
    /// How long it lasts; zero for a point.
    pub length: Ticks,
    /// Its color, where one is given that the program knows.
    pub color: Option<Color>,
    /// Remarks; several lines are possible.
    pub note: String,
    /// The timeline track it sits on, where the format says so.
    pub track: String,
}

/// A scene found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundScene {
    /// Its number in the script.
    pub number: String,
    /// Its heading.
    pub name: String,
    /// Where it lies in the programme.
    pub span: TickSpan,
    /// Its color, where one is given that the program knows.
    pub color: Option<Color>,
    /// What the file says about it.
    pub note: String,
}

/// A line of dialogue found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundLine {
    /// When it is spoken.
    pub span: TickSpan,
    /// Who speaks, where the file says so.
    pub speaker: String,
    /// What is said; several lines are possible.
    pub text: String,
}

/// A scene of a screenplay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundHeading {
    /// Its number, where it has one: `12`, `12A`.
    pub number: String,
    /// Its heading: `INT. BEACH HUT - NIGHT`.
    pub name: String,
    /// What the file says it is about.
    pub synopsis: String,
}
