//! The header of the pool's table. A press orders rows by a column, another one the other way
//! round, one with Shift by that column after the first. A column is moved by its name and made
//! wider by its right edge; a double click there makes it as wide as what stands in it.

use egui::Align;
use egui::CursorIcon;
use egui::Id;
use egui::PointerButton;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::PoolPanel;
use super::cells;
use super::columns::{Columns, Laid, TableColumn};
use super::filter::{order_by, then_order_by};
use crate::app::Action;
use crate::app::PoolAction;
use crate::ops::search::Order;
use crate::ops::search::Query;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::paint_elided;

/// How high the header is.
pub(super) const HEIGHT: f32 = size::ROW;
/// From a cell's edge to what stands in it.
pub(super) const PADDING: f32 = 2.0 * size::UNIT;
/// How near to a column's edge the pointer takes hold of it.
const GRIP: f32 = 4.0;
/// Room for the arrow of the column that rows are ordered by.
const ARROW: f32 = 14.0;
/// How many rows a column is fitted to: those that are seen.
const MOST_FITTED: usize = 200;

/// What is asked of the columns in one pass.
enum Wish {
    Widen(TableColumn, f32),
    Fit(TableColumn),
    Move(TableColumn, Option<TableColumn>),
    Show(TableColumn, bool),
    Reset,
}

/// Shows the header over rows whose left edge lies at `left`.
pub(super) fn header_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut PoolPanel,
    room: Rect,
    left: f32,
    laid: &Laid,
) {
    let tokens = tokens(ui);
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(room));
    ui.set_clip_rect(room.intersect(ui.clip_rect()));
    let ui = &mut ui;
    ui.painter().rect_filled(room, 0.0, tokens.panel);
    let line = Stroke::new(size::HAIRLINE, tokens.line);
    ui.painter()
        .hline(room.x_range(), room.bottom() - 0.5, line);
    let asked = ctx.app.pool().query();
    let mut query = asked.clone();
    let mut wish = None;
    for (column, range) in &laid.columns {
        let rect = Rect::from_x_y_ranges(left + range.start..=left + range.end, room.y_range());
        if !rect.intersects(room) {
            continue;
        }
        let cell = ui.interact(
            rect.shrink2(vec2(GRIP, 0.0)).intersect(room),
            Id::unique(("pool column", column.text())),
            Sense::click_and_drag(),
        );
        paint_cell(ui, &cell, *column, rect, &query);
        describe(&cell, *column, &query);
        if cell.clicked()
            && let Some(by) = column.order()
        {
            if ui.input(|input| input.modifiers.shift) {
                then_order_by(&mut query, by);
            } else {
                order_by(&mut query, by);
            }
        }
        wish = moved(ui, &cell, *column, room, left, laid).or(wish);
        wish = widened(ui, *column, rect, room).or(wish);
        cell.context_menu(|ui| wish = menu_ui(ui, &panel.columns, *column).or(wish.take()));
    }
    if query != *asked {
        ctx.request(Action::Pool(PoolAction::Find(query)));
    }
    match wish {
        Some(Wish::Widen(column, width)) => panel.columns.set_width(column, width),
        Some(Wish::Fit(column)) => {
            let width = fitting(ui, ctx, panel, column);
            panel.columns.set_width(column, width);
        }
        Some(Wish::Move(column, before)) => panel.columns.move_before(column, before),
        Some(Wish::Show(column, is_shown)) => panel.columns.show(column, is_shown),
        Some(Wish::Reset) => panel.columns = Columns::default(),
        None => {}
    }
}

/// How rows are ordered by a column, and whether only after another.
fn ordering(query: &Query, column: TableColumn) -> Option<(Order, bool)> {
    let by = column.order()?;
    if query.column == by {
        return Some((query.order, false));
    }
    let then = query.then.filter(|(then, _)| *then == by);
    then.map(|(_, order)| (order, true))
}

fn paint_cell(ui: &Ui, cell: &Response, column: TableColumn, rect: Rect, query: &Query) {
    let tokens = tokens(ui);
    let ordering = ordering(query, column);
    let ink = if cell.hovered() || ordering.is_some() {
        tokens.text
    } else {
        tokens.weak
    };
    if cell.is_pointer_button_down_on() {
        ui.painter().rect_filled(rect, 0.0, tokens.control_hover);
    }
    let mut words = rect.shrink2(vec2(PADDING, 0.0));
    let align = column.order().map_or(Align::Min, cells::align);
    if let Some((order, is_second)) = ordering {
        let icon = match order {
            Order::Ascending => Icon::ChevronUp,
            Order::Descending => Icon::ChevronDown,
        };
        let side = if is_second { 7.0 } else { 10.0 };
        let center = match align {
            Align::Max => {
                words.min.x += ARROW;
                pos2(words.left() - ARROW / 2.0, words.center().y)
            }
            _ => {
                words.max.x -= ARROW;
                pos2(words.right() + ARROW / 2.0, words.center().y)
            }
        };
        let rect = Rect::from_center_size(center, vec2(side, side));
        paint_icon(ui.painter(), icon, rect, tokens.accent);
    }
    let font = type_style::small();
    // The column of pictures is narrower than its name, and needs none.
    if column != TableColumn::Artwork {
        paint_elided(ui.painter(), words, column.text(), font, ink, align);
    }
    let edge = Stroke::new(size::HAIRLINE, tokens.line);
    let ends = rect.shrink2(vec2(0.0, size::UNIT)).y_range();
    ui.painter().vline(rect.right() - 0.5, ends, edge);
}

