//! The board: jobs are pinned to it, workers take the most urgent, results come back in order of
//! completion.
//!
//! Results travel through a bounded channel: a worker whose results are not taken waits, so a
//! window that is busy is never flooded. A job that panics is a job that failed; it takes nothing
//! else with it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::SyncSender;
use std::sync::mpsc::sync_channel;
use std::thread::JoinHandle;

use super::progress::{Counts, JobId, JobStatus, Meter};

/// How many results may wait to be taken.
const MAX_WAITING: usize = 256;

/// Into how many parts progress is counted that is told as a share.
const SHARES: u64 = 100;

/// Asks whoever takes the results to come and look.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What is done first when there is a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Whenever there is nothing else: measuring what nobody looks at.
    Idle,
    /// Ordinary work: imports and exports.
    Normal,
    /// Somebody looks at the place where the result belongs.
    Visible,
    /// Somebody waits with a finger on the key: searching.
    Urgent,
}

/// Who does the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workers {
    /// So many threads.
    Threads(usize),
    /// Whoever asks for it, before [`Jobs::start`] returns: for tests and the command line.
    Caller,
}

/// What a job sees of the board while it runs.
pub struct Work<'a, T> {
    meter: &'a Meter,
    send: &'a mut dyn FnMut(T),
}

impl<T> Work<'_, T> {
    /// Hands a result over. Waits while too many have not been taken.
    pub fn send(&mut self, result: T) {
        (self.send)(result);
    }

    /// Counts what has been found, done or has failed since the last call.
    pub fn count(&self, counts: Counts) {
        self.meter.add(counts);
    }

    /// Whether the job should end early; to be asked at least every 50 ms.
    pub fn is_cancelled(&self) -> bool {
        self.meter.is_cancelled()
    }

    /// The same, for what asks whether to go on.
    pub fn go_on(&self) -> ControlFlow<()> {
        if self.is_cancelled() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// The same for what tells which share of it is done, from 0 to 1: the share is counted in
    /// hundredths.
    pub fn shares(&self) -> impl FnMut(f32) -> ControlFlow<()> {
        let mut n_told = 0;
        move |share| {
            let n_done = (share.clamp(0.0, 1.0) * SHARES as f32) as u64;
            if n_told < n_done {
                self.count(Counts {
                    found: if n_told == 0 { SHARES } else { 0 },
                    done: n_done - n_told,
                    failed: 0,
                });
                n_told = n_done;
            }
            self.go_on()
        }
    }
}

type Task<T> = Box<dyn FnOnce(&mut Work<'_, T>) + Send>;

struct Pinned<T> {
    rank: (Priority, Reverse<u64>),
    meter: Arc<Meter>,
    task: Task<T>,
}

impl<T> PartialEq for Pinned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.rank == other.rank
    }
}

impl<T> Eq for Pinned<T> {}

impl<T> PartialOrd for Pinned<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Pinned<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank)
    }
}

enum Message<T> {
    Result(T),
    Ended(JobId),
}

struct Board<T> {
    pinned: Mutex<Queue<T>>,
    changed: Condvar,
}

struct Queue<T> {
    waiting: BinaryHeap<Pinned<T>>,
    is_closing: bool,
}

/// The board with its workers. `T` is whatever results the jobs of this board have.
pub struct Jobs<T> {
    board: Arc<Board<T>>,
    threads: Vec<JoinHandle<()>>,
    // Gone only while the board is being dropped.
    results: Option<Receiver<Message<T>>>,
    sender: SyncSender<Message<T>>,
    /// What the caller's own jobs left, when there are no threads.
    own_results: std::collections::VecDeque<T>,
    running: Vec<(JobId, String, Arc<Meter>)>,
    wake: Wake,
}

/// The number of the next job, on whichever board.
static NEXT: AtomicU64 = AtomicU64::new(1);

