//! A part of a panel that folds away.

use egui::Align;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::collapsing_header::CollapsingState;
use egui::pos2;
use egui::vec2;

use super::accessible::paint_focus;
use super::elided::paint_elided;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// A heading that opens and closes what is under it, and remembers which.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `show`"]
pub struct Section<'a> {
    title: &'a str,
    count: Option<usize>,
    folded: bool,
}

impl<'a> Section<'a> {
    /// A section that is open at first.
    pub fn new(title: &'a str) -> Self {
        Self {
            title,
            count: None,
            folded: false,
        }
    }

    /// How many things it holds.
    pub fn count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }

    /// Folded at first.
    pub fn folded(mut self) -> Self {
        self.folded = true;
        self
    }

    /// Shows the heading and, when open, `body`, whose result is returned.
    pub fn show<R>(self, ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> Option<R> {
        let tokens = tokens(ui);
        let id = ui.make_persistent_id(("section", self.title));
        let mut state = CollapsingState::load_with_default_open(ui, id, !self.folded);
        let wanted = vec2(ui.available_width(), size::CONTROL + size::UNIT);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        if response.clicked() {
            state.toggle(ui);
        }
        if ui.is_rect_visible(rect) {
            let ink = if response.hovered() {
                tokens.text
            } else {
                tokens.weak
            };
            let icon = if state.is_open() {
                Icon::ChevronDown
            } else {
                Icon::ChevronRight
            };
            let icon_rect = egui::Rect::from_min_size(
                pos2(rect.left(), rect.center().y - 6.0),
                vec2(12.0, 12.0),
            );
            paint_icon(ui.painter(), icon, icon_rect, tokens.weak);
            let words = rect.with_min_x(icon_rect.right() + size::UNIT);
            let title = paint_elided(
                ui.painter(),
                words,
                self.title,
                type_style::small_strong(),
                ink,
                Align::Min,
            );
            if let Some(count) = self.count {
                paint_elided(
                    ui.painter(),
                    rect.with_min_x(title.rect.right() + 1.5 * size::UNIT),
                    &count.to_string(),
                    type_style::small(),
                    tokens.faint,
                    Align::Min,
                );
            }
            paint_focus(ui, &response, rect);
        }
        let open = state.is_open();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.title));
        ui.accesskit_node_builder(response.id, |node| node.set_expanded(open));
        state
            .show_body_unindented(ui, body)
            .map(|shown| shown.inner)
    }
}
