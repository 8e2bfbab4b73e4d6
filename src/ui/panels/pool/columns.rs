//! The columns of the pool's table: which are seen, in which order, how wide. All of it outlives
//! the program.

use std::ops::Range;

use serde::Deserialize;
use serde::Serialize;

use crate::ops::search::Column;

/// The narrowest column.
pub(super) const MIN_WIDTH: f32 = 28.0;
/// The widest.
pub(super) const MAX_WIDTH: f32 = 900.0;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum TableColumn {
    /// What rows can also be ordered by.
    Of(Column),
    /// The waveform, which takes the room that is left.
    Waveform,
    /// The picture of the recording.
    Artwork,
    /// Why the row is there, where that is said; never kept.
    Reason,
}

/// The table as it is first seen: columns from left to right, their names in the settings, their
/// widths, and whether they are seen.
const FIRST: [(TableColumn, &str, f32, bool); 21] = [
    (TableColumn::Artwork, "artwork", 36.0, true),
    (TableColumn::Of(Column::Title), "title", 132.0, true),
    (TableColumn::Of(Column::Artist), "artist", 92.0, true),
    (TableColumn::Waveform, "waveform", 120.0, true),
    (TableColumn::Of(Column::Length), "length", 56.0, true),
    (TableColumn::Of(Column::Tempo), "tempo", 68.0, true),
    (TableColumn::Of(Column::Key), "key", 60.0, true),
    (TableColumn::Of(Column::Loudness), "loudness", 72.0, false),
    (TableColumn::Of(Column::State), "state", 80.0, true),
    (TableColumn::Of(Column::Rating), "rating", 76.0, true),
    (TableColumn::Of(Column::Color), "color", 52.0, false),
    (TableColumn::Of(Column::Tags), "tags", 120.0, true),
    (TableColumn::Of(Column::Album), "album", 140.0, false),
    (TableColumn::Of(Column::Year), "year", 48.0, false),
    (TableColumn::Of(Column::Genre), "genre", 100.0, false),
    (TableColumn::Of(Column::Writers), "writers", 140.0, false),
    (TableColumn::Of(Column::Clearance), "clearance", 88.0, false),
    (TableColumn::Of(Column::Used), "used", 48.0, true),
    (TableColumn::Of(Column::AddedBy), "added-by", 100.0, false),
    (TableColumn::Of(Column::Added), "added", 84.0, false),
    (TableColumn::Of(Column::Notes), "notes", 180.0, false),
];

const TITLE: TableColumn = TableColumn::Of(Column::Title);
/// The width of the column that says why a row is there.
const REASON_WIDTH: f32 = 190.0;

impl TableColumn {
    /// What it is called.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Of(column) => column.text(),
            Self::Waveform => "Waveform",
            Self::Artwork => "Artwork",
            Self::Reason => "Alike by",
        }
    }

    /// What rows are ordered by when it is pressed.
    pub(super) fn order(self) -> Option<Column> {
        match self {
            Self::Of(column) => Some(column),
            Self::Waveform | Self::Artwork | Self::Reason => None,
        }
    }

    fn first(self) -> Option<&'static (Self, &'static str, f32, bool)> {
        FIRST.iter().find(|(column, ..)| *column == self)
    }

    fn named(name: &str) -> Option<Self> {
        let found = FIRST.iter().find(|(_, known, ..)| *known == name);
        found.map(|(column, ..)| *column)
    }
}

/// A column where somebody has put it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub(super) column: TableColumn,
    pub(super) width: f32,
    pub(super) is_shown: bool,
}

/// The columns, from left to right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Saved>", into = "Vec<Saved>")]
pub(super) struct Columns {
    placed: Vec<Placed>,
}

/// A column as it is kept: a column that a newer version knows is passed over.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Saved {
    column: String,
    width: f32,
    is_shown: bool,
}

impl Default for Columns {
    fn default() -> Self {
        let placed = FIRST.map(|(column, _, width, is_shown)| Placed {
            column,
            width,
            is_shown,
        });
        Self {
            placed: placed.into(),
        }
    }
}

