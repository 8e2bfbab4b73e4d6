//! Requests about episodes and their cuts.

use std::path::PathBuf;

use super::App;
use super::file::Purpose;
use crate::app::action::{EpisodeAction, NewEpisode};
use crate::model::Change;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::CutField;
use crate::model::CutId;
use crate::model::Edit;
use crate::model::Episode;
use crate::model::EpisodeField;
use crate::model::EpisodeId;
use crate::model::Transaction;
use crate::platform::AskKind;

impl App {
    pub(super) fn episode(&mut self, action: EpisodeAction) {
        match action {
            EpisodeAction::New(new) => self.new_episode(new),
            EpisodeAction::Open(id) => {
                let Some(show) = self.show().cloned() else {
                    return;
                };
                self.selection.open_episode(&show, Some(id));
                self.transport.leave_cut();
            }
            EpisodeAction::OpenCut(cut) => {
                if let Some(at) = self.selection.cut() {
                    let at = CutAt { cut, ..at };
                    if self.show().is_some_and(|show| show.cut(at).is_some()) {
                        self.selection.open_cut(Some(at));
                        self.transport.leave_cut();
                    }
                }
            }
            EpisodeAction::Rename { number, title } => {
                if let Some(at) = self.selection.cut() {
                    let set = |field| Edit::Episode(at.episode, Change::Set(field));
                    let edits = vec![
                        set(EpisodeField::Number(number)),
                        set(EpisodeField::Title(title)),
                    ];
                    self.commit(&Transaction::new("rename episode", edits));
                }
            }
            EpisodeAction::Remove(id) => {
                let number = self
                    .show()
                    .and_then(|show| show.episode(id))
                    .map(|episode| episode.number.clone());
                if let Some(number) = number {
                    let edits = vec![Edit::Episode(id, Change::Remove)];
                    self.commit(&Transaction::new(format!("delete episode {number}"), edits));
                    self.transport.leave_cut();
                }
            }
            EpisodeAction::ImportDialog => {
                let title = "Import scenes and markers";
                self.ask(AskKind::OpenFile, title, Purpose::ImportCut);
            }
            EpisodeAction::Import(path) => self.import_cut(path),
            EpisodeAction::GuideDialog => {
                self.ask(AskKind::OpenFile, "Choose the guide", Purpose::Guide);
            }
            EpisodeAction::SetGuide(path) => self.read_guide(path),
            EpisodeAction::RemoveGuide => {
                if let Some(at) = self.selection.cut() {
                    let edit = Edit::Cut(at, Change::Set(CutField::Guide(None)));
                    self.commit(&Transaction::new("remove the guide", vec![edit]));
                }
            }
        }
    }

    fn new_episode(&mut self, new: NewEpisode) {
        let (id, cut_id) = (EpisodeId::new(), CutId::new());
        let cut = Cut {
            number: 1,
            timebase: new.timebase,
            start: new.start,
            length: new.timebase.rate().to_ticks(new.length),
            ..Cut::default()
        };
        let episode = Episode {
            number: new.number,
            title: new.title,
            ..Episode::default()
        };
        let label = format!("add episode {}", episode.number);
        let episode = episode.with_cut(cut_id, cut);
        let edit = Edit::Episode(id, Change::Insert(Box::new(episode)));
        if self.commit(&Transaction::new(label, vec![edit])) {
            self.selection.open_cut(Some(CutAt {
                episode: id,
                cut: cut_id,
            }));
            self.transport.leave_cut();
        }
    }

    pub(super) fn import_cut(&mut self, path: PathBuf) {
        drop(path);
    }

    pub(super) fn read_guide(&mut self, path: PathBuf) {
        drop(path);
    }
}
