//! The pool's header: whose pool it is, and how more gets into it.

use egui::Align;
use egui::Button;
use egui::Frame;
use egui::Layout;
use egui::Margin;
use egui::Popup;
use egui::Ui;
use egui::vec2;

use crate::model::Show;
use crate::ui::commands::Command;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::elided_label;

/// Shows the header.
pub(super) fn header_ui(ui: &mut Ui, ctx: &Ctx<'_>, show: &Show) {
    Frame::new()
        .inner_margin(Margin {
            left: 12,
            right: 6,
            top: 8,
            bottom: 2,
        })
        .show(ui, |ui| {
            let size = vec2(ui.available_width(), size::CONTROL);
            let layout = Layout::right_to_left(Align::Center);
            ui.allocate_ui_with_layout(size, layout, |ui| {
                let add = ui.add(IconButton::new(Icon::Plus, "Add tracks"));
                Popup::menu(&add).show(|ui| {
                    for command in [Command::AddFiles, Command::AddFolder] {
                        let mut button = Button::new(command.text());
                        if let Some(keys) = command.keys_text(ui) {
                            button = button.shortcut_text(keys);
                        }
                        if ui.add(button).clicked() {
                            ctx.run(command);
                        }
                    }
                });
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let ink = tokens(ui).text;
                    elided_label(ui, &show.title, type_style::title(), ink);
                });
            });
        });
}
