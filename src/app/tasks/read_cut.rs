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
    #[error(
        "this is no list of cuts or markers that can be read (EDL, XML, OTIO, AAF, captions, screenplays, or CSV with a header)"
    )]
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

/// What is read of a folder that stands for a timeline: `.fcpxmld` and `.otiod`.
const INSIDE: [&str; 2] = ["Info.fcpxml", "content.otio"];

/// The format of the file at `path`, and what is in it.
fn open(path: &Path) -> Result<(CutFormat, Vec<u8>), ListError> {
    let inside = INSIDE.map(|name| path.join(name));
    let path = match inside.iter().find(|inside| inside.is_file()) {
        Some(inside) => inside,
        None => path,
    };
    let mut file = fs::File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a file").into());
    }
    let mut bytes = Vec::new();
    file.by_ref()
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let format = cut::detect(&bytes, name.as_deref()).ok_or(ListError::Unknown)?;
    // One byte more than can be read, so that a file that is too large is told from one that fits.
    let more = (format.max_bytes() + 1).saturating_sub(bytes.len());
    file.take(more as u64).read_to_end(&mut bytes)?;
    Ok((format, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_stands_for_a_timeline_is_read_by_what_is_in_it() {
        let folder = tempfile::tempdir().expect("a place for files");
        let bundle = folder.path().join("Promise.fcpxmld");
        fs::create_dir(&bundle).expect("a folder");
        let text = r#"<fcpxml version="1.10"><resources>
            <format id="f" frameDuration="1/25s"/></resources><project name="Promise">
            <sequence format="f" tcStart="3600s"><spine><gap duration="2s">
            <marker start="1s" value="touch"/></gap></spine></sequence></project></fcpxml>"#;
        fs::write(bundle.join("Info.fcpxml"), text).expect("a file");
        let (list, _) = read_alone(&bundle, None).expect("is read");
        assert_eq!((list.title.as_str(), list.markers.len()), ("Promise", 1));
    }

    #[test]
    fn a_folder_that_is_none_is_said_to_be_no_file() {
        let folder = tempfile::tempdir().expect("a place for files");
        assert!(matches!(
            read_alone(folder.path(), None),
            Err(ListError::Io(_))
        ));
    }
}
