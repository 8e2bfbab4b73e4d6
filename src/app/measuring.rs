//! Measuring the pool in the background: what is still to be measured, how far that has come, and
//! whether it may go on.
//!
//! It has workers of its own, so that nothing anybody waits for ever waits behind it. They go last
//! among the threads of the machine; while something plays only one of them works; and what
//! somebody looks at goes before what nobody does, even before what has begun.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use super::tasks::Outcome;
use crate::jobs::Flow;
use crate::jobs::Gate;
use crate::jobs::JobId;
use crate::jobs::Jobs;
use crate::jobs::Wake;
use crate::jobs::Workers;
use crate::model::Measured;
use crate::model::Media;
use crate::model::TrackId;
use crate::time::Ticks;

/// Workers besides those that work: they read what is in the cache, and begin what somebody looks
/// at, while all others are busy.
const SPARE: usize = 2;
/// Sound longer than this is measured one file at a time: what is gathered of it is held in memory
/// until its end.
const LONG: Ticks = Ticks::from_secs(3_600);
/// How many files are passed over for one that can be begun.
const LOOKED_AHEAD: usize = 16;
/// What was measured is noted in the show this many tracks at a time …
const NOTED_AT_A_TIME: usize = 50;
/// … and at least this often.
const NOTED_EVERY: Duration = Duration::from_secs(2);
/// Nothing is said of how long it will take before it has gone on for so long.
const SAID_AFTER: Duration = Duration::from_secs(3);

/// How measuring the pool stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasuringStatus {
    /// Tracks that were measured, or could not be.
    pub n_done: usize,
    /// Those of them that could not be.
    pub n_failed: usize,
    /// All tracks that were to be measured.
    pub n_all: usize,
    /// How long the rest will take, about.
    pub left: Option<Duration>,
    /// Whether it stands still because somebody said so.
    pub is_paused: bool,
}

/// A track that is to be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) track: TrackId,
    /// How long it is, as far as is known.
    pub(super) length: Ticks,
    /// Whether somebody asked for it, whatever is known of it.
    pub(super) is_forced: bool,
}

/// A file that is being measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnderWay {
    /// Whose it is, where it was next in line rather than looked at.
    pub(super) due: Option<Due>,
    job: JobId,
}

/// What was measured of a track and is not in the show yet.
pub(super) type Finding = (TrackId, Measured, Media);

/// Measuring.
pub(super) struct Measuring {
    pub(super) jobs: Jobs<Outcome>,
    pub(super) gate: Arc<Gate>,
    /// How many files are measured at a time while nothing plays.
    most: usize,
    is_paused: bool,
    is_playing: bool,
    turn: Turn,
    backlog: VecDeque<Due>,
    /// How much sound that is.
    backlog_sound: Ticks,
    under_way: BTreeMap<String, UnderWay>,
    /// Tracks that could not be measured since the show was opened.
    failed: BTreeMap<TrackId, String>,
    progress: Progress,
    found: Vec<Finding>,
    /// Whether somebody looks at something of it.
    is_found_seen: bool,
    noted_at: Option<Instant>,
}

/// When the threads that measure have their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// After all other threads of the machine.
    Last,
    /// Like any other: somebody waits for them.
    Fair,
}

/// How far measuring the pool has come since it last had nothing to do.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    n_done: usize,
    n_failed: usize,
    /// How much sound was measured, and in which time.
    sound: Ticks,
    worked: Duration,
    /// Since when it has gone on; none while it stands still.
    since: Option<Instant>,
}

impl Measuring {
    /// Measuring by as many threads as there are cores, but for one that is left to the window
    /// where there are more than two.
    pub(super) fn new(workers: Workers, wake: Wake) -> Self {
        let most = match workers {
            Workers::Caller => 1,
            Workers::Threads(_) => {
                let cores = std::thread::available_parallelism();
                match cores.map_or(1, NonZero::get) {
                    few @ (1 | 2) => few,
                    many => many - 1,
                }
            }
        };
        let workers = match workers {
            Workers::Caller => Workers::Caller,
            Workers::Threads(_) => Workers::Threads(most + SPARE),
        };
        Self {
            jobs: Jobs::named("measure", workers, wake),
            gate: Arc::new(Gate::new(Flow {
                most,
                is_idle_held: false,
            })),
            most,
            is_paused: false,
            is_playing: false,
            turn: if workers == Workers::Caller {
                Turn::Fair
            } else {
                Turn::Last
            },
            backlog: VecDeque::new(),
            backlog_sound: Ticks::ZERO,
            under_way: BTreeMap::new(),
            failed: BTreeMap::new(),
            progress: Progress::default(),
            found: Vec::new(),
            is_found_seen: false,
            noted_at: None,
        }
    }

