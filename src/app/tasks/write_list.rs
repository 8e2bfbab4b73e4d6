//! Writing tracks of the pool as a playlist.

use std::path::Path;

use crate::app::places::MediaPlaces;
use crate::interchange::playlist;
use crate::interchange::playlist::Entry;
use crate::interchange::playlist::ListFormat;
use crate::interchange::playlist::Playlist;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;
use crate::storage::WriteFileError;
use crate::storage::atomic;
use crate::storage::media_path;

/// What was written of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListWritten {
    /// How many tracks are in it.
    pub n_written: usize,
    /// How many are not, as they have no file and the format can name nothing else.
    pub n_left_out: usize,
}

/// Writes the `tracks` of `show` as a list at `path`, in their order.
///
/// # Errors
///
/// Fails when the file cannot be written; what was there before is still there.
pub(in crate::app) fn write(
    show: &Show,
    places: &MediaPlaces,
    tracks: &[TrackId],
    format: ListFormat,
    path: &Path,
) -> Result<ListWritten, WriteFileError> {
    let tracks = tracks.iter().filter_map(|id| show.track(*id));
    let title = path.file_stem().unwrap_or_default();
    let list = Playlist {
        title: title.to_string_lossy().into_owned(),
        entries: tracks.map(|track| entry(track, places, path)).collect(),
        ..Playlist::default()
    };
    let written = playlist::write(format, &list);
    atomic::write(path, &written.bytes)?;
    Ok(ListWritten {
        n_written: written.n_written,
        n_left_out: written.n_left_out,
    })
}

/// A track as an entry of the list at `list`: its file relative to the list where it lies below
/// the list's folder.
fn entry(track: &Track, places: &MediaPlaces, list: &Path) -> Entry {
    let place = |media| media_path::to_stored(&places.path(media), list);
    Entry {
        place: track.media.as_ref().map(place).unwrap_or_default(),
        title: track.title.clone(),
        artist: track.artist.clone(),
        album: track.album.clone(),
        length: track.duration(),
        isrc: track.isrc.clone(),
        year: track.year,
        genre: track.genre.clone(),
        label: track.label.clone(),
        comment: track.notes.clone(),
        ..Entry::default()
    }
}
