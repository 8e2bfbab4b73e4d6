//! Requests about carrying an episode over to a new cut.

use std::path::Path;
use std::path::PathBuf;

use super::App;
use super::episode::file_name;
use crate::app::Severity;
use crate::app::tasks::Outcome;
use crate::app::tasks::compare_cut;
use crate::app::tasks::compare_cut::{CompareAs, CompareError, ConformReview};
use crate::jobs::Priority;
use crate::ops::conform::Decisions;

impl App {
    /// A new cut that was compared with the open one, until somebody has decided.
    pub fn conform_review(&self) -> Option<&ConformReview> {
        self.conform_review.as_ref()
    }

    /// Has the open cut compared with the list of a newer one.
    pub(super) fn compare_cut(&mut self, path: PathBuf, told: CompareAs) {
        let Some((at, ..)) = self.open_cut() else {
            return;
        };
        let Some(session) = &self.session else { return };
        let (number, show) = (session.number(), session.show().clone());
        let label = format!("Comparing with {}", file_name(&path));
        self.jobs.start(Priority::Normal, label, move |work| {
            let compared = compare_cut::compare(&show, at, &path, &told).map(Box::new);
            work.send(Outcome::CutCompared {
                session: number,
                path,
                compared,
            });
        });
    }

    /// A cut was compared: what came of it waits to be decided on.
    pub(in crate::app) fn cut_compared(
        &mut self,
        session: u64,
        path: &Path,
        compared: Result<Box<ConformReview>, CompareError>,
    ) {
        if self
            .session
            .as_ref()
            .is_none_or(|it| it.number() != session)
        {
            return;
        }
        match compared {
            Ok(review) => self.conform_review = Some(*review),
            Err(error) => {
                let sentence = format!("{} was not compared: {error}", file_name(path));
                let details = vec![path.display().to_string()];
                self.notices
                    .tell(self.now, Severity::Error, sentence, details);
            }
        }
    }

    /// Adds the new cut, with what was decided on its slots, and opens it.
    pub(super) fn accept_conform(&mut self, decisions: &Decisions) {
        let Some(review) = self.conform_review.take() else {
            return;
        };
        let is_up_to_date = self
            .show()
            .is_some_and(|show| review.conform.is_up_to_date(show));
        if !is_up_to_date {
            let sentence = "The cut has changed since it was compared: compare it again";
            self.notices
                .tell(self.now, Severity::Error, sentence, Vec::new());
            return;
        }
        if self.commit(&review.conform.transaction(decisions)) {
            self.selection.open_cut(Some(review.conform.new_at()));
            self.transport.leave_cut();
        }
    }
}
