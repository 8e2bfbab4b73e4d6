//! What came of looking for duplicates: nothing is done until somebody says so.

use egui::Align;
use egui::Layout;
use egui::RichText;
use egui::Ui;
use egui::vec2;

use super::DialogOutcome;
use super::frame::dialog_with_buttons;
use crate::app::Action;
use crate::app::DuplicateReview;
use crate::app::PoolAction;
use crate::app::TransportAction;
use crate::model::RenditionKind;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;
use crate::ops::duplicates::Duplicate;
use crate::ops::duplicates::Fate;
use crate::ops::duplicates::Group;
use crate::ops::duplicates::Likeness;
use crate::time::Ticks;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::Switch;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::choice;
use crate::ui::widgets::count_text;
use crate::ui::widgets::elided_label;
use crate::ui::widgets::length_text;
use crate::ui::widgets::set_name;

/// Room for what is to become of a duplicate, and for the button that keeps it instead.
const CHOICES: f32 = 270.0;
/// How many recordings are shown at once: who has more settles these first.
const SHOWN: usize = 100;

/// Shows the dialog.
pub(super) fn duplicates_ui(ui: &Ui, ctx: &Ctx<'_>) -> DialogOutcome {
    let (Some(review), Some(show)) = (ctx.app.duplicate_review(), ctx.app.show()) else {
        return DialogOutcome::Closed;
    };
    let body = |ui: &mut Ui| {
        summary_ui(ui, review);
        for group in review.groups.iter().take(SHOWN) {
            ui.push_id(group.main, |ui| group_ui(ui, ctx, show, group));
        }
        if let Some(n) = review.groups.len().checked_sub(SHOWN).filter(|n| *n > 0) {
            let words = format!("{} more come after these", count_text(n));
            let weak = tokens(ui).weak;
            ui.add_space(2.0 * size::UNIT);
            elided_label(ui, &words, type_style::body(), weak);
        }
    };
    let (outcome, is_done) = dialog_with_buttons(ui, "Duplicates", 720.0, body, |ui| {
        buttons_ui(ui, ctx, review)
    });
    if outcome.is_closed() {
        ctx.request(Action::Pool(PoolAction::ForgetDuplicates));
    }
    if is_done {
        return DialogOutcome::Closed;
    }
    outcome
}

fn summary_ui(ui: &mut Ui, review: &DuplicateReview) {
    let recordings = match review.groups.len() {
        1 => "One recording is there more than once".to_owned(),
        n => format!("{} recordings are there more than once", count_text(n)),
    };
    let unread = match review.unread.len() {
        0 => String::new(),
        1 => "; one file could not be listened to".to_owned(),
        n => format!("; {} files could not be listened to", count_text(n)),
    };
    let left = match review.n_told_apart {
        0 => String::new(),
        1 => "; one pair was left as it is before".to_owned(),
        n => format!("; {} pairs were left as they are before", count_text(n)),
    };
    let words = format!(
        "{recordings} among {} files{left}{unread}",
        count_text(review.n_looked_at)
    );
    let weak = tokens(ui).weak;
    elided_label(ui, &words, type_style::body(), weak);
}

fn group_ui(ui: &mut Ui, ctx: &Ctx<'_>, show: &Show, group: &Group) {
    let Some(main) = show.track(group.main) else {
        return;
    };
    ui.add_space(3.0 * size::UNIT);
    line_ui(ui, |ui| {
        let accent = tokens(ui).accent;
        let room = vec2(CHOICES, size::CONTROL);
        let layout = Layout::right_to_left(Align::Center);
        ui.allocate_ui_with_layout(room, layout, |ui| {
            ui.set_min_width(CHOICES);
            let stays = RichText::new("stays").font(type_style::small());
            ui.label(stays.color(accent));
        });
        track_ui(ui, ctx, group.main, main, Ticks::ZERO, "");
    });
    for duplicate in &group.others {
        let Some(track) = show.track(duplicate.track) else {
            continue;
        };
        ui.push_id(duplicate.track, |ui| {
            line_ui(ui, |ui| {
                let room = vec2(CHOICES, size::CONTROL);
                let layout = Layout::right_to_left(Align::Center);
                ui.allocate_ui_with_layout(room, layout, |ui| {
                    ui.set_min_width(CHOICES);
                    fate_ui(ui, ctx, group.main, duplicate, track);
                });
                track_ui(
                    ui,
                    ctx,
                    duplicate.track,
                    track,
                    duplicate.later,
                    said(duplicate.likeness),
                );
            });
        });
    }
}

/// A line that is filled from its right end.
fn line_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let line = vec2(ui.available_width(), size::CONTROL + size::UNIT);
    ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), add);
}

