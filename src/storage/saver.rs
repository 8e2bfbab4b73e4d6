//! The `save` thread: it takes changes as they are made and brings document and file together when
//! told to, or when another program has changed the file.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::thread::JoinHandle;
use std::time::Duration;

use super::disk::{Disk, SaveError, Synced};
use super::document::{Arrived, SavedChange};
use super::keeper::Keeper;

/// Called when there is something new to be taken from the thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Whether the thread looks by itself whether others have changed the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// It looks as often as this.
    Every(Duration),
    /// It only looks when saving.
    Never,
}

/// What has come of saving since it was last asked.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// What others had changed.
    pub(super) arrived: Arrived,
    /// How often document and file were brought together, or why it failed the last time.
    pub(super) saved: Option<Result<(), SaveError>>,
    /// Where something was put that lay in place of the show's file.
    pub(super) kept_aside: Option<PathBuf>,
    /// How many of the changes handed over so far are in the show's file.
    pub(super) n_saved: u64,
}

/// What the thread is to do. One of each at most: what is asked twice is done once, with the
/// newest state, so nothing piles up while a disk is slow.
#[derive(Debug, Default)]
struct Orders {
    changes: Vec<SavedChange>,
    save: bool,
    close: bool,
}

#[derive(Debug, Default)]
struct Shared {
    orders: Mutex<Orders>,
    ordered: Condvar,
    outcome: Mutex<Outcome>,
}

/// The window's side of the thread. Dropping it waits for everything to be saved.
pub(super) struct Saver {
    shared: Arc<Shared>,
    keeper: Keeper,
    threads: Vec<JoinHandle<()>>,
}

impl Saver {
    /// Starts the thread, and the one that keeps the journal.
    pub(super) fn start(disk: Disk, watch: Watch, wake: Wake) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (keeper, journal) = Keeper::start(disk.journal(), wake.clone())?;
        let (theirs, their_keeper) = (Arc::clone(&shared), keeper.clone());
        let save = thread::Builder::new()
            .name("save".to_owned())
            .spawn(move || run(disk, &theirs, &their_keeper, watch, &wake))?;
        Ok(Self {
            shared,
            keeper,
            threads: vec![save, journal],
        })
    }

    /// Hands a change over. It is in the journal within moments, and saved when that is asked for.
    pub(super) fn take(&self, change: SavedChange) {
        self.keeper.keep(&change);
        lock(&self.shared.orders).changes.push(change);
        self.shared.ordered.notify_one();
    }

    /// How many of the changes handed over so far are on disk, in the journal or in the file.
    pub(super) fn n_kept(&self) -> u64 {
        self.keeper.n_kept()
    }

    /// Asks for document and file to be brought together.
    pub(super) fn save(&self) {
        lock(&self.shared.orders).save = true;
        self.shared.ordered.notify_one();
    }

    /// What has come of it since the last call.
    pub(super) fn take_outcome(&self) -> Outcome {
        let mut outcome = lock(&self.shared.outcome);
        let n_saved = outcome.n_saved;
        let told = std::mem::take(&mut *outcome);
        outcome.n_saved = n_saved;
        told
    }

    /// Saves what is not saved and ends the threads.
    pub(super) fn close(&mut self) -> Outcome {
        lock(&self.shared.orders).close = true;
        self.shared.ordered.notify_one();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the show's file has failed");
            }
            // The journal is closed once it is known what was saved.
            self.keeper.close();
        }
        self.take_outcome()
    }
}

impl Drop for Saver {
    fn drop(&mut self) {
        if !self.threads.is_empty() {
            self.close();
        }
    }
}

/// A lock that is poisoned still holds what was put there.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run(mut disk: Disk, shared: &Shared, keeper: &Keeper, watch: Watch, wake: &Wake) {
    disk.settle();
    let mut n_taken = 0;
    loop {
        let orders = next_orders(shared, watch);
        if !orders.changes.is_empty() {
            n_taken += orders.changes.len() as u64;
            disk.take(orders.changes);
        }
        let is_wanted = orders.save || orders.close && !disk.is_saved();
        if is_wanted || disk.is_changed_by_others() {
            let mut result = disk.sync();
            if orders.close && matches!(result, Err(SaveError::Foreign { .. })) {
                result = disk.sync();
            }
            if result.is_ok() {
                keeper.saved(n_taken);
            }
            tell(shared, result, n_taken);
            wake();
        }
        if orders.close {
            return;
        }
    }
}

/// Waits until there is something to do, or until it is time to look at the file.
fn next_orders(shared: &Shared, watch: Watch) -> Orders {
    let nothing_to_do =
        |orders: &mut Orders| orders.changes.is_empty() && !orders.save && !orders.close;
    let orders = lock(&shared.orders);
    let mut orders = match watch {
        Watch::Every(interval) => {
            let waited = shared
                .ordered
                .wait_timeout_while(orders, interval, nothing_to_do);
            waited.unwrap_or_else(PoisonError::into_inner).0
        }
        Watch::Never => {
            let waited = shared.ordered.wait_while(orders, nothing_to_do);
            waited.unwrap_or_else(PoisonError::into_inner)
        }
    };
    std::mem::take(&mut *orders)
}

fn tell(shared: &Shared, result: Result<Synced, SaveError>, n_taken: u64) {
    let mut outcome = lock(&shared.outcome);
    outcome.saved = Some(match result {
        Ok(synced) => {
            outcome.arrived.extend(synced.arrived);
            outcome.n_saved = n_taken;
            outcome.kept_aside = synced.kept_aside.or(outcome.kept_aside.take());
            Ok(())
        }
        Err(error) => Err(error),
    });
}
