//! The palette: every command that can be done now, and everywhere one can go, by a few letters.

use egui::Ui;

use super::commands::Command;
use super::ctx::Ctx;
use super::widgets::Palette;
use super::widgets::PaletteItem;
use super::widgets::PaletteOutcome;
use crate::app::Action;
use crate::app::EpisodeAction;
use crate::app::FileAction;
use crate::app::ListAction;
use crate::app::PoolAction;
use crate::app::TransportAction;

/// One thing that can be picked.
struct Choice {
    text: String,
    detail: String,
    keys: String,
    is_unavailable: bool,
    what: What,
}

/// What picking does.
enum What {
    Run(Command),
    Ask(Box<Action>),
}

/// Shows the palette while it is open.
pub(super) fn palette_ui(ui: &Ui, ctx: &Ctx<'_>, open: &mut Option<Palette>) {
    let Some(palette) = open else { return };
    let mut choices = choices(ui, ctx);
    let items: Vec<PaletteItem<'_>> = choices
        .iter()
        .map(|choice| PaletteItem {
            text: &choice.text,
            detail: &choice.detail,
            shortcut: &choice.keys,
            unavailable: choice.is_unavailable,
        })
        .collect();
    match palette.show(ui, "Find a command, a scene or an episode", &items) {
        PaletteOutcome::Open => {}
        PaletteOutcome::Closed => *open = None,
        PaletteOutcome::Picked(index) => {
            *open = None;
            match choices.swap_remove(index).what {
                What::Run(command) => ctx.run(command),
                What::Ask(action) => ctx.request(*action),
            }
        }
    }
}

fn choices(ui: &Ui, ctx: &Ctx<'_>) -> Vec<Choice> {
    let mut found: Vec<Choice> = Command::all()
        .filter(|command| *command != Command::Palette)
        .map(|command| Choice {
            text: command.label(ctx.app),
            detail: command.menu().text().to_owned(),
            keys: command.keys_text(ui).unwrap_or_default(),
            is_unavailable: !command.is_enabled(ctx.app),
            what: What::Run(command),
        })
        .collect();
    // What can be done comes before what can't.
    found.sort_by_key(|choice| choice.is_unavailable);
    let place = |text: String, detail: &str, action: Action| Choice {
        text,
        detail: detail.to_owned(),
        keys: String::new(),
        is_unavailable: false,
        what: What::Ask(Box::new(action)),
    };
    if let Some((_, _, cut)) = ctx.app.open_cut() {
        found.extend(cut.scenes().into_iter().map(|(id, scene)| {
            let arm = Action::Transport(TransportAction::Arm(Some(id)));
            place(format!("Arm {}", scene.title()), "Scene", arm)
        }));
    }
    if let Some(show) = ctx.app.show() {
        found.extend(show.lists().into_iter().map(|(id, list)| {
            let open = Action::Pool(PoolAction::List(ListAction::Open(Some(id))));
            place(format!("Show {}", list.name), "List", open)
        }));
        found.extend(show.episodes().into_iter().map(|(id, episode)| {
            let text = format!("Open {} {}", episode.number, episode.title);
            let open = Action::Episode(EpisodeAction::Open(id));
            place(text.trim_end().to_owned(), "Episode", open)
        }));
    }
    found.extend(ctx.app.settings().recent.iter().map(|path| {
        let open = Action::File(FileAction::Open(path.into()));
        place(format!("Open {path}"), "Recent show", open)
    }));
    found
}
