//! A row of a list: the whole row is the button.

use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::vec2;

use super::accessible::paint_focus;
use crate::ui::theme::size;
use crate::ui::theme::tokens;

/// How a row stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowState {
    /// It is selected.
    pub selected: bool,
    /// It is what sounds.
    pub playing: bool,
}

/// A row that is one big button with painted content.
#[derive(Clone, Copy, Debug)]
#[must_use = "call `show`"]
pub struct ListRow<'a> {
    name: &'a str,
    height: f32,
    state: RowState,
}

impl<'a> ListRow<'a> {
    /// A row of one line, known to screen readers and tests as `name`. Give each row an id of its
    /// own (`ui.push_id`) where rows come and go.
    pub fn new(name: &'a str) -> Self {
        Self {
            name,
            height: size::ROW,
            state: RowState::default(),
        }
    }

    /// Another height, in points.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    /// How it stands out.
    pub fn state(mut self, state: RowState) -> Self {
        self.state = state;
        self
    }

    /// Shows the row over the whole width; `content` paints into the rectangle it is given, and
    /// may put widgets on it, which then take the pointer before the row does.
    pub fn show(self, ui: &mut Ui, content: impl FnOnce(&mut Ui, Rect)) -> Response {
        let width = ui.available_width();
        let (rect, response) =
            ui.allocate_exact_size(vec2(width, self.height), Sense::click_and_drag());
        if ui.is_rect_visible(rect) {
            self.paint_ground(ui, rect, &response);
            content(ui, rect);
            paint_focus(ui, &response, rect);
        }
        let RowState { selected, .. } = self.state;
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), selected, self.name)
        });
        if selected {
            ui.accesskit_node_builder(response.id, |node| node.set_selected(true));
        }
        response
    }

    fn paint_ground(&self, ui: &Ui, rect: Rect, response: &Response) {
        let tokens = tokens(ui);
        let fill = if self.state.playing {
            Some(tokens.row_playing)
        } else if self.state.selected {
            Some(tokens.row_selected)
        } else if response.hovered() {
            Some(tokens.row_hover)
        } else {
            None
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        let bar = if self.state.playing {
            Some(tokens.accent)
        } else if self.state.selected {
            Some(tokens.weak)
        } else {
            None
        };
        if let Some(color) = bar {
            let bar = rect.with_max_x(rect.left() + size::UNIT / 2.0);
            ui.painter().rect_filled(bar, 0.0, color);
        }
    }
}
