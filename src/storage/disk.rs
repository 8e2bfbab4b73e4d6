//! Bringing the document and the show's file together: read what is on disk, merge, write.
//!
//! All of it happens on the `save` thread. It holds a copy of the document of its own, which the
//! changes made in the window are sent to, so nothing here ever keeps the window waiting.

use std::fs;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use automerge::ChangeHash;

use super::atomic;
use super::atomic::{Durability, Existing, WriteFileError, write_with};
use super::backups::Backups;
use super::document::{Change, Document};
use super::journal::{Journal, LeftJournal};
use super::places::Places;
use super::reasons::not_read;
use super::stamp::Stamp;

/// Why a show could not be saved. Everything that was edited is still there, in the window and in
/// the recovery journal, and saving is tried again.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// What is on disk could not be read, so it must not be replaced.
    #[error("the show was not saved, because what is on disk cannot be read, because {}: {}",
        not_read(source), .path.display())]
    Unreadable {
        /// The show's file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file was changed into something that is no copy of this show. It may be half copied; if
    /// it is still so the next time, it is kept aside and the show is saved in its place.
    #[error("the show was not saved, because its file was changed into something else: {}", .path.display())]
    Foreign {
        /// The show's file.
        path: PathBuf,
    },
    /// The file could not be written.
    #[error("the show was not saved: {0}")]
    Write(#[from] WriteFileError),
}

/// What came of bringing document and file together.
#[derive(Debug, Default)]
pub(super) struct Synced {
    /// What others had changed.
    pub(super) arrived: Vec<Change>,
    /// Where something was put that lay in place of the show's file.
    pub(super) kept_aside: Option<PathBuf>,
}

/// The document of the `save` thread, and what it knows of the disk.
#[derive(Debug)]
pub(super) struct Disk {
    places: Places,
    document: Document,
    journal: Journal,
    left: Vec<LeftJournal>,
    backups: Backups,
    /// The file when it was last read or written.
    stamp: Option<Stamp>,
    /// What the file held then.
    heads: Vec<ChangeHash>,
    /// The bytes of the file when it was opened, until they have been kept as a good copy.
    good: Option<Vec<u8>>,
    /// A file that is no copy of this show, seen once.
    suspect: Option<Stamp>,
    /// Changes that could not be put into the journal yet.
    unkept: Vec<u8>,
}

/// The show's file as it was last read or written.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Which file it was.
    pub(super) stamp: Option<Stamp>,
    /// What it held.
    pub(super) heads: Vec<ChangeHash>,
    /// Its bytes, if they are good.
    pub(super) bytes: Option<Vec<u8>>,
}

impl Disk {
    /// The disk's side of a show whose file is `known`. `left` are journals whose changes
    /// `document` has.
    pub(super) fn new(
        places: Places,
        document: Document,
        known: Known,
        left: Vec<LeftJournal>,
    ) -> Self {
        let show_id = document.show_id().unwrap_or_default();
        Self {
            journal: Journal::new(&places.journals, &places.key, &show_id),
            backups: Backups::new(places.backups.clone()),
            places,
            document,
            left,
            stamp: known.stamp,
            heads: known.heads,
            good: known.bytes,
            suspect: None,
            unkept: Vec::new(),
        }
    }

    /// What is done once, when a show was opened.
    pub(super) fn settle(&mut self) {
        if self.is_saved() {
            self.left.drain(..).for_each(LeftJournal::remove);
        }
        let now = SystemTime::now();
        atomic::remove_leftovers(&self.places.file, now);
        if let Some(bytes) = self.good.take()
            && !self.backups.has_newest(&bytes)
            && let Err(error) = self.backups.keep(&bytes, now)
        {
            tracing::warn!(%error, "no good copy could be kept");
        }
    }

    /// Takes over changes made in the window. They are in the journal when this returns.
    pub(super) fn take(&mut self, changes: Vec<Change>) -> io::Result<()> {
        for change in &changes {
            self.unkept.extend_from_slice(change.raw_bytes());
        }
        let kept = self.journal.append(&self.unkept);
        if kept.is_ok() {
            self.unkept.clear();
        }
        self.document.absorb(changes);
        kept
    }

    /// Whether the file holds everything, as far as is known.
    pub(super) fn is_saved(&self) -> bool {
        self.stamp.is_some() && self.document.heads() == self.heads
    }

