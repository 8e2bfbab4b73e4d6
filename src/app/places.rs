//! Where the show's sound files are on this machine.
//!
//! Looking for a file may take seconds on a drive that sleeps, so the window never does: a job
//! looks, and until it has found a file its most likely place is taken.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use crate::audio::SoundKey;
use crate::model::Media;
use crate::storage::from_media_path;

/// Known places of sound files.
#[derive(Clone, Debug, Default)]
pub struct MediaPlaces {
    /// The folder the show's file lies in.
    base: PathBuf,
    /// By content hash: where the file was found, or that it was found nowhere.
    found: BTreeMap<String, Option<PathBuf>>,
}

impl MediaPlaces {
    /// Places for a show in the folder `base`.
    pub fn new(base: impl Into<PathBuf>) -> Self {
        Self {
            base: base.into(),
            found: BTreeMap::new(),
        }
    }

    /// The folder the show's file lies in.
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// The places where a file may be, likeliest first.
    pub fn candidates(&self, media: &Media) -> Vec<PathBuf> {
        media
            .paths
            .iter()
            .map(|path| from_media_path(&self.base, path))
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
        self.found.insert(hash, place);
    }
}
