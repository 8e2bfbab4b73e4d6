//! The words beside the pointer while something is dragged over the timeline: what will happen, or
//! why it can't.

use egui::Align2;
use egui::LayerId;
use egui::Order;
use egui::Pos2;
use egui::Rect;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::Vec2;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::stage::Stage;
use super::stage::id_of;
use super::stage::line;
use crate::ui::theme::size;
use crate::ui::theme::type_style;

/// Where the words are: below what is dragged.
const BESIDE: Vec2 = vec2(12.0, 42.0);
/// The widest they are written.
const WIDEST: f32 = 420.0;

/// Whether what is said beside the pointer is a promise or a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Promise,
    Refusal,
}

/// A sentence beside the pointer, above everything else.
pub(super) fn pill(ui: &Ui, stage: &Stage<'_>, pointer: Pos2, text: &str, tone: Tone) {
    let tokens = stage.tokens;
    let color = match tone {
        Tone::Promise => tokens.ghost_ok,
        Tone::Refusal => tokens.ghost_refused,
    };
    let painter = ui
        .ctx()
        .layer_painter(LayerId::new(Order::Tooltip, id_of("pill", ())));
    let screen = ui.ctx().content_rect().shrink(8.0);
    let galley = line(ui, text, type_style::strong(), tokens.text, WIDEST);
    let size_of = galley.size() + vec2(26.0, 12.0);
    let mut at = pointer + BESIDE;
    at.x = at.x.min(screen.right() - size_of.x).max(screen.left());
    at.y = at.y.min(screen.bottom() - size_of.y);
    let rect = Rect::from_min_size(at, size_of);
    painter.rect_filled(rect, size::RADIUS, tokens.raised);
    painter.rect_stroke(
        rect,
        size::RADIUS,
        Stroke::new(size::HAIRLINE, color),
        StrokeKind::Inside,
    );
    painter.circle_filled(pos2(rect.left() + 11.0, rect.center().y), 3.5, color);
    let words =
        Align2::LEFT_CENTER.anchor_size(rect.left_center() + vec2(20.0, 0.0), galley.size());
    painter.galley(words.min, galley, tokens.text);
    // What is painted is also said.
    let response = ui.interact(rect, id_of("pill", ()), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, text));
}
