//! What background jobs do for the core, and what comes back from them.

pub(super) mod import;

use std::sync::Arc;

use super::App;
use super::pool_view::Stamp;
use crate::model::TrackId;
use crate::ops::search::Index;

/// What a job hands back.
pub(super) enum Outcome {
    /// The pool was searched.
    Listed {
        /// The question.
        stamp: Stamp,
        /// The pool prepared for searching.
        index: Arc<Index>,
        /// The answer.
        rows: Vec<TrackId>,
    },
}

impl App {
    /// Takes in what a job has done.
    pub(super) fn outcome(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Listed { stamp, index, rows } => {
                self.pool.answer(stamp, index, rows);
                self.warm();
            }
        }
    }
}
