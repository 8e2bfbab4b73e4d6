//! Undo and redo: steps that can be taken back without taking back anybody else's work.
//!
//! A step remembers what was done and how to take it back. Between the two, a colleague's changes
//! may have arrived. An edit is therefore only taken back while what it did still holds; where a
//! colleague has changed the same field since, their value stays.

use super::edit::{Edit, Transaction};
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
    /// What takes it back, in the order in which it is to be applied.
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
    /// How many edits were left alone because somebody else has changed the same thing since.
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
    ) -> Result<(), super::edit::EditError> {
        let mut inverses = show.apply_all(&transaction.edits)?;
        self.undone.clear();
        match self.done.last_mut() {
            Some(last) if flow.is_some() && last.flow == flow => {
                last.applied.extend_from_slice(&transaction.edits);
                inverses.append(&mut last.inverses);
                last.inverses = inverses;
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
        let label = format!("Undo {}", step.label);
        let (edits, inverses, n_kept) = take_back(show, &step.applied, &step.inverses);
        self.undone.push(Step {
            label: step.label,
            applied: edits.clone(),
            inverses,
            flow: None,
        });
        Some(Undone {
            transaction: Transaction::new(label, edits),
            n_kept,
        })
    }

    /// Does the last undone step again. `None` when there is nothing to do again.
    pub fn redo(&mut self, show: &mut Show) -> Option<Undone> {
        let step = self.undone.pop()?;
        let label = format!("Redo {}", step.label);
        let (edits, inverses, n_kept) = take_back(show, &step.applied, &step.inverses);
        self.done.push(Step {
            label: step.label,
            applied: edits.clone(),
            inverses,
            flow: None,
        });
        Some(Undone {
            transaction: Transaction::new(label, edits),
            n_kept,
        })
    }
}

/// Applies those `inverses` whose edit still holds. Returns what was applied, what takes that
/// back, and how many were left alone.
fn take_back(
    show: &mut Show,
    applied: &[Edit],
    inverses: &[Edit],
) -> (Vec<Edit>, Vec<Edit>, usize) {
    let mut done = Vec::with_capacity(inverses.len());
    let mut back = Vec::with_capacity(inverses.len());
    let mut n_kept = 0;
    // The last edit applied is the first to be taken back.
    for (edit, inverse) in applied.iter().rev().zip(inverses) {
        let undone = show
            .still_holds(edit)
            .then(|| show.apply(inverse.clone()).ok())
            .flatten();
        match undone {
            Some(again) => {
                done.push(inverse.clone());
                back.push(again);
            }
            None => n_kept += 1,
        }
    }
    back.reverse();
    (done, back, n_kept)
}
