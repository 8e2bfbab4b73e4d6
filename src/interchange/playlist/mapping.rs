//! Which column of a table means what: known by their headings where those are in use somewhere,
//! else guessed by what stands in them, to be looked over by whoever brings the table.

use super::headings::Headings;
use super::meaning::Meaning;
use super::values::{length, plain_isrc};
use crate::interchange::cut::{each, plain_words};
use crate::interchange::report::Report;
use crate::interchange::table::{HEADER_WITHIN, Layout, Row, TableFile};
use crate::model::Key;

/// How many rows under the headings are looked at to see what a column holds.
const SAMPLE: usize = 100;

/// Columns that are only in tables of playlists (Exportify, `TuneMyMusic`, Soundiiz), in the
/// spelling of [`plain_words`].
const PLAYLIST_ONLY: &[&str] =
    &["track uri, spotify uri, spotify id, playlist name, playlist, added at, addeddate"];

/// How to read a table of tracks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Which table of the file, and how its text is taken apart.
    pub layout: Layout,
    /// How many rows stand above the first recording, the headings included.
    pub n_above: usize,
    /// What each column means.
    pub columns: Vec<Meaning>,
}

impl Mapping {
    /// The mapping of a table whose headings are known; of several sheets the one that says the
    /// most.
    pub fn known(file: &TableFile) -> Option<Self> {
        let layouts = file.layouts();
        let mut best: Option<(usize, Self)> = None;
        for layout in layouts {
            let found = known_in(file, layout);
            let n_best = best.as_ref().map_or(1, |(n, _)| *n);
            best = match found {
                Some((n, mapping)) if n_best < n => Some((n, mapping)),
                _ => best,
            };
        }
        best.map(|(_, mapping)| mapping)
    }

    /// The likeliest mapping of a file that somebody is going to look over.
    pub fn guess(file: &TableFile) -> Self {
        match Self::known(file) {
            Some(known) => known,
            None => Self::guess_in(file, file.settled(Layout::default())),
        }
    }

    /// The likeliest mapping in one layout: by headings where any are known, and by content for
    /// the columns that these leave open.
    pub fn guess_in(file: &TableFile, layout: Layout) -> Self {
        let rows = sample(file, layout);
        let headings = rows.iter().take(HEADER_WITHIN).map(Headings::of);
        let mut n_above = 0;
        let mut known = Headings::default();
        for (n, headings) in headings.enumerate() {
            if known.len() < headings.len() {
                (n_above, known) = (n + 1, headings);
            }
        }
        if known.len() == 0 && has_headings(&rows) {
            n_above = 1;
        }
        let below = rows.get(n_above..).unwrap_or_default();
        let columns = known.meanings(n_columns(&rows));
        Self {
            layout,
            n_above,
            columns: with_contents(columns, below),
        }
    }

    /// What a column means.
    pub fn meaning(&self, column: usize) -> Meaning {
        self.columns.get(column).copied().unwrap_or_default()
    }

    /// The same, but one column means something else. What only one column can mean, no other
    /// means any longer.
    #[must_use]
    pub fn with(mut self, column: usize, meaning: Meaning) -> Self {
        if self.columns.len() <= column {
            self.columns.resize(column + 1, Meaning::Ignored);
        }
        if !meaning.can_be_several() {
            for other in &mut self.columns {
                if *other == meaning {
                    *other = Meaning::Ignored;
                }
            }
        }
        self.columns[column] = meaning;
        self
    }

    /// Whether any recording can be read by it.
    pub fn names_recordings(&self) -> bool {
        self.columns.iter().any(|it| it.names_a_recording())
    }

    /// Whether the table is a playlist that a tool has written out as one, with its order: it has a
    /// column that only those have.
    pub fn is_playlist(&self, file: &TableFile) -> bool {
        let rows = sample(file, self.layout);
        let headings = self.heading_row().and_then(|row| rows.get(row));
        let mut words = headings.into_iter().flat_map(Row::cells).map(plain_words);
        words.any(|words| each(PLAYLIST_ONLY).any(|known| known == words))
    }