impl<T: Send + 'static> Jobs<T> {
    /// A board. `wake` is called whenever there is something new to take.
    pub fn new(workers: Workers, wake: Wake) -> Self {
        Self::named("job", workers, wake)
    }

    /// A board whose threads have a name of their own.
    pub fn named(name: &str, workers: Workers, wake: Wake) -> Self {
        let (sender, results) = sync_channel(MAX_WAITING);
        let board = Arc::new(Board {
            pinned: Mutex::new(Queue {
                waiting: BinaryHeap::new(),
                is_closing: false,
            }),
            changed: Condvar::new(),
        });
        let n_threads = match workers {
            Workers::Threads(n) => n.max(1),
            Workers::Caller => 0,
        };
        let threads = (1..=n_threads)
            .filter_map(|n| {
                let board = Arc::clone(&board);
                let sender = sender.clone();
                let wake = Arc::clone(&wake);
                std::thread::Builder::new()
                    .name(format!("{name}-{n}"))
                    .spawn(move || work(&board, &sender, &wake))
                    .inspect_err(|error| tracing::error!("no thread for background work: {error}"))
                    .ok()
            })
            .collect();
        Self {
            board,
            threads,
            results: Some(results),
            sender,
            own_results: std::collections::VecDeque::new(),
            running: Vec::new(),
            wake,
        }
    }

    /// Pins a job to the board. An empty label keeps it off the list that the window shows.
    pub fn start(
        &mut self,
        priority: Priority,
        label: impl Into<String>,
        task: impl FnOnce(&mut Work<'_, T>) + Send + 'static,
    ) -> JobId {
        let id = JobId(NEXT.fetch_add(1, Ordering::Relaxed));
        let meter = Arc::new(Meter::default());
        if self.threads.is_empty() {
            let own = &mut self.own_results;
            let mut send = |result| own.push_back(result);
            task(&mut Work {
                meter: &meter,
                send: &mut send,
            });
            return id;
        }
        self.running.push((id, label.into(), Arc::clone(&meter)));
        let sender = self.sender.clone();
        let wake = Arc::clone(&self.wake);
        let pinned = Pinned {
            rank: (priority, Reverse(id.0)),
            meter,
            task: Box::new(move |work| {
                let outcome = catch_unwind(AssertUnwindSafe(|| task(work)));
                if outcome.is_err() {
                    tracing::error!("a background job failed unexpectedly");
                }
                // The receiver is only gone when the program is ending.
                drop(sender.send(Message::Ended(id)));
                wake();
            }),
        };
        self.lock().waiting.push(pinned);
        self.board.changed.notify_one();
        id
    }

    /// Asks a job to stop; one that has not begun ends at once.
    pub fn cancel(&mut self, id: JobId) {
        for (running, _, meter) in &self.running {
            if *running == id {
                meter.cancel();
            }
        }
    }

    /// The next result, if one is there.
    pub fn take(&mut self) -> Option<T> {
        if let Some(result) = self.own_results.pop_front() {
            return Some(result);
        }
        loop {
            match self.results.as_ref()?.try_recv() {
                Ok(Message::Result(result)) => return Some(result),
                Ok(Message::Ended(id)) => self.running.retain(|(running, ..)| *running != id),
                Err(_nothing_there) => return None,
            }
        }
    }

    /// The next result, waiting for it while any job runs: for the command line.
    pub fn wait(&mut self) -> Option<T> {
        loop {
            if let Some(result) = self.take() {
                return Some(result);
            }
            if self.running.is_empty() {
                return None;
            }
            match self.results.as_ref()?.recv() {
                Ok(Message::Result(result)) => return Some(result),
                Ok(Message::Ended(id)) => self.running.retain(|(running, ..)| *running != id),
                Err(_all_gone) => return None,
            }
        }
    }

    /// The jobs that run or wait and have a label.
    pub fn statuses(&self) -> Vec<JobStatus> {
        let shown = self
            .running
            .iter()
            .filter(|(_, label, _)| !label.is_empty());
        shown
            .map(|(id, label, meter)| JobStatus {
                id: *id,
                label: label.clone(),
                counts: meter.counts(),
                is_cancelled: meter.is_cancelled(),
            })
            .collect()
    }

    /// Whether a job runs or waits, as far as its end was taken.
    pub fn is_running(&self, id: JobId) -> bool {
        self.running.iter().any(|(running, ..)| *running == id)
    }

    /// Whether any job runs or waits.
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Queue<T>> {
        lock(&self.board)
    }
}

