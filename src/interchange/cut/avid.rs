//! Markers of Avid Media Composer, as its Markers window writes them: a text without a header, and
//! an XML file of settings. Neither has a public document; this is what files of several versions
//! and the programs that read them agree on.
//!
//! Positions are timecodes of the sequence, or its frames counted from the first.

mod xml;

pub(super) use xml::{fit as fit_xml, read as read_xml};

use super::ReadError;
use super::color_words;
use super::labels::{self, Label, is_label};
use super::options::ReadOptions;
use super::wording::{headline, kept};
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::lines;
use crate::model::CutList;
use crate::model::FoundMarker;
use crate::model::Origin;
use crate::time::Frames;
use crate::time::Ticks;
use crate::time::Timebase;

/// How many columns a row has at least: who, where, on which track, in which color, and what.
const N_COLUMNS: usize = 5;

/// Whether this looks like Avid's text: a row of it is like no other table's.
pub(super) fn fit(head: &str) -> Fit {
    let mut rows = lines(head).filter(|line| !line.text.trim().is_empty());
    let is_row =
        |text: &str| row(text, 0).is_some_and(|draft| color_words::color(&draft.color).is_some());
    if rows.by_ref().take(8).any(|line| is_row(line.text)) {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads the markers of a text.
///
/// # Errors
///
/// Fails when its timecodes contradict the rate they are read with.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let mut drafts: Vec<Draft> = Vec::new();
    for line in lines(text) {
        if drafts.len() == MAX_ENTRIES {
            report.warn(line.number, WarningKind::TooMany { n: MAX_ENTRIES });
            break;
        }
        match row(line.text, line.number) {
            Some(draft) => drafts.push(draft),
            // A comment of several lines goes on without columns.
            None => match drafts.last_mut() {
                Some(draft) if !line.text.trim().is_empty() => draft.go_on(line.text),
                Some(_) => {}
                None if line.text.trim().is_empty() => {}
                None => report.warn(line.number, WarningKind::Unreadable(quoted(line.text))),
            },
        }
    }
    markers(&drafts, options, report)
}

/// A marker as the file gives it.
struct Draft {
    line: usize,
    /// A timecode, or a number of frames.
    at: String,
    track: String,
    color: String,
    comment: String,
    n_frames: i64,
}

impl Draft {
    /// Takes a further line of the comment, with the length behind it where that is last.
    fn go_on(&mut self, text: &str) {
        let (more, n_frames) = without_length(text);
        self.comment.push('\n');
        self.comment.push_str(more);
        self.n_frames = n_frames.unwrap_or(self.n_frames);
    }
}

/// A row of the text. The first four columns are counted from the left, the length from the right:
/// what is between them is the comment, tabs included.
fn row(text: &str, line: usize) -> Option<Draft> {
    let mut columns = text.splitn(N_COLUMNS, '\t');
    let _user = columns.next()?;
    let at = columns.next()?.trim();
    let track = columns.next()?.trim();
    let color = columns.next()?.trim();
    let (comment, n_frames) = without_length(columns.next()?);
    if !is_position(at) || !is_track(track) {
        return None;
    }
    Some(Draft {
        line,
        at: at.to_owned(),
        track: track.to_owned(),
        color: color.to_owned(),
        comment: comment.to_owned(),
        n_frames: n_frames.unwrap_or(1),
    })
}

/// A comment, and the length in the column behind it. Newer files have two columns more behind the
/// length: one that is empty, and the color once again.
fn without_length(text: &str) -> (&str, Option<i64>) {
    let text = text.trim_end_matches(['\t', ' ']);
    let shorter = match text.rsplit_once('\t') {
        Some((before, last)) if color_words::color(last).is_some() => {
            before.trim_end_matches(['\t', ' '])
        }
        _ => text,
    };
    match shorter.rsplit_once('\t') {
        Some((comment, length)) => match length.trim().parse() {
            Ok(n_frames) => (comment, Some(n_frames)),
            Err(_) => (text, None),
        },
        None => (text, None),
    }
}

fn is_position(text: &str) -> bool {
    let is_number = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_label(text) || is_number
}

/// `V1`, `A12`, `TC1`, `D1`.
fn is_track(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let n_letters = text.len() - digits.len();
    (1..=3).contains(&n_letters) && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit())
}

