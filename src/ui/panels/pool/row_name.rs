//! What a row is called by screen readers and tests.

use crate::model::PoolState;
use crate::model::Track;
use crate::ui::widgets::length_text;

/// Whether a row sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sounds {
    /// It does.
    Yes,
    /// It will go on where it was stopped.
    Paused,
    /// It does not.
    No,
}

/// Title, artist, length, state, and what else is said of a track: "Coastline by Ada Holm, 3:42,
/// approved, playing".
pub(super) fn row_name(track: &Track, sounds: Sounds, is_missing: bool) -> String {
    let mut name = if track.title.is_empty() {
        "Untitled".to_owned()
    } else {
        track.title.clone()
    };
    if !track.artist.is_empty() {
        name.push_str(" by ");
        name.push_str(&track.artist);
    }
    if let Some(duration) = track.duration() {
        name.push_str(", ");
        name.push_str(&length_text(duration));
    }
    let mut add = |what: &str| {
        name.push_str(", ");
        name.push_str(what);
    };
    add(&track.state.to_string());
    if let Some(rendition) = track.rendition {
        add(&rendition.kind.to_string());
    }
    if !track.lyrics.is_empty() {
        add("with lyrics");
    }
    if is_missing {
        add("file not found");
    } else if track.media.is_none() {
        add("no file");
    }
    match sounds {
        Sounds::Yes => add("playing"),
        Sounds::Paused => add("paused"),
        Sounds::No => {}
    }
    name
}

/// Whether a track's state is worth showing: approved is how a pool's tracks are.
pub(super) fn is_unusual(state: PoolState) -> bool {
    state != PoolState::Approved
}