/// A track with a button that plays it, where the same sounds in each of the recording.
fn track_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, track: &Track, later: Ticks, likeness: &str) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let is_heard = ctx.app.place_in_track(id).is_some();
        let name = format!("Play {}", track.title);
        let play = IconButton::new(Icon::Play, &name)
            .switch(Switch::from(is_heard))
            .side(size::CHIP);
        if ui.add(play).clicked() {
            let from = here(ctx).unwrap_or(Ticks::ZERO) + later;
            let play = TransportAction::PlayFrom(id, from.max(Ticks::ZERO));
            ctx.request(Action::Transport(play));
        }
        let tokens = tokens(ui);
        let about = match track.media.as_ref() {
            Some(media) => format!(
                "{likeness}  {}  {}",
                media.codec,
                length_text(media.duration())
            ),
            None => likeness.to_owned(),
        };
        let name = if track.artist.is_empty() {
            track.title.clone()
        } else {
            format!("{} · {}", track.title, track.artist)
        };
        let about_width = ui.available_width() * 0.42;
        let name_room = vec2(ui.available_width() - about_width, size::CONTROL);
        ui.allocate_ui_with_layout(name_room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(name_room.x);
            elided_label(ui, &name, type_style::body(), tokens.text);
        });
        elided_label(ui, about.trim(), type_style::small(), tokens.weak);
    });
}

/// How far what is heard of any duplicate lies in the track that stays, so that each is heard at
/// the same place.
fn here(ctx: &Ctx<'_>) -> Option<Ticks> {
    let groups = &ctx.app.duplicate_review()?.groups;
    groups.iter().find_map(|group| {
        let own = ctx.app.place_in_track(group.main);
        let others = group.others.iter();
        let mut places = others.filter_map(|it| {
            let place = ctx.app.place_in_track(it.track)?;
            Some(place - it.later)
        });
        own.or_else(|| places.next())
    })
}

fn said(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Copy => "the same file",
        Likeness::Encoding => "the same recording",
        Likeness::Version => "alike in parts",
    }
}

/// What can become of a duplicate.
const FATES: [(Fate, &str); 7] = [
    (Fate::Merge, "Merge"),
    (
        Fate::Link(RenditionKind::Instrumental),
        "Link as instrumental",
    ),
    (Fate::Link(RenditionKind::Clean), "Link as clean version"),
    (Fate::Link(RenditionKind::Cutdown), "Link as cutdown"),
    (Fate::Link(RenditionKind::Stem), "Link as stem"),
    (Fate::Link(RenditionKind::Other), "Link as other version"),
    (Fate::Leave, "Leave as it is"),
];

fn fate_ui(ui: &mut Ui, ctx: &Ctx<'_>, main: TrackId, duplicate: &Duplicate, track: &Track) {
    let name = format!("Keep {} instead", track.title);
    let keep = ui.add(TextButton::new("Keep this").quiet());
    set_name(ui, keep.id, &name);
    if keep
        .on_hover_text("Makes this the one that stays")
        .clicked()
    {
        let keep = PoolAction::KeepDuplicate(main, duplicate.track);
        ctx.request(Action::Pool(keep));
    }
    let can_merge = duplicate.can_merge();
    let fates: Vec<(Fate, &str)> = FATES
        .into_iter()
        .filter(|(fate, _)| can_merge || *fate != Fate::Merge)
        .collect();
    let name = format!("What becomes of {}", track.title);
    if let Some(fate) = choice(ui, &name, &fates, duplicate.fate) {
        let decide = PoolAction::DecideDuplicate(main, duplicate.track, fate);
        ctx.request(Action::Pool(decide));
    }
}

/// Returns whether the duplicates were settled.
fn buttons_ui(ui: &mut Ui, ctx: &Ctx<'_>, review: &DuplicateReview) -> bool {
    let line = vec2(ui.available_width(), size::CONTROL);
    let layout = Layout::right_to_left(Align::Center);
    let shown = review.groups.iter().take(SHOWN);
    let n: usize = shown.map(Group::n_decided).sum();
    let words = match n {
        0 => "Leave all as they are".to_owned(),
        1 => "Settle one duplicate".to_owned(),
        n => format!("Settle {n} duplicates"),
    };
    let button = TextButton::new(&words).primary();
    let pressed = ui.allocate_ui_with_layout(line, layout, |ui| ui.add(button).clicked());
    if pressed.inner {
        ctx.request(Action::Pool(PoolAction::SettleDuplicates(SHOWN)));
    }
    pressed.inner && review.groups.len() <= SHOWN
}
