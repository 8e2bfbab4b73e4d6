//! The tracks of a composition and what is on them (AAF Object Specification 1.1, chapters 7 and
//! 8).

use super::clip;
use super::markers;
use super::mobs::{Mob, Mobs, Slot};
use super::names::{Kind, SPEED_RATIO, VIDEO_REPEAT, class, pid};
use super::object::{Object, fraction, indirect};
use super::store::Store;
use crate::interchange::cut::gather::{self, Gather};
use crate::interchange::limits::{MAX_ENTRIES, MAX_NESTING};
use crate::interchange::report::{WarningKind, quoted};
use crate::model::Channels;
use crate::model::CutList;
use crate::model::FoundEvent;
use crate::model::Speed;
use crate::model::Transition;
use crate::time::TickSpan;
use crate::time::Ticks;

/// More edit units than ten days have at any rate of sound.
const MOST_UNITS: i64 = 1_000_000_000_000;

/// The track that is being read.
struct Track<'m> {
    slot: &'m Slot,
    channels: Channels,
    name: String,
    /// The composition's first frame.
    zero: Ticks,
}

/// Where a segment lies on its track, in edit units.
#[derive(Clone, Copy)]
struct Place {
    /// Where it begins.
    at: i64,
    /// What is seen of it: from, to.
    seen: (i64, i64),
    /// How it begins.
    transition: Transition,
    /// How many segments are around it.
    depth: usize,
}

/// Walks through a composition.
pub(super) struct Reader<'b, 'r> {
    gather: Gather<'r>,
    store: Store<'b>,
    mobs: Mobs,
    n_missing: usize,
}

impl<'b, 'r> Reader<'b, 'r> {
    /// A reader that puts what it finds into `gather`.
    pub(super) const fn new(gather: Gather<'r>, store: Store<'b>, mobs: Mobs) -> Self {
        Self {
            gather,
            store,
            mobs,
            n_missing: 0,
        }
    }

    /// What was found.
    pub(super) fn finished(self) -> CutList {
        if self.n_missing > 0 {
            let n = self.n_missing;
            self.gather
                .report
                .warn_of_all(WarningKind::SourcesMissing { n });
        }
        if self.store.is_exhausted() {
            let n = self.gather.list.n_found();
            self.gather.report.warn_of_all(WarningKind::TooMany { n });
        }
        self.gather.finished()
    }

    /// Reads a composition whose first frame is at `zero`.
    pub(super) fn composition(&mut self, mob: &Mob, zero: Ticks, root: &Object) {
        let (mut n_pictures, mut n_sounds) = (0, 0);
        for slot in &mob.slots {
            if slot.has_events {
                markers::markers(&mut self.gather, &mut self.store, mob, slot, zero, root);
                continue;
            }
            let told = slot
                .track
                .and_then(|n| u16::try_from(n).ok())
                .filter(|n| *n > 0);
            let number = |n: &mut u16| {
                *n = n.saturating_add(1);
                told.unwrap_or(*n)
            };
            let channels = match slot.kind {
                Kind::Picture => Channels {
                    picture: Some(number(&mut n_pictures)),
                    sound: Vec::new(),
                },
                Kind::Sound => Channels {
                    picture: None,
                    sound: vec![number(&mut n_sounds)],
                },
                Kind::Other => continue,
            };
            let track = Track {
                slot,
                channels,
                name: slot.name.clone(),
                zero,
            };
            let place = Place {
                at: 0,
                seen: (0, MOST_UNITS),
                transition: Transition::Cut,
                depth: 0,
            };
            self.segment(&slot.segment, &track, place);
        }
    }

    fn segment(&mut self, segment: &Object, track: &Track<'_>, place: Place) {
        if !self.gather.may_go_on() || place.seen.1 <= place.seen.0 {
            return;
        }
        if place.depth == MAX_NESTING {
            self.gather.leave_out_deep();
            return;
        }
        let deeper = Place {
            depth: place.depth + 1,
            ..place
        };
        let inner = match segment.class {
            class::FILLER | class::SCOPE_REFERENCE => return,
            class::SEQUENCE => return self.sequence(segment, track, deeper),
            class::SOURCE_CLIP => {
                let end = place.at.saturating_add(length_of(segment));
                let seen = (place.seen.0, place.seen.1.min(end));
                return self.clip(segment, track, Place { seen, ..place }, (1, 1));
            }
            class::NESTED_SCOPE => {
                for slot in self.store.all_held(segment, pid::SCOPE_SLOTS) {
                    if let Some(slot) = self.store.object(slot.path) {
                        self.segment(&slot, track, deeper);
                    }
                }
                return;
            }
            class::OPERATION_GROUP => {
                let end = place.at.saturating_add(length_of(segment));
                let seen = (place.seen.0, place.seen.1.min(end));
                return self.effect(segment, track, Place { seen, ..deeper });
            }
            class::ESSENCE_GROUP => self.store.first_held(segment, pid::CHOICES),
            class::SELECTOR => self.store.held(segment, pid::SELECTED),
            class::PULLDOWN => self.store.held(segment, pid::INPUT_SEGMENT),
            _ => None,
        };
        match inner {
            Some(inner) => self.segment(&inner, track, deeper),
            None => self.skip(track, place),
        }
    }

