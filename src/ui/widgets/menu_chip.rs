//! A chip that opens a menu, and says what was chosen there: with a cross that takes it back.

use egui::Align;
use egui::CornerRadius;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::accessible::paint_focus;
use super::elided::paint_elided;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// The widest chip; what says more is cut short.
const MAX_WIDTH: f32 = 180.0;
/// Room for the chevron or the cross.
const ICON_WIDTH: f32 = 16.0;

/// A chip with a menu.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `show`"]
pub struct MenuChip<'a> {
    name: &'a str,
    chosen: &'a str,
}

/// What came of a chip.
#[derive(Debug)]
pub struct MenuChipOutput {
    /// The chip, for its menu to hang on.
    pub response: Response,
    /// Whether what was chosen is to be taken back.
    pub is_cleared: bool,
}

impl<'a> MenuChip<'a> {
    /// A chip called `name`.
    pub fn new(name: &'a str) -> Self {
        Self { name, chosen: "" }
    }

    /// What was chosen; nothing when empty.
    pub fn chosen(mut self, chosen: &'a str) -> Self {
        self.chosen = chosen;
        self
    }

    /// Shows the chip.
    pub fn show(self, ui: &mut Ui) -> MenuChipOutput {
        let tokens = tokens(ui);
        let is_on = !self.chosen.is_empty();
        let text = match (self.name, self.chosen) {
            (name, "") => name.to_owned(),
            ("", chosen) => chosen.to_owned(),
            (name, chosen) => format!("{name}: {chosen}"),
        };
        let font = type_style::small();
        let galley = ui
            .painter()
            .layout_no_wrap(text.clone(), font.clone(), tokens.text);
        let padding = 2.0 * size::UNIT;
        let width = (galley.size().x + padding + ICON_WIDTH + size::UNIT).min(MAX_WIDTH);
        let (rect, response) = ui.allocate_exact_size(vec2(width, size::CHIP), Sense::click());
        let icon_rect = rect.with_min_x(rect.right() - ICON_WIDTH - size::UNIT / 2.0);
        let cross =
            is_on.then(|| ui.interact(icon_rect, response.id.with("clear"), Sense::click()));
        let is_hovered = response.hovered();
        let (fill, outline, ink) = if is_on {
            (tokens.accent_soft, tokens.accent, tokens.accent)
        } else if is_hovered {
            (tokens.control_hover, tokens.line_strong, tokens.text)
        } else {
            (egui::Color32::TRANSPARENT, tokens.line_strong, tokens.weak)
        };
        if ui.is_rect_visible(rect) {
            ui.painter().rect(
                rect,
                CornerRadius::same(size::RADIUS),
                fill,
                Stroke::new(size::HAIRLINE, outline),
                StrokeKind::Inside,
            );
            let words = Rect::from_min_max(
                pos2(rect.left() + padding, rect.top()),
                pos2(icon_rect.left(), rect.bottom()),
            );
            // What is just as wide as there is room is not to be cut by a rounding.
            let words = words.with_max_x(words.right() + 1.0);
            if galley.size().x <= words.width() {
                let at = words.left_center() - vec2(0.0, galley.size().y / 2.0);
                let painter = ui.painter();
                painter.galley_with_override_text_color(at, galley, ink);
            } else {
                paint_elided(ui.painter(), words, &text, font, ink, Align::Min);
            }
            let icon = Rect::from_center_size(icon_rect.center(), vec2(10.0, 10.0));
            let (shape, ink) = match &cross {
                Some(cross) if cross.hovered() => (Icon::Close, tokens.text),
                Some(_) => (Icon::Close, ink),
                None => (Icon::ChevronDown, ink),
            };
            paint_icon(ui.painter(), shape, icon, ink);
            paint_focus(ui, &response, rect);
            if let Some(cross) = &cross {
                paint_focus(ui, cross, icon_rect.shrink(2.0));
            }
        }
        response.widget_info(|| {
            WidgetInfo::selected(Role::Button, ui.is_enabled(), is_on, text.as_str())
        });
        let is_cleared = cross.is_some_and(|cross| {
            let what = if self.name.is_empty() {
                self.chosen
            } else {
                self.name
            };
            cross.widget_info(|| {
                WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("Clear {what}"))
            });
            cross.clicked()
        });
        MenuChipOutput {
            response,
            is_cleared,
        }
    }
}
