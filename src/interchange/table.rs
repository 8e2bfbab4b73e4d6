//! Tables, one reader for every format that has them: rows of cells, from text with something
//! between the cells (RFC 4180 and its kin) or from the sheets of a workbook (`workbook.rs`).
//!
//! What a column means is not asked here.

mod workbook;

use std::borrow::Cow;
use std::fmt;

use csv::{ReaderBuilder, StringRecord};
use serde::Deserialize;
use serde::Serialize;

use super::limits::{MAX_COLUMNS, MAX_ENTRIES};
use super::report::{Report, WarningKind};
use super::text;
use super::text::{Decoded, TextEncoding};

pub(super) use workbook::is_workbook;

/// What columns are told apart by, the likelier first where two make equal sense.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How far down the header row may stand: exports put a title and a date above it.
pub(super) const HEADER_WITHIN: usize = 20;

/// How many rows are taken: one more than there can be entries, so that it is seen that there
/// are more, and those above them.
const MAX_ROWS: usize = MAX_ENTRIES + HEADER_WITHIN + 1;

/// How many rows tell what stands between the cells of a text.
const SAMPLE: usize = 50;

/// What stands between the cells of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delimiter {
    /// A comma.
    Comma,
    /// A semicolon, as where the comma is in numbers.
    Semicolon,
    /// A tab.
    Tab,
    /// An upright bar.
    Bar,
}

impl Delimiter {
    /// All of them, the likelier first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    const fn byte(self) -> u8 {
        DELIMITERS[self as usize]
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Comma => "Comma",
            Self::Semicolon => "Semicolon",
            Self::Tab => "Tab",
            Self::Bar => "Bar",
        })
    }
}

/// Which table of a file is meant, and how its text is taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Which sheet of a workbook, from 0.
    pub sheet: usize,
    /// What stands between the cells of a text; found out where nobody says.
    pub delimiter: Option<Delimiter>,
    /// The encoding of a text; found out where nobody says.
    pub encoding: Option<TextEncoding>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line it begins in, or its number in a sheet, counted from 1.
    pub line: usize,
    cells: StringRecord,
}

impl Row {
    /// What stands in a column, from 0; nothing where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    /// Its cells, as many as are looked at.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().take(MAX_COLUMNS)
    }

    /// How many cells it has, as far as they are looked at.
    pub fn len(&self) -> usize {
        self.cells.len().min(MAX_COLUMNS)
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// One sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sheet {
    name: String,
    rows: Vec<Row>,
    /// Why reading ended before its end, and in which row, where it did.
    broken: Option<(usize, String)>,
}

/// A file that has tables in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile(Source);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// A text as it came, and as its own looks say that it is to be read.
    Text(Vec<u8>, Decoded),
    Workbook(Vec<Sheet>),
}

impl TableFile {
    /// Opens the bytes of a file: a workbook where they are one, else a text.
    ///
    /// # Errors
    ///
    /// Fails, with a sentence, when a workbook is broken, locked, or larger than any list is.
    pub fn open(bytes: Vec<u8>) -> Result<Self, String> {
        Ok(Self(if is_workbook(&bytes) {
            Source::Workbook(workbook::sheets(&bytes)?)
        } else {
            let decoded = text::decode(&bytes, None);
            Source::Text(bytes, decoded)
        }))
    }

    /// What its sheets are called; none for a text, which is one table.
    pub fn sheets(&self) -> Vec<&str> {
        match &self.0 {
            Source::Text(..) => Vec::new(),
            Source::Workbook(sheets) => sheets.iter().map(|sheet| sheet.name.as_str()).collect(),
        }
    }

    /// Whether it is a text, whose encoding and delimiter can be chosen.
    pub const fn is_text(&self) -> bool {
        matches!(self.0, Source::Text(..))
    }

    /// The layouts that a table may be found in.
    pub(super) fn layouts(&self) -> Vec<Layout> {
        match &self.0 {
            Source::Text(..) => {
                let of = |delimiter| Layout {
                    delimiter: Some(delimiter),
                    ..Layout::default()
                };
                Delimiter::ALL.map(of).to_vec()
            }
            Source::Workbook(sheets) => {
                let of = |sheet| Layout {
                    sheet,
                    ..Layout::default()
                };
                (0..sheets.len()).map(of).collect()
            }
        }
    }

    /// The rows of a table, blank ones too, at most so many; what is to be known of reading them
    /// goes into the report.
    pub(super) fn rows(&self, layout: &Layout, limit: usize, report: &mut Report) -> Vec<Row> {
        match &self.0 {
            Source::Text(bytes, found) => {
                let decoded = decoded(bytes, found, layout.encoding);
                report.note_encoding(&decoded);
                let delimiter = layout.delimiter.unwrap_or_else(|| usual(&decoded.text));
                text_rows(&decoded.text, delimiter, limit)
            }
            Source::Workbook(sheets) => {
                let Some(sheet) = sheets.get(layout.sheet) else {
                    return Vec::new();
                };
                if let Some((line, why)) = &sheet.broken {
                    report.warn(*line, WarningKind::Unreadable(why.clone()));
                }
                sheet.rows.iter().take(limit).cloned().collect()
            }
        }
    }

