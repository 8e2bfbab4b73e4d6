//! The show: everything in one file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entity::{Entities, fields};
use super::episode::{Cut, Episode};
use super::ids::{CutAt, EpisodeId, ListId, PersonId, TrackId};
use super::list::List;
use super::people::Person;
use super::track::Track;
use crate::time::Timebase;

/// People, pool, lists and episodes. A clone shares everything with the original until one of them is
/// changed, so it is a snapshot that costs next to nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Show {
    /// The show's title.
    pub title: String,
    /// The rate and labels that its episodes have unless they say otherwise.
    pub timebase: Timebase,
    /// What stands at the head of the paperwork of every episode, unless the episode says
    /// otherwise, by the name of the field: `network`.
    pub header: BTreeMap<String, String>,
    pub(crate) people: Entities<PersonId, Person>,
    pub(crate) tracks: Entities<TrackId, Track>,
    pub(crate) lists: Entities<ListId, List>,
    pub(crate) episodes: Entities<EpisodeId, Episode>,
}

impl Show {
    /// A show with a title and nothing else.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// A person by their id.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(&id).map(Arc::as_ref)
    }

    /// A track by its id.
    pub fn track(&self, id: TrackId) -> Option<&Track> {
        self.tracks.get(&id).map(Arc::as_ref)
    }

    /// A list by its id.
    pub fn list(&self, id: ListId) -> Option<&List> {
        self.lists.get(&id).map(Arc::as_ref)
    }

    /// An episode by its id.
    pub fn episode(&self, id: EpisodeId) -> Option<&Episode> {
        self.episodes.get(&id).map(Arc::as_ref)
    }

    /// A cut by its place.
    pub fn cut(&self, at: CutAt) -> Option<&Cut> {
        self.episode(at.episode)?.cut(at.cut)
    }

    /// The people, in the order of their ids.
    pub fn people(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        self.people.iter().map(|(id, person)| (*id, &**person))
    }

    /// The pool, in the order of the tracks' ids.
    pub fn tracks(&self) -> impl Iterator<Item = (TrackId, &Track)> {
        self.tracks.iter().map(|(id, track)| (*id, &**track))
    }

    /// How many tracks the pool holds.
    pub fn n_tracks(&self) -> usize {
        self.tracks.len()
    }

    /// The lists, by name.
    pub fn lists(&self) -> Vec<(ListId, &List)> {
        let mut in_order: Vec<_> = self.lists.iter().map(|(id, it)| (*id, &**it)).collect();
        in_order.sort_by_cached_key(|(id, list)| (list.name.to_lowercase(), *id));
        in_order
    }

    /// The episodes, by number as people count: 9 before 10.
    pub fn episodes(&self) -> Vec<(EpisodeId, &Episode)> {
        let mut in_order: Vec<_> = self.episodes.iter().map(|(id, e)| (*id, &**e)).collect();
        in_order.sort_by_cached_key(|(id, episode)| {
            let number: u64 = episode.number.trim().parse().unwrap_or(u64::MAX);
            (number, episode.number.clone(), *id)
        });
        in_order
    }

    pub(crate) fn cut_mut(&mut self, at: CutAt) -> Option<&mut Cut> {
        let episode = Arc::make_mut(self.episodes.get_mut(&at.episode)?);
        Some(Arc::make_mut(episode.cuts.get_mut(&at.cut)?))
    }
}

fields! {
    /// What can be set of a [`Show`].
    ShowField of Show as Show {
        /// The show's title.
        Title(String) => title,
        /// What its episodes have unless they say otherwise.
        Timebase(Timebase) => timebase,
        /// What stands at the head of the paperwork of every episode.
        Header(BTreeMap<String, String>) => header,
    }
}
