//! Writing playlists: M3U8, XSPF and tables, such as the readers beside this read.
//!
//! Every text is on one line where the format has lines; places are written as they are given,
//! which should be relative to the playlist, with `/`, where the files lie beside it.

use std::fmt::Write as _;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::entry::{Entry, Playlist};
use crate::interchange::address::escaped;
use crate::interchange::table::safe;
use crate::time::Ticks;

/// A format of playlists that can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListFormat {
    /// A list of paths with their names, in UTF-8.
    #[default]
    M3u8,
    /// XML Shareable Playlist Format, version 1.
    Xspf,
    /// A table, for spreadsheets.
    Csv,
}

impl ListFormat {
    /// All of them, the usual one first.
    pub const ALL: [Self; 3] = [Self::M3u8, Self::Xspf, Self::Csv];

    /// The ending of its files' names, in lower case.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::M3u8 => "m3u8",
            Self::Xspf => "xspf",
            Self::Csv => "csv",
        }
    }

    /// The format whose files end in this, in capitals or not.
    pub fn of_extension(ending: &str) -> Option<Self> {
        let is_it = |format: &Self| format.extension().eq_ignore_ascii_case(ending);
        match ending {
            "m3u" | "M3U" => Some(Self::M3u8),
            _ => Self::ALL.into_iter().find(is_it),
        }
    }
}

/// A playlist as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many entries are in it.
    pub n_written: usize,
    /// How many are not, because they have no file and the format has nothing else to name them
    /// by.
    pub n_left_out: usize,
}

/// Writes a playlist.
pub fn write(format: ListFormat, list: &Playlist) -> Written {
    let (text, n_written) = match format {
        ListFormat::M3u8 => m3u8(list),
        ListFormat::Xspf => (xspf(list), list.entries.len()),
        ListFormat::Csv => (csv(list), list.entries.len()),
    };
    Written {
        bytes: text.into_bytes(),
        n_written,
        n_left_out: list.entries.len() - n_written,
    }
}

fn m3u8(list: &Playlist) -> (String, usize) {
    let mut text = "#EXTM3U\n".to_owned();
    let mut line = |content: &str| {
        text.push_str(content);
        text.push('\n');
    };
    if !list.title.is_empty() {
        line(&format!("#PLAYLIST:{}", on_one_line(&list.title)));
    }
    let mut n_written = 0;
    for entry in list.entries.iter().filter(|entry| !entry.place.is_empty()) {
        n_written += 1;
        let (artist, title) = (on_one_line(&entry.artist), on_one_line(&entry.title));
        let secs = entry.length.map_or(-1, whole_seconds);
        let display = if artist.is_empty() {
            title
        } else {
            format!("{artist} - {title}")
        };
        line(&format!("#EXTINF:{secs},{display}"));
        if artist.contains(" - ") || (artist.is_empty() && display.contains(" - ")) {
            // Else it would be taken apart in another place.
            line(&format!("#EXTART:{artist}"));
        }
        if !entry.album.is_empty() {
            line(&format!("#EXTALB:{}", on_one_line(&entry.album)));
        }
        for remark in entry.comment.lines().filter(|it| !it.trim().is_empty()) {
            // A remark that looks like a directive would be taken for one.
            line(&format!("# {}", on_one_line(remark)));
        }
        line(&plain_path(&entry.place));
    }
    (text, n_written)
}

/// A path as a line of its own: one that looks like a remark, or has blanks around it, does not
/// any more.
fn plain_path(place: &str) -> String {
    if place.contains(char::is_control) || place.ends_with(char::is_whitespace) {
        location(place)
    } else if place.starts_with(|c: char| c == '#' || c.is_whitespace()) {
        format!("./{place}")
    } else {
        place.to_owned()
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn whole_seconds(length: Ticks) -> i64 {
    length.to_secs_f64().round() as i64
}

fn xspf(list: &Playlist) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                    <playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\">\n"
        .to_owned();
    element(&mut text, "  ", "title", &list.title);
    text.push_str("  <trackList>\n");
    for entry in &list.entries {
        text.push_str("    <track>\n");
        element(&mut text, "      ", "location", &location(&entry.place));
        if !entry.isrc.is_empty() {
            let isrc = format!("isrc:{}", entry.isrc);
            element(&mut text, "      ", "identifier", &isrc);
        }
        element(&mut text, "      ", "title", &entry.title);
        element(&mut text, "      ", "creator", &entry.artist);
        element(&mut text, "      ", "annotation", &entry.comment);
        element(&mut text, "      ", "album", &entry.album);
        if let Some(length) = entry.length {
            let millis = (length.to_secs_f64() * 1000.0).round();
            element(&mut text, "      ", "duration", &format!("{millis:.0}"));
        }
        text.push_str("    </track>\n");
    }
    text.push_str("  </trackList>\n</playlist>\n");
    text
}

/// One element on a line; none for an empty text.
fn element(text: &mut String, indent: &str, name: &str, content: &str) {
    if content.is_empty() {
        return;
    }
    // A string takes all that is written.
    let _infallible = write!(text, "{indent}<{name}>");
    for c in content.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            // What XML 1.0 has no way to write (section 2.2).
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            c => text.push(c),
        }
    }
    let _infallible = writeln!(text, "</{name}>");
}

/// A path as a location: an address with what is not a letter, a digit or one of `-._~/` written
/// as `%41` (RFC 3986); addresses stay as they are.
fn location(place: &str) -> String {
    if place.contains("://") || place.is_empty() {
        return place.to_owned();
    }
    let mut path = place.replace('\\', "/");
    let mut address = String::new();
    if path.get(1..3) == Some(":/") {
        address.push_str("file:///");
        address.push_str(path.get(..2).unwrap_or_default());
        path = path.get(2..).unwrap_or_default().to_owned();
    } else if path.starts_with("//") {
        address.push_str("file:");
    } else if path.starts_with('/') {
        // A backslash is part of a name where paths begin with a slash.
        address.push_str("file://");
        place.clone_into(&mut path);
    } else if cfg!(not(windows)) {
        place.clone_into(&mut path);
    }
    address.push_str(&escaped(&path));
    address
}

fn csv(list: &Playlist) -> String {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        // The mark is how spreadsheets know UTF-8.
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    // Writing to memory cannot fail, and every row is as long as the first.
    let mut row = |cells: [String; 11]| {
        let _infallible = writer.write_record(cells);
    };
    row([
        "Title", "Artist", "Album", "Length", "Seconds", "ISRC", "BPM", "Year", "Genre", "Path",
        "Comment",
    ]
    .map(str::to_owned));
    for entry in &list.entries {
        row(cells(entry));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn cells(entry: &Entry) -> [String; 11] {
    let secs = entry.length.map(Ticks::to_secs_f64);
    [
        safe(&entry.title),
        safe(&entry.artist),
        safe(&entry.album),
        entry.length.map_or_else(String::new, |length| {
            let secs = whole_seconds(length);
            format!("{}:{:02}", secs / 60, secs % 60)
        }),
        secs.map_or_else(String::new, |secs| format!("{secs:.3}")),
        entry.isrc.clone(),
        entry.bpm.map_or_else(String::new, |bpm| format!("{bpm}")),
        entry.year.map_or_else(String::new, |year| year.to_string()),
        safe(&entry.genre),
        safe(&entry.place),
        safe(&entry.comment),
    ]
}
