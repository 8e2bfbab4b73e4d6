//! The timelines of `OpenTimelineIO` (its documentation, "Serialized Data" and "Time Ranges"), and
//! the bundles in which they travel with their media.
//!
//! Every object says its kind and the version of that kind, `Marker.2`; the version is not looked
//! at, as what is read here has been called the same in all of them. Times are numbers of frames or
//! samples at a rate that is a float; whether labels drop frames is not said.

mod item;
mod json;
mod media;
mod track;

use std::io::{Cursor, Read};

use serde_json::Value;
use zip::ZipArchive;

use super::CutFormat;
use super::ReadError;
use super::gather::Gather;
use super::options::ReadOptions;
use crate::interchange::Fit;
use crate::interchange::limits::MAX_JSON_BYTES;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::cleaned;
use crate::model::CutList;
use crate::model::Origin;
use crate::time::Ticks;
use crate::time::Timebase;
use json::{is_of, items, string, time};
use track::Reader;

/// How a packed folder begins, and where the timeline lies in it.
const MAGIC: &[u8] = b"PK\x03\x04";
const CONTENT: &str = "content.otio";

/// Whether this looks like a timeline.
pub(super) fn fit(head: &str) -> Fit {
    let is_object = head.trim_start().starts_with('{');
    if is_object && head.contains("\"OTIO_SCHEMA\"") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Whether this looks like a bundle.
pub(super) fn fit_bundle(head: &[u8]) -> Fit {
    if !head.starts_with(MAGIC) {
        Fit::No
    } else if memchr::memmem::find(head, CONTENT.as_bytes()).is_some() {
        Fit::Sure
    } else {
        // The media may come first.
        Fit::Maybe
    }
}

/// Reads the timeline of a bundle.
///
/// # Errors
///
/// Fails when the bundle cannot be unpacked, and where [`read`] does.
pub(super) fn read_bundle(
    bytes: &[u8],
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let broken = |reason: String| ReadError::Broken {
        format: CutFormat::OtioBundle,
        reason,
    };
    let mut folder = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let content = folder.by_name(CONTENT).map_err(|e| broken(e.to_string()))?;
    let mut text = Vec::new();
    content
        .take(MAX_JSON_BYTES as u64 + 1)
        .read_to_end(&mut text)
        .map_err(|error| broken(error.to_string()))?;
    if text.len() > MAX_JSON_BYTES {
        return Err(broken("it unpacks to more than any timeline is".to_owned()));
    }
    read(&String::from_utf8_lossy(&text), options, report)
}

/// Reads the first timeline.
///
/// # Errors
///
/// Fails when the text is not JSON, or holds no timeline.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let broken = |reason: String| ReadError::Broken {
        format: CutFormat::Otio,
        reason,
    };
    let root = json::parse(text).map_err(broken)?;
    let timelines = timelines(&root);
    let Some((first, others)) = timelines.split_first() else {
        return Err(broken("it holds no timeline".to_owned()));
    };
    let timebase = timebase(first, options, report);
    let mut gather = Gather::new(timebase, report);
    let name = string(first, "name");
    let others: Vec<String> = others.iter().map(|other| string(other, "name")).collect();
    gather.note_others(&name, &others);
    gather.list.title = cleaned(&name);
    let zero = match first.get("global_start_time").and_then(time) {
        Some(start) => {
            gather.list.start = Some(timebase.rate().nearest_frames(start));
            start
        }
        None => {
            gather.list.origin = Origin::FirstFrame;
            Ticks::ZERO
        }
    };
    let mut reader = Reader::new(gather);
    // What is no timeline stands for one that holds nothing else.
    reader.whole(first.get("tracks").unwrap_or(first), zero);
    Ok(reader.finished())
}

/// The timelines of a file: the file itself, or those that it collects.
fn timelines(root: &Value) -> Vec<&Value> {
    const WHOLES: [&str; 4] = ["Timeline", "Stack", "Track", "Clip"];
    let is_whole = |value: &Value| WHOLES.into_iter().any(|kind| is_of(value, kind));
    if is_whole(root) {
        return vec![root];
    }
    let all = items(root, "children")
        .iter()
        .filter(|value| is_whole(value));
    all.collect()
}

/// The rate of a timeline is that of its start; else that of the first clip with a frame rate,
/// else that of the first gap.
fn timebase(timeline: &Value, options: &ReadOptions, report: &mut Report) -> Timebase {
    let tracks = timeline.get("tracks").unwrap_or(timeline);
    let rate = timeline
        .get("global_start_time")
        .and_then(json::frame_rate)
        .or_else(|| media::first_rate(tracks, "Clip"))
        .or_else(|| media::first_rate(tracks, "Gap"));
    let Some(rate) = rate else {
        report.warn_of_all(WarningKind::AssumedRate(options.timebase));
        return options.timebase;
    };
    Timebase::new(rate, options.timebase.counting()).unwrap_or(Timebase::non_drop(rate))
}

#[cfg(test)]
mod tests;
