//! From edits to the document: each becomes the few puts it is, never a comparison of the whole.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Display;
use std::sync::Arc;

use automerge::AutomergeError;
use automerge::ObjId;
use automerge::ObjType;
use automerge::ReadDoc;
use automerge::ScalarValue;
use automerge::Value;
use automerge::ValueRef;
use automerge::hydrate;
use automerge::transaction::Transactable;
use automerge::transaction::Transaction;

use super::json::overlay;
use super::read::{child, find, is_removed, members, own_fields};
use super::schema::{Entry, Members, Record, key};
use super::tree::{Nested, Visitor};
use crate::model::Change;
use crate::model::CutAt;
use crate::model::Edit;
use crate::model::EditError;
use crate::model::Kind;

/// Why an edit could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It does not fit what the document holds.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The document refused it.
    #[error("the show's document refused a change")]
    Document(#[from] AutomergeError),
}

/// Writes edits within one change of the document.
pub(super) struct Writer<'t, 'd> {
    pub(super) tx: &'t mut Transaction<'d>,
    /// Places where something removed has come back. What colleagues did inside it in the meantime
    /// has come back with it, unknown to whoever made the edit.
    pub(super) brought_back: BTreeSet<Vec<String>>,
}

impl Writer<'_, '_> {
    /// Writes one edit.
    pub(super) fn edit(&mut self, edit: &Edit) -> Result<(), WriteError> {
        match edit {
            Edit::Show(field) => {
                for entry in crate::model::Show::entries(field) {
                    self.entry(&automerge::ROOT, entry)?;
                }
                Ok(())
            }
            Edit::Person(id, c) => self.change(&[key::PEOPLE], id, c),
            Edit::Track(id, c) => self.change(&[key::TRACKS], id, c),
            Edit::List(id, c) => self.change(&[], &format_args!("{}{id}", key::LIST), c),
            Edit::Episode(id, c) => self.change(&[key::EPISODES], id, c),
            Edit::Cut(at, c) => {
                let episode = at.episode.to_string();
                self.change(&[key::EPISODES, &episode, key::CUTS], &at.cut, c)
            }
            Edit::Scene(at, id, c) => self.change_in_cut(*at, key::SCENES, id, c),
            Edit::Marker(at, id, c) => self.change_in_cut(*at, key::MARKERS, id, c),
            Edit::Slot(at, id, c) => self.change_in_cut(*at, key::SLOTS, id, c),
            Edit::Alternate(at, slot, id, c) => {
                let (episode, cut) = (at.episode.to_string(), at.cut.to_string());
                let slot = slot.to_string();
                let path = [key::EPISODES, &episode, key::CUTS, &cut];
                let path = [&path[..], &[key::SLOTS, &slot, key::ALTERNATES]].concat();
                self.change(&path, id, c)
            }
        }
    }

    fn change_in_cut<E: Nested>(
        &mut self,
        at: CutAt,
        collection: &str,
        id: &impl Display,
        change: &Change<E>,
    ) -> Result<(), WriteError> {
        let (episode, cut) = (at.episode.to_string(), at.cut.to_string());
        self.change(
            &[key::EPISODES, &episode, key::CUTS, &cut, collection],
            id,
            change,
        )
    }

    fn change<E: Nested>(
        &mut self,
        path: &[&str],
        id: &impl Display,
        change: &Change<E>,
    ) -> Result<(), WriteError> {
        let collection = find(self.tx, path).ok_or(EditError::Gone(parent_of(E::KIND)))?;
        let id = id.to_string();
        let found = child(self.tx, &collection, &id);
        if let Change::Insert(entity) = change {
            if let Some(obj) = found {
                let mut place: Vec<_> = path.iter().map(|&key| key.to_owned()).collect();
                place.push(id);
                self.brought_back.insert(place);
                return self.bring_back(&obj, &**entity);
            }
            let value = fresh(&**entity);
            self.tx
                .batch_create_object(&collection, id, &value, false)?;
            return Ok(());
        }
        let obj = found.filter(|obj| !is_removed(self.tx, obj));
        let obj = obj.ok_or(EditError::Gone(E::KIND))?;
        match change {
            Change::Set(field) => {
                for entry in E::entries(field) {
                    self.entry(&obj, entry)?;
                }
                Ok(())
            }
            Change::Remove | Change::Insert(_) => self.remove(&obj),
        }
    }

