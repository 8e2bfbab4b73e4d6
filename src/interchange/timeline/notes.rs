//! Places with names: what is common to markers, scenes and uses of music, for lists that hold
//! nothing else.

use std::str::FromStr;

use super::report::{Remark, WriteReport};
use crate::model::Color;
use crate::model::MusicClip;
use crate::model::Programme;
use crate::time::TickSpan;

/// What a list of places holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The markers.
    #[default]
    Markers,
    /// The scenes.
    Scenes,
    /// The uses of music.
    Cues,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Markers, Self::Scenes, Self::Cues];

    /// What one of them is called.
    pub const fn one(self) -> &'static str {
        match self {
            Self::Markers => "marker",
            Self::Scenes => "scene",
            Self::Cues => "cue",
        }
    }
}

/// A word that means none of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is none of markers, scenes and cues")]
pub struct UnknownWhat(pub String);

impl FromStr for What {
    type Err = UnknownWhat;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let singular = text.trim().to_ascii_lowercase();
        let singular = singular.strip_suffix('s').unwrap_or(&singular);
        let found = Self::ALL.into_iter().find(|what| what.one() == singular);
        found.ok_or_else(|| UnknownWhat(text.to_owned()))
    }
}

/// A place with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) what: What,
    /// The number of a scene in the script, or of a cue.
    pub(super) number: String,
    pub(super) name: String,
    /// An empty one for a point.
    pub(super) span: TickSpan,
    pub(super) color: Color,
    pub(super) text: String,
    pub(super) is_hit: bool,
}

impl Note {
    /// Number and name together, whichever there are.
    pub(super) fn title(&self) -> String {
        match (self.number.is_empty(), self.name.is_empty()) {
            (false, false) => format!("{} {}", self.number, self.name),
            (false, true) => self.number.clone(),
            (true, _) => self.name.clone(),
        }
    }
}

/// All of one kind, in running order.
pub(super) fn notes(programme: &Programme, what: What) -> Vec<Note> {
    match what {
        What::Markers => {
            let markers = programme.markers.iter();
            let notes = markers.map(|marker| Note {
                what,
                number: String::new(),
                name: marker.name.clone(),
                span: marker.span(),
                color: marker.color,
                text: marker.note.clone(),
                is_hit: marker.hit.is_some(),
            });
            notes.collect()
        }
        What::Scenes => {
            let scenes = programme.scenes.iter();
            let notes = scenes.map(|scene| Note {
                what,
                number: scene.number.clone(),
                name: scene.name.clone(),
                span: scene.span,
                color: scene.color,
                text: scene.intent.clone(),
                is_hit: false,
            });
            notes.collect()
        }
        What::Cues => {
            let music = programme.music().into_iter();
            music.map(|clip| cue(programme, clip)).collect()
        }
    }
}

/// The color of music wherever it is drawn.
const MUSIC: Color = Color::Cyan;

fn cue(programme: &Programme, clip: &MusicClip) -> Note {
    let words = [&clip.scene, &clip.why, &clip.pick.note];
    let words: Vec<&str> = words
        .into_iter()
        .map(|word| word.trim())
        .filter(|word| !word.is_empty())
        .collect();
    Note {
        what: What::Cues,
        number: format!("M{}", clip.number),
        name: programme.recording(&clip.pick).full_title(),
        span: clip.pick.heard,
        color: MUSIC,
        text: words.join("; "),
        is_hit: false,
    }
}

/// Says how many hit points lose what makes them one.
pub(super) fn tell_hits(notes: &[Note], report: &mut WriteReport) {
    report.add(Remark::HitsLeft {
        n: notes.iter().filter(|note| note.is_hit).count(),
    });
}

/// A text on one line, with single blanks, and with these signs replaced.
pub(super) fn on_one_line(text: &str, replaced: &[(char, char)]) -> String {
    let replace = |c: char| {
        let found = replaced.iter().find(|(from, _)| *from == c);
        found.map_or(c, |(_, to)| *to)
    };
    let text: String = text
        .chars()
        .map(replace)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
