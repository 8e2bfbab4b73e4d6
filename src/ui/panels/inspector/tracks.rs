//! Several tracks at once: what they have in common can be changed together.

use egui::Ui;

use super::InspectorView;
use super::form;
use super::renditions::link_ui;
use super::shared::Common;
use super::shared::Shared;
use super::thread::entry_ui;
use super::words;
use crate::app::Action;
use crate::app::PoolAction;
use crate::model::Rating;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::ui::Ctx;
use crate::ui::theme::Icon;
use crate::ui::widgets::Section;
use crate::ui::widgets::StarsChange;
use crate::ui::widgets::TagChange;
use crate::ui::widgets::TagEditor;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::choice;
use crate::ui::widgets::count_text;
use crate::ui::widgets::length_text;
use crate::ui::widgets::stars;

/// Shown in a field where the tracks differ.
const DIFFER: &str = "Several values";
/// How many tags are shown that only some have, and how many are offered while one is typed.
const MOST_TAGS: usize = 24;
const MOST_COMPLETIONS: usize = 8;

/// Shows several tracks.
pub(super) fn tracks_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut InspectorView, ids: &[TrackId]) {
    let Some(session) = ctx.app.session() else {
        return;
    };
    view.common.follow(ctx.app, session, ids);
    let common = &view.common;
    if common.n == 0 {
        return;
    }
    ui.push_id(("tracks", ctx.app.selection().revision()), |ui| {
        let count = format!("{} tracks", count_text(common.n));
        form::heading(ui, Icon::Note, "Tracks", &count);
        form::subheading(ui, &format!("{} in all", length_text(common.length)));
        choices_ui(ui, ctx, ids, common);
        if let Some(why) = text_block(ui, "Why", &common.why) {
            set(ctx, ids, TrackField::Why(why));
        }
        tags_ui(ui, ctx, ids, common);
        Section::new("About").show(ui, |ui| texts_ui(ui, ctx, ids, common));
        Section::new("Comments").show(ui, |ui| entry_ui(ui, ctx, ids));
        link_ui(ui, ctx, &mut view.link, ids, common.n_renditions);
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

fn set(ctx: &Ctx<'_>, ids: &[TrackId], field: TrackField) {
    ctx.request(Action::Pool(PoolAction::Set(ids.to_vec(), field)));
}

/// A drop-down in which nothing is chosen where the tracks differ.
fn shared_choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, &str)],
    current: &Shared<T>,
) -> Option<T> {
    let current = current.same().copied();
    let mut all: Vec<(Option<T>, &str)> = Vec::with_capacity(options.len() + 1);
    if current.is_none() {
        all.push((None, DIFFER));
    }
    all.extend(options.iter().map(|(value, text)| (Some(*value), *text)));
    form::row(ui, name, |ui| choice(ui, name, &all, current)).flatten()
}

fn choices_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[TrackId], common: &Common) {
    if let Some(state) = shared_choice(ui, "State", &words::POOL_STATES, &common.state) {
        set(ctx, ids, TrackField::State(state));
    }
    rating_ui(ui, ctx, ids, &common.rating);
    if let Some(color) = form::label_row(ui, &common.color) {
        set(ctx, ids, TrackField::Color(color));
    }
    if let Some(master) = shared_choice(ui, "Master", &words::CLEARANCES, &common.master) {
        set(ctx, ids, TrackField::Master(master));
    }
    let publishing = &common.publishing;
    if let Some(publishing) = shared_choice(ui, "Publishing", &words::CLEARANCES, publishing) {
        set(ctx, ids, TrackField::Publishing(publishing));
    }
}

/// The stars of whoever works here.
fn rating_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[TrackId], rating: &Shared<Option<Rating>>) {
    let given = rating.same().copied().flatten().map_or(0, Rating::stars);
    let change = form::row(ui, "Rating", |ui| {
        let change = stars(ui, "Rating", given);
        if *rating == Shared::Several {
            form::remark(ui, format!("  {DIFFER}"));
        }
        change
    });
    if let Some(change) = change {
        let rating = match change {
            StarsChange::Give(n) => Rating::new(n),
            StarsChange::TakeBack => None,
        };
        ctx.request(Action::Pool(PoolAction::Rate(ids.to_vec(), rating)));
    }
}

fn texts_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[TrackId], common: &Common) {
    for (name, value, field) in [
        (
            "Artist",
            &common.artist,
            TrackField::Artist as fn(String) -> TrackField,
        ),
        ("Album", &common.album, TrackField::Album),
        ("Genre", &common.genre, TrackField::Genre),
        ("Publisher", &common.publisher, TrackField::Publisher),
        ("Label", &common.label, TrackField::Label),
    ] {
        let (text, hint) = shown(value);
        if let Some(text) = form::text_row(ui, name, text, hint) {
            set(ctx, ids, field(text.trim().to_owned()));
        }
    }
}

fn text_block(ui: &mut Ui, name: &str, value: &Shared<String>) -> Option<String> {
    let (text, hint) = shown(value);
    form::text_block(ui, name, text, hint)
}

/// What a field shows, and what it hints at while it is empty.
fn shown(value: &Shared<String>) -> (&str, &'static str) {
    match value.same() {
        Some(text) => (text, ""),
        None => ("", DIFFER),
    }
}

/// The tags that all of them have, and those that some have: adding one adds it to all, taking one
/// away takes it off whichever has it.
fn tags_ui(ui: &mut Ui, ctx: &Ctx<'_>, ids: &[TrackId], common: &Common) {
    form::remark(ui, "Tags of all of them, and of some");
    let used = &ctx.app.lore().tags;
    let complete = |typed: &str| {
        let all = Track {
            tags: common.tags.iter().cloned().collect(),
            ..Track::default()
        };
        let found = used.suggest(&all, typed, MOST_COMPLETIONS);
        found.into_iter().map(str::to_owned).collect()
    };
    let n_partly = common.partly.len().min(MOST_TAGS);
    let editor = TagEditor::new("Tags", &common.tags)
        .partly(&common.partly[..n_partly])
        .suggested(&common.suggested)
        .completer(&complete);
    if let Some(change) = editor.change(ui) {
        ctx.request(Action::Pool(match change {
            TagChange::Add(tag) => PoolAction::Tag(ids.to_vec(), tag),
            TagChange::Remove(tag) => PoolAction::Untag(ids.to_vec(), tag),
        }));
    }
}
