//! Good copies of a show, in the user's data folder: what a damaged file is replaced from.
//!
//! They are kept away from the show, so that a shared folder stays tidy, a synced drive does not
//! carry every save twice, and a folder that vanishes does not take them along. The newest is
//! always what was saved last; older ones are ten minutes apart.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::atomic::{Durability, Existing, WriteFileError, remove_quietly, write_with};

/// How many older copies are kept besides the newest.
const MAX_OLDER: usize = 12;
const SPACING: Duration = Duration::from_mins(10);
const NEWEST: &str = "newest.needledrop";
const EXTENSION: &str = ".needledrop";

/// The good copies of one show.
#[derive(Clone, Debug)]
pub(super) struct Backups {
    folder: PathBuf,
}

impl Backups {
    /// Those in `folder`, which need not exist yet.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether `bytes` are the newest copy.
    pub(super) fn has_newest(&self, bytes: &[u8]) -> bool {
        fs::read(self.folder.join(NEWEST)).is_ok_and(|newest| newest == bytes)
    }

    /// Keeps `bytes`, which were just saved, as the newest copy.
    pub(super) fn keep(&self, bytes: &[u8], now: SystemTime) -> Result<(), WriteFileError> {
        let newest = self.folder.join(NEWEST);
        let tell = |source: io::Error| WriteFileError {
            path: newest.clone(),
            source,
        };
        fs::create_dir_all(&self.folder).map_err(tell)?;
        let older = self.older();
        let at = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let is_apart = older
            .last()
            .is_none_or(|(last, _)| last + SPACING.as_secs() <= at);
        if is_apart && newest.exists() {
            let name = format!("{at:012}{EXTENSION}");
            fs::rename(&newest, self.folder.join(name)).map_err(tell)?;
            for (_, path) in older.iter().rev().skip(MAX_OLDER - 1) {
                remove_quietly(path);
            }
        }
        write_with(&newest, bytes, Existing::Replace, Durability::Eventual).map(drop)
    }

    /// The copies, newest first.
    pub(super) fn newest_first(&self) -> Vec<PathBuf> {
        let older = self.older().into_iter().rev().map(|(_, path)| path);
        let newest = Some(self.folder.join(NEWEST)).filter(|path| path.exists());
        newest.into_iter().chain(older).collect()
    }

    /// The older copies with the second at which each was put away, oldest first.
    fn older(&self) -> Vec<(u64, PathBuf)> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut found: Vec<_> = entries
            .flatten()
            .filter_map(|entry| Some((second_of(&entry.path())?, entry.path())))
            .collect();
        found.sort();
        found
    }
}

fn second_of(path: &Path) -> Option<u64> {
    path.file_name()?
        .to_str()?
        .strip_suffix(EXTENSION)?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(backups: &Backups, bytes: &[u8], minute: u64) {
        let now = UNIX_EPOCH + Duration::from_secs(1_795_305_600 + minute * 60);
        backups
            .keep(bytes, now)
            .expect("the folder can be written to");
    }

    fn contents(backups: &Backups) -> Vec<Vec<u8>> {
        let paths = backups.newest_first().into_iter();
        paths
            .map(|path| fs::read(path).expect("it is there"))
            .collect()
    }

    fn backups() -> (tempfile::TempDir, Backups) {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let backups = Backups::new(folder.path().join("key"));
        (folder, backups)
    }

    #[test]
    fn the_newest_copy_is_what_was_saved_last() {
        let (_folder, backups) = backups();
        keep(&backups, b"a", 0);
        keep(&backups, b"b", 1);
        keep(&backups, b"c", 2);
        assert_eq!(contents(&backups), [b"c", b"a"]);
        assert!(backups.has_newest(b"c"));
    }

    #[test]
    fn older_copies_are_ten_minutes_apart() {
        let (_folder, backups) = backups();
        for minute in 0..25 {
            keep(&backups, &[minute], u64::from(minute));
        }
        assert_eq!(contents(&backups), [[24], [20], [10], [0]]);
    }

    #[test]
    fn only_so_many_older_copies_are_kept() {
        let (_folder, backups) = backups();
        for hour in 0..40_u8 {
            keep(&backups, &[hour], u64::from(hour) * 60);
        }
        assert_eq!(backups.newest_first().len(), MAX_OLDER + 1);
        assert_eq!(contents(&backups).first(), Some(&vec![39]));
    }
}
