//! Collections and playlists of Traktor (NML, version 19). Native Instruments has published
//! nothing about them; the elements are those of exported collections: an entry with its place in
//! three parts, and playlists that name the three in one.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::entry::{Entry, Playlist, length, tempo};
use super::xml;
use super::xml::{Lines, attribute, children};
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::cleaned;

/// Whether this is such a collection.
pub(super) fn fit(head: &str) -> Fit {
    if xml::begins_with(head, "NML") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the playlists, those in folders too, or where all are empty, the collection. An entry
/// that the collection does not hold has at least its place.
pub(super) fn read(text: &str, report: &mut Report) -> Result<Vec<Playlist>, String> {
    let document = xml::parse(text)?;
    let lines = Lines::of(text);
    let root = document.root_element();
    let mut all = Playlist::default();
    let mut by_key = BTreeMap::new();
    let entries = children(root, "COLLECTION").flat_map(|it| children(it, "ENTRY"));
    for node in entries {
        let n_before = all.entries.len();
        let (key, entry) = entry(node, &lines);
        if !all.take(entry, report) {
            break;
        }
        if n_before < all.entries.len() {
            by_key.insert(key, n_before);
        }
    }
    let mut lists = Vec::new();
    let mut n_taken = 0;
    let nodes = children(root, "PLAYLISTS").flat_map(|lists| lists.descendants());
    for node in nodes.filter(|node| node.has_tag_name("NODE")) {
        if node.attribute("TYPE") != Some("PLAYLIST") {
            continue;
        }
        let mut list = Playlist {
            title: cleaned(&attribute(node, "NAME")),
            entries: Vec::new(),
        };
        let keys = children(node, "PLAYLIST")
            .flat_map(|list| children(list, "ENTRY"))
            .flat_map(|entry| children(entry, "PRIMARYKEY"));
        for key in keys {
            if n_taken == MAX_ENTRIES {
                report.warn(lines.line(key), WarningKind::TooMany { n: MAX_ENTRIES });
                break;
            }
            n_taken += 1;
            let name = attribute(key, "KEY");
            match by_key.get(&name).and_then(|n| all.entries.get(*n)) {
                Some(entry) => list.entries.push(entry.clone()),
                None => {
                    let entry = Entry {
                        line: lines.line(key),
                        place: place(&name),
                        ..Entry::default()
                    };
                    list.take(entry, report);
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

/// An entry of the collection, and the name that playlists know it by.
fn entry(node: Node<'_, '_>, lines: &Lines) -> (String, Entry) {
    let of = |element: &'static str, name: &str| {
        let found = children(node, element).next();
        found.map_or_else(String::new, |found| attribute(found, name))
    };
    let (volume, folder, file) = (
        of("LOCATION", "VOLUME"),
        of("LOCATION", "DIR"),
        of("LOCATION", "FILE"),
    );
    let key = format!("{volume}{folder}{file}");
    let exact = of("INFO", "PLAYTIME_FLOAT");
    let rounded = of("INFO", "PLAYTIME");
    let entry = Entry {
        line: lines.line(node),
        place: if file.is_empty() { file } else { place(&key) },
        title: attribute(node, "TITLE"),
        artist: attribute(node, "ARTIST"),
        album: of("ALBUM", "TITLE"),
        length: length(&exact).or_else(|| length(&rounded)),
        bpm: tempo(&of("TEMPO", "BPM")),
        year: super::entry::year(&of("INFO", "RELEASE_DATE")),
        genre: of("INFO", "GENRE"),
        label: of("INFO", "LABEL"),
        comment: of("INFO", "COMMENT"),
        ..Entry::default()
    };
    (key, entry)
}

/// `C:/:Music/:a.mp3` as a path of Windows, `Macintosh HD/:Users/:x/:a.mp3` as one of a volume.
fn place(key: &str) -> String {
    let path = key.split("/:").collect::<Vec<_>>().join("/");
    let is_drive = path.get(1..2) == Some(":");
    if is_drive || path.starts_with('/') || path.is_empty() {
        path
    } else {
        format!("/Volumes/{path}")
    }
}
