//! The parts of a track on its waveform: lines where they begin, to be dragged, added by a double
//! click and removed by their menu or Delete; a click anywhere else plays from there.

use egui::CursorIcon;
use egui::Id;
use egui::Key;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Shape;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::form;
use super::set;
use super::small;
use crate::app::Action;
use crate::app::TransportAction;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::ui::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::wave::WaveLook;
use crate::ui::wave::wave_ui;
use crate::ui::widgets::length_text;

/// Height of the waveform.
const HEIGHT: f32 = 52.0;
/// How near to a line it is taken hold of, in points.
const GRIP: f32 = 5.0;
/// How near to a bar's beginning a line sticks to it, in points.
const REACH: f32 = 4.0;
/// Parts are at least this long.
const SHORTEST: Ticks = Ticks::from_secs(1);
/// How far the arrow keys move a line.
const STEP: Ticks = Ticks::from_millis(100);

/// A recording along a rectangle.
#[derive(Clone, Copy)]
struct Scale {
    rect: Rect,
    length: Ticks,
}

impl Scale {
    fn x(self, at: Ticks) -> f32 {
        let share = at.to_secs_f64() / self.length.to_secs_f64();
        self.rect.left() + self.rect.width() * share as f32
    }

    fn at(self, x: f32) -> Ticks {
        let share = f64::from((x - self.rect.left()) / self.rect.width()).clamp(0.0, 1.0);
        Ticks::nearest_to_secs(self.length.to_secs_f64() * share)
    }
}

/// What becomes of the parts.
enum Change {
    Move(usize, Ticks),
    Add(Ticks),
    Remove(usize),
}

/// Shows the waveform with the parts.
pub(super) fn sections_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track) {
    let (Some(media), Some(length)) = (&track.media, track.duration()) else {
        return;
    };
    if length <= Ticks::ZERO {
        return;
    }
    let is_by_hand = track.sections_by_hand.is_some();
    ui.horizontal(|ui| {
        let words = match (track.sections().len(), is_by_hand) {
            (0, _) => "Sections: a double click adds one".to_owned(),
            (n, false) => format!("Sections: ≈ {n}"),
            (n, true) => format!("Sections: {n}, set by hand"),
        };
        form::remark(ui, words);
        if is_by_hand
            && ui
                .add(small(Icon::Undo, "Sections back to the estimate"))
                .clicked()
        {
            set(ctx, id, TrackField::SectionsByHand(None));
        }
    });
    let (rect, ground) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
    let scale = Scale { rect, length };
    ground.widget_info(|| {
        WidgetInfo::labeled(
            Role::Button,
            true,
            "Waveform; a click plays, a double click adds a section",
        )
    });
    if !ui.is_rect_visible(rect) {
        return;
    }
    let tokens = tokens(ui);
    ui.painter().rect_filled(rect, size::RADIUS, tokens.field);
    let here = ctx.app.place_in_track(id);
    let look = WaveLook {
        played_to: here.map(|here| scale.x(here)),
        is_dimmed: false,
    };
    let whole = TickSpan::with_length(Ticks::ZERO, length);
    wave_ui(ui, ctx, media, whole, rect.shrink2(vec2(0.0, 6.0)), look);
    lift(ui, track, scale);
    if let Some(here) = here {
        let stroke = Stroke::new(size::HAIRLINE, tokens.playhead);
        ui.painter().vline(scale.x(here), rect.y_range(), stroke);
    }
    let change = lines(ui, ctx, id, track, scale).or_else(|| answer(ctx, id, scale, &ground));
    if ground.has_focus() {
        let stroke = Stroke::new(size::FOCUS, tokens.focus);
        ui.painter()
            .rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    }
    if let Some(change) = change {
        let sections = changed(track.sections(), &change);
        set(ctx, id, TrackField::SectionsByHand(Some(sections)));
    }
}

/// Where the music rises most: a small mark at the top.
fn lift(ui: &Ui, track: &Track, scale: Scale) {
    let form = track.measured.form.as_ref();
    if let Some(lift) = form.and_then(|form| form.lift) {
        let (x, top) = (scale.x(lift), scale.rect.top());
        let corners = vec![pos2(x - 4.0, top), pos2(x + 4.0, top), pos2(x, top + 5.0)];
        let color = tokens(ui).accent;
        ui.painter()
            .add(Shape::convex_polygon(corners, color, Stroke::NONE));
    }
}

/// The ground was clicked: plays from there, or begins a part there.
fn answer(ctx: &Ctx<'_>, id: TrackId, scale: Scale, ground: &Response) -> Option<Change> {
    let at = scale.at(ground.interact_pointer_pos()?.x);
    if ground.double_clicked() {
        return Some(Change::Add(on_a_bar(ctx, id, scale, at)));
    }
    if ground.clicked() {
        let play = TransportAction::PlayFrom(id, at);
        ctx.request(Action::Transport(play));
    }
    None
}

/// A place, or the beginning of a bar that is near it.
fn on_a_bar(ctx: &Ctx<'_>, id: TrackId, scale: Scale, at: Ticks) -> Ticks {
    let reach = scale.at(scale.rect.left() + REACH);
    let near = TickSpan::between(at - reach, at + reach);
    let beats = ctx.app.beats(id).into_iter();
    let bars = beats.flat_map(|beats| beats.within(near).filter(|beat| beat.is_downbeat));
    let nearest = bars.min_by_key(|beat| (beat.at - at).abs());
    nearest.map_or(at, |beat| beat.at)
}

