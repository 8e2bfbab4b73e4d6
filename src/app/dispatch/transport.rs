//! Requests about what is heard.

use std::time::Duration;

use super::App;
use crate::app::Severity;
use crate::app::action::{Nudge, RowStep, TransportAction};
use crate::app::player::{Device, PlayState, PlayerEvent};
use crate::app::selection::Focus;
use crate::app::settings::Settings;
use crate::app::tasks::Outcome;
use crate::app::transport::Line;
use crate::app::transport::program::Sources;
use crate::jobs::Priority;
use crate::model::Cut;
use crate::model::TrackId;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;

/// How many rows around the selected one are made ready to be heard.
const WARM_ROWS: usize = 6;

/// How often what may be swapped to is made ready again while the playhead runs: well within what
/// is made ready at a time.
const REWARM: Duration = Duration::from_millis(700);

/// How much is heard of a step of seconds.
const LONG_SCRUB: Ticks = Ticks::from_millis(120);

/// How much is heard of a step of frames at least: shorter sounds tell the ear nothing.
const SHORTEST_SCRUB: Ticks = Ticks::from_millis(50);

impl App {
    pub(super) fn transport_request(&mut self, action: TransportAction) {
        let Some(session) = &self.session else { return };
        let sources = Sources::of(session.show(), &self.places, &self.settings);
        let cut = self.selection.cut();
        match action {
            TransportAction::Press(track) => self.press(track),
            // With a scene armed the scene says where playing starts, not the row.
            TransportAction::PlayFrom(track, _) if self.transport.armed().is_some() => {
                self.press(track);
            }
            TransportAction::PlayFrom(track, from) => {
                self.transport.play_track(sources, track, from);
                self.select_row(track);
            }
            TransportAction::Try(track) => {
                let is_tried = cut.is_some_and(|at| self.transport.try_here(sources, at, track));
                if is_tried {
                    self.select_row(track);
                } else {
                    // No scene here that it could be tried against.
                    self.press(track);
                }
            }
            TransportAction::EndTrial => {
                self.transport.end_trial();
                self.transport.refresh(sources);
            }
            TransportAction::Step(step) => self.step(step),
            TransportAction::Toggle => {
                let lead = self.selection.lead();
                self.transport.toggle(sources, cut, lead);
            }
            TransportAction::Shuttle(direction) => {
                let lead = self.selection.lead();
                self.transport
                    .shuttle_towards(sources, cut, lead, direction);
            }
            TransportAction::Stop => self.transport.stop(),
            TransportAction::Seek(to) => {
                if let Some(at) = cut {
                    self.transport.seek(sources, at, to);
                }
            }
            TransportAction::Jog(nudge) => self.jog(nudge),
            TransportAction::Mark(range) => self.transport.mark(sources, range),
            TransportAction::PlayRange => {
                if let (Some(at), Some(range)) = (cut, self.transport.range()) {
                    self.transport.play_span(sources, at, range);
                }
            }
            TransportAction::PlayAroundMarker => self.play_around_marker(),
            TransportAction::ToggleRound(names) => self.toggle_round(names),
            TransportAction::Arm(scene) => {
                self.transport.arm(sources, cut, scene);
                if let Some(scene) = scene {
                    self.selection.set_focus(Focus::Scene(scene));
                }
                self.warm();
            }
            TransportAction::PlayScene(scene) => {
                if let Some(at) = cut {
                    self.transport.arm(sources, cut, Some(scene));
                    self.transport.play_scene(sources, at, scene);
                }
            }
            TransportAction::ToggleLoop => self.transport.toggle_loop(sources),
            TransportAction::ToggleGuide => self.transport.toggle_guide(&self.settings),
            TransportAction::ToggleGuideAlone => {
                self.transport.toggle_guide_alone(&self.settings);
            }
            TransportAction::ToggleMono => self.transport.toggle_mono(),
            TransportAction::NextMarker => self.go_to_marker(|here, at| at > here, Pick::First),
            TransportAction::PreviousMarker => {
                // While playing, the marker just passed is not the one meant.
                let slack = if self.transport.state().is_running() {
                    Ticks::from_millis(500)
                } else {
                    Ticks::ZERO
                };
                self.go_to_marker(move |here, at| at < here - slack, Pick::Last);
            }
        }
    }

    fn press(&mut self, track: TrackId) {
        let cut = self.selection.cut();
        if let Some(session) = &self.session {
            let sources = Sources::of(session.show(), &self.places, &self.settings);
            self.transport.press(sources, cut, track);
        }
        self.select_row(track);
    }

    fn select_row(&mut self, track: TrackId) {
        self.selection.select_tracks(vec![track]);
        self.warm();
    }

    fn step(&mut self, step: RowStep) {
        let rows = self.pool.rows();
        let lead = self.selection.lead();
        let here = lead.and_then(|lead| self.pool.position(lead));
        let there = match (here, step) {
            (None, _) => 0,
            (Some(row), RowStep::Up) => row.saturating_sub(1),
            (Some(row), RowStep::Down) => (row + 1).min(rows.len().saturating_sub(1)),
        };
        // At the end of the list the key does nothing, rather than starting the row again.
        if here == Some(there) {
            return;
        }
        if let Some(track) = rows.get(there).copied() {
            self.press(track);
        }
    }

