//! A slot: why there is music, where it lies, and what was tried.

use egui::Ui;

use super::alternate;
use super::cue::cue_ui;
use super::form;
use crate::app::Action;
use crate::app::Focus;
use crate::app::TimelineAction;
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Cut;
use crate::model::Opinion;
use crate::model::PersonId;
use crate::model::Slot;
use crate::model::SlotField;
use crate::model::SlotId;
use crate::model::Verdict;
use crate::ops::timeline::End;
use crate::ui::Ctx;
use crate::ui::commands::Command;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::Section;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::TimecodeField;
use crate::ui::widgets::elided_label;

/// Shows a slot, and in full the alternate that was chosen, or else the pick.
pub(super) fn slot_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    cut: &Cut,
    id: SlotId,
    chosen: Option<AlternateId>,
) {
    let Some(slot) = cut.slot(id) else { return };
    ui.push_id(("slot", id), |ui| {
        fields_ui(ui, ctx, cut, id, slot);
        Section::new("Cue sheet").show(ui, |ui| cue_ui(ui, ctx, id, slot));
        let alternates = slot.alternates();
        Section::new("Alternates")
            .count(alternates.len())
            .show(ui, |ui| {
                list_ui(ui, ctx, id, slot, chosen);
                if alternates.len() > 1 {
                    round_ui(ui, ctx);
                }
            });
        let shown = chosen.or(slot.pick);
        if let Some((alternate_id, shown)) = shown.and_then(|a| Some((a, slot.alternate(a)?))) {
            alternate::alternate_ui(ui, ctx, cut, (id, slot), (alternate_id, shown));
        }
        form::buttons(ui, |ui| {
            if ui.add(TextButton::new("Delete slot").quiet()).clicked() {
                ctx.request(Action::Timeline(TimelineAction::RemoveSlot(id)));
            }
        });
    });
}

fn fields_ui(ui: &mut Ui, ctx: &Ctx<'_>, cut: &Cut, id: SlotId, slot: &Slot) {
    let scene = slot.scene.and_then(|scene| cut.scene(scene));
    let place = scene.map_or_else(|| cut.label(slot.span.start()), crate::model::Scene::title);
    form::heading(ui, Icon::Note, "Slot", &place);
    let hint = "Why there is music here";
    if let Some(why) = form::text_block(ui, "Why", &slot.why, hint) {
        let set = TimelineAction::SetSlot(id, SlotField::Why(why));
        ctx.request(Action::Timeline(set));
    }
    for (name, end, at) in [
        ("In", End::In, slot.span.start()),
        ("Out", End::Out, slot.span.end()),
    ] {
        let to = form::row(ui, name, |ui| {
            TimecodeField::position(name, cut.timebase, cut.start, at)
                .show(ui)
                .committed
        });
        if let Some(to) = to {
            ctx.request(Action::Timeline(TimelineAction::TrimSlot(id, end, to)));
        }
    }
    form::fact(
        ui,
        "Length",
        &form::length_text(cut.timebase, slot.span.length()),
    );
}

/// The alternates, each with a button that picks it; a click on the name shows it in full.
fn list_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: SlotId, slot: &Slot, chosen: Option<AlternateId>) {
    if slot.alternates().is_empty() {
        form::remark(ui, "Nothing was tried yet: drop tracks on the slot");
    }
    for (n, (alternate_id, alternate)) in slot.alternates().into_iter().enumerate() {
        let track = ctx.app.show().and_then(|show| show.track(alternate.track));
        let title = track.map_or("Missing track", |track| track.title.as_str());
        let is_pick = slot.pick == Some(alternate_id);
        let number = n + 1;
        ui.horizontal(|ui| {
            let pick = ui.radio(is_pick, number.to_string());
            let name = format!("Pick {title}");
            pick.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_pick, &name)
            });
            if pick
                .on_hover_text(format!("Pick it ({})", number.min(9)))
                .clicked()
            {
                let pick = TimelineAction::Pick(id, alternate_id);
                ctx.request(Action::Timeline(pick));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = format!("Remove {title}");
                let remove = IconButton::new(Icon::Close, &name).side(size::CHIP);
                if ui.add(remove).clicked() {
                    let remove = TimelineAction::RemoveAlternate(id, alternate_id);
                    ctx.request(Action::Timeline(remove));
                }
                let turn = ctx.app.transport().turn();
                // In a blind round a verdict would give away what it was about.
                if turn.is_none_or(|turn| !turn.is_blind) {
                    verdicts_ui(ui, ctx, alternate);
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let is_shown = chosen.or(slot.pick) == Some(alternate_id);
                    let (font, color) = if is_shown {
                        (type_style::strong(), tokens(ui).text)
                    } else {
                        (type_style::body(), tokens(ui).weak)
                    };
                    let label = elided_label(ui, title, font, color);
                    let shows = label.interact(egui::Sense::click());
                    if shows.clicked() {
                        ctx.request(Action::Focus(Focus::Slot(id, Some(alternate_id))));
                    }
                });
            });
        });
    }
}

/// What people think of an alternate, in short; who and when under the pointer.
fn verdicts_ui(ui: &mut Ui, ctx: &Ctx<'_>, alternate: &Alternate) {
    let tokens = tokens(ui);
    // From right to left, so that the best comes first.
    for opinion in Opinion::ALL.into_iter().rev() {
        let of = alternate.verdicts.iter();
        let of: Vec<_> = of
            .filter(|(_, verdict)| verdict.opinion == opinion)
            .collect();
        if of.is_empty() {
            continue;
        }
        let (word, color) = match opinion {
            Opinion::Keep => ("keep", tokens.accent),
            Opinion::Maybe => ("maybe", tokens.weak),
            Opinion::Drop => ("drop", tokens.error),
        };
        let text = match of.len() {
            1 => word.to_owned(),
            n => format!("{word} {n}"),
        };
        let said = |(person, verdict): &(&PersonId, &Verdict)| {
            let person = ctx.app.show().and_then(|show| show.person(**person));
            let name = person.map_or("somebody", |person| person.name.as_str());
            let (date, time) = (verdict.at.date(), verdict.at.time_of_day());
            format!(
                "{word}: {name}, {date} {} UTC",
                time.get(..5).unwrap_or(&time)
            )
        };
        let lines: Vec<String> = of.iter().map(said).collect();
        let text = egui::RichText::new(text)
            .font(type_style::small())
            .color(color);
        ui.label(text).on_hover_text(lines.join("\n"));
    }
}

/// Comparing them back to back.
fn round_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let turn = ctx.app.transport().turn();
    form::buttons(ui, |ui| {
        let commands = match turn {
            Some(turn) if turn.is_blind => [(Command::BlindRound, "End blind round")].to_vec(),
            Some(_) => [(Command::Round, "End round")].to_vec(),
            None => [
                (Command::Round, "Round"),
                (Command::BlindRound, "Blind round"),
            ]
            .to_vec(),
        };
        for (command, words) in commands {
            let button = ui.add(TextButton::new(words).quiet());
            if button.on_hover_text(command.hint(ui)).clicked() {
                ctx.run(command);
            }
        }
    });
}
