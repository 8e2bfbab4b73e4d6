//! Whether everything is in the show's file.

use egui::Label;
use egui::RichText;
use egui::Sense;
use egui::Ui;

use crate::storage::SaveState;
use crate::ui::ctx::Ctx;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;

/// Says where saving stands.
pub(super) fn saved_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let Some(session) = ctx.app.session() else {
        return;
    };
    let tokens = tokens(ui);
    let (word, ink, more) = match session.save_state() {
        SaveState::Saved => ("saved", tokens.faint, "Everything is in the show's file"),
        SaveState::Unsaved | SaveState::Saving => {
            ("saving…", tokens.faint, "The last changes are being saved")
        }
        SaveState::Failed(reason) => {
            failed_ui(ui, &reason);
            return;
        }
    };
    let text = RichText::new(word).font(type_style::small()).color(ink);
    ui.add(Label::new(text).sense(Sense::hover()))
        .on_hover_text(format!("{more}: {}", session.path().display()));
}

fn failed_ui(ui: &mut Ui, reason: &str) {
    let ink = tokens(ui).error;
    let text = RichText::new("not saved")
        .font(type_style::small())
        .color(ink);
    ui.add(Label::new(text).sense(Sense::hover()))
        .on_hover_text(format!("{reason}. It is tried again"));
}
