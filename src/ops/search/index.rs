//! The pool prepared for searching: segments of some thousand rows, and what rows are ordered by.
//!
//! A change to the pool makes the segments anew that it touches; the others are shared with the
//! index before.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::parse::parse;
use super::segment::Question;
use super::segment::Row;
use super::segment::Segment;
use super::terms::{Number, What};
use super::{Column, Order, Query, fold};
use crate::model::PersonId;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;

/// A row ends a segment with this chance: one in so many.
const ROWS_ABOUT: u64 = 1024;
/// No segment has more rows.
const MOST_ROWS: usize = 8192;

/// See the module.
#[derive(Debug, Default)]
pub struct Index {
    segments: Vec<Arc<Segment>>,
    /// For each segment, the number of its first row.
    firsts: Vec<usize>,
    n_rows: usize,
    names: BTreeMap<PersonId, String>,
    used: BTreeSet<TrackId>,
    /// For each column, the rows in its order; made when it is first asked for.
    orders: [OnceLock<Vec<u32>>; Column::ALL.len()],
}

impl Index {
    /// Prepares the whole pool.
    pub fn new(show: &Show) -> Self {
        Self::default().renewed(show)
    }

    /// Prepares the pool as it is now, taking over from this index what has not changed.
    #[must_use]
    pub fn renewed(&self, show: &Show) -> Self {
        let people = show.people();
        let names: BTreeMap<PersonId, String> = people
            .map(|(id, person)| (id, person.name.clone()))
            .collect();
        let known: BTreeMap<TrackId, &Arc<Segment>> = if names == self.names {
            let known = self.segments.iter();
            let known = known.filter_map(|segment| Some((segment.first()?, segment)));
            known.collect()
        } else {
            // A contributor is found by name, whatever segment they are in.
            BTreeMap::new()
        };
        let tracks: Vec<(&TrackId, &Arc<Track>)> = show.tracks.iter().collect();
        let segments: Vec<Arc<Segment>> = cut_up(&tracks)
            .into_par_iter()
            .map(|tracks| {
                let same = tracks.first().and_then(|(id, _)| known.get(id));
                match same.filter(|segment| segment.holds(tracks)) {
                    Some(segment) => Arc::clone(segment),
                    None => Arc::new(Segment::new(tracks, &names)),
                }
            })
            .collect();
        let mut n_rows = 0;
        let firsts = segments.iter().map(|segment| {
            let first = n_rows;
            n_rows += segment.rows().len();
            first
        });
        Self {
            firsts: firsts.collect(),
            n_rows,
            segments,
            names,
            used: used(show),
            orders: Default::default(),
        }
    }

    /// The tracks that answer `query`, in its order.
    pub fn find(&self, query: &Query) -> Vec<TrackId> {
        let mut terms = parse(&query.text);
        // What costs least is asked first.
        terms.sort_by_key(|term| matches!(term.what, What::Says(..)));
        let question = Question {
            terms,
            states: &query.states,
            tags: query.tags.iter().map(|tag| fold(tag)).collect(),
            used: &self.used,
        };
        let answers: Vec<Vec<bool>> = self
            .segments
            .par_iter()
            .map(|segment| segment.answer(&question))
            .collect();
        let is_found = answers.concat();
        let order = self.order(query.column);
        let found = |at: &&u32| is_found[**at as usize];
        let id = |at: &u32| self.row(*at as usize).id;
        match query.order {
            Order::Ascending => order.iter().filter(found).map(id).collect(),
            Order::Descending => order.iter().rev().filter(found).map(id).collect(),
        }
    }

    fn row(&self, at: usize) -> &Row {
        let segment = self.firsts.partition_point(|first| *first <= at) - 1;
        &self.segments[segment].rows()[at - self.firsts[segment]]
    }

    /// The rows in the order of a column.
    fn order(&self, column: Column) -> &[u32] {
        self.orders[column as usize].get_or_init(|| {
            let rows: Vec<&Row> = self.segments.iter().flat_map(|it| it.rows()).collect();
            let mut order: Vec<u32> = (0..).take(self.n_rows).collect();
            order.par_sort_unstable_by(|a, b| {
                let (a, b) = (rows[*a as usize], rows[*b as usize]);
                compare(a, b, column)
                    .then_with(|| a.title.cmp(&b.title))
                    .then_with(|| a.id.cmp(&b.id))
            });
            order
        })
    }
}

/// Tracks, in the order of their ids, cut into segments. Which track ends one depends on its id
/// alone, so a track that comes or goes leaves the other segments as they are.
fn cut_up<'s, 't>(
    tracks: &'s [(&'t TrackId, &'t Arc<Track>)],
) -> Vec<&'s [(&'t TrackId, &'t Arc<Track>)]> {
    let mut segments = Vec::new();
    let mut rest = tracks;
    while !rest.is_empty() {
        let ends = |(id, _): &(&TrackId, &Arc<Track>)| ends_segment(**id);
        let length = rest.iter().position(ends).map_or(rest.len(), |at| at + 1);
        let (segment, others) = rest.split_at(length.min(MOST_ROWS));
        segments.push(segment);
        rest = others;
    }
    segments
}

fn ends_segment(id: TrackId) -> bool {
    // Spread by the golden ratio (Knuth, "The Art of Computer Programming", volume 3, section 6.4).
    let bits = id.as_u128();
    let mixed = ((bits >> 64) as u64 ^ bits as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32).is_multiple_of(ROWS_ABOUT)
}

fn compare(a: &Row, b: &Row, column: Column) -> Ordering {
    let by = |number: Number| {
        let (a, b) = (a.numbers[number as usize], b.numbers[number as usize]);
        // What is not known comes after what is.
        a.is_nan().cmp(&b.is_nan()).then_with(|| a.total_cmp(&b))
    };
    match column {
        Column::Title => a.title.cmp(&b.title),
        Column::Artist => a.artist.cmp(&b.artist),
        Column::Album => a.album.cmp(&b.album),
        Column::Length => by(Number::Length),
        Column::Tempo => by(Number::Tempo),
        Column::Key => {
            let key = |row: &Row| row.track.key().map(|key| key.value);
            let (a, b) = (key(a), key(b));
            a.is_none().cmp(&b.is_none()).then_with(|| a.cmp(&b))
        }
        Column::Loudness => by(Number::Loudness),
        Column::Year => by(Number::Year),
        Column::State => a.track.state.cmp(&b.track.state),
        Column::AddedBy => a.contributor.cmp(&b.contributor),
        Column::Added => a.track.added_at.cmp(&b.track.added_at),
    }
}

/// The tracks that are picked in the current cut of an episode.
fn used(show: &Show) -> BTreeSet<TrackId> {
    let mut used = BTreeSet::new();
    for (_, episode) in show.episodes() {
        for (_, slot) in episode.current().iter().flat_map(|(_, cut)| cut.slots()) {
            used.extend(slot.picked().map(|(_, alternate)| alternate.track));
        }
    }
    used
}

#[cfg(test)]
mod tests;
