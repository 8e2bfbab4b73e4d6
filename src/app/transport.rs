//! What is heard and where: one rule for where playing starts, and the two lines that playing can
//! run along, a track's own and the open cut's.
//!
//! With a scene armed, a track is auditioned against that scene from its pre-roll, lying as it is
//! or would be placed. With none armed it is previewed from its first sound.

mod levels;
pub(super) mod program;

use std::time::Duration;
use std::time::Instant;

use self::levels::Meter;
use self::program::{Hearing, Sources};
use super::player::{Device, HeardNow, PlayState, Player, PlayerEvent};
use crate::audio::Group;
use crate::audio::Program;
use crate::audio::SoundKey;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Marker;
use crate::model::MarkerId;
use crate::model::SceneId;
use crate::model::TrackId;
use crate::ops::place::Lie;
use crate::ops::place::lie;
use crate::time::Ticks;

/// What the playhead runs along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// Nothing was played yet.
    #[default]
    Nothing,
    /// A track by itself; zero is its first sample.
    Track(TrackId),
    /// A cut; zero is its first frame.
    Cut(CutAt),
}

/// The transport.
pub struct Transport {
    player: Box<dyn Player>,
    line: Line,
    program: Program,
    hearing: Hearing,
    is_guide_on: bool,
    is_guide_alone: bool,
    is_mono: bool,
    /// Where the playhead of the open cut stands while nothing runs along it.
    parked: Ticks,
    now: HeardNow,
    device: Device,
    meters: [Meter; Group::ALL.len()],
    attended_at: Option<Instant>,
}

/// How often at most the player is told that somebody is there.
const ATTEND_EVERY: Duration = Duration::from_secs(1);

impl Transport {
    pub(super) fn new(player: Box<dyn Player>) -> Self {
        Self {
            player,
            line: Line::Nothing,
            program: Program::default(),
            hearing: Hearing::default(),
            is_guide_on: true,
            is_guide_alone: false,
            is_mono: false,
            parked: Ticks::ZERO,
            now: HeardNow::default(),
            device: Device::Opening,
            meters: Default::default(),
            attended_at: None,
        }
    }

    /// What the playhead runs along.
    pub fn line(&self) -> Line {
        self.line
    }

    /// What the player was doing at the last tick.
    pub fn state(&self) -> PlayState {
        self.now.state
    }

    /// The scene that tracks are auditioned against.
    pub fn armed(&self) -> Option<SceneId> {
        self.hearing.armed
    }

    /// The track that is tried against the armed scene.
    pub fn trial(&self) -> Option<TrackId> {
        self.hearing.trial
    }

    /// Whether the armed scene repeats.
    pub fn is_looping(&self) -> bool {
        self.hearing.is_looping
    }

    /// Whether the guide is heard.
    pub fn is_guide_on(&self) -> bool {
        self.is_guide_on
    }

    /// Whether the guide is heard and the music is not.
    pub fn is_guide_alone(&self) -> bool {
        self.is_guide_alone
    }

    /// Whether both channels play their mean.
    pub fn is_mono(&self) -> bool {
        self.is_mono
    }

    /// The sound card.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// How loud a group is, as a meter shows it; full scale is 1.
    pub fn level(&self, group: Group) -> f32 {
        self.meters[group.index()].level
    }

    /// Where on its line the playhead is.
    pub fn position(&self) -> Ticks {
        self.now.at
    }

    /// Where the playhead of the open cut is.
    pub fn cut_playhead(&self) -> Ticks {
        match (self.line, self.now.state) {
            (Line::Cut(_), PlayState::Playing | PlayState::Starting | PlayState::Paused) => {
                self.now.at
            }
            _ => self.parked,
        }
    }

    /// The place in `track` that is being heard, if it is: by itself, or as part of the cut.
    pub(super) fn place_in_track(&self, sources: Sources<'_>, track: TrackId) -> Option<Ticks> {
        if self.now.state == PlayState::Stopped {
            return None;
        }
        match self.line {
            Line::Nothing => None,
            Line::Track(playing) => (playing == track).then_some(self.now.at),
            Line::Cut(at) => {
                let trial = self.trial_lie(sources, at);
                if let Some(lie) = &trial
                    && lie.alternate.track == track
                {
                    return Some(self.now.at - lie.alternate.track_start);
                }
                let replaced = trial.and_then(|lie| lie.slot);
                let cut = sources.show.cut(at)?;
                cut.slots().into_iter().find_map(|(id, slot)| {
                    let (_, alternate) = slot.picked()?;
                    let sounds = alternate.track == track
                        && slot.span.contains(self.now.at)
                        && replaced != Some(id);
                    sounds.then(|| self.now.at - alternate.track_start)
                })
            }
        }
    }

    /// How the track on trial lies in the cut.
    fn trial_lie(&self, sources: Sources<'_>, at: CutAt) -> Option<Lie> {
        let (scene, track) = self.hearing.armed.zip(self.hearing.trial)?;
        lie(sources.show, at, scene, track)
    }

