//! Tables of tracks: one recording a row under a header row, from spreadsheets and from tools that
//! write out what a streaming service knows (Exportify, in the layouts of watsonbox and
//! pavelkomarov: github.com/watsonbox/exportify, exportify.net).
//!
//! Columns are known by their headings, as those of markers are; artists that come several in a
//! cell are told apart by `;` or by commas, of which those inside a name have a `\` before them.

use csv::StringRecord;

use super::entry::{Entry, Playlist, length, seconds, tempo, year};
use crate::interchange::Fit;
use crate::interchange::limits::MAX_COLUMNS;
use crate::interchange::marker_csv::{
    DELIMITERS, HEADER_WITHIN, each, plain_words, records, unwrapped,
};
use crate::interchange::report::{Report, WarningKind, quoted};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Place,
    /// A file, or something else that is somewhere.
    Location,
    Title,
    Artist,
    /// Artists, several in a cell.
    Artists,
    Album,
    Length,
    Millis,
    Isrc,
    Bpm,
    Year,
    Genre,
    Label,
    Comment,
}

/// Spellings in small letters, without accents and punctuation, the most particular first.
const SPELLINGS: [(Role, &[&str]); 14] = [
    (
        Role::Place,
        &[
            "path, file path, filepath, full path, file, filename, file name",
            "pfad, dateipfad, datei, dateiname, chemin, fichier, nom du fichier, ruta, archivo",
            "percorso, pad, bestand, caminho, arquivo, sokvag, fil, путь, фаил, パス, 路径",
        ],
    ),
    (Role::Location, &["location, url, source, source file"]),
    (
        Role::Title,
        &[
            "track name, track title, song title, song name, title, song, track, name",
            "titel, liedtitel, songtitel, titre, nom du titre, titulo, nombre de la cancion",
            "nombre, cancion, titolo, nome do titulo, nome, tracknaam, naam, lat, spar",
            "название, название трека, 曲名, タイトル, 标题, 歌名",
        ],
    ),
    (
        Role::Artists,
        &["artist name s, artist names, artists, artiste s, artista s, kunstler innen"],
    ),
    (
        Role::Artist,
        &[
            "artist, artist name, performer, band, by, interpret, kunstler, kuenstler, artiste",
            "interprete, artista, artiest, uitvoerder, artistnamn, исполнитель, артист",
            "アーティスト, 艺术家, 艺人, album artist name s, album artist, albumartist",
        ],
    ),
    (
        Role::Album,
        &[
            "album name, album title, album, albumname, albumtitel, nom de lalbum, titre album",
            "nombre del album, nome album, nome dellalbum, release, альбом, アルバム, 专辑",
        ],
    ),
    (
        Role::Millis,
        &[
            "track duration ms, duration ms, length ms, dauer ms, duree ms, duracion ms",
            "durata ms, duur ms, total time ms, milliseconds",
        ],
    ),
    (
        Role::Length,
        &[
            "seconds, duration seconds, length seconds, duration s, length s, duration sec",
            "length sec, duration, length, time, dur, running time, total time, totaltime",
            "dauer, lange, laenge, spieldauer, duree, longueur, duracion, durata, duur, langd",
            "duracao, длительность, 長さ, 时长",
        ],
    ),
    (Role::Isrc, &["isrc, isrc code, track isrc"]),
    (Role::Bpm, &["bpm, tempo, beats per minute, averagebpm"]),
    (
        Role::Year,
        &[
            "year, album release date, release date, released, date, jahr, annee, ano, anno",
            "jaar, ar, год, 年",
        ],
    ),
    (
        Role::Genre,
        &["genre, genres, style, genero, generos, genere, жанр, ジャンル, 流派"],
    ),
    (
        Role::Label,
        &["record label, label, master owner, plattenfirma, sello, etichetta, леибл"],
    ),
    (
        Role::Comment,
        &[
            "comment, comments, note, notes, remark, remarks, description, why, kommentar",
            "bemerkung, bemerkungen, notiz, notizen, commentaire, commentaires, comentario",
            "comentarios, commento, commenti, opmerking, opmerkingen, комментарии, コメント, 备注",
        ],
    ),
];

/// A column that is understood.
#[derive(Clone, Copy, Debug)]
struct Column {
    index: usize,
    role: Role,
    /// Its place in the list of spellings: of two columns with one role, the lower one is meant.
    rank: usize,
}

/// Where everything is in a table.
struct Table {
    delimiter: u8,
    n_above: usize,
    columns: Vec<Column>,
}

