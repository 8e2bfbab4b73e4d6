//! What an empty place says: what is missing, and what to do about it.

use egui::Align;
use egui::Layout;
use egui::RichText;
use egui::Sense;
use egui::Ui;
use egui::vec2;

use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// An icon, a sentence, and what to do next.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `show`"]
pub struct EmptyState<'a> {
    icon: Icon,
    sentence: &'a str,
    advice: &'a str,
}

impl<'a> EmptyState<'a> {
    /// Says `sentence`.
    pub fn new(icon: Icon, sentence: &'a str) -> Self {
        Self {
            icon,
            sentence,
            advice: "",
        }
    }

    /// Says what to do next.
    pub fn advice(mut self, advice: &'a str) -> Self {
        self.advice = advice;
        self
    }

    /// Shows it in the middle of the room there is, with `buttons` below the words.
    pub fn show<R>(self, ui: &mut Ui, buttons: impl FnOnce(&mut Ui) -> R) -> R {
        let tokens = tokens(ui);
        let width = (ui.available_width() - 6.0 * size::UNIT).min(280.0);
        let height = 148.0;
        ui.vertical_centered(|ui| {
            ui.add_space(((ui.available_height() - height) * 0.4).max(3.0 * size::UNIT));
            ui.set_max_width(width);
            let side = vec2(size::ICON_LARGE, size::ICON_LARGE);
            let (rect, _) = ui.allocate_exact_size(side, Sense::hover());
            paint_icon(ui.painter(), self.icon, rect, tokens.faint);
            ui.add_space(size::UNIT);
            ui.label(RichText::new(self.sentence).font(type_style::strong()));
            if !self.advice.is_empty() {
                ui.label(RichText::new(self.advice).color(tokens.weak));
            }
            ui.add_space(2.0 * size::UNIT);
            ui.with_layout(Layout::top_down(Align::Center), buttons)
                .inner
        })
        .inner
    }
}
