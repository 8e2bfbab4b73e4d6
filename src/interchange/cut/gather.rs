//! What the readers of timelines share: a list that is filled up to its limits, and the remarks
//! that all of them make.
//!
//! An edit lies where the timeline has its edit points; a transition that straddles one is told by
//! the event that it leads to, and moves nothing.

use crate::interchange::limits::{MAX_ENTRIES, MAX_TEXT, MAX_TIMELINE_STEPS};
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::cleaned;
use crate::model::CutList;
use crate::model::FoundEvent;
use crate::model::FoundLine;
use crate::model::FoundMarker;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// A list that is being filled.
pub(super) struct Gather<'r> {
    /// The list.
    pub(super) list: CutList,
    /// What there is to say.
    pub(super) report: &'r mut Report,
    is_full: bool,
    n_steps: usize,
    n_disabled: usize,
    n_unused: usize,
    is_too_deep: bool,
}

impl<'r> Gather<'r> {
    /// A list with nothing in it.
    pub(super) const fn new(timebase: Timebase, report: &'r mut Report) -> Self {
        Self {
            list: CutList::new(timebase),
            report,
            is_full: false,
            n_steps: 0,
            n_disabled: 0,
            n_unused: 0,
            is_too_deep: false,
        }
    }

    /// The list's rate.
    pub(super) const fn rate(&self) -> FrameRate {
        self.list.timebase.rate()
    }

    /// Counts one thing looked at, and says whether more may be: what is nested may stand for
    /// itself a thousand times over.
    pub(super) fn may_go_on(&mut self) -> bool {
        self.may_look_at(1)
    }

    /// The same for several things.
    pub(super) fn may_look_at(&mut self, n: usize) -> bool {
        self.n_steps = self.n_steps.saturating_add(n);
        if self.n_steps > MAX_TIMELINE_STEPS {
            self.close();
        }
        !self.is_full
    }

    fn close(&mut self) {
        if !self.is_full {
            self.is_full = true;
            let n = self.list.n_found();
            self.report.warn_of_all(WarningKind::TooMany { n });
        }
    }

    /// Whether there is room for one more.
    fn has_room(&mut self) -> bool {
        if self.list.n_found() == MAX_ENTRIES {
            self.close();
        }
        !self.is_full
    }

    /// Takes an edit; one of no length is none.
    pub(super) fn event(&mut self, line: Option<usize>, mut event: FoundEvent) {
        if event.record.is_empty() || !self.has_room() {
            return;
        }
        for text in [
            &mut event.reel,
            &mut event.clip,
            &mut event.file,
            &mut event.track,
        ] {
            shorten(text, line, self.report);
        }
        self.list.events.push(event);
    }

    /// Takes a marker. One frame is how most systems write a point.
    pub(super) fn marker(&mut self, line: Option<usize>, mut marker: FoundMarker) {
        if !self.has_room() {
            return;
        }
        let timebase = self.list.timebase;
        let day = timebase
            .rate()
            .to_ticks(Frames::new(timebase.frames_per_day()));
        if marker.length <= timebase.rate().frame_length() {
            marker.length = Ticks::ZERO;
        }
        if marker.length > day {
            self.report.warn_at(line, WarningKind::ShortenedLength);
            marker.length = day;
        }
        for text in [&mut marker.name, &mut marker.note, &mut marker.track] {
            shorten(text, line, self.report);
        }
        self.list.markers.push(marker);
    }

    /// Takes a line of dialogue.
    pub(super) fn spoken(&mut self, line: Option<usize>, mut spoken: FoundLine) {
        if spoken.span.is_empty() || !self.has_room() {
            return;
        }
        shorten(&mut spoken.text, line, self.report);
        shorten(&mut spoken.speaker, line, self.report);
        if !spoken.text.is_empty() {
            self.list.dialogue.push(spoken);
        }
    }

    /// A clip is turned off, and is not seen or heard in the programme.
    pub(super) const fn leave_out_disabled(&mut self) {
        self.n_disabled += 1;
    }

    /// A marker belongs to a part of its clip that was trimmed away.
    pub(super) const fn leave_out_unused(&mut self) {
        self.n_unused += 1;
    }

    /// Something lies deeper than anything is nested.
    pub(super) fn leave_out_deep(&mut self) {
        if !self.is_too_deep {
            self.is_too_deep = true;
            self.report.warn_of_all(WarningKind::TooDeep);
        }
    }

    /// Says which of several timelines was read.
    pub(super) fn note_others(&mut self, taken: &str, others: &[String]) {
        if !others.is_empty() {
            let names: Vec<String> = others.iter().take(8).map(|name| cleaned(name)).collect();
            self.report.warn_of_all(WarningKind::OtherTimelines {
                taken: quoted(&cleaned(taken)),
                n: others.len(),
                others: quoted(&names.join(", ")),
            });
        }
    }