fn markers(
    drafts: &[Draft],
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let with_label = drafts.iter().filter(|draft| is_label(&draft.at));
    let labels: Vec<Label<'_>> = with_label.map(Draft::label).collect();
    let timebase = labels::settle(&labels, None, options, report)?;
    let mut list = CutList::new(timebase);
    if labels.is_empty() {
        list.origin = Origin::FirstFrame;
    }
    for draft in drafts {
        let Some(at) = draft.position(timebase, list.origin, report) else {
            continue;
        };
        let (name, note) = headline(&kept(&draft.comment, draft.line, report));
        let color = color_words::color(&draft.color);
        if color.is_none() && !draft.color.is_empty() {
            let word = quoted(&draft.color);
            report.warn(draft.line, WarningKind::UnknownColor(word));
        }
        // One frame is Avid's point.
        let length = labels::length(timebase, draft.n_frames, draft.line, report);
        list.markers.push(FoundMarker {
            name,
            at,
            length: if draft.n_frames > 1 {
                length
            } else {
                Ticks::ZERO
            },
            color,
            note,
            track: draft.track.clone(),
        });
    }
    Ok(list)
}

impl Draft {
    fn label(&self) -> Label<'_> {
        Label {
            line: self.line,
            text: &self.at,
        }
    }

    fn position(&self, timebase: Timebase, origin: Origin, report: &mut Report) -> Option<Ticks> {
        let frames = if is_label(&self.at) {
            labels::read(timebase, self.label(), report)?
        } else if origin == Origin::FirstFrame
            && let Ok(frames) = self.at.parse()
        {
            Frames::new(frames)
        } else {
            // Among timecodes nobody knows what a number counts from.
            report.warn(self.line, WarningKind::NoTime(quoted(&self.at)));
            return None;
        };
        Some(timebase.rate().to_ticks(frames))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Color;
    use crate::time::FrameRate;

    fn found(text: &str) -> (CutList, Report) {
        let mut report = Report::default();
        let list = read(text, &ReadOptions::default(), &mut report);
        (list.expect("it fits the rate"), report)
    }

    #[test]
    fn a_row_has_a_place_a_track_a_color_a_comment_and_a_length() {
        let (list, report) = found(
            "Ana\t01:00:02:10\tV1\tmagenta\tthe touch\t1\r\nAna\t01:00:04:00\tTC1\tRed\tlook\t25\r\n",
        );
        let frames = |n| FrameRate::F25.to_ticks(Frames::new(n));
        assert_eq!(list.markers[0].name, "the touch");
        assert_eq!(list.markers[0].at, frames(3602 * 25 + 10));
        assert_eq!(list.markers[0].length, Ticks::ZERO);
        assert_eq!(list.markers[0].color, Some(Color::Pink));
        assert_eq!(list.markers[1].length, frames(25));
        assert_eq!(list.markers[1].track, "TC1");
        assert!(report.is_clean());
    }

    #[test]
    fn a_comment_may_hold_tabs_and_lines() {
        let (list, _) = found(
            "Ana\t01:00:02:10\tV1\tred\tsee\tnote 3\t12\nAna\t01:00:03:00\tV1\tred\tlook\nagain\t7\n",
        );
        assert_eq!(list.markers[0].name, "see note 3");
        assert_eq!(list.markers[1].name, "look");
        assert_eq!(list.markers[1].note, "again");
        assert_eq!(
            list.markers[1].length,
            FrameRate::F25.to_ticks(Frames::new(7))
        );
    }

    #[test]
    fn columns_behind_the_length_and_none_at_all_are_taken() {
        let (list, _) =
            found("A\t01:00:02:10\tV1\tred\tlook\t3\t\tRed\nA\t01:00:02:11\tV1\tred\tlate\n");
        let names: Vec<_> = list.markers.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["look", "late"]);
    }

    #[test]
    fn numbers_are_frames_from_the_first() {
        let (list, _) = found("A\t48\tV1\tgreen\tlook\t1\n");
        assert_eq!(list.origin, Origin::FirstFrame);
        assert_eq!(list.markers[0].at, FrameRate::F25.to_ticks(Frames::new(48)));
    }

    #[test]
    fn other_tables_are_none_of_avids() {
        assert_eq!(fit("a\tb\tc\td\te\n"), Fit::No);
        assert_eq!(
            fit("look\t\t00;00;01;00\t00;00;01;00\t00;00;00;00\tComment\n"),
            Fit::No
        );
        assert_eq!(fit("A\t01:00:00:00\tV1\tred\tlook\t1\n"), Fit::Sure);
    }
}
