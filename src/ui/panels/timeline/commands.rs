//! What keys and menus ask of the timeline.

use super::view::Follow;
use super::view::Magnet;
use super::view::TimelineCommand;
use super::view::TimelineView;
use super::window::Window;
use crate::app::Action;
use crate::app::App;
use crate::app::Focus;
use crate::app::TimelineAction;
use crate::app::TransportAction;
use crate::model::Cut;
use crate::model::Scene;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::ui::Ctx;

/// How much one step of zooming is.
const ZOOM_STEP: f64 = 1.6;
/// How long a scene is that is added at the playhead, where nothing follows soon.
const NEW_SCENE: Ticks = Ticks::from_secs(10);

/// Does what was asked since the last frame. `width` is that of the lanes.
pub(super) fn perform(ctx: &Ctx<'_>, view: &mut TimelineView, cut: &Cut, width: f32) {
    let playhead = ctx.app.playhead();
    let range = ctx.app.transport().range();
    for command in std::mem::take(&mut view.live.commands) {
        let Some(mut window) = view.window() else {
            return;
        };
        match command {
            TimelineCommand::ZoomIn => zoom(&mut window, ZOOM_STEP, playhead, cut, width),
            TimelineCommand::ZoomOut => zoom(&mut window, 1.0 / ZOOM_STEP, playhead, cut, width),
            TimelineCommand::FitEpisode => window = Window::on(cut.span(), cut, width),
            TimelineCommand::FitScene => {
                let span = span_at_hand(ctx.app, cut, range).unwrap_or(cut.span());
                window = Window::on(span, cut, width);
            }
            TimelineCommand::RangeIn => {
                let end = range.map(TickSpan::end);
                set_range(ctx, view, playhead, end.filter(|end| *end > playhead));
            }
            TimelineCommand::RangeOut => {
                let start = range.map(TickSpan::start);
                let start = start.or(view.live.range_anchor);
                let start = start.filter(|start| *start < playhead);
                set_range(ctx, view, start.unwrap_or(Ticks::ZERO), Some(playhead));
            }
            TimelineCommand::ClearRange => {
                view.live.range_anchor = None;
                ctx.request(Action::Transport(TransportAction::Mark(None)));
            }
            TimelineCommand::AddScene => {
                let scene = new_scene(cut, playhead, range);
                view.live.range_anchor = None;
                ctx.request(Action::Transport(TransportAction::Mark(None)));
                ctx.request(Action::Timeline(TimelineAction::AddScene(scene)));
            }
            TimelineCommand::ToggleMagnet => {
                view.magnet = match view.magnet {
                    Magnet::On => Magnet::Off,
                    Magnet::Off => Magnet::On,
                };
            }
            TimelineCommand::CycleFollow => {
                view.follow = match view.follow {
                    Follow::Page => Follow::Smooth,
                    Follow::Smooth => Follow::Off,
                    Follow::Off => Follow::Page,
                };
            }
        }
        if view.window() != Some(window) {
            // Whoever looks elsewhere is not torn away by the playhead.
            view.live.following.is_suspended = true;
            view.look(window);
        }
    }
}

/// A range from `start` to `end`; with no end yet, it waits for one.
fn set_range(ctx: &Ctx<'_>, view: &mut TimelineView, start: Ticks, end: Option<Ticks>) {
    view.live.range_anchor = Some(start);
    let range = end.map(|end| TickSpan::between(start, end));
    ctx.request(Action::Transport(TransportAction::Mark(range)));
}

/// Zooms about the playhead where it is seen, else about the middle.
fn zoom(window: &mut Window, factor: f64, playhead: Ticks, cut: &Cut, width: f32) {
    let x = window.scale(0.0).x(playhead);
    let about = if (0.0..=width).contains(&x) {
        x
    } else {
        width / 2.0
    };
    window.zoom(factor, about, cut, width);
}

/// What “fit scene” means now: the range, else what is focused, else the armed scene, else the
/// scene under the playhead.
fn span_at_hand(app: &App, cut: &Cut, range: Option<TickSpan>) -> Option<TickSpan> {
    let around = |at: Ticks| {
        let reach = Ticks::from_secs(5);
        TickSpan::between(at - reach, at + reach)
    };
    // What is auditioned is seen as a whole, with what is heard before and after.
    let auditioned = |scene: &Scene| {
        let before = scene.span.start() - app.settings().pre_roll();
        let after = scene.span.end() + app.settings().post_roll();
        TickSpan::between(before.max(Ticks::ZERO), after.min(cut.length.max(before)))
    };
    let focused = match app.selection().focus() {
        Focus::Scene(id) => cut.scene(id).map(auditioned),
        Focus::Slot(id, _) => cut.slot(id).map(|slot| slot.span),
        Focus::Marker(id) => cut.marker(id).map(|marker| around(marker.at)),
        Focus::Tracks | Focus::Nothing => None,
    };
    let armed = app.transport().armed().and_then(|id| cut.scene(id));
    let here = app.playhead();
    let under = || {
        let scenes = cut.scenes();
        let found = scenes.iter().find(|(_, scene)| scene.span.contains(here));
        found.map(|(_, scene)| auditioned(scene))
    };
    range.or(focused).or(armed.map(auditioned)).or_else(under)
}

/// A scene on `range`, or from the playhead up to the next scene.
fn new_scene(cut: &Cut, playhead: Ticks, range: Option<TickSpan>) -> Scene {
    let rate = cut.timebase.rate();
    let span = range.unwrap_or_else(|| {
        let start = rate.snapped(playhead);
        let starts = cut.scenes().into_iter().map(|(_, s)| s.span.start());
        let next = starts.filter(|next| *next > start).min();
        let end = next.unwrap_or(cut.length).min(start + NEW_SCENE);
        TickSpan::between(start, end.max(start + rate.frame_length()))
    });
    Scene {
        name: "New scene".to_owned(),
        span: TickSpan::between(rate.snapped(span.start()), rate.snapped(span.end())),
        ..Scene::default()
    }
}
