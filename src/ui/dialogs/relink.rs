//! What came of looking for missing files: what was found again, what only has the name, what is
//! lost. Nothing changes before somebody says so.

use egui::Align;
use egui::Layout;
use egui::RichText;
use egui::Ui;
use egui::vec2;

use super::DialogOutcome;
use super::frame::dialog_frame;
use super::frame::form_note;
use crate::app::Action;
use crate::app::Fate;
use crate::app::Missing;
use crate::app::PoolAction;
use crate::app::RelinkReview;
use crate::ui::ctx::Ctx;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::elided_label;

/// Shows the dialog.
pub(super) fn relink_ui(ui: &Ui, ctx: &Ctx<'_>) -> DialogOutcome {
    let Some(review) = ctx.app.relink_review() else {
        return DialogOutcome::Closed;
    };
    let (outcome, is_done) = dialog_frame(ui, "Missing files", 640.0, |ui| {
        summary_ui(ui, review);
        for (title, is_meant) in GROUPS {
            group_ui(ui, review, title, is_meant);
        }
        ui.add_space(2.0 * size::UNIT);
        buttons_ui(ui, ctx, review)
    });
    if outcome.is_closed() {
        ctx.request(Action::Pool(PoolAction::ForgetRelink));
    }
    if is_done {
        return DialogOutcome::Closed;
    }
    outcome
}

/// Whether a missing file belongs to a group.
type Belongs = fn(&Fate) -> bool;

/// What is shown together.
const GROUPS: [(&str, Belongs); 3] = [
    ("Found again", |fate| matches!(fate, Fate::Found(_))),
    ("Another file of the same name", |fate| {
        matches!(fate, Fate::Namesake(_))
    }),
    ("Not found", |fate| matches!(fate, Fate::Lost)),
];

fn summary_ui(ui: &mut Ui, review: &RelinkReview) {
    let (n_missing, n_found) = (review.missing.len(), review.n_found());
    let words = format!(
        "{n_found} of {n_missing} missing files were found again among {} in {}",
        review.n_looked_at,
        review.folder.display()
    );
    let weak = tokens(ui).weak;
    elided_label(ui, &words, type_style::body(), weak);
}

fn group_ui(ui: &mut Ui, review: &RelinkReview, title: &str, is_meant: Belongs) {
    let missing = review.missing.iter().filter(|it| is_meant(&it.fate));
    let missing: Vec<&Missing> = missing.collect();
    if missing.is_empty() {
        return;
    }
    let tokens = tokens(ui);
    ui.add_space(2.0 * size::UNIT);
    let heading = format!("{title}  {}", missing.len());
    ui.label(
        RichText::new(heading)
            .font(type_style::small_strong())
            .color(tokens.weak),
    );
    for missing in missing {
        let place = match &missing.fate {
            Fate::Found(path) | Fate::Namesake(path) => path,
            Fate::Lost => &missing.was,
        };
        elided_label(ui, &missing.title, type_style::body(), tokens.text);
        let place = place.display().to_string();
        elided_label(ui, &place, type_style::small(), tokens.weak);
    }
}

/// Returns whether the files were taken.
fn buttons_ui(ui: &mut Ui, ctx: &Ctx<'_>, review: &RelinkReview) -> bool {
    let n_found = review.n_found();
    let weak = tokens(ui).weak;
    if n_found == 0 {
        form_note(ui, "Choose another folder from the Pool menu", weak);
        return false;
    }
    let line = vec2(ui.available_width(), size::CONTROL);
    let layout = Layout::right_to_left(Align::Center);
    let words = match n_found {
        1 => "Relink one file".to_owned(),
        n => format!("Relink {n} files"),
    };
    let button = TextButton::new(&words).primary();
    let pressed = ui.allocate_ui_with_layout(line, layout, |ui| ui.add(button).clicked());
    if pressed.inner {
        ctx.request(Action::Pool(PoolAction::ApplyRelink));
    }
    pressed.inner
}
