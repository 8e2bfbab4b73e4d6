//! The menu bar: every command in its menu, and at the right what goes on in the background.

mod jobs;
mod saved;

use egui::Align;
use egui::Button;
use egui::Layout;
use egui::MenuBar;
use egui::Ui;

use crate::app::Action;
use crate::app::EpisodeAction;
use crate::app::FileAction;
use crate::app::ThemeChoice;
use crate::ui::commands::Command;
use crate::ui::commands::Menu;
use crate::ui::ctx::Ctx;
use crate::ui::panels::timeline::Magnet;
use crate::ui::view::View;

/// Shows the menu bar.
pub fn menu_bar_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &View) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.text(), |ui| menu_ui(ui, ctx, view, menu));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            jobs::jobs_ui(ui, ctx);
            saved::saved_ui(ui, ctx);
        });
    });
}

fn menu_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &View, menu: Menu) {
    ui.set_min_width(220.0);
    let commands: Vec<Command> = Command::all().filter(|c| c.menu() == menu).collect();
    let mut section = None;
    let mut done: Vec<&str> = Vec::new();
    for command in &commands {
        if section.is_some_and(|before| before != command.section()) {
            ui.separator();
        }
        section = Some(command.section());
        match command.submenu() {
            None => item_ui(ui, ctx, view, *command),
            Some(name) if done.contains(&name) => {}
            Some(name) => {
                done.push(name);
                ui.menu_button(name, |ui| {
                    for command in commands.iter().filter(|c| c.submenu() == Some(name)) {
                        item_ui(ui, ctx, view, *command);
                    }
                });
            }
        }
        match command {
            Command::OpenShow => recent_ui(ui, ctx),
            Command::NewEpisode => episodes_ui(ui, ctx),
            _ => {}
        }
    }
}

fn item_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &View, command: Command) {
    let text = command.label(ctx.app);
    let mut button = Button::new(text).selected(is_on(ctx, view, command));
    if let Some(keys) = command.keys_text(ui) {
        button = button.shortcut_text(keys);
    }
    let item = ui.add_enabled(command.is_enabled(ctx.app), button);
    if item.on_hover_text(command.tooltip()).clicked() {
        ctx.run(command);
    }
}

/// Whether a command that switches something has it switched on.
fn is_on(ctx: &Ctx<'_>, view: &View, command: Command) -> bool {
    let transport = ctx.app.transport();
    let theme = ctx.app.settings().theme;
    match command {
        Command::Loop => transport.is_looping(),
        Command::Guide => ctx.app.open_cut().is_some() && transport.is_guide_on(),
        Command::GuideAlone => ctx.app.open_cut().is_some() && transport.is_guide_alone(),
        Command::Mono => transport.is_mono(),
        Command::Level => ctx.app.settings().is_levelled,
        Command::TogglePool => view.is_pool_shown && ctx.app.show().is_some(),
        Command::ToggleInspector => view.is_inspector_shown && ctx.app.show().is_some(),
        Command::PoolTable => view.pool.is_table(),
        Command::PoolArtwork => view.pool.is_artwork_shown(),
        Command::Magnet => view.timeline.magnet() == Magnet::On,
        Command::ThemeDark => theme == ThemeChoice::Dark,
        Command::ThemeLight => theme == ThemeChoice::Light,
        Command::ThemeSystem => theme == ThemeChoice::System,
        _ => false,
    }
}

fn recent_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let recent = &ctx.app.settings().recent;
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for path in recent {
                if ui.button(path).clicked() {
                    ctx.request(Action::File(FileAction::Open(path.into())));
                }
            }
        });
    });
}

fn episodes_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let episodes = ctx.app.show().map(crate::model::Show::episodes);
    let episodes = episodes.unwrap_or_default();
    let open = ctx.app.selection().cut();
    ui.add_enabled_ui(!episodes.is_empty(), |ui| {
        ui.menu_button("Open episode", |ui| {
            for (id, episode) in episodes {
                let text = format!("{} {}", episode.number, episode.title);
                let is_open = open.is_some_and(|at| at.episode == id);
                if ui.selectable_label(is_open, text.trim()).clicked() {
                    ctx.request(Action::Episode(EpisodeAction::Open(id)));
                }
            }
        });
        let cuts = ctx
            .app
            .open_cut()
            .map(|(at, episode, _)| (at, episode.cuts()));
        if let Some((at, cuts)) = cuts {
            ui.menu_button("Open cut", |ui| {
                for (id, cut) in cuts {
                    let text = format!("v{} {}", cut.number, cut.name);
                    if ui.selectable_label(at.cut == id, text.trim()).clicked() {
                        ctx.request(Action::Episode(EpisodeAction::OpenCut(id)));
                    }
                }
            });
        }
    });
}
