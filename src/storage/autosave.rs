//! When to save: a rule without a clock of its own.
//!
//! What was edited is in the recovery journal at once (see [`journal`](super::journal)); this rule
//! says when the show's file itself is written.

use std::time::{Duration, Instant};

/// How long after the last edit the file is written.
pub const AFTER_LAST_EDIT: Duration = Duration::from_secs(2);
/// How long an edit waits at most while others keep following it.
pub const AT_LATEST: Duration = Duration::from_secs(10);
/// How long after a failure it is tried again the first time; then twice as long, and so on.
pub const FIRST_RETRY: Duration = Duration::from_secs(2);
/// How long it waits between tries at most.
pub const LAST_RETRY: Duration = Duration::from_secs(30);

/// Says when the file is to be written: [`AFTER_LAST_EDIT`], [`AT_LATEST`] after the first edit
/// that was not saved, and never inside a gesture.
#[derive(Clone, Debug, Default)]
pub struct Autosave {
    first_unsaved: Option<Instant>,
    last_edit: Option<Instant>,
    retry_at: Option<Instant>,
    n_failures: u32,
    is_saving: bool,
    n_gestures: u32,
}

impl Autosave {
    /// A rule that has nothing to save.
    pub fn new() -> Self {
        Self::default()
    }

    /// Something was edited.
    pub fn edited(&mut self, now: Instant) {
        self.first_unsaved.get_or_insert(now);
        self.last_edit = Some(now);
    }

    /// A gesture has begun: while the mouse is down, nothing is saved.
    pub fn begin_gesture(&mut self) {
        self.n_gestures += 1;
    }

    /// A gesture has ended.
    pub fn end_gesture(&mut self) {
        self.n_gestures = self.n_gestures.saturating_sub(1);
    }

    /// Whether something is not saved yet.
    pub fn is_unsaved(&self) -> bool {
        self.first_unsaved.is_some()
    }

    /// Whether the file is being written.
    pub fn is_saving(&self) -> bool {
        self.is_saving
    }

    /// When the file is to be written, if nothing else happens; `None` while there is nothing to
    /// write, while it is being written and inside a gesture.
    pub fn due_at(&self) -> Option<Instant> {
        if self.is_saving || 0 < self.n_gestures {
            return None;
        }
        let quiet = self.last_edit? + AFTER_LAST_EDIT;
        let due = quiet.min(self.first_unsaved? + AT_LATEST);
        Some(self.retry_at.map_or(due, |retry| retry.max(due)))
    }

    /// Whether the file is to be written now.
    pub fn is_due(&self, now: Instant) -> bool {
        self.due_at().is_some_and(|due| due <= now)
    }

    /// The file is being written with all edits so far.
    pub fn saving(&mut self) {
        self.is_saving = true;
        self.first_unsaved = None;
    }

    /// It was written.
    pub fn saved(&mut self) {
        self.is_saving = false;
        self.n_failures = 0;
        self.retry_at = None;
    }

    /// It could not be written: all of it is to be tried again after a while.
    pub fn failed(&mut self, now: Instant) {
        let wait = FIRST_RETRY * 2_u32.saturating_pow(self.n_failures.min(10));
        self.is_saving = false;
        self.n_failures += 1;
        self.retry_at = Some(now + wait.min(LAST_RETRY));
        self.first_unsaved.get_or_insert(now);
        self.last_edit.get_or_insert(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    #[test]
    fn nothing_is_due_while_nothing_was_edited() {
        assert_eq!(Autosave::new().due_at(), None);
    }

    #[test]
    fn the_file_is_written_two_seconds_after_the_last_edit() {
        let start = Instant::now();
        let mut autosave = Autosave::new();
        autosave.edited(start);
        autosave.edited(start + secs(1));
        assert!(!autosave.is_due(start + Duration::from_millis(2_999)));
        assert!(autosave.is_due(start + secs(3)));
    }

    #[test]
    fn the_file_is_written_ten_seconds_after_the_first_edit_at_the_latest() {
        let start = Instant::now();
        let mut autosave = Autosave::new();
        for second in 0..10 {
            assert!(!autosave.is_due(start + secs(second)));
            autosave.edited(start + secs(second));
        }
        assert!(autosave.is_due(start + secs(10)));
    }

    #[test]
    fn nothing_is_written_inside_a_gesture() {
        let start = Instant::now();
        let mut autosave = Autosave::new();
        autosave.edited(start);
        autosave.begin_gesture();
        assert!(!autosave.is_due(start + secs(60)));
        autosave.end_gesture();
        assert!(autosave.is_due(start + secs(60)));
    }

    #[test]
    fn an_edit_made_while_saving_is_saved_next() {
        let start = Instant::now();
        let mut autosave = Autosave::new();
        autosave.edited(start);
        autosave.saving();
        autosave.edited(start + secs(3));
        assert_eq!(autosave.due_at(), None, "one save at a time");
        autosave.saved();
        assert_eq!(autosave.due_at(), Some(start + secs(5)));
    }

    #[test]
    fn what_could_not_be_written_is_tried_again_less_and_less_often() {
        let start = Instant::now();
        let mut autosave = Autosave::new();
        autosave.edited(start);
        let mut waits = Vec::new();
        let mut now = start + secs(2);
        for _ in 0..6 {
            autosave.saving();
            autosave.failed(now);
            let due = autosave.due_at().expect("it is tried again");
            waits.push((due - now).as_secs());
            now = due;
        }
        assert_eq!(waits, [2, 4, 8, 16, 30, 30]);
    }

    #[test]
    fn a_save_that_worked_leaves_nothing_to_do() {
        let start = Instant::now();
        let mut autosave = Autosave::new();
        autosave.edited(start);
        autosave.saving();
        autosave.failed(start);
        autosave.saving();
        autosave.saved();
        assert_eq!(autosave.due_at(), None);
        assert!(!autosave.is_unsaved());
    }
}
