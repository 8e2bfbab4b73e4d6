//! A scene: number, heading, where it lies, what it should feel like, and its music.

use egui::Ui;

use super::form;
use crate::app::Action;
use crate::app::Focus;
use crate::app::TimelineAction;
use crate::app::TransportAction;
use crate::model::Cut;
use crate::model::Scene;
use crate::model::SceneField;
use crate::model::SceneId;
use crate::ops::place::slot_of_scene;
use crate::ops::timeline::End;
use crate::ui::Ctx;
use crate::ui::theme::Icon;
use crate::ui::widgets::Section;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::TimecodeField;

/// Shows a scene.
pub(super) fn scene_ui(ui: &mut Ui, ctx: &Ctx<'_>, cut: &Cut, id: SceneId) {
    let Some(scene) = cut.scene(id) else { return };
    ui.push_id(("scene", id), |ui| fields_ui(ui, ctx, cut, id, scene));
}

fn fields_ui(ui: &mut Ui, ctx: &Ctx<'_>, cut: &Cut, id: SceneId, scene: &Scene) {
    let set = |field| ctx.request(Action::Timeline(TimelineAction::SetScene(id, field)));
    form::heading(ui, Icon::Scene, "Scene", &scene.title());
    if let Some(number) = form::text_row(ui, "Number", &scene.number, "12A") {
        set(SceneField::Number(number));
    }
    if let Some(name) = form::text_row(ui, "Heading", &scene.name, "INT. BEACH HUT - NIGHT") {
        set(SceneField::Name(name));
    }
    for (name, end, at) in [
        ("In", End::In, scene.span.start()),
        ("Out", End::Out, scene.span.end()),
    ] {
        let to = form::row(ui, name, |ui| {
            TimecodeField::position(name, cut.timebase, cut.start, at)
                .show(ui)
                .committed
        });
        if let Some(to) = to {
            ctx.request(Action::Timeline(TimelineAction::TrimScene(id, end, to)));
        }
    }
    form::fact(
        ui,
        "Length",
        &form::length_text(cut.timebase, scene.span.length()),
    );
    if let Some(color) = form::color_row(ui, scene.color) {
        set(SceneField::Color(color));
    }
    let hint = "What it is about, and what it should feel like";
    if let Some(intent) = form::text_block(ui, "Intent", &scene.intent, hint) {
        set(SceneField::Intent(intent));
    }
    Section::new("Music").show(ui, |ui| music_ui(ui, ctx, cut, id));
    form::buttons(ui, |ui| {
        let is_armed = ctx.app.transport().armed() == Some(id);
        if ui
            .add(TextButton::new("Play scene").icon(Icon::Play))
            .clicked()
        {
            ctx.request(Action::Transport(TransportAction::PlayScene(id)));
        }
        let (text, arm) = if is_armed {
            ("Disarm", None)
        } else {
            ("Arm", Some(id))
        };
        if ui.add(TextButton::new(text)).clicked() {
            ctx.request(Action::Transport(TransportAction::Arm(arm)));
        }
        if ui.add(TextButton::new("Delete scene").quiet()).clicked() {
            ctx.request(Action::Timeline(TimelineAction::RemoveScene(id)));
        }
    });
}

fn music_ui(ui: &mut Ui, ctx: &Ctx<'_>, cut: &Cut, id: SceneId) {
    let Some((slot_id, slot)) = slot_of_scene(cut, id) else {
        form::remark(ui, "No slot yet: drop a track on the scene");
        return;
    };
    let picked = slot.picked().and_then(|(_, alternate)| {
        let track = ctx.app.show()?.track(alternate.track)?;
        Some(track.title.as_str())
    });
    form::fact(ui, "Pick", picked.unwrap_or("Wants music"));
    form::fact(ui, "Tried", &slot.alternates().len().to_string());
    if ui.add(TextButton::new("Open slot")).clicked() {
        ctx.request(Action::Focus(Focus::Slot(slot_id, slot.pick)));
    }
}
