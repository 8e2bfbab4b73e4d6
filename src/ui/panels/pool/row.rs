//! One row of the pool: what pressing, dragging and pointing at it does.

use egui::Id;
use egui::Key;
use egui::Modifiers;
use egui::Pos2;
use egui::Rect;
use egui::Role;
use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::remap_clamp;

use super::PoolPanel;
use super::columns::Laid;
use super::context_menu::context_menu_ui;
use super::drag;
use super::row_name::Sounds;
use super::row_name::row_name;
use super::row_paint;
use super::row_paint::Places;
use super::row_paint::Row;
use super::row_paint::Selected;
use super::row_table;
use super::select::Press;
use super::select::after_press;
use crate::app::Action;
use crate::app::PoolAction;
use crate::app::TransportAction;
use crate::model::Track;
use crate::model::TrackId;
use crate::time::Ticks;
use crate::ui::ctx::Ctx;
use crate::ui::widgets::length_text;
use crate::ui::widgets::pressed_here;

/// What a primary press asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// To hear the track by the rule about where it starts.
    Hear,
    /// To hear it from a place.
    HearFrom(Ticks),
    /// To hear it in place of the pick, for as long as the button is held.
    Try,
    /// To select without hearing.
    Select(Press),
}

/// Shows one row.
pub(super) fn row_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    panel: &mut PoolPanel,
    id: TrackId,
    (rect, laid): (Rect, Option<&Laid>),
    index: usize,
) {
    let Some(track) = ctx.app.show().and_then(|show| show.track(id)) else {
        return;
    };
    let widget = Id::unique(("pool row", id));
    // A line of the table may be wider than what can be seen of it.
    let clip = ui.clip_rect();
    let seen = rect
        .with_min_x(rect.left().max(clip.left()))
        .with_max_x(rect.right().min(clip.right()));
    let response = ui.interact(seen, widget, Sense::click_and_drag());
    let selection = ctx.app.selection();
    let reason = ctx.app.pool().query().similar;
    let reason = reason.map(|_| ctx.app.pool().reason(id).unwrap_or_default());
    let row = Row {
        track,
        selected: match (selection.has(id), selection.tracks().len()) {
            (false, _) => Selected::No,
            (true, 1) => Selected::Alone,
            (true, _) => Selected::AmongOthers,
        },
        place: ctx.app.place_in_track(id),
        is_running: ctx.app.is_moving(),
        is_missing: is_missing(ctx, track),
        hovered: response.hover_pos().filter(|_| response.hovered()),
        has_focus: response.has_focus(),
        reason,
        places: match laid {
            Some(laid) => Places::in_table(rect, laid),
            None => Places::in_row(rect, reason.is_some(), panel.is_artwork_shown()),
        },
    };
    if ui.is_rect_visible(rect) {
        match laid {
            Some(laid) => row_table::paint(ui, ctx, (id, &row), rect, laid),
            None => row_paint::paint(ui, ctx, &row, rect),
        }
    }
    describe(ui, &response, &row, index, ctx.app.pool().rows().len());
    if let Some(wish) = wish(ui, &response, &row) {
        fulfil(ctx, panel, id, wish);
    }
    if response.secondary_clicked() && row.selected == Selected::No {
        ctx.request(Action::Pool(PoolAction::Select(vec![id])));
        panel.anchor = Some(id);
    }
    drag::set_payload(ctx, &response, id);
    response.context_menu(|ui| context_menu_ui(ui, ctx, &mut panel.gathered, id));
    row_paint::tooltip(&response, ctx, &row);
}

fn is_missing(ctx: &Ctx<'_>, track: &Track) -> bool {
    let media = track.media.as_ref();
    media.is_some_and(|media| ctx.app.places().is_missing(media))
}

