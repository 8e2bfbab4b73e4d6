//! What the XML formats share: a document that cannot grow beyond its text, and lines of nodes.

use roxmltree::{Document, Node, ParsingOptions};

use crate::interchange::limits::{MAX_XML_ATTRIBUTES, MAX_XML_NAMESPACES, MAX_XML_NODES};
use crate::interchange::text::cleaned;

/// How many elements around one are looked at: nobody nests folders as deep.
const MAX_DEPTH: usize = 32;

/// Whether a text is XML whose first element has this name.
pub(super) fn begins_with(head: &str, name: &str) -> bool {
    let mut rest = head.trim_start();
    // Declarations, comments and a document type come before the first element.
    while let Some(inside) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if inside.starts_with("--") { "-->" } else { ">" };
        let Some((_, after)) = inside.split_once(end) else {
            return false;
        };
        rest = after.trim_start();
    }
    let Some(rest) = rest.strip_prefix('<') else {
        return false;
    };
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(rest.len());
    let found = rest.get(..end).unwrap_or_default();
    // With or without the prefix of a name space.
    found.rsplit(':').next() == Some(name)
}

/// The document of a text.
///
/// Refused is what makes a parser's work grow faster than the text: entities of its own, which
/// may stand for each other, elements with thousands of attributes, which are compared with each
/// other, and name spaces in thousands, which are handed down.
pub(super) fn parse(text: &str) -> Result<Document<'_>, String> {
    if text.contains("<!ENTITY") {
        return Err("it declares entities, which no file of this kind does".to_owned());
    }
    if text.matches("xmlns").nth(MAX_XML_NAMESPACES).is_some() {
        return Err("it declares more name spaces than any file of this kind does".to_owned());
    }
    let has_too_many = |tag: &str| {
        let equals = tag.match_indices('=');
        let is_attribute = |at: usize| {
            let after = tag.get(at + 1..).unwrap_or_default().trim_start();
            after.starts_with(['"', '\''])
        };
        equals
            .filter(|(at, _)| is_attribute(*at))
            .nth(MAX_XML_ATTRIBUTES)
            .is_some()
    };
    // A `>` inside a value ends the piece too early; what follows is then looked at as text is,
    // so every piece between two brackets is looked at.
    if text.split('<').any(has_too_many) {
        return Err("one of its elements has more attributes than any of its kind".to_owned());
    }
    let options = ParsingOptions {
        // Apple's property lists name theirs; entities are refused above.
        allow_dtd: true,
        nodes_limit: MAX_XML_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| error.to_string())
}

/// The lines of a text, for telling where a node stands.
pub(super) struct Lines {
    ends: Vec<usize>,
}

impl Lines {
    /// Those of `text`.
    pub(super) fn of(text: &str) -> Self {
        Self {
            ends: text.match_indices('\n').map(|(at, _)| at).collect(),
        }
    }

    /// The line in which a node begins, counted from 1.
    pub(super) fn line(&self, node: Node<'_, '_>) -> usize {
        let start = node.range().start;
        self.ends.partition_point(|end| *end < start) + 1
    }
}

/// The children of this name.
pub(super) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The text of a node, without that of the elements in it.
pub(super) fn text(node: Node<'_, '_>) -> String {
    let texts = node.children().filter(Node::is_text);
    texts.filter_map(|child| child.text()).collect()
}

/// The text of the first child of this name; empty when there is none.
pub(super) fn child_text(node: Node<'_, '_>, name: &'static str) -> String {
    children(node, name).next().map(text).unwrap_or_default()
}

/// An attribute; empty when there is none.
pub(super) fn attribute(node: Node<'_, '_>, name: &str) -> String {
    node.attribute(name).unwrap_or_default().to_owned()
}

/// The names of the folders that a node lies in, the outermost first: of the elements around it of
/// this kind, all but the one that is around them all.
pub(super) fn folders(node: Node<'_, '_>, element: &str, name: &str) -> Vec<String> {
    let around = node.ancestors().skip(1).take(MAX_DEPTH);
    let around = around.filter(|above| above.has_tag_name(element));
    let mut names: Vec<String> = around
        .map(|above| cleaned(&attribute(above, name)))
        .collect();
    names.pop();
    names.reverse();
    names
}
