//! What every part of a show has in common: it is inserted, removed, or one of its fields is set.
//!
//! The fields of an entity that can be set are the variants of its field type, made by the
//! `fields!` macro together with the three things that edits, undo and merging need: setting one
//! and getting the old value back, asking whether an entity holds a value, and listing what
//! differs between two states of an entity.

use std::fmt;
use std::sync::Arc;

use imbl::OrdMap;

use super::edit::EditError;

/// The kinds of things a show holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The show itself.
    Show,
    /// A person.
    Person,
    /// A track of the pool.
    Track,
    /// A list of tracks.
    List,
    /// An episode.
    Episode,
    /// A cut of an episode.
    Cut,
    /// A scene.
    Scene,
    /// A marker.
    Marker,
    /// A slot.
    Slot,
    /// An alternate of a slot.
    Alternate,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Show => "show",
            Self::Person => "person",
            Self::Track => "track",
            Self::List => "list",
            Self::Episode => "episode",
            Self::Cut => "cut",
            Self::Scene => "scene",
            Self::Marker => "marker",
            Self::Slot => "slot",
            Self::Alternate => "alternate",
        })
    }
}

/// Something a show holds under an id.
pub trait Entity: Clone + PartialEq {
    /// One of its fields with a value for it.
    type Field: Clone + fmt::Debug + PartialEq;
    /// What it is.
    const KIND: Kind;

    /// Sets a field and returns it with the value it had.
    fn set(&mut self, field: Self::Field) -> Self::Field;
    /// Whether the field has this value now.
    fn holds(&self, field: &Self::Field) -> bool;
    /// The fields that must be set to turn `self` into `newer`.
    fn differences(&self, newer: &Self) -> Vec<Self::Field>;
    /// Forgets what the program finds out by itself, leaving what people have said.
    fn forget_measurements(&mut self);
}

/// What happens to one entity.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<E: Entity> {
    /// It comes to be.
    Insert(Box<E>),
    /// It goes, with everything inside it.
    Remove,
    /// One of its fields gets a value.
    Set(E::Field),
}

/// Entities by id; clones share what they hold.
pub(crate) type Entities<K, E> = OrdMap<K, Arc<E>>;

/// Makes `change` to the entity `id` and returns the change that takes it back.
pub(crate) fn change<K: Ord + Copy, E: Entity>(
    entities: &mut Entities<K, E>,
    id: K,
    change: Change<E>,
) -> Result<Change<E>, EditError> {
    match change {
        Change::Insert(entity) => {
            if entities.contains_key(&id) {
                return Err(EditError::Exists(E::KIND));
            }
            entities.insert(id, Arc::new(*entity));
            Ok(Change::Remove)
        }
        Change::Remove => {
            let removed = entities.remove(&id).ok_or(EditError::Gone(E::KIND))?;
            Ok(Change::Insert(Box::new(Arc::unwrap_or_clone(removed))))
        }
        Change::Set(field) => {
            let entity = entities.get_mut(&id).ok_or(EditError::Gone(E::KIND))?;
            Ok(Change::Set(Arc::make_mut(entity).set(field)))
        }
    }
}

/// Whether what `change` did to the entity `id` is still so.
pub(crate) fn change_holds<K: Ord + Copy, E: Entity>(
    entities: &Entities<K, E>,
    id: K,
    change: &Change<E>,
) -> bool {
    let entity = entities.get(&id);
    match change {
        Change::Insert(inserted) => entity.is_some_and(|e| said_of(&**e) == said_of(&**inserted)),
        Change::Remove => entity.is_none(),
        Change::Set(field) => entity.is_some_and(|e| e.holds(field)),
    }
}

/// What people have said of an entity. That a track has been measured since it was added is no
/// reason not to take the adding back.
fn said_of<E: Entity>(entity: &E) -> E {
    let mut said = entity.clone();
    said.forget_measurements();
    said
}

/// Declares an entity's field type, and what [`Entity`] asks for, from a list of
/// `Variant(Type) => field`, and, for an entity that is measured, from what forgets that.
macro_rules! fields {
    (
        $(#[$doc:meta])*
        $name:ident of $entity:ident as $kind:ident {
            $($(#[$field_doc:meta])* $variant:ident($type:ty) => $field:ident,)*
        }
        $(measured: $forget:expr)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $($(#[$field_doc])* $variant($type),)*
        }

        impl $crate::model::entity::Entity for $entity {
            type Field = $name;
            const KIND: $crate::model::entity::Kind = $crate::model::entity::Kind::$kind;

            fn set(&mut self, field: $name) -> $name {
                match field {
                    $($name::$variant(value) => {
                        $name::$variant(std::mem::replace(&mut self.$field, value))
                    })*
                }
            }

            fn holds(&self, field: &$name) -> bool {
                match field {
                    $($name::$variant(value) => self.$field == *value,)*
                }
            }

            fn differences(&self, newer: &Self) -> Vec<$name> {
                let mut found = Vec::new();
                $(if self.$field != newer.$field {
                    found.push($name::$variant(newer.$field.clone()));
                })*
                found
            }

            fn forget_measurements(&mut self) {
                $($forget(self);)?
            }
        }
    };
}

pub(crate) use fields;
