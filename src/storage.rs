//! What is kept on disk: the show's file, its good copies and recovery journal, the cache.
//!
//! [`ShowFile`] is a show that is open. The window commits transactions to it and never waits:
//! every change goes to the `save` thread at once, which first puts it into the recovery journal
//! and, when [`Autosave`] says so, brings document and file together: read what is on disk, merge,
//! write a new file beside it, sync, rename. What others have changed comes back as a transaction.
//!
//! What must not exist: a write to a show's file that does not go through [`atomic`]; a file that
//! is replaced unread; a thread other than `save` that waits for a disk on the window's behalf.

pub mod atomic;
mod autosave;
mod backups;
mod cache;
mod disk;
mod document;
mod journal;
pub mod media_path;
mod merging;
mod opening;
mod places;
mod reasons;
mod saver;
mod show_file;
mod stamp;

pub use atomic::WriteFileError;
pub use autosave::{AFTER_LAST_EDIT, AT_LATEST, Autosave, FIRST_RETRY, LAST_RETRY};
pub use cache::{Cache, CacheKey};
pub use disk::SaveError;
pub use document::{Clash, Document, LoadError, LogEntry, Merged, NotTheSameShow, Who, WriteError};
pub use merging::{MergeError, MergeReport, merge};
pub use opening::{Damaged, OpenError, Recovery, Setup};
pub use saver::{Wake, Watch};
pub use show_file::{Opened, SaveState, ShowFile};
