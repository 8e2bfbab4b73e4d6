//! Requests about lists of tracks.

use super::App;
use crate::app::action::ListAction;
use crate::model::Change;
use crate::model::Edit;
use crate::model::List;
use crate::model::ListField;
use crate::model::ListId;
use crate::model::Show;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::ops::lists;
use crate::ops::search::{Column, Order, Query};

/// The longest name that a list is given by itself.
const LONGEST_NAME: usize = 40;

impl App {
    pub(super) fn list_request(&mut self, action: ListAction) {
        match action {
            ListAction::Open(list) => self.open_list(list),
            ListAction::New(tracks) => {
                let list = List {
                    tracks: lists::with_tracks_at(&List::default(), &tracks, 0),
                    ..List::default()
                };
                self.make_list(list, "New list");
            }
            ListAction::Keep => {
                let asked = self.pool.query().as_text();
                let name: String = asked.chars().take(LONGEST_NAME).collect();
                let list = List {
                    query: Some(asked),
                    ..List::default()
                };
                self.make_list(list, &name);
            }
            ListAction::Duplicate(id) => {
                if let Some(list) = self.list(id).cloned() {
                    let name = format!("{} copy", list.name);
                    self.make_list(list, &name);
                }
            }
            ListAction::Rename(id, name) => {
                self.pending.list_named_next = None;
                let name = name.trim().to_owned();
                if !name.is_empty() && self.list(id).is_some_and(|list| list.name != name) {
                    let label = format!("rename a list “{name}”");
                    self.set_list(id, label, ListField::Name(name));
                }
            }
            ListAction::Remove(id) => {
                let Some(list) = self.list(id) else { return };
                let label = format!("delete the list “{}”", list.name);
                let remove = Edit::List(id, Change::Remove);
                self.commit(&Transaction::new(label, vec![remove]));
            }
            ListAction::Put(id, tracks, at) => self.put(id, &tracks, at),
            ListAction::TakeOff(id, tracks) => {
                let Some(list) = self.list(id) else { return };
                let label = format!("take {} off “{}”", self.titled(&tracks), list.name);
                let without = lists::without(list, &tracks);
                self.set_list(id, label, ListField::Tracks(without));
            }
        }
    }

    /// The list that is seen in the pool, where somebody has made it.
    pub(super) fn open_made_list(&self) -> Option<ListId> {
        let id = self.pool.query().list?;
        (!self.list(id)?.is_smart()).then_some(id)
    }

    /// Shows the whole pool where the list is gone that was seen.
    pub(in crate::app) fn settle_list(&mut self) {
        let gone = self.pool.query().list;
        if gone.is_some_and(|id| self.list(id).is_none()) {
            self.open_list(None);
        }
    }

    fn list(&self, id: ListId) -> Option<&List> {
        self.show()?.list(id)
    }

    /// Shows a list, a hand-made one in its own order.
    fn open_list(&mut self, id: Option<ListId>) {
        let asked = self.pool.query();
        let is_hand_made = id
            .and_then(|id| self.list(id))
            .is_some_and(|list| !list.is_smart());
        let (column, order) = match (is_hand_made, asked.column) {
            (true, _) => (Column::ListOrder, Order::Ascending),
            (false, Column::ListOrder) => (Column::default(), Order::default()),
            (false, column) => (column, asked.order),
        };
        self.find(Query {
            list: id,
            column,
            order,
            ..Query::default()
        });
    }

    /// Adds a list under a name like `wanted`, and shows it to be named.
    fn make_list(&mut self, list: List, wanted: &str) {
        let Some(show) = self.show() else { return };
        let (made_by, mut edits) = self.contributor();
        let list = List {
            name: lists::free_name(show, wanted),
            made_by,
            made_at: (self.outside.calendar)(),
            ..list
        };
        let label = format!("make the list “{}”", list.name);
        let id = ListId::new();
        edits.push(Edit::List(id, Change::Insert(Box::new(list))));
        if self.commit(&Transaction::new(label, edits)) {
            self.pending.list_named_next = Some(id);
            self.open_list(Some(id));
        }
    }

    fn put(&mut self, id: ListId, tracks: &[TrackId], at: Option<usize>) {
        // What a smart list holds follows from what it asks.
        let Some(list) = self.list(id).filter(|list| !list.is_smart()) else {
            return;
        };
        let is_in = |track: &&TrackId| list.tracks.contains_key(*track);
        let label = if tracks.iter().all(|track| is_in(&track)) {
            format!("move {} in “{}”", self.titled(tracks), list.name)
        } else {
            format!("put {} on “{}”", self.titled(tracks), list.name)
        };
        let put = match at {
            Some(at) => lists::with_tracks_at(list, tracks, at),
            None => {
                // What is in it already stays where it is.
                let new: Vec<TrackId> = tracks.iter().filter(|it| !is_in(it)).copied().collect();
                lists::with_tracks_at(list, &new, usize::MAX)
            }
        };
        if put != list.tracks {
            self.set_list(id, label, ListField::Tracks(put));
        }
    }

    fn set_list(&mut self, id: ListId, label: String, field: ListField) {
        let edit = Edit::List(id, Change::Set(field));
        self.commit(&Transaction::new(label, vec![edit]));
    }

    /// What some tracks are called: the one by its title, several by their number.
    fn titled(&self, tracks: &[TrackId]) -> String {
        let title = |id: &TrackId| self.show().and_then(|show| Show::track(show, *id));
        match tracks {
            [one] => title(one).map_or_else(String::new, |track| track.title.clone()),
            many => format!("{} tracks", many.len()),
        }
    }
}
