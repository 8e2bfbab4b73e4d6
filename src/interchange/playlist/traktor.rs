//! Collections and playlists of Traktor (NML, version 19). Native Instruments has published
//! nothing about them; the elements are those of exported collections: an entry with its place in
//! three parts, and playlists that name the three in one.

use roxmltree::Node;

use super::entry::{Entry, Playlist};
use super::library::Library;
use super::values::{length, tempo};
use crate::interchange::Fit;
use crate::interchange::report::Report;
use crate::interchange::xml;
use crate::interchange::xml::{Lines, attribute, children, folders};

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
    let mut library = Library::default();
    let entries = children(root, "COLLECTION").flat_map(|it| children(it, "ENTRY"));
    for node in entries {
        let (name, entry) = entry(node, &lines);
        if !library.take(entry, [name], report) {
            break;
        }
    }
    let nodes = children(root, "PLAYLISTS").flat_map(|lists| lists.descendants());
    for node in nodes.filter(|node| node.has_tag_name("NODE")) {
        if node.attribute("TYPE") != Some("PLAYLIST") {
            continue;
        }
        library.begin(&attribute(node, "NAME"), folders(node, "NODE", "NAME"));
        let names = children(node, "PLAYLIST")
            .flat_map(|list| children(list, "ENTRY"))
            .flat_map(|entry| children(entry, "PRIMARYKEY"));
        for node in names {
            let name = attribute(node, "KEY");
            let stranger = Entry {
                line: lines.line(node),
                place: place(&name),
                ..Entry::default()
            };
            if !library.list(&name, stranger.line, Some(stranger), report) {
                break;
            }
        }
    }
    Ok(library.end(Vec::new()))
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
        year: super::values::year(&of("INFO", "RELEASE_DATE")),
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