    /// How it stands; none where there is nothing to measure.
    pub(super) fn status(&self, now: Instant) -> Option<MeasuringStatus> {
        let n_left = self.backlog.len() + self.due_under_way().count();
        if n_left == 0 {
            return None;
        }
        let n_done = self.progress.n_done + self.progress.n_failed;
        Some(MeasuringStatus {
            n_done,
            n_failed: self.progress.n_failed,
            n_all: n_done + n_left,
            left: self.progress.left(self.backlog_sound, now),
            is_paused: self.is_paused,
        })
    }

    fn due_under_way(&self) -> impl Iterator<Item = &Due> {
        let under_way = self.under_way.values();
        under_way.filter_map(|under_way| under_way.due.as_ref())
    }

    /// Somebody waits for it: it takes its turn like anything else.
    pub(super) fn hurry(&mut self) {
        self.turn = Turn::Fair;
    }

    /// Whether the threads that measure are to go after all others.
    pub(super) fn goes_last(&self) -> bool {
        self.turn == Turn::Last
    }

    /// Whether somebody said that it is to stand still.
    pub(super) fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// No more than so many files at a time from now on.
    pub(super) fn limit(&mut self, most: NonZero<usize>, now: Instant) {
        self.most = self.most.min(most.get());
        self.tick(self.is_playing, now);
    }

    /// Lets it go on or stand still.
    pub(super) fn pause(&mut self, is_paused: bool, now: Instant) {
        self.is_paused = is_paused;
        self.tick(self.is_playing, now);
    }

    /// Time passes: how many go on depends on whether something plays.
    pub(super) fn tick(&mut self, is_playing: bool, now: Instant) {
        self.is_playing = is_playing;
        self.gate.set(Flow {
            most: if is_playing { 1 } else { self.most },
            is_idle_held: self.is_paused,
        });
        self.keep_time(now);
    }

    fn keep_time(&mut self, now: Instant) {
        let goes_on = !self.is_paused && self.due_under_way().next().is_some();
        match (goes_on, self.progress.since) {
            (true, None) => self.progress.since = Some(now),
            (false, Some(since)) => {
                self.progress.worked += now.saturating_duration_since(since);
                self.progress.since = None;
            }
            _ => {}
        }
    }

    /// These are all that is to be measured, besides what is under way and what could not be.
    pub(super) fn set_backlog(&mut self, due: impl Iterator<Item = Due>) {
        let known: BTreeSet<TrackId> = self.due_under_way().map(|due| due.track).collect();
        let forced: Vec<Due> = self.backlog.drain(..).filter(|due| due.is_forced).collect();
        let asked: BTreeSet<TrackId> = forced.iter().map(|due| due.track).collect();
        let failed = &self.failed;
        self.backlog.extend(forced);
        self.backlog.extend(due.filter(|due| {
            !known.contains(&due.track)
                && !asked.contains(&due.track)
                && !failed.contains_key(&due.track)
        }));
        self.count_sound();
    }

    /// These are to be measured before all others, whatever is known of them.
    pub(super) fn put_first(&mut self, due: Vec<Due>) {
        let asked: BTreeSet<TrackId> = due.iter().map(|due| due.track).collect();
        self.backlog.retain(|due| !asked.contains(&due.track));
        for due in due.into_iter().rev() {
            self.failed.remove(&due.track);
            self.backlog.push_front(due);
        }
        self.count_sound();
    }

    fn count_sound(&mut self) {
        self.backlog_sound = self.backlog.iter().map(|due| due.length).sum();
    }

    /// The tracks that could not be measured.
    pub(super) fn failed(&self) -> Vec<TrackId> {
        self.failed.keys().copied().collect()
    }

    /// Why a track could not be measured.
    pub(super) fn why_not(&self, track: TrackId) -> Option<&str> {
        self.failed.get(&track).map(String::as_str)
    }

    /// A file that could not be read may be readable now.
    pub(super) fn forgive(&mut self, track: TrackId) {
        self.failed.remove(&track);
    }

