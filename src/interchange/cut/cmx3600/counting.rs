//! Drop-frame or not, where a list says several things about it.

use super::super::labels::{self, Label, Stated};
use super::draft::{Draft, DraftEvent};
use crate::interchange::report::{Report, WarningKind};
use crate::time::Counting;
use crate::time::Timebase;

/// What the list says in words about positions in the programme.
///
/// The mode may change inside a list: it then speaks of the sources that follow. The programme has
/// one counting from its first frame to its last; it is the one that its own labels show by a `;`,
/// else the first mode.
pub(super) fn stated(
    draft: &Draft<'_>,
    record: &[Label<'_>],
    report: &mut Report,
) -> Option<Stated> {
    let (line, counting) = draft.first_mode?;
    let first = Stated { line, counting };
    let Some(change) = draft.mode_change else {
        return Some(first);
    };
    let is_marked = is_marked(record);
    let record = if is_marked { Counting::Drop } else { counting };
    report.warn(change, WarningKind::ModeChanges { record });
    // Without a word about the programme, the marks decide.
    (!is_marked).then_some(first)
}

/// What an event's source is counted with. In a list that marks its labels, the source's own mark
/// decides, else the mode in force where the event stands.
pub(super) fn of_source(event: &DraftEvent<'_>, draft: &Draft<'_>, record: Timebase) -> Timebase {
    let [source_in, source_out, record_in, _] = event.written.labels;
    let counting = if record_in.contains(';') {
        if source_in.contains(';') || source_out.contains(';') {
            Counting::Drop
        } else {
            Counting::NonDrop
        }
    } else {
        match event.mode {
            Some(mode) if draft.mode_change.is_some() => mode,
            _ => record.counting(),
        }
    };
    Timebase::new(record.rate(), counting).unwrap_or(record)
}

/// Warns when more events would be as long in the programme as in their source if the labels were
/// counted in the other way. Said only of lists that don't mark their labels.
pub(super) fn compare_lengths(
    draft: &Draft<'_>,
    record: &[Label<'_>],
    timebase: Timebase,
    report: &mut Report,
) {
    let other = match timebase.counting() {
        Counting::Drop => Counting::NonDrop,
        Counting::NonDrop => Counting::Drop,
    };
    let Ok(otherwise) = Timebase::new(timebase.rate(), other) else {
        return;
    };
    if is_marked(record) {
        return;
    }
    let plain = || draft.events.iter().filter(|event| !event.has_speed);
    let n_off = plain().filter(|event| is_off(event, timebase)).count();
    let n_off_otherwise = plain().filter(|event| is_off(event, otherwise)).count();
    if n_off > n_off_otherwise {
        report.warn_of_all(WarningKind::DoubtfulCounting {
            counted: timebase.counting(),
            n_off,
            n_off_otherwise,
            n: plain().count(),
        });
    }
}

fn is_off(event: &DraftEvent<'_>, timebase: Timebase) -> bool {
    let [a, b, c, d] = event
        .written
        .labels
        .map(|text| labels::read_quietly(timebase, text));
    match (a.zip(b), c.zip(d)) {
        (Some((source_in, source_out)), Some((record_in, record_out))) => {
            source_out - source_in != record_out - record_in
        }
        _ => false,
    }
}

fn is_marked(record: &[Label<'_>]) -> bool {
    record.iter().any(|label| label.text.contains(';'))
}
