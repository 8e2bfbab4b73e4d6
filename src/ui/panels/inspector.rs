//! The inspector: everything about what is selected, to be read and changed in place. What is
//! typed becomes a change when Enter is pressed or the keyboard goes elsewhere.

mod alternate;
mod cue;
mod episode;
mod form;
mod marker;
mod music;
mod renditions;
mod scene;
mod shared;
mod slot;
mod sound;
mod thread;
mod track;
mod tracks;
mod words;
mod work;

use self::renditions::LinkForm;
use self::shared::Common;
use egui::ScrollArea;
use egui::Ui;

use crate::app::Focus;
use crate::model::MarkerId;
use crate::ui::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::widgets::EmptyState;

/// What the inspector remembers between two frames; nothing worth keeping longer.
#[derive(Clone, Debug, Default)]
pub struct InspectorView {
    /// What the selected tracks have in common.
    common: Common,
    /// What is chosen for them before they are linked.
    link: LinkForm,
    /// The marker whose name was given the keyboard when it was set.
    named: Option<MarkerId>,
}

/// Shows what is selected, or else the open episode, or else the show.
pub fn inspector_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut InspectorView) {
    if ctx.app.show().is_none() {
        EmptyState::new(Icon::Info, "Nothing to inspect")
            .advice("What is selected shows up here")
            .show(ui, |_ui| {});
        return;
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        egui::Frame::new()
            .inner_margin(egui::Margin::symmetric(
                3 * size::UNIT as i8,
                2 * size::UNIT as i8,
            ))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 1.5 * size::UNIT;
                subject_ui(ui, ctx, view);
            });
    });
}

fn subject_ui(ui: &mut Ui, ctx: &Ctx<'_>, view: &mut InspectorView) {
    let focus = ctx.app.selection().focus();
    let open = ctx.app.open_cut();
    match (focus, open) {
        (Focus::Tracks, _) => match ctx.app.selection().tracks() {
            [one] => track::track_ui(ui, ctx, view, *one),
            many => tracks::tracks_ui(ui, ctx, view, many),
        },
        (Focus::Scene(id), Some((_, _, cut))) => scene::scene_ui(ui, ctx, cut, id),
        (Focus::Marker(id), Some((_, _, cut))) => marker::marker_ui(ui, ctx, view, cut, id),
        (Focus::Slot(id, chosen), Some((_, _, cut))) => slot::slot_ui(ui, ctx, cut, id, chosen),
        (_, Some((at, episode, cut))) => episode::episode_ui(ui, ctx, at, episode, cut),
        (_, None) => episode::show_ui(ui, ctx),
    }
}
