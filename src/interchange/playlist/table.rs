//! Tables of tracks: one recording a row, its columns as a [`Mapping`] says.
//!
//! Artists that come several in a cell are told apart by `;` or by commas, of which those inside a
//! name have a `\` before them.

use super::entry::{Entry, Playlist};
use super::mapping::Mapping;
use super::meaning::Meaning;
use super::values::{length, seconds, tags, tempo, writers, year};
use crate::interchange::Fit;
use crate::interchange::cut::unwrapped;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::table::{Row, TableFile};
use crate::model::PoolState;

/// Whether this is a table of tracks, by its headings.
pub(super) fn fit(head: &str) -> Fit {
    let file = TableFile::open(head.as_bytes().to_vec());
    if file.is_ok_and(|file| Mapping::known(&file).is_some()) {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the rows of a table.
pub(super) fn read(file: &TableFile, mapping: &Mapping, report: &mut Report) -> Playlist {
    let mut list = Playlist::default();
    let rows = file.all_rows(&mapping.layout, report);
    for row in rows.iter().skip(mapping.n_above) {
        if row.is_empty() {
            continue;
        }
        let entry = entry(mapping, row, report);
        if !list.take(entry, report) {
            break;
        }
    }
    list
}

/// The cells of a meaning that say anything, without what spreadsheets wrap around them, and
/// without the apostrophe that keeps them from taking it for a formula.
fn cells<'r>(
    mapping: &'r Mapping,
    row: &'r Row,
    meaning: Meaning,
) -> impl Iterator<Item = &'r str> {
    let columns = mapping.columns.iter().enumerate();
    let columns = columns.filter(move |(_, it)| **it == meaning);
    let cells = columns.map(|(index, _)| {
        let cell = unwrapped(row.cell(index));
        match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => cell,
        }
    });
    cells.filter(|cell| !cell.is_empty())
}

fn entry(mapping: &Mapping, row: &Row, report: &mut Report) -> Entry {
    let first = |meaning| cells(mapping, row, meaning).next().unwrap_or_default();
    let text = |meaning| first(meaning).to_owned();
    let all = |meaning| cells(mapping, row, meaning).collect::<Vec<_>>();
    let line = row.line;
    let long = first(Meaning::Length);
    let millis = first(Meaning::Millis).parse::<f64>().ok();
    let told = length(long).or_else(|| millis.and_then(|ms| seconds(ms / 1000.0)));
    if told.is_none() && long.contains(|c: char| !matches!(c, '0' | ':' | '.' | '-')) {
        report.warn(line, WarningKind::NoLength(quoted(long)));
    }
    let state = first(Meaning::State);
    let known = PoolState::ALL.into_iter();
    let known = known
        .into_iter()
        .find(|it| it.as_str().eq_ignore_ascii_case(state));
    if known.is_none() && !state.is_empty() {
        report.warn(line, WarningKind::NoState(quoted(state)));
    }
    let artists = artists(first(Meaning::Artists));
    let mut entry = Entry {
        line,
        place: text(Meaning::Path),
        title: text(Meaning::Title),
        artist: if artists.is_empty() {
            text(Meaning::Artist)
        } else {
            artists
        },
        album: text(Meaning::Album),
        length: told,
        isrc: text(Meaning::Isrc),
        bpm: tempo(first(Meaning::Bpm)),
        year: year(first(Meaning::Year)),
        genre: text(Meaning::Genre),
        label: text(Meaning::Label),
        comment: all(Meaning::Notes).join("\n"),
        writers: all(Meaning::Writers)
            .into_iter()
            .flat_map(writers)
            .collect(),
        publisher: text(Meaning::Publisher),
        key: text(Meaning::Key),
        why: text(Meaning::Why),
        tags: all(Meaning::Tags).into_iter().flat_map(tags).collect(),
        state: known,
    };
    if entry.title.is_empty() {
        entry.set_display(&first(Meaning::Display).replace(" – ", " - "));
    }
    entry
}

/// Several artists of one cell, as one text.
fn artists(cell: &str) -> String {
    let parts = cell.split(';').map(|name| name.trim().replace("\\,", ","));
    parts
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use Meaning as M;

    #[test]
    fn several_artists_are_one_text_whatever_stands_between_them() {
        assert_eq!(artists("Ada Holm;Kite Parade"), "Ada Holm, Kite Parade");
        assert_eq!(artists("Tyler\\, The Baker, Ada"), "Tyler, The Baker, Ada");
    }

    #[test]
    fn every_column_says_what_it_was_said_to() {
        let text = b"x;Fern;Ada;approved;sad, sea;Jo Park (C) / Al Dee (A);slow;quiet;8A;Sea Songs";
        let file = TableFile::open(text.to_vec()).expect("a text can be opened");
        let mut mapping = Mapping::guess(&file);
        mapping.n_above = 0;
        mapping.columns = vec![
            M::Ignored,
            M::Title,
            M::Artist,
            M::State,
            M::Tags,
            M::Writers,
            M::Notes,
            M::Notes,
            M::Key,
            M::Publisher,
        ];
        let mut report = Report::default();
        let list = read(&file, &mapping, &mut report);
        let entry = &list.entries[0];
        assert_eq!(entry.state, Some(PoolState::Approved));
        assert_eq!(entry.tags, ["sad", "sea"]);
        let written: Vec<_> = entry
            .writers
            .iter()
            .map(|it| (it.name.as_str(), it.role.code()))
            .collect();
        assert_eq!(written, [("Jo Park", "C"), ("Al Dee", "A")]);
        assert_eq!(entry.comment, "slow\nquiet");
        assert_eq!(
            (entry.key.as_str(), entry.publisher.as_str()),
            ("8A", "Sea Songs")
        );
        assert!(report.is_clean());
    }
}
