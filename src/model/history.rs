//! Undo and redo: steps that can be taken back without taking back anybody else's work.
//!
//! A step remembers what was done and how to take it back. Between the two, a colleague's changes
//! may have arrived. An edit is therefore only taken back while what it did still holds and nobody
//! has built on it: where a colleague has changed the same field since, their value stays; where a
//! colleague's slot is for a scene, the scene stays.

use super::edit::{Edit, EditError, Transaction};
use super::entity::Change;
use super::invariants::sweep;
use super::references::References;
use super::show::Show;

/// How many steps are remembered.
const MAX_STEPS: usize = 1000;

/// One transaction that was applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What was done, in the user's words.
    pub label: String,
    /// What was applied, in order.
    applied: Vec<Edit>,
    /// What takes each of them back, in the same order.
    inverses: Vec<Edit>,
    /// What made it, when steps of that making flow into one while they follow each other.
    flow: Option<Flow>,
}

/// Steps that flow into one: nudging ten times is one step to undo. The number tells one series
/// from the next.
pub(crate) type Flow = u64;

/// The result of undoing or redoing: edits already applied to the show, to be saved like any
/// other transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// What was applied, labelled "Undo …" or "Redo …".
    pub transaction: Transaction,
    /// How many edits were left alone because somebody else has changed the same thing since, or
    /// has built on it.
    pub n_kept: usize,
}

/// What can be undone and redone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Applies a transaction and remembers how to take it back. Whatever had been undone can no
    /// longer be redone.
    ///
    /// With a `flow` that is the last step's, the two become one step.
    ///
    /// # Errors
    ///
    /// If one of the edits does not fit, nothing has changed.
    pub fn commit(
        &mut self,
        show: &mut Show,
        transaction: &Transaction,
        flow: Option<Flow>,
    ) -> Result<(), EditError> {
        let mut inverses = show.apply_all(&transaction.edits)?;
        inverses.reverse();
        self.undone.clear();
        match self.done.last_mut() {
            Some(last) if flow.is_some() && last.flow == flow => {
                last.applied.extend_from_slice(&transaction.edits);
                last.inverses.append(&mut inverses);
                last.label.clone_from(&transaction.label);
            }
            _ => {
                if self.done.len() == MAX_STEPS {
                    self.done.remove(0);
                }
                self.done.push(Step {
                    label: transaction.label.clone(),
                    applied: transaction.edits.clone(),
                    inverses,
                    flow,
                });
            }
        }
        Ok(())
    }

    /// What undo would take back, in the user's words.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    /// What redo would do again, in the user's words.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    /// Takes the last step back. `None` when there is nothing to take back.
    pub fn undo(&mut self, show: &mut Show) -> Option<Undone> {
        let step = self.done.pop()?;
        let (again, undone) = take_back(show, step, Direction::Undo);
        self.undone.push(again);
        Some(undone)
    }

    /// Does the last undone step again. `None` when there is nothing to do again.
    pub fn redo(&mut self, show: &mut Show) -> Option<Undone> {
        let step = self.undone.pop()?;
        let (again, undone) = take_back(show, step, Direction::Redo);
        self.done.push(again);
        Some(undone)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Undo,
    Redo,
}

fn is_removal_from_pool(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::Track(_, Change::Remove) | Edit::Person(_, Change::Remove)
    )
}

/// Takes back what `step` did, as far as it is nobody else's by now. Returns the step that does it
/// again.
fn take_back(show: &mut Show, step: Step, direction: Direction) -> (Step, Undone) {
    // What a first try leads to tells which references there will be.
    let mut tried = show.clone();
    take_back_with(&mut tried, &step, |_| true);
    let references = References::of(&tried);
    let mut taken = take_back_with(show, &step, |inverse| {
        // Whoever removed a track from the pool knew what was placed, and may do it again.
        let is_removed_again = direction == Direction::Redo && is_removal_from_pool(inverse);
        is_removed_again || references.allow(&tried, inverse)
    });
    for violation in sweep(show) {
        if let Ok(back) = show.apply(violation.repair.clone()) {
            taken.edits.push(violation.repair);
            taken.back.push(back);
        }
    }
    let verb = match direction {
        Direction::Undo => "Undo",
        Direction::Redo => "Redo",
    };
    let transaction = Transaction::new(format!("{verb} {}", step.label), taken.edits.clone());
    let again = Step {
        label: step.label,
        applied: taken.edits,
        inverses: taken.back,
        flow: None,
    };
    let undone = Undone {
        transaction,
        n_kept: taken.n_kept,
    };
    (again, undone)
}

#[derive(Default)]
struct Taken {
    /// What was applied.
    edits: Vec<Edit>,
    /// What takes each of them back.
    back: Vec<Edit>,
    n_kept: usize,
}

/// Applies those inverses of `step` whose edit still holds and which are allowed.
fn take_back_with(show: &mut Show, step: &Step, allow: impl Fn(&Edit) -> bool) -> Taken {
    let mut taken = Taken::default();
    // The last edit applied is the first to be taken back.
    for (edit, inverse) in step.applied.iter().zip(&step.inverses).rev() {
        let is_ours = show.still_holds(edit) && allow(inverse);
        let undone = is_ours.then(|| show.apply(inverse.clone()).ok()).flatten();
        match undone {
            Some(again) => {
                taken.edits.push(inverse.clone());
                taken.back.push(again);
            }
            None => taken.n_kept += 1,
        }
    }
    taken
}
