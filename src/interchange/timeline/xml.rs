//! Writing XML: elements indented, texts escaped.

use std::fmt::Write as _;

/// A document that is being written.
#[derive(Debug)]
pub(super) struct XmlWriter {
    text: String,
    open: Vec<&'static str>,
}

/// Attributes with their values; empty ones are written too.
pub(super) type Attributes<'a> = &'a [(&'static str, String)];

impl XmlWriter {
    /// A document of this type.
    pub(super) fn new(kind: &str) -> Self {
        Self {
            text: format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE {kind}>\n"),
            open: Vec::new(),
        }
    }

    /// Begins an element; what is written until [`Self::close`] is inside.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes, ">");
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.line(&format!("</{name}>"));
        }
    }

    /// An element with nothing inside.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes, "/>");
    }

    /// An element with a text.
    pub(super) fn text(&mut self, name: &'static str, content: &str) {
        self.indent();
        self.line(&format!("<{name}>{}</{name}>", escaped(content)));
    }

    /// An element with a number.
    pub(super) fn number(&mut self, name: &'static str, number: i64) {
        self.text(name, &number.to_string());
    }

    /// The document, with every element ended.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &'static str, attributes: Attributes<'_>, end: &str) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            // A string takes all that is written.
            let _infallible = write!(self.text, " {key}=\"{}\"", escaped(value));
        }
        self.line(end);
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.text.push_str("  ");
        }
    }

    fn line(&mut self, end: &str) {
        self.text.push_str(end);
        self.text.push('\n');
    }
}

/// A text as content or as a value. What XML 1.0 has no way to write is left out (section 2.2); line
/// ends and tabs are written as numbers, so that they are still there in a value (section 3.3.3).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c < ' ' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let name = "a \"b\" & <c>\td\ne 海 🌊\u{1}";
        let mut xml = XmlWriter::new("a");
        xml.open("a", &[("name", name.to_owned())]);
        xml.text("b", name);
        xml.leaf("c", &[]);
        let text = xml.finish();
        let options = roxmltree::ParsingOptions {
            allow_dtd: true,
            ..roxmltree::ParsingOptions::default()
        };
        let document =
            roxmltree::Document::parse_with_options(&text, options).expect("it is well-formed");
        let root = document.root_element();
        let expected = name.trim_end_matches('\u{1}');
        assert_eq!(root.attribute("name"), Some(expected));
        let inside = root.first_element_child().and_then(|b| b.text());
        assert_eq!(inside, Some(expected));
    }
}
