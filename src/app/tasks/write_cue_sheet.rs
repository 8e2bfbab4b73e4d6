//! Writing an episode's cue sheet.

use std::fs;
use std::io;
use std::path::Path;

use crate::interchange::cue_sheet;
use crate::interchange::cue_sheet::SheetError;
use crate::interchange::cue_sheet::SheetFormat;
use crate::interchange::cue_sheet::TemplateError;
use crate::model::CueTemplate;
use crate::model::CutAt;
use crate::model::Sheet;
use crate::model::Show;
use crate::ops;
use crate::storage::WriteFileError;
use crate::storage::atomic;

/// The largest template that is read: a template has a few dozen lines.
const MAX_TEMPLATE_BYTES: u64 = 1024 * 1024;

/// Why a cue sheet was not written.
#[derive(Debug, thiserror::Error)]
pub enum CueSheetError {
    /// The cut it was meant for is gone.
    #[error("the cut no longer exists")]
    Gone,
    /// There is no such template.
    #[error("there is no template “{name}”: say {known}, or the path of a JSON file")]
    NoTemplate {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The template's file cannot be read.
    #[error("{path}: {error}")]
    TemplateFile {
        /// Where it is.
        path: String,
        /// Why not.
        error: io::Error,
    },
    /// The template means nothing.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The format cannot hold it.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteFileError),
}

/// The template that goes by `name`: one that comes with the program, or the path of a file.
///
/// # Errors
///
/// Fails when there is none, or it cannot be read.
pub(in crate::app) fn template(name: &str) -> Result<CueTemplate, CueSheetError> {
    let built_in = cue_sheet::built_in()?;
    if let Some((_, template)) = built_in.iter().find(|(known, _)| *known == name) {
        return Ok(template.clone());
    }
    let path = Path::new(name);
    let failed = |error| CueSheetError::TemplateFile {
        path: name.to_owned(),
        error,
    };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let known: Vec<&str> = built_in.iter().map(|(known, _)| *known).collect();
            Err(CueSheetError::NoTemplate {
                name: name.to_owned(),
                known: known.join(", "),
            })
        }
        Err(error) => Err(failed(error)),
        Ok(about) if about.len() > MAX_TEMPLATE_BYTES => {
            Err(failed(io::Error::other("it is too large for a template")))
        }
        Ok(_) => {
            let text = fs::read_to_string(path).map_err(failed)?;
            Ok(cue_sheet::template(&text)?)
        }
    }
}

/// Writes the cue sheet of a cut at `path`, and returns it.
///
/// # Errors
///
/// Fails when the cut is gone, or the file cannot be written; what was there before is still there.
pub(in crate::app) fn write(
    show: &Show,
    at: CutAt,
    template: &CueTemplate,
    format: SheetFormat,
    path: &Path,
) -> Result<Sheet, CueSheetError> {
    let sheet = ops::cue_sheet::cue_sheet(show, at, template).ok_or(CueSheetError::Gone)?;
    atomic::write(path, &cue_sheet::write(format, &sheet)?)?;
    Ok(sheet)
}
