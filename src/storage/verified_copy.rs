//! Copies of sound files that are known to be whole: what was read is the file that was meant, and
//! what was written is what was read.

use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use super::atomic::{folder_of, temporary};
use super::reasons::not_written;
use crate::media;
use crate::media::ContentHash;
use crate::media::OpenError;

/// How much is copied between two questions whether to go on.
const BLOCK: usize = 1024 * 1024;

/// Why a file was not copied. Nothing lies at its place then that was not there before.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// It was called off.
    #[error("it was called off")]
    Cancelled,
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unread(io::Error),
    /// It is no longer the file that the show knows.
    #[error("it is not the file that the show knows")]
    Changed,
    /// Another file has its place.
    #[error("another file is in its place")]
    Taken,
    /// The copy cannot be written.
    #[error("its copy was not written, because {}", not_written(.0))]
    Unwritten(io::Error),
    /// What was written reads differently: the drive cannot be trusted.
    #[error("its copy reads differently from what was written")]
    Corrupt,
}

/// Copies the file at `from`, whose content hash in hexadecimal is `hash`, to `to`; folders are
/// made as needed. The copy takes its name once it has been read back and found whole. `go_on` is
/// told how many bytes have been copied since it was last asked.
///
/// # Errors
///
/// See [`CopyError`].
pub fn copy_verified(
    from: &Path,
    to: &Path,
    hash: &str,
    go_on: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(), CopyError> {
    fs::create_dir_all(folder_of(to)).map_err(CopyError::Unwritten)?;
    let mut source = File::open(from).map_err(CopyError::Unread)?;
    let mut copy = temporary(to).map_err(CopyError::Unwritten)?;
    let mut hasher = blake3::Hasher::new();
    let mut block = vec![0; BLOCK];
    loop {
        let n = match source.read(&mut block) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(CopyError::Unread(error)),
        };
        hasher.update(&block[..n]);
        copy.write_all(&block[..n]).map_err(CopyError::Unwritten)?;
        if go_on(n as u64).is_break() {
            return Err(CopyError::Cancelled);
        }
    }
    if hasher.finalize().to_hex().as_str() != hash {
        return Err(CopyError::Changed);
    }
    copy.as_file().sync_all().map_err(CopyError::Unwritten)?;
    match holds(copy.path(), hash, &mut |_| go_on(0)) {
        Ok(Some(true)) => {}
        Ok(Some(false)) | Err(_) => return Err(CopyError::Corrupt),
        Ok(None) => return Err(CopyError::Cancelled),
    }
    copy.persist_noclobber(to).map_err(|error| {
        if error.error.kind() == io::ErrorKind::AlreadyExists {
            CopyError::Taken
        } else {
            CopyError::Unwritten(error.error)
        }
    })?;
    Ok(())
}

/// Whether the file at `path` has this content hash; nothing where finding out was called off.
///
/// # Errors
///
/// Fails when it cannot be read, or is empty.
pub fn holds(
    path: &Path,
    hash: &str,
    go_on: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Option<bool>, OpenError> {
    let found: Option<ContentHash> = media::content_hash(path, go_on)?;
    Ok(found.map(|found| found.to_string() == hash))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A folder with a file in it, and where a copy of it is to be.
    fn stand() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let (from, to) = (folder.path().join("a.wav"), folder.path().join("M/A/b.wav"));
        fs::write(&from, vec![7; 3 * BLOCK]).expect("it can be written to");
        (folder, from, to)
    }

    fn hash(path: &Path) -> String {
        let bytes = fs::read(path).expect("it is there");
        blake3::hash(&bytes).to_hex().to_string()
    }

    fn copy(from: &Path, to: &Path, hash: &str) -> Result<(), CopyError> {
        copy_verified(from, to, hash, &mut |_| ControlFlow::Continue(()))
    }

    fn files_in(folder: &Path) -> usize {
        fs::read_dir(folder).map_or(0, Iterator::count)
    }

    #[test]
    fn a_copy_is_the_same_to_the_byte_and_the_original_stays() {
        let (_folder, from, to) = stand();
        copy(&from, &to, &hash(&from)).expect("there is room");
        assert_eq!(hash(&to), hash(&from));
        assert_eq!(files_in(to.parent().expect("it has one")), 1);
    }

    #[test]
    fn a_file_that_was_changed_is_not_copied() {
        let (_folder, from, to) = stand();
        let before = hash(&from);
        fs::write(&from, b"another").expect("it can be written to");
        assert!(matches!(copy(&from, &to, &before), Err(CopyError::Changed)));
        assert_eq!(files_in(to.parent().expect("it has one")), 0);
    }

    #[test]
    fn what_lies_in_its_place_is_left_alone() {
        let (_folder, from, to) = stand();
        fs::create_dir_all(to.parent().expect("it has one")).expect("there is room");
        fs::write(&to, b"mine").expect("it can be written to");
        let copied = copy(&from, &to, &hash(&from));
        assert!(matches!(copied, Err(CopyError::Taken)));
        assert_eq!(fs::read(&to).expect("it is there"), b"mine");
    }

    #[test]
    fn what_is_called_off_leaves_nothing_behind() {
        let (_folder, from, to) = stand();
        let copied = copy_verified(&from, &to, &hash(&from), &mut |_| ControlFlow::Break(()));
        assert!(matches!(copied, Err(CopyError::Cancelled)));
        assert_eq!(files_in(to.parent().expect("it has one")), 0);
    }
}