    /// The first marker of `cut` after the playhead, and how far away it is.
    pub fn next_marker<'a>(&self, cut: &'a Cut) -> Option<(MarkerId, &'a Marker, Ticks)> {
        let here = self.cut_playhead();
        let ahead = cut.markers().into_iter().find(|(_, m)| m.at > here)?;
        Some((ahead.0, ahead.1, ahead.1.at - here))
    }

    /// A track's row was pressed.
    pub(super) fn press(&mut self, sources: Sources<'_>, cut: Option<CutAt>, track: TrackId) {
        self.let_music_in(sources.settings);
        if let (Some(at), Some(scene)) = (cut, self.hearing.armed) {
            self.hearing.trial = Some(track);
            self.play_scene(sources, at, scene);
            return;
        }
        let from = sources
            .show
            .track(track)
            .and_then(|track| track.measured.first_sound);
        self.play_track(sources, track, from.unwrap_or(Ticks::ZERO));
    }

    /// Hears `track` in place of what is picked for the armed scene, or for the one under the
    /// playhead, which is armed then. What plays along the cut goes on where it is, with another
    /// music; a track that is tried already is let go of. Says whether there was a scene to try it
    /// against.
    pub(super) fn try_here(&mut self, sources: Sources<'_>, at: CutAt, track: TrackId) -> bool {
        self.let_music_in(sources.settings);
        let here = self.cut_playhead();
        let scene = self.hearing.armed.or_else(|| {
            let scenes = sources.show.cut(at)?.scenes();
            let under = scenes.iter().find(|(_, scene)| scene.span.contains(here));
            under.map(|(id, _)| *id)
        });
        let Some(scene) = scene else { return false };
        self.hearing.armed = Some(scene);
        let is_on_cut = self.line == Line::Cut(at) && self.now.state != PlayState::Stopped;
        if is_on_cut && self.hearing.trial == Some(track) {
            self.hearing.trial = None;
            self.refresh(sources);
        } else {
            self.hearing.trial = Some(track);
            if is_on_cut {
                self.refresh(sources);
            } else {
                self.play_scene(sources, at, scene);
            }
        }
        true
    }

    /// Plays a track by itself.
    pub(super) fn play_track(&mut self, sources: Sources<'_>, track: TrackId, from: Ticks) {
        self.let_music_in(sources.settings);
        if let Some(program) = program::preview(sources, track) {
            self.park();
            self.line = Line::Track(track);
            self.program = program.clone();
            self.player.play(program, from);
            self.expect_sound(from);
        }
    }

    /// Plays a cut from the pre-roll of a scene.
    pub(super) fn play_scene(&mut self, sources: Sources<'_>, at: CutAt, scene: SceneId) {
        if let Some(cut) = sources.show.cut(at) {
            let from = program::pre_roll_of(cut, scene, sources.settings);
            self.parked = from;
            self.play_cut(sources, at, from);
        }
    }

    /// Plays a cut from a place.
    pub(super) fn play_cut(&mut self, sources: Sources<'_>, at: CutAt, from: Ticks) {
        if let Some(program) = program::audition(sources, at, self.hearing) {
            self.line = Line::Cut(at);
            self.program = program.clone();
            self.player.play(program, from);
            self.expect_sound(from);
        }
    }

    /// Stops or goes on. `lead` is the track to play when nothing was played yet.
    pub(super) fn toggle(
        &mut self,
        sources: Sources<'_>,
        cut: Option<CutAt>,
        lead: Option<TrackId>,
    ) {
        match (self.now.state, self.line) {
            (PlayState::Playing | PlayState::Starting, _) => self.player.pause(),
            (PlayState::Paused, _) => self.player.resume(),
            (PlayState::Stopped, Line::Track(track)) => self.press(sources, cut, track),
            (PlayState::Stopped, line) => match (cut, lead) {
                (Some(at), _) if line != Line::Nothing || self.hearing.armed.is_some() => {
                    let from = self.parked;
                    self.play_cut(sources, at, from);
                }
                (_, Some(track)) => self.press(sources, cut, track),
                (Some(at), None) => {
                    let from = self.parked;
                    self.play_cut(sources, at, from);
                }
                (None, None) => {}
            },
        }
    }

    /// Stops; the playhead goes back to where playing began.
    pub(super) fn stop(&mut self) {
        self.player.stop();
        self.now.state = PlayState::Stopped;
    }

    /// Moves the playhead of the open cut.
    pub(super) fn seek(&mut self, cut: CutAt, to: Ticks) {
        if self.line == Line::Cut(cut) && self.now.state != PlayState::Stopped {
            self.player.seek(to);
            self.now.at = to;
        } else {
            self.player.stop();
            self.now.state = PlayState::Stopped;
            self.line = Line::Cut(cut);
        }
        self.parked = to;
    }

    /// Moves the playhead by `by` on whatever line it runs along.
    pub(super) fn jog(&mut self, cut: Option<CutAt>, by: Ticks) {
        match (self.line, self.now.state) {
            (Line::Track(_), state) if state != PlayState::Stopped => {
                let to = (self.now.at + by).max(Ticks::ZERO);
                self.player.seek(to);
                self.now.at = to;
            }
            _ => {
                if let Some(at) = cut {
                    self.seek(at, (self.cut_playhead() + by).max(Ticks::ZERO));
                }
            }
        }
    }

    /// Arms a scene of the open cut, or none.
    pub(super) fn arm(&mut self, sources: Sources<'_>, cut: Option<CutAt>, scene: Option<SceneId>) {
        self.hearing.armed = scene;
        self.hearing.trial = None;
        let is_on_cut = matches!(self.line, Line::Cut(_)) && self.now.state != PlayState::Stopped;
        if let (Some(at), Some(scene)) = (cut, scene)
            && !is_on_cut
            && let Some(found) = sources.show.cut(at)
        {
            self.parked = program::pre_roll_of(found, scene, sources.settings);
        }
        self.refresh(sources);
    }

    /// Repeats the armed scene, or not.
    pub(super) fn toggle_loop(&mut self, sources: Sources<'_>) {
        self.hearing.is_looping = !self.hearing.is_looping;
        self.refresh(sources);
    }

    /// The track on trial has become part of the show, or is given up.
    pub(super) fn end_trial(&mut self) {
        self.hearing.trial = None;
    }

    /// Another cut is open: what was armed belongs to the old one.
    pub(super) fn leave_cut(&mut self) {
        if matches!(self.line, Line::Cut(_)) {
            self.stop();
            self.line = Line::Nothing;
        }
        self.hearing = Hearing {
            is_looping: self.hearing.is_looping,
            ..Hearing::default()
        };
        self.parked = Ticks::ZERO;
    }

    /// Hears the show as it is now: what has changed since is changed in place.
    pub(super) fn refresh(&mut self, sources: Sources<'_>) {
        if self.now.state == PlayState::Stopped {
            return;
        }
        let program = match self.line {
            Line::Nothing => return,
            Line::Track(track) => program::preview(sources, track),
            Line::Cut(at) => program::audition(sources, at, self.hearing),
        };
        match program {
            Some(program) if program != self.program => {
                self.program = program.clone();
                self.player.update(program);
            }
            Some(_) => {}
            None => self.stop(),
        }
    }

    /// Has what will probably be asked for next made ready.
    pub(super) fn warm(&mut self, sources: Sources<'_>, cut: Option<CutAt>, tracks: &[TrackId]) {
        let armed = cut.zip(self.hearing.armed);
        let mut sounds: Vec<(SoundKey, Ticks)> = Vec::new();
        for id in tracks {
            let Some(track) = sources.show.track(*id) else {
                continue;
            };
            let Some(media) = &track.media else { continue };
            let from = armed
                .and_then(|(at, scene)| lie(sources.show, at, scene, *id))
                .map(|lie| lie.alternate.source_in(lie.span));
            let from = from.or(track.measured.first_sound).unwrap_or(Ticks::ZERO);
            sounds.push((sources.places.key(media), from));
        }
        self.player.warm(sounds);
    }

    /// Somebody moved the pointer or pressed a key: the player gets ready to be asked.
    pub(super) fn attend(&mut self, now: Instant) {
        let passed = |since| now.saturating_duration_since(since);
        if self.attended_at.is_none_or(|at| passed(at) >= ATTEND_EVERY) {
            self.attended_at = Some(now);
            self.player.attend();
        }
    }

    /// Looks at what is heard now; returns what has happened.
    pub(super) fn tick(&mut self, now: Instant) -> Vec<PlayerEvent> {
        let before = self.now.state;
        let heard = self.player.heard(now);
        self.now.state = heard.state;
        if heard.state == PlayState::Stopped {
            // A line that has ended is ready to be played again from where it began.
            if before != PlayState::Stopped {
                self.hearing.trial = self.hearing.trial.filter(|_| self.hearing.armed.is_some());
            }
        } else {
            self.now.at = heard.at;
        }
        for group in Group::ALL {
            let peak = self.player.take_peak(group);
            let meter = &mut self.meters[group.index()];
            meter.show(peak, now);
            if !heard.state.is_running() {
                // A needle that falls when nothing sounds any more would be pictures for nothing,
                // and the next press would wait for one of them.
                *meter = Meter::default();
            }
        }
        let events = self.player.events();
        for event in &events {
            if let PlayerEvent::Device(device) = event {
                self.device = device.clone();
            }
        }
        events
    }

    fn expect_sound(&mut self, from: Ticks) {
        self.now = HeardNow {
            at: from,
            state: PlayState::Starting,
        };
    }

    /// Leaves the cut's playhead where it is while something else is played.
    fn park(&mut self) {
        if matches!(self.line, Line::Cut(_)) && self.now.state == PlayState::Paused {
            self.parked = self.now.at;
        }
    }
}
