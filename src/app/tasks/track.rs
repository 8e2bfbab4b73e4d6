//! A sound file as a track of the pool, and as the media of a guide.

use std::path::Path;

use crate::app::sounds::Found;
use crate::app::sounds::GoOn;
use crate::app::sounds::SoundFiles;
use crate::app::sounds::Unread;
use crate::media::Exactness;
use crate::media::Probed;
use crate::media::Tags;
use crate::media::WriterRole;
use crate::media::WriterTag;
use crate::model::Bpm;
use crate::model::Given;
use crate::model::LyricLine;
use crate::model::Measured;
use crate::model::Media;
use crate::model::Role;
use crate::model::Track;
use crate::model::Writer;
use crate::storage::media_path;
use crate::time::Samples;
use crate::time::Ticks;

/// Reads the file at `path` as a track of the show at `show_file`, as long as that takes no help.
///
/// # Errors
///
/// Fails when the file cannot be read, is no sound, or needs ffmpeg.
pub(super) fn read_alone(path: &Path, show_file: &Path) -> Result<Track, Unread> {
    let found = SoundFiles::probe_alone(path)?;
    Ok(track(path, show_file, found))
}

/// Reads the file at `path` as a track of the show at `show_file`.
///
/// # Errors
///
/// Fails, with a sentence, when the file cannot be read or is no sound.
pub(super) fn read(
    path: &Path,
    show_file: &Path,
    sounds: &SoundFiles,
    go_on: GoOn<'_>,
) -> Result<Track, String> {
    let found = sounds.probe(path, go_on)?;
    Ok(track(path, show_file, found))
}

fn track(path: &Path, show_file: &Path, found: Found) -> Track {
    let (probed, media) = with_media(path, show_file, found);
    let tags = probed.tags;
    let measured = tagged(&tags);
    let artist = if tags.artist.is_empty() {
        tags.album_artist
    } else {
        tags.artist
    };
    Track {
        title: tags.title,
        artist,
        album: tags.album,
        writers: tags.writers.into_iter().map(writer).collect(),
        publisher: tags.publisher,
        label: tags.label,
        isrc: tags.isrc,
        year: tags.year,
        genre: tags.genre,
        notes: tags.comment,
        lyrics: tags
            .lyrics
            .into_iter()
            .map(|line| LyricLine {
                at: line.at,
                text: line.text,
            })
            .collect(),
        media: Some(media),
        measured,
        ..Track::default()
    }
}

/// What somebody wrote into a file is trusted; the rest is measured later.
pub(in crate::app) fn tagged(tags: &Tags) -> Measured {
    let bpm = tags.bpm.and_then(|bpm| Bpm::nearest_to(f64::from(bpm)));
    Measured {
        tempo: bpm.map(Given::tagged),
        key: tags.key.parse().ok().map(Given::tagged),
        ..Measured::default()
    }
}

/// A sound file that is to be a guide.
pub(in crate::app) struct GuideFile {
    /// The file.
    pub(in crate::app) media: Media,
    /// When its first sample was heard, counted from midnight, where the file says so.
    pub(in crate::app) begins: Option<Ticks>,
}

/// Reads the file at `path` as a guide, for the show at `show_file`.
///
/// # Errors
///
/// Fails, with a sentence, when the file cannot be read or is no sound.
pub(in crate::app) fn guide(
    path: &Path,
    show_file: &Path,
    sounds: &SoundFiles,
    go_on: GoOn<'_>,
) -> Result<GuideFile, String> {
    let found = sounds.probe(path, go_on)?;
    let (probed, media) = with_media(path, show_file, found);
    Ok(GuideFile {
        begins: probed.begins,
        media,
    })
}

fn with_media(path: &Path, show_file: &Path, (probed, hash): Found) -> (Probed, Media) {
    let facts = &probed.facts;
    let codec = match facts.bits {
        Some(bits) => format!("{} {bits}", facts.codec),
        None => facts.codec.to_string(),
    };
    let media = Media {
        paths: vec![media_path::to_stored(path, show_file)],
        bytes: probed.size,
        hash: hash.map(|hash| hash.to_string()).unwrap_or_default(),
        container: facts.container.to_string(),
        codec,
        rate: facts.rate,
        channels: facts.channels,
        length: facts.length.unwrap_or(Samples::ZERO),
        is_exact: facts.exactness == Exactness::Exact,
        trimmed_start: facts.trimmed_start,
        trimmed_end: facts.trimmed_end,
    };
    (probed, media)
}

fn writer(tag: WriterTag) -> Writer {
    let role = match tag.role {
        WriterRole::Composer => Role::Composer,
        WriterRole::Lyricist => Role::Author,
        WriterRole::Arranger => Role::Arranger,
        WriterRole::Writer => Role::ComposerAuthor,
    };
    Writer::new(tag.name, role)
}
