//! Cue sheets: the templates that say what a house wants to read, and the sheet itself, laid out and
//! ready to be written in any format.

use super::usage::{Function, Sight, Voice};
use crate::time::Ticks;

/// What one house wants of a cue sheet. Codes differ by society and house, so they are data and
/// never part of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CueTemplate {
    /// What it is called.
    pub name: String,
    /// What stands at the head of the sheet.
    pub header: Vec<HeaderLine>,
    /// What stands in each line, from left to right.
    pub columns: Vec<CueColumn>,
    /// The codes of uses; of several that fit, the first.
    pub codes: Vec<CodeRule>,
    /// How lengths are rounded.
    pub rounding: Rounding,
    /// Stretches of one recording that are no further apart are one cue.
    pub merge_gap: Ticks,
    /// How shares are counted.
    pub shares: Shares,
}

/// A line at the head of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderLine {
    /// What stands before it.
    pub heading: String,
    /// What it says: `series`, `episode_title`, `episode_number`, `cut`, `programme_length`,
    /// `music_length`, or a field of the show's or the episode's header.
    pub field: String,
}

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueColumn {
    /// Its heading.
    pub heading: String,
    /// What is in it.
    pub field: CueField,
}

/// What is told of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueField {
    /// Its place on the sheet, from 1.
    Sequence,
    /// Its number: `1M2`.
    CueNumber,
    /// The title of the work.
    Title,
    /// Who performs it.
    Artist,
    /// The album.
    Album,
    /// The code of the use.
    Usage,
    /// Where it begins, as timecode.
    TimeIn,
    /// Where it ends, as timecode.
    TimeOut,
    /// How long it is: `0:32`.
    Length,
    /// How long it is, in seconds.
    Seconds,
    /// Who wrote it, with role, share and society.
    Writers,
    /// Who publishes it, with share and society.
    Publishers,
    /// Where the music comes from.
    Origin,
    /// Who owns the recording.
    Label,
    /// The label's number for the release.
    Catalogue,
    /// ISRC.
    Isrc,
    /// ISWC.
    Iswc,
    /// Permission to use the recording.
    Master,
    /// Permission to use the composition.
    Publishing,
    /// The scene it is in.
    Scene,
}

impl CueField {
    /// Each with the word it goes by in templates and other programs' data.
    pub const WORDS: [(Self, &'static str); 20] = [
        (Self::Sequence, "sequence"),
        (Self::CueNumber, "cue_number"),
        (Self::Title, "title"),
        (Self::Artist, "artist"),
        (Self::Album, "album"),
        (Self::Usage, "usage"),
        (Self::TimeIn, "time_in"),
        (Self::TimeOut, "time_out"),
        (Self::Length, "length"),
        (Self::Seconds, "seconds"),
        (Self::Writers, "writers"),
        (Self::Publishers, "publishers"),
        (Self::Origin, "origin"),
        (Self::Label, "label"),
        (Self::Catalogue, "catalogue"),
        (Self::Isrc, "isrc"),
        (Self::Iswc, "iswc"),
        (Self::Master, "master"),
        (Self::Publishing, "publishing"),
        (Self::Scene, "scene"),
    ];

    /// The field of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(_, known)| *known == word);
        found.map(|(field, _)| *field)
    }

    /// Whether it is a number that a spreadsheet may add up.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Sequence | Self::Seconds)
    }
}

/// A code for uses of one kind. What it does not name may be anything, known or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeRule {
    /// What the music is to the programme.
    pub function: Option<Function>,
    /// What is seen of it.
    pub sight: Option<Sight>,
    /// Whether it is sung.
    pub voice: Option<Voice>,
    /// The code.
    pub code: String,
}

/// How lengths are rounded to whole seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest; what is shorter than a second is one.
    #[default]
    Nearest,
    /// To the next.
    Up,
    /// Fractions are left out.
    Down,
}

/// How shares are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shares {
    /// Writers make a hundred percent, and publishers make another hundred.
    #[default]
    TwoAccounts,
    /// Writers and publishers make a hundred percent between them.
    OneAccount,
}

/// A sheet, laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What it is: the series and the episode.
    pub title: String,
    /// The head of the sheet, each with what stands before it.
    pub header: Vec<(String, String)>,
    /// Its columns.
    pub columns: Vec<CueColumn>,
    /// Its lines, with as many cells as there are columns; a cell may have several lines.
    pub rows: Vec<Vec<String>>,
    /// What stands below, each with what stands before it.
    pub totals: Vec<(String, String)>,
    /// What is missing or doubtful: not for the society, but for who sends it.
    pub remarks: Vec<String>,
}