    /// The list, with what was counted on the way said once.
    pub(super) fn finished(self) -> CutList {
        if self.n_disabled > 0 {
            self.report
                .warn_of_all(WarningKind::DisabledClips { n: self.n_disabled });
        }
        if self.n_unused > 0 {
            self.report
                .warn_of_all(WarningKind::UnusedMarkers { n: self.n_unused });
        }
        self.list
    }
}

fn shorten(text: &mut String, line: Option<usize>, report: &mut Report) {
    *text = cleaned(text);
    if let Some((end, _)) = text.char_indices().nth(MAX_TEXT) {
        text.truncate(end);
        report.warn_at(line, WarningKind::ShortenedText);
    }
}

/// So many of `length` frames, rounded to the nearest tick, where the length of one is a fraction
/// of a second. `None` where that cannot be told.
pub(super) fn fraction_of_second(numerator: i128, denominator: i128) -> Option<Ticks> {
    if denominator == 0 {
        return None;
    }
    let (numerator, denominator) = if denominator < 0 {
        (numerator.checked_neg()?, denominator.checked_neg()?)
    } else {
        (numerator, denominator)
    };
    let doubled = numerator
        .checked_mul(2 * i128::from(Ticks::PER_SECOND))?
        .checked_add(denominator)?;
    let ticks = doubled.div_euclid(denominator.checked_mul(2)?);
    i64::try_from(ticks)
        .ok()
        .filter(|ticks| ticks.abs() <= FARTHEST.get())
        .map(Ticks::new)
}

/// Ten days: nothing in a programme lies further from its beginning, and sums of a few such
/// distances can still be told.
pub(super) const FARTHEST: Ticks = Ticks::from_secs(10 * 86_400);

/// A duration at a speed, rounded to the nearest tick.
pub(super) fn scaled(length: Ticks, numerator: i128, denominator: i128) -> Option<Ticks> {
    let numerator = i128::from(length.get()).checked_mul(numerator)?;
    let second = i128::from(Ticks::PER_SECOND);
    fraction_of_second(numerator, denominator.checked_mul(second)?)
}

/// The rate nearest to a number of frames per second, where one is near: numbers in files are
/// rounded, `23.976` as much as `23.976023976`.
pub(super) fn known_rate(per_second: f64) -> Option<FrameRate> {
    const NEAR: f64 = 1e-3;
    let value = |rate: FrameRate| f64::from(rate.num()) / f64::from(rate.den());
    let off = |rate: FrameRate| (value(rate) - per_second).abs();
    // Two decimals are written too: 23.98.
    let is_rounded =
        |rate: FrameRate| ((value(rate) * 100.0).round() / 100.0 - per_second).abs() < 1e-6;
    let common = FrameRate::COMMON
        .into_iter()
        .min_by(|a, b| off(*a).total_cmp(&off(*b)))
        .filter(|rate| off(*rate) < NEAR || is_rounded(*rate));
    let whole = || {
        let is_whole = (per_second - per_second.round()).abs() < NEAR;
        let n = per_second.round();
        (is_whole && (1.0..=300.0).contains(&n))
            .then(|| FrameRate::new(n as u32, 1).ok())
            .flatten()
    };
    let slowed = || {
        let n = (per_second * 1.001).round();
        let near = (n / 1.001 - per_second).abs() < NEAR && (1.0..=300.0).contains(&n);
        near.then(|| FrameRate::new(n as u32 * 1000, 1001).ok())
            .flatten()
    };
    common.or_else(whole).or_else(slowed)
}

/// What two stretches share; where that is nothing, `None`.
pub(super) fn shared(a: TickSpan, b: TickSpan) -> Option<TickSpan> {
    a.intersection(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_in_decimals_is_the_one_that_was_meant() {
        for (text, rate) in [
            (23.976_023_976_023_978, Some(FrameRate::F23_976)),
            (23.976, Some(FrameRate::F23_976)),
            (23.98, Some(FrameRate::F23_976)),
            (24.0, Some(FrameRate::F24)),
            (29.97, Some(FrameRate::F29_97)),
            (59.94, Some(FrameRate::F59_94)),
            (119.880_119_880, FrameRate::new(120_000, 1001).ok()),
            (100.0, FrameRate::new(100, 1).ok()),
            (23.5, None),
            (0.0, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(known_rate(text), rate, "{text}");
        }
    }

    #[test]
    fn a_fraction_of_a_second_is_exact_where_it_can_be() {
        let frame = FrameRate::F29_97.frame_length();
        assert_eq!(fraction_of_second(1001, 30_000), Some(frame));
        assert_eq!(fraction_of_second(-1, 2), Some(Ticks::new(-352_800_000)));
        assert_eq!(fraction_of_second(1, 0), None);
        assert_eq!(fraction_of_second(i128::MAX, 1), None);
        assert_eq!(fraction_of_second(1, i128::MAX), None);
    }
}
