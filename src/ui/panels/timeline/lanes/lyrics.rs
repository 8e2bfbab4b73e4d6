//! The lane of lyrics: the lines of what is heard, where they are sung, the current one brighter.

use egui::Sense;
use egui::Ui;
use egui::WidgetInfo;
use egui::pos2;

use crate::app::Action;
use crate::app::TransportAction;
use crate::model::Alternate;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::ui::panels::timeline::gesture::heard;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::panels::timeline::stage::id_of;
use crate::ui::panels::timeline::stage::line;
use crate::ui::theme::type_style;

/// Where there is less room to the next line, a line is not written.
const NARROWEST: f32 = 22.0;
const GAP: f32 = 10.0;
/// Lines are written in two rows by turns, so that each has twice the room.
const ROW: f32 = 16.0;

/// Draws the words that are sung; a click on one goes there.
pub(in crate::ui::panels::timeline) fn lyrics_ui(ui: &Ui, stage: &Stage<'_>) {
    for item in &stage.model.slots {
        if let Some((_, alternate)) = stage.music_of(item.id) {
            lines_ui(ui, stage, alternate, item.span);
        }
    }
    if let Some(trial) = stage.trial.filter(|trial| trial.slot.is_none()) {
        lines_ui(ui, stage, &trial.alternate, trial.span);
    }
}

fn lines_ui(ui: &Ui, stage: &Stage<'_>, alternate: &Alternate, slot: TickSpan) {
    let lane = stage.lanes.lyrics;
    let x_of = |at: Ticks| stage.scale.x(at);
    if x_of(slot.end()) < lane.left() || lane.right() < x_of(slot.start()) {
        return;
    }
    let (Some(track), Some(heard)) = (
        stage.show.track(alternate.track),
        heard(stage.show, slot, alternate),
    ) else {
        return;
    };
    // The end of the words as well as the end of the music ends a line.
    let sung: Vec<(Ticks, &str)> = track
        .lyrics
        .iter()
        .filter_map(|line| Some((alternate.track_start + line.at?, line.text.as_str())))
        .collect();
    for (n, (at, text)) in sung.iter().enumerate() {
        let next = sung.get(n + 1).map_or(heard.end(), |(next, _)| *next);
        // The line after the next begins in the same row.
        let room = sung.get(n + 2).map_or(heard.end(), |(next, _)| *next);
        if text.is_empty() || !heard.contains(*at) {
            continue;
        }
        let (left, right) = (x_of(*at), x_of(room.min(heard.end()).max(*at)));
        if right < lane.left() || lane.right() < left || right - left < NARROWEST {
            continue;
        }
        let is_current = TickSpan::between(*at, next.max(*at)).contains(stage.playhead);
        let (color, font) = if is_current {
            (stage.tokens.text, type_style::strong())
        } else {
            (stage.tokens.weak, type_style::body())
        };
        let galley = line(ui, *text, font, color, right - left - GAP);
        // A line that began out of sight is written where it can be read.
        let latest = (right - GAP - galley.size().x).max(left);
        let x = left.max(lane.left() + 4.0).min(latest);
        let row = if n % 2 == 0 { -ROW / 2.0 } else { ROW / 2.0 };
        let top = lane.center().y + row - galley.size().y / 2.0;
        let rect = egui::Rect::from_min_size(pos2(x, top), galley.size());
        let id = id_of("lyric", (alternate.track, slot.start(), n));
        let response = stage.thing(ui, id, rect, Sense::click(), || {
            WidgetInfo::labeled(egui::Role::Button, true, format!("Lyric {text}"))
        });
        if response.clicked() {
            stage.ask(Action::Transport(TransportAction::Seek(*at)));
        }
        ui.painter().galley(rect.min, galley, color);
        if !stage.is_quiet(ui) {
            response.on_hover_text(format!("{}  {text}", stage.cut.label(*at)));
        }
    }
}
