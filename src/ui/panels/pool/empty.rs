//! What the pool says when there is nothing to list.

use egui::Ui;

use crate::app::Action;
use crate::app::PoolAction;
use crate::ops::search::{Filter, Query};
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::hint::Rank;
use crate::ui::hint::text_command;
use crate::ui::theme::Icon;
use crate::ui::widgets::EmptyState;
use crate::ui::widgets::TextButton;

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
    let sentence = match (query.text.trim(), list) {
        ("", _) if query.filter.is_empty() => "Nothing to be seen here".to_owned(),
        ("", _) => "No track passes the filter".to_owned(),
        (text, Some(list)) => format!("Nothing on “{}” for “{text}”", list.name),
        (text, None) => format!("Nothing found for “{text}”"),
    };
    let is_filtered = !query.filter.is_empty();
    let advice = match (query.text.trim(), is_filtered) {
        ("", _) => "",
        (_, true) => "A filter is set too",
        (_, false) => "Titles, artists, writers, tags, notes and lyrics were searched",
    };
    EmptyState::new(Icon::Search, &sentence)
        .advice(advice)
        .show(ui, |ui| {
            if is_filtered && ui.add(TextButton::new("Clear filter")).clicked() {
                let all = Query {
                    filter: Filter::default(),
                    ..query.clone()
                };
                ctx.request(Action::Pool(PoolAction::Find(all)));
            }
            let can_widen = list.is_some() && !query.text.trim().is_empty();
            if can_widen && ui.add(TextButton::new("Search the whole pool")).clicked() {
                let everywhere = Query {
                    text: query.text.clone(),
                    filter: query.filter.clone(),
                    ..query.of_everything()
                };
                ctx.request(Action::Pool(PoolAction::Find(everywhere)));
            }
            text_command(ui, ctx, Command::ShowAll, Rank::Other, None);
        });
}
