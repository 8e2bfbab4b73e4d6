//! The beats of a track as people count them: as measured, at the tempo and from the downbeat that
//! somebody has set. Positions in the recording.

use crate::model::Bpm;
use crate::time::TickSpan;
use crate::time::Ticks;

/// A downbeat that was set this near to a beat means that beat: whoever stops the playhead by ear
/// or by frame is no nearer.
const SAME: Ticks = Ticks::from_millis(50);
/// Tempi that differ by less than this are the same, in hundredths.
const SAME_TEMPO: f64 = 2.0;
/// Bars have so many beats where nobody knows.
const IN_BAR: usize = 4;
/// The most beats of an even grid: a day at 600 a minute.
const MOST: i64 = 864_000;

/// One beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Where it is.
    pub at: Ticks,
    /// Whether it begins a bar.
    pub is_downbeat: bool,
}

/// The beats of a track.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BeatGrid {
    beats: Vec<Ticks>,
    /// Which beat is the first that is known to begin a bar.
    first_bar: usize,
    /// Beats in a bar; 0 where it is not known which begin bars.
    in_bar: usize,
}

impl BeatGrid {
    /// Beats in order, of which every `in_bar`th begins a bar, among them the one numbered
    /// `first_bar`; with an `in_bar` of 0 it is not known which do.
    pub fn new(beats: Vec<Ticks>, first_bar: usize, in_bar: usize) -> Self {
        Self {
            beats,
            first_bar,
            in_bar,
        }
    }

    /// Beats at an even tempo from the beginning to the end of a recording, with a downbeat at
    /// `anchor`.
    pub fn even(bpm: Bpm, anchor: Ticks, length: Ticks) -> Self {
        let minute = Ticks::from_secs(60).get();
        let place = |n: i64| {
            let hundredths = i128::from(bpm.hundredths().max(1));
            let away = i128::from(n) * i128::from(minute) * 100 / hundredths;
            anchor + Ticks::new(away as i64)
        };
        let period = (place(1) - anchor).get().max(1);
        let before = (anchor.get() / period).clamp(0, MOST);
        let after = ((length - anchor).get() / period).clamp(0, MOST);
        let beats: Vec<Ticks> = (-before..=after)
            .map(place)
            .filter(|at| *at >= Ticks::ZERO && *at <= length)
            .collect();
        let first = beats.iter().position(|at| *at == anchor).unwrap_or(0);
        Self::new(beats, first % IN_BAR, IN_BAR)
    }

    /// The same beats at `bpm`, where that is what they have, or twice or half of it; none where
    /// it is something else.
    #[must_use]
    pub fn at_tempo(&self, bpm: Bpm) -> Option<Self> {
        let own = self.usual_gap()?;
        let wanted = 60.0 / bpm.to_f64();
        let is_near = |gap: f64| (gap / wanted - 1.0).abs() * 100.0 <= SAME_TEMPO;
        if is_near(own) {
            Some(self.clone())
        } else if is_near(own / 2.0) {
            Some(self.doubled())
        } else if is_near(own * 2.0) {
            Some(self.halved())
        } else {
            None
        }
    }

    /// The gap between beats that half of all gaps are shorter than, in seconds.
    fn usual_gap(&self) -> Option<f64> {
        let mut gaps: Vec<Ticks> = self
            .beats
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect();
        gaps.sort_unstable();
        gaps.get(gaps.len() / 2).map(|gap| gap.to_secs_f64())
    }

    fn doubled(&self) -> Self {
        let between = |pair: &[Ticks]| pair[0] + Ticks::new((pair[1] - pair[0]).get() / 2);
        let mut beats = Vec::with_capacity(self.beats.len() * 2);
        for (n, at) in self.beats.iter().enumerate() {
            beats.push(*at);
            beats.extend(self.beats.get(n..n + 2).map(between));
        }
        Self::new(beats, self.first_bar * 2, self.in_bar)
    }

    fn halved(&self) -> Self {
        let skipped = self.first_bar % 2;
        let beats = self.beats.iter().skip(skipped).step_by(2).copied();
        Self::new(beats.collect(), self.first_bar / 2, self.in_bar)
    }

    /// The same beats with a downbeat at `at`: at the beat that is there, or else, all beats moved
    /// so that one is.
    #[must_use]
    pub fn with_downbeat(mut self, at: Ticks) -> Self {
        let Some(nearest) = self.nearest(at) else {
            return self;
        };
        let away = at - self.beats[nearest];
        if away.abs() > SAME {
            self.beats.iter_mut().for_each(|beat| *beat += away);
        }
        self.in_bar = if self.in_bar == 0 {
            IN_BAR
        } else {
            self.in_bar
        };
        self.first_bar = nearest;
        self
    }

