//! How sound has fared since the program was started.

use std::time::Duration;

use egui::Ui;

use super::DialogOutcome;
use super::frame::dialog_frame;
use super::frame::form_note;
use super::frame::form_row;
use crate::app::Device;
use crate::ui::ctx::Ctx;
use crate::ui::theme::tokens;

/// How often the numbers are read.
const EVERY: Duration = Duration::from_millis(500);

/// Shows the dialog.
pub(super) fn diagnostics_ui(ui: &Ui, ctx: &Ctx<'_>) -> DialogOutcome {
    ui.request_repaint_after(EVERY);
    let transport = ctx.app.transport();
    let counted = transport.diagnostics();
    let device = match transport.device() {
        Device::Opening => "being opened".to_owned(),
        Device::None => "none; the playhead moves in silence".to_owned(),
        Device::Open { name, rate, buffer } => {
            let ms = f64::from(*buffer) * 1000.0 / f64::from(*rate);
            let name = if name.is_empty() { "nameless" } else { name };
            format!("{name}, {rate} Hz, {buffer} frames ({ms:.1} ms)")
        }
    };
    let weak = tokens(ui).weak;
    let (outcome, ()) = dialog_frame(ui, "Sound diagnostics", 500.0, |ui| {
        form_row(ui, "Device", |ui| ui.label(device));
        let mut fact = |name: &str, number: u64, note: &str| {
            form_row(ui, name, |ui| ui.label(number.to_string()));
            form_note(ui, note, weak);
        };
        let dry = counted.underruns + counted.hiccups;
        fact(
            "Ran out of sound",
            dry,
            "The system asked too late, or reported an error",
        );
        fact(
            "Stopped",
            counted.stalls,
            "The device no longer asked for sound, and was opened anew",
        );
        fact(
            "Late parts",
            counted.late_starts,
            "Music that was not ready when its place came",
        );
        fact(
            "Starved",
            counted.starved,
            "Music that ran out while it played",
        );
        fact(
            "Silent frames",
            counted.late_frames,
            "Left out because of the two above",
        );
        fact(
            "Sounds opened",
            counted.opened,
            "Files opened to be heard, or made ready to be",
        );
        fact(
            "From memory",
            counted.heads_used,
            "Begun from what had been made ready",
        );
        fact(
            "Not opened",
            counted.failed,
            "Files that could not be opened or read",
        );
    });
    outcome
}
