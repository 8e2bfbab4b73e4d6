//! The playhead: a line through all lanes with its timecode on a flag; the snap line; and the
//! words beside the pointer while something is dragged over the timeline.

use egui::Align2;
use egui::Color32;
use egui::CornerRadius;
use egui::CursorIcon;
use egui::LayerId;
use egui::Order;
use egui::Pos2;
use egui::Rect;
use egui::Role;
use egui::Sense;
use egui::Shape;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::stage::Stage;
use super::stage::id_of;
use super::stage::line;
use super::view::Live;
use crate::app::Action;
use crate::app::TransportAction;
use crate::time::Ticks;
use crate::ui::theme::size;
use crate::ui::theme::type_style;

/// Draws the playhead above everything, and answers for its flag.
pub(super) fn playhead_ui(ui: &Ui, stage: &Stage<'_>, live: &mut Live) {
    let lanes = stage.lanes;
    let painter = ui.painter();
    let x = painter.round_to_pixel_center(stage.scale.x(stage.playhead));
    let color = stage.tokens.playhead;
    if lanes.content.x_range().expand(1.0).contains(x) {
        let below = lanes.ruler.top()..=lanes.content.bottom();
        painter.vline(x, below, Stroke::new(size::HAIRLINE, color));
    }
    let label = stage.cut.label(stage.playhead);
    let on = stage.tokens.on(color);
    let text = line(
        ui,
        label.clone(),
        type_style::timecode_small(),
        on,
        f32::INFINITY,
    );
    let width = text.size().x + 10.0;
    // The flag turns to the other side where it would leave the ruler.
    let is_turned = x + width > lanes.ruler.right();
    let left = if is_turned { x - width } else { x };
    let flag = Rect::from_min_size(pos2(left, lanes.ruler.top() + 3.0), vec2(width, 16.0));
    let response = stage.thing(ui, id_of("playhead", ()), flag, Sense::drag(), || {
        WidgetInfo::slider(
            true,
            stage.playhead.to_secs_f64(),
            format!("Playhead, {label}"),
        )
    });
    if lanes.ruler.intersects(flag) {
        let radius = size::RADIUS;
        let corners = if is_turned {
            CornerRadius {
                nw: radius,
                sw: radius,
                ..CornerRadius::ZERO
            }
        } else {
            CornerRadius {
                ne: radius,
                se: radius,
                ..CornerRadius::ZERO
            }
        };
        painter.rect_filled(flag, corners, color);
        painter.galley(
            pos2(left + 5.0, flag.center().y - text.size().y / 2.0),
            text,
            on,
        );
    }
    if response.dragged()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let rate = stage.cut.timebase.rate();
        let last = (stage.cut.length - rate.frame_length()).max(Ticks::ZERO);
        let to = rate
            .snapped(stage.scale.at(pointer.x))
            .clamp(Ticks::ZERO, last);
        if live.scrubbed != Some(to) {
            live.scrubbed = Some(to);
            stage.ask(Action::Transport(TransportAction::Seek(to)));
        }
    }
    response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
}

/// The place that what is dragged sticks to.
pub(super) fn snap_line(ui: &Ui, stage: &Stage<'_>, at: Ticks) {
    let x = ui.painter().round_to_pixel_center(stage.scale.x(at));
    let path = [
        pos2(x, stage.lanes.ruler.top()),
        pos2(x, stage.lanes.content.bottom()),
    ];
    let stroke = Stroke::new(size::HAIRLINE, stage.tokens.focus);
    ui.painter()
        .extend(Shape::dashed_line(&path, stroke, 3.0, 3.0));
}

/// Whether what is said beside the pointer is a promise or a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Promise,
    Refusal,
}

/// A sentence beside the pointer, above everything else.
pub(super) fn pill(ui: &Ui, stage: &Stage<'_>, pointer: Pos2, text: &str, tone: Tone) {
    let tokens = stage.tokens;
    let color: Color32 = match tone {
        Tone::Promise => tokens.ghost_ok,
        Tone::Refusal => tokens.ghost_refused,
    };
    let painter = ui
        .ctx()
        .layer_painter(LayerId::new(Order::Tooltip, id_of("pill", ())));
    let screen = ui.ctx().content_rect().shrink(8.0);
    let galley = line(ui, text, type_style::strong(), tokens.text, 420.0);
    let size_of = galley.size() + vec2(26.0, 12.0);
    let mut at = pointer + vec2(16.0, 22.0);
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
