//! The pool prepared for searching: all its words in one long text, and what rows are ordered by.
//!
//! A word is looked for in the whole text at once, which is as fast as memory is read; what has
//! not changed since the index before is taken over from it.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::OnceLock;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::fold;
use super::parse::parse;
use super::terms::{Fact, Number, Span, Term, Text, What};
use super::words;
use super::{Column, Order, Query};
use crate::model::ClearanceState;
use crate::model::Lufs;
use crate::model::PersonId;
use crate::model::RenditionKind;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;

const N_TEXTS: usize = Text::ALL.len();
const N_NUMBERS: usize = Number::ALL.len();
/// Rows that one thread looks through at a time.
const ROWS_AT_ONCE: usize = 2048;
/// With fewer candidates than one in so many, each is looked at by itself.
const FEW: usize = 8;

/// See the module.
#[derive(Debug, Default)]
pub struct Index {
    rows: Vec<Row>,
    text: String,
    /// For each column, the rows in its order; made when it is first asked for.
    orders: [OnceLock<Vec<u32>>; Column::ALL.len()],
}

#[derive(Debug)]
struct Row {
    id: TrackId,
    track: Arc<Track>,
    /// Where its words begin in the text, and then where each of its texts ends.
    start: usize,
    ends: [usize; N_TEXTS],
    numbers: [f64; N_NUMBERS],
    facts: u8,
    contributor: Option<PersonId>,
    title: Arc<str>,
    artist: Arc<str>,
    album: Arc<str>,
    tags: Arc<[String]>,
}

/// A row that is being made, with its words.
struct Draft {
    row: Row,
    text: Words,
}

enum Words {
    /// As they were in the index before.
    Kept(Range<usize>),
    New(String),
}

impl Row {
    /// Where the words of a text are, or of all that a word without a field looks through.
    fn part(&self, text: Option<Text>) -> Range<usize> {
        match text {
            None => self.start..self.ends[Text::N_GENERAL - 1],
            Some(Text::Title) => self.start..self.ends[0],
            Some(text) => self.ends[text as usize - 1]..self.ends[text as usize],
        }
    }

    fn end(&self) -> usize {
        self.ends[N_TEXTS - 1]
    }

    fn is(&self, fact: Fact) -> bool {
        self.facts & (1 << fact as u8) != 0
    }
}

impl Index {
    /// Prepares the whole pool.
    pub fn new(show: &Show) -> Self {
        Self::default().renewed(show)
    }

    /// Prepares the pool as it is now, taking over from this index what has not changed.
    #[must_use]
    pub fn renewed(&self, show: &Show) -> Self {
        let names: BTreeMap<PersonId, &str> = show
            .people()
            .map(|(id, person)| (id, person.name.as_str()))
            .collect();
        let used = used(show);
        let tracks: Vec<(&TrackId, &Arc<Track>)> = show.tracks.iter().collect();
        let drafts: Vec<Draft> = tracks
            .into_par_iter()
            .with_min_len(256)
            .map(|(id, track)| {
                let known = self.rows.binary_search_by_key(id, |row| row.id).ok();
                let known = known.and_then(|at| self.rows.get(at));
                let kept = known.filter(|row| Arc::ptr_eq(&row.track, track));
                let mut draft = match kept {
                    Some(row) if row.contributor.is_none() => row.again(),
                    _ => draft(*id, track, &names),
                };
                draft.row.facts = facts(track, used.contains(id));
                draft
            })
            .collect();
        let mut text = String::with_capacity(self.text.len());
        let mut rows = Vec::with_capacity(drafts.len());
        for Draft { mut row, text: own } in drafts {
            let start = text.len();
            match &own {
                Words::Kept(range) => text.push_str(&self.text[range.clone()]),
                Words::New(own) => text.push_str(own),
            }
            let moved = |at: usize| at - row.start + start;
            row.ends = row.ends.map(moved);
            row.start = start;
            rows.push(row);
        }
        Self {
            rows,
            text,
            orders: Default::default(),
        }
    }

