//! Searching, filtering and ordering the pool.

use egui::Align;
use egui::Frame;
use egui::Layout;
use egui::Margin;
use egui::Popup;
use egui::PopupCloseBehavior;
use egui::RichText;
use egui::Ui;

use super::Look;
use super::PoolPanel;
use super::chips::chips_ui;
use crate::app::Action;
use crate::app::PoolAction;
use crate::app::TransportAction;
use crate::ops::search::Column;
use crate::ops::search::Order;
use crate::ops::search::Query;
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::Switch;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::count_text;
use crate::ui::widgets::search_field;

/// What else than words can be asked.
const HOW_TO_ASK: &str = "\
    Words in any order, each may go on; \"leave a light on\" as a phrase; -remix for without\n\
    artist:fern, also title, album, writer, tag, lyrics, notes, why, by, genre, label, publisher, \
    file\n\
    length:<3:00, bpm:90..110, key:Am, lufs:>-12, lra:5..10, peak, rating:>3, year:2019,2021\n\
    state:approved, clearance:denied, also master and publishing\n\
    used:episode, used:season, used:203, is:unused; list:\"Night music\"\n\
    is:vocal, instrumental, lyrics, unmeasured, missing, cleared, wish";

/// Shows what is asked of the pool, and lets it be asked differently.
pub(super) fn filter_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &mut PoolPanel) {
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
            chips_ui(ui, ctx, &mut query);
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

/// How many tracks there are and are shown, and what they are ordered by.
fn count_ui(ui: &mut Ui, ctx: &Ctx<'_>, panel: &PoolPanel, query: &mut Query) {
    let n_all = ctx.app.show().map_or(0, crate::model::Show::n_tracks);
    let n_shown = ctx.app.pool().rows().len();
    ui.horizontal(|ui| {
        let tracks = if n_all == 1 { "track" } else { "tracks" };
        let words = if n_shown == n_all {
            format!("{} {tracks}", count_text(n_all))
        } else {
            format!("{} of {} {tracks}", count_text(n_shown), count_text(n_all))
        };
        let weak = tokens(ui).weak;
        ui.label(RichText::new(words).font(type_style::small()).color(weak));
        let n_selected = ctx.app.selection().tracks().len();
        if n_selected > 1 {
            let words = format!("· {} selected", count_text(n_selected));
            ui.label(RichText::new(words).font(type_style::small()).color(weak));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            look_ui(ui, ctx, panel.look);
            order_ui(ui, query);
        });
    });
}

/// Switches between rows and a table.
fn look_ui(ui: &mut Ui, ctx: &Ctx<'_>, look: Look) {
    let keys = Command::PoolTable.keys_text(ui).unwrap_or_default();
    let button = IconButton::new(Icon::Table, Command::PoolTable.text())
        .shortcut(&keys)
        .side(size::CHIP)
        .switch(Switch::from(look == Look::Table));
    if ui.add(button).clicked() {
        ctx.run(Command::PoolTable);
    }
}

fn order_ui(ui: &mut Ui, query: &mut Query) {
    if query.similar.is_some() {
        let weak = tokens(ui).weak;
        ui.label(
            RichText::new("Likest first")
                .font(type_style::small())
                .color(weak),
        );
        return;
    }
    let by = query.column.text();
    let (icon, way) = match query.order {
        Order::Ascending => (Icon::ChevronUp, "ascending"),
        Order::Descending => (Icon::ChevronDown, "descending"),
    };
    let turn = IconButton::new(icon, "Reverse order").side(size::CHIP);
    if ui.add(turn).clicked() {
        query.order = query.order.reversed();
    }
    let button = ui
        .add(TextButton::new(by).quiet())
        .on_hover_text(format!("Ordered by {}, {way}", by.to_lowercase()));
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            for column in Column::ALL {
                if column == Column::ListOrder && !query.names_list() {
                    continue;
                }
                let is_chosen = column == query.column;
                if ui.selectable_label(is_chosen, column.text()).clicked() {
                    order_by(query, column);
                }
            }
        });
}

/// Orders rows by a column; by the same one again, the other way round.
pub(super) fn order_by(query: &mut Query, column: Column) {
    query.order = if column == query.column {
        query.order.reversed()
    } else {
        Order::Ascending
    };
    query.column = column;
    query.then = None;
}

/// Orders rows that are the same in the first column by another; by the same one again, the other
/// way round.
pub(super) fn then_order_by(query: &mut Query, column: Column) {
    match query.then {
        _ if column == query.column => query.order = query.order.reversed(),
        Some((then, order)) if then == column => query.then = Some((column, order.reversed())),
        _ => query.then = Some((column, Order::Ascending)),
    }
}
