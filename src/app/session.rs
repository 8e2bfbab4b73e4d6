//! The open show: its values, its history, its file. The one door through which it is changed.

use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Instant;

use crate::model::EditError;
use crate::model::History;
use crate::model::Show;
use crate::model::Transaction;
use crate::model::Undone;

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
    path: Option<PathBuf>,
    revision: Revision,
    /// The revision at which the pool last changed.
    pool_revision: Revision,
    /// Tells this session from others opened before it.
    number: u64,
}

impl Session {
    /// A show that lies in no file.
    pub(super) fn unsaved(show: Show) -> Self {
        Self {
            show,
            history: History::default(),
            path: None,
            revision: Revision(1),
            pool_revision: Revision(1),
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// The show.
    pub fn show(&self) -> &Show {
        &self.show
    }

    /// Tells this session from others opened before it.
    pub(super) fn number(&self) -> u64 {
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

    /// The show's file.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
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
    ) -> Result<(), EditError> {
        if transaction.is_empty() {
            return Ok(());
        }
        self.history.commit(&mut self.show, transaction, flow)?;
        self.changed(transaction, now);
        Ok(())
    }

    /// Makes a change that is nobody's doing and so can't be undone: what was measured.
    pub(super) fn record(
        &mut self,
        transaction: &Transaction,
        now: Instant,
    ) -> Result<(), EditError> {
        self.show.apply_all(&transaction.edits)?;
        self.changed(transaction, now);
        Ok(())
    }

    pub(super) fn undo(&mut self, now: Instant) -> Option<Undone> {
        let undone = self.history.undo(&mut self.show)?;
        self.changed(&undone.transaction, now);
        Some(undone)
    }

    pub(super) fn redo(&mut self, now: Instant) -> Option<Undone> {
        let redone = self.history.redo(&mut self.show)?;
        self.changed(&redone.transaction, now);
        Some(redone)
    }

    /// Notes what has changed, and passes it on to the file.
    fn changed(&mut self, transaction: &Transaction, _now: Instant) {
        use crate::model::Edit;

        self.revision.0 += 1;
        let touches_pool = |edit: &Edit| matches!(edit, Edit::Track(..) | Edit::Person(..));
        if transaction.edits.iter().any(touches_pool) {
            self.pool_revision = self.revision;
        }
    }
}
