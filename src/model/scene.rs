//! Scenes: named ranges of a cut, with what they are about.

use super::entity::fields;
use super::marker::Color;
use crate::time::TickSpan;

/// A dramatic unit of the episode, as a range of one cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// Its number in the script: `12`, `12A`.
    pub number: String,
    /// Its heading: `INT. BEACH HUT - NIGHT`.
    pub name: String,
    /// Where it lies; zero is the first frame of the cut.
    pub span: TickSpan,
    /// What it is about, and what it should feel like.
    pub intent: String,
    /// Its label color.
    pub color: Color,
}

impl Scene {
    /// Number and heading together, whichever there are.
    pub fn title(&self) -> String {
        match (self.number.is_empty(), self.name.is_empty()) {
            (false, false) => format!("{} {}", self.number, self.name),
            (false, true) => self.number.clone(),
            (true, _) => self.name.clone(),
        }
    }
}

fields! {
    /// What can be set of a [`Scene`].
    SceneField of Scene as Scene {
        /// Its number in the script.
        Number(String) => number,
        /// Its heading.
        Name(String) => name,
        /// Where it lies.
        Span(TickSpan) => span,
        /// What it is about.
        Intent(String) => intent,
        /// Its label color.
        Color(Color) => color,
    }
}
