//! The rows of the pool. Only those that can be seen are laid out, so a pool of a hundred
//! thousand tracks costs what a screenful costs.

use std::ops::Range;
use std::sync::Arc;

use egui::Rect;
use egui::Role;
use egui::ScrollArea;
use egui::Stroke;
use egui::Ui;
use egui::pos2;
use egui::scroll_area::ScrollBarVisibility;

use super::Answered;
use super::Look;
use super::PoolPanel;
use super::Reported;
use super::columns::Laid;
use super::reorder::reorder_ui;
use super::row::row_ui;
use super::table_header;
use crate::app::Action;
use crate::app::PoolAction;
use crate::model::TrackId;
use crate::ui::ctx::Ctx;
use crate::ui::theme::size;
use crate::ui::theme::tokens;

/// Shows the rows.
pub(super) fn list_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel) {
    let whole = ui.available_rect_before_wrap();
    ui.painter().hline(
        whole.x_range(),
        whole.top(),
        Stroke::new(size::HAIRLINE, tokens(ui).line),
    );
    let header = match panel.look {
        Look::Rows => whole.with_max_y(whole.top()),
        Look::Table => whole.with_max_y(whole.top() + table_header::HEIGHT),
    };
    ui.advance_cursor_after_rect(header);
    let has_reasons = ctx.app.pool().query().similar.is_some();
    let laid = (panel.look == Look::Table).then(|| panel.columns.laid(whole.width(), has_reasons));
    let left = rows_ui(ui, ctx, panel, laid.as_ref(), header.bottom());
    if let Some(laid) = &laid {
        table_header::header_ui(ui, ctx, panel, header, left, laid);
    }
}

