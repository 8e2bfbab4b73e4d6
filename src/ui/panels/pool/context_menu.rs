//! What can be done with a row, or with every selected row where it is one of them.

use egui::Button;
use egui::Key;
use egui::TextEdit;
use egui::Ui;

use crate::app::Action;
use crate::app::MeasuringAction;
use crate::app::PoolAction;
use crate::app::TransportAction;
use crate::model::PoolState;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::time::Ticks;
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;

/// Shows the menu of the row of `track`.
pub(super) fn context_menu_ui(ui: &mut Ui, ctx: &Ctx<'_>, track: TrackId) {
    let selection = ctx.app.selection();
    let tracks = if selection.has(track) {
        selection.tracks().to_vec()
    } else {
        vec![track]
    };
    let ask = |action| ctx.request(Action::Pool(action));
    if ui.button("Play from start").clicked() {
        let play = TransportAction::PlayFrom(track, Ticks::ZERO);
        ctx.request(Action::Transport(play));
    }
    if ctx.app.transport().armed().is_some() {
        let place = Button::new(Command::PlaceOnScene.text()).shortcut_text("Enter");
        if ui.add(place).clicked() {
            ctx.run(Command::PlaceOnScene);
        }
    }
    ui.separator();
    let state = ctx.app.show().and_then(|show| show.track(track));
    let state = state.map(|track| track.state);
    for choice in PoolState::ALL {
        let label = match choice {
            PoolState::Suggested => "Suggested",
            PoolState::Approved => "Approved",
            PoolState::Rejected => "Rejected",
            PoolState::Retired => "Retired",
        };
        if ui.selectable_label(state == Some(choice), label).clicked() {
            ask(PoolAction::Set(tracks.clone(), TrackField::State(choice)));
        }
    }
    ui.separator();
    ui.menu_button("Tag", |ui| tag_ui(ui, ctx, &tracks));
    if ui.button(Command::MeasureAgain.text()).clicked() {
        let again = MeasuringAction::Again(tracks.clone());
        ctx.request(Action::Measuring(again));
    }
    if ui.button("Show file in folder").clicked() {
        ask(PoolAction::Reveal(track));
    }
    ui.separator();
    let remove = match tracks.len() {
        1 => "Remove from pool".to_owned(),
        n => format!("Remove {n} tracks from pool"),
    };
    if ui.button(remove).clicked() {
        ask(PoolAction::Remove(tracks));
    }
}

/// The tags of the tracks, to be taken off, and an entry for another.
fn tag_ui(ui: &mut Ui, ctx: &Ctx<'_>, tracks: &[TrackId]) {
    ui.set_min_width(160.0);
    let id = ui.make_persistent_id("new tag");
    let mut text = ui
        .data(|data| data.get_temp::<String>(id))
        .unwrap_or_default();
    let entry = ui.add(
        TextEdit::singleline(&mut text)
            .hint_text("New tag")
            .desired_width(150.0),
    );
    let is_entered = entry.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if is_entered && !text.trim().is_empty() {
        ctx.request(Action::Pool(PoolAction::Tag(tracks.to_vec(), text.clone())));
        text.clear();
        ui.close();
    }
    ui.data_mut(|data| data.insert_temp(id, text));
    let Some(show) = ctx.app.show() else { return };
    let mut tags: Vec<&str> = tracks
        .iter()
        .filter_map(|id| show.track(*id))
        .flat_map(|track| track.tags.iter().map(String::as_str))
        .collect();
    tags.sort_unstable();
    tags.dedup();
    for tag in tags {
        if ui.selectable_label(true, tag).clicked() {
            let untag = PoolAction::Untag(tracks.to_vec(), tag.to_owned());
            ctx.request(Action::Pool(untag));
        }
    }
}
