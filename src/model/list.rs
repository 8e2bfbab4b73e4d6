//! Lists: tracks that somebody has put together and in order, and searches that somebody keeps.

use std::collections::BTreeMap;

use super::entity::fields;
use super::ids::{PersonId, TrackId};
use super::people::Moment;

/// A list of tracks of the pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// What it is called.
    pub name: String,
    /// Who made it.
    pub made_by: Option<PersonId>,
    /// When it was made.
    pub made_at: Moment,
    /// What it finds, as one types it, where it is a smart list: it then holds no tracks itself.
    pub query: Option<String>,
    /// The tracks that somebody has put into it, each with its place.
    pub tracks: BTreeMap<TrackId, Place>,
}

/// A track's place in a list: lower comes first. There is room between two places for others, so
/// that moving a track is a change of that track's place alone, and two people may each move one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(i64);

impl Place {
    /// The place of this number.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl List {
    /// Whether it keeps a search.
    pub fn is_smart(&self) -> bool {
        self.query.is_some()
    }

    /// The tracks that were put into it, in order; of two in one place, the one with the lower id
    /// first, so that the order is the same on every machine.
    pub fn in_order(&self) -> Vec<TrackId> {
        let mut tracks: Vec<_> = self.tracks.iter().collect();
        tracks.sort_by_key(|(id, place)| (**place, **id));
        tracks.into_iter().map(|(id, _)| *id).collect()
    }
}

fields! {
    /// What can be set of a [`List`].
    ListField of List as List {
        /// What it is called.
        Name(String) => name,
        /// Who made it.
        MadeBy(Option<PersonId>) => made_by,
        /// When it was made.
        MadeAt(Moment) => made_at,
        /// What it finds.
        Query(Option<String>) => query,
        /// The tracks in it.
        Tracks(BTreeMap<TrackId, Place>) => tracks,
    }
}
