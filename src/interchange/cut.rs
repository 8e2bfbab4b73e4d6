//! What editing systems, sound editors and writers make of an episode, turned into a [`CutList`]:
//! its edits, markers, scenes and words, and a [`Report`] of what was guessed, moved or left out.
//!
//! Each format is one module with the same two functions: `fit` says whether a text looks like
//! that format, `read` reads it. To add one, write that module, give [`CutFormat`] a variant, and
//! let the compiler point at the places that must know it.
//!
//! A file says when it begins and at what rate it runs, or it does not and the reader is told:
//! [`CutFormat::tells_rate`] says which. What a list means for an episode is decided in
//! `ops::adopt`.

mod aaf;
mod address;
mod ardour;
mod avid;
mod cmx3600;
mod color_words;
mod edl_line;
mod fcpxml;
mod fdx;
mod fountain;
mod gather;
mod kdenlive;
mod labels;
mod marker_csv;
mod options;
mod otio;
mod protools;
mod resolve_markers;
mod subtitles;
mod wording;
mod xmeml;

pub use options::{ClockTimes, Contradictions, ReadOptions};

pub(super) use marker_csv::{each, plain_words, unwrapped};

use super::Fit;
use super::limits::{HEAD_BYTES, MAX_BYTES, MAX_JSON_BYTES, MAX_PACKED_BYTES, MAX_TIMELINE_BYTES};
use super::report::Report;
use super::text;
use crate::model::CutList;
use crate::time::FrameRate;

/// A file format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CutFormat {
    /// An edit decision list: events with reels and timecodes, locators, clip names.
    Cmx3600,
    /// The markers of a `DaVinci` Resolve timeline, dressed as an edit decision list.
    ResolveMarkers,
    /// Pro Tools' “Session Info as Text”: markers and clips.
    ProTools,
    /// The text that Avid's Markers window writes.
    AvidText,
    /// The XML that Avid's Markers window writes.
    AvidXml,
    /// Captions with voices.
    WebVtt,
    /// Subtitles.
    Srt,
    /// A screenplay of Final Draft.
    Fdx,
    /// A session of Ardour: its locations.
    Ardour,
    /// A project of Kdenlive: its guides.
    Kdenlive,
    /// A table with a header row: markers, or scenes, one a row.
    MarkerCsv,
    /// A screenplay as plain text.
    Fountain,
    /// A timeline of Final Cut Pro 10 and later.
    Fcpxml,
    /// A timeline of Final Cut Pro 7 and Premiere Pro.
    Xmeml,
    /// A timeline of `OpenTimelineIO`.
    Otio,
    /// The same, packed in one file with its media.
    OtioBundle,
    /// A composition of Media Composer, Pro Tools and others.
    Aaf,
}

