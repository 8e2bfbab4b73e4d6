//! The markers of a `DaVinci` Resolve timeline (Timelines > Export > Timeline Markers to EDL).
//!
//! Each marker is an event one frame long and, in the lines under it, the marker's note, which may
//! have several lines, then ` |C:ResolveColorBlue |M:Name |D:1`. Programs that imitate the format
//! swap columns, leave fields out, or write them in another order; all are read.

use std::collections::BTreeSet;

use super::ReadError;
use super::color_words;
use super::edl_line::{self, EventLine, Statement};
use super::labels::{self, Label, Stated};
use super::options::ReadOptions;
use crate::interchange::Fit;
use crate::interchange::limits::{MAX_ENTRIES, MAX_TEXT};
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::{cleaned, lines};
use crate::model::CutList;
use crate::model::FoundMarker;
use crate::time::Timebase;

const COLOR: &str = "|C:";
const NAME: &str = "|M:";
const LENGTH: &str = "|D:";

/// Whether this looks like a list of Resolve's markers: events, and a line with a field of a
/// marker that is no comment.
pub(super) fn fit(head: &str) -> Fit {
    let mut texts = lines(head).map(|line| line.text);
    let is_list = edl_line::fit(texts.by_ref()) == Fit::Sure;
    // The first event was found; its marker's fields come after it.
    let has_fields = texts.any(|text| has_field(text) && !text.trim_start().starts_with('*'));
    if is_list && has_fields {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the markers.
///
/// # Errors
///
/// Fails when the list contradicts the rate it is read with.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let mut title = "";
    let mut stated = None;
    let mut blocks: Vec<Block<'_>> = Vec::new();
    // Under an event that can't be read, the fields are nobody's.
    let mut is_lost = false;
    for line in lines(text) {
        match edl_line::statement(line.text) {
            Statement::Event(_) if blocks.len() == MAX_ENTRIES => {
                report.warn(line.number, WarningKind::TooMany { n: MAX_ENTRIES });
                break;
            }
            Statement::Event(event) => {
                is_lost = false;
                blocks.push(Block {
                    line: line.number,
                    event,
                    text: String::new(),
                });
            }
            Statement::BrokenEvent if blocks.last().is_none_or(Block::is_complete) => {
                report.warn(line.number, WarningKind::Unreadable(quoted(line.text)));
                is_lost = true;
            }
            Statement::Title(found) if blocks.is_empty() => title = found,
            Statement::Mode(counting) if blocks.is_empty() => {
                stated.get_or_insert(Stated {
                    line: line.number,
                    counting,
                });
            }
            // Whatever else stands under an event is its note, even if it looks like a statement.
            _ => {
                if let Some(block) = blocks.last_mut().filter(|_| !is_lost) {
                    block.add(line.text);
                }
            }
        }
    }
    let labels: Vec<_> = blocks.iter().map(Block::label).collect();
    let timebase = labels::settle(&labels, stated, options, report)?;
    let mut list = CutList::new(timebase);
    list.title = cleaned(title);
    list.markers = markers(&blocks, timebase, report);
    Ok(list)
}

/// An event and the lines under it.
struct Block<'a> {
    line: usize,
    event: EventLine<'a>,
    text: String,
}

