//! Waveforms of the show's sound files, as far as they are at hand, and what is still to be
//! measured.
//!
//! Who looks at a row or a lane says so, and is served first; what nobody looks at is measured
//! when there is nothing else to do. Only so many waveforms are held at a time: the others are in
//! the cache on disk.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::sync::Arc;

use crate::media::Peaks;
use crate::model::Media;
use crate::model::TrackId;

/// How many waveforms are held, besides those that are looked at.
const MAX_HELD: usize = 200;

/// A waveform, as far as it is at hand.
#[derive(Clone, Debug)]
pub enum Wave {
    /// It is being read or measured.
    Coming,
    /// Here it is.
    Ready(Arc<Peaks>),
    /// The file cannot be read, for this reason.
    Failed(String),
}

/// A sound file that somebody wants measured.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The file.
    pub(super) media: Media,
    /// The track whose file it is; none for a guide.
    pub(super) track: Option<TrackId>,
    /// Whether what is measured is to be noted in the show.
    pub(super) is_unmeasured: bool,
}

/// The waveforms.
#[derive(Default)]
pub struct Library {
    waves: BTreeMap<String, Wave>,
    /// In the order in which they came, oldest first.
    order: VecDeque<String>,
    /// What somebody looks at: the pool's rows, and the open cut.
    rows: Vec<Wanted>,
    cut: Vec<Wanted>,
    /// What has not been measured at all.
    backlog: VecDeque<Wanted>,
    under_way: BTreeSet<String>,
}

impl Library {
    /// The waveform of a file, as far as it is at hand.
    pub fn wave(&self, media: &Media) -> Option<&Wave> {
        self.waves.get(&media.hash)
    }

    /// The rows that somebody looks at.
    pub(super) fn look_at_rows(&mut self, rows: Vec<Wanted>) {
        self.rows = rows;
    }

    /// What the open cut shows.
    pub(super) fn look_at_cut(&mut self, cut: Vec<Wanted>) {
        self.cut = cut;
    }

    /// What has not been measured at all.
    pub(super) fn set_backlog(&mut self, backlog: Vec<Wanted>) {
        self.backlog = backlog.into();
    }

    /// The next file to be measured, and whether somebody waits for it. At most `most` are under
    /// way at a time.
    pub(super) fn next(&mut self, most: usize) -> Option<(Wanted, Look)> {
        if self.under_way.len() >= most {
            return None;
        }
        let is_open = |wanted: &&Wanted| !self.waves.contains_key(&wanted.media.hash);
        let seen = self.cut.iter().chain(&self.rows).find(is_open).cloned();
        if let Some(wanted) = seen {
            self.begin(&wanted.media.hash);
            return Some((wanted, Look::Seen));
        }
        // Only one at a time of what nobody looks at: a row that comes into view finds a worker.
        if !self.under_way.is_empty() {
            return None;
        }
        while let Some(wanted) = self.backlog.pop_front() {
            if !self.under_way.contains(&wanted.media.hash) {
                self.under_way.insert(wanted.media.hash.clone());
                return Some((wanted, Look::Unseen));
            }
        }
        None
    }

    fn begin(&mut self, hash: &str) {
        self.under_way.insert(hash.to_owned());
        self.waves.insert(hash.to_owned(), Wave::Coming);
    }

    /// A file was measured, or could not be.
    pub(super) fn done(&mut self, hash: String, wave: Wave) {
        self.under_way.remove(&hash);
        self.backlog.retain(|wanted| wanted.media.hash != hash);
        self.order.retain(|known| *known != hash);
        self.order.push_back(hash.clone());
        self.waves.insert(hash, wave);
        if self.order.len() > MAX_HELD {
            let looked_at = |hash: &String| {
                let mut seen = self.cut.iter().chain(&self.rows);
                seen.any(|wanted| wanted.media.hash == *hash)
            };
            if let Some(oldest) = self.order.iter().position(|hash| !looked_at(hash))
                && let Some(hash) = self.order.remove(oldest)
            {
                self.waves.remove(&hash);
            }
        }
    }

    /// A file is somewhere else now: what could not be read may be readable.
    pub(super) fn retry(&mut self, hash: &str) {
        if matches!(self.waves.get(hash), Some(Wave::Failed(_))) {
            self.waves.remove(hash);
            self.order.retain(|known| known != hash);
        }
    }

    /// Another show is open.
    pub(super) fn leave(&mut self) {
        let under_way = std::mem::take(&mut self.under_way);
        *self = Self {
            under_way,
            ..Self::default()
        };
    }
}

/// Whether somebody waits for a waveform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// A row or lane shows it.
    Seen,
    /// Nobody looks.
    Unseen,
}
