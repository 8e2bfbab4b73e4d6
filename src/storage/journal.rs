//! The recovery journal: every change is in a file of the user's data folder as soon as it was
//! made, until the show's file holds it.
//!
//! A journal belongs to one session and is locked while that lives. One that is not locked was
//! left by a session that was killed; the next to open the show takes its changes over.

use std::fs;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::atomic::remove_quietly;

const MAGIC: &str = "needledrop journal 1";
const EXTENSION: &str = "changes";

/// The journal of this session.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    header: String,
    /// Nothing is on disk before the first change.
    file: Option<File>,
    /// How long it is with what is whole in it.
    length: u64,
}

impl Journal {
    /// A journal in `folder` for the show `show_id` whose file is called `key`.
    pub(super) fn new(folder: &Path, key: &str, show_id: &str) -> Self {
        let name = format!("{key}-{}.{EXTENSION}", Uuid::new_v4().simple());
        let header = format!("{MAGIC}\n{show_id}\n");
        Self {
            path: folder.join(name),
            length: header.len() as u64,
            header,
            file: None,
        }
    }

    /// Adds changes; they survive a power cut when this returns. If it fails, the journal is as it
    /// was.
    pub(super) fn append(&mut self, changes: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(create(&self.path, &self.header)?),
        };
        if let Err(error) = file.write_all(changes).and_then(|()| file.sync_data()) {
            cut(file, self.length)?;
            return Err(error);
        }
        self.length += changes.len() as u64;
        Ok(())
    }

    /// The show's file holds everything: nothing needs to be recovered.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        let empty = self.header.len() as u64;
        if let Some(file) = &mut self.file
            && empty < self.length
        {
            cut(file, empty)?;
            self.length = empty;
        }
        Ok(())
    }
}

fn create(path: &Path, header: &str) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .read(true)
        .write(true)
        .open(path)?;
    if let Err(error) = file.lock() {
        tracing::debug!(%error, "the recovery journal could not be locked");
    }
    file.write_all(header.as_bytes())?;
    Ok(file)
}

fn cut(file: &mut File, length: u64) -> io::Result<()> {
    file.set_len(length)?;
    file.seek(SeekFrom::Start(length))?;
    Ok(())
}

impl Drop for Journal {
    fn drop(&mut self) {
        if let Some(file) = self.file.take()
            && self.length == self.header.len() as u64
        {
            drop(file);
            remove_quietly(&self.path);
        }
    }
}

/// A journal that a killed session left.
#[derive(Debug)]
pub(super) struct LeftJournal {
    path: PathBuf,
    /// Held, so that no other session takes it over as well.
    _lock: File,
    /// The changes in it; the last may be cut short.
    pub(super) changes: Vec<u8>,
}

impl LeftJournal {
    /// The journals that were left in `folder` for the show `show_id` whose file is called `key`.
    pub(super) fn find(folder: &Path, key: &str, show_id: &str) -> Vec<Self> {
        let Ok(entries) = fs::read_dir(folder) else {
            return Vec::new();
        };
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&format!("{key}-")) && name.ends_with(EXTENSION)
        });
        paths.sort();
        let found = paths.into_iter().map(|path| Self::read(path, show_id));
        found.filter_map(Result::ok).flatten().collect()
    }

    fn read(path: PathBuf, show_id: &str) -> io::Result<Option<Self>> {
        let mut file = File::open(&path)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let header = format!("{MAGIC}\n{show_id}\n");
        let changes = bytes.strip_prefix(header.as_bytes()).map(<[u8]>::to_vec);
        Ok(changes.map(|changes| Self {
            path,
            _lock: file,
            changes,
        }))
    }

    /// Its changes are in the show's file: it is no longer needed.
    pub(super) fn remove(self) {
        remove_quietly(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(folder: &Path) -> Vec<Vec<u8>> {
        let found = LeftJournal::find(folder, "key", "show");
        found.into_iter().map(|journal| journal.changes).collect()
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("there is a temporary folder")
    }

    #[test]
    fn the_journal_of_a_living_session_is_left_alone() {
        let folder = folder();
        let mut journal = Journal::new(folder.path(), "key", "show");
        journal
            .append(b"change")
            .expect("the folder can be written to");
        assert_eq!(left(folder.path()), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn the_journal_of_a_session_that_ended_unsaved_is_found() {
        let folder = folder();
        let mut journal = Journal::new(folder.path(), "key", "show");
        journal
            .append(b"one ")
            .expect("the folder can be written to");
        journal
            .append(b"two")
            .expect("the folder can be written to");
        drop(journal);
        assert_eq!(left(folder.path()), [b"one two"]);
    }

    #[test]
    fn a_journal_of_another_show_is_left_alone() {
        let folder = folder();
        let mut journal = Journal::new(folder.path(), "key", "other");
        journal
            .append(b"change")
            .expect("the folder can be written to");
        drop(journal);
        assert_eq!(left(folder.path()), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn a_session_that_ended_saved_leaves_nothing() {
        let folder = folder();
        let mut journal = Journal::new(folder.path(), "key", "show");
        journal
            .append(b"change")
            .expect("the folder can be written to");
        journal.clear().expect("the folder can be written to");
        drop(journal);
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 0);
    }

    #[test]
    fn a_change_made_after_saving_is_kept_alone() {
        let folder = folder();
        let mut journal = Journal::new(folder.path(), "key", "show");
        journal
            .append(b"saved")
            .expect("the folder can be written to");
        journal.clear().expect("the folder can be written to");
        journal
            .append(b"new")
            .expect("the folder can be written to");
        drop(journal);
        assert_eq!(left(folder.path()), [b"new"]);
    }
}