    fn skip(&mut self, track: &Track<'_>, place: Place) {
        let timebase = self.gather.list.timebase;
        let at = track.zero + track.slot.ticks(place.seen.0);
        let label = timebase.label(timebase.rate().floor_to_frames(at));
        let what = WarningKind::Unreadable(quoted(&format!("{} {label}", track.name)));
        self.gather.report.warn_of_all(what);
    }

    /// Clips after each other. A transition lies over the end of what is before it and the
    /// beginning of what is behind; the edit point is where it says.
    fn sequence(&mut self, sequence: &Object, track: &Track<'_>, place: Place) {
        let parts = self.store.all_held(sequence, pid::COMPONENTS);
        let mut next = place.at;
        let mut before: Option<(Object, Place)> = None;
        let mut transition: Option<(i64, Transition)> = None;
        for part in parts.into_iter().take(MAX_ENTRIES) {
            let Some(part) = self.store.object(part.path) else {
                continue;
            };
            let length = length_of(&part);
            if part.class == class::TRANSITION {
                next = next.saturating_sub(length);
                let cut = part.units(pid::CUT_POINT).unwrap_or(length / 2);
                let cut = next.saturating_add(cut.clamp(0, length));
                if let Some((_, before)) = &mut before {
                    before.seen.1 = before.seen.1.min(cut);
                }
                let length = track.slot.ticks(length);
                transition = Some((cut, Transition::Dissolve { length }));
                continue;
            }
            if let Some((before, at)) = before.take() {
                self.segment(&before, track, at);
            }
            let end = next.saturating_add(length).min(MOST_UNITS);
            let (from, begins) = transition.take().unwrap_or((next, Transition::Cut));
            let seen = (from.max(place.seen.0), end.min(place.seen.1));
            let at = Place {
                at: next,
                seen,
                transition: begins,
                ..place
            };
            before = Some((part, at));
            next = end;
        }
        if let Some((before, at)) = before {
            self.segment(&before, track, at);
        }
    }

    /// An effect: its first input is what it is put on.
    fn effect(&mut self, effect: &Object, track: &Track<'_>, place: Place) {
        let Some(input) = self.store.first_held(effect, pid::INPUT_SEGMENTS) else {
            return self.skip(track, place);
        };
        let ratio = if effect.referred(pid::OPERATION) == Some(VIDEO_REPEAT) {
            Some((0, 1))
        } else {
            self.told_speed(effect).or_else(|| {
                // An effect that is longer or shorter than what it is put on changes its speed.
                let (shot, shown) = (length_of(&input), length_of(effect));
                (shot > 0 && shown > 0 && shot != shown).then_some((shot, shown))
            })
        };
        match ratio.filter(|(n, d)| n != d) {
            None => self.segment(&input, track, place),
            Some(ratio) => match clip::clip_at(&mut self.store, &input, 0) {
                Some((clip, into)) => {
                    let at = place.at.saturating_sub(into);
                    self.clip(&clip, track, Place { at, ..place }, ratio);
                }
                None => self.skip(track, place),
            },
        }
    }

    /// The speed that an effect has as a parameter.
    fn told_speed(&mut self, effect: &Object) -> Option<(i64, i64)> {
        for parameter in self
            .store
            .all_held(effect, pid::PARAMETERS)
            .into_iter()
            .take(100)
        {
            let Some(parameter) = self.store.object(parameter.path) else {
                continue;
            };
            if parameter.auid(pid::PARAMETER_DEFINITION) == Some(SPEED_RATIO) {
                let value = indirect(parameter.value(pid::PARAMETER_VALUE)?)?;
                let (numerator, denominator) = fraction(value)?;
                return (denominator != 0).then_some((numerator.into(), denominator.into()));
            }
        }
        None
    }

    /// A clip, `ratio` times as fast as it was made.
    fn clip(&mut self, clip: &Object, track: &Track<'_>, place: Place, ratio: (i64, i64)) {
        let (from, to) = place.seen;
        // A clip of nothing is a gap.
        if to <= from || clip.mob_id(pid::SOURCE_ID).is_none_or(|id| id == [0; 32]) {
            return;
        }
        let slot = track.slot;
        let (start, end) = (slot.ticks(from), slot.ticks(to));
        let at_speed = |time: Ticks| {
            let (numerator, denominator) = (i128::from(ratio.0), i128::from(ratio.1));
            gather::scaled(time, numerator, denominator).unwrap_or_default()
        };
        let into = at_speed(start - slot.ticks(place.at));
        let rate = self.gather.rate();
        let source = clip::source(&mut self.store, &mut self.mobs, clip, slot, into, rate);
        self.n_missing += usize::from(source.is_missing);
        let length = at_speed(end - start);
        let span = if length == Ticks::ZERO {
            TickSpan::with_length(source.start, rate.frame_length())
        } else {
            TickSpan::between(source.start, source.start + length)
        };
        let event = FoundEvent {
            reel: source.reel,
            channels: track.channels.clone(),
            clip: source.name,
            file: source.file,
            track: track.name.clone(),
            speed: Speed::nearest_to(ratio.0 as f64 / ratio.1 as f64),
            transition: place.transition,
            source: Some(span),
            record: TickSpan::between(track.zero + start, track.zero + end),
            ..FoundEvent::default()
        };
        self.gather.event(None, event);
    }
}

fn length_of(component: &Object) -> i64 {
    let length = component.units(pid::LENGTH).unwrap_or_default();
    length.clamp(0, MOST_UNITS)
}
