//! Finding the delimiter, the header row and the columns of a table, and its rows.

use csv::StringRecord;

use super::super::labels::Label;
use super::ColumnUnit;
use super::heading::{Heading, Role, heading};
use super::moment::{Moment, moment, unwrapped};
use crate::interchange::limits::MAX_COLUMNS;
use crate::interchange::table::{DELIMITERS, HEADER_WITHIN, records};

/// A column that is understood.
#[derive(Clone, Copy, Debug)]
struct Column {
    index: usize,
    heading: Heading,
}

/// Where everything is in a table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    delimiter: u8,
    /// How many records come before the first row, the header included.
    n_above: usize,
    columns: Vec<Column>,
}

/// A row whose times have been taken apart.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its line, counted from 1.
    pub(super) line: usize,
    /// What stands in the column of the start.
    pub(super) time_text: String,
    start: Option<Moment>,
    /// Where it ends.
    pub(super) end: Option<Moment>,
    /// How long it is.
    pub(super) length: Option<Moment>,
    cells: StringRecord,
}

/// The rows of a table.
pub(super) struct Rows {
    /// The rows that are not blank.
    pub(super) found: Vec<Row>,
    /// The line of the first row beyond the limit, if there are so many.
    pub(super) next_line: Option<usize>,
}

impl Table {
    /// The table in a text: the delimiter and header row that make sense of the most columns, one
    /// of which must be a time. A single column is no table.
    pub(super) fn find(text: &str) -> Option<Self> {
        let mut best: Option<Self> = None;
        for delimiter in DELIMITERS {
            for (n, (_, record)) in records(text, delimiter).take(HEADER_WITHIN).enumerate() {
                let columns = columns(&record);
                let has_start = columns.iter().any(|c| c.heading.role == Role::Start);
                let n_best = best.as_ref().map_or(1, |table| table.columns.len());
                if has_start && record.len() > 1 && n_best < columns.len() {
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

    /// The rows under the header, at most `limit` of them.
    pub(super) fn rows(&self, text: &str, limit: usize) -> Rows {
        let mut rows = Rows {
            found: Vec::new(),
            next_line: None,
        };
        for (line, record) in records(text, self.delimiter).skip(self.n_above) {
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if rows.found.len() == limit {
                rows.next_line = Some(line);
                break;
            }
            rows.found.push(self.row(line, record));
        }
        rows
    }

    fn row(&self, line: usize, record: StringRecord) -> Row {
        let start = self.column(Role::Start);
        let start_unit = start.and_then(|column| column.heading.unit);
        let time = |role, fallback: ColumnUnit| {
            let column = self.column(role)?;
            let cell = record.get(column.index)?;
            moment(cell, column.heading.unit.or(fallback))
        };
        Row {
            line,
            time_text: start
                .and_then(|column| record.get(column.index))
                .unwrap_or_default()
                .to_owned(),
            start: time(Role::Start, None),
            // Ends and lengths are given in the unit of the start unless they say otherwise.
            end: time(Role::End, start_unit),
            length: time(Role::Length, start_unit),
            cells: record,
        }
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, role: Role) -> bool {
        self.column(role).is_some()
    }

    /// The column that tells the scene, in a table that can hold scenes: a plain number is a
    /// scene's only where rows have an end and nothing speaks of markers.
    pub(super) fn scene_role(&self) -> Option<Role> {
        let has_end = self.has(Role::End) || self.has(Role::Length);
        let tells_markers = self.has(Role::Color) || self.has(Role::Track);
        if !has_end {
            None
        } else if self.has(Role::Scene) {
            Some(Role::Scene)
        } else if self.has(Role::Number) && !tells_markers {
            Some(Role::Number)
        } else {
            None
        }
    }

    /// The column of a role; of several, the one whose heading is the most particular.
    fn column(&self, role: Role) -> Option<&Column> {
        let of_role = self.columns.iter().filter(|c| c.heading.role == role);
        of_role.min_by_key(|column| column.heading.rank)
    }
}

impl Row {
    /// Where it begins.
    pub(super) const fn start(&self) -> Option<&Moment> {
        self.start.as_ref()
    }

    /// The cell of a role, without what spreadsheets wrap around it; empty when there is none.
    pub(super) fn text(&self, table: &Table, role: Role) -> &str {
        let cell = table
            .column(role)
            .and_then(|column| self.cells.get(column.index));
        unwrapped(cell.unwrap_or_default())
    }

    /// The labels that say where it is.
    pub(super) fn labels(&self) -> impl Iterator<Item = Label<'_>> {
        let places = [self.start.as_ref(), self.end.as_ref()];
        places
            .into_iter()
            .flatten()
            .filter_map(|place| match place {
                Moment::Label(text) => Some(Label {
                    line: self.line,
                    text,
                }),
                _ => None,
            })
    }
}

fn columns(record: &StringRecord) -> Vec<Column> {
    let cells = record.iter().take(MAX_COLUMNS).enumerate();
    let known = cells.filter_map(|(index, cell)| {
        let heading = heading(cell)?;
        Some(Column { index, heading })
    });
    known.collect()
}
