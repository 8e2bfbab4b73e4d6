//! What the user should know about an import that otherwise worked.

use std::fmt;

use super::limits::{MAX_NESTING, MAX_QUOTE, MAX_TEXT, MAX_WARNINGS};
use super::text::{Decoded, TextEncoding};
use crate::time::Counting;
use crate::time::Timebase;

/// What a reader guessed, moved or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    warnings: Vec<Warning>,
    n_further: usize,
    encoding: Option<TextEncoding>,
}

impl Report {
    /// The warnings, those about the whole file first, then in the order of its lines; at most
    /// [`MAX_WARNINGS`].
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// How many warnings there were besides [`Report::warnings`].
    pub const fn n_further(&self) -> usize {
        self.n_further
    }

    /// Whether there is nothing to tell.
    pub const fn is_clean(&self) -> bool {
        self.warnings.is_empty()
    }

    /// How the text was encoded; `None` when the format holds no text of its own.
    pub const fn encoding(&self) -> Option<TextEncoding> {
        self.encoding
    }

    /// Adds a warning about a line, counted from 1.
    pub(super) fn warn(&mut self, line: usize, kind: WarningKind) {
        self.push(Some(line), kind);
    }

    /// Adds a warning about the whole file.
    pub(super) fn warn_of_all(&mut self, kind: WarningKind) {
        self.push(None, kind);
    }

    /// Adds a warning about a line where it is known.
    pub(super) fn warn_at(&mut self, line: Option<usize>, kind: WarningKind) {
        self.push(line, kind);
    }

    fn push(&mut self, line: Option<usize>, kind: WarningKind) {
        let warning = Warning { line, kind };
        // A point has one label in two columns; once is enough.
        if self.warnings.last() == Some(&warning) {
            return;
        }
        if self.warnings.len() < MAX_WARNINGS {
            self.warnings.push(warning);
        } else {
            self.n_further += 1;
        }
    }

    /// Brings the warnings into the order of the file, after those about the whole of it.
    pub(super) fn sort(&mut self) {
        self.warnings.sort_by_key(|warning| warning.line);
    }

    /// Remembers how the text was encoded, and warns where that was a guess.
    pub(super) fn note_encoding(&mut self, decoded: &Decoded) {
        self.encoding = Some(decoded.encoding);
        if decoded.is_guess {
            self.warn_of_all(WarningKind::GuessedEncoding(decoded.encoding));
        }
        if decoded.n_replaced > 0 {
            self.warn_of_all(WarningKind::UndecodableText {
                n: decoded.n_replaced,
            });
        }
    }
}

/// One thing the user should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where in the file, counted from 1; `None` when it is about the whole file.
    pub line: Option<usize>,
    /// What was found there.
    pub kind: WarningKind,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.kind),
            None => self.kind.fmt(f),
        }
    }
}

