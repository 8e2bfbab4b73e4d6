//! A marker: its name, place, length, color and note, and what makes it a hit point.

use egui::Ui;

use super::InspectorView;
use super::form;
use super::words;
use crate::app::Action;
use crate::app::TimelineAction;
use crate::app::TransportAction;
use crate::model::Cut;
use crate::model::HitPoint;
use crate::model::Marker;
use crate::model::MarkerField;
use crate::model::MarkerId;
use crate::model::Weight;
use crate::time::Frames;
use crate::ui::Ctx;
use crate::ui::theme::Icon;
use crate::ui::widgets::DragNumber;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::TextField;
use crate::ui::widgets::TimecodeField;
use crate::ui::widgets::segmented;

/// How early and late music may be on a new hit point, in frames.
const USUAL_WINDOW: Frames = Frames::new(2);
/// The widest window that can be asked for, in frames.
const WIDEST_WINDOW: f32 = 250.0;

/// Shows a marker.
pub(super) fn marker_ui(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    view: &mut InspectorView,
    cut: &Cut,
    id: MarkerId,
) {
    let Some(marker) = cut.marker(id) else { return };
    ui.push_id(("marker", id), |ui| {
        let kind = match marker.hit {
            Some(_) => "Hit point",
            None => "Marker",
        };
        let name = match marker.name.as_str() {
            "" => "No name yet",
            name => name,
        };
        form::heading(ui, Icon::Flag, kind, name);
        name_ui(ui, ctx, view, id, marker);
        fields_ui(ui, ctx, cut, id, marker);
        hit_ui(ui, ctx, id, marker);
        buttons_ui(ui, ctx, id, marker);
    });
}

/// The name; the keyboard is there at once when the marker was just set.
fn name_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut InspectorView, id: MarkerId, marker: &Marker) {
    let output = form::row(ui, "Name", |ui| {
        TextField::new("Name", &marker.name)
            .hint("What happens here")
            .show(ui)
    });
    let to_name = ctx.app.marker_to_name();
    if to_name == Some(id) && view.named != to_name {
        output.response.request_focus();
    }
    if to_name.is_some() {
        view.named = to_name;
    }
    if let Some(name) = output.committed {
        set(ctx, id, MarkerField::Name(name));
    }
}

fn set(ctx: &Ctx<'_>, id: MarkerId, field: MarkerField) {
    ctx.request(Action::Timeline(TimelineAction::SetMarker(id, field)));
}

fn fields_ui(ui: &mut Ui, ctx: &Ctx<'_>, cut: &Cut, id: MarkerId, marker: &Marker) {
    let to = form::row(ui, "Timecode", |ui| {
        TimecodeField::position("Timecode", cut.timebase, cut.start, marker.at)
            .show(ui)
            .committed
    });
    if let Some(to) = to {
        ctx.request(Action::Timeline(TimelineAction::MoveMarker(id, to)));
    }
    let length = form::row(ui, "Length", |ui| {
        TimecodeField::length("Length", cut.timebase, marker.length)
            .show(ui)
            .committed
    });
    if let Some(length) = length {
        set(ctx, id, MarkerField::Length(length));
    }
    if let Some(color) = form::color_row(ui, marker.color) {
        set(ctx, id, MarkerField::Color(color));
    }
    if let Some(note) = form::text_block(ui, "Note", &marker.note, "Remarks") {
        set(ctx, id, MarkerField::Note(note));
    }
}

/// What makes it a hit point: how much it matters, and how early or late the music may be.
fn hit_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: MarkerId, marker: &Marker) {
    let mut is_hit = marker.hit.is_some();
    let asked = ui
        .checkbox(&mut is_hit, "Hit point")
        .on_hover_text("A moment where music must meet picture");
    if asked.changed() {
        let hit = is_hit.then_some(HitPoint {
            weight: Weight::default(),
            early: USUAL_WINDOW,
            late: USUAL_WINDOW,
        });
        set(ctx, id, MarkerField::Hit(hit));
    }
    let Some(hit) = marker.hit else { return };
    let change = |hit| set(ctx, id, MarkerField::Hit(Some(hit)));
    let weight = form::row(ui, "Weight", |ui| {
        segmented(ui, "Weight", &words::WEIGHTS, hit.weight)
    });
    if let Some(weight) = weight {
        change(HitPoint { weight, ..hit });
    }
    let frames = |ui: &mut Ui, name: &str, value: Frames| {
        form::row(ui, name, |ui| {
            DragNumber::new(name, value.get() as f32, 0.0..=WIDEST_WINDOW)
                .decimals(0)
                .unit("frames")
                .usual(USUAL_WINDOW.get() as f32)
                .show(ui)
                .committed
        })
        .map(|frames| Frames::new(frames.round() as i64))
    };
    if let Some(early) = frames(ui, "Early", hit.early) {
        change(HitPoint { early, ..hit });
    }
    if let Some(late) = frames(ui, "Late", hit.late) {
        change(HitPoint { late, ..hit });
    }
}

fn buttons_ui(ui: &mut Ui, ctx: &Ctx<'_>, id: MarkerId, marker: &Marker) {
    form::buttons(ui, |ui| {
        if ui.add(TextButton::new("Go to marker")).clicked() {
            ctx.request(Action::Transport(TransportAction::Seek(marker.at)));
        }
        if ui.add(TextButton::new("Delete marker").quiet()).clicked() {
            ctx.request(Action::Timeline(TimelineAction::RemoveMarker(id)));
        }
    });
}
