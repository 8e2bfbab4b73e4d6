//! What can go wrong while the demo show is made, in words that say what to do.

use std::fmt;
use std::path::{Path, PathBuf};

/// The result of any step of the composer.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// A failure that ends the run.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file could not be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A sound file could not be read or written as WAV.
    Wav {
        /// The file.
        path: PathBuf,
        /// What the WAV library said.
        source: hound::Error,
    },
    /// An external program is not installed.
    MissingTool {
        /// The name it is called by.
        tool: String,
    },
    /// An external program ran and failed.
    ToolFailed {
        /// The name it is called by.
        tool: String,
        /// The end of what it said.
        detail: String,
    },
    /// The written music cannot be read: a wrong note, chord or rhythm.
    Score(String),
    /// The story's tables contradict each other.
    Story(String),
}

impl Error {
    /// Attaches the file to a system error.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::File {
            path: path.to_path_buf(),
            source,
        }
    }

    /// Attaches the file to a WAV error.
    pub(crate) fn wav(path: &Path) -> impl FnOnce(hound::Error) -> Self + '_ {
        move |source| Self::Wav {
            path: path.to_path_buf(),
            source,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, source } => write!(f, "{source}: {}", path.display()),
            Self::Wav { path, source } => {
                write!(f, "not usable as WAV ({source}): {}", path.display())
            }
            Self::MissingTool { tool } => {
                write!(
                    f,
                    "`{tool}` is needed and was not found; install it and run again"
                )
            }
            Self::ToolFailed { tool, detail } => write!(f, "`{tool}` failed: {detail}"),
            Self::Score(what) => write!(f, "cannot read the score: {what}"),
            Self::Story(what) => write!(f, "the story contradicts itself: {what}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Wav { source, .. } => Some(source),
            _ => None,
        }
    }
}
