//! Playlists and music libraries: bytes to entries in their order, and entries to bytes.
//!
//! An entry says what its file says and no more: where its sound file was on the machine that
//! wrote it, which `ops::whereabouts` looks for on this one, and how the recording is called.
//!
//! Each format is one module with the same two functions, as those of cuts and markers: `fit` says
//! whether a text looks like that format, `read` reads it.

mod entry;
mod headings;
mod itunes;
mod library;
mod m3u;
mod mapping;
mod meaning;
mod pls;
mod preset;
mod rekordbox;
mod table;
mod traktor;
mod values;
mod write;
mod xspf;

pub use entry::{Entry, Playlist};
pub use mapping::Mapping;
pub use meaning::Meaning;
pub use preset::{Preset, PresetColumn, Which};
pub use write::{ListFormat, Written, write};

use super::Fit;
use crate::interchange::limits::MAX_PLAYLIST_BYTES;
use crate::interchange::report::Report;
use crate::interchange::table::{TableFile, is_workbook};
use crate::interchange::text;

/// A format of playlists that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaylistFormat {
    /// XML Shareable Playlist Format.
    Xspf,
    /// The library or a playlist of iTunes or Apple Music, exported as XML.
    Itunes,
    /// The collection of rekordbox, exported as XML.
    Rekordbox,
    /// The collection or a playlist of Traktor.
    Traktor,
    /// The playlist of Winamp and many radio stations.
    Pls,
    /// A list of paths, with or without what they are called.
    M3u,
    /// A table with a header row: one recording a row.
    Table,
    /// A workbook of a spreadsheet with such a table.
    Workbook,
}

impl PlaylistFormat {
    /// Every format, the most particular first.
    pub const ALL: [Self; 8] = [
        Self::Xspf,
        Self::Itunes,
        Self::Rekordbox,
        Self::Traktor,
        Self::Pls,
        Self::M3u,
        Self::Table,
        Self::Workbook,
    ];

    /// The endings that playlists of any format go by, in lower case.
    pub const EXTENSIONS: [&str; 11] = [
        "m3u8", "m3u", "pls", "xspf", "xml", "nml", "csv", "tsv", "txt", "xlsx", "xlsm",
    ];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xspf => "XSPF playlist",
            Self::Itunes => "iTunes library",
            Self::Rekordbox => "rekordbox collection",
            Self::Traktor => "Traktor collection",
            Self::Pls => "PLS playlist",
            Self::M3u => "M3U playlist",
            Self::Table => "table of tracks",
            Self::Workbook => "workbook",
        }
    }

    /// Whether its columns have to be known.
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::Workbook)
    }

    fn fit(self, head: &str) -> Fit {
        match self {
            Self::Xspf => xspf::fit(head),
            Self::Itunes => itunes::fit(head),
            Self::Rekordbox => rekordbox::fit(head),
            Self::Traktor => traktor::fit(head),
            Self::Pls => pls::fit(head),
            Self::M3u => m3u::fit(head),
            Self::Table => table::fit(head),
            // Known by its bytes, as it is no text.
            Self::Workbook => Fit::No,
        }
    }
}

impl std::fmt::Display for PlaylistFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a playlist was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaylistError {
    /// It is larger than any playlist is.
    #[error(
        "the file is too large for a playlist ({size} bytes; {MAX_PLAYLIST_BYTES} is the limit)"
    )]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// It should be XML, and is not whole.
    #[error("the {format} cannot be read as XML: {reason}")]
    NotXml {
        /// The format it was read as.
        format: PlaylistFormat,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// It is a workbook, and is broken, locked, or larger than any list is.
    #[error("{0}")]
    BadWorkbook(String),
    /// It is a table, and nobody knows what its columns mean.
    #[error("it is not known what its columns mean")]
    UnknownColumns,
    /// There was nothing in it that could be read.
    #[error("no track was found in this {format}")]
    Empty {
        /// The format it was read as.
        format: PlaylistFormat,
        /// What was left out, and why.
        report: Box<Report>,
    },
}

