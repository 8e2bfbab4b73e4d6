//! Opening a show whatever state its file is in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::atomic::WriteFileError;
use super::backups::Backups;
use super::disk;
use super::disk::{Disk, Known};
use super::document::{Document, LoadError, Who};
use super::journal::LeftJournal;
use super::places::Places;
use super::reasons::not_read;
use super::saver::{Wake, Watch};
use super::stamp::Stamp;

/// What opening and saving need to know of the machine and its user.
#[derive(Clone)]
pub struct Setup {
    /// The user's data folder: good copies and recovery journals are kept in it.
    pub keep: PathBuf,
    /// In whose name changes are made.
    pub who: Who,
    /// Whether the file is watched for what others change.
    pub watch: Watch,
    /// Called from another thread when [`ShowFile::tick`](super::ShowFile::tick) has something to do.
    pub wake: Wake,
}

/// Why a show could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be read.
    #[error("the show was not opened, because {}: {}", not_read(source), .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is damaged, and this machine has no good copy of it.
    #[error("the file is damaged, and this computer has no good copy of it: {}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The file holds something else.
    #[error("the file is not a Needledrop show: {}", .path.display())]
    NotAShow {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be written.
    #[error("the show could not be made: {0}")]
    Write(#[from] WriteFileError),
    /// The system has no thread left.
    #[error("the system is out of threads")]
    Thread(#[source] io::Error),
}

/// What had to be done to open a show. Nothing, as a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// How many changes of a session that ended unexpectedly were brought back.
    pub n_changes: usize,
    /// What a damaged file was replaced from.
    pub damaged: Option<Damaged>,
}

/// A damaged file, and the good copy that was opened in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// Where the damaged file was kept; `None` when its folder may not be written to, in which
    /// case it is still where it was.
    pub kept_aside: Option<PathBuf>,
    /// When the good copy was made.
    pub copied_at: Option<SystemTime>,
}

/// A show as it was found.
pub(super) struct Found {
    pub(super) document: Document,
    pub(super) disk: Disk,
    pub(super) recovery: Recovery,
}

/// Reads the show at `path`: with what a killed session left in its journal, and from the newest
/// good copy when the file is damaged.
pub(super) fn read(path: &Path, setup: &Setup) -> Result<Found, OpenError> {
    let places = Places::new(path, &setup.keep);
    let unreadable = |source| OpenError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let mut recovery = Recovery::default();
    let stamp = Stamp::of(&places.file).map_err(unreadable)?;
    let bytes = fs::read(&places.file).map_err(unreadable)?;
    let (mut document, known) = match Document::load(&bytes) {
        Ok(document) => {
            let known = Known {
                stamp,
                heads: document.heads(),
                bytes: Some(bytes),
            };
            (document, known)
        }
        Err(LoadError::NotAShow) => {
            return Err(OpenError::NotAShow {
                path: path.to_owned(),
            });
        }
        Err(LoadError::Damaged(_)) => {
            let (document, damaged) =
                from_good_copy(&places).ok_or_else(|| OpenError::Damaged {
                    path: path.to_owned(),
                })?;
            // What could not be kept aside must not be written over without a second look.
            let known = Known {
                stamp: stamp.filter(|_| damaged.kept_aside.is_some()),
                ..Known::default()
            };
            recovery.damaged = Some(damaged);
            (document, known)
        }
    };
    let show_id = document.show_id().unwrap_or_default();
    let left = LeftJournal::find(&places.journals, &places.key, &show_id);
    for journal in &left {
        recovery.n_changes += document.receive_bytes(&journal.changes);
    }
    document.set_who(&setup.who);
    let disk = Disk::new(places, document.clone(), known, left);
    Ok(Found {
        document,
        disk,
        recovery,
    })
}

/// The newest good copy of a show whose file is damaged, once that is kept aside.
fn from_good_copy(places: &Places) -> Option<(Document, Damaged)> {
    let copies = Backups::new(places.backups.clone()).newest_first();
    let (document, copied_at) = copies.iter().find_map(|path| {
        let document = Document::load(&fs::read(path).ok()?).ok()?;
        let modified = path.metadata().and_then(|metadata| metadata.modified());
        Some((document, modified.ok()))
    })?;
    let damaged = Damaged {
        kept_aside: disk::keep_aside(&places.file).ok(),
        copied_at,
    };
    Some((document, damaged))
}