    /// The same beats, of which the one nearest to `at` begins a bar.
    #[must_use]
    pub fn with_nearest_downbeat(mut self, at: Ticks) -> Self {
        if let Some(nearest) = self.nearest(at) {
            self.in_bar = if self.in_bar == 0 {
                IN_BAR
            } else {
                self.in_bar
            };
            self.first_bar = nearest;
        }
        self
    }

    /// How long the beat at a place is.
    pub fn gap_at(&self, at: Ticks) -> Option<Ticks> {
        let last = self.beats.len().checked_sub(2)?;
        let next = self.beats.partition_point(|beat| *beat <= at);
        let n = next.saturating_sub(1).min(last);
        Some(self.beats[n + 1] - self.beats[n])
    }

    /// Beats in a bar; 0 where it is not known which begin bars.
    pub fn in_bar(&self) -> usize {
        self.in_bar
    }

    /// Where bars begin, in order.
    pub fn bars(&self) -> impl Iterator<Item = Ticks> + '_ {
        let beats = (0..self.beats.len()).map(|n| self.beat(n));
        beats.filter(|beat| beat.is_downbeat).map(|beat| beat.at)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.beats.is_empty()
    }

    /// The number of the beat nearest to a place.
    fn nearest(&self, at: Ticks) -> Option<usize> {
        let next = self.beats.partition_point(|beat| *beat < at);
        let around = [next.checked_sub(1), Some(next)];
        let around = around.into_iter().flatten();
        around
            .filter(|n| *n < self.beats.len())
            .min_by_key(|n| (self.beats[*n] - at).abs())
    }

    fn beat(&self, n: usize) -> Beat {
        let is_downbeat = self.in_bar > 0 && n % self.in_bar == self.first_bar % self.in_bar;
        Beat {
            at: self.beats[n],
            is_downbeat,
        }
    }

    /// The beats on a stretch, in order.
    pub fn within(&self, span: TickSpan) -> impl Iterator<Item = Beat> + '_ {
        let from = self.beats.partition_point(|beat| *beat < span.start());
        let to = self.beats.partition_point(|beat| *beat < span.end());
        (from..to.max(from)).map(|n| self.beat(n))
    }

    /// The first beat that begins a bar.
    pub fn first_downbeat(&self) -> Option<Ticks> {
        let first = self.first_bar.checked_rem(self.in_bar)?;
        self.beats.get(first).copied()
    }

    /// Where the first downbeat is when bars begin so many beats later, or earlier where negative.
    pub fn downbeat_moved(&self, by: i64) -> Option<Ticks> {
        let in_bar = if self.in_bar == 0 {
            IN_BAR
        } else {
            self.in_bar
        } as i64;
        let first = (self.first_bar as i64 + by).rem_euclid(in_bar);
        self.beats.get(first as usize).copied()
    }

    /// The place so many beats on from `from`, or before it where negative: as far into the gap
    /// between two beats as before, so that the same way back leads back. Beyond the first and the
    /// last beat they are taken to go on evenly.
    pub fn moved(&self, from: Ticks, by: i64) -> Option<Ticks> {
        let last_gap = self.beats.len().checked_sub(2)?;
        let next = self.beats.partition_point(|beat| *beat <= from);
        let gap = next.saturating_sub(1).min(last_gap);
        // Where the beat numbered `n` would be, which may lie before the first or after the last.
        let place = |n: i64| -> Ticks {
            let known = n.clamp(0, last_gap as i64 + 1);
            let (edge, gap) = if n < 0 { (0, 0) } else { (known, last_gap) };
            let beyond = n - edge;
            let at = self.beats[known as usize];
            if n == known {
                at
            } else {
                at + Ticks::new((self.beats[gap + 1] - self.beats[gap]).get() * beyond)
            }
        };
        // The gap may itself lie outside.
        let own = (self.beats[gap + 1] - self.beats[gap]).get().max(1);
        let into = (from - self.beats[gap]).get();
        let number = gap as i64 + into.div_euclid(own);
        let into = into.rem_euclid(own);
        let to = number + by;
        let target = (place(to + 1) - place(to)).get();
        let moved = i128::from(into) * i128::from(target);
        let share = (moved + i128::from(own) / 2).div_euclid(i128::from(own));
        Some(place(to) + Ticks::new(share as i64))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ticks(places: &[i64]) -> Vec<Ticks> {
        places.iter().map(|at| Ticks::from_millis(*at)).collect()
    }

    /// Eight beats at 120 a minute from one second on, the third of which begins a bar.
    fn grid() -> BeatGrid {
        let beats: Vec<i64> = (0..8).map(|n| 1_000 + n * 500).collect();
        BeatGrid::new(ticks(&beats), 2, 4)
    }

    fn downbeats(grid: &BeatGrid) -> Vec<Ticks> {
        let all = TickSpan::between(Ticks::from_secs(-100), Ticks::from_secs(100));
        let down = grid.within(all).filter(|beat| beat.is_downbeat);
        down.map(|beat| beat.at).collect()
    }

    #[test]
    fn every_fourth_beat_begins_a_bar() {
        assert_eq!(downbeats(&grid()), ticks(&[2_000, 4_000]));
        assert_eq!(grid().first_downbeat(), Some(Ticks::from_secs(2)));
    }

    #[test]
    fn twice_the_tempo_has_a_beat_between_each_two() {
        let twice = grid().at_tempo(Bpm::from_hundredths(24_000));
        let twice = twice.expect("it is twice the tempo");
        let span = TickSpan::between(Ticks::from_secs(1), Ticks::from_secs(2));
        let beats: Vec<Ticks> = twice.within(span).map(|beat| beat.at).collect();
        assert_eq!(beats, ticks(&[1_000, 1_250, 1_500, 1_750]));
        assert_eq!(twice.first_downbeat(), Some(Ticks::from_secs(1)));
    }

    #[test]
    fn half_the_tempo_keeps_the_beats_that_begin_bars() {
        let half = grid().at_tempo(Bpm::from_hundredths(6_000));
        let half = half.expect("it is half the tempo");
        assert_eq!(downbeats(&half), ticks(&[2_000]));
        assert_eq!(grid().at_tempo(Bpm::from_hundredths(10_000)), None);
    }

    #[test]
    fn a_downbeat_set_on_a_beat_moves_nothing() {
        let moved = grid().with_downbeat(Ticks::from_millis(1_520));
        assert_eq!(downbeats(&moved), ticks(&[1_500, 3_500]));
    }

    #[test]
    fn a_downbeat_set_between_beats_moves_all_of_them() {
        let moved = grid().with_downbeat(Ticks::from_millis(1_700));
        assert_eq!(downbeats(&moved), ticks(&[1_700, 3_700]));
    }

    #[test]
    fn bars_can_begin_a_beat_later_and_earlier() {
        assert_eq!(grid().downbeat_moved(1), Some(Ticks::from_millis(2_500)));
        assert_eq!(grid().downbeat_moved(2), Some(Ticks::from_millis(1_000)));
        assert_eq!(grid().downbeat_moved(-1), Some(Ticks::from_millis(1_500)));
    }

    #[test]
    fn an_even_grid_goes_through_its_downbeat_from_end_to_end() {
        let anchor = Ticks::from_millis(1_250);
        let grid = BeatGrid::even(Bpm::from_hundredths(12_000), anchor, Ticks::from_secs(4));
        assert_eq!(downbeats(&grid), ticks(&[1_250, 3_250]));
        let all = TickSpan::between(Ticks::ZERO, Ticks::from_secs(5));
        assert_eq!(grid.within(all).count(), 8);
    }

    #[test]
    fn a_beat_on_where_the_tempo_changes_is_as_far_into_the_next_gap() {
        let grid = BeatGrid::new(ticks(&[0, 400, 1_200]), 0, 0);
        let half = Ticks::from_millis(200);
        assert_eq!(grid.moved(half, 1), Some(Ticks::from_millis(800)));
        assert_eq!(grid.moved(half, 2), Some(Ticks::from_millis(1_600)));
        assert_eq!(grid.moved(half, -1), Some(Ticks::from_millis(-200)));
    }

    proptest! {
        #[test]
        fn a_beat_there_and_back_is_where_it_was(from in -5_000_i64..10_000, by in -9_i64..9) {
            let beats = ticks(&[100, 600, 1_080, 1_600, 2_150, 2_700]);
            let grid = BeatGrid::new(beats, 0, 4);
            let from = Ticks::from_millis(from);
            let there = grid.moved(from, by).expect("there are beats");
            let back = grid.moved(there, -by).expect("there are beats");
            prop_assert!((back - from).abs() <= Ticks::new(2), "{back:?} {from:?}");
            prop_assert!(by == 0 || (there > from) == (by > 0));
        }
    }
}
