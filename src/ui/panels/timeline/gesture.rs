//! What is dragged about on the timeline, and what it amounts to: the request that letting go makes
//! is worked out on every frame, and what is drawn meanwhile is the show with that request granted.

use std::sync::Arc;

use egui::Pos2;

use super::model::Model;
use super::snap::Held;
use super::snap::Magnets;
use super::snap::Moments;
use super::view::Magnet;
use super::window::Scale;
use crate::app::App;
use crate::app::TimelineAction;
use crate::model::Alternate;
use crate::model::AlternateField;
use crate::model::AlternateId;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Decibels;
use crate::model::MarkerId;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::Transaction;
use crate::ops::timeline;
use crate::ops::timeline::End;
use crate::time::TickSpan;
use crate::time::Ticks;

/// How near something must be to stick, in points.
pub(super) const REACH: f32 = 8.0;
/// Hundredths of a decibel for each point a level is dragged up.
const GAIN_PER_POINT: f32 = 10.0;

/// By which part a thing with a length is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// As a whole: it moves.
    Whole,
    /// By an edge: it is trimmed.
    Edge(End),
}

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grip {
    /// A scene.
    Scene(SceneId, Hold),
    /// A marker.
    Marker(MarkerId),
    /// A slot.
    Slot(SlotId, Hold),
    /// A track inside its slot.
    Slip(SlotId, AlternateId),
    /// The handle of a fade.
    Fade(SlotId, AlternateId, End),
    /// The level of an alternate.
    Gain(SlotId, AlternateId),
}

/// The show as it would be.
#[derive(Clone, Debug)]
pub(super) struct Preview {
    pub(super) show: Show,
    pub(super) model: Arc<Model>,
}

impl Preview {
    /// The show with `transaction` made.
    pub(super) fn of(show: &Show, at: CutAt, transaction: &Transaction) -> Option<Self> {
        let mut show = show.clone();
        show.apply_all(&transaction.edits).ok()?;
        let model = Arc::new(Model::of(show.cut(at)?));
        Some(Self { show, model })
    }
}

/// Something that is being dragged.
#[derive(Clone, Debug)]
pub(super) struct Gesture {
    pub(super) grip: Grip,
    /// Where it was taken hold of.
    from: Ticks,
    from_y: f32,
    magnets: Magnets,
    /// The moments of the music that stick, where music is slipped.
    moments: Moments,
    /// What letting go would ask for.
    pub(super) action: Option<TimelineAction>,
    /// The place it sticks to.
    pub(super) snap: Option<Ticks>,
    /// What is drawn meanwhile.
    pub(super) preview: Option<Arc<Preview>>,
}

impl Gesture {
    /// Takes hold of something at `pos`.
    pub(super) fn begin(
        grip: Grip,
        pos: Pos2,
        scale: Scale,
        (app, cut): (&App, &Cut),
        playhead: Ticks,
    ) -> Self {
        let held = held_by(cut, grip);
        let slipped = match grip {
            Grip::Slip(slot, id) => cut.slot(slot).and_then(|slot| slot.alternate(id)),
            _ => None,
        };
        Self {
            grip,
            from: scale.at(pos.x),
            from_y: pos.y,
            magnets: Magnets::of(cut, playhead, Held { places: &held }),
            moments: slipped.map_or_else(Moments::default, |it| Moments::of(app, it.track)),
            action: None,
            snap: None,
            preview: None,
        }
    }

    /// Follows the pointer to `pos`.
    pub(super) fn follow(
        &mut self,
        show: &Show,
        at: CutAt,
        pos: Pos2,
        scale: Scale,
        magnet: Magnet,
    ) {
        let reach = match magnet {
            Magnet::On => scale.ticks(REACH),
            // Nothing lies nearer than this.
            Magnet::Off => Ticks::new(-1),
        };
        let by = scale.at(pos.x) - self.from;
        let asked = show.cut(at).and_then(|cut| {
            let up = self.from_y - pos.y;
            amounts_to(
                cut,
                self.grip,
                by,
                up,
                (&self.magnets, &self.moments),
                reach,
            )
        });
        let (action, snap) = match asked {
            Some(asked) => (Some(asked.action), asked.snap),
            None => (None, None),
        };
        if action != self.action {
            self.preview = action
                .as_ref()
                .and_then(|action| transaction_of(show, at, action))
                .and_then(|transaction| Preview::of(show, at, &transaction))
                .map(Arc::new);
            self.action = action;
        }
        self.snap = snap.filter(|_| self.preview.is_some());
    }
}

/// A request, and the place that made it what it is.
struct Asked {
    action: TimelineAction,
    snap: Option<Ticks>,
}

