//! What a playlist says: its entries, and how their texts are made fit for people.

use super::values::plain_isrc;
use crate::interchange::limits::{MAX_ENTRIES, MAX_TEXT};
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::cleaned;
use crate::model::PoolState;
use crate::model::Writer;
use crate::time::Ticks;

/// A list of recordings in an order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Playlist {
    /// What it is called; empty where its file does not say.
    pub title: String,
    /// The folders of its library that it lies in, the outermost first.
    pub folders: Vec<String>,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
}

/// One recording, as far as a playlist tells of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The line of the file it stands in, counted from 1; zero where it was not read from one.
    pub line: usize,
    /// Where its sound file is, as written: a path of whatever system, relative to the playlist
    /// or not, or an address. Empty when the playlist names no file.
    pub place: String,
    /// Its title.
    pub title: String,
    /// Who performs it.
    pub artist: String,
    /// The album.
    pub album: String,
    /// How long it is.
    pub length: Option<Ticks>,
    /// International Standard Recording Code (ISO 3901), without hyphens.
    pub isrc: String,
    /// Beats a minute.
    pub bpm: Option<f64>,
    /// Year of release.
    pub year: Option<i32>,
    /// Genre.
    pub genre: String,
    /// Who owns the recording.
    pub label: String,
    /// What somebody remarked on it.
    pub comment: String,
    /// Who wrote it.
    pub writers: Vec<Writer>,
    /// Who publishes the work.
    pub publisher: String,
    /// Its key, as written.
    pub key: String,
    /// Why it is wanted.
    pub why: String,
    /// Moods and other tags.
    pub tags: Vec<String>,
    /// Where it stands in the pool, where that is said.
    pub state: Option<PoolState>,
}

impl Entry {
    /// Its title, or where it has none, the name of its file without ending.
    pub fn name(&self) -> &str {
        if !self.title.is_empty() {
            return &self.title;
        }
        let name = self.place.rsplit(['/', '\\']).next().unwrap_or_default();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// Sets artist and title from "Artist - Title", as players write them in one.
    pub(super) fn set_display(&mut self, display: &str) {
        match display.split_once(" - ") {
            Some((artist, title)) if !title.trim().is_empty() => {
                artist.trim().clone_into(&mut self.artist);
                title.trim().clone_into(&mut self.title);
            }
            _ => display.trim().clone_into(&mut self.title),
        }
    }
}

impl Playlist {
    /// What it is called, with the folders that it lies in: `Show / Chase`.
    pub fn full_name(&self) -> String {
        let folders = self.folders.iter().map(String::as_str);
        let names: Vec<&str> = folders.chain([self.title.as_str()]).collect();
        names.join(" / ")
    }

    /// Takes an entry, tidied, where it says anything; tells whether more can be taken.
    pub(super) fn take(&mut self, mut entry: Entry, report: &mut Report) -> bool {
        let line = entry.line;
        let Entry {
            place,
            title,
            artist,
            album,
            isrc,
            genre,
            label,
            comment,
            writers,
            publisher,
            key,
            why,
            tags,
            ..
        } = &mut entry;
        let texts = [
            place, title, artist, album, genre, label, comment, publisher, key, why,
        ];
        let names = writers.iter_mut().map(|writer| &mut writer.name);
        for text in texts.into_iter().chain(names).chain(tags) {
            *text = kept(text, line, report);
        }
        *isrc = plain_isrc(isrc);
        if entry.place.is_empty() && entry.title.is_empty() {
            report.warn(line, WarningKind::NothingNamed);
            return true;
        }
        if self.entries.len() == MAX_ENTRIES {
            report.warn(line, WarningKind::TooMany { n: MAX_ENTRIES });
            return false;
        }
        self.entries.push(entry);
        true
    }
}

fn kept(text: &str, line: usize, report: &mut Report) -> String {
    let text = cleaned(text);
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => {
            report.warn(line, WarningKind::ShortenedText);
            text.get(..end).unwrap_or_default().to_owned()
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_without_a_title_is_called_as_its_file() {
        let named = |place: &str| Entry {
            place: place.to_owned(),
            ..Entry::default()
        };
        assert_eq!(named(r"C:\Music\07 Fern.mp3").name(), "07 Fern");
        assert_eq!(named("a/b.c/.hidden").name(), ".hidden");
    }
}