    /// The row of headings, if there is one.
    pub fn heading_row(&self) -> Option<usize> {
        self.n_above.checked_sub(1)
    }
}

fn known_in(file: &TableFile, layout: Layout) -> Option<(usize, Mapping)> {
    let rows = sample(file, layout);
    let mut best: Option<(usize, Mapping)> = None;
    for (n, row) in rows.iter().take(HEADER_WITHIN).enumerate() {
        let headings = Headings::of(row);
        let n_best = best.as_ref().map_or(1, |(n, _)| *n);
        if n_best < headings.len() && headings.are_about_tracks(n == 0) {
            let mapping = Mapping {
                layout,
                n_above: n + 1,
                columns: headings.meanings(row.len()),
            };
            best = Some((headings.len(), mapping));
        }
    }
    best
}

fn sample(file: &TableFile, layout: Layout) -> Vec<Row> {
    // Its warnings come when the whole of it is read.
    file.rows(&layout, HEADER_WITHIN + SAMPLE, &mut Report::default())
}

/// How many columns the widest row has.
fn n_columns(rows: &[Row]) -> usize {
    rows.iter().map(Row::len).max().unwrap_or(0)
}

/// Whether the first row, of which no heading is known, is one of headings all the same: nothing
/// in it looks like a value, and something below it does.
fn has_headings(rows: &[Row]) -> bool {
    let Some((first, below)) = rows.split_first() else {
        return false;
    };
    let is_value =
        |cell: &str| Looks::of(cell).is_some() || cell.bytes().any(|b| b.is_ascii_digit());
    let has_values = |row: &Row| row.cells().any(is_value);
    let is_filled = first.cells().all(|cell| !cell.trim().is_empty());
    is_filled && first.len() > 1 && !has_values(first) && below.iter().any(has_values)
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    Isrc,
    Length,
    Path,
    Key,
    Year,
    Display,
}

impl Looks {
    const ALL: [(Self, Meaning); 6] = [
        (Self::Isrc, Meaning::Isrc),
        (Self::Length, Meaning::Length),
        (Self::Path, Meaning::Path),
        (Self::Key, Meaning::Key),
        (Self::Year, Meaning::Year),
        (Self::Display, Meaning::Display),
    ];

