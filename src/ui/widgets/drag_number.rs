//! A number that is dragged: gain, fades, tempo.

use std::ops::RangeInclusive;

use egui::Align;
use egui::Align2;
use egui::CornerRadius;
use egui::CursorIcon;
use egui::Event;
use egui::Key;
use egui::Modifiers;
use egui::Response;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::TextEdit;
use egui::Ui;
use egui::WidgetInfo;
use egui::text::CCursor;
use egui::text::CCursorRange;
use egui::vec2;
use egui::widgets::text_edit::TextEditState;

use super::accessible::paint_focus;
use super::accessible::set_name;
use super::accessible::set_value;
use super::elided::paint_elided;
use super::text_field::draft;
use super::text_field::field_margin;
use super::text_field::forget_draft;
use super::text_field::set_draft;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// What happened to a number.
#[derive(Debug)]
pub struct DragNumberOutput {
    /// The number.
    pub response: Response,
    /// Its value while it is being dragged, to be heard at once.
    pub dragged: Option<f32>,
    /// Its value once a gesture is over: one undo step.
    pub committed: Option<f32>,
}

/// A number with a unit. Dragging sideways changes it, finely with Shift; arrow keys step it;
/// a digit or Enter begins to type it; a double click brings back its usual value.
#[derive(Clone, Debug)]
#[must_use = "call `show`"]
pub struct DragNumber<'a> {
    name: &'a str,
    value: f32,
    range: RangeInclusive<f32>,
    usual: f32,
    per_point: f32,
    step: f32,
    decimals: usize,
    unit: &'a str,
    width: f32,
}

impl<'a> DragNumber<'a> {
    /// A number within a range, in tenths.
    pub fn new(name: &'a str, value: f32, range: RangeInclusive<f32>) -> Self {
        Self {
            name,
            value,
            range,
            usual: 0.0,
            per_point: 0.1,
            step: 0.1,
            decimals: 1,
            unit: "",
            width: 80.0,
        }
    }

    /// A gain in decibels, from nothing to +12 dB.
    pub fn gain(name: &'a str, value_db: f32) -> Self {
        Self::new(name, value_db, -60.0..=12.0).unit("dB")
    }

    /// What a double click brings back.
    pub fn usual(mut self, usual: f32) -> Self {
        self.usual = usual;
        self
    }

    /// Written after the number.
    pub fn unit(mut self, unit: &'a str) -> Self {
        self.unit = unit;
        self
    }

    /// How many decimals are shown, which is also how far an arrow key steps.
    pub fn decimals(mut self, decimals: usize) -> Self {
        self.decimals = decimals;
        self.step = 0.1_f32.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
        self
    }

    /// How much a point of dragging changes.
    pub fn per_point(mut self, per_point: f32) -> Self {
        self.per_point = per_point;
        self
    }

    /// A width in points.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Shows the number.
    pub fn show(self, ui: &mut Ui) -> DragNumberOutput {
        let id = ui.make_persistent_id(("drag number", self.name));
        if let Some(text) = draft(ui, id) {
            self.show_typing(ui, id, text)
        } else {
            self.show_dragging(ui, id)
        }
    }

    fn show_dragging(self, ui: &mut Ui, id: egui::Id) -> DragNumberOutput {
        let (_, rect) = ui.allocate_space(vec2(self.width, size::CONTROL));
        let response = ui
            .interact(rect, id, Sense::click_and_drag())
            .on_hover_cursor(CursorIcon::ResizeHorizontal);
        let started = ui
            .data(|data| data.get_temp::<f32>(id))
            .unwrap_or(self.value);
        if response.drag_started() {
            ui.data_mut(|data| data.insert_temp(id, self.value));
        }
        let fine = if ui.input(|input| input.modifiers.shift) {
            0.1
        } else {
            1.0
        };
        let moved = response.drag_delta().x * self.per_point * fine;
        let mut output = DragNumberOutput {
            dragged: None,
            committed: None,
            response,
        };
        // The exact value is kept apart, or slow drags would be lost in the rounding.
        let exact = (started + moved).clamp(*self.range.start(), *self.range.end());
        if output.response.dragged() {
            ui.data_mut(|data| data.insert_temp(id, exact));
            output.dragged = Some(self.rounded(exact));
        } else if output.response.drag_stopped() {
            ui.data_mut(|data| data.remove_temp::<f32>(id));
            output.committed = Some(self.rounded(exact));
        } else if output.response.double_clicked() {
            output.committed = Some(self.usual).filter(|usual| self.differs(*usual));
        } else if output.response.clicked() {
            output.response.request_focus();
        }
        if output.response.has_focus() {
            output.committed = output.committed.or_else(|| self.stepped(ui));
            if let Some(typing) = typing_begun(ui) {
                let text = match typing {
                    Typing::Continue => self.digits(),
                    Typing::Replace(typed) => typed,
                };
                set_draft(ui, id, &text);
                ui.request_repaint();
            }
        }
        let shown = output.dragged.or(output.committed).unwrap_or(self.value);
        self.paint(ui, rect, &output.response, shown);
        output.response.widget_info(|| {
            let mut info = WidgetInfo::drag_value(ui.is_enabled(), f64::from(shown));
            info.label = Some(self.name.to_owned());
            info
        });
        set_value(ui, id, &self.written(shown));
        output
    }

