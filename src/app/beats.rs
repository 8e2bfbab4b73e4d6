//! The beats of the tracks that somebody works with: those of the open cut, and the selected ones.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::App;
use super::library::Wave;
use super::tasks::Outcome;
use super::tasks::beats::BeatsAsked;
use crate::jobs::Priority;
use crate::model::TrackId;
use crate::ops::beats::BeatGrid;

/// The most selected tracks whose beats are worked out.
const MAX_SELECTED: usize = 20;

/// Beats by track, as far as they have been worked out.
#[derive(Default)]
pub(super) struct Beats(BTreeMap<TrackId, Known>);

struct Known {
    asked: BeatsAsked,
    grid: Option<Arc<BeatGrid>>,
}

impl Beats {
    /// They were worked out.
    pub(super) fn found(
        &mut self,
        track: TrackId,
        asked: &BeatsAsked,
        grid: Option<Arc<BeatGrid>>,
    ) {
        // Another answer may have been asked for meanwhile.
        if let Some(known) = self.0.get_mut(&track).filter(|known| known.asked == *asked) {
            known.grid = grid;
        }
    }

    /// Another show is open.
    pub(super) fn leave(&mut self) {
        self.0.clear();
    }
}

impl App {
    /// The beats of a track of the open cut, or of a selected one; none where there are none, or
    /// they have not been worked out yet.
    pub fn beats(&self, track: TrackId) -> Option<&BeatGrid> {
        self.beats.0.get(&track)?.grid.as_deref()
    }

    /// Has the beats worked out that are not known, in the background. What was known of a track
    /// stays until the new answer has come.
    pub(in crate::app) fn serve_beats(&mut self) {
        let Some(session) = &self.session else { return };
        let show = session.show();
        let mut wanted: BTreeSet<TrackId> = BTreeSet::new();
        wanted.extend(self.selection.tracks().iter().rev().take(MAX_SELECTED));
        if let Some(cut) = self.selection.cut().and_then(|at| show.cut(at)) {
            for (_, slot) in cut.slots() {
                let alternates = slot.alternates().into_iter();
                wanted.extend(alternates.map(|(_, alternate)| alternate.track));
            }
        }
        self.beats.0.retain(|track, _| wanted.contains(track));
        let mut work = Vec::new();
        for id in wanted {
            let Some(track) = show.track(id) else {
                continue;
            };
            let media = track.media.as_ref();
            let pulse = media.and_then(|media| self.library.pulse(media));
            let wave = media.and_then(|media| self.library.wave(media));
            if pulse.is_none() && matches!(wave, Some(Wave::Coming)) {
                continue;
            }
            let asked = BeatsAsked::of(track, pulse);
            let known = self.beats.0.get(&id);
            if known.is_some_and(|known| known.asked == asked) {
                continue;
            }
            let grid = known.and_then(|known| known.grid.clone());
            work.push((id, asked.clone(), pulse.cloned()));
            self.beats.0.insert(id, Known { asked, grid });
        }
        for (track, asked, pulse) in work {
            self.jobs.start(Priority::Visible, "", move |work| {
                let grid = asked.grid(pulse.as_deref()).map(Arc::new);
                work.send(Outcome::BeatsFound { track, asked, grid });
            });
        }
    }
}
