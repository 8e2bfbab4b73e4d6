//! The lane of music: slots with the waveform of their pick, level and fades; or what they want.

mod handles;
mod paint;

use egui::CursorIcon;
use egui::Response;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::vec2;

use super::edges::edges_ui;
use crate::app::Action;
use crate::app::Focus;
use crate::app::TimelineAction;
use crate::app::TransportAction;
use crate::model::Slot;
use crate::model::SlotId;
use crate::ops::place::Target;
use crate::ui::panels::timeline::gesture::Grip;
use crate::ui::panels::timeline::gesture::Hold;
use crate::ui::panels::timeline::layout::Block;
use crate::ui::panels::timeline::layout::block;
use crate::ui::panels::timeline::layout::blocks;
use crate::ui::panels::timeline::pill::Tone;
use crate::ui::panels::timeline::stage::Found;
use crate::ui::panels::timeline::stage::Shown;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::panels::timeline::stage::id_of;
use crate::ui::panels::timeline::words;

/// Draws the slots and answers for them.
pub(in crate::ui::panels::timeline) fn music_ui(ui: &Ui, stage: &Stage<'_>, found: &mut Found) {
    let lane = stage.lanes.music.shrink2(vec2(0.0, 4.0));
    let model = stage.model;
    let mut seen = blocks(&model.slots, model.n_slot_rows, lane, stage.scale);
    seen.sort_by(|a, b| b.rect.width().total_cmp(&a.rect.width()));
    for block in &seen {
        if let Some(slot) = stage.cut.slot(block.id) {
            slot_ui(ui, stage, found, block, slot);
        }
    }
    // A track tried against a scene that has no slot yet lies where it would be placed.
    if let Some(trial) = stage.trial.filter(|trial| trial.slot.is_none())
        && stage.ghost.is_none()
        && let Some(block) = block((), trial.span, lane.y_range(), lane.x_range(), stage.scale)
    {
        paint::trial(ui, stage, &block, &trial.alternate);
    }
}

fn slot_ui(ui: &Ui, stage: &Stage<'_>, found: &mut Found, block: &Block<SlotId>, slot: &Slot) {
    let id = block.id;
    let is_ghost = stage.ghost.is_some_and(|(ghost, _)| ghost == id);
    let music = stage.music_of(id);
    // What is not there yet has nothing to answer.
    let is_new =
        is_ghost && matches!(music, Some((Shown::Ghost(_), _))) && slot.alternates().len() <= 1;
    if is_new {
        paint::slot(ui, stage, block, slot, music, paint::Mood::Ghost);
        return;
    }
    let is_focused = matches!(stage.focus, Focus::Slot(focus, _) if focus == id);
    let response = stage.thing(
        ui,
        id_of("slot", id),
        block.rect,
        Sense::click_and_drag(),
        || {
            let name = words::slot(stage.show, stage.cut, slot);
            WidgetInfo::selected(Role::Button, true, is_focused, name)
        },
    );
    let edges = edges_ui(ui, stage, id_of("slot edge", id), block);
    found.targets.push((block.rect, Target::Slot(id)));
    let mood = match () {
        () if is_ghost => paint::Mood::Ghost,
        () if matches!(stage.drop, Some((Target::Slot(over), Tone::Refusal)) if over == id) => {
            paint::Mood::Refused
        }
        () if is_focused => paint::Mood::Focused,
        () if response.hovered() && !stage.is_quiet(ui) => paint::Mood::Hovered,
        () => paint::Mood::Calm,
    };
    paint::slot(ui, stage, block, slot, music, mood);
    stage.focus_ring(ui, &response, block.rect);
    if stage.is_quiet(ui) {
        return;
    }
    answer(ui, stage, found, block, slot, &response, &edges);
    if let Some((Shown::Pick(alternate_id), alternate)) = music {
        let is_near = is_focused || response.contains_pointer();
        if is_near {
            handles::handles_ui(ui, stage, found, block, (alternate_id, alternate));
        }
    }
    menu(stage, id, slot, &response);
    let is_slipping = ui.input(|input| input.modifiers.alt);
    let cursor = if is_slipping {
        CursorIcon::Grab
    } else {
        CursorIcon::Default
    };
    response
        .on_hover_cursor(cursor)
        .on_hover_ui_at_pointer(|ui| tooltip(ui, stage, slot));
}

