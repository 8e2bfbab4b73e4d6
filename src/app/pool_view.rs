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
    /// The pool prepared for searching, and the state of it that it was prepared from.
    index: Option<(Stamp, Arc<Index>)>,
    /// What `rows` answer.
    answered: Stamp,
    /// What is to be answered.
    asked: Stamp,
    /// The question for which the pool is being prepared anew: one at a time, as each takes a
    /// while and the next one takes over what it made.
    preparing: Option<Stamp>,
    /// The question put last to a pool that was ready.
    finding: Option<Stamp>,
}

/// Which state of show, pool and query an answer belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) session: u64,
    pub(super) pool_revision: u64,
    pub(super) query_revision: u64,
}

impl Stamp {
    fn is_same_pool(self, other: Self) -> bool {
        (self.session, self.pool_revision) == (other.session, other.pool_revision)
    }

    /// Whether nothing in it is older than in `other`.
    fn is_as_new_as(self, other: Self) -> bool {
        other.session < self.session
            || (other.session == self.session
                && other.pool_revision <= self.pool_revision
                && other.query_revision <= self.query_revision)
    }
}

/// What is to be done so that the list answers what is asked.
#[derive(Debug)]
pub(super) enum Listing {
    /// Ask a pool that is ready. Where it is a moment old, that is better than to wait for the
    /// next one: the rows follow the search box at once.
    Find(Stamp, Arc<Index>),
    /// Prepare the pool anew, from what was prepared before, and ask that.
    Prepare(Stamp, Arc<Index>),
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

    /// What is to be done now so that the list answers `asked`; none where it is being done, and
    /// where the pool would have to be prepared anew but it `is_early` for that.
    pub(super) fn next(&mut self, asked: Stamp, is_early: bool) -> Option<Listing> {
        self.asked = asked;
        if self.answered == asked {
            return None;
        }
        let ready = self.index.as_ref();
        let ready = ready.filter(|(made, _)| made.session == asked.session);
        let find = |made: Stamp| Stamp {
            query_revision: asked.query_revision,
            ..made
        };
        match ready {
            Some((made, index)) if made.is_same_pool(asked) => {
                let listing = Listing::Find(asked, Arc::clone(index));
                (self.finding.replace(asked) != Some(asked)).then_some(listing)
            }
            ready if self.preparing.is_none() && !(is_early && ready.is_some()) => {
                self.preparing = Some(asked);
                let before = ready.map_or_else(Arc::default, |(_, index)| Arc::clone(index));
                Some(Listing::Prepare(asked, before))
            }
            Some((made, index)) if self.answered.query_revision < asked.query_revision => {
                let stamp = find(*made);
                let listing = Listing::Find(stamp, Arc::clone(index));
                (self.finding.replace(stamp) != Some(stamp)).then_some(listing)
            }
            _ => None,
        }
    }

    /// Takes an answer, as far as there is no newer one. Returns the pool as it was prepared
    /// before where it is of no use any more: to be dropped where nobody waits, as it is large.
    pub(super) fn answer(
        &mut self,
        stamp: Stamp,
        index: Arc<Index>,
        rows: Vec<TrackId>,
    ) -> Option<Arc<Index>> {
        if self.preparing == Some(stamp) {
            self.preparing = None;
        }
        if stamp.session != self.asked.session {
            return Some(index);
        }
        if stamp.is_as_new_as(self.answered) {
            self.rows = rows.into();
            self.answered = stamp;
        }
        let known = self.index.as_ref();
        let is_newer = known.is_none_or(|(made, _)| made.pool_revision < stamp.pool_revision);
        if !is_newer {
            return None;
        }
        let before = self.index.replace((stamp, index));
        before.map(|(_, index)| index)
    }

    /// Lists nothing: another show is open.
    pub(super) fn clear(&mut self) {
        *self = Self {
            query: std::mem::take(&mut self.query),
            ..Self::default()
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(pool_revision: u64, query_revision: u64) -> Stamp {
        Stamp {
            session: 1,
            pool_revision,
            query_revision,
        }
    }

    fn rows(n: u128) -> Vec<TrackId> {
        (0..n).map(TrackId::from_u128).collect()
    }

    /// A list whose pool was prepared at revision 1 and has answered question 1 with one row.
    fn listed() -> PoolView {
        let mut pool = PoolView::default();
        pool.next(stamp(1, 1), false).expect("it is new");
        pool.answer(stamp(1, 1), Arc::default(), rows(1));
        pool
    }

    #[test]
    fn the_pool_is_prepared_once_at_a_time_however_often_it_changes() {
        let mut pool = listed();
        assert!(matches!(
            pool.next(stamp(2, 1), false),
            Some(Listing::Prepare(..))
        ));
        assert!(pool.next(stamp(3, 1), false).is_none());
        assert!(pool.next(stamp(4, 1), false).is_none());
        pool.answer(stamp(2, 1), Arc::default(), rows(2));
        let next = pool.next(stamp(4, 1), false);
        assert!(matches!(next, Some(Listing::Prepare(at, _)) if at == stamp(4, 1)));
    }

    #[test]
    fn a_new_question_does_not_wait_for_the_pool_to_be_prepared() {
        let mut pool = listed();
        pool.next(stamp(2, 1), false).expect("it has changed");
        let next = pool.next(stamp(2, 2), false);
        assert!(matches!(next, Some(Listing::Find(at, _)) if at == stamp(1, 2)));
        assert!(
            pool.next(stamp(2, 2), false).is_none(),
            "it was put already"
        );
    }

    #[test]
    fn an_older_question_never_takes_the_rows_of_a_newer_one() {
        let mut pool = listed();
        pool.next(stamp(2, 1), false).expect("it has changed");
        pool.next(stamp(2, 2), false).expect("it is new");
        pool.answer(stamp(1, 2), Arc::default(), rows(5));
        pool.answer(stamp(2, 1), Arc::default(), rows(7));
        assert_eq!(pool.rows().len(), 5);
        let next = pool.next(stamp(2, 2), false);
        assert!(matches!(next, Some(Listing::Find(at, _)) if at == stamp(2, 2)));
        pool.answer(stamp(2, 2), Arc::default(), rows(6));
        assert_eq!((pool.rows().len(), pool.is_searching()), (6, false));
    }

    #[test]
    fn while_it_is_early_to_prepare_the_pool_again_questions_are_answered_from_what_there_is() {
        let mut pool = listed();
        assert!(pool.next(stamp(2, 1), true).is_none());
        let next = pool.next(stamp(2, 2), true);
        assert!(matches!(next, Some(Listing::Find(at, _)) if at == stamp(1, 2)));
        assert!(matches!(
            pool.next(stamp(2, 2), false),
            Some(Listing::Prepare(..))
        ));
    }

    #[test]
    fn an_answer_about_a_show_that_is_closed_is_not_shown() {
        let mut pool = listed();
        pool.clear();
        let other = Stamp {
            session: 2,
            ..stamp(1, 1)
        };
        pool.next(other, false).expect("it is new");
        pool.answer(stamp(9, 9), Arc::default(), rows(3));
        assert!(pool.rows().is_empty() && pool.is_searching());
    }
}
