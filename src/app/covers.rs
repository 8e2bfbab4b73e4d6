//! Pictures of the recordings that somebody looks at, as far as they are at hand.
//!
//! They are read and made small by jobs, for what can be seen only. So many are held at a time; the
//! others are in the cache on disk.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::sync::Arc;

use crate::media::Thumbnail;
use crate::model::Media;

/// How many are held, besides those that are looked at: some 50 MB.
const MAX_HELD: usize = 400;
/// How many are read at a time, at most.
const AT_A_TIME: usize = 2;

/// A recording's picture, as far as it is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    /// It is being read.
    Coming,
    /// The recording has none that can be shown.
    None,
    /// Here it is.
    Ready(Arc<Thumbnail>),
}

/// The pictures.
#[derive(Default)]
pub struct Covers {
    held: BTreeMap<String, Cover>,
    /// In the order in which they came, oldest first.
    order: VecDeque<String>,
    /// What somebody looks at: the selected track, and the pool's rows.
    selected: Option<Media>,
    rows: Vec<Media>,
    n_under_way: usize,
}

impl Covers {
    /// The picture of a recording by its file, as far as it is at hand.
    pub fn get(&self, media: &Media) -> Option<&Cover> {
        self.held.get(&media.hash)
    }

    /// The rows whose pictures somebody looks at.
    pub(super) fn look_at_rows(&mut self, rows: Vec<Media>) {
        self.rows = rows;
    }

    /// The track that somebody looks at.
    pub(super) fn look_at(&mut self, selected: Option<&Media>) {
        if self.selected.as_ref().map(|media| &media.hash) != selected.map(|media| &media.hash) {
            self.selected = selected.cloned();
        }
    }

    /// The next file whose picture is to be read.
    pub(super) fn next(&mut self) -> Option<Media> {
        if self.n_under_way >= AT_A_TIME {
            return None;
        }
        let mut seen = self.selected.iter().chain(&self.rows);
        let next =
            seen.find(|media| !media.hash.is_empty() && !self.held.contains_key(&media.hash))?;
        let next = next.clone();
        self.held.insert(next.hash.clone(), Cover::Coming);
        self.n_under_way += 1;
        Some(next)
    }

    /// A picture was read, or there is none.
    pub(super) fn done(&mut self, hash: String, cover: Cover) {
        self.n_under_way = self.n_under_way.saturating_sub(1);
        self.order.retain(|known| *known != hash);
        self.order.push_back(hash.clone());
        self.held.insert(hash, cover);
        while self.order.len() > MAX_HELD {
            let is_seen = |hash: &String| {
                let mut seen = self.selected.iter().chain(&self.rows);
                seen.any(|media| media.hash == *hash)
            };
            let Some(oldest) = self.order.iter().position(|hash| !is_seen(hash)) else {
                break;
            };
            if let Some(hash) = self.order.remove(oldest) {
                self.held.remove(&hash);
            }
        }
    }

    /// A file is somewhere else now: its picture may be readable.
    pub(super) fn retry(&mut self, hash: &str) {
        if matches!(self.held.get(hash), Some(Cover::None)) {
            self.held.remove(hash);
            self.order.retain(|known| known != hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SampleRate;
    use crate::time::Samples;

    fn media(n: usize) -> Media {
        Media {
            paths: Vec::new(),
            bytes: 1,
            hash: format!("{n:04}"),
            container: String::new(),
            codec: String::new(),
            rate: SampleRate::HZ_48000,
            channels: 2,
            length: Samples::ZERO,
            is_exact: true,
            trimmed_start: Samples::ZERO,
            trimmed_end: Samples::ZERO,
        }
    }

    #[test]
    fn what_is_selected_comes_first_and_each_is_read_once() {
        let mut covers = Covers::default();
        covers.look_at_rows(vec![media(1), media(2)]);
        covers.look_at(Some(&media(2)));
        let hashes = |media: Option<Media>| media.map(|it| it.hash);
        assert_eq!(hashes(covers.next()), Some(media(2).hash));
        assert_eq!(hashes(covers.next()), Some(media(1).hash));
        covers.done(media(2).hash, Cover::None);
        assert_eq!(hashes(covers.next()), None);
        assert_eq!(covers.get(&media(2)), Some(&Cover::None));
    }

    #[test]
    fn only_so_many_are_held_but_all_that_is_seen() {
        let mut covers = Covers::default();
        covers.look_at_rows(vec![media(0)]);
        for n in 0..2 * MAX_HELD {
            covers.done(media(n).hash, Cover::None);
        }
        assert!(covers.held.len() <= MAX_HELD + 1);
        assert!(covers.get(&media(0)).is_some());
        assert!(covers.get(&media(1)).is_none());
    }
}
