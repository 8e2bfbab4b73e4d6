//! How the columns of tables of tracks are headed: in spreadsheets, and by tools that write out what
//! a streaming service knows (Exportify, in the layouts of watsonbox and pavelkomarov:
//! github.com/watsonbox/exportify, exportify.net).

use super::meaning::Meaning;
use crate::interchange::cut::{each, plain_words};
use crate::interchange::table::Row;

/// What a heading says that a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
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
    Writers,
    Publisher,
    Key,
    Why,
    Tags,
    State,
}

impl Role {
    const fn meaning(self) -> Meaning {
        match self {
            Self::Place | Self::Location => Meaning::Path,
            Self::Title => Meaning::Title,
            Self::Artist => Meaning::Artist,
            Self::Artists => Meaning::Artists,
            Self::Album => Meaning::Album,
            Self::Length => Meaning::Length,
            Self::Millis => Meaning::Millis,
            Self::Isrc => Meaning::Isrc,
            Self::Bpm => Meaning::Bpm,
            Self::Year => Meaning::Year,
            Self::Genre => Meaning::Genre,
            Self::Label => Meaning::Label,
            Self::Comment => Meaning::Notes,
            Self::Writers => Meaning::Writers,
            Self::Publisher => Meaning::Publisher,
            Self::Key => Meaning::Key,
            Self::Why => Meaning::Why,
            Self::Tags => Meaning::Tags,
            Self::State => Meaning::State,
        }
    }

    /// What is meant where both are there: what can be nothing but a file.
    fn better(self) -> Option<Self> {
        (self == Self::Location).then_some(Self::Place)
    }
}

/// Spellings in small letters, without accents and punctuation, the most particular first.
const SPELLINGS: [(Role, &[&str]); 20] = [
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
        &[
            "record label, label, master owner, plattenfirma, maison de disques, sello",
            "etichetta, леибл",
        ],
    ),
    (
        Role::Comment,
        &[
            "comment, comments, note, notes, remark, remarks, description, kommentar",
            "bemerkung, bemerkungen, notiz, notizen, commentaire, commentaires, comentario",
            "comentarios, commento, commenti, opmerking, opmerkingen, комментарии, コメント, 备注",
        ],
    ),
    (
        Role::Writers,
        &[
            "writers, writer, writer s, composers, composer, composer s, songwriter, songwriters",
            "songwriter s, written by, author, authors, komponist, komponisten, autor, autoren",
            "urheber, compositeur, compositeurs, auteur, auteurs, auteurs compositeurs",
            "compositor, compositores, autores, compositore, compositori, autori, componist",
            "composers authors, composer author, composer s author s, композитор, 作曲者, 作曲",
        ],
    ),
    (
        Role::Publisher,
        &[
            "publisher, publishers, publisher s, publishing, music publisher, verlag, musikverlag",
            "editeur, editeurs, editora, editorial, editore, uitgever, издатель, 出版社",
        ],
    ),
    (
        Role::Key,
        &[
            "key, musical key, initial key, tonality, tonart, tonalite, tonalidad, tonalita",
            "toonsoort, камелот, camelot, camelot key, тональность, 調",
        ],
    ),
    (
        Role::Why,
        &["why, reason, why it is here, warum, grund, pourquoi, por que, perche, waarom"],
    ),
    (
        Role::Tags,
        &[
            "tags, tag, mood, moods, keywords, keyword, stimmung, schlagworte, ambiance, humeur",
            "etiquetas, animo, umore, stemming, теги, ムード, タグ, 标签",
        ],
    ),
    (
        Role::State,
        &["state, status, pool state, approval, stand, freigabe, statut, estado, stato"],
    ),
];

/// A column whose heading is known.
#[derive(Clone, Copy, Debug)]
struct Column {
    index: usize,
    role: Role,
    /// Its place in the list of spellings: of two columns with one role, the lower one is meant.
    rank: usize,
}

/// The columns of a table, as far as a row of headings tells what they hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings(Vec<Column>);

impl Headings {
    /// Those in a row.
    pub(super) fn of(row: &Row) -> Self {
        let cells = row.cells().enumerate();
        let known = cells.filter_map(|(index, cell)| {
            let (role, rank) = role_of(&plain_words(cell))?;
            Some(Column { index, role, rank })
        });
        Self(known.collect())
    }

    /// How many are known.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What the columns mean, each meaning once.
    pub(super) fn meanings(&self, n_columns: usize) -> Vec<Meaning> {
        let mut meanings = vec![Meaning::Ignored; n_columns];
        for column in &self.0 {
            let is_best = self.0.iter().all(|other| {
                let is_rival = other.role == column.role;
                !is_rival || (column.rank, column.index) <= (other.rank, other.index)
            });
            let has_better = column
                .role
                .better()
                .is_some_and(|better| self.has(&[better]));
            if is_best
                && !has_better
                && let Some(meaning) = meanings.get_mut(column.index)
            {
                *meaning = column.role.meaning();
            }
        }
        meanings
    }

    fn has(&self, roles: &[Role]) -> bool {
        self.0.iter().any(|column| roles.contains(&column.role))
    }

    /// Names, lengths and files are in tables of anything, such as the bin of an editing system or
    /// the clips of a session. Artists and codes of recordings are not; without them, files are
    /// believed only where the table is nothing but a table, from its first line on.
    pub(super) fn are_about_tracks(&self, is_at_top: bool) -> bool {
        let is_of_music = self.has(&[Role::Artist, Role::Artists, Role::Isrc]);
        let is_named = self.has(&[Role::Title, Role::Place, Role::Isrc]);
        let is_of_files = self.has(&[Role::Place])
            && self.has(&[
                Role::Title,
                Role::Album,
                Role::Length,
                Role::Millis,
                Role::Bpm,
            ]);
        (is_of_music && is_named) || (is_of_files && is_at_top)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_in_the_table_can_be_met() {
        for spelling in SPELLINGS.iter().flat_map(|(_, lines)| each(lines)) {
            assert_eq!(plain_words(spelling), spelling);
        }
    }
}
