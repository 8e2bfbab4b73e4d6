//! What every lane is given: the show as it is to be drawn, and where on the screen; and what the
//! lanes give back.

use std::sync::Arc;

use egui::Color32;
use egui::FontId;
use egui::Galley;
use egui::Id;
use egui::Pos2;
use egui::Rect;
use egui::Response;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::WidgetInfo;
use egui::text::LayoutJob;
use egui::text::TextWrapping;

use super::gesture::Grip;
use super::lanes::Lanes;
use super::model::Model;
use super::pill::Tone;
use super::window::Scale;
use crate::app::Action;
use crate::app::Focus;
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Cut;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::SlotId;
use crate::ops::place::Lie;
use crate::ops::place::Target;
use crate::time::Ticks;
use crate::ui::Ctx;
use crate::ui::theme::Tokens;
use crate::ui::theme::size;

/// What is drawn, and where.
pub(super) struct Stage<'a> {
    pub(super) ctx: &'a Ctx<'a>,
    pub(super) tokens: &'static Tokens,
    pub(super) lanes: &'a Lanes,
    pub(super) scale: Scale,
    /// The show as it is, or as a gesture or a drop would make it.
    pub(super) show: &'a Show,
    pub(super) cut: &'a Cut,
    pub(super) model: &'a Model,
    pub(super) playhead: Ticks,
    /// Whether the playhead runs along this cut.
    pub(super) is_running: bool,
    pub(super) focus: Focus,
    pub(super) armed: Option<SceneId>,
    /// The slot whose alternates are shown: what the keys 1 to 9 act on.
    pub(super) at_hand: Option<SlotId>,
    /// The track that is tried against the armed scene, as it lies.
    pub(super) trial: Option<&'a Lie>,
    /// What a drop would add.
    pub(super) ghost: Option<(SlotId, AlternateId)>,
    /// What a drop is considered on, and whether it can be made.
    pub(super) drop: Option<(Target, Tone)>,
    /// What is being dragged.
    pub(super) held: Option<Grip>,
}

/// What the lanes found out while they were drawn.
#[derive(Default)]
pub(super) struct Found {
    /// What was taken hold of, and where.
    pub(super) grabbed: Option<(Grip, Pos2)>,
    /// What music can be dropped on; what is painted above comes later.
    pub(super) targets: Vec<(Rect, Target)>,
}

/// Whose music is shown in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// The pick.
    Pick(AlternateId),
    /// The track on trial.
    Trial,
    /// What a drop would put there.
    Ghost(AlternateId),
}

impl<'a> Stage<'a> {
    /// Asks for something.
    pub(super) fn ask(&self, action: Action) {
        self.ctx.request(action);
    }

    /// The music shown in a slot: what is dropped there, else the track on trial, else the pick.
    pub(super) fn music_of(&self, id: SlotId) -> Option<(Shown, &'a Alternate)> {
        let slot = self.cut.slot(id)?;
        if let Some((ghost_slot, ghost)) = self.ghost
            && ghost_slot == id
            && slot.pick == Some(ghost)
        {
            return Some((Shown::Ghost(ghost), slot.alternate(ghost)?));
        }
        if let Some(trial) = self.trial
            && trial.slot == Some(id)
        {
            return Some((Shown::Trial, &trial.alternate));
        }
        let (id, alternate) = slot.picked()?;
        Some((Shown::Pick(id), alternate))
    }

    /// The color of what a drop is considered on, where that is `target`.
    pub(super) fn drop_tone(&self, target: Target) -> Option<Color32> {
        let (_, tone) = self.drop.filter(|(over, _)| *over == target)?;
        Some(match tone {
            Tone::Promise => self.tokens.ghost_ok,
            Tone::Refusal => self.tokens.ghost_refused,
        })
    }

    /// Whether something is being dragged: nothing else answers the pointer meanwhile.
    pub(super) fn is_quiet(&self, ui: &Ui) -> bool {
        self.held.is_some() || egui::DragAndDrop::has_any_payload(ui)
    }

    /// A painted thing that can be pointed at, with its place in the accessibility tree. Only what
    /// lies within the lanes can be hit.
    pub(super) fn thing(
        &self,
        ui: &Ui,
        id: Id,
        rect: Rect,
        sense: Sense,
        info: impl Fn() -> WidgetInfo,
    ) -> Response {
        let response = ui.interact(rect.intersect(self.lanes.content), id, sense);
        response.widget_info(info);
        response
    }

    /// The ring around what has the keyboard.
    pub(super) fn focus_ring(&self, ui: &Ui, response: &Response, rect: Rect) {
        if response.has_focus() {
            ui.painter().rect_stroke(
                rect.expand(1.0),
                size::RADIUS,
                Stroke::new(size::FOCUS, self.tokens.focus),
                StrokeKind::Outside,
            );
        }
    }
}

/// A text of one line, cut with an ellipsis where it is wider than `width`.
pub(super) fn line(
    ui: &Ui,
    text: impl Into<String>,
    font: FontId,
    color: Color32,
    width: f32,
) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.into(), font, color);
    job.wrap = TextWrapping {
        max_width: width.max(0.0),
        max_rows: 1,
        break_anywhere: true,
        overflow_character: Some('…'),
    };
    ui.painter().layout_job(job)
}

/// The id of something painted for an entity.
pub(super) fn id_of(what: &'static str, entity: impl std::hash::Hash + std::fmt::Debug) -> Id {
    Id::unique(("timeline", what, entity))
}
