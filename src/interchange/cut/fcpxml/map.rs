//! Clips that are played at another speed than they were made at.

use roxmltree::Node;

use super::super::gather;
use super::{child, time_of};
use crate::interchange::xml::children;
use crate::model::Speed;
use crate::time::Ticks;

/// What the clock of a clip's media shows when the clip's own clock shows a time: points with
/// straight lines between them.
pub(super) struct TimeMap {
    /// Time of the clip, time of the media, in ascending order of the former; at least two.
    points: Vec<(Ticks, Ticks)>,
}

impl TimeMap {
    /// The one of a clip, where it has one.
    pub(super) fn of(clip: Node<'_, '_>) -> Option<Self> {
        let points = children(child(clip, "timeMap")?, "timept")
            .filter_map(|point| Some((time_of(point, "time")?, time_of(point, "value")?)));
        let mut points: Vec<_> = points.collect();
        points.sort_unstable();
        points.dedup_by_key(|(time, _)| *time);
        (2 <= points.len()).then_some(Self { points })
    }

    /// What the media's clock shows. Beyond the first and last point the lines go on.
    pub(super) fn media_at(&self, time: Ticks) -> Ticks {
        let after = self.points.partition_point(|(at, _)| *at <= time);
        let end = after.clamp(1, self.points.len() - 1);
        let ((time_a, value_a), (time_b, value_b)) = (self.points[end - 1], self.points[end]);
        let rise = i128::from((value_b - value_a).get());
        let run = i128::from((time_b - time_a).get());
        value_a + gather::scaled(time - time_a, rise, run).unwrap_or_default()
    }

    /// The mean speed of a stretch of the clip.
    pub(super) fn speed(&self, from: Ticks, to: Ticks) -> Speed {
        let run = (to - from).get();
        if run <= 0 {
            return Speed::NORMAL;
        }
        let rise = (self.media_at(to) - self.media_at(from)).get();
        Speed::nearest_to(rise as f64 / run as f64)
    }

    /// Whether the speed changes within a stretch of the clip.
    pub(super) fn is_variable(&self, from: Ticks, to: Ticks) -> bool {
        let mean = self.speed(from, to).millionths();
        let within = self.points.windows(2).filter_map(|pair| match pair {
            [(a, _), (b, _)] if *a < to && from < *b => Some(self.speed(*a, *b)),
            _ => None,
        });
        // A rounded point moves the slope by a little.
        let is_off = |speed: Speed| (speed.millionths() - mean).abs() > 1_000;
        within.into_iter().any(is_off)
    }
}
