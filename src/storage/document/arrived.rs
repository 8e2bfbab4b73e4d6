//! What others changed, as edits of the model: only the things that were touched are read again
//! and compared, field by field.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::log::LogEntry;
use super::put_right;
use super::read::Reader;
use super::schema::key;
use super::tree::Nested;
use super::{Document, SavedChange};
use crate::model::Change;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Edit;
use crate::model::Entities;
use crate::model::Entity;
use crate::model::Episode;
use crate::model::EpisodeId;
use crate::model::List;
use crate::model::ListId;
use crate::model::PersonId;
use crate::model::Show;
use crate::model::SlotId;
use crate::model::Track;
use crate::model::TrackId;
use crate::model::Transaction;

/// What has arrived and has not been taken over into the model yet.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Arrived {
    /// The changes themselves, while they are on their way to another copy of the document.
    pub(super) changes: Vec<SavedChange>,
    /// What they were.
    pub(super) log: Vec<LogEntry>,
    pub(super) is_show_touched: bool,
    pub(super) people: BTreeSet<PersonId>,
    pub(super) tracks: BTreeSet<TrackId>,
    pub(super) lists: BTreeSet<ListId>,
    pub(super) episodes: BTreeSet<EpisodeId>,
}

impl Arrived {
    /// Whether nothing has arrived.
    pub(in super::super) fn is_empty(&self) -> bool {
        self.log.is_empty()
    }

    /// Adds what has arrived after it.
    pub(in super::super) fn extend(&mut self, later: Self) {
        self.changes.extend(later.changes);
        self.log.extend(later.log);
        self.is_show_touched |= later.is_show_touched;
        self.people.extend(later.people);
        self.tracks.extend(later.tracks);
        self.lists.extend(later.lists);
        self.episodes.extend(later.episodes);
    }

    /// Notes that something at `path` of the document is not as the model has it.
    pub(super) fn touch<'p>(&mut self, mut path: impl Iterator<Item = &'p str>) {
        match (path.next(), path.next()) {
            (Some(key::PEOPLE), Some(id)) => self.people.extend(id.parse::<PersonId>()),
            (Some(key::TRACKS), Some(id)) => self.tracks.extend(id.parse::<TrackId>()),
            (Some(key::EPISODES), Some(id)) => self.episodes.extend(id.parse::<EpisodeId>()),
            (Some(key), _) if key.starts_with(key::LIST) => self.lists.extend(list_of(key)),
            _ => self.is_show_touched = true,
        }
    }

    /// The edits that bring `show` to what `document` holds.
    pub(super) fn edits(&self, document: &Document, show: &Show) -> Vec<Edit> {
        let reader = Reader(&document.doc);
        let mut edits = Vec::new();
        if self.is_show_touched {
            let now: Show = super::read::own_fields(&document.doc, &automerge::ROOT);
            edits.extend(show.differences(&now).into_iter().map(Edit::Show));
        }
        for id in &self.people {
            let now = at(&reader, key::PEOPLE, &id.to_string());
            push(show.person(*id), now, |change| {
                edits.push(Edit::Person(*id, change));
            });
        }
        for id in &self.tracks {
            let now: Option<Track> = at(&reader, key::TRACKS, &id.to_string());
            push(show.track(*id), now, |change| {
                edits.push(Edit::Track(*id, change));
            });
        }
        for id in &self.lists {
            let now = reader.find(&[&format!("{}{id}", key::LIST)]);
            let now: Option<List> = now.and_then(|obj| reader.entity(&obj));
            push(show.list(*id), now, |change| {
                edits.push(Edit::List(*id, change));
            });
        }
        for id in &self.episodes {
            let now = at(&reader, key::EPISODES, &id.to_string());
            let now = now.map(|episode| in_order(*id, episode));
            if let (Some(was), Some(now)) = (show.episode(*id), &now) {
                cuts(*id, was, now, &mut edits);
            }
            push(show.episode(*id), now, |change| {
                edits.push(Edit::Episode(*id, change));
            });
        }
        edits
    }
}

