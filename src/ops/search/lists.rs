//! The show's lists, as far as a query asks for them.

use std::collections::BTreeMap;

use super::fold_name;
use crate::model::ListId;
use crate::model::Show;
use crate::model::TrackId;

/// The lists of a show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    by_id: BTreeMap<ListId, Contents>,
    /// By their names as names are folded; of two with one name, the one made first.
    by_name: BTreeMap<String, ListId>,
}

/// What is in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Contents {
    /// These tracks, in order.
    Tracks(Vec<TrackId>),
    /// Whatever this finds.
    Query(String),
}

impl Lists {
    /// The lists of `show`.
    pub fn of(show: &Show) -> Self {
        let mut lists = Self::default();
        let mut all = show.lists();
        all.sort_by_key(|(id, list)| (list.made_at, *id));
        for (id, list) in all {
            let contents = match &list.query {
                Some(query) => Contents::Query(query.clone()),
                None => Contents::Tracks(list.in_order()),
            };
            lists.by_id.insert(id, contents);
            lists.by_name.entry(fold_name(&list.name)).or_insert(id);
        }
        lists
    }

    /// The list that is called so, as names are folded.
    pub(super) fn named(&self, name: &str) -> Option<ListId> {
        self.by_name.get(name).copied()
    }

    /// What is in a list.
    pub(super) fn contents(&self, id: ListId) -> Option<&Contents> {
        self.by_id.get(&id)
    }
}
