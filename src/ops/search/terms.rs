//! What can be asked of one track.

use std::collections::BTreeSet;

use crate::model::Key;
use crate::model::PersonId;
use crate::model::TrackId;
use crate::ops::uses::Where;

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
    // This is not looked through by a word without a field.
    File,
}

impl Text {
    /// All of them, in the order in which an index has them.
    pub(super) const ALL: [Self; 14] = [
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
    /// In stars, on average.
    Rating,
}

impl Number {
    /// All of them, in the order in which an index has them.
    pub(super) const ALL: [Self; 7] = [
        Self::Length,
        Self::Loudness,
        Self::Range,
        Self::Peak,
        Self::Year,
        Self::Tempo,
        Self::Rating,
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
            "rating" | "stars" => Self::Rating,
            _ => return None,
        })
    }

    /// How near to a single number counts as that number.
    pub(super) fn slack(self) -> f64 {
        match self {
            Self::Length | Self::Loudness | Self::Range | Self::Peak | Self::Tempo => 0.5,
            Self::Rating => 0.25,
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
    /// Nobody sings: it is another's instrumental version, or nobody was heard to.
    Instrumental,
    /// Somebody sings: it has words or somebody was heard to, and is nobody's instrumental version.
    Vocal,
    /// It is a version of another.
    Rendition,
    /// Both sides have agreed.
    Cleared,
    /// Its file was looked for and not found. This lies outside the track.
    Missing,
}

impl Fact {
    /// Those that the track itself tells, in the order of the bits an index has for them.
    pub(super) const OWN: [Self; 7] = [
        Self::Wish,
        Self::Measured,
        Self::Lyrics,
        Self::Instrumental,
        Self::Vocal,
        Self::Rendition,
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
            "vocal" => (Self::Vocal, false),
            "rendition" => (Self::Rendition, false),
            "cleared" => (Self::Cleared, false),
            "uncleared" => (Self::Cleared, true),
            "missing" => (Self::Missing, false),
            _ => return None,
        })
    }
}

/// Which permission is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// To use the recording.
    Master,
    /// To use the composition.
    Publishing,
    /// The worse of both.
    Worse,
}

impl Side {
    /// What it is called in a query.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "master" => Self::Master,
            "publishing" => Self::Publishing,
            "clearance" => Self::Worse,
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

impl Term {
    /// That something is so.
    pub(super) fn so(what: What) -> Self {
        Self {
            what,
            is_negated: false,
        }
    }
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
    /// That it is in one of these states: bits, in the order of all of them.
    InState(u8),
    /// That a side is cleared so far: bits, in the order of all states.
    Cleared(Side, u8),
    /// That it has just this tag, as a name is folded.
    Tagged(String),
    /// That somebody with just this name added it, as a name is folded.
    AddedBy(String),
    /// That it is used there.
    Used(Where),
    /// That it is in the list with this name, as a name is folded.
    InList(String),
    /// That one of these is so.
    AnyOf(Vec<Self>),
    /// That all of these are so.
    AllOf(Vec<Term>),
    // What follows is nothing that can be typed: it is what of the above asks about more than the
    // track, once that has been looked up.
    /// That one of these people added it.
    ByOneOf(Vec<PersonId>),
    /// That it is one of these tracks.
    Among(BTreeSet<TrackId>),
}
