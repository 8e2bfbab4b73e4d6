//! Writing a file so that whoever reads it, now or after a power cut, finds the old one or the
//! new one and never half of one.

use std::fs;
use std::fs::{File, Metadata};
use std::io;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use super::reasons::not_written;

/// Temporary files that a killed process left behind are taken away after this long.
const LEFTOVER_AGE: Duration = Duration::from_mins(15);

const TEMPORARY: &str = ".part";

/// Why a file could not be written. The file that was there before is still there.
#[derive(Debug, thiserror::Error)]
#[error("nothing was written, because {}: {}", not_written(source), .path.display())]
pub struct WriteFileError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// What to do when the file is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// The new file takes its place, in one step.
    Replace,
    /// It stays, and writing fails.
    Keep,
}

/// Whether the bytes must have reached the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// They survive a power cut right afterwards.
    Synced,
    /// The system may write them when it likes.
    Eventual,
}

/// Writes `bytes` to the file at `path`, durably, in place of what was there.
///
/// # Errors
///
/// Fails when the folder does not exist, is full or may not be written to; nothing has changed
/// then.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteFileError> {
    write_with(path, bytes, Existing::Replace, Durability::Synced).map(drop)
}

/// Writes `bytes` to the file at `path`.
///
/// The bytes go to a new file beside it, which then takes its name. A link is followed, and the
/// permissions of a file that is replaced are kept. Returns what the system tells of the new file,
/// which by then may have been replaced in turn.
///
/// # Errors
///
/// As [`write()`]; also when the file exists and is to be kept.
pub fn write_with(
    path: &Path,
    bytes: &[u8],
    existing: Existing,
    durability: Durability,
) -> Result<Metadata, WriteFileError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_is_new| path.to_owned());
    write_beside(&target, bytes, existing, durability).map_err(|source| WriteFileError {
        path: path.to_owned(),
        source,
    })
}

fn write_beside(
    target: &Path,
    bytes: &[u8],
    existing: Existing,
    durability: Durability,
) -> io::Result<Metadata> {
    let folder = folder_of(target);
    let mut file = temporary(target)?;
    if let Ok(metadata) = fs::metadata(target) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.write_all(bytes)?;
    if durability == Durability::Synced {
        file.as_file().sync_all()?;
    }
    let file = match existing {
        Existing::Replace => file.persist(target)?,
        Existing::Keep => file.persist_noclobber(target)?,
    };
    if durability == Durability::Synced {
        sync_folder(folder);
    }
    file.metadata()
}

/// The folder a file lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// An empty file beside `target` that goes away unless it takes its name.
pub(super) fn temporary(target: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let prefix = leftover_prefix(target);
    builder.prefix(&prefix).suffix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: others of a shared folder read it too. The user's mask applies.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(target))
}

fn leftover_prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default();
    format!(".{}.", name.to_string_lossy())
}

/// Makes the new name itself survive a power cut. Not every system can, and the file is whole
/// either way.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Err(error) = File::open(folder).and_then(|folder| folder.sync_all())
    {
        tracing::debug!(%error, folder = %folder.display(), "the folder could not be synced");
    }
}

/// Takes away what killed processes left beside `path` while writing it, once it is old.
pub(super) fn remove_leftovers(path: &Path, now: SystemTime) {
    let prefix = leftover_prefix(path);
    let Ok(entries) = fs::read_dir(folder_of(path)) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_old = || {
            let modified = entry.metadata().and_then(|metadata| metadata.modified());
            modified.is_ok_and(|at| now.duration_since(at).is_ok_and(|age| LEFTOVER_AGE < age))
        };
        if name.starts_with(&prefix) && name.ends_with(TEMPORARY) && is_old() {
            remove_quietly(&entry.path());
        }
    }
}

/// Removes a file that nobody needs; that it stays is no harm.
pub(super) fn remove_quietly(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::debug!(%error, path = %path.display(), "a file could not be removed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("there is a temporary folder")
    }

    #[test]
    fn a_file_takes_the_place_of_the_old_one_and_nothing_is_left_beside_it() {
        let folder = folder();
        let path = folder.path().join("list.csv");
        write(&path, b"old").expect("the folder can be written to");
        write(&path, b"new").expect("the folder can be written to");
        assert_eq!(fs::read(&path).expect("it was written"), b"new");
        assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
    }

    #[test]
    fn a_file_that_is_to_be_kept_is_kept() {
        let folder = folder();
        let path = folder.path().join("list.csv");
        write(&path, b"old").expect("the folder can be written to");
        let error = write_with(&path, b"new", Existing::Keep, Durability::Synced);
        let error = error.expect_err("the file is there");
        assert_eq!(error.source.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).expect("it was written"), b"old");
    }

    #[test]
    fn a_folder_that_is_gone_is_named() {
        let folder = folder();
        let path = folder.path().join("gone").join("list.csv");
        let error = write(&path, b"new").expect_err("there is no such folder");
        let text = error.to_string();
        assert!(text.contains("its folder is not there"), "{text}");
        assert!(text.ends_with("list.csv"), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed() {
        let folder = folder();
        let (path, link) = (folder.path().join("a"), folder.path().join("b"));
        write(&path, b"old").expect("the folder can be written to");
        std::os::unix::fs::symlink(&path, &link).expect("links can be made");
        write(&link, b"new").expect("the folder can be written to");
        assert_eq!(fs::read(&path).expect("it was written"), b"new");
        assert!(link.is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_kept() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let path = folder.path().join("a");
        write(&path, b"old").expect("the folder can be written to");
        let mode = fs::Permissions::from_mode(0o640);
        fs::set_permissions(&path, mode).expect("the file is ours");
        write(&path, b"new").expect("the folder can be written to");
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[test]
    fn what_a_killed_process_left_is_taken_away_when_it_is_old() {
        let folder = folder();
        let path = folder.path().join("a");
        let left = folder.path().join(".a.x1y2z3.part");
        fs::write(&left, b"half").expect("the folder can be written to");
        remove_leftovers(&path, SystemTime::now());
        assert!(left.exists(), "it may still be being written");
        remove_leftovers(&path, SystemTime::now() + LEFTOVER_AGE * 2);
        assert!(!left.exists());
    }
}
