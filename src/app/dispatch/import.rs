//! Taking in what an import finds: rows appear as they are read, and all of one import is one step
//! to undo.

use std::path::Path;

use super::App;
use super::timeline::PlaceWhenAdded;
use crate::app::Severity;
use crate::app::tasks::import::{Found, ImportId, ImportSummary};
use crate::model::Change;
use crate::model::Edit;
use crate::model::TrackId;
use crate::model::Transaction;

/// How many lines of a summary are shown.
const MAX_DETAILS: usize = 200;

/// An import under way.
pub(super) struct Importing {
    id: ImportId,
    /// All changes of one import flow into one step.
    flow: u64,
    summary: ImportSummary,
}

impl App {
    pub(super) fn begin_import(&mut self) -> ImportId {
        self.pending.next_import += 1;
        let id = ImportId(self.pending.next_import);
        self.pending.imports.push(Importing {
            id,
            // Far from the numbers of nudges, which count from one.
            flow: u64::MAX - self.pending.next_import,
            summary: ImportSummary::default(),
        });
        id
    }

    /// Some files were read.
    pub(in crate::app) fn imported(&mut self, id: ImportId, found: Vec<Found>) {
        let Some(at) = self.pending.imports.iter().position(|i| i.id == id) else {
            return;
        };
        let (contributor, mut edits) = self.contributor();
        let now = (self.outside.calendar)();
        let n_before = edits.len();
        let summary = &mut self.pending.imports[at].summary;
        for one in found {
            match one {
                Found::New(path, track_id, mut track) => {
                    track.added_by = contributor;
                    track.added_at = now;
                    edits.push(Edit::Track(track_id, Change::Insert(track)));
                    summary.added.push((track_id, path));
                }
                Found::Known(path, track_id) => summary.known.push((path, track_id)),
                Found::Failed(path, why) => summary.failed.push((path, why)),
            }
        }
        if edits.len() == n_before {
            return;
        }
        let label = match summary.added.len() {
            1 => "add a track".to_owned(),
            n => format!("add {n} tracks"),
        };
        let flow = self.pending.imports[at].flow;
        self.commit_flowing(&Transaction::new(label, edits), Some(flow));
    }

    /// An import has ended.
    pub(in crate::app) fn import_ended(&mut self, id: ImportId, was_cancelled: bool) {
        let Some(at) = self.pending.imports.iter().position(|i| i.id == id) else {
            return;
        };
        let mut summary = self.pending.imports.remove(at).summary;
        summary.was_cancelled = was_cancelled;
        let failed = summary
            .failed
            .iter()
            .map(|(path, why)| format!("{}: {why}", path.display()));
        let known = summary
            .known
            .iter()
            .map(|(path, _)| format!("{}: in the pool already", path.display()));
        let n = summary.failed.len() + summary.known.len();
        let mut details: Vec<String> = failed.chain(known).take(MAX_DETAILS).collect();
        if n > MAX_DETAILS {
            details.push(format!("… and {} more", n - MAX_DETAILS));
        }
        let severity = if summary.failed.is_empty() {
            Severity::Info
        } else {
            Severity::Warning
        };
        self.notices
            .tell(self.now, severity, summary.sentence(), details);
        self.last_import = Some(summary);
        self.measure_backlog();
        self.place_added();
    }

    /// Files that were dropped on the timeline are placed now that they are in the pool.
    fn place_added(&mut self) {
        let Some(summary) = self.last_import.clone() else {
            return;
        };
        let track_of = |path: &Path| -> Vec<TrackId> {
            let added = summary.added.iter().map(|(id, path)| (path, id));
            let known = summary.known.iter().map(|(path, id)| (path, id));
            added
                .chain(known)
                .filter(|(found, _)| found.starts_with(path))
                .map(|(_, id)| *id)
                .collect()
        };
        let mut waiting = Vec::new();
        for placing in std::mem::take(&mut self.pending.placing) {
            let mut tracks: Vec<TrackId> = placing.paths.iter().flat_map(|p| track_of(p)).collect();
            tracks.dedup();
            if tracks.is_empty() {
                waiting.push(placing);
                continue;
            }
            let PlaceWhenAdded { at, target, .. } = placing;
            self.place(at, &tracks, target);
        }
        // What could not be read will not come any more, unless another import is under way.
        if !self.pending.imports.is_empty() {
            self.pending.placing = waiting;
        }
    }

    /// What came of the last import.
    pub fn last_import(&self) -> Option<&ImportSummary> {
        self.last_import.as_ref()
    }
}
