//! Requests about the show's file.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use super::App;
use super::KnownLore;
use crate::app::Session;
use crate::app::Severity;
use crate::app::action::FileAction;
use crate::app::places::MediaPlaces;
use crate::app::render::Passage;
use crate::app::render::RenderChoice;
use crate::app::settings::Settings;
use crate::app::tasks::Outcome;
use crate::app::tasks::demo;
use crate::app::tasks::lists::ReadLists;
use crate::app::tasks::locate;
use crate::app::tasks::preferences;
use crate::interchange::cut::CutFormat;
use crate::interchange::playlist::{ListFormat, PlaylistFormat};
use crate::interchange::timeline::{TimelineFormat, WriteOptions};
use crate::jobs::Priority;
use crate::model::Edit;
use crate::model::Show;
use crate::model::ShowField;
use crate::model::Transaction;
use crate::platform::Ask;
use crate::platform::AskKind;
use crate::storage::OpenError;
use crate::storage::Opened;
use crate::storage::Recovery;
use crate::storage::Setup;
use crate::storage::ShowFile;
use crate::storage::Watch;
use crate::storage::Who;
use crate::time::Timebase;

/// How often the show's file is looked at for what others have changed.
const WATCH: Duration = Duration::from_secs(2);

/// What the answer of a file dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Purpose {
    /// A new show.
    NewShow,
    /// A show to open.
    OpenShow,
    /// Tracks for the pool.
    AddTracks,
    /// A list to be looked over.
    ReviewList,
    /// A folder in which missing files may lie.
    Relink,
    /// A list of what the pool shows.
    ExportList,
    /// A list of cuts or markers.
    ImportCut,
    /// A guide.
    Guide,
    /// A scene to be written as a sound file.
    Export(Passage, RenderChoice),
    /// The open cut, for other programs.
    Timeline(TimelineFormat),
}

impl App {
    pub(super) fn file(&mut self, action: FileAction) {
        match action {
            FileAction::NewDialog => self.ask(AskKind::SaveFile, "New show", Purpose::NewShow),
            FileAction::New {
                path,
                title,
                timebase,
            } => self.new_show(path, title, timebase),
            FileAction::OpenDialog => self.ask(AskKind::OpenFile, "Open show", Purpose::OpenShow),
            FileAction::Open(path) => self.open_show(path),
            FileAction::OpenDemo => self.open_demo(demo::Copy::WhereThereIsNone),
            FileAction::ResetDemo => self.open_demo(demo::Copy::Anew),
            FileAction::Save => {
                if let Some(session) = &mut self.session {
                    session.save();
                }
            }
            FileAction::Reveal => {
                if let Some(path) = self.session().map(|s| s.path().to_owned()) {
                    self.reveal(&path);
                }
            }
            FileAction::Rename(title) => {
                let edit = Edit::Show(ShowField::Title(title));
                self.commit(&Transaction::new("rename the show", vec![edit]));
            }
        }
    }

    pub(super) fn ask(&mut self, kind: AskKind, title: &str, purpose: Purpose) {
        let extensions = |list: &[&str]| list.iter().map(|e| (*e).to_owned()).collect();
        let filter = match purpose {
            Purpose::NewShow | Purpose::OpenShow => {
                Some(("Needledrop show".to_owned(), extensions(&["needledrop"])))
            }
            Purpose::ImportCut => Some((
                "Cuts and markers".to_owned(),
                extensions(&CutFormat::all_extensions()),
            )),
            Purpose::Export(..) => Some(("WAV".to_owned(), extensions(&["wav"]))),
            Purpose::Timeline(format) => {
                Some((format.name().to_owned(), extensions(&[format.extension()])))
            }
            Purpose::ExportList => Some((
                "Playlists and tables".to_owned(),
                extensions(&ListFormat::ALL.map(ListFormat::extension)),
            )),
            Purpose::ReviewList => Some((
                "Tables and libraries".to_owned(),
                extensions(&PlaylistFormat::EXTENSIONS),
            )),
            Purpose::AddTracks | Purpose::Guide | Purpose::Relink => None,
        };
        let suggested = match purpose {
            Purpose::NewShow => "Untitled.needledrop".to_owned(),
            Purpose::Export(passage, _) => self.export_name(passage),
            Purpose::Timeline(format) => self.timeline_name(format),
            Purpose::ExportList => self.list_name(),
            _ => String::new(),
        };
        self.pending.next_dialog += 1;
        let id = self.pending.next_dialog;
        self.pending.dialog = Some((id, purpose));
        self.outside.dialogs.ask(Ask {
            id,
            kind,
            title: title.to_owned(),
            filter,
            suggested,
        });
    }

