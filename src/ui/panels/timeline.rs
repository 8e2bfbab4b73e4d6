//! The timeline of the open cut: scenes, markers, music with its alternates, lyrics and the guide,
//! along one ruler.
//!
//! How it is split: [`model`] says what there is, [`window`] and [`layout`] where it comes to lie,
//! [`lanes`] paint it and answer the pointer, [`gesture`] and [`ghost`] say what a drag amounts to
//! and draw the show as it would be. Nothing is changed before the pointer is let go.

mod commands;
mod gesture;
mod ghost;
mod header;
mod lanes;
mod layout;
mod marks;
mod model;
mod navigate;
mod overview;
mod pill;
mod playhead;
mod snap;
mod stage;
mod view;
mod window;
mod words;

use std::sync::Arc;

use egui::Align2;
use egui::Rect;
use egui::Sense;
use egui::Stroke;
use egui::Ui;
use egui::UiBuilder;

use self::gesture::Gesture;
use self::gesture::Preview;
use self::ghost::Hover;
use self::lanes::Lanes;
use self::lanes::Wants;
use self::model::Model;
use self::navigate::Moving;
use self::pill::Tone;
use self::snap::Held;
use self::snap::Magnets;
use self::stage::Found;
use self::stage::Stage;
use self::view::Painted;
pub use self::view::{Follow, Magnet, TimelineCommand, TimelineView};
use self::window::Scale;
use self::window::Window;
use crate::app::Action;
use crate::app::App;
use crate::app::EpisodeAction;
use crate::app::Focus;
use crate::app::Line;
use crate::app::TimelineAction;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Show;
use crate::model::SlotId;
use crate::ops::place::Lie;
use crate::ops::place::Target;
use crate::ops::place::lie;
use crate::ui::Ctx;
use crate::ui::commands::Command;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::EmptyState;
use crate::ui::widgets::TextButton;

