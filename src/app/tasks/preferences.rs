//! The settings file.

use std::fs;
use std::io;
use std::path::Path;

use crate::app::settings::Settings;
use crate::storage::WriteFileError;
use crate::storage::atomic;

const FILE: &str = "settings.json";

/// Why settings could not be kept.
#[derive(Debug, thiserror::Error)]
pub(in crate::app) enum KeepError {
    /// Their folder could not be made.
    #[error("{0}")]
    Folder(#[from] io::Error),
    /// Their file could not be written.
    #[error("{0}")]
    File(#[from] WriteFileError),
}

/// Keeps the settings in their folder.
pub(in crate::app) fn save(folder: &Path, settings: &Settings) -> Result<(), KeepError> {
    fs::create_dir_all(folder)?;
    atomic::write(&folder.join(FILE), settings.to_json().as_bytes())?;
    Ok(())
}

/// The settings kept in a folder, or the defaults.
pub fn load_settings(folder: &Path) -> Settings {
    let bytes = fs::read(folder.join(FILE)).unwrap_or_default();
    Settings::from_json(&bytes)
}
