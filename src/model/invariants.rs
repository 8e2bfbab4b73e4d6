//! What must be true of every show, whatever was done to it.

use super::episode::Cut;
use super::ids::CutAt;
use super::show::Show;
use crate::time::Ticks;

/// Something in a show that must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where, in words.
    pub place: String,
    /// What is wrong.
    pub what: &'static str,
}

/// Everything in `show` that must not be. References to a track or person that a colleague has
/// removed at the same time are no violation: merging cannot prevent them, and the window shows
/// them as missing.
pub fn sweep(show: &Show) -> Vec<Violation> {
    let mut found = Vec::new();
    for (episode_id, episode) in &show.episodes {
        let place = format!("episode {}", episode.number);
        if let Some(current) = episode.current_cut
            && !episode.cuts.contains_key(&current)
        {
            found.push(Violation {
                place: place.clone(),
                what: "the current cut does not exist",
            });
        }
        for (cut_id, cut) in &episode.cuts {
            let at = CutAt {
                episode: *episode_id,
                cut: *cut_id,
            };
            let place = format!("{place}, cut v{} ({})", cut.number, at.cut);
            found.extend(sweep_cut(cut, &place));
        }
    }
    found
}

fn sweep_cut(cut: &Cut, place: &str) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut note = |thing: String, what| {
        found.push(Violation {
            place: format!("{place}, {thing}"),
            what,
        });
    };
    if cut.length.is_negative() {
        note("length".to_owned(), "the cut is shorter than nothing");
    }
    for scene in cut.scenes.values() {
        if scene.span.is_empty() {
            note(
                format!("scene {}", scene.title()),
                "the scene has no length",
            );
        }
    }
    for marker in cut.markers.values() {
        if marker.length < Ticks::ZERO {
            note(
                format!("marker {}", marker.name),
                "the marker is shorter than nothing",
            );
        }
    }
    for (id, slot) in &cut.slots {
        let thing = || format!("slot {id}");
        if slot.span.is_empty() {
            note(thing(), "the slot has no length");
        }
        if slot.pick.is_some_and(|pick| slot.alternate(pick).is_none()) {
            note(thing(), "the pick is not one of the alternates");
        }
        if slot.scene.is_some_and(|scene| cut.scene(scene).is_none()) {
            note(thing(), "the scene it was made for does not exist");
        }
        for alternate in slot.alternates.values() {
            if alternate.fade_in < Ticks::ZERO || alternate.fade_out < Ticks::ZERO {
                note(thing(), "a fade is shorter than nothing");
            }
            if alternate
                .pin
                .is_some_and(|pin| cut.marker(pin.marker).is_none())
            {
                note(thing(), "a pin's marker does not exist");
            }
        }
    }
    found
}
