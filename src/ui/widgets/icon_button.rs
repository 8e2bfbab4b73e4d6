//! Buttons: an icon alone, and an icon with words.

use egui::Color32;
use egui::CornerRadius;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::Widget;
use egui::WidgetInfo;
use egui::WidgetText;
use egui::pos2;
use egui::vec2;

use super::accessible::paint_focus;
use super::key_cap::shortcut_tooltip;
use super::switch::Switch;
use crate::ui::theme::Icon;
use crate::ui::theme::Tokens;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// A square button with an icon; its name and shortcut are its tooltip.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a `Ui`"]
pub struct IconButton<'a> {
    icon: Icon,
    name: &'a str,
    shortcut: &'a str,
    switch: Option<Switch>,
    side: f32,
}

impl<'a> IconButton<'a> {
    /// A button that does what `name` says.
    pub fn new(icon: Icon, name: &'a str) -> Self {
        Self {
            icon,
            name,
            shortcut: "",
            switch: None,
            side: size::CONTROL,
        }
    }

    /// The key that does the same, as it is written for people (`Ctrl+L`).
    pub fn shortcut(mut self, shortcut: &'a str) -> Self {
        self.shortcut = shortcut;
        self
    }

    /// Makes it a switch and says how it stands.
    pub fn switch(mut self, switch: Switch) -> Self {
        self.switch = Some(switch);
        self
    }

    /// Another side, in points: [`size::CHIP`] inside rows, [`size::HEADER`] in the transport.
    pub fn side(mut self, side: f32) -> Self {
        self.side = side;
        self
    }
}

impl Widget for IconButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(self.side, self.side), Sense::click());
        if ui.is_rect_visible(rect) {
            let tokens = tokens(ui);
            let on = self.switch == Some(Switch::On);
            let fill = if response.is_pointer_button_down_on() {
                Some(tokens.control_pressed)
            } else if on {
                Some(tokens.accent_soft)
            } else if response.hovered() {
                Some(tokens.control_hover)
            } else {
                None
            };
            if let Some(fill) = fill {
                ui.painter()
                    .rect_filled(rect, CornerRadius::same(size::RADIUS), fill);
            }
            let color = if on {
                tokens.accent
            } else if response.hovered() {
                tokens.text
            } else {
                tokens.weak
            };
            let icon_side = (self.side * 2.0 / 3.0 / 2.0).round() * 2.0;
            let icon_rect = Rect::from_center_size(rect.center(), vec2(icon_side, icon_side));
            paint_icon(ui.painter(), self.icon, icon_rect, color);
            paint_focus(ui, &response, rect);
        }
        response.widget_info(|| match self.switch {
            Some(switch) => {
                WidgetInfo::selected(Role::Button, ui.is_enabled(), switch.is_on(), self.name)
            }
            None => WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name),
        });
        shortcut_tooltip(response, self.name, self.shortcut)
    }
}

/// How loudly a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Emphasis {
    #[default]
    Plain,
    Primary,
    Quiet,
}

/// A button with words, and an icon if wanted.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a `Ui`"]
pub struct TextButton<'a> {
    text: &'a str,
    icon: Option<Icon>,
    shortcut: &'a str,
    emphasis: Emphasis,
}

impl<'a> TextButton<'a> {
    /// The space between the button's edge and its words, in points.
    pub const PADDING: f32 = 2.5 * size::UNIT;

    /// A button that does what `text` says.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            icon: None,
            shortcut: "",
            emphasis: Emphasis::Plain,
        }
    }

    /// The one button of its place that most people want.
    pub fn primary(mut self) -> Self {
        self.emphasis = Emphasis::Primary;
        self
    }

    /// A button without a ground, for what few people want.
    pub fn quiet(mut self) -> Self {
        self.emphasis = Emphasis::Quiet;
        self
    }

    /// An icon before the words.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The key that does the same, shown in the tooltip.
    pub fn shortcut(mut self, shortcut: &'a str) -> Self {
        self.shortcut = shortcut;
        self
    }

    fn colors(&self, tokens: &Tokens, response: &Response) -> (Color32, Color32, Color32) {
        let pressed = response.is_pointer_button_down_on();
        match self.emphasis {
            Emphasis::Primary => {
                let fill = if pressed {
                    tokens.accent.lerp_to_gamma(tokens.base, 0.2)
                } else if response.hovered() {
                    tokens.accent.lerp_to_gamma(tokens.text, 0.15)
                } else {
                    tokens.accent
                };
                (fill, fill, tokens.on_accent)
            }
            Emphasis::Plain | Emphasis::Quiet => {
                let rest = if self.emphasis == Emphasis::Quiet {
                    Color32::TRANSPARENT
                } else {
                    tokens.control
                };
                let fill = if pressed {
                    tokens.control_pressed
                } else if response.hovered() {
                    tokens.control_hover
                } else {
                    rest
                };
                let outline = if self.emphasis == Emphasis::Quiet {
                    Color32::TRANSPARENT
                } else {
                    tokens.line_strong
                };
                (fill, outline, tokens.text)
            }
        }
    }
}

impl Widget for TextButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let galley = WidgetText::from(self.text).into_galley(
            ui,
            Some(egui::TextWrapMode::Extend),
            f32::INFINITY,
            type_style::strong(),
        );
        let padding = Self::PADDING;
        let icon_width = if self.icon.is_some() {
            size::ICON + 1.5 * size::UNIT
        } else {
            0.0
        };
        let wanted = vec2(galley.size().x + icon_width + 2.0 * padding, size::CONTROL);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        if ui.is_rect_visible(rect) {
            let (fill, outline, text) = self.colors(tokens(ui), &response);
            ui.painter().rect(
                rect,
                CornerRadius::same(size::RADIUS),
                fill,
                Stroke::new(size::HAIRLINE, outline),
                StrokeKind::Inside,
            );
            let mut x = rect.left() + padding;
            if let Some(icon) = self.icon {
                // The icon's own margin makes it look further in than a letter.
                let icon_rect = Rect::from_center_size(
                    pos2(x + size::ICON / 2.0 - 2.0, rect.center().y),
                    vec2(size::ICON, size::ICON),
                );
                paint_icon(ui.painter(), icon, icon_rect, text);
                x += icon_width - 2.0;
            }
            let y = rect.center().y - galley.size().y / 2.0;
            ui.painter().galley(pos2(x, y), galley, text);
            paint_focus(ui, &response, rect);
        }
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.text));
        if self.shortcut.is_empty() {
            response
        } else {
            shortcut_tooltip(response, self.text, self.shortcut)
        }
    }
}
