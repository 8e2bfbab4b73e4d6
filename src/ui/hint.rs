//! Buttons for commands: their words, tooltip, keys and whether they can be pressed all come from
//! the command.

use egui::Response;
use egui::Ui;

use super::commands::Command;
use super::ctx::Ctx;
use super::theme::Icon;
use super::widgets::IconButton;
use super::widgets::Switch;
use super::widgets::TextButton;

/// A button with an icon that runs a command.
pub(super) fn icon_command(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    icon: Icon,
    command: Command,
    side: f32,
    switch: Option<Switch>,
) -> Response {
    let keys = command.keys_text(ui).unwrap_or_default();
    let name = command.label(ctx.app);
    let mut button = IconButton::new(icon, &name).shortcut(&keys).side(side);
    if let Some(switch) = switch {
        button = button.switch(switch);
    }
    let response = ui.add_enabled(command.is_enabled(ctx.app), button);
    if response.clicked() {
        ctx.run(command);
    }
    response
}

/// How much a button with words asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// It is what most people want here.
    First,
    /// It is one of several.
    Other,
}

/// A button with words, and an icon if wanted, that runs a command.
pub(super) fn text_command(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    command: Command,
    rank: Rank,
    icon: Option<Icon>,
) -> Response {
    let keys = command.keys_text(ui).unwrap_or_default();
    let mut button = TextButton::new(command.text()).shortcut(&keys);
    if let Some(icon) = icon {
        button = button.icon(icon);
    }
    if rank == Rank::First {
        button = button.primary();
    }
    let response = ui.add_enabled(command.is_enabled(ctx.app), button);
    if response.clicked() {
        ctx.run(command);
    }
    response
}
