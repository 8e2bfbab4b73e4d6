//! The chips by which the pool is filtered: each opens a menu with how many tracks it lets
//! through, says what was chosen there, and is cleared by its cross.

use egui::Button;
use egui::Popup;
use egui::PopupCloseBehavior;
use egui::ScrollArea;
use egui::TextEdit;
use egui::Ui;

use crate::app::App;
use crate::model::ClearanceState;
use crate::model::PoolState;
use crate::ops::search::{Facets, Filter, Filtered, Query, Voice, fold};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::MenuChip;
use crate::ui::widgets::count_text;

/// From so many on, names can be searched for.
const MANY: usize = 12;
/// The highest list of names.
const MAX_HEIGHT: f32 = 320.0;

/// Shows the chips, and lets the filter be changed.
pub(super) fn chips_ui(ui: &mut Ui, ctx: &Ctx<'_>, query: &mut Query) {
    let facets = ctx.app.pool().facets();
    ui.spacing_mut().item_spacing.x = size::UNIT;
    ui.horizontal_wrapped(|ui| {
        similar_ui(ui, ctx, query);
        let filter = &mut query.filter;
        states_ui(ui, facets, filter);
        moods_ui(ui, facets, filter);
        people_ui(ui, ctx.app, facets, filter);
        clearance_ui(ui, facets, filter);
        let has_episode = ctx.app.open_cut().is_some();
        more_ui(ui, facets, filter, has_episode);
        facts_ui(ui, filter);
        if !filter.is_empty() {
            let clear = IconButton::new(Icon::Close, "Clear filter").side(size::CHIP);
            if ui.add(clear).clicked() {
                *filter = Filter::default();
            }
        }
    });
}

/// The track that what is listed is like.
fn similar_ui(ui: &mut Ui, ctx: &Ctx<'_>, query: &mut Query) {
    let Some(id) = query.similar else { return };
    let track = ctx.app.show().and_then(|show| show.track(id));
    let title = track.map_or("a track that is gone", |track| &track.title);
    let like = format!("Similar to {title}");
    let chip = MenuChip::new("").chosen(&like).show(ui);
    if chip.is_cleared || chip.response.clicked() {
        query.similar = None;
    }
}

fn states_ui(ui: &mut Ui, facets: &Facets, filter: &mut Filter) {
    let chosen: Vec<&str> = filter.states.iter().map(|it| it.as_str()).collect();
    let is_cleared = menu_chip(ui, "State", &chosen.join(", "), |ui| {
        for state in PoolState::ALL {
            let is_on = filter.states.contains(&state);
            if item(ui, state.as_str(), facets.in_state(state), is_on) {
                toggle(&mut filter.states, state);
            }
        }
    });
    if is_cleared {
        filter.states.clear();
    }
}

fn moods_ui(ui: &mut Ui, facets: &Facets, filter: &mut Filter) {
    let tags = facets.tags();
    if tags.is_empty() && filter.tags.is_empty() {
        return;
    }
    let chosen = filter.tags.join(", ");
    let is_cleared = menu_chip(ui, "Mood", &chosen, |ui| {
        let tags = tags.iter().map(|(tag, n)| (tag.as_str(), *n));
        names_ui(ui, "Find a tag", tags, &mut filter.tags);
    });
    if is_cleared {
        filter.tags.clear();
    }
}

fn people_ui(ui: &mut Ui, app: &App, facets: &Facets, filter: &mut Filter) {
    let name = |id| Some(app.show()?.person(id)?.name.as_str());
    let mut people: Vec<(&str, usize)> = facets
        .people()
        .filter_map(|(id, n)| Some((name(id)?, n)))
        .collect();
    if people.is_empty() && filter.people.is_empty() {
        return;
    }
    people.sort_unstable();
    let chosen = filter.people.join(", ");
    let is_cleared = menu_chip(ui, "By", &chosen, |ui| {
        names_ui(ui, "Find a person", people.into_iter(), &mut filter.people);
    });
    if is_cleared {
        filter.people.clear();
    }
}

