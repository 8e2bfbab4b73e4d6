//! Looking over a list before anything is taken from it: what the columns of a table mean, or which
//! lists of a library are wanted; and what would come of it, counted as one goes.

mod columns;
mod library;
mod table;

use egui::Align;
use egui::Layout;
use egui::Ui;
use egui::vec2;

use super::DialogOutcome;
use super::frame::dialog_frame;
use crate::app::Action;
use crate::app::ListContent;
use crate::app::ListReview;
use crate::app::PoolAction;
use crate::app::Tally;
use crate::ui::ctx::Ctx;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::count_text;
use crate::ui::widgets::elided_label;

/// How many lines that cannot be read are shown.
const MAX_SHOWN: usize = 6;

/// What has been entered besides how the list is read.
#[derive(Debug, Default)]
pub struct ListForm {
    /// The preset that was chosen last, if nothing was changed since.
    preset: Option<usize>,
    /// What a new preset is to be called.
    name: String,
}

/// Shows the dialog.
pub(super) fn list_review_ui(ui: &Ui, ctx: &Ctx<'_>, form: &mut ListForm) -> DialogOutcome {
    let Some(review) = ctx.app.list_review() else {
        return DialogOutcome::Closed;
    };
    let (title, width) = match review.content {
        ListContent::Table(_) => ("Import a table", 1000.0),
        ListContent::Library(_) => ("Import from a library", 560.0),
    };
    let (outcome, is_done) = dialog_frame(ui, title, width, |ui| {
        let tokens = tokens(ui);
        let path = review.path.display().to_string();
        elided_label(ui, &path, type_style::small(), tokens.weak);
        ui.add_space(2.0 * size::UNIT);
        match &review.content {
            ListContent::Table(file) => table::table_ui(ui, ctx, review, file, form),
            ListContent::Library(lists) => library::library_ui(ui, ctx, review, lists),
        }
        ui.add_space(2.0 * size::UNIT);
        tally_ui(ui, review);
        ui.add_space(2.0 * size::UNIT);
        keep_ui(ui, ctx, review);
        ui.add_space(2.0 * size::UNIT);
        buttons_ui(ui, ctx, review)
    });
    if outcome.is_closed() {
        ctx.request(Action::Pool(PoolAction::LeaveList));
    }
    if is_done || outcome.is_closed() {
        *form = ListForm::default();
        return DialogOutcome::Closed;
    }
    outcome
}

/// What would come of it, and what cannot be read.
fn tally_ui(ui: &mut Ui, review: &ListReview) {
    let tokens = tokens(ui);
    let Some(tally) = &review.tally else {
        elided_label(ui, "Counting…", type_style::strong(), tokens.weak);
        return;
    };
    elided_label(ui, &said(tally), type_style::strong(), tokens.text);
    ui.add_space(size::UNIT);
    for sentence in tally.not_understood.iter().take(MAX_SHOWN) {
        elided_label(ui, sentence, type_style::small(), tokens.warning);
    }
    let n_more = tally.n_not_understood().saturating_sub(MAX_SHOWN);
    if n_more > 0 {
        let more = format!("… and {} more", count_text(n_more));
        elided_label(ui, &more, type_style::small(), tokens.weak);
    }
}

/// Whether it is also kept as a list of the show.
fn keep_ui(ui: &mut Ui, ctx: &Ctx<'_>, review: &ListReview) {
    let n_chosen = review.chosen.iter().filter(|is_chosen| **is_chosen).count();
    let words = match n_chosen {
        0 | 1 => "Also keep as a list of the show, in its order".to_owned(),
        n => format!("Also keep as {n} lists of the show, each in its order"),
    };
    let mut keeps = review.keeps;
    if ui.checkbox(&mut keeps, words).changed() {
        ctx.request(Action::Pool(PoolAction::KeepList(keeps)));
    }
}

/// What would come of it, in one line.
fn said(tally: &Tally) -> String {
    let counted = |n: usize, one: &str, many: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{} {many}", count_text(n)),
    };
    let mut parts = Vec::new();
    if tally.n_new > 0 || tally.n_known + tally.n_wishes == 0 {
        parts.push(counted(tally.n_new, "new track", "new tracks"));
    }
    if tally.n_known > 0 {
        parts.push(format!("{} already in the pool", count_text(tally.n_known)));
    }
    if tally.n_wishes > 0 {
        let (one, many) = (
            "wish, as it has no file here",
            "wishes, as they have no file here",
        );
        parts.push(counted(tally.n_wishes, one, many));
    }
    let n_lost = tally.n_not_understood();
    if n_lost > 0 {
        parts.push(format!("{} not understood", count_text(n_lost)));
    }
    parts.join("  ·  ")
}

/// Returns whether the list was taken.
fn buttons_ui(ui: &mut Ui, ctx: &Ctx<'_>, review: &ListReview) -> bool {
    let n = review.tally.as_ref().map_or(0, Tally::n_added);
    let n_known = review.tally.as_ref().map_or(0, |tally| tally.n_known);
    let is_named = match review.content {
        ListContent::Table(_) => review.mapping.names_recordings(),
        ListContent::Library(_) => review.chosen.contains(&true),
    };
    let words = match n {
        0 => "Import".to_owned(),
        1 => "Import one track".to_owned(),
        n => format!("Import {} tracks", count_text(n)),
    };
    let is_ready = is_named && n + n_known > 0;
    let line = vec2(ui.available_width(), size::CONTROL);
    let layout = Layout::right_to_left(Align::Center);
    let weak = tokens(ui).weak;
    let pressed = ui.allocate_ui_with_layout(line, layout, |ui| {
        let button = TextButton::new(&words).primary();
        let pressed = ui.add_enabled_ui(is_ready, |ui| ui.add(button).clicked());
        ui.add_space(2.0 * size::UNIT);
        let n_waiting = ctx.app.n_lists_waiting();
        let note = match (&review.content, is_named, n_waiting) {
            (ListContent::Table(_), false, _) => "Say which column is the title, or the file",
            (ListContent::Library(_), false, _) => "Choose at least one list",
            (_, true, 0) => "",
            (_, true, _) => "More lists are waiting after this one",
        };
        elided_label(ui, note, type_style::small(), weak);
        pressed.inner
    });
    if pressed.inner {
        ctx.request(Action::Pool(PoolAction::TakeList));
    }
    pressed.inner
}