/// Shows the open cut, or what to do where there is none.
pub fn timeline_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut TimelineView) {
    let Some(((at, episode, cut), show)) = ctx.app.open_cut().zip(ctx.app.show()) else {
        no_episode_ui(ui, ctx, view);
        return;
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    header::header_ui(ui, ctx, view, at, episode, cut);
    let area = ui.available_rect_before_wrap();
    ui.allocate_rect(area, Sense::hover());
    let at_hand = ctx.app.slot_at_hand();
    let model = view.live.models.current(ctx.app, at, cut);
    let n_alternates = at_hand
        .and_then(|id| cut.slot(id))
        .map_or(0, |slot| slot.alternates().len());
    let wants = Wants {
        n_scene_rows: model.n_scene_rows,
        n_slot_rows: model.n_slot_rows,
        n_alternates,
    };
    let lanes = Lanes::arrange(area, wants);
    view.open(at, || Window::on(cut.span(), cut, lanes.width()));
    commands::perform(ctx, view, cut, lanes.width());
    let is_running = ctx.app.transport().line() == Line::Cut(at) && ctx.app.is_moving();
    let moving = Moving {
        playhead: ctx.app.playhead(),
        is_running,
    };
    navigate::navigate(ui, view, cut, &lanes, n_alternates, moving);
    let Some(window) = view.window() else { return };
    let scale = window.scale(lanes.content.left());

    let shown = carry(ui, ctx, view, show, at, scale);
    let trial = trial(ctx.app, show, at);
    let (drawn_show, drawn_model): (&Show, &Model) = match &shown.preview {
        Some(preview) => (&preview.show, &preview.model),
        None => (show, &model),
    };
    let Some(drawn_cut) = drawn_show.cut(at) else {
        return;
    };
    let stage = Stage {
        ctx,
        tokens: tokens(ui),
        lanes: &lanes,
        scale,
        show: drawn_show,
        cut: drawn_cut,
        model: drawn_model,
        playhead: moving.playhead,
        is_running,
        focus: ctx.app.selection().focus(),
        armed: ctx.app.transport().armed(),
        at_hand: shown.ghost.map(|(slot, _)| slot).or(at_hand),
        trial: trial.as_ref(),
        ghost: shown.ghost,
        drop: considered(view),
        held: view.live.gesture.as_ref().map(|gesture| gesture.grip),
    };
    let found = lanes_ui(ui, &stage, view, area);
    overview::overview_ui(ui, &stage, view);
    over_everything(ui, &stage, view);
    if let Some((grip, pos)) = found.grabbed
        && view.live.gesture.is_none()
    {
        let gesture = Gesture::begin(grip, pos, scale, (stage.ctx.app, cut), moving.playhead);
        view.live.gesture = Some(gesture);
        ui.request_repaint();
    }
    view.live.painted = Some(Painted {
        at,
        lanes,
        scale,
        snap: painted_magnets(ui, view, cut, moving),
        targets: found.targets,
    });
}

/// What is drawn instead of the show as it is.
#[derive(Default)]
struct Carried {
    preview: Option<Arc<Preview>>,
    ghost: Option<(SlotId, crate::model::AlternateId)>,
}

/// Follows what is being dragged, here or from the pool; asks for what it amounts to when it is
/// let go; drops it on Escape.
fn carry(
    ui: &Ui,
    ctx: &Ctx<'_>,
    view: &mut TimelineView,
    show: &Show,
    at: CutAt,
    scale: Scale,
) -> Carried {
    let (pointer, is_released, is_escaped, is_alt) = ui.input(|input| {
        (
            input.pointer.latest_pos(),
            input.pointer.any_released() || !input.pointer.any_down(),
            input.key_pressed(egui::Key::Escape),
            input.modifiers.alt,
        )
    });
    if is_escaped {
        view.live.gesture = None;
        view.live.hover = None;
    }
    if let Some(mut gesture) = view.live.gesture.take() {
        let magnet = if is_alt { Magnet::Off } else { view.magnet };
        if let Some(pointer) = pointer {
            gesture.follow(show, at, pointer, scale, magnet);
        }
        if is_released {
            // What changes nothing is no request.
            if let (Some(action), Some(_)) = (gesture.action.take(), &gesture.preview) {
                ctx.request(Action::Timeline(action));
            }
            // Until the request is answered, what it amounts to stays in sight.
            return Carried {
                preview: gesture.preview,
                ghost: None,
            };
        }
        let preview = gesture.preview.clone();
        view.live.gesture = Some(gesture);
        return Carried {
            preview,
            ghost: None,
        };
    }
    consider_drop(ui, ctx, view, at)
}

/// Considers the tracks that are dragged over the lanes, and drops them when they are let go.
fn consider_drop(ui: &Ui, ctx: &Ctx<'_>, view: &mut TimelineView, at: CutAt) -> Carried {
    let before = view.live.hover.take();
    let Some(tracks) = ghost::dragged_tracks(ui) else {
        return Carried::default();
    };
    let (pointer, is_alt) = ui.input(|i| (i.pointer.latest_pos(), i.modifiers.alt));
    let magnet = if is_alt { Magnet::Off } else { view.magnet };
    let over = view
        .live
        .painted
        .as_ref()
        .filter(|painted| painted.at == at)
        .zip(pointer);
    let is_over = |pos| ui.rect_contains_pointer(Rect::from_pos(pos).expand(1.0));
    let target = over
        .filter(|(_, pos)| is_over(*pos))
        .and_then(|(painted, pos)| painted.target_at(pos, magnet));
    let Some(target) = target else {
        return Carried::default();
    };
    if ui.input(|input| input.pointer.any_released()) {
        drop(egui::DragAndDrop::take_payload::<crate::ui::Dragged>(ui));
        ctx.request(Action::Timeline(TimelineAction::Place(
            tracks.to_vec(),
            target,
        )));
        return Carried::default();
    }
    view.live.hover = Hover::over(before, ctx.app, at, &tracks, target);
    match view.live.hover.as_ref().map(|hover| &hover.outcome) {
        Some(Ok(ghost)) => Carried {
            preview: Some(Arc::clone(&ghost.preview)),
            ghost: Some((ghost.slot, ghost.alternate)),
        },
        _ => Carried::default(),
    }
}

/// What a drop is considered on, and whether it can be made.
fn considered(view: &TimelineView) -> Option<(Target, Tone)> {
    let hover = view.live.hover.as_ref()?;
    let tone = match hover.outcome {
        Ok(_) => Tone::Promise,
        Err(_) => Tone::Refusal,
    };
    Some((hover.target, tone))
}

/// Draws every lane into the area, clipped to it.
fn lanes_ui(ui: &mut Ui, stage: &Stage<'_>, view: &mut TimelineView, area: Rect) -> Found {
    let mut found = Found::default();
    let lanes = stage.lanes;
    ground_ui(ui, stage, area);
    let mut content = ui.new_child(UiBuilder::new().max_rect(lanes.content));
    content.set_clip_rect(lanes.content.intersect(ui.clip_rect()));
    let nothing = content.interact(
        lanes.below_ruler(),
        stage::id_of("nothing", ()),
        Sense::CLICK,
    );
    if nothing.clicked() {
        stage.ask(Action::Focus(Focus::Nothing));
    }
    lanes::ruler_ui(&content, stage, &mut view.live);
    lanes::scenes_ui(&content, stage, &mut found);
    lanes::music_ui(&content, stage, &mut found);
    lanes::alternates_ui(&mut content, stage, &mut found, view.live.alternates_scroll);
    lanes::lyrics_ui(&content, stage);
    lanes::guide_ui(&mut content, stage);
    lanes::markers_ui(&content, stage, &mut found);
    if stage.model.scenes.is_empty() && stage.model.markers.is_empty() {
        nothing_yet_ui(&content, stage);
    }
    playhead::playhead_ui(&content, stage, &mut view.live);
    found
}

/// The ground of the lanes, what lies outside the cut, and the lanes' names.
fn ground_ui(ui: &Ui, stage: &Stage<'_>, area: Rect) {
    let tokens = stage.tokens;
    let lanes = stage.lanes;
    let painter = ui.painter();
    let content = lanes.content.x_range();
    let start = content.clamp(stage.scale.x(crate::time::Ticks::ZERO));
    let end = content.clamp(stage.scale.x(stage.cut.length)).max(start);
    // Side by side, so that no large area is painted twice.
    let (above, rest) = area.split_top_bottom_at_y(lanes.below_ruler().top());
    let (middle, below) = rest.split_top_bottom_at_y(lanes.below_ruler().bottom());
    let (before, rest) = middle.split_left_right_at_x(start);
    let (inside, after) = rest.split_left_right_at_x(end);
    for outside in [above, below, before, after] {
        painter.rect_filled(outside, 0.0, tokens.panel);
    }
    painter.rect_filled(inside, 0.0, tokens.base);
    let stroke = Stroke::new(size::HAIRLINE, tokens.line);
    for (lane, name) in lanes.named() {
        painter.hline(lanes.names.left()..=lane.right(), lane.bottom(), stroke);
        painter.text(
            egui::pos2(lanes.names.left() + 10.0, lane.top() + 8.0),
            Align2::LEFT_TOP,
            name,
            type_style::small(),
            tokens.weak,
        );
    }
    painter.vline(lanes.content.left(), lanes.names.y_range(), stroke);
    // Whose alternates they are, also when the slot itself is out of sight.
    let whose = stage.at_hand.and_then(|id| stage.cut.slot(id));
    if let Some(slot) = whose {
        let scene = slot.scene.and_then(|id| stage.cut.scene(id));
        let text = scene.map_or_else(
            || stage.cut.label(slot.span.start()),
            |scene| format!("of {}", scene.title()),
        );
        let room = lanes.names.width() - 14.0;
        let galley = stage::line(ui, text, type_style::small(), tokens.faint, room);
        let at = egui::pos2(lanes.names.left() + 10.0, lanes.alternates.top() + 23.0);
        painter.galley(at, galley, tokens.faint);
    }
}

/// The snap line, and what is said beside the pointer.
fn over_everything(ui: &Ui, stage: &Stage<'_>, view: &TimelineView) {
    if let Some(at) = view.live.gesture.as_ref().and_then(|gesture| gesture.snap) {
        playhead::snap_line(ui, stage, at);
    }
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let (Some(hover), Some(pointer)) = (&view.live.hover, pointer) else {
        return;
    };
    match &hover.outcome {
        Ok(ghost) => {
            if matches!(hover.target, Target::At(_)) {
                playhead::snap_line(ui, stage, ghost.at);
            }
            pill::pill(ui, stage, pointer, &ghost.sentence, Tone::Promise);
        }
        Err(reason) => pill::pill(ui, stage, pointer, reason, Tone::Refusal),
    }
}

/// What drops stick to. Worked out only while something is dragged over the window.
fn painted_magnets(ui: &Ui, view: &TimelineView, cut: &Cut, moving: Moving) -> Magnets {
    let is_wanted = egui::DragAndDrop::has_any_payload(ui)
        || ui.input(|input| !input.raw.hovered_files.is_empty());
    if is_wanted || view.live.painted.is_none() {
        Magnets::of(cut, moving.playhead, Held { places: &[] })
    } else {
        Magnets::default()
    }
}

/// How the track on trial lies against the armed scene.
fn trial(app: &App, show: &Show, at: CutAt) -> Option<Lie> {
    let (scene, track) = app.transport().armed().zip(app.transport().trial())?;
    lie(show, at, scene, track)
}

/// Says what to do in a cut that has nothing in it.
fn nothing_yet_ui(ui: &Ui, stage: &Stage<'_>) {
    let below = stage.lanes.scenes;
    let text = "Import a cut list, set a marker with M, or Shift+drag in the ruler and add a scene";
    let galley = stage::line(
        ui,
        text,
        type_style::body(),
        stage.tokens.weak,
        below.width() - 24.0,
    );
    let at = below.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, stage.tokens.weak);
}

/// Says what an episode is for where there is none, and makes one.
fn no_episode_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut TimelineView) {
    view.live.open = None;
    view.live.painted = None;
    view.live.commands.clear();
    ui.painter()
        .rect_filled(ui.max_rect(), 0.0, tokens(ui).base);
    if ctx.app.show().is_none() {
        EmptyState::new(Icon::Scene, "No show is open")
            .advice("Open a show, or the demo, from the File menu")
            .show(ui, |_ui| {});
        return;
    }
    let episodes = ctx.app.show().map(Show::episodes).unwrap_or_default();
    EmptyState::new(Icon::Scene, "No episode yet")
        .advice("An episode holds the scenes and markers that music is auditioned against")
        .show(ui, |ui| {
            for (id, episode) in episodes {
                if ui.button(header::title_of(episode)).clicked() {
                    ctx.request(Action::Episode(EpisodeAction::Open(id)));
                }
            }
            if ui.add(TextButton::new("New episode…").primary()).clicked() {
                ctx.run(Command::NewEpisode);
            }
        });
}
