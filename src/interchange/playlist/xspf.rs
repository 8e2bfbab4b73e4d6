//! XSPF, the XML Shareable Playlist Format, versions 0 and 1 (xspf.org/spec, Xiph.Org).

use super::entry::{Entry, Playlist};
use super::values::seconds;
use crate::interchange::Fit;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::cleaned;
use crate::interchange::xml;
use crate::interchange::xml::{Lines, child_text, children};

const XML_NAMES: &str = "http://www.w3.org/XML/1998/namespace";

/// Whether this is a `playlist` of that name space, or one with a list of tracks.
pub(super) fn fit(head: &str) -> Fit {
    let is_one = xml::begins_with(head, "playlist")
        && (head.contains("http://xspf.org/ns/0/") || head.contains("trackList"));
    if is_one { Fit::Sure } else { Fit::No }
}

/// Reads a list.
pub(super) fn read(text: &str, report: &mut Report) -> Result<Playlist, String> {
    let document = xml::parse(text)?;
    let lines = Lines::of(text);
    let root = document.root_element();
    let mut list = Playlist {
        title: cleaned(&child_text(root, "title")),
        ..Playlist::default()
    };
    let tracks = children(root, "trackList").flat_map(|tracks| children(tracks, "track"));
    for track in tracks {
        let line = lines.line(track);
        let location = children(track, "location").next();
        let mut around = location.into_iter().flat_map(|node| node.ancestors());
        let base = around.find_map(|node| node.attribute((XML_NAMES, "base")));
        let duration = child_text(track, "duration");
        let length = duration.trim().parse::<f64>().ok();
        if length.is_none() && !duration.trim().is_empty() {
            report.warn(line, WarningKind::NoLength(quoted(&duration)));
        }
        let isrc = children(track, "identifier").map(xml::text).find_map(|id| {
            let id = id.trim().to_ascii_lowercase();
            let isrc = id
                .strip_prefix("urn:")
                .unwrap_or(&id)
                .strip_prefix("isrc:")?;
            Some(isrc.to_owned())
        });
        let entry = Entry {
            line,
            place: location.map_or_else(String::new, |node| joined(base, &xml::text(node))),
            title: child_text(track, "title"),
            artist: child_text(track, "creator"),
            album: child_text(track, "album"),
            length: length.and_then(|millis| seconds(millis / 1000.0)),
            isrc: isrc.unwrap_or_default(),
            comment: child_text(track, "annotation"),
            ..Entry::default()
        };
        if !list.take(entry, report) {
            break;
        }
    }
    Ok(list)
}

/// A location that is relative to another one, put together (RFC 3986, section 5, as far as lists
/// of files need it).
fn joined(base: Option<&str>, location: &str) -> String {
    let location = location.trim();
    let is_whole = location.starts_with('/') || location.contains("://");
    match base.and_then(|base| base.rsplit_once('/')) {
        Some((folder, _)) if !is_whole && !location.is_empty() => format!("{folder}/{location}"),
        _ => location.to_owned(),
    }
}
