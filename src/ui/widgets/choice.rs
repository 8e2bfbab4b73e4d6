//! A drop-down of a few named values.

use egui::ComboBox;
use egui::Rect;
use egui::Ui;
use egui::vec2;

use super::accessible::set_name;
use super::accessible::set_value;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;

/// Shows the current value and, opened, all of them; returns another one that was picked.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, &str)],
    current: T,
) -> Option<T> {
    let shown = options
        .iter()
        .find(|(value, _)| *value == current)
        .map_or("", |(_, text)| text);
    let mut picked = None;
    let combo = ComboBox::from_id_salt(name)
        .selected_text(shown)
        // A long value is cut, and makes no panel wider.
        .truncate()
        .icon(|ui, rect, visuals, _open| {
            let icon = Rect::from_center_size(rect.center(), vec2(12.0, 12.0));
            paint_icon(ui.painter(), Icon::ChevronDown, icon, visuals.text_color());
        })
        .show_ui(ui, |ui| {
            for (value, text) in options {
                let is_current = *value == current;
                if ui.selectable_label(is_current, *text).clicked() && !is_current {
                    picked = Some(*value);
                }
            }
        });
    set_name(ui, combo.response.id, name);
    set_value(ui, combo.response.id, shown);
    picked
}
