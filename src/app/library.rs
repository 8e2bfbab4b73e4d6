//! Waveforms and beats of the show's sound files, as far as they are at hand.
//!
//! Who looks at a row or a lane says so, and is served. Only so many waveforms are held at a time:
//! the others are in the cache on disk.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::sync::Arc;

use crate::analysis::Pulse;
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
    /// Whether it is to be tried even if it could not be read before.
    pub(super) is_forced: bool,
}

/// The waveforms and the beats.
#[derive(Default)]
pub struct Library {
    waves: BTreeMap<String, Wave>,
    pulses: BTreeMap<String, Arc<Pulse>>,
    /// In the order in which they came, oldest first.
    order: VecDeque<String>,
    /// What somebody looks at: the pool's rows, and the open cut.
    rows: Vec<Wanted>,
    cut: Vec<Wanted>,
    /// Whether nobody ever looks: there is no window.
    is_unseen: bool,
}

impl Library {
    /// The waveform of a file, as far as it is at hand.
    pub fn wave(&self, media: &Media) -> Option<&Wave> {
        self.waves.get(&media.hash)
    }

    /// The beats of a file, as far as they are at hand.
    pub(super) fn pulse(&self, media: &Media) -> Option<&Arc<Pulse>> {
        self.pulses.get(&media.hash)
    }

    /// The rows that somebody looks at.
    pub(super) fn look_at_rows(&mut self, rows: Vec<Wanted>) {
        if !self.is_unseen {
            self.rows = rows;
        }
    }

    /// Nobody ever looks at anything: for the command line.
    pub(super) fn hide(&mut self) {
        self.is_unseen = true;
    }

    /// What the open cut shows.
    pub(super) fn look_at_cut(&mut self, cut: Vec<Wanted>) {
        if !self.is_unseen {
            self.cut = cut;
        }
    }

    /// The next file that somebody waits for; it is then coming.
    pub(super) fn next(&mut self) -> Option<Wanted> {
        let is_open = |wanted: &&Wanted| !self.waves.contains_key(&wanted.media.hash);
        let seen = self.cut.iter().chain(&self.rows).find(is_open).cloned()?;
        self.waves.insert(seen.media.hash.clone(), Wave::Coming);
        Some(seen)
    }

    /// A file was measured, or could not be.
    pub(super) fn done(&mut self, hash: String, wave: Wave, pulse: Option<Arc<Pulse>>) {
        self.order.retain(|known| *known != hash);
        self.order.push_back(hash.clone());
        if let Some(pulse) = pulse {
            self.pulses.insert(hash.clone(), pulse);
        }
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
                self.pulses.remove(&hash);
            }
        }
    }

    /// Nobody measures this file any more: whoever looks at it asks again.
    pub(super) fn let_go(&mut self, hash: &str) {
        if matches!(self.waves.get(hash), Some(Wave::Coming)) {
            self.waves.remove(hash);
        }
    }

    /// A file is somewhere else now, or is to be tried again: what could not be read may be
    /// readable.
    pub(super) fn retry(&mut self, hash: &str) {
        if matches!(self.waves.get(hash), Some(Wave::Failed(_))) {
            self.waves.remove(hash);
            self.order.retain(|known| known != hash);
        }
    }

    /// Another show is open.
    pub(super) fn leave(&mut self) {
        *self = Self {
            is_unseen: self.is_unseen,
            ..Self::default()
        };
    }
}
