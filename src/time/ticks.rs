//! Instants, distances and half-open spans on a timeline, in ticks.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::time::Duration;

/// A signed position or distance in time.
///
/// One tick is 1/705 600 000 of a second (a "flick"). That makes one frame a whole number of
/// ticks at every film and television rate, 24000/1001 included, and one sample a whole number of
/// ticks at every common sampling rate from 8 to 192 kHz, so conversions do not round unless
/// their names say so.
///
/// The range is about ±414 years. Arithmetic saturates at its ends: nothing that a show holds
/// comes near them, and a hostile file must not be able to stop the program.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticks(i64);

impl Ticks {
    /// Ticks in one second.
    pub const PER_SECOND: i64 = 705_600_000;
    /// The origin.
    pub const ZERO: Self = Self(0);
    /// The furthest instant that can be told.
    pub const MAX: Self = Self(i64::MAX);

    /// A position or distance of `ticks`.
    pub const fn new(ticks: i64) -> Self {
        Self(ticks)
    }

    /// The number of ticks.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// A whole number of seconds.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(Self::PER_SECOND))
    }

    /// A whole number of milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(Self::PER_SECOND / 1000))
    }

    /// The tick nearest to `secs`, for what is measured on the screen or read from text.
    pub fn nearest_to_secs(secs: f64) -> Self {
        Self((secs * Self::PER_SECOND as f64).round() as i64)
    }

    /// Seconds, for the screen and for text; never to calculate with.
    pub fn to_secs_f64(self) -> f64 {
        self.0 as f64 / Self::PER_SECOND as f64
    }

    /// The tick nearest to a duration of the system's clock.
    pub fn nearest_to_duration(duration: Duration) -> Self {
        // 705.6 ticks in a microsecond: 441/625 of a tick in a nanosecond, rounded to nearest.
        let ticks = (duration.as_nanos() * 441 + 312) / 625;
        Self(i64::try_from(ticks).unwrap_or(i64::MAX))
    }

    /// The sum, or `None` if it cannot be told.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// The distance without its direction.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// Whether this lies before the origin.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

impl fmt::Debug for Ticks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ticks ({:.4} s)", self.0, self.to_secs_f64())
    }
}

impl Add for Ticks {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Ticks {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Ticks {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl AddAssign for Ticks {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Ticks {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Ticks {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// A span was given an end before its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the end of a span lies before its start")]
pub struct SpanError;

/// A half-open stretch of time: `start` belongs to it, `end` does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TickSpan {
    // Invariant: `start <= end`.
    start: Ticks,
    end: Ticks,
}

impl TickSpan {
    /// The span from `start` up to, not including, `end`.
    ///
    /// # Errors
    ///
    /// Fails when `end` lies before `start`.
    pub const fn new(start: Ticks, end: Ticks) -> Result<Self, SpanError> {
        if end.0 < start.0 {
            return Err(SpanError);
        }
        Ok(Self { start, end })
    }

    /// The span of `length` from `start`; a negative length counts as none.
    pub fn with_length(start: Ticks, length: Ticks) -> Self {
        Self {
            start,
            end: start + length.max(Ticks::ZERO),
        }
    }

    /// The span between two instants, whichever comes first.
    pub fn between(a: Ticks, b: Ticks) -> Self {
        Self {
            start: a.min(b),
            end: a.max(b),
        }
    }

    /// Where it begins.
    pub const fn start(self) -> Ticks {
        self.start
    }

    /// The first instant after it.
    pub const fn end(self) -> Ticks {
        self.end
    }

    /// How long it is.
    pub fn length(self) -> Ticks {
        self.end - self.start
    }

    /// Whether it holds no instant.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `instant` lies in it.
    pub fn contains(self, instant: Ticks) -> bool {
        self.start <= instant && instant < self.end
    }

    /// Whether the two share an instant.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What the two share, if anything.
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self {
            start: self.start.max(other.start),
            end: self.end.min(other.end),
        })
    }

    /// The same span, later by `distance`.
    #[must_use]
    pub fn shifted(self, distance: Ticks) -> Self {
        Self {
            start: self.start + distance,
            end: self.end + distance,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_its_start_and_not_its_end() {
        let span = TickSpan::with_length(Ticks::new(10), Ticks::new(5));
        assert!(span.contains(Ticks::new(10)));
        assert!(!span.contains(Ticks::new(15)));
    }

    #[test]
    fn a_span_that_ends_before_it_starts_is_refused() {
        assert_eq!(TickSpan::new(Ticks::new(2), Ticks::new(1)), Err(SpanError));
    }

    #[test]
    fn spans_that_only_touch_do_not_overlap() {
        let a = TickSpan::with_length(Ticks::ZERO, Ticks::new(5));
        let b = TickSpan::with_length(Ticks::new(5), Ticks::new(5));
        assert!(!a.overlaps(b));
        assert_eq!(a.intersection(b), None);
    }

    #[test]
    fn arithmetic_stops_at_the_ends_of_the_range() {
        assert_eq!(Ticks::MAX + Ticks::new(1), Ticks::MAX);
        assert_eq!(Ticks::MAX.checked_add(Ticks::new(1)), None);
    }

    #[test]
    fn a_second_of_the_system_clock_is_a_second_of_ticks() {
        let ticks = Ticks::nearest_to_duration(Duration::from_secs(3));
        assert_eq!(ticks, Ticks::from_secs(3));
    }
}
