//! From keys to commands.
//!
//! Keys are taken before anything is drawn, so that no widget sees a key that was a command.
//! Three things have a stronger claim than commands: a text field (which keeps what edits text),
//! an open menu or list (which keeps everything), and a widget that is moved with arrows.

use egui::Context;
use egui::Event;
use egui::FocusDirection;
use egui::Id;
use egui::Key;
use egui::KeyboardShortcut;
use egui::ModifierNames;
use egui::Modifiers;
use egui::os::OperatingSystem;

use super::Command;
use super::table::{Held, TABLE};
use crate::app::App;

/// What has the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyHolder {
    /// Nothing in particular: every key is a command.
    Commands,
    /// A menu, a list of choices or the palette: no key is a command.
    Popup,
    /// A text field.
    Text,
    /// A text field of one line, in which up and down mean nothing.
    TextLine,
    /// A slider or the like, which arrows move.
    Arrows,
}

impl KeyHolder {
    /// Who has the keyboard now. `line` is the text field that leaves up and down to commands,
    /// `slider` the widget that arrows move.
    pub fn now(ctx: &Context, line: Option<Id>, slider: Option<Id>) -> Self {
        let focused = ctx.memory(egui::Memory::focused);
        if egui::Popup::is_any_open(ctx) {
            Self::Popup
        } else if focused.is_some() && focused == line {
            Self::TextLine
        } else if ctx.text_edit_focused() {
            Self::Text
        } else if focused.is_some() && focused == slider {
            Self::Arrows
        } else {
            Self::Commands
        }
    }

    fn leaves(self, key: Key, modifiers: Modifiers) -> bool {
        let is_vertical = matches!(key, Key::ArrowUp | Key::ArrowDown);
        let is_arrow = is_vertical || matches!(key, Key::ArrowLeft | Key::ArrowRight);
        match self {
            Self::Commands => true,
            Self::Popup => false,
            Self::Text => !edits_text(key, modifiers),
            Self::TextLine => is_vertical || !edits_text(key, modifiers),
            Self::Arrows => !is_arrow,
        }
    }
}

/// Whether a text field has a use for these keys.
fn edits_text(key: Key, modifiers: Modifiers) -> bool {
    let is_function = matches!(key, Key::F1 | Key::F2 | Key::F3 | Key::F4 | Key::F5);
    let edits_with_command = matches!(
        key,
        Key::A
            | Key::C
            | Key::V
            | Key::X
            | Key::Y
            | Key::Z
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::Home
            | Key::End
            | Key::Backspace
            | Key::Delete
            | Key::Space
    );
    if modifiers.command && !(modifiers.shift && key == Key::A) {
        edits_with_command
    } else {
        !is_function && !modifiers.command
    }
}

/// Takes the keys that were pressed and mean a command that can be done now.
pub fn take_pressed(ctx: &Context, app: &App, holder: KeyHolder) -> Vec<Command> {
    let mut pressed = Vec::new();
    let mut took_arrow = false;
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key {
                key,
                pressed: true,
                repeat,
                modifiers,
                ..
            } = event
            else {
                return true;
            };
            if !holder.leaves(*key, *modifiers) {
                return true;
            }
            let Some(command) = meant(app, *key, *modifiers) else {
                return true;
            };
            took_arrow |= matches!(
                key,
                Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight
            );
            if !repeat || super::table::of(command).held == Held::Repeats {
                pressed.push(command);
            }
            false
        });
        if !pressed.is_empty() {
            // What a key means as a command, it does not also mean as text.
            let is_plain = !input.modifiers.command;
            input
                .events
                .retain(|event| !(is_plain && matches!(event, Event::Text(_))));
        }
    });
    if took_arrow {
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    pressed
}

/// The command that can be done now and has these keys.
fn meant(app: &App, key: Key, modifiers: Modifiers) -> Option<Command> {
    TABLE
        .iter()
        .filter(|entry| entry.keys.iter().any(|keys| is_meant(keys, key, modifiers)))
        .map(|entry| entry.command)
        .find(|command| command.is_enabled(app))
}

fn is_meant(keys: &KeyboardShortcut, key: Key, modifiers: Modifiers) -> bool {
    if keys.logical_key != key {
        return false;
    }
    // Where punctuation lies depends on the keyboard: it may take Shift or Alt to type it.
    let is_punctuation = matches!(
        key,
        Key::Questionmark
            | Key::OpenBracket
            | Key::CloseBracket
            | Key::Backslash
            | Key::Comma
            | Key::Period
            | Key::Plus
            | Key::Minus
            | Key::Equals
    );
    if is_punctuation {
        modifiers.command == keys.modifiers.command
    } else {
        modifiers.matches_exact(keys.modifiers)
    }
}

/// Keys as text, the way the system writes them.
pub(super) fn name_of(ctx: &Context, keys: &KeyboardShortcut) -> String {
    let is_mac = matches!(ctx.os(), OperatingSystem::Mac | OperatingSystem::IOS);
    let key = match keys.logical_key {
        Key::ArrowUp => "Up",
        Key::ArrowDown => "Down",
        Key::ArrowLeft => "Left",
        Key::ArrowRight => "Right",
        Key::PageUp => "Page Up",
        Key::PageDown => "Page Down",
        Key::Escape => "Esc",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Backslash => "\\",
        Key::Comma => ",",
        Key::Period => ".",
        Key::Plus => "+",
        Key::Minus => "−",
        Key::Equals => "=",
        Key::Questionmark => "?",
        key => key.name(),
    };
    let modifiers = ModifierNames::NAMES.format(&keys.modifiers, is_mac);
    if modifiers.is_empty() {
        key.to_owned()
    } else {
        format!("{modifiers}+{key}")
    }
}
