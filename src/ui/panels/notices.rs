//! What the user is told, in the lower right corner: never in the way, gone when it is good news
//! that has been read.

use std::time::Duration;
use std::time::Instant;

use egui::Align2;
use egui::Area;
use egui::Id;
use egui::Order;
use egui::Rect;
use egui::ScrollArea;
use egui::Ui;
use egui::vec2;

use crate::app::Action;
use crate::app::App;
use crate::app::Severity;
use crate::ui::ctx::Ctx;
use crate::ui::theme::size;
use crate::ui::widgets::NoticeCard;
use crate::ui::widgets::NoticeEvent;
use crate::ui::widgets::Severity as CardSeverity;

/// Width of a card.
const WIDTH: f32 = 340.0;
/// How many cards are seen at once.
const MAX_SHOWN: usize = 4;
/// How often good news is looked at to see whether it has been read.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The notices as they are seen.
#[derive(Debug, Default)]
pub struct Notices {}

impl Notices {
    /// In how long the window must be drawn again because a notice leaves by itself.
    pub fn next_change(&self, app: &App, _now: Instant) -> Option<Duration> {
        let mut notices = app.notices().iter();
        let is_leaving = notices.any(|notice| notice.severity == Severity::Info);
        is_leaving.then_some(LOOK_EVERY)
    }
}

/// Shows the newest notices in the lower right corner of `room`, the newest lowest.
pub fn notices_ui(ui: &Ui, ctx: &Ctx<'_>, _view: &mut Notices, room: Rect) {
    let notices = ctx.app.notices();
    if notices.is_empty() {
        return;
    }
    let margin = 3.0 * size::UNIT;
    let corner = room.right_bottom() - vec2(margin, margin);
    Area::new(Id::unique("notices"))
        .order(Order::Foreground)
        .pivot(Align2::RIGHT_BOTTOM)
        .fixed_pos(corner)
        .constrain_to(room)
        .show(ui, |ui| {
            ui.set_width(WIDTH.min(room.width() - 2.0 * margin));
            ui.spacing_mut().item_spacing.y = 2.0 * size::UNIT;
            let highest = room.height() - 2.0 * margin;
            ScrollArea::vertical().max_height(highest).show(ui, |ui| {
                for notice in notices.iter().skip(notices.len().saturating_sub(MAX_SHOWN)) {
                    let card = NoticeCard::new(weight(notice.severity), &notice.sentence)
                        .details(&notice.details);
                    let event = ui.push_id(notice.id, |ui| card.show(ui)).inner;
                    if event == Some(NoticeEvent::Closed) {
                        ctx.request(Action::CloseNotice(notice.id));
                    }
                }
            });
        });
}

fn weight(severity: Severity) -> CardSeverity {
    match severity {
        Severity::Info => CardSeverity::Info,
        Severity::Warning => CardSeverity::Warning,
        Severity::Error => CardSeverity::Error,
    }
}
