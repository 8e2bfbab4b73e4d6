//! What refers to what: so that taking something back leaves no reference to nothing.

use std::collections::BTreeSet;

use super::edit::Edit;
use super::entity::Change;
use super::episode::EpisodeField;
use super::ids::{AlternateId, CutAt, MarkerId, PersonId, SceneId, SlotId, TrackId};
use super::show::Show;
use super::slot::{AlternateField, SlotField};

/// What the things of a show refer to.
#[derive(Debug, Default)]
pub(super) struct References {
    people: BTreeSet<PersonId>,
    tracks: BTreeSet<TrackId>,
    cuts: BTreeSet<CutAt>,
    scenes: BTreeSet<(CutAt, SceneId)>,
    markers: BTreeSet<(CutAt, MarkerId)>,
    alternates: BTreeSet<(CutAt, SlotId, AlternateId)>,
}

impl References {
    /// What the things of `show` refer to.
    pub(super) fn of(show: &Show) -> Self {
        let mut found = Self::default();
        for track in show.tracks.values() {
            found.people.extend(track.added_by);
            found.people.extend(track.ratings.keys());
            let comments = track.comments.values();
            found.people.extend(comments.map(|comment| comment.by));
            found.tracks.extend(track.rendition.map(|it| it.of));
        }
        for list in show.lists.values() {
            found.people.extend(list.made_by);
            found.tracks.extend(list.tracks.keys());
        }
        for (episode_id, episode) in &show.episodes {
            let at = |cut| CutAt {
                episode: *episode_id,
                cut,
            };
            found.cuts.extend(episode.current_cut.map(at));
            for (cut_id, cut) in &episode.cuts {
                for (slot_id, slot) in &cut.slots {
                    let at = at(*cut_id);
                    found.scenes.extend(slot.scene.map(|scene| (at, scene)));
                    let pick = slot.pick.map(|pick| (at, *slot_id, pick));
                    found.alternates.extend(pick);
                    for alternate in slot.alternates.values() {
                        found.tracks.insert(alternate.track);
                        found.people.extend(alternate.verdicts.keys());
                        let pin = alternate.pin.map(|pin| (at, pin.marker));
                        found.markers.extend(pin);
                    }
                }
            }
        }
        found
    }

    /// Whether `inverse` neither takes away what something refers to nor refers to what is not
    /// there, where `tried` is the state of the show that it leads to together with others.
    pub(super) fn allow(&self, tried: &Show, inverse: &Edit) -> bool {
        // What is taken away and is there in the end was replaced, so it may go in between.
        let takes_away = self.hold(inverse) && tried.still_holds(inverse);
        !takes_away && !refers_to_nothing(tried, inverse)
    }

    /// Whether `edit` removes what something refers to.
    fn hold(&self, edit: &Edit) -> bool {
        match edit {
            Edit::Person(id, Change::Remove) => self.people.contains(id),
            Edit::Track(id, Change::Remove) => self.tracks.contains(id),
            Edit::Cut(at, Change::Remove) => self.cuts.contains(at),
            Edit::Scene(at, id, Change::Remove) => self.scenes.contains(&(*at, *id)),
            Edit::Marker(at, id, Change::Remove) => self.markers.contains(&(*at, *id)),
            Edit::Alternate(at, slot, id, Change::Remove) => {
                self.alternates.contains(&(*at, *slot, *id))
            }
            _ => false,
        }
    }
}

/// Whether `edit` sets a reference to something that is not in `show`.
fn refers_to_nothing(show: &Show, edit: &Edit) -> bool {
    match edit {
        Edit::Episode(id, Change::Set(EpisodeField::CurrentCut(Some(cut)))) => show
            .episode(*id)
            .is_some_and(|episode| episode.cut(*cut).is_none()),
        Edit::Slot(at, _, Change::Set(SlotField::Scene(Some(scene)))) => {
            show.cut(*at).is_some_and(|cut| cut.scene(*scene).is_none())
        }
        Edit::Slot(at, slot, Change::Set(SlotField::Pick(Some(pick)))) => show
            .cut(*at)
            .and_then(|cut| cut.slot(*slot))
            .is_some_and(|slot| slot.alternate(*pick).is_none()),
        Edit::Alternate(at, _, _, Change::Set(AlternateField::Pin(Some(pin)))) => show
            .cut(*at)
            .is_some_and(|cut| cut.marker(pin.marker).is_none()),
        _ => false,
    }
}
