//! Where two people have set the same field to different values at the same time: the document
//! shows the later one everywhere, and keeps the other.

use automerge::ObjId;
use automerge::Patch;
use automerge::PatchAction;
use automerge::Prop;
use automerge::ReadDoc;
use automerge::Value;

use super::Document;
use super::schema::key;
use crate::model::Kind;

/// A field that was set to different values at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What kind of thing it is a field of.
    pub kind: Kind,
    /// What that is called, if it has a name.
    pub name: String,
    /// The field, as the document calls it.
    pub field: String,
    /// The value that stands.
    pub stands: String,
    /// The values that do not.
    pub others: Vec<String>,
}

/// The fields among `patches` that have more than one value now.
pub(super) fn find(document: &Document, patches: &[Patch]) -> Vec<Clash> {
    let clashes = patches.iter().filter_map(|patch| match &patch.action {
        PatchAction::PutMap {
            key,
            conflict: true,
            ..
        }
        | PatchAction::Conflict {
            prop: Prop::Map(key),
        } => clash(document, patch, key),
        _ => None,
    });
    clashes.collect()
}

fn clash(document: &Document, patch: &Patch, field: &str) -> Option<Clash> {
    let doc = &document.doc;
    let mut values: Vec<_> = doc
        .get_all(&patch.obj, field)
        .ok()?
        .into_iter()
        .map(|(value, _)| said(&value))
        .collect();
    // The last of them is the one that a reader gets.
    let stands = values.pop()?;
    values.retain(|value| *value != stands);
    let collection = patch.path.iter().rev().nth(1).map(|(_, prop)| prop);
    (!values.is_empty()).then(|| Clash {
        kind: kind_in(collection),
        name: name_of(document, &patch.obj),
        field: field.to_owned(),
        stands,
        others: values,
    })
}

fn said(value: &Value<'_>) -> String {
    match value {
        Value::Scalar(scalar) => match scalar.as_str() {
            Some(text) => text.to_owned(),
            None => scalar.to_string(),
        },
        Value::Object(_) => String::new(),
    }
}

fn kind_in(collection: Option<&Prop>) -> Kind {
    let Some(Prop::Map(collection)) = collection else {
        return Kind::Show;
    };
    match collection.as_str() {
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

fn name_of(document: &Document, obj: &ObjId) -> String {
    let named = ["title", "name", "number"].into_iter().find_map(|key| {
        let (value, _) = document.doc.get(obj, key).ok()??;
        Some(said(&value)).filter(|name| !name.is_empty())
    });
    named.unwrap_or_default()
}