    /// The tracks that answer `query`, in its order.
    pub fn find(&self, query: &Query) -> Vec<TrackId> {
        let is_found = self.found(query);
        let order = self.order(query.column);
        let found = |at: &&u32| is_found[**at as usize];
        let id = |at: &u32| self.rows[*at as usize].id;
        match query.order {
            Order::Ascending => order.iter().filter(found).map(id).collect(),
            Order::Descending => order.iter().rev().filter(found).map(id).collect(),
        }
    }

    /// For each row, whether it answers.
    fn found(&self, query: &Query) -> Vec<bool> {
        let tags: Vec<String> = query.tags.iter().map(|tag| fold(tag)).collect();
        let mut terms = parse(&query.text);
        // What costs least is asked first.
        terms.sort_by_key(|term| matches!(term.what, What::Says(..)));
        let mut found: Vec<bool> = self
            .rows
            .iter()
            .map(|row| {
                let has_state = query.states.is_empty() || query.states.contains(&row.track.state);
                has_state && tags.iter().all(|tag| row.tags.contains(tag))
            })
            .collect();
        for term in &terms {
            self.narrow(&mut found, term);
        }
        found
    }

    fn narrow(&self, found: &mut [bool], term: &Term) {
        let mut keep = |is_so: &dyn Fn(&Row) -> bool| {
            for (found, row) in found.iter_mut().zip(&self.rows) {
                *found = *found && is_so(row) != term.is_negated;
            }
        };
        match &term.what {
            What::Is(fact) => keep(&|row| row.is(*fact)),
            What::Lies(number, span) => keep(&|row| lies(row.numbers[*number as usize], *span)),
            What::Says(text, pattern) => self.narrow_by_words(found, *text, pattern, term),
        }
    }

    fn narrow_by_words(&self, found: &mut [bool], text: Option<Text>, pattern: &str, term: &Term) {
        let finder = Finder::new(pattern.as_bytes());
        let n_left = found.iter().filter(|found| **found).count();
        let is_each = n_left * FEW < found.len();
        let rows = self.rows.par_chunks(ROWS_AT_ONCE);
        let pieces = found.par_chunks_mut(ROWS_AT_ONCE).zip(rows);
        pieces.for_each(|(found, rows)| {
            if is_each {
                for (found, row) in found.iter_mut().zip(rows).filter(|(found, _)| **found) {
                    let part = &self.text.as_bytes()[row.part(text)];
                    *found = finder.find(part).is_some() != term.is_negated;
                }
                return;
            }
            let says = self.rows_that_say(rows, text, &finder);
            for (found, says) in found.iter_mut().zip(says) {
                *found = *found && says != term.is_negated;
            }
        });
    }

    /// Which of neighbouring rows say something, looked for in all their text at once.
    fn rows_that_say(&self, rows: &[Row], text: Option<Text>, finder: &Finder<'_>) -> Vec<bool> {
        let mut says = vec![false; rows.len()];
        let end = rows.last().map_or(0, Row::end);
        let mut at = rows.first().map_or(0, |row| row.start);
        while let Some(hit) = self
            .text
            .as_bytes()
            .get(at..end)
            .and_then(|t| finder.find(t))
        {
            let place = at + hit;
            let row = rows
                .partition_point(|row| row.start <= place)
                .saturating_sub(1);
            let part = rows[row].part(text);
            if part.contains(&place) {
                says[row] = true;
                at = rows[row].end();
            } else {
                at = (place + 1).max(part.start);
                if at > part.end {
                    at = at.max(rows[row].end());
                }
            }
        }
        says
    }

    /// The rows in the order of a column.
    fn order(&self, column: Column) -> &[u32] {
        self.orders[column as usize].get_or_init(|| {
            let mut order: Vec<u32> = (0..).take(self.rows.len()).collect();
            order.par_sort_unstable_by(|a, b| {
                let (a, b) = (&self.rows[*a as usize], &self.rows[*b as usize]);
                compare(a, b, column)
                    .then_with(|| a.title.cmp(&b.title))
                    .then_with(|| a.id.cmp(&b.id))
            });
            order
        })
    }
}

impl Row {
    /// The same row once more, for the next index.
    fn again(&self) -> Draft {
        Draft {
            text: Words::Kept(self.start..self.end()),
            row: Self {
                track: Arc::clone(&self.track),
                title: Arc::clone(&self.title),
                artist: Arc::clone(&self.artist),
                album: Arc::clone(&self.album),
                tags: Arc::clone(&self.tags),
                ..*self
            },
        }
    }
}

