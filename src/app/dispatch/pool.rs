//! Requests about the pool.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use super::App;
use super::file::Purpose;
use crate::app::Severity;
use crate::app::action::PoolAction;
use crate::app::pool_view::{Asked, Listing, Stamp};
use crate::app::tasks::Outcome;
use crate::app::tasks::import;
use crate::app::tasks::lists::ReadLists;
use crate::jobs::Priority;
use crate::model::Change;
use crate::model::Comment;
use crate::model::Edit;
use crate::model::Person;
use crate::model::PersonId;
use crate::model::Show;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::ops::curating;
use crate::ops::renditions;
use crate::ops::search::Query;
use crate::platform::AskKind;

/// How long the list may be behind what the background finds out: rows that move under the pointer
/// every moment cannot be pressed.
const LIST_BEHIND: Duration = Duration::from_secs(1);

impl App {
    pub(super) fn pool_request(&mut self, action: PoolAction) {
        match action {
            PoolAction::AddFilesDialog => {
                self.ask(
                    AskKind::OpenFiles,
                    "Add tracks or playlists to the pool",
                    Purpose::AddTracks,
                );
            }
            PoolAction::AddFolderDialog => {
                self.ask(
                    AskKind::OpenFolder,
                    "Add a folder to the pool",
                    Purpose::AddTracks,
                );
            }
            PoolAction::ExportListDialog => self.ask_for_list(),
            PoolAction::ExportList(tracks, format, path) => self.export_list(tracks, format, path),
            PoolAction::Add(paths) => self.add_to_pool(paths, ReadLists::asking()),
            PoolAction::AddAs(paths, how) => self.add_to_pool(paths, how),
            PoolAction::ReviewListDialog => {
                self.ask(
                    AskKind::OpenFile,
                    "Import a table or a library",
                    Purpose::ReviewList,
                );
            }
            PoolAction::ReviewList(path) => self.review_list(path),
            PoolAction::ReadTable(ask) => self.ask_of_list(ask),
            PoolAction::ChooseLists(lists, is_wanted) => self.choose_lists(&lists, is_wanted),
            PoolAction::KeepList(is_wanted) => self.keep_list(is_wanted),
            PoolAction::SavePreset(name) => self.save_preset(&name),
            PoolAction::TakeList => self.take_list(),
            PoolAction::LeaveList => self.leave_list(),
            PoolAction::Find(query) => self.find(query),
            PoolAction::SelectAll => {
                self.selection.select_tracks(self.pool.rows().to_vec());
                self.warm();
            }
            PoolAction::Select(tracks) => {
                self.selection.select_tracks(tracks);
                self.serve_beats();
                self.warm();
            }
            PoolAction::Set(tracks, field) => {
                self.curate(|show| curating::set(show, &tracks, &field));
            }
            PoolAction::Tag(tracks, tag) => {
                let tag = tag.trim();
                if !tag.is_empty() {
                    self.curate(|show| curating::tag(show, &tracks, tag));
                }
            }
            PoolAction::Untag(tracks, tag) => {
                self.curate(|show| curating::untag(show, &tracks, &tag));
            }
            PoolAction::Rate(tracks, rating) => {
                self.curate_as(|show, person| curating::rate(show, &tracks, person, rating));
            }
            PoolAction::Comment(tracks, text) => self.comment(&tracks, &text),
            PoolAction::Tap(track) => self.tap(track),
            PoolAction::Remove(tracks) => self.remove_from_pool(&tracks),
            PoolAction::List(action) => self.list_request(action),
            PoolAction::Visible(tracks) => self.serve_visible(&tracks),
            PoolAction::Pictured(tracks) => self.look_at_covers(&tracks),
            PoolAction::Reveal(track) => self.reveal_track(track),
            PoolAction::RelinkDialog => {
                self.ask(
                    AskKind::OpenFolder,
                    "Look for missing files",
                    Purpose::Relink,
                );
            }
            PoolAction::Relink(folder) => self.relink(folder),
            PoolAction::ApplyRelink => self.apply_relink(),
            PoolAction::ForgetRelink => self.relink_review = None,
            PoolAction::Link(tracks, main, kind) => {
                self.curate(|show| renditions::link(show, &tracks, main, kind));
            }
            PoolAction::Unlink(tracks) => self.curate(|show| renditions::unlink(show, &tracks)),
            PoolAction::FindDuplicates => self.find_duplicates(),
            PoolAction::DecideDuplicate(main, track, fate) => {
                self.decide_duplicate(main, track, fate);
            }
            PoolAction::KeepDuplicate(main, track) => self.keep_duplicate(main, track),
            PoolAction::SettleDuplicates(most) => self.settle_duplicates(most),
            PoolAction::ForgetDuplicates => self.duplicate_review = None,
            PoolAction::CollectMedia => self.collect_media(),
        }
    }

