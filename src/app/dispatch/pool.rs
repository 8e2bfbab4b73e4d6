//! Requests about the pool.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::App;
use super::file::Purpose;
use crate::app::Severity;
use crate::app::action::PoolAction;
use crate::app::pool_view::Stamp;
use crate::app::tasks::Outcome;
use crate::app::tasks::import;
use crate::jobs::Priority;
use crate::model::Change;
use crate::model::Edit;
use crate::model::Person;
use crate::model::PersonId;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::platform::AskKind;

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
            PoolAction::Add(paths) => self.add_to_pool(paths),
            PoolAction::Find(query) => {
                if *self.pool.query() != query {
                    self.pending.query_revision += 1;
                    self.pool.set_query(query);
                    self.list_pool();
                }
            }
            PoolAction::Select(tracks) => {
                self.selection.select_tracks(tracks);
                self.warm();
            }
            PoolAction::Set(tracks, field) => {
                let edits = tracks
                    .into_iter()
                    .map(|id| Edit::Track(id, Change::Set(field.clone())))
                    .collect();
                self.commit(&Transaction::new(format!("set {}", name_of(&field)), edits));
            }
            PoolAction::Tag(tracks, tag) => {
                let tag = tag.trim().to_owned();
                if !tag.is_empty() {
                    self.retag(&tracks, &format!("tag “{tag}”"), |tags| {
                        tags.insert(tag.clone())
                    });
                }
            }
            PoolAction::Untag(tracks, tag) => {
                self.retag(&tracks, &format!("untag “{tag}”"), |tags| {
                    tags.remove(&tag)
                });
            }
            PoolAction::Remove(tracks) => self.remove_from_pool(&tracks),
            PoolAction::Visible(tracks) => self.serve_visible(&tracks),
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
        }
    }

    fn retag(
        &mut self,
        tracks: &[TrackId],
        label: &str,
        change: impl Fn(&mut BTreeSet<String>) -> bool,
    ) {
        let Some(show) = self.show() else { return };
        let mut edits = Vec::new();
        for id in tracks {
            if let Some(track) = show.track(*id) {
                let mut tags = track.tags.clone();
                if change(&mut tags) {
                    edits.push(Edit::Track(*id, Change::Set(TrackField::Tags(tags))));
                }
            }
        }
        self.commit(&Transaction::new(label, edits));
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
    pub(super) fn add_to_pool(&mut self, paths: Vec<PathBuf>) {
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
            import::add(work, id, &paths, &show, &show_file, &sounds);
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

    /// Has the pool listed anew where it or the query has changed.
    pub(in crate::app) fn list_pool(&mut self) {
        let Some(session) = &self.session else { return };
        // What is used where changes with episodes, the rest with the pool alone.
        let revision = if self.pool.query().asks_about_episodes() {
            session.revision()
        } else {
            session.pool_revision()
        };
        let stamp = Stamp {
            session: session.number(),
            pool_revision: revision.0,
            query_revision: self.pending.query_revision,
        };
        if !self.pool.ask(stamp) {
            return;
        }
        let show = session.show().clone();
        let query = self.pool.query().clone();
        let index = self.pool.index(stamp);
        let before = self.pool.index_before(stamp);
        self.jobs.start(Priority::Urgent, "", move |work| {
            let index = index.unwrap_or_else(|| {
                let before = before.unwrap_or_default();
                std::sync::Arc::new(before.renewed(&show))
            });
            let rows = index.find(&query);
            work.send(Outcome::Listed { stamp, index, rows });
        });
    }
}

/// What a field is called in "set …".
fn name_of(field: &TrackField) -> &'static str {
    match field {
        TrackField::Title(_) => "title",
        TrackField::Artist(_) => "artist",
        TrackField::Album(_) => "album",
        TrackField::Writers(_) => "writers",
        TrackField::Publisher(_) => "publisher",
        TrackField::Label(_) => "label",
        TrackField::Isrc(_) => "ISRC",
        TrackField::Year(_) => "year",
        TrackField::Genre(_) => "genre",
        TrackField::Tags(_) => "tags",
        TrackField::Why(_) => "why",
        TrackField::Notes(_) => "notes",
        TrackField::AddedBy(_) | TrackField::AddedAt(_) => "contributor",
        TrackField::State(_) => "state",
        TrackField::Media(_) => "file",
        TrackField::StatedLength(_) => "length",
        TrackField::Measured(_) => "measurements",
        TrackField::Lyrics(_) => "lyrics",
        TrackField::Rendition(_) => "rendition",
        TrackField::Master(_) => "master clearance",
        TrackField::Publishing(_) => "publishing clearance",
    }
}
