//! The user's own copy of the demo show.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// The name of the demo's show file.
const SHOW: &str = "Demo.needledrop";

/// When the demo is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Copy {
    /// Where this user has no copy yet.
    WhereThereIsNone,
    /// Always: the copy goes back to how it came.
    Anew,
}

/// The demo could not be copied.
#[derive(Debug, thiserror::Error)]
#[error("{source}: {}", .path.display())]
pub(in crate::app) struct CopyError {
    path: PathBuf,
    source: io::Error,
}

/// Sees to it that the demo show is in `to`; returns its show file.
pub(in crate::app) fn prepare(from: &Path, to: &Path, copy: Copy) -> Result<PathBuf, CopyError> {
    let show = to.join(SHOW);
    if copy == Copy::Anew || !show.exists() {
        // The show's file comes last: where it is, everything is.
        copy_folder(&from.join("media"), &to.join("media"))?;
        copy_folder(&from.join("cuts"), &to.join("cuts"))?;
        copy_file(&from.join(SHOW), &show)?;
    }
    Ok(show)
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), CopyError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| CopyError { path, source }
    };
    fs::create_dir_all(to).map_err(failed(to))?;
    for entry in fs::read_dir(from).map_err(failed(from))? {
        let entry = entry.map_err(failed(from))?;
        let path = entry.path();
        if path.is_file() {
            copy_file(&path, &to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Result<(), CopyError> {
    fs::copy(from, to).map(drop).map_err(|source| CopyError {
        path: from.to_owned(),
        source,
    })
}
