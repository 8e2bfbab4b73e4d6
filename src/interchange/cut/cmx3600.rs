//! CMX 3600 edit decision lists (SMPTE 258M-2004), as editing systems really write them.
//!
//! A list is read in two passes: first all statements are collected with their timecodes as text,
//! then the timebase is settled by all of them together, and they become events and markers. A
//! list never says its frame rate; see `labels.rs` for what is made of that.

mod comment;
mod counting;
mod draft;

use std::collections::BTreeSet;

use super::ReadError;
use super::edl_line::{self, Code};
use super::labels::{self, Label};
use super::options::ReadOptions;
use crate::interchange::Fit;
use crate::interchange::report::{Report, WarningKind};
use crate::interchange::text::{cleaned, lines};
use crate::model::CutList;
use crate::model::FoundEvent;
use crate::model::FoundMarker;
use crate::model::Speed;
use crate::model::Transition;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Timebase;
use draft::{Draft, DraftEvent, DraftLocator};

/// Whether this looks like an edit decision list.
pub(super) fn fit(head: &str) -> Fit {
    edl_line::fit(lines(head).map(|line| line.text))
}

/// Reads events, clip names and locators.
///
/// # Errors
///
/// Fails when the list contradicts the rate it is read with.
pub(super) fn read(
    text: &str,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<CutList, ReadError> {
    let draft = Draft::collect(text, report);
    let record = record_labels(&draft);
    let stated = counting::stated(&draft, &record, report);
    let timebase = labels::settle(&record, stated, options, report)?;
    counting::compare_lengths(&draft, &record, timebase, report);

    let mut list = CutList::new(timebase);
    list.title = cleaned(draft.title);
    let mut n_impossible = 0;
    for event in &draft.events {
        if event.is_outgoing_side() {
            continue;
        }
        if let Some(found) = finished_event(event, &draft, timebase, report) {
            n_impossible += usize::from(found.source.is_none());
            list.events.push(found);
        }
    }
    if n_impossible > 0 {
        report.warn_of_all(WarningKind::ImpossibleSources { n: n_impossible });
    }
    list.markers = markers(&draft.locators, timebase, report);
    Ok(list)
}

/// The labels that say where things are in the programme: only they decide about the rate, as a
/// source may have come from anywhere.
fn record_labels<'a>(draft: &Draft<'a>) -> Vec<Label<'a>> {
    let of_events = draft.events.iter().flat_map(|event| {
        let [_, _, record_in, record_out] = event.written.labels;
        [record_in, record_out].map(|text| Label {
            line: event.line,
            text,
        })
    });
    let of_locators = draft.locators.iter().map(|locator| Label {
        line: locator.line,
        text: locator.label,
    });
    of_events.chain(of_locators).collect()
}

fn finished_event(
    event: &DraftEvent<'_>,
    draft: &Draft<'_>,
    timebase: Timebase,
    report: &mut Report,
) -> Option<FoundEvent> {
    let [source_in, source_out, record_in, record_out] = event.written.labels;
    let line = event.line;
    let mut place = |text| labels::read(timebase, Label { line, text }, report);
    let (record_in, record_out) = (place(record_in)?, place(record_out)?);
    let Some(record) = span(timebase, record_in, record_out) else {
        report.warn(line, WarningKind::EndBeforeStart);
        return None;
    };
    let source_base = counting::of_source(event, draft, timebase);
    let source = labels::read_quietly(source_base, source_in)
        .zip(labels::read_quietly(source_base, source_out))
        .and_then(|(from, to)| span(source_base, from, to));
    let mut channels = event.written.channels.clone();
    channels.sound.extend_from_slice(&event.more_sound);
    channels.sound.sort_unstable();
    channels.sound.dedup();
    Some(FoundEvent {
        number: event.written.number.to_owned(),
        reel: event.reel().to_owned(),
        channels,
        clip: event.clip(),
        file: event.file.clone(),
        track: String::new(),
        speed: Speed::NORMAL,
        transition: transition(event.written.code, timebase),
        source,
        record,
    })
}

/// From one label to another. A stretch that ends more than half a day before it begins has gone
/// through midnight; one that ends a little before it begins is wrong.
fn span(timebase: Timebase, from: Frames, to: Frames) -> Option<TickSpan> {
    let day = timebase.frames_per_day();
    let wraps = (from - to).get() * 2 > day;
    let to = if wraps { to + Frames::new(day) } else { to };
    let rate = timebase.rate();
    TickSpan::new(rate.to_ticks(from), rate.to_ticks(to)).ok()
}

fn transition(code: Code, timebase: Timebase) -> Transition {
    let length = |frames: u16| timebase.rate().to_ticks(Frames::new(i64::from(frames)));
    match code {
        Code::Cut => Transition::Cut,
        Code::Dissolve(frames) => Transition::Dissolve {
            length: length(frames),
        },
        Code::Wipe(pattern, frames) => Transition::Wipe {
            pattern,
            length: length(frames),
        },
        Code::Key(frames) => Transition::Key {
            length: length(frames),
        },
    }
}

/// The locators as markers. A list may repeat them under the events of every track; what is word
/// for word the same is taken once.
fn markers(
    locators: &[DraftLocator<'_>],
    timebase: Timebase,
    report: &mut Report,
) -> Vec<FoundMarker> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut n_repeated = 0;
    for locator in locators {
        let label = Label {
            line: locator.line,
            text: locator.label,
        };
        let Some(frame) = labels::read(timebase, label, report) else {
            continue;
        };
        if !seen.insert((frame, &locator.text, locator.color)) {
            n_repeated += 1;
            continue;
        }
        found.push(FoundMarker {
            name: cleaned(&locator.text),
            at: timebase.rate().to_ticks(frame),
            length: labels::length(timebase, locator.n_frames, locator.line, report),
            color: locator.color,
            ..FoundMarker::default()
        });
    }
    if n_repeated > 0 {
        report.warn_of_all(WarningKind::Repeated { n: n_repeated });
    }
    found
}

#[cfg(test)]
mod tests;
