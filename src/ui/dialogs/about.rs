//! What this program is, and whose work it stands on.

use egui::RichText;
use egui::Ui;

use super::DialogOutcome;
use super::frame::dialog_frame;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// Shows the dialog.
pub(super) fn about_ui(ui: &Ui) -> DialogOutcome {
    let (outcome, ()) = dialog_frame(ui, "Needledrop", 380.0, |ui| {
        let weak = tokens(ui).weak;
        ui.label("Songs for a show: hear them against the scene, drop the right one, carry it through every cut.");
        ui.add_space(2.0 * size::UNIT);
        let version = format!("Version {}", env!("CARGO_PKG_VERSION"));
        ui.label(RichText::new(version).color(weak));
        ui.label(RichText::new("MIT or Apache-2.0, at your choice").color(weak));
        ui.add_space(2.0 * size::UNIT);
        ui.label(
            RichText::new(
                "Drawn with egui, heard through rodio, decoded by symphonia, kept by Automerge. \
                 Set in Inter and JetBrains Mono (SIL Open Font License).",
            )
            .font(type_style::small())
            .color(weak),
        );
    });
    outcome
}
