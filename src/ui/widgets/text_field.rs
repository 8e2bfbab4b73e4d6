//! Text that is edited in place: what is typed becomes the value when it is committed.

use egui::Align2;
use egui::Id;
use egui::Key;
use egui::Margin;
use egui::Response;
use egui::TextEdit;
use egui::Ui;
use egui::pos2;
use egui::vec2;

use super::accessible::set_name;
use super::icon_button::IconButton;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;

/// What happened in a text field.
#[derive(Debug)]
pub struct TextFieldOutput {
    /// The field.
    pub response: Response,
    /// The new text, once, when Enter was pressed or the keyboard went elsewhere. Not told when
    /// the text is as it was, nor after Escape.
    pub committed: Option<String>,
}

/// A field that shows a value and lets it be replaced.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `show`"]
pub struct TextField<'a> {
    name: &'a str,
    value: &'a str,
    hint: &'a str,
    rows: usize,
    width: Option<f32>,
}

impl<'a> TextField<'a> {
    /// A field of one line named `name`, showing `value`. What is being typed is remembered under
    /// the place of the field, so give each subject its own (`ui.push_id(scene, …)`).
    pub fn new(name: &'a str, value: &'a str) -> Self {
        Self {
            name,
            value,
            hint: "",
            rows: 1,
            width: None,
        }
    }

    /// Shown while the field is empty.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Makes it a field of several lines: Enter begins a line, Ctrl+Enter commits.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(2);
        self
    }

    /// A width in points; without it, the field is as wide as there is room.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Shows the field.
    pub fn show(self, ui: &mut Ui) -> TextFieldOutput {
        let id = ui.make_persistent_id(("text field", self.name));
        let mut text = draft(ui, id).unwrap_or_else(|| self.value.to_owned());
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let several = self.rows > 1;
        // Taken before the field sees it, which would otherwise add a line.
        let finished = several
            && ui.memory(|memory| memory.has_focus(id))
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, Key::Enter));
        let edit = if several {
            TextEdit::multiline(&mut text)
                .desired_rows(self.rows)
                .margin(Margin::symmetric(8, 5))
        } else {
            TextEdit::singleline(&mut text)
                .align(Align2::LEFT_CENTER)
                .margin(field_margin())
        };
        let response = ui.add(edit.id(id).hint_text(self.hint).desired_width(width));
        set_name(ui, id, self.name);
        if finished {
            response.surrender_focus();
        }
        let committed =
            settle(ui, &response, finished, &text).filter(|settled| settled != self.value);
        TextFieldOutput {
            response,
            committed,
        }
    }
}

/// The space between a field's frame and its text.
pub(super) fn field_margin() -> Margin {
    Margin::symmetric(8, 3)
}

/// What is being typed, if anything is.
pub(super) fn draft(ui: &Ui, id: Id) -> Option<String> {
    ui.data(|data| data.get_temp::<String>(id))
}

/// Remembers what is being typed.
pub(super) fn set_draft(ui: &Ui, id: Id, text: &str) {
    ui.data_mut(|data| data.insert_temp(id, text.to_owned()));
}

/// Forgets what was being typed.
pub(super) fn forget_draft(ui: &Ui, id: Id) {
    ui.data_mut(|data| data.remove_temp::<String>(id));
}

/// Keeps the draft while the field has the keyboard; returns the text once it is final.
fn settle(ui: &Ui, response: &Response, finished: bool, text: &str) -> Option<String> {
    if response.lost_focus() || finished {
        forget_draft(ui, response.id);
        let given_up = ui.input(|input| input.key_pressed(Key::Escape));
        (!given_up).then(|| text.to_owned())
    } else {
        if response.has_focus() {
            set_draft(ui, response.id, text);
        }
        None
    }
}

/// A search field: changes `query` as it is typed, with a button that clears it. Escape clears
/// too, and leaves the field when there is nothing to clear.
pub fn search_field(ui: &mut Ui, name: &str, query: &mut String, hint: &str) -> Response {
    let id = ui.make_persistent_id(("search field", name));
    let has_text = !query.is_empty();
    let side = size::CONTROL;
    let response = ui.add(
        TextEdit::singleline(query)
            .id(id)
            .hint_text(hint)
            .align(Align2::LEFT_CENTER)
            .desired_width(ui.available_width())
            .margin(Margin {
                left: 26,
                right: 26,
                top: 3,
                bottom: 3,
            }),
    );
    set_name(ui, id, name);
    let icon = egui::Rect::from_center_size(
        pos2(response.rect.left() + 14.0, response.rect.center().y),
        vec2(14.0, 14.0),
    );
    paint_icon(ui.painter(), Icon::Search, icon, tokens(ui).weak);
    let mut response = response;
    let escaped = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
    if has_text && escaped {
        query.clear();
        response.mark_changed();
        response.request_focus();
    }
    if has_text {
        let clear = egui::Rect::from_min_size(
            pos2(response.rect.right() - side, response.rect.top()),
            vec2(side, side),
        )
        .shrink(2.0);
        let button = IconButton::new(Icon::Close, "Clear search").side(size::CHIP);
        if ui.place(clear, button).clicked() {
            query.clear();
            response.mark_changed();
            response.request_focus();
        }
    }
    response
}