    /// Has the pool list what answers `query`.
    pub(super) fn find(&mut self, query: Query) {
        if *self.pool.query() != query {
            self.pending.query_revision += 1;
            self.pool.set_query(query);
            self.list_pool();
        }
    }

    /// Makes a change to the pool that depends on how it stands.
    fn curate(&mut self, change: impl FnOnce(&Show) -> Transaction) {
        if let Some(transaction) = self.show().map(change) {
            self.commit(&transaction);
        }
    }

    /// The same in the name of whoever works here, who becomes one of the show's people.
    fn curate_as(&mut self, change: impl FnOnce(&Show, PersonId) -> Transaction) {
        let (person, mut edits) = self.contributor_or("Somebody");
        let Some(mut transaction) = self.show().map(|show| change(show, person)) else {
            return;
        };
        if !transaction.is_empty() {
            edits.append(&mut transaction.edits);
            transaction.edits = edits;
            self.commit(&transaction);
        }
    }

    fn comment(&mut self, tracks: &[TrackId], text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let at = (self.outside.calendar)();
        self.curate_as(|show, by| {
            let text = text.to_owned();
            curating::comment(show, tracks, &Comment { by, at, text })
        });
    }

    /// Who works at this machine, if the show knows them.
    pub fn me(&self) -> Option<PersonId> {
        let name = match self.settings.name.trim() {
            "" => "Somebody",
            name => name,
        };
        let mut people = self.show()?.people();
        let me = people.find(|(_, person)| person.name == name);
        me.map(|(id, _)| id)
    }

    pub(super) fn remove_from_pool(&mut self, tracks: &[TrackId]) {
        let Some(show) = self.show() else { return };
        let used: BTreeSet<TrackId> = show
            .episodes()
            .iter()
            .flat_map(|(_, episode)| episode.cuts())
            .flat_map(|(_, cut)| cut.slots())
            .flat_map(|(_, slot)| slot.alternates())
            .map(|(_, alternate)| alternate.track)
            .collect();
        let title = |id: &TrackId| show.track(*id).map(|track| track.title.clone());
        let (kept, gone): (Vec<TrackId>, Vec<TrackId>) =
            tracks.iter().partition(|id| used.contains(id));
        let kept: Vec<String> = kept.iter().filter_map(title).collect();
        let what = match gone.as_slice() {
            [one] => title(one).unwrap_or_default(),
            many => format!("{} tracks", many.len()),
        };
        let edits: Vec<Edit> = gone
            .into_iter()
            .map(|id| Edit::Track(id, Change::Remove))
            .collect();
        if !edits.is_empty() {
            self.commit(&Transaction::new(
                format!("remove {what} from the pool"),
                edits,
            ));
        }
        if !kept.is_empty() {
            let sentence = match kept.len() {
                1 => "One track stays: it is placed in an episode".to_owned(),
                n => format!("{n} tracks stay: they are placed in episodes"),
            };
            self.notices.tell(self.now, Severity::Info, sentence, kept);
        }
    }

    fn reveal_track(&mut self, id: TrackId) {
        let Some(track) = self.show().and_then(|show| show.track(id)) else {
            return;
        };
        if let Some(media) = &track.media {
            let path = self.places.path(media);
            self.reveal(&path);
        }
    }

