//! The lane of the guide: the cut's own sound.

use egui::Ui;
use egui::pos2;

use super::sound::Strength;
use super::sound::wave;
use crate::app::Action;
use crate::app::EpisodeAction;
use crate::time::TickSpan;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::panels::timeline::stage::line;
use crate::ui::theme::type_style;

/// Draws the guide, or says how to get one.
pub(in crate::ui::panels::timeline) fn guide_ui(ui: &mut Ui, stage: &Stage<'_>) {
    let lane = stage.lanes.guide;
    let Some(guide) = &stage.cut.guide else {
        let text = "No guide yet";
        let color = stage.tokens.faint;
        let galley = line(ui, text, type_style::small(), color, lane.width());
        let at = pos2(lane.left() + 12.0, lane.center().y - galley.size().y / 2.0);
        let right = at.x + galley.size().x;
        ui.painter().galley(at, galley, color);
        let button = egui::Rect::from_min_max(
            pos2(right + 8.0, lane.center().y - 10.0),
            pos2(right + 116.0, lane.center().y + 10.0),
        );
        let response = ui.place(button, egui::Button::new("Set guide…").small());
        if response
            .on_hover_text("The cut's own sound: dialogue and effects, played along for reference")
            .clicked()
        {
            stage.ask(Action::Episode(EpisodeAction::GuideDialog));
        }
        return;
    };
    let sounds = TickSpan::with_length(guide.offset, guide.media.duration());
    let strength = if stage.ctx.app.transport().is_guide_on() {
        Strength::Full
    } else {
        Strength::Dimmed
    };
    let row = lane.shrink2(egui::vec2(0.0, 3.0));
    wave(ui, stage, &guide.media, guide.offset, sounds, row, strength);
}
