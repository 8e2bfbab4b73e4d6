//! Where the show's sound files are on this machine.
//!
//! Looking for a file may take seconds on a drive that sleeps, so the window never does: a job
//! looks, and until it has found a file its most likely place is taken.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use crate::audio::SoundKey;
use crate::model::Media;
use crate::storage::media_path;

/// Known places of sound files.
#[derive(Clone, Debug, Default)]
pub struct MediaPlaces {
    /// The show's file.
    show_file: PathBuf,
    /// By content hash: where the file was found, or that it was found nowhere.
    found: BTreeMap<String, Option<PathBuf>>,
    /// The hashes of those that were found nowhere.
    missing: Arc<BTreeSet<String>>,
    /// How often those have changed.
    revision: u64,
}

impl MediaPlaces {
    /// Places for the show in the file `show_file`.
    pub fn new(show_file: impl Into<PathBuf>) -> Self {
        Self {
            show_file: show_file.into(),
            ..Self::default()
        }
    }

    /// The show's file, which sound files are named relative to.
    pub fn show_file(&self) -> &Path {
        &self.show_file
    }

    /// The places where a file may be, likeliest first.
    pub fn candidates(&self, media: &Media) -> Vec<PathBuf> {
        media
            .paths
            .iter()
            .map(|path| media_path::from_stored(path, &self.show_file))
            .collect()
    }

    /// Where a file is, as far as is known.
    pub fn path(&self, media: &Media) -> PathBuf {
        match self.found.get(&media.hash) {
            Some(Some(path)) => path.clone(),
            _ => self
                .candidates(media)
                .into_iter()
                .next()
                .unwrap_or_default(),
        }
    }

    /// Whether a file was looked for and found nowhere.
    pub fn is_missing(&self, media: &Media) -> bool {
        matches!(self.found.get(&media.hash), Some(None))
    }

    /// The content hashes of all files that were looked for and found nowhere.
    pub fn missing(&self) -> Arc<BTreeSet<String>> {
        Arc::clone(&self.missing)
    }

    /// How often it has changed which files are missing.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether a file was looked for.
    pub fn is_known(&self, media: &Media) -> bool {
        self.found.contains_key(&media.hash)
    }

    /// The name under which a file is asked of the player.
    pub fn key(&self, media: &Media) -> SoundKey {
        SoundKey::new(self.path(media), &media.hash)
    }

    /// Remembers where a file was found, or that it was found nowhere.
    pub fn remember(&mut self, hash: String, place: Option<PathBuf>) {
        if place.is_some() == self.missing.contains(&hash) {
            let missing = Arc::make_mut(&mut self.missing);
            match place {
                Some(_) => missing.remove(&hash),
                None => missing.insert(hash.clone()),
            };
            self.revision += 1;
        }
        self.found.insert(hash, place);
    }
}
