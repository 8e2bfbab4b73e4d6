//! What the pool's list shows: the tracks that answer the query, in its order. Worked out by a
//! job whenever the pool or the query has changed; the newest question wins.

use std::sync::Arc;

use crate::model::TrackId;
use crate::ops::search::Index;
use crate::ops::search::Query;

/// The pool as it is listed.
#[derive(Clone, Debug, Default)]
pub struct PoolView {
    query: Query,
    rows: Arc<[TrackId]>,
    /// The pool prepared for searching, and the question it was prepared for.
    index: Option<(Stamp, Arc<Index>)>,
    /// What `rows` answer.
    answered: Stamp,
    /// What was asked last.
    asked: Stamp,
}

/// Which state of show, pool and query an answer belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    pub(super) session: u64,
    pub(super) pool_revision: u64,
    pub(super) query_revision: u64,
}

impl PoolView {
    /// What is asked of the pool.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The rows, in order.
    pub fn rows(&self) -> &Arc<[TrackId]> {
        &self.rows
    }

    /// Whether an answer is still on its way.
    pub fn is_searching(&self) -> bool {
        self.answered != self.asked
    }

    pub(super) fn set_query(&mut self, query: Query) {
        self.query = query;
    }

    /// Notes that the question `stamp` is being asked; false when it was asked already.
    pub(super) fn ask(&mut self, stamp: Stamp) -> bool {
        let is_new = self.asked != stamp;
        self.asked = stamp;
        is_new
    }

    /// The pool prepared for searching, where it has not changed since it was.
    pub(super) fn index(&self, stamp: Stamp) -> Option<Arc<Index>> {
        let (made, index) = self.index.as_ref()?;
        let is_current = (made.session, made.pool_revision) == (stamp.session, stamp.pool_revision);
        is_current.then(|| Arc::clone(index))
    }

    /// The pool as it was last prepared for searching in this session: what has not changed since
    /// is taken over.
    pub(super) fn index_before(&self, stamp: Stamp) -> Option<Arc<Index>> {
        let (made, index) = self.index.as_ref()?;
        (made.session == stamp.session).then(|| Arc::clone(index))
    }

    /// Takes an answer, unless a newer one is there already.
    pub(super) fn answer(&mut self, stamp: Stamp, index: Arc<Index>, rows: Vec<TrackId>) {
        if stamp >= self.answered {
            self.rows = rows.into();
            self.answered = stamp;
            self.index = Some((stamp, index));
        }
    }

    /// Lists nothing: another show is open.
    pub(super) fn clear(&mut self) {
        *self = Self {
            query: std::mem::take(&mut self.query),
            ..Self::default()
        };
    }
}