/// Whether this is a table of tracks.
pub(super) fn fit(head: &str) -> Fit {
    if Table::find(head).is_some() {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the rows.
pub(super) fn read(text: &str, report: &mut Report) -> Playlist {
    let mut list = Playlist::default();
    let Some(table) = Table::find(text) else {
        return list;
    };
    for (line, record) in records(text, table.delimiter).skip(table.n_above) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let entry = table.entry(line, &record, report);
        if !list.take(entry, report) {
            break;
        }
    }
    list
}

impl Table {
    fn find(text: &str) -> Option<Self> {
        let mut best: Option<Self> = None;
        for delimiter in DELIMITERS {
            for (n, (_, record)) in records(text, delimiter).take(HEADER_WITHIN).enumerate() {
                let columns = columns(&record);
                let n_best = best.as_ref().map_or(1, |table| table.columns.len());
                if n_best < columns.len() && is_about_tracks(&columns, n == 0) {
                    best = Some(Self {
                        delimiter,
                        n_above: n + 1,
                        columns,
                    });
                }
            }
        }
        best
    }

    fn column(&self, role: Role) -> Option<&Column> {
        let of_role = self.columns.iter().filter(|column| column.role == role);
        of_role.min_by_key(|column| column.rank)
    }

    /// The cell of a role, without what spreadsheets wrap around it, and without the apostrophe
    /// that keeps them from taking it for a formula; empty when there is none.
    fn cell<'r>(&self, record: &'r StringRecord, role: Role) -> &'r str {
        let cell = self.column(role).and_then(|it| record.get(it.index));
        let cell = unwrapped(cell.unwrap_or_default());
        match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => cell,
        }
    }

    fn entry(&self, line: usize, record: &StringRecord, report: &mut Report) -> Entry {
        let text = |role| self.cell(record, role).to_owned();
        let artists = artists(self.cell(record, Role::Artists));
        let millis = self.cell(record, Role::Millis).parse::<f64>().ok();
        let long = self.cell(record, Role::Length);
        let told = length(long).or_else(|| millis.and_then(|ms| seconds(ms / 1000.0)));
        if told.is_none() && long.contains(|c: char| !matches!(c, '0' | ':' | '.' | '-')) {
            report.warn(line, WarningKind::NoLength(quoted(long)));
        }
        Entry {
            line,
            place: if self.column(Role::Place).is_some() {
                text(Role::Place)
            } else {
                text(Role::Location)
            },
            title: text(Role::Title),
            artist: if artists.is_empty() {
                text(Role::Artist)
            } else {
                artists
            },
            album: text(Role::Album),
            length: told,
            isrc: text(Role::Isrc),
            bpm: tempo(self.cell(record, Role::Bpm)),
            year: year(self.cell(record, Role::Year)),
            genre: text(Role::Genre),
            label: text(Role::Label),
            comment: text(Role::Comment),
        }
    }
}

/// Several artists of one cell, as one text.
fn artists(cell: &str) -> String {
    let parts = cell.split(';').map(|name| name.trim().replace("\\,", ","));
    parts
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn columns(record: &StringRecord) -> Vec<Column> {
    let cells = record.iter().take(MAX_COLUMNS).enumerate();
    let known = cells.filter_map(|(index, cell)| {
        let words = plain_words(cell);
        let (role, rank) = role_of(&words)?;
        Some(Column { index, role, rank })
    });
    known.collect()
}

fn role_of(words: &str) -> Option<(Role, usize)> {
    if words.is_empty() {
        return None;
    }
    SPELLINGS.iter().find_map(|(role, spellings)| {
        let rank = each(spellings).position(|spelling| spelling == words)?;
        Some((*role, rank))
    })
}

/// Names, lengths and files are in tables of anything, such as the bin of an editing system or
/// the clips of a session. Artists and codes of recordings are not; without them, files are
/// believed only where the table is nothing but a table, from its first line on.
fn is_about_tracks(columns: &[Column], is_at_top: bool) -> bool {
    let has = |roles: &[Role]| columns.iter().any(|column| roles.contains(&column.role));
    let is_of_music = has(&[Role::Artist, Role::Artists, Role::Isrc]);
    let is_named = has(&[Role::Title, Role::Place, Role::Isrc]);
    let is_of_files = has(&[Role::Place])
        && has(&[
            Role::Title,
            Role::Album,
            Role::Length,
            Role::Millis,
            Role::Bpm,
        ]);
    (is_of_music && is_named) || (is_of_files && is_at_top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_in_the_table_can_be_met() {
        for spelling in SPELLINGS.iter().flat_map(|(_, lines)| each(lines)) {
            assert_eq!(plain_words(spelling), spelling);
        }
    }

    #[test]
    fn several_artists_are_one_text_whatever_stands_between_them() {
        assert_eq!(artists("Ada Holm;Kite Parade"), "Ada Holm, Kite Parade");
        assert_eq!(artists("Tyler\\, The Baker, Ada"), "Tyler, The Baker, Ada");
    }
}
