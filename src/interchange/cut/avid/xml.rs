//! The same markers in Avid's XML file of settings: one list of attributes each, whose names begin
//! with `_ATN_CRM_`.

use roxmltree::Node;

use super::Draft;
use crate::interchange::Fit;
use crate::interchange::cut::CutFormat;
use crate::interchange::cut::ReadError;
use crate::interchange::cut::ReadOptions;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::xml;
use crate::interchange::xml::{Lines, attribute, children};
use crate::model::CutList;

/// Whether this is Avid's XML.
pub(in crate::interchange::cut) fn fit(head: &str) -> Fit {
    if xml::begins_with(head, "StreamItems") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the markers.
///
/// # Errors
///
/// Fails when it is no whole XML, or its timecodes contradict the rate they are read with.
pub(in crate::interchange::cut) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let document = xml::parse(text).map_err(|reason| ReadError::Broken {
        format: CutFormat::AvidXml,
        reason,
    })?;
    let lines = Lines::of(text);
    let mut drafts = Vec::new();
    for list in document
        .descendants()
        .filter(|node| node.has_tag_name("List"))
    {
        let line = lines.line(list);
        let Some(draft) = draft(list, line) else {
            continue;
        };
        if drafts.len() == MAX_ENTRIES {
            report.warn(line, WarningKind::TooMany { n: MAX_ENTRIES });
            break;
        }
        drafts.push(draft);
    }
    super::markers(&drafts, options, report)
}

/// The marker that a list of attributes is; `None` where it says no place.
fn draft(list: Node<'_, '_>, line: usize) -> Option<Draft> {
    let mut draft = Draft {
        line,
        at: String::new(),
        track: String::new(),
        color: String::new(),
        comment: String::new(),
        n_frames: 1,
    };
    for element in children(list, "ListElem") {
        let property = |name: &str| {
            children(element, "AvProp")
                .find(|node| attribute(*node, "name") == name)
                .map(xml::text)
        };
        let Some(name) = property("OMFI:ATTB:Name") else {
            continue;
        };
        let text = property("OMFI:ATTB:StringAttribute").unwrap_or_default();
        let number = property("OMFI:ATTB:IntAttribute").and_then(|n| n.trim().parse().ok());
        match name.trim() {
            "_ATN_CRM_TC" => text.trim().clone_into(&mut draft.at),
            "_ATN_CRM_TRK" => text.trim().clone_into(&mut draft.track),
            "_ATN_CRM_COLOR" => text.trim().clone_into(&mut draft.color),
            "_ATN_CRM_COM" => draft.comment = text,
            "_ATN_CRM_LENGTH" => draft.n_frames = number.unwrap_or(1),
            _ => {}
        }
    }
    (!draft.at.is_empty()).then_some(draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute_list(attributes: &[(&str, &str)]) -> String {
        let element = |(name, value): &(&str, &str)| {
            let kind = if name.ends_with("LENGTH") {
                "Int"
            } else {
                "String"
            };
            format!(
                "<ListElem><AvProp name=\"OMFI:ATTB:Name\">{name}</AvProp>\
                 <AvProp name=\"OMFI:ATTB:{kind}Attribute\">{value}</AvProp></ListElem>"
            )
        };
        let elements: String = attributes.iter().map(element).collect();
        format!(
            "<AvClass id=\"ATTR\"><List id=\"OMFI:ATTR:AttrRefs\">{elements}<ListElem/></List></AvClass>"
        )
    }

    #[test]
    fn a_list_with_a_place_is_a_marker() {
        let marker = attribute_list(&[
            ("_ATN_CRM_USER", "Ana"),
            ("_ATN_CRM_COLOR", "Red"),
            ("_ATN_CRM_COM", "the touch"),
            ("_ATN_CRM_TC", "01:00:02:10"),
            ("_ATN_CRM_TRK", "V1"),
            ("_ATN_CRM_LENGTH", "25"),
        ]);
        let other = attribute_list(&[("_SETTING", "x")]);
        let text = format!(
            "<!DOCTYPE Avid:StreamItems SYSTEM \"AvidSettingsFile.dtd\">\
             <Avid:StreamItems xmlns:Avid=\"http://www.avid.com\">\
             <Avid:XMLFileData>{marker}{other}</Avid:XMLFileData></Avid:StreamItems>"
        );
        assert_eq!(fit(&text), Fit::Sure);
        let mut report = Report::default();
        let list = read(&text, &ReadOptions::default(), &mut report).expect("it is XML");
        assert_eq!(list.markers.len(), 1);
        let marker = &list.markers[0];
        assert_eq!(
            (marker.name.as_str(), marker.track.as_str()),
            ("the touch", "V1")
        );
        assert_eq!(
            list.timebase.rate().floor_to_frames(marker.length).get(),
            25
        );
        assert!(report.is_clean());
    }
}
