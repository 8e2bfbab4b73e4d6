//! Where two people have set the same field to different values at the same time: the document
//! shows the later one everywhere, and keeps the other.

use automerge::Automerge;
use automerge::ObjId;
use automerge::ReadDoc;
use automerge::Value;

use super::touched::TouchedThing;
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

impl Clash {
    /// The fields of a thing that were set and have more than one value now.
    pub(super) fn of<'t>(
        doc: &'t Automerge,
        thing: &'t TouchedThing<'_>,
    ) -> impl Iterator<Item = Self> + 't {
        let fields = thing.keys.iter();
        fields.filter_map(|field| {
            let mut values = values(doc, &thing.obj, field);
            // The last of them is the one that a reader gets.
            let stands = values.pop()?;
            values.retain(|value| *value != stands);
            (!values.is_empty()).then(|| Self {
                kind: thing.kind,
                name: name_of(doc, &thing.obj),
                field: field.clone(),
                stands,
                others: values,
            })
        })
    }
}

fn values(doc: &Automerge, obj: &ObjId, field: &str) -> Vec<String> {
    let values = doc.get_all(obj, field).unwrap_or_default();
    values.iter().map(|(value, _)| said(value)).collect()
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

fn name_of(doc: &Automerge, obj: &ObjId) -> String {
    let names = ["title", "name", "number"].into_iter();
    let said = names.filter_map(|key| values(doc, obj, key).pop());
    said.into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default()
}
