//! What a playlist says: its entries, and how their texts are made fit for people.

use crate::interchange::limits::{MAX_ENTRIES, MAX_TEXT};
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::cleaned;
use crate::time::Ticks;

/// A list of recordings in an order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Playlist {
    /// What it is called; empty where its file does not say.
    pub title: String,
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
            ..
        } = &mut entry;
        for text in [place, title, artist, album, genre, label, comment] {
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

/// An ISRC without hyphens and in capitals; empty when it is none.
fn plain_isrc(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
        .take(13)
        .collect::<String>()
        .to_ascii_uppercase();
    let is_one = plain.len() == 12 && plain.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_one { plain } else { String::new() }
}

/// A length of so many seconds; none for what is no length, or one that nobody knows (zero and
/// below).
pub(super) fn seconds(secs: f64) -> Option<Ticks> {
    // A week: what is longer is a mistaken unit.
    (secs.is_finite() && 0.0 < secs && secs < 604_800.0).then(|| Ticks::nearest_to_secs(secs))
}

/// The length that a text says: seconds, or `m:ss`, or `h:mm:ss`, with decimals or without.
pub(super) fn length(text: &str) -> Option<Ticks> {
    let text = text.trim().replace(',', ".");
    let mut secs = 0.0;
    for (n, part) in text.split(':').enumerate() {
        let is_number = part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if 3 <= n || !is_number {
            return None;
        }
        secs = secs * 60.0 + part.parse::<f64>().ok()?;
    }
    seconds(secs)
}

/// A tempo in beats a minute; none where it is not known (zero).
pub(super) fn tempo(text: &str) -> Option<f64> {
    let bpm: f64 = text.trim().replace(',', ".").parse().ok()?;
    (1.0..1000.0).contains(&bpm).then_some(bpm)
}

/// The year that a date begins with.
pub(super) fn year(text: &str) -> Option<i32> {
    let digits = text.trim().get(..4)?;
    let year: i32 = digits.parse().ok()?;
    (1800..=2200).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, millis) in [
            ("225", 225_000),
            ("3:45", 225_000),
            ("0:03:45.5", 225_500),
            ("3:45,5", 225_500),
            ("1:00:00", 3_600_000),
        ] {
            assert_eq!(length(text), Some(Ticks::from_millis(millis)), "{text}");
        }
        for none in ["", "0", "-1", "a", "1:2:3:4", "NaN", "inf", "1e9", "3:"] {
            assert_eq!(length(none), None, "{none}");
        }
    }

    #[test]
    fn an_isrc_is_the_same_with_hyphens_and_without() {
        assert_eq!(plain_isrc("gb-aye-69-00531"), "GBAYE6900531");
        assert_eq!(plain_isrc("GBAYE6900531"), "GBAYE6900531");
        assert_eq!(plain_isrc("unknown"), "");
        assert_eq!(plain_isrc("GBAYE69005311"), "");
    }

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
