//! Adding files and folders to the pool.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use super::Outcome;
use crate::jobs::Work;
use crate::model::TrackId;

/// Adds.
pub(in crate::app) fn add(
    _work: &mut Work<'_, Outcome>,
    _paths: &[PathBuf],
    _base: &Path,
    _known: BTreeMap<String, TrackId>,
) {
}
