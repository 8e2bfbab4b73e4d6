//! What must be so of a track besides what is typed: each part is one of the window's chips, and
//! can be written as text.

use crate::model::ClearanceState;
use crate::model::PoolState;

/// What is let through. An empty part lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Any of these states.
    pub states: Vec<PoolState>,
    /// All of these tags.
    pub tags: Vec<String>,
    /// Added by any of these people, by their names.
    pub people: Vec<String>,
    /// Cleared so far: any of these, of the worse of the two sides.
    pub clearance: Vec<ClearanceState>,
    /// With a voice or without.
    pub voice: Option<Voice>,
    /// All of this.
    pub is: Vec<Filtered>,
}

/// Whether somebody sings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// Somebody does.
    Vocal,
    /// Nobody does.
    Instrumental,
}

/// Something that is so or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filtered {
    /// It is used in the open episode.
    UsedInEpisode,
    /// It is not.
    UnusedInEpisode,
    /// It is used in the season of the open episode.
    UsedInSeason,
    /// It is not.
    UnusedInSeason,
    /// Its file was looked for and not found.
    Missing,
    /// Its sound was not measured yet.
    Unmeasured,
    /// It has no file.
    Wish,
}

impl Filtered {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::UsedInEpisode,
        Self::UnusedInEpisode,
        Self::UsedInSeason,
        Self::UnusedInSeason,
        Self::Missing,
        Self::Unmeasured,
        Self::Wish,
    ];

    /// What it is called.
    pub const fn text(self) -> &'static str {
        match self {
            Self::UsedInEpisode => "used in this episode",
            Self::UnusedInEpisode => "unused in this episode",
            Self::UsedInSeason => "used in this season",
            Self::UnusedInSeason => "unused in this season",
            Self::Missing => "file missing",
            Self::Unmeasured => "not measured",
            Self::Wish => "wish without a file",
        }
    }

    /// What cannot be so together with it.
    pub const fn opposite(self) -> Option<Self> {
        match self {
            Self::UsedInEpisode => Some(Self::UnusedInEpisode),
            Self::UnusedInEpisode => Some(Self::UsedInEpisode),
            Self::UsedInSeason => Some(Self::UnusedInSeason),
            Self::UnusedInSeason => Some(Self::UsedInSeason),
            Self::Missing | Self::Unmeasured | Self::Wish => None,
        }
    }

    const fn asked(self) -> &'static str {
        match self {
            Self::UsedInEpisode => "used:episode",
            Self::UnusedInEpisode => "-used:episode",
            Self::UsedInSeason => "used:season",
            Self::UnusedInSeason => "-used:season",
            Self::Missing => "is:missing",
            Self::Unmeasured => "is:unmeasured",
            Self::Wish => "is:wish",
        }
    }
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same as one could type it: `state:approved,suggested tag:="warm" clearance:denied`.
    pub fn as_text(&self) -> String {
        let mut text = String::new();
        let mut add = |part: &str| {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(part);
        };
        if !self.states.is_empty() {
            let states: Vec<&str> = self.states.iter().map(|state| state.as_str()).collect();
            add(&format!("state:{}", states.join(",")));
        }
        for tag in &self.tags {
            add(&format!("tag:=\"{}\"", unquoted(tag)));
        }
        if !self.people.is_empty() {
            let people = self.people.iter();
            let people: Vec<String> = people
                .map(|name| format!("=\"{}\"", unquoted(name)))
                .collect();
            add(&format!("by:{}", people.join(",")));
        }
        if !self.clearance.is_empty() {
            let states = self.clearance.iter();
            let states: Vec<String> = states
                .map(|state| state.as_str().replace(' ', "-"))
                .collect();
            add(&format!("clearance:{}", states.join(",")));
        }
        match self.voice {
            Some(Voice::Vocal) => add("is:vocal"),
            Some(Voice::Instrumental) => add("is:instrumental"),
            None => {}
        }
        for fact in &self.is {
            add(fact.asked());
        }
        text
    }
}

/// A name as it can stand between quotation marks.
fn unquoted(name: &str) -> String {
    name.replace(['"', '“', '”'], "")
}