    /// Marks the entity at `obj` as removed, and all that is inside it: what a colleague puts into
    /// it in the meantime is not, and so comes back with it.
    fn remove(&mut self, obj: &ObjId) -> Result<(), WriteError> {
        let collections: Vec<_> = members(self.tx, obj).collect();
        for (_, collection) in collections {
            let inside: Vec<_> = members(self.tx, &collection).collect();
            for (_, entity) in inside {
                if !is_removed(self.tx, &entity) {
                    self.remove(&entity)?;
                }
            }
        }
        Ok(self.tx.put(obj, key::REMOVED, true)?)
    }

    /// Makes the entity at `obj` be there again, as `entity`.
    fn bring_back<E: Nested>(&mut self, obj: &ObjId, entity: &E) -> Result<(), WriteError> {
        let was: E = own_fields(self.tx, obj);
        for field in was.differences(entity) {
            for entry in E::entries(&field) {
                self.entry(obj, entry)?;
            }
        }
        if self.tx.get(obj, key::REMOVED)?.is_some() {
            self.tx.delete(obj, key::REMOVED)?;
        }
        entity.visit(&mut BringBack { writer: self, obj })
    }

    fn entry(&mut self, obj: &ObjId, entry: Entry) -> Result<(), WriteError> {
        let (key, value) = match entry {
            Entry::Value(key, value) => (key, value),
            Entry::Json(key, value) => {
                let old = self.scalar(obj, key)?;
                let overlaid = match (&old, &value) {
                    (Some(ScalarValue::Str(old)), ScalarValue::Str(new)) => overlay(old, new),
                    _ => None,
                };
                (
                    key,
                    overlaid.map_or(value, |text| ScalarValue::Str(text.into())),
                )
            }
            Entry::Members(members) => return self.set_members(obj, members),
        };
        if self.scalar(obj, key)?.as_ref() != Some(&value) {
            self.tx.put(obj, key, value)?;
        }
        Ok(())
    }

    fn set_members(&mut self, obj: &ObjId, members: Members) -> Result<(), WriteError> {
        let Members {
            prefix,
            mut wanted,
            understands,
        } = members;
        let mut gone = Vec::new();
        for item in self.tx.map_range(obj, prefix.to_owned()..) {
            let Some(member) = item.key.strip_prefix(prefix) else {
                break;
            };
            let ValueRef::Scalar(value) = &item.value else {
                continue;
            };
            if wanted.get(member).is_some_and(|same| *same == *value) {
                wanted.remove(member);
            } else if !wanted.contains_key(member) && understands(member, value) {
                gone.push(item.key.clone().into_owned());
            }
        }
        for key in gone {
            self.tx.delete(obj, key)?;
        }
        for (member, value) in wanted {
            self.tx.put(obj, format!("{prefix}{member}"), value)?;
        }
        Ok(())
    }

    fn scalar(&self, obj: &ObjId, key: &str) -> Result<Option<ScalarValue>, WriteError> {
        Ok(match self.tx.get(obj, key)? {
            Some((Value::Scalar(value), _)) => Some(value.into_owned()),
            _ => None,
        })
    }
}

/// What a collection of such things lies in.
const fn parent_of(kind: Kind) -> Kind {
    match kind {
        Kind::Show | Kind::Person | Kind::Track | Kind::List | Kind::Episode => Kind::Show,
        Kind::Cut => Kind::Episode,
        Kind::Scene | Kind::Marker | Kind::Slot => Kind::Cut,
        Kind::Alternate => Kind::Slot,
    }
}