    fn show_typing(self, ui: &mut Ui, id: egui::Id, mut text: String) -> DragNumberOutput {
        let edit_id = id.with("typing");
        let fresh = TextEditState::load(ui, edit_id).is_none();
        let response = ui.add(
            TextEdit::singleline(&mut text)
                .id(edit_id)
                .align(Align2::LEFT_CENTER)
                .desired_width(self.width)
                .margin(field_margin()),
        );
        set_name(ui, edit_id, self.name);
        let mut committed = None;
        if fresh {
            response.request_focus();
            let mut state = TextEditState::load(ui, edit_id).unwrap_or_default();
            let end = CCursor::new(text.chars().count());
            state.cursor.set_char_range(Some(CCursorRange::one(end)));
            state.store(ui, edit_id);
        } else if response.lost_focus() {
            ui.data_mut(|data| data.remove::<TextEditState>(edit_id));
            forget_draft(ui, id);
            let given_up = ui.input(|input| input.key_pressed(Key::Escape));
            let number = if given_up { None } else { self.read(&text) };
            committed = number.filter(|value| self.differs(*value));
            if ui.input(|input| input.key_pressed(Key::Enter)) {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            return DragNumberOutput {
                response,
                dragged: None,
                committed,
            };
        }
        set_draft(ui, id, &text);
        DragNumberOutput {
            response,
            dragged: None,
            committed,
        }
    }

    fn paint(&self, ui: &Ui, rect: egui::Rect, response: &Response, shown: f32) {
        if !ui.is_rect_visible(rect) {
            return;
        }
        let tokens = tokens(ui);
        let active = response.hovered() || response.dragged();
        let fill = if active { tokens.control } else { tokens.field };
        let outline = Stroke::new(size::HAIRLINE, tokens.line_strong);
        let radius = CornerRadius::same(size::RADIUS);
        ui.painter()
            .rect(rect, radius, fill, outline, StrokeKind::Inside);
        let words = rect.shrink2(vec2(2.0 * size::UNIT, 0.0));
        let ink = if self.differs_from_usual(shown) {
            tokens.text
        } else {
            tokens.weak
        };
        paint_elided(
            ui.painter(),
            words,
            &self.written(shown),
            type_style::body(),
            ink,
            Align::Max,
        );
        paint_focus(ui, response, rect);
    }

    fn stepped(&self, ui: &Ui) -> Option<f32> {
        let steps = ui.input_mut(|input| {
            for (modifiers, key, steps) in [
                (Modifiers::SHIFT, Key::ArrowUp, 10.0),
                (Modifiers::SHIFT, Key::ArrowDown, -10.0),
                (Modifiers::NONE, Key::ArrowUp, 1.0),
                (Modifiers::NONE, Key::ArrowDown, -1.0),
            ] {
                if input.consume_key(modifiers, key) {
                    return Some(steps);
                }
            }
            None
        })?;
        let value = self.rounded(self.value + steps * self.step);
        Some(value.clamp(*self.range.start(), *self.range.end()))
    }

    fn read(&self, text: &str) -> Option<f32> {
        let number = text
            .trim()
            .trim_end_matches(self.unit)
            .trim()
            .replace(['−', '–'], "-")
            .replace(',', ".");
        let value: f32 = number
            .parse()
            .ok()
            .filter(|value: &f32| value.is_finite())?;
        Some(self.rounded(value.clamp(*self.range.start(), *self.range.end())))
    }

    fn rounded(&self, value: f32) -> f32 {
        (value / self.step).round() * self.step
    }

    fn differs(&self, value: f32) -> bool {
        (value - self.value).abs() >= self.step / 2.0
    }

    fn differs_from_usual(&self, value: f32) -> bool {
        (value - self.usual).abs() >= self.step / 2.0
    }

    fn digits(&self) -> String {
        format!("{:.*}", self.decimals, self.value)
    }

    fn written(&self, value: f32) -> String {
        // A value that rounds to nothing has no sign.
        let value = if value.abs() < self.step / 2.0 {
            0.0
        } else {
            value
        };
        let sign = if value < 0.0 { "−" } else { "" };
        let digits = format!("{sign}{:.*}", self.decimals, value.abs());
        if self.unit.is_empty() {
            digits
        } else {
            format!("{digits} {}", self.unit)
        }
    }
}

/// How typing begins.
enum Typing {
    /// With the number as it is.
    Continue,
    /// With a character that was typed.
    Replace(String),
}

/// Whether a key asks to type: Enter, or a digit or sign.
fn typing_begun(ui: &Ui) -> Option<Typing> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Text(text)
                if text.starts_with(|c: char| c.is_ascii_digit() || "-.".contains(c)) =>
            {
                Some(Typing::Replace(text.clone()))
            }
            Event::Key {
                key: Key::Enter,
                pressed: true,
                ..
            } => Some(Typing::Continue),
            _ => None,
        })
    })
}
