//! M3U: one path a line (Nullsoft's Winamp), and before it, where the list is an extended one, a
//! directive with the length and the name: `#EXTINF:123,Artist - Title`.
//!
//! There is no standard. The directives are those that the Wikipedia article "M3U" collects:
//! `EXTINF`, `PLAYLIST`, `EXTENC`, `EXTALB`, `EXTART`, `EXTGENRE`. Streams that come in pieces
//! (RFC 8216) are written in the same way and are no playlists.

use super::entry::{Entry, Playlist};
use super::values::seconds;
use crate::interchange::Fit;
use crate::interchange::limits::HEAD_BYTES;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::{TextEncoding, lines};

/// A line longer than this is no path.
const MAX_PATH: usize = 4_096;

/// Whether this is an extended list, or at least one of nothing but paths.
pub(super) fn fit(head: &str) -> Fit {
    // The last line may have been cut off.
    let whole = if HEAD_BYTES / 2 < head.len() {
        head.rsplit_once(['\n', '\r'])
            .map_or(head, |(whole, _)| whole)
    } else {
        head
    };
    let mut n_paths = 0;
    let mut is_extended = false;
    let mut is_all_paths = true;
    for line in lines(whole) {
        let text = line.text.trim();
        if directive(text, "#EXT-X-").is_some() {
            return Fit::No;
        }
        is_extended |=
            directive(text, "#EXTM3U").is_some() || directive(text, "#EXTINF:").is_some();
        if !text.is_empty() && !text.starts_with('#') {
            n_paths += 1;
            is_all_paths &= looks_like_path(text);
        }
    }
    if is_extended {
        Fit::Sure
    } else if 0 < n_paths && is_all_paths {
        Fit::Maybe
    } else {
        Fit::No
    }
}

fn looks_like_path(text: &str) -> bool {
    let is_short = text.len() <= MAX_PATH && !text.contains(char::is_control);
    let has_ending = text.rsplit_once('.').is_some_and(|(_, ending)| {
        (2..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    is_short && (has_ending || text.contains("://"))
}

/// What follows a directive, in capitals or not.
fn directive<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let head = line.get(..name.len())?;
    head.eq_ignore_ascii_case(name)
        .then(|| line.get(name.len()..).unwrap_or_default())
}

/// The encoding that the list says it has, where it is not plainly Unicode.
pub(super) fn told_encoding(bytes: &[u8]) -> Option<TextEncoding> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    // Names of encodings are ASCII, whatever stands around them.
    let ascii: String = head
        .iter()
        .map(|b| if b.is_ascii() { char::from(*b) } else { '?' })
        .collect();
    lines(&ascii).find_map(|line| TextEncoding::named(directive(line.text.trim(), "#EXTENC:")?))
}

/// More lines of remarks than this on one entry are the work of another program.
const MAX_REMARKS: usize = 100;

/// What stands before a path.
#[derive(Default)]
struct Ahead {
    length: Option<f64>,
    display: Option<String>,
    artist: Option<String>,
    album: String,
    genre: String,
    comment: Vec<String>,
}

/// Reads a list.
pub(super) fn read(text: &str, report: &mut Report) -> Playlist {
    let mut list = Playlist::default();
    let mut ahead = Ahead::default();
    let mut unknown: Option<(usize, String, usize)> = None;
    for line in lines(text) {
        let content = line.text.trim();
        if content.is_empty() {
            // What stands above an empty line is about the list, and not about the next entry.
            ahead.comment.clear();
        } else if let Some(rest) = content.strip_prefix('#') {
            if !ahead.read(content, &mut list) {
                if directive(content, "#EXT").is_some() {
                    let (n, ..) = unknown.get_or_insert((0, quoted(content), line.number));
                    *n += 1;
                } else if ahead.comment.len() < MAX_REMARKS {
                    ahead.comment.push(rest.trim().to_owned());
                }
            }
        } else {
            let entry = std::mem::take(&mut ahead).entry(content, line.number);
            if !list.take(entry, report) {
                break;
            }
        }
    }
    if let Some((n, first, line)) = unknown {
        report.warn(line, WarningKind::UnknownLines { n, first });
    }
    list
}

impl Ahead {
    /// Reads a directive; tells whether it is one that is known.
    fn read(&mut self, line: &str, list: &mut Playlist) -> bool {
        let text = |rest: &str| rest.trim().to_owned();
        if let Some(rest) = directive(line, "#EXTINF:") {
            let (length, display) = info(rest);
            self.length = length;
            self.display = Some(text(display));
        } else if let Some(rest) = directive(line, "#PLAYLIST:") {
            list.title = crate::interchange::text::cleaned(rest);
        } else if let Some(rest) = directive(line, "#EXTALB:") {
            self.album = text(rest);
        } else if let Some(rest) = directive(line, "#EXTART:") {
            self.artist = Some(text(rest));
        } else if let Some(rest) = directive(line, "#EXTGENRE:") {
            self.genre = text(rest);
        } else {
            return ["#EXTM3U", "#EXTENC:"]
                .iter()
                .any(|known| directive(line, known).is_some());
        }
        true
    }

    fn entry(self, place: &str, line: usize) -> Entry {
        let mut entry = Entry {
            line,
            place: place.to_owned(),
            album: self.album,
            genre: self.genre,
            length: self.length.and_then(seconds),
            comment: self.comment.join("\n"),
            ..Entry::default()
        };
        let display = self.display.unwrap_or_default();
        match self.artist {
            Some(artist) => {
                let rest = display.strip_prefix(artist.as_str());
                let title = rest.and_then(|rest| rest.strip_prefix(" - "));
                title.unwrap_or(&display).clone_into(&mut entry.title);
                entry.artist = artist;
            }
            None => entry.set_display(&display),
        }
        entry
    }
}

/// The seconds and the name of `123 key="a,b",Artist - Title`.
fn info(text: &str) -> (Option<f64>, &str) {
    let number = text.trim_start();
    let end = number
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-'))
        .unwrap_or(number.len());
    let (number, rest) = number.split_at(end);
    let mut is_quoted = false;
    let comma = rest.char_indices().find(|(_, c)| {
        is_quoted ^= *c == '"';
        *c == ',' && !is_quoted
    });
    // A quote that is never closed hides no comma.
    let comma = comma.map(|(at, _)| at).or_else(|| rest.find(','));
    let display = comma.map_or("", |at| rest.get(at + 1..).unwrap_or_default());
    (number.parse().ok(), display)
}
