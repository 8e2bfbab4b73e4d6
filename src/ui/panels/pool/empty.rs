//! What the pool says when there is nothing to list.

use egui::Ui;

use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::hint::text_command;
use crate::ui::theme::Icon;
use crate::ui::widgets::EmptyState;

/// Nothing has been added yet.
pub(super) fn nothing_added_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    EmptyState::new(Icon::Note, "No tracks yet")
        .advice("Drop sound files or folders here, or choose them")
        .show(ui, |ui| {
            text_command(ui, ctx, Command::AddFiles, |button| {
                button.primary().icon(Icon::Plus)
            });
            text_command(ui, ctx, Command::AddFolder, |button| {
                button.icon(Icon::Folder)
            });
        });
}

/// Nothing answers what was asked.
pub(super) fn nothing_found_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let query = ctx.app.pool().query();
    let sentence = if query.text.is_empty() {
        "No track passes the filter".to_owned()
    } else {
        format!("Nothing found for “{}”", query.text)
    };
    EmptyState::new(Icon::Search, &sentence)
        .advice("Titles, artists, writers, tags, notes and lyrics were searched")
        .show(ui, |ui| {
            text_command(ui, ctx, Command::ShowAll, |button| button);
        });
}
