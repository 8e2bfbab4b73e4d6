//! Nothing selected: the open episode and cut, and the show.

use std::ops::RangeInclusive;

use egui::Ui;

use super::form;
use crate::app::Action;
use crate::app::EpisodeAction;
use crate::app::FileAction;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Decibels;
use crate::model::Episode;
use crate::ui::Ctx;
use crate::ui::theme::Icon;
use crate::ui::widgets::DragNumber;
use crate::ui::widgets::Section;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::TimecodeField;
use crate::ui::widgets::count_text;

/// The levels a guide can have, in decibels.
const GUIDE_DB: RangeInclusive<f32> = -60.0..=12.0;

/// Shows the open episode and cut, and below them the show.
pub(super) fn episode_ui(ui: &mut Ui, ctx: &Ctx<'_>, at: CutAt, episode: &Episode, cut: &Cut) {
    ui.push_id(("episode", at), |ui| {
        let name = match episode.title.as_str() {
            "" => episode.number.as_str(),
            title => title,
        };
        form::heading(ui, Icon::Scene, "Episode", name);
        let rename = |number: &str, title: &str| {
            ctx.request(Action::Episode(EpisodeAction::Rename {
                number: number.trim().to_owned(),
                title: title.trim().to_owned(),
            }));
        };
        if let Some(number) = form::text_row(ui, "Number", &episode.number, "203") {
            rename(&number, &episode.title);
        }
        if let Some(title) = form::text_row(ui, "Title", &episode.title, "") {
            rename(&episode.number, &title);
        }
        Section::new("Cut").show(ui, |ui| cut_ui(ui, cut));
        Section::new("Guide").show(ui, |ui| guide_ui(ui, ctx, cut));
        form::buttons(ui, |ui| {
            let import = TextButton::new("Import scenes and markers…");
            if ui.add(import).clicked() {
                ctx.request(Action::Episode(EpisodeAction::ImportDialog));
            }
            let delete = TextButton::new("Delete episode").quiet();
            if ui.add(delete).clicked() {
                ctx.request(Action::Episode(EpisodeAction::Remove(at.episode)));
            }
        });
    });
    ui.separator();
    show_ui(ui, ctx);
}

fn cut_ui(ui: &mut Ui, cut: &Cut) {
    let name = match cut.name.as_str() {
        "" => format!("v{}", cut.number),
        name => format!("v{} · {name}", cut.number),
    };
    let slots = cut.slots();
    let n_empty = slots.iter().filter(|(_, s)| s.picked().is_none()).count();
    form::fact(ui, "Cut", &name);
    form::fact(ui, "Rate", &format!("{} fps", cut.timebase));
    form::fact(ui, "Starts at", &cut.label(crate::time::Ticks::ZERO));
    form::fact(ui, "Length", &form::length_text(cut.timebase, cut.length));
    form::fact(ui, "Scenes", &cut.scenes().len().to_string());
    form::fact(ui, "Markers", &cut.markers().len().to_string());
    let music = match n_empty {
        0 => slots.len().to_string(),
        n => format!("{}, {n} of them want music", slots.len()),
    };
    form::fact(ui, "Slots", &music);
}

fn guide_ui(ui: &mut Ui, ctx: &Ctx<'_>, cut: &Cut) {
    let text = match &cut.guide {
        Some(guide) => {
            let path = ctx.app.places().path(&guide.media);
            let name = path.file_name().unwrap_or_default();
            form::fact(ui, "File", &name.to_string_lossy());
            let to = form::row(ui, "Begins at", |ui| {
                TimecodeField::position("Guide begins at", cut.timebase, cut.start, guide.offset)
                    .show(ui)
                    .committed
            });
            if let Some(to) = to {
                ctx.request(Action::Episode(EpisodeAction::MoveGuide(to)));
            }
            let db = form::row(ui, "Level", |ui| {
                DragNumber::new("Guide level in this cut", guide.gain.to_f32(), GUIDE_DB)
                    .unit("dB")
                    .usual(0.0)
                    .show(ui)
                    .committed
            });
            if let Some(db) = db {
                let level = Decibels::from_hundredths((db * 100.0).round() as i32);
                ctx.request(Action::Episode(EpisodeAction::SetGuideLevel(level)));
            }
            "Replace…"
        }
        None => {
            form::remark(ui, "The cut's own sound, played along for reference");
            "Set guide…"
        }
    };
    form::buttons(ui, |ui| {
        if ui.add(TextButton::new(text)).clicked() {
            ctx.request(Action::Episode(EpisodeAction::GuideDialog));
        }
        if cut.guide.is_some() && ui.add(TextButton::new("Remove guide").quiet()).clicked() {
            ctx.request(Action::Episode(EpisodeAction::RemoveGuide));
        }
    });
}

/// Shows the show: its title, its people.
pub(super) fn show_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let Some(show) = ctx.app.show() else { return };
    ui.push_id("show", |ui| {
        form::heading(ui, Icon::Star, "Show", &show.title);
        if let Some(title) = form::text_row(ui, "Title", &show.title, "") {
            ctx.request(Action::File(FileAction::Rename(title.trim().to_owned())));
        }
        form::fact(ui, "Episodes", &show.episodes().len().to_string());
        form::fact(ui, "Tracks", &count_text(show.n_tracks()));
        let people: Vec<_> = show.people().collect();
        if people.is_empty() {
            return;
        }
        Section::new("People").count(people.len()).show(ui, |ui| {
            for (_, person) in people {
                let role = match person.role.as_str() {
                    "" => "—",
                    role => role,
                };
                form::fact(ui, &person.name, role);
            }
        });
    });
}
