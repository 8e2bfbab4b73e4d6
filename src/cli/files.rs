//! Commands that tell something of each of several files: one row a file, and an error of its own
//! for what cannot be read.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::Failure;
use super::text::Output;

/// What is told of one file.
pub(super) trait Facts: Default + Serialize {
    /// For people.
    fn line(&self) -> String;
}

/// One file, as it is printed. Where `ok` is false, only `path` and `error` mean anything.
#[derive(Debug, Serialize)]
pub(super) struct FileRow<F> {
    path: String,
    ok: bool,
    error: Option<String>,
    #[serde(flatten)]
    facts: F,
}

impl<F: Facts> FileRow<F> {
    /// What was found out about the file at `path`, or why nothing was.
    pub(super) fn new(path: &Path, found: Result<F, String>) -> Self {
        let path = path.display().to_string();
        match found {
            Ok(facts) => Self {
                path,
                ok: true,
                error: None,
                facts,
            },
            Err(why) => Self {
                path,
                ok: false,
                error: Some(why),
                facts: F::default(),
            },
        }
    }

    fn line(&self) -> String {
        match &self.error {
            Some(error) => format!("{}: {error}", self.path),
            None => format!("{}: {}", self.path, self.facts.line()),
        }
    }
}

/// Prints the rows. Fails in part when one of the files could not be read.
pub(super) fn print<F: Facts>(
    rows: &[FileRow<F>],
    out: &mut dyn Write,
    is_json: bool,
) -> Result<(), Failure> {
    let lines = rows.iter().map(FileRow::line);
    Output::new(out, is_json).print(&rows, lines)?;
    if rows.iter().all(|row| row.ok) {
        Ok(())
    } else {
        Err(Failure::InPart)
    }
}
