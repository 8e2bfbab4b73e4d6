//! What editing systems write, turned into model values: bytes in, a [`CutList`] and a [`Report`]
//! out. Nothing here knows a file's place on disk, and nothing here changes a show; what a list
//! means for an episode is decided in `ops::adopt`.
//!
//! Each format is one module with the same two functions: `fit` says whether a text looks like
//! that format, `read` reads it. To add one, write that module, give [`Format`] a variant, and let
//! the compiler point at the three places that must know it.
//!
//! Playlists, which are about the pool and not about a cut, have the same in [`playlist`].
//!
//! A reader takes any bytes. It never panics, and neither time nor memory grow faster than the
//! file does; the limits are at the top of `limits.rs`. What it can't read it leaves out and says
//! so in the report; it only refuses a file as a whole when importing it would put things in the
//! wrong place.

mod cmx3600;
mod color_words;
mod edl_line;
mod labels;
mod limits;
mod marker_csv;
mod options;
pub mod playlist;
mod report;
mod resolve_markers;
mod table;
mod text;

pub use limits::{MAX_BYTES, MAX_ENTRIES, MAX_PLAYLIST_BYTES, MAX_WARNINGS};
pub use options::{ClockTimes, Contradictions, ReadOptions};
pub use report::{ClockReading, Report, Warning, WarningKind};
pub use table::{Delimiter, Layout, Row, TableFile};
pub use text::TextEncoding;

use crate::model::CutList;
use crate::time::FrameRate;

/// A file format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// An edit decision list: events with reels and timecodes, locators, clip names.
    Cmx3600,
    /// The markers of a `DaVinci` Resolve timeline, dressed as an edit decision list.
    ResolveMarkers,
    /// A table with a header row: markers, or scenes, one a row.
    MarkerCsv,
}

impl Format {
    /// Every format, the most particular first: a Resolve list is an edit decision list too.
    pub const ALL: [Self; 3] = [Self::ResolveMarkers, Self::Cmx3600, Self::MarkerCsv];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cmx3600 => "CMX 3600 EDL",
            Self::ResolveMarkers => "Resolve marker EDL",
            Self::MarkerCsv => "marker table",
        }
    }

    /// The endings of its files' names, in lower case, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Cmx3600 | Self::ResolveMarkers => &["edl", "txt"],
            Self::MarkerCsv => &["csv", "tsv", "txt"],
        }
    }

    fn fit(self, head: &str) -> Fit {
        match self {
            Self::Cmx3600 => cmx3600::fit(head),
            Self::ResolveMarkers => resolve_markers::fit(head),
            Self::MarkerCsv => marker_csv::fit(head),
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// How much a text looks like a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Not at all.
    No,
    /// Something of it is there, but nothing that only this format has.
    Maybe,
    /// Something is there that only this format has.
    Sure,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is larger than any file of this kind can be.
    #[error(
        "the file is too large for a list of edits or markers ({size} bytes; {MAX_BYTES} is the limit)"
    )]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// There was nothing in it that could be read.
    #[error("no event, marker or scene was found in this {format}")]
    Empty {
        /// The format it was read as.
        format: Format,
        /// What was left out, and why.
        report: Box<Report>,
    },
    /// Its timecodes cannot be at the rate it was to be read with.
    #[error(
        "line {line}: “{label}” cannot be at {rate} frames per second; was the list made at another rate?"
    )]
    OtherRate {
        /// Where the first such timecode stands.
        line: usize,
        /// The timecode.
        label: String,
        /// The rate it was to be read with.
        rate: FrameRate,
    },
    /// It says that its timecode is drop-frame, which there is not at the rate it was to be read
    /// with.
    #[error(
        "line {line}: the list is drop-frame, which there is not at {rate} frames per second; was it made at 29.97 or 59.94?"
    )]
    NoDropFrame {
        /// Where it says so.
        line: usize,
        /// The rate it was to be read with.
        rate: FrameRate,
    },
}

/// The format of a file, by what is in it. The name is asked only where the content leaves it
/// open.
pub fn detect(bytes: &[u8], name_hint: Option<&str>) -> Option<Format> {
    let head = text::decode_head(bytes);
    let mut fits = Format::ALL.map(|format| (format.fit(&head), format));
    // A stable sort: of equal fits, the more particular format stays first.
    fits.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    fits.into_iter()
        .find(|(fit, format)| match fit {
            Fit::Sure => true,
            Fit::Maybe => name_hint.is_some_and(|name| has_extension_of(name, *format)),
            Fit::No => false,
        })
        .map(|(_, format)| format)
}

fn has_extension_of(name: &str, format: Format) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| {
        format
            .extensions()
            .iter()
            .any(|known| known.eq_ignore_ascii_case(ending))
    })
}

/// Reads a file of a known format.
///
/// # Errors
///
/// Fails when the file is too large, holds nothing that can be read, or contradicts the rate it is
/// to be read with ([`Contradictions::Refuse`]).
pub fn read(
    format: Format,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<(CutList, Report), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len() });
    }
    let mut report = Report::default();
    let decoded = text::decode(bytes, options.encoding);
    report.note_encoding(&decoded);
    let list = match format {
        Format::Cmx3600 => cmx3600::read(&decoded.text, options, &mut report)?,
        Format::ResolveMarkers => resolve_markers::read(&decoded.text, options, &mut report)?,
        Format::MarkerCsv => marker_csv::read(&decoded.text, options, &mut report)?,
    };
    report.sort();
    if list.is_empty() {
        return Err(ReadError::Empty {
            format,
            report: Box::new(report),
        });
    }
    Ok((list, report))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDL: &[u8] = b"TITLE: X\n001 A V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n";

    #[test]
    fn the_content_decides_and_not_the_ending() {
        assert_eq!(detect(EDL, Some("list.csv")), Some(Format::Cmx3600));
        assert_eq!(
            detect(b"Timecode,Name\n01:00:00:00,a\n", Some("a.edl")),
            Some(Format::MarkerCsv)
        );
    }

    #[test]
    fn a_resolve_list_is_not_taken_for_its_dress() {
        let mut list = EDL.to_vec();
        list.extend_from_slice(b" |C:ResolveColorBlue |M:a |D:1\n");
        assert_eq!(detect(&list, None), Some(Format::ResolveMarkers));
    }

    #[test]
    fn the_ending_helps_where_the_content_is_thin() {
        assert_eq!(detect(b"TITLE: nothing yet\n", None), None);
        assert_eq!(
            detect(b"TITLE: nothing yet\n", Some("a.EDL")),
            Some(Format::Cmx3600)
        );
    }

    #[test]
    fn what_is_none_of_them_is_not_guessed_at() {
        for bytes in [
            &b""[..],
            b"\0\0\0\0",
            b"RIFF....WAVE",
            b"Dear all,\nhere are the notes.\n",
        ] {
            assert_eq!(detect(bytes, Some("list.edl")), None);
        }
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused_unread() {
        let bytes = vec![b' '; MAX_BYTES + 1];
        assert_eq!(
            read(Format::Cmx3600, &bytes, &ReadOptions::default()),
            Err(ReadError::TooLarge {
                size: MAX_BYTES + 1
            })
        );
    }
}
