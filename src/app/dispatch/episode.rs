//! Requests about episodes and their cuts.

use std::path::Path;
use std::path::PathBuf;

use super::App;
use super::file::Purpose;
use crate::app::Severity;
use crate::app::action::{EpisodeAction, NewEpisode};
use crate::app::tasks::Outcome;
use crate::app::tasks::read_cut;
use crate::app::tasks::read_cut::ListError;
use crate::interchange::Report;
use crate::interchange::cut::ReadOptions;
use crate::jobs::Priority;
use crate::model::Change;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::CutId;
use crate::model::CutList;
use crate::model::Edit;
use crate::model::Episode;
use crate::model::EpisodeField;
use crate::model::EpisodeId;
use crate::model::Transaction;
use crate::ops::adopt::EventsAs;
use crate::ops::adopt::adopt;
use crate::platform::AskKind;
use crate::time::Timebase;

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
            EpisodeAction::Import(path, timebase) => self.import_cut(path, timebase),
            EpisodeAction::Compare(path, told) => self.compare_cut(path, told),
            EpisodeAction::AcceptConform(decisions) => self.accept_conform(&decisions),
            EpisodeAction::ForgetConform => self.conform_review = None,
            EpisodeAction::GuideDialog => {
                self.ask(AskKind::OpenFile, "Choose the guide", Purpose::Guide);
            }
            EpisodeAction::SetGuide(path) => self.read_guide(path),
            EpisodeAction::ExportDialog(passage, choice) => {
                let purpose = Purpose::Export(passage, choice);
                self.ask(AskKind::SaveFile, "Export audio", purpose);
            }
            EpisodeAction::Export(passage, choice, path) => self.export(passage, choice, path),
            EpisodeAction::ExportTimelineDialog(format) => self.ask_for_timeline(format),
            EpisodeAction::ExportTimeline(format, options, path) => {
                self.export_timeline(format, options, path);
            }
            EpisodeAction::RemoveGuide => self.remove_guide(),
            EpisodeAction::MoveGuide(to) => self.change_guide("move the guide", |guide| {
                guide.offset = to;
            }),
            EpisodeAction::SetGuideLevel(level) => {
                self.change_guide("set the guide's level", |guide| guide.gain = level);
            }
        }
    }

    fn new_episode(&mut self, new: NewEpisode) {
        let (id, cut_id) = (EpisodeId::new(), CutId::new());
        let length = new.timebase.rate().to_ticks(new.length);
        let cut = Cut::new(new.timebase, new.start, length);
        let episode = Episode::new(new.number, new.title);
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

    /// Has a list of cuts or markers read for the open cut.
    pub(super) fn import_cut(&mut self, path: PathBuf, timebase: Option<Timebase>) {
        let Some((at, _, cut)) = self.open_cut() else {
            let sentence = "Make an episode first: a list belongs to one";
            self.notices
                .tell(self.now, Severity::Warning, sentence, Vec::new());
            return;
        };
        let options = ReadOptions {
            timebase: timebase.unwrap_or(cut.timebase),
            ..ReadOptions::for_cut(cut)
        };
        let label = format!("Reading {}", file_name(&path));
        self.jobs.start(Priority::Normal, label, move |work| {
            let read = read_cut::read(&path, &options);
            work.send(Outcome::CutRead { at, path, read });
        });
    }

    /// A list was read: the cut takes it in.
    pub(in crate::app) fn cut_read(
        &mut self,
        at: CutAt,
        path: &Path,
        read: Result<(CutList, Report), ListError>,
    ) {
        let name = file_name(path);
        let failed = |app: &mut Self, why: String| {
            let sentence = format!("{name} was not imported: {why}");
            let details = vec![path.display().to_string()];
            app.notices
                .tell(app.now, Severity::Error, sentence, details);
        };
        let (list, report) = match read {
            Ok(read) => read,
            Err(error) => return failed(self, error.to_string()),
        };
        let Some(show) = self.show() else { return };
        let adopted = match adopt(show, at, &list, &name, EventsAs::default()) {
            Ok(adopted) => adopted,
            Err(error) => return failed(self, error.to_string()),
        };
        if !self.commit(&adopted.transaction) {
            return;
        }
        let mut details: Vec<String> = adopted.summary.notes.iter().map(capital).collect();
        details.extend(report.warnings().iter().map(capital));
        if report.n_further() > 0 {
            details.push(format!("… and {} more remarks", report.n_further()));
        }
        let severity = if details.is_empty() {
            Severity::Info
        } else {
            Severity::Warning
        };
        let sentence = format!("{name}: {}", adopted.summary);
        self.notices.tell(self.now, severity, sentence, details);
    }
}

pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// A remark as a sentence of its own.
fn capital(remark: &impl ToString) -> String {
    let text = remark.to_string();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => text,
    }
}
