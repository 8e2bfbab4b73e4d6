//! PLS: `File1=`, `Title1=`, `Length1=` under a `[playlist]` (Winamp; the Wikipedia article "PLS
//! (file format)"). Keys are written in any case, numbers have gaps, and lists end early.

use std::collections::BTreeMap;

use super::entry::{Entry, Playlist};
use super::values::seconds;
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::lines;

/// Whether this begins with the section's name.
pub(super) fn fit(head: &str) -> Fit {
    let first = lines(head)
        .map(|line| line.text.trim())
        .find(|line| !line.is_empty() && !line.starts_with([';', '#']));
    match first {
        Some(first) if first.eq_ignore_ascii_case("[playlist]") => Fit::Sure,
        _ => Fit::No,
    }
}

/// Reads a list.
pub(super) fn read(text: &str, report: &mut Report) -> Playlist {
    let mut drafts: BTreeMap<u64, Entry> = BTreeMap::new();
    let mut list = Playlist::default();
    for line in lines(text) {
        let content = line.text.trim();
        if content.is_empty() || content.starts_with(['[', ';', '#']) {
            continue;
        }
        let Some((key, value)) = content.split_once('=') else {
            report.warn(line.number, WarningKind::Unreadable(quoted(content)));
            continue;
        };
        let key = key.trim().to_ascii_lowercase();
        let name = key.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = key.get(name.len()..).unwrap_or_default().parse::<u64>();
        let (Ok(number), "file" | "title" | "length") = (number, name) else {
            match key.as_str() {
                "x-gnome-title" | "playlistname" => {
                    list.title = crate::interchange::text::cleaned(value);
                }
                "numberofentries" | "version" => {}
                _ => report.warn(line.number, WarningKind::Unreadable(quoted(content))),
            }
            continue;
        };
        if drafts.len() > MAX_ENTRIES && !drafts.contains_key(&number) {
            continue;
        }
        let draft = drafts.entry(number).or_default();
        if draft.line == 0 || name == "file" {
            draft.line = line.number;
        }
        match name {
            "file" => value.trim().clone_into(&mut draft.place),
            "title" => draft.set_display(value),
            _ => draft.length = value.trim().parse().ok().and_then(seconds),
        }
    }
    for entry in drafts.into_values() {
        if !list.take(entry, report) {
            break;
        }
    }
    list
}
