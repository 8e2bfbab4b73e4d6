//! The rows of alternates of the slot at hand: click picks, drag slips, the keys 1 to 9 pick.

use egui::CursorIcon;
use egui::Rangef;
use egui::Rect;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;
use egui::vec2;

use super::ALTERNATE_ROW;
use super::sound::Strength;
use super::sound::alternate_wave;
use crate::app::Action;
use crate::app::Focus;
use crate::app::TimelineAction;
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Slot;
use crate::model::SlotId;
use crate::ops::place::Lie;
use crate::ops::place::Target;
use crate::ui::panels::timeline::gesture::Grip;
use crate::ui::panels::timeline::layout::block;
use crate::ui::panels::timeline::stage::Found;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::panels::timeline::stage::id_of;
use crate::ui::panels::timeline::stage::line;
use crate::ui::panels::timeline::words;
use crate::ui::theme::size;
use crate::ui::theme::type_style;

/// One alternate in its row.
struct Row<'a> {
    slot_id: SlotId,
    slot: &'a Slot,
    id: AlternateId,
    alternate: &'a Alternate,
    number: usize,
    /// The row across the whole lane.
    across: Rect,
}

/// Draws the alternates of the slot at hand and answers for them. `scroll` is how far they are
/// scrolled.
pub(in crate::ui::panels::timeline) fn alternates_ui(
    ui: &mut Ui,
    stage: &Stage<'_>,
    found: &mut Found,
    scroll: f32,
) {
    let lane = stage.lanes.alternates;
    let slot = stage.at_hand.and_then(|id| Some((id, stage.cut.slot(id)?)));
    let Some((slot_id, slot)) = slot else {
        hint(
            ui,
            stage,
            "Click a slot, or arm a scene, to see what was tried there",
        );
        return;
    };
    let alternates = slot.alternates();
    if alternates.is_empty() {
        hint(
            ui,
            stage,
            "Nothing was tried here yet: drop tracks on the slot",
        );
        return;
    }
    found.targets.push((lane, Target::Slot(slot_id)));
    // Rows that are scrolled out of the lane neither show nor answer.
    let mut within = ui.new_child(egui::UiBuilder::new().max_rect(lane));
    within.set_clip_rect(lane.intersect(ui.clip_rect()));
    let height = row_height(lane, alternates.len());
    for (n, (id, alternate)) in alternates.into_iter().enumerate() {
        let top = lane.top() + height * n as f32 - scroll;
        let across = Rect::from_x_y_ranges(lane.x_range(), Rangef::new(top, top + height));
        if !across.intersects(lane) {
            continue;
        }
        let row = Row {
            slot_id,
            slot,
            id,
            alternate,
            number: n + 1,
            across,
        };
        row_ui(&within, stage, found, &row);
    }
}

/// Rows are as high as there is room, within reason.
fn row_height(lane: Rect, n_rows: usize) -> f32 {
    (lane.height() / n_rows as f32).clamp(24.0, ALTERNATE_ROW)
}

fn hint(ui: &Ui, stage: &Stage<'_>, text: &str) {
    let lane = stage.lanes.alternates;
    let color = stage.tokens.faint;
    let galley = line(ui, text, type_style::small(), color, lane.width() - 24.0);
    let at = pos2(lane.left() + 12.0, lane.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
}

fn row_ui(ui: &Ui, stage: &Stage<'_>, found: &mut Found, row: &Row<'_>) {
    let is_ghost = stage.ghost == Some((row.slot_id, row.id));
    let is_pick = row.slot.pick == Some(row.id);
    let is_focused = stage.focus == Focus::Slot(row.slot_id, Some(row.id));
    let inner = row.across.shrink2(vec2(0.0, 1.5));
    let seen = inner.x_range();
    let block = block(row.id, row.slot.span, inner.y_range(), seen, stage.scale);
    if is_ghost {
        paint(ui, stage, row, block.map(|block| block.rect), Look::Ghost);
        return;
    }
    // The number in the margin picks even when the slot is out of sight.
    let number = Rect::from_min_size(inner.min, vec2(NUMBER, inner.height()));
    let hit = block.map_or(number, |block| block.rect.union(number));
    let response = stage.thing(
        ui,
        id_of("alternate", row.id),
        hit.intersect(ui.clip_rect()),
        Sense::click_and_drag(),
        || {
            let picked = if is_pick {
                words::Picked::Yes
            } else {
                words::Picked::No
            };
            let name = words::alternate(stage.show, row.number, row.alternate, picked);
            WidgetInfo::selected(Role::RadioButton, true, is_pick, name)
        },
    );
    let is_tried = |trial: &&Lie| trial.slot == Some(row.slot_id);
    let tried = stage
        .trial
        .filter(is_tried)
        .map(|trial| trial.alternate.track);
    let turn = stage.ctx.app.transport().turn();
    let turn = turn.filter(|turn| turn.slot == row.slot_id);
    let look = match () {
        // A blind round shows nothing of what it plays.
        () if turn.is_some_and(|turn| turn.alternate == row.id && !turn.is_blind) => Look::Tried,
        () if is_pick && turn.is_some() => Look::Silent,
        () if tried == Some(row.alternate.track) => Look::Tried,
        () if is_pick && tried.is_some() => Look::Silent,
        () if is_pick => Look::Pick,
        () if is_focused || response.hovered() => Look::Near,
        () => Look::Calm,
    };
    paint(ui, stage, row, block.map(|block| block.rect), look);
    stage.focus_ring(ui, &response, inner);
    if !stage.is_quiet(ui) {
        answer(ui, stage, found, row, response);
    }
}

fn answer(ui: &Ui, stage: &Stage<'_>, found: &mut Found, row: &Row<'_>, response: Response) {
    if response.clicked() {
        let pick = TimelineAction::Pick(row.slot_id, row.id);
        stage.ask(Action::Timeline(pick));
    }
    if response.drag_started()
        && let Some(pos) = ui.input(|input| input.pointer.press_origin())
    {
        found.grabbed = Some((Grip::Slip(row.slot_id, row.id), pos));
    }
    response.context_menu(|ui| {
        if ui.button("Pick").clicked() {
            let pick = TimelineAction::Pick(row.slot_id, row.id);
            stage.ask(Action::Timeline(pick));
        }
        if ui.button("Edit in the inspector").clicked() {
            let focus = Focus::Slot(row.slot_id, Some(row.id));
            stage.ask(Action::Focus(focus));
        }
        ui.separator();
        if ui.button("Remove from the slot").clicked() {
            let remove = TimelineAction::RemoveAlternate(row.slot_id, row.id);
            stage.ask(Action::Timeline(remove));
        }
    });
    response
        .on_hover_and_drag_cursor(CursorIcon::Grab)
        .on_hover_ui_at_pointer(|ui| {
            ui.strong(words::credit(stage.show, row.alternate));
            if !row.alternate.note.is_empty() {
                ui.label(&row.alternate.note);
            }
            ui.weak(format!(
                "Click or {} picks it, drag slips it",
                row.number.min(9)
            ));
        });
}

/// Width of the numbers at the left edge.
const NUMBER: f32 = 20.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Calm,
    Near,
    /// It is the pick, and heard.
    Pick,
    /// It is the pick, but another track is tried in its place.
    Silent,
    /// It is tried in place of the pick.
    Tried,
    /// It would be dropped here.
    Ghost,
}

