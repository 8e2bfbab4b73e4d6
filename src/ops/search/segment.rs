//! Some thousand rows prepared for searching: their words, and which rows have each of them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem::Finder;

use super::facets::Facets;
use super::terms::{Fact, Number, Side, Span, Term, Text, What};
use super::{fold, fold_name, words};
use crate::model::ClearanceState;
use crate::model::Lufs;
use crate::model::PersonId;
use crate::model::PoolState;
use crate::model::RenditionKind;
use crate::model::Singing;
use crate::model::Track;
use crate::model::TrackId;

const N_TEXTS: usize = Text::ALL.len();
const N_NUMBERS: usize = Number::ALL.len();

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Segment {
    rows: Vec<Row>,
    /// All words of all rows, row by row, text by text.
    text: String,
    /// The words that a word without a field looks through, sorted, each with the numbers of the
    /// rows that have it.
    words: Vec<(Box<str>, Range<u32>)>,
    having: Vec<u16>,
    /// How many rows there are of each kind.
    facets: Facets,
}

/// One track.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: TrackId,
    pub(super) track: Arc<Track>,
    /// Where its words begin in the text, and then where each of its texts ends.
    start: usize,
    ends: [usize; N_TEXTS],
    pub(super) numbers: [f64; N_NUMBERS],
    facts: u8,
    state: PoolState,
    master: ClearanceState,
    publishing: ClearanceState,
    pub(super) contributor: Option<PersonId>,
    pub(super) title: Box<str>,
    pub(super) artist: Box<str>,
    pub(super) album: Box<str>,
    /// As names are folded.
    tags: Vec<String>,
}

/// What is asked of every row.
pub(super) struct Question<'q> {
    pub(super) terms: Vec<Term>,
    /// The content hashes of the files that are missing.
    pub(super) missing: &'q BTreeSet<String>,
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

    fn is(&self, fact: Fact, missing: &BTreeSet<String>) -> bool {
        match fact {
            Fact::Missing => self.is_missing(missing),
            fact => self.facts & (1 << fact as u8) != 0,
        }
    }

    /// Whether its file is one of those that are missing.
    pub(super) fn is_missing(&self, missing: &BTreeSet<String>) -> bool {
        let media = self.track.media.as_ref();
        !missing.is_empty() && media.is_some_and(|media| missing.contains(&media.hash))
    }

    fn is_cleared(&self, side: Side, states: u8) -> bool {
        let state = match side {
            Side::Master => self.master,
            Side::Publishing => self.publishing,
            Side::Worse => self.track.clearance(),
        };
        states & (1 << state as u8) != 0
    }
}