fn lies(number: f64, span: Span) -> bool {
    !number.is_nan() && span.contains(number)
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

fn facts(track: &Track, is_used: bool) -> u8 {
    let sides = [track.master, track.publishing];
    let agreed = |side: &ClearanceState| {
        matches!(side, ClearanceState::Confirmed | ClearanceState::Licensed)
    };
    let is_so = |fact: Fact| match fact {
        Fact::Wish => track.media.is_none(),
        Fact::Measured => track.measured != crate::model::Measured::default(),
        Fact::Lyrics => track.lyrics.iter().any(|line| !line.text.is_empty()),
        Fact::Instrumental => track
            .rendition
            .is_some_and(|it| it.kind == RenditionKind::Instrumental),
        Fact::Rendition => track.rendition.is_some(),
        Fact::Used => is_used,
        Fact::Cleared => sides.iter().all(agreed),
    };
    let facts = Fact::ALL.into_iter().filter(|fact| is_so(*fact));
    facts.fold(0, |bits, fact| bits | 1 << fact as u8)
}

fn draft(id: TrackId, track: &Arc<Track>, names: &BTreeMap<PersonId, &str>) -> Draft {
    let mut text = String::new();
    let mut ends = [0; N_TEXTS];
    for (part, end) in Text::ALL.into_iter().zip(&mut ends) {
        // A blank before and after every word, so that its beginning can be looked for, and none
        // goes on from one text into the next.
        for piece in texts(track, part, names) {
            for word in words(&fold(piece)) {
                text.push(' ');
                text.push_str(word);
            }
        }
        text.push_str(" \n");
        *end = text.len();
    }
    let number = |number: Number| match number {
        Number::Length => track.duration().map(crate::time::Ticks::to_secs_f64),
        Number::Loudness => track.measured.loudness.map(hundredths),
        Number::Range => track
            .measured
            .range
            .map(|it| f64::from(it.hundredths()) / 100.0),
        Number::Peak => track
            .measured
            .true_peak
            .map(|it| f64::from(it.hundredths()) / 100.0),
        Number::Year => track.year.map(f64::from),
    };
    Draft {
        row: Row {
            id,
            track: Arc::clone(track),
            start: 0,
            ends,
            numbers: Number::ALL.map(|it| number(it).unwrap_or(f64::NAN)),
            facts: 0,
            contributor: track.added_by,
            title: fold(&track.title).into(),
            artist: fold(&track.artist).into(),
            album: fold(&track.album).into(),
            tags: track.tags.iter().map(|tag| fold(tag)).collect(),
        },
        text: Words::New(text),
    }
}

fn hundredths(loudness: Lufs) -> f64 {
    f64::from(loudness.hundredths()) / 100.0
}

/// What a track says in one of its texts.
fn texts<'t>(track: &'t Track, text: Text, names: &BTreeMap<PersonId, &'t str>) -> Vec<&'t str> {
    let one = |text: &'t str| vec![text];
    match text {
        Text::Title => one(&track.title),
        Text::Artist => one(&track.artist),
        Text::Album => one(&track.album),
        Text::Writer => track.writers.iter().map(|it| it.name.as_str()).collect(),
        Text::Tag => track.tags.iter().map(String::as_str).collect(),
        Text::Notes => one(&track.notes),
        Text::Why => one(&track.why),
        Text::Lyrics => track.lyrics.iter().map(|it| it.text.as_str()).collect(),
        Text::Contributor => {
            let name = track.added_by.and_then(|id| names.get(&id));
            name.into_iter().copied().collect()
        }
        Text::Genre => one(&track.genre),
        Text::Label => one(&track.label),
        Text::Publisher => one(&track.publisher),
        Text::Isrc => one(&track.isrc),
        Text::State => one(track.state.as_str()),
        Text::Master => one(track.master.as_str()),
        Text::Publishing => one(track.publishing.as_str()),
        Text::File => {
            let media = track.media.iter();
            media
                .flat_map(|media| media.paths.iter().map(String::as_str))
                .collect()
        }
    }
}

#[cfg(test)]
mod tests;