/// What was found. Each displays as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WarningKind {
    /// The text was not Unicode and did not say what it was.
    GuessedEncoding(TextEncoding),
    /// Bytes that mean nothing in the text's encoding.
    UndecodableText {
        /// How many places.
        n: usize,
    },
    /// A line that should be an event, a marker or a row, and can't be read.
    Unreadable(String),
    /// Lines of no known kind.
    UnknownLines {
        /// How many.
        n: usize,
        /// The first of them.
        first: String,
    },
    /// A timecode that cannot be at the rate the list was read with.
    ImpossibleLabel {
        /// The timecode.
        label: String,
        /// What the list was read with.
        timebase: Timebase,
    },
    /// Timecodes of sources that cannot be at the rate the list was read with.
    ImpossibleSources {
        /// How many events have such.
        n: usize,
    },
    /// A drop-frame timecode that does not exist was taken as the next one that does.
    MovedLabel {
        /// What the file says.
        label: String,
        /// What it was taken as.
        to: String,
    },
    /// The list counts its labels in another way than the programme.
    OtherCounting {
        /// How the list counts.
        list: Counting,
    },
    /// The list says that it is not drop-frame, and writes its timecodes as if it were.
    MarksIgnored,
    /// The timecodes are written as drop-frame, which there is not at this rate.
    MarksMeaningless(Timebase),
    /// The frame code mode changes inside the list.
    ModeChanges {
        /// How the positions in the programme were counted throughout.
        record: Counting,
    },
    /// More lengths of sources and programme agree when labels are counted in the other way.
    DoubtfulCounting {
        /// How labels were counted.
        counted: Counting,
        /// How many lengths disagree.
        n_off: usize,
        /// How many would disagree in the other way.
        n_off_otherwise: usize,
        /// How many were compared.
        n: usize,
    },
    /// Something ends before it begins.
    EndBeforeStart,
    /// A color that the program has no like of; nothing else about the marker is lost.
    UnknownColor(String),
    /// Markers that are in the file more than once, word for word.
    Repeated {
        /// How many were left out.
        n: usize,
    },
    /// A comment that speaks of an event where there is none.
    StrayComment(String),
    /// A row with nothing that tells where it belongs.
    NoTime(String),
    /// A time without frames was taken for elapsed time, or for a label.
    GuessedClock(ClockReading),
    /// A text was cut to what a name or note may hold.
    ShortenedText,
    /// A length that no marker has was brought down to a day.
    ShortenedLength,
    /// Clips that are muted.
    Muted {
        /// How many were left out.
        n: usize,
    },
    /// The list goes on, but no more was taken.
    TooMany {
        /// How many were taken.
        n: usize,
    },
    /// An entry of a playlist that names neither a file nor a title.
    NothingNamed,
    /// A playlist names a track that its file says nothing more of.
    UnknownTrack(String),
    /// The file says no frame rate that is known; the programme's was taken.
    AssumedRate(Timebase),
    /// The file holds several timelines.
    OtherTimelines {
        /// The one that was read.
        taken: String,
        /// How many others there are.
        n: usize,
        /// What they are called.
        others: String,
    },
    /// A marker is not within the part of its clip that the programme shows.
    MarkerOutside {
        /// What it is called.
        name: String,
    },
    /// Markers of clips, at places that the programme doesn't show.
    UnusedMarkers {
        /// How many were left out.
        n: usize,
    },
    /// Clips that are turned off.
    DisabledClips {
        /// How many were left out.
        n: usize,
    },
    /// A clip whose speed changes while it plays.
    VariableSpeed {
        /// What it is called.
        clip: String,
    },
    /// A clip of another frame rate that was made to fit.
    Conformed {
        /// What it is called.
        clip: String,
    },
    /// A compound clip at another speed.
    RetimedNest {
        /// What it is called.
        clip: String,
    },
    /// Timelines within timelines, beyond what is looked into.
    TooDeep,
    /// Positions were expected to count from the start timecode, and count from zero.
    CountedFromZero,
    /// Clips whose source is named but not in the file.
    SourcesMissing {
        /// How many.
        n: usize,
    },
    /// What stands where a length should.
    NoLength(String),
    /// What stands where a state of the pool should.
    NoState(String),
}

/// What a time without frames was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockReading {
    /// Time passed since the programme's first frame.
    Elapsed,
    /// Timecode whose frames were left out.
    Label,
}

