//! The guides of a Kdenlive project, which is MLT XML with lists in JSON inside (Kdenlive's
//! developer documentation, “The Kdenlive file format”). Positions are frames of the project's
//! profile, counted from the first.

use roxmltree::Document;
use serde::Deserialize;

use super::CutFormat;
use super::ReadError;
use super::color_words;
use super::labels;
use super::options::ReadOptions;
use super::wording::{headline, kept};
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::xml;
use crate::interchange::xml::{Lines, attribute};
use crate::model::Color;
use crate::model::CutList;
use crate::model::FoundMarker;
use crate::model::Origin;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::Ticks;
use crate::time::Timebase;

/// Where guides are kept: by sequence since version 23.04, by project before.
const GUIDES: [&str; 2] = [
    "kdenlive:sequenceproperties.guides",
    "kdenlive:docproperties.guides",
];
const CATEGORIES: &str = "kdenlive:docproperties.guidesCategories";
/// The colors of the categories where the project does not name them, in their order.
const USUAL_COLORS: [Color; 9] = [
    Color::Purple,
    Color::Blue,
    Color::Green,
    Color::Green,
    Color::Yellow,
    Color::Yellow,
    Color::Orange,
    Color::Orange,
    Color::Red,
];

/// A guide, as the project writes it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Guide {
    comment: String,
    pos: i64,
    /// Its category.
    r#type: i64,
    /// How many frames it lasts, since version 24.08.
    duration: i64,
}

/// A category of guides.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Category {
    color: String,
    index: i64,
}

/// Whether this is a project of Kdenlive.
pub(super) fn fit(head: &str) -> Fit {
    if xml::begins_with(head, "mlt") {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the guides.
///
/// # Errors
///
/// Fails when it is no whole XML, or says no frame rate there is.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let broken = |reason| ReadError::Broken {
        format: CutFormat::Kdenlive,
        reason,
    };
    let document = xml::parse(text).map_err(broken)?;
    let rate =
        rate(&document).ok_or_else(|| broken("it says no frame rate known here".to_owned()))?;
    // A project does not say how its frames are labelled.
    let timebase = Timebase::new(rate, options.timebase.counting())
        .unwrap_or_else(|_| Timebase::non_drop(rate));
    let mut list = CutList::new(timebase);
    list.title = kept(&attribute(document.root_element(), "title"), 1, report);
    list.origin = Origin::FirstFrame;
    let lines = Lines::of(text);
    let colors = categories(&document);
    for node in document.descendants().filter(|node| {
        node.has_tag_name("property")
            && GUIDES.contains(&node.attribute("name").unwrap_or_default())
    }) {
        let line = lines.line(node);
        let guides: Vec<Guide> = match serde_json::from_str(&xml::text(node)) {
            Ok(guides) => guides,
            Err(error) => {
                report.warn(line, WarningKind::Unreadable(error.to_string()));
                continue;
            }
        };
        for guide in guides {
            if list.markers.len() == MAX_ENTRIES {
                report.warn(line, WarningKind::TooMany { n: MAX_ENTRIES });
                return Ok(list);
            }
            list.markers
                .push(marker(&guide, &colors, timebase, line, report));
        }
    }
    Ok(list)
}

/// The rate of the project's profile.
fn rate(document: &Document<'_>) -> Option<FrameRate> {
    let profile = document
        .descendants()
        .find(|node| node.has_tag_name("profile"))?;
    let number = |name: &str| attribute(profile, name).parse().ok();
    FrameRate::new(number("frame_rate_num")?, number("frame_rate_den")?).ok()
}

fn categories(document: &Document<'_>) -> Vec<Category> {
    let node = document
        .descendants()
        .find(|node| node.has_tag_name("property") && node.attribute("name") == Some(CATEGORIES));
    let found = node.and_then(|node| serde_json::from_str(&xml::text(node)).ok());
    found.unwrap_or_default()
}

fn marker(
    guide: &Guide,
    categories: &[Category],
    timebase: Timebase,
    line: usize,
    report: &mut Report,
) -> FoundMarker {
    let (name, note) = headline(&kept(&guide.comment, line, report));
    let named = categories
        .iter()
        .find(|category| category.index == guide.r#type);
    let usual = || {
        USUAL_COLORS
            .get(usize::try_from(guide.r#type).ok()?)
            .copied()
    };
    let at = labels::length(timebase, guide.pos, line, report);
    let length = labels::length(timebase, guide.duration, line, report);
    FoundMarker {
        name,
        at,
        length: if length > timebase.rate().to_ticks(Frames::new(1)) {
            length
        } else {
            Ticks::ZERO
        },
        color: named
            .and_then(|category| color_words::color(&category.color))
            .or_else(usual),
        note,
        track: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(properties: &str) -> Result<(CutList, Report), ReadError> {
        let text = format!(
            "<mlt><profile frame_rate_num=\"30000\" frame_rate_den=\"1001\"/><tractor>{properties}</tractor></mlt>"
        );
        let mut report = Report::default();
        let list = read(&text, &ReadOptions::default(), &mut report)?;
        Ok((list, report))
    }

    fn guides(json: &str) -> String {
        format!("<property name=\"kdenlive:sequenceproperties.guides\">{json}</property>")
    }

    #[test]
    fn a_guide_is_a_marker_at_the_rate_of_the_profile() {
        let json = "[{\"comment\":\"the touch\\nlook\",\"pos\":230,\"type\":8,\"duration\":25}]";
        let (list, report) = found(&guides(json)).expect("it is XML");
        let frames = |n| FrameRate::F29_97.to_ticks(Frames::new(n));
        let marker = &list.markers[0];
        assert_eq!((marker.at, marker.length), (frames(230), frames(25)));
        assert_eq!(
            (marker.name.as_str(), marker.note.as_str()),
            ("the touch", "look")
        );
        assert_eq!(marker.color, Some(Color::Red));
        assert!(report.is_clean());
    }

    #[test]
    fn the_project_says_the_colors_of_its_categories() {
        let categories = format!(
            "<property name=\"{CATEGORIES}\">[{{\"color\":\"#1abc9c\",\"comment\":\"hits\",\"index\":8}}]</property>"
        );
        let json = "[{\"comment\":\"a\",\"pos\":1,\"type\":8}]";
        let (list, _) = found(&format!("{}{categories}", guides(json))).expect("it is XML");
        assert_eq!(list.markers[0].color, Some(Color::Cyan));
    }

    #[test]
    fn guides_that_are_no_json_are_told_and_the_others_kept() {
        let text = format!("{}{}", guides("[{"), guides("[{\"pos\":1}]"));
        let (list, report) = found(&text).expect("it is XML");
        assert_eq!(list.markers.len(), 1);
        assert_eq!(report.warnings().len(), 1);
    }
}
