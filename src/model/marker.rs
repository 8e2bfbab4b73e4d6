//! Markers and hit points: the moments of picture that music is felt against.

use std::fmt;
use std::str::FromStr;

use super::entity::fields;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;

/// A named point, or span, of the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marker {
    /// What it is called.
    pub name: String,
    /// Where it is; zero is the first frame of the cut.
    pub at: Ticks,
    /// How long it lasts; zero for a point.
    pub length: Ticks,
    /// Its label color.
    pub color: Color,
    /// Remarks.
    pub note: String,
    /// What makes it a hit point, if it is one.
    pub hit: Option<HitPoint>,
}

impl Marker {
    /// From its first instant to its end.
    pub fn span(&self) -> TickSpan {
        TickSpan::with_length(self.at, self.length)
    }
}

/// A moment where music must meet picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitPoint {
    /// How much it matters.
    pub weight: Weight,
    /// How early the music may be.
    pub early: Frames,
    /// How late the music may be.
    pub late: Frames,
}

/// How much a hit point matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Nice to have.
    Light,
    /// It should be met.
    #[default]
    Medium,
    /// The scene turns on it.
    Heavy,
}

/// Label colors that every editing system can show under some name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Color {
    /// Gray: no meaning given yet.
    #[default]
    Gray,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Cyan.
    Cyan,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
    /// Pink.
    Pink,
}

impl Color {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 9] = [
        Self::Gray,
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Cyan,
        Self::Blue,
        Self::Purple,
        Self::Pink,
    ];

    /// Its English name, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gray => "gray",
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Cyan => "cyan",
            Self::Blue => "blue",
            Self::Purple => "purple",
            Self::Pink => "pink",
        }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no label color.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a label color")]
pub struct UnknownColor(pub String);

impl FromStr for Color {
    type Err = UnknownColor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|color| color.name().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| UnknownColor(text.to_owned()))
    }
}

fields! {
    /// What can be set of a [`Marker`].
    MarkerField of Marker as Marker {
        /// What it is called.
        Name(String) => name,
        /// Where it is.
        At(Ticks) => at,
        /// How long it lasts.
        Length(Ticks) => length,
        /// Its label color.
        Color(Color) => color,
        /// Remarks.
        Note(String) => note,
        /// What makes it a hit point.
        Hit(Option<HitPoint>) => hit,
    }
}
