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

/// A button with words that runs a command.
pub(super) fn text_command(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    command: Command,
    dress: impl FnOnce(TextButton<'_>) -> TextButton<'_>,
) -> Response {
    let keys = command.keys_text(ui).unwrap_or_default();
    let button = dress(TextButton::new(command.text()).shortcut(&keys));
    let response = ui.add_enabled(command.is_enabled(ctx.app), button);
    if response.clicked() {
        ctx.run(command);
    }
    response
}
