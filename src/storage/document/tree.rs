//! What lies inside what: the collections of a show, an episode, a cut and a slot.

use std::fmt::Display;
use std::sync::Arc;

use automerge::ObjId;

use super::read::Reader;
use super::schema::{Record, key};
use crate::model::Alternate;
use crate::model::Cut;
use crate::model::Episode;
use crate::model::List;
use crate::model::Marker;
use crate::model::Person;
use crate::model::Scene;
use crate::model::Show;
use crate::model::Slot;
use crate::model::Track;

/// Walks through the collections inside an entity.
pub(super) trait Visitor {
    /// Why it may stop.
    type Error;

    /// Is shown one collection.
    fn collection<'e, K, E>(
        &mut self,
        key: &'static str,
        entities: impl Iterator<Item = (&'e K, &'e Arc<E>)>,
    ) -> Result<(), Self::Error>
    where
        K: Display + 'e,
        E: Nested + 'e;

    /// Is shown entities that each lie under a key of their own, after `prefix`.
    fn keyed<'e, K, E>(
        &mut self,
        prefix: &'static str,
        entities: impl Iterator<Item = (&'e K, &'e Arc<E>)>,
    ) -> Result<(), Self::Error>
    where
        K: Display + 'e,
        E: Nested + 'e;
}

/// A record with the collections inside it.
pub(super) trait Nested: Record {
    /// Shows every collection inside it to `visitor`.
    fn visit<V: Visitor>(&self, _visitor: &mut V) -> Result<(), V::Error> {
        Ok(())
    }

    /// Takes over the collection that the document has under `key`.
    fn adopt(&mut self, _key: &str, _reader: &Reader<'_>, _collection: &ObjId) {}
}

impl Nested for Person {}
impl Nested for Track {}
impl Nested for List {}
impl Nested for Scene {}
impl Nested for Marker {}
impl Nested for Alternate {}

impl Nested for Show {
    fn visit<V: Visitor>(&self, visitor: &mut V) -> Result<(), V::Error> {
        visitor.collection(key::PEOPLE, self.people.iter())?;
        visitor.collection(key::TRACKS, self.tracks.iter())?;
        visitor.keyed(key::LIST, self.lists.iter())?;
        visitor.collection(key::EPISODES, self.episodes.iter())
    }

    fn adopt(&mut self, key: &str, reader: &Reader<'_>, collection: &ObjId) {
        match key {
            key::PEOPLE => self.people = reader.entities(collection).collect(),
            key::TRACKS => self.tracks = reader.many_entities(collection).into_iter().collect(),
            key::EPISODES => self.episodes = reader.entities(collection).collect(),
            key => {
                let id = key.strip_prefix(key::LIST).and_then(|id| id.parse().ok());
                if let Some((id, list)) = id.zip(reader.entity(collection)) {
                    self.lists.insert(id, Arc::new(list));
                }
            }
        }
    }
}

impl Nested for Episode {
    fn visit<V: Visitor>(&self, visitor: &mut V) -> Result<(), V::Error> {
        visitor.collection(key::CUTS, self.cuts.iter())
    }

    fn adopt(&mut self, key: &str, reader: &Reader<'_>, collection: &ObjId) {
        if key == key::CUTS {
            self.cuts = reader.entities(collection).collect();
        }
    }
}

impl Nested for Cut {
    fn visit<V: Visitor>(&self, visitor: &mut V) -> Result<(), V::Error> {
        visitor.collection(key::SCENES, self.scenes.iter())?;
        visitor.collection(key::MARKERS, self.markers.iter())?;
        visitor.collection(key::SLOTS, self.slots.iter())
    }

    fn adopt(&mut self, key: &str, reader: &Reader<'_>, collection: &ObjId) {
        match key {
            key::SCENES => self.scenes = reader.entities(collection).collect(),
            key::MARKERS => self.markers = reader.entities(collection).collect(),
            key::SLOTS => self.slots = reader.entities(collection).collect(),
            _ => {}
        }
    }
}

impl Nested for Slot {
    fn visit<V: Visitor>(&self, visitor: &mut V) -> Result<(), V::Error> {
        visitor.collection(key::ALTERNATES, self.alternates.iter())
    }

    fn adopt(&mut self, key: &str, reader: &Reader<'_>, collection: &ObjId) {
        if key == key::ALTERNATES {
            self.alternates = reader.entities(collection).collect();
        }
    }
}