impl Segment {
    /// Prepares some tracks.
    pub(super) fn new(
        tracks: &[(&TrackId, &Arc<Track>)],
        names: &BTreeMap<PersonId, String>,
    ) -> Self {
        let mut segment = Self::default();
        for (id, track) in tracks {
            let row = row(**id, track, names, &mut segment.text);
            segment.facets.count(track);
            segment.rows.push(row);
        }
        segment.index_words();
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

    /// Notes for every word which rows have it.
    fn index_words(&mut self) {
        let mut rows_of: HashMap<&str, Vec<u16>> = HashMap::new();
        for (number, row) in (0_u16..).zip(&self.rows) {
            for word in self.text[row.part(None)].split_ascii_whitespace() {
                let rows = rows_of.entry(word).or_default();
                if rows.last() != Some(&number) {
                    rows.push(number);
                }
            }
        }
        let mut sorted: Vec<_> = rows_of.into_iter().collect();
        sorted.sort_unstable_by_key(|(word, _)| *word);
        let mut having: Vec<u16> = Vec::new();
        let mut words = Vec::with_capacity(sorted.len());
        for (word, rows) in sorted {
            let start = having.len() as u32;
            having.extend(rows);
            words.push((Box::from(word), start..having.len() as u32));
        }
        self.words = words;
        self.having = having;
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
            Some(word) => self.rows_with(word),
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

    /// The rows that have a word which begins so; of words that are one after another, the first
    /// one as a whole.
    fn rows_with(&self, word: &str) -> Vec<bool> {
        let mut with = vec![false; self.rows.len()];
        let (begins, is_whole) = match word.split_once(' ') {
            Some((first, _)) => (first, true),
            None => (word, false),
        };
        let from = self.words.partition_point(|(word, _)| &**word < begins);
        for (word, rows) in &self.words[from..] {
            if !word.starts_with(begins) || (is_whole && &**word != begins) {
                break;
            }
            for row in &self.having[rows.start as usize..rows.end as usize] {
                with[usize::from(*row)] = true;
            }
        }
        with
    }
}

fn lies(number: f64, span: Span) -> bool {
    !number.is_nan() && span.contains(number)
}

/// Whether there are words to it.
pub(super) fn has_words(track: &Track) -> bool {
    track.lyrics.iter().any(|line| !line.text.is_empty())
}

/// Whether nobody sings: it is another's instrumental version; or has no words, and surely nobody
/// was heard to.
pub(super) fn is_instrumental(track: &Track) -> bool {
    let kind = track.rendition.map(|rendition| rendition.kind);
    kind == Some(RenditionKind::Instrumental)
        || (!has_words(track) && is_sung(track) == Some(false))
}

/// Whether somebody sings: it has words, or somebody surely was heard to; and is nobody's
/// instrumental version.
pub(super) fn is_vocal(track: &Track) -> bool {
    !is_instrumental(track) && (has_words(track) || is_sung(track) == Some(true))
}

/// What the sound tells, where that is sure.
fn is_sung(track: &Track) -> Option<bool> {
    track.measured.singing.as_ref().map(Singing::is_sung)
}

fn facts(track: &Track) -> u8 {
    let sides = [track.master, track.publishing];
    let agreed = |side: &ClearanceState| {
        matches!(side, ClearanceState::Confirmed | ClearanceState::Licensed)
    };
    let is_so = |fact: Fact| match fact {
        Fact::Wish => track.media.is_none(),
        Fact::Measured => track.measured.is_known(),
        Fact::Lyrics => has_words(track),
        Fact::Instrumental => is_instrumental(track),
        Fact::Vocal => is_vocal(track),
        Fact::Rendition => track.rendition.is_some(),
        Fact::Cleared => sides.iter().all(agreed),
        // Known only by whoever knows the disk.
        Fact::Missing => false,
    };
    let facts = Fact::OWN.into_iter().filter(|fact| is_so(*fact));
    facts.fold(0, |bits, fact| bits | 1 << fact as u8)
}

/// Prepares one track, and adds its words to `text`.
fn row(
    id: TrackId,
    track: &Arc<Track>,
    names: &BTreeMap<PersonId, String>,
    text: &mut String,
) -> Row {
    let start = text.len();
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
        Number::Rating => track.mean_rating().map(f64::from),
        Number::Tempo => track.tempo().map(|tempo| tempo.value.to_f64()),
    };
    Row {
        id,
        track: Arc::clone(track),
        start,
        ends,
        numbers: Number::ALL.map(|it| number(it).unwrap_or(f64::NAN)),
        facts: facts(track),
        state: track.state,
        master: track.master,
        publishing: track.publishing,
        contributor: track.added_by,
        title: fold(&track.title).into(),
        artist: fold(&track.artist).into(),
        album: fold(&track.album).into(),
        tags: track.tags.iter().map(|tag| fold_name(tag)).collect(),
    }
}

fn hundredths(loudness: Lufs) -> f64 {
    f64::from(loudness.hundredths()) / 100.0
}

/// What a track says in one of its texts.
fn texts<'t>(track: &'t Track, text: Text, names: &'t BTreeMap<PersonId, String>) -> Vec<&'t str> {
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
            name.into_iter().map(String::as_str).collect()
        }
        Text::Genre => one(&track.genre),
        Text::Label => one(&track.label),
        Text::Publisher => one(&track.publisher),
        Text::Isrc => one(&track.isrc),
        Text::File => {
            let media = track.media.iter();
            media
                .flat_map(|media| media.paths.iter().map(String::as_str))
                .collect()
        }
    }
}
