//! The edges that scenes and slots are trimmed by.

use egui::CursorIcon;
use egui::Id;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;

use crate::ops::timeline::End;
use crate::ui::panels::timeline::layout::Block;
use crate::ui::panels::timeline::stage::Stage;

/// How wide an edge can be taken hold of.
const WIDEST: f32 = 7.0;
/// Narrower blocks are only taken as a whole.
const NARROWEST_BLOCK: f32 = 10.0;

/// The edges of a block that can be taken hold of.
pub(super) fn edges_ui<E>(
    ui: &Ui,
    stage: &Stage<'_>,
    id: Id,
    block: &Block<E>,
) -> Vec<(End, Response)> {
    let rect = block.rect;
    if rect.width() < NARROWEST_BLOCK {
        return Vec::new();
    }
    let width = (rect.width() / 4.0).min(WIDEST);
    let mut edges = Vec::with_capacity(2);
    for (end, is_there) in [(End::In, block.has_start), (End::Out, block.has_end)] {
        if !is_there {
            continue;
        }
        let edge = match end {
            End::In => Rect::from_min_max(rect.min, pos2(rect.left() + width, rect.bottom())),
            End::Out => Rect::from_min_max(pos2(rect.right() - width, rect.top()), rect.max),
        };
        let within = edge.intersect(stage.lanes.content);
        let response = ui.interact(within, id.with(end == End::In), Sense::CLICK | Sense::DRAG);
        // An edge is part of its block; keys trim by typing in the inspector.
        response.widget_info(|| WidgetInfo::new(Role::GenericContainer));
        edges.push((
            end,
            response.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal),
        ));
    }
    edges
}