fn paint(ui: &Ui, stage: &Stage<'_>, row: &Row<'_>, block: Option<Rect>, look: Look) {
    let tokens = stage.tokens;
    let painter = ui.painter();
    let (ground, strength) = match look {
        Look::Pick => (tokens.slot_fill, Strength::Full),
        Look::Silent => (tokens.slot_fill, Strength::Dimmed),
        Look::Ghost | Look::Tried => (tokens.accent_soft, Strength::Full),
        Look::Near => (tokens.row_hover, Strength::Dimmed),
        Look::Calm => (tokens.base, Strength::Dimmed),
    };
    if let Some(rect) = block {
        painter.rect_filled(rect, size::RADIUS, ground);
        let wave = rect.shrink2(vec2(1.0, 2.0));
        let span = row.slot.span;
        alternate_wave(ui, stage, row.alternate, span, wave, ground, strength);
        let stroke = match look {
            Look::Pick | Look::Silent => Stroke::new(size::HAIRLINE, tokens.slot_selected),
            Look::Ghost | Look::Tried => Stroke::new(size::FOCUS, tokens.ghost_ok),
            Look::Near => Stroke::new(size::HAIRLINE, tokens.line_strong),
            Look::Calm => Stroke::new(size::HAIRLINE, tokens.line),
        };
        painter.rect_stroke(rect, size::RADIUS, stroke, StrokeKind::Inside);
    }
    title(ui, stage, row, block, look, ground);
}

/// Number and title, at the slot's beginning or, where that is out of sight, at the left edge.
fn title(
    ui: &Ui,
    stage: &Stage<'_>,
    row: &Row<'_>,
    block: Option<Rect>,
    look: Look,
    ground: egui::Color32,
) {
    let tokens = stage.tokens;
    let painter = ui.painter();
    let (color, font) = match look {
        Look::Pick | Look::Ghost | Look::Tried => (tokens.text, type_style::strong()),
        Look::Near | Look::Silent => (tokens.text, type_style::body()),
        Look::Calm => (tokens.weak, type_style::body()),
    };
    let left = block.map_or(row.across.left(), |rect| rect.left()) + 6.0;
    let left = left.max(row.across.left() + 6.0);
    let middle = row.across.center().y;
    let chip = Rect::from_center_size(pos2(left + 7.0, middle), vec2(15.0, 15.0));
    let (chip_fill, chip_text) = match look {
        Look::Pick | Look::Silent | Look::Ghost => (tokens.accent, tokens.on_accent),
        Look::Near | Look::Calm | Look::Tried => (tokens.control, tokens.text),
    };
    let text = line(
        ui,
        words::title(stage.show, row.alternate),
        font,
        color,
        220.0_f32.min(row.across.right() - chip.right() - 12.0),
    );
    // The words stay readable over the waveform.
    let words = Rect::from_min_size(
        pos2(chip.right() + 5.0, middle - text.size().y / 2.0),
        text.size(),
    );
    painter.rect_filled(
        chip.union(words).expand2(vec2(4.0, 1.0)),
        size::RADIUS,
        ground.gamma_multiply(0.78),
    );
    painter.rect_filled(chip, size::RADIUS, chip_fill);
    painter.text(
        chip.center(),
        egui::Align2::CENTER_CENTER,
        row.number,
        type_style::small_strong(),
        chip_text,
    );
    painter.galley(words.min, text, color);
}
