//! What positions stick to while something is dragged: markers, edges of scenes and slots, the
//! playhead.

use crate::app::App;
use crate::model::Cut;
use crate::model::TrackId;
use crate::ops::beats::BeatGrid;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What is left out: a thing does not stick to itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held<'a> {
    /// Places that move along with what is dragged.
    pub(super) places: &'a [Ticks],
}

/// Moments of a track that stick to places of the picture: positions in the recording, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Moments {
    /// Where it begins, lifts, and goes on to another part.
    turns: Vec<Ticks>,
    /// Where its bars begin.
    bars: Vec<Ticks>,
    /// How near a bar must be to stick: less than there is between two of them, so that the music
    /// can lie anywhere.
    bar_reach: Ticks,
}

impl Moments {
    /// Those of a track.
    pub(super) fn of(app: &App, id: TrackId) -> Self {
        let Some(track) = app.show().and_then(|show| show.track(id)) else {
            return Self::default();
        };
        let form = track.measured.form.as_ref();
        let mut turns = track.sections().to_vec();
        turns.extend(form.and_then(|form| form.lift));
        turns.extend(track.measured.first_sound);
        turns.sort_unstable();
        turns.dedup();
        let bars: Vec<Ticks> = app.beats(id).into_iter().flat_map(BeatGrid::bars).collect();
        let gap = bars.windows(2).map(|pair| pair[1] - pair[0]).min();
        Self {
            turns,
            bars,
            bar_reach: gap.map_or(Ticks::ZERO, |gap| Ticks::new(gap.get() / 4)),
        }
    }
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

    /// How far music is to be slipped when the pointer has moved by `by`: so that a moment of it
    /// sticks to a place of the picture within its slot, where one is within reach. `start` is where
    /// its first sample lies.
    pub(super) fn snap_music(
        &self,
        slot: TickSpan,
        start: Ticks,
        by: Ticks,
        moments: &Moments,
        reach: Ticks,
    ) -> Snapped {
        let from = self.places.partition_point(|place| *place < slot.start());
        let to = self.places.partition_point(|place| *place <= slot.end());
        let places = self.places.get(from..to).unwrap_or_default();
        let near = |moments: &[Ticks], place: Ticks, reach: Ticks| {
            let wanted = place - start - by;
            let next = moments.partition_point(|moment| *moment < wanted);
            let around = [next.checked_sub(1), Some(next)];
            let around = around.into_iter().flatten();
            let away = around.filter_map(|n| Some(wanted - *moments.get(n)?));
            let nearest = away.min_by_key(|away| away.abs());
            nearest.filter(|away| away.abs() <= reach)
        };
        // Where the music turns counts for more than any bar.
        let bar = reach.min(moments.bar_reach);
        let turns = places.iter().filter_map(|place| {
            let away = near(&moments.turns, *place, reach)?;
            Some((away.abs().get() / 2, away, *place))
        });
        let bars = places.iter().filter_map(|place| {
            let away = near(&moments.bars, *place, bar)?;
            Some((away.abs().get(), away, *place))
        });
        match turns.chain(bars).min_by_key(|(rank, ..)| *rank) {
            Some((_, away, place)) => Snapped {
                at: by + away,
                to: Some(place),
            },
            None => Snapped { at: by, to: None },
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

    fn moments(turns: &[i64], bars: &[i64]) -> Moments {
        let ticks = |places: &[i64]| places.iter().map(|at| Ticks::new(*at)).collect();
        Moments {
            turns: ticks(turns),
            bars: ticks(bars),
            bar_reach: Ticks::new(5),
        }
    }

    fn slipped(moments: &Moments, by: i64) -> Snapped {
        let slot = TickSpan::between(Ticks::new(100), Ticks::new(300));
        let (start, reach) = (Ticks::new(100), Ticks::new(10));
        magnets(&[50, 150, 400]).snap_music(slot, start, Ticks::new(by), moments, reach)
    }

    #[test]
    fn a_bar_of_the_music_sticks_to_a_place_in_its_slot() {
        let snapped = slipped(&moments(&[], &[0, 40, 80]), 7);
        assert_eq!(
            (snapped.at, snapped.to),
            (Ticks::new(10), Some(Ticks::new(150)))
        );
        // Out of a bar's reach, and where there is nothing in the slot to stick to.
        assert_eq!(slipped(&moments(&[], &[0, 40, 80]), 2).to, None);
        assert_eq!(slipped(&moments(&[], &[300]), 0).to, None);
    }

    #[test]
    fn where_the_music_turns_sticks_before_a_bar_does() {
        let snapped = slipped(&moments(&[45], &[40]), 7);
        assert_eq!(snapped.at, Ticks::new(5));
    }

    #[test]
    fn the_end_of_a_span_sticks_where_it_is_nearer() {
        let span = TickSpan::with_length(Ticks::ZERO, Ticks::new(50));
        let snapped = magnets(&[0, 100]).snap_span(span, Ticks::new(48), Ticks::new(10));
        assert_eq!(snapped.at, Ticks::new(50));
        assert_eq!(snapped.to, Some(Ticks::new(100)));
    }
}
