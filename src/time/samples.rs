//! Sound: sample frames and their rates.

use std::num::NonZeroU32;
use std::ops::{Add, Sub};

use super::ticks::Ticks;

/// A signed number of sample frames (one sample of every channel): a position or a distance in
/// one sound file, counted at that file's own rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Samples(i64);

impl Samples {
    /// No samples.
    pub const ZERO: Self = Self(0);

    /// A number of sample frames.
    pub const fn new(samples: i64) -> Self {
        Self(samples)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl Add for Samples {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Samples {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// A sampling rate of zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sampling rate is zero")]
pub struct ZeroRate;

/// Sample frames per second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SampleRate(NonZeroU32);

impl SampleRate {
    /// 44.1 kHz.
    pub const HZ_44100: Self = Self::fixed(44_100);
    /// 48 kHz, the rate of picture.
    pub const HZ_48000: Self = Self::fixed(48_000);

    const fn fixed(hz: u32) -> Self {
        match NonZeroU32::new(hz) {
            Some(hz) => Self(hz),
            None => Self(NonZeroU32::MIN),
        }
    }

    /// A rate in hertz.
    ///
    /// # Errors
    ///
    /// Fails when the rate is zero: files that claim so exist.
    pub fn new(hz: u32) -> Result<Self, ZeroRate> {
        NonZeroU32::new(hz).map(Self).ok_or(ZeroRate)
    }

    /// Hertz.
    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// Hertz, for libraries that insist on a rate that is not zero.
    pub const fn non_zero(self) -> NonZeroU32 {
        self.0
    }

    /// The instant at which `samples` have passed: exact at every rate that divides
    /// [`Ticks::PER_SECOND`] (8 to 192 kHz in common use), else rounded to the nearest tick.
    pub fn nearest_ticks(self, samples: Samples) -> Ticks {
        let hz = i128::from(self.get());
        let ticks =
            (i128::from(samples.get()) * i128::from(Ticks::PER_SECOND) * 2 + hz).div_euclid(hz * 2);
        Ticks::new(clamp(ticks))
    }

    /// The sample frame sounding at `ticks`: rounds towards the past, also before zero.
    pub fn floor_to_samples(self, ticks: Ticks) -> Samples {
        let scaled = i128::from(ticks.get()) * i128::from(self.get());
        Samples(clamp(scaled.div_euclid(i128::from(Ticks::PER_SECOND))))
    }

    /// The sample frame nearest to `ticks`; half a sample rounds up.
    pub fn nearest_samples(self, ticks: Ticks) -> Samples {
        let per_second = i128::from(Ticks::PER_SECOND);
        let scaled = i128::from(ticks.get()) * i128::from(self.get()) * 2 + per_second;
        Samples(clamp(scaled.div_euclid(per_second * 2)))
    }
}

fn clamp(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{FrameRate, Frames};

    #[test]
    fn a_sample_is_a_whole_number_of_ticks_at_every_common_rate() {
        for hz in [
            8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000,
        ] {
            assert_eq!(Ticks::PER_SECOND % hz, 0, "{hz}");
        }
    }

    #[test]
    fn one_hour_of_23_976_timecode_is_not_one_hour_of_samples() {
        let hour = FrameRate::F23_976.to_ticks(Frames::new(24 * 3600));
        let samples = SampleRate::HZ_48000.nearest_samples(hour);
        assert_eq!(samples, Samples::new(172_972_800));
    }

    #[test]
    fn a_sample_position_survives_the_way_through_ticks_at_odd_rates() {
        let rate = SampleRate::new(44_056).expect("not zero");
        for n in [0, 1, 2, 44_055, 44_056, 1_000_003, -7] {
            let samples = Samples::new(n);
            assert_eq!(rate.nearest_samples(rate.nearest_ticks(samples)), samples);
        }
    }

    #[test]
    fn a_rate_of_zero_is_refused() {
        assert_eq!(SampleRate::new(0), Err(ZeroRate));
    }
}
