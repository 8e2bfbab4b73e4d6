//! Every key there is, by menu.

use egui::RichText;
use egui::Ui;
use egui::vec2;

use super::DialogOutcome;
use super::frame::dialog_frame;
use crate::ui::commands::Command;
use crate::ui::commands::Menu;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::key_caps;
use crate::ui::widgets::paint_elided;

/// Width of a column.
const COLUMN: f32 = 280.0;

/// What the pointer does, which no command says.
const BY_POINTER: [(&str, &str); 6] = [
    ("Press a row", "plays it"),
    ("Press a waveform", "plays from there"),
    ("Ctrl or Shift and press", "selects without playing"),
    ("Drag rows", "places them on the timeline"),
    ("Click a scene", "arms it"),
    ("Drop files", "adds them"),
];

/// Shows the dialog.
pub(super) fn shortcuts_ui(ui: &Ui) -> DialogOutcome {
    let room = ui.content_rect().width() - 96.0;
    let n_columns = ((room / COLUMN).floor() as usize).clamp(1, 3);
    let width = n_columns as f32 * COLUMN + (n_columns - 1) as f32 * 6.0 * size::UNIT;
    let (outcome, ()) = dialog_frame(ui, "Keyboard shortcuts", width, |ui| {
        // Menus go into the column that is shortest so far.
        let mut columns: Vec<(usize, Vec<Option<Menu>>)> = vec![(0, Vec::new()); n_columns];
        let groups = Menu::ALL.into_iter().map(Some).chain([None]);
        for group in groups {
            let n_lines = lines(group);
            if n_lines == 0 {
                continue;
            }
            if let Some(shortest) = columns.iter_mut().min_by_key(|(height, _)| *height) {
                shortest.0 += n_lines + 2;
                shortest.1.push(group);
            }
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0 * size::UNIT;
            for (_, groups) in columns {
                ui.vertical(|ui| {
                    ui.set_width(COLUMN);
                    for group in groups {
                        group_ui(ui, group);
                    }
                });
            }
        });
    });
    outcome
}

fn with_keys(menu: Menu) -> impl Iterator<Item = Command> {
    Command::all().filter(move |command| command.menu() == menu && !command.shortcuts().is_empty())
}

fn lines(group: Option<Menu>) -> usize {
    match group {
        Some(menu) => with_keys(menu)
            .filter(|command| !is_later_pick(*command))
            .count(),
        None => BY_POINTER.len(),
    }
}

/// The keys of the alternates are one line.
fn is_later_pick(command: Command) -> bool {
    matches!(command, Command::Pick(2..))
}

fn group_ui(ui: &mut Ui, group: Option<Menu>) {
    let title = group.map_or("Pointer", Menu::text);
    let weak = tokens(ui).weak;
    ui.label(
        RichText::new(title)
            .font(type_style::small_strong())
            .color(weak),
    );
    ui.add_space(2.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    match group {
        Some(menu) => {
            for command in with_keys(menu).filter(|command| !is_later_pick(*command)) {
                let mut keys = command.all_keys_text(ui);
                let text = if command == Command::Pick(1) {
                    keys = vec!["1".to_owned(), "9".to_owned()];
                    "Pick alternate"
                } else {
                    command.text().trim_end_matches('…')
                };
                line_ui(ui, text, |ui| {
                    for keys in keys.iter().rev() {
                        key_caps(ui, keys);
                    }
                });
            }
        }
        None => {
            for (gesture, effect) in BY_POINTER {
                line_ui(ui, gesture, |ui| {
                    ui.label(RichText::new(effect).font(type_style::small()).color(weak));
                });
            }
        }
    }
    ui.add_space(3.0 * size::UNIT);
}

fn line_ui(ui: &mut Ui, text: &str, right: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(vec2(COLUMN, size::CHIP), egui::Sense::hover());
    let mut caps = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect)
            .layout(egui::Layout::right_to_left(egui::Align::Center)),
    );
    right(&mut caps);
    let words = rect.with_max_x(caps.min_rect().left() - 2.0 * size::UNIT);
    let ink = tokens(ui).text;
    let body = type_style::body();
    paint_elided(ui.painter(), words, text, body, ink, egui::Align::Min);
}