impl Document {
    /// What has arrived since the last call, as edits that bring `show` up to date, labelled with
    /// who did it. `None` when nothing that the model holds is different.
    pub fn take_arrived(&mut self, show: &Show) -> Option<Transaction> {
        let arrived = std::mem::take(&mut self.arrived);
        let edits = arrived.edits(self, show);
        (!edits.is_empty()).then(|| Transaction::new(label(&arrived.log), edits))
    }
}

/// `Ana: rename scene 12`, `Ana and Ben: 5 changes`.
fn label(changes: &[LogEntry]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for change in changes {
        let name = change.who.as_ref().map_or("", |who| who.name.as_str());
        let name = if name.is_empty() { "Somebody" } else { name };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names = match names.as_slice() {
        [] => "Brought back".to_owned(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    };
    match changes {
        [] => names,
        [one] if !one.label.is_empty() => format!("{names}: {}", one.label),
        [_] => format!("{names}: 1 change"),
        _ => format!("{names}: {} changes", changes.len()),
    }
}

/// The list that has a key of the root.
pub(super) fn list_of(key: &str) -> Option<ListId> {
    key.strip_prefix(key::LIST)?.parse().ok()
}

fn at<E: Nested>(reader: &Reader<'_>, collection: &str, id: &str) -> Option<E> {
    reader.entity(&reader.find(&[collection, id])?)
}

fn in_order(id: EpisodeId, episode: Episode) -> Episode {
    let mut alone = Show::default();
    alone.episodes.insert(id, Arc::new(episode));
    let put_right = put_right(alone).episodes.remove(&id);
    put_right.map(Arc::unwrap_or_clone).unwrap_or_default()
}

/// The changes that turn what `was` into what is `now`, leaving aside what is inside it.
fn push<E: Entity>(was: Option<&E>, now: Option<E>, mut edit: impl FnMut(Change<E>)) {
    match (was, now) {
        (None, None) => {}
        (None, Some(now)) => edit(Change::Insert(Box::new(now))),
        (Some(_), None) => edit(Change::Remove),
        (Some(was), Some(now)) => was
            .differences(&now)
            .into_iter()
            .map(Change::Set)
            .for_each(edit),
    }
}

fn cuts(episode: EpisodeId, was: &Episode, now: &Episode, edits: &mut Vec<Edit>) {
    let at = |cut| CutAt { episode, cut };
    each(&was.cuts, &now.cuts, |id, change| {
        edits.push(Edit::Cut(at(id), change));
    });
    for (id, now) in &now.cuts {
        if let Some(was) = was.cut(*id) {
            inside_cut(at(*id), was, now, edits);
        }
    }
}

fn inside_cut(at: CutAt, was: &Cut, now: &Cut, edits: &mut Vec<Edit>) {
    each(&was.scenes, &now.scenes, |id, c| {
        edits.push(Edit::Scene(at, id, c));
    });
    each(&was.markers, &now.markers, |id, c| {
        edits.push(Edit::Marker(at, id, c));
    });
    each(&was.slots, &now.slots, |id, c| {
        edits.push(Edit::Slot(at, id, c));
    });
    for (slot, now) in &now.slots {
        let slot: SlotId = *slot;
        if let Some(was) = was.slot(slot) {
            each(&was.alternates, &now.alternates, |id, c| {
                edits.push(Edit::Alternate(at, slot, id, c));
            });
        }
    }
}

fn each<K: Copy + Ord, E: Entity>(
    was: &Entities<K, E>,
    now: &Entities<K, E>,
    mut edit: impl FnMut(K, Change<E>),
) {
    for id in was.keys().filter(|id| !now.contains_key(*id)) {
        edit(*id, Change::Remove);
    }
    for (id, now) in now {
        let was = was.get(id).map(AsRef::as_ref);
        push(was, Some((**now).clone()), |change| edit(*id, change));
    }
}
