//! The ruler: timecode, the armed scene with its pre-roll and loop, the range; dragging scrubs,
//! with Shift it chooses a range.

use egui::CursorIcon;
use egui::Rangef;
use egui::Rect;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;

use crate::app::Action;
use crate::app::TransportAction;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::ui::panels::timeline::marks::Step;
use crate::ui::panels::timeline::marks::marks;
use crate::ui::panels::timeline::marks::steps;
use crate::ui::panels::timeline::playhead::flag_rect;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::panels::timeline::stage::id_of;
use crate::ui::panels::timeline::stage::line;
use crate::ui::panels::timeline::view::Live;
use crate::ui::panels::timeline::view::TimelineCommand;
use crate::ui::panels::timeline::words;
use crate::ui::theme::Icon;
use crate::ui::theme::paint_icon;
use crate::ui::theme::size;
use crate::ui::theme::type_style;
use crate::ui::widgets::pressed_here;

/// Frames wider than this have a grid in the lanes.
const FRAME_GRID: f32 = 7.0;
/// Height of the bar that shows the armed scene and its pre-roll.
const BAR: f32 = 4.0;

/// Draws the ruler and answers for it.
pub(in crate::ui::panels::timeline) fn ruler_ui(ui: &Ui, stage: &Stage<'_>, live: &mut Live) {
    let ruler = stage.lanes.ruler;
    loop_ui(ui, stage);
    range_ui(ui, stage);
    ticks_ui(ui, stage);
    armed_ui(ui, stage);
    let response = stage.thing(
        ui,
        id_of("ruler", ()),
        ruler,
        Sense::click_and_drag(),
        || WidgetInfo::labeled(Role::ScrollBar, true, "Ruler"),
    );
    if stage.is_quiet(ui) {
        return;
    }
    scrub(ui, stage, live, &response);
    response.context_menu(|ui| {
        if ui.button("New scene from the range").clicked() {
            live.commands.push(TimelineCommand::AddScene);
        }
        if stage.ctx.app.transport().range().is_some() && ui.button("Clear range").clicked() {
            live.commands.push(TimelineCommand::ClearRange);
        }
        if ui.button("Fit episode").clicked() {
            live.commands.push(TimelineCommand::FitEpisode);
        }
    });
    response
        .on_hover_cursor(CursorIcon::Default)
        .on_hover_text("Click or drag moves the playhead, Shift+drag chooses a range");
}

fn scrub(ui: &Ui, stage: &Stage<'_>, live: &mut Live, response: &egui::Response) {
    let is_held = response.is_pointer_button_down_on();
    let is_primary = ui.input(|input| input.pointer.primary_down());
    if !(is_held && is_primary || pressed_here(response)) {
        live.scrubbed = None;
        return;
    }
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else {
        return;
    };
    let rate = stage.cut.timebase.rate();
    let last = (stage.cut.length - rate.frame_length()).max(Ticks::ZERO);
    let to = |x: f32| rate.snapped(stage.scale.at(x)).clamp(Ticks::ZERO, last);
    let here = to(pointer.x);
    let is_ranging = ui.input(|input| input.modifiers.shift);
    if is_ranging {
        let pressed = ui.input(|input| input.pointer.press_origin());
        let from = pressed.map_or(here, |pressed| to(pressed.x));
        if from != here {
            live.range_anchor = Some(from.min(here));
            let range = TickSpan::between(from, here);
            if stage.ctx.app.transport().range() != Some(range) {
                stage.ask(Action::Transport(TransportAction::Mark(Some(range))));
            }
        }
    } else if live.scrubbed != Some(here) {
        live.scrubbed = Some(here);
        stage.ask(Action::Transport(TransportAction::Seek(here)));
    }
}

fn ticks_ui(ui: &Ui, stage: &Stage<'_>) {
    let ruler = stage.lanes.ruler;
    let tokens = stage.tokens;
    let painter = ui.painter();
    let widest = line(
        ui,
        stage.cut.label(Ticks::ZERO),
        type_style::timecode_small(),
        tokens.weak,
        f32::INFINITY,
    );
    let width = widest.size().x + 18.0;
    let steps = steps(stage.cut.timebase, stage.scale, width);
    let from = stage.scale.at(ruler.left() - width);
    let window = TickSpan::between(from, stage.scale.at(ruler.right()));
    let minor = Stroke::new(size::HAIRLINE, tokens.line_strong);
    let snap = |x: f32| painter.round_to_pixel_center(x);
    for mark in marks(stage.cut, window, steps.tick) {
        let x = snap(stage.scale.x(mark.at));
        painter.vline(x, ruler.bottom() - 5.0..=ruler.bottom(), minor);
    }
    let major = Stroke::new(size::HAIRLINE, tokens.faint);
    let flag = flag_rect(ui, stage);
    for mark in marks(stage.cut, window, steps.label) {
        let x = snap(stage.scale.x(mark.at));
        painter.vline(x, ruler.bottom() - 11.0..=ruler.bottom(), major);
        let font = type_style::timecode_small();
        let galley = line(ui, mark.label, font, tokens.weak, f32::INFINITY);
        let label = Rect::from_min_size(pos2(x + 4.0, ruler.top() + 5.0), galley.size());
        if !label.expand(2.0).intersects(flag) {
            painter.galley(label.min, galley, tokens.weak);
        }
        let below = stage.lanes.below_ruler().y_range();
        painter.vline(
            x,
            below,
            Stroke::new(size::HAIRLINE, tokens.line.gamma_multiply(0.6)),
        );
    }
    let frame = stage.cut.timebase.rate().frame_length();
    if stage.scale.points(frame) >= FRAME_GRID {
        let stroke = Stroke::new(size::HAIRLINE, tokens.line.gamma_multiply(0.45));
        let below = stage.lanes.below_ruler().y_range();
        for mark in marks(stage.cut, window, Step::Frames(1)) {
            painter.vline(snap(stage.scale.x(mark.at)), below, stroke);
        }
    }
    painter.hline(
        ruler.x_range(),
        ruler.bottom(),
        Stroke::new(size::HAIRLINE, tokens.line_strong),
    );
}

