//! The document: a show as Automerge keeps it, with everybody's changes, so that two copies
//! changed apart come together again.
//!
//! The model is what the program works with; the document is what is saved. Every transaction of
//! the model becomes one change of the document ([`Document::commit`]), and what arrives from
//! other copies becomes a transaction of the model ([`Document::take_arrived`]).

mod arrived;
mod blocks;
mod clash;
mod json;
mod log;
mod read;
mod schema;
mod touched;
mod tree;
mod values;
mod write;

use std::collections::BTreeSet;
use std::collections::HashMap;

use automerge::Automerge;
use automerge::AutomergeError;
use automerge::ChangeHash;
use automerge::ROOT;
use automerge::ReadDoc;
use automerge::Value;
use automerge::hydrate;
use automerge::transaction::CommitOptions;
use automerge::transaction::Transactable;
use uuid::Uuid;

pub use self::clash::Clash;
pub use self::log::{LogEntry, Who};
pub use self::write::WriteError;

pub(super) use self::arrived::Arrived;
use self::read::Reader;
use self::schema::{SCHEMA, key};
use self::write::Writer;
use crate::model::Moment;
use crate::model::Show;
use crate::model::Transaction;
use crate::model::sweep;

/// One change as it travels between copies of a document.
pub(super) type SavedChange = automerge::Change;

/// Why bytes are not a show.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// They are not a whole document.
    #[error("the file is damaged")]
    Damaged(#[source] Option<Box<AutomergeError>>),
    /// They are a document of something else.
    #[error("the file is not a Needledrop show")]
    NotAShow,
}

/// Two documents that were not made as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the two shows were made apart and are not copies of one show")]
pub struct NotTheSameShow;

/// What came of taking over what another copy had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many changes were new.
    pub n_changes: usize,
    /// The fields that were set on both sides.
    pub clashes: Vec<Clash>,
}

/// A show as it is saved.
#[derive(Clone, Debug)]
pub struct Document {
    doc: Automerge,
    arrived: Arrived,
}

