//! What the libraries of music players have in common: a collection of recordings, each with names
//! that lists know it by, and lists in folders.

use std::collections::BTreeMap;

use super::entry::{Entry, Playlist};
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::cleaned;

/// A library that is being read.
#[derive(Debug, Default)]
pub(super) struct Library {
    all: Playlist,
    by_name: BTreeMap<String, usize>,
    lists: Vec<Playlist>,
    n_listed: usize,
}

impl Library {
    /// Takes a recording that lists know by any of these names; tells whether more can be taken.
    pub(super) fn take<const N: usize>(
        &mut self,
        entry: Entry,
        names: [String; N],
        report: &mut Report,
    ) -> bool {
        let n = self.all.entries.len();
        let goes_on = self.all.take(entry, report);
        if n < self.all.entries.len() {
            self.by_name.extend(names.map(|name| (name, n)));
        }
        goes_on
    }

    /// Begins a list, which takes what is listed from now on.
    pub(super) fn begin(&mut self, title: &str, folders: Vec<String>) {
        self.lists.push(Playlist {
            title: cleaned(title),
            folders,
            entries: Vec::new(),
        });
    }

    /// Lists a recording by one of its names. One that the collection does not hold is `stranger`,
    /// or is told of. Tells whether more can be listed.
    pub(super) fn list(
        &mut self,
        name: &str,
        line: usize,
        stranger: Option<Entry>,
        report: &mut Report,
    ) -> bool {
        if self.n_listed == MAX_ENTRIES {
            report.warn(line, WarningKind::TooMany { n: MAX_ENTRIES });
            return false;
        }
        let Some(list) = self.lists.last_mut() else {
            return false;
        };
        let known = self.by_name.get(name);
        match (known.and_then(|n| self.all.entries.get(*n)), stranger) {
            (Some(entry), _) => list.entries.push(entry.clone()),
            (None, Some(entry)) => {
                list.take(entry, report);
            }
            (None, None) => {
                report.warn(line, WarningKind::UnknownTrack(quoted(name)));
                return true;
            }
        }
        self.n_listed += 1;
        true
    }

    /// Takes out the list that was begun last.
    pub(super) fn take_list(&mut self) -> Option<Playlist> {
        self.lists.pop()
    }

    /// The lists, or where all are empty, the others, or where these are empty too, the
    /// collection.
    pub(super) fn end(self, others: Vec<Playlist>) -> Vec<Playlist> {
        let is_empty = |lists: &[Playlist]| lists.iter().all(|list| list.entries.is_empty());
        if !is_empty(&self.lists) {
            self.lists
        } else if !is_empty(&others) {
            others
        } else {
            vec![self.all]
        }
    }
}
