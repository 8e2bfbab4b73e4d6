//! Keeping a document small in memory.
//!
//! Automerge reads all values of a document into one block, and cuts a block in two where it is
//! written to; the first of the two keeps the memory of both (`RawColumn` of hexane 1.0 alpha 5).
//! So in a pool of a hundred thousand tracks, each of the first that are changed copies ten
//! megabytes and holds them for good: a hundred of them come to a gigabyte, and a change of all of
//! them at once to more than a machine has. Where blocks are small from the beginning, what is
//! copied and held is small too.

use automerge::Automerge;
use automerge::ObjId;
use automerge::ReadDoc;
use automerge::ScalarValueRef;
use automerge::ValueRef;
use automerge::transaction::Transactable;

use super::read::{find, members};
use super::schema::key;

/// How many bytes of values are to lie in a block, about. Automerge itself makes them of 4 KiB
/// where it has to cut them; of these, which are cut once more, at most a few times as much as
/// lies in them is held.
const BLOCK: usize = 16 * 1024;
/// How many values are many for one block.
const MANY: usize = 50_000;
/// How many tracks are looked at to tell how long the others are.
const SAMPLES: usize = 64;
/// A key that no field of a track has.
const NO_FIELD: &str = "~";

/// Whether so many values, when they arrive together, may become a block that is to be cut up.
pub(super) const fn are_made_of(n_values: usize) -> bool {
    MANY <= n_values
}

/// Cuts the values of a document that was just made or read into small blocks. It says the same
/// afterwards.
pub(super) fn cut_up(doc: &mut Automerge) {
    let places = places(doc);
    if places.is_empty() {
        return;
    }
    // A block is cut where something is written into it, and stays so when that is taken back.
    let mut tx = doc.transaction();
    let written = places
        .iter()
        .try_for_each(|track| tx.put(track, NO_FIELD, 0));
    tx.rollback();
    if let Err(error) = written {
        tracing::warn!(%error, "a document stays in one block");
    }
    // The first block still has the memory of the one there was. A copy takes what it needs.
    let copy = doc.clone();
    *doc = copy;
}

/// The tracks before which blocks are to be cut, from the last to the first: each cut then copies
/// what comes after it and no more.
fn places(doc: &Automerge) -> Vec<ObjId> {
    let Some(tracks) = find(doc, &[key::TRACKS]) else {
        return Vec::new();
    };
    let mut tracks: Vec<ObjId> = members(doc, &tracks).map(|(_, track)| track).collect();
    // In the order in which they were made, which is that of their values.
    tracks.sort_unstable();
    let samples = tracks.iter().step_by(tracks.len() / SAMPLES + 1);
    let n_samples = samples.len();
    let bytes: usize = samples.map(|track| size_of_values(doc, track)).sum();
    if bytes == 0 || bytes / n_samples * tracks.len() < 2 * BLOCK {
        return Vec::new();
    }
    let tracks_a_block = (BLOCK * n_samples / bytes).max(1);
    tracks.into_iter().step_by(tracks_a_block).rev().collect()
}

/// How many bytes the values of a track take, about.
fn size_of_values(doc: &Automerge, track: &ObjId) -> usize {
    let values = doc.map_range(track, ..).map(|item| match item.value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => text.len(),
        // Numbers take as many as they need: a tick of some minutes, six.
        ValueRef::Scalar(_) => 4,
        ValueRef::Object(_) => 0,
    });
    values.sum()
}
