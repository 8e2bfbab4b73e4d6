//! Workbooks of spreadsheets (XLSX, ECMA-376 part 1, section 18): every visible sheet as rows of
//! texts, as somebody would type them into a table of text.
//!
//! A workbook is a packed folder, which may hold far more than its size says, and cells that stand
//! for the same long text a million times. What it unpacks to is counted before anything is read,
//! and what its cells hold is counted while they are; nothing is laid out as a rectangle, as one
//! cell in the last row of the last column would make that larger than memory.

use std::io;
use std::io::Cursor;
use std::io::Read;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};
use csv::StringRecord;
use zip::ZipArchive;

use super::MAX_ROWS;
use super::Row;
use super::Sheet;
use crate::interchange::limits::{
    MAX_COLUMNS, MAX_SHEETS, MAX_TEXT, MAX_WORKBOOK_PARTS, MAX_WORKBOOK_TEXT, MAX_WORKBOOK_UNPACKED,
};

/// How every packed folder begins, and where the parts of a workbook lie in it.
const MAGIC: &[u8] = b"PK\x03\x04";
const FOLDER: &[u8] = b"xl/";

/// Whether a file, of which this is the beginning, is a workbook.
pub(in crate::interchange) fn is_workbook(head: &[u8]) -> bool {
    head.starts_with(MAGIC) && memchr::memmem::find(head, FOLDER).is_some()
}

/// The sheets that can be seen, in their order.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    check_size(bytes)?;
    let broken = |error: calamine::XlsxError| format!("the workbook cannot be read: {error}");
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let seen = book.sheets_metadata().iter();
    let seen = seen.filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
    let mut room = MAX_WORKBOOK_TEXT;
    let mut sheets = Vec::new();
    for name in names.into_iter().take(MAX_SHEETS) {
        // A sheet that is a chart, or is not there, is no table.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else {
            continue;
        };
        let mut sheet = Sheet {
            name,
            ..Sheet::default()
        };
        let mut next = || match cells.next_cell() {
            Ok(Some(cell)) => Ok(Some((cell.get_position(), text(cell.get_value())))),
            Ok(None) => Ok(None),
            Err(error) => Err(error.to_string()),
        };
        fill(&mut sheet, &mut next, &mut room);
        sheets.push(sheet);
    }
    if sheets.is_empty() {
        return Err("the workbook has no sheet with cells".to_owned());
    }
    Ok(sheets)
}

/// Refuses what unpacks to more than any list does, whatever it says of its own size.
fn check_size(bytes: &[u8]) -> Result<(), String> {
    let broken = |error: &dyn std::fmt::Display| format!("the workbook cannot be read: {error}");
    let mut folder = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = MAX_WORKBOOK_UNPACKED;
    let too_large = || "the workbook unpacks to more than any list does".to_owned();
    if folder.len() > MAX_WORKBOOK_PARTS {
        return Err(too_large());
    }
    for part in 0..folder.len() {
        let part = folder.by_index(part).map_err(|error| broken(&error))?;
        let mut some = part.take(left + 1);
        let n = io::copy(&mut some, &mut io::sink()).map_err(|error| broken(&error))?;
        left = left.checked_sub(n).ok_or_else(too_large)?;
    }
    Ok(())
}

/// The place of a cell, row and column from 0, and its text.
type Placed = ((u32, u32), String);

/// Fills a sheet with cells, which come row by row, as far as there is room for their text.
fn fill(
    sheet: &mut Sheet,
    next: &mut dyn FnMut() -> Result<Option<Placed>, String>,
    room: &mut usize,
) {
    let mut at = None;
    let mut row: Vec<String> = Vec::new();
    let end = |sheet: &mut Sheet, at: Option<u32>, row: &mut Vec<String>| {
        if let Some(at) = at {
            sheet.rows.push(Row {
                line: at as usize + 1,
                cells: StringRecord::from(std::mem::take(row)),
            });
        }
    };
    loop {
        let ((line, column), text) = match next() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(why) => {
                sheet.broken = Some((at.map_or(1, |at| at as usize + 1), why));
                break;
            }
        };
        let column = column as usize;
        if text.is_empty() || MAX_COLUMNS <= column {
            continue;
        }
        if at != Some(line) {
            end(sheet, at, &mut row);
            at = Some(line);
            if sheet.rows.len() == MAX_ROWS {
                return;
            }
        }
        if row.len() <= column {
            // An empty cell takes room too, if little.
            *room = room.saturating_sub(column + 1 - row.len());
            row.resize(column + 1, String::new());
        }
        match room.checked_sub(text.len()) {
            Some(rest) if rest > 0 => *room = rest,
            _ => {
                let why = "what follows is more text than any list has".to_owned();
                sheet.broken = Some((line as usize + 1, why));
                break;
            }
        }
        row[column] = text;
    }
    end(sheet, at, &mut row);
}

