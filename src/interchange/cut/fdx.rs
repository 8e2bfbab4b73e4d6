//! Screenplays of Final Draft: their scenes, with number, heading and summary. The format has no
//! public document; this is what Final Draft 8 to 13, Fade In and other writers of it agree on.

use roxmltree::Node;

use super::CutFormat;
use super::ReadError;
use super::options::ReadOptions;
use super::wording::kept;
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::xml;
use crate::interchange::xml::{Lines, attribute, children};
use crate::model::CutList;
use crate::model::FoundHeading;

/// Whether this is a screenplay of Final Draft.
pub(super) fn fit(head: &str) -> Fit {
    if xml::begins_with(head, "FinalDraft") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the headings with their numbers and summaries.
///
/// # Errors
///
/// Fails when it is no whole XML.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let document = xml::parse(text).map_err(|reason| ReadError::Broken {
        format: CutFormat::Fdx,
        reason,
    })?;
    let lines = Lines::of(text);
    let mut list = CutList::new(options.timebase);
    let contents = children(document.root_element(), "Content");
    // Only the paragraphs of the script itself: there are more inside its scenes' properties.
    for paragraph in contents.flat_map(|content| children(content, "Paragraph")) {
        if attribute(paragraph, "Type") != "Scene Heading" {
            continue;
        }
        let line = lines.line(paragraph);
        if list.headings.len() == MAX_ENTRIES {
            report.warn(line, WarningKind::TooMany { n: MAX_ENTRIES });
            break;
        }
        let properties = children(paragraph, "SceneProperties").next();
        let summary = properties.and_then(|node| children(node, "Summary").next());
        let summary = summary.map(|node| {
            let lines = children(node, "Paragraph").map(words);
            lines.collect::<Vec<String>>().join("\n")
        });
        list.headings.push(FoundHeading {
            number: kept(&attribute(paragraph, "Number"), line, report),
            name: kept(&words(paragraph), line, report),
            synopsis: kept(&summary.unwrap_or_default(), line, report),
        });
    }
    Ok(list)
}

/// The words of a paragraph, which stand in runs of one look each.
fn words(paragraph: Node<'_, '_>) -> String {
    children(paragraph, "Text").map(xml::text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_content(content: &str) -> Vec<FoundHeading> {
        let text = format!("<FinalDraft><Content>{content}</Content></FinalDraft>");
        let mut report = Report::default();
        let list = read(&text, &ReadOptions::default(), &mut report);
        list.expect("it is XML").headings
    }

    #[test]
    fn a_heading_has_a_number_and_runs_of_text() {
        let found = read_content(
            "<Paragraph Type=\"Scene Heading\" Number=\"12A\"><Text>INT. </Text>\
             <Text Style=\"Bold\">HUT</Text></Paragraph>\
             <Paragraph Type=\"Action\"><Text>EXT. no scene</Text></Paragraph>",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].number.as_str(), found[0].name.as_str()),
            ("12A", "INT. HUT")
        );
    }

    #[test]
    fn a_summary_is_the_synopsis() {
        let found = read_content(
            "<Paragraph Type=\"Scene Heading\"><SceneProperties><Summary>\
             <Paragraph><Text>They meet.</Text></Paragraph></Summary></SceneProperties>\
             <Text>INT. HUT</Text></Paragraph>",
        );
        assert_eq!(found[0].synopsis, "They meet.");
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        let mut report = Report::default();
        let result = read(
            "<FinalDraft><Content>",
            &ReadOptions::default(),
            &mut report,
        );
        assert!(matches!(result, Err(ReadError::Broken { .. })));
    }
}
