//! The core: owns the show, the transport and the background work, takes requests and decides.
//!
//! It can be built, driven by [`Action`]s and asserted on with no window, no sound card and no
//! clock: everything outside comes in through [`Environment`], and time through [`App::tick`].

mod action;
mod beats;
mod covers;
mod dispatch;
mod engine_player;
mod environment;
mod library;
mod measuring;
mod notices;
mod places;
mod player;
mod pool_view;
mod render;
mod selection;
mod session;
mod settings;
mod sounds;
mod tasks;
mod transport;

use std::collections::VecDeque;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

pub use action::{
    Action, EpisodeAction, FileAction, Gesture, ListAction, MeasuringAction, Names, NewEpisode,
    Nudge, PoolAction, RowStep, TimelineAction, TransportAction,
};
pub use covers::{Cover, Covers};
pub use engine_player::start_engine;
pub use environment::{Environment, system_calendar, system_outputs};
pub use library::{Library, Wave};
pub use measuring::MeasuringStatus;
pub use notices::{Notice, Severity};
pub use places::MediaPlaces;
pub use player::{Device, HeardNow, PlayState, Player, PlayerEvent, SilentPlayer};
pub use pool_view::PoolView;
pub use render::{Mix, Passage, RenderChoice, RenderError, Rendered};
pub use selection::{Focus, Selection};
pub use session::{Revision, Session};
pub use settings::{Ducking, PreviewFrom, Settings, ThemeChoice};
pub use sounds::SoundFiles;
pub use tasks::collect::{CollectPlan, Collected, ToCollect};
pub use tasks::compare_cut::{CompareAs, ConformReview};
pub use tasks::duplicates::DuplicateReview;
pub use tasks::import::ImportSummary;
pub use tasks::kept_lists::Keep;
pub use tasks::list_review::{ListReview, TableAsk, Tally};
pub use tasks::lists::{Columns, ListContent, ListRead, ReadLists, list_names};
pub use tasks::preferences::load_settings;
pub use tasks::read_cut::{ListError, read_alone};
pub use tasks::relink::{Fate, FileOf, Missing, RelinkReview};
pub use tasks::write_cue_sheet::CueSheetError;
pub use tasks::write_list::ListWritten;
pub use tasks::write_timeline::TimelineWritten;
pub use transport::{Line, Transport, Turn};

/// What goes into the show of what was measured of a recording at `rate`.
pub fn measured(rate: SampleRate, measurement: &Measurement) -> Measured {
    tasks::measure::to_model(rate, measurement)
}

/// What goes into the show of the tags of a file, until it is measured.
pub fn tagged(tags: &Tags) -> Measured {
    tasks::track::tagged(tags)
}

use self::beats::Beats;
use self::measuring::Measuring;
use self::notices::Notices;
use self::tasks::Outcome;
use self::transport::program::Sources;
use crate::analysis::Measurement;
use crate::jobs::JobStatus;
use crate::jobs::Jobs;
use crate::jobs::Wake;
use crate::media::Helper;
use crate::media::Tags;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Episode;
use crate::model::Measured;
use crate::model::Moment;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::platform::Dialogs;
use crate::platform::Folders;
use crate::storage::Cache;
use crate::storage::Opened;
use crate::time::SampleRate;
use crate::time::Ticks;

/// How long results of background work are taken in before the window is drawn again.
const TAKE_BUDGET: Duration = Duration::from_millis(4);

/// How much the cache may hold: the waveforms of some ten thousand tracks, and the sound of some
/// dozen films that ffmpeg has to read.
const CACHE_BYTES: u64 = 8 << 30;

/// The program without its window.
pub struct App {
    session: Option<Session>,
    selection: Selection,
    transport: Transport,
    pool: PoolView,
    library: Library,
    measuring: Measuring,
    beats: Beats,
    covers: Covers,
    places: MediaPlaces,
    jobs: Jobs<Outcome>,
    notices: Notices,
    settings: Settings,
    outside: Outside,
    pending: dispatch::Pending,
    last_import: Option<ImportSummary>,
    /// What came of looking for missing files, until somebody has seen to it.
    relink_review: Option<RelinkReview>,
    conform_review: Option<ConformReview>,
    /// Lists that wait to be looked over, the one that is looked over first.
    list_reviews: VecDeque<ListReview>,
    /// What came of looking for duplicates, until somebody has seen to it.
    duplicate_review: Option<DuplicateReview>,
    /// What came of collecting media last.
    collected: Option<Collected>,
    /// What the pool as a whole tells.
    lore: dispatch::KnownLore,
    /// The sound devices there were when somebody last wanted to know.
    outputs: Vec<String>,
    now: Instant,
}

