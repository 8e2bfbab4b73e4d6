//! What is heard when: every slot with a pick is a use, and from the uses come cues that do not
//! overlap.

use crate::model::Cut;
use crate::model::Show;
use crate::model::Sight;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::Track;
use crate::model::TrackId;
use crate::time::TickSpan;
use crate::time::Ticks;

/// A cue of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// Its number.
    pub(super) number: String,
    /// The slot that it begins in.
    pub(super) slot: SlotId,
    /// The recording.
    pub(super) track: TrackId,
    /// Where it lies in the cut.
    pub(super) span: TickSpan,
    /// The moment of the recording that is heard first.
    pub(super) source_in: Ticks,
}

/// The cues of a cut, in running order.
pub(super) fn cues(show: &Show, cut: &Cut, merge_gap: Ticks) -> Vec<Cue> {
    let mut cues = merged(cut, without_overlaps(uses(show, cut)), merge_gap);
    number(cut, &mut cues);
    cues
}

/// What each pick lets sound, in running order.
fn uses(show: &Show, cut: &Cut) -> Vec<Cue> {
    let mut uses = Vec::new();
    for (id, slot) in cut.slots() {
        let Some((_, alternate)) = slot.picked() else {
            continue;
        };
        let length = show.track(alternate.track).and_then(Track::duration);
        // As long as nobody knows its length, it is taken to fill the slot.
        let heard = match length {
            Some(length) => alternate.heard(slot.span, length),
            None => Some(slot.span),
        };
        let heard = heard.and_then(|span| span.intersection(cut.span()));
        if let Some(span) = heard.filter(|span| !span.is_empty()) {
            uses.push(Cue {
                number: String::new(),
                slot: id,
                track: alternate.track,
                span,
                source_in: span.start() - alternate.track_start,
            });
        }
    }
    uses.sort_by_key(|cue| (cue.span, cue.slot));
    uses
}

/// Where two overlap, the earlier ends at the first note of the later, and goes on behind it where
/// it is the longer one.
fn without_overlaps(uses: Vec<Cue>) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    // What is still to be laid, the earliest last.
    let mut waiting: Vec<Cue> = uses.into_iter().rev().collect();
    while let Some(next) = waiting.pop() {
        let overlapped = cues
            .last_mut()
            .filter(|last| next.span.start() < last.span.end());
        if let Some(last) = overlapped {
            let (from, to) = (last.span.start(), last.span.end());
            let rest = (next.span.end() < to).then(|| Cue {
                span: TickSpan::between(next.span.end(), to),
                source_in: last.source_in + (next.span.end() - from),
                ..last.clone()
            });
            last.span = TickSpan::between(from, next.span.start());
            if last.span.is_empty() {
                cues.pop();
            }
            if let Some(rest) = rest {
                let place = waiting.partition_point(|it| it.span.start() > rest.span.start());
                waiting.insert(place, rest);
            }
        }
        cues.push(next);
    }
    cues
}

/// Stretches of one recording that are used as the same thing, and that nothing else and no more
/// than the gap lies between, are one cue.
fn merged(cut: &Cut, cues: Vec<Cue>, gap: Ticks) -> Vec<Cue> {
    let mut merged: Vec<Cue> = Vec::new();
    for cue in cues {
        match merged.last_mut() {
            Some(last)
                if last.track == cue.track
                    && cue.span.start() - last.span.end() <= gap
                    && is_same_use(cut, last.slot, cue.slot) =>
            {
                last.span = TickSpan::between(last.span.start(), cue.span.end());
            }
            _ => merged.push(cue),
        }
    }
    merged
}

fn is_same_use(cut: &Cut, a: SlotId, b: SlotId) -> bool {
    let facts = |slot: &Slot| (slot.function, slot.sight, slot.voice);
    let number = |slot: &Slot| slot.cue_number.trim().to_owned();
    match (cut.slot(a), cut.slot(b)) {
        (Some(a), Some(b)) => {
            let (first, second) = (number(a), number(b));
            facts(a) == facts(b) && (second.is_empty() || first == second)
        }
        _ => a == b,
    }
}

/// Counts the cues as `1M1`, `1M2` …; what sounds inside the scene is a source cue, `1M3s`. A number
/// that somebody has given stays, and is not given again.
fn number(cut: &Cut, cues: &mut [Cue]) {
    let given = |cue: &Cue| {
        let slot = cut.slot(cue.slot)?;
        let number = slot.cue_number.trim();
        (!number.is_empty()).then(|| number.to_owned())
    };
    let taken: Vec<String> = cues.iter().filter_map(given).collect();
    let mut n = 0;
    for cue in cues {
        cue.number = given(cue).unwrap_or_else(|| {
            let sight = cut.slot(cue.slot).and_then(|slot| slot.sight);
            let is_source = matches!(sight, Some(Sight::Performers | Sight::Source));
            let letter = if is_source { "s" } else { "" };
            loop {
                n += 1;
                let number = format!("1M{n}{letter}");
                if !taken.contains(&number) {
                    return number;
                }
            }
        });
    }
}
