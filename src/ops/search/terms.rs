//! What can be asked of one track.

use crate::model::Key;

/// A text of a track that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    Title,
    Artist,
    Album,
    Writer,
    Tag,
    Notes,
    Why,
    Lyrics,
    Contributor,
    Genre,
    Label,
    Publisher,
    Isrc,
    // These are not looked through by a word without a field.
    State,
    Master,
    Publishing,
    File,
}

impl Text {
    /// All of them, in the order in which an index has them.
    pub(super) const ALL: [Self; 17] = [
        Self::Title,
        Self::Artist,
        Self::Album,
        Self::Writer,
        Self::Tag,
        Self::Notes,
        Self::Why,
        Self::Lyrics,
        Self::Contributor,
        Self::Genre,
        Self::Label,
        Self::Publisher,
        Self::Isrc,
        Self::State,
        Self::Master,
        Self::Publishing,
        Self::File,
    ];

    /// How many of them a word without a field looks through.
    pub(super) const N_GENERAL: usize = 13;

    /// What it is called in a query.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "title" => Self::Title,
            "artist" => Self::Artist,
            "album" => Self::Album,
            "writer" | "composer" => Self::Writer,
            "tag" | "mood" => Self::Tag,
            "note" | "notes" => Self::Notes,
            "why" => Self::Why,
            "lyric" | "lyrics" => Self::Lyrics,
            "by" | "from" => Self::Contributor,
            "genre" => Self::Genre,
            "label" => Self::Label,
            "publisher" => Self::Publisher,
            "isrc" => Self::Isrc,
            "state" => Self::State,
            "master" => Self::Master,
            "publishing" => Self::Publishing,
            "file" => Self::File,
            _ => return None,
        })
    }
}

/// A number of a track that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// In seconds.
    Length,
    /// In LUFS.
    Loudness,
    /// In LU.
    Range,
    /// In dBTP.
    Peak,
    Year,
    /// In beats a minute.
    Tempo,
}

impl Number {
    /// All of them, in the order in which an index has them.
    pub(super) const ALL: [Self; 6] = [
        Self::Length,
        Self::Loudness,
        Self::Range,
        Self::Peak,
        Self::Year,
        Self::Tempo,
    ];

    /// What it is called in a query.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "length" | "duration" => Self::Length,
            "lufs" | "loudness" => Self::Loudness,
            "lra" | "range" => Self::Range,
            "peak" => Self::Peak,
            "year" => Self::Year,
            "bpm" | "tempo" => Self::Tempo,
            _ => return None,
        })
    }

    /// How near to a single number counts as that number.
    pub(super) fn slack(self) -> f64 {
        match self {
            Self::Length | Self::Loudness | Self::Range | Self::Peak | Self::Tempo => 0.5,
            Self::Year => 0.0,
        }
    }
}

/// Something that is so of a track or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// It has no file.
    Wish,
    /// Its sound was measured.
    Measured,
    /// It has words.
    Lyrics,
    /// It has no voice: it is another's instrumental version.
    Instrumental,
    /// It is a version of another.
    Rendition,
    /// It is the pick of a slot.
    Used,
    /// Both sides have agreed.
    Cleared,
}

impl Fact {
    /// All of them, in the order of the bits an index has for them.
    pub(super) const ALL: [Self; 7] = [
        Self::Wish,
        Self::Measured,
        Self::Lyrics,
        Self::Instrumental,
        Self::Rendition,
        Self::Used,
        Self::Cleared,
    ];

    /// What it is called in a query, and whether that asks for its opposite.
    pub(super) fn named(name: &str) -> Option<(Self, bool)> {
        Some(match name {
            "wish" => (Self::Wish, false),
            "measured" => (Self::Measured, false),
            "unmeasured" => (Self::Measured, true),
            "lyrics" => (Self::Lyrics, false),
            "instrumental" => (Self::Instrumental, false),
            "vocal" => (Self::Instrumental, true),
            "rendition" => (Self::Rendition, false),
            "used" => (Self::Used, false),
            "unused" => (Self::Used, true),
            "cleared" => (Self::Cleared, false),
            "uncleared" => (Self::Cleared, true),
            _ => return None,
        })
    }
}

/// From one number to another, both within.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Span {
    pub(super) fn contains(self, number: f64) -> bool {
        (self.from..=self.to).contains(&number)
    }
}

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub(super) what: What,
    /// Whether it must not be so.
    pub(super) is_negated: bool,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// That this stands in a text, or in any. Texts have a blank before and after each word.
    Says(Option<Text>, String),
    /// That a number lies between others.
    Lies(Number, Span),
    /// That it is in a key.
    InKey(Key),
    /// That something is so.
    Is(Fact),
}