impl<'a> Block<'a> {
    fn add(&mut self, line: &str) {
        // Room for the note and the fields after it.
        if self.text.len() + line.len() <= 2 * MAX_TEXT {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// Whether the marker's fields have come, so that the note is at its end.
    fn is_complete(&self) -> bool {
        has_field(&self.text)
    }

    /// Where the marker is: the record column, which Resolve repeats in the source column.
    fn label(&self) -> Label<'a> {
        let [_, _, record_in, _] = self.event.labels;
        Label {
            line: self.line,
            text: record_in,
        }
    }
}

fn markers(blocks: &[Block<'_>], timebase: Timebase, report: &mut Report) -> Vec<FoundMarker> {
    let mut found: Vec<FoundMarker> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut n_repeated = 0;
    for block in blocks {
        let Some(frame) = labels::read(timebase, block.label(), report) else {
            continue;
        };
        let fields = Fields::of(&block.text);
        if !seen.insert((frame, fields)) {
            n_repeated += 1;
            continue;
        }
        let color = fields.color.and_then(color_words::color);
        if let (None, Some(word)) = (color, fields.color) {
            report.warn(block.line, WarningKind::UnknownColor(quoted(word)));
        }
        // One frame is how Resolve writes a point; others write none.
        let n_frames = if fields.n_frames <= 1 {
            0
        } else {
            fields.n_frames
        };
        found.push(FoundMarker {
            name: cleaned(fields.name),
            at: timebase.rate().to_ticks(frame),
            length: labels::length(timebase, n_frames, block.line, report),
            color,
            note: cleaned(fields.note),
            ..FoundMarker::default()
        });
    }
    if n_repeated > 0 {
        report.warn_of_all(WarningKind::Repeated { n: n_repeated });
    }
    found
}

/// What the lines under an event say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fields<'a> {
    note: &'a str,
    color: Option<&'a str>,
    name: &'a str,
    n_frames: i64,
}

impl<'a> Fields<'a> {
    /// Takes the fields off the end of a block's text. Only the last color starts them: a note may
    /// hold anything, bars included. The name runs up to the next field, whatever it holds.
    fn of(text: &'a str) -> Self {
        let color = text.rfind(COLOR);
        let after_color = color.unwrap_or(0);
        let name = find_from(text, NAME, after_color).or_else(|| text.rfind(NAME));
        let length = text.rfind(LENGTH);
        let mut places: Vec<(usize, &str)> = [(color, COLOR), (name, NAME), (length, LENGTH)]
            .into_iter()
            .filter_map(|(place, key)| place.map(|place| (place, key)))
            .collect();
        places.sort_unstable();
        let first = places.first().map_or(text.len(), |(place, _)| *place);
        let mut fields = Self {
            note: text.get(..first).unwrap_or_default().trim(),
            ..Self::default()
        };
        for (n, (place, key)) in places.iter().enumerate() {
            let end = places.get(n + 1).map_or(text.len(), |(next, _)| *next);
            let value = text.get(place + key.len()..end).unwrap_or_default().trim();
            match *key {
                COLOR => fields.color = Some(value).filter(|word| !word.is_empty()),
                NAME => fields.name = value,
                _ => fields.n_frames = value.parse().unwrap_or_default(),
            }
        }
        fields
    }
}

fn find_from(text: &str, key: &str, from: usize) -> Option<usize> {
    let found = text.get(from..)?.find(key)?;
    Some(from + found)
}

fn has_field(text: &str) -> bool {
    [COLOR, NAME].iter().any(|key| text.contains(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Color;
    use crate::time::FrameRate;
    use crate::time::Frames;
    use crate::time::Ticks;

    const EVENT: &str =
        "001  001      V     C        01:00:02:00 01:00:02:01 01:00:02:00 01:00:02:01  \r\n";

    fn frames(n: i64) -> Ticks {
        FrameRate::F25.to_ticks(Frames::new(n))
    }

    fn read_blocks(blocks: &[&str]) -> (Vec<FoundMarker>, Report) {
        let mut text = "TITLE: Reel 1\r\nFCM: NON-DROP FRAME\r\n\r\n".to_owned();
        for block in blocks {
            text.push_str(EVENT);
            text.push_str(block);
            text.push_str("\r\n\r\n");
        }
        let mut report = Report::default();
        let list = read(&text, &ReadOptions::default(), &mut report).expect("fits the rate");
        (list.markers, report)
    }

    fn only(block: &str) -> FoundMarker {
        let (mut markers, _) = read_blocks(&[block]);
        assert_eq!(markers.len(), 1, "{block}");
        markers.remove(0)
    }

    #[test]
    fn a_marker_has_a_place_a_color_and_a_name() {
        let marker = only(" |C:ResolveColorFuchsia |M:the touch |D:1");
        assert_eq!(
            marker,
            FoundMarker {
                name: "the touch".to_owned(),
                at: frames(3602 * 25),
                length: Ticks::ZERO,
                color: Some(Color::Pink),
                note: String::new(),
                track: String::new(),
            }
        );
    }

    #[test]
    fn a_note_may_have_several_lines_and_bars() {
        let marker =
            only("@Ana, 3 May\nsee a=b |C: and\nhttps://a.b/?c |C:ResolveColorBlue |M:look |D:12");
        assert_eq!(marker.note, "@Ana, 3 May\nsee a=b |C: and\nhttps://a.b/?c");
        assert_eq!(marker.name, "look");
        assert_eq!(marker.length, frames(12));
    }

    #[test]
    fn a_name_with_a_bar_stays_whole() {
        assert_eq!(only("|C:ResolveColorRed |M:in | out |D:1").name, "in | out");
    }

    #[test]
    fn fields_may_come_in_another_order_or_be_missing() {
        let swapped = only("note |M:look |C:ResolveColorRed |D:5");
        assert_eq!(
            (swapped.name.as_str(), swapped.color, swapped.length),
            ("look", Some(Color::Red), frames(5))
        );
        assert_eq!(swapped.note, "note");
        assert_eq!(only("|M:look").name, "look");
        assert_eq!(only("only a note").note, "only a note");
    }

    #[test]
    fn no_length_and_one_frame_are_points() {
        for length in ["0", "1", "", "x"] {
            let marker = only(&format!("|C:ResolveColorRed |M:a |D:{length}"));
            assert_eq!(marker.length, Ticks::ZERO, "{length}");
        }
    }

    #[test]
    fn markers_that_say_the_same_at_one_place_are_taken_once() {
        let red = "|C:ResolveColorRed |M:a |D:1";
        let (markers, report) = read_blocks(&[red, red, "|C:ResolveColorRed |M:b |D:1"]);
        assert_eq!(markers.len(), 2);
        assert_eq!(report.warnings()[0].kind, WarningKind::Repeated { n: 1 });
    }

    #[test]
    fn an_unknown_color_is_kept_in_the_report() {
        let (markers, report) = read_blocks(&["|C:ResolveColorEcru |M:a |D:1"]);
        assert_eq!(markers[0].color, None);
        assert_eq!(
            report.warnings()[0].kind,
            WarningKind::UnknownColor("ResolveColorEcru".to_owned())
        );
    }

    #[test]
    fn the_fields_of_an_unreadable_event_are_nobodys() {
        let (markers, report) = read_blocks(&[
            "|C:ResolveColorRed |M:a |D:1\n002 001 V C 01:00:03:00 01:00\n |C:ResolveColorBlue |M:b |D:1",
        ]);
        assert_eq!(markers.len(), 1);
        assert_eq!(markers[0].name, "a");
        assert_eq!(report.warnings().len(), 1);
    }

    #[test]
    fn a_locator_with_a_length_does_not_make_a_list_of_resolve() {
        let list = format!("{EVENT}* LOC: 01:00:02:00 RED a |D:4\n");
        assert_eq!(fit(&list), Fit::No);
        assert_eq!(
            fit(&format!("{EVENT} |C:ResolveColorRed |M:a |D:4\n")),
            Fit::Sure
        );
    }
}