    /// Whether another program has changed the file since it was last looked at.
    pub(super) fn is_changed_by_others(&self) -> bool {
        Stamp::of(&self.places.file).is_ok_and(|stamp| stamp.is_some() && stamp != self.stamp)
    }

    /// Merges what is on disk and writes what it lacks.
    pub(super) fn sync(&mut self) -> Result<Synced, SaveError> {
        let _lock = lock(&self.places.file);
        let mut synced = Synced::default();
        self.merge_file(&mut synced)?;
        if !self.is_saved() {
            self.write()?;
        }
        Ok(synced)
    }

    fn merge_file(&mut self, synced: &mut Synced) -> Result<(), SaveError> {
        let path = &self.places.file;
        let unreadable = |source| SaveError::Unreadable {
            path: path.clone(),
            source,
        };
        let stamp = Stamp::of(path).map_err(unreadable)?;
        if stamp.is_none() || stamp == self.stamp {
            self.stamp = stamp;
            return Ok(());
        }
        let bytes = fs::read(path).map_err(unreadable)?;
        let found = Document::load(&bytes).ok();
        let missing =
            found.and_then(|found| Some((self.document.missing_from(&found).ok()?, found)));
        if let Some((arrived, found)) = missing {
            self.heads = found.heads();
            self.document.absorb(arrived.clone());
            synced.arrived = arrived;
        } else if self.suspect == stamp {
            synced.kept_aside = Some(keep_aside(path)?);
            self.heads.clear();
        } else {
            self.suspect = stamp;
            return Err(SaveError::Foreign { path: path.clone() });
        }
        self.stamp = stamp;
        Ok(())
    }

    fn write(&mut self) -> Result<(), SaveError> {
        let bytes = self.document.save();
        let file = &self.places.file;
        let written = write_with(file, &bytes, Existing::Replace, Durability::Synced)?;
        // Not the stamp of whatever lies there now: another machine may have been quick.
        self.stamp = Some(Stamp::from(&written));
        self.heads = self.document.heads();
        if let Err(error) = self.backups.keep(&bytes, SystemTime::now()) {
            tracing::warn!(%error, "no good copy could be kept");
        }
        if let Err(error) = self.journal.clear() {
            tracing::warn!(%error, "the recovery journal could not be cleared");
        }
        self.unkept.clear();
        self.left.drain(..).for_each(LeftJournal::remove);
        Ok(())
    }
}

/// Keeps other programs on this and other machines from saving the same show until it is dropped,
/// where the system can. Where it cannot, or another holds it for long, saving goes on without:
/// whoever was overtaken finds the file changed and merges again.
#[cfg(unix)]
fn lock(path: &Path) -> Option<File> {
    use std::thread;
    use std::time::Duration;
    for _ in 0..40 {
        let file = OpenOptions::new().read(true).write(true).open(path).ok()?;
        match file.try_lock() {
            Ok(()) => {
                // Whoever held it may have put a new file in its place.
                let is_current = file
                    .metadata()
                    .is_ok_and(|m| Stamp::of(path).ok().flatten() == Some(Stamp::from(&m)));
                if is_current {
                    return Some(file);
                }
            }
            Err(fs::TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(25)),
            Err(fs::TryLockError::Error(_)) => return None,
        }
    }
    None
}

/// A locked file cannot be replaced on this system.
#[cfg(not(unix))]
fn lock(_path: &Path) -> Option<File> {
    None
}

/// Copies what lies at `path` to a new file beside it, whose name says that it is no good.
pub(super) fn keep_aside(path: &Path) -> Result<PathBuf, WriteFileError> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    for number in 1.. {
        let name = match number {
            1 => format!("{stem} (damaged).{extension}"),
            _ => format!("{stem} (damaged {number}).{extension}"),
        };
        let aside = path.with_file_name(name);
        match copy_to_new(path, &aside) {
            Ok(()) => return Ok(aside),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => {
                return Err(WriteFileError {
                    path: aside,
                    source,
                });
            }
        }
    }
    Ok(path.to_owned())
}

fn copy_to_new(from: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    let mut to = OpenOptions::new().write(true).create_new(true).open(to)?;
    io::copy(&mut from, &mut to)?;
    to.sync_all()
}
