//! Markers for a `DaVinci` Resolve timeline (Timelines > Import > Timeline Markers from EDL), as it
//! writes them itself: each is an event of one frame, and under it the note, the color, the name
//! and the length in frames.

use super::grid::Grid;
use super::notes::{Note, What, notes, on_one_line, tell_hits};
use super::report::{Remark, WriteReport};
use crate::model::Color;
use crate::model::Programme;

/// What would begin another field, and what stands for it.
const SIGNS: [(char, char); 1] = [('|', '/')];

/// Writes markers, scenes or cues.
pub(super) fn write(programme: &Programme, what: What, report: &mut WriteReport) -> String {
    let grid = Grid::of(programme);
    let notes = notes(programme, what);
    let mut n_replaced = 0;
    let mut n_other = 0;
    let mut n_merged = 0;
    let mut lines: Vec<Line> = Vec::new();
    for note in &notes {
        let (at, length) = grid.picture(note.span);
        let line = Line::of(note, at, length);
        n_replaced += usize::from(line.name != note.title() || line.note != note.text);
        n_other += usize::from(color_word(note.color).1 == Fit::Near);
        // Of markers on one frame only one is kept.
        match lines.iter_mut().find(|other| other.at == at) {
            Some(other) => {
                other.merge(&line);
                n_merged += 1;
            }
            None => lines.push(line),
        }
    }
    lines.sort_by_key(|line| line.at);
    grid.tell(report);
    report.add(Remark::Merged { n: n_merged });
    report.add(Remark::SignsReplaced { n: n_replaced });
    report.add(Remark::OtherColors { n: n_other });
    tell_hits(&notes, report);
    text(programme, &grid, &lines)
}

fn text(programme: &Programme, grid: &Grid, lines: &[Line]) -> String {
    let title = on_one_line(&programme.title, &SIGNS);
    let mode = if programme.timebase.is_drop() {
        "DROP FRAME"
    } else {
        "NON-DROP FRAME"
    };
    let mut text = format!("TITLE: {title}\r\nFCM: {mode}\r\n\r\n");
    for (number, line) in (1..).zip(lines) {
        let (from, to) = (grid.label(line.at), grid.label(line.at + 1));
        let event = format!("{number:03}  001      V     C        {from} {to} {from} {to}  \r\n");
        text.push_str(&event);
        let Line {
            note,
            color,
            name,
            length,
            ..
        } = line;
        let fields = format!("{note} |C:ResolveColor{color} |M:{name} |D:{length}\r\n\r\n");
        text.push_str(&fields);
    }
    text
}

/// A marker as it is written.
struct Line {
    at: i64,
    /// In frames; one for a point.
    length: i64,
    name: String,
    note: String,
    color: &'static str,
}

impl Line {
    fn of(note: &Note, at: i64, length: i64) -> Self {
        Self {
            at,
            length: length.max(1),
            name: on_one_line(&note.title(), &SIGNS),
            note: on_one_line(&note.text, &SIGNS),
            color: color_word(note.color).0,
        }
    }

    fn merge(&mut self, other: &Self) {
        self.length = self.length.max(other.length);
        for (text, more) in [(&mut self.name, &other.name), (&mut self.note, &other.note)] {
            if text.is_empty() {
                text.clone_from(more);
            } else if !more.is_empty() {
                text.push_str(" + ");
                text.push_str(more);
            }
        }
    }
}

/// Whether a color is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Same,
    Near,
}

/// The word for a color, or for the one nearest to it.
const fn color_word(color: Color) -> (&'static str, Fit) {
    match color {
        Color::Gray => ("Cream", Fit::Near),
        Color::Red => ("Red", Fit::Same),
        Color::Orange => ("Sand", Fit::Near),
        Color::Yellow => ("Yellow", Fit::Same),
        Color::Green => ("Green", Fit::Same),
        Color::Cyan => ("Cyan", Fit::Same),
        Color::Blue => ("Blue", Fit::Same),
        Color::Purple => ("Purple", Fit::Same),
        Color::Pink => ("Pink", Fit::Same),
    }
}
