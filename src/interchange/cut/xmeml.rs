//! The timelines of Final Cut Pro 7, Premiere Pro and many others: xmeml 4 and 5 (Apple, Final Cut
//! Pro XML Interchange Format, 2008).
//!
//! Places are whole frames. Those of clips in the sequence (`start`, `end`) and those of the
//! sequence's markers count from its first frame, at its rate; those in the clips (`in`, `out`, and
//! the clips' markers) count from the first frame of their media, at the clips' rate.

mod clip;
mod track;
mod values;

use roxmltree::Node;

use super::CutFormat;
use super::ReadError;
use super::gather::Gather;
use super::options::ReadOptions;
use crate::interchange::Fit;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::cleaned;
use crate::interchange::xml::{self, Lines, child_text, children};
use crate::model::CutList;
use crate::model::Origin;
use crate::time::Ticks;
use track::Reader;
use values::{Named, rate, timecode};

/// Whether this looks like a timeline in Apple's older format.
pub(super) fn fit(head: &str) -> Fit {
    if xml::begins_with(head, "xmeml") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the first sequence that is no part of another.
///
/// # Errors
///
/// Fails when the text is no document, or holds no sequence.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let broken = |reason: String| ReadError::Broken {
        format: CutFormat::Xmeml,
        reason,
    };
    let document = xml::parse(text).map_err(broken)?;
    let lines = Lines::of(text);
    let sequences = outer_sequences(document.root_element());
    let Some((sequence, others)) = sequences.split_first() else {
        return Err(broken("it holds no sequence".to_owned()));
    };
    let own_rate = rate(*sequence);
    let code = timecode(*sequence, own_rate);
    let timebase = match (own_rate, &code) {
        (Some(rate), code) => values::counted(rate, code.as_ref().map(|code| code.counting)),
        (None, _) => {
            report.warn_of_all(WarningKind::AssumedRate(options.timebase));
            options.timebase
        }
    };
    let name = |node: &Node<'_, '_>| child_text(*node, "name");
    let mut gather = Gather::new(timebase, report);
    let other_names: Vec<String> = others.iter().map(name).collect();
    gather.note_others(&name(sequence), &other_names);
    gather.list.title = cleaned(&name(sequence));
    let start = code.map(|code| code.start);
    let zero = match start {
        Some(start) => {
            gather.list.start = Some(timebase.rate().nearest_frames(start));
            start
        }
        None => {
            gather.list.origin = Origin::FirstFrame;
            Ticks::ZERO
        }
    };
    let named = Named::of(document.root_element());
    let mut reader = Reader::new(gather, &named, &lines);
    reader.sequence(*sequence, zero);
    Ok(reader.finished())
}

/// The sequences that are in no clip: those that are nested in others stand in theirs.
fn outer_sequences<'a, 'i>(root: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    let mut left = vec![root];
    while let Some(node) = left.pop() {
        if node.has_tag_name("sequence") {
            // One that is only named is told elsewhere.
            if children(node, "media").next().is_some() {
                found.push(node);
            }
        } else {
            let inside = node.children().filter(Node::is_element);
            let inside = inside.filter(|node| !node.has_tag_name("clipitem"));
            left.extend(inside.rev());
        }
    }
    found
}

#[cfg(test)]
mod tests;
