//! What goes on in the background: one word and one bar, and on a click every job with a button
//! that stops it.

use egui::Align;
use egui::Layout;
use egui::Popup;
use egui::PopupCloseBehavior;
use egui::RichText;
use egui::Ui;
use egui::vec2;

use crate::app::Action;
use crate::jobs::Counts;
use crate::jobs::JobStatus;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::elided_label;
use crate::ui::widgets::progress_bar;

/// Shows how much is going on. Lays out from right to left.
pub(super) fn jobs_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let jobs = ctx.app.jobs();
    if jobs.is_empty() {
        return;
    }
    let text = match jobs.as_slice() {
        [one] => one.label.clone(),
        many => format!("{} jobs", many.len()),
    };
    let size = vec2(72.0, size::CONTROL);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        progress_bar(ui, "All background work", overall(&jobs));
    });
    let button = ui.add(TextButton::new(&text).quiet());
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(320.0)
        .show(|ui| {
            for job in &jobs {
                job_ui(ui, ctx, job);
            }
        });
}

fn job_ui(ui: &mut Ui, ctx: &Ctx<'_>, job: &JobStatus) {
    ui.push_id(job.label.as_str(), |ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let name = format!("Stop {}", job.label);
            let stop = ui.add_enabled(
                !job.is_cancelled,
                IconButton::new(Icon::Close, &name).side(size::CHIP),
            );
            if stop.clicked() {
                ctx.request(Action::CancelJob(job.id));
            }
            ui.vertical(|ui| {
                let tokens = tokens(ui);
                elided_label(ui, &job.label, type_style::body(), tokens.text);
                progress_bar(ui, &job.label, job.counts.fraction());
                let words = RichText::new(words(job)).font(type_style::small());
                ui.label(words.color(tokens.weak));
            });
        });
    });
}

fn words(job: &JobStatus) -> String {
    let Counts {
        found,
        done,
        failed,
    } = job.counts;
    if job.is_cancelled {
        return "stopping…".to_owned();
    }
    match (found, failed) {
        (0, _) => "starting…".to_owned(),
        (_, 0) => format!("{done} of {found}"),
        _ => format!("{} of {found}, {failed} could not be read", done + failed),
    }
}

/// The share of everything that is dealt with.
fn overall(jobs: &[JobStatus]) -> Option<f32> {
    let total = jobs.iter().fold(Counts::default(), |sum, job| Counts {
        found: sum.found + job.counts.found,
        done: sum.done + job.counts.done,
        failed: sum.failed + job.counts.failed,
    });
    total.fraction()
}
