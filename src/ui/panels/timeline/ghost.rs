//! Tracks dragged over the timeline: what they would be dropped on, what would come of it, and the
//! ghost that shows it.

use std::sync::Arc;

use egui::Pos2;
use egui::Rect;
use egui::Ui;

use super::gesture::Preview;
use super::gesture::REACH;
use super::view::Magnet;
use super::view::Painted;
use crate::app::App;
use crate::app::Revision;
use crate::model::AlternateId;
use crate::model::CutAt;
use crate::model::SlotId;
use crate::model::TrackId;
use crate::ops::place::Target;
use crate::ops::place::place;
use crate::time::Ticks;
use crate::ui::dnd::Dragged;

/// A drop that is being considered.
pub(super) struct Hover {
    /// What is dragged.
    pub(super) tracks: Arc<[TrackId]>,
    /// What it is held over.
    pub(super) target: Target,
    revision: Option<Revision>,
    /// What would come of it, or why nothing can.
    pub(super) outcome: Result<Ghost, String>,
}

/// What would come of a drop.
pub(super) struct Ghost {
    pub(super) preview: Arc<Preview>,
    pub(super) slot: SlotId,
    pub(super) alternate: AlternateId,
    /// Where the music would begin.
    pub(super) at: Ticks,
    /// What would have happened, in one sentence.
    pub(super) sentence: String,
}

impl Hover {
    /// What dropping `tracks` on `target` would come to. What `before` found is taken over where
    /// nothing has changed.
    pub(super) fn over(
        before: Option<Self>,
        app: &App,
        at: CutAt,
        tracks: &Arc<[TrackId]>,
        target: Target,
    ) -> Option<Self> {
        let revision = app.session().map(crate::app::Session::revision);
        if let Some(before) = before
            && before.tracks == *tracks
            && before.target == target
            && before.revision == revision
        {
            return Some(before);
        }
        let show = app.show()?;
        let outcome = match place(show, at, tracks, target) {
            Ok(placement) => {
                let preview = Preview::of(show, at, &placement.transaction)?;
                Ok(Ghost {
                    preview: Arc::new(preview),
                    slot: placement.slot,
                    alternate: placement.alternate,
                    at: placement.heard.start(),
                    sentence: placement.sentence,
                })
            }
            Err(refusal) => Err(refusal.to_string()),
        };
        Some(Self {
            tracks: Arc::clone(tracks),
            target,
            revision,
            outcome,
        })
    }
}

/// The tracks that are being dragged, from anywhere in the window.
pub(super) fn dragged_tracks(ui: &Ui) -> Option<Arc<[TrackId]>> {
    let payload = egui::DragAndDrop::payload::<Dragged>(ui)?;
    let Dragged::Tracks(tracks) = &*payload;
    Some(Arc::clone(tracks))
}

impl Painted {
    /// What music let go at `pos` would be dropped on.
    pub(super) fn target_at(&self, pos: Pos2, magnet: Magnet) -> Option<Target> {
        if !self.lanes.contains(pos) {
            return None;
        }
        let hit = |(rect, _): &&(Rect, Target)| rect.contains(pos);
        let found = self.targets.iter().rev().find(hit);
        Some(found.map_or_else(
            || {
                let reach = match magnet {
                    Magnet::On => self.scale.ticks(REACH),
                    Magnet::Off => Ticks::new(-1),
                };
                Target::At(self.snap.snap(self.scale.at(pos.x), reach).at)
            },
            |(_, target)| *target,
        ))
    }
}