/// What surrounds the core and has no owner inside it.
struct Outside {
    dialogs: Box<dyn Dialogs>,
    folders: Folders,
    demo: Option<PathBuf>,
    cache: Arc<Cache>,
    sounds: SoundFiles,
    wake: Wake,
    calendar: fn() -> Moment,
    outputs: fn() -> Vec<String>,
}

impl App {
    /// The core, with no show open.
    pub fn new(environment: Environment, settings: Settings, now: Instant) -> Self {
        let Environment {
            player,
            dialogs,
            folders,
            demo,
            workers,
            wake,
            calendar,
            outputs,
        } = environment;
        let cache = Arc::new(Cache::new(folders.cache.clone(), CACHE_BYTES));
        let mut app = Self {
            session: None,
            selection: Selection::default(),
            transport: Transport::new(player),
            pool: PoolView::default(),
            library: Library::default(),
            measuring: Measuring::new(workers, wake.clone()),
            beats: Beats::default(),
            covers: Covers::default(),
            places: MediaPlaces::default(),
            jobs: Jobs::new(workers, wake.clone()),
            notices: Notices::default(),
            settings,
            outside: Outside {
                dialogs,
                sounds: SoundFiles::new(Helper::installed(), Arc::clone(&cache)),
                cache,
                folders,
                demo,
                wake,
                calendar,
                outputs,
            },
            pending: dispatch::Pending::default(),
            last_import: None,
            relink_review: None,
            conform_review: None,
            list_reviews: VecDeque::new(),
            duplicate_review: None,
            collected: None,
            lore: dispatch::KnownLore::default(),
            outputs: Vec::new(),
            now,
        };
        app.transport.set_faders(&app.settings);
        app
    }

    /// Has another program than the installed ffmpeg read what this one cannot: for tests.
    pub fn set_helper(&mut self, helper: Helper) {
        self.outside.sounds = SoundFiles::new(helper, Arc::clone(&self.outside.cache));
    }

    /// There is no window: nothing is made ready for anybody to look at, and what is measured is
    /// waited for.
    pub fn work_unseen(&mut self) {
        self.library.hide();
        self.measuring.hurry();
    }

    /// From now on no more than so many files are measured at a time.
    pub fn measure_at_most(&mut self, files: NonZero<usize>) {
        self.measuring.limit(files, Instant::now());
    }

    /// The open show, with its history and file.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The open show.
    pub fn show(&self) -> Option<&Show> {
        self.session.as_ref().map(Session::show)
    }

    /// The open cut, with its episode.
    pub fn open_cut(&self) -> Option<(CutAt, &Episode, &Cut)> {
        let at = self.selection.cut()?;
        let episode = self.show()?.episode(at.episode)?;
        Some((at, episode, episode.cut(at.cut)?))
    }

    /// What is selected.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// What is heard.
    pub fn transport(&self) -> &Transport {
        &self.transport
    }

    /// What the pool lists.
    pub fn pool(&self) -> &PoolView {
        &self.pool
    }

    /// Waveforms and artwork.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Where sound files are.
    pub fn places(&self) -> &MediaPlaces {
        &self.places
    }

    /// The background work that is going on.
    pub fn jobs(&self) -> Vec<JobStatus> {
        let mut all = self.jobs.statuses();
        all.extend(self.measuring.jobs.statuses());
        all
    }

    /// What the user is being told.
    pub fn notices(&self) -> &[Notice] {
        self.notices.list()
    }

    /// Preferences.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The place in a track that is being heard, if it is.
    pub fn place_in_track(&self, track: TrackId) -> Option<Ticks> {
        self.transport.place_in_track(self.sources()?, track)
    }

    /// Whether something moves by itself, so that the window must be drawn again.
    pub fn is_moving(&self) -> bool {
        self.transport.state().is_running()
    }

