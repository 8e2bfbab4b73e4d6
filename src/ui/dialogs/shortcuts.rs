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
        let columns = columns(n_columns);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0 * size::UNIT;
            for groups in columns {
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

/// Keys that stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    /// Those of a menu; of the longest one only its first part.
    Menu(Menu),
    /// The rest of the playback menu: comparing, judging, nudging and picking alternates.
    Alternates,
    /// No keys, but what the pointer does.
    Pointer,
}

/// The first section of the playback menu that is about alternates.
const ALTERNATES: u8 = 3;

impl Group {
    /// All of them, in the order of the menus.
    fn all() -> impl Iterator<Item = Self> {
        let menus = Menu::ALL.into_iter().flat_map(|menu| {
            let rest = (menu == Menu::Playback).then_some(Self::Alternates);
            [Self::Menu(menu)].into_iter().chain(rest)
        });
        menus.chain([Self::Pointer])
    }

    fn title(self) -> &'static str {
        match self {
            Self::Menu(menu) => menu.text(),
            Self::Alternates => "Alternates",
            Self::Pointer => "Pointer",
        }
    }

    fn commands(self) -> impl Iterator<Item = Command> {
        let is_shown = move |command: &Command| {
            let is_alternates = command.menu() == Menu::Playback && command.section() >= ALTERNATES;
            let is_here = match self {
                Self::Menu(menu) => command.menu() == menu && !is_alternates,
                Self::Alternates => is_alternates,
                Self::Pointer => false,
            };
            is_here && !command.shortcuts().is_empty() && !is_later_pick(*command)
        };
        Command::all().filter(is_shown)
    }

    fn n_lines(self) -> usize {
        match self {
            Self::Pointer => BY_POINTER.len(),
            _ => self.commands().count(),
        }
    }
}

/// The groups in columns of about one height: the longest are placed first, each where there is
/// most room.
fn columns(n_columns: usize) -> Vec<Vec<Group>> {
    /// The lines that a title and the gap after a group take.
    const AROUND: usize = 2;
    let mut longest_first: Vec<Group> = Group::all().collect();
    longest_first.sort_by_key(|group| std::cmp::Reverse(group.n_lines()));
    let mut columns: Vec<(usize, Vec<Group>)> = vec![(0, Vec::new()); n_columns];
    for group in longest_first {
        let shortest = columns.iter_mut().min_by_key(|(height, _)| *height);
        if let Some((height, groups)) = shortest {
            *height += group.n_lines() + AROUND;
            groups.push(group);
        }
    }
    let in_order = |groups: Vec<Group>| Group::all().filter(|it| groups.contains(it)).collect();
    columns
        .into_iter()
        .map(|(_, groups)| in_order(groups))
        .collect()
}

/// The keys of the alternates are one line.
fn is_later_pick(command: Command) -> bool {
    matches!(command, Command::Pick(2..))
}

fn group_ui(ui: &mut Ui, group: Group) {
    let title = group.title();
    let weak = tokens(ui).weak;
    ui.label(
        RichText::new(title)
            .font(type_style::small_strong())
            .color(weak),
    );
    ui.add_space(2.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    match group {
        Group::Menu(_) | Group::Alternates => {
            for command in group.commands() {
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
        Group::Pointer => {
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
