//! A row of joined buttons of which one is chosen.

use egui::CornerRadius;
use egui::Rect;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::accessible::paint_focus;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// Shows every value side by side; returns another one that was picked. `name` says what is being
/// chosen, to screen readers.
pub fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, &str)],
    current: T,
) -> Option<T> {
    let tokens = tokens(ui);
    let galleys: Vec<_> = options
        .iter()
        .map(|(_, text)| {
            ui.painter()
                .layout_no_wrap((*text).to_owned(), type_style::body(), tokens.text)
        })
        .collect();
    let padding = 2.5 * size::UNIT;
    let width: f32 = galleys.iter().map(|g| g.size().x + 2.0 * padding).sum();
    let (outer, group) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::hover());
    group.widget_info(|| WidgetInfo::labeled(Role::RadioGroup, ui.is_enabled(), name));
    let radius = CornerRadius::same(size::RADIUS);
    ui.painter().rect(
        outer,
        radius,
        tokens.field,
        Stroke::new(size::HAIRLINE, tokens.line_strong),
        StrokeKind::Inside,
    );
    let mut picked = None;
    let mut x = outer.left();
    for (index, ((value, text), galley)) in options.iter().zip(galleys).enumerate() {
        let segment = Rect::from_min_size(
            pos2(x, outer.top()),
            vec2(galley.size().x + 2.0 * padding, size::CONTROL),
        );
        x = segment.right();
        let response = ui.interact(segment, group.id.with(index), Sense::click());
        let chosen = *value == current;
        let inner = segment.shrink(2.0);
        if chosen {
            ui.painter()
                .rect_filled(inner, size::RADIUS - 1, tokens.control_pressed);
        } else if response.hovered() {
            ui.painter()
                .rect_filled(inner, size::RADIUS - 1, tokens.row_hover);
        }
        let ink = if chosen || response.hovered() {
            tokens.text
        } else {
            tokens.weak
        };
        let at = segment.center() - galley.size() / 2.0;
        ui.painter()
            .galley_with_override_text_color(at, galley, ink);
        paint_focus(ui, &response, inner);
        response
            .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), chosen, text));
        if response.clicked() && !chosen {
            picked = Some(*value);
        }
    }
    picked
}
