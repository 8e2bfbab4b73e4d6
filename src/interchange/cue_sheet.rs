//! Cue sheets out: a sheet as a table, a workbook or data for programs, and the templates in.
//!
//! No society or broadcaster has a public format for what a production sends, so the sheets are
//! tables that people and programs can read; which columns and codes they have is the template's.

mod table;
mod template;
mod workbook;

pub use template::{TemplateError, built_in, template};

use crate::model::Sheet;

/// A format that a cue sheet can be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SheetFormat {
    /// A workbook for spreadsheets (Office Open XML, ECMA-376).
    #[default]
    Xlsx,
    /// A table as text.
    Csv,
    /// Data for other programs.
    Json,
}

impl SheetFormat {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Csv, Self::Json];

    /// The ending of its files' names, in lower case.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// Why a sheet was not written.
#[derive(Debug, thiserror::Error)]
#[error("the cue sheet cannot be written: {0}")]
pub struct SheetError(String);

/// Writes a sheet.
///
/// # Errors
///
/// Fails when it has more lines, or longer texts, than the format can hold.
pub fn write(format: SheetFormat, sheet: &Sheet) -> Result<Vec<u8>, SheetError> {
    match format {
        SheetFormat::Xlsx => workbook::write(sheet).map_err(|error| SheetError(error.to_string())),
        SheetFormat::Csv => table::csv(sheet).map_err(|error| SheetError(error.to_string())),
        SheetFormat::Json => table::json(sheet).map_err(|error| SheetError(error.to_string())),
    }
}

#[cfg(test)]
mod tests;