/// What moving the pointer `by` along the cut and `up` on the screen amounts to.
fn amounts_to(
    cut: &Cut,
    grip: Grip,
    by: Ticks,
    up: f32,
    (magnets, moments): (&Magnets, &Moments),
    reach: Ticks,
) -> Option<Asked> {
    let asked = |action, snap| Some(Asked { action, snap });
    match grip {
        Grip::Scene(id, hold) => {
            let span = cut.scene(id)?.span;
            match hold {
                Hold::Whole => {
                    let by = magnets.snap_span(span, by, reach);
                    asked(TimelineAction::MoveScene(id, by.at), by.to)
                }
                Hold::Edge(end) => {
                    let to = magnets.snap(edge(span, end) + by, reach);
                    asked(TimelineAction::TrimScene(id, end, to.at), to.to)
                }
            }
        }
        Grip::Marker(id) => {
            let to = magnets.snap(cut.marker(id)?.at + by, reach);
            asked(TimelineAction::MoveMarker(id, to.at), to.to)
        }
        Grip::Slot(id, hold) => {
            let span = cut.slot(id)?.span;
            match hold {
                Hold::Whole => {
                    let by = magnets.snap_span(span, by, reach);
                    asked(TimelineAction::MoveSlot(id, by.at), by.to)
                }
                Hold::Edge(end) => {
                    let to = magnets.snap(edge(span, end) + by, reach);
                    asked(TimelineAction::TrimSlot(id, end, to.at), to.to)
                }
            }
        }
        Grip::Slip(slot, id) => {
            let found = cut.slot(slot)?;
            let start = found.alternate(id)?.track_start;
            let snapped = magnets.snap_music(found.span, start, by, moments, reach);
            let by = match snapped.to {
                Some(_) => snapped.at,
                None => cut.timebase.rate().snapped(by),
            };
            asked(TimelineAction::Slip(slot, id, by), snapped.to)
        }
        Grip::Fade(slot_id, id, end) => {
            let slot = cut.slot(slot_id)?;
            let alternate = slot.alternate(id)?;
            let rate = cut.timebase.rate();
            let longest = slot.span.length();
            let faded = |fade: Ticks| rate.snapped(fade).clamp(Ticks::ZERO, longest);
            let field = match end {
                End::In => AlternateField::FadeIn(faded(alternate.fade_in + by)),
                End::Out => AlternateField::FadeOut(faded(alternate.fade_out - by)),
            };
            asked(TimelineAction::Shape(slot_id, id, field), None)
        }
        Grip::Gain(slot, id) => {
            let alternate = cut.slot(slot)?.alternate(id)?;
            // Whole tenths of a decibel.
            let more = (up * GAIN_PER_POINT / 10.0).round() as i32 * 10;
            let gain = alternate.gain + Decibels::from_hundredths(more);
            let field = AlternateField::Gain(gain.clamped_to_gain());
            asked(TimelineAction::Shape(slot, id, field), None)
        }
    }
}

/// The transaction that a request for moving something makes; none where it changes nothing.
pub(super) fn transaction_of(
    show: &Show,
    at: CutAt,
    action: &TimelineAction,
) -> Option<Transaction> {
    let moved = match action {
        TimelineAction::MoveScene(id, by) => timeline::move_scene(show, at, *id, *by),
        TimelineAction::TrimScene(id, end, to) => timeline::trim_scene(show, at, *id, *end, *to),
        TimelineAction::MoveMarker(id, to) => timeline::move_marker(show, at, *id, *to),
        TimelineAction::MoveSlot(id, by) => timeline::move_slot(show, at, *id, *by),
        TimelineAction::TrimSlot(id, end, to) => timeline::trim_slot(show, at, *id, *end, *to),
        TimelineAction::Slip(slot, id, by) => timeline::slip(show, at, *slot, *id, *by),
        TimelineAction::Shape(slot, id, field) => {
            timeline::shape(show, at, *slot, *id, field.clone())
        }
        _ => return None,
    };
    moved.ok()
}

fn edge(span: TickSpan, end: End) -> Ticks {
    match end {
        End::In => span.start(),
        End::Out => span.end(),
    }
}

/// The places that move along with what is held.
fn held_by(cut: &Cut, grip: Grip) -> Vec<Ticks> {
    let ends = |span: TickSpan| [span.start(), span.end()];
    let slot_ends = |slot: &Slot| ends(slot.span);
    match grip {
        Grip::Scene(id, hold) => {
            let Some(scene) = cut.scene(id) else {
                return Vec::new();
            };
            match hold {
                Hold::Whole => {
                    let slots = cut.slots();
                    let made_for = slots.iter().filter(|(_, slot)| slot.scene == Some(id));
                    let with = made_for.flat_map(|(_, slot)| slot_ends(slot));
                    ends(scene.span).into_iter().chain(with).collect()
                }
                Hold::Edge(end) => vec![edge(scene.span, end)],
            }
        }
        Grip::Marker(id) => cut
            .marker(id)
            .map(|marker| ends(marker.span()).to_vec())
            .unwrap_or_default(),
        Grip::Slot(id, Hold::Whole) => cut
            .slot(id)
            .map(|slot| slot_ends(slot).to_vec())
            .unwrap_or_default(),
        Grip::Slot(id, Hold::Edge(end)) => cut
            .slot(id)
            .map(|slot| vec![edge(slot.span, end)])
            .unwrap_or_default(),
        Grip::Slip(..) | Grip::Fade(..) | Grip::Gain(..) => Vec::new(),
    }
}

/// The stretch of the cut on which an alternate sounds; the whole slot where its length is unknown.
pub(super) fn heard(show: &Show, slot: TickSpan, alternate: &Alternate) -> Option<TickSpan> {
    match show
        .track(alternate.track)
        .and_then(crate::model::Track::duration)
    {
        Some(length) => alternate.heard(slot, length),
        None => Some(slot),
    }
}