impl Document {
    /// A new document that holds `show`. No other document is a copy of it.
    #[expect(
        clippy::missing_panics_doc,
        reason = "an empty document takes any values"
    )]
    pub fn new(show: &Show, who: &Who, now: Moment) -> Self {
        let mut doc = Automerge::new().with_author(Some(who.to_author()));
        let mut root = match write::fresh(show) {
            hydrate::Value::Map(map) => map
                .iter()
                .map(|(key, value)| (key.clone(), value.value.clone()))
                .collect(),
            _ => HashMap::new(),
        };
        root.insert(key::SCHEMA.to_owned(), hydrate::Value::scalar(SCHEMA));
        let id = Uuid::new_v4().simple().to_string();
        root.insert(key::SHOW.to_owned(), hydrate::Value::scalar(id));
        let mut tx = doc.transaction();
        tx.init_root_from_hydrate(&root.into())
            .expect("an empty document takes any values");
        tx.commit_with(options("New show", now));
        blocks::cut_up(&mut doc);
        Self {
            doc,
            arrived: Arrived::default(),
        }
    }

    /// The document that was saved as `bytes`.
    ///
    /// # Errors
    ///
    /// Fails when the bytes are damaged or hold something else than a show. A show of a newer
    /// schema is read as far as it is understood; what is not understood stays in it.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        if bytes.is_empty() {
            return Err(LoadError::Damaged(None));
        }
        let doc =
            Automerge::load(bytes).map_err(|error| LoadError::Damaged(Some(Box::new(error))))?;
        let mut document = Self {
            doc,
            arrived: Arrived::default(),
        };
        if document.schema().is_none() || document.show_id().is_none() {
            return Err(LoadError::NotAShow);
        }
        blocks::cut_up(&mut document.doc);
        Ok(document)
    }

    /// From now on, changes are made in the name of `who`.
    pub fn set_who(&mut self, who: &Who) {
        self.doc.set_author(Some(who.to_author()));
    }

    /// The number of the schema it was made with.
    pub fn schema(&self) -> Option<i64> {
        match self.doc.get(ROOT, key::SCHEMA).ok()?? {
            (Value::Scalar(number), _) => number.as_i64(),
            _ => None,
        }
    }

    /// Whether it was made by a version that knows more than this one.
    pub fn is_newer(&self) -> bool {
        self.schema().is_some_and(|schema| SCHEMA < schema)
    }

    /// What all copies of the show have in common.
    pub(super) fn show_id(&self) -> Option<String> {
        match self.doc.get(ROOT, key::SHOW).ok()?? {
            (Value::Scalar(id), _) => id.as_str().map(str::to_owned),
            _ => None,
        }
    }

    /// The show it holds, in order: two changes that are each in order may not be in order
    /// together. The document keeps both; the show is put right.
    pub fn show(&self) -> Show {
        put_right(Reader(&self.doc).entity(&ROOT).unwrap_or_default())
    }

    /// Makes the edits of a transaction as one change that carries its label. Returns the change,
    /// or `None` when all was so already.
    ///
    /// # Errors
    ///
    /// If one of the edits does not fit, nothing has changed.
    pub fn commit(&mut self, transaction: &Transaction, now: Moment) -> Result<bool, WriteError> {
        Ok(self.commit_change(transaction, now)?.is_some())
    }

    pub(super) fn commit_change(
        &mut self,
        transaction: &Transaction,
        now: Moment,
    ) -> Result<Option<SavedChange>, WriteError> {
        let mut tx = self.doc.transaction();
        let mut writer = Writer {
            tx: &mut tx,
            brought_back: BTreeSet::new(),
        };
        for edit in &transaction.edits {
            if let Err(error) = writer.edit(edit) {
                tx.rollback();
                return Err(error);
            }
        }
        let brought_back = writer.brought_back;
        let (hash, _) = tx.commit_with(options(&transaction.label, now));
        for place in brought_back {
            self.arrived.touch(place.iter().map(String::as_str));
        }
        Ok(hash.and_then(|hash| self.doc.get_change_by_hash(&hash)))
    }

    /// All of it as bytes, compressed.
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// Takes over what `other` has and this does not.
    ///
    /// # Errors
    ///
    /// Fails, and changes nothing, when the two are not copies of one show.
    pub fn merge(&mut self, other: &Self) -> Result<Merged, NotTheSameShow> {
        let changes = self.missing_from(other)?;
        Ok(Merged {
            n_changes: changes.len(),
            clashes: self.receive(changes),
        })
    }

    /// The changes that `other` has and this does not.
    pub(super) fn missing_from(&self, other: &Self) -> Result<Vec<SavedChange>, NotTheSameShow> {
        if self.show_id() != other.show_id() {
            return Err(NotTheSameShow);
        }
        Ok(self.doc.get_changes_added(&other.doc))
    }

    /// Takes over changes of another copy. Returns the fields that were set on both sides.
    pub(super) fn receive(&mut self, mut changes: Vec<SavedChange>) -> Vec<Clash> {
        changes.retain(|change| !self.has(&change.hash()));
        self.absorb(changes.clone());
        let mut clashes = Vec::new();
        let mut arrived = touched::find(&self.doc, &changes, |thing| {
            clashes.extend(Clash::of(&self.doc, thing));
        });
        let hashes = changes.iter().map(SavedChange::hash);
        arrived.log = hashes.filter_map(|hash| self.log_entry(&hash)).collect();
        arrived.changes = changes;
        self.arrived.extend(arrived);
        clashes
    }

    /// What has been received since the last call, for another copy that is kept up to date with
    /// this one.
    pub(super) fn pass_on_arrived(&mut self) -> Arrived {
        std::mem::take(&mut self.arrived)
    }

    /// Takes over what a copy that is kept up to date with this one has received.
    pub(super) fn take_over(&mut self, mut arrived: Arrived) {
        self.absorb(std::mem::take(&mut arrived.changes));
        self.arrived.extend(arrived);
    }

    /// Takes over changes without noting what they touch.
    pub(super) fn absorb(&mut self, changes: Vec<SavedChange>) {
        let n_values = changes.iter().map(SavedChange::len).sum();
        if let Err(error) = self.doc.apply_changes(changes) {
            tracing::warn!(%error, "changes of another copy were refused");
        }
        if blocks::are_made_of(n_values) {
            blocks::cut_up(&mut self.doc);
        }
    }

    /// Takes over changes as a journal holds them, as far as they are whole. Returns how many of
    /// them were new.
    pub(super) fn receive_bytes(&mut self, bytes: &[u8]) -> usize {
        let n_before = self.doc.stats().num_changes;
        if let Err(error) = self.doc.load_incremental(bytes) {
            tracing::warn!(%error, "a recovery journal was refused");
        }
        let n_new = self.doc.stats().num_changes.saturating_sub(n_before);
        usize::try_from(n_new).unwrap_or(usize::MAX)
    }

    /// Every change that was ever made to the show, causes before effects.
    pub fn log(&self) -> Vec<LogEntry> {
        let changes = self.doc.get_changes_meta(&[]);
        changes.iter().map(|change| self.entry_of(change)).collect()
    }

    fn log_entry(&self, hash: &ChangeHash) -> Option<LogEntry> {
        let change = self.doc.get_change_meta_by_hash(hash)?;
        Some(self.entry_of(&change))
    }

    fn entry_of(&self, change: &automerge::ChangeMetadata<'_>) -> LogEntry {
        let author = self.doc.get_author_for_actor(&change.actor);
        LogEntry::of(change, author.as_ref())
    }

    /// Whether it has the change.
    pub(super) fn has(&self, change: &ChangeHash) -> bool {
        self.doc.get_change_meta_by_hash(change).is_some()
    }

    /// The newest changes: two copies with the same heads are the same.
    pub(super) fn heads(&self) -> Vec<ChangeHash> {
        let mut heads = self.doc.get_heads();
        heads.sort_unstable();
        heads
    }
}

/// `show`, with nothing in it that [`sweep`] finds wrong.
fn put_right(mut show: Show) -> Show {
    for violation in sweep(&show) {
        if let Err(error) = show.apply(violation.repair) {
            tracing::error!(%error, what = violation.what, "a repair does not fit");
        }
    }
    show
}

/// Automerge counts the time of a change in seconds.
fn options(label: &str, now: Moment) -> CommitOptions {
    CommitOptions::default()
        .with_message(label)
        .with_time(now.unix_millis().div_euclid(1000))
}

#[cfg(test)]
mod tests;
