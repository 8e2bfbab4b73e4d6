//! The `journal` thread: it puts every change into the recovery journal as soon as it was made,
//! however long the save thread has to wait for a slow or absent disk.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::thread::JoinHandle;

use super::document::SavedChange;
use super::journal::Journal;
use super::saver::Wake;

#[derive(Debug, Default)]
struct Queue {
    bytes: Vec<u8>,
    /// How many changes were ever handed over.
    n_handed: u64,
    is_closed: bool,
}

#[derive(Debug)]
#[expect(
    clippy::struct_field_names,
    reason = "what is kept is counted among other counts"
)]
struct Kept {
    journal: Journal,
    /// Changes that could not be put into it; the next take them along.
    unkept: Vec<u8>,
    /// How many of the changes handed over have been put into it, or could not be.
    n_tried: u64,
    /// How many of them are on disk, in the journal or, since, in the show's file.
    n_kept: u64,
    /// How many of them are in the show's file.
    n_saved: u64,
}

#[derive(Debug)]
struct Shared {
    queue: Mutex<Queue>,
    handed: Condvar,
    kept: Mutex<Kept>,
}

/// Whoever hands changes over, and says what is in the show's file.
#[derive(Clone, Debug)]
pub(super) struct Keeper(Arc<Shared>);

impl Keeper {
    /// Starts the thread, which ends when the keeper is closed.
    pub(super) fn start(journal: Journal, wake: Wake) -> io::Result<(Self, JoinHandle<()>)> {
        let keeper = Self(Arc::new(Shared {
            queue: Mutex::default(),
            handed: Condvar::new(),
            kept: Mutex::new(Kept {
                journal,
                unkept: Vec::new(),
                n_tried: 0,
                n_kept: 0,
                n_saved: 0,
            }),
        }));
        let at_work = keeper.clone();
        let thread = thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || while at_work.keep_next(&wake) {})?;
        Ok((keeper, thread))
    }

    /// Hands a change over.
    pub(super) fn keep(&self, change: &SavedChange) {
        let mut queue = lock(&self.0.queue);
        queue.bytes.extend_from_slice(change.raw_bytes());
        queue.n_handed += 1;
        self.0.handed.notify_one();
    }

    /// The first `n` changes handed over are in the show's file.
    pub(super) fn saved(&self, n: u64) {
        let mut kept = lock(&self.0.kept);
        kept.n_saved = kept.n_saved.max(n);
        if kept.n_tried <= n {
            kept.n_kept = n;
            kept.unkept.clear();
            if let Err(error) = kept.journal.clear() {
                tracing::warn!(%error, "the recovery journal could not be cleared");
            }
        }
    }

    /// How many of the changes handed over are on disk.
    pub(super) fn n_kept(&self) -> u64 {
        lock(&self.0.kept).n_kept
    }

    /// Lets the thread end once everything is kept.
    pub(super) fn close(&self) {
        lock(&self.0.queue).is_closed = true;
        self.0.handed.notify_one();
    }

    /// Waits for changes and keeps them. Whether there may be more.
    fn keep_next(&self, wake: &Wake) -> bool {
        let queue = lock(&self.0.queue);
        let is_idle = |queue: &mut Queue| queue.bytes.is_empty() && !queue.is_closed;
        let waited = self.0.handed.wait_while(queue, is_idle);
        let mut queue = waited.unwrap_or_else(PoisonError::into_inner);
        let bytes = std::mem::take(&mut queue.bytes);
        let (n_handed, is_closed) = (queue.n_handed, queue.is_closed);
        drop(queue);
        if !bytes.is_empty() {
            self.append(&bytes, n_handed);
            wake();
        }
        !is_closed
    }

    fn append(&self, bytes: &[u8], n_handed: u64) {
        let mut kept = lock(&self.0.kept);
        if n_handed <= kept.n_saved {
            return;
        }
        kept.n_tried = n_handed;
        let mut changes = std::mem::take(&mut kept.unkept);
        changes.extend_from_slice(bytes);
        match kept.journal.append(&changes) {
            Ok(()) => kept.n_kept = n_handed,
            Err(error) => {
                tracing::warn!(%error, "the recovery journal could not be written");
                kept.unkept = changes;
            }
        }
    }
}

/// A lock that is poisoned still holds what was put there.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc;

    use super::*;
    use crate::model::Edit;
    use crate::model::Moment;
    use crate::model::Show;
    use crate::model::ShowField;
    use crate::model::Transaction;
    use crate::storage::document::{Document, Who};
    use crate::storage::journal::LeftJournal;

    struct Desk {
        folder: tempfile::TempDir,
        keeper: Keeper,
        thread: JoinHandle<()>,
        woken: mpsc::Receiver<()>,
    }

    impl Desk {
        fn new(journals: &str) -> Self {
            let folder = tempfile::tempdir().expect("there is a temporary folder");
            let journal = Journal::new(&folder.path().join(journals), "key", "show");
            let (wake, woken) = mpsc::channel();
            let wake = Arc::new(move || wake.send(()).unwrap_or_default());
            let (keeper, thread) = Keeper::start(journal, wake).expect("there are threads");
            Self {
                folder,
                keeper,
                thread,
                woken,
            }
        }

        fn keep(&self, change: &SavedChange) {
            self.keeper.keep(change);
            self.woken.recv().expect("the thread lives");
        }

        /// Ends the thread and returns what a next session finds.
        fn end(self) -> Vec<Vec<u8>> {
            self.keeper.close();
            self.thread.join().expect("it ends");
            drop(self.keeper);
            left(&self.folder.path().join("journals"))
        }
    }

    fn left(folder: &Path) -> Vec<Vec<u8>> {
        let found = LeftJournal::find(folder, "key", "show");
        found.into_iter().map(|journal| journal.changes).collect()
    }

    fn changes() -> [SavedChange; 2] {
        let at = Moment::default();
        let mut document = Document::new(&Show::new("Promise"), &Who::default(), at);
        ["first", "second"].map(|title| {
            let edit = Edit::Show(ShowField::Title(title.to_owned()));
            let change = document.commit_change(&Transaction::new("Rename", vec![edit]), at);
            change.expect("it fits").expect("it changes the title")
        })
    }

    #[test]
    fn a_change_that_is_not_in_the_file_is_found_by_the_next_session() {
        let [first, second] = changes();
        let desk = Desk::new("journals");
        desk.keep(&first);
        desk.keep(&second);
        assert_eq!(desk.keeper.n_kept(), 2);
        desk.keeper.saved(1);
        let both = [first.raw_bytes(), second.raw_bytes()].concat();
        assert_eq!(desk.end(), [both]);
    }

    #[test]
    fn nothing_is_left_when_all_is_in_the_file() {
        let [first, second] = changes();
        let desk = Desk::new("journals");
        desk.keep(&first);
        desk.keeper.saved(2);
        desk.keep(&second);
        assert_eq!(desk.keeper.n_kept(), 2);
        assert_eq!(desk.end(), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn what_could_not_be_kept_is_kept_with_the_next_change() {
        let [first, second] = changes();
        let desk = Desk::new("journals");
        let journals = desk.folder.path().join("journals");
        std::fs::write(&journals, b"a file in its place").expect("it can be written to");
        desk.keep(&first);
        assert_eq!(desk.keeper.n_kept(), 0);
        std::fs::remove_file(&journals).expect("it is there");
        desk.keep(&second);
        assert_eq!(desk.keeper.n_kept(), 2);
        let both = [first.raw_bytes(), second.raw_bytes()].concat();
        assert_eq!(desk.end(), [both]);
    }
}
