//! A filter chip: a word that is on or off, with how many things it lets through.

use egui::CornerRadius;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::Widget;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::accessible::paint_focus;
use super::switch::Switch;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// A chip.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a `Ui`"]
pub struct Chip<'a> {
    text: &'a str,
    switch: Switch,
    count: Option<usize>,
}

impl<'a> Chip<'a> {
    /// A chip that says `text` and stands as given.
    pub fn new(text: &'a str, switch: Switch) -> Self {
        Self {
            text,
            switch,
            count: None,
        }
    }

    /// How many things it lets through.
    pub fn count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }
}

impl Widget for Chip<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let tokens = tokens(ui);
        let on = self.switch.is_on();
        let layout = |text: String| {
            ui.painter()
                .layout_no_wrap(text, type_style::small(), tokens.text)
        };
        let text = layout(self.text.to_owned());
        let count = self.count.map(|count| layout(count.to_string()));
        let gap = 1.5 * size::UNIT;
        let padding = 2.0 * size::UNIT;
        let count_width = count.as_ref().map_or(0.0, |count| gap + count.size().x);
        let wanted = vec2(text.size().x + count_width + 2.0 * padding, size::CHIP);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        if ui.is_rect_visible(rect) {
            let (fill, outline, ink, count_ink) = if on {
                let ink = tokens.accent;
                (tokens.accent_soft, tokens.accent, ink, ink)
            } else if response.hovered() {
                (
                    tokens.control_hover,
                    tokens.line_strong,
                    tokens.text,
                    tokens.weak,
                )
            } else {
                (
                    egui::Color32::TRANSPARENT,
                    tokens.line_strong,
                    tokens.weak,
                    tokens.faint,
                )
            };
            ui.painter().rect(
                rect,
                CornerRadius::same(size::RADIUS),
                fill,
                Stroke::new(size::HAIRLINE, outline),
                StrokeKind::Inside,
            );
            let y = |height: f32| rect.center().y - height / 2.0;
            let at = pos2(rect.left() + padding, y(text.size().y));
            let text_right = at.x + text.size().x;
            ui.painter().galley_with_override_text_color(at, text, ink);
            if let Some(count) = count {
                let at = pos2(text_right + gap, y(count.size().y));
                ui.painter()
                    .galley_with_override_text_color(at, count, count_ink);
            }
            paint_focus(ui, &response, rect);
        }
        response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, self.text));
        response
    }
}
