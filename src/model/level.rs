//! Levels of sound, kept as whole hundredths so that they compare and merge exactly.

use std::fmt;

/// A gain or level in decibels, to the hundredth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decibels(i32);

impl Decibels {
    /// No change.
    pub const ZERO: Self = Self(0);
    /// The lowest gain a person can set; it sounds as nothing.
    pub const MIN_GAIN: Self = Self(-6_000);
    /// The highest gain a person can set.
    pub const MAX_GAIN: Self = Self(1_200);

    /// A level of so many hundredths of a decibel.
    pub const fn from_hundredths(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// Hundredths of a decibel.
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// The nearest hundredth to a measured level; what is no number counts as nothing.
    pub fn nearest_to(decibels: f64) -> Self {
        Self((decibels * 100.0).round() as i32)
    }

    /// Decibels as a number.
    pub fn to_f32(self) -> f32 {
        self.0 as f32 / 100.0
    }

    /// The factor this gain multiplies an amplitude by: 10^(dB/20), and nothing at
    /// [`Decibels::MIN_GAIN`] and below.
    pub fn to_factor(self) -> f32 {
        if self <= Self::MIN_GAIN {
            0.0
        } else {
            10.0_f32.powf(self.to_f32() / 20.0)
        }
    }

    /// The same gain, brought within what a person can set.
    #[must_use]
    pub fn clamped_to_gain(self) -> Self {
        self.clamp(Self::MIN_GAIN, Self::MAX_GAIN)
    }
}

impl std::ops::Add for Decibels {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Decibels {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Decibels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self <= Self::MIN_GAIN {
            return f.write_str("−∞ dB");
        }
        let sign = match self.0 {
            0 => "",
            1.. => "+",
            _ => "−",
        };
        write!(f, "{sign}{:.1} dB", self.to_f32().abs())
    }
}

/// Loudness in LUFS (ITU-R BS.1770-5), to the hundredth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lufs(i32);

impl Lufs {
    /// A loudness of so many hundredths of a LUFS.
    pub const fn from_hundredths(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// Hundredths of a LUFS.
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// The nearest hundredth to a measured loudness; `None` for silence, which has none.
    pub fn nearest_to(lufs: f64) -> Option<Self> {
        lufs.is_finite()
            .then(|| Self((lufs * 100.0).round() as i32))
    }

    /// The gain that brings this loudness to `target`.
    pub const fn gain_to(self, target: Self) -> Decibels {
        Decibels(target.0.saturating_sub(self.0))
    }
}

impl fmt::Display for Lufs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−" } else { "" };
        write!(f, "{sign}{:.1} LUFS", f64::from(self.0.abs()) / 100.0)
    }
}

/// A difference in loudness in LU (EBU Tech 3341, section 2.5), to the hundredth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lu(i32);

impl Lu {
    /// A difference of so many hundredths of a LU.
    pub const fn from_hundredths(hundredths: i32) -> Self {
        Self(hundredths)
    }

    /// Hundredths of a LU.
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// The nearest hundredth to a measured difference; `None` for what is no number.
    pub fn nearest_to(lu: f64) -> Option<Self> {
        lu.is_finite().then(|| Self((lu * 100.0).round() as i32))
    }
}

impl fmt::Display for Lu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} LU", f64::from(self.0) / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_decibels_double_an_amplitude() {
        let factor = Decibels::from_hundredths(602).to_factor();
        assert!((factor - 2.0).abs() < 0.001, "{factor}");
    }

    #[test]
    fn the_lowest_gain_is_silence() {
        assert!(Decibels::MIN_GAIN.to_factor().abs() < f32::EPSILON);
    }

    #[test]
    fn silence_has_no_loudness() {
        assert_eq!(Lufs::nearest_to(f64::NEG_INFINITY), None);
    }

    #[test]
    fn a_loud_track_is_turned_down_to_the_target() {
        let gain = Lufs::from_hundredths(-900).gain_to(Lufs::from_hundredths(-2000));
        assert_eq!(gain.to_string(), "−11.0 dB");
    }
}