    /// Whether a file is being measured.
    pub(super) fn is_under_way(&self, hash: &str) -> bool {
        self.under_way.contains_key(hash)
    }

    /// The next track to be measured that nobody looks at, if one more may be begun. `hash_of`
    /// tells its file, or that it needs no measuring any more.
    pub(super) fn next(
        &mut self,
        hash_of: impl Fn(&Due) -> Option<String>,
    ) -> Option<(Due, String)> {
        if self.is_paused || self.due_under_way().count() >= self.most {
            return None;
        }
        let has_long = self.due_under_way().any(|due| due.length > LONG);
        let mut n_passed_over = 0;
        while n_passed_over < LOOKED_AHEAD.min(self.backlog.len()) {
            let due = self.backlog.pop_front()?;
            let Some(hash) = hash_of(&due) else {
                self.backlog_sound -= due.length;
                self.progress.n_done += 1;
                continue;
            };
            if self.is_under_way(&hash) || (has_long && due.length > LONG) {
                self.backlog.push_back(due);
                n_passed_over += 1;
                continue;
            }
            self.backlog_sound -= due.length;
            return Some((due, hash));
        }
        if self.backlog.is_empty() && self.due_under_way().next().is_none() {
            self.progress = Progress::default();
        }
        None
    }

    /// A file is being measured by this job.
    pub(super) fn begun(&mut self, hash: String, due: Option<Due>, job: JobId) {
        self.under_way.insert(hash, UnderWay { due, job });
    }

    /// A file is being measured no longer. What was measured of a track is kept here until it is
    /// noted in the show.
    pub(super) fn ended(&mut self, hash: &str, end: End) {
        let under_way = self.under_way.remove(hash);
        let due = under_way.and_then(|under_way| under_way.due);
        match end {
            End::Cancelled => {}
            End::Done(finding) => {
                self.is_found_seen |= due.is_none() && finding.is_some();
                self.found.extend(finding.map(|finding| *finding));
                if let Some(due) = due {
                    self.progress.n_done += 1;
                    self.progress.sound += due.length;
                }
            }
            End::Failed(track, why) => {
                self.failed.extend(track.map(|track| (track, why)));
                self.progress.n_failed += usize::from(due.is_some());
            }
        }
    }

    /// What is to be noted in the show now: at once where somebody looks at it, otherwise when
    /// there is enough of it, when it has waited long enough, or when nothing more comes.
    pub(super) fn take_found(&mut self, now: Instant) -> Vec<Finding> {
        if self.found.is_empty() {
            return Vec::new();
        }
        let noted_at = *self.noted_at.get_or_insert(now);
        let is_due = self.is_found_seen
            || self.found.len() >= NOTED_AT_A_TIME
            || now.saturating_duration_since(noted_at) >= NOTED_EVERY
            || self.due_under_way().next().is_none();
        if !is_due {
            return Vec::new();
        }
        self.noted_at = Some(now);
        self.is_found_seen = false;
        std::mem::take(&mut self.found)
    }

    /// What nobody looks at is not measured after all.
    pub(super) fn cancel(&mut self) {
        self.backlog.clear();
        self.backlog_sound = Ticks::ZERO;
        let under_way = self.under_way.values();
        for job in under_way.filter(|it| it.due.is_some()).map(|it| it.job) {
            self.jobs.cancel(job);
        }
        self.progress = Progress::default();
    }

    /// Another show is open: everything under way is for nothing.
    pub(super) fn leave(&mut self) {
        self.cancel();
        for UnderWay { job, .. } in self.under_way.values() {
            self.jobs.cancel(*job);
        }
        self.under_way.clear();
        self.failed.clear();
        self.found.clear();
    }
}

/// How measuring a file ended.
pub(super) enum End {
    /// It was called off.
    Cancelled,
    /// It was measured; with what is to be noted of a track.
    Done(Option<Box<Finding>>),
    /// It could not be: the track whose file it is, and the reason.
    Failed(Option<TrackId>, String),
}

impl Progress {
    /// How long it takes to measure so much more.
    fn left(&self, sound: Ticks, now: Instant) -> Option<Duration> {
        let on = self
            .since
            .map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        let worked = self.worked + on;
        (worked >= SAID_AFTER && self.sound > Ticks::ZERO).then(|| {
            let share = sound.to_secs_f64() / self.sound.to_secs_f64();
            worked.mul_f64(share.max(0.0))
        })
    }
}
