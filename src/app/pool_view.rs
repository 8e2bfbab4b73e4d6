//! What the pool's list shows: the tracks that answer the query, in its order. Worked out by a
//! job whenever the pool, the query or what lies around the pool has changed. One question is
//! answered at a time; of those that are asked meanwhile, the newest is next.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashSet;
use std::sync::Arc;

use super::Revision;
use crate::jobs::JobId;
use crate::model::EpisodeId;
use crate::model::Show;
use crate::model::TrackId;
use crate::ops::search::{Around, Facets, Index, Lists, Query};
use crate::ops::similar::{Similar, similar_to};
use crate::ops::uses::Uses;

/// The pool as it is listed.
#[derive(Clone, Debug, Default)]
pub struct PoolView {
    query: Query,
    listing: Listing,
    /// What `listing` answers.
    answered: Stamp,
    /// What was asked last.
    asked: Stamp,
    /// Who works on an answer.
    job: Option<JobId>,
}

/// An answer, and what it was made from.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing {
    rows: Arc<[TrackId]>,
    index: Arc<Index>,
    around: Around,
    facets: Arc<Facets>,
    /// What is like a track, where that is asked for.
    similar: Option<Likes>,
}

/// What is like a track.
#[derive(Clone, Debug)]
struct Likes {
    of: TrackId,
    all: Arc<[Similar]>,
    reasons: Arc<BTreeMap<TrackId, String>>,
}

/// Which state of show, pool, files and query an answer belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) session: u64,
    pub(super) pool: Revision,
    pub(super) episodes: Revision,
    pub(super) lists: Revision,
    pub(super) places: u64,
    pub(super) episode: Option<EpisodeId>,
    pub(super) query: u64,
}

impl PoolView {
    /// What is asked of the pool.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The rows, in order.
    pub fn rows(&self) -> &Arc<[TrackId]> {
        &self.listing.rows
    }

    /// Where a track is among the rows.
    pub fn position(&self, track: TrackId) -> Option<usize> {
        self.listing.rows.iter().position(|id| *id == track)
    }

    /// How many tracks of the pool there are of each kind.
    pub fn facets(&self) -> &Facets {
        &self.listing.facets
    }

    /// Where tracks are used.
    pub fn uses(&self) -> &Uses {
        &self.listing.around.uses
    }

    /// What a row has in common with the track that it is like, where such are asked for.
    pub fn reason(&self, track: TrackId) -> Option<&str> {
        let likes = self.listing.similar.as_ref()?;
        likes.reasons.get(&track).map(String::as_str)
    }

    /// Which question the rows answer, by the numbers of the show and the query: another one when
    /// something else was asked, and the same when only the pool has changed.
    pub fn question(&self) -> (u64, u64) {
        (self.answered.session, self.answered.query)
    }

    /// Whether an answer is still on its way.
    pub fn is_searching(&self) -> bool {
        self.answered != self.asked
    }

    pub(super) fn set_query(&mut self, query: Query) {
        self.query = query;
    }

    /// Notes that the question `stamp` is to be answered; false when it was asked already.
    pub(super) fn ask(&mut self, stamp: Stamp) -> bool {
        let is_new = self.asked != stamp;
        self.asked = stamp;
        is_new
    }

    /// Whether `stamp` is what was asked last.
    pub(super) fn has_asked(&self, stamp: Stamp) -> bool {
        self.asked == stamp
    }

    /// Who works on an answer, if somebody does.
    pub(super) fn job(&self) -> Option<JobId> {
        self.job
    }

    pub(super) fn set_job(&mut self, job: Option<JobId>) {
        self.job = job;
    }

    /// What a new answer can be made from, and what that answered.
    pub(super) fn before(&self) -> (Listing, Stamp) {
        (self.listing.clone(), self.answered)
    }

    /// Takes an answer, unless it is about another show. Returns the one that is of no use any
    /// more.
    pub(super) fn answer(&mut self, stamp: Stamp, listing: Listing) -> Listing {
        if stamp.session != self.asked.session {
            return listing;
        }
        self.answered = stamp;
        std::mem::replace(&mut self.listing, listing)
    }

    /// Lists nothing: another show is open.
    pub(super) fn clear(&mut self) {
        *self = Self {
            query: std::mem::take(&mut self.query),
            ..Self::default()
        };
    }
}

/// What a question is about.
pub(super) struct Asked {
    pub(super) stamp: Stamp,
    pub(super) show: Show,
    pub(super) query: Query,
    pub(super) missing: Arc<BTreeSet<String>>,
}

impl Asked {
    /// The answer, taking over from the one before what has not changed since.
    pub(super) fn answer(&self, before: &Listing, was: Stamp) -> Listing {
        let (now, show) = (self.stamp, &self.show);
        let is_same_show = now.session == was.session;
        let index = if is_same_show && now.pool == was.pool {
            Arc::clone(&before.index)
        } else if is_same_show {
            Arc::new(before.index.renewed(show))
        } else {
            Arc::new(Index::new(show))
        };
        let uses = if is_same_show && now.episodes == was.episodes {
            Arc::clone(&before.around.uses)
        } else {
            Arc::new(Uses::of(show))
        };
        let lists = if is_same_show && now.lists == was.lists {
            Arc::clone(&before.around.lists)
        } else {
            Arc::new(Lists::of(show))
        };
        let around = Around {
            uses,
            lists,
            missing: Arc::clone(&self.missing),
            episode: now.episode,
        };
        let is_same_pool = Arc::ptr_eq(&index, &before.index)
            && Arc::ptr_eq(&around.uses, &before.around.uses)
            && Arc::ptr_eq(&around.missing, &before.around.missing)
            && around.episode == before.around.episode;
        let facets = if is_same_pool {
            Arc::clone(&before.facets)
        } else {
            Arc::new(index.facets(&around))
        };
        let mut rows = index.find(&self.query, &around);
        let similar = self.query.similar.map(|of| {
            let known = before.similar.as_ref().filter(|likes| likes.of == of);
            let known = known.filter(|_| Arc::ptr_eq(&index, &before.index));
            known.cloned().unwrap_or_else(|| Likes::of(show, of))
        });
        if let Some(likes) = &similar {
            let found: HashSet<TrackId> = rows.into_iter().collect();
            let like = likes.all.iter().map(|similar| similar.track);
            rows = like.filter(|id| found.contains(id)).collect();
        }
        let rows = if *rows == *before.rows {
            // Whoever knows these rows need not look at them again.
            Arc::clone(&before.rows)
        } else {
            rows.into()
        };
        Listing {
            rows,
            index,
            around,
            facets,
            similar,
        }
    }
}

impl Likes {
    fn of(show: &Show, of: TrackId) -> Self {
        let all = similar_to(show, of);
        let reasons = all.iter();
        let reasons = reasons.map(|similar| (similar.track, similar.reason.clone()));
        Self {
            of,
            reasons: Arc::new(reasons.collect()),
            all: all.into(),
        }
    }
}
