//! Picture: frames and their rates.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::{Add, Sub};
use std::str::FromStr;

use super::ticks::Ticks;

/// A signed number of picture frames: a position or a distance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Frames(i64);

impl Frames {
    /// No frames.
    pub const ZERO: Self = Self(0);

    /// A number of frames.
    pub const fn new(frames: i64) -> Self {
        Self(frames)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl Add for Frames {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Frames {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// A rate at which a frame is not a whole number of ticks, or which is no rate at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a frame rate of film or television (such as 24, 25, 23.976 or 24000/1001)")]
pub struct UnsupportedRate(pub String);

/// Picture frames per second, as an exact fraction such as 24000/1001.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameRate {
    // Invariant: lowest terms, and `den * Ticks::PER_SECOND` is a multiple of `num`.
    num: NonZeroU32,
    den: NonZeroU32,
}

impl FrameRate {
    /// 24000/1001, called 23.976.
    pub const F23_976: Self = Self::fixed(24_000, 1001);
    /// 24.
    pub const F24: Self = Self::fixed(24, 1);
    /// 25.
    pub const F25: Self = Self::fixed(25, 1);
    /// 30000/1001, called 29.97.
    pub const F29_97: Self = Self::fixed(30_000, 1001);
    /// 30.
    pub const F30: Self = Self::fixed(30, 1);
    /// 48000/1001, called 47.952.
    pub const F47_952: Self = Self::fixed(48_000, 1001);
    /// 48.
    pub const F48: Self = Self::fixed(48, 1);
    /// 50.
    pub const F50: Self = Self::fixed(50, 1);
    /// 60000/1001, called 59.94.
    pub const F59_94: Self = Self::fixed(60_000, 1001);
    /// 60.
    pub const F60: Self = Self::fixed(60, 1);

    /// The rates that a menu offers, slowest first.
    pub const COMMON: [Self; 10] = [
        Self::F23_976,
        Self::F24,
        Self::F25,
        Self::F29_97,
        Self::F30,
        Self::F47_952,
        Self::F48,
        Self::F50,
        Self::F59_94,
        Self::F60,
    ];

    const fn fixed(num: u32, den: u32) -> Self {
        match (NonZeroU32::new(num), NonZeroU32::new(den)) {
            (Some(num), Some(den)) => Self { num, den },
            _ => Self {
                num: NonZeroU32::MIN,
                den: NonZeroU32::MIN,
            },
        }
    }

    /// Makes a rate from a fraction.
    ///
    /// # Errors
    ///
    /// Fails when a frame would not be a whole number of [`Ticks`] or would be shown for less than
    /// 1/300 s or more than a second. No rate that film or television uses fails; a mistyped
    /// `23976/1000` does.
    pub fn new(num: u32, den: u32) -> Result<Self, UnsupportedRate> {
        let refuse = || UnsupportedRate(format!("{num}/{den}"));
        let divisor = gcd(num, den);
        if divisor == 0 {
            return Err(refuse());
        }
        let num = NonZeroU32::new(num / divisor).ok_or_else(refuse)?;
        let den = NonZeroU32::new(den / divisor).ok_or_else(refuse)?;
        let whole = i64::from(den.get()) * Ticks::PER_SECOND % i64::from(num.get()) == 0;
        let sane = den <= num && num.get() <= den.get().saturating_mul(300);
        if whole && sane {
            Ok(Self { num, den })
        } else {
            Err(refuse())
        }
    }

    /// Numerator, in lowest terms.
    pub const fn num(self) -> u32 {
        self.num.get()
    }

    /// Denominator, in lowest terms.
    pub const fn den(self) -> u32 {
        self.den.get()
    }

    /// How long one frame is shown; exact by construction.
    pub const fn frame_length(self) -> Ticks {
        Ticks::new(self.den.get() as i64 * Ticks::PER_SECOND / self.num.get() as i64)
    }

    /// The whole number that timecode counts to: 24 for 23.976, 30 for 29.97.
    pub const fn nominal(self) -> u32 {
        self.num.get().div_ceil(self.den.get())
    }

    /// Whether this rate has a standard drop-frame count: 29.97 and its multiples (SMPTE ST 12-1
    /// section 5.2.2 and ST 12-3).
    pub const fn has_drop_frame(self) -> bool {
        self.den.get() == 1001 && self.nominal().is_multiple_of(30)
    }

    /// The instant at which `frames` have passed. Exact.
    pub const fn to_ticks(self, frames: Frames) -> Ticks {
        Ticks::new(frames.0.saturating_mul(self.frame_length().get()))
    }

    /// The frame being shown at `ticks`: rounds towards the past, also before zero.
    pub const fn floor_to_frames(self, ticks: Ticks) -> Frames {
        Frames(ticks.get().div_euclid(self.frame_length().get()))
    }

    /// The frame that begins nearest to `ticks`; half a frame rounds up.
    pub fn nearest_frames(self, ticks: Ticks) -> Frames {
        self.floor_to_frames(ticks + Ticks::new(self.frame_length().get() / 2))
    }

    /// The beginning of the frame nearest to `ticks`.
    pub fn snapped(self, ticks: Ticks) -> Ticks {
        self.to_ticks(self.nearest_frames(ticks))
    }
}

/// The trade's short name: `25`, `23.976`, `29.97`.
impl fmt::Display for FrameRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den.get() == 1 {
            return write!(f, "{}", self.num);
        }
        let text = format!(
            "{:.3}",
            f64::from(self.num.get()) / f64::from(self.den.get())
        );
        f.write_str(text.trim_end_matches('0'))
    }
}

/// Reads `25`, `23.976`, `23.98`, `29.97` or a fraction such as `24000/1001`.
impl FromStr for FrameRate {
    type Err = UnsupportedRate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || UnsupportedRate(text.trim().to_owned());
        let text = text.trim();
        if let Some((num, den)) = text.split_once('/') {
            let num = num.trim().parse().map_err(|_not_a_number| refuse())?;
            let den = den.trim().parse().map_err(|_not_a_number| refuse())?;
            return Self::new(num, den);
        }
        if let Ok(whole) = text.parse::<u32>() {
            return Self::new(whole, 1);
        }
        let value: f64 = text.parse().map_err(|_not_a_number| refuse())?;
        // 23.98 and 23.976 both mean 24000/1001: two decimals are never further off than this.
        Self::COMMON
            .into_iter()
            .find(|rate| (f64::from(rate.num()) / f64::from(rate.den()) - value).abs() < 0.006)
            .ok_or_else(refuse)
    }
}

