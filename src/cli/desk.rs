//! The core as the command line uses it: no sound, no dialogs, and work that is waited for.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::Failure;
use crate::app::Action;
use crate::app::App;
use crate::app::Environment;
use crate::app::FileAction;
use crate::app::MeasuringAction;
use crate::app::PoolAction;
use crate::app::Settings;
use crate::app::Severity;
use crate::app::SilentPlayer;
use crate::app::load_settings;
use crate::jobs::Workers;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Episode;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::TrackId;
use crate::ops::search::Column;
use crate::ops::search::Query;
use crate::platform::Answer;
use crate::platform::Ask;
use crate::platform::Dialogs;
use crate::platform::Folders;

/// A core and where it reports to.
pub(super) struct Desk<'a> {
    pub(super) app: App,
    /// Where this person's settings are.
    config: PathBuf,
    err: &'a mut dyn Write,
}

/// Nobody is there to be asked.
struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&mut self, _ask: Ask) {}

    fn poll(&mut self) -> Option<Answer> {
        None
    }
}

impl<'a> Desk<'a> {
    pub(super) fn new(folders: Folders, err: &'a mut dyn Write) -> Self {
        let config = folders.config.clone();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let environment = Environment {
            player: Box::new(SilentPlayer),
            dialogs: Box::new(NoDialogs),
            demo: crate::platform::demo_folder(),
            folders,
            workers: Workers::Threads(cores),
            wake: Arc::new(|| {}),
            calendar: crate::app::system_calendar,
            outputs: Vec::new,
        };
        let mut app = App::new(environment, Settings::default(), Instant::now());
        app.work_unseen();
        // Only who asks for it waits until the whole pool is measured.
        app.dispatch(Action::Measuring(MeasuringAction::Pause));
        Self { app, config, err }
    }

    /// What this person has set in the window.
    pub(super) fn settings(&self) -> Settings {
        load_settings(&self.config)
    }

    /// Opens a show.
    pub(super) fn open(&mut self, path: &Path) -> Result<(), Failure> {
        self.act(Action::File(FileAction::Open(path.to_owned())))?;
        match self.app.show() {
            Some(_) => Ok(()),
            None => Err(Failure::said(format!(
                "the show cannot be opened: {}",
                path.display()
            ))),
        }
    }

    /// Makes a request and waits until everything it started has ended. What the core says on the
    /// way is printed; an error it tells is the request's failure.
    pub(super) fn act(&mut self, action: Action) -> Result<(), Failure> {
        self.app.dispatch(action);
        self.app.wait_for_jobs();
        let mut failed = None;
        for notice in self.app.take_notices() {
            if notice.severity == Severity::Error && failed.is_none() {
                let mut sentence = notice.sentence;
                for detail in notice.details {
                    sentence.push_str("\n  ");
                    sentence.push_str(&detail);
                }
                failed = Some(Failure::said(sentence));
                continue;
            }
            self.remark(&notice.sentence);
            for detail in &notice.details {
                self.remark(&format!("  {detail}"));
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// From now on whatever is waited for includes measuring what has not been measured.
    pub(super) fn measure(&mut self) {
        self.app
            .dispatch(Action::Measuring(MeasuringAction::Resume));
    }

    /// Has the pool list what answers a query, as the window does; what is asked of a list comes
    /// in the list's order.
    pub(super) fn find(&mut self, mut query: Query) -> Result<(), Failure> {
        if query.names_list() {
            query.column = Column::ListOrder;
        }
        self.act(Action::Pool(PoolAction::Find(query)))
    }

    /// Saves and closes.
    pub(super) fn close(&mut self) -> Result<(), Failure> {
        self.app.close().map_err(Failure::Said)
    }

    /// Says something that is not part of the result.
    pub(super) fn remark(&mut self, sentence: &str) {
        // Standard error that is closed is no reason to stop.
        drop(writeln!(self.err, "{sentence}"));
    }

    pub(super) fn show(&self) -> Result<&Show, Failure> {
        let show = self.app.show();
        show.ok_or_else(|| Failure::said("no show is open"))
    }

    /// The episode of this number, with its current cut.
    pub(super) fn episode(&self, number: &str) -> Result<(CutAt, &Episode, &Cut), Failure> {
        let show = self.show()?;
        let found = show
            .episodes()
            .into_iter()
            .find(|(_, episode)| episode.number == number)
            .ok_or_else(|| Failure::said(format!("the show has no episode {number}")))?;
        let (cut_id, cut) = found
            .1
            .current()
            .ok_or_else(|| Failure::said(format!("episode {number} has no cut")))?;
        let at = CutAt {
            episode: found.0,
            cut: cut_id,
        };
        Ok((at, found.1, cut))
    }
}

/// The scene that `name` means: by number, by id, or by a heading that only one has.
pub(super) fn scene(cut: &Cut, name: &str) -> Result<SceneId, Failure> {
    let scenes = cut.scenes();
    let by_number = scenes.iter().find(|(_, scene)| scene.number == name);
    let by_id = || scenes.iter().find(|(id, _)| id.to_string() == name);
    let by_name = || {
        let mut named = scenes.iter().filter(|(_, scene)| {
            scene.name.eq_ignore_ascii_case(name) || scene.title().eq_ignore_ascii_case(name)
        });
        named.next().filter(|_| named.next().is_none())
    };
    let found = by_number.or_else(by_id).or_else(by_name);
    found
        .map(|(id, _)| *id)
        .ok_or_else(|| Failure::said(format!("the cut has no scene “{name}”")))
}

/// The track that `name` means: by id, or by a title that only one has.
pub(super) fn track(show: &Show, name: &str) -> Result<TrackId, Failure> {
    if let Some((id, _)) = show.tracks().find(|(id, _)| id.to_string() == name) {
        return Ok(id);
    }
    let mut titled = show
        .tracks()
        .filter(|(_, track)| track.title.eq_ignore_ascii_case(name));
    match (titled.next(), titled.next()) {
        (Some((id, _)), None) => Ok(id),
        (Some(_), Some(_)) => Err(Failure::said(format!(
            "several tracks are called “{name}”; name one by its id"
        ))),
        (None, _) => Err(Failure::said(format!("the pool has no track “{name}”"))),
    }
}
