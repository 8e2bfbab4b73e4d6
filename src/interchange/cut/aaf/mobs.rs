//! The mobs of a file, by the identifiers by which they name each other (AAF Object Specification
//! 1.1, chapter 6).

use std::collections::HashMap;
use std::rc::Rc;

use super::names::{Kind, TOP_LEVEL, class, pid};
use super::object::Object;
use super::store::Store;
use super::{Code, names};
use crate::interchange::cut::address;
use crate::interchange::cut::gather;
use crate::interchange::limits::{MAX_ENTRIES, MAX_NESTING};
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Ticks;

/// What identifies a mob.
pub(super) type MobId = [u8; 32];

/// A mob.
#[derive(Debug, Default)]
pub(super) struct Mob {
    /// What it is called.
    pub(super) name: String,
    /// The byte of its class.
    pub(super) class: u8,
    /// Its slots, in the order of the file.
    pub(super) slots: Vec<Slot>,
    /// The path of its file, where it is a file.
    pub(super) file: String,
    /// Whether it is a tape.
    pub(super) is_tape: bool,
    usage: Option<names::Auid>,
}

/// A slot of a mob.
#[derive(Debug)]
pub(super) struct Slot {
    /// Its number in the mob.
    pub(super) id: u32,
    /// What it is called.
    pub(super) name: String,
    /// The number of the track of its kind, where it is told.
    pub(super) track: Option<u32>,
    /// Edit units in a second, as a fraction of positive numbers.
    pub(super) rate: (i32, i32),
    /// What it holds.
    pub(super) kind: Kind,
    /// Whether its parts say themselves where they are.
    pub(super) has_events: bool,
    /// What it plays.
    pub(super) segment: Object,
}

impl Slot {
    fn of(store: &mut Store<'_>, object: &Object) -> Option<Self> {
        let has_events = object.class == class::EVENT_SLOT;
        let rate = if has_events {
            pid::EVENT_RATE
        } else {
            pid::EDIT_RATE
        };
        let segment = store.held(object, pid::SEGMENT)?;
        let is_rate = |rate: &(i32, i32)| 0 < rate.0 && 0 < rate.1;
        Some(Self {
            id: object.u32(pid::SLOT_ID)?,
            name: object.text(pid::SLOT_NAME),
            track: object.u32(pid::TRACK_NUMBER),
            rate: object.fraction(rate).filter(is_rate).unwrap_or((1, 1)),
            kind: Kind::of(segment.referred(pid::DATA_DEFINITION)),
            has_events,
            segment,
        })
    }

    /// How long so many edit units are; the nearest tick.
    pub(super) fn ticks(&self, units: i64) -> Ticks {
        let (numerator, denominator) = self.rate;
        let seconds = i128::from(units) * i128::from(denominator);
        gather::fraction_of_second(seconds, i128::from(numerator)).unwrap_or_default()
    }

    /// The edit units in a time, those that have passed.
    pub(super) fn units(&self, time: Ticks) -> i64 {
        let (numerator, denominator) = self.rate;
        let second = i128::from(Ticks::PER_SECOND) * i128::from(denominator);
        let units = (i128::from(time.get()) * i128::from(numerator)).div_euclid(second);
        i64::try_from(units).unwrap_or_default()
    }

    /// Its rate, where it is one of pictures. Rates are rounded by some: 2997/100.
    pub(super) fn frame_rate(&self) -> Option<FrameRate> {
        let (numerator, denominator) = self.rate;
        let exact = u32::try_from(numerator)
            .ok()
            .zip(u32::try_from(denominator).ok());
        let exact = exact.and_then(|(n, d)| FrameRate::new(n, d).ok());
        exact.or_else(|| gather::known_rate(f64::from(numerator) / f64::from(denominator)))
    }
}

impl Mob {
    fn of(store: &mut Store<'_>, object: &Object) -> Self {
        let mut slots = Vec::new();
        for element in store
            .all_held(object, pid::SLOTS)
            .into_iter()
            .take(MAX_ENTRIES)
        {
            let slot = store.object(element.path);
            slots.extend(slot.and_then(|slot| Slot::of(store, &slot)));
        }
        let mut mob = Self {
            name: object.text(pid::MOB_NAME),
            class: object.class,
            usage: object.auid(pid::USAGE),
            slots,
            ..Self::default()
        };
        if object.class == class::SOURCE_MOB
            && let Some(descriptor) = store.held(object, pid::DESCRIPTOR)
        {
            mob.is_tape = descriptor.class == class::TAPE_DESCRIPTOR;
            let locator = store.first_held(&descriptor, pid::LOCATORS);
            mob.file = locator.map_or_else(String::new, |locator| {
                address::path(&locator.text(pid::URL))
            });
        }
        mob
    }

