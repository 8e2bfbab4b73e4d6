//! Where the things that belong to a show's file are kept in the user's data folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::atomic::folder_of;

/// The places of one show's file.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// The show's file.
    pub(super) file: PathBuf,
    /// Where the journals of all shows are.
    pub(super) journals: PathBuf,
    /// Where the good copies of this show are.
    pub(super) backups: PathBuf,
    /// What tells this file from all others in names of files.
    pub(super) key: String,
}

impl Places {
    /// Those of the show at `file`, in the data folder `keep`.
    pub(super) fn new(file: &Path, keep: &Path) -> Self {
        let file = absolute(file);
        let hash = blake3::hash(file.as_os_str().as_encoded_bytes());
        let key = hash.to_hex().chars().take(24).collect::<String>();
        Self {
            journals: keep.join("recovery"),
            backups: keep.join("backups").join(&key),
            key,
            file,
        }
    }
}

/// The path by which the file is known, whichever way one came to it: links are followed, and the
/// file itself need not exist.
fn absolute(path: &Path) -> PathBuf {
    if let Ok(found) = fs::canonicalize(path) {
        return found;
    }
    let folder = folder_of(path);
    let folder = fs::canonicalize(folder)
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned());
    folder.join(path.file_name().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_same_places_by_whichever_way_one_came_to_it() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let direct = Places::new(&folder.path().join("a"), folder.path());
        let round = Places::new(&folder.path().join(".").join("a"), folder.path());
        assert_eq!(direct.key, round.key);
        let other = Places::new(&folder.path().join("b"), folder.path());
        assert_ne!(direct.key, other.key);
    }

    #[test]
    fn a_file_keeps_its_places_when_it_comes_to_be() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let path = folder.path().join("a");
        let before = Places::new(&path, folder.path());
        fs::write(&path, b"show").expect("the folder can be written to");
        assert_eq!(before.key, Places::new(&path, folder.path()).key);
    }
}
