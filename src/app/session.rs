//! The open show: its values, its history, its file. The one door through which it is changed.

use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Instant;

use crate::model::Edit;
use crate::model::EditError;
use crate::model::History;
use crate::model::Moment;
use crate::model::Show;
use crate::model::Transaction;
use crate::model::Undone;
use crate::storage::Opened;
use crate::storage::SaveError;
use crate::storage::SaveState;
use crate::storage::ShowFile;
use crate::storage::WriteError;

/// How many times something has changed; a cache made at one revision is good for as long as the
/// revision is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u64);

/// The number of the next session.
static NUMBER: AtomicU64 = AtomicU64::new(1);

/// The open show.
pub struct Session {
    show: Show,
    history: History,
    file: ShowFile,
    revision: Revision,
    /// The revision at which the pool last changed.
    pool_revision: Revision,
    /// The revision at which an episode, or something in one, last changed.
    episodes_revision: Revision,
    /// The revision at which a list last changed.
    lists_revision: Revision,
    /// Tells this session from others opened before it.
    number: u64,
    calendar: fn() -> Moment,
}

/// Why a change was not made. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommitError {
    /// It does not fit the show.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// It does not fit the show's file.
    #[error(transparent)]
    File(#[from] WriteError),
}

impl Session {
    /// A session of a show that was just opened.
    pub(super) fn new(opened: Opened, calendar: fn() -> Moment) -> Self {
        Self {
            show: opened.show,
            history: History::default(),
            file: opened.file,
            revision: Revision(1),
            pool_revision: Revision(1),
            episodes_revision: Revision(1),
            lists_revision: Revision(1),
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            calendar,
        }
    }

    /// The show.
    pub fn show(&self) -> &Show {
        &self.show
    }

    /// Tells this session from others opened before it.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How many times the show has changed.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// At which revision the pool last changed.
    pub fn pool_revision(&self) -> Revision {
        self.pool_revision
    }

    /// At which revision an episode, or something in one, last changed.
    pub fn episodes_revision(&self) -> Revision {
        self.episodes_revision
    }

    /// At which revision a list last changed.
    pub fn lists_revision(&self) -> Revision {
        self.lists_revision
    }

    /// The show's file.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Where saving stands.
    pub fn save_state(&self) -> SaveState {
        self.file.state()
    }

    /// When the file will be written, if nothing else happens.
    pub fn save_due_at(&self) -> Option<Instant> {
        self.file.due_at()
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// Makes a change that can be undone. Changes of one `flow` that follow each other become one
    /// step.
    pub(super) fn commit(
        &mut self,
        transaction: &Transaction,
        flow: Option<u64>,
        now: Instant,
    ) -> Result<(), CommitError> {
        if transaction.is_empty() {
            return Ok(());
        }
        self.history.commit(&mut self.show, transaction, flow)?;
        self.keep(transaction, now)
    }

    /// Makes a change that is nobody's doing and so can't be undone: what was measured.
    pub(super) fn record(
        &mut self,
        transaction: &Transaction,
        now: Instant,
    ) -> Result<(), CommitError> {
        self.show.apply_all(&transaction.edits)?;
        self.keep(transaction, now)
    }

    pub(super) fn undo(&mut self, now: Instant) -> Option<Result<Undone, CommitError>> {
        let undone = self.history.undo(&mut self.show)?;
        Some(self.keep(&undone.transaction, now).map(|()| undone))
    }

    pub(super) fn redo(&mut self, now: Instant) -> Option<Result<Undone, CommitError>> {
        let redone = self.history.redo(&mut self.show)?;
        Some(self.keep(&redone.transaction, now).map(|()| redone))
    }

    /// Saves at once instead of in a moment.
    pub(super) fn save(&mut self) {
        self.file.save_now();
    }

    /// Nothing is saved while a gesture is under way.
    pub(super) fn begin_gesture(&mut self) {
        self.file.begin_gesture();
    }

    /// The gesture has ended.
    pub(super) fn end_gesture(&mut self) {
        self.file.end_gesture();
    }

    /// Saves when it is time. Returns what others have changed, already made.
    pub(super) fn tick(&mut self, now: Instant) -> Option<Transaction> {
        self.file.tick(now);
        let remote = self.file.take_remote(&self.show)?;
        match self.show.apply_all(&remote.edits) {
            Ok(_) => {
                self.note_change(&remote);
                Some(remote)
            }
            Err(error) => {
                tracing::error!("what others have changed does not fit: {error}");
                None
            }
        }
    }

    /// Where something was put that lay in place of the show's file and was no copy of it.
    pub(super) fn take_kept_aside(&mut self) -> Option<std::path::PathBuf> {
        self.file.take_kept_aside()
    }

    /// Saves what is not saved and closes the file.
    pub(super) fn close(self) -> Result<(), SaveError> {
        self.file.close()
    }

    /// Passes a change that was made on to the file.
    fn keep(&mut self, transaction: &Transaction, now: Instant) -> Result<(), CommitError> {
        self.note_change(transaction);
        Ok(self.file.commit(transaction, now, (self.calendar)())?)
    }

    fn note_change(&mut self, transaction: &Transaction) {
        self.revision.0 += 1;
        for edit in &transaction.edits {
            match edit {
                Edit::Track(..) | Edit::Person(..) => self.pool_revision = self.revision,
                Edit::List(..) => self.lists_revision = self.revision,
                Edit::Show(_) => {}
                Edit::Episode(..)
                | Edit::Cut(..)
                | Edit::Scene(..)
                | Edit::Marker(..)
                | Edit::Slot(..)
                | Edit::Alternate(..) => self.episodes_revision = self.revision,
            }
        }
    }
}
