//! The values that elements hold: rates, timecodes, numbers of frames, files that are told once and
//! named after that.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::address;
use crate::interchange::xml::{child_text, children};
use crate::model::Color;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::Ticks;
use crate::time::Timebase;

/// More frames than ten days have at any rate.
const MOST_FRAMES: i64 = 1_000_000_000;

/// The first child of this name.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The number of frames in a child.
pub(super) fn frames(node: Node<'_, '_>, name: &'static str) -> Option<Frames> {
    let text = child_text(node, name);
    let number: i64 = text.trim().parse().ok()?;
    (number.abs() <= MOST_FRAMES).then_some(Frames::new(number))
}

/// Whether a child says `TRUE`.
pub(super) fn is_true(node: Node<'_, '_>, name: &'static str) -> bool {
    child_text(node, name).trim().eq_ignore_ascii_case("true")
}

/// The frame rate of an element: a whole number, slowed by 1000/1001 where `ntsc` is true.
pub(super) fn rate(node: Node<'_, '_>) -> Option<FrameRate> {
    let rate = child(node, "rate")?;
    let base: u32 = child_text(rate, "timebase").trim().parse().ok()?;
    if is_true(rate, "ntsc") {
        FrameRate::new(base.checked_mul(1000)?, 1001).ok()
    } else {
        FrameRate::new(base, 1).ok()
    }
}

/// A timebase of this counting, where the rate has it.
pub(super) fn counted(rate: FrameRate, counting: Option<Counting>) -> Timebase {
    let counting = counting.unwrap_or(Counting::NonDrop);
    Timebase::new(rate, counting).unwrap_or(Timebase::non_drop(rate))
}

/// Where the clock of a sequence or file begins.
pub(super) struct Timecode {
    /// How its labels are counted.
    pub(super) counting: Counting,
    /// Its first frame, counted from label zero.
    pub(super) start: Ticks,
    /// The reel.
    pub(super) reel: String,
}

/// The timecode of an element, whose rate is taken where the timecode has none.
pub(super) fn timecode(node: Node<'_, '_>, own_rate: Option<FrameRate>) -> Option<Timecode> {
    let code = child(node, "timecode")?;
    let rate = rate(code).or(own_rate)?;
    let label = child_text(code, "string");
    let counting = match child_text(code, "displayformat").trim() {
        "DF" => Counting::Drop,
        // Of files it may be left out.
        "" if label.contains(';') => Counting::Drop,
        _ => Counting::NonDrop,
    };
    let start = frames(code, "frame").or_else(|| counted(rate, Some(counting)).parse(&label).ok());
    Some(Timecode {
        counting,
        start: rate.to_ticks(start?),
        reel: child(code, "reel")
            .map(|reel| child_text(reel, "name"))
            .unwrap_or_default(),
    })
}

/// What is told once, and elsewhere only named by its identifier.
pub(super) struct Named<'a, 'i> {
    by_id: HashMap<(&'a str, &'a str), Node<'a, 'i>>,
}

impl<'a, 'i> Named<'a, 'i> {
    /// The files and sequences of a document.
    pub(super) fn of(root: Node<'a, 'i>) -> Self {
        let mut by_id = HashMap::new();
        for node in root.descendants().filter(Node::is_element) {
            let kind = node.tag_name().name();
            let is_told = || node.children().any(|child| child.is_element());
            if (kind == "file" || kind == "sequence")
                && let Some(id) = node.attribute("id")
                && is_told()
            {
                by_id.entry((kind, id)).or_insert(node);
            }
        }
        Self { by_id }
    }

    /// The file or sequence of a clip, where it was told.
    pub(super) fn told(&self, clip: Node<'a, 'i>, kind: &'static str) -> Option<Node<'a, 'i>> {
        let node = child(clip, kind)?;
        let elsewhere = node
            .attribute("id")
            .and_then(|id| self.by_id.get(&(kind, id)).copied());
        elsewhere.or(Some(node))
    }
}

/// The path of a file.
pub(super) fn path(file: Node<'_, '_>) -> String {
    let path = address::path(&child_text(file, "pathurl"));
    if path.is_empty() {
        child_text(file, "name")
    } else {
        path
    }
}

/// The color of a marker that is nearest to what is written: Premiere Pro writes one number, with
/// red in its lowest byte; Final Cut Pro 7 red, green and blue.
pub(super) fn color(marker: Node<'_, '_>) -> Option<Color> {
    let number = child_text(marker, "pproColor");
    let mixed = |red: u32, green: u32, blue: u32| {
        let hex = format!("#{red:02x}{green:02x}{blue:02x}");
        super::super::color_words::color(&hex)
    };
    if let Ok(number) = number.trim().parse::<u32>() {
        return mixed(number & 0xFF, number >> 8 & 0xFF, number >> 16 & 0xFF);
    }
    let parts = child(marker, "color")?;
    let part = |name| -> Option<u32> {
        let value: u32 = child_text(parts, name).trim().parse().ok()?;
        Some(value.min(255))
    };
    mixed(part("red")?, part("green")?, part("blue")?)
}