fn describe(ui: &Ui, response: &egui::Response, row: &Row<'_>, index: usize, n_rows: usize) {
    let sounds = match row.place {
        Some(_) if row.is_running => Sounds::Yes,
        Some(_) => Sounds::Paused,
        None => Sounds::No,
    };
    response.widget_info(|| {
        let mut name = row_name(row.track, sounds, row.is_missing);
        if let Some(reason) = row.reason.filter(|reason| !reason.is_empty()) {
            name.push_str(": ");
            name.push_str(reason);
        }
        WidgetInfo::selected(
            Role::ListBoxOption,
            true,
            row.selected != Selected::No,
            name,
        )
    });
    ui.accesskit_node_builder(response.id, |node| {
        node.set_position_in_set(index + 1);
        node.set_size_of_set(n_rows);
        if let (Some(place), Some(duration)) = (row.place, row.track.duration()) {
            let place = place.max(Ticks::ZERO).min(duration);
            node.set_value(format!(
                "{} of {}",
                length_text(place),
                length_text(duration)
            ));
        }
    });
}

/// What was asked of the row in this pass, if anything.
fn wish(ui: &Ui, response: &egui::Response, row: &Row<'_>) -> Option<Wish> {
    let (is_released, modifiers, at, is_entered) = ui.input(|input| {
        (
            input.pointer.any_released(),
            input.modifiers,
            input.pointer.interact_pos(),
            input.key_pressed(Key::Enter),
        )
    });
    if pressed_here(response) {
        if modifiers.alt {
            return Some(Wish::Try);
        }
        if let Some(press) = press_of(modifiers) {
            return Some(Wish::Select(press));
        }
        // A press on one of several selected rows may become a drag of all of them, so what it
        // means is known on release.
        if row.selected != Selected::AmongOthers {
            return Some(hear(row, at));
        }
    }
    if !response.clicked() {
        return None;
    }
    if is_released {
        let is_late = row.selected == Selected::AmongOthers && press_of(modifiers).is_none();
        return is_late.then(|| hear(row, at));
    }
    // Clicked by a screen reader or the keyboard; space is for stopping.
    (is_entered || !ui.input(|input| input.key_pressed(Key::Space))).then_some(Wish::Hear)
}

fn press_of(modifiers: Modifiers) -> Option<Press> {
    if modifiers.shift {
        Some(Press::Range)
    } else if modifiers.command {
        Some(Press::Toggle)
    } else {
        None
    }
}

/// A press on the waveform means that place, a press elsewhere the track.
fn hear(row: &Row<'_>, at: Option<Pos2>) -> Wish {
    match (at, row.track.duration(), row.places.wave) {
        (Some(at), Some(duration), Some(wave))
            if wave.expand2(row_paint::WAVE_REACH).contains(at) =>
        {
            let share = f64::from(remap_clamp(at.x, wave.x_range(), 0.0..=1.0));
            Wish::HearFrom(Ticks::nearest_to_secs(duration.to_secs_f64() * share))
        }
        _ => Wish::Hear,
    }
}

fn fulfil(ctx: &Ctx<'_>, panel: &mut PoolPanel, id: TrackId, wish: Wish) {
    match wish {
        Wish::Try => {
            panel.anchor = Some(id);
            panel.is_trying = true;
            ctx.request(Action::Transport(TransportAction::Try(id)));
        }
        Wish::Hear => {
            panel.anchor = Some(id);
            ctx.request(Action::Transport(TransportAction::Press(id)));
        }
        Wish::HearFrom(from) => {
            panel.anchor = Some(id);
            ctx.request(Action::Transport(TransportAction::PlayFrom(id, from)));
        }
        Wish::Select(press) => {
            let selection = ctx.app.selection();
            let anchor = panel.anchor.or(selection.lead());
            let rows = ctx.app.pool().rows();
            let after = after_press(rows, selection.tracks(), anchor, id, press);
            if press == Press::Toggle {
                panel.anchor = Some(id);
            }
            ctx.request(Action::Pool(PoolAction::Select(after)));
        }
    }
}