    /// Has the rows around the selected one made ready, nearest first, and what is tried in the
    /// slot at hand.
    pub(in crate::app) fn warm(&mut self) {
        self.pending.warmed_at = Some(self.now);
        let Some(session) = &self.session else { return };
        let sources = Sources::of(session.show(), &self.places, &self.settings);
        let rows = self.pool.rows();
        let lead = self.selection.lead();
        let here = lead.and_then(|lead| self.pool.position(lead));
        let mut near = Vec::new();
        let first = here.unwrap_or(0);
        for distance in 0..=WARM_ROWS {
            let below = rows.get(first + distance);
            let above = first.checked_sub(distance).and_then(|row| rows.get(row));
            near.extend(below);
            near.extend(above.filter(|_| distance > 0));
        }
        let slot = self.slot_at_hand();
        let cut = self.selection.cut();
        self.transport.warm(sources, cut, slot, &near);
    }

    /// Makes ready again what may be heard next, where something has changed or the playhead has
    /// moved on.
    pub(in crate::app) fn keep_warm(&mut self) {
        let is_due = self.pending.warmed_at.is_none_or(|at| {
            let is_moving = self.is_moving() && matches!(self.transport.line(), Line::Cut(_));
            is_moving && self.now.saturating_duration_since(at) >= REWARM
        });
        if is_due && self.session.is_some() {
            self.warm();
        }
    }

    fn go_to_marker(&mut self, is_meant: impl Fn(Ticks, Ticks) -> bool, pick: Pick) {
        let here = self.transport.cut_playhead();
        let Some((at, _, cut)) = self.open_cut() else {
            return;
        };
        let mut meant = cut
            .markers()
            .into_iter()
            .map(|(_, marker)| marker.at)
            .filter(|marker| is_meant(here, *marker));
        let to = match pick {
            Pick::First => meant.next(),
            Pick::Last => meant.next_back(),
        };
        if let (Some(to), Some(session)) = (to, &self.session) {
            let sources = Sources::of(session.show(), &self.places, &self.settings);
            self.transport.seek(sources, at, to);
        }
    }

    /// Plays from the pre-roll before the next marker to the post-roll after it.
    fn play_around_marker(&mut self) {
        let here = self.transport.cut_playhead();
        let Some((at, _, cut)) = self.open_cut() else {
            return;
        };
        let next = cut
            .markers()
            .into_iter()
            .find(|(_, marker)| marker.at >= here);
        let Some((_, marker)) = next else { return };
        let from = (marker.at - self.settings.pre_roll()).max(Ticks::ZERO);
        let around = TickSpan::between(from, marker.at + self.settings.post_roll());
        if let Some(session) = &self.session {
            let sources = Sources::of(session.show(), &self.places, &self.settings);
            self.transport.play_span(sources, at, around);
        }
    }

    /// Moves the playhead of whatever plays, or lets it be heard where it comes to.
    pub(super) fn jog(&mut self, nudge: Nudge) {
        let Some(session) = &self.session else { return };
        let sources = Sources::of(session.show(), &self.places, &self.settings);
        let cut = self.selection.cut();
        let by = self.nudge_distance(nudge);
        match nudge {
            // Only music has beats.
            Nudge::Beats(_) => {}
            Nudge::Seconds(_) if self.transport.state().is_running() => {
                self.transport.jog(sources, cut, by);
            }
            Nudge::Seconds(_) => self.transport.step(sources, cut, by, LONG_SCRUB),
            Nudge::Frames(_) => {
                let frame = self.nudge_distance(Nudge::Frames(1));
                self.transport
                    .step(sources, cut, by, frame.max(SHORTEST_SCRUB));
            }
        }
    }

    /// A nudge as a distance on the open cut; 25 frames a second where none is open.
    pub(super) fn nudge_distance(&self, nudge: Nudge) -> Ticks {
        let rate = match self.open_cut() {
            Some((_, _, cut)) => cut.timebase.rate(),
            None => Cut::default().timebase.rate(),
        };
        match nudge {
            Nudge::Frames(frames) => rate.to_ticks(Frames::new(frames)),
            Nudge::Seconds(seconds) => Ticks::from_secs(seconds),
            Nudge::Beats(_) => Ticks::ZERO,
        }
    }

    pub(super) fn set_settings(&mut self, settings: Settings) {
        let has_other_output = settings.output() != self.settings.output();
        self.settings = settings;
        self.transport.set_faders(&self.settings);
        if has_other_output {
            self.transport.set_output(&self.settings);
        }
        if let Some(session) = &self.session {
            let sources = Sources::of(session.show(), &self.places, &self.settings);
            self.transport.refresh(sources);
        }
        self.save_settings();
    }

    /// Has the sound devices looked for.
    pub(super) fn list_outputs(&mut self) {
        let outputs = self.outside.outputs;
        self.jobs.start(Priority::Urgent, "", move |work| {
            work.send(Outcome::OutputsListed(outputs()));
        });
    }

    pub(in crate::app) fn player_event(&mut self, event: PlayerEvent) {
        match event {
            PlayerEvent::Device(Device::None) => tracing::info!("there is no sound device"),
            PlayerEvent::Device(_) => {}
            // Where nothing was to be heard, nobody has lost anything; the transport shows it.
            PlayerEvent::DeviceLost if self.transport.state() == PlayState::Stopped => {}
            PlayerEvent::DeviceLost => {
                let sentence = "The sound device is gone; playing waits where it was";
                self.notices
                    .tell(self.now, Severity::Warning, sentence, Vec::new());
            }
            PlayerEvent::Failed { sound, why } => {
                let name = sound
                    .path()
                    .file_name()
                    .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                let sentence = format!("“{name}” cannot be played: {why}");
                let details = vec![sound.path().display().to_string()];
                self.notices
                    .tell(self.now, Severity::Error, sentence, details);
                if matches!(self.transport.line(), Line::Track(_)) {
                    self.transport.stop();
                }
            }
        }
    }
}

/// Which of several.
#[derive(Clone, Copy)]
enum Pick {
    First,
    Last,
}
