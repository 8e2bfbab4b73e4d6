//! A notice: what happened, how bad it is, and the list behind it.

use egui::Align;
use egui::Color32;
use egui::CornerRadius;
use egui::Frame;
use egui::Layout;
use egui::Margin;
use egui::RichText;
use egui::ScrollArea;
use egui::Sense;
use egui::Shadow;
use egui::Stroke;
use egui::Ui;
use egui::vec2;

use super::icon_button::IconButton;
use super::icon_button::TextButton;
use crate::ui::theme::Icon;
use crate::ui::theme::Tokens;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// It worked.
    Success,
    /// It worked, but look.
    Warning,
    /// It did not work.
    Error,
}

impl Severity {
    fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Success => Icon::Check,
            Self::Warning => Icon::Warning,
            Self::Error => Icon::Error,
        }
    }

    fn color(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Info => tokens.weak,
            Self::Success => tokens.success,
            Self::Warning => tokens.warning,
            Self::Error => tokens.error,
        }
    }
}

/// What was done with a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeEvent {
    /// Its close button was pressed.
    Closed,
    /// The button it offers was pressed.
    ActionTaken,
}

/// A card with a sentence, and what is behind it.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `show`"]
pub struct NoticeCard<'a> {
    severity: Severity,
    sentence: &'a str,
    details: &'a [String],
    action: &'a str,
}

impl<'a> NoticeCard<'a> {
    /// A card that says `sentence`.
    pub fn new(severity: Severity, sentence: &'a str) -> Self {
        Self {
            severity,
            sentence,
            details: &[],
            action: "",
        }
    }

    /// The list behind the sentence, unfolded on demand.
    pub fn details(mut self, details: &'a [String]) -> Self {
        self.details = details;
        self
    }

    /// A button that does something about it.
    pub fn action(mut self, action: &'a str) -> Self {
        self.action = action;
        self
    }

    /// Shows the card over the width there is.
    pub fn show(self, ui: &mut Ui) -> Option<NoticeEvent> {
        let tokens = tokens(ui);
        let mut event = None;
        let frame = Frame::new()
            .fill(tokens.raised)
            .stroke(Stroke::new(size::HAIRLINE, tokens.line_strong))
            .corner_radius(CornerRadius::same(size::RADIUS))
            .inner_margin(Margin::symmetric(10, 6))
            .shadow(Shadow {
                offset: [0, 4],
                blur: 16,
                spread: 0,
                color: tokens.shadow,
            });
        frame.show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if ui
                    .add(IconButton::new(Icon::Close, "Dismiss").side(size::CHIP))
                    .clicked()
                {
                    event = Some(NoticeEvent::Closed);
                }
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                    let side = vec2(size::ICON, size::CHIP);
                    let (icon, _) = ui.allocate_exact_size(side, Sense::hover());
                    paint_icon(
                        ui.painter(),
                        self.severity.icon(),
                        icon,
                        self.severity.color(tokens),
                    );
                    ui.add_space(size::UNIT);
                    ui.vertical(|ui| {
                        if self.body(ui, tokens) {
                            event = Some(NoticeEvent::ActionTaken);
                        }
                    });
                });
            });
        });
        event
    }

    /// The words and buttons; says whether the action was taken.
    fn body(&self, ui: &mut Ui, tokens: &Tokens) -> bool {
        ui.add_space(2.0);
        ui.label(self.sentence);
        let id = ui.make_persistent_id(("notice", self.sentence));
        let unfolded = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
        let mut taken = false;
        if !self.details.is_empty() || !self.action.is_empty() {
            ui.horizontal(|ui| {
                if self.action.is_empty() {
                    // A button without a ground lines up with the sentence by its words.
                    ui.add_space(-TextButton::PADDING);
                } else {
                    taken = ui.add(TextButton::new(self.action)).clicked();
                }
                if !self.details.is_empty() {
                    let words = if unfolded {
                        "Hide details".to_owned()
                    } else {
                        format!("Details ({})", self.details.len())
                    };
                    if ui.add(TextButton::new(&words).quiet()).clicked() {
                        ui.data_mut(|data| data.insert_temp(id, !unfolded));
                    }
                }
            });
        }
        if unfolded {
            ScrollArea::vertical().max_height(160.0).show_rows(
                ui,
                size::CHIP - size::UNIT,
                self.details.len(),
                |ui, rows| {
                    for detail in self.details.get(rows).into_iter().flatten() {
                        let text = RichText::new(detail).font(type_style::small());
                        ui.add(egui::Label::new(text.color(tokens.weak)).truncate());
                    }
                },
            );
        }
        taken
    }
}
