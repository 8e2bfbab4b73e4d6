//! The players: voices from their casting to their return.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::audio::bus::Command;
use crate::audio::bus::MAX_VOICES;
use crate::audio::cast::Player;
use crate::audio::cast::Role;
use crate::audio::cast::Stage;
use crate::audio::cast::Swap;
use crate::audio::cast::roles;
use crate::audio::clock::RunId;
use crate::audio::conductor::PATIENCE;
use crate::audio::conductor::SWAP_OVERHANG;
use crate::audio::conductor::Shared;
use crate::audio::conductor::horizon;
use crate::audio::conductor::lead;
use crate::audio::conductor::ring;
use crate::audio::conductor::run::Run;
use crate::audio::desk::Report;
use crate::audio::desk::Urgency;
use crate::audio::feed::Feed;
use crate::audio::feed::FeedStatus;
use crate::audio::meters::Counters;
use crate::audio::voice::Entry;
use crate::audio::voice::Line;
use crate::audio::voice::Over;
use crate::audio::voice::Voice;
use crate::audio::voice::VoiceId;
use crate::audio::voice::VoiceParts;
use crate::time::SampleRate;

/// Players there may be at once: the bus has room for all of them.
const MOST_PLAYERS: usize = MAX_VOICES;

/// How ready a run is to begin.
pub(super) struct Readiness {
    /// All parts that sound at its beginning can begin or have failed.
    pub(super) all: bool,
    /// At least one of them can begin.
    pub(super) any: bool,
    /// All of them have failed, and there are some.
    pub(super) all_failed: bool,
}

/// All players.
pub(super) struct Ensemble {
    shared: Shared,
    rate: SampleRate,
    players: Vec<Player>,
    last_voice: u64,
}

impl Ensemble {
    pub(super) fn new(shared: Shared, rate: SampleRate) -> Self {
        Self {
            shared,
            rate,
            players: Vec::new(),
            last_voice: 0,
        }
    }

    /// Drops everybody: the bus has done so too.
    pub(super) fn retune(&mut self, rate: SampleRate) {
        for player in self.players.drain(..) {
            self.shared.desk.cancel(player.voice);
        }
        self.rate = rate;
    }

    /// Whether someone in the bus is about to come back.
    pub(super) fn is_waiting_for_bus(&self) -> bool {
        let mut stages = self.players.iter().map(|player| &player.stage);
        stages.any(|stage| matches!(stage, Stage::Leaving))
    }

    /// A voice has come back from the bus.
    pub(super) fn take_back(&mut self, voice: &Voice) {
        self.shared.desk.cancel(voice.id);
        let Some(at) = self.players.iter().position(|p| p.voice == voice.id) else {
            return;
        };
        let player = &mut self.players[at];
        if matches!(player.stage, Stage::Leaving) {
            self.players.remove(at);
        } else {
            player.stage = Stage::Spent(voice.over.unwrap_or(Over::Released));
            // What the bus knew when it ended; a newer contour never reached it.
            player.role.contour = voice.contour;
        }
    }