impl fmt::Display for WarningKind {
    #[expect(clippy::too_many_lines, reason = "one sentence for each kind")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GuessedEncoding(encoding) => {
                write!(f, "the text is not Unicode; it was read as {encoding}")
            }
            Self::UndecodableText { n } => write!(
                f,
                "{} could not be read, shown as �",
                counted(*n, "character", "characters")
            ),
            Self::Unreadable(text) => write!(f, "“{text}” can't be read and was left out"),
            Self::UnknownLines { n: 1, first } => {
                write!(f, "“{first}” is no known kind of line and was left out")
            }
            Self::UnknownLines { n, first } => write!(
                f,
                "“{first}” and {} more lines are of no known kind and were left out",
                n - 1
            ),
            Self::ImpossibleLabel { label, timebase } => write!(
                f,
                "“{label}” cannot be at {timebase} frames per second and was left out"
            ),
            Self::ImpossibleSources { n } => write!(
                f,
                "the source timecodes of {} are of another rate and were left out",
                counted(*n, "event", "events")
            ),
            Self::MovedLabel { label, to } => write!(
                f,
                "“{label}” does not exist in drop-frame timecode and was taken as {to}"
            ),
            Self::OtherCounting { list } => write!(
                f,
                "the list is {}, the cut is not; the list was followed",
                counting_name(*list)
            ),
            Self::MarksIgnored => f.write_str(
                "the list says non-drop but writes its timecodes with “;”; it was read as non-drop",
            ),
            Self::MarksMeaningless(timebase) => write!(
                f,
                "timecodes are written with “;”, but there is no drop-frame at {timebase}; they \
                 were read as they stand"
            ),
            Self::ModeChanges { record } => write!(
                f,
                "the frame code mode changes here; positions in the programme were read as {} \
                 throughout",
                counting_name(*record)
            ),
            Self::DoubtfulCounting {
                counted,
                n_off,
                n_off_otherwise,
                n,
            } => write!(
                f,
                "read as {}, {n_off} of {n} lengths disagree between source and programme, read \
                 the other way only {n_off_otherwise}; is the list really {}?",
                counting_name(*counted),
                counting_name(*counted)
            ),
            Self::EndBeforeStart => f.write_str("it ends before it begins and was left out"),
            Self::UnknownColor(word) => write!(f, "“{word}” is no color known here"),
            Self::Repeated { n } => write!(
                f,
                "{} left out, as the same is there already",
                counted(*n, "marker was", "markers were")
            ),
            Self::StrayComment(text) => {
                write!(f, "“{text}” belongs to no event and was left out")
            }
            Self::NoTime(text) => write!(f, "“{text}” is not a time; the row was left out"),
            Self::GuessedClock(ClockReading::Elapsed) => {
                f.write_str("times without frames were taken as time since the first frame")
            }
            Self::GuessedClock(ClockReading::Label) => {
                f.write_str("times without frames were taken as timecode")
            }
            Self::ShortenedText => write!(f, "a text was cut to {MAX_TEXT} characters"),
            Self::ShortenedLength => f.write_str("a length of more than a day was cut to a day"),
            Self::Muted { n } => write!(
                f,
                "{} left out",
                counted(*n, "muted clip was", "muted clips were")
            ),
            Self::TooMany { n } => write!(f, "the list goes on, but only {n} entries are taken"),
            Self::NothingNamed => {
                f.write_str("it names neither a file nor a title and was left out")
            }
            Self::UnknownTrack(key) => {
                write!(f, "track “{key}” is not in this file and was left out")
            }
            Self::AssumedRate(timebase) => write!(
                f,
                "the file says no frame rate that is known here; it was read at {timebase}"
            ),
            Self::OtherTimelines {
                taken,
                n: 1,
                others,
            } => write!(
                f,
                "the file holds two timelines; “{taken}” was read and “{others}” was not"
            ),
            Self::OtherTimelines { taken, n, others } => write!(
                f,
                "the file holds {} timelines; “{taken}” was read, the others were not: {others}",
                n + 1
            ),
            Self::MarkerOutside { name } => write!(
                f,
                "the marker “{name}” lies outside the part of its clip that is used; it was kept \
                 where it would be"
            ),
            Self::UnusedMarkers { n } => f.write_str(&counted(
                *n,
                "marker lies in a part of its clip that was trimmed away, and was left out",
                "markers lie in parts of their clips that were trimmed away, and were left out",
            )),
            Self::DisabledClips { n } => write!(
                f,
                "{} left out",
                counted(
                    *n,
                    "clip is turned off and was",
                    "clips are turned off and were"
                )
            ),
            Self::VariableSpeed { clip } => write!(
                f,
                "the speed of “{clip}” changes while it plays; its mean was taken"
            ),
            Self::Conformed { clip } => write!(
                f,
                "“{clip}” was made at another frame rate; what is said of its source may be off \
                 by a frame"
            ),
            Self::RetimedNest { clip } => write!(
                f,
                "“{clip}” is played at another speed; the markers of what is nested in it were \
                 left out"
            ),
            Self::TooDeep => write!(
                f,
                "what is nested more than {MAX_NESTING} deep, or in itself, was left out"
            ),
            Self::CountedFromZero => f.write_str(
                "positions count from zero though the timeline starts later; they were moved to \
                 its start",
            ),
            Self::SourcesMissing { n } => f.write_str(&counted(
                *n,
                "clip is of a source that the file does not describe",
                "clips are of sources that the file does not describe",
            )),
            Self::NoLength(text) => write!(f, "“{text}” is not a length and was left out"),
            Self::NoState(text) => write!(f, "“{text}” is no state of the pool and was left out"),
        }
    }
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

const fn counting_name(counting: Counting) -> &'static str {
    match counting {
        Counting::Drop => "drop-frame",
        Counting::NonDrop => "non-drop",
    }
}

/// What the file says, short enough for a sentence.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(MAX_QUOTE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_beyond_the_limit_are_counted() {
        let mut report = Report::default();
        for line in 1..=MAX_WARNINGS + 7 {
            report.warn(line, WarningKind::EndBeforeStart);
        }
        assert_eq!(report.warnings().len(), MAX_WARNINGS);
        assert_eq!(report.n_further(), 7);
    }

    #[test]
    fn what_is_said_twice_in_a_row_is_said_once() {
        let mut report = Report::default();
        report.warn(3, WarningKind::EndBeforeStart);
        report.warn(3, WarningKind::EndBeforeStart);
        report.warn(4, WarningKind::EndBeforeStart);
        assert_eq!(report.warnings().len(), 2);
    }

    #[test]
    fn a_warning_names_its_line() {
        let warning = Warning {
            line: Some(12),
            kind: WarningKind::UnknownColor("ecru".to_owned()),
        };
        assert_eq!(
            warning.to_string(),
            "line 12: “ecru” is no color known here"
        );
    }

    #[test]
    fn a_quotation_ends_between_characters() {
        let long = "ü".repeat(MAX_QUOTE + 1);
        assert_eq!(quoted(&long).chars().count(), MAX_QUOTE + 1);
        assert_eq!(quoted(" short "), "short");
    }
}
