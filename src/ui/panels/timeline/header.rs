//! The line above the lanes: which episode, which cut, at what rate; import; and how it is looked
//! at. Where there is little room, what is wanted less often is in one menu.

use egui::Align;
use egui::Atom;
use egui::AtomExt as _;
use egui::Button;
use egui::Layout;
use egui::RichText;
use egui::Role;
use egui::Ui;
use egui::WidgetInfo;
use egui::containers::menu::MenuButton;

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
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// From this width on, everything has a button.
const WIDE: f32 = 720.0;
/// From this width on, how it is looked at has buttons.
const MEDIUM: f32 = 520.0;
/// The widest the name of an episode is written.
const WIDEST_NAME: f32 = 260.0;

const IMPORT_TIP: &str = "Imports scenes and markers into this cut: EDL, CSV";
const ADD_SCENE_TIP: &str =
    "Adds a scene on the range (I and O, or Shift+drag in the ruler), or at the playhead";
const SNAP_TIP: &str = "Positions stick to markers, edges and the playhead; hold Alt for not now";

/// How much room there is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    Narrow,
    Medium,
    Wide,
}

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
    let room = match width {
        width if width >= WIDE => Room::Wide,
        width if width >= MEDIUM => Room::Medium,
        _ => Room::Narrow,
    };
    let (rect, _) = ui.allocate_exact_size(
        egui::vec2(width, size::HEADER + size::UNIT),
        egui::Sense::hover(),
    );
    ui.painter().rect_filled(rect, 0.0, tokens(ui).panel);
    let inner = rect.shrink2(egui::vec2(2.0 * size::UNIT, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    ui.scope_builder(
        egui::UiBuilder::new().max_rect(inner).layout(layout),
        |ui| {
            view_ui(ui, view, room);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                episode_ui(ui, ctx, at, episode, room);
                cuts_ui(ui, ctx, at, episode, cut, room);
                if room == Room::Wide {
                    let rate = format!("{} fps", cut.timebase);
                    ui.label(RichText::new(rate).color(tokens(ui).weak))
                        .on_hover_text("Frame rate of this cut");
                    edit_ui(ui, ctx, view);
                } else {
                    more_ui(ui, ctx, view, cut, room);
                }
            });
        },
    );
}

/// The sign of a drop-down.
fn chevron(ui: &Ui) -> Atom<'static> {
    let color = tokens(ui).weak;
    Atom::paint(egui::vec2(12.0, 12.0), move |ui, args| {
        paint_icon(ui.painter(), Icon::ChevronDown, args.rect, color);
    })
}

/// A button that opens a menu. Its name is cut where there is no room for it.
fn drop_down(ui: &mut Ui, name: RichText, widest: f32, tip: &str, menu: impl FnOnce(&mut Ui)) {
    let name = name.atom_shrink(true).atom_max_width(widest);
    let button = Button::new((name, chevron(ui))).truncate();
    let (response, _) = MenuButton::from_button(button).ui(ui, menu);
    response.on_hover_text(tip);
}

fn episode_ui(ui: &mut Ui, ctx: &Ctx<'_>, at: CutAt, episode: &Episode, room: Room) {
    let name = match room {
        Room::Wide | Room::Medium => title_of(episode),
        Room::Narrow => title_of(episode).replace("Episode ", ""),
    };
    // Room for the cut, the menu and the buttons on the right.
    let widest = (ui.available_width() - 140.0).clamp(60.0, WIDEST_NAME);
    let name = RichText::new(name).font(type_style::strong());
    drop_down(ui, name, widest, "Opens another episode", |ui| {
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
    });
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

fn cuts_ui(ui: &mut Ui, ctx: &Ctx<'_>, at: CutAt, episode: &Episode, cut: &Cut, room: Room) {
    let name = match room {
        Room::Wide => format!("Cut {}", cut_name(cut)),
        Room::Medium | Room::Narrow => format!("v{}", cut.number),
    };
    let tip = "Opens another cut of this episode";
    drop_down(ui, RichText::new(name), WIDEST_NAME, tip, |ui| {
        for (id, other) in episode.cuts() {
            let is_open = id == at.cut;
            let text = format!("Cut {}", cut_name(other));
            if ui.selectable_label(is_open, text).clicked() && !is_open {
                ctx.request(Action::Episode(EpisodeAction::OpenCut(id)));
            }
        }
    });
}

fn cut_name(cut: &Cut) -> String {
    match cut.name.as_str() {
        "" => format!("v{}", cut.number),
        name => format!("v{} · {name}", cut.number),
    }
}

/// Import, and a new scene.
fn edit_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut TimelineView) {
    if ui.button("Import…").on_hover_text(IMPORT_TIP).clicked() {
        ctx.request(Action::Episode(EpisodeAction::ImportDialog));
    }
    if ui
        .button("Add scene")
        .on_hover_text(ADD_SCENE_TIP)
        .clicked()
    {
        view.command(TimelineCommand::AddScene);
    }
}

/// What has no button of its own for want of room.
fn more_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut TimelineView, cut: &Cut, room: Room) {
    let color = tokens(ui).weak;
    let dots = Atom::paint(egui::vec2(14.0, 14.0), move |ui, args| {
        paint_icon(ui.painter(), Icon::More, args.rect, color);
    });
    let (response, _) = MenuButton::new(dots).ui(ui, |ui| {
        edit_ui(ui, ctx, view);
        if room == Room::Narrow {
            if ui.button("Fit scene").clicked() {
                view.command(TimelineCommand::FitScene);
            }
            ui.separator();
            toggles_ui(ui, view);
        }
        ui.separator();
        ui.weak(format!("{} fps", cut.timebase));
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "More"));
    response.on_hover_text("More");
}

/// Whether positions stick, and how the playhead is followed.
fn toggles_ui(ui: &mut Ui, view: &mut TimelineView) {
    let snap = ui.selectable_label(view.magnet() == Magnet::On, "Snap");
    if snap.on_hover_text(SNAP_TIP).clicked() {
        view.command(TimelineCommand::ToggleMagnet);
    }
    let (text, tip) = match view.follow() {
        Follow::Page => (
            "Follow",
            "The page turns with the playhead; click for smooth",
        ),
        Follow::Smooth => ("Smooth", "The playhead stays in the middle; click for off"),
        Follow::Off => (
            "Follow",
            "The playhead is not followed; click to turn pages",
        ),
    };
    let follow = ui.selectable_label(view.follow() != Follow::Off, text);
    if follow.on_hover_text(tip).clicked() {
        view.command(TimelineCommand::CycleFollow);
    }
}

/// Zoom, magnet and following, from the right.
fn view_ui(ui: &mut Ui, view: &mut TimelineView, room: Room) {
    let mut button = |ui: &mut Ui, text: &str, name: &str, command| {
        let response = ui.button(text);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        if response.on_hover_text(name).clicked() {
            view.command(command);
        }
    };
    button(
        ui,
        "+",
        "Zoom in (+ or Ctrl+wheel)",
        TimelineCommand::ZoomIn,
    );
    button(
        ui,
        "−",
        "Zoom out (− or Ctrl+wheel)",
        TimelineCommand::ZoomOut,
    );
    if room != Room::Narrow {
        button(
            ui,
            "Scene",
            "Fit the scene at hand",
            TimelineCommand::FitScene,
        );
    }
    button(
        ui,
        "Fit",
        "Fit the whole episode",
        TimelineCommand::FitEpisode,
    );
    if room != Room::Narrow {
        toggles_ui(ui, view);
    }
}
