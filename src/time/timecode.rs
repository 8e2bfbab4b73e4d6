//! Timecode: how frames are written for people, drop-frame and not.
//!
//! The rule is SMPTE ST 12-1:2014, section 5.2: labels count nominal frames; with drop-frame
//! compensation the first two labels of every minute are left out, except in minutes divisible by
//! ten. At 59.94 four are left out, at 119.88 eight (SMPTE ST 12-3).

use std::fmt;
use std::str::FromStr;

use super::frames::{FrameRate, Frames, UnsupportedRate};
use super::ticks::Ticks;

/// How labels are counted at NTSC rates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counting {
    /// Every label is used; the clock of the labels runs 0.1 % slow at NTSC rates.
    #[default]
    NonDrop,
    /// Labels are left out so that the labels keep to the clock on the wall.
    Drop,
}

/// Drop-frame was asked for at a rate that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no drop-frame timecode at {0} frames per second")]
pub struct TimebaseError(pub FrameRate);

/// Why a text is not a timecode.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimecodeError {
    /// The text has another shape.
    #[error("“{0}” is not a timecode such as 10:02:13:07")]
    Shape(String),
    /// A field is larger than it can be.
    #[error("“{text}” cannot be at {rate} frames per second: the {field} are out of range")]
    Range {
        /// The text as given.
        text: String,
        /// Which field.
        field: &'static str,
        /// The rate at which it was read.
        rate: FrameRate,
    },
    /// A label that drop-frame counting leaves out.
    #[error("“{0}” does not exist in drop-frame timecode: that label is skipped")]
    Dropped(String),
}

/// A frame rate together with the way its frames are labelled: what an episode's cut owns and
/// what every timecode is read and written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timebase {
    // Invariant: `counting` is `Drop` only where `rate.has_drop_frame()`.
    rate: FrameRate,
    counting: Counting,
}

impl Timebase {
    /// A timebase.
    ///
    /// # Errors
    ///
    /// Fails for drop-frame at a rate that has none.
    pub const fn new(rate: FrameRate, counting: Counting) -> Result<Self, TimebaseError> {
        if matches!(counting, Counting::Drop) && !rate.has_drop_frame() {
            return Err(TimebaseError(rate));
        }
        Ok(Self { rate, counting })
    }

    /// The timebase of `rate` that leaves no label out.
    pub const fn non_drop(rate: FrameRate) -> Self {
        Self {
            rate,
            counting: Counting::NonDrop,
        }
    }

    /// Frames per second.
    pub const fn rate(self) -> FrameRate {
        self.rate
    }

    /// How labels are counted.
    pub const fn counting(self) -> Counting {
        self.counting
    }

    /// Whether labels are left out.
    pub const fn is_drop(self) -> bool {
        matches!(self.counting, Counting::Drop)
    }

    /// How many frames are labelled in 24 hours.
    pub const fn frames_per_day(self) -> i64 {
        let nominal = self.rate.nominal() as i64;
        // 24 hours of ten-minute blocks, nine of whose minutes drop labels.
        nominal * 86_400 - self.dropped_per_minute() * 9 * 6 * 24
    }

    const fn dropped_per_minute(self) -> i64 {
        if self.is_drop() {
            self.rate.nominal() as i64 / 15
        } else {
            0
        }
    }

    /// The label of a frame, as `hh:mm:ss:ff`, with `;` before the frames when labels are
    /// dropped. Labels wrap at 24 hours, so a frame before zero is labelled as of the day before.
    pub fn label(self, frame: Frames) -> String {
        let nominal = i64::from(self.rate.nominal());
        let n = self.label_number(frame.get().rem_euclid(self.frames_per_day()));
        let separator = if self.is_drop() { ';' } else { ':' };
        format!(
            "{:02}:{:02}:{:02}{separator}{:02}",
            n / (nominal * 3600),
            n / (nominal * 60) % 60,
            n / nominal % 60,
            n % nominal
        )
    }

    /// A number of frames written as a duration: like a label, but with a sign instead of a wrap,
    /// and hours only as many as there are.
    pub fn length_label(self, frames: Frames) -> String {
        let nominal = i64::from(self.rate.nominal());
        let sign = if frames.get() < 0 { "-" } else { "" };
        let n = self.label_number(frames.get().saturating_abs());
        let separator = if self.is_drop() { ';' } else { ':' };
        format!(
            "{sign}{:02}:{:02}:{:02}{separator}{:02}",
            n / (nominal * 3600),
            n / (nominal * 60) % 60,
            n / nominal % 60,
            n % nominal
        )
    }

    /// Counts the labels left out before `frame` in, for a frame that is not negative.
    fn label_number(self, frame: i64) -> i64 {
        let dropped = self.dropped_per_minute();
        if dropped == 0 {
            return frame;
        }
        let nominal = i64::from(self.rate.nominal());
        let per_minute = nominal * 60 - dropped;
        let per_ten_minutes = per_minute * 10 + dropped;
        let (tens, rest) = (frame / per_ten_minutes, frame % per_ten_minutes);
        // The first minute of ten is whole; each of the other nine is short by `dropped` labels.
        let short_minutes = if rest < nominal * 60 {
            0
        } else {
            (rest - nominal * 60) / per_minute + 1
        };
        frame.saturating_add(dropped * (tens * 9 + short_minutes))
    }

