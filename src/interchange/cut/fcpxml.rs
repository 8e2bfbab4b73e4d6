//! The timelines of Final Cut Pro, and of what imitates it: FCPXML 1.8 to 1.14 (Apple, Final Cut
//! Pro XML reference, and the document types that come with the program).
//!
//! Every element has a time of its own: `start` says what its own clock shows where it begins, and
//! `offset` what the clock of the element around it shows there. So a place is carried from clock
//! to clock outwards, until it is one of the sequence's, which shows timecode.

mod map;
mod resources;
mod story;

use roxmltree::Node;

use super::ReadError;
use super::gather::Gather;
use super::options::ReadOptions;
use super::{CutFormat, gather};
use crate::interchange::Fit;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::cleaned;
use crate::interchange::xml::{self, Lines, attribute, children};
use crate::model::CutList;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Ticks;
use crate::time::Timebase;
use resources::Resources;
use story::Reader;

/// Whether this looks like a timeline of Final Cut Pro.
pub(super) fn fit(head: &str) -> Fit {
    if xml::begins_with(head, "fcpxml") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the first project, else the first clip, else the first compound clip.
///
/// # Errors
///
/// Fails when the text is no document, or holds nothing that has a time.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let broken = |reason: String| ReadError::Broken {
        format: CutFormat::Fcpxml,
        reason,
    };
    let document = xml::parse(text).map_err(broken)?;
    let lines = Lines::of(text);
    let root = document.root_element();
    let resources = Resources::of(root);
    let timelines = timelines(root);
    let Some((first, others)) = timelines.split_first() else {
        return Err(broken("it holds no project and no clip".to_owned()));
    };
    let timebase = timebase(first.node, resources.rate_of(first.node), options, report);
    let mut gather = Gather::new(timebase, report);
    let others: Vec<String> = others.iter().map(|other| other.name.clone()).collect();
    gather.note_others(&first.name, &others);
    gather.list.title = cleaned(&first.name);
    let start = resources.start_of(first.node);
    gather.list.start = Some(timebase.rate().nearest_frames(start));
    let mut reader = Reader::new(gather, &resources, &lines);
    if first.node.has_tag_name("sequence") {
        reader.sequence(first.node, start);
    } else {
        reader.lone_clip(first.node, start);
    }
    Ok(reader.finished())
}

/// Something that has a time of its own and can be read by itself.
struct Timeline<'a, 'i> {
    name: String,
    node: Node<'a, 'i>,
}

fn timelines<'a, 'i>(root: Node<'a, 'i>) -> Vec<Timeline<'a, 'i>> {
    let sequences = |around: &'static str| {
        let nodes = root.descendants().filter(move |node| {
            let above = node.parent_element();
            node.has_tag_name("sequence") && above.is_some_and(|above| above.has_tag_name(around))
        });
        let named = nodes.map(|node| {
            let above = node.parent_element().unwrap_or(node);
            let name = attribute(above, "name");
            Timeline { name, node }
        });
        named.collect::<Vec<_>>()
    };
    let projects = sequences("project");
    if !projects.is_empty() {
        return projects;
    }
    let clips = root.descendants().filter(|node| {
        let above = node.parent_element();
        let is_outermost =
            above.is_some_and(|above| above.has_tag_name("event") || above.has_tag_name("fcpxml"));
        is_outermost && story::is_clip(*node)
    });
    let clips = clips.map(|node| Timeline {
        name: attribute(node, "name"),
        node,
    });
    let clips: Vec<_> = clips.collect();
    if clips.is_empty() {
        sequences("media")
    } else {
        clips
    }
}

fn timebase(
    sequence: Node<'_, '_>,
    rate: Option<FrameRate>,
    options: &ReadOptions,
    report: &mut Report,
) -> Timebase {
    let Some(rate) = rate else {
        report.warn_of_all(WarningKind::AssumedRate(options.timebase));
        return options.timebase;
    };
    let counting = match sequence.attribute("tcFormat") {
        Some("DF") => Counting::Drop,
        _ => Counting::NonDrop,
    };
    Timebase::new(rate, counting).unwrap_or(Timebase::non_drop(rate))
}

/// A time as it is written: `1001/30000s`, `3600s`, `2.5s`.
fn time(text: &str) -> Option<Ticks> {
    let text = text.trim();
    let number = text.strip_suffix('s').unwrap_or(text);
    if let Some((numerator, denominator)) = number.split_once('/') {
        let denominator: i64 = denominator.trim().parse().ok()?;
        let numerator: i64 = numerator.trim().parse().ok()?;
        return gather::fraction_of_second(numerator.into(), denominator.into());
    }
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let is_short = decimals.len() <= 12 && decimals.bytes().all(|b| b.is_ascii_digit());
    let digits = format!("{whole}{decimals}");
    let numerator: i128 = digits.trim().parse().ok().filter(|_| is_short)?;
    gather::fraction_of_second(numerator, 10_i128.pow(decimals.len() as u32))
}

/// The time in an attribute.
fn time_of(node: Node<'_, '_>, name: &str) -> Option<Ticks> {
    node.attribute(name).and_then(time)
}

/// The first child of this name.
fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

#[cfg(test)]
mod tests;