/// Brings back the collections inside an entity that was brought back.
struct BringBack<'w, 't, 'd> {
    writer: &'w mut Writer<'t, 'd>,
    obj: &'w ObjId,
}

impl Visitor for BringBack<'_, '_, '_> {
    type Error = WriteError;

    fn collection<'e, K, E>(
        &mut self,
        key: &'static str,
        entities: impl Iterator<Item = (&'e K, &'e Arc<E>)>,
    ) -> Result<(), WriteError>
    where
        K: Display + 'e,
        E: Nested + 'e,
    {
        let tx = &mut *self.writer.tx;
        let collection = match child(tx, self.obj, key) {
            Some(collection) => collection,
            None => tx.put_object(self.obj, key, ObjType::Map)?,
        };
        for (id, entity) in entities {
            self.one(&collection, id.to_string(), &**entity)?;
        }
        Ok(())
    }

    fn keyed<'e, K, E>(
        &mut self,
        prefix: &'static str,
        entities: impl Iterator<Item = (&'e K, &'e Arc<E>)>,
    ) -> Result<(), WriteError>
    where
        K: Display + 'e,
        E: Nested + 'e,
    {
        let parent = self.obj.clone();
        for (id, entity) in entities {
            self.one(&parent, format!("{prefix}{id}"), &**entity)?;
        }
        Ok(())
    }
}

impl BringBack<'_, '_, '_> {
    /// Makes one entity be there again, under `key` of `parent`.
    fn one<E: Nested>(
        &mut self,
        parent: &ObjId,
        key: String,
        entity: &E,
    ) -> Result<(), WriteError> {
        if let Some(obj) = child(self.writer.tx, parent, &key) {
            return self.writer.bring_back(&obj, entity);
        }
        let value = fresh(entity);
        let tx = &mut *self.writer.tx;
        tx.batch_create_object(parent, key, &value, false)?;
        Ok(())
    }
}

/// An entity that the document has never had, with everything inside it.
pub(super) fn fresh<E: Nested>(entity: &E) -> hydrate::Value {
    let mut map = Fresh(HashMap::new());
    for entry in entity.all_entries() {
        map.put(entry);
    }
    let Ok(()) = entity.visit(&mut map);
    hydrate::Value::Map(map.0.into())
}

pub(super) struct Fresh(pub(super) HashMap<String, hydrate::Value>);

impl Fresh {
    fn put(&mut self, entry: Entry) {
        match entry {
            Entry::Value(key, value) | Entry::Json(key, value) => {
                self.0.insert(key.to_owned(), hydrate::Value::Scalar(value));
            }
            Entry::Members(Members { prefix, wanted, .. }) => {
                for (member, value) in wanted {
                    let key = format!("{prefix}{member}");
                    self.0.insert(key, hydrate::Value::Scalar(value));
                }
            }
        }
    }
}

impl Visitor for Fresh {
    type Error = Infallible;

    fn collection<'e, K, E>(
        &mut self,
        key: &'static str,
        entities: impl Iterator<Item = (&'e K, &'e Arc<E>)>,
    ) -> Result<(), Infallible>
    where
        K: Display + 'e,
        E: Nested + 'e,
    {
        let map: HashMap<_, _> = entities
            .map(|(id, entity)| (id.to_string(), fresh(&**entity)))
            .collect();
        self.0
            .insert(key.to_owned(), hydrate::Value::Map(map.into()));
        Ok(())
    }

    fn keyed<'e, K, E>(
        &mut self,
        prefix: &'static str,
        entities: impl Iterator<Item = (&'e K, &'e Arc<E>)>,
    ) -> Result<(), Infallible>
    where
        K: Display + 'e,
        E: Nested + 'e,
    {
        let entities = entities.map(|(id, entity)| (format!("{prefix}{id}"), fresh(&**entity)));
        self.0.extend(entities);
        Ok(())
    }
}
