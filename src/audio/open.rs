//! How the engine gets at sounds: through whoever knows how to read files.

use std::fmt;

use crate::audio::SoundKey;
use crate::media::Sound;

/// Why a sound could not be opened, as a sentence for the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OpenFailure(String);

impl OpenFailure {
    /// A failure for this reason.
    pub fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

/// Opens sounds.
///
/// It is called on worker threads, by several at once, and may block; a panic in it counts as a
/// failure.
pub trait OpenSound: Send + Sync {
    /// Opens the sound that `key` names, at its own rate.
    ///
    /// # Errors
    ///
    /// Fails when it cannot be read; the reason is shown to the user.
    fn open(&self, key: &SoundKey) -> Result<Box<dyn Sound>, OpenFailure>;
}
