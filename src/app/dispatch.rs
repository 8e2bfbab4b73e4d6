//! Answering requests: one file a group of them.

mod collect;
mod conform;
mod covers;
mod duplicates;
mod episode;
mod export;
mod file;
mod guide;
mod import;
mod library;
mod list_review;
mod lists;
mod lore;
mod pool;
mod pool_lists;
mod relink;
mod rhythm;
mod round;
mod timeline;
mod timeline_out;
mod transport;

use std::time::Instant;

use super::App;
use super::Severity;
use super::action::{Action, Gesture};
use super::session::CommitError;
use crate::jobs::JobId;
use crate::model::ListId;
use crate::model::MarkerId;
use crate::model::Undone;
use crate::platform::Answer;

pub(super) use file::Purpose;
pub(super) use lore::KnownLore;

/// What is being waited for between two requests.
#[derive(Default)]
pub(super) struct Pending {
    /// What the open file dialog is for.
    dialog: Option<(u64, Purpose)>,
    next_dialog: u64,
    /// Tracks that are to be placed once their files have been added to the pool.
    placing: Vec<timeline::PlaceWhenAdded>,
    /// How often the query of the pool has changed.
    query_revision: u64,
    /// When the pool was last listed.
    listed_at: Option<Instant>,
    /// Imports under way.
    imports: Vec<import::Importing>,
    next_import: u64,
    /// The newest question about the list that is looked over, and what looks for the answer.
    list_stamp: u64,
    list_job: Option<JobId>,
    /// The series of nudges that flow into one step.
    flow: timeline::FlowSeries,
    /// Taps on the beats of a track.
    taps: rhythm::Taps,
    /// When what may be heard next was last made ready; never since something has changed.
    pub(super) warmed_at: Option<Instant>,
    /// The marker that was just set, to be named at once.
    named_next: Option<MarkerId>,
    /// The list that was just made, to be named at once.
    list_named_next: Option<ListId>,
}

impl Pending {
    /// Whether tracks are being added.
    pub(super) fn is_importing(&self) -> bool {
        !self.imports.is_empty()
    }

    /// Another show is open: what was waited for belongs to the old one.
    fn leave(&mut self) {
        *self = Self {
            dialog: self.dialog.take(),
            next_dialog: self.next_dialog,
            query_revision: self.query_revision,
            next_import: self.next_import,
            list_stamp: self.list_stamp,
            ..Self::default()
        };
    }
}

impl App {
    /// Answers a request.
    pub fn dispatch(&mut self, action: Action) {
        match action {
            Action::File(action) => self.file(action),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Pool(action) => self.pool_request(action),
            Action::Episode(action) => self.episode(action),
            Action::Timeline(action) => self.timeline(action),
            Action::Transport(action) => self.transport_request(action),
            Action::Focus(focus) => {
                self.selection.set_focus(focus);
                self.serve_beats();
                self.pending.warmed_at = None;
            }
            Action::Settings(settings) => self.set_settings(*settings),
            Action::ListOutputs => self.list_outputs(),
            Action::Gesture(gesture) => {
                if let Some(session) = &mut self.session {
                    match gesture {
                        Gesture::Begun => session.begin_gesture(),
                        Gesture::Ended => session.end_gesture(),
                    }
                }
            }
            Action::CloseNotice(id) => self.notices.close(id),
            Action::CancelJob(id) => {
                self.jobs.cancel(id);
                self.measuring.jobs.cancel(id);
            }
            Action::Measuring(action) => self.measuring_request(action),
        }
    }

    fn undo(&mut self) {
        let now = self.now;
        if let Some(undone) = self.session.as_mut().and_then(|s| s.undo(now)) {
            self.undone(undone);
        }
    }

    fn redo(&mut self) {
        let now = self.now;
        if let Some(redone) = self.session.as_mut().and_then(|s| s.redo(now)) {
            self.undone(redone);
        }
    }

    fn undone(&mut self, undone: Result<Undone, CommitError>) {
        let undone = match undone {
            Ok(undone) => undone,
            Err(error) => {
                let sentence = format!("This is not saved: {error}");
                self.notices
                    .tell(self.now, Severity::Error, sentence, Vec::new());
                self.show_changed();
                return;
            }
        };
        if undone.n_kept > 0 {
            let sentence = format!(
                "{}: {} left as others have made {} since",
                undone.transaction.label,
                if undone.n_kept == 1 {
                    "one thing was".to_owned()
                } else {
                    format!("{} things were", undone.n_kept)
                },
                if undone.n_kept == 1 { "it" } else { "them" },
            );
            self.notices
                .tell(self.now, Severity::Info, sentence, Vec::new());
        }
        self.pending.flow.interrupt();
        self.show_changed();
    }

    /// The list that was just made and waits for its name.
    pub fn list_to_name(&self) -> Option<ListId> {
        self.pending.list_named_next
    }

    /// The marker that was just set and waits for its name.
    pub fn marker_to_name(&self) -> Option<MarkerId> {
        self.pending.named_next
    }

    pub(super) fn dialog_answered(&mut self, answer: Answer) {
        let Some((id, purpose)) = self.pending.dialog.take() else {
            return;
        };
        if id == answer.id && !answer.paths.is_empty() {
            self.dialog_chose(purpose, answer.paths);
        }
    }
}
