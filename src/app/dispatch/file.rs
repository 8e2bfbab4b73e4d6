//! Requests about the show's file.

use std::path::Path;
use std::path::PathBuf;

use super::App;
use crate::app::Session;
use crate::app::Severity;
use crate::app::action::FileAction;
use crate::app::places::MediaPlaces;
use crate::model::Show;
use crate::platform::Ask;
use crate::platform::AskKind;

/// What the answer of a file dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Purpose {
    /// A new show.
    NewShow,
    /// A show to open.
    OpenShow,
    /// Tracks for the pool.
    AddTracks,
    /// A list of cuts or markers.
    ImportCut,
    /// A guide.
    Guide,
}

impl App {
    pub(super) fn file(&mut self, action: FileAction) {
        match action {
            FileAction::NewDialog => self.ask(AskKind::SaveFile, "New show", Purpose::NewShow),
            FileAction::New { path, title } => self.new_show(&path, title),
            FileAction::OpenDialog => self.ask(AskKind::OpenFile, "Open show", Purpose::OpenShow),
            FileAction::Open(path) => self.open_show(&path),
            FileAction::OpenDemo | FileAction::ResetDemo => {}
            FileAction::Save => self.save_now(),
            FileAction::Reveal => {
                let path = self.session().and_then(Session::path).map(Path::to_owned);
                if let Some(path) = path {
                    self.reveal(&path);
                }
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
                extensions(&["edl", "csv", "tsv", "txt"]),
            )),
            Purpose::AddTracks | Purpose::Guide => None,
        };
        let suggested = match purpose {
            Purpose::NewShow => "Untitled.needledrop".to_owned(),
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
                self.new_show(&path, title);
            }
            Purpose::OpenShow => self.open_show(&first()),
            Purpose::AddTracks => self.add_to_pool(paths),
            Purpose::ImportCut => self.import_cut(first()),
            Purpose::Guide => self.read_guide(first()),
        }
    }

    fn new_show(&mut self, path: &Path, title: String) {
        self.enter(Session::unsaved(Show::new(title)), path);
    }

    fn open_show(&mut self, _path: &Path) {}

    fn enter(&mut self, session: Session, path: &Path) {
        self.transport.stop();
        self.places = MediaPlaces::new(path.parent().unwrap_or(Path::new("")));
        self.pool.clear();
        self.session = Some(session);
        self.show_changed();
    }

    pub(in crate::app) fn save_if_due(&mut self) {}

    fn save_now(&mut self) {}

    pub(in crate::app) fn close_session(&mut self) {}

    pub(super) fn save_settings(&mut self) {}

    pub(super) fn reveal(&mut self, path: &Path) {
        if let Err(error) = crate::platform::reveal(path) {
            let sentence = format!("The file manager could not be opened: {error}");
            let details = vec![path.display().to_string()];
            self.notices
                .tell(self.now, Severity::Warning, sentence, details);
        }
    }
}