    pub(super) fn dialog_chose(&mut self, purpose: Purpose, paths: Vec<PathBuf>) {
        let first = || paths.first().cloned().unwrap_or_default();
        match purpose {
            Purpose::NewShow => {
                let mut path = first();
                if path.extension().is_none() {
                    path.set_extension("needledrop");
                }
                let title = path.file_stem().unwrap_or_default();
                let title = title.to_string_lossy().into_owned();
                self.new_show(path, title, Timebase::default());
            }
            Purpose::OpenShow => self.open_show(first()),
            Purpose::AddTracks => self.add_to_pool(paths, ReadLists::asking()),
            Purpose::ReviewList => self.review_list(first()),
            Purpose::Relink => self.relink(first()),
            Purpose::ExportList => self.export_rows(first()),
            Purpose::ImportCut => self.import_cut(first(), None),
            Purpose::Guide => self.read_guide(first()),
            Purpose::Export(passage, choice) => self.export(passage, choice, first()),
            Purpose::Timeline(format) => {
                self.export_timeline(format, WriteOptions::default(), first());
            }
        }
    }

    /// What opening and saving need to know of this machine and its user.
    fn setup(&self) -> Setup {
        Setup {
            keep: self.outside.folders.data.clone(),
            who: Who {
                name: self.settings.name.clone(),
                machine: String::new(),
            },
            watch: Watch::Every(WATCH),
            wake: self.outside.wake.clone(),
        }
    }

    fn new_show(&mut self, path: PathBuf, title: String, timebase: Timebase) {
        let setup = self.setup();
        let now = (self.outside.calendar)();
        self.jobs.start(Priority::Urgent, "", move |work| {
            let show = Show {
                timebase,
                ..Show::new(title)
            };
            let made = ShowFile::create(&path, &show, &setup, now);
            work.send(Outcome::Opened(made.map(|file| {
                Box::new(Opened {
                    file,
                    show,
                    recovery: Recovery::default(),
                })
            })));
        });
    }

    fn open_show(&mut self, path: PathBuf) {
        let setup = self.setup();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let label = format!("Opening {name}");
        self.jobs.start(Priority::Urgent, label, move |work| {
            let opened = ShowFile::open(&path, &setup);
            work.send(Outcome::Opened(opened.map(Box::new)));
        });
    }

    fn open_demo(&mut self, copy: demo::Copy) {
        let Some(from) = self.outside.demo.clone() else {
            let sentence = "The demo show is not installed";
            self.notices
                .tell(self.now, Severity::Error, sentence, Vec::new());
            return;
        };
        let to = self.outside.folders.data.join("demo");
        // What is open there must have been saved before it is replaced.
        let open_there = match (&self.session, copy) {
            (Some(session), demo::Copy::Anew) if session.path().starts_with(&to) => {
                self.leave_session()
            }
            _ => None,
        };
        self.jobs
            .start(Priority::Urgent, "Preparing the demo show", move |work| {
                if let Some(session) = open_there {
                    close(work, session);
                }
                work.send(Outcome::DemoReady(demo::prepare(&from, &to, copy)));
            });
    }

    /// The show that was opened becomes the one that is worked on.
    pub(in crate::app) fn opened(&mut self, opened: Result<Box<Opened>, OpenError>) {
        let opened = match opened {
            Ok(opened) => *opened,
            Err(error) => {
                let sentence = "The show could not be opened";
                let details = vec![error.to_string()];
                self.notices
                    .tell(self.now, Severity::Error, sentence, details);
                return;
            }
        };
        if let Some(session) = self.leave_session() {
            self.jobs
                .start(Priority::Normal, "", move |work| close(work, session));
        }
        self.tell_recovery(&opened.recovery);
        if opened.file.is_newer() {
            let sentence = "This show was last saved by a newer version; what this version does \
                            not know is kept as it is";
            self.notices
                .tell(self.now, Severity::Warning, sentence, Vec::new());
        }
        let session = Session::new(opened, self.outside.calendar);
        self.places = MediaPlaces::new(session.path());
        self.settings
            .remember(&session.path().display().to_string());
        self.save_settings();
        self.session = Some(session);
        self.show_changed();
        self.locate_media();
        self.measure_backlog();
    }

