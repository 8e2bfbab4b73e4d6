//! Collections of rekordbox, exported as XML ("XML format list for rekordbox", `AlphaTheta`, the
//! former Pioneer DJ): tracks with attributes, and playlists that name them by number or place.

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
    let mut library = Library::default();
    let tracks = children(root, "COLLECTION").flat_map(|it| children(it, "TRACK"));
    for track in tracks {
        // Numbers and places cannot be taken for each other: a place has slashes.
        let names = ["TrackID", "Location"].map(|name| attribute(track, name));
        if !library.take(entry(track, &lines), names, report) {
            break;
        }
    }
    let nodes = children(root, "PLAYLISTS").flat_map(|lists| lists.descendants());
    for node in nodes.filter(|node| node.has_tag_name("NODE")) {
        if node.attribute("Type") != Some("1") {
            continue;
        }
        library.begin(&attribute(node, "Name"), folders(node, "NODE", "Name"));
        for track in children(node, "TRACK") {
            let name = attribute(track, "Key");
            if !library.list(&name, lines.line(track), None, report) {
                break;
            }
        }
    }
    Ok(library.end(Vec::new()))
}

fn entry(track: Node<'_, '_>, lines: &Lines) -> Entry {
    Entry {
        line: lines.line(track),
        place: attribute(track, "Location"),
        title: attribute(track, "Name"),
        artist: attribute(track, "Artist"),
        album: attribute(track, "Album"),
        length: length(&attribute(track, "TotalTime")),
        bpm: tempo(&attribute(track, "AverageBpm")),
        key: attribute(track, "Tonality"),
        year: super::values::year(&attribute(track, "Year")),
        genre: attribute(track, "Genre"),
        label: attribute(track, "Label"),
        comment: attribute(track, "Comments"),
        writers: super::values::writers(&attribute(track, "Composer")),
        ..Entry::default()
    }
}
