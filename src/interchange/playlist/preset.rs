//! Mappings by name, for tables that come again and again: columns are known by their headings, or
//! by where they stand.

use serde::Deserialize;
use serde::Serialize;

use super::mapping::Mapping;
use super::meaning::Meaning;
use crate::interchange::cut::plain_words;
use crate::interchange::limits::MAX_COLUMNS;
use crate::interchange::report::Report;
use crate::interchange::table::{HEADER_WITHIN, Layout, TableFile};

/// A mapping that has a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Preset {
    /// What it is called.
    pub name: String,
    /// Its columns, those that mean something.
    pub columns: Vec<PresetColumn>,
}

/// A column of a preset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresetColumn {
    /// Which column.
    #[serde(flatten)]
    pub which: Which,
    /// What it means.
    pub meaning: Meaning,
}

/// How a column is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// By its heading.
    Headed(String),
    /// By where it stands, from 1.
    Number(usize),
}

/// The presets that everybody has: a name, and the headings of columns with their meanings; a
/// number stands for a column without a heading.
const BUILT_IN: [(&str, &[(&str, Meaning)]); 4] = [
    (
        "Exportify",
        &[
            ("Track Name", Meaning::Title),
            ("Artist Name(s)", Meaning::Artists),
            ("Album Name", Meaning::Album),
            ("Album Release Date", Meaning::Year),
            ("Release Date", Meaning::Year),
            ("Track Duration (ms)", Meaning::Millis),
            ("Duration (ms)", Meaning::Millis),
            ("ISRC", Meaning::Isrc),
            ("Genres", Meaning::Genre),
            ("Record Label", Meaning::Label),
            ("Tempo", Meaning::Bpm),
        ],
    ),
    (
        "Chart (title, artist, ISRC, label, release date)",
        &[
            ("Song", Meaning::Title),
            ("Title", Meaning::Title),
            ("Artist", Meaning::Artist),
            ("Artists", Meaning::Artists),
            ("ISRC", Meaning::Isrc),
            ("Label", Meaning::Label),
            ("Labels", Meaning::Label),
            ("Release Date", Meaning::Year),
            ("Genres", Meaning::Genre),
            ("Genre", Meaning::Genre),
            ("Composers", Meaning::Writers),
            ("Publishers", Meaning::Publisher),
            ("Duration", Meaning::Length),
        ],
    ),
    (
        "Title, artist",
        &[("1", Meaning::Title), ("2", Meaning::Artist)],
    ),
    (
        "Artist, title",
        &[("1", Meaning::Artist), ("2", Meaning::Title)],
    ),
];

impl Preset {
    /// Those that everybody has.
    pub fn built_in() -> Vec<Self> {
        let presets = BUILT_IN.iter().map(|(name, columns)| Self {
            name: (*name).to_owned(),
            columns: columns
                .iter()
                .map(|(which, meaning)| PresetColumn {
                    which: Which::said(which),
                    meaning: *meaning,
                })
                .collect(),
        });
        presets.collect()
    }

    /// A mapping of a file by its name: columns by their headings, and by their number where they
    /// have none.
    pub fn of(name: &str, mapping: &Mapping, file: &TableFile) -> Self {
        let rows = top(file, mapping.layout);
        let heading = mapping.heading_row().and_then(|row| rows.get(row));
        let columns = mapping.columns.iter().enumerate();
        let columns = columns.filter(|(_, meaning)| **meaning != Meaning::Ignored);
        let columns = columns.map(|(index, meaning)| {
            let heading = heading.map_or("", |row| row.cell(index).trim());
            let is_known = !plain_words(heading).is_empty() && !is_number(heading);
            let which = if is_known {
                Which::Headed(heading.to_owned())
            } else {
                Which::Number(index + 1)
            };
            PresetColumn {
                which,
                meaning: *meaning,
            }
        });
        Self {
            name: name.trim().to_owned(),
            columns: columns.collect(),
        }
    }

