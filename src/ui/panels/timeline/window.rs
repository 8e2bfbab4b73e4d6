//! The part of the cut that is seen: where it begins and how far it is drawn out.

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;

use crate::model::Cut;
use crate::time::TickSpan;
use crate::time::Ticks;

/// The widest a single frame is drawn, in points.
const WIDEST_FRAME: f64 = 64.0;
/// What is left free before the first and after the last frame, in points.
const MARGIN: f64 = 24.0;

/// The part of a cut that is seen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Window {
    /// What is seen at the left edge; before the first frame where there is a margin.
    #[serde(serialize_with = "write_ticks", deserialize_with = "read_ticks")]
    start: Ticks,
    /// How many ticks a point of the screen stands for.
    ticks_per_point: f64,
}

fn write_ticks<S: Serializer>(ticks: &Ticks, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_i64(ticks.get())
}

fn read_ticks<'de, D: Deserializer<'de>>(from: D) -> Result<Ticks, D::Error> {
    i64::deserialize(from).map(Ticks::new)
}

impl Window {
    /// A window on `span` with a margin on both sides, `width` points wide.
    pub(super) fn on(span: TickSpan, cut: &Cut, width: f32) -> Self {
        let room = (f64::from(width) - 2.0 * MARGIN).max(16.0);
        let ticks_per_point = (span.length().get() as f64 / room).max(1.0);
        let margin = Ticks::new((MARGIN * ticks_per_point) as i64);
        let mut window = Self {
            start: span.start() - margin,
            ticks_per_point,
        };
        window.settle(cut, width);
        window
    }

    /// Where things fall when the window's left edge is drawn at `left`.
    pub(super) fn scale(self, left: f32) -> Scale {
        Scale {
            left,
            start: self.start,
            ticks_per_point: self.ticks_per_point,
        }
    }

    /// What is seen in `width` points.
    pub(super) fn span(self, width: f32) -> TickSpan {
        let length = Ticks::new((f64::from(width) * self.ticks_per_point) as i64);
        TickSpan::with_length(self.start, length)
    }

    /// Draws everything `factor` times as wide; what lies `from_left` points from the left edge
    /// stays where it is.
    pub(super) fn zoom(&mut self, factor: f64, from_left: f32, cut: &Cut, width: f32) {
        let (nearest, furthest) = limits(cut, width);
        let before = self.ticks_per_point;
        self.ticks_per_point = (before / factor).clamp(nearest, furthest);
        let shift = f64::from(from_left) * (before - self.ticks_per_point);
        self.start += Ticks::new(shift.round() as i64);
        self.settle(cut, width);
    }

    /// Moves on by `points`: later where positive.
    pub(super) fn scroll(&mut self, points: f32, cut: &Cut, width: f32) {
        let by = f64::from(points) * self.ticks_per_point;
        self.start += Ticks::new(by.round() as i64);
        self.settle(cut, width);
    }

    /// Moves so that `at` is seen `from_left` points from the left edge.
    pub(super) fn bring(&mut self, at: Ticks, from_left: f32, cut: &Cut, width: f32) {
        self.start = at - Ticks::new((f64::from(from_left) * self.ticks_per_point) as i64);
        self.settle(cut, width);
    }

    /// Keeps the window near the cut, and the zoom between a whole episode and single frames.
    pub(super) fn settle(&mut self, cut: &Cut, width: f32) {
        let (nearest, furthest) = limits(cut, width);
        self.ticks_per_point = self.ticks_per_point.clamp(nearest, furthest);
        let margin = Ticks::new((MARGIN * self.ticks_per_point) as i64);
        let seen = self.span(width).length();
        let last = (cut.length + margin - seen).max(-margin);
        self.start = self.start.clamp(-margin, last);
    }
}

/// The smallest and the greatest number of ticks a point may stand for.
fn limits(cut: &Cut, width: f32) -> (f64, f64) {
    let frame = cut.timebase.rate().frame_length().get() as f64;
    let nearest = frame / WIDEST_FRAME;
    let room = (f64::from(width) - 2.0 * MARGIN).max(16.0);
    let furthest = (cut.length.get() as f64 / room).max(nearest);
    (nearest, furthest)
}

/// Where instants fall on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    left: f32,
    start: Ticks,
    ticks_per_point: f64,
}

impl Scale {
    /// The x of an instant.
    pub(super) fn x(self, at: Ticks) -> f32 {
        self.left + self.points(at - self.start)
    }

    /// The instant at an x.
    pub(super) fn at(self, x: f32) -> Ticks {
        self.start + self.ticks(x - self.left)
    }

    /// How wide a distance is drawn.
    pub(super) fn points(self, distance: Ticks) -> f32 {
        (distance.get() as f64 / self.ticks_per_point) as f32
    }

    /// The distance that is drawn so wide.
    pub(super) fn ticks(self, points: f32) -> Ticks {
        Ticks::new((f64::from(points) * self.ticks_per_point).round() as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(minutes: i64) -> Cut {
        Cut {
            length: Ticks::from_secs(minutes * 60),
            ..Cut::default()
        }
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let cut = cut(45);
        let mut window = Window::on(cut.span(), &cut, 800.0);
        let before = window.scale(0.0).at(300.0);
        window.zoom(8.0, 300.0, &cut, 800.0);
        let moved = window.scale(0.0).x(before) - 300.0;
        assert!(moved.abs() < 0.01, "{moved}");
    }

    #[test]
    fn zooming_ends_at_single_frames_and_at_the_whole_cut() {
        let cut = cut(45);
        let whole = Window::on(cut.span(), &cut, 800.0);
        let mut window = whole;
        window.zoom(1e9, 0.0, &cut, 800.0);
        let frame = cut.timebase.rate().frame_length();
        assert!((window.scale(0.0).points(frame) - 64.0).abs() < 0.01);
        window.zoom(1e-9, 0.0, &cut, 800.0);
        assert_eq!(window, whole);
    }

    #[test]
    fn scrolling_stops_at_the_ends_of_the_cut() {
        let cut = cut(45);
        let mut window = Window::on(cut.span(), &cut, 800.0);
        window.zoom(10.0, 0.0, &cut, 800.0);
        window.scroll(1e6, &cut, 800.0);
        let end = window.scale(0.0).x(cut.length);
        assert!((end - 776.0).abs() < 0.5, "{end}");
        window.scroll(-1e6, &cut, 800.0);
        let start = window.scale(0.0).x(Ticks::ZERO);
        assert!((start - 24.0).abs() < 0.5, "{start}");
    }

    #[test]
    fn a_cut_without_length_can_be_looked_at() {
        let cut = cut(0);
        let window = Window::on(cut.span(), &cut, 800.0);
        assert!(window.scale(0.0).x(Ticks::ZERO).is_finite());
    }
}
