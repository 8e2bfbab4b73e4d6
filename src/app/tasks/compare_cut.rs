//! Comparing a cut with the list of a newer one.

use std::path::Path;
use std::path::PathBuf;

use super::read_cut;
use super::read_cut::ListError;
use crate::interchange::cut::ReadOptions;
use crate::model::CutAt;
use crate::model::Show;
use crate::ops::conform::Conform;
use crate::ops::conform::ConformError;
use crate::ops::conform::conform;
use crate::time::Timebase;
use crate::time::TimecodeError;

/// What is told about a list besides what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompareAs {
    /// The rate to read it at, when it is not the old cut's.
    pub timebase: Option<Timebase>,
    /// The timecode of the new cut's first frame, when neither the list nor the old cut has it.
    pub start: Option<String>,
}

/// A new cut, compared with the one that it follows, until somebody has decided.
#[derive(Clone, Debug, PartialEq)]
pub struct ConformReview {
    /// The list of the new cut.
    pub path: PathBuf,
    /// What the comparison came to.
    pub conform: Conform,
    /// What was guessed, moved or left out in reading.
    pub remarks: Vec<String>,
}

/// Why a cut could not be compared with a list.
#[derive(Debug, thiserror::Error)]
pub(in crate::app) enum CompareError {
    /// The list was not read.
    #[error(transparent)]
    List(#[from] ListError),
    /// The start that was told is no timecode of the list.
    #[error(transparent)]
    Start(#[from] TimecodeError),
    /// The two can't be compared.
    #[error(transparent)]
    Conform(#[from] ConformError),
}

/// Reads the list at `path` and compares the cut with it.
pub(in crate::app) fn compare(
    show: &Show,
    at: CutAt,
    path: &Path,
    told: &CompareAs,
) -> Result<ConformReview, CompareError> {
    let cut = show.cut(at).ok_or(ConformError::Gone)?;
    let options = ReadOptions {
        timebase: told.timebase.unwrap_or(cut.timebase),
        ..ReadOptions::for_cut(cut)
    };
    let (list, report) = read_cut::read(path, &options)?;
    let start = told.start.as_deref();
    let start = start.map(|label| list.timebase.parse(label)).transpose()?;
    let conform = conform(show, at, &list, start)?;
    let mut remarks: Vec<String> = conform.notes.iter().map(ToString::to_string).collect();
    remarks.extend(report.warnings().iter().map(ToString::to_string));
    if report.n_further() > 0 {
        remarks.push(format!("… and {} more remarks", report.n_further()));
    }
    Ok(ConformReview {
        path: path.to_owned(),
        conform,
        remarks,
    })
}
