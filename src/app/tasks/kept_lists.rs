//! Playlists that are also kept as lists of the show: which of them, and which track each entry
//! came to be, in their order.

use std::collections::BTreeMap;
use std::path::Path;

use crate::interchange::playlist::Entry;
use crate::interchange::playlist::Playlist;
use crate::model::TrackId;
use crate::time::Ticks;

/// Which of the lists that are read are also kept as lists of the show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// None of them.
    #[default]
    None,
    /// Those that are playlists, also where a tool has written one out as a table. Any other table
    /// says what there is, and seldom in which order.
    Playlists,
    /// All of them.
    All,
}

/// A list to be kept, with what its entries have come to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct KeptList {
    /// What it is called.
    pub(in crate::app) name: String,
    /// Its tracks in its order, where they are in the pool.
    pub(in crate::app) tracks: Vec<TrackId>,
}

/// A list to be kept, whose entries are still on their way.
pub(super) struct Keeping {
    name: String,
    /// The number of each of its entries among all that is added.
    entries: Vec<usize>,
}

impl Keeping {
    /// The same list, before whose file so much else is added.
    pub(super) fn after(self, n: usize) -> Self {
        Self {
            entries: self.entries.into_iter().map(|at| at + n).collect(),
            ..self
        }
    }

    /// The list, once each of all that is added is known as a track, or is none.
    pub(super) fn with(self, tracks: &[Option<TrackId>]) -> KeptList {
        let entries = self.entries.into_iter();
        KeptList {
            name: self.name,
            tracks: entries
                .filter_map(|at| tracks.get(at).copied().flatten())
                .collect(),
        }
    }
}

/// The entries of the lists in the file at `path`, each once, and the lists with the numbers that
/// their entries have among these.
pub(super) fn numbered(path: &Path, lists: Vec<Playlist>) -> (Vec<Entry>, Vec<Keeping>) {
    let mut once = Once::default();
    let keeping = lists
        .into_iter()
        .map(|list| Keeping {
            name: match list.title.trim() {
                "" => path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into(),
                title => title.to_owned(),
            },
            entries: list.entries.into_iter().map(|it| once.add(it)).collect(),
        })
        .collect();
    (once.entries, keeping)
}

/// Entries in their order, each once.
pub(super) fn once(entries: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let mut once = Once::default();
    for entry in entries {
        once.add(entry);
    }
    once.entries
}

/// Entries, of which each is there once.
#[derive(Default)]
struct Once {
    entries: Vec<Entry>,
    numbers: BTreeMap<Told, usize>,
}

/// What tells one entry from another: place, artist, title and code, and how long it is said to be.
type Told = ([String; 4], Option<Ticks>);

impl Once {
    /// Adds an entry that is not there yet, and returns its number.
    fn add(&mut self, entry: Entry) -> usize {
        let told = [&entry.place, &entry.artist, &entry.title, &entry.isrc].map(String::clone);
        let n = self.entries.len();
        let number = *self.numbers.entry((told, entry.length)).or_insert(n);
        if number == n {
            self.entries.push(entry);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(title: &str, titles: &[&str]) -> Playlist {
        let entry = |title: &&str| Entry {
            title: (*title).to_owned(),
            ..Entry::default()
        };
        Playlist {
            title: title.to_owned(),
            entries: titles.iter().map(entry).collect(),
            ..Playlist::default()
        }
    }

    #[test]
    fn what_is_on_several_lists_is_added_once_and_kept_on_each() {
        let lists = vec![list("Day", &["a", "b"]), list(" ", &["b", "c", "a"])];
        let (entries, keeping) = numbered(Path::new("folder/Night.m3u"), lists);
        let titles: Vec<&str> = entries.iter().map(|entry| entry.title.as_str()).collect();
        assert_eq!(titles, ["a", "b", "c"]);
        let [a, b] = [1, 2].map(TrackId::from_u128);
        // Something else comes first, and nothing came of “c”.
        let tracks = [None, Some(a), Some(b), None];
        let kept = keeping.into_iter().map(|it| it.after(1).with(&tracks));
        let kept: Vec<_> = kept.map(|it| (it.name, it.tracks)).collect();
        let named = |name: &str, tracks| (name.to_owned(), tracks);
        assert_eq!(kept, [named("Day", vec![a, b]), named("Night", vec![b, a])]);
    }
}
