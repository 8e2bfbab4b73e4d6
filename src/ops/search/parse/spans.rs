//! Numbers and spans of numbers as they are typed: `<3:00`, `90..110`, `2026`.

use crate::ops::search::terms::{Number, Span};

/// The numbers that `value` means; nothing while it is not understood.
pub(super) fn span(number: Number, value: &str) -> Option<Span> {
    let read = |text: &str| amount(number, text.trim_start_matches('='));
    if let Some((from, to)) = value.split_once("..") {
        let from = if from.is_empty() {
            f64::NEG_INFINITY
        } else {
            read(from)?
        };
        let to = if to.is_empty() {
            f64::INFINITY
        } else {
            read(to)?
        };
        return Some(Span { from, to });
    }
    if let Some(to) = value.strip_prefix('<') {
        let to = read(to)?;
        return Some(Span {
            from: f64::NEG_INFINITY,
            to,
        });
    }
    if let Some(from) = value.strip_prefix('>') {
        let from = read(from)?;
        return Some(Span {
            from,
            to: f64::INFINITY,
        });
    }
    let at = read(value)?;
    let slack = number.slack();
    Some(Span {
        from: at - slack,
        to: at + slack,
    })
}

/// A number as it is written: lengths as `3:00`, `1:02:03` or in seconds, minus signs of any kind.
fn amount(number: Number, text: &str) -> Option<f64> {
    let text = text.replace('−', "-");
    if number != Number::Length {
        return text.parse().ok().filter(|number: &f64| number.is_finite());
    }
    let mut seconds = 0.0;
    for part in text.trim_end_matches('s').split(':') {
        let part: f64 = part.parse().ok()?;
        seconds = seconds * 60.0 + part;
    }
    Some(seconds).filter(|seconds: &f64| seconds.is_finite())
}