    /// The first rows of a table, blank ones too, at most so many.
    pub fn first_rows(&self, layout: &Layout, limit: usize) -> Vec<Row> {
        self.rows(layout, limit, &mut Report::default())
    }

    /// Every row of a table that is taken.
    pub(super) fn all_rows(&self, layout: &Layout, report: &mut Report) -> Vec<Row> {
        self.rows(layout, MAX_ROWS, report)
    }

    /// This layout with what it leaves open found out.
    pub fn settled(&self, layout: Layout) -> Layout {
        match &self.0 {
            Source::Text(bytes, found) => {
                let decoded = decoded(bytes, found, layout.encoding);
                let delimiter = layout.delimiter.unwrap_or_else(|| usual(&decoded.text));
                Layout {
                    sheet: 0,
                    delimiter: Some(delimiter),
                    encoding: Some(decoded.encoding),
                }
            }
            Source::Workbook(sheets) => Layout {
                sheet: layout.sheet.min(sheets.len().saturating_sub(1)),
                delimiter: None,
                encoding: None,
            },
        }
    }
}

/// The text as it is told to be encoded, or else as it was found to be.
fn decoded<'t>(bytes: &[u8], found: &'t Decoded, told: Option<TextEncoding>) -> Cow<'t, Decoded> {
    if told.is_none_or(|told| told == found.encoding) {
        Cow::Borrowed(found)
    } else {
        Cow::Owned(text::decode(bytes, told))
    }
}

fn text_rows(text: &str, delimiter: Delimiter, limit: usize) -> Vec<Row> {
    let rows = records(text, delimiter.byte()).take(limit);
    rows.map(|(line, cells)| Row { line, cells }).collect()
}

/// The delimiter that takes the most rows apart into equally many cells, and into the more cells
/// where several do.
fn usual(text: &str) -> Delimiter {
    let n_alike = |delimiter: &Delimiter| {
        let rows = text_rows(text, *delimiter, SAMPLE);
        let lengths: Vec<usize> = rows.iter().map(Row::len).filter(|n| *n > 1).collect();
        let alike = |n: &usize| (lengths.iter().filter(|other| *other == n).count(), *n);
        lengths.iter().map(alike).max().unwrap_or_default()
    };
    // Of equals the last one is the greatest: the likelier ones come last.
    let best = Delimiter::ALL.into_iter().rev().max_by_key(n_alike);
    best.unwrap_or(Delimiter::Comma)
}

/// The records of a text with the lines they begin in, counted from 1. Text cannot fail to be read
/// as records: it is valid UTF-8, and records may have any number of cells.
pub(super) fn records(text: &str, delimiter: u8) -> impl Iterator<Item = (usize, StringRecord)> {
    let mut lines = LineCount { text, at: 0, n: 1 };
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
        .into_records()
        .map_while(Result::ok)
        .map(move |record| {
            let place = record.position().map_or(0, csv::Position::byte);
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            (lines.of_record_at(place), record)
        })
}

/// Counts lines up to a place in a text. The reader's own count knows no CR alone, and is behind by
/// one after CR LF.
struct LineCount<'a> {
    text: &'a str,
    at: usize,
    n: usize,
}

impl LineCount<'_> {
    /// The line of the record whose place the reader gives: ends of lines may still stand before
    /// it. Places must come in ascending order.
    fn of_record_at(&mut self, place: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            let is_end = matches!(byte, b'\r' | b'\n');
            if place <= self.at && !is_end {
                break;
            }
            let is_first_half = *byte == b'\r' && bytes.get(self.at + 1) == Some(&b'\n');
            self.n += usize::from(is_end && !is_first_half);
            self.at += 1;
        }
        self.n
    }
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> TableFile {
        TableFile::open(text.as_bytes().to_vec()).expect("a text can always be opened")
    }

    #[test]
    fn what_stands_between_cells_is_what_makes_rows_alike() {
        for (text, expected) in [
            ("a,b\nc,d\n", Delimiter::Comma),
            ("1,5;b\n2;d\n3,5;e", Delimiter::Semicolon),
            ("a, b\tc\nd\te\n", Delimiter::Tab),
            ("only words\n", Delimiter::Comma),
        ] {
            let settled = file(text).settled(Layout::default());
            assert_eq!(settled.delimiter, Some(expected), "{text}");
        }
    }

    #[test]
    fn whoever_says_how_a_text_is_taken_apart_is_believed() {
        let layout = Layout {
            delimiter: Some(Delimiter::Bar),
            encoding: Some(TextEncoding::MacRoman),
            ..Layout::default()
        };
        let file = TableFile::open(b"caf\x8E|a,b".to_vec()).expect("it is a text");
        let rows = file.all_rows(&layout, &mut Report::default());
        assert_eq!(rows[0].cells().collect::<Vec<_>>(), ["café", "a,b"]);
        assert_eq!(rows[0].cell(7), "");
    }
}
