//! Why a file could not be opened as sound.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// Something that has a path but is not a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAFile {
    /// A folder.
    Folder,
    /// A pipe, a socket or a device: opening one can block for ever.
    Special,
}

impl std::fmt::Display for NotAFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Folder => "a folder",
            Self::Special => "a pipe, a socket or a device",
        })
    }
}

/// Why a file could not be opened as sound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The system would not let the file be read.
    #[error("the file cannot be read, {why}: {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What kind of refusal it was.
        kind: io::ErrorKind,
        /// The system's words.
        why: String,
    },
    /// The path does not lead to a file.
    #[error("this is {what}, not a sound file: {}", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What it leads to.
        what: NotAFile,
    },
    /// The file has no bytes.
    #[error("the file is empty: {}", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Nothing in the file looks like sound.
    #[error("this is not a sound file, whatever its name says: {}", path.display())]
    NotSound {
        /// The file.
        path: PathBuf,
    },
    /// The file is sound, of a kind this program does not read.
    #[error("{what} cannot be played here: {}", path.display())]
    Unsupported {
        /// The file.
        path: PathBuf,
        /// What it is, such as "Windows Media sound".
        what: String,
        /// Whether it is something that ffmpeg may read.
        is_foreign: bool,
    },
    /// The file says what it is, but what follows cannot be right.
    #[error("the file is damaged at byte {at}, {why}: {}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in the file, in bytes.
        at: u64,
        /// What is wrong there.
        why: String,
    },
}

impl OpenError {
    /// The file it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. }
            | Self::NotAFile { path, .. }
            | Self::Empty { path }
            | Self::NotSound { path }
            | Self::Unsupported { path, .. }
            | Self::Damaged { path, .. } => path,
        }
    }

    /// The same without naming the file, for where it is named already.
    pub fn reason(&self) -> String {
        let sentence = self.to_string();
        let file = format!(": {}", self.path().display());
        match sentence.strip_suffix(&file) {
            Some(reason) => reason.to_owned(),
            None => sentence,
        }
    }

    /// What the system said about `path`.
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            kind: error.kind(),
            why: error.to_string(),
        }
    }
}

/// Why a reader could not make sense of its file. It says nothing of the file: who asked knows which
/// one that was.
#[derive(Debug)]
pub(super) enum Fault {
    /// The system could not read it.
    Io(io::Error),
    /// It is damaged at this byte.
    Damaged(u64, String),
    /// It is something that nobody can read as sound, in words.
    Unsupported(String),
    /// It is something that is not read here, and that ffmpeg may read, in words.
    Foreign(String),
    /// It is no sound.
    NotSound,
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Fault {
    /// Damage at byte `at`.
    pub(super) fn damaged(at: u64, why: impl Display) -> Self {
        Self::Damaged(at, format!("{why}"))
    }

    /// Something that is not read.
    pub(super) fn unsupported(what: impl Into<String>) -> Self {
        Self::Unsupported(what.into())
    }

    /// Something that other programs read.
    pub(super) fn foreign(what: impl Into<String>) -> Self {
        Self::Foreign(what.into())
    }

    /// The same, said of a file.
    pub(super) fn of(self, path: &Path) -> OpenError {
        let path = path.to_owned();
        match self {
            Self::Io(error) => OpenError::io(&path, &error),
            Self::Damaged(at, why) => OpenError::Damaged { path, at, why },
            Self::Unsupported(what) => OpenError::Unsupported {
                path,
                what,
                is_foreign: false,
            },
            Self::Foreign(what) => OpenError::Unsupported {
                path,
                what,
                is_foreign: true,
            },
            Self::NotSound => OpenError::NotSound { path },
        }
    }
}
