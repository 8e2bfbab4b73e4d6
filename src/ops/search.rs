//! Finding and ordering tracks of the pool.
//!
//! A query is words, in any order; a track is found when every one of them begins a word of it,
//! wherever that stands, with case and accents folded (Unicode Standard Annex 15, form NFKD,
//! without the combining marks). `parse` says what else can be asked, `index` and `segment` how
//! it is answered.

mod index;
mod parse;
mod segment;
mod terms;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::PoolState;

pub use index::Index;

/// What the pool's rows can be ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Title.
    Title,
    /// Artist.
    Artist,
    /// Album.
    Album,
    /// Length.
    Length,
    /// Tempo.
    Tempo,
    /// Key, by its tonic.
    Key,
    /// Loudness.
    Loudness,
    /// Year of release.
    Year,
    /// State in the pool.
    State,
    /// Who added it.
    AddedBy,
    /// When it was added; newest first when ascending is not asked for.
    #[default]
    Added,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Added,
        Self::Title,
        Self::Artist,
        Self::Album,
        Self::Length,
        Self::Tempo,
        Self::Key,
        Self::Loudness,
        Self::Year,
        Self::State,
        Self::AddedBy,
    ];
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
    /// What is to be found, as somebody types it.
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

impl Query {
    /// Whether the answer depends on what is placed in episodes.
    pub fn asks_about_episodes(&self) -> bool {
        let about_use = terms::What::Is(terms::Fact::Used);
        parse::parse(&self.text)
            .iter()
            .any(|term| term.what == about_use)
    }
}

/// Text without case, accents and compatibility forms, for comparing.
pub fn fold(text: &str) -> String {
    // Most text, and much the quicker way to the same.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of a folded text.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}