    /// Reads a timecode: `hh:mm:ss:ff`, with `:`, `;`, `.` or `,` before the frames, a leading
    /// `-` allowed, and fields left out from the left (`13:07` is thirteen seconds, seven frames).
    ///
    /// The separators do not decide whether labels are dropped: the timebase does.
    ///
    /// # Errors
    ///
    /// Fails when the text is no timecode, when a field is out of range, and for a label that
    /// drop-frame counting leaves out.
    pub fn parse(self, text: &str) -> Result<Frames, TimecodeError> {
        let shape = || TimecodeError::Shape(text.trim().to_owned());
        let trimmed = text.trim();
        let (sign, digits) = match trimmed.strip_prefix('-') {
            Some(rest) => (-1, rest.trim_start()),
            None => (1, trimmed),
        };
        let mut fields = [0_i64; 4];
        let parts: Vec<&str> = digits.split([':', ';', '.', ',']).collect();
        if parts.len() > 4 || parts.len() < 2 {
            return Err(shape());
        }
        for (field, part) in fields.iter_mut().rev().zip(parts.iter().rev()) {
            let is_number =
                (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            if !is_number {
                return Err(shape());
            }
            *field = part.parse().map_err(|_too_large| shape())?;
        }
        let [hours, minutes, seconds, frames] = fields;
        let nominal = i64::from(self.rate.nominal());
        for (value, limit, field) in [
            (hours, 100, "hours"),
            (minutes, 60, "minutes"),
            (seconds, 60, "seconds"),
            (frames, nominal, "frames"),
        ] {
            if value >= limit {
                return Err(TimecodeError::Range {
                    text: trimmed.to_owned(),
                    field,
                    rate: self.rate,
                });
            }
        }
        let dropped = self.dropped_per_minute();
        if frames < dropped && seconds == 0 && minutes % 10 != 0 {
            return Err(TimecodeError::Dropped(trimmed.to_owned()));
        }
        let total_minutes = hours * 60 + minutes;
        let label_number = (total_minutes * 60 + seconds) * nominal + frames;
        let left_out = dropped * (total_minutes - total_minutes / 10);
        Ok(Frames::new(sign * (label_number - left_out)))
    }

    /// The label of the frame shown at `position` ticks after a frame labelled `start`.
    pub fn label_at(self, start: Frames, position: Ticks) -> String {
        self.label(start + self.rate.floor_to_frames(position))
    }

    /// Where a timecode lies relative to a frame labelled `start`, taking the shorter way round
    /// midnight: `23:59:50:00` lies ten seconds before a start of `00:00:00:00`.
    ///
    /// # Errors
    ///
    /// As for [`Timebase::parse`].
    pub fn parse_position(self, start: Frames, text: &str) -> Result<Ticks, TimecodeError> {
        let frame = self.parse(text)?;
        Ok(self.rate.to_ticks(self.relative_to(start, frame)))
    }

    /// The distance from `start` to `frame`, both labels of a 24-hour clock, as the shorter way
    /// round: at most twelve hours in either direction.
    pub const fn relative_to(self, start: Frames, frame: Frames) -> Frames {
        let day = self.frames_per_day();
        let ahead = (frame.get() - start.get()).rem_euclid(day);
        Frames::new(if ahead * 2 > day { ahead - day } else { ahead })
    }
}

/// 25 frames per second.
impl Default for Timebase {
    fn default() -> Self {
        Self::non_drop(FrameRate::F25)
    }
}

/// Why a text is not a timebase.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimebaseParseError {
    /// It names no rate.
    #[error(transparent)]
    Rate(#[from] UnsupportedRate),
    /// It asks for drop-frame at a rate that has none.
    #[error(transparent)]
    Counting(#[from] TimebaseError),
}

/// Reads what [`Timebase`] is displayed as, and shorter forms: `25`, `29.97 DF`, `29.97df`,
/// `30000/1001 NDF`.
impl FromStr for Timebase {
    type Err = TimebaseParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_ascii_lowercase();
        let (rate, counting) = match (lower.strip_suffix("ndf"), lower.strip_suffix("df")) {
            (Some(rate), _) => (rate, Counting::NonDrop),
            (None, Some(rate)) => (rate, Counting::Drop),
            (None, None) => (lower.as_str(), Counting::NonDrop),
        };
        Ok(Self::new(rate.trim().parse()?, counting)?)
    }
}

/// The trade's short name: `25`, `29.97 DF`.
impl fmt::Display for Timebase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.rate)?;
        match self.counting {
            Counting::Drop => f.write_str(" DF"),
            Counting::NonDrop => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn df(rate: FrameRate) -> Timebase {
        Timebase::new(rate, Counting::Drop).expect("has drop-frame")
    }

    fn any_timebase() -> impl Strategy<Value = Timebase> {
        let mut all: Vec<Timebase> = FrameRate::COMMON.map(Timebase::non_drop).to_vec();
        all.push(df(FrameRate::F29_97));
        all.push(df(FrameRate::F59_94));
        prop::sample::select(all)
    }

    #[test]
    fn drop_frame_skips_two_labels_each_minute_but_not_each_tenth() {
        let base = df(FrameRate::F29_97);
        for (frame, label) in [
            (1799, "00:00:59;29"),
            (1800, "00:01:00;02"),
            (17_981, "00:09:59;29"),
            (17_982, "00:10:00;00"),
            (107_892, "01:00:00;00"),
            (107_957, "01:00:02;05"),
        ] {
            assert_eq!(base.label(Frames::new(frame)), label);
            assert_eq!(base.parse(label), Ok(Frames::new(frame)));
        }
    }

    #[test]
    fn one_frame_has_different_labels_with_and_without_drop_frame() {
        let frame = Frames::new(107_957);
        assert_eq!(df(FrameRate::F29_97).label(frame), "01:00:02;05");
        assert_eq!(
            Timebase::non_drop(FrameRate::F29_97).label(frame),
            "00:59:58:17"
        );
    }

    #[test]
    fn a_day_holds_as_many_labels_as_the_standard_says() {
        assert_eq!(df(FrameRate::F29_97).frames_per_day(), 2_589_408);
        assert_eq!(df(FrameRate::F59_94).frames_per_day(), 5_178_816);
        assert_eq!(
            Timebase::non_drop(FrameRate::F24).frames_per_day(),
            2_073_600
        );
    }

    #[test]
    fn a_label_that_drop_frame_leaves_out_is_refused() {
        let base = df(FrameRate::F29_97);
        assert!(matches!(
            base.parse("00:01:00;00"),
            Err(TimecodeError::Dropped(_))
        ));
        assert!(base.parse("00:10:00;00").is_ok());
        assert!(matches!(
            df(FrameRate::F59_94).parse("00:01:00;03"),
            Err(TimecodeError::Dropped(_))
        ));
    }

    #[test]
    fn there_is_no_drop_frame_at_23_976() {
        assert!(Timebase::new(FrameRate::F23_976, Counting::Drop).is_err());
        assert!(Timebase::new(FrameRate::F47_952, Counting::Drop).is_err());
    }

    #[test]
    fn timebases_are_read_with_their_way_of_counting() {
        let drop = df(FrameRate::F29_97);
        assert_eq!("29.97df".parse(), Ok(drop));
        assert_eq!(drop.to_string().parse(), Ok(drop));
        assert_eq!("25 NDF".parse(), Ok(Timebase::non_drop(FrameRate::F25)));
        assert!("24 DF".parse::<Timebase>().is_err());
    }

    #[test]
    fn labels_wrap_at_midnight_in_both_directions() {
        let base = Timebase::non_drop(FrameRate::F25);
        assert_eq!(base.label(Frames::new(-1)), "23:59:59:24");
        assert_eq!(base.label(Frames::new(25 * 86_400)), "00:00:00:00");
    }

    #[test]
    fn a_pre_roll_before_midnight_lies_before_a_start_of_zero() {
        let base = Timebase::non_drop(FrameRate::F25);
        let at = base.parse_position(Frames::ZERO, "23:59:50:00");
        assert_eq!(at, Ok(Ticks::from_secs(-10)));
    }

    #[test]
    fn a_length_shows_its_sign_and_never_wraps() {
        let base = Timebase::non_drop(FrameRate::F25);
        assert_eq!(base.length_label(Frames::new(-26)), "-00:00:01:01");
        assert_eq!(base.length_label(Frames::new(25 * 90_000)), "25:00:00:00");
    }

    #[test]
    fn what_is_no_timecode_is_refused() {
        let base = Timebase::non_drop(FrameRate::F25);
        for text in [
            "",
            "12",
            "1:2:3:4:5",
            "aa:bb:cc:dd",
            "00:00:00:25",
            "00:61:00:00",
            "+1:00",
        ] {
            assert!(base.parse(text).is_err(), "{text}");
        }
        assert_eq!(base.parse("13:07"), Ok(Frames::new(13 * 25 + 7)));
    }

    proptest! {
        #[test]
        fn every_label_reads_back_as_its_frame(base in any_timebase(), n in 0_i64..2_000_000) {
            prop_assert_eq!(base.parse(&base.label(Frames::new(n))), Ok(Frames::new(n)));
        }

        #[test]
        fn later_frames_have_later_labels(base in any_timebase(), n in 0_i64..2_000_000) {
            prop_assert!(base.label(Frames::new(n)) < base.label(Frames::new(n + 1)));
        }

        #[test]
        fn any_text_is_read_or_refused(base in any_timebase(), text in ".{0,20}") {
            drop(base.parse(&text));
        }
    }
}
