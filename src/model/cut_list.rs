//! The neutral form of what editing systems write: events, markers and scenes found in a file,
//! before they become part of an episode.
//!
//! Every reader yields a [`CutList`], and whatever works with cut lists knows no file format.

use super::marker::Color;
use crate::time::FrameRate;
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
    /// The edits, in the order of the file.
    pub events: Vec<FoundEvent>,
    /// The markers, in the order of the file.
    pub markers: Vec<FoundMarker>,
    /// The scenes, in the order of the file, where the format names them.
    pub scenes: Vec<FoundScene>,
}

impl CutList {
    /// A list with nothing in it.
    pub const fn new(timebase: Timebase) -> Self {
        Self {
            title: String::new(),
            timebase,
            origin: Origin::LabelZero,
            events: Vec::new(),
            markers: Vec::new(),
            scenes: Vec::new(),
        }
    }

    /// Whether nothing was found.
    pub const fn is_empty(&self) -> bool {
        self.events.is_empty() && self.markers.is_empty() && self.scenes.is_empty()
    }

    /// How many events, markers and scenes were found in all.
    pub const fn n_found(&self) -> usize {
        self.events.len() + self.markers.len() + self.scenes.len()
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
    /// How it begins.
    pub transition: Transition,
    /// The stretch of the source, counted from the source's label zero; `None` where its labels
    /// cannot be at the rate of the list.
    pub source: Option<TickSpan>,
    /// The stretch of the programme.
    pub record: TickSpan,
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
