//! An alternate: how its track lies against the picture, its level, its fades, its pin.

use egui::Ui;

use super::form;
use crate::app::Action;
use crate::app::TimelineAction;
use crate::model::Alternate;
use crate::model::AlternateField;
use crate::model::AlternateId;
use crate::model::Cut;
use crate::model::Decibels;
use crate::model::MarkerId;
use crate::model::Pin;
use crate::model::Slot;
use crate::model::SlotId;
use crate::ui::Ctx;
use crate::ui::widgets::DragNumber;
use crate::ui::widgets::Section;
use crate::ui::widgets::TimecodeField;
use crate::ui::widgets::choice;

/// Shows an alternate of a slot.
pub(super) fn alternate_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    cut: &Cut,
    (slot_id, slot): (SlotId, &Slot),
    (id, alternate): (AlternateId, &Alternate),
) {
    let track = ctx.app.show().and_then(|show| show.track(alternate.track));
    let title = track.map_or("Missing track", |track| track.title.as_str());
    let shape = |field| {
        let shape = TimelineAction::Shape(slot_id, id, field);
        ctx.request(Action::Timeline(shape));
    };
    ui.push_id(id, |ui| {
        Section::new(title).show(ui, |ui| {
            alignment_ui(ui, ctx, cut, (slot_id, slot), (id, alternate));
            let gain = form::row(ui, "Level", |ui| {
                DragNumber::gain("Level", alternate.gain.to_f32())
                    .show(ui)
                    .committed
            });
            if let Some(gain) = gain {
                shape(AlternateField::Gain(Decibels::nearest_to(f64::from(gain))));
            }
            for (name, fade, field) in [
                (
                    "Fade in",
                    alternate.fade_in,
                    AlternateField::FadeIn as fn(_) -> _,
                ),
                ("Fade out", alternate.fade_out, AlternateField::FadeOut),
            ] {
                let faded = form::row(ui, name, |ui| {
                    TimecodeField::length(name, cut.timebase, fade)
                        .show(ui)
                        .committed
                });
                if let Some(fade) = faded {
                    shape(field(fade));
                }
            }
            if let Some(pin) = pin_ui(ui, cut, alternate) {
                shape(AlternateField::Pin(pin));
            }
            let hint = "What speaks for it, what against";
            if let Some(note) = form::text_block(ui, "Note", &alternate.note, hint) {
                shape(AlternateField::Note(note));
            }
        });
    });
}

/// Where the music begins, and with which moment of the track: either slips it.
fn alignment_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    cut: &Cut,
    (slot_id, slot): (SlotId, &Slot),
    (id, alternate): (AlternateId, &Alternate),
) {
    let slip = |by| {
        let slip = TimelineAction::Slip(slot_id, id, by);
        ctx.request(Action::Timeline(slip));
    };
    let begins = alternate.at(slot.span);
    let to = form::row(ui, "Begins at", |ui| {
        TimecodeField::position("Begins at", cut.timebase, cut.start, begins)
            .show(ui)
            .committed
    });
    if let Some(to) = to {
        slip(to - begins);
    }
    let source_in = alternate.source_in(slot.span);
    let from = form::row(ui, "From track", |ui| {
        TimecodeField::length("From track", cut.timebase, source_in)
            .show(ui)
            .committed
    });
    if let Some(from) = from {
        slip(source_in - from);
    }
}

/// The marker that what sounds there is tied to; returns another one that was picked, or that none
/// is to be.
#[expect(
    clippy::option_option,
    reason = "nothing picked, or nothing pinned any more"
)]
fn pin_ui(ui: &mut Ui, cut: &Cut, alternate: &Alternate) -> Option<Option<Pin>> {
    let markers = cut.markers();
    let names: Vec<(Option<MarkerId>, String)> = markers
        .iter()
        .map(|(id, marker)| {
            let place = cut.label(marker.at);
            let name = match marker.name.as_str() {
                "" => place,
                name => format!("{name}  {place}"),
            };
            (Some(*id), name)
        })
        .collect();
    let options: Vec<(Option<MarkerId>, &str)> = [(None, "Not pinned")]
        .into_iter()
        .chain(names.iter().map(|(id, name)| (*id, name.as_str())))
        .collect();
    let current = alternate.pin.map(|pin| pin.marker);
    let picked = form::row(ui, "Pin", |ui| choice(ui, "Pin", &options, current))?;
    let pin = picked.and_then(|id| {
        Some(Pin {
            // What sounds at the marker now is what is tied to it.
            moment: cut.marker(id)?.at - alternate.track_start,
            marker: id,
        })
    });
    Some(pin)
}