    /// What is said on a command line: `title=1,artist=2`, `title=Song name`.
    ///
    /// # Errors
    ///
    /// Fails, with a sentence, when a part is no meaning with a column.
    pub fn from_words(words: &str) -> Result<Self, String> {
        let columns = words.split(',').map(|part| {
            let (word, which) = part.split_once('=').ok_or_else(|| {
                format!("“{part}” names no column; write it as title=1 or title=Heading")
            })?;
            let meaning = word.trim().to_lowercase().parse()?;
            let which = Which::said(which);
            if which == Which::Number(0) {
                return Err("columns are counted from 1".to_owned());
            }
            Ok(PresetColumn { which, meaning })
        });
        Ok(Self {
            name: String::new(),
            columns: columns.collect::<Result<_, _>>()?,
        })
    }

    /// This preset for a table: `layout` with the row of headings that has the most of its
    /// columns. A table that has none of them is read by the numbers alone.
    pub fn mapping(&self, file: &TableFile, layout: Layout) -> Mapping {
        let layout = file.settled(layout);
        let rows = top(file, layout);
        let n_known = |row: usize| {
            let cells: Vec<String> = rows[row].cells().map(plain_words).collect();
            let headed = self.columns.iter().filter(|column| match &column.which {
                Which::Headed(heading) => cells.contains(&plain_words(heading)),
                Which::Number(_) => false,
            });
            headed.count()
        };
        let best = (0..rows.len()).rev().max_by_key(|row| n_known(*row));
        let heading = best.filter(|row| n_known(*row) > 0);
        let guessed = Mapping::guess_in(file, layout);
        let mut mapping = Mapping {
            layout,
            // Without any heading of its own, it is as good a guess as any whether there are some.
            n_above: heading.map_or(guessed.n_above, |row| row + 1),
            columns: vec![Meaning::Ignored; guessed.columns.len()],
        };
        let headings = heading.map(|row| &rows[row]);
        // The first column of a meaning is meant, so the last one to be set.
        for column in self.columns.iter().rev() {
            let index = match &column.which {
                Which::Number(number) => number.checked_sub(1),
                Which::Headed(heading) => headings.and_then(|row| {
                    let wanted = plain_words(heading);
                    row.cells().position(|cell| plain_words(cell) == wanted)
                }),
            };
            if let Some(index) = index.filter(|index| *index < MAX_COLUMNS) {
                mapping = mapping.with(index, column.meaning);
            }
        }
        mapping
    }
}

impl Which {
    fn said(text: &str) -> Self {
        let text = text.trim();
        match text.parse() {
            Ok(number) => Self::Number(number),
            Err(_) => Self::Headed(text.to_owned()),
        }
    }
}

fn is_number(heading: &str) -> bool {
    heading.parse::<usize>().is_ok()
}

fn top(file: &TableFile, layout: Layout) -> Vec<crate::interchange::table::Row> {
    file.rows(&layout, HEADER_WITHIN, &mut Report::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> TableFile {
        TableFile::open(text.as_bytes().to_vec()).expect("a text can be opened")
    }

    #[test]
    fn columns_are_said_by_number_or_by_heading() {
        let file = file("Songs of May\nLied,Wer,x\nFern,Ada,y\n");
        let said = Preset::from_words("title=Lied,artist=2, notes = 3").expect("it is right");
        let mapping = said.mapping(&file, Layout::default());
        assert_eq!(mapping.n_above, 2);
        let expected = [Meaning::Title, Meaning::Artist, Meaning::Notes];
        assert_eq!(mapping.columns, expected);
        for wrong in ["", "title", "title=0", "colour=1"] {
            assert!(Preset::from_words(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_preset_finds_its_columns_in_another_order() {
        let one = file("Lied,Wer,Länge\nFern,Ada,3:45\n");
        let mapping = Mapping {
            layout: one.settled(Layout::default()),
            n_above: 1,
            columns: vec![Meaning::Title, Meaning::Artist, Meaning::Ignored],
        };
        let preset = Preset::of("Ours", &mapping, &one);
        let other = file("WER;Nr;LIED\nAda;1;Fern\n");
        let found = preset.mapping(&other, Layout::default());
        let expected = [Meaning::Artist, Meaning::Ignored, Meaning::Title];
        assert_eq!(
            (found.n_above, found.columns.as_slice()),
            (1, &expected[..])
        );
    }

    #[test]
    fn a_preset_outlives_the_program() {
        for preset in Preset::built_in() {
            let text = serde_json::to_string(&preset).expect("it can be written");
            assert_eq!(serde_json::from_str::<Preset>(&text).ok(), Some(preset));
        }
    }
}
