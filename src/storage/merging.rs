//! Two copies of a show, changed apart, made one again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::atomic;
use super::atomic::WriteFileError;
use super::document::{Clash, Document, LoadError};
use super::reasons::not_read;

/// What came of merging two copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeReport {
    /// The show's title afterwards.
    pub title: String,
    /// How many changes only the first copy had.
    pub n_only_in_first: usize,
    /// How many changes only the second copy had.
    pub n_only_in_second: usize,
    /// The fields that were set in both copies: the later value stands.
    pub clashes: Vec<Clash>,
}

/// Why two files could not be merged. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// A file cannot be read.
    #[error("nothing was merged, because {}: {}", not_read(source), .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is damaged or no show.
    #[error("nothing was merged, because {source}: {}", .path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: LoadError,
    },
    /// The two were made apart. Mixing them would give one show with everything twice.
    #[error(
        "nothing was merged, because “{first_title}” and “{second_title}” were made apart and are \
         not copies of one show: {} and {}", .first.display(), .second.display()
    )]
    NotTheSameShow {
        /// The first file.
        first: PathBuf,
        /// Its title.
        first_title: String,
        /// The second file.
        second: PathBuf,
        /// Its title.
        second_title: String,
    },
    /// There is something else where the result was to go.
    #[error("nothing was merged, because there is a file already that is no copy of this show: {}", .path.display())]
    Occupied {
        /// The file.
        path: PathBuf,
    },
    /// The result could not be written.
    #[error(transparent)]
    Write(#[from] WriteFileError),
}

/// Merges the shows at `first` and `second` into the file at `out`. If there is a copy of the same
/// show at `out` already, it is merged as well, so nothing is lost.
///
/// # Errors
///
/// Fails, and writes nothing, when one of them is not a show, or when they are not copies of one.
pub fn merge(first: &Path, second: &Path, out: &Path) -> Result<MergeReport, MergeError> {
    let mut merged = load(first)?;
    let other = load(second)?;
    let only_in_first = other.missing_from(&merged);
    let (Ok(only_in_first), Ok(found)) = (only_in_first, merged.merge(&other)) else {
        return Err(MergeError::NotTheSameShow {
            first: first.to_owned(),
            first_title: merged.show().title,
            second: second.to_owned(),
            second_title: other.show().title,
        });
    };
    if out.exists() {
        let occupied = || MergeError::Occupied {
            path: out.to_owned(),
        };
        let there = load(out).map_err(|_no_show| occupied())?;
        merged.merge(&there).map_err(|_apart| occupied())?;
    }
    atomic::write(out, &merged.save())?;
    Ok(MergeReport {
        title: merged.show().title,
        n_only_in_first: only_in_first.len(),
        n_only_in_second: found.n_changes,
        clashes: found.clashes,
    })
}

fn load(path: &Path) -> Result<Document, MergeError> {
    let bytes = fs::read(path).map_err(|source| MergeError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    Document::load(&bytes).map_err(|source| MergeError::Unusable {
        path: path.to_owned(),
        source,
    })
}
