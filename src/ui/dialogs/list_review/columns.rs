//! The first rows of a table, with what each column means above it.

use egui::Align;
use egui::CornerRadius;
use egui::Layout;
use egui::Rect;
use egui::ScrollArea;
use egui::Sense;
use egui::Stroke;
use egui::Ui;
use egui::pos2;
use egui::vec2;

use crate::app::ListReview;
use crate::interchange::playlist::Meaning;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::choice;
use crate::ui::widgets::paint_elided;

/// Room for a column.
const WIDTH: f32 = 148.0;

/// How many rows are shown.
const N_ROWS: usize = 9;

/// Room for a row.
const ROW: f32 = 22.0;

/// Shows the columns; returns one that is to mean something else.
pub(super) fn columns_ui(ui: &mut Ui, review: &ListReview) -> Option<(usize, Meaning)> {
    let mapping = &review.mapping;
    let n_columns = review
        .rows
        .iter()
        .map(crate::interchange::Row::len)
        .chain([mapping.columns.len()])
        .max()
        .unwrap_or(0);
    let options = Meaning::ALL.map(|meaning| (meaning, meaning.name()));
    let mut picked = None;
    ScrollArea::horizontal()
        .id_salt("the columns of a table")
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.x = 2.0 * size::UNIT;
                for column in 0..n_columns {
                    let layout = Layout::top_down(Align::Min);
                    let room = vec2(WIDTH, 0.0);
                    ui.allocate_ui_with_layout(room, layout, |ui| {
                        ui.set_width(WIDTH);
                        ui.spacing_mut().combo_width = WIDTH;
                        let name = format!("Column {}", column + 1);
                        let now = mapping.meaning(column);
                        if let Some(meaning) = choice(ui, &name, &options, now) {
                            picked = Some((column, meaning));
                        }
                        ui.add_space(size::UNIT);
                        cells_ui(ui, review, column);
                    });
                }
            });
            ui.add_space(3.0 * size::UNIT);
        });
    picked
}

/// The heading and the first cells of a column.
fn cells_ui(ui: &mut Ui, review: &ListReview, column: usize) {
    let tokens = tokens(ui);
    let is_ignored = review.mapping.meaning(column) == Meaning::Ignored;
    let heading = review
        .mapping
        .heading_row()
        .and_then(|row| review.rows.get(row));
    let below = review.rows.iter().skip(review.mapping.n_above);
    let below = below.filter(|row| !row.is_empty()).take(N_ROWS);
    let height = ROW * (N_ROWS + 1) as f32;
    let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, height), Sense::hover());
    let painter = ui.painter();
    painter.rect(
        rect,
        CornerRadius::same(size::RADIUS),
        tokens.field,
        Stroke::new(size::HAIRLINE, tokens.line),
        egui::StrokeKind::Inside,
    );
    let line = |n: usize| {
        let min = pos2(rect.left(), rect.top() + ROW * n as f32);
        Rect::from_min_size(min, vec2(WIDTH, ROW)).shrink2(vec2(2.0 * size::UNIT, 0.0))
    };
    let one_line = |text: &str| text.replace(['\n', '\r'], " ");
    let text = heading.map_or_else(String::new, |row| one_line(row.cell(column)));
    let font = type_style::small_strong();
    paint_elided(painter, line(0), &text, font, tokens.weak, Align::Min);
    painter.hline(
        rect.x_range(),
        rect.top() + ROW,
        Stroke::new(size::HAIRLINE, tokens.line),
    );
    let ink = if is_ignored {
        tokens.faint
    } else {
        tokens.text
    };
    let mut all = vec![text];
    for (n, row) in below.enumerate() {
        let text = one_line(row.cell(column));
        paint_elided(
            painter,
            line(n + 1),
            &text,
            type_style::small(),
            ink,
            Align::Min,
        );
        all.push(text);
    }
    // For those who hear the table: a column as one text.
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, ui.is_enabled(), all.join(", "))
    });
}
