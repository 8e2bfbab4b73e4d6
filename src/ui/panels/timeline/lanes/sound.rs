//! A track's waveform where it lies against the picture, with its fades.

use egui::Color32;
use egui::Rect;
use egui::Shape;
use egui::Stroke;
use egui::Ui;
use egui::pos2;

use super::marks::marks;
use crate::model::Alternate;
use crate::model::Media;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::ui::panels::timeline::gesture::heard;
use crate::ui::panels::timeline::stage::Stage;
use crate::ui::theme::size;
use crate::ui::wave::WaveLook;
use crate::ui::wave::wave_ui;

/// Narrower than this, a waveform says nothing.
const NARROWEST: f32 = 6.0;
/// Lower than this, lines of fades would only be in the way.
const FADES: f32 = 32.0;

/// Wider than this, points are no longer exact to a fraction of a pixel.
const WIDEST: f32 = 30_000.0;

/// How strongly a waveform is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// It is heard.
    Full,
    /// It is not: an alternate, or the guide.
    Dimmed,
}

/// The waveform of `media`, whose first sample falls on `start`, on the stretch `heard` of the cut,
/// within `row`, which may reach beyond what is seen.
pub(super) fn wave(
    ui: &Ui,
    stage: &Stage<'_>,
    media: &Media,
    start: Ticks,
    heard: TickSpan,
    row: Rect,
    strength: Strength,
) {
    let scale = stage.scale;
    let left = scale.x(heard.start());
    let right = scale.x(heard.end());
    let across = Rect::from_min_max(pos2(left, row.top()), pos2(right, row.bottom()));
    let seen = across.intersect(row).intersect(stage.lanes.content);
    if seen.width() < NARROWEST || seen.height() < 4.0 {
        return;
    }
    // Drawn as a whole it stays good while it is scrolled; where that would be too wide for exact
    // points, only what is seen is drawn.
    let (drawn, span) = if across.width() < WIDEST {
        (across, heard)
    } else {
        let span = TickSpan::between(scale.at(seen.left()), scale.at(seen.right()));
        (seen, span)
    };
    let span = TickSpan::between(span.start() - start, span.end() - start);
    let playhead = scale.x(stage.playhead);
    let is_played = stage.is_running && seen.left() < playhead && strength == Strength::Full;
    let look = WaveLook {
        played_to: is_played.then_some(playhead),
        is_dimmed: strength == Strength::Dimmed,
    };
    wave_ui(ui, stage.ctx, media, span, drawn, look);
}

/// The waveform of an alternate in its slot, with its fades, over the ground `ground`.
pub(super) fn alternate_wave(
    ui: &Ui,
    stage: &Stage<'_>,
    alternate: &Alternate,
    slot: TickSpan,
    row: Rect,
    ground: Color32,
    strength: Strength,
) {
    let Some(heard) = heard(stage.show, slot, alternate) else {
        return;
    };
    let media = stage
        .show
        .track(alternate.track)
        .and_then(|track| track.media.as_ref());
    if let Some(media) = media {
        let start = alternate.track_start;
        wave(ui, stage, media, start, heard, row, strength);
    }
    silence(ui, stage, slot, heard, row);
    marks(ui, stage, alternate, heard, row, strength);
    if row.height() >= FADES {
        fades(ui, stage, alternate, heard, row, ground);
    }
}

/// What of the slot has no music: a thin line where the waveform would be.
fn silence(ui: &Ui, stage: &Stage<'_>, slot: TickSpan, heard: TickSpan, row: Rect) {
    let stroke = Stroke::new(size::HAIRLINE, stage.tokens.faint);
    for (from, to) in [(slot.start(), heard.start()), (heard.end(), slot.end())] {
        if from < to {
            let left = stage.scale.x(from).max(row.left());
            let right = stage.scale.x(to).min(row.right());
            if left < right {
                ui.painter().hline(left..=right, row.center().y, stroke);
            }
        }
    }
}

/// The fades: what they take away is covered, and a line shows how.
fn fades(
    ui: &Ui,
    stage: &Stage<'_>,
    alternate: &Alternate,
    heard: TickSpan,
    row: Rect,
    ground: Color32,
) {
    let painter = ui.painter().with_clip_rect(row.intersect(ui.clip_rect()));
    let stroke = Stroke::new(size::HAIRLINE, stage.tokens.text.gamma_multiply(0.7));
    let cover = ground.gamma_multiply(0.7);
    let fade = |edge: f32, full: f32| {
        let (silent, loud) = (pos2(edge, row.bottom()), pos2(full, row.top()));
        let corner = pos2(edge, row.top());
        painter.add(Shape::convex_polygon(
            vec![corner, loud, silent],
            cover,
            Stroke::NONE,
        ));
        painter.line_segment([silent, loud], stroke);
    };
    if alternate.fade_in > Ticks::ZERO {
        let start = stage.scale.x(heard.start());
        fade(start, start + stage.scale.points(alternate.fade_in));
    }
    if alternate.fade_out > Ticks::ZERO {
        let end = stage.scale.x(heard.end());
        fade(end, end - stage.scale.points(alternate.fade_out));
    }
}
