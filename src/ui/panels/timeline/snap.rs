//! What positions stick to while something is dragged: markers, edges of scenes and slots, the
//! playhead.

use crate::model::Cut;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What is left out: a thing does not stick to itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held<'a> {
    /// Places that move along with what is dragged.
    pub(super) places: &'a [Ticks],
}

/// Places to stick to, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Magnets {
    places: Vec<Ticks>,
}

/// A position that was brought to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Snapped {
    /// Where it is now.
    pub(super) at: Ticks,
    /// The place it sticks to, if it does.
    pub(super) to: Option<Ticks>,
}

impl Magnets {
    /// Everything in `cut` that positions stick to, with the playhead, but without what is held.
    pub(super) fn of(cut: &Cut, playhead: Ticks, held: Held<'_>) -> Self {
        let mut places = vec![Ticks::ZERO, cut.length, playhead];
        for (_, scene) in cut.scenes() {
            places.extend([scene.span.start(), scene.span.end()]);
        }
        for (_, marker) in cut.markers() {
            places.push(marker.at);
            if marker.length > Ticks::ZERO {
                places.push(marker.span().end());
            }
        }
        for (_, slot) in cut.slots() {
            places.extend([slot.span.start(), slot.span.end()]);
        }
        places.retain(|place| !held.places.contains(place));
        places.sort_unstable();
        places.dedup();
        Self { places }
    }

    /// `at`, or the nearest place within `reach` of it.
    pub(super) fn snap(&self, at: Ticks, reach: Ticks) -> Snapped {
        let next = self.places.partition_point(|place| *place < at);
        let around = [next.checked_sub(1), Some(next)];
        let nearest = around
            .into_iter()
            .flatten()
            .filter_map(|n| self.places.get(n).copied())
            .min_by_key(|place| (*place - at).abs());
        let to = nearest.filter(|place| (*place - at).abs() <= reach);
        Snapped {
            at: to.unwrap_or(at),
            to,
        }
    }

    /// How far `span` is to be moved when the pointer has moved by `by`: so that the nearer of its
    /// ends sticks, where one is within reach.
    pub(super) fn snap_span(&self, span: TickSpan, by: Ticks, reach: Ticks) -> Snapped {
        let moved = span.shifted(by);
        let by_start = self.snap(moved.start(), reach);
        let by_end = self.snap(moved.end(), reach);
        let distance = |snapped: Snapped, from: Ticks| snapped.to.map(|to| (to - from).abs());
        let start = distance(by_start, moved.start());
        let end = distance(by_end, moved.end());
        match (start, end) {
            (Some(near), Some(far)) if far < near => Snapped {
                at: by + (by_end.at - moved.end()),
                to: by_end.to,
            },
            (Some(_), _) => Snapped {
                at: by + (by_start.at - moved.start()),
                to: by_start.to,
            },
            (None, Some(_)) => Snapped {
                at: by + (by_end.at - moved.end()),
                to: by_end.to,
            },
            (None, None) => Snapped { at: by, to: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn magnets(places: &[i64]) -> Magnets {
        Magnets {
            places: places.iter().map(|place| Ticks::new(*place)).collect(),
        }
    }

    #[test]
    fn the_nearest_place_within_reach_is_taken() {
        let magnets = magnets(&[0, 100, 108]);
        let snapped = magnets.snap(Ticks::new(103), Ticks::new(10));
        assert_eq!(snapped.to, Some(Ticks::new(100)));
    }

    #[test]
    fn out_of_reach_nothing_sticks() {
        let snapped = magnets(&[0, 100]).snap(Ticks::new(50), Ticks::new(10));
        assert_eq!(snapped.at, Ticks::new(50));
        assert_eq!(snapped.to, None);
    }

    #[test]
    fn the_end_of_a_span_sticks_where_it_is_nearer() {
        let span = TickSpan::with_length(Ticks::ZERO, Ticks::new(50));
        let snapped = magnets(&[0, 100]).snap_span(span, Ticks::new(48), Ticks::new(10));
        assert_eq!(snapped.at, Ticks::new(50));
        assert_eq!(snapped.to, Some(Ticks::new(100)));
    }
}
