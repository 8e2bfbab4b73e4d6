//! Dropping tracks between the rows of a list that is in its own order.

use egui::DragAndDrop;
use egui::Rect;
use egui::Stroke;
use egui::Ui;

use crate::app::Action;
use crate::app::ListAction;
use crate::app::PoolAction;
use crate::model::List;
use crate::model::ListId;
use crate::ops::search::{Column, Order};
use crate::ui::ctx::Ctx;
use crate::ui::dnd::Dragged;
use crate::ui::theme::tokens;

/// The list whose rows can be put in order now: one that somebody has made, seen in its order.
fn list_in_order<'c>(ctx: &'c Ctx<'_>) -> Option<(ListId, &'c List)> {
    let query = ctx.app.pool().query();
    let is_its_order = query.column == Column::ListOrder && query.order == Order::Ascending;
    let id = query.list.filter(|_| is_its_order)?;
    let list = ctx.app.show()?.list(id)?;
    (!list.is_smart()).then_some((id, list))
}

/// Shows where dragged tracks would go in `room`, whose first row begins at `top`, and puts them
/// there when they are dropped.
pub(super) fn reorder_ui(ui: &Ui, ctx: &Ctx<'_>, room: Rect, top: f32, pitch: f32) {
    let Some(dragged) = DragAndDrop::payload::<Dragged>(ui) else {
        return;
    };
    let (Some((id, list)), Some(at)) = (list_in_order(ctx), ui.pointer_latest_pos()) else {
        return;
    };
    if !room.contains(at) || !ui.rect_contains_pointer(room) {
        return;
    }
    let rows = ctx.app.pool().rows();
    let row = ((at.y - top) / pitch).round().clamp(0.0, rows.len() as f32);
    let mark = Stroke::new(2.0, tokens(ui).ghost_ok);
    let y = (top + row * pitch).clamp(room.top() + 1.0, room.bottom() - 1.0);
    ui.painter().hline(room.x_range(), y, mark);
    if ui.input(|input| input.pointer.any_released()) {
        // The row below may have others of the list above it that are not seen now.
        let below = rows.get(row as usize);
        let order = list.in_order();
        let place = below.and_then(|below| order.iter().position(|id| id == below));
        let Dragged::Tracks(tracks) = &*dragged;
        let put = ListAction::Put(id, tracks.to_vec(), Some(place.unwrap_or(order.len())));
        ctx.request(Action::Pool(PoolAction::List(put)));
        DragAndDrop::clear_payload(ui);
    }
}
