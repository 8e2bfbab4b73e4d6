//! Taking in what an import finds: rows appear as they are read, and all of one import is one step
//! to undo.

use std::collections::BTreeMap;
use std::path::Path;

use super::App;
use super::timeline::PlaceWhenAdded;
use crate::app::Severity;
use crate::app::tasks::import::{Found, ImportId, ImportSummary};
use crate::app::tasks::kept_lists::KeptList;
use crate::model::Change;
use crate::model::Edit;
use crate::model::List;
use crate::model::ListId;
use crate::model::Moment;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::ops::lists;
use crate::ops::wishes;

/// How many lines of a summary are shown.
const MAX_DETAILS: usize = 200;

/// An import under way.
pub(super) struct Importing {
    id: ImportId,
    /// All changes of one import flow into one step.
    flow: u64,
    summary: ImportSummary,
    /// How many lists wait to be looked over.
    n_unclear: usize,
    /// When the last entry of a playlist was added: each a moment later than the one before it,
    /// so that the pool, ordered by when tracks were added, keeps the playlist's order.
    last_at: Moment,
    /// Tracks that were added under another id than was meant, as somebody was quicker.
    instead: BTreeMap<TrackId, TrackId>,
}

impl Importing {
    fn next_moment(&mut self, now: Moment) -> Moment {
        if self.summary.lists.is_empty() {
            return now;
        }
        let next = Moment::from_unix_millis(self.last_at.unix_millis().saturating_add(1));
        self.last_at = now.max(next);
        self.last_at
    }
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
            n_unclear: 0,
            last_at: Moment::default(),
            instead: BTreeMap::new(),
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
        let Some(show) = self.session.as_ref().map(|session| session.show().clone()) else {
            return;
        };
        let importing = &mut self.pending.imports[at];
        // Wishes of this very batch, which may come true in it.
        let mut new_wishes = BTreeMap::new();
        for one in found {
            match one {
                Found::New(path, track_id, mut track) => {
                    track.added_by = contributor;
                    track.added_at = importing.next_moment(now);
                    edits.push(Edit::Track(track_id, Change::Insert(track)));
                    importing.summary.added.push((track_id, path));
                }
                Found::Wish(track_id, mut track) => {
                    track.added_by = contributor;
                    track.added_at = importing.next_moment(now);
                    new_wishes.insert(track_id, track.clone());
                    edits.push(Edit::Track(track_id, Change::Insert(track)));
                    importing.summary.wishes.push(track_id);
                }
                Found::Fulfils(path, track_id, mut track) => {
                    let wish = new_wishes.get(&track_id).map(|wish| &**wish);
                    let wish = wish.or_else(|| show.track(track_id));
                    // Somebody may have taken it out, or found its file, in the meantime.
                    match wish.filter(|wish| wish.media.is_none()) {
                        Some(wish) => {
                            let fields = wishes::fulfilled(wish, &track).into_iter();
                            edits.extend(
                                fields.map(|field| Edit::Track(track_id, Change::Set(field))),
                            );
                            importing.summary.fulfilled.push((track_id, path));
                        }
                        None => {
                            let meant = track_id;
                            let track_id = TrackId::new();
                            importing.instead.insert(meant, track_id);
                            track.added_by = contributor;
                            track.added_at = importing.next_moment(now);
                            edits.push(Edit::Track(track_id, Change::Insert(track)));
                            importing.summary.added.push((track_id, path));
                        }
                    }
                }
                Found::Known(path, id) => importing.summary.known.push((path, id)),
                Found::Named(name, id) => importing.summary.named.push((name, id)),
                Found::Failed(path, why) => importing.summary.failed.push((path, why)),
                Found::List(list) => importing.summary.lists.push(list),
            }
        }
        if edits.len() == n_before {
            return;
        }
        let label = label(&importing.summary);
        let flow = self.pending.imports[at].flow;
        self.commit_flowing(&Transaction::new(label, edits), Some(flow));
    }

    /// An import has ended.
    pub(in crate::app) fn import_ended(
        &mut self,
        id: ImportId,
        was_cancelled: bool,
        lists: Vec<KeptList>,
    ) {
        let Some(at) = self.pending.imports.iter().position(|i| i.id == id) else {
            return;
        };
        let mut importing = self.pending.imports.remove(at);
        self.keep_lists(lists, &mut importing);
        let Importing {
            mut summary,
            n_unclear,
            ..
        } = importing;
        summary.was_cancelled = was_cancelled;
        let is_all_unclear = n_unclear > 0 && summary == ImportSummary::default();
        let mut details = details(&summary);
        let n = details.len();
        if n > MAX_DETAILS {
            details.truncate(MAX_DETAILS);
            details.push(format!("… and {} more", n - MAX_DETAILS));
        }
        let severity = if summary.failed.is_empty() && summary.n_not_understood() == 0 {
            Severity::Info
        } else {
            Severity::Warning
        };
        // What waits to be looked over is before everybody's eyes.
        if !is_all_unclear {
            self.notices
                .tell(self.now, severity, summary.sentence(), details);
        }
        if !summary.fulfilled.is_empty() {
            self.locate_media();
        }
        self.last_import = Some(summary);
        self.list_pool();
        self.measure_backlog();
        self.place_added();
    }

    /// Keeps playlists as lists of the show, in the import's own step. One that the show has
    /// already, as it is, is not kept again.
    fn keep_lists(&mut self, kept: Vec<KeptList>, importing: &mut Importing) {
        let Some(mut after) = self.show().cloned() else {
            return;
        };
        let (made_by, mut edits) = self.contributor();
        let now = (self.outside.calendar)();
        for KeptList { name, tracks } in kept {
            let instead = |id| importing.instead.get(&id).copied().unwrap_or(id);
            let tracks = tracks.into_iter().map(instead);
            // Somebody may have taken one out in the meantime.
            let tracks: Vec<TrackId> = tracks.filter(|id| after.track(*id).is_some()).collect();
            let list = List {
                name: lists::free_name(&after, &name),
                made_by,
                made_at: now,
                tracks: lists::with_tracks_at(&List::default(), &tracks, 0),
                ..List::default()
            };
            let is_same = |(_, known): &(ListId, &List)| {
                known.name == name && !known.is_smart() && known.in_order() == list.in_order()
            };
            if list.tracks.is_empty() || after.lists().iter().any(is_same) {
                continue;
            }
            let id = ListId::new();
            importing.summary.kept.push((id, list.name.clone()));
            let edit = Edit::List(id, Change::Insert(Box::new(list)));
            // Only its name is of interest to those that come after it.
            if after.apply(edit.clone()).is_ok() {
                edits.push(edit);
            }
        }
        if importing.summary.kept.is_empty() {
            return;
        }
        let label = label(&importing.summary);
        self.commit_flowing(&Transaction::new(label, edits), Some(importing.flow));
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

    /// Notes that an import met a list that is not clear; tells whether that import is under way.
    pub(super) fn note_unclear(&mut self, id: ImportId) -> bool {
        let found = self.pending.imports.iter_mut().find(|it| it.id == id);
        found.map(|importing| importing.n_unclear += 1).is_some()
    }

    /// What came of the last import.
    pub fn last_import(&self) -> Option<&ImportSummary> {
        self.last_import.as_ref()
    }
}

