//! JSON as timelines are written in it, and the values that all its objects share.

use serde_json::Value;

use super::super::gather::{self, FARTHEST};
use crate::time::FrameRate;
use crate::time::TickSpan;
use crate::time::Ticks;

/// Slower than any picture: what runs at such a rate is counted in seconds.
const SLOWEST_NOMINAL: u32 = 6;

/// The value of a text. Numbers that are none (`NaN`, `Infinity`), which JSON does not have and
/// older files do, are taken as missing.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        Err(first) => serde_json::from_str(&without_odd_numbers(text))
            .map_err(|_of_the_same_kind| first.to_string()),
    }
}

/// The text with `null` for every bare word that JSON does not have.
fn without_odd_numbers(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c == '"' || c.is_ascii_alphabetic()) {
        let (before, from) = rest.split_at(at);
        mended.push_str(before);
        if let Some(inside) = from.strip_prefix('"') {
            let (string, after) = from.split_at(1 + end_of_string(inside));
            mended.push_str(string);
            rest = after;
            continue;
        }
        let end = from.find(|c: char| !c.is_ascii_alphabetic());
        let (word, after) = from.split_at(end.unwrap_or(from.len()));
        let is_exponent = mended.ends_with(|c: char| c.is_ascii_digit() || c == '.');
        if is_exponent || ["true", "false", "null"].contains(&word) {
            mended.push_str(word);
        } else {
            if mended.ends_with(['-', '+']) {
                mended.pop();
            }
            mended.push_str("null");
        }
        rest = after;
    }
    mended.push_str(rest);
    mended
}

/// How long the rest of a string is, with its closing quote.
fn end_of_string(inside: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    inside.len()
}

/// The kind of an object, without its version, by the name that it has today.
pub(super) fn kind(value: &Value) -> &str {
    let schema = value.get("OTIO_SCHEMA").and_then(Value::as_str);
    let schema = schema.unwrap_or_default();
    match schema.split('.').next().unwrap_or_default() {
        "Sequence" => "Track",
        "Filler" => "Gap",
        today => today,
    }
}

/// Whether an object is of this kind.
pub(super) fn is_of(value: &Value, expected: &str) -> bool {
    kind(value) == expected
}

/// A text of an object; empty where there is none.
pub(super) fn string(value: &Value, key: &str) -> String {
    let text = value.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

/// The list in an object; empty where there is none.
pub(super) fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    let list = value.get(key).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

/// A time: so many at such a rate.
pub(super) fn time(value: &Value) -> Option<Ticks> {
    let count = number(value, "value")?;
    let rate = number(value, "rate").filter(|rate| *rate > 0.0)?;
    let (numerator, denominator) = match gather::known_rate(rate) {
        Some(known) => (i128::from(known.num()), i128::from(known.den())),
        None if rate.fract() == 0.0 && rate < 1e9 => (rate as i128, 1),
        None => return in_seconds(count / rate),
    };
    if count.abs() > 1e15 {
        return None;
    }
    let whole = gather::fraction_of_second((count.trunc() as i128) * denominator, numerator)?;
    // What lies between two frames is kept.
    let part = in_seconds(count.fract() * denominator as f64 / numerator as f64)?;
    Some(whole + part)
}

fn in_seconds(seconds: f64) -> Option<Ticks> {
    let is_near = seconds.is_finite() && seconds.abs() <= FARTHEST.to_secs_f64();
    is_near.then(|| Ticks::nearest_to_secs(seconds))
}

fn number(value: &Value, key: &str) -> Option<f64> {
    value.get(key)?.as_f64().filter(|number| number.is_finite())
}

/// The rate of a time, where it is one of pictures.
pub(super) fn frame_rate(value: &Value) -> Option<FrameRate> {
    let rate = gather::known_rate(number(value, "rate")?)?;
    (SLOWEST_NOMINAL <= rate.nominal()).then_some(rate)
}

/// A stretch of time.
pub(super) fn range(value: &Value) -> Option<TickSpan> {
    let start = time(value.get("start_time")?)?;
    let length = time(value.get("duration")?)?;
    Some(TickSpan::with_length(start, length))
}

/// The factor of a number in an object.
pub(super) fn factor(value: &Value, key: &str) -> Option<f64> {
    number(value, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_none_are_missing() {
        let text =
            r#"{"a": NaN, "b": -Infinity, "c": [inf, 1e5, 2.5E-3], "d": "NaN \" inf", "e": true}"#;
        let value = parse(text).expect("is mended");
        assert!(value["a"].is_null() && value["b"].is_null() && value["c"][0].is_null());
        assert_eq!(value["d"], "NaN \" inf");
        assert_eq!(value["e"], true);
    }

    #[test]
    fn numbers_of_any_size_are_read() {
        let text = r#"{"value": 18446744073709551616123, "rate": 24.0, "ok": 5}"#;
        let value = parse(text).expect("is JSON");
        assert_eq!(time(&value), None, "further than any programme");
        assert_eq!(value["ok"], 5);
    }

    #[test]
    fn a_time_is_exact_at_the_rate_that_was_meant() {
        let at = |value: f64, rate: f64| {
            time(&serde_json::json!({"value": value, "rate": rate})).expect("is a time")
        };
        let frame = FrameRate::F29_97.frame_length().get();
        assert_eq!(at(107_892.0, 29.97), Ticks::new(107_892 * frame));
        assert_eq!(at(0.5, 30000.0 / 1001.0), Ticks::new(frame / 2));
        assert_eq!(at(48_000.0, 48_000.0), Ticks::from_secs(1));
        assert_eq!(at(-1.0, 1.0), Ticks::from_secs(-1));
    }
}
