//! What is kept on disk: the show's file, its good copies and recovery journal, the cache.
//!
//! [`ShowFile`] is a show that is open. The window commits transactions to it and never waits:
//! every change goes to two threads at once. `journal` puts it into the recovery journal; `save`
//! adds it to its own copy of the document and, when [`Autosave`] says so, brings document and file
//! together: read what is on disk, merge, write a new file beside it, sync, rename. What others
//! have changed comes back as a transaction.
//!
//! What must not exist: a write to a show's file that does not go through [`atomic`]; a file that
//! is replaced unread; a wait for a disk on the window's thread, but to open and to close.

pub mod atomic;
mod autosave;
mod backups;
mod cache;
mod disk;
mod document;
mod journal;
mod keeper;
pub mod media_path;
mod merging;
mod opening;
mod places;
mod reasons;
mod saver;
mod show_file;
mod stamp;
mod verified_copy;

pub use atomic::WriteFileError;
pub use autosave::{AFTER_LAST_EDIT, AT_LATEST, Autosave, FIRST_RETRY, LAST_RETRY};
pub use cache::{Cache, CacheKey};
pub use disk::SaveError;
pub use document::{Clash, Document, LoadError, LogEntry, Merged, NotTheSameShow, Who, WriteError};
pub use merging::{MergeError, MergeReport, merge};
pub use opening::{Damaged, OpenError, Recovery, Setup};
pub use saver::{Wake, Watch};
pub use show_file::{Opened, SaveState, ShowFile};
pub use verified_copy::{CopyError, copy_verified, holds};
