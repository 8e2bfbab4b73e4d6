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
use crate::app::MeasuringAction;
use crate::app::MeasuringStatus;
use crate::jobs::Counts;
use crate::jobs::JobStatus;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::theme::tokens;
use crate::ui::theme::type_style;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::TextButton;
use crate::ui::widgets::about_text;
use crate::ui::widgets::count_text;
use crate::ui::widgets::elided_label;
use crate::ui::widgets::progress_bar;

/// Shows how much is going on. Lays out from right to left.
pub(super) fn jobs_ui(ui: &mut Ui, ctx: &Ctx<'_>) {
    let jobs = ctx.app.jobs();
    let measuring = ctx.app.measuring();
    let text = match (jobs.as_slice(), &measuring) {
        ([], None) => return,
        ([], Some(measuring)) if measuring.is_paused => {
            format!("Measuring paused at {}", measuring_words(measuring))
        }
        ([], Some(measuring)) => format!("Measuring {}", measuring_words(measuring)),
        ([one], None) => one.label.clone(),
        (many, measuring) => format!("{} jobs", many.len() + usize::from(measuring.is_some())),
    };
    let size = vec2(72.0, size::CONTROL);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        progress_bar(
            ui,
            "All background work",
            overall(&jobs, measuring.as_ref()),
        );
    });
    let button = ui.add(TextButton::new(&text).quiet());
    Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width(320.0)
        .show(|ui| {
            for job in &jobs {
                job_ui(ui, ctx, job);
            }
            if let Some(measuring) = &measuring {
                measuring_ui(ui, ctx, measuring);
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

/// Measuring the pool, with buttons that pause and stop it.
fn measuring_ui(ui: &mut Ui, ctx: &Ctx<'_>, measuring: &MeasuringStatus) {
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        let stop = IconButton::new(Icon::Close, "Stop measuring").side(size::CHIP);
        if ui.add(stop).clicked() {
            ctx.request(Action::Measuring(MeasuringAction::Cancel));
        }
        let (icon, name, action) = if measuring.is_paused {
            (Icon::Play, "Resume measuring", MeasuringAction::Resume)
        } else {
            (Icon::Pause, "Pause measuring", MeasuringAction::Pause)
        };
        if ui
            .add(IconButton::new(icon, name).side(size::CHIP))
            .clicked()
        {
            ctx.request(Action::Measuring(action));
        }
        ui.vertical(|ui| {
            let tokens = tokens(ui);
            let name = "Measuring the pool";
            elided_label(ui, name, type_style::body(), tokens.text);
            progress_bar(ui, name, counts(measuring).fraction());
            let paused = if measuring.is_paused {
                "paused at "
            } else {
                ""
            };
            let words = measuring_words(measuring);
            let words = match measuring.n_failed {
                0 => format!("{paused}{words}"),
                n => format!("{paused}{words}, {} could not be read", count_text(n)),
            };
            let words = RichText::new(words).font(type_style::small());
            ui.label(words.color(tokens.weak));
        });
    });
}

/// “1,204 of 3,010 · about 12 min”.
fn measuring_words(measuring: &MeasuringStatus) -> String {
    let (done, all) = (count_text(measuring.n_done), count_text(measuring.n_all));
    match measuring.left.filter(|_| !measuring.is_paused) {
        Some(left) => format!("{done} of {all} · {}", about_text(left)),
        None => format!("{done} of {all}"),
    }
}

fn counts(measuring: &MeasuringStatus) -> Counts {
    Counts {
        found: measuring.n_all as u64,
        done: (measuring.n_done - measuring.n_failed) as u64,
        failed: measuring.n_failed as u64,
    }
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
    let text = |n: u64| count_text(usize::try_from(n).unwrap_or(usize::MAX));
    let (all, gone) = (text(found), text(done + failed));
    match (found, failed) {
        (0, _) => "starting…".to_owned(),
        (_, 0) => format!("{gone} of {all}"),
        _ => format!("{gone} of {all}, {} could not be read", text(failed)),
    }
}

/// The share of everything that is dealt with.
fn overall(jobs: &[JobStatus], measuring: Option<&MeasuringStatus>) -> Option<f32> {
    let all = jobs.iter().map(|job| job.counts);
    let total = all
        .chain(measuring.map(counts))
        .fold(Counts::default(), |sum, counts| Counts {
            found: sum.found + counts.found,
            done: sum.done + counts.done,
            failed: sum.failed + counts.failed,
        });
    total.fraction()
}
