//! The pool prepared for searching: segments of some thousand rows, and what rows are ordered by.
//!
//! A change to the pool makes the segments anew that it touches; the others are shared with the
//! index before.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::facets::Facets;
use super::lists::Contents;
use super::parse::{named_list, parse};
use super::ranks::Ranks;
use super::segment::Question;
use super::segment::Row;
use super::segment::Segment;
use super::terms::{Number, Term, Text, What};
use super::{Around, Column, Order, Query, fold, fold_name};
use crate::model::ListId;
use crate::model::PersonId;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;
use crate::ops::uses::Where;

/// A row ends a segment with this chance: one in so many.
const ROWS_ABOUT: u64 = 1024;
/// No segment has more rows.
const MOST_ROWS: usize = 8192;
/// How many lists may name each other in a row.
const MOST_LISTS: usize = 8;

/// See the module.
#[derive(Debug, Default)]
pub struct Index {
    segments: Vec<Arc<Segment>>,
    /// The tracks, row by row.
    ids: Vec<TrackId>,
    names: BTreeMap<PersonId, String>,
    /// For each column, the places of its values; made when they are first asked for.
    ranks: [OnceLock<Arc<Ranks>>; Column::ALL.len()],
    facets: OnceLock<Facets>,
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
        let nothing = Segment::default();
        let segments: Vec<Arc<Segment>> = cut_up(&tracks)
            .into_par_iter()
            .map(|tracks| {
                // Of its rows, some were in this one, if they were anywhere.
                let until = tracks.last().map_or(TrackId::from_u128(0), |(id, _)| **id);
                let before = known.range(..=until).next_back();
                match before.map(|(_, segment)| *segment) {
                    Some(same) if same.holds(tracks) => Arc::clone(same),
                    Some(before) => Arc::new(Segment::new(tracks, &names, before)),
                    None => Arc::new(Segment::new(tracks, &names, &nothing)),
                }
            })
            .collect();
        Self {
            ranks: self.ranks_that_hold(&segments),
            ids: tracks.into_iter().map(|(id, _)| *id).collect(),
            segments,
            names,
            facets: OnceLock::new(),
        }
    }

    /// The places of those columns whose values are the same in `segments`, row by row.
    fn ranks_that_hold(
        &self,
        segments: &[Arc<Segment>],
    ) -> [OnceLock<Arc<Ranks>>; Column::ALL.len()] {
        let changed: Option<Vec<(&Segment, &Segment)>> = (segments.len() == self.segments.len())
            .then(|| {
                let pairs = self.segments.iter().zip(segments);
                let pairs = pairs.filter(|(old, new)| !Arc::ptr_eq(old, new));
                pairs.map(|(old, new)| (&**old, &**new)).collect()
            });
        let ranks: [OnceLock<Arc<Ranks>>; Column::ALL.len()] = Default::default();
        let Some(changed) = changed else {
            return ranks;
        };
        for column in Column::ALL {
            let held = self.ranks[column as usize].get();
            let Some(held) = held.filter(|_| changed.iter().all(|it| is_same(*it, column))) else {
                continue;
            };
            ranks[column as usize].get_or_init(|| Arc::clone(held));
        }
        ranks
    }

    /// The tracks that answer `query`, in its order.
    pub fn find(&self, query: &Query, around: &Around) -> Vec<TrackId> {
        let mut terms = parse(&query.text);
        terms.extend(parse(&query.filter.as_text()));
        let mut terms: Vec<Term> = terms
            .into_iter()
            .map(|term| self.looked_up(term, around, 0))
            .collect();
        terms.extend(
            query
                .list
                .map(|list| Term::so(self.in_list(list, around, 0))),
        );
        let is_found = self.answer(terms, around);
        let order = self.order(query, around);
        let found = order.into_iter().filter(|at| is_found[*at as usize]);
        found.map(|at| self.ids[at as usize]).collect()
    }

    /// How many tracks there are of each kind.
    pub fn facets(&self, around: &Around) -> Facets {
        let facets = self.facets.get_or_init(|| {
            let mut all = Facets::default();
            for segment in &self.segments {
                all.add(segment.facets());
            }
            all
        });
        let n_missing = if around.missing.is_empty() {
            0
        } else {
            let rows = self.rows();
            rows.filter(|row| row.is_missing(&around.missing)).count()
        };
        let n_used = [Where::Episode, Where::Season].map(|place| {
            let used = around.uses.tracks(&place, around.episode).into_iter();
            used.filter(|id| self.ids.binary_search(id).is_ok()).count()
        });
        let mut facets = facets.clone();
        facets.complete(n_missing, n_used);
        facets
    }

    /// For each row, whether all the terms are so.
    fn answer(&self, mut terms: Vec<Term>, around: &Around) -> Vec<bool> {
        // What costs least is asked first.
        terms.sort_by_key(|term| match term.what {
            What::Says(..) => 2,
            What::AnyOf(_) | What::AllOf(_) => 1,
            _ => 0,
        });
        let question = Question {
            terms,
            missing: &around.missing,
        };
        let answers: Vec<Vec<bool>> = self
            .segments
            .par_iter()
            .map(|segment| segment.answer(&question))
            .collect();
        answers.concat()
    }

    /// A term with what it asks about the world around a track looked up. `depth` is how many
    /// lists it lies in: one may name another.
    fn looked_up(&self, term: Term, around: &Around, depth: usize) -> Term {
        Term {
            what: self.what_is_meant(term.what, around, depth),
            ..term
        }
    }

    fn what_is_meant(&self, what: What, around: &Around, depth: usize) -> What {
        match what {
            What::Used(place) => What::Among(around.uses.tracks(&place, around.episode)),
            What::AddedBy(wanted) => {
                let people = self.names.iter();
                let people = people.filter(|(_, name)| fold_name(name) == wanted);
                What::ByOneOf(people.map(|(id, _)| *id).collect())
            }
            What::InList(name) => match around.lists.named(&name) {
                Some(list) => self.in_list(list, around, depth),
                None => What::Among(BTreeSet::new()),
            },
            What::AnyOf(choices) => {
                let choices = choices.into_iter();
                let choices = choices.map(|choice| self.what_is_meant(choice, around, depth));
                What::AnyOf(choices.collect())
            }
            What::AllOf(terms) => {
                let terms = terms.into_iter();
                let terms = terms.map(|term| self.looked_up(term, around, depth));
                What::AllOf(terms.collect())
            }
            what => what,
        }
    }

    /// That a track is in a list.
    fn in_list(&self, list: ListId, around: &Around, depth: usize) -> What {
        match around.lists.contents(list) {
            Some(Contents::Tracks(tracks)) => What::Among(tracks.iter().copied().collect()),
            Some(Contents::Query(text)) if depth < MOST_LISTS => {
                let terms = parse(text).into_iter();
                let terms = terms.map(|term| self.looked_up(term, around, depth + 1));
                What::AllOf(terms.collect())
            }
            // Lists that name each other in a circle hold nothing.
            Some(Contents::Query(_)) | None => What::Among(BTreeSet::new()),
        }
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.segments.iter().flat_map(|segment| segment.rows())
    }

    /// The rows in the order that is asked for.
    fn order(&self, query: &Query, around: &Around) -> Vec<u32> {
        let rows: Vec<u32> = (0..).take(self.ids.len()).collect();
        let mut ordered = self.ranks(Column::Title, around).order(&rows, false);
        let first = (query.column, query.order);
        for (column, order) in query.then.into_iter().chain([first]) {
            let ranks = match column {
                // They are in that order already.
                Column::Title if order == Order::Ascending && query.then.is_none() => continue,
                Column::ListOrder => Arc::new(self.places_in_list(query, around)),
                column => self.ranks(column, around),
            };
            ordered = ranks.order(&ordered, order == Order::Descending);
        }
        ordered
    }

    /// For each row, its place in the list that is asked for.
    fn places_in_list(&self, query: &Query, around: &Around) -> Ranks {
        let named = || around.lists.named(&named_list(&query.text)?);
        let list = query.list.or_else(named);
        let contents = list.and_then(|list| around.lists.contents(list));
        let mut places = vec![None; self.ids.len()];
        if let Some(Contents::Tracks(tracks)) = contents {
            for (place, id) in (0..).zip(tracks) {
                if let Ok(row) = self.ids.binary_search(id) {
                    places[row] = Some(place);
                }
            }
        }
        Ranks::of_numbers(&places)
    }

    /// For each row, the place of its value in a column.
    fn ranks(&self, column: Column, around: &Around) -> Arc<Ranks> {
        if column == Column::Used {
            // Unused is no value to be ordered by: what is used comes first.
            let count = |id: &TrackId| Some(around.uses.count(*id)).filter(|n| *n > 0);
            let counts = self.ids.iter().map(|id| count(id).map(|n| n as i64));
            return Arc::new(Ranks::of_numbers(&counts.collect::<Vec<_>>()));
        }
        let ranks = self.ranks[column as usize].get_or_init(|| {
            Arc::new(match text_of(column) {
                Some(text) => self.ranks_by_text(text),
                None => self.ranks_by_number(column),
            })
        });
        Arc::clone(ranks)
    }

    fn ranks_by_text(&self, text: TextOf) -> Ranks {
        let segments = self.segments.iter();
        let texts = segments.flat_map(|it| it.rows().iter().map(move |row| text(it, row)));
        Ranks::of_texts(&texts.collect::<Vec<_>>())
    }

    fn ranks_by_number(&self, column: Column) -> Ranks {
        let by_name = self.people_by_name();
        let number = |row: &&Row| match column {
            Column::AddedBy => row.contributor.and_then(|by| by_name.get(&by).copied()),
            column => number_of(row, column),
        };
        let rows: Vec<&Row> = self.rows().collect();
        Ranks::of_numbers(&rows.par_iter().map(number).collect::<Vec<_>>())
    }

    /// People's places by name; those with one name share a place.
    fn people_by_name(&self) -> BTreeMap<PersonId, i64> {
        let names: BTreeSet<String> = self.names.values().map(|name| fold(name)).collect();
        let places: BTreeMap<String, i64> = names.into_iter().zip(0..).collect();
        let people = self.names.iter();
        let people = people.filter_map(|(id, name)| Some((*id, *places.get(&fold(name))?)));
        people.collect()
    }
}

