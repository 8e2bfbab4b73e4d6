//! What a column of a table of tracks can mean.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Serialize;

/// What stands in a column.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Meaning {
    /// Nothing that is wanted.
    #[default]
    Ignored,
    /// The recording's title.
    Title,
    /// Who performs it.
    Artist,
    /// Who performs it, several with `;` or commas between them.
    Artists,
    /// Artist and title in one, with a dash between them.
    Display,
    /// The album.
    Album,
    /// Who wrote it.
    Writers,
    /// How long it is: seconds, `m:ss` or `h:mm:ss`.
    Length,
    /// How long it is, in thousandths of a second.
    Millis,
    /// International Standard Recording Code.
    Isrc,
    /// Where its file is.
    Path,
    /// Beats a minute.
    Bpm,
    /// Its key.
    Key,
    /// Remarks.
    Notes,
    /// Why it is in the pool.
    Why,
    /// Moods and other tags.
    Tags,
    /// Where it stands in the pool.
    State,
    /// Who owns the recording.
    Label,
    /// Who publishes the work.
    Publisher,
    /// Year of release.
    Year,
    /// Genre.
    Genre,
}

impl Meaning {
    /// All of them, in the order of a menu.
    pub const ALL: [Self; 21] = [
        Self::Ignored,
        Self::Title,
        Self::Artist,
        Self::Artists,
        Self::Display,
        Self::Album,
        Self::Writers,
        Self::Length,
        Self::Millis,
        Self::Isrc,
        Self::Path,
        Self::Bpm,
        Self::Key,
        Self::Notes,
        Self::Why,
        Self::Tags,
        Self::State,
        Self::Label,
        Self::Publisher,
        Self::Year,
        Self::Genre,
    ];

    /// What it is called on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ignored => "Ignore",
            Self::Title => "Title",
            Self::Artist => "Artist",
            Self::Artists => "Artists",
            Self::Display => "Artist – title",
            Self::Album => "Album",
            Self::Writers => "Writers",
            Self::Length => "Length",
            Self::Millis => "Length in ms",
            Self::Isrc => "ISRC",
            Self::Path => "File",
            Self::Bpm => "BPM",
            Self::Key => "Key",
            Self::Notes => "Notes",
            Self::Why => "Why",
            Self::Tags => "Tags",
            Self::State => "State",
            Self::Label => "Label",
            Self::Publisher => "Publisher",
            Self::Year => "Year",
            Self::Genre => "Genre",
        }
    }

    /// The word for it on a command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ignored => "ignore",
            Self::Title => "title",
            Self::Artist => "artist",
            Self::Artists => "artists",
            Self::Display => "artist-title",
            Self::Album => "album",
            Self::Writers => "writers",
            Self::Length => "length",
            Self::Millis => "ms",
            Self::Isrc => "isrc",
            Self::Path => "path",
            Self::Bpm => "bpm",
            Self::Key => "key",
            Self::Notes => "notes",
            Self::Why => "why",
            Self::Tags => "tags",
            Self::State => "state",
            Self::Label => "label",
            Self::Publisher => "publisher",
            Self::Year => "year",
            Self::Genre => "genre",
        }
    }

    /// Whether several columns can say it together; of others, the first that says anything counts.
    pub const fn can_be_several(self) -> bool {
        matches!(
            self,
            Self::Ignored | Self::Notes | Self::Tags | Self::Writers
        )
    }

    /// Whether a table with such a column names recordings.
    pub(super) const fn names_a_recording(self) -> bool {
        matches!(self, Self::Title | Self::Display | Self::Path)
    }
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Meaning {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|it| it.word() == word);
        known.ok_or_else(|| {
            let words = Self::ALL.map(Self::word).join(", ");
            format!("“{word}” is none of {words}")
        })
    }
}
