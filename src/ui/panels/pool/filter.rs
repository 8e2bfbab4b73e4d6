//! Searching, filtering and ordering the pool.

use egui::Align;
use egui::Frame;
use egui::Layout;
use egui::Margin;
use egui::Popup;
use egui::PopupCloseBehavior;
use egui::RichText;
use egui::Ui;

use super::PoolPanel;
use crate::app::Action;
use crate::app::PoolAction;
use crate::app::TransportAction;
use crate::model::PoolState;
use crate::ops::search::Column;
use crate::ops::search::Order;
use crate::ops::search::Query;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::Chip;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::Switch;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::search_field;

/// The columns rows can be ordered by, with their names.
const COLUMNS: [(Column, &str); 11] = [
    (Column::Added, "Added"),
    (Column::Title, "Title"),
    (Column::Artist, "Artist"),
    (Column::Album, "Album"),
    (Column::Length, "Length"),
    (Column::Tempo, "Tempo"),
    (Column::Key, "Key"),
    (Column::Loudness, "Loudness"),
    (Column::Year, "Year"),
    (Column::State, "State"),
    (Column::AddedBy, "Added by"),
];

/// What else than words can be asked.
const HOW_TO_ASK: &str = "\
    Words in any order, each may go on; \"leave a light on\" as a phrase; -remix for without\n\
    artist:fern, also title, album, writer, tag, lyrics, notes, why, by, genre, label, state, \
    master, publishing, file\n\
    length:<3:00, bpm:90..110, key:Am, lufs:>-12, lra:5..10, peak, year:2019\n\
    is:unused, used, instrumental, vocal, lyrics, unmeasured, cleared, wish";

/// Shows what is asked of the pool, and lets it be asked differently.
pub(super) fn filter_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel) {
    if let Some(session) = ctx.app.session() {
        let now = ui.input(|input| input.time);
        if let Some(wait) = panel.facets.follow(session, now) {
            ui.request_repaint_after_secs(wait as f32);
        }
    }
    let asked = ctx.app.pool().query();
    let mut query = asked.clone();
    Frame::new()
        .inner_margin(Margin {
            left: 8,
            right: 8,
            top: 4,
            bottom: 6,
        })
        .show(ui, |ui| {
            search_ui(ui, ctx, panel, &mut query);
            ui.add_space(2.0);
            chips_ui(ui, panel, &mut query);
            count_ui(ui, ctx, panel, &mut query);
        });
    if query != *asked {
        ctx.request(Action::Pool(PoolAction::Find(query)));
    }
}

fn search_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel, query: &mut Query) {
    let field = search_field(
        ui,
        "Find in pool",
        &mut query.text,
        "Find by title, artist, word, mood…",
    );
    panel.search = Some(field.id);
    let field = field.on_hover_text(HOW_TO_ASK);
    if std::mem::take(&mut panel.is_search_wanted) {
        field.request_focus();
    }
    // By the time the field is drawn, Escape has taken the keyboard from it.
    if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        query.text.clear();
    }
    let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if is_entered && let Some(first) = ctx.app.pool().rows().first() {
        ctx.request(Action::Transport(TransportAction::Press(*first)));
    }
}

fn chips_ui(ui: &mut Ui, panel: &mut PoolPanel, query: &mut Query) {
    ui.horizontal_wrapped(|ui| {
        for state in PoolState::ALL {
            let n = panel.facets.n_in(state);
            let is_on = query.states.contains(&state);
            if n == 0 && !is_on {
                continue;
            }
            let chip = Chip::new(state.as_str(), Switch::from(is_on)).count(n);
            if ui.add(chip).clicked() {
                toggle(&mut query.states, state);
            }
        }
        // Tags that filter are seen even while the others are folded away.
        for (tag, n) in panel.facets.tags() {
            let is_on = query.tags.contains(tag);
            if (panel.are_tags_shown || is_on)
                && ui
                    .add(Chip::new(tag, Switch::from(is_on)).count(*n))
                    .clicked()
            {
                toggle(&mut query.tags, tag.clone());
            }
        }
    });
}

/// How many tracks there are and are shown, and what they are ordered by.
fn count_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel, query: &mut Query) {
    let n_all = ctx.app.show().map_or(0, crate::model::Show::n_tracks);
    let n_shown = ctx.app.pool().rows().len();
    ui.horizontal(|ui| {
        let tracks = if n_all == 1 { "track" } else { "tracks" };
        let words = if n_shown == n_all {
            format!("{n_all} {tracks}")
        } else {
            format!("{n_all} {tracks} · {n_shown} shown")
        };
        let weak = tokens(ui).weak;
        ui.label(RichText::new(words).font(type_style::small()).color(weak));
        let n_selected = ctx.app.selection().tracks().len();
        if n_selected > 1 {
            let words = format!("· {n_selected} selected");
            ui.label(RichText::new(words).font(type_style::small()).color(weak));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            order_ui(ui, query);
            tags_button_ui(ui, panel);
        });
    });
}

/// Unfolds the tags to filter by.
fn tags_button_ui(ui: &mut Ui, panel: &mut PoolPanel) {
    if panel.facets.tags().is_empty() {
        return;
    }
    let (icon, name) = if panel.are_tags_shown {
        (Icon::ChevronUp, "Hide tags")
    } else {
        (Icon::ChevronDown, "Show tags")
    };
    let fold = IconButton::new(icon, name).side(size::CHIP);
    let is_folded = ui.add(fold).clicked();
    let is_named = ui.add(TextButton::new("Tags").quiet()).clicked();
    if is_folded || is_named {
        panel.are_tags_shown = !panel.are_tags_shown;
    }
}

fn order_ui(ui: &mut Ui, query: &mut Query) {
    let by = COLUMNS
        .iter()
        .find(|(column, _)| *column == query.column)
        .map_or("", |(_, name)| *name);
    let (icon, way) = match query.order {
        Order::Ascending => (Icon::ChevronUp, "ascending"),
        Order::Descending => (Icon::ChevronDown, "descending"),
    };
    let turn = IconButton::new(icon, "Reverse order").side(size::CHIP);
    if ui.add(turn).clicked() {
        query.order = reversed(query.order);
    }
    let button = ui
        .add(TextButton::new(by).quiet())
        .on_hover_text(format!("Ordered by {}, {way}", by.to_lowercase()));
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            for (column, name) in COLUMNS {
                let is_chosen = column == query.column;
                if ui.selectable_label(is_chosen, name).clicked() {
                    query.order = if is_chosen {
                        reversed(query.order)
                    } else {
                        Order::Ascending
                    };
                    query.column = column;
                }
            }
        });
}

fn reversed(order: Order) -> Order {
    match order {
        Order::Ascending => Order::Descending,
        Order::Descending => Order::Ascending,
    }
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|other| *other == item) {
        Some(index) => drop(list.remove(index)),
        None => list.push(item),
    }
}
