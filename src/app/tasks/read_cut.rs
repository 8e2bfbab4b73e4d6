//! Reading a list of cuts or markers.

use std::fs;
use std::io;
use std::io::Read;
use std::path::Path;

use crate::interchange::MAX_BYTES;
use crate::interchange::Report;
use crate::interchange::cut;
use crate::interchange::cut::CutFormat;
use crate::interchange::cut::ReadError;
use crate::interchange::cut::ReadOptions;
use crate::model::CutList;
use crate::time::FrameRate;
use crate::time::Timebase;

/// Why a list was not read.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The system could not read it.
    #[error("the file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is none of the formats that can be read.
    #[error("this is no list of cuts or markers that can be read (EDL, or CSV with a header)")]
    Unknown,
    /// It says nothing of its frame rate, and nobody else did.
    #[error("a {0} does not say its frame rate: it must be told")]
    NoRate(CutFormat),
    /// It is one of them, and cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Reads the list at `path`.
pub(in crate::app) fn read(
    path: &Path,
    options: &ReadOptions,
) -> Result<(CutList, Report), ListError> {
    let (format, bytes) = open(path)?;
    Ok(cut::read(format, &bytes, options)?)
}

/// Reads the list at `path` by itself, for no cut, at `timebase` where it is given.
///
/// # Errors
///
/// Fails when the file cannot be read, is none of the formats that can be, or needs a rate where
/// none is given.
pub fn read_alone(path: &Path, timebase: Option<Timebase>) -> Result<(CutList, Report), ListError> {
    let (format, bytes) = open(path)?;
    let timebase = match timebase {
        Some(timebase) => timebase,
        None if format.tells_rate() => Timebase::non_drop(FrameRate::F25),
        None => return Err(ListError::NoRate(format)),
    };
    Ok(cut::read(format, &bytes, &ReadOptions::at(timebase))?)
}

/// The format of the file at `path`, and what is in it.
fn open(path: &Path) -> Result<(CutFormat, Vec<u8>), ListError> {
    let file = fs::File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a file").into());
    }
    // One byte more than can be read, so that a file that is too large is told from one that fits.
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let format = cut::detect(&bytes, name.as_deref()).ok_or(ListError::Unknown)?;
    Ok((format, bytes))
}
