//! The frame every dialog stands in: a title, a button that closes it, Escape that does the same.

use egui::Align;
use egui::Align2;
use egui::Area;
use egui::CornerRadius;
use egui::Frame;
use egui::Id;
use egui::Key;
use egui::Layout;
use egui::Margin;
use egui::Modifiers;
use egui::Order;
use egui::RichText;
use egui::Role;
use egui::ScrollArea;
use egui::Stroke;
use egui::Ui;
use egui::vec2;

use super::DialogOutcome;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;

/// Room for what a line of a form asks for.
const LABEL_WIDTH: f32 = 130.0;

/// Room for a line of buttons.
const BUTTONS: f32 = size::CONTROL + 3.0 * size::UNIT;

/// Shows a dialog of a width, and says whether it was closed by its frame.
pub(super) fn dialog_frame<R>(
    ui: &Ui,
    title: &str,
    width: f32,
    body: impl FnOnce(&mut Ui) -> R,
) -> (DialogOutcome, R) {
    frame_with(ui, title, width, 0.0, |ui, highest| {
        scrolled(ui, highest, body)
    })
}

/// The same with a line of buttons below, which stays in its place while what is above it scrolls.
pub(super) fn dialog_with_buttons<R>(
    ui: &Ui,
    title: &str,
    width: f32,
    body: impl FnOnce(&mut Ui),
    buttons: impl FnOnce(&mut Ui) -> R,
) -> (DialogOutcome, R) {
    frame_with(ui, title, width, BUTTONS, |ui, highest| {
        scrolled(ui, highest, body);
        ui.add_space(3.0 * size::UNIT);
        buttons(ui)
    })
}

fn scrolled<R>(ui: &mut Ui, highest: f32, body: impl FnOnce(&mut Ui) -> R) -> R {
    ScrollArea::vertical()
        .max_height(highest)
        .auto_shrink([false, true])
        .show(ui, body)
        .inner
}

/// A dialog, and what is in it: told how high what scrolls may be where `below` is kept free.
fn frame_with<R>(
    ui: &Ui,
    title: &str,
    width: f32,
    below: f32,
    inside: impl FnOnce(&mut Ui, f32) -> R,
) -> (DialogOutcome, R) {
    let tokens = tokens(ui);
    let room = ui.content_rect();
    let mut outcome = DialogOutcome::Open;
    let frame = Frame::new()
        .fill(tokens.raised)
        .stroke(Stroke::new(size::HAIRLINE, tokens.line_strong))
        .corner_radius(CornerRadius::same(size::RADIUS))
        .inner_margin(Margin::same(16))
        .shadow(ui.visuals().window_shadow);
    let shown = Area::new(Id::unique(("dialog", title)))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, -room.height() * 0.04))
        .constrain(true)
        .show(ui, |ui| {
            frame
                .show(ui, |ui| {
                    ui.set_width(width.min(room.width() - 64.0));
                    // The room below the last place of a dialog is not the room there is for it.
                    let highest = (room.height() - 140.0).max(200.0);
                    ui.set_max_height(highest + 60.0);
                    ui.accesskit_node_builder(ui.unique_id(), |node| {
                        node.set_role(Role::Dialog);
                        node.set_label(title);
                    });
                    let line = vec2(ui.available_width(), size::CONTROL);
                    let layout = Layout::right_to_left(Align::Center);
                    ui.allocate_ui_with_layout(line, layout, |ui| {
                        let close = IconButton::new(Icon::Close, "Close").shortcut("Esc");
                        if ui.add(close).clicked() {
                            outcome = DialogOutcome::Closed;
                        }
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            ui.label(RichText::new(title).font(type_style::title()));
                        });
                    });
                    ui.add_space(2.0 * size::UNIT);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    // What scrolls leaves room for its bar.
                    ui.spacing_mut().scroll.floating_allocated_width = 3.0 * size::UNIT;
                    inside(ui, highest - below)
                })
                .inner
        });
    let is_escaped = !egui::Popup::is_any_open(ui)
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if is_escaped {
        outcome = DialogOutcome::Closed;
    }
    (outcome, shown.inner)
}

/// A line of a form: what it asks for, and the field.
pub(super) fn form_row<R>(ui: &mut Ui, label: &str, field: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL + 2.0 * size::UNIT);
        let (rect, _) =
            ui.allocate_exact_size(vec2(LABEL_WIDTH, size::CONTROL), egui::Sense::hover());
        let weak = tokens(ui).weak;
        crate::ui::widgets::paint_elided(
            ui.painter(),
            rect,
            label,
            type_style::body(),
            weak,
            Align::Min,
        );
        field(ui)
    })
    .inner
}

/// A sentence under a field, in the colour given.
pub(super) fn form_note(ui: &mut Ui, words: &str, color: egui::Color32) {
    ui.horizontal(|ui| {
        ui.add_space(LABEL_WIDTH + size::UNIT);
        ui.label(RichText::new(words).font(type_style::small()).color(color));
    });
    ui.add_space(size::UNIT);
}
