//! Markers for Avid Media Composer (Markers window > Import Markers): a line each, its columns
//! apart by tabs: who, where, on which track, in which color, what, and for how many frames.

use super::grid::Grid;
use super::notes::{What, notes, on_one_line, tell_hits};
use super::report::{Remark, WriteReport};
use crate::model::Color;
use crate::model::Programme;

/// Who set them.
const USER: &str = "Needledrop";

/// The track they are on: the one every sequence has.
const TRACK: &str = "V1";

/// Writes markers, scenes or cues.
pub(super) fn write(programme: &Programme, what: What, report: &mut WriteReport) -> String {
    let grid = Grid::of(programme);
    let notes = notes(programme, what);
    let (mut n_replaced, mut n_other) = (0, 0);
    let mut lines: Vec<(i64, String)> = Vec::new();
    for note in &notes {
        let (at, length) = grid.picture(note.span);
        let (title, text) = (note.title(), note.text.as_str());
        // There is one text for the name and what is said of it.
        let words = match (title.is_empty(), text.is_empty()) {
            (false, false) => format!("{title}: {text}"),
            _ => format!("{title}{text}"),
        };
        let comment = on_one_line(&words, &[]);
        n_replaced += usize::from(comment != words);
        let (color, is_same) = color_word(note.color);
        n_other += usize::from(!is_same);
        let label = grid.label(at);
        let length = length.max(1);
        lines.push((
            at,
            format!("{USER}\t{label}\t{TRACK}\t{color}\t{comment}\t{length}\r\n"),
        ));
    }
    lines.sort_by_key(|(at, _)| *at);
    grid.tell(report);
    report.add(Remark::SignsReplaced { n: n_replaced });
    report.add(Remark::OtherColors { n: n_other });
    tell_hits(&notes, report);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The word for a color, or for the one nearest to it of the eight that every version has; and
/// whether it is the same.
const fn color_word(color: Color) -> (&'static str, bool) {
    match color {
        Color::Gray => ("white", false),
        Color::Red => ("red", true),
        Color::Orange => ("yellow", false),
        Color::Yellow => ("yellow", true),
        Color::Green => ("green", true),
        Color::Cyan => ("cyan", true),
        Color::Blue => ("blue", true),
        Color::Purple | Color::Pink => ("magenta", false),
    }
}
