//! How many tracks of the pool there are of each kind, for the menus of the filter.

use std::collections::BTreeMap;

use super::filter::{Filtered, Voice};
use super::segment::{is_instrumental, is_vocal};
use crate::model::ClearanceState;
use crate::model::PersonId;
use crate::model::PoolState;
use crate::model::Track;

/// How many tags are told: the commonest.
const MAX_TAGS: usize = 200;

/// The counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    states: [usize; PoolState::ALL.len()],
    clearance: [usize; ClearanceState::ALL.len()],
    tags: BTreeMap<String, usize>,
    people: BTreeMap<PersonId, usize>,
    n_vocal: usize,
    n_instrumental: usize,
    n_wishes: usize,
    n_unmeasured: usize,
    n_missing: usize,
    /// Used in the open episode, and in its season.
    n_used: [usize; 2],
    n_tracks: usize,
    /// The commonest tags, commonest first.
    common: Vec<(String, usize)>,
}

impl Facets {
    /// How many tracks are in a state.
    pub fn in_state(&self, state: PoolState) -> usize {
        self.states[state as usize]
    }

    /// How many tracks are cleared so far, by the worse of their two sides.
    pub fn cleared(&self, state: ClearanceState) -> usize {
        self.clearance[state as usize]
    }

    /// The commonest tags with how many tracks have them, commonest first.
    pub fn tags(&self) -> &[(String, usize)] {
        &self.common
    }

    /// Who added how many.
    pub fn people(&self) -> impl Iterator<Item = (PersonId, usize)> {
        self.people.iter().map(|(id, n)| (*id, *n))
    }

    /// How many tracks have a voice, or none.
    pub fn with_voice(&self, voice: Voice) -> usize {
        match voice {
            Voice::Vocal => self.n_vocal,
            Voice::Instrumental => self.n_instrumental,
        }
    }

    /// Of how many tracks something is so.
    pub fn of(&self, fact: Filtered) -> usize {
        let [in_episode, in_season] = self.n_used;
        match fact {
            Filtered::UsedInEpisode => in_episode,
            Filtered::UnusedInEpisode => self.n_tracks.saturating_sub(in_episode),
            Filtered::UsedInSeason => in_season,
            Filtered::UnusedInSeason => self.n_tracks.saturating_sub(in_season),
            Filtered::Missing => self.n_missing,
            Filtered::Unmeasured => self.n_unmeasured,
            Filtered::Wish => self.n_wishes,
        }
    }

    /// Counts one track.
    pub(super) fn count(&mut self, track: &Track) {
        self.n_tracks += 1;
        self.states[track.state as usize] += 1;
        self.clearance[track.clearance() as usize] += 1;
        for tag in &track.tags {
            match self.tags.get_mut(tag) {
                Some(n) => *n += 1,
                None => drop(self.tags.insert(tag.clone(), 1)),
            }
        }
        if let Some(person) = track.added_by {
            *self.people.entry(person).or_default() += 1;
        }
        if is_instrumental(track) {
            self.n_instrumental += 1;
        } else if is_vocal(track) {
            self.n_vocal += 1;
        }
        self.n_wishes += usize::from(track.media.is_none());
        self.n_unmeasured += usize::from(!track.measured.is_known());
    }

    /// Adds what was counted of other tracks.
    pub(super) fn add(&mut self, other: &Self) {
        let sum = |own: &mut [usize], other: &[usize]| {
            own.iter_mut()
                .zip(other)
                .for_each(|(own, other)| *own += other);
        };
        sum(&mut self.states, &other.states);
        sum(&mut self.clearance, &other.clearance);
        for (tag, n) in &other.tags {
            match self.tags.get_mut(tag) {
                Some(own) => *own += n,
                None => drop(self.tags.insert(tag.clone(), *n)),
            }
        }
        for (person, n) in &other.people {
            *self.people.entry(*person).or_default() += n;
        }
        self.n_vocal += other.n_vocal;
        self.n_instrumental += other.n_instrumental;
        self.n_wishes += other.n_wishes;
        self.n_unmeasured += other.n_unmeasured;
        self.n_tracks += other.n_tracks;
    }

    /// Notes what the tracks themselves do not tell, and which tags are the commonest.
    pub(super) fn complete(&mut self, n_missing: usize, n_used: [usize; 2]) {
        self.n_used = n_used;
        self.n_missing = n_missing;
        let tags = std::mem::take(&mut self.tags);
        self.common = tags.into_iter().collect();
        self.common
            .sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        self.common.truncate(MAX_TAGS);
    }
}
