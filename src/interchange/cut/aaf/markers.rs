//! The markers of a composition (AAF Object Specification 1.1, sections 7.6 and 7.7), with what
//! Media Composer adds to them.

use super::mobs::{Mob, Slot};
use super::names::{Kind, class, class_id, pid};
use super::object::{Object, indirect, utf16};
use super::store::Store;
use crate::interchange::cut::color_words;
use crate::interchange::cut::gather::Gather;
use crate::interchange::limits::MAX_ENTRIES;
use crate::interchange::report::{WarningKind, quoted};
use crate::interchange::text::cleaned;
use crate::model::Color;
use crate::model::FoundMarker;
use crate::time::Ticks;

/// What Media Composer calls its own properties of markers: a color, and a list of named values.
const COLOR: &str = "CommentMarkerColor";
const VALUES: &str = "CommentMarkerAttributeList";

/// How many named values of a marker are looked at.
const MAX_VALUES: usize = 50;

/// Reads the markers of a slot of a composition whose first frame is at `zero`.
pub(super) fn markers(
    gather: &mut Gather<'_>,
    store: &mut Store<'_>,
    mob: &Mob,
    slot: &Slot,
    zero: Ticks,
    root: &Object,
) {
    let mut own = store.own_properties(root, &class_id(class::DESCRIPTIVE_MARKER));
    own.extend(store.own_properties(root, &class_id(class::COMMENT_MARKER)));
    let number = |name: &str| {
        let found = own.iter().find(|(known, _)| known == name);
        found.map(|(_, number)| *number)
    };
    let (color, values) = (number(COLOR), number(VALUES));
    let mut markers = vec![slot.segment.clone()];
    if slot.segment.class == class::SEQUENCE {
        let parts = store.all_held(&slot.segment, pid::COMPONENTS);
        let parts = parts.into_iter().take(MAX_ENTRIES);
        markers = parts.filter_map(|part| store.object(part.path)).collect();
    }
    for marker in markers {
        if !gather.may_go_on() {
            return;
        }
        if marker.class != class::DESCRIPTIVE_MARKER && marker.class != class::COMMENT_MARKER {
            continue;
        }
        let said = cleaned(&marker.text(pid::COMMENT));
        let Some(position) = marker.units(pid::POSITION) else {
            let what = quoted(&format!("marker {said}"));
            gather.report.warn_of_all(WarningKind::Unreadable(what));
            continue;
        };
        let values = values.map_or_else(Vec::new, |values| named_values(store, &marker, values));
        let word = text_of(&values, "_ATN_CRM_COLOR");
        let known = word.as_deref().and_then(color_words::color);
        let mixed = || color_of(marker.value(color?)?);
        let length = marker.units(pid::LENGTH).filter(|length| *length > 0);
        let length = length.or_else(|| number_of(&values, "_ATN_CRM_LENGTH"));
        let said = if said.is_empty() {
            text_of(&values, "_ATN_CRM_COM").unwrap_or_default()
        } else {
            said
        };
        // The first line is what a marker is called.
        let (name, note) = said.split_once('\n').unwrap_or((&said, ""));
        let found = FoundMarker {
            name: name.to_owned(),
            at: zero + slot.ticks(position),
            length: slot.ticks(length.unwrap_or_default().max(0)),
            color: known.or_else(mixed),
            note: note.to_owned(),
            track: described(mob, &marker),
        };
        gather.marker(None, found);
    }
}

/// The values that a marker has by name.
fn named_values(store: &mut Store<'_>, marker: &Object, list: u16) -> Vec<(String, Vec<u8>)> {
    let elements = store.all_held(marker, list);
    let values = elements.into_iter().take(MAX_VALUES).filter_map(|element| {
        let value = store.object(element.path)?;
        let content = indirect(value.value(pid::TAG_VALUE)?)?.to_vec();
        Some((value.text(pid::TAG_NAME), content))
    });
    values.collect()
}

fn value_of<'v>(values: &'v [(String, Vec<u8>)], name: &str) -> Option<&'v [u8]> {
    let found = values.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_slice())
}

fn text_of(values: &[(String, Vec<u8>)], name: &str) -> Option<String> {
    value_of(values, name).map(|value| cleaned(&utf16(value)))
}

/// A number, which some write as text.
fn number_of(values: &[(String, Vec<u8>)], name: &str) -> Option<i64> {
    let value = value_of(values, name)?;
    match value.try_into() {
        Ok(four) => Some(i64::from(i32::from_le_bytes(four))),
        Err(_of_another_size) => utf16(value).trim().parse().ok(),
    }
}

/// A color of three numbers of two bytes: red, green and blue.
fn color_of(value: &[u8]) -> Option<Color> {
    let [red, green, blue] = [value.get(1)?, value.get(3)?, value.get(5)?];
    color_words::color(&format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// The track that a marker is on.
fn described(mob: &Mob, marker: &Object) -> String {
    let id = marker.value(pid::DESCRIBED_SLOTS);
    let id = id.and_then(|value| value.first_chunk::<4>());
    let slot = id.and_then(|id| mob.slot(u32::from_le_bytes(*id)));
    let Some(slot) = slot else {
        return String::new();
    };
    let number = slot.track.unwrap_or(1);
    match slot.kind {
        _ if !slot.name.is_empty() => slot.name.clone(),
        Kind::Picture => format!("V{number}"),
        Kind::Sound => format!("A{number}"),
        Kind::Other => String::new(),
    }
}
