//! What is selected: never saved, never an undo step.

use std::collections::BTreeSet;

use crate::model::AlternateId;
use crate::model::CutAt;
use crate::model::EpisodeId;
use crate::model::MarkerId;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::SlotId;
use crate::model::TrackId;

/// What the inspector shows and the keys act on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The show or episode itself.
    #[default]
    Nothing,
    /// The selected tracks of the pool.
    Tracks,
    /// A scene.
    Scene(SceneId),
    /// A marker.
    Marker(MarkerId),
    /// A slot, and one of its alternates where one was chosen.
    Slot(SlotId, Option<AlternateId>),
}

/// What is selected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The selected tracks, the leading one last.
    tracks: Vec<TrackId>,
    /// The same, to be asked row by row.
    has: BTreeSet<TrackId>,
    /// What the inspector shows.
    focus: Focus,
    /// The cut that is open.
    cut: Option<CutAt>,
    /// How often other tracks have been selected.
    revision: u64,
}

impl Selection {
    /// The selected tracks, in the order in which they were selected.
    pub fn tracks(&self) -> &[TrackId] {
        &self.tracks
    }

    /// The track selected last.
    pub fn lead(&self) -> Option<TrackId> {
        self.tracks.last().copied()
    }

    /// Whether a track is selected.
    pub fn has(&self, track: TrackId) -> bool {
        self.has.contains(&track)
    }

    /// What the inspector shows.
    pub fn focus(&self) -> Focus {
        self.focus
    }

    /// The cut that is open.
    pub fn cut(&self) -> Option<CutAt> {
        self.cut
    }

    /// How often other tracks have been selected: with the same number, they are the same.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    pub(super) fn select_tracks(&mut self, tracks: Vec<TrackId>) {
        self.revision += u64::from(self.tracks != tracks);
        self.focus = if tracks.is_empty() {
            Focus::Nothing
        } else {
            Focus::Tracks
        };
        self.has = tracks.iter().copied().collect();
        self.tracks = tracks;
    }

    pub(super) fn set_focus(&mut self, focus: Focus) {
        self.focus = focus;
    }

    pub(super) fn open_cut(&mut self, cut: Option<CutAt>) {
        if self.cut != cut {
            self.cut = cut;
            if self.focus != Focus::Tracks {
                self.focus = Focus::Nothing;
            }
        }
    }

    /// Opens the episode's current cut, or nothing.
    pub(super) fn open_episode(&mut self, show: &Show, episode: Option<EpisodeId>) {
        let cut = episode.and_then(|id| {
            let (cut, _) = show.episode(id)?.current()?;
            Some(CutAt { episode: id, cut })
        });
        self.open_cut(cut);
    }

    /// Lets go of what is no longer there.
    pub(super) fn settle(&mut self, show: &Show) {
        if self.tracks.iter().any(|id| show.track(*id).is_none()) {
            self.tracks.retain(|id| show.track(*id).is_some());
            self.has = self.tracks.iter().copied().collect();
            self.revision += 1;
        }
        let first = show.episodes().first().map(|(id, _)| *id);
        if self.cut.is_none_or(|at| show.cut(at).is_none()) {
            let episode = self.cut.map(|at| at.episode);
            let still = episode.filter(|id| show.episode(*id).is_some());
            self.open_episode(show, still.or(first));
        }
        let cut = self.cut.and_then(|at| show.cut(at));
        let is_there = match self.focus {
            Focus::Nothing => true,
            Focus::Tracks => !self.tracks.is_empty(),
            Focus::Scene(id) => cut.is_some_and(|cut| cut.scene(id).is_some()),
            Focus::Marker(id) => cut.is_some_and(|cut| cut.marker(id).is_some()),
            Focus::Slot(id, _) => cut.is_some_and(|cut| cut.slot(id).is_some()),
        };
        if !is_there {
            self.focus = Focus::Nothing;
        }
        if let Focus::Slot(id, Some(alternate)) = self.focus {
            let slot = cut.and_then(|cut| cut.slot(id));
            if slot.is_none_or(|slot| slot.alternate(alternate).is_none()) {
                self.focus = Focus::Slot(id, None);
            }
        }
    }
}
