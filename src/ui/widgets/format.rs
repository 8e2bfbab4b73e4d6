//! Lengths, sizes and moments as people read them.

use std::time::Duration;

use crate::time::Ticks;

/// A length in minutes and seconds, such as `3:42`, or `1:02:09` from an hour on. Rounds down, as
/// every player does.
pub fn length_text(length: Ticks) -> String {
    let secs = length.abs().get() / Ticks::PER_SECOND;
    let sign = if length.is_negative() && secs > 0 {
        "−"
    } else {
        ""
    };
    let (hours, minutes, seconds) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 {
        format!("{sign}{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{sign}{minutes}:{seconds:02}")
    }
}

/// How long ago something was, in the largest unit that fits.
pub fn time_ago_text(elapsed: Duration) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let secs = elapsed.as_secs();
    let (count, unit) = match secs {
        0..MINUTE => return "just now".to_owned(),
        MINUTE..HOUR => return format!("{} min ago", secs / MINUTE),
        HOUR..DAY => return format!("{} h ago", secs / HOUR),
        _ if secs < 7 * DAY => (secs / DAY, "day"),
        _ if secs < 30 * DAY => (secs / (7 * DAY), "week"),
        _ if secs < 365 * DAY => (secs / (30 * DAY), "month"),
        _ => (secs / (365 * DAY), "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

/// How long something will take, as nearly as anybody can tell: `about 12 min`.
pub fn about_text(left: Duration) -> String {
    let secs = left.as_secs();
    match secs {
        0..60 => "less than a minute".to_owned(),
        60..5_400 => format!("about {} min", secs.div_ceil(60)),
        _ => format!("about {} h", (secs + 1_800) / 3_600),
    }
}

/// A count with its thousands apart: `1,204`.
pub fn count_text(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size in bytes as a file manager would show it, in thousands.
pub fn byte_text(bytes: u64) -> String {
    let mut size = bytes as f64;
    for unit in ["B", "kB", "MB", "GB"] {
        if size < 999.5 {
            return if unit == "B" || size >= 99.95 {
                format!("{size:.0} {unit}")
            } else {
                format!("{size:.1} {unit}")
            };
        }
        size /= 1000.0;
    }
    format!("{size:.1} TB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_shows_hours_only_where_there_are_any() {
        assert_eq!(length_text(Ticks::from_secs(222)), "3:42");
        assert_eq!(length_text(Ticks::from_secs(3729)), "1:02:09");
        assert_eq!(length_text(Ticks::ZERO), "0:00");
        assert_eq!(length_text(Ticks::from_secs(-62)), "−1:02");
    }

    #[test]
    fn a_length_never_shows_a_second_that_is_not_over() {
        assert_eq!(length_text(Ticks::from_millis(59_999)), "0:59");
    }

    #[test]
    fn what_is_long_ago_is_told_in_large_units() {
        for (secs, text) in [
            (3, "just now"),
            (60, "1 min ago"),
            (3 * 3600, "3 h ago"),
            (86_400, "1 day ago"),
            (15 * 86_400, "2 weeks ago"),
            (70 * 86_400, "2 months ago"),
            (800 * 86_400, "2 years ago"),
        ] {
            assert_eq!(time_ago_text(Duration::from_secs(secs)), text);
        }
    }

    #[test]
    fn how_long_something_takes_is_rounded_as_people_round() {
        for (secs, text) in [
            (59, "less than a minute"),
            (61, "about 2 min"),
            (720, "about 12 min"),
            (5_400, "about 2 h"),
        ] {
            assert_eq!(about_text(Duration::from_secs(secs)), text);
        }
    }

    #[test]
    fn thousands_stand_apart() {
        for (count, text) in [
            (0, "0"),
            (999, "999"),
            (1_204, "1,204"),
            (1_000_000, "1,000,000"),
        ] {
            assert_eq!(count_text(count), text);
        }
    }

    #[test]
    fn sizes_keep_two_or_three_digits() {
        for (bytes, text) in [
            (17, "17 B"),
            (1_500, "1.5 kB"),
            (12_345_678, "12.3 MB"),
            (123_456_789, "123 MB"),
            (999_999_999, "1.0 GB"),
        ] {
            assert_eq!(byte_text(bytes), text);
        }
    }
}