    /// Adds files, what is in folders and what playlists name, in the background.
    pub(super) fn add_to_pool(&mut self, paths: Vec<PathBuf>, how: ReadLists) {
        let Some(session) = &self.session else { return };
        let show = session.show().clone();
        let show_file = self.places.show_file().to_owned();
        let label = match paths.as_slice() {
            [one] => format!(
                "Adding {}",
                one.file_name().unwrap_or(one.as_os_str()).to_string_lossy()
            ),
            many => format!("Adding {} files", many.len()),
        };
        let id = self.begin_import();
        let sounds = self.outside.sounds.clone();
        self.jobs.start(Priority::Normal, label, move |work| {
            import::add(work, id, (&paths, &how), &show, &show_file, &sounds);
        });
    }

    /// The edits that give new tracks a contributor, and who that is: whoever works at this
    /// machine, made one of the show's people where they are not yet.
    pub(in crate::app) fn contributor(&self) -> (Option<PersonId>, Vec<Edit>) {
        if self.settings.name.trim().is_empty() || self.session.is_none() {
            return (None, Vec::new());
        }
        let (id, edits) = self.contributor_or("");
        (Some(id), edits)
    }

    /// The same, where somebody must be named: by `unnamed` who gave no name.
    pub(super) fn contributor_or(&self, unnamed: &str) -> (PersonId, Vec<Edit>) {
        let name = match self.settings.name.trim() {
            "" => unnamed,
            name => name,
        };
        let people = self.show().into_iter().flat_map(crate::model::Show::people);
        let mut known = people.filter(|(_, person)| person.name == name);
        if let Some((id, _)) = known.next() {
            return (id, Vec::new());
        }
        let id = PersonId::new();
        let person = Person {
            name: name.to_owned(),
            role: String::new(),
        };
        (id, vec![Edit::Person(id, Change::Insert(Box::new(person)))])
    }

    /// Which answer the pool's list must show to be up to date.
    fn list_stamp(&self) -> Option<Stamp> {
        let session = self.session.as_ref()?;
        Some(Stamp {
            session: session.number(),
            pool: session.pool_revision(),
            episodes: session.episodes_revision(),
            lists: session.lists_revision(),
            places: self.places.revision(),
            episode: self.selection.cut().map(|at| at.episode),
            query: self.pending.query_revision,
        })
    }

    /// Has the pool listed anew where what it shows has changed.
    pub(in crate::app) fn list_pool(&mut self) {
        let Some(stamp) = self.list_stamp() else {
            return;
        };
        if self.pool.ask(stamp) {
            self.answer_question();
        }
    }

    /// The same for what the background has changed: once in a while.
    pub(in crate::app) fn keep_listed(&mut self) {
        let is_behind = self
            .list_stamp()
            .is_some_and(|stamp| !self.pool.has_asked(stamp));
        let is_due = self
            .pending
            .listed_at
            .is_none_or(|at| self.now.saturating_duration_since(at) >= LIST_BEHIND);
        if is_behind && is_due {
            self.list_pool();
        }
    }

    /// Has the question that was asked last answered, once nobody works on another.
    fn answer_question(&mut self) {
        if self.pool.job().is_some_and(|job| self.jobs.is_running(job)) {
            return;
        }
        let (Some(stamp), Some(session)) = (self.list_stamp(), &self.session) else {
            return;
        };
        self.pool.ask(stamp);
        self.pending.listed_at = Some(self.now);
        let asked = Asked {
            stamp,
            show: session.show().clone(),
            query: self.pool.query().clone(),
            missing: self.places.missing(),
        };
        let (before, was) = self.pool.before();
        let job = self.jobs.start(Priority::Urgent, "", move |work| {
            let listing = Box::new(asked.answer(&before, was));
            work.send(Outcome::Listed { stamp, listing });
        });
        self.pool.set_job(Some(job));
    }

    /// The pool was listed.
    pub(in crate::app) fn listed(&mut self, stamp: Stamp, listing: Listing) {
        self.pool.set_job(None);
        let before = self.pool.answer(stamp, listing);
        // It is large, and nobody waits for a worker to take it apart.
        self.jobs
            .start(Priority::Idle, "", move |_work| drop(before));
        if self.pool.is_searching() {
            self.answer_question();
        }
        self.warm();
    }
}
