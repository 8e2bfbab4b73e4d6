//! Tracks being dragged out of the pool, and the pill that follows the pointer meanwhile.

use std::sync::Arc;

use egui::Align;
use egui::CornerRadius;
use egui::DragAndDrop;
use egui::Id;
use egui::LayerId;
use egui::Order;
use egui::Rect;
use egui::Response;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::vec2;

use crate::model::Show;
use crate::model::TrackId;
use crate::ui::ctx::Ctx;
use crate::ui::dnd::Dragged;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::paint_elided;

/// The widest pill.
const MAX_WIDTH: f32 = 240.0;

/// Sets what is dragged when a drag begins on a row: every selected track where it began on one
/// of them, the row that was pressed leading.
pub(super) fn set_payload(ctx: &Ctx<'_>, row: &Response, track: TrackId) {
    if !row.drag_started_by(egui::PointerButton::Primary) {
        return;
    }
    let selection = ctx.app.selection();
    let mut tracks = vec![track];
    if selection.has(track) {
        tracks.extend(selection.tracks().iter().filter(|id| **id != track));
    }
    DragAndDrop::set_payload(&row.ctx, Dragged::Tracks(Arc::from(tracks)));
}

/// Paints what is being dragged beside the pointer.
pub(super) fn ghost_ui(ui: &Ui, show: &Show) {
    let Some(dragged) = DragAndDrop::payload::<Dragged>(ui) else {
        return;
    };
    let Some(at) = ui.pointer_latest_pos() else {
        return;
    };
    let Dragged::Tracks(tracks) = &*dragged;
    let title = tracks.first().and_then(|id| show.track(*id));
    let title = title.map_or("", |track| track.title.as_str());
    let text = match tracks.len() {
        0 | 1 => title.to_owned(),
        n => format!("{title} and {} more", n - 1),
    };
    let colors = tokens(ui);
    let layer = LayerId::new(Order::Tooltip, Id::unique("dragged tracks"));
    let painter = ui.layer_painter(layer);
    let galley = painter.layout_no_wrap(text.clone(), type_style::strong(), colors.text);
    let width = (galley.size().x + 44.0).min(MAX_WIDTH);
    let pill = Rect::from_min_size(at + vec2(12.0, 8.0), vec2(width, size::CONTROL + 4.0));
    painter.rect(
        pill,
        CornerRadius::same(size::RADIUS),
        colors.raised,
        Stroke::new(size::HAIRLINE, colors.accent),
        StrokeKind::Inside,
    );
    let icon = Rect::from_center_size(
        pill.left_center() + vec2(16.0, 0.0),
        vec2(size::ICON, size::ICON),
    );
    paint_icon(&painter, Icon::Note, icon, colors.accent);
    let words = pill
        .with_min_x(pill.left() + 30.0)
        .with_max_x(pill.right() - 8.0);
    paint_elided(
        &painter,
        words,
        &text,
        type_style::strong(),
        colors.text,
        Align::Min,
    );
}
