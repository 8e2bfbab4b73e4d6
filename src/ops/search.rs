//! Finding and ordering tracks of the pool.
//!
//! A query is words, in any order; a track is found when every one of them begins a word of it,
//! wherever that stands, with case and accents folded (Unicode Standard Annex 15, form NFKD,
//! without the combining marks). `parse` says what else can be asked, `index` and `segment` how
//! it is answered, `ranks` how rows are ordered.

mod facets;
mod filter;
mod index;
mod lists;
mod parse;
mod ranks;
mod segment;
mod terms;

use std::collections::BTreeSet;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::uses::Uses;
use crate::model::EpisodeId;
use crate::model::ListId;
use crate::model::Show;
use crate::model::TrackId;

pub use facets::Facets;
pub use filter::{Filter, Filtered, Voice};
pub use index::Index;
pub use lists::Lists;

/// What the pool's rows can be ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// When it was added.
    #[default]
    Added,
    /// Its tags.
    Tags,
    /// Who wrote it.
    Writers,
    /// Genre.
    Genre,
    /// Clearance: the worse of the two sides.
    Clearance,
    /// How often it is used in the show.
    Used,
    /// Remarks.
    Notes,
    /// How much people like it: the best liked first when ascending is not asked for.
    Rating,
    /// The color it is labelled with.
    Color,
    /// Its place in the list that is asked for.
    ListOrder,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 20] = [
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
        Self::Tags,
        Self::Writers,
        Self::Genre,
        Self::Clearance,
        Self::Used,
        Self::Notes,
        Self::Rating,
        Self::Color,
        Self::ListOrder,
    ];

    /// What it is called.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Artist => "Artist",
            Self::Album => "Album",
            Self::Length => "Length",
            Self::Tempo => "Tempo",
            Self::Key => "Key",
            Self::Loudness => "Loudness",
            Self::Year => "Year",
            Self::State => "State",
            Self::AddedBy => "Added by",
            Self::Added => "Added",
            Self::Tags => "Tags",
            Self::Writers => "Writers",
            Self::Genre => "Genre",
            Self::Clearance => "Clearance",
            Self::Used => "Used",
            Self::Notes => "Notes",
            Self::Rating => "Rating",
            Self::Color => "Color",
            Self::ListOrder => "List order",
        }
    }
}

/// Which way rows are ordered. What is not known comes last either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// A to Z, short to long, early to late.
    #[default]
    Ascending,
    /// The other way round.
    Descending,
}

impl Order {
    /// The other way round.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// What is asked of the pool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What is to be found, as somebody types it.
    pub text: String,
    /// What else must be so.
    pub filter: Filter,
    /// The list in which it is to be found; the whole pool where there is none.
    pub list: Option<ListId>,
    /// Only what is like this track, the likest first whatever else rows are ordered by.
    pub similar: Option<TrackId>,
    /// What the rows are ordered by.
    pub column: Column,
    /// Which way.
    pub order: Order,
    /// What rows are ordered by that are the same in that; after it they are ordered by title.
    pub then: Option<(Column, Order)>,
}

impl Query {
    /// All that is asked, as one could type it: what the filter lets through comes after the text.
    pub fn as_text(&self) -> String {
        let filter = self.filter.as_text();
        let parts = [self.text.trim(), &filter];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }

    /// The same question about the whole pool, in the same order.
    #[must_use]
    pub fn of_everything(&self) -> Self {
        if self.column == Column::ListOrder {
            return Self::default();
        }
        Self {
            column: self.column,
            order: self.order,
            then: self.then,
            ..Self::default()
        }
    }

    /// Whether it names a list whose order rows can have.
    pub fn names_list(&self) -> bool {
        self.list.is_some() || parse::named_list(&self.text).is_some()
    }
}

/// What can be asked of a track that does not lie in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Where tracks are used.
    pub uses: Arc<Uses>,
    /// The content hashes of the files that were looked for and not found.
    pub missing: Arc<BTreeSet<String>>,
    /// The show's lists.
    pub lists: Arc<Lists>,
    /// The episode that is open.
    pub episode: Option<EpisodeId>,
}

impl Around {
    /// What `show` itself says, with no episode open and no file looked for.
    pub fn of(show: &Show) -> Self {
        Self {
            uses: Arc::new(Uses::of(show)),
            lists: Arc::new(Lists::of(show)),
            ..Self::default()
        }
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

/// A folded text without quotation marks, which a query cannot hold: for comparing whole names.
fn fold_name(text: &str) -> String {
    let mut folded = fold(text.trim());
    folded.retain(|letter| !matches!(letter, '"' | '“' | '”'));
    folded
}

/// The words of a folded text.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}