/// The armed scene as a bar along the ruler, with the pre-roll before and the post-roll after it.
fn armed_ui(ui: &Ui, stage: &Stage<'_>) {
    let Some(scene) = stage.armed.and_then(|id| stage.cut.scene(id)) else {
        return;
    };
    let tokens = stage.tokens;
    let ruler = stage.lanes.ruler;
    let painter = ui.painter();
    let settings = stage.ctx.app.settings();
    let bar = Rangef::new(ruler.bottom() - BAR, ruler.bottom());
    let stretch = |from: Ticks, to: Ticks| {
        Rect::from_x_y_ranges(stage.scale.x(from)..=stage.scale.x(to), bar)
            .intersect(stage.lanes.content)
    };
    let (start, end) = (scene.span.start(), scene.span.end());
    let column = Rect::from_x_y_ranges(
        stage.scale.x(start)..=stage.scale.x(end),
        stage.lanes.below_ruler().y_range(),
    );
    painter.rect_filled(column, 0.0, tokens.accent.gamma_multiply(0.05));
    painter.rect_filled(stretch(start, end), 0.0, tokens.accent);
    if !stage.ctx.app.transport().is_looping() {
        let before = (start - settings.pre_roll()).max(Ticks::ZERO);
        let after = (end + settings.post_roll()).min(stage.cut.length);
        for (from, to) in [(before, start), (end, after)] {
            let rect = stretch(from, to);
            if rect.is_positive() {
                hatch(ui, rect, Stroke::new(size::HAIRLINE, tokens.accent));
            }
        }
    }
}

/// What is repeated, tinted.
fn loop_ui(ui: &Ui, stage: &Stage<'_>) {
    let Some(looped) = stage.ctx.app.transport().looped(stage.cut) else {
        return;
    };
    let tokens = stage.tokens;
    let ruler = stage.lanes.ruler;
    let from = stage.scale.x(looped.start());
    let to = stage.scale.x(looped.end());
    let seen = Rect::from_x_y_ranges(from..=to, ruler.y_range()).intersect(ruler);
    let painter = ui.painter();
    painter.rect_filled(seen, 0.0, tokens.accent.gamma_multiply(0.16));
    if seen.width() > 40.0 {
        let center = pos2(seen.right() - 10.0, ruler.top() + 11.0);
        let icon = Rect::from_center_size(center, egui::vec2(12.0, 12.0));
        paint_icon(painter, Icon::Loop, icon, tokens.accent);
    }
}

/// Short slanted strokes: before and after what is meant.
fn hatch(ui: &Ui, rect: Rect, stroke: Stroke) {
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mut x = rect.left();
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + BAR, rect.top())], stroke);
        x += 5.0;
    }
}

/// The range, with its length.
fn range_ui(ui: &Ui, stage: &Stage<'_>) {
    let Some(range) = stage.ctx.app.transport().range() else {
        return;
    };
    let tokens = stage.tokens;
    let ruler = stage.lanes.ruler;
    let x = stage.scale.x(range.start())..=stage.scale.x(range.end());
    let rect = Rect::from_x_y_ranges(x.clone(), ruler.y_range());
    let painter = ui.painter();
    painter.rect_filled(rect.intersect(ruler), 0.0, tokens.selection);
    let below = Rect::from_x_y_ranges(x, stage.lanes.below_ruler().y_range());
    painter.rect_filled(below, 0.0, tokens.selection.gamma_multiply(0.25));
    for x in [rect.left(), rect.right()] {
        let stroke = Stroke::new(size::FOCUS, tokens.focus);
        painter.vline(x, ruler.y_range(), stroke);
    }
    let seen = rect.intersect(ruler);
    let text = words::short_length(stage.cut, range.length());
    let galley = line(
        ui,
        text,
        type_style::timecode_small(),
        tokens.text,
        seen.width(),
    );
    if galley.size().x + 8.0 < seen.width() {
        let at = pos2(
            seen.center().x - galley.size().x / 2.0,
            ruler.bottom() - 15.0,
        );
        let ground = Rect::from_min_size(at, galley.size()).expand(2.0);
        painter.rect_filled(ground, 2.0, tokens.selection);
        painter.galley(at, galley, tokens.text);
    }
}
