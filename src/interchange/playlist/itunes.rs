//! Libraries and playlists of iTunes and Apple Music, exported as XML: a property list (Apple's
//! `PropertyList-1.0.dtd`) with the tracks by number, and playlists that name the numbers. There
//! is no document about what is in it; the keys are those that are met in exported libraries.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::entry::{Entry, Playlist, seconds, tempo};
use super::xml;
use super::xml::Lines;
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::cleaned;

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
    let mut all = Playlist::default();
    let mut by_number = BTreeMap::new();
    for (key, track) in value(top, "Tracks").into_iter().flat_map(pairs) {
        let n_before = all.entries.len();
        if !all.take(entry(track, &lines), report) {
            break;
        }
        if n_before < all.entries.len() {
            by_number.insert(xml::text(key).trim().to_owned(), n_before);
        }
    }
    let mut by_hand = Vec::new();
    let mut by_rule = Vec::new();
    let mut n_taken = 0;
    let lists = value(top, "Playlists").into_iter();
    for list in lists.flat_map(|lists| lists.children().filter(Node::is_element)) {
        let has = |key: &'static str| value(list, key).is_some();
        if has("Master") || has("Distinguished Kind") || has("Folder") {
            continue;
        }
        let mut playlist = Playlist {
            title: cleaned(&string(list, "Name")),
            entries: Vec::new(),
        };
        let items = value(list, "Playlist Items").into_iter();
        for item in items.flat_map(|items| items.children().filter(Node::is_element)) {
            let number = string(item, "Track ID");
            let line = lines.line(item);
            if n_taken == MAX_ENTRIES {
                report.warn(line, WarningKind::TooMany { n: MAX_ENTRIES });
                break;
            }
            match by_number
                .get(number.trim())
                .and_then(|n| all.entries.get(*n))
            {
                Some(entry) => {
                    playlist.entries.push(entry.clone());
                    n_taken += 1;
                }
                None => report.warn(line, WarningKind::UnknownTrack(quoted(&number))),
            }
        }
        let lists = if has("Smart Info") {
            &mut by_rule
        } else {
            &mut by_hand
        };
        lists.push(playlist);
    }
    let has_some = |lists: &[Playlist]| lists.iter().any(|list| !list.entries.is_empty());
    Ok(if has_some(&by_hand) {
        by_hand
    } else if has_some(&by_rule) {
        by_rule
    } else {
        vec![all]
    })
}

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