    /// The slot of this number.
    pub(super) fn slot(&self, id: u32) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == id)
    }

    /// The clock of labels that it has: that of its first track of timecode, where tracks are
    /// counted, and of one that goes by the rate of its picture before any other.
    pub(super) fn timecode(&self, store: &mut Store<'_>) -> Option<Code> {
        let picture = self.slots.iter().find(|slot| slot.kind == Kind::Picture);
        let nominal = picture.and_then(Slot::frame_rate).map(FrameRate::nominal);
        let mut codes = Vec::new();
        for slot in self.slots.iter().filter(|slot| slot.kind == Kind::Other) {
            if let Some(code) = code_in(store, &slot.segment) {
                let rate = slot.frame_rate();
                let is_other = nominal.is_some_and(|n| n != u32::from(code.per_second));
                codes.push((is_other, slot.track.unwrap_or(1), Code { rate, ..code }));
            }
        }
        // Of equals the first.
        let best = codes
            .into_iter()
            .min_by_key(|(other, track, _)| (*other, *track));
        best.map(|(_, _, code)| code)
    }
}

/// The timecode that a segment is, or begins with.
fn code_in(store: &mut Store<'_>, segment: &Object) -> Option<Code> {
    let mut segment = segment.clone();
    for _ in 0..MAX_NESTING {
        match segment.class {
            class::TIMECODE => {
                let counting = if segment.is_so(pid::TIMECODE_DROP) {
                    Counting::Drop
                } else {
                    Counting::NonDrop
                };
                return Some(Code {
                    start: segment.units(pid::TIMECODE_START)?,
                    per_second: segment.u16(pid::TIMECODE_FPS)?,
                    counting,
                    rate: None,
                });
            }
            class::SEQUENCE => segment = store.first_held(&segment, pid::COMPONENTS)?,
            _ => return None,
        }
    }
    None
}

/// The mobs of a file.
pub(super) struct Mobs {
    paths: HashMap<MobId, String>,
    /// The identifiers in the order of the file.
    order: Vec<MobId>,
    /// Those that were looked at.
    read: HashMap<MobId, Option<Rc<Mob>>>,
}

impl Mobs {
    /// Those of a file with this root.
    pub(super) fn of(store: &mut Store<'_>, root: &Object) -> Self {
        let header = store.held(root, pid::HEADER);
        let content = header.and_then(|header| store.held(&header, pid::CONTENT));
        let elements = content.map(|content| store.all_held(&content, pid::MOBS));
        let mut mobs = Self {
            paths: HashMap::new(),
            order: Vec::new(),
            read: HashMap::new(),
        };
        for element in elements.into_iter().flatten() {
            if let Ok(id) = MobId::try_from(element.key)
                && mobs.paths.insert(id, element.path).is_none()
            {
                mobs.order.push(id);
            }
        }
        mobs
    }

    /// The mob of this identifier.
    pub(super) fn get(&mut self, store: &mut Store<'_>, id: &MobId) -> Option<Rc<Mob>> {
        if let Some(known) = self.read.get(id) {
            return known.clone();
        }
        let object = self
            .paths
            .get(id)
            .and_then(|path| store.object(path.clone()));
        let mob = object.map(|object| Rc::new(Mob::of(store, &object)));
        self.read.insert(*id, mob.clone());
        mob
    }

    /// The compositions that are whole programmes; all compositions where none says so.
    pub(super) fn compositions(&mut self, store: &mut Store<'_>) -> Vec<Rc<Mob>> {
        let mut whole = Vec::new();
        let mut parts = Vec::new();
        for id in self.order.clone() {
            // Other mobs are only looked at where one is named.
            let path = self.paths.get(&id).cloned().unwrap_or_default();
            if store.class_of(&path) != Some(class::COMPOSITION_MOB) {
                continue;
            }
            let Some(mob) = self.get(store, &id) else {
                continue;
            };
            if mob.usage == Some(TOP_LEVEL) {
                whole.push(mob);
            } else {
                parts.push(mob);
            }
        }
        if whole.is_empty() { parts } else { whole }
    }
}
