//! The countdown to the next marker, in the marker's colour, with a bar that runs out on it.

use egui::Align;
use egui::Color32;
use egui::CornerRadius;
use egui::Id;
use egui::Rect;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::lerp;
use egui::vec2;

use crate::app::Line;
use crate::model::Cut;
use crate::model::Marker;
use crate::time::Ticks;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::Tokens;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::paint_elided;

/// How long before a marker the run-up begins.
const RUN_UP: Ticks = Ticks::from_secs(5);

/// Whether a marker is being counted down to.
pub(super) fn has_countdown(ctx: &Ctx<'_>) -> bool {
    next(ctx).is_some()
}

fn next<'a>(ctx: &Ctx<'a>) -> Option<(&'a Cut, &'a Marker, Ticks)> {
    let transport = ctx.app.transport();
    let (at, _, cut) = ctx.app.open_cut()?;
    let is_elsewhere = matches!(transport.line(), Line::Track(_)) && ctx.app.is_moving();
    if is_elsewhere || matches!(transport.line(), Line::Cut(other) if other != at) {
        return None;
    }
    let (_, marker, distance) = transport.next_marker(cut)?;
    Some((cut, marker, distance))
}

/// Shows which marker comes next and how far away it is.
pub(super) fn countdown_ui(ui: &Ui, ctx: &Ctx<'_>, rect: Rect) {
    let Some((cut, marker, distance)) = next(ctx) else {
        return;
    };
    let tokens = tokens(ui);
    let color = color_of(tokens, marker);
    let name = if marker.name.is_empty() {
        "marker"
    } else {
        marker.name.as_str()
    };
    let frames = cut.timebase.rate().floor_to_frames(distance);
    let time = cut.timebase.length_label(frames);
    let lines = Rect::from_center_size(rect.center(), vec2(rect.width(), 34.0));
    let (upper, lower) = lines.split_top_bottom_at_fraction(0.53);
    let painter = ui.painter();
    let icon_rect = Rect::from_min_size(upper.left_center() - vec2(0.0, 7.0), vec2(14.0, 14.0));
    let icon = if marker.hit.is_some() {
        Icon::HitPoint
    } else {
        Icon::Flag
    };
    paint_icon(painter, icon, icon_rect, color);
    let mono = type_style::timecode();
    let time_ink = if ctx.app.is_moving() {
        tokens.text
    } else {
        tokens.weak
    };
    let shown = paint_elided(painter, upper, &time, mono, time_ink, Align::Max);
    let words = upper
        .with_min_x(icon_rect.right() + size::UNIT)
        .with_max_x(shown.rect.left() - 2.0 * size::UNIT);
    let strong = type_style::strong();
    paint_elided(painter, words, name, strong, tokens.text, Align::Min);
    paint_run_up(ui, lower, distance, color, tokens);
    let response = ui.interact(lines, Id::unique("next marker"), Sense::hover());
    response
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("next: {name} in {time}")));
    response.on_hover_text(format!("Next marker: {name} at {}", cut.label(marker.at)));
}

fn color_of(tokens: &Tokens, marker: &Marker) -> Color32 {
    if marker.hit.is_some() {
        tokens.hit_point
    } else {
        tokens.label(marker.color).mark
    }
}

/// A bar that empties towards the marker.
fn paint_run_up(ui: &Ui, rect: Rect, distance: Ticks, color: Color32, tokens: &Tokens) {
    let bar = Rect::from_center_size(rect.center(), vec2(rect.width(), size::UNIT));
    let radius = CornerRadius::same(2);
    ui.painter().rect_filled(bar, radius, tokens.control);
    let left = (distance.to_secs_f64() / RUN_UP.to_secs_f64()).clamp(0.0, 1.0) as f32;
    let filled = bar.with_max_x(lerp(bar.x_range(), left));
    let ink = if left < 1.0 {
        color
    } else {
        tokens.soft(color)
    };
    ui.painter().rect_filled(filled, radius, ink);
}
