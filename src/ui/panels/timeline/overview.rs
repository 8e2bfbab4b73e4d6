//! The strip below the lanes: the whole cut with its scenes, slots and hit points, and the part
//! that is seen above, which can be dragged.

use egui::CursorIcon;
use egui::Rect;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::stage::Stage;
use super::stage::id_of;
use super::view::TimelineView;
use super::window::Scale;
use super::window::Window;
use crate::time::Ticks;
use crate::ui::theme::size;

/// The narrowest the seen part is drawn.
const NARROWEST: f32 = 6.0;

/// Draws the strip; dragging in it looks elsewhere.
pub(super) fn overview_ui(ui: &Ui, stage: &Stage<'_>, view: &mut TimelineView) {
    let strip = stage.lanes.overview.shrink2(vec2(0.0, 3.0));
    let Some(mut window) = view.window() else {
        return;
    };
    let width = stage.lanes.width();
    let whole = Window::on(stage.cut.span(), stage.cut, strip.width()).scale(strip.left());
    let seen = window.span(width);
    paint(ui, stage, strip, whole);
    let left = whole.x(seen.start()).max(strip.left());
    let right = whole.x(seen.end()).min(strip.right()).max(left + NARROWEST);
    let thumb = Rect::from_min_max(pos2(left, strip.top()), pos2(right, strip.bottom()));
    let tokens = stage.tokens;
    ui.painter()
        .rect_filled(thumb, size::RADIUS, tokens.text.gamma_multiply(0.07));
    ui.painter().rect_stroke(
        thumb,
        size::RADIUS,
        Stroke::new(size::HAIRLINE, tokens.weak),
        StrokeKind::Inside,
    );

    let response = ui.interact(strip, id_of("overview", ()), Sense::click_and_drag());
    response.widget_info(|| {
        let label = format!(
            "Overview, showing {}",
            super::words::span(
                stage.cut,
                seen.intersection(stage.cut.span()).unwrap_or(seen)
            )
        );
        WidgetInfo::labeled(Role::ScrollBar, true, label)
    });
    if stage.is_quiet(ui) {
        return;
    }
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.clicked() || response.dragged())
    {
        if response.dragged() && thumb.expand(4.0).contains(pointer - response.drag_delta()) {
            let by = whole.ticks(response.drag_delta().x);
            window.scroll(window.scale(0.0).points(by), stage.cut, width);
        } else {
            window.bring(whole.at(pointer.x), width / 2.0, stage.cut, width);
        }
        view.live.following.is_suspended = true;
        view.look(window);
    }
    response
        .on_hover_cursor(CursorIcon::Default)
        .on_hover_text("Drag to look at another part, Ctrl+wheel zooms");
}

fn paint(ui: &Ui, stage: &Stage<'_>, strip: Rect, whole: Scale) {
    let tokens = stage.tokens;
    let painter = ui.painter();
    painter.rect_filled(strip, size::RADIUS, tokens.field);
    let third = strip.height() / 3.0;
    let row = |n: f32| (strip.top() + third * n + 1.5)..=(strip.top() + third * (n + 1.0) - 0.5);
    let across = |from: Ticks, to: Ticks| {
        let left = whole.x(from);
        left..=whole.x(to).max(left + 1.0)
    };
    for item in &stage.model.scenes {
        if let Some(scene) = stage.cut.scene(item.id) {
            let color = if stage.armed == Some(item.id) {
                tokens.accent
            } else {
                tokens.label(scene.color).outline
            };
            let x = across(item.span.start(), item.span.end());
            let mut rect = Rect::from_x_y_ranges(x, row(0.0));
            rect.max.x = (rect.max.x - 0.5).max(rect.min.x + 0.5);
            painter.rect_filled(rect, 1.0, color);
        }
    }
    let mut last = f32::NEG_INFINITY;
    for (id, at) in &stage.model.markers {
        let x = whole.x(*at);
        if let Some(marker) = stage.cut.marker(*id)
            && marker.hit.is_some()
            && x - last > 2.0
        {
            last = x;
            painter.vline(x, row(1.0), Stroke::new(1.5, tokens.hit_point));
        }
    }
    for item in &stage.model.slots {
        let is_empty = stage.music_of(item.id).is_none();
        let color = if is_empty {
            tokens.slot_outline
        } else {
            tokens.accent
        };
        let rect = Rect::from_x_y_ranges(across(item.span.start(), item.span.end()), row(2.0));
        painter.rect_filled(rect, 1.0, color.gamma_multiply(0.8));
    }
    let x = whole.x(stage.playhead);
    painter.vline(
        x,
        strip.y_range(),
        Stroke::new(size::HAIRLINE, tokens.playhead),
    );
}
