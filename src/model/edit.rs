//! Edits: every change to a show, as plain data that gives its own inverse.

use std::sync::Arc;

use super::entity::{Change, Entity, Kind, change, change_holds};
use super::episode::{Cut, Episode};
use super::ids::{
    AlternateId, CutAt, EpisodeId, ListId, MarkerId, PersonId, SceneId, SlotId, TrackId,
};
use super::list::List;
use super::marker::Marker;
use super::people::Person;
use super::scene::Scene;
use super::show::{Show, ShowField};
use super::slot::{Alternate, Slot};
use super::track::Track;

/// One change to a show.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A field of the show itself.
    Show(ShowField),
    /// A person.
    Person(PersonId, Change<Person>),
    /// A track of the pool.
    Track(TrackId, Change<Track>),
    /// A list of tracks.
    List(ListId, Change<List>),
    /// An episode.
    Episode(EpisodeId, Change<Episode>),
    /// A cut of an episode.
    Cut(CutAt, Change<Cut>),
    /// A scene of a cut.
    Scene(CutAt, SceneId, Change<Scene>),
    /// A marker of a cut.
    Marker(CutAt, MarkerId, Change<Marker>),
    /// A slot of a cut.
    Slot(CutAt, SlotId, Change<Slot>),
    /// An alternate of a slot.
    Alternate(CutAt, SlotId, AlternateId, Change<Alternate>),
}

/// Why an [`Edit`] does not fit the show it was applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It names something that is not there (any more).
    #[error("the {0} no longer exists")]
    Gone(Kind),
    /// It would give two things one id.
    #[error("the {0} exists already")]
    Exists(Kind),
}

/// Edits that belong together, with a name in the user's words. One gesture makes one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transaction {
    /// What was done: "Place Coastline on 12".
    pub label: String,
    /// The edits, in order.
    pub edits: Vec<Edit>,
}

impl Transaction {
    /// Edits with a label.
    pub fn new(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self {
            label: label.into(),
            edits,
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }
}

impl Show {
    /// Makes one change and returns the edit that takes it back.
    ///
    /// # Errors
    ///
    /// If the edit does not fit, nothing has changed.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        Ok(match edit {
            Edit::Show(field) => Edit::Show(self.set(field)),
            Edit::Person(id, c) => Edit::Person(id, change(&mut self.people, id, c)?),
            Edit::Track(id, c) => Edit::Track(id, change(&mut self.tracks, id, c)?),
            Edit::List(id, c) => Edit::List(id, change(&mut self.lists, id, c)?),
            Edit::Episode(id, c) => Edit::Episode(id, change(&mut self.episodes, id, c)?),
            Edit::Cut(at, c) => {
                let episode = self.episodes.get_mut(&at.episode);
                let episode = Arc::make_mut(episode.ok_or(EditError::Gone(Kind::Episode))?);
                Edit::Cut(at, change(&mut episode.cuts, at.cut, c)?)
            }
            Edit::Scene(at, id, c) => {
                Edit::Scene(at, id, change(&mut self.cut_to_edit(at)?.scenes, id, c)?)
            }
            Edit::Marker(at, id, c) => {
                Edit::Marker(at, id, change(&mut self.cut_to_edit(at)?.markers, id, c)?)
            }
            Edit::Slot(at, id, c) => {
                Edit::Slot(at, id, change(&mut self.cut_to_edit(at)?.slots, id, c)?)
            }
            Edit::Alternate(at, slot, id, c) => {
                let slots = &mut self.cut_to_edit(at)?.slots;
                let found = slots.get_mut(&slot).ok_or(EditError::Gone(Kind::Slot))?;
                let alternates = &mut Arc::make_mut(found).alternates;
                Edit::Alternate(at, slot, id, change(alternates, id, c)?)
            }
        })
    }

    /// Makes all changes of `edits`, or none, and returns the edits that take them back, in the
    /// order in which they are to be applied.
    ///
    /// # Errors
    ///
    /// If one of them does not fit, nothing has changed.
    pub fn apply_all(&mut self, edits: &[Edit]) -> Result<Vec<Edit>, EditError> {
        let before = self.clone();
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit.clone()) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    *self = before;
                    return Err(error);
                }
            }
        }
        inverses.reverse();
        Ok(inverses)
    }

    /// Whether what `edit` once did is still so: nobody has changed that field, or that thing,
    /// since.
    pub fn still_holds(&self, edit: &Edit) -> bool {
        match edit {
            Edit::Show(field) => self.holds(field),
            Edit::Person(id, c) => change_holds(&self.people, *id, c),
            Edit::Track(id, c) => change_holds(&self.tracks, *id, c),
            Edit::List(id, c) => change_holds(&self.lists, *id, c),
            Edit::Episode(id, c) => change_holds(&self.episodes, *id, c),
            Edit::Cut(at, c) => self
                .episode(at.episode)
                .is_some_and(|episode| change_holds(&episode.cuts, at.cut, c)),
            Edit::Scene(at, id, c) => self
                .cut(*at)
                .is_some_and(|cut| change_holds(&cut.scenes, *id, c)),
            Edit::Marker(at, id, c) => self
                .cut(*at)
                .is_some_and(|cut| change_holds(&cut.markers, *id, c)),
            Edit::Slot(at, id, c) => self
                .cut(*at)
                .is_some_and(|cut| change_holds(&cut.slots, *id, c)),
            Edit::Alternate(at, slot, id, c) => self
                .cut(*at)
                .and_then(|cut| cut.slot(*slot))
                .is_some_and(|slot| change_holds(&slot.alternates, *id, c)),
        }
    }

    fn cut_to_edit(&mut self, at: CutAt) -> Result<&mut Cut, EditError> {
        self.cut_mut(at).ok_or(EditError::Gone(Kind::Cut))
    }
}
