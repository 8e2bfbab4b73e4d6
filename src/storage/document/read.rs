//! From the document to the model. A whole show is read in one pass over the document: going to
//! each field by its key takes several times as long.

use std::str::FromStr;
use std::sync::Arc;

use automerge::Automerge;
use automerge::ObjId;
use automerge::ObjType;
use automerge::ReadDoc;
use automerge::ScalarValueRef;
use automerge::Value;
use automerge::ValueRef;
use rayon::iter::IndexedParallelIterator;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

use super::schema::{Record, key, span_between};
use super::tree::Nested;

/// Reads entities of a document.
pub(super) struct Reader<'d>(pub(super) &'d Automerge);

impl Reader<'_> {
    /// The entity that lies at `obj` with everything inside it; `None` if it was removed.
    pub(super) fn entity<E: Nested>(&self, obj: &ObjId) -> Option<E> {
        let (entity, is_removed) = scan(self.0, obj, |entity: &mut E, key, collection| {
            entity.adopt(key, self, collection);
        });
        (!is_removed).then_some(entity)
    }

    /// The entities of a collection, in the order of their ids.
    pub(super) fn entities<K: FromStr, E: Nested>(
        &self,
        collection: &ObjId,
    ) -> impl Iterator<Item = (K, Arc<E>)> {
        members(self.0, collection)
            .filter_map(|(id, obj)| Some((id.parse().ok()?, Arc::new(self.entity(&obj)?))))
    }

    /// The same for a large collection: read by as many threads as the machine has.
    pub(super) fn many_entities<K, E>(&self, collection: &ObjId) -> Vec<(K, Arc<E>)>
    where
        K: FromStr + Send,
        E: Nested + Send + Sync,
    {
        let members: Vec<_> = members(self.0, collection).collect();
        members
            .into_par_iter()
            .with_min_len(256)
            .filter_map(|(id, obj)| Some((id.parse().ok()?, Arc::new(self.entity(&obj)?))))
            .collect()
    }

    /// The object at the end of `path`, if every part of it is there and none was removed.
    pub(super) fn find(&self, path: &[&str]) -> Option<ObjId> {
        find(self.0, path)
    }
}

/// The maps inside the map `obj`, with their keys.
pub(super) fn members<D: ReadDoc>(doc: &D, obj: &ObjId) -> impl Iterator<Item = (String, ObjId)> {
    doc.map_range(obj, ..).filter_map(|item| match item.value {
        ValueRef::Object(ObjType::Map) => Some((item.key.clone().into_owned(), item.id())),
        _ => None,
    })
}

/// The fields of the entity at `obj`, without what lies inside it, whether or not it was removed.
pub(super) fn own_fields<E: Record, D: ReadDoc>(doc: &D, obj: &ObjId) -> E {
    scan(doc, obj, |_, _, _| {}).0
}

/// The map under `key` of the map `obj`.
pub(super) fn child<D: ReadDoc>(doc: &D, obj: &ObjId, key: &str) -> Option<ObjId> {
    match doc.get(obj, key).ok()?? {
        (Value::Object(ObjType::Map), child) => Some(child),
        _ => None,
    }
}

/// The map at the end of `path`, if every part of it is there and none was removed.
pub(super) fn find<D: ReadDoc>(doc: &D, path: &[&str]) -> Option<ObjId> {
    path.iter().try_fold(automerge::ROOT, |obj, key| {
        let found = child(doc, &obj, key)?;
        (!is_removed(doc, &found)).then_some(found)
    })
}

/// Whether the entity at `obj` was removed.
pub(super) fn is_removed<D: ReadDoc>(doc: &D, obj: &ObjId) -> bool {
    matches!(
        doc.get(obj, key::REMOVED),
        Ok(Some((Value::Scalar(value), _))) if value.as_bool() == Some(true)
    )
}

/// Reads the entity at `obj`, handing every map inside it to `adopt`. Returns it, and whether it
/// was removed.
fn scan<E: Record, D: ReadDoc>(
    doc: &D,
    obj: &ObjId,
    mut adopt: impl FnMut(&mut E, &str, &ObjId),
) -> (E, bool) {
    let mut entity = E::blank();
    let mut is_removed = false;
    let (mut start, mut end) = (None, None);
    for item in doc.map_range(obj, ..) {
        match (&*item.key, &item.value) {
            (key::REMOVED, ValueRef::Scalar(ScalarValueRef::Boolean(true))) => is_removed = true,
            (key::IN, ValueRef::Scalar(ScalarValueRef::Int(ticks))) => start = Some(*ticks),
            (key::OUT, ValueRef::Scalar(ScalarValueRef::Int(ticks))) => end = Some(*ticks),
            (key, ValueRef::Scalar(value)) => entity.take(key, value),
            (key, ValueRef::Object(ObjType::Map)) => adopt(&mut entity, key, &item.id()),
            (_, ValueRef::Object(_)) => {}
        }
    }
    if let (Some(start), Some(end)) = (start, end) {
        entity.take_span(span_between(start, end));
    }
    (entity, is_removed)
}