impl CutFormat {
    /// Every format, the most particular first: a Resolve list is an edit decision list too, and
    /// almost any text could be a screenplay.
    pub const ALL: [Self; 17] = [
        Self::Aaf,
        Self::OtioBundle,
        Self::Otio,
        Self::Fcpxml,
        Self::Xmeml,
        Self::ResolveMarkers,
        Self::Cmx3600,
        Self::ProTools,
        Self::AvidXml,
        Self::Fdx,
        Self::Ardour,
        Self::Kdenlive,
        Self::WebVtt,
        Self::AvidText,
        Self::Srt,
        Self::MarkerCsv,
        Self::Fountain,
    ];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cmx3600 => "CMX 3600 EDL",
            Self::ResolveMarkers => "Resolve marker EDL",
            Self::ProTools => "Pro Tools session text",
            Self::AvidText => "Avid marker text",
            Self::AvidXml => "Avid marker XML",
            Self::WebVtt => "WebVTT file",
            Self::Srt => "SRT file",
            Self::Fdx => "Final Draft script",
            Self::Ardour => "Ardour session",
            Self::Kdenlive => "Kdenlive project",
            Self::MarkerCsv => "marker table",
            Self::Fountain => "Fountain script",
            Self::Fcpxml => "FCPXML timeline",
            Self::Xmeml => "Final Cut Pro 7 XML",
            Self::Otio => "OpenTimelineIO timeline",
            Self::OtioBundle => "OpenTimelineIO bundle",
            Self::Aaf => "AAF composition",
        }
    }

    /// The endings of its files' names, in lower case, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Cmx3600 | Self::ResolveMarkers => &["edl", "txt"],
            Self::ProTools | Self::AvidText => &["txt"],
            Self::AvidXml | Self::Xmeml => &["xml"],
            Self::Fcpxml => &["fcpxml", "fcpxmld", "xml"],
            Self::Otio => &["otio", "json"],
            Self::OtioBundle => &["otioz"],
            Self::Aaf => &["aaf"],
            Self::WebVtt => &["vtt"],
            Self::Srt => &["srt"],
            Self::Fdx => &["fdx"],
            Self::Ardour => &["ardour"],
            Self::Kdenlive => &["kdenlive"],
            Self::MarkerCsv => &["csv", "tsv", "txt"],
            Self::Fountain => &["fountain", "spmd", "txt"],
        }
    }

    /// The endings of all the files that can be read, each once.
    pub fn all_extensions() -> Vec<&'static str> {
        let mut endings: Vec<_> = Self::ALL
            .iter()
            .flat_map(|format| format.extensions().iter().copied())
            .collect();
        endings.sort_unstable();
        endings.dedup();
        endings
    }

    /// Whether its files say their frame rate, or hold nothing that depends on it. For the others
    /// the programme's must be known.
    pub const fn tells_rate(self) -> bool {
        match self {
            Self::ProTools
            | Self::Fdx
            | Self::Kdenlive
            | Self::Fountain
            | Self::Fcpxml
            | Self::Xmeml
            | Self::Otio
            | Self::OtioBundle
            | Self::Aaf => true,
            Self::Cmx3600
            | Self::ResolveMarkers
            | Self::AvidText
            | Self::AvidXml
            | Self::Ardour
            | Self::WebVtt
            | Self::Srt
            | Self::MarkerCsv => false,
        }
    }

    /// The largest file of this kind that is read, in bytes.
    pub const fn max_bytes(self) -> usize {
        match self {
            Self::Fcpxml | Self::Xmeml => MAX_TIMELINE_BYTES,
            Self::Otio => MAX_JSON_BYTES,
            Self::OtioBundle | Self::Aaf => MAX_PACKED_BYTES,
            _ => MAX_BYTES,
        }
    }

    fn reader(self) -> Reader {
        match self {
            Self::Cmx3600 => Reader::Text(cmx3600::fit, cmx3600::read),
            Self::ResolveMarkers => Reader::Text(resolve_markers::fit, resolve_markers::read),
            Self::ProTools => Reader::Text(protools::fit, protools::read),
            Self::AvidText => Reader::Text(avid::fit, avid::read),
            Self::AvidXml => Reader::Text(avid::fit_xml, avid::read_xml),
            Self::WebVtt => Reader::Text(subtitles::fit_vtt, |text, options, report| {
                Ok(subtitles::read(text, options, report))
            }),
            Self::Srt => Reader::Text(subtitles::fit_srt, |text, options, report| {
                Ok(subtitles::read(text, options, report))
            }),
            Self::Fdx => Reader::Text(fdx::fit, fdx::read),
            Self::Ardour => Reader::Text(ardour::fit, ardour::read),
            Self::Kdenlive => Reader::Text(kdenlive::fit, kdenlive::read),
            Self::MarkerCsv => Reader::Text(marker_csv::fit, marker_csv::read),
            Self::Fountain => Reader::Text(fountain::fit, |text, options, report| {
                Ok(fountain::read(text, options, report))
            }),
            Self::Fcpxml => Reader::Text(fcpxml::fit, fcpxml::read),
            Self::Xmeml => Reader::Text(xmeml::fit, xmeml::read),
            Self::Otio => Reader::Text(otio::fit, otio::read),
            Self::OtioBundle => Reader::Bytes(otio::fit_bundle, otio::read_bundle),
            Self::Aaf => Reader::Bytes(aaf::fit, aaf::read),
        }
    }

    fn fit(self, head: &[u8], text: &str) -> Fit {
        match self.reader() {
            Reader::Text(fit, _) => fit(text),
            Reader::Bytes(fit, _) => fit(head),
        }
    }
}

