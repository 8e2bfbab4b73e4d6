//! What painted things say about themselves to screen readers and tests, and the focus ring.

use egui::CornerRadius;
use egui::Id;
use egui::Rect;
use egui::Response;
use egui::Stroke;
use egui::StrokeKind;
use egui::Ui;

use crate::ui::theme::size;
use crate::ui::theme::tokens;

/// Names a widget that egui would leave without a name.
pub(in crate::ui) fn set_name(ui: &Ui, id: Id, name: &str) {
    ui.accesskit_node_builder(id, |node| node.set_label(name));
}

/// Tells the value of a widget in words.
pub(super) fn set_value(ui: &Ui, id: Id, value: &str) {
    ui.accesskit_node_builder(id, |node| node.set_value(value));
}

/// Paints the ring around what has the keyboard.
pub(super) fn paint_focus(ui: &Ui, response: &Response, rect: Rect) {
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, tokens(ui).focus);
        let radius = CornerRadius::same(size::RADIUS);
        ui.painter()
            .rect_stroke(rect, radius, ring, StrokeKind::Inside);
    }
}
