//! Working out the beats of a track from what was measured and what was set by hand.

use std::sync::Arc;

use crate::analysis::Pulse;
use crate::model::Bpm;
use crate::model::Track;
use crate::ops::beats::BeatGrid;
use crate::time::Ticks;

/// What the beats of a track follow from, besides its pulse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct BeatsAsked {
    /// The content of its file.
    hash: String,
    tempo: Option<Bpm>,
    downbeat_by_hand: Option<Ticks>,
    measured_downbeat: Option<Ticks>,
    length: Option<Ticks>,
    /// Whether its pulse is at hand.
    has_pulse: bool,
}

impl BeatsAsked {
    /// What the beats of `track` follow from.
    pub(in crate::app) fn of(track: &Track, pulse: Option<&Arc<Pulse>>) -> Self {
        Self {
            hash: track
                .media
                .as_ref()
                .map(|media| media.hash.clone())
                .unwrap_or_default(),
            tempo: track.tempo().map(|tempo| tempo.value),
            downbeat_by_hand: track.downbeat_by_hand,
            measured_downbeat: track.measured.first_downbeat,
            length: track.duration(),
            has_pulse: pulse.is_some(),
        }
    }

    /// The beats; none where there are too few to tell a tempo. May take a second for a long
    /// recording whose tempo was set by hand.
    pub(in crate::app) fn grid(&self, pulse: Option<&Pulse>) -> Option<BeatGrid> {
        let measured = pulse.filter(|pulse| pulse.beats.len() > 1);
        let measured =
            measured.map(|pulse| BeatGrid::new(pulse.beats.clone(), pulse.first_bar, pulse.in_bar));
        let grid = match (measured, self.tempo) {
            (Some(measured), None) => measured,
            (Some(measured), Some(bpm)) => {
                let at_tempo = measured.at_tempo(bpm);
                at_tempo
                    .or_else(|| self.found_anew(pulse?, bpm))
                    .or_else(|| self.even(bpm))?
            }
            (None, Some(bpm)) => {
                let anew = pulse.and_then(|pulse| self.found_anew(pulse, bpm));
                anew.or_else(|| self.even(bpm))?
            }
            (None, None) => return None,
        };
        Some(match self.downbeat_by_hand {
            Some(at) => grid.with_downbeat(at),
            None => grid,
        })
    }

    /// The beats at a tempo that is none of those that were measured.
    fn found_anew(&self, pulse: &Pulse, bpm: Bpm) -> Option<BeatGrid> {
        let beats = pulse.beats_at(bpm);
        let downbeat = self.measured_downbeat;
        let grid = (beats.len() > 1).then(|| BeatGrid::new(beats, 0, 0))?;
        Some(match downbeat {
            Some(at) => grid.with_nearest_downbeat(at),
            None => grid,
        })
    }

    /// Even beats, where nothing is known but a tempo and one downbeat.
    fn even(&self, bpm: Bpm) -> Option<BeatGrid> {
        let anchor = self.downbeat_by_hand.or(self.measured_downbeat)?;
        Some(BeatGrid::even(bpm, anchor, self.length?))
    }
}
