//! What can be done with a row, or with every selected row where it is one of them.

use egui::Button;
use egui::Key;
use egui::TextEdit;
use egui::Ui;

use super::gathered::Gathered;
use crate::app::Action;
use crate::app::ListAction;
use crate::app::MeasuringAction;
use crate::app::PoolAction;
use crate::app::TransportAction;
use crate::model::Color;
use crate::model::PoolState;
use crate::model::Rating;
use crate::model::RenditionKind;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::ops::search::Query;
use crate::time::Ticks;
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::theme::tokens;

/// Shows the menu of the row of `track`.
pub(super) fn context_menu_ui(ui: &mut Ui, ctx: &Ctx<'_>, gathered: &mut Gathered, track: TrackId) {
    // Nothing here may cost more where a hundred thousand are selected.
    let selection = ctx.app.selection();
    let tracks = if selection.has(track) {
        selection.tracks()
    } else {
        std::slice::from_ref(&track)
    };
    gathered.follow(ctx.app, tracks);
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
            ask(PoolAction::Set(tracks.to_vec(), TrackField::State(choice)));
        }
    }
    ui.separator();
    if ui.button("Find similar").clicked() {
        let similar = Query {
            similar: Some(track),
            ..ctx.app.pool().query().of_everything()
        };
        ask(PoolAction::Find(similar));
    }
    lists_ui(ui, ctx, tracks);
    ui.menu_button("Tag", |ui| tag_ui(ui, ctx, gathered, tracks));
    ui.menu_button("Rate", |ui| rate_ui(ui, ctx, tracks));
    ui.menu_button("Color", |ui| label_ui(ui, ctx, tracks));
    ui.menu_button("Rendition", |ui| {
        rendition_ui(ui, ctx, track, (tracks, gathered.is_linked));
    });
    if ui.button(Command::MeasureAgain.text()).clicked() {
        let again = MeasuringAction::Again(tracks.to_vec());
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
        ask(PoolAction::Remove(tracks.to_vec()));
    }
}

/// Stars to be given, and what takes them back.
fn rate_ui(ui: &mut Ui, ctx: &Ctx<'_>, tracks: &[TrackId]) {
    let ask = |rating| ctx.request(Action::Pool(PoolAction::Rate(tracks.to_vec(), rating)));
    for rating in Rating::ALL.into_iter().rev() {
        if ui.button(rating.to_string()).clicked() {
            ask(Some(rating));
        }
    }
    if ui.button("No rating").clicked() {
        ask(None);
    }
}

/// Colors to be labelled with.
fn label_ui(ui: &mut Ui, ctx: &Ctx<'_>, tracks: &[TrackId]) {
    let colors = Color::ALL.into_iter().map(Some);
    for color in std::iter::once(None).chain(colors) {
        let name = color.map_or("none", Color::name);
        let ink = color.map_or(tokens(ui).weak, |color| tokens(ui).label(color).text);
        let name = egui::RichText::new(name).color(ink);
        if ui.button(name).clicked() {
            let field = TrackField::Color(color);
            ctx.request(Action::Pool(PoolAction::Set(tracks.to_vec(), field)));
        }
    }
}

/// What the tracks can be made renditions of: of the one that was pressed, where several are
/// selected, and of what their titles suggest.
fn rendition_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    pressed: TrackId,
    (tracks, is_linked): (&[TrackId], bool),
) {
    let Some(show) = ctx.app.show() else { return };
    let title = |id| show.track(id).map_or("", |track| track.title.as_str());
    if tracks.len() > 1 {
        let heading = format!("Link the others to “{}” as", title(pressed));
        ui.label(heading);
        for (kind, name) in KINDS {
            if ui.button(name).clicked() {
                let others = tracks.iter().copied().filter(|id| *id != pressed);
                let link = PoolAction::Link(others.collect(), pressed, kind);
                ctx.request(Action::Pool(link));
            }
        }
        ui.separator();
    }
    for (id, rendition) in ctx.app.lore().kin.suggestions(show, pressed) {
        let words = format!("Link “{}” to “{}”", title(id), title(rendition.of));
        if ui.button(words).clicked() {
            let link = PoolAction::Link(vec![id], rendition.of, rendition.kind);
            ctx.request(Action::Pool(link));
        }
    }
    let unlink = Button::new("Unlink");
    if ui.add_enabled(is_linked, unlink).clicked() {
        ctx.request(Action::Pool(PoolAction::Unlink(tracks.to_vec())));
    }
}

/// Kinds of renditions, as the menu names them.
const KINDS: [(RenditionKind, &str); 5] = [
    (RenditionKind::Instrumental, "Instrumental"),
    (RenditionKind::Clean, "Clean version"),
    (RenditionKind::Cutdown, "Cutdown"),
    (RenditionKind::Stem, "Stem"),
    (RenditionKind::Other, "Other version"),
];

/// The lists that the tracks can be put on, and the one they can be taken off.
fn lists_ui(ui: &mut Ui, ctx: &Ctx<'_>, tracks: &[TrackId]) {
    let Some(show) = ctx.app.show() else { return };
    let ask = |action| ctx.request(Action::Pool(PoolAction::List(action)));
    let lists = show.lists();
    let made = || lists.iter().filter(|(_, list)| !list.is_smart());
    ui.menu_button("Put on list", |ui| {
        for (id, list) in made() {
            if ui.button(&list.name).clicked() {
                ask(ListAction::Put(*id, tracks.to_vec(), None));
            }
        }
        if made().next().is_some() {
            ui.separator();
        }
        if ui.button("New list").clicked() {
            ask(ListAction::New(tracks.to_vec()));
        }
    });
    let open = ctx.app.pool().query().list;
    if let Some((id, list)) = made().find(|(id, _)| Some(*id) == open) {
        let take_off = format!("Take off “{}”", list.name);
        if ui.button(take_off).clicked() {
            ask(ListAction::TakeOff(*id, tracks.to_vec()));
        }
    }
}

/// The tags of the tracks, to be taken off, and an entry for another.
fn tag_ui(ui: &mut Ui, ctx: &Ctx<'_>, gathered: &Gathered, tracks: &[TrackId]) {
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
    for tag in &gathered.tags {
        if ui.selectable_label(true, tag).clicked() {
            let untag = PoolAction::Untag(tracks.to_vec(), tag.clone());
            ctx.request(Action::Pool(untag));
        }
    }
}