    fn tell_recovery(&mut self, recovery: &Recovery) {
        if recovery.n_changes > 0 {
            let sentence = format!(
                "{} of a session that ended unexpectedly {} brought back",
                match recovery.n_changes {
                    1 => "One change".to_owned(),
                    n => format!("{n} changes"),
                },
                if recovery.n_changes == 1 {
                    "was"
                } else {
                    "were"
                },
            );
            self.notices
                .tell(self.now, Severity::Info, sentence, Vec::new());
        }
        if let Some(damaged) = &recovery.damaged {
            let sentence = "The show's file was damaged; its newest good copy was opened instead";
            let kept = damaged.kept_aside.iter();
            let details = kept
                .map(|path| format!("The damaged file is kept: {}", path.display()))
                .collect();
            self.notices
                .tell(self.now, Severity::Warning, sentence, details);
        }
    }

    /// Lets go of the open show, which is still to be closed.
    fn leave_session(&mut self) -> Option<Session> {
        let session = self.session.take()?;
        self.transport.leave_cut();
        self.transport.stop();
        self.selection = crate::app::Selection::default();
        self.relink_review = None;
        self.conform_review = None;
        self.duplicate_review = None;
        self.collected = None;
        self.lore = KnownLore::default();
        self.pool.clear();
        self.library.leave();
        self.measuring.leave();
        self.beats.leave();
        self.list_reviews.clear();
        self.pending.leave();
        Some(session)
    }

    /// Has the show's sound files looked for.
    pub(in crate::app) fn locate_media(&mut self) {
        let Some(session) = &self.session else { return };
        let show = session.show().clone();
        let places = self.places.clone();
        let number = session.number();
        self.jobs.start(Priority::Visible, "", move |work| {
            locate::locate(work, number, &show, &places);
        });
    }

    /// Saves when it is time, and takes in what others have saved.
    pub(in crate::app) fn save_if_due(&mut self) {
        let Some(session) = &mut self.session else {
            return;
        };
        let remote = session.tick(self.now);
        if let Some(kept) = session.take_kept_aside() {
            let sentence = "Something else lay in place of the show's file; it was kept aside";
            let details = vec![kept.display().to_string()];
            self.notices
                .tell(self.now, Severity::Warning, sentence, details);
        }
        if let Some(remote) = remote {
            self.notices
                .tell(self.now, Severity::Info, remote.label.clone(), Vec::new());
            self.show_changed();
            self.locate_media();
            self.measure_backlog();
        }
    }

    /// Saves and closes the open show, waiting for the disk: when the program ends.
    ///
    /// # Errors
    ///
    /// Fails, with a sentence, when the show could not be saved; what its file lacks is then kept
    /// in the user's data folder and is there again when the show is next opened.
    pub fn close(&mut self) -> Result<(), String> {
        match self.leave_session() {
            Some(session) => session.close().map_err(|error| error.to_string()),
            None => Ok(()),
        }
    }

    /// Uses settings without keeping them.
    pub fn use_settings(&mut self, settings: Settings) {
        self.settings = settings;
        self.transport.set_faders(&self.settings);
    }

    pub(super) fn save_settings(&mut self) {
        let folder = self.outside.folders.config.clone();
        let settings = self.settings.clone();
        self.jobs.start(Priority::Normal, "", move |_| {
            if let Err(error) = preferences::save(&folder, &settings) {
                tracing::warn!("the settings could not be kept: {error}");
            }
        });
    }

    pub(super) fn reveal(&mut self, path: &Path) {
        if let Err(error) = crate::platform::reveal(path) {
            let sentence = format!("The file manager could not be opened: {error}");
            let details = vec![path.display().to_string()];
            self.notices
                .tell(self.now, Severity::Warning, sentence, details);
        }
    }
}

/// Saves and closes a session on a worker.
fn close(work: &mut crate::jobs::Work<'_, Outcome>, session: Session) {
    let path = session.path().to_owned();
    if let Err(error) = session.close() {
        work.send(Outcome::NotClosed {
            path,
            why: error.to_string(),
        });
    }
}
