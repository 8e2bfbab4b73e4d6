//! What is heard and where: one rule for where playing starts, and the two lines that playing can
//! run along, a track's own and the open cut's.
//!
//! With a scene armed, a track is auditioned against that scene from its pre-roll, lying as it is
//! or would be placed. With none armed it is previewed from its first sound.
//!
//! `program` works out what is played, `course` how that lies on the line, `playing` has what can
//! be asked for.

mod course;
mod levels;
mod playing;
pub(super) mod program;
mod round;

use std::time::Duration;
use std::time::Instant;

use self::course::Course;
use self::levels::{Faders, Meter};
use self::program::{Hearing, Sources};
use super::player::{Device, HeardNow, PlayState, Player, PlayerEvent};
use crate::audio::End;
use crate::audio::Group;
use crate::audio::Program;
use crate::audio::Shuttle;
use crate::audio::SoundKey;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Marker;
use crate::model::MarkerId;
use crate::model::SceneId;
use crate::model::SlotId;
use crate::model::TrackId;
use crate::ops::place::Lie;
use crate::ops::place::lie;
use crate::time::TickSpan;
use crate::time::Ticks;

pub use round::Turn;

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
    /// How what the player plays lies on that line.
    course: Course,
    program: Program,
    hearing: Hearing,
    faders: Faders,
    /// Where the playhead of the open cut stands while nothing runs along it.
    parked: Ticks,
    now: HeardNow,
    /// How much the player has played of its program.
    played: Ticks,
    /// The player was asked to stand somewhere, and is on its way there.
    is_cueing: bool,
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
            course: Course::Straight,
            program: Program::default(),
            hearing: Hearing::default(),
            faders: Faders::default(),
            parked: Ticks::ZERO,
            now: HeardNow::default(),
            played: Ticks::ZERO,
            is_cueing: false,
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

    /// The stretch between in and out point.
    pub fn range(&self) -> Option<TickSpan> {
        self.hearing.range
    }

    /// Which way and how fast the playhead is shuttled, while it is.
    pub fn shuttle(&self) -> Option<&Shuttle> {
        match &self.course {
            Course::Shuttle(shuttle) if self.now.state.is_running() => Some(shuttle),
            _ => None,
        }
    }

    /// The turn of the round that is going on, if one is.
    pub fn turn(&self) -> Option<Turn> {
        match &self.course {
            Course::Round(round) if self.now.state != PlayState::Stopped => {
                round.turn_at(self.played)
            }
            _ => None,
        }
    }

    /// Whether the range repeats, or else the armed scene.
    pub fn is_looping(&self) -> bool {
        self.hearing.is_looping
    }

    /// What repeats in `cut`, if anything does.
    pub fn looped(&self, cut: &Cut) -> Option<TickSpan> {
        self.hearing.looped(cut).filter(|_| self.hearing.is_looping)
    }

    /// Whether the guide is heard.
    pub fn is_guide_on(&self) -> bool {
        self.faders.is_guide_on
    }

    /// Whether the guide is heard and the music is not.
    pub fn is_guide_alone(&self) -> bool {
        self.faders.is_guide_alone
    }

    /// Whether both channels play their mean.
    pub fn is_mono(&self) -> bool {
        self.faders.is_mono
    }

    /// The sound card.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// How loud a group is, as a meter shows it; full scale is 1.
    pub fn level(&self, group: Group) -> f32 {
        self.meters[group.index()].level
    }

    /// The loudness of a group over the last 400 ms, in LUFS; nothing where it is silent.
    pub fn loudness(&self, group: Group) -> Option<f32> {
        self.player.loudness(group)
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
        let turn = self.turn();
        // Who listens blind is not told which row it is.
        if self.now.state == PlayState::Stopped || turn.is_some_and(|turn| turn.is_blind) {
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
                    let turn = turn.filter(|turn| turn.slot == id);
                    let alternate = match turn {
                        Some(turn) => slot.alternate(turn.alternate)?,
                        None => slot.picked()?.1,
                    };
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

    /// Has what will probably be asked for next made ready.
    pub(super) fn warm(
        &mut self,
        sources: Sources<'_>,
        cut: Option<CutAt>,
        slot: Option<SlotId>,
        tracks: &[TrackId],
    ) {
        let armed = cut.zip(self.hearing.armed);
        let mut sounds = self.alternates_from_here(sources, cut, slot);
        let held = sounds.iter().map(|(key, _)| key.clone()).collect();
        self.player.hold(held, sources.settings.alternates_bytes());
        for id in tracks {
            let Some(track) = sources.show.track(*id) else {
                continue;
            };
            let Some(media) = &track.media else { continue };
            let from = armed
                .and_then(|(at, scene)| lie(sources.show, at, scene, *id))
                .map(|lie| lie.alternate.source_in(lie.span));
            let alone = sources.settings.preview_from.place(track);
            let from = from.unwrap_or(alone);
            sounds.push((sources.places.key(media), from));
        }
        self.player.warm(sounds);
    }

    /// The alternates of a slot and the track on trial, each with the moment of it that would sound
    /// at the playhead.
    fn alternates_from_here(
        &self,
        sources: Sources<'_>,
        cut: Option<CutAt>,
        slot: Option<SlotId>,
    ) -> Vec<(SoundKey, Ticks)> {
        let Some(at) = cut else { return Vec::new() };
        let here = self.cut_playhead();
        let slot = slot.and_then(|slot| sources.show.cut(at)?.slot(slot));
        let alternates = slot.map(crate::model::Slot::alternates).unwrap_or_default();
        let span = slot.map(|slot| slot.span);
        let trial = self.trial_lie(sources, at);
        let trial = trial.as_ref().map(|lie| (&lie.alternate, lie.span));
        let alternates = alternates.into_iter().map(|(_, alternate)| alternate);
        let of_slot = alternates.zip(span.into_iter().cycle());
        let all = of_slot.chain(trial);
        all.filter_map(|(alternate, span)| {
            let media = sources.show.track(alternate.track)?.media.as_ref()?;
            let from = here.max(alternate.at(span)) - alternate.track_start;
            Some((sources.places.key(media), from))
        })
        .collect()
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
        self.is_cueing &= heard.state == PlayState::Starting;
        // Somebody who steps, or has just stopped shuttling, sees the playhead stand.
        let stands = self.is_cueing || matches!(self.course, Course::Scrub(_));
        self.now.state = match heard.state {
            PlayState::Starting | PlayState::Playing if stands => PlayState::Paused,
            state => state,
        };
        if heard.state == PlayState::Stopped {
            if before != PlayState::Stopped {
                self.has_ended();
            }
        } else {
            self.played = heard.at;
            self.now.at = self.course.place(heard.at);
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

    /// What was played has come to its end by itself.
    fn has_ended(&mut self) {
        match std::mem::take(&mut self.course) {
            Course::Scrub(scrub) => self.cue(scrub.then, scrub.at),
            // A line that has ended is ready to be played again from where it began.
            Course::Straight => {
                self.hearing.trial = self.hearing.trial.filter(|_| self.hearing.armed.is_some());
            }
            Course::Shuttle(shuttle) => {
                if let (Line::Cut(_), End::At(end)) = (self.line, self.program.end) {
                    self.parked = shuttle.place(end).max(Ticks::ZERO);
                }
            }
            Course::Round(round) => self.parked = round.begins_at(),
        }
    }
}