impl From<Vec<Saved>> for Columns {
    fn from(saved: Vec<Saved>) -> Self {
        let mut placed: Vec<Placed> = Vec::new();
        for saved in saved {
            let Some(column) = TableColumn::named(&saved.column) else {
                continue;
            };
            if placed.iter().all(|other| other.column != column) {
                placed.push(Placed {
                    column,
                    width: width_within(saved.width),
                    is_shown: saved.is_shown,
                });
            }
        }
        // A column that is new since comes where it usually is.
        for (at, first) in Self::default().placed.into_iter().enumerate() {
            if placed.iter().all(|other| other.column != first.column) {
                placed.insert(at.min(placed.len()), first);
            }
        }
        let mut columns = Self { placed };
        columns.keep_one();
        columns
    }
}

impl From<Columns> for Vec<Saved> {
    fn from(columns: Columns) -> Self {
        let named = |placed: Placed| {
            let (_, name, ..) = placed.column.first()?;
            Some(Saved {
                column: (*name).to_owned(),
                width: placed.width,
                is_shown: placed.is_shown,
            })
        };
        columns.placed.into_iter().filter_map(named).collect()
    }
}

/// Where columns lie, from the left edge of the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Laid {
    pub(super) columns: Vec<(TableColumn, Range<f32>)>,
    /// How wide rows are.
    pub(super) width: f32,
}

impl Columns {
    /// All of them, from left to right.
    pub(super) fn all(&self) -> &[Placed] {
        &self.placed
    }

    /// Where those lie that are seen, in a room of `width`: what is left goes to the waveform, or
    /// to the last column where that is not seen. Where rows say why they are there, that comes
    /// after the title.
    pub(super) fn laid(&self, width: f32, has_reasons: bool) -> Laid {
        let mut shown: Vec<Placed> = self
            .placed
            .iter()
            .filter(|it| it.is_shown)
            .copied()
            .collect();
        if has_reasons {
            let title = shown.iter().position(|it| it.column == TITLE);
            let reason = Placed {
                column: TableColumn::Reason,
                width: REASON_WIDTH,
                is_shown: true,
            };
            shown.insert(title.map_or(0, |at| at + 1), reason);
        }
        let wanted: f32 = shown.iter().map(|placed| placed.width).sum();
        let left_over = (width - wanted).max(0.0);
        let is_waveform = |placed: &Placed| placed.column == TableColumn::Waveform;
        let wide = shown.iter().position(is_waveform);
        let wide = wide.unwrap_or(shown.len().saturating_sub(1));
        let mut right = 0.0;
        let columns = shown.iter().enumerate().map(|(n, placed)| {
            let left = right;
            right += placed.width + if n == wide { left_over } else { 0.0 };
            (placed.column, left..right)
        });
        Laid {
            columns: columns.collect(),
            width: wanted.max(width),
        }
    }

    /// Makes a column so wide.
    pub(super) fn set_width(&mut self, column: TableColumn, width: f32) {
        if let Some(placed) = self.find(column) {
            placed.width = width_within(width);
        }
    }

    /// Shows a column, or hides it; one at least stays.
    pub(super) fn show(&mut self, column: TableColumn, is_shown: bool) {
        if let Some(placed) = self.find(column) {
            placed.is_shown = is_shown;
        }
        self.keep_one();
    }

    /// Whether a column is seen.
    pub(super) fn is_shown(&self, column: TableColumn) -> bool {
        let mut placed = self.placed.iter();
        placed.any(|placed| placed.column == column && placed.is_shown)
    }

    /// Moves a column to the left of another, or to the right end.
    pub(super) fn move_before(&mut self, column: TableColumn, before: Option<TableColumn>) {
        let Some(from) = self.placed.iter().position(|it| it.column == column) else {
            return;
        };
        if before == Some(column) {
            return;
        }
        let placed = self.placed.remove(from);
        let place = |wanted| self.placed.iter().position(|it| it.column == wanted);
        let at = match before {
            None => None,
            // It is no column of its own, and stands after the title.
            Some(TableColumn::Reason) => place(TITLE).map(|at| at + 1),
            Some(before) => place(before),
        };
        self.placed.insert(at.unwrap_or(self.placed.len()), placed);
    }

