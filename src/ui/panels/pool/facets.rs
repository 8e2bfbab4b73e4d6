//! How many tracks of the pool there are of each state and with each tag, for the filter's chips.

use std::collections::BTreeMap;

use crate::app::Session;
use crate::model::PoolState;

/// How long counts may be behind while the pool keeps changing, as it does while it is measured.
const BEHIND_SECS: f64 = 0.5;
/// How many tags are offered.
const MAX_TAGS: usize = 60;

/// The counts, kept until the pool has changed.
#[derive(Debug, Default)]
pub(super) struct Facets {
    states: [usize; PoolState::ALL.len()],
    /// The commonest tags, commonest first.
    tags: Vec<(String, usize)>,
    /// The session and the state of its pool that was counted, and when.
    counted: Option<(Stamp, f64)>,
}

/// A state of a pool: the identity of the show's file or title, and the pool's revision.
type Stamp = (u64, usize);

impl Facets {
    /// Counts anew where the pool has changed. Returns in how many seconds to look again, if the
    /// counts were left behind.
    pub(super) fn follow(&mut self, session: &Session, now: f64) -> Option<f64> {
        let stamp = (session.pool_revision().0, session.show().n_tracks());
        if let Some((counted, at)) = self.counted {
            if counted == stamp {
                return None;
            }
            let age = now - at;
            if counted.1 == stamp.1 && (0.0..BEHIND_SECS).contains(&age) {
                return Some(BEHIND_SECS - age);
            }
        }
        self.count(session);
        self.counted = Some((stamp, now));
        None
    }

    fn count(&mut self, session: &Session) {
        self.states = [0; PoolState::ALL.len()];
        let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, track) in session.show().tracks() {
            if let Some(count) = self.states.get_mut(index_of(track.state)) {
                *count += 1;
            }
            for tag in &track.tags {
                *tags.entry(tag).or_default() += 1;
            }
        }
        let mut tags: Vec<(String, usize)> = tags
            .into_iter()
            .map(|(tag, n)| (tag.to_owned(), n))
            .collect();
        tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        tags.truncate(MAX_TAGS);
        self.tags = tags;
    }

    /// How many tracks are in a state.
    pub(super) fn n_in(&self, state: PoolState) -> usize {
        self.states
            .get(index_of(state))
            .copied()
            .unwrap_or_default()
    }

    /// The commonest tags with how many tracks have them.
    pub(super) fn tags(&self) -> &[(String, usize)] {
        &self.tags
    }
}

fn index_of(state: PoolState) -> usize {
    match state {
        PoolState::Suggested => 0,
        PoolState::Approved => 1,
        PoolState::Rejected => 2,
        PoolState::Retired => 3,
    }
}
