//! How long items are, which only some of them say.

use serde_json::Value;

use super::json::{is_of, items, range};
use super::media;
use crate::interchange::limits::MAX_NESTING;
use crate::time::TickSpan;
use crate::time::Ticks;

/// The stretch of an item, by its own clock: what it was trimmed to; else all it has. `None` where
/// neither is told.
pub(super) fn trimmed(item: &Value) -> Option<TickSpan> {
    trimmed_at(item, 0)
}

fn trimmed_at(item: &Value, depth: usize) -> Option<TickSpan> {
    if let Some(range) = item.get("source_range").and_then(range) {
        return Some(range);
    }
    if MAX_NESTING < depth {
        return None;
    }
    let length = |child: &Value| {
        let is_transition = is_of(child, "Transition");
        let span = (!is_transition).then(|| trimmed_at(child, depth + 1));
        span.flatten().map_or(Ticks::ZERO, TickSpan::length)
    };
    let inside = items(item, "children").iter().map(length);
    if is_of(item, "Stack") {
        let longest = inside.max().unwrap_or_default();
        Some(TickSpan::with_length(Ticks::ZERO, longest))
    } else if is_of(item, "Track") {
        Some(TickSpan::with_length(Ticks::ZERO, inside.sum()))
    } else {
        media::available(item)
    }
}
