//! A table of markers, scenes and cues, for spreadsheets, and for reading back: a row with a scene's
//! number and a length is a scene, every other a marker.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::grid::Grid;
use super::notes::{Note, What, notes};
use super::report::WriteReport;
use crate::interchange::table::safe;
use crate::model::Programme;
use crate::time::Frames;

/// The headings.
const HEADINGS: [&str; 9] = [
    "Type",
    "Scene",
    "Name",
    "In",
    "Out",
    "Duration",
    "Color",
    "Notes",
    "Hit point",
];

/// Writes one kind of places, or all of them, in running order.
pub(super) fn write(programme: &Programme, what: Option<What>, report: &mut WriteReport) -> String {
    let grid = Grid::of(programme);
    let kinds = what.map_or(What::ALL.to_vec(), |what| vec![what]);
    let kinds = kinds.into_iter();
    let mut all: Vec<Note> = kinds.flat_map(|what| notes(programme, what)).collect();
    all.sort_by_key(|note| (note.span, note.what));
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        // The mark is how spreadsheets know UTF-8.
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    // Writing to memory cannot fail, and every row is as long as the first.
    let mut row = |cells: [String; HEADINGS.len()]| {
        let _infallible = writer.write_record(cells);
    };
    row(HEADINGS.map(str::to_owned));
    for note in &all {
        let (at, length) = grid.picture(note.span);
        let is_scene = note.what == What::Scenes;
        let name = if is_scene {
            note.name.clone()
        } else {
            note.title()
        };
        row([
            note.what.one().to_owned(),
            safe(if is_scene { &note.number } else { "" }),
            safe(&name),
            grid.label(at),
            grid.label(at + length),
            programme.timebase.length_label(Frames::new(length)),
            note.color.name().to_owned(),
            safe(&note.text),
            (if note.is_hit { "yes" } else { "" }).to_owned(),
        ]);
    }
    grid.tell(report);
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
