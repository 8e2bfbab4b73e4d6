//! A gate that workers pass again and again while they work: it decides how many of them go on, so
//! that what was begun can wait where it is, and go on from there.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use super::board::Priority;

/// How often who waits looks whether it has been cancelled.
const LOOKED_EVERY: Duration = Duration::from_millis(50);

/// How much may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// So many workers at a time.
    pub most: usize,
    /// Whether what nobody waits for ([`Priority::Idle`]) stands still.
    pub is_idle_held: bool,
}

/// The gate.
#[derive(Debug)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    flow: Flow,
    /// Who has passed and works, and who of others than idle ones waits to.
    n_working: usize,
    n_idle_working: usize,
    n_urgent_waiting: usize,
}

impl State {
    /// Whether somebody may begin, or go on after a wait.
    fn lets_in(&self, is_idle: bool) -> bool {
        let is_held = is_idle && (self.flow.is_idle_held || self.n_urgent_waiting > 0);
        !is_held && self.n_working < self.flow.most
    }

    /// Whether somebody who works may go on.
    fn lets_on(&self, is_idle: bool) -> bool {
        if is_idle {
            let is_room_wanted = self.n_urgent_waiting > 0 && self.n_working >= self.flow.most;
            !self.flow.is_idle_held && !is_room_wanted && self.n_working <= self.flow.most
        } else {
            // The idle ones are the first to make room.
            self.n_working <= self.flow.most || self.n_idle_working > 0
        }
    }

    fn enter(&mut self, is_idle: bool) {
        self.n_working += 1;
        self.n_idle_working += usize::from(is_idle);
    }

    fn leave(&mut self, is_idle: bool) {
        self.n_working -= 1;
        self.n_idle_working -= usize::from(is_idle);
    }
}

impl Gate {
    /// A gate.
    pub fn new(flow: Flow) -> Self {
        Self {
            state: Mutex::new(State {
                flow,
                n_working: 0,
                n_idle_working: 0,
                n_urgent_waiting: 0,
            }),
            changed: Condvar::new(),
        }
    }

    /// Changes how much may go on.
    pub fn set(&self, flow: Flow) {
        let mut state = self.lock();
        if state.flow != flow {
            state.flow = flow;
            drop(state);
            self.changed.notify_all();
        }
    }

    /// A pass for work of this priority, which has not begun.
    pub fn pass(self: &Arc<Self>, priority: Priority) -> Pass {
        Pass {
            gate: Arc::clone(self),
            is_idle: priority == Priority::Idle,
            is_working: false,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the state, so a poisoned one is sound.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One worker's way through the gate. Dropped when its work is done.
#[derive(Debug)]
pub struct Pass {
    gate: Arc<Gate>,
    is_idle: bool,
    is_working: bool,
}

impl Pass {
    /// Waits until this work may begin, or go on; to be asked at least every 50 ms while working.
    /// Breaks as soon as `is_cancelled`.
    pub fn wait(&mut self, is_cancelled: impl Fn() -> bool) -> ControlFlow<()> {
        if is_cancelled() {
            return ControlFlow::Break(());
        }
        let mut state = self.gate.lock();
        if self.is_working {
            if state.lets_on(self.is_idle) {
                return ControlFlow::Continue(());
            }
            state.leave(self.is_idle);
            self.is_working = false;
            self.gate.changed.notify_all();
        }
        let n_waiting = usize::from(!self.is_idle);
        state.n_urgent_waiting += n_waiting;
        while !state.lets_in(self.is_idle) && !is_cancelled() {
            let waited = self.gate.changed.wait_timeout(state, LOOKED_EVERY);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.n_urgent_waiting -= n_waiting;
        if is_cancelled() {
            drop(state);
            self.gate.changed.notify_all();
            return ControlFlow::Break(());
        }
        state.enter(self.is_idle);
        self.is_working = true;
        ControlFlow::Continue(())
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if self.is_working {
            self.gate.lock().leave(self.is_idle);
            self.gate.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;
    use std::sync::atomic::Ordering;
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    fn gate(most: usize) -> Arc<Gate> {
        Arc::new(Gate::new(Flow {
            most,
            is_idle_held: false,
        }))
    }

    /// Asks on a thread of its own, and tells when it was let on.
    fn ask(mut pass: Pass) -> mpsc::Receiver<Pass> {
        let (told, tell) = mpsc::channel();
        thread::spawn(move || {
            if pass.wait(|| false).is_continue() {
                // Nobody listens any more when a test has failed.
                drop(told.send(pass));
            }
        });
        tell
    }

    #[test]
    fn no_more_than_so_many_work_at_a_time() {
        let gate = gate(1);
        let mut first = gate.pass(Priority::Idle);
        assert!(first.wait(|| false).is_continue());
        let second = ask(gate.pass(Priority::Idle));
        assert!(second.try_recv().is_err());
        drop(first);
        second.recv().expect("there is room now");
    }

    #[test]
    fn what_nobody_waits_for_makes_room_for_what_somebody_does() {
        let gate = gate(1);
        let mut idle = gate.pass(Priority::Idle);
        assert!(idle.wait(|| false).is_continue());
        let seen = ask(gate.pass(Priority::Visible));
        // The next time it passes it waits until the other is done.
        let (done, when_done) = mpsc::channel();
        thread::spawn(move || {
            while gate_is_free(&idle) {
                thread::yield_now();
            }
            let went_on = idle.wait(|| false).is_continue();
            done.send(went_on).expect("the test waits");
        });
        let seen = seen.recv().expect("it is let in before");
        assert!(when_done.try_recv().is_err());
        drop(seen);
        let went_on = when_done.recv().expect("it goes on");
        assert!(went_on);
    }

    /// Whether nobody waits for what this one has.
    fn gate_is_free(pass: &Pass) -> bool {
        pass.gate.lock().n_urgent_waiting == 0
    }

    #[test]
    fn what_is_held_stands_still_until_it_is_let_go() {
        let gate = gate(2);
        let mut idle = gate.pass(Priority::Idle);
        assert!(idle.wait(|| false).is_continue());
        gate.set(Flow {
            most: 2,
            is_idle_held: true,
        });
        let idle = ask(idle);
        let mut seen = gate.pass(Priority::Visible);
        assert!(seen.wait(|| false).is_continue());
        assert!(idle.try_recv().is_err());
        gate.set(Flow {
            most: 2,
            is_idle_held: false,
        });
        idle.recv().expect("it goes on");
    }

    #[test]
    fn who_waits_and_is_cancelled_waits_no_longer() {
        let gate = gate(1);
        let mut first = gate.pass(Priority::Visible);
        assert!(first.wait(|| false).is_continue());
        let is_cancelled = Arc::new(AtomicBool::new(false));
        let mut second = gate.pass(Priority::Visible);
        let asked = Arc::clone(&is_cancelled);
        let waiting = thread::spawn(move || second.wait(|| asked.load(Ordering::Relaxed)));
        is_cancelled.store(true, Ordering::Relaxed);
        assert!(waiting.join().expect("it ends").is_break());
    }
}