/// What one import is called in "undo …".
fn label(summary: &ImportSummary) -> String {
    let n_added = summary.added.len() + summary.wishes.len();
    match (n_added, summary.fulfilled.len()) {
        (0, 0) => match summary.kept.as_slice() {
            [(_, name)] => format!("keep the list “{name}”"),
            lists => format!("keep {} lists", lists.len()),
        },
        (0, _) => "find the files of wishes".to_owned(),
        (1, _) => "add a track".to_owned(),
        (n, _) => format!("add {n} tracks"),
    }
}

/// What a summary's sentence only counts, what went wrong first.
fn details(summary: &ImportSummary) -> Vec<String> {
    let failed = summary.failed.iter();
    let mut details: Vec<String> = failed
        .map(|(path, why)| format!("{}: {why}", path.display()))
        .collect();
    for list in &summary.lists {
        let name = list.path.file_name().unwrap_or_default().to_string_lossy();
        let said = list.not_understood.iter().chain(&list.remarks);
        details.extend(said.map(|said| format!("{name}: {said}")));
        if list.n_further > 0 {
            details.push(format!("{name}: … and {} more", list.n_further));
        }
    }
    let known = summary.known.iter();
    details.extend(known.map(|(path, _)| format!("{}: in the pool already", path.display())));
    let named = summary.named.iter();
    details.extend(named.map(|(name, _)| format!("{name}: in the pool already")));
    details
}
