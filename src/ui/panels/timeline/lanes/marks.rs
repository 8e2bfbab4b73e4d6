//! What is known of a track as music, on its waveform: beats where there is room for them, parts,
//! where it lifts and how it ends. Quiet, so that the waveform stays what is seen first.

use egui::Rangef;
use egui::Rect;
use egui::Shape;
use egui::Stroke;
use egui::Ui;
use egui::pos2;

use super::sound::Strength;
use crate::model::Alternate;
use crate::model::Ending;
use crate::model::Track;
use crate::time::TickSpan;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::theme::size;

/// Beats nearer than this, in points, are not drawn; then only those that begin bars are.
const BEATS_APART: f32 = 9.0;
/// Bars nearer than this are not drawn either.
const BARS_APART: f32 = 14.0;
/// Rows lower than this have no room for it.
const LOWEST: f32 = 18.0;
const BEAT: f32 = 3.0;
const BAR: f32 = 7.0;
/// Half the width of the mark where a track lifts.
const LIFT: f32 = 4.0;

/// Paints what is known of the music of `alternate` on the stretch `heard` of the cut, over its
/// waveform in `row`.
pub(super) fn marks(
    ui: &Ui,
    stage: &Stage<'_>,
    alternate: &Alternate,
    heard: TickSpan,
    row: Rect,
    strength: Strength,
) {
    let track = stage.show.track(alternate.track);
    let scale = stage.scale;
    let seen = row.intersect(stage.lanes.content).x_range();
    let seen = TickSpan::between(scale.at(seen.min), scale.at(seen.max));
    let (Some(track), Some(seen)) = (track, heard.intersection(seen)) else {
        return;
    };
    if row.height() < LOWEST {
        return;
    }
    let marks = Marks {
        ui,
        stage,
        alternate,
        seen,
        row,
        opacity: match strength {
            Strength::Full => 1.0,
            Strength::Dimmed => 0.6,
        },
    };
    marks.beats();
    marks.form(track, heard);
}

struct Marks<'a> {
    ui: &'a Ui,
    stage: &'a Stage<'a>,
    alternate: &'a Alternate,
    /// What of it is heard and seen.
    seen: TickSpan,
    row: Rect,
    opacity: f32,
}

impl Marks<'_> {
    fn stroke(&self, opacity: f32) -> Stroke {
        let color = self
            .stage
            .tokens
            .text
            .gamma_multiply(opacity * self.opacity);
        Stroke::new(size::HAIRLINE, color)
    }

    /// Ticks along the lower edge, those of bars longer.
    fn beats(&self) {
        let Some(grid) = self.stage.ctx.app.beats(self.alternate.track) else {
            return;
        };
        let start = self.alternate.track_start;
        let gap = grid.gap_at(self.seen.start() - start);
        let apart = gap.map_or(0.0, |gap| self.stage.scale.points(gap));
        let has_beats = apart >= BEATS_APART;
        let has_bars = apart * grid.in_bar() as f32 >= BARS_APART;
        if !has_beats && !has_bars {
            return;
        }
        let (beat, bar) = (self.stroke(0.35), self.stroke(0.6));
        let foot = self.row.bottom();
        for at in grid.within(self.seen.shifted(-start)) {
            let (height, stroke) = if at.is_downbeat {
                (BAR, bar)
            } else {
                (BEAT, beat)
            };
            if at.is_downbeat || has_beats {
                let x = self.stage.scale.x(at.at + start);
                let range = Rangef::new(foot - height, foot);
                self.ui.painter().vline(x, range, stroke);
            }
        }
    }

    /// Where parts begin, where it lifts, and how it ends.
    fn form(&self, track: &Track, heard: TickSpan) {
        let (scale, start) = (self.stage.scale, self.alternate.track_start);
        let painter = self.ui.painter();
        let stroke = self.stroke(0.25);
        for at in track.sections() {
            let at = *at + start;
            // The edge of the block says so already.
            if self.seen.contains(at) && at > heard.start() {
                painter.vline(scale.x(at), self.row.y_range(), stroke);
            }
        }
        let Some(form) = &track.measured.form else {
            return;
        };
        let accent = self.stage.tokens.accent.gamma_multiply(self.opacity);
        if let Some(lift) = form.lift.map(|lift| lift + start)
            && self.seen.contains(lift)
        {
            let (x, top) = (scale.x(lift), self.row.top() + 1.0);
            let corners = vec![
                pos2(x - LIFT, top + LIFT + 1.0),
                pos2(x, top),
                pos2(x + LIFT, top + LIFT + 1.0),
            ];
            painter.add(Shape::convex_polygon(corners, accent, Stroke::NONE));
        }
        if let (Some(ending), Some(last)) = (form.ending, track.measured.last_sound)
            && self.seen.contains(last + start)
        {
            let (x, foot) = (scale.x(last + start), self.row.bottom());
            let thick = Stroke::new(size::FOCUS, self.stroke(0.6).color);
            match ending {
                Ending::Hard => painter.vline(x, Rangef::new(foot - 2.0 * BAR, foot), thick),
                Ending::RingingOut => {
                    let from = pos2(x - 2.0 * BAR, foot - BAR);
                    painter.line_segment([from, pos2(x, foot)], thick)
                }
            };
        }
    }
}
