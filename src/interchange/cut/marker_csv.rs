//! Tables with a header row, from spreadsheets and review tools: one marker a row, or one scene
//! where the row names a scene and says where it ends.
//!
//! Columns are known by their headings, in the usual spellings of several languages; the delimiter
//! is the one that makes the most sense of them. What stands in a cell is read in `moment.rs`.

mod heading;
mod moment;
mod table;

pub(in crate::interchange) use heading::{each, plain_words};
pub(in crate::interchange) use moment::unwrapped;

use super::ReadError;
use super::color_words;
use super::labels::{self, Label};
use super::options::{ClockTimes, ReadOptions};
use super::wording::{headline, kept};
use crate::interchange::Fit;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{ClockReading, Report, WarningKind, quoted};
use crate::model::Color;
use crate::model::CutList;
use crate::model::FoundMarker;
use crate::model::FoundScene;
use crate::model::Origin;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;
use heading::Role;
use moment::{Moment, Unit};
use table::{Row, Table};

/// Whether this is a table with a heading for a time and at least one more that is known.
pub(super) fn fit(head: &str) -> Fit {
    if Table::find(head).is_some() {
        Fit::Sure
    } else {
        Fit::No
    }
}

/// Reads markers and scenes.
///
/// # Errors
///
/// Fails when the table contradicts the rate it is read with.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let Some(table) = Table::find(text) else {
        return Ok(CutList::new(options.timebase));
    };
    let rows = table.rows(text, MAX_ENTRIES);
    if let Some(line) = rows.next_line {
        report.warn(line, WarningKind::TooMany { n: MAX_ENTRIES });
    }
    let labels: Vec<Label<'_>> = rows.found.iter().flat_map(Row::labels).collect();
    let timebase = labels::settle(&labels, None, options, report)?;
    let origin = origin(&rows.found, timebase, options, report);
    let reader = RowReader {
        table: &table,
        timebase,
        origin,
    };
    let mut list = CutList::new(timebase);
    list.origin = origin;
    for row in &rows.found {
        match reader.read(row, report) {
            Some(Found::Marker(marker)) => list.markers.push(marker),
            Some(Found::Scene(scene)) => list.scenes.push(scene),
            None => {}
        }
    }
    Ok(list)
}

/// What the times count from: labels from label zero, frames and seconds from the first frame, and
/// times without frames as the caller says.
fn origin(rows: &[Row], timebase: Timebase, options: &ReadOptions, report: &mut Report) -> Origin {
    let starts = || rows.iter().filter_map(|row| row.start());
    if starts().any(|start| matches!(start, Moment::Label(_))) {
        return Origin::LabelZero;
    }
    let clocks = || {
        starts().filter_map(|start| match start {
            Moment::Clock(ticks) => Some(*ticks),
            _ => None,
        })
    };
    if clocks().next().is_none() {
        return Origin::FirstFrame;
    }
    let reading = match options.clock_times {
        ClockTimes::Elapsed => return Origin::FirstFrame,
        ClockTimes::Labels => return Origin::LabelZero,
        ClockTimes::Guess => {
            // A label is read as one; its distance from label zero is only compared here, to
            // within what an hour of drop-frame is off, less than four seconds.
            let slack = Ticks::from_secs(4);
            let start = timebase.rate().to_ticks(options.start) - slack;
            if options.start.get() > 0 && clocks().all(|clock| start <= clock) {
                ClockReading::Label
            } else {
                ClockReading::Elapsed
            }
        }
    };
    report.warn_of_all(WarningKind::GuessedClock(reading));
    match reading {
        ClockReading::Label => Origin::LabelZero,
        ClockReading::Elapsed => Origin::FirstFrame,
    }
}

enum Found {
    Marker(FoundMarker),
    Scene(FoundScene),
}

/// Reads rows once it is known what their times mean.
struct RowReader<'a> {
    table: &'a Table,
    timebase: Timebase,
    origin: Origin,
}

