//! What clips play: the file, the stretch of it there is, and the rate it was made at.

use serde_json::Value;

use super::super::address;
use super::json::{factor, frame_rate, is_of, items, range, string};
use crate::interchange::limits::MAX_NESTING;
use crate::model::Speed;
use crate::time::FrameRate;
use crate::time::TickSpan;

/// The media of a clip: its only one, or the one of several that is in use.
pub(super) fn reference(clip: &Value) -> Option<&Value> {
    let of_several = || {
        let key = clip.get("active_media_reference_key")?.as_str()?;
        clip.get("media_references")?.get(key)
    };
    of_several()
        .or_else(|| clip.get("media_reference"))
        .filter(|reference| reference.is_object())
}

/// The stretch that a clip's media has.
pub(super) fn available(clip: &Value) -> Option<TickSpan> {
    range(reference(clip)?.get("available_range")?)
}

/// The path of a clip's media; of pictures that are a file each, with `#` for their number.
pub(super) fn file(clip: &Value) -> String {
    let Some(reference) = reference(clip) else {
        return String::new();
    };
    if is_of(reference, "ImageSequenceReference") {
        let mut base = address::path(&string(reference, "target_url_base"));
        if !base.is_empty() && !base.ends_with('/') {
            base.push('/');
        }
        let (before, behind) = (
            string(reference, "name_prefix"),
            string(reference, "name_suffix"),
        );
        return format!("{base}{before}#{behind}");
    }
    address::path(&string(reference, "target_url"))
}

/// The speed of an item: of all its effects that change it.
pub(super) fn speed(item: &Value) -> Speed {
    let mut product = 1.0;
    for effect in items(item, "effects") {
        if is_of(effect, "FreezeFrame") {
            return Speed::STILL;
        }
        if is_of(effect, "LinearTimeWarp") {
            product *= factor(effect, "time_scalar").unwrap_or(1.0);
        }
    }
    if f64::abs(product) <= 1e6 {
        Speed::nearest_to(product)
    } else {
        Speed::NORMAL
    }
}

/// The frame rate of the first item of this kind that has one.
pub(super) fn first_rate(tracks: &Value, kind: &str) -> Option<FrameRate> {
    let mut left = vec![(tracks, 0)];
    while let Some((value, depth)) = left.pop() {
        if is_of(value, kind) {
            let ranges = [
                value.get("source_range"),
                reference(value).and_then(|media| media.get("available_range")),
            ];
            let times = ranges.into_iter().flatten().flat_map(|range| {
                let of_range = [range.get("duration"), range.get("start_time")];
                of_range.into_iter().flatten()
            });
            if let Some(rate) = times.into_iter().find_map(frame_rate) {
                return Some(rate);
            }
        }
        if depth < 2 * MAX_NESTING {
            let inside = items(value, "children").iter().rev();
            left.extend(inside.map(|child| (child, depth + 1)));
        }
    }
    None
}