/// The two functions of a format: whether a file, of which this is the beginning, looks like one;
/// and the list that is in a whole file.
enum Reader {
    /// Of a format that is text, which is decoded first.
    Text(
        fn(&str) -> Fit,
        fn(&str, &ReadOptions, &mut Report) -> Result<CutList, ReadError>,
    ),
    /// Of a format that is none.
    Bytes(
        fn(&[u8]) -> Fit,
        fn(&[u8], &ReadOptions, &mut Report) -> Result<CutList, ReadError>,
    ),
}

impl std::fmt::Display for CutFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is larger than any file of this kind can be.
    #[error(
        "the file is too large for a list of edits or markers ({size} bytes; {limit} is the limit)"
    )]
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The largest that is read of its kind.
        limit: usize,
    },
    /// It is not whole, or not what it seems to be.
    #[error("the {format} cannot be read: {reason}")]
    Broken {
        /// The format it was read as.
        format: CutFormat,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// There was nothing in it that could be read.
    #[error("no event, marker or scene was found in this {format}")]
    Empty {
        /// The format it was read as.
        format: CutFormat,
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
pub fn detect(bytes: &[u8], name_hint: Option<&str>) -> Option<CutFormat> {
    let text = text::decode_head(bytes);
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let mut fits = CutFormat::ALL.map(|format| (format.fit(head, &text), format));
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

fn has_extension_of(name: &str, format: CutFormat) -> bool {
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
    format: CutFormat,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<(CutList, Report), ReadError> {
    let limit = format.max_bytes();
    if bytes.len() > limit {
        let size = bytes.len();
        return Err(ReadError::TooLarge { size, limit });
    }
    let mut report = Report::default();
    let list = match format.reader() {
        Reader::Text(_, read) => {
            let decoded = text::decode(bytes, options.encoding);
            report.note_encoding(&decoded);
            read(&decoded.text, options, &mut report)?
        }
        Reader::Bytes(_, read) => read(bytes, options, &mut report)?,
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
        assert_eq!(detect(EDL, Some("list.csv")), Some(CutFormat::Cmx3600));
        assert_eq!(
            detect(b"Timecode,Name\n01:00:00:00,a\n", Some("a.edl")),
            Some(CutFormat::MarkerCsv)
        );
    }

    #[test]
    fn a_resolve_list_is_not_taken_for_its_dress() {
        let mut list = EDL.to_vec();
        list.extend_from_slice(b" |C:ResolveColorBlue |M:a |D:1\n");
        assert_eq!(detect(&list, None), Some(CutFormat::ResolveMarkers));
    }

    #[test]
    fn the_ending_helps_where_the_content_is_thin() {
        assert_eq!(detect(b"TITLE: nothing yet\n", None), None);
        assert_eq!(
            detect(b"TITLE: nothing yet\n", Some("a.EDL")),
            Some(CutFormat::Cmx3600)
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
    fn every_ending_is_offered_once() {
        let endings = CutFormat::all_extensions();
        for ending in ["edl", "fcpxml", "aaf", "vtt", "xml"] {
            assert_eq!(endings.iter().filter(|known| **known == ending).count(), 1);
        }
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused_unread() {
        let bytes = vec![b' '; MAX_BYTES + 1];
        assert_eq!(
            read(CutFormat::Cmx3600, &bytes, &ReadOptions::default()),
            Err(ReadError::TooLarge {
                size: MAX_BYTES + 1,
                limit: MAX_BYTES
            })
        );
    }
}
