//! Setting tempo and downbeat while listening.

use std::time::Duration;
use std::time::Instant;

use super::App;
use super::timeline::Series;
use crate::app::Focus;
use crate::app::transport::Line;
use crate::model::Bpm;
use crate::model::Change;
use crate::model::Edit;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::time::Ticks;

/// A tap that comes later than this after the last one is the first of another series.
const PAUSE: Duration = Duration::from_secs(2);
/// So many taps tell a tempo.
const ENOUGH: usize = 4;
/// The most taps that are looked at.
const MOST: usize = 32;

/// Taps on the beats of a track.
#[derive(Default)]
pub(super) struct Taps {
    of: Option<TrackId>,
    at: Vec<Instant>,
}

impl Taps {
    /// Another tap. The tempo of all of them, as soon as there are enough.
    fn tap(&mut self, track: TrackId, now: Instant) -> Option<Bpm> {
        let last = self.at.last();
        let goes_on = last.is_some_and(|last| now.saturating_duration_since(*last) < PAUSE);
        if self.of != Some(track) || !goes_on {
            self.of = Some(track);
            self.at.clear();
        }
        self.at.push(now);
        if self.at.len() > MOST {
            self.at.remove(0);
        }
        (self.at.len() >= ENOUGH).then(|| tempo(&self.at)).flatten()
    }
}

/// The tempo of the line through all taps by least squares: each tap counts, not only the first and
/// the last.
fn tempo(taps: &[Instant]) -> Option<Bpm> {
    let first = *taps.first()?;
    let n = taps.len() as f64;
    let mean = (n - 1.0) / 2.0;
    let (mut rise, mut run) = (0.0, 0.0);
    for (beat, at) in taps.iter().enumerate() {
        let away = beat as f64 - mean;
        rise += away * at.saturating_duration_since(first).as_secs_f64();
        run += away * away;
    }
    Bpm::nearest_to(60.0 * run / rise)
}

impl App {
    /// The track that is worked with: the one that plays by itself, else the alternate that is
    /// selected or heard at the playhead, else the selected one.
    pub fn track_at_hand(&self) -> Option<TrackId> {
        if let Line::Track(track) = self.transport.line()
            && self.transport.state().is_running()
        {
            return Some(track);
        }
        if self.selection.focus() == Focus::Tracks {
            return self.selection.lead();
        }
        let (_, _, cut) = self.open_cut()?;
        let chosen = match self.selection.focus() {
            Focus::Slot(slot, Some(alternate)) => cut.slot(slot)?.alternate(alternate),
            _ => None,
        };
        let picked = || {
            let slot = cut.slot(self.slot_at_hand()?)?;
            slot.picked().map(|(_, alternate)| alternate)
        };
        chosen.or_else(picked).map(|alternate| alternate.track)
    }

    /// The moment of a track at the playhead: where it is heard, or where it lies under the playhead
    /// of the open cut while that stands still.
    pub fn moment_at_hand(&self, track: TrackId) -> Option<Ticks> {
        if let Some(heard) = self.place_in_track(track) {
            return Some(heard);
        }
        let (_, _, cut) = self.open_cut()?;
        let here = self.playhead();
        cut.slots().into_iter().find_map(|(_, slot)| {
            let (_, alternate) = slot.picked()?;
            let is_here = alternate.track == track && slot.span.contains(here);
            let moment = here - alternate.track_start;
            (is_here && moment >= Ticks::ZERO).then_some(moment)
        })
    }

    /// Somebody taps the beat of a track.
    pub(super) fn tap(&mut self, track: TrackId) {
        if let Some(bpm) = self.pending.taps.tap(track, self.now) {
            let field = TrackField::TempoByHand(Some(bpm));
            let edit = Edit::Track(track, Change::Set(field));
            let flow = self.pending.flow.of(Series::Taps(track));
            self.commit_flowing(&Transaction::new("tap the tempo", vec![edit]), Some(flow));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(n: u128) -> TrackId {
        TrackId::from_u128(n)
    }

    #[test]
    fn uneven_taps_tell_the_tempo_of_all_of_them() {
        let start = Instant::now();
        let mut taps = Taps::default();
        let mut told = None;
        for (n, late) in [0_u64, 20, 0, 15, 5, 0, 20, 10].into_iter().enumerate() {
            let at = start + Duration::from_millis(n as u64 * 500 + late);
            told = taps.tap(track(1), at);
            assert_eq!(told.is_some(), n + 1 >= ENOUGH);
        }
        let bpm = told.expect("there were enough").to_f64();
        assert!((bpm - 120.0).abs() < 1.0, "{bpm}");
    }

    #[test]
    fn after_a_pause_and_on_another_track_taps_begin_anew() {
        let start = Instant::now();
        let mut taps = Taps::default();
        for n in 0..4 {
            taps.tap(track(1), start + Duration::from_millis(n * 500));
        }
        let soon = start + Duration::from_secs(2);
        assert_eq!(taps.tap(track(2), soon), None);
        assert_eq!(taps.tap(track(2), soon + PAUSE), None);
        assert_eq!(taps.at.len(), 1);
    }

    #[test]
    fn two_taps_at_once_are_no_tempo() {
        let mut taps = Taps::default();
        let now = Instant::now();
        for _ in 0..5 {
            assert_eq!(taps.tap(track(1), now), None);
        }
    }
}
