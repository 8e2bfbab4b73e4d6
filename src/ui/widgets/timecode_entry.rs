//! Reads what is typed into a timecode field: a whole timecode, the end of one, or a step.

use crate::time::Frames;
use crate::time::Ticks;
use crate::time::Timebase;
use crate::time::TimecodeError;

/// Why what was typed is no place and no length.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimecodeEntryError {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] TimecodeError),
    /// A length would end before it begins.
    #[error("a length cannot be less than nothing")]
    NegativeLength,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// A place, as a distance from the frame labelled so.
    Position { start: Frames },
    /// A length.
    Length,
}

/// How a value is written.
pub(super) fn write(timebase: Timebase, holds: Holds, value: Ticks) -> String {
    match holds {
        Holds::Position { start } => timebase.label_at(start, value),
        Holds::Length => timebase.length_label(timebase.rate().nearest_frames(value)),
    }
}

/// Reads an entry. `+10` and `-2:00` step from `current`; digits alone are read from the right as
/// on an edit controller (`1307` is `13:07`); of a place, fields left out on the left are those of
/// `current`.
pub(super) fn read(
    timebase: Timebase,
    holds: Holds,
    current: Ticks,
    text: &str,
) -> Result<Ticks, TimecodeEntryError> {
    let text = text.trim().replace('−', "-");
    let value = if let Some(step) = text.strip_prefix('+') {
        current + step_ticks(timebase, step)?
    } else if let Some(step) = text.strip_prefix('-') {
        current - step_ticks(timebase, step)?
    } else {
        let spelt = with_colons(&text);
        match holds {
            Holds::Position { start } => {
                let whole = completed(&timebase.label_at(start, current), &spelt);
                timebase.parse_position(start, &whole)?
            }
            Holds::Length => step_ticks(timebase, &spelt)?,
        }
    };
    if holds == Holds::Length && value.is_negative() {
        return Err(TimecodeEntryError::NegativeLength);
    }
    Ok(value)
}

/// A distance. It is counted without leaving labels out and then brought to the clock, so that
/// a minute can be added at 29.97 DF, where no label `00:01:00;00` exists.
fn step_ticks(timebase: Timebase, text: &str) -> Result<Ticks, TimecodeError> {
    let rate = timebase.rate();
    let counted = Timebase::non_drop(rate);
    let frames = counted.parse(&with_colons(text.trim()))?.get();
    let labels_per_day = counted.frames_per_day();
    let frames_per_day = timebase.frames_per_day();
    let kept = (frames * frames_per_day + labels_per_day / 2).div_euclid(labels_per_day);
    Ok(rate.to_ticks(Frames::new(kept)))
}

/// Puts colons between pairs of digits, counted from the right, where there are digits only.
fn with_colons(text: &str) -> String {
    let digits_only = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits_only || text.len() > 8 {
        return text.to_owned();
    }
    // Two digits alone are frames, which a timecode needs a second field to say.
    let padded = format!("{text:0>4}");
    let mut spelt = String::new();
    for (index, digit) in padded.chars().enumerate() {
        if index > 0 && (padded.len() - index).is_multiple_of(2) {
            spelt.push(':');
        }
        spelt.push(digit);
    }
    spelt
}

/// Takes the fields that `typed` leaves out on the left from `label`.
fn completed(label: &str, typed: &str) -> String {
    let separators = [':', ';', '.', ','];
    let missing = 4_usize.saturating_sub(typed.split(separators).count());
    let kept: Vec<&str> = label.split(separators).take(missing).collect();
    if kept.is_empty() || typed.is_empty() {
        return typed.to_owned();
    }
    format!("{}:{typed}", kept.join(":"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Counting;
    use crate::time::FrameRate;

    const AT_TEN: Holds = Holds::Position {
        start: Frames::new(10 * 3600 * 25),
    };

    fn at_25() -> Timebase {
        Timebase::non_drop(FrameRate::F25)
    }

    /// What a field at 25 fps starting at 10:00:00:00 and standing at 10:02:10:00 shows after
    /// `text` is typed.
    fn typed(text: &str) -> String {
        let current = Ticks::from_secs(130);
        read(at_25(), AT_TEN, current, text).map_or_else(
            |error| error.to_string(),
            |value| write(at_25(), AT_TEN, value),
        )
    }

    #[test]
    fn a_whole_timecode_is_taken_as_it_is() {
        assert_eq!(typed("10:05:00:12"), "10:05:00:12");
    }

    #[test]
    fn the_end_of_a_timecode_keeps_the_beginning() {
        assert_eq!(typed("13:07"), "10:02:13:07");
        assert_eq!(typed("4:00:00"), "10:04:00:00");
    }

    #[test]
    fn digits_alone_are_read_from_the_right() {
        assert_eq!(typed("1307"), "10:02:13:07");
        assert_eq!(typed("10051200"), "10:05:12:00");
        assert_eq!(typed("7"), "10:02:00:07");
    }

    #[test]
    fn a_sign_makes_it_a_step() {
        assert_eq!(typed("+10"), "10:02:10:10");
        assert_eq!(typed("-2:00"), "10:02:08:00");
        assert_eq!(typed("−1:00:00"), "10:01:10:00");
    }

    #[test]
    fn nonsense_is_refused_in_words() {
        assert!(typed("soon").contains("is not a timecode"));
        assert!(typed("10:99:00:00").contains("out of range"));
        assert!(!typed("").is_empty());
    }

    #[test]
    fn a_minute_is_a_minute_at_drop_frame_too() {
        let base = Timebase::new(FrameRate::F29_97, Counting::Drop).expect("has drop-frame");
        let start = Holds::Position {
            start: Frames::ZERO,
        };
        let minute = read(base, start, Ticks::ZERO, "+1:00:00").expect("a step");
        assert_eq!(base.rate().nearest_frames(minute), Frames::new(1798));
    }

    #[test]
    fn a_length_is_what_is_typed_and_never_negative() {
        let current = Ticks::from_secs(5);
        let read = |text| read(at_25(), Holds::Length, current, text);
        assert_eq!(read("10:00"), Ok(Ticks::from_secs(10)));
        assert_eq!(read("+1:00"), Ok(Ticks::from_secs(6)));
        assert_eq!(read("-6:00"), Err(TimecodeEntryError::NegativeLength));
    }
}
