//! How a row of the pool's table looks: one line, in columns.

use egui::Rect;
use egui::Stroke;
use egui::Ui;
use egui::pos2;
use egui::vec2;

use super::cells;
use super::cells::Cell;
use super::columns::{Laid, TableColumn};
use super::row_paint;
use super::row_paint::{Places, Row};
use super::table_header::PADDING;
use crate::model::ClearanceState;
use crate::model::PoolState;
use crate::model::TrackId;
use crate::ops::search::Column;
use crate::ui::cover::paint_cover;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::length_text;
use crate::ui::widgets::paint_elided;

/// Side of a mark before the title.
const MARK: f32 = 12.0;

impl Places {
    /// In a line of the table.
    pub(super) fn in_table(row: Rect, laid: &Laid) -> Self {
        let at = |wanted: TableColumn| {
            let found = laid.columns.iter().find(|(column, _)| *column == wanted);
            found.map(|(_, range)| {
                let x = row.left() + range.start..=row.left() + range.end;
                Rect::from_x_y_ranges(x, row.y_range())
            })
        };
        let wave = at(TableColumn::Waveform);
        let artwork = at(TableColumn::Artwork).map(|cell| {
            let side = (cell.height() - size::UNIT).min(cell.width() - size::UNIT);
            Rect::from_center_size(cell.center(), vec2(side, side))
        });
        Self {
            artwork,
            wave: wave.map(|rect| rect.shrink2(vec2(PADDING, 3.0))),
            words: at(TableColumn::Of(Column::Title)).unwrap_or(row),
        }
    }
}

/// Paints the row.
pub(super) fn paint(
    ui: &Ui,
    ctx: &Ctx<'_>,
    (id, row): (TrackId, &Row<'_>),
    rect: Rect,
    laid: &Laid,
) {
    let tokens = tokens(ui);
    let painter = ui.painter();
    let seen = rect.intersect(ui.clip_rect());
    row_paint::paint_ground(painter, tokens, row, seen);
    for (column, range) in &laid.columns {
        let x = rect.left() + range.start..=rect.left() + range.end;
        let place = Rect::from_x_y_ranges(x, rect.y_range());
        if !place.intersects(ui.clip_rect()) {
            continue;
        }
        match column {
            TableColumn::Waveform => {
                if let Some(wave) = row.places.wave {
                    row_paint::paint_wave(ui, ctx, row, wave);
                }
            }
            TableColumn::Artwork => {
                if let Some(artwork) = row.places.artwork {
                    paint_cover(ui, ctx, row.track.media.as_ref(), artwork);
                }
            }
            TableColumn::Reason => {
                let words = place.shrink2(vec2(PADDING, 0.0));
                let reason = row.reason.unwrap_or_default();
                let font = type_style::small();
                paint_elided(painter, words, reason, font, tokens.weak, egui::Align::Min);
            }
            TableColumn::Of(column) => paint_cell(ui, ctx, (id, row), *column, place),
        }
    }
    let bottom = rect.bottom() - 0.5 * size::HAIRLINE;
    let line = Stroke::new(size::HAIRLINE, tokens.line);
    painter.hline(seen.x_range(), bottom, line);
    row_paint::paint_focus(painter, tokens, row, seen);
}

fn paint_cell(ui: &Ui, ctx: &Ctx<'_>, (id, row): (TrackId, &Row<'_>), column: Column, place: Rect) {
    let tokens = tokens(ui);
    let painter = ui.painter();
    let mut cell = cells::cell(ctx.app, tokens, (id, row.track), column);
    let mut words = place.shrink2(vec2(PADDING, 0.0));
    let mut font = type_style::body();
    let is_out = matches!(row.track.state, PoolState::Rejected | PoolState::Retired);
    match column {
        Column::Title => {
            font = type_style::strong();
            if row.place.is_some() {
                cell.ink = tokens.accent;
            }
            words = paint_marks(ui, row, words);
        }
        Column::Length => show_pointed(row, &mut cell),
        Column::Rating => return paint_stars(ui, row, words),
        Column::Color => return paint_color(ui, row, words),
        _ => {}
    }
    let is_word_of_state = matches!(column, Column::State | Column::Clearance);
    if is_out && !is_word_of_state && row.place.is_none() {
        cell.ink = tokens.weak;
    }
    let align = cells::align(column);
    let drawn = paint_elided(painter, words, &cell.text, font, cell.ink, align);
    if column == Column::Title && row.track.state == PoolState::Rejected {
        let stroke = Stroke::new(size::HAIRLINE, cell.ink);
        painter.hline(drawn.rect.x_range(), drawn.rect.center().y, stroke);
    }
}

/// Paints how much people like the track: as many stars as they give it on average.
fn paint_stars(ui: &Ui, row: &Row<'_>, words: Rect) {
    let Some(stars) = row.track.mean_rating() else {
        return;
    };
    let tokens = tokens(ui);
    for n in 0..5_u8 {
        let center = pos2(words.left() + MARK * (f32::from(n) + 0.5), words.center().y);
        let rect = Rect::from_center_size(center, vec2(MARK - 1.0, MARK - 1.0));
        let is_given = f32::from(n) + 0.5 <= stars;
        let ink = if is_given {
            tokens.hit_point
        } else {
            tokens.line_strong
        };
        if rect.right() <= words.right() + 1.0 {
            paint_icon(ui.painter(), Icon::Star, rect, ink);
        }
    }
}

/// Paints the color that the track is labelled with.
fn paint_color(ui: &Ui, row: &Row<'_>, words: Rect) {
    if let Some(color) = row.track.color {
        let label = tokens(ui).label(color).mark;
        ui.painter()
            .circle_filled(words.left_center() + vec2(5.0, 0.0), 5.0, label);
    }
}

/// Under the pointer the length gives way to the place a press would play from.
fn show_pointed(row: &Row<'_>, cell: &mut Cell<'_>) {
    let pointed = row.track.duration();
    let pointed = pointed.and_then(|duration| row_paint::pointed(row, duration));
    if let Some(at) = pointed {
        cell.text = length_text(at).into();
    }
}

/// Paints what stands in the way of using the track before its title; returns the room that is
/// left.
fn paint_marks(ui: &Ui, row: &Row<'_>, words: Rect) -> Rect {
    let tokens = tokens(ui);
    let mut left = words.left();
    let mut mark = |icon: Icon, ink| {
        let center = pos2(left + MARK / 2.0, words.center().y);
        let rect = Rect::from_center_size(center, vec2(MARK, MARK));
        paint_icon(ui.painter(), icon, rect, ink);
        left += MARK + size::UNIT;
    };
    if row.is_missing {
        mark(Icon::Warning, tokens.warning);
    }
    if row.track.clearance() == ClearanceState::Denied {
        mark(Icon::Lock, tokens.error);
    }
    words.with_min_x(left)
}
