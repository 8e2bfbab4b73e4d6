//! The neutral form of what editing systems write: events, markers and scenes found in a file,
//! before they become part of an episode.

use super::marker::Color;
use crate::time::FrameRate;
use crate::time::Frames;

/// What was found in a list of cuts or markers. Frames are counted from 00:00:00:00 at the rate
/// the list was read with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CutList {
    /// The list's own title.
    pub title: String,
    /// The rate, when the file itself says it.
    pub rate: Option<FrameRate>,
    /// The edits, in the order of the file.
    pub events: Vec<FoundEvent>,
    /// The markers, in the order of the file.
    pub markers: Vec<FoundMarker>,
    /// The scenes, in the order of the file, where the format names them.
    pub scenes: Vec<FoundScene>,
}

/// One edit of a cut list: a stretch of a source, cut into the programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundEvent {
    /// Its number in the list, as written.
    pub number: String,
    /// The reel or tape.
    pub reel: String,
    /// The channels as written: `V`, `A2`, `AA/V`.
    pub channels: String,
    /// The clip's name, where the list tells it.
    pub clip: String,
    /// First frame used of the source.
    pub source_in: Frames,
    /// First frame of the source that is no longer used.
    pub source_out: Frames,
    /// First frame in the programme.
    pub record_in: Frames,
    /// First frame after it in the programme.
    pub record_out: Frames,
}

/// A marker found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundMarker {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub frame: Frames,
    /// How long it lasts; zero for a point.
    pub length: Frames,
    /// Its color, where one is given that the program knows.
    pub color: Option<Color>,
    /// Remarks.
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
    /// Its first frame.
    pub start: Frames,
    /// The first frame after it.
    pub end: Frames,
}