    fn find(&mut self, column: TableColumn) -> Option<&mut Placed> {
        self.placed.iter_mut().find(|it| it.column == column)
    }

    fn keep_one(&mut self) {
        if self.placed.iter().all(|placed| !placed.is_shown)
            && let Some(title) = self.find(TableColumn::Of(Column::Title))
        {
            title.is_shown = true;
        }
    }
}

/// A width that a column may have; what is no number is the narrowest.
fn width_within(width: f32) -> f32 {
    if width.is_nan() {
        return MIN_WIDTH;
    }
    width.clamp(MIN_WIDTH, MAX_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEAR: TableColumn = TableColumn::Of(Column::Year);

    fn names(columns: &Columns) -> Vec<&'static str> {
        let shown = columns.all().iter().filter(|placed| placed.is_shown);
        shown.map(|placed| placed.column.text()).collect()
    }

    #[test]
    fn every_column_that_rows_are_ordered_by_is_in_the_table() {
        for column in Column::ALL {
            // The order of a list is no value of a track.
            let is_listed = TableColumn::Of(column).first().is_some();
            assert_eq!(is_listed, column != Column::ListOrder, "{column:?}");
        }
    }

    #[test]
    fn columns_are_remembered_as_they_were_put() {
        let mut columns = Columns::default();
        columns.show(TableColumn::Artwork, false);
        columns.show(YEAR, true);
        columns.move_before(YEAR, Some(TITLE));
        columns.set_width(YEAR, 77.0);
        let saved = serde_json::to_string(&columns).expect("it can be written");
        let read: Columns = serde_json::from_str(&saved).expect("it can be read");
        assert_eq!(read, columns);
        assert_eq!(names(&read)[..2], ["Year", "Title"]);
    }

    #[test]
    fn columns_of_other_versions_are_passed_over_and_new_ones_added() {
        let saved = r#"[{"column":"scent","width":9,"is_shown":true},
            {"column":"year","width":-5,"is_shown":true},
            {"column":"year","width":60,"is_shown":false}]"#;
        let read: Columns = serde_json::from_str(saved).expect("it can be read");
        assert_eq!(read.all().len(), FIRST.len());
        let year = read.all().iter().find(|placed| placed.column == YEAR);
        let year = year.expect("it is there");
        assert!(year.is_shown && (year.width - MIN_WIDTH).abs() < f32::EPSILON);
    }

    #[test]
    fn one_column_is_always_seen() {
        let mut columns = Columns::default();
        for placed in columns.clone().all() {
            columns.show(placed.column, false);
        }
        assert_eq!(names(&columns), ["Title"]);
    }

    #[test]
    fn why_a_row_is_there_stands_after_its_title_and_is_no_column_to_keep() {
        let mut columns = Columns::default();
        let names = |columns: &Columns| -> Vec<&'static str> {
            let laid = columns.laid(300.0, true).columns;
            laid.iter().map(|(column, _)| column.text()).collect()
        };
        assert_eq!(names(&columns)[1..4], ["Title", "Alike by", "Artist"]);
        columns.show(YEAR, true);
        columns.move_before(YEAR, Some(TableColumn::Reason));
        assert_eq!(names(&columns)[1..4], ["Title", "Alike by", "Year"]);
        assert_eq!(columns.all().len(), FIRST.len());
    }

    #[test]
    fn the_waveform_takes_the_room_that_is_left() {
        let columns = Columns::default();
        let waveform = |width| {
            let laid = columns.laid(width, false);
            let found = laid.columns.iter();
            let mut found = found.filter(|(column, _)| *column == TableColumn::Waveform);
            let range = found.next().expect("it is seen").1.clone();
            (range.end - range.start, laid.width)
        };
        let (narrow, least) = waveform(300.0);
        assert!((narrow - 120.0).abs() < 0.01 && least > 300.0);
        let (wide, all) = waveform(2000.0);
        assert!((all - 2000.0).abs() < 0.01 && (wide - narrow - (2000.0 - least)).abs() < 0.01);
    }
}
