//! What the pool says when there is nothing to list.

use egui::Ui;

use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::hint::Rank;
use crate::ui::hint::text_command;
use crate::ui::theme::Icon;
use crate::ui::widgets::EmptyState;

/// Nothing has been added yet.
pub(super) fn nothing_added_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    EmptyState::new(Icon::Note, "No tracks yet")
        .advice("Drop sound files or folders here, or choose them")
        .show(ui, |ui| {
            text_command(ui, ctx, Command::AddFiles, Rank::First, Some(Icon::Plus));
            text_command(ui, ctx, Command::AddFolder, Rank::Other, Some(Icon::Folder));
        });
}

/// Nothing answers what was asked.
pub(super) fn nothing_found_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let query = ctx.app.pool().query();
    let list = query.list.and_then(|id| ctx.app.show()?.list(id));
    if let Some(list) = list
        && list.tracks.is_empty()
        && !list.is_smart()
    {
        EmptyState::new(Icon::Note, "Nothing is on this list yet")
            .advice("Show the whole pool, and drag tracks onto the list's name")
            .show(ui, |ui| {
                text_command(ui, ctx, Command::ShowAll, Rank::Other, None);
            });
        return;
    }
    let sentence = if query.text.is_empty() {
        "No track passes the filter".to_owned()
    } else {
        format!("Nothing found for “{}”", query.text)
    };
    EmptyState::new(Icon::Search, &sentence)
        .advice("Titles, artists, writers, tags, notes and lyrics were searched")
        .show(ui, |ui| {
            text_command(ui, ctx, Command::ShowAll, Rank::Other, None);
        });
}
