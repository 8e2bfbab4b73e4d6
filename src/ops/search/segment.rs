//! Some thousand rows prepared for searching: their words, and which rows have each of them.

mod row;
mod words;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::facets::Facets;
use super::terms::{Span, Term, Text, What};
use crate::model::PersonId;
use crate::model::Track;
use crate::model::TrackId;

pub(super) use self::row::{Row, is_instrumental, is_vocal};
use self::words::Words;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Segment {
    rows: Vec<Row>,
    /// All words of all rows, row by row, text by text.
    text: String,
    /// The words that a word without a field looks through.
    words: Words,
    /// How many rows there are of each kind.
    facets: Facets,
}

/// What is asked of every row.
pub(super) struct Question<'q> {
    pub(super) terms: Vec<Term>,
    /// The content hashes of the files that are missing.
    pub(super) missing: &'q BTreeSet<String>,
}

impl Segment {
    /// Prepares some tracks, in the order of their ids. Of those that are in `before`, unchanged,
    /// what is prepared already is taken over.
    pub(super) fn new(
        tracks: &[(&TrackId, &Arc<Track>)],
        names: &BTreeMap<PersonId, String>,
        before: &Self,
    ) -> Self {
        let mut segment = Self {
            rows: Vec::with_capacity(tracks.len()),
            ..Self::default()
        };
        let mut fresh = Vec::new();
        // For each row that was, the one that it is now.
        let mut now = vec![None; before.rows.len()];
        for (number, (id, track)) in (0_u16..).zip(tracks) {
            let row = if let Some(was) = before.position(**id, track) {
                now[was] = Some(number);
                before.rows[was].moved(&before.text, &mut segment.text)
            } else {
                fresh.push(number);
                Row::new(**id, track, names, &mut segment.text)
            };
            segment.rows.push(row);
            segment.facets.count(track);
        }
        segment.text.shrink_to_fit();
        let fresh = fresh.into_iter().map(|number| {
            let row = &segment.rows[usize::from(number)];
            (number, &segment.text[row.part(None)])
        });
        segment.words = before.words.renewed(&now, fresh);
        segment
    }

    /// Its first track, by which it is known.
    pub(super) fn first(&self) -> Option<TrackId> {
        self.rows.first().map(|row| row.id)
    }

    /// Whether it is made of just these tracks, unchanged.
    pub(super) fn holds(&self, tracks: &[(&TrackId, &Arc<Track>)]) -> bool {
        let same =
            |(row, (_, track)): (&Row, &(&TrackId, &Arc<Track>))| Arc::ptr_eq(&row.track, track);
        self.rows.len() == tracks.len() && self.rows.iter().zip(tracks).all(same)
    }

    /// Its rows, in the order of their ids.
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many rows there are of each kind.
    pub(super) fn facets(&self) -> &Facets {
        &self.facets
    }

    /// The row of a track, if it is just this one, unchanged.
    fn position(&self, id: TrackId, track: &Arc<Track>) -> Option<usize> {
        let at = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        Arc::ptr_eq(&self.rows[at].track, track).then_some(at)
    }

    /// What a row says in one of its texts: its folded words, with a blank between them.
    pub(super) fn words_of(&self, row: &Row, text: Text) -> &str {
        self.text[row.part(Some(text))].trim_ascii()
    }

    /// For each row, whether it answers.
    pub(super) fn answer(&self, question: &Question<'_>) -> Vec<bool> {
        let all = vec![true; self.rows.len()];
        self.all_of(&question.terms, &all, question.missing)
    }

    /// The candidates of which all the terms are so.
    fn all_of(&self, terms: &[Term], candidates: &[bool], missing: &BTreeSet<String>) -> Vec<bool> {
        let mut found = candidates.to_vec();
        for term in terms {
            let is_so = self.rows_of_which(&term.what, &found, missing);
            for (found, is_so) in found.iter_mut().zip(is_so) {
                *found = *found && is_so != term.is_negated;
            }
        }
        found
    }

    /// The rows of which something is so, as far as they are candidates still.
    fn rows_of_which(
        &self,
        what: &What,
        candidates: &[bool],
        missing: &BTreeSet<String>,
    ) -> Vec<bool> {
        let each = |is_so: &dyn Fn(&Row) -> bool| -> Vec<bool> {
            let rows = candidates.iter().zip(&self.rows);
            rows.map(|(is_candidate, row)| *is_candidate && is_so(row))
                .collect()
        };
        match what {
            What::Says(text, pattern) => self.rows_that_say(*text, pattern, candidates),
            What::Lies(number, span) => each(&|row| lies(row.numbers[*number as usize], *span)),
            What::InKey(key) => each(&|row| {
                let own = row.track.key();
                own.is_some_and(|own| own.value == *key)
            }),
            What::Is(fact) => each(&|row| row.is(*fact, missing)),
            What::InState(states) => each(&|row| states & (1 << row.state as u8) != 0),
            What::Cleared(side, states) => each(&|row| row.is_cleared(*side, *states)),
            What::Tagged(tag) => each(&|row| row.tags.contains(tag)),
            What::ByOneOf(people) => {
                each(&|row| row.contributor.is_some_and(|by| people.contains(&by)))
            }
            What::Among(tracks) => self.rows_among(tracks),
            What::AllOf(terms) => self.all_of(terms, candidates, missing),
            What::AnyOf(choices) => {
                let mut any = vec![false; self.rows.len()];
                for choice in choices {
                    let is_so = self.rows_of_which(choice, candidates, missing);
                    any.iter_mut()
                        .zip(is_so)
                        .for_each(|(any, is_so)| *any |= is_so);
                }
                any
            }
            // Looked up before anything is asked of a segment.
            What::AddedBy(_) | What::Used(_) | What::InList(_) => vec![false; self.rows.len()],
        }
    }

    /// The rows of some tracks.
    fn rows_among(&self, tracks: &BTreeSet<TrackId>) -> Vec<bool> {
        let mut among = vec![false; self.rows.len()];
        if let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) {
            for id in tracks.range(first.id..=last.id) {
                if let Ok(at) = self.rows.binary_search_by_key(id, |row| row.id) {
                    among[at] = true;
                }
            }
        }
        among
    }

    /// Which rows say something, as far as they are candidates still.
    fn rows_that_say(&self, text: Option<Text>, pattern: &str, candidates: &[bool]) -> Vec<bool> {
        let is_indexed = text.is_none_or(|text| (text as usize) < Text::N_GENERAL);
        let word = pattern.strip_prefix(' ').filter(|_| is_indexed);
        let mut says = match word {
            Some(word) => self.words.rows_with(word, self.rows.len()),
            None => candidates.to_vec(),
        };
        // One word anywhere is all that was asked; the rest is looked up in the text.
        if word.is_some_and(|word| !word.contains(' ')) && text.is_none() {
            return says;
        }
        let finder = Finder::new(pattern.as_bytes());
        for ((says, row), is_candidate) in says.iter_mut().zip(&self.rows).zip(candidates) {
            if *says {
                let part = &self.text.as_bytes()[row.part(text)];
                *says = *is_candidate && finder.find(part).is_some();
            }
        }
        says
    }
}

fn lies(number: f64, span: Span) -> bool {
    !number.is_nan() && span.contains(number)
}
