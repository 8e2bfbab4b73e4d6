//! The line above the lanes: which episode, which cut, at what rate; import; and how it is looked
//! at.

use egui::Align;
use egui::Layout;
use egui::RichText;
use egui::Ui;

use super::view::Follow;
use super::view::Magnet;
use super::view::TimelineCommand;
use super::view::TimelineView;
use crate::app::Action;
use crate::app::EpisodeAction;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Episode;
use crate::ui::Ctx;
use crate::ui::commands::Command;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// Draws the line and answers for it.
pub(super) fn header_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    view: &mut TimelineView,
    at: CutAt,
    episode: &Episode,
    cut: &Cut,
) {
    let width = ui.available_width();
    ui.allocate_ui_with_layout(
        egui::vec2(width, size::HEADER),
        Layout::right_to_left(Align::Center),
        |ui| {
            ui.set_min_height(size::HEADER);
            ui.add_space(size::UNIT);
            view_ui(ui, view);
            ui.add_space(2.0 * size::UNIT);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(2.0 * size::UNIT);
                episode_ui(ui, ctx, at, episode);
                cuts_ui(ui, ctx, at, episode, cut);
                let rate = format!("{} fps", cut.timebase);
                ui.label(RichText::new(rate).color(tokens(ui).weak))
                    .on_hover_text("Frame rate of this cut");
                import_ui(ui, ctx, view);
            });
        },
    );
}

fn episode_ui(ui: &mut Ui, ctx: &Ctx<'_>, at: CutAt, episode: &Episode) {
    let name = title_of(episode);
    let text = RichText::new(format!("{name}  ⏷")).font(type_style::strong());
    ui.menu_button(text, |ui| {
        let show = ctx.app.show();
        for (id, other) in show.map(crate::model::Show::episodes).unwrap_or_default() {
            let is_open = id == at.episode;
            if ui.selectable_label(is_open, title_of(other)).clicked() && !is_open {
                ctx.request(Action::Episode(EpisodeAction::Open(id)));
            }
        }
        ui.separator();
        if ui.button("New episode…").clicked() {
            ctx.run(Command::NewEpisode);
        }
    })
    .response
    .on_hover_text("Open another episode");
}

/// “Episode 203 “Promise””.
pub(super) fn title_of(episode: &Episode) -> String {
    match (episode.number.as_str(), episode.title.as_str()) {
        ("", "") => "Episode".to_owned(),
        ("", title) => format!("Episode “{title}”"),
        (number, "") => format!("Episode {number}"),
        (number, title) => format!("Episode {number} “{title}”"),
    }
}

fn cuts_ui(ui: &mut Ui, ctx: &Ctx<'_>, at: CutAt, episode: &Episode, cut: &Cut) {
    let name = cut_name(cut);
    ui.menu_button(format!("Cut {name}  ⏷"), |ui| {
        for (id, other) in episode.cuts() {
            let is_open = id == at.cut;
            let text = format!("Cut {}", cut_name(other));
            if ui.selectable_label(is_open, text).clicked() && !is_open {
                ctx.request(Action::Episode(EpisodeAction::OpenCut(id)));
            }
        }
    })
    .response
    .on_hover_text("Open another cut of this episode");
}

fn cut_name(cut: &Cut) -> String {
    match cut.name.as_str() {
        "" => format!("v{}", cut.number),
        name => format!("v{} · {name}", cut.number),
    }
}

fn import_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut TimelineView) {
    if ui
        .button("Import…")
        .on_hover_text("Import scenes and markers into this cut: EDL, CSV")
        .clicked()
    {
        ctx.request(Action::Episode(EpisodeAction::ImportDialog));
    }
    if ui
        .button("Add scene")
        .on_hover_text(
            "Adds a scene on the range (I and O, or Shift+drag in the ruler), or at the playhead",
        )
        .clicked()
    {
        view.command(TimelineCommand::AddScene);
    }
}

/// Zoom, magnet and following, from the right.
fn view_ui(ui: &mut Ui, view: &mut TimelineView) {
    for (text, tip, command) in [
        ("+", "Zoom in (+, Ctrl+wheel)", TimelineCommand::ZoomIn),
        ("−", "Zoom out (−, Ctrl+wheel)", TimelineCommand::ZoomOut),
        ("Scene", "Fit the scene at hand", TimelineCommand::FitScene),
        ("Fit", "Fit the whole episode", TimelineCommand::FitEpisode),
    ] {
        let response = ui.button(text).on_hover_text(tip);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, tip));
        if response.clicked() {
            view.command(command);
        }
    }
    let magnet = ui.selectable_label(view.magnet == Magnet::On, "Snap");
    if magnet
        .on_hover_text("Positions stick to markers, edges and the playhead (hold Alt: not now)")
        .clicked()
    {
        view.command(TimelineCommand::ToggleMagnet);
    }
    let (text, tip) = match view.follow {
        Follow::Page => (
            "Follow",
            "The page turns with the playhead; click for smooth",
        ),
        Follow::Smooth => (
            "Smooth",
            "The playhead stays in the middle; click for not at all",
        ),
        Follow::Off => (
            "Follow",
            "The playhead is not followed; click to turn pages",
        ),
    };
    let follow = ui.selectable_label(view.follow != Follow::Off, text);
    if follow.on_hover_text(tip).clicked() {
        view.command(TimelineCommand::CycleFollow);
    }
}