/// What a cell says, as text.
fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        // What a formula could not find out says nothing.
        DataRef::Error(_) | DataRef::Empty => String::new(),
        DataRef::SharedString(text) => shortened(text),
        other => shortened(&Data::from(other.clone()).to_string()),
    }
}

/// As much of a text as is ever kept, and one letter more, so that it is seen to be too long.
fn shortened(text: &str) -> String {
    let end = text.char_indices().nth(MAX_TEXT + 1);
    let end = end.map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default().to_owned()
}

/// A date as `2019-05-03`, a time as somebody typed it.
///
/// A length typed as `3:45` is taken by spreadsheets for hours and minutes, and shown as typed; one
/// typed as `0:03:45` is shown with its seconds. So an hour and more without seconds is written as
/// `h:mm`, which is what was typed, and everything else as `h:mm:ss`.
fn moment_text(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if !days.is_finite() || days < 0.0 {
        return String::new();
    }
    if moment.is_datetime() && 1.0 <= days {
        let (year, month, day, ..) = moment.to_ymd_hms_milli();
        return format!("{year:04}-{month:02}-{day:02}");
    }
    // To the millisecond, as a day's share tells no finer.
    let all = (days.min(MAX_DAYS) * 86_400_000.0).round() as i64;
    let (whole, millis) = (all / 1000, all % 1000);
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if millis > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}.{millis:03}")
    } else if seconds == 0 && 0 < hours {
        format!("{hours}:{minutes:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}

/// A week: what is longer is no length of anything here.
const MAX_DAYS: f64 = 7.0;

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn a_time_is_written_as_it_was_typed() {
        let minute = 1.0 / 1440.0;
        for (days, kind, typed) in [
            // 3:45, which a spreadsheet takes for hours.
            (225.0 * minute, DateTime, "3:45"),
            (3.75 * minute, DateTime, "0:03:45"),
            (4.0 * minute, DateTime, "0:04:00"),
            // 25:30, more than a day of hours.
            (1530.0 * minute, TimeDelta, "25:30"),
            (3.758_333_33 * minute, TimeDelta, "0:03:45.500"),
            (43_588.0, DateTime, "2019-05-03"),
            (f64::NAN, DateTime, ""),
            (-1.0, TimeDelta, ""),
        ] {
            assert_eq!(moment_text(&ExcelDateTime::new(days, kind, false)), typed);
        }
    }

    #[test]
    fn cells_that_stand_for_one_long_text_are_counted_each() {
        let mut n = 0;
        let mut next = || {
            n += 1;
            Ok(Some(((n, 0), "x".repeat(100))))
        };
        let mut sheet = Sheet::default();
        fill(&mut sheet, &mut next, &mut 1_000);
        assert!(sheet.rows.len() <= 10, "{}", sheet.rows.len());
        assert!(sheet.broken.is_some());
    }

    #[test]
    fn a_cell_far_away_takes_no_more_room_than_one_nearby() {
        let mut cells = vec![((1_048_575, 16_383), "far"), ((5, 1), "near")];
        let mut next = || {
            let cell = cells.pop();
            Ok(cell.map(|(place, text)| (place, text.to_owned())))
        };
        let mut sheet = Sheet::default();
        fill(&mut sheet, &mut next, &mut 1_000);
        assert_eq!(sheet.rows.len(), 1);
        assert_eq!((sheet.rows[0].line, sheet.rows[0].cell(1)), (6, "near"));
    }

    #[test]
    fn what_is_only_called_a_workbook_is_refused() {
        assert!(!is_workbook(b"PK\x03\x04 a packed folder of songs"));
        assert!(sheets(b"PK\x03\x04 xl/workbook.xml").is_err());
    }
}