impl RowReader<'_> {
    fn read(&self, row: &Row, report: &mut Report) -> Option<Found> {
        let Some(start) = row.start() else {
            report.warn(row.line, WarningKind::NoTime(quoted(&row.time_text)));
            return None;
        };
        let at = self.position(start, row.line, report)?;
        let end = match (&row.end, &row.length) {
            (Some(end), _) => self.position(end, row.line, report),
            (None, Some(length)) => self.length(length, row.line, report).map(|l| at + l),
            (None, None) => None,
        };
        let end = end.filter(|end| {
            let is_later = at <= *end;
            if !is_later {
                report.warn(row.line, WarningKind::EndBeforeStart);
            }
            is_later
        });
        let span = TickSpan::between(at, end.unwrap_or(at));
        let color = self.color(row, report);
        let name = self.text(row, Role::Name, report);
        let note = self.text(row, Role::Note, report);
        let scene = self
            .table
            .scene_role()
            .map(|role| self.text(row, role, report))
            .filter(|number| !number.is_empty() && !span.is_empty());
        Some(match scene {
            Some(number) => Found::Scene(FoundScene {
                number,
                name,
                span,
                color,
                note,
            }),
            None => Found::Marker(self.marker(row, span, color, name, note)),
        })
    }

    /// A marker; in a table without names, the first line of its note is its name.
    fn marker(
        &self,
        row: &Row,
        span: TickSpan,
        color: Option<Color>,
        name: String,
        note: String,
    ) -> FoundMarker {
        let (name, note) = if self.table.has(Role::Name) {
            (name, note)
        } else {
            headline(&note)
        };
        FoundMarker {
            name,
            at: span.start(),
            length: span.length(),
            color,
            note,
            track: row.text(self.table, Role::Track).to_owned(),
        }
    }

    fn color(&self, row: &Row, report: &mut Report) -> Option<Color> {
        let word = row.text(self.table, Role::Color);
        let color = color_words::color(word);
        if color.is_none() && !word.is_empty() {
            report.warn(row.line, WarningKind::UnknownColor(quoted(word)));
        }
        color
    }

    fn text(&self, row: &Row, role: Role, report: &mut Report) -> String {
        kept(row.text(self.table, role), row.line, report)
    }

    /// A position, counted from the list's origin.
    fn position(&self, moment: &Moment, line: usize, report: &mut Report) -> Option<Ticks> {
        match moment {
            Moment::Clock(ticks) if self.origin == Origin::LabelZero => Some(self.as_label(*ticks)),
            _ => self.length(moment, line, report),
        }
    }

    /// A length, or a position where the two are the same.
    fn length(&self, moment: &Moment, line: usize, report: &mut Report) -> Option<Ticks> {
        let rate = self.timebase.rate();
        match moment {
            Moment::Label(text) => {
                let frames = labels::read(self.timebase, Label { line, text }, report)?;
                Some(rate.to_ticks(frames))
            }
            Moment::Clock(ticks) | Moment::Elapsed(ticks) => Some(*ticks),
            Moment::Frames(frames) => Some(rate.to_ticks(*frames)),
        }
    }

    /// The place of a label whose frames were left out: its whole seconds are those of the label,
    /// what is beyond them is real time.
    fn as_label(&self, clock: Ticks) -> Ticks {
        let seconds = clock.get().div_euclid(Ticks::PER_SECOND);
        let rest = Ticks::new(clock.get().rem_euclid(Ticks::PER_SECOND));
        let (minutes, second) = (seconds.div_euclid(60), seconds.rem_euclid(60));
        let (hour, minute) = (
            minutes.div_euclid(60).rem_euclid(24),
            minutes.rem_euclid(60),
        );
        let text = format!("{hour:02}:{minute:02}:{second:02}:00");
        let frames = labels::read_quietly(self.timebase, &text).unwrap_or_default();
        self.timebase.rate().to_ticks(frames) + rest
    }
}

/// What a number in a column of times counts, where its heading says so.
type ColumnUnit = Option<Unit>;

#[cfg(test)]
mod tests;
