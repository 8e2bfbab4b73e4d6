//! What a slot's music is to the programme: the facts that a cue sheet is made of.

use egui::Ui;

use super::form;
use super::words;
use crate::app::Action;
use crate::app::TimelineAction;
use crate::model::Slot;
use crate::model::SlotField;
use crate::model::SlotId;
use crate::ui::Ctx;
use crate::ui::widgets::choice;

/// Shows what is said of the use of music in a slot.
pub(super) fn cue_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: SlotId, slot: &Slot) {
    let set = |field| ctx.request(Action::Timeline(TimelineAction::SetSlot(id, field)));
    let function = form::row(ui, "Used as", |ui| {
        choice(ui, "Used as", &words::FUNCTIONS, slot.function)
    });
    if let Some(function) = function {
        set(SlotField::Function(function));
    }
    let sight = form::row(ui, "Seen", |ui| {
        choice(ui, "Seen", &words::SIGHTS, slot.sight)
    });
    if let Some(sight) = sight {
        set(SlotField::Sight(sight));
    }
    let voice = form::row(ui, "Voice", |ui| {
        choice(ui, "Voice", &words::VOICES, slot.voice)
    });
    if let Some(voice) = voice {
        set(SlotField::Voice(voice));
    }
    if let Some(number) = form::text_row(ui, "Cue number", &slot.cue_number, "counted") {
        set(SlotField::CueNumber(number.trim().to_owned()));
    }
}
