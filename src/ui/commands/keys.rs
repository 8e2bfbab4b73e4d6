//! From keys to commands.
//!
//! Most keys are taken before anything is drawn, so that no widget sees a key that was a command.
//! Three things have a stronger claim than commands: a text field (which keeps what edits text),
//! an open menu or list (which keeps everything), and a widget that has the keyboard (which keeps
//! what it can be moved with; what it leaves of that is a command afterwards). Space always plays
//! or stops outside text; Enter presses whatever has the keyboard.

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
    Nothing,
    /// A menu, a list of choices, the palette, or a gesture: no key is a command.
    Popup,
    /// A text field.
    Text,
    /// A text field of one line, in which up and down mean nothing.
    TextLine,
    /// A button, a number or the like: what moves it is a command only when it had no use for it.
    Widget,
}

/// When keys are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before anything is drawn, so that no widget sees a key that is a command.
    Before,
    /// After everything is drawn, for what the widget with the keyboard has left.
    After,
}

impl KeyHolder {
    /// Who has the keyboard now. `line` is the text field that leaves up and down to commands,
    /// `escaped` what Escape leaves: a dialog, or what had the keyboard at the end of the last
    /// pass.
    pub fn now(ctx: &Context, line: Option<Id>, escaped: Option<Id>) -> Self {
        let focused = ctx.memory(egui::Memory::focused);
        // Escape first leaves what has the keyboard, or ends what the pointer is doing.
        let is_escape_spoken_for = ctx.input(|input| {
            input.key_pressed(Key::Escape) && (escaped.is_some() || input.pointer.any_down())
        });
        if egui::Popup::is_any_open(ctx) || is_escape_spoken_for {
            Self::Popup
        } else if focused.is_none() {
            Self::Nothing
        } else if focused == line {
            Self::TextLine
        } else if ctx.text_edit_focused() {
            Self::Text
        } else {
            Self::Widget
        }
    }

    fn leaves(self, moment: Moment, key: Key, modifiers: Modifiers) -> bool {
        match (self, moment) {
            (Self::Widget, Moment::After) => key != Key::Enter,
            (Self::Popup, _) | (_, Moment::After) => false,
            (Self::Nothing, Moment::Before) => true,
            (Self::Widget, Moment::Before) => !moves_widgets(key) || modifiers.command,
            (Self::Text, Moment::Before) => !edits_text(key, modifiers),
            (Self::TextLine, Moment::Before) => {
                matches!(key, Key::ArrowUp | Key::ArrowDown) || !edits_text(key, modifiers)
            }
        }
    }
}

/// Whether a widget that is no text field may have a use for a key.
fn moves_widgets(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowUp
            | Key::ArrowDown
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::Home
            | Key::End
            | Key::PageUp
            | Key::PageDown
            | Key::Enter
            | Key::Minus
            | Key::Plus
            | Key::Comma
            | Key::Period
            | Key::Delete
            | Key::Backspace
            | Key::Escape
    ) || matches!(
        key,
        Key::Num0 | Key::Num1 | Key::Num2 | Key::Num3 | Key::Num4
    ) || matches!(
        key,
        Key::Num5 | Key::Num6 | Key::Num7 | Key::Num8 | Key::Num9
    )
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
pub fn take_pressed(ctx: &Context, app: &App, holder: KeyHolder, moment: Moment) -> Vec<Command> {
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
            if !holder.leaves(moment, *key, *modifiers) {
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
        .filter(|entry| {
            entry
                .keys
                .iter()
                .any(|keys| is_meant(*keys, key, modifiers))
        })
        .map(|entry| entry.command)
        .find(|command| command.is_enabled(app))
}

fn is_meant(keys: KeyboardShortcut, key: Key, modifiers: Modifiers) -> bool {
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
pub(super) fn name_of(ctx: &Context, keys: KeyboardShortcut) -> String {
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
