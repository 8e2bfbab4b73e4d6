//! How the inspector sets things out: a heading, and rows of a name and a field.

use egui::Align;
use egui::Color32;
use egui::Layout;
use egui::Rect;
use egui::RichText;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::Ui;
use egui::WidgetInfo;
use egui::vec2;

use super::shared::Shared;
use crate::model::Color;
use crate::time::Ticks;
use crate::time::Timebase;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::TextField;
use crate::ui::widgets::elided_label;

/// Width of the names of fields.
const NAMES: f32 = 76.0;
/// Height of a row that only says something.
const FACT: f32 = 18.0;

/// What is inspected: its kind, and its name.
pub(super) fn heading(ui: &mut Ui, icon: Icon, kind: &str, name: &str) {
    let weak = tokens(ui).weak;
    let text = tokens(ui).text;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
        paint_icon(ui.painter(), icon, rect, weak);
        ui.label(
            RichText::new(kind)
                .font(type_style::small_strong())
                .color(weak),
        );
    });
    elided_label(ui, name, type_style::title(), text);
}

/// A second line below the heading.
pub(super) fn subheading(ui: &mut Ui, text: &str) {
    let weak = tokens(ui).weak;
    elided_label(ui, text, type_style::body(), weak);
}

/// A row: the name of a field, and the field.
pub(super) fn row<R>(ui: &mut Ui, name: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    row_of_height(ui, name, size::CONTROL, field)
}

fn row_of_height<R>(ui: &mut Ui, name: &str, height: f32, field: impl FnOnce(&mut Ui) -> R) -> R {
    let weak = tokens(ui).weak;
    let usual = ui.spacing().interact_size.y;
    ui.spacing_mut().interact_size.y = height;
    let shown = ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = usual;
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES, height), Sense::hover());
        let galley = ui
            .painter()
            .layout_no_wrap(name.to_owned(), type_style::small(), weak);
        let at = egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, weak);
        field(ui)
    });
    ui.spacing_mut().interact_size.y = usual;
    shown.inner
}

/// A row that only says something.
pub(super) fn fact(ui: &mut Ui, name: &str, value: &str) {
    let text = tokens(ui).text;
    row_of_height(ui, name, FACT, |ui| {
        elided_label(ui, value, type_style::body(), text);
    });
}

/// A row with a field of one line; returns what was typed once it is final.
pub(super) fn text_row(ui: &mut Ui, name: &str, value: &str, hint: &str) -> Option<String> {
    row(ui, name, |ui| {
        TextField::new(name, value).hint(hint).show(ui).committed
    })
}

/// A field of several lines below its name.
pub(super) fn text_block(ui: &mut Ui, name: &str, value: &str, hint: &str) -> Option<String> {
    let weak = tokens(ui).weak;
    ui.label(RichText::new(name).font(type_style::small()).color(weak));
    TextField::new(name, value)
        .hint(hint)
        .rows(2)
        .show(ui)
        .committed
}

/// A remark in weak small text, over several lines.
pub(super) fn remark(ui: &mut Ui, text: impl Into<String>) {
    let weak = tokens(ui).weak;
    ui.label(
        RichText::new(text.into())
            .font(type_style::small())
            .color(weak),
    );
}

/// The buttons below a subject.
pub(super) fn buttons<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(size::UNIT);
    ui.with_layout(Layout::left_to_right(Align::Min).with_main_wrap(true), add)
        .inner
}

/// The label colors side by side; returns another one that was picked.
pub(super) fn color_row(ui: &mut Ui, current: Color) -> Option<Color> {
    row(ui, "Color", |ui| {
        let mut picked = None;
        ui.spacing_mut().item_spacing.x = 0.0;
        let width = (ui.available_width() / Color::ALL.len() as f32).clamp(12.0, 20.0);
        for color in Color::ALL {
            let side = vec2(width, size::CONTROL);
            let (rect, response) = ui.allocate_exact_size(side, Sense::click());
            let is_current = color == current;
            swatch(ui, rect, tokens(ui).label(color).mark, is_current);
            if response.has_focus() || response.hovered() {
                let stroke = Stroke::new(size::FOCUS, tokens(ui).focus);
                ui.painter().circle_stroke(rect.center(), 8.5, stroke);
            }
            response.widget_info(|| {
                let name = format!("Color {color}");
                WidgetInfo::selected(Role::RadioButton, true, is_current, name)
            });
            if response.on_hover_text(color.name()).clicked() && !is_current {
                picked = Some(color);
            }
        }
        picked
    })
}

/// The colors of a label side by side, none of them first; returns another one that was picked.
/// Nothing is marked where `current` says that several things differ.
#[expect(clippy::option_option, reason = "nothing picked, or no color picked")]
pub(super) fn label_row(ui: &mut Ui, current: &Shared<Option<Color>>) -> Option<Option<Color>> {
    row(ui, "Color", |ui| {
        let mut picked = None;
        ui.spacing_mut().item_spacing.x = 0.0;
        let n_choices = Color::ALL.len() + 1;
        let width = (ui.available_width() / n_choices as f32).clamp(12.0, 20.0);
        let colors = Color::ALL.into_iter().map(Some);
        for color in std::iter::once(None).chain(colors) {
            let side = vec2(width, size::CONTROL);
            let (rect, response) = ui.allocate_exact_size(side, Sense::click());
            let is_current = current.same() == Some(&color);
            match color {
                Some(color) => swatch(ui, rect, tokens(ui).label(color).mark, is_current),
                None => no_swatch(ui, rect, is_current),
            }
            if response.has_focus() || response.hovered() {
                let stroke = Stroke::new(size::FOCUS, tokens(ui).focus);
                ui.painter().circle_stroke(rect.center(), 8.5, stroke);
            }
            let name = color.map_or_else(|| "No color".to_owned(), |it| format!("Color {it}"));
            response
                .widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_current, &name));
            if response.on_hover_text(&name).clicked() && !is_current {
                picked = Some(color);
            }
        }
        picked
    })
}

/// Stands for no color: a ring that is struck through.
fn no_swatch(ui: &Ui, rect: Rect, is_current: bool) {
    let painter = ui.painter();
    let stroke = Stroke::new(size::HAIRLINE, tokens(ui).weak);
    let middle = rect.center();
    painter.circle_stroke(middle, 5.0, stroke);
    painter.line_segment([middle + vec2(-3.5, 3.5), middle + vec2(3.5, -3.5)], stroke);
    if is_current {
        let stroke = Stroke::new(size::FOCUS, tokens(ui).text);
        painter.circle_stroke(middle, 8.5, stroke);
    }
}

fn swatch(ui: &Ui, rect: Rect, color: Color32, is_current: bool) {
    let painter = ui.painter();
    painter.circle_filled(rect.center(), 5.5, color);
    if is_current {
        let stroke = Stroke::new(size::FOCUS, tokens(ui).text);
        painter.circle_stroke(rect.center(), 8.5, stroke);
    }
}

/// A length as timecode.
pub(super) fn length_text(timebase: Timebase, length: Ticks) -> String {
    timebase.length_label(timebase.rate().nearest_frames(length))
}
