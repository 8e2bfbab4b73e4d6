//! What stands in a cell of times: a label, a time without frames, or a number.

use crate::time::Frames;
use crate::time::Ticks;

use super::super::labels::is_label;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Frames.
    Frames,
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Millis,
}

/// A point or stretch of time as a cell gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// A timecode label, `01:00:25:10`.
    Label(String),
    /// Hours, minutes and seconds without frames, `00:12:30` or `12:30.250`: a label with its
    /// frames left out, or time that has passed.
    Clock(Ticks),
    /// Time that has passed.
    Elapsed(Ticks),
    /// A number of frames.
    Frames(Frames),
}

/// Reads a cell. Seconds may have a decimal comma; a whole number without a unit means nothing.
pub(super) fn moment(cell: &str, unit: Option<Unit>) -> Option<Moment> {
    let text = unwrapped(cell);
    // Longer than any time; what follows need not care for numbers without end.
    if text.is_empty() || text.len() > 40 {
        return None;
    }
    if is_label(text) && !has_thousandths(text) {
        return Some(Moment::Label(text.to_owned()));
    }
    if text.contains(':') {
        return clock(text).map(Moment::Clock);
    }
    match unit {
        Some(Unit::Frames) => text.parse().ok().map(|n| Moment::Frames(Frames::new(n))),
        Some(Unit::Seconds) => decimal(text, Ticks::PER_SECOND).map(Moment::Elapsed),
        Some(Unit::Millis) => decimal(text, Ticks::PER_SECOND / 1000).map(Moment::Elapsed),
        // A fraction without a unit can only be seconds.
        None if text.contains(['.', ',']) => decimal(text, Ticks::PER_SECOND).map(Moment::Elapsed),
        None => None,
    }
}

/// Without the quotes and the equals sign that keep spreadsheets from reading a timecode as a
/// number (`="01:00:00:00"`).
pub(in crate::interchange) fn unwrapped(cell: &str) -> &str {
    let text = cell.trim();
    let text = text
        .strip_prefix("=\"")
        .map_or(text, |rest| rest.trim_end_matches('"'));
    let mut inner = text;
    while let Some(shorter) = inner
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        inner = shorter.trim();
    }
    inner
}

/// `01:02:03.250`: a point or comma before three digits makes thousandths of a second.
fn has_thousandths(text: &str) -> bool {
    text.rsplit_once(['.', ','])
        .is_some_and(|(_, digits)| digits.len() == 3 && !digits.contains([':', ';']))
}

/// `h:mm:ss`, `m:ss`, with or without a fraction of a second.
fn clock(text: &str) -> Option<Ticks> {
    let (sign, text) = signed(text);
    let mut fields = text.rsplit(':');
    let seconds = decimal(fields.next()?, Ticks::PER_SECOND)?;
    let mut total = 0_i64;
    let mut scale = 60;
    for field in fields {
        let is_number = (1..=4).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_digit());
        if !is_number || scale > 3600 {
            return None;
        }
        total += field.parse::<i64>().ok()? * scale;
        scale *= 60;
    }
    let below_a_minute = seconds < Ticks::from_secs(60) && !seconds.is_negative();
    below_a_minute.then(|| Ticks::new(sign * (Ticks::from_secs(total) + seconds).get()))
}

/// A decimal number of units, with point or comma, to the nearest tick.
fn decimal(text: &str, ticks_per_unit: i64) -> Option<Ticks> {
    let (sign, text) = signed(text);
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 10 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    // Nine places are finer than a tick.
    let fraction = fraction.get(..fraction.len().min(9))?;
    let places = i128::from(10_i64.pow(u32::try_from(fraction.len()).ok()?));
    let fraction: i128 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    let unit = i128::from(ticks_per_unit);
    let whole = whole.parse::<i128>().ok()? * unit;
    let ticks = whole + (fraction * unit * 2 + places) / (places * 2);
    Some(Ticks::new(sign * i64::try_from(ticks).ok()?))
}

fn signed(text: &str) -> (i64, &str) {
    match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stays_a_label() {
        for text in [
            "01:00:25:10",
            "00;15;11;24",
            "1:00:25:10",
            "\"01:00:25:10\"",
            "\"\"01:00:25:10\"\"",
            "=\"01:00:25:10\"",
        ] {
            assert_eq!(
                moment(text, None),
                Some(Moment::Label(unwrapped(text).to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn only_quotes_on_both_sides_are_taken_off() {
        assert_eq!(unwrapped(" \"the title\" "), "the title");
        assert_eq!(unwrapped("the \"title\""), "the \"title\"");
        assert_eq!(unwrapped("\""), "\"");
    }

    #[test]
    fn a_time_without_frames_is_a_clock_time() {
        for (text, millis) in [
            ("00:12:30", 750_000),
            ("12:30", 750_000),
            ("1:02:03.250", 3_723_250),
            ("01:02:03,250", 3_723_250),
            ("0:05.5", 5_500),
            ("-0:05", -5_000),
            ("90:00", 5_400_000),
        ] {
            assert_eq!(
                moment(text, None),
                Some(Moment::Clock(Ticks::from_millis(millis))),
                "{text}"
            );
        }
    }

    #[test]
    fn a_number_needs_a_unit() {
        assert_eq!(moment("1500", None), None);
        assert_eq!(
            moment("1500", Some(Unit::Frames)),
            Some(Moment::Frames(Frames::new(1500)))
        );
        for (text, unit, millis) in [
            ("12,5", Some(Unit::Seconds), 12_500),
            ("12.5", None, 12_500),
            ("1500", Some(Unit::Millis), 1_500),
            ("-3", Some(Unit::Seconds), -3_000),
        ] {
            assert_eq!(
                moment(text, unit),
                Some(Moment::Elapsed(Ticks::from_millis(millis))),
                "{text}"
            );
        }
    }

    #[test]
    fn a_third_of_a_second_is_the_nearest_tick() {
        assert_eq!(
            moment("0.333333333333", Some(Unit::Seconds)),
            Some(Moment::Elapsed(Ticks::new(235_200_000)))
        );
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "soon",
            "1:2:3:4:5",
            "00:61",
            "1:xx",
            "::",
            "1e5",
            "12.3.4",
            "--1",
            ":",
        ] {
            assert_eq!(moment(text, Some(Unit::Seconds)), None, "{text}");
        }
    }
}