    fn of(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        let is_isrc = || {
            let plain = plain_isrc(cell);
            // Two letters for the registrant's country, seven digits at the end (ISO 3901).
            let (country, rest) = plain.split_at_checked(2).unwrap_or_default();
            let digits = rest.get(3..).unwrap_or_default();
            country.bytes().all(|b| b.is_ascii_alphabetic())
                && digits.len() == 7
                && digits.bytes().all(|b| b.is_ascii_digit())
        };
        let is_year = || {
            let year = cell.parse::<i32>().ok();
            cell.len() == 4 && year.is_some_and(|year| (1900..2100).contains(&year))
        };
        let is_path = || {
            let has_ending = cell.rsplit_once('.').is_some_and(|(_, ending)| {
                (2..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            });
            has_ending && (cell.contains(['/', '\\']) || is_sound_ending(cell))
        };
        if is_isrc() {
            Some(Self::Isrc)
        } else if cell.contains(':') && length(cell).is_some() {
            Some(Self::Length)
        } else if is_path() {
            Some(Self::Path)
        } else if cell.parse::<Key>().is_ok() {
            Some(Self::Key)
        } else if is_year() {
            Some(Self::Year)
        } else if cell.contains(" - ") || cell.contains(" – ") {
            Some(Self::Display)
        } else {
            None
        }
    }
}

/// Whether a name ends as those of sound files do.
fn is_sound_ending(name: &str) -> bool {
    const ENDINGS: [&str; 10] = [
        "mp3", "wav", "aif", "aiff", "flac", "m4a", "ogg", "opus", "aac", "wma",
    ];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Gives columns that mean nothing yet the meaning of what stands in them, each once; then the
/// first two of words are title and artist, in the order in which most people write them.
fn with_contents(mut columns: Vec<Meaning>, rows: &[Row]) -> Vec<Meaning> {
    let of_column = |column: usize| {
        let cells = rows.iter().map(move |row| row.cell(column).trim());
        cells.filter(|cell| !cell.is_empty())
    };
    for (looks, meaning) in Looks::ALL {
        let has_words = meaning == Meaning::Display
            && columns
                .iter()
                .any(|it| matches!(it, Meaning::Title | Meaning::Artist | Meaning::Artists));
        if columns.contains(&meaning) || has_words {
            continue;
        }
        let share = |column: usize| {
            let n = of_column(column).count();
            let n_alike = of_column(column).filter(|cell| Looks::of(cell) == Some(looks));
            // Some cells of any column are typed wrong, or left for later.
            n > 0 && n * 3 <= n_alike.count() * 5
        };
        let open = (0..columns.len()).filter(|column| columns[*column] == Meaning::Ignored);
        if let Some(column) = open.into_iter().find(|column| share(*column)) {
            columns[column] = meaning;
        }
    }
    if columns.contains(&Meaning::Display) {
        return columns;
    }
    for meaning in [Meaning::Title, Meaning::Artist] {
        let is_said = meaning == Meaning::Artist && columns.contains(&Meaning::Artists);
        if is_said || columns.contains(&meaning) {
            continue;
        }
        let is_of_words = |column: usize| {
            let n = of_column(column).count();
            let words = of_column(column).filter(|cell| cell.chars().any(char::is_alphabetic));
            n > 0 && n <= words.count() * 2
        };
        let open = (0..columns.len()).filter(|column| columns[*column] == Meaning::Ignored);
        if let Some(column) = open.into_iter().find(|column| is_of_words(*column)) {
            columns[column] = meaning;
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use Meaning::{Artist, Display, Ignored, Isrc, Key, Length, Path, Title, Year};

    fn guess(text: &str) -> Mapping {
        let file = TableFile::open(text.as_bytes().to_vec()).expect("a text can be opened");
        Mapping::guess(&file)
    }

    #[test]
    fn columns_are_guessed_by_what_stands_in_them() {
        let mapping = guess(
            "Fern;Ada Holm;3:45;GBAYE6900531;2019;8A;/m/fern.mp3\n\
             Halo;Mira;2:10;USRC17607839;2020;Am;/m/halo.mp3\n",
        );
        assert_eq!(mapping.n_above, 0);
        let expected = [Title, Artist, Length, Isrc, Year, Key, Path];
        assert_eq!(mapping.columns, expected);
    }

    #[test]
    fn a_row_of_words_over_values_is_one_of_headings() {
        let mapping = guess("Morceau?,Qui,Combien\nFern,Ada Holm,3:45\nHalo,Mira,2:10\n");
        assert_eq!(mapping.n_above, 1);
        assert_eq!(mapping.columns, [Title, Artist, Length]);
    }

    #[test]
    fn artist_and_title_in_one_column_are_seen_as_such() {
        let mapping = guess("1,Ada Holm - Fern\n2,Mira Okafor - Halogen\n");
        assert_eq!(mapping.columns, [Ignored, Display]);
    }

    #[test]
    fn what_headings_say_goes_before_what_stands_below() {
        let mapping = guess("Artist,Song\n2019,Fern\n2020,Halo\n");
        assert_eq!(mapping.columns, [Artist, Title]);
    }

    #[test]
    fn a_meaning_that_one_column_has_is_taken_from_the_others() {
        let mapping = Mapping {
            columns: vec![Title, Artist],
            ..Mapping::default()
        };
        assert_eq!(mapping.clone().with(1, Title).columns, [Ignored, Title]);
        let noted = mapping.with(3, Meaning::Notes).with(4, Meaning::Notes);
        assert_eq!(noted.columns[3..], [Meaning::Notes, Meaning::Notes]);
    }
}
