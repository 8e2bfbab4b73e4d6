//! What a clip of a composition plays: the chain of mobs from it to the file and the tape (AAF
//! Object Specification 1.1, section 6.4).

use super::mobs::{Mobs, Slot};
use super::names::{class, pid};
use super::object::Object;
use super::store::Store;
use crate::interchange::cut::address;
use crate::interchange::limits::MAX_NESTING;
use crate::time::FrameRate;
use crate::time::Ticks;

/// How many parts of one sequence are looked at to find what plays at a time.
const MAX_PARTS: usize = 10_000;

/// What a clip plays.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// The name of the master clip; else of the first mob that has one.
    pub(super) name: String,
    /// The path of the file.
    pub(super) file: String,
    /// The name of the tape.
    pub(super) reel: String,
    /// Where it begins, counted from label zero where there are labels.
    pub(super) start: Ticks,
    /// Whether a mob is named that is not there.
    pub(super) is_missing: bool,
}

/// Follows a clip from where it is, `into` it.
pub(super) fn source(
    store: &mut Store<'_>,
    mobs: &mut Mobs,
    clip: &Object,
    slot: &Slot,
    into: Ticks,
    programme: FrameRate,
) -> Source {
    let mut source = Source::default();
    let mut at = slot.ticks(clip.units(pid::START_TIME).unwrap_or_default()) + into;
    source.start = at;
    let mut clip = clip.clone();
    // Mobs that name each other in a circle are left after as many as there ever are in a row.
    for _ in 0..MAX_NESTING {
        let id = clip.mob_id(pid::SOURCE_ID).filter(|id| *id != [0; 32]);
        let (Some(id), Some(number)) = (id, clip.u32(pid::SOURCE_SLOT)) else {
            break;
        };
        let Some(mob) = mobs.get(store, &id) else {
            source.is_missing = true;
            break;
        };
        if mob.is_tape {
            source.reel.clone_from(&mob.name);
        } else if source.name.is_empty() {
            source.name.clone_from(&mob.name);
        }
        if source.file.is_empty() {
            source.file.clone_from(&mob.file);
        }
        if mob.class != class::COMPOSITION_MOB {
            // The last clock in the row is the one of what was recorded.
            source.start = match mob.timecode(store) {
                Some(code) => code.label(programme) + at,
                None => source.start,
            };
        }
        let Some(slot) = mob.slot(number) else {
            break;
        };
        let Some((next, into)) = clip_at(store, &slot.segment, slot.units(at)) else {
            break;
        };
        let whole = slot.ticks(slot.units(at));
        let start = next.units(pid::START_TIME).unwrap_or_default();
        // What lies between two edit units is kept.
        at = slot.ticks(start.saturating_add(into)) + (at - whole);
        let has_no_labels = source.start == Ticks::ZERO;
        if has_no_labels {
            source.start = at;
        }
        clip = next;
    }
    if source.name.is_empty() {
        address::file_name(&source.file).clone_into(&mut source.name);
    }
    source
}

/// The clip that a segment plays at a position, and how far into it that is.
pub(super) fn clip_at(
    store: &mut Store<'_>,
    segment: &Object,
    position: i64,
) -> Option<(Object, i64)> {
    let mut segment = segment.clone();
    let mut position = position;
    for _ in 0..MAX_NESTING {
        segment = match segment.class {
            class::SOURCE_CLIP => return Some((segment, position)),
            class::OPERATION_GROUP => store.first_held(&segment, pid::INPUT_SEGMENTS)?,
            class::ESSENCE_GROUP => store.first_held(&segment, pid::CHOICES)?,
            class::SELECTOR => store.held(&segment, pid::SELECTED)?,
            class::PULLDOWN => store.held(&segment, pid::INPUT_SEGMENT)?,
            class::NESTED_SCOPE => {
                // The last slot is what the scope shows.
                let slots = store.all_held(&segment, pid::SCOPE_SLOTS);
                store.object(slots.into_iter().next_back()?.path)?
            }
            class::SEQUENCE => {
                let (part, into) = part_at(store, &segment, position)?;
                position = into;
                part
            }
            _ => return None,
        };
    }
    None
}

/// The part of a sequence that plays at a position; the first where none does.
fn part_at(store: &mut Store<'_>, sequence: &Object, position: i64) -> Option<(Object, i64)> {
    let parts = store.all_held(sequence, pid::COMPONENTS);
    let mut next = 0_i64;
    let mut first = None;
    for part in parts.into_iter().take(MAX_PARTS) {
        let Some(part) = store.object(part.path) else {
            continue;
        };
        let length = part.units(pid::LENGTH).unwrap_or_default().max(0);
        if part.class == class::TRANSITION {
            next = next.saturating_sub(length);
            continue;
        }
        let into = position.saturating_sub(next);
        if (0..length).contains(&into) {
            return Some((part, into));
        }
        if part.class != class::FILLER {
            first = first.or(Some((part, into)));
        }
        next = next.saturating_add(length);
    }
    first
}