const fn gcd(mut a: u32, mut b: u32) -> u32 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_a_whole_number_of_ticks_at_every_common_rate() {
        for rate in FrameRate::COMMON {
            let second = rate.frame_length().get() * i64::from(rate.num());
            assert_eq!(second, Ticks::PER_SECOND * i64::from(rate.den()), "{rate}");
        }
    }

    #[test]
    fn an_instant_before_zero_belongs_to_frame_minus_one() {
        let rate = FrameRate::F25;
        assert_eq!(rate.floor_to_frames(Ticks::new(-1)), Frames::new(-1));
    }

    #[test]
    fn a_mistyped_rate_is_refused() {
        assert!(FrameRate::new(23_976, 1000).is_err());
        assert!(FrameRate::new(25, 0).is_err());
        assert!(FrameRate::new(0, 1).is_err());
        assert!(FrameRate::new(48_000, 1).is_err());
    }

    #[test]
    fn rates_are_read_by_their_trade_names() {
        for (text, rate) in [
            ("23.98", FrameRate::F23_976),
            ("23.976", FrameRate::F23_976),
            ("24", FrameRate::F24),
            ("24.0", FrameRate::F24),
            ("29.97", FrameRate::F29_97),
            ("30000/1001", FrameRate::F29_97),
            ("47.952", FrameRate::F47_952),
            ("50/1", FrameRate::F50),
            ("59.94", FrameRate::F59_94),
        ] {
            assert_eq!(text.parse(), Ok(rate), "{text}");
        }
        assert!("fast".parse::<FrameRate>().is_err());
        assert!("26.3".parse::<FrameRate>().is_err());
    }

    #[test]
    fn every_rate_reads_back_from_its_own_name() {
        for rate in FrameRate::COMMON {
            assert_eq!(rate.to_string().parse(), Ok(rate));
        }
    }

    #[test]
    fn timecode_counts_to_the_next_whole_number() {
        assert_eq!(FrameRate::F23_976.nominal(), 24);
        assert_eq!(FrameRate::F29_97.nominal(), 30);
        assert_eq!(FrameRate::F50.nominal(), 50);
    }
}