    /// The players of whom reports tell an end or a failure for the first time.
    pub(super) fn news_of<'a>(
        &'a mut self,
        reports: &'a [Report],
    ) -> impl Iterator<Item = (&'a Report, &'a Player)> {
        self.players.iter_mut().filter_map(|player| {
            let report = reports.iter().find(|report| report.id == player.voice)?;
            if player.is_noted || report.status.end.is_none() {
                return None;
            }
            player.is_noted = true;
            Some((report, &*player))
        })
    }

    /// Finds players for all that `run` needs from its frame `at` on. Those that are not needed
    /// any more are marked as outgoing; changes of level are returned as commands.
    pub(super) fn cast(&mut self, run: &Run, at: i64, has_begun: bool) -> Vec<Command> {
        let mut commands = Vec::new();
        let mut needed = Vec::new();
        let easing = run.program.easing.unwrap_or_default();
        let easing = self.rate.nearest_samples(easing).get();
        let roles = roles(
            &run.program,
            &run.route,
            self.rate,
            at,
            at + horizon(self.rate),
        );
        for role in roles {
            let found = self
                .players
                .iter_mut()
                .find(|player| player.run == run.id && player.can_play(&role, at));
            if let Some(player) = found {
                if player.swap == Swap::GoOut {
                    player.swap = Swap::Stay;
                }
                needed.push(player.voice);
                if player.role.contour != role.contour && player.is_live() {
                    player
                        .line
                        .until
                        .store(role.contour.end(), Ordering::Relaxed);
                    if matches!(player.stage, Stage::Sounding) {
                        commands.push(Command::Reshape {
                            voice: player.voice,
                            contour: role.contour,
                            over: easing,
                        });
                    }
                    player.role.contour = role.contour;
                }
            } else if self.players.len() < MOST_PLAYERS {
                needed.push(self.engage(run, role, at, has_begun));
            }
        }
        self.mark_unneeded(run.id, &needed, at);
        commands
    }

    /// Engages a player for `role`, and has its ring filled.
    fn engage(&mut self, run: &Run, role: Role, at: i64, has_begun: bool) -> VoiceId {
        self.last_voice += 1;
        let voice = VoiceId(self.last_voice);
        let from = role.begin(at);
        let line = Arc::new(Line::new(from, role.contour.end()));
        let (producer, consumer) = ring(self.rate);
        let is_soon = from > at + i64::from(self.rate.get()) / 4;
        let feed = Feed {
            id: voice,
            key: role.sound.clone(),
            pace: role.pace,
            rate: self.rate,
            run: run.id,
            origin: role.origin,
            next: from,
            line: Arc::clone(&line),
            ring: producer,
            sound: None,
            status: FeedStatus::default(),
            is_placed: false,
            damages: 0,
        };
        let urgency = if is_soon { Urgency::Soon } else { Urgency::Now };
        self.shared.desk.add(feed, urgency);
        self.players.push(Player {
            voice,
            run: run.id,
            role,
            from,
            line,
            stage: Stage::Preparing(consumer),
            swap: if has_begun && from <= at + lead(self.rate) {
                Swap::Join
            } else {
                Swap::Stay
            },
            is_counted_late: false,
            is_noted: false,
        });
        voice
    }

    fn mark_unneeded(&mut self, run: RunId, needed: &[VoiceId], at: i64) {
        let desk = &self.shared.desk;
        self.players.retain_mut(|player| {
            if player.run != run || needed.contains(&player.voice) {
                return true;
            }
            match player.stage {
                Stage::Preparing(_) => {
                    desk.cancel(player.voice);
                    false
                }
                Stage::Sounding => {
                    // One that has come to its end returns by itself.
                    if at < player.role.contour.end() {
                        player.swap = Swap::GoOut;
                    }
                    true
                }
                Stage::Leaving => true,
                Stage::Spent(_) => false,
            }
        });
    }

    /// How ready `run` is to begin.
    pub(super) fn readiness(&self, run: &Run, reports: &[Report]) -> Readiness {
        let soon = run.from + lead(self.rate);
        let needed = self
            .players
            .iter()
            .filter(|p| p.run == run.id && p.from <= soon);
        let mut ready = Readiness {
            all: true,
            any: false,
            all_failed: true,
        };
        let mut n_needed = 0;
        for player in needed {
            n_needed += 1;
            let status = status(reports, player.voice);
            ready.all &= status.primed || status.is_void();
            ready.any |= status.primed && !status.is_void();
            ready.all_failed &= status.is_void();
        }
        ready.all_failed &= n_needed > 0;
        ready
    }

    /// Dismisses the players of all runs but these: the bus sends its own back.
    pub(super) fn dismiss_all_but(&mut self, runs: [Option<RunId>; 2]) {
        let desk = &self.shared.desk;
        self.players.retain_mut(|player| {
            if runs.contains(&Some(player.run)) {
                return true;
            }
            match player.stage {
                Stage::Sounding | Stage::Leaving => {
                    player.stage = Stage::Leaving;
                    true
                }
                Stage::Preparing(_) | Stage::Spent(_) => {
                    desk.cancel(player.voice);
                    false
                }
            }
        });
    }

    /// The voices that begin together with `run`.
    pub(super) fn enter_at_start(&mut self, run: &Run, reports: &[Report]) -> Vec<Command> {
        let mut commands = Vec::new();
        for player in &mut self.players {
            let is_primed = status(reports, player.voice).primed;
            if player.run != run.id || !is_primed {
                continue;
            }
            // In the middle of its sound it must be led up; its first sample may come at once.
            let is_cut = player.from == run.from && player.role.origin < run.from;
            let entry = if is_cut {
                Entry::Cut(run.from)
            } else {
                Entry::InPlace
            };
            commands.extend(enter(player, entry, self.rate));
        }
        commands
    }

    /// The voices that can be brought in by themselves: upcoming ones, and late ones.
    pub(super) fn enter_when_primed(
        &mut self,
        run: &Run,
        at: i64,
        reports: &[Report],
    ) -> Vec<Command> {
        let mut commands = Vec::new();
        let counters = &self.shared.counters;
        for player in &mut self.players {
            let is_preparing = matches!(player.stage, Stage::Preparing(_));
            if player.run != run.id || player.swap == Swap::Join || !is_preparing {
                continue;
            }
            let is_late = player.from < at;
            if is_late && !player.is_counted_late {
                player.is_counted_late = true;
                Counters::add(&counters.late_starts, 1);
            }
            if status(reports, player.voice).primed {
                let entry = if is_late { Entry::Late } else { Entry::InPlace };
                commands.extend(enter(player, entry, self.rate));
            }
        }
        commands
    }

    /// Brings in those that join and takes out those that go, all at one frame, once those that
    /// join are ready. `None` while they are not.
    pub(super) fn swap(
        &mut self,
        run: &Run,
        at: i64,
        waited: Duration,
        reports: &[Report],
    ) -> Option<Vec<Command>> {
        let joining = |p: &Player| {
            p.run == run.id && p.swap == Swap::Join && matches!(p.stage, Stage::Preparing(_))
        };
        let mut at = at;
        let (mut any, mut all) = (false, true);
        for player in self.players.iter().filter(|p| joining(p)) {
            let status = status(reports, player.voice);
            let is_ready = status.primed || status.is_void();
            all &= is_ready;
            any |= is_ready;
            if is_ready {
                at = at.max(player.line.first.load(Ordering::Acquire));
            }
        }
        let is_due = all || (any && waited >= PATIENCE) || waited >= SWAP_OVERHANG;
        if !is_due {
            return None;
        }
        let mut commands = Vec::new();
        for player in self.players.iter_mut().filter(|p| p.run == run.id) {
            if joining(player) {
                player.swap = Swap::Stay;
                if status(reports, player.voice).primed {
                    commands.extend(enter(player, Entry::Swap(at), self.rate));
                }
            } else if player.swap == Swap::GoOut && matches!(player.stage, Stage::Sounding) {
                player.stage = Stage::Leaving;
                commands.push(Command::Release {
                    voice: player.voice,
                    at,
                });
            }
        }
        Some(commands)
    }
}

/// What has come of a voice's feed.
fn status(reports: &[Report], voice: VoiceId) -> FeedStatus {
    let found = reports.iter().find(|report| report.id == voice);
    found
        .map(|report| report.status.clone())
        .unwrap_or_default()
}

/// Sends a player into the bus.
fn enter(player: &mut Player, entry: Entry, rate: SampleRate) -> Option<Command> {
    let preparing = std::mem::replace(&mut player.stage, Stage::Sounding);
    let Stage::Preparing(ring) = preparing else {
        player.stage = preparing;
        return None;
    };
    let voice = Voice::new(VoiceParts {
        id: player.voice,
        run: player.run,
        rate,
        order: (player.role.part.0, player.role.pass),
        group: player.role.group,
        contour: player.role.contour,
        entry,
        ring,
        line: Arc::clone(&player.line),
    });
    Some(Command::Add(Box::new(voice)))
}
