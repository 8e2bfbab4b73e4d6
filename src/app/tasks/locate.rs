//! Looking for the show's sound files on this machine.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Outcome;
use crate::app::places::MediaPlaces;
use crate::jobs::Work;
use crate::model::Media;
use crate::model::Show;

/// How many files are told of at once.
const BATCH: usize = 500;

/// A file, by its hash, and where it is.
pub(in crate::app) type Located = (String, Option<PathBuf>);

/// Looks for every file of `show` that has not been looked for.
pub(in crate::app) fn locate(
    work: &mut Work<'_, Outcome>,
    session: u64,
    show: &Show,
    places: &MediaPlaces,
) {
    let episodes = show.episodes();
    let guides = episodes
        .iter()
        .flat_map(|(_, episode)| episode.cuts())
        .filter_map(|(_, cut)| cut.guide.as_ref().map(|guide| &guide.media));
    let tracks = show.tracks().filter_map(|(_, track)| track.media.as_ref());
    let mut seen = BTreeSet::new();
    let mut batch = Vec::new();
    for media in guides.chain(tracks) {
        if work.is_cancelled() {
            return;
        }
        if places.is_known(media) || !seen.insert(&media.hash) {
            continue;
        }
        batch.push((media.hash.clone(), find(media, places)));
        if batch.len() == BATCH {
            let located = std::mem::take(&mut batch);
            work.send(Outcome::Located { session, located });
        }
    }
    if !batch.is_empty() {
        let located = batch;
        work.send(Outcome::Located { session, located });
    }
}

/// Where a file is, if it is at one of the places where the show knows it.
pub(super) fn find(media: &Media, places: &MediaPlaces) -> Option<PathBuf> {
    let candidates = places.candidates(media);
    // A file of another size is another file, whatever its name.
    let is_it = |path: &PathBuf| {
        path.metadata()
            .is_ok_and(|found| found.is_file() && found.len() == media.bytes)
    };
    candidates.into_iter().find(is_it)
}