fn clearance_ui(ui: &mut Ui, facets: &Facets, filter: &mut Filter) {
    let chosen: Vec<&str> = filter.clearance.iter().map(|it| it.as_str()).collect();
    let is_cleared = menu_chip(ui, "Clearance", &chosen.join(", "), |ui| {
        for state in ClearanceState::ALL {
            let is_on = filter.clearance.contains(&state);
            if item(ui, state.as_str(), facets.cleared(state), is_on) {
                toggle(&mut filter.clearance, state);
            }
        }
    });
    if is_cleared {
        filter.clearance.clear();
    }
}

fn more_ui(ui: &mut Ui, facets: &Facets, filter: &mut Filter, has_episode: bool) {
    menu_chip(ui, "More", "", |ui| {
        for (voice, name) in VOICES {
            let is_on = filter.voice == Some(voice);
            if item(ui, name, facets.with_voice(voice), is_on) {
                filter.voice = (!is_on).then_some(voice);
            }
        }
        ui.separator();
        for fact in Filtered::ALL {
            // With no episode open, there is none that something could be used in.
            if is_of_episode(fact) && !has_episode {
                continue;
            }
            if fact == Filtered::Missing && has_episode {
                ui.separator();
            }
            let is_on = filter.is.contains(&fact);
            if item(ui, fact.text(), facets.of(fact), is_on) {
                filter.is.retain(|other| Some(*other) != fact.opposite());
                toggle(&mut filter.is, fact);
            }
        }
    });
}

fn is_of_episode(fact: Filtered) -> bool {
    match fact {
        Filtered::UsedInEpisode
        | Filtered::UnusedInEpisode
        | Filtered::UsedInSeason
        | Filtered::UnusedInSeason => true,
        Filtered::Missing | Filtered::Unmeasured | Filtered::Wish => false,
    }
}

const VOICES: [(Voice, &str); 2] = [
    (Voice::Vocal, "vocal"),
    (Voice::Instrumental, "instrumental"),
];

/// What was chosen under “More”, each as a chip of its own.
fn facts_ui(ui: &mut Ui, filter: &mut Filter) {
    for (voice, name) in VOICES {
        if filter.voice == Some(voice) {
            let chip = MenuChip::new("").chosen(name).show(ui);
            if chip.is_cleared || chip.response.clicked() {
                filter.voice = None;
            }
        }
    }
    filter.is.retain(|fact| {
        let chip = MenuChip::new("").chosen(fact.text()).show(ui);
        !(chip.is_cleared || chip.response.clicked())
    });
}

/// A chip with its menu; says whether its cross was pressed.
fn menu_chip(ui: &mut Ui, name: &str, chosen: &str, menu: impl FnOnce(&mut Ui)) -> bool {
    let chip = MenuChip::new(name).chosen(chosen).show(ui);
    Popup::menu(&chip.response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_min_width(160.0);
            menu(ui);
        });
    chip.is_cleared
}

/// A line of a menu, with how many tracks it lets through.
fn item(ui: &mut Ui, name: &str, n: usize, is_on: bool) -> bool {
    let button = Button::new(name)
        .shortcut_text(count_text(n))
        .selected(is_on);
    ui.add(button).clicked()
}

/// Names to choose from, which can be searched where there are many.
fn names_ui<'n>(
    ui: &mut Ui,
    hint: &str,
    names: impl Iterator<Item = (&'n str, usize)>,
    chosen: &mut Vec<String>,
) {
    let names: Vec<(&str, usize)> = names.collect();
    let id = ui.make_persistent_id(hint);
    let mut wanted = ui
        .data(|data| data.get_temp::<String>(id))
        .unwrap_or_default();
    if names.len() > MANY {
        let entry = TextEdit::singleline(&mut wanted).hint_text(hint);
        ui.add(entry.desired_width(170.0));
        ui.data_mut(|data| data.insert_temp(id, wanted.clone()));
    }
    let wanted = fold(wanted.trim());
    ScrollArea::vertical()
        .max_height(MAX_HEIGHT)
        .show(ui, |ui| {
            for (name, n) in names {
                let is_on = chosen.iter().any(|other| other == name);
                let is_offered = is_on || wanted.is_empty() || fold(name).contains(&wanted);
                if is_offered && item(ui, name, n, is_on) {
                    toggle(chosen, name.to_owned());
                }
            }
        });
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|other| *other == item) {
        Some(index) => drop(list.remove(index)),
        None => list.push(item),
    }
}
