//! A timecode that is edited in place.

use egui::Align2;
use egui::Key;
use egui::Modifiers;
use egui::Popup;
use egui::Response;
use egui::RichText;
use egui::TextEdit;
use egui::Ui;
use egui::text::CCursor;
use egui::text::CCursorRange;

use super::accessible::set_name;
use super::text_field::draft;
use super::text_field::field_margin;
use super::text_field::forget_draft;
use super::text_field::set_draft;
use super::timecode_entry;
use super::timecode_entry::Holds;
use crate::time::Frames;
use crate::time::Ticks;
use crate::time::Timebase;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// What happened in a timecode field.
#[derive(Debug)]
pub struct TimecodeOutput {
    /// The field.
    pub response: Response,
    /// The new value, once: Enter was pressed, the keyboard went elsewhere, or an arrow key
    /// stepped it.
    pub committed: Option<Ticks>,
}

/// A field for a place or a length in time.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `show`"]
pub struct TimecodeField<'a> {
    name: &'a str,
    timebase: Timebase,
    holds: Holds,
    value: Ticks,
    width: f32,
}

impl<'a> TimecodeField<'a> {
    /// A field for a place, `value` after the frame labelled `start`.
    pub fn position(name: &'a str, timebase: Timebase, start: Frames, value: Ticks) -> Self {
        Self {
            name,
            timebase,
            holds: Holds::Position { start },
            value,
            width: 100.0,
        }
    }

    /// A field for a length.
    pub fn length(name: &'a str, timebase: Timebase, value: Ticks) -> Self {
        Self {
            name,
            timebase,
            holds: Holds::Length,
            value,
            width: 100.0,
        }
    }

    /// A width in points.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Shows the field. Up and Down step a frame, with Shift a second; Escape restores.
    pub fn show(self, ui: &mut Ui) -> TimecodeOutput {
        let id = ui.make_persistent_id(("timecode field", self.name));
        let focused = ui.memory(|memory| memory.has_focus(id));
        let stepped = if focused { self.stepped(ui) } else { None };
        if stepped.is_some() {
            forget_draft(ui, id);
        }
        let shown = self.written(stepped.unwrap_or(self.value));
        let mut text = draft(ui, id).unwrap_or_else(|| shown.clone());
        let error = (text != shown).then(|| self.read(&text).err()).flatten();
        let tokens = tokens(ui);
        let mut edit = TextEdit::singleline(&mut text)
            .id(id)
            .font(type_style::timecode())
            .align(Align2::LEFT_CENTER)
            .desired_width(self.width)
            .margin(field_margin());
        if error.is_some() {
            edit = edit.text_color(tokens.error);
        }
        let mut output = edit.show(ui);
        let response = output.response.response.clone();
        set_name(ui, id, self.name);
        if response.gained_focus() {
            // Typing replaces: nobody edits a single digit of a timecode.
            let end = CCursor::new(text.chars().count());
            let all = CCursorRange::two(CCursor::new(0), end);
            output.state.cursor.set_char_range(Some(all));
            output.state.store(ui, id);
        }
        if let Some(error) = &error {
            ui.accesskit_node_builder(id, |node| node.set_description(error.to_string()));
            Popup::from_response(&response)
                .open(response.has_focus())
                .gap(4.0)
                .show(|ui| {
                    ui.set_max_width(240.0);
                    ui.label(RichText::new(error.to_string()).color(tokens.error));
                });
        }
        let settled = self.settle(ui, &response, &text, &shown);
        TimecodeOutput {
            response,
            committed: settled.or(stepped).filter(|value| *value != self.value),
        }
    }

    fn written(&self, value: Ticks) -> String {
        timecode_entry::write(self.timebase, self.holds, value)
    }

    fn read(&self, text: &str) -> Result<Ticks, timecode_entry::TimecodeEntryError> {
        timecode_entry::read(self.timebase, self.holds, self.value, text)
    }

    fn settle(&self, ui: &Ui, response: &Response, text: &str, shown: &str) -> Option<Ticks> {
        if !response.lost_focus() {
            if response.has_focus() && text != shown {
                set_draft(ui, response.id, text);
            }
            return None;
        }
        let (given_up, entered) = ui.input(|input| {
            (
                input.key_pressed(Key::Escape),
                input.key_pressed(Key::Enter),
            )
        });
        if given_up || text == shown {
            forget_draft(ui, response.id);
            return None;
        }
        let read = self.read(text);
        if read.is_err() && entered {
            // The field stays open on what is wrong with it.
            response.request_focus();
        } else {
            forget_draft(ui, response.id);
        }
        read.ok()
    }

    fn stepped(&self, ui: &Ui) -> Option<Ticks> {
        let rate = self.timebase.rate();
        let frame = rate.frame_length();
        let second = rate.to_ticks(Frames::new(i64::from(rate.nominal())));
        let step = ui.input_mut(|input| {
            for (modifiers, key, step) in [
                (Modifiers::SHIFT, Key::ArrowUp, second),
                (Modifiers::SHIFT, Key::ArrowDown, -second),
                (Modifiers::NONE, Key::ArrowUp, frame),
                (Modifiers::NONE, Key::ArrowDown, -frame),
            ] {
                if input.consume_key(modifiers, key) {
                    return Some(step);
                }
            }
            None
        })?;
        let value = self.value + step;
        (self.holds != Holds::Length || !value.is_negative()).then_some(value)
    }
}
