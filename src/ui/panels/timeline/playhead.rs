//! The playhead: a line through all lanes with its timecode on a flag; and the snap line.

use std::sync::Arc;

use egui::CornerRadius;
use egui::CursorIcon;
use egui::Galley;
use egui::Rect;
use egui::Sense;
use egui::Shape;
use egui::Stroke;
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
    let text = timecode(ui, stage);
    let flag = flag_rect(ui, stage);
    let is_turned = flag.left() < x - 1.0;
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
            pos2(flag.left() + 5.0, flag.center().y - text.size().y / 2.0),
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

fn timecode(ui: &Ui, stage: &Stage<'_>) -> Arc<Galley> {
    let on = stage.tokens.on(stage.tokens.playhead);
    let label = stage.cut.label(stage.playhead);
    line(ui, label, type_style::timecode_small(), on, f32::INFINITY)
}

/// Where the flag with the timecode is. It turns to the other side where it would leave the ruler.
pub(super) fn flag_rect(ui: &Ui, stage: &Stage<'_>) -> Rect {
    let ruler = stage.lanes.ruler;
    let x = ui
        .painter()
        .round_to_pixel_center(stage.scale.x(stage.playhead));
    let width = timecode(ui, stage).size().x + 10.0;
    let left = if x + width > ruler.right() {
        x - width
    } else {
        x
    };
    Rect::from_min_size(pos2(left, ruler.top() + 3.0), vec2(width, 16.0))
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