/// The format of a playlist, by what is in it. The name is asked only where the content leaves it
/// open: a list of nothing but paths.
pub fn detect(bytes: &[u8], name_hint: Option<&str>) -> Option<PlaylistFormat> {
    if is_workbook(bytes) {
        return Some(PlaylistFormat::Workbook);
    }
    let head = text::decode_head(bytes);
    let is_named_so = || {
        let ending = name_hint.and_then(|name| Some(name.rsplit_once('.')?.1));
        ending.is_some_and(|e| {
            ["m3u", "m3u8"]
                .iter()
                .any(|known| e.eq_ignore_ascii_case(known))
        })
    };
    let mut fits = PlaylistFormat::ALL.map(|format| (format.fit(&head), format));
    // A stable sort: of equal fits, the more particular format stays first.
    fits.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    let (fit, format) = fits[0];
    match fit {
        Fit::Sure => Some(format),
        Fit::Maybe => is_named_so().then_some(format),
        Fit::No => None,
    }
}

/// How much of a file's beginning [`detect`] looks at.
pub const HEAD_BYTES: usize = super::limits::HEAD_BYTES;

/// Reads the playlists of a file of a known format, in their order. A library without playlists
/// is one playlist of all its tracks.
///
/// # Errors
///
/// Fails when the file is too large, is to be XML and is not, or holds nothing that can be read.
pub fn read(
    format: PlaylistFormat,
    bytes: &[u8],
) -> Result<(Vec<Playlist>, Report), PlaylistError> {
    if bytes.len() > MAX_PLAYLIST_BYTES {
        return Err(PlaylistError::TooLarge { size: bytes.len() });
    }
    if format.is_table() {
        let file = TableFile::open(bytes.to_vec()).map_err(PlaylistError::BadWorkbook)?;
        let mapping = Mapping::known(&file).ok_or(PlaylistError::UnknownColumns)?;
        return read_table(&file, &mapping).map(|(list, report)| (vec![list], report));
    }
    let mut report = Report::default();
    let told = match format {
        PlaylistFormat::M3u => m3u::told_encoding(bytes),
        _ => None,
    };
    let decoded = text::decode(bytes, told);
    report.note_encoding(&decoded);
    let text = decoded.text.as_str();
    let one = |playlist: Playlist| vec![playlist];
    let not_xml = |reason| PlaylistError::NotXml { format, reason };
    let mut lists = match format {
        PlaylistFormat::Xspf => one(xspf::read(text, &mut report).map_err(not_xml)?),
        PlaylistFormat::Itunes => itunes::read(text, &mut report).map_err(not_xml)?,
        PlaylistFormat::Rekordbox => rekordbox::read(text, &mut report).map_err(not_xml)?,
        PlaylistFormat::Traktor => traktor::read(text, &mut report).map_err(not_xml)?,
        PlaylistFormat::Pls => one(pls::read(text, &mut report)),
        PlaylistFormat::M3u => one(m3u::read(text, &mut report)),
        PlaylistFormat::Table | PlaylistFormat::Workbook => Vec::new(),
    };
    report.sort();
    lists.retain(|list| !list.entries.is_empty());
    if lists.is_empty() {
        return Err(PlaylistError::Empty {
            format,
            report: Box::new(report),
        });
    }
    Ok((lists, report))
}

/// Reads a table as a mapping says.
///
/// # Errors
///
/// Fails when it holds nothing that can be read by it.
pub fn read_table(
    file: &TableFile,
    mapping: &Mapping,
) -> Result<(Playlist, Report), PlaylistError> {
    let mut report = Report::default();
    let mut list = table::read(file, mapping, &mut report);
    if let Some(sheet) = file.sheets().get(mapping.layout.sheet) {
        list.title = text::cleaned(sheet);
    }
    report.sort();
    if list.entries.is_empty() {
        let format = if file.is_text() {
            PlaylistFormat::Table
        } else {
            PlaylistFormat::Workbook
        };
        return Err(PlaylistError::Empty {
            format,
            report: Box::new(report),
        });
    }
    Ok((list, report))
}

#[cfg(test)]
mod tests;
