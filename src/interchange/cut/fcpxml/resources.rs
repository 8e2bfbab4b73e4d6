//! What the clips of a document refer to: formats, media files, compound and multicam clips.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::address;
use super::{child, time_of};
use crate::interchange::xml::{attribute, children};
use crate::time::FrameRate;
use crate::time::Ticks;

/// Nothing that is referred to has more elements of its own than this; what has is no resource, as
/// each that refers to it would look at all of them.
const MAX_PARTS: usize = 64;

/// The resources of a document, by their identifiers.
pub(super) struct Resources<'a, 'i> {
    by_id: HashMap<&'a str, Node<'a, 'i>>,
}

impl<'a, 'i> Resources<'a, 'i> {
    /// Those of a document.
    pub(super) fn of(root: Node<'a, 'i>) -> Self {
        let lists = children(root, "resources");
        let nodes = lists.flat_map(|list| list.children().filter(Node::is_element));
        let is_small = |node: &Node<'a, 'i>| node.children().nth(2 * MAX_PARTS).is_none();
        let nodes = nodes.filter(is_small);
        let by_id = nodes.filter_map(|node| Some((node.attribute("id")?, node)));
        Self {
            by_id: by_id.collect(),
        }
    }

    /// What an element refers to.
    pub(super) fn referred(&self, node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
        self.by_id.get(node.attribute("ref")?).copied()
    }

    /// The media file an element plays, where it plays one.
    pub(super) fn asset(&self, node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
        self.referred(node)
            .filter(|resource| resource.has_tag_name("asset"))
    }

    /// The sequence or the multicam clip that an element shows.
    pub(super) fn media(&self, node: Node<'a, 'i>, kind: &'static str) -> Option<Node<'a, 'i>> {
        let media = self.referred(node)?;
        media
            .has_tag_name("media")
            .then(|| child(media, kind))
            .flatten()
    }

    /// The format of a sequence or clip; else that of what it refers to.
    fn format_of(&self, node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
        let own = |node: Node<'a, 'i>| self.by_id.get(node.attribute("format")?).copied();
        let referred = || {
            let resource = self.referred(node)?;
            let inner = child(resource, "sequence").or_else(|| child(resource, "multicam"));
            own(inner.unwrap_or(resource))
        };
        own(node).or_else(referred)
    }

    /// The frame rate of a sequence or clip.
    pub(super) fn rate_of(&self, node: Node<'a, 'i>) -> Option<FrameRate> {
        let format = self.format_of(node)?;
        let written = format.attribute("frameDuration").and_then(|text| {
            let (numerator, denominator) = text.trim().strip_suffix('s')?.split_once('/')?;
            FrameRate::new(denominator.parse().ok()?, numerator.parse().ok()?).ok()
        });
        written.or_else(|| rate_named(format.attribute("name")?))
    }

    /// What an element's own clock shows where it begins.
    pub(super) fn start_of(&self, node: Node<'a, 'i>) -> Ticks {
        let own = time_of(node, "start").or_else(|| time_of(node, "tcStart"));
        let referred = || {
            let resource = self.referred(node)?;
            let inner = child(resource, "sequence").or_else(|| child(resource, "multicam"));
            match inner {
                Some(inner) => time_of(inner, "tcStart"),
                None => time_of(resource, "start"),
            }
        };
        own.or_else(referred).unwrap_or_default()
    }

    /// How long an element lasts.
    pub(super) fn duration_of(&self, node: Node<'a, 'i>) -> Ticks {
        let own = time_of(node, "duration");
        let referred = || {
            let resource = self.referred(node)?;
            let inner = child(resource, "sequence").unwrap_or(resource);
            time_of(inner, "duration")
        };
        let length = own.or_else(referred).unwrap_or_default();
        length.max(Ticks::ZERO)
    }
}

/// The path of a media file: from 1.9 on in the first of its representations, before that its own.
pub(super) fn file_of(asset: Node<'_, '_>) -> String {
    let in_representation = child(asset, "media-rep").map(|node| attribute(node, "src"));
    address::path(&in_representation.unwrap_or_else(|| attribute(asset, "src")))
}

/// The rate in the name of one of Final Cut Pro's own formats, `FFVideoFormat1080p2398`; of
/// interlaced ones the fields are told.
fn rate_named(name: &str) -> Option<FrameRate> {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (before, number) = name.split_at(name.len() - digits);
    let is_interlaced = before.ends_with('i');
    if !is_interlaced && !before.ends_with('p') {
        return None;
    }
    Some(match (number, is_interlaced) {
        ("2398", false) => FrameRate::F23_976,
        ("24", false) => FrameRate::F24,
        ("25", false) | ("50", true) => FrameRate::F25,
        ("2997", false) | ("5994", true) => FrameRate::F29_97,
        ("30", false) | ("60", true) => FrameRate::F30,
        ("50", false) => FrameRate::F50,
        ("5994", false) => FrameRate::F59_94,
        ("60", false) => FrameRate::F60,
        _ => return None,
    })
}
