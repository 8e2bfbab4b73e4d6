//! Several tracks at once: what they have in common can be changed together.

use std::collections::BTreeSet;

use egui::Ui;

use super::form;
use super::words;
use crate::app::Action;
use crate::app::PoolAction;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::time::Ticks;
use crate::ui::Ctx;
use crate::ui::theme::Icon;
use crate::ui::widgets::TagEditor;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::choice;
use crate::ui::widgets::length_text;

/// Shown in a field where the tracks differ.
const DIFFER: &str = "Several values";

/// Shows several tracks.
pub(super) fn tracks_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[TrackId]) {
    let Some(show) = ctx.app.show() else { return };
    let tracks: Vec<&Track> = ids.iter().filter_map(|id| show.track(*id)).collect();
    if tracks.is_empty() {
        return;
    }
    ui.push_id(("tracks", ids), |ui| {
        form::heading(
            ui,
            Icon::Note,
            "Tracks",
            &format!("{} tracks", tracks.len()),
        );
        let length: Ticks = tracks.iter().filter_map(|track| track.duration()).sum();
        form::subheading(ui, &format!("{} in all", length_text(length)));
        choices_ui(ui, ctx, ids, &tracks);
        texts_ui(ui, ctx, ids, &tracks);
        tags_ui(ui, ctx, ids, &tracks);
        form::buttons(ui, |ui| {
            if ui
                .add(TextButton::new("Remove from the pool").quiet())
                .clicked()
            {
                ctx.request(Action::Pool(PoolAction::Remove(ids.to_vec())));
            }
        });
    });
}

/// The value that all tracks have, if they have one.
fn common<'a, T: PartialEq>(tracks: &[&'a Track], of: impl Fn(&'a Track) -> T) -> Option<T> {
    let mut values = tracks.iter().map(|track| of(track));
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

fn set(ctx: &Ctx<'_>, ids: &[TrackId], field: TrackField) {
    ctx.request(Action::Pool(PoolAction::Set(ids.to_vec(), field)));
}

/// A drop-down in which nothing is chosen where the tracks differ.
fn shared_choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, &str)],
    current: Option<T>,
) -> Option<T> {
    let mut all: Vec<(Option<T>, &str)> = Vec::with_capacity(options.len() + 1);
    if current.is_none() {
        all.push((None, DIFFER));
    }
    all.extend(options.iter().map(|(value, text)| (Some(*value), *text)));
    form::row(ui, name, |ui| choice(ui, name, &all, current)).flatten()
}

fn choices_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[TrackId], tracks: &[&Track]) {
    let state = common(tracks, |track| track.state);
    if let Some(state) = shared_choice(ui, "State", &words::POOL_STATES, state) {
        set(ctx, ids, TrackField::State(state));
    }
    let master = common(tracks, |track| track.master);
    if let Some(master) = shared_choice(ui, "Master", &words::CLEARANCES, master) {
        set(ctx, ids, TrackField::Master(master));
    }
    let publishing = common(tracks, |track| track.publishing);
    if let Some(publishing) = shared_choice(ui, "Publishing", &words::CLEARANCES, publishing) {
        set(ctx, ids, TrackField::Publishing(publishing));
    }
}

fn texts_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[TrackId], tracks: &[&Track]) {
    let mut field = |name, value: Option<&str>, field: fn(String) -> TrackField| {
        let hint = if value.is_none() { DIFFER } else { "" };
        if let Some(text) = form::text_row(ui, name, value.unwrap_or_default(), hint) {
            set(ctx, ids, field(text.trim().to_owned()));
        }
    };
    field(
        "Artist",
        common(tracks, |t| t.artist.as_str()),
        TrackField::Artist,
    );
    field(
        "Album",
        common(tracks, |t| t.album.as_str()),
        TrackField::Album,
    );
    field(
        "Genre",
        common(tracks, |t| t.genre.as_str()),
        TrackField::Genre,
    );
    field(
        "Publisher",
        common(tracks, |t| t.publisher.as_str()),
        TrackField::Publisher,
    );
    field(
        "Label",
        common(tracks, |t| t.label.as_str()),
        TrackField::Label,
    );
}

/// The tags that all of them have: adding one adds it to all.
fn tags_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[TrackId], tracks: &[&Track]) {
    let mut shared = tracks.first().map(|t| t.tags.clone()).unwrap_or_default();
    let mut known = BTreeSet::new();
    for track in tracks {
        shared.retain(|tag| track.tags.contains(tag));
        known.extend(track.tags.iter().cloned());
    }
    let before: Vec<String> = shared.iter().cloned().collect();
    let known: Vec<String> = known.into_iter().collect();
    form::remark(ui, "Tags of all of them");
    if let Some(after) = TagEditor::new("Tags", &before).known(&known).show(ui) {
        for tag in after.iter().filter(|tag| !before.contains(tag)) {
            ctx.request(Action::Pool(PoolAction::Tag(ids.to_vec(), tag.clone())));
        }
        for tag in before.iter().filter(|tag| !after.contains(tag)) {
            ctx.request(Action::Pool(PoolAction::Untag(ids.to_vec(), tag.clone())));
        }
    }
}