fn lock<T>(board: &Board<T>) -> std::sync::MutexGuard<'_, Queue<T>> {
    // Nothing panics while it holds the queue, so a poisoned queue is a sound one.
    board.pinned.lock().unwrap_or_else(PoisonError::into_inner)
}

fn work<T: Send + 'static>(board: &Board<T>, sender: &SyncSender<Message<T>>, wake: &Wake) {
    loop {
        let mut queue = lock(board);
        let pinned = loop {
            if queue.is_closing {
                return;
            }
            match queue.waiting.pop() {
                Some(pinned) => break pinned,
                None => {
                    queue = board
                        .changed
                        .wait(queue)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        };
        drop(queue);
        let mut send = |result| {
            // The receiver is only gone when the program is ending.
            drop(sender.send(Message::Result(result)));
            wake();
        };
        (pinned.task)(&mut Work {
            meter: &pinned.meter,
            send: &mut send,
        });
    }
}

impl<T> Drop for Jobs<T> {
    fn drop(&mut self) {
        for (_, _, meter) in &self.running {
            meter.cancel();
        }
        let mut queue = lock(&self.board);
        queue.is_closing = true;
        queue.waiting.clear();
        drop(queue);
        self.board.changed.notify_all();
        // A worker that waits for room in the channel is let go by the receiver's end.
        self.results = None;
        for thread in self.threads.drain(..) {
            // A worker that panicked has ended too, which is all that matters here.
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(workers: Workers) -> Jobs<u32> {
        Jobs::new(workers, Arc::new(|| {}))
    }

    #[test]
    fn results_arrive_and_the_board_is_empty_afterwards() {
        let mut jobs = board(Workers::Threads(2));
        for n in 0..20 {
            jobs.start(Priority::Normal, "count", move |work| work.send(n));
        }
        let mut got: Vec<u32> = std::iter::from_fn(|| jobs.wait()).collect();
        got.sort_unstable();
        assert_eq!(got, (0..20).collect::<Vec<_>>());
        assert!(!jobs.is_busy());
    }

    #[test]
    fn the_caller_does_the_work_when_there_are_no_threads() {
        let mut jobs = board(Workers::Caller);
        jobs.start(Priority::Idle, "", |work| work.send(7));
        assert_eq!(jobs.take(), Some(7));
    }

    #[test]
    fn a_job_that_panics_takes_nothing_with_it() {
        let mut jobs = board(Workers::Threads(1));
        jobs.start(Priority::Normal, "bad", |_| {
            std::panic::panic_any("on purpose")
        });
        jobs.start(Priority::Normal, "good", |work| work.send(1));
        assert_eq!(jobs.wait(), Some(1));
    }

    #[test]
    fn what_is_urgent_is_done_before_what_waited_longer() {
        let mut jobs = board(Workers::Threads(1));
        let (gate, is_open) = sync_channel::<()>(0);
        jobs.start(Priority::Normal, "first", move |_| {
            assert!(is_open.recv().is_err(), "nothing is ever sent");
        });
        jobs.start(Priority::Idle, "idle", |work| work.send(2));
        jobs.start(Priority::Urgent, "urgent", |work| work.send(1));
        drop(gate);
        assert_eq!((jobs.wait(), jobs.wait()), (Some(1), Some(2)));
    }

    #[test]
    fn a_share_that_is_done_is_counted_in_hundredths() {
        let meter = Meter::default();
        let work = Work::<u32> {
            meter: &meter,
            send: &mut |_| {},
        };
        let mut tell = work.shares();
        for share in [0.0, 0.004, 0.25, 0.2, 0.5, 7.0] {
            assert!(tell(share).is_continue());
        }
        let all = Counts {
            found: 100,
            done: 100,
            failed: 0,
        };
        assert_eq!(meter.counts(), all);
    }

    #[test]
    fn a_full_channel_does_not_keep_the_program_from_ending() {
        let mut jobs = board(Workers::Threads(1));
        jobs.start(Priority::Normal, "flood", |work| {
            for n in 0..10_000 {
                work.send(n);
            }
        });
        drop(jobs);
    }
}