    /// The scene that is meant when none is named: the armed one, or the one under the playhead.
    pub fn scene_at_hand(&self) -> Option<SceneId> {
        let (_, _, cut) = self.open_cut()?;
        let here = self.playhead();
        self.transport.armed().or_else(|| {
            let scenes = cut.scenes();
            let under = scenes.iter().find(|(_, scene)| scene.span.contains(here));
            under.map(|(id, _)| *id)
        })
    }

    /// The sound devices there were when [`Action::ListOutputs`] was last answered.
    pub fn outputs(&self) -> &[String] {
        &self.outputs
    }

    /// Somebody moved the pointer or pressed a key.
    pub fn attend(&mut self, now: Instant) {
        self.transport.attend(now);
    }

    /// Lets time pass: takes in what the background has done, looks at what is heard, saves what
    /// is due.
    pub fn tick(&mut self, now: Instant) {
        self.now = now;
        for event in self.transport.tick(now) {
            self.player_event(event);
        }
        while let Some(answer) = self.outside.dialogs.poll() {
            self.dialog_answered(answer);
        }
        let started = Instant::now();
        while let Some(outcome) = self.jobs.take().or_else(|| self.measuring.jobs.take()) {
            self.outcome(outcome);
            if started.elapsed() > TAKE_BUDGET {
                (self.outside.wake)();
                break;
            }
        }
        self.let_measure();
        self.note_measured();
        self.keep_listed();
        self.keep_warm();
        self.follow_lore();
        self.follow_covers();
        self.save_if_due();
        self.notices.tick(now);
    }

    /// Works on a show that has been opened elsewhere, instead of the one that is open: for tests,
    /// and for whoever opens shows without waiting for a job.
    pub fn enter(&mut self, opened: Opened) {
        self.opened(Ok(Box::new(opened)));
    }

    /// Waits for a result of background work and takes it in, and saves when it is time; tells
    /// whether there was one: for the command line.
    pub fn work_on(&mut self) -> bool {
        let outcome = self.jobs.wait().or_else(|| self.measuring.jobs.wait());
        self.now = Instant::now();
        let is_one = outcome.is_some();
        if let Some(outcome) = outcome {
            self.outcome(outcome);
        }
        self.note_measured();
        self.save_if_due();
        is_one
    }

    /// Waits until all background work has ended: for the command line.
    pub fn wait_for_jobs(&mut self) {
        while self.work_on() {}
    }

    /// What the user was to be told, which is then no longer told.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        self.notices.take()
    }

    /// What programs are worked out from, while a show is open.
    fn sources(&self) -> Option<Sources<'_>> {
        Some(Sources::of(self.show()?, &self.places, &self.settings))
    }

    /// Makes a change that can be undone, and lets everything follow that depends on it.
    fn commit(&mut self, transaction: &Transaction) -> bool {
        self.commit_flowing(transaction, None)
    }

    fn commit_flowing(&mut self, transaction: &Transaction, flow: Option<u64>) -> bool {
        let Some(session) = &mut self.session else {
            return false;
        };
        match session.commit(transaction, flow, self.now) {
            Ok(()) => {
                self.show_changed();
                true
            }
            Err(error) => {
                let sentence = format!("Could not {}: {error}", transaction.label);
                self.notices
                    .tell(self.now, Severity::Warning, sentence, Vec::new());
                false
            }
        }
    }

    /// What depends on the show follows it.
    fn show_changed(&mut self) {
        let Some(session) = &self.session else { return };
        self.selection.settle(session.show());
        let armed = self.transport.armed();
        let cut = self.selection.cut().and_then(|at| session.show().cut(at));
        let is_armed_gone =
            armed.is_some_and(|scene| cut.is_none_or(|cut| cut.scene(scene).is_none()));
        let sources = Sources::of(session.show(), &self.places, &self.settings);
        if is_armed_gone {
            self.transport.arm(sources, self.selection.cut(), None);
        }
        self.transport.refresh(sources);
        self.settle_list();
        // While an import brings tracks by the dozen, the list follows once in a while.
        if !self.pending.is_importing() {
            self.list_pool();
        }
        self.serve_cut();
        self.pending.warmed_at = None;
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Err(error) = self.close() {
            tracing::error!("the show could not be saved at the end: {error}");
        }
    }
}
