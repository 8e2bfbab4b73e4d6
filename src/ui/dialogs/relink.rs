//! What came of looking for missing files: what was found again, what only has the name, what is
//! lost. Nothing changes before somebody says so.

use egui::Align;
use egui::Layout;
use egui::RichText;
use egui::Ui;
use egui::vec2;

use super::DialogOutcome;
use super::frame::dialog_with_buttons;
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
use crate::ui::widgets::count_text;
use crate::ui::widgets::elided_label;

/// Shows the dialog.
pub(super) fn relink_ui(ui: &Ui, ctx: &Ctx<'_>) -> DialogOutcome {
    let Some(review) = ctx.app.relink_review() else {
        return DialogOutcome::Closed;
    };
    let body = |ui: &mut Ui| {
        summary_ui(ui, review);
        for (title, is_meant) in GROUPS {
            group_ui(ui, review, title, is_meant);
        }
    };
    let (outcome, is_done) = dialog_with_buttons(ui, "Missing files", 640.0, body, |ui| {
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

/// How many files of a group are shown: a whole drive may be missing.
const SHOWN: usize = 200;

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
    let looked_at = match review.n_looked_at {
        0 => "no sound file is".to_owned(),
        1 => "one sound file is".to_owned(),
        n => format!("{} sound files are", count_text(n)),
    };
    let words = format!(
        "{} of {} missing files were found again; {looked_at} in {}",
        count_text(n_found),
        count_text(n_missing),
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
    let heading = format!("{title}  {}", count_text(missing.len()));
    ui.label(
        RichText::new(heading)
            .font(type_style::small_strong())
            .color(tokens.weak),
    );
    let n_more = missing.len().saturating_sub(SHOWN);
    for missing in missing.into_iter().take(SHOWN) {
        let place = match &missing.fate {
            Fate::Found(path) | Fate::Namesake(path) => path,
            Fate::Lost => &missing.was,
        };
        elided_label(ui, &missing.title, type_style::body(), tokens.text);
        let place = place.display().to_string();
        elided_label(ui, &place, type_style::small(), tokens.weak);
        ui.add_space(size::UNIT);
    }
    if n_more > 0 {
        let more = format!("… and {} more", count_text(n_more));
        elided_label(ui, &more, type_style::body(), tokens.weak);
    }
}

/// Returns whether the dialog is done with.
fn buttons_ui(ui: &mut Ui, ctx: &Ctx<'_>, review: &RelinkReview) -> bool {
    let n_found = review.n_found();
    let line = vec2(ui.available_width(), size::CONTROL);
    let layout = Layout::right_to_left(Align::Center);
    if n_found == 0 {
        let button = TextButton::new("Look in another folder…");
        let pressed = ui.allocate_ui_with_layout(line, layout, |ui| ui.add(button).clicked());
        if pressed.inner {
            ctx.request(Action::Pool(PoolAction::ForgetRelink));
            ctx.request(Action::Pool(PoolAction::RelinkDialog));
        }
        return pressed.inner;
    }
    let words = match n_found {
        1 => "Relink one file".to_owned(),
        n => format!("Relink {} files", count_text(n)),
    };
    let button = TextButton::new(&words).primary();
    let pressed = ui.allocate_ui_with_layout(line, layout, |ui| ui.add(button).clicked());
    if pressed.inner {
        ctx.request(Action::Pool(PoolAction::ApplyRelink));
    }
    pressed.inner
}