fn answer(
    ui: &Ui,
    stage: &Stage<'_>,
    found: &mut Found,
    block: &Block<SlotId>,
    slot: &Slot,
    response: &Response,
    edges: &[(crate::ops::timeline::End, Response)],
) {
    let id = block.id;
    let all = || edges.iter().map(|(_, edge)| edge).chain([response]);
    if all().any(Response::double_clicked) {
        stage.ask(Action::Transport(TransportAction::Seek(slot.span.start())));
    } else if all().any(Response::clicked) {
        stage.ask(Action::Focus(Focus::Slot(id, slot.pick)));
    }
    let Some(pos) = ui.input(|input| input.pointer.press_origin()) else {
        return;
    };
    if response.drag_started() {
        let is_slipping = ui.input(|input| input.modifiers.alt);
        let grip = match slot.pick.filter(|_| is_slipping) {
            Some(pick) => Grip::Slip(id, pick),
            None => Grip::Slot(id, Hold::Whole),
        };
        found.grabbed = Some((grip, pos));
    }
    for (end, edge) in edges {
        if edge.drag_started() {
            found.grabbed = Some((Grip::Slot(id, Hold::Edge(*end)), pos));
        }
    }
}

fn menu(stage: &Stage<'_>, id: SlotId, slot: &Slot, response: &Response) {
    response.context_menu(|ui| {
        if ui.button("Go to slot").clicked() {
            stage.ask(Action::Transport(TransportAction::Seek(slot.span.start())));
        }
        if ui.button("Edit in the inspector").clicked() {
            stage.ask(Action::Focus(Focus::Slot(id, slot.pick)));
        }
        let alternates = slot.alternates();
        if !alternates.is_empty() {
            ui.separator();
            for (n, (alternate_id, alternate)) in alternates.into_iter().enumerate() {
                let is_pick = slot.pick == Some(alternate_id);
                let text = format!("{}  {}", n + 1, words::title(stage.show, alternate));
                if ui.radio(is_pick, text).clicked() {
                    stage.ask(Action::Timeline(TimelineAction::Pick(id, alternate_id)));
                    ui.close();
                }
            }
        }
        ui.separator();
        if let Some(pick) = slot.pick
            && ui.button("Remove the pick from the slot").clicked()
        {
            stage.ask(Action::Timeline(TimelineAction::RemoveAlternate(id, pick)));
        }
        if ui.button("Delete slot").clicked() {
            stage.ask(Action::Timeline(TimelineAction::RemoveSlot(id)));
        }
    });
}

fn tooltip(ui: &mut Ui, stage: &Stage<'_>, slot: &Slot) {
    match slot.picked() {
        Some((_, alternate)) => {
            ui.strong(words::credit(stage.show, alternate));
            let source = alternate.source_in(slot.span);
            ui.label(format!(
                "{}  ({}), from {} of the track",
                words::span(stage.cut, slot.span),
                words::length(stage.cut, slot.span.length()),
                words::length(stage.cut, source)
            ));
            ui.label(format!("Level {}", alternate.gain));
            if let Some(music) = words::as_music(stage.show, stage.cut, alternate) {
                ui.label(music);
            }
        }
        None => {
            ui.strong("This slot wants music");
            ui.label(words::span(stage.cut, slot.span));
        }
    }
    if !slot.why.is_empty() {
        ui.label(&slot.why);
    }
    ui.weak("Drag moves, edges trim, Alt+drag slips the track, Alt+arrows nudge it by a beat, 1–9 pick another");
}