fn describe(cell: &Response, column: TableColumn, query: &Query) {
    let name = match ordering(query, column) {
        None => column.text().to_owned(),
        Some((order, is_second)) => {
            let way = match order {
                Order::Ascending => "ascending",
                Order::Descending => "descending",
            };
            let then = if is_second { "then " } else { "" };
            format!("{}, {then}{way}", column.text())
        }
    };
    cell.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &name));
}

/// The move that a drag of a column's name has ended with; shows where it would go meanwhile.
fn moved(
    ui: &Ui,
    cell: &Response,
    column: TableColumn,
    room: Rect,
    left: f32,
    laid: &Laid,
) -> Option<Wish> {
    if !cell.dragged_by(PointerButton::Primary) && !cell.drag_stopped() {
        return None;
    }
    let at = ui.pointer_latest_pos()?.x - left;
    // Before the first column whose middle lies to the right.
    let next = laid
        .columns
        .iter()
        .find(|(_, range)| at < f32::midpoint(range.start, range.end));
    if cell.drag_stopped() {
        return Some(Wish::Move(column, next.map(|(column, _)| *column)));
    }
    ui.set_cursor_icon(CursorIcon::Grabbing);
    let x = next.map_or(laid.width, |(_, range)| range.start) + left;
    let mark = Stroke::new(2.0, tokens(ui).accent);
    let x = x.clamp(room.left() + 1.0, room.right() - 1.0);
    ui.painter().vline(x, room.y_range(), mark);
    None
}

/// The width that a column's edge is dragged to, or a double click there.
fn widened(ui: &Ui, column: TableColumn, rect: Rect, room: Rect) -> Option<Wish> {
    let grip = Rect::from_x_y_ranges(rect.right() - GRIP..=rect.right() + GRIP, room.y_range());
    let id = Id::unique(("pool column edge", column.text()));
    let edge = ui.interact(grip, id, Sense::click_and_drag());
    edge.widget_info(|| {
        let name = format!("Width of {}", column.text());
        WidgetInfo::labeled(Role::Splitter, ui.is_enabled(), name)
    });
    if edge.hovered() || edge.dragged() {
        ui.set_cursor_icon(CursorIcon::ResizeColumn);
        let mark = Stroke::new(2.0, tokens(ui).line_strong);
        ui.painter().vline(rect.right() - 0.5, room.y_range(), mark);
    }
    if edge.double_clicked() {
        return Some(Wish::Fit(column));
    }
    if edge.dragged() {
        let pointer = edge.interact_pointer_pos()?;
        return Some(Wish::Widen(column, pointer.x - rect.left()));
    }
    None
}

/// What can be done with columns.
fn menu_ui(ui: &mut Ui, columns: &Columns, pressed: TableColumn) -> Option<Wish> {
    let mut wish = None;
    ui.set_min_width(170.0);
    if ui.button("Fit to what stands in it").clicked() {
        wish = Some(Wish::Fit(pressed));
    }
    if ui.button("Columns as they were first").clicked() {
        wish = Some(Wish::Reset);
    }
    ui.separator();
    for placed in columns.all() {
        let mut is_shown = placed.is_shown;
        if ui.checkbox(&mut is_shown, placed.column.text()).clicked() {
            wish = Some(Wish::Show(placed.column, is_shown));
        }
    }
    wish
}

/// The width at which everything that is seen of a column fits.
fn fitting(ui: &Ui, ctx: &Ctx<'_>, panel: &PoolPanel, column: TableColumn) -> f32 {
    let tokens = tokens(ui);
    let wide = |text: &str, font| {
        let galley = ui
            .painter()
            .layout_no_wrap(text.to_owned(), font, tokens.text);
        galley.size().x
    };
    let name = wide(column.text(), type_style::small()) + ARROW;
    let by = match column {
        TableColumn::Of(by) => by,
        TableColumn::Waveform => return name.max(120.0),
        TableColumn::Reason => return name,
        TableColumn::Artwork => return size::ROW + 3.0 * size::UNIT,
    };
    let (rows, seen) = match &panel.reported {
        Some(told) => (&*told.rows, told.visible.clone()),
        None => (&[][..], 0..0),
    };
    let tracks = rows.get(seen).unwrap_or_default().iter().take(MOST_FITTED);
    let widest = tracks
        .filter_map(|id| Some((*id, ctx.app.show()?.track(*id)?)))
        .map(|track| {
            let text = cells::cell(ctx.app, tokens, track, by).text;
            wide(&text, type_style::body())
        })
        .fold(name, f32::max);
    widest + 2.0 * PADDING + 2.0
}