/// The lines where parts begin.
fn lines(ui: &Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track, scale: Scale) -> Option<Change> {
    let mut change = None;
    let dragged = Id::unique(("dragged section", id));
    for (n, at) in track.sections().iter().enumerate() {
        let grip = Rect::from_center_size(
            pos2(scale.x(*at), scale.rect.center().y),
            vec2(2.0 * GRIP, scale.rect.height()),
        );
        let line = ui.interact(
            grip.intersect(scale.rect),
            Id::unique(("section", id, n)),
            Sense::click_and_drag(),
        );
        let name = format!("Section {} at {}", n + 1, length_text(*at));
        line.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let mut shown = *at;
        if line.dragged() || line.drag_stopped() {
            if let Some(pos) = line.interact_pointer_pos() {
                shown = on_a_bar(ctx, id, scale, scale.at(pos.x));
                ui.data_mut(|data| data.insert_temp(dragged, shown.get()));
            } else if let Some(last) = ui.data(|data| data.get_temp::<i64>(dragged)) {
                shown = Ticks::new(last);
            }
            if line.drag_stopped() {
                change = Some(Change::Move(n, shown));
            }
        }
        paint(ui, scale, shown, &line);
        if line.has_focus() {
            change = keys(ui, n, *at).or(change);
        }
        line.context_menu(|ui| {
            if ui.button("Play from here").clicked() {
                let play = TransportAction::PlayFrom(id, *at);
                ctx.request(Action::Transport(play));
            }
            if ui.button("Remove section").clicked() {
                change = Some(Change::Remove(n));
            }
        });
        line.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal)
            .on_hover_text(format!("{name}\nDrag moves it, Delete removes it"));
    }
    change
}

fn paint(ui: &Ui, scale: Scale, at: Ticks, line: &Response) {
    let tokens = tokens(ui);
    let is_near = line.hovered() || line.dragged() || line.has_focus();
    let stroke = if is_near {
        Stroke::new(size::FOCUS, tokens.text)
    } else {
        Stroke::new(size::HAIRLINE, tokens.weak)
    };
    let x = scale.x(at);
    ui.painter().vline(x, scale.rect.y_range(), stroke);
    let flag = Rect::from_min_size(pos2(x, scale.rect.bottom() - 5.0), vec2(5.0, 5.0));
    ui.painter().rect_filled(flag, 0.0, stroke.color);
}

/// What the keys mean for the line that has the keyboard.
fn keys(ui: &Ui, n: usize, at: Ticks) -> Option<Change> {
    ui.input(|input| {
        if input.key_pressed(Key::Delete) || input.key_pressed(Key::Backspace) {
            Some(Change::Remove(n))
        } else if input.key_pressed(Key::ArrowLeft) {
            Some(Change::Move(n, at - STEP))
        } else if input.key_pressed(Key::ArrowRight) {
            Some(Change::Move(n, at + STEP))
        } else {
            None
        }
    })
}

/// The parts after a change: in order, and none too short.
fn changed(sections: &[Ticks], change: &Change) -> Vec<Ticks> {
    let mut sections = sections.to_vec();
    let kept = match *change {
        Change::Move(n, at) => {
            if let Some(section) = sections.get_mut(n) {
                *section = at.max(Ticks::ZERO);
            }
            Some(at.max(Ticks::ZERO))
        }
        Change::Add(at) => {
            sections.push(at);
            Some(at)
        }
        Change::Remove(n) => {
            if n < sections.len() {
                sections.remove(n);
            }
            None
        }
    };
    sections.sort_unstable();
    sections.dedup();
    // What was just set stays; others that are too near make room.
    if let Some(kept) = kept {
        sections.retain(|at| *at == kept || (*at - kept).abs() >= SHORTEST);
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(sections: &[i64], change: &Change) -> Vec<i64> {
        let sections: Vec<Ticks> = sections.iter().map(|at| Ticks::from_secs(*at)).collect();
        let changed = changed(&sections, change).into_iter();
        changed.map(|at| at.get() / Ticks::PER_SECOND).collect()
    }

    #[test]
    fn a_part_moved_past_another_is_in_its_place() {
        let change = Change::Move(0, Ticks::from_secs(50));
        assert_eq!(after(&[10, 40, 90], &change), [40, 50, 90]);
    }

    #[test]
    fn a_part_added_on_another_takes_its_place() {
        let near = Ticks::from_millis(40_500);
        assert_eq!(after(&[10, 40, 90], &Change::Add(near)), [10, 40, 90]);
        let parts = changed(&[Ticks::from_secs(40)], &Change::Add(near));
        assert_eq!(parts, [near]);
    }

    #[test]
    fn a_part_removed_is_part_of_the_one_before() {
        assert_eq!(after(&[10, 40, 90], &Change::Remove(1)), [10, 90]);
    }

    #[test]
    fn no_part_begins_before_the_recording() {
        let change = Change::Move(0, Ticks::from_secs(-3));
        assert_eq!(after(&[0, 40], &change), [0, 40]);
    }
}
