//! Which things some changes have touched.
//!
//! A change says which object of the document each of its operations belongs to, but not where
//! that object is. Asking the document for the path of one object takes a look at every operation
//! there ever was; so the things are gone through once instead, whatever the number of changes.

use std::collections::{BTreeSet, HashMap};
use std::str::FromStr;

use automerge::ActorId;
use automerge::Automerge;
use automerge::ObjId;
use automerge::ROOT;
use automerge::legacy::{Key, ObjectId};

use super::SavedChange;
use super::arrived::{Arrived, list_of};
use super::read::{child, members};
use super::schema::key;
use crate::model::Kind;
use crate::model::ListId;

/// The keys that changes have set, by the object they are in.
#[derive(Default)]
struct Keys {
    root: BTreeSet<String>,
    by_object: HashMap<ActorId, HashMap<u64, BTreeSet<String>>>,
}

impl Keys {
    fn of(changes: &[SavedChange]) -> Self {
        let mut keys = Self::default();
        for op in changes.iter().flat_map(|change| change.decode().operations) {
            let Key::Map(key) = &op.key else {
                continue;
            };
            let object = match op.obj {
                ObjectId::Root => &mut keys.root,
                ObjectId::Id(id) => {
                    let by_actor = keys.by_object.entry(id.1).or_default();
                    by_actor.entry(id.0).or_default()
                }
            };
            object.insert(key.to_string());
        }
        keys
    }

    fn in_object(&self, obj: &ObjId) -> Option<&BTreeSet<String>> {
        match obj {
            ObjId::Root => Some(&self.root),
            ObjId::Id(counter, actor, _) => self.by_object.get(actor)?.get(counter),
        }
    }
}

/// A thing of which keys were set.
pub(super) struct TouchedThing<'k> {
    pub(super) kind: Kind,
    pub(super) obj: ObjId,
    pub(super) keys: &'k BTreeSet<String>,
}

/// Finds what `changes`, which `doc` has, have touched. Every thing is shown to `see`.
pub(super) fn find(
    doc: &Automerge,
    changes: &[SavedChange],
    mut see: impl FnMut(&TouchedThing<'_>),
) -> Arrived {
    let keys = Keys::of(changes);
    let mut search = Search {
        doc,
        keys: &keys,
        see: &mut see,
    };
    let people = search.collection(key::PEOPLE);
    let tracks = search.collection(key::TRACKS);
    let episodes = search.collection(key::EPISODES);
    let lists = search.lists();
    search.touches(Kind::Show, &ROOT);
    Arrived {
        is_show_touched: !keys.root.is_empty(),
        people: ids(&people),
        tracks: ids(&tracks),
        lists,
        episodes: ids(&episodes),
        ..Arrived::default()
    }
}

fn ids<K: FromStr + Ord>(ids: &BTreeSet<String>) -> BTreeSet<K> {
    ids.iter().filter_map(|id| id.parse().ok()).collect()
}

struct Search<'s> {
    doc: &'s Automerge,
    keys: &'s Keys,
    see: &'s mut dyn FnMut(&TouchedThing<'_>),
}

impl Search<'_> {
    /// The ids in a collection of the show that were touched themselves or inside.
    fn collection(&mut self, name: &str) -> BTreeSet<String> {
        let Some(collection) = child(self.doc, &ROOT, name) else {
            return BTreeSet::new();
        };
        let mut touched = self
            .keys
            .in_object(&collection)
            .cloned()
            .unwrap_or_default();
        for (id, obj) in members(self.doc, &collection) {
            if self.thing(kind_in(name), &obj) {
                touched.insert(id);
            }
        }
        touched
    }

    /// The lists that were touched.
    fn lists(&mut self) -> BTreeSet<ListId> {
        let mut touched: BTreeSet<ListId> = self
            .keys
            .root
            .iter()
            .filter_map(|key| list_of(key))
            .collect();
        for (key, obj) in members(self.doc, &ROOT) {
            if let Some(id) = list_of(&key)
                && self.touches(Kind::List, &obj)
            {
                touched.insert(id);
            }
        }
        touched
    }

    /// Whether the thing at `obj`, or something inside it, was touched.
    fn thing(&mut self, kind: Kind, obj: &ObjId) -> bool {
        let mut is_touched = self.touches(kind, obj);
        if !matches!(kind, Kind::Episode | Kind::Cut | Kind::Slot) {
            return is_touched;
        }
        for (name, collection) in members(self.doc, obj) {
            is_touched |= self.keys.in_object(&collection).is_some();
            for (_, obj) in members(self.doc, &collection) {
                is_touched |= self.thing(kind_in(&name), &obj);
            }
        }
        is_touched
    }

    /// Whether keys of the thing at `obj` itself were set.
    fn touches(&mut self, kind: Kind, obj: &ObjId) -> bool {
        let keys = self.keys.in_object(obj);
        if let Some(keys) = keys {
            (self.see)(&TouchedThing {
                kind,
                obj: obj.clone(),
                keys,
            });
        }
        keys.is_some()
    }
}

fn kind_in(collection: &str) -> Kind {
    match collection {
        key::PEOPLE => Kind::Person,
        key::TRACKS => Kind::Track,
        key::EPISODES => Kind::Episode,
        key::CUTS => Kind::Cut,
        key::SCENES => Kind::Scene,
        key::MARKERS => Kind::Marker,
        key::SLOTS => Kind::Slot,
        key::ALTERNATES => Kind::Alternate,
        _ => Kind::Show,
    }
}
