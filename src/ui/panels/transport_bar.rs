//! The transport: what sounds, where it is, what comes next, and how loud it all is.

mod countdown;
mod heard;
mod levels;

use egui::Align;
use egui::Layout;
use egui::Rect;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::UiBuilder;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use self::levels::Levels;
use crate::app::Line;
use crate::app::PlayState;
use crate::time::Ticks;
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::hint::icon_command;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::Switch;
use crate::ui::widgets::length_text;
use crate::ui::widgets::paint_elided;

/// Room for the large timecode.
const TIMECODE_WIDTH: f32 = 148.0;
/// Room for the countdown to the next marker.
const COUNTDOWN_WIDTH: f32 = 200.0;
/// Between two groups of controls.
const GAP: f32 = 16.0;

/// What the transport remembers between two passes.
#[derive(Debug, Default)]
pub struct TransportBar {
    levels: Levels,
}

/// Shows the transport.
pub fn transport_bar_ui(ui: &mut Ui, ctx: &Ctx<'_>, bar: &mut TransportBar) {
    let room = ui.max_rect();
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(room)
            .layout(Layout::left_to_right(Align::Center)),
    );
    buttons_ui(&mut left, ctx);
    left.add_space(GAP);
    timecode_ui(&mut left, ctx);
    left.add_space(GAP);
    let from = left.cursor().left();
    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(room)
            .layout(Layout::right_to_left(Align::Center)),
    );
    levels::levels_ui(&mut right, ctx, &mut bar.levels);
    right.add_space(GAP);
    let to = right.cursor().right();
    let middle = Rect::from_min_max(pos2(from, room.top()), pos2(to, room.bottom()));
    let mut words = middle;
    if countdown::has_countdown(ctx) {
        let width = COUNTDOWN_WIDTH.min(middle.width() * 0.5);
        words.max.x = middle.right() - width - GAP;
        let place = middle.with_min_x(middle.right() - width);
        countdown::countdown_ui(ui, ctx, place);
    }
    heard::heard_ui(ui, ctx, words);
}

fn buttons_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    ui.spacing_mut().item_spacing.x = size::UNIT;
    let transport = ctx.app.transport();
    let side = size::HEADER;
    icon_command(ui, ctx, Icon::SkipBack, Command::GoToStart, side, None);
    let icon = if transport.state().is_running() {
        Icon::Pause
    } else {
        Icon::Play
    };
    let playing = Switch::from(transport.state().is_running());
    icon_command(ui, ctx, icon, Command::Toggle, side, Some(playing));
    icon_command(ui, ctx, Icon::Stop, Command::Stop, side, None);
    let looping = Switch::from(transport.is_looping());
    icon_command(ui, ctx, Icon::Loop, Command::Loop, side, Some(looping));
    let guide = Switch::from(transport.is_guide_on() && ctx.app.open_cut().is_some());
    icon_command(ui, ctx, Icon::Headphones, Command::Guide, side, Some(guide));
}

/// The place of the playhead, on the line it runs along.
fn timecode_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(TIMECODE_WIDTH, size::HEADER), Sense::hover());
    let text = place_text(ctx);
    let tokens = tokens(ui);
    let is_running = ctx.app.transport().state().is_running();
    let ink = if is_running { tokens.text } else { tokens.weak };
    let font = type_style::timecode_large();
    paint_elided(ui.painter(), rect, &text, font, ink, Align::Min);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, "Playhead"));
    ui.accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Label);
        node.set_value(text.clone());
    });
}

fn place_text(ctx: &Ctx<'_>) -> String {
    let transport = ctx.app.transport();
    match (transport.line(), ctx.app.open_cut()) {
        (Line::Track(_), _) if transport.state() != PlayState::Stopped => {
            let place = transport.position().max(Ticks::ZERO);
            let tenths = place.get() / (Ticks::PER_SECOND / 10) % 10;
            format!("{}.{tenths}", length_text(place))
        }
        (_, Some((_, _, cut))) => cut.label(ctx.app.playhead()),
        _ => "0:00.0".to_owned(),
    }
}
