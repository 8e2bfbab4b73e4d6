//! Libraries and playlists of iTunes and Apple Music, exported as XML: a property list (Apple's
//! `PropertyList-1.0.dtd`) with the tracks by number, and playlists that name the numbers. There
//! is no document about what is in it; the keys are those that are met in exported libraries.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::entry::{Entry, Playlist};
use super::library::Library;
use super::values::{seconds, tempo, writers};
use crate::interchange::Fit;
use crate::interchange::report::Report;
use crate::interchange::text::cleaned;
use crate::interchange::xml;
use crate::interchange::xml::Lines;

/// How deep folders may lie in each other: a chain that is longer is a circle.
const MAX_DEPTH: usize = 32;

/// Whether this is a property list with tracks, which stand near its beginning.
pub(super) fn fit(head: &str) -> Fit {
    let is_one = xml::begins_with(head, "plist") && head.contains("<key>Tracks</key>");
    if is_one { Fit::Sure } else { Fit::No }
}

/// Reads the playlists that people made, those in folders too. The lists that the program keeps
/// by itself are passed over; lists that follow rules are taken where there are no others.
pub(super) fn read(text: &str, report: &mut Report) -> Result<Vec<Playlist>, String> {
    let document = xml::parse(text)?;
    let lines = Lines::of(text);
    let top = document.root_element().children().find(Node::is_element);
    let Some(top) = top else {
        return Ok(Vec::new());
    };
    let mut library = Library::default();
    for (key, track) in value(top, "Tracks").into_iter().flat_map(pairs) {
        let number = xml::text(key).trim().to_owned();
        if !library.take(entry(track, &lines), [number], report) {
            break;
        }
    }
    let lists = value(top, "Playlists").into_iter();
    let lists = lists.flat_map(|lists| lists.children().filter(Node::is_element));
    let lists: Vec<Node<'_, '_>> = lists.collect();
    let folders = Folders::of(&lists);
    let mut by_rule = Vec::new();
    for list in lists {
        let has = |key: &'static str| value(list, key).is_some();
        if has("Master") || has("Distinguished Kind") || has("Folder") {
            continue;
        }
        library.begin(&string(list, "Name"), folders.above(list));
        let items = value(list, "Playlist Items").into_iter();
        for item in items.flat_map(|items| items.children().filter(Node::is_element)) {
            let number = string(item, "Track ID");
            if !library.list(number.trim(), lines.line(item), None, report) {
                break;
            }
        }
        if has("Smart Info") {
            by_rule.extend(library.take_list());
        }
    }
    Ok(library.end(by_rule))
}

/// The folders of a library by their identifiers, each with its name and the folder it lies in.
struct Folders(BTreeMap<String, (String, String)>);

impl Folders {
    fn of(lists: &[Node<'_, '_>]) -> Self {
        let folders = lists
            .iter()
            .filter(|list| value(**list, "Folder").is_some());
        let named = folders.map(|list| {
            let id = string(*list, "Playlist Persistent ID");
            let (name, parent) = (string(*list, "Name"), string(*list, PARENT));
            (id, (cleaned(&name), parent))
        });
        // What names no folder lies in none, and not in one that has no name to be called by.
        Self(named.filter(|(id, _)| !id.is_empty()).collect())
    }

    /// The names of those that a list lies in, the outermost first.
    fn above(&self, list: Node<'_, '_>) -> Vec<String> {
        let mut names = Vec::new();
        let mut parent = string(list, PARENT);
        while let Some((name, above)) = self.0.get(&parent) {
            if names.len() == MAX_DEPTH {
                break;
            }
            names.push(name.clone());
            parent.clone_from(above);
        }
        names.reverse();
        names
    }
}

/// The key under which a list names its folder.
const PARENT: &str = "Parent Persistent ID";

fn entry(track: Node<'_, '_>, lines: &Lines) -> Entry {
    let millis = string(track, "Total Time").trim().parse::<f64>().ok();
    Entry {
        line: lines.line(track),
        place: string(track, "Location"),
        title: string(track, "Name"),
        artist: string(track, "Artist"),
        album: string(track, "Album"),
        length: millis.and_then(|millis| seconds(millis / 1000.0)),
        bpm: tempo(&string(track, "BPM")),
        year: string(track, "Year").trim().parse().ok(),
        genre: string(track, "Genre"),
        comment: string(track, "Comments"),
        writers: writers(&string(track, "Composer")),
        ..Entry::default()
    }
}

/// The keys of a dictionary with their values.
fn pairs<'a, 'i>(dict: Node<'a, 'i>) -> impl Iterator<Item = (Node<'a, 'i>, Node<'a, 'i>)> {
    let mut inside = dict.children().filter(Node::is_element);
    std::iter::from_fn(move || {
        let key = inside.by_ref().find(|node| node.has_tag_name("key"))?;
        Some((key, inside.next()?))
    })
}

fn value<'a, 'i>(dict: Node<'a, 'i>, key: &'static str) -> Option<Node<'a, 'i>> {
    let is_it = |name: Node<'_, '_>| name.text().is_some_and(|text| text.trim() == key);
    pairs(dict)
        .find(|(name, _)| is_it(*name))
        .map(|(_, value)| value)
}

fn string(dict: Node<'_, '_>, key: &'static str) -> String {
    value(dict, key).map(xml::text).unwrap_or_default()
}