/// Whether two states of a segment have the same rows with the same values in a column.
fn is_same((old, new): (&Segment, &Segment), column: Column) -> bool {
    let is_same = |a: &Row, b: &Row| match text_of(column) {
        _ if a.id != b.id => false,
        Some(text) => text(old, a) == text(new, b),
        None if column == Column::AddedBy => a.contributor == b.contributor,
        None => number_of(a, column) == number_of(b, column),
    };
    let (rows, others) = (old.rows(), new.rows());
    rows.len() == others.len() && rows.iter().zip(others).all(|(a, b)| is_same(a, b))
}

/// What gives the text of a row by which a column is ordered.
type TextOf = for<'s> fn(&'s Segment, &'s Row) -> &'s str;

/// By which text a column is ordered, if it is by text: names as they are folded, of whatever is
/// longer or many only the words.
fn text_of(column: Column) -> Option<TextOf> {
    Some(match column {
        Column::Title => |_, row| &row.title,
        Column::Artist => |_, row| &row.artist,
        Column::Album => |_, row| &row.album,
        Column::Genre => |segment, row| segment.words_of(row, Text::Genre),
        Column::Notes => |segment, row| segment.words_of(row, Text::Notes),
        Column::Tags => |segment, row| segment.words_of(row, Text::Tag),
        Column::Writers => |segment, row| segment.words_of(row, Text::Writer),
        _ => return None,
    })
}

/// The number of a row by which a column is ordered; `None` where it is not known.
fn number_of(row: &Row, column: Column) -> Option<i64> {
    let known = |number: Number| {
        let number = row.numbers[number as usize];
        // To the millionth: finer than anything is kept.
        (!number.is_nan()).then(|| (number * 1e6).round() as i64)
    };
    match column {
        Column::Length => known(Number::Length),
        Column::Tempo => known(Number::Tempo),
        Column::Loudness => known(Number::Loudness),
        Column::Year => known(Number::Year),
        Column::Rating => known(Number::Rating),
        Column::Color => row.track.color.map(|color| color as i64),
        Column::Key => {
            let key = row.track.key()?.value;
            Some(i64::from(key.tonic()) * 2 + key.mode() as i64)
        }
        Column::State => Some(row.track.state as i64),
        Column::Clearance => Some(row.track.clearance() as i64),
        Column::Added => Some(row.track.added_at.unix_millis()),
        _ => None,
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

#[cfg(test)]
mod tests;
