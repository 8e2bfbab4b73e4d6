//! The recording that a track belongs to: its versions, each heard at the same place with one
//! press, and what could be linked to it.

use egui::Align;
use egui::Layout;
use egui::Ui;
use egui::vec2;

use super::form;
use super::words;
use crate::app::Action;
use crate::app::PoolAction;
use crate::app::TransportAction;
use crate::model::Rendition;
use crate::model::RenditionKind;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::ops::renditions::main_of;
use crate::ops::renditions::version_in;
use crate::time::Ticks;
use crate::ui::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::Section;
use crate::ui::widgets::Switch;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::choice;
use crate::ui::widgets::elided_label;

/// How many tracks can be chosen from as the main recording.
const MAINS: usize = 24;

/// Shows the recording of a track.
pub(super) fn renditions_ui(ui: &mut Ui, ctx: &Ctx<'_>, show: &Show, id: TrackId, track: &Track) {
    let kin = &ctx.app.lore().kin;
    let family = kin.family(show, id);
    let suggestions = kin.suggestions(show, id);
    if family.len() < 2 && suggestions.is_empty() && track.rendition.is_none() {
        return;
    }
    Section::new("Renditions")
        .count(family.len() - 1)
        .show(ui, |ui| {
            if let Some(rendition) = track.rendition {
                kind_ui(ui, ctx, id, rendition);
            }
            if family.len() > 1 {
                for other in &family {
                    version_ui(ui, ctx, show, &family, *other, *other == id);
                }
            }
            for (other, rendition) in suggestions {
                suggestion_ui(ui, ctx, show, other, rendition);
            }
        });
}

/// What kind of version it is, and the way out.
fn kind_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: TrackId, rendition: Rendition) {
    form::row(ui, "Version", |ui| {
        if let Some(kind) = choice(ui, "Version", &words::KINDS, rendition.kind) {
            let field = TrackField::Rendition(Some(Rendition { kind, ..rendition }));
            ctx.request(Action::Pool(PoolAction::Set(vec![id], field)));
        }
        if ui.add(TextButton::new("Unlink").quiet()).clicked() {
            ctx.request(Action::Pool(PoolAction::Unlink(vec![id])));
        }
    });
}

/// One version: heard at the place where another of its recording is, selected by its name.
fn version_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    show: &Show,
    family: &[TrackId],
    id: TrackId,
    is_here: bool,
) {
    let Some(track) = show.track(id) else { return };
    ui.push_id(id, |ui| {
        ui.horizontal(|ui| {
            let is_heard = ctx.app.place_in_track(id).is_some();
            let name = format!("Hear {}", track.title);
            let play = IconButton::new(Icon::Play, &name)
                .switch(Switch::from(is_heard))
                .side(size::CHIP);
            if ui.add(play).clicked() {
                let places = family.iter().filter_map(|it| ctx.app.place_in_track(*it));
                let here = places.max().unwrap_or(Ticks::ZERO);
                let play = TransportAction::PlayFrom(id, here.max(Ticks::ZERO));
                ctx.request(Action::Transport(play));
            }
            let (text, weak) = (tokens(ui).text, tokens(ui).weak);
            let kind = match track.rendition {
                Some(rendition) => words::kind(rendition.kind),
                None => "Main",
            };
            let line = vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
                elided_label(ui, kind, type_style::small(), weak);
                let left = Layout::left_to_right(Align::Center);
                ui.with_layout(left, |ui| {
                    if is_here {
                        elided_label(ui, &track.title, type_style::strong(), text);
                        return;
                    }
                    let title = egui::Label::new(&track.title)
                        .truncate()
                        .sense(egui::Sense::click());
                    if ui.add(title).on_hover_text("Select it").clicked() {
                        ctx.request(Action::Pool(PoolAction::Select(vec![id])));
                    }
                });
            });
        });
    });
}

/// What its title says it could be, with a button that makes it so.
fn suggestion_ui(ui: &mut Ui, ctx: &Ctx<'_>, show: &Show, id: TrackId, rendition: Rendition) {
    let (Some(track), Some(main)) = (show.track(id), show.track(rendition.of)) else {
        return;
    };
    ui.push_id(("suggested", id), |ui| {
        let kind = words::kind(rendition.kind).to_lowercase();
        form::remark(
            ui,
            format!("“{}” could be a rendition of “{}”", track.title, main.title),
        );
        let button = format!("Link as {kind}");
        if ui.add(TextButton::new(&button)).clicked() {
            let link = PoolAction::Link(vec![id], rendition.of, rendition.kind);
            ctx.request(Action::Pool(link));
        }
    });
}

/// What is chosen for several tracks until they are linked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LinkForm {
    /// For which selection.
    revision: u64,
    main: Option<TrackId>,
    kind: Option<RenditionKind>,
}

/// Links several tracks as versions of one of them, or unlinks them.
pub(super) fn link_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    chosen: &mut LinkForm,
    ids: &[TrackId],
    n_linked: usize,
) {
    let Some(show) = ctx.app.show() else { return };
    let revision = ctx.app.selection().revision();
    if chosen.revision != revision {
        *chosen = LinkForm {
            revision,
            ..LinkForm::default()
        };
    }
    if ids.len() > MAINS && n_linked == 0 {
        return;
    }
    let section = match n_linked {
        0 => Section::new("Renditions"),
        n => Section::new("Renditions").count(n),
    };
    section.show(ui, |ui| {
        if ids.len() <= MAINS {
            let found = ids.iter().filter_map(|id| Some((*id, show.track(*id)?)));
            let found: Vec<(TrackId, &Track)> = found.collect();
            // The one that others are linked to, or whose title tells of no version.
            let likely = found
                .iter()
                .find(|(id, _)| {
                    found
                        .iter()
                        .any(|(it, _)| it != id && main_of(show, *it) == *id)
                })
                .or_else(|| found.iter().find(|(_, it)| version_in(&it.title).is_none()))
                .or(found.first());
            let Some(main) = chosen.main.or(likely.map(|(id, _)| *id)) else {
                return;
            };
            let mains: Vec<(TrackId, &str)> = found
                .iter()
                .map(|(id, track)| (*id, track.title.as_str()))
                .collect();
            let picked = form::row(ui, "Main", |ui| choice(ui, "Main recording", &mains, main));
            chosen.main = picked.or(chosen.main);
            let told = found.iter().filter(|(id, _)| *id != main);
            let told = told.filter_map(|(_, track)| Some(version_in(&track.title)?.1));
            let kind = chosen.kind.or(told.min()).unwrap_or(RenditionKind::Other);
            let picked = form::row(ui, "Others are", |ui| {
                choice(ui, "Kind of version", &words::KINDS, kind)
            });
            chosen.kind = picked.or(chosen.kind);
            if ui.add(TextButton::new("Link as renditions")).clicked() {
                let others = ids.iter().copied().filter(|id| *id != main).collect();
                ctx.request(Action::Pool(PoolAction::Link(others, main, kind)));
            }
        }
        if n_linked > 0 && ui.add(TextButton::new("Unlink").quiet()).clicked() {
            ctx.request(Action::Pool(PoolAction::Unlink(ids.to_vec())));
        }
    });
}
