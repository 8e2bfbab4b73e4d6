//! A show that is open: its document, its file, and everything that keeps the two the same.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::atomic::{Durability, Existing, write_with};
use super::autosave::Autosave;
use super::disk::{Disk, Known, SaveError};
use super::document::{Document, LogEntry, WriteError};
use super::opening;
use super::opening::{OpenError, Recovery, Setup};
use super::places::Places;
use super::saver::Saver;
use super::stamp::Stamp;
use crate::model::Moment;
use crate::model::Show;
use crate::model::Transaction;

/// Where saving stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// The file holds everything.
    Saved,
    /// Something is not in the file yet.
    Unsaved,
    /// The file is being written.
    Saving,
    /// The file could not be written, for this reason; it is tried again.
    Failed(String),
}

/// A show that is open.
pub struct ShowFile {
    path: PathBuf,
    document: Document,
    saver: Saver,
    autosave: Autosave,
    failure: Option<String>,
    kept_aside: Option<PathBuf>,
    /// How many changes were handed to the saver.
    n_sent: u64,
    /// How many of them must be in the file for the save under way to be done.
    n_wanted: u64,
    n_kept: u64,
}

impl fmt::Debug for ShowFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShowFile")
            .field("path", &self.path)
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}

/// What opening a show gives.
#[derive(Debug)]
pub struct Opened {
    /// The open show.
    pub file: ShowFile,
    /// What it holds.
    pub show: Show,
    /// What had to be done.
    pub recovery: Recovery,
}

impl ShowFile {
    /// Makes a new file at `path` that holds `show`.
    ///
    /// # Errors
    ///
    /// Fails when there is a file already, or when it cannot be written.
    pub fn create(path: &Path, show: &Show, setup: &Setup, at: Moment) -> Result<Self, OpenError> {
        let document = Document::new(show, &setup.who, at);
        let bytes = document.save();
        let written = write_with(path, &bytes, Existing::Keep, Durability::Synced)?;
        let known = Known {
            stamp: Some(Stamp::from(&written)),
            heads: document.heads(),
            bytes: Some(bytes),
        };
        let places = Places::new(path, &setup.keep);
        let disk = Disk::new(places, document.clone(), known, Vec::new());
        Self::start(path, document, disk, setup)
    }

    /// Opens the show at `path`: with what a killed session left in its journal, and from the
    /// newest good copy when the file is damaged.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read, is not a show, or is damaged beyond help.
    pub fn open(path: &Path, setup: &Setup) -> Result<Opened, OpenError> {
        let found = opening::read(path, setup)?;
        let show = found.document.show();
        let is_saved = found.disk.is_saved();
        let file = Self::start(path, found.document, found.disk, setup)?;
        if !is_saved {
            file.saver.save();
        }
        Ok(Opened {
            file,
            show,
            recovery: found.recovery,
        })
    }

    fn start(
        path: &Path,
        document: Document,
        disk: Disk,
        setup: &Setup,
    ) -> Result<Self, OpenError> {
        let saver = Saver::start(disk, setup.watch, setup.wake.clone());
        Ok(Self {
            path: path.to_owned(),
            document,
            saver: saver.map_err(OpenError::Thread)?,
            autosave: Autosave::new(),
            failure: None,
            kept_aside: None,
            n_sent: 0,
            n_wanted: 0,
            n_kept: 0,
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Who changed what and when, from the beginning.
    pub fn log(&self) -> Vec<LogEntry> {
        self.document.log()
    }

    /// Whether the file was made by a version that knows more than this one.
    pub fn is_newer(&self) -> bool {
        self.document.is_newer()
    }

    /// The show as bytes of a file, for a copy of it.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.document.save()
    }

    /// Takes a transaction that was applied to the model into the document, and sends it on its
    /// way to the disk. Waits for nothing.
    ///
    /// # Errors
    ///
    /// If one of the edits does not fit, nothing has changed.
    pub fn commit(
        &mut self,
        transaction: &Transaction,
        now: Instant,
        at: Moment,
    ) -> Result<(), WriteError> {
        if let Some(change) = self.document.commit_change(transaction, at)? {
            self.saver.keep(change);
            self.n_sent += 1;
            self.autosave.edited(now);
        }
        Ok(())
    }

    /// A gesture has begun: nothing is saved before it ends.
    pub fn begin_gesture(&mut self) {
        self.autosave.begin_gesture();
    }

    /// A gesture has ended.
    pub fn end_gesture(&mut self) {
        self.autosave.end_gesture();
    }

    /// Takes in what the save thread has to tell, and saves when it is time. To be called once a
    /// frame, after a wake, and at [`ShowFile::due_at`].
    pub fn tick(&mut self, now: Instant) {
        let outcome = self.saver.take_outcome();
        self.n_kept = outcome.n_kept;
        self.kept_aside = outcome.kept_aside.or(self.kept_aside.take());
        if !outcome.arrived.is_empty() {
            self.document.receive(outcome.arrived);
        }
        match outcome.saved {
            None => {}
            Some(Ok(())) => {
                self.failure = None;
                if self.n_wanted <= outcome.n_saved {
                    self.autosave.saved();
                }
            }
            Some(Err(error)) => {
                self.failure = Some(error.to_string());
                self.autosave.failed(now);
            }
        }
        if self.autosave.is_due(now) {
            self.save_now();
        }
    }

    /// When the file will be written, if nothing else happens.
    pub fn due_at(&self) -> Option<Instant> {
        self.autosave.due_at()
    }

    /// Writes the file without waiting for the right moment; it is done on the save thread.
    pub fn save_now(&mut self) {
        self.n_wanted = self.n_sent;
        self.autosave.saving();
        self.saver.save();
    }

    /// Where saving stands, as of the last tick.
    pub fn state(&self) -> SaveState {
        match &self.failure {
            _ if self.autosave.is_saving() => SaveState::Saving,
            Some(failure) => SaveState::Failed(failure.clone()),
            None if self.autosave.is_unsaved() => SaveState::Unsaved,
            None => SaveState::Saved,
        }
    }

    /// How many changes of this session are safe on disk, as of the last tick: in the file, or in
    /// the recovery journal.
    pub fn n_kept(&self) -> u64 {
        self.n_kept
    }

    /// Where something was put that lay in place of the show's file and was no copy of it; told
    /// once.
    pub fn take_kept_aside(&mut self) -> Option<PathBuf> {
        self.kept_aside.take()
    }

    /// What others have changed since the last call, as edits that bring `show` up to date,
    /// labelled with who did it. They are in the document already: they are to be applied to the
    /// model and not committed again.
    pub fn take_remote(&mut self, show: &Show) -> Option<Transaction> {
        self.document.take_arrived(show)
    }

    /// Saves what is not saved and closes the file. Waits for the disk.
    ///
    /// # Errors
    ///
    /// Fails when the file could not be written; what it lacks is then in the recovery journal and
    /// is there again when the show is next opened.
    pub fn close(mut self) -> Result<(), SaveError> {
        self.saver.close().saved.unwrap_or(Ok(()))
    }
}