/// Shows the rows below `top`. Returns where their left edge lies.
fn rows_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut PoolPanel,
    laid: Option<&Laid>,
    top: f32,
) -> f32 {
    let rows = ctx.app.pool().rows();
    let room = ui.available_rect_before_wrap().with_min_y(top);
    let pitch = panel.pitch(ctx);
    let mut area = ScrollArea::new([laid.is_some(), true])
        .id_salt("rows")
        .auto_shrink(false)
        .scroll_bar_visibility(ScrollBarVisibility::VisibleWhenNeeded);
    let offset = offset_of_answer(ctx, panel, room.height());
    // egui scrolls no further than what was there in the pass before, so the next one goes the
    // rest of the way.
    let rest = std::mem::replace(&mut panel.scroll_to, offset);
    if offset.is_some() {
        ui.request_repaint();
    }
    let offset = offset.or(rest);
    if let Some(offset) = offset.or_else(|| offset_to_lead(ui, ctx, panel, room.height())) {
        area = area.vertical_scroll_offset(offset);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let (visible, left, down) = area
        .show_viewport(ui, |ui, viewport| {
            ui.set_height(pitch * rows.len() as f32);
            ui.set_width(laid.map_or(ui.available_width(), |laid| laid.width));
            let left = room.left() - viewport.min.x;
            let right = match laid {
                Some(laid) => left + laid.width,
                None => ui.clip_rect().right().min(room.right()),
            };
            let visible = visible_rows(viewport, pitch, rows.len());
            for index in visible.clone() {
                if let Some(track) = rows.get(index) {
                    // From the top of the view and not from the top of the list, whose
                    // coordinates are too large to be exact far down.
                    let down = (index as f64 * f64::from(pitch) - f64::from(viewport.min.y)) as f32;
                    let rect = Rect::from_min_max(
                        pos2(left, room.top() + down),
                        pos2(right, room.top() + down + pitch),
                    );
                    row_ui(ui, ctx, panel, *track, (rect, laid), index);
                }
            }
            let id = ui.unique_id();
            ui.accesskit_node_builder(id, |node| {
                node.set_role(Role::ListBox);
                node.set_label("Tracks");
                node.set_bounds(egui::accesskit::Rect {
                    x0: room.left().into(),
                    y0: room.top().into(),
                    x1: room.right().into(),
                    y1: room.bottom().into(),
                });
            });
            (visible, left, viewport.min.y)
        })
        .inner;
    panel.n_drawn = visible.len();
    report_visible(ctx, panel, rows, visible);
    reorder_ui(ui, ctx, room, room.top() - down, pitch);
    left
}

fn visible_rows(viewport: Rect, pitch: f32, n_rows: usize) -> Range<usize> {
    let first = (viewport.min.y / pitch).floor().max(0.0) as usize;
    let last = (viewport.max.y / pitch).ceil().max(0.0) as usize;
    first.min(n_rows)..last.min(n_rows)
}

/// Where to scroll when other rows answer than in the last pass because something else was asked:
/// what is found begins at the top, and who goes back to everything sees the track that they found.
fn offset_of_answer(ctx: &Ctx<'_>, panel: &mut PoolPanel, height: f32) -> Option<f32> {
    let pool = ctx.app.pool();
    let before = panel.answered;
    let question = pool.question();
    if before.is_some_and(|it| it.question == question) {
        return None;
    }
    let is_narrow = *pool.query() != pool.query().of_everything();
    panel.answered = Some(Answered {
        question,
        is_narrow,
    });
    let was_narrow = before?.is_narrow;
    panel.lead = ctx.app.selection().lead();
    let found = panel.lead.filter(|_| was_narrow && !is_narrow);
    let index = found.and_then(|lead| pool.position(lead)).unwrap_or(0);
    let pitch = panel.pitch(ctx);
    Some((index as f32 * pitch - (height - pitch) / 2.0).max(0.0))
}

/// Where to scroll so that the track selected last can be seen, when another one was selected
/// since the last pass and it can't.
fn offset_to_lead(ui: &Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel, height: f32) -> Option<f32> {
    let lead = ctx.app.selection().lead();
    if lead == panel.lead {
        return None;
    }
    panel.lead = lead;
    // Whoever selects everything stays where they are.
    if ctx.app.selection().tracks().len() >= ctx.app.pool().rows().len() {
        return None;
    }
    let index = ctx.app.pool().position(lead?)?;
    let id = ui.make_persistent_id("rows");
    let offset =
        egui::scroll_area::State::load(ui, id).map_or(0.0, |state| state.clamped_offset().y);
    let pitch = panel.pitch(ctx);
    let (top, bottom) = (index as f32 * pitch, (index + 1) as f32 * pitch);
    if top < offset {
        Some(top)
    } else if bottom > offset + height {
        Some(bottom - height)
    } else {
        None
    }
}

/// Tells the core which rows can be seen, when that has changed.
fn report_visible(
    ctx: &Ctx<'_>,
    panel: &mut PoolPanel,
    rows: &Arc<[TrackId]>,
    visible: Range<usize>,
) {
    let is_artwork_shown = panel.is_artwork_shown();
    let (is_known, is_pictured) = match &panel.reported {
        Some(told) => (
            Arc::ptr_eq(&told.rows, rows) && told.visible == visible,
            told.is_artwork_shown,
        ),
        None => (false, false),
    };
    if is_known && is_pictured == is_artwork_shown {
        return;
    }
    let tracks = rows.get(visible.clone()).unwrap_or_default().to_vec();
    // Where artwork is left out, no file is opened for it.
    if is_artwork_shown {
        ctx.request(Action::Pool(PoolAction::Pictured(tracks.clone())));
    } else if is_pictured {
        ctx.request(Action::Pool(PoolAction::Pictured(Vec::new())));
    }
    if !is_known {
        ctx.request(Action::Pool(PoolAction::Visible(tracks)));
    }
    panel.reported = Some(Reported {
        rows: Arc::clone(rows),
        visible,
        is_artwork_shown,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const PITCH: f32 = size::ROW_TALL;

    fn seen(top: f32, height: f32, n_rows: usize) -> Range<usize> {
        let viewport = Rect::from_min_size(pos2(0.0, top), egui::vec2(300.0, height));
        visible_rows(viewport, PITCH, n_rows)
    }

    #[test]
    fn rows_that_are_seen_in_part_are_drawn() {
        assert_eq!(seen(PITCH * 1.5, PITCH, 10), 1..3);
    }

    #[test]
    fn nothing_is_drawn_past_the_last_row() {
        assert_eq!(seen(0.0, PITCH * 20.0, 3), 0..3);
        assert_eq!(seen(PITCH * 20.0, PITCH, 3), 3..3);
    }
}
