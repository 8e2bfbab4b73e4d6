//! Collections of rekordbox, exported as XML ("XML format list for rekordbox", `AlphaTheta`, the
//! former Pioneer DJ): tracks with attributes, and playlists that name them by number or place.

use std::collections::BTreeMap;

use super::entry::{Entry, Playlist, length, tempo};
use super::xml;
use super::xml::{Lines, attribute, children};
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::cleaned;

/// Whether this is such a collection.
pub(super) fn fit(head: &str) -> Fit {
    if xml::begins_with(head, "DJ_PLAYLISTS") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the playlists, those in folders too, or where all are empty, the collection.
pub(super) fn read(text: &str, report: &mut Report) -> Result<Vec<Playlist>, String> {
    let document = xml::parse(text)?;
    let lines = Lines::of(text);
    let root = document.root_element();
    let mut all = Playlist::default();
    let mut by_key = BTreeMap::new();
    let tracks = children(root, "COLLECTION").flat_map(|it| children(it, "TRACK"));
    for track in tracks {
        let n_before = all.entries.len();
        let total = attribute(track, "TotalTime");
        let entry = Entry {
            line: lines.line(track),
            place: attribute(track, "Location"),
            title: attribute(track, "Name"),
            artist: attribute(track, "Artist"),
            album: attribute(track, "Album"),
            length: length(&total),
            bpm: tempo(&attribute(track, "AverageBpm")),
            year: super::entry::year(&attribute(track, "Year")),
            genre: attribute(track, "Genre"),
            label: attribute(track, "Label"),
            comment: attribute(track, "Comments"),
            ..Entry::default()
        };
        if !all.take(entry, report) {
            break;
        }
        if n_before < all.entries.len() {
            // Numbers and places cannot be taken for each other: a place has slashes.
            by_key.insert(attribute(track, "TrackID"), n_before);
            by_key.insert(attribute(track, "Location"), n_before);
        }
    }
    let mut lists = Vec::new();
    let mut n_taken = 0;
    let nodes = children(root, "PLAYLISTS").flat_map(|lists| lists.descendants());
    for node in nodes.filter(|node| node.has_tag_name("NODE")) {
        if node.attribute("Type") != Some("1") {
            continue;
        }
        let mut list = Playlist {
            title: cleaned(&attribute(node, "Name")),
            entries: Vec::new(),
        };
        for track in children(node, "TRACK") {
            let key = attribute(track, "Key");
            if n_taken == MAX_ENTRIES {
                report.warn(lines.line(track), WarningKind::TooMany { n: MAX_ENTRIES });
                break;
            }
            match by_key.get(&key).and_then(|n| all.entries.get(*n)) {
                Some(entry) => {
                    list.entries.push(entry.clone());
                    n_taken += 1;
                }
                None => {
                    report.warn(lines.line(track), WarningKind::UnknownTrack(quoted(&key)));
                }
            }
        }
        lists.push(list);
    }
    if lists.iter().all(|list| list.entries.is_empty()) {
        lists = vec![all];
    }
    Ok(lists)
}
