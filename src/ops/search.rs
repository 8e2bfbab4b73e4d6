//! Finding and ordering tracks of the pool.
//!
//! A query is words; a track is found when every word begins some word of it, wherever it stands,
//! with case and accents folded (Unicode Standard Annex 15, form NFKD, without the combining
//! marks).

use std::cmp::Ordering;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::PoolState;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;

/// What the pool's rows can be ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Title.
    Title,
    /// Artist.
    Artist,
    /// Length.
    Length,
    /// State in the pool.
    State,
    /// When it was added; newest first when ascending is not asked for.
    #[default]
    Added,
}

/// Which way rows are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// A to Z, short to long, early to late.
    #[default]
    Ascending,
    /// The other way round.
    Descending,
}

/// What is asked of the pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words to be found.
    pub text: String,
    /// Only these states; all when empty.
    pub states: Vec<PoolState>,
    /// Only tracks with all of these tags.
    pub tags: Vec<String>,
    /// What the rows are ordered by.
    pub column: Column,
    /// Which way.
    pub order: Order,
}

/// The pool prepared for searching: one folded line of text and the sort keys a track.
#[derive(Clone, Debug, Default)]
pub struct Index {
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    id: TrackId,
    /// Every word with a blank before it, so that a word's beginning can be looked for.
    text: Arc<str>,
    title: Arc<str>,
    artist: Arc<str>,
    length: i64,
    added: i64,
    state: PoolState,
    tags: Vec<String>,
}

impl Index {
    /// Prepares the whole pool.
    pub fn new(show: &Show) -> Self {
        let rows = show.tracks().map(|(id, track)| row(show, id, track));
        Self {
            rows: rows.collect(),
        }
    }

    /// The tracks that answer `query`, in its order.
    pub fn find(&self, query: &Query) -> Vec<TrackId> {
        let words: Vec<String> = fold(&query.text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| format!(" {word}"))
            .collect();
        let tags: Vec<String> = query.tags.iter().map(|tag| fold(tag)).collect();
        let mut found: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| query.states.is_empty() || query.states.contains(&row.state))
            .filter(|row| tags.iter().all(|tag| row.tags.contains(tag)))
            .filter(|row| words.iter().all(|word| row.text.contains(word.as_str())))
            .collect();
        found.sort_by(|a, b| {
            let ordering = compare(a, b, query.column);
            match query.order {
                Order::Ascending => ordering,
                Order::Descending => ordering.reverse(),
            }
            .then_with(|| a.title.cmp(&b.title))
            .then_with(|| a.id.cmp(&b.id))
        });
        found.into_iter().map(|row| row.id).collect()
    }
}

fn compare(a: &Row, b: &Row, column: Column) -> Ordering {
    match column {
        Column::Title => a.title.cmp(&b.title),
        Column::Artist => a.artist.cmp(&b.artist),
        Column::Length => a.length.cmp(&b.length),
        Column::State => a.state.cmp(&b.state),
        Column::Added => a.added.cmp(&b.added),
    }
}

fn row(show: &Show, id: TrackId, track: &Track) -> Row {
    let mut text = String::new();
    let mut add = |part: &str| {
        for word in fold(part).split(|c: char| !c.is_alphanumeric()) {
            if !word.is_empty() {
                text.push(' ');
                text.push_str(word);
            }
        }
    };
    for part in [
        &track.title,
        &track.artist,
        &track.album,
        &track.genre,
        &track.label,
        &track.why,
        &track.notes,
        &track.isrc,
    ] {
        add(part);
    }
    for writer in &track.writers {
        add(&writer.name);
    }
    for tag in &track.tags {
        add(tag);
    }
    for line in &track.lyrics {
        add(&line.text);
    }
    if let Some(person) = track.added_by.and_then(|person| show.person(person)) {
        add(&person.name);
    }
    Row {
        id,
        text: text.into(),
        title: fold(&track.title).into(),
        artist: fold(&track.artist).into(),
        length: track.duration().map_or(-1, crate::time::Ticks::get),
        added: track.added_at.unix_millis(),
        state: track.state,
        tags: track.tags.iter().map(|tag| fold(tag)).collect(),
    }
}

/// Text without case, accents and compatibility forms, for comparing.
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}
