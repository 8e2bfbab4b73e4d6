//! Panels whose edges are quiet until they are dragged.

use std::sync::Arc;

use egui::InnerResponse;
use egui::Panel;
use egui::Stroke;
use egui::Ui;

use crate::ui::theme::tokens;

/// Width of the edge while the pointer has it.
const GRIP: f32 = 2.0;

/// Shows a panel like [`Panel::show`], but with an edge that lights up a little when it can be
/// dragged, where egui would draw it as bright as text.
pub fn show_panel<R>(
    ui: &mut Ui,
    panel: Panel,
    contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    let tokens = tokens(ui);
    let usual = Arc::clone(ui.style());
    let widgets = &mut ui.visuals_mut().widgets;
    widgets.hovered.fg_stroke = Stroke::new(GRIP, tokens.line_strong);
    widgets.active.fg_stroke = Stroke::new(GRIP, tokens.focus);
    let shown = panel.show(ui, |ui| {
        ui.set_style(Arc::clone(&usual));
        contents(ui)
    });
    ui.set_style(usual);
    shown
}
