//! What can be asked of the transport: to play this or that, to stand, to be somewhere else.

use super::Line;
use super::Transport;
use super::course::{Course, Scrub};
use super::program;
use super::program::{Hearing, Sources, Until};
use super::round::Round;
use crate::app::player::{HeardNow, PlayState};
use crate::audio::Direction;
use crate::audio::Program;
use crate::audio::Shuttle;
use crate::audio::Speed;
use crate::model::CutAt;
use crate::model::SceneId;
use crate::model::SlotId;
use crate::model::TrackId;
use crate::time::TickSpan;
use crate::time::Ticks;

/// How long a level takes that changes by itself.
const GENTLY: Ticks = Ticks::from_millis(1500);

impl Transport {
    /// A track's row was pressed.
    pub(in crate::app) fn press(
        &mut self,
        sources: Sources<'_>,
        cut: Option<CutAt>,
        track: TrackId,
    ) {
        self.let_music_in(sources.settings);
        if let (Some(at), Some(scene)) = (cut, self.hearing.armed) {
            self.hearing.trial = Some(track);
            self.play_scene(sources, at, scene);
            return;
        }
        let from = sources.settings.preview_from;
        let from = sources.show.track(track).map(|track| from.place(track));
        self.play_track(sources, track, from.unwrap_or(Ticks::ZERO));
    }

    /// Hears `track` in place of what is picked for the armed scene, or for the one under the
    /// playhead, which is armed then. What plays along the cut goes on where it is, with another
    /// music; a track that is tried already is let go of. Says whether there was a scene to try it
    /// against.
    pub(in crate::app) fn try_here(
        &mut self,
        sources: Sources<'_>,
        at: CutAt,
        track: TrackId,
    ) -> bool {
        self.let_music_in(sources.settings);
        let here = self.cut_playhead();
        let scene = self.hearing.armed.or_else(|| {
            let scenes = sources.show.cut(at)?.scenes();
            let under = scenes.iter().find(|(_, scene)| scene.span.contains(here));
            under.map(|(id, _)| *id)
        });
        let Some(scene) = scene else { return false };
        self.hearing.armed = Some(scene);
        let is_on_cut = self.line == Line::Cut(at)
            && self.now.state != PlayState::Stopped
            && !matches!(self.course, Course::Round(_));
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
    pub(in crate::app) fn play_track(&mut self, sources: Sources<'_>, track: TrackId, from: Ticks) {
        self.let_music_in(sources.settings);
        self.start(sources, Line::Track(track), from, Course::Straight);
    }

    /// Plays a cut from the pre-roll of a scene to the end of its post-roll.
    pub(in crate::app) fn play_scene(&mut self, sources: Sources<'_>, at: CutAt, scene: SceneId) {
        if let Some(cut) = sources.show.cut(at) {
            let from = program::pre_roll_of(cut, scene, sources.settings);
            self.parked = from;
            self.hearing.until = Until::PostRoll;
            self.start(sources, Line::Cut(at), from, Course::Straight);
        }
    }

    /// Plays a cut from a place: to the end of the armed scene's post-roll, where that lies ahead.
    pub(in crate::app) fn play_cut(&mut self, sources: Sources<'_>, at: CutAt, from: Ticks) {
        self.hearing.until = self.until_from(sources, at, from);
        self.start(sources, Line::Cut(at), from, Course::Straight);
    }

    /// Plays a stretch of a cut, and stops.
    pub(in crate::app) fn play_span(&mut self, sources: Sources<'_>, at: CutAt, span: TickSpan) {
        self.parked = span.start();
        self.hearing.until = Until::At(span.end());
        self.start(sources, Line::Cut(at), span.start(), Course::Straight);
    }

    /// Plays the next of every alternate of a slot, back to back, at the same place; where
    /// `shuffle` is given, in an order that nobody is told. Says whether there is anything to
    /// compare.
    pub(in crate::app) fn play_round(
        &mut self,
        sources: Sources<'_>,
        at: CutAt,
        slot: SlotId,
        shuffle: Option<u128>,
    ) -> bool {
        let here = match &self.course {
            // Again from where it began, rather than from where it has come to.
            Course::Round(round) => round.begins_at(),
            _ => self.cut_playhead(),
        };
        let each = sources.settings.round();
        let found = sources.show.cut(at).and_then(|cut| cut.slot(slot));
        let round = found.and_then(|found| Round::new(slot, found, here, each, shuffle));
        let Some(round) = round else { return false };
        self.let_music_in(sources.settings);
        self.hearing.trial = None;
        self.parked = round.begins_at();
        let from = round.begins_at();
        self.start(sources, Line::Cut(at), from, Course::Round(round));
        true
    }

    /// Goes on to turn `number` (from 0) of the round that is heard; after its last one it ends.
    pub(in crate::app) fn go_to_turn(&mut self, number: usize) {
        let Course::Round(round) = &self.course else {
            return;
        };
        if number >= round.turns.len() {
            self.parked = round.begins_at();
            self.stop();
            return;
        }
        let to = round.begin_of(number);
        self.played = to;
        self.now.at = round.begins_at();
        self.player.seek(to);
    }

    /// Shuttles: plays, or goes faster where it goes that way already.
    pub(in crate::app) fn shuttle_towards(
        &mut self,
        sources: Sources<'_>,
        cut: Option<CutAt>,
        lead: Option<TrackId>,
        direction: Direction,
    ) {
        let is_running = self.now.state.is_running();
        let speed = match (&self.course, direction) {
            (Course::Shuttle(now), _) if is_running && now.direction == direction => {
                now.speed.faster()
            }
            (Course::Straight, Direction::Forwards) if is_running => Speed::Twice,
            _ => Speed::Once,
        };
        if direction == Direction::Forwards && speed == Speed::Once {
            if is_running {
                self.go_straight_on(sources);
            } else {
                self.toggle(sources, cut, lead);
            }
            return;
        }
        let Some((line, from)) = self.here(cut) else {
            return;
        };
        self.hearing.until = Until::End;
        let shuttle = Shuttle {
            from,
            direction,
            speed,
        };
        self.start(sources, line, from, Course::Shuttle(shuttle));
    }

    /// Stops or goes on. `lead` is the track to play when nothing was played yet.
    pub(in crate::app) fn toggle(
        &mut self,
        sources: Sources<'_>,
        cut: Option<CutAt>,
        lead: Option<TrackId>,
    ) {
        match (self.now.state, self.line) {
            (PlayState::Playing | PlayState::Starting, _) => self.pause(sources),
            (PlayState::Paused, _) if matches!(self.course, Course::Scrub(_)) => {
                self.go_straight_on(sources);
            }
            (PlayState::Paused, _) => {
                self.is_cueing = false;
                self.player.resume();
            }
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

    /// Stands still. Who stops shuttling wants to go on at the usual speed.
    fn pause(&mut self, sources: Sources<'_>) {
        match self.course {
            Course::Shuttle(_) => self.stand(sources, self.now.at),
            Course::Straight | Course::Scrub(_) | Course::Round(_) => self.player.pause(),
        }
    }

    /// Goes on from where the playhead is, as usual.
    fn go_straight_on(&mut self, sources: Sources<'_>) {
        let from = self.now.at;
        match self.line {
            Line::Cut(at) => self.play_cut(sources, at, from),
            line => self.start(sources, line, from, Course::Straight),
        }
    }

    /// Stops; the playhead goes back to where playing began.
    pub(in crate::app) fn stop(&mut self) {
        self.player.stop();
        self.course = Course::Straight;
        self.now.state = PlayState::Stopped;
    }

    /// Moves the playhead of the open cut.
    pub(in crate::app) fn seek(&mut self, sources: Sources<'_>, cut: CutAt, to: Ticks) {
        let is_on_it = self.line == Line::Cut(cut) && self.now.state != PlayState::Stopped;
        if !is_on_it {
            self.stop();
            self.line = Line::Cut(cut);
        } else if !self.is_straight_until(sources, cut, to) {
            if self.now.state.is_running() {
                self.play_cut(sources, cut, to);
            } else {
                self.stand(sources, to);
            }
        } else {
            self.player.seek(to);
            self.now.at = to;
        }
        self.parked = to;
    }

    /// Whether what the player plays can simply go on at `to`.
    fn is_straight_until(&self, sources: Sources<'_>, cut: CutAt, to: Ticks) -> bool {
        let ends_ahead = sources
            .show
            .cut(cut)
            .is_some_and(|cut| to < program::end_of(cut, self.hearing, sources.settings));
        self.course == Course::Straight && ends_ahead
    }

    /// Moves the playhead by `by` on whatever line it runs along, playing on.
    pub(in crate::app) fn jog(&mut self, sources: Sources<'_>, cut: Option<CutAt>, by: Ticks) {
        match (self.line, self.here(cut)) {
            (Line::Track(_), Some((Line::Track(_), here))) if self.course == Course::Straight => {
                let to = (here + by).max(Ticks::ZERO);
                self.player.seek(to);
                self.now.at = to;
            }
            (_, Some((Line::Cut(at), here))) => {
                self.seek(sources, at, (here + by).max(Ticks::ZERO));
            }
            _ => {}
        }
    }

    /// Moves the playhead by `by`, lets `length` be heard from there, and stands.
    pub(in crate::app) fn step(
        &mut self,
        sources: Sources<'_>,
        cut: Option<CutAt>,
        by: Ticks,
        length: Ticks,
    ) {
        let Some((line, here)) = self.here(cut) else {
            return;
        };
        let mut to = (here + by).max(Ticks::ZERO);
        if let Line::Cut(at) = line {
            let cut_end = sources.show.cut(at).map_or(Ticks::ZERO, |cut| cut.length);
            to = to.min(cut_end);
            self.hearing.until = self.until_from(sources, at, to);
        }
        let Some(then) = self.program_of(sources, line, &Course::Straight) else {
            return;
        };
        let scrub = Scrub {
            at: to,
            length,
            then,
        };
        self.start(sources, line, to, Course::Scrub(scrub));
        self.now.state = PlayState::Paused;
        if matches!(line, Line::Cut(_)) {
            self.parked = to;
        }
    }

    /// The line that the playhead stands or runs on, and where.
    fn here(&self, cut: Option<CutAt>) -> Option<(Line, Ticks)> {
        match self.line {
            Line::Track(_) if self.now.state != PlayState::Stopped => {
                Some((self.line, self.now.at))
            }
            _ => Some((Line::Cut(cut?), self.cut_playhead())),
        }
    }

    /// Stands at `at` of the line, ready to go on.
    fn stand(&mut self, sources: Sources<'_>, at: Ticks) {
        if let Line::Cut(cut) = self.line {
            self.hearing.until = self.until_from(sources, cut, at);
        }
        if let Some(program) = self.program_of(sources, self.line, &Course::Straight) {
            self.cue(program, at);
        }
    }

    /// Has the player stand at a place of a program that lies as it is.
    pub(super) fn cue(&mut self, program: Program, at: Ticks) {
        self.course = Course::Straight;
        self.program = program.clone();
        self.player.play(program, at);
        self.player.pause();
        self.is_cueing = true;
        self.now = HeardNow {
            at,
            state: PlayState::Paused,
        };
    }

    /// Plays what lies on `line`, from `from` on.
    fn start(&mut self, sources: Sources<'_>, line: Line, from: Ticks, course: Course) {
        let Some(program) = self.program_of(sources, line, &course) else {
            return;
        };
        if matches!(line, Line::Track(_)) {
            self.park();
        }
        self.line = line;
        self.program = program.clone();
        self.played = course.begin(from);
        self.player.play(program, self.played);
        self.course = course;
        self.is_cueing = false;
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

    /// Where playing from a place of a cut stops by itself.
    fn until_from(&self, sources: Sources<'_>, at: CutAt, from: Ticks) -> Until {
        let hearing = Hearing {
            until: Until::PostRoll,
            ..self.hearing
        };
        let end = sources
            .show
            .cut(at)
            .map(|cut| program::end_of(cut, hearing, sources.settings));
        if end.is_some_and(|end| from < end) {
            Until::PostRoll
        } else {
            Until::End
        }
    }

    /// What the player plays of a line in the manner of `course`.
    fn program_of(&self, sources: Sources<'_>, line: Line, course: &Course) -> Option<Program> {
        match (line, course) {
            (Line::Nothing, _) => None,
            (Line::Cut(at), Course::Round(round)) => round.program(sources, at, self.hearing),
            (Line::Cut(at), _) => {
                program::audition(sources, at, self.hearing).map(|program| course.of(program))
            }
            (Line::Track(track), _) => {
                program::preview(sources, track).map(|program| course.of(program))
            }
        }
    }

    /// Arms a scene of the open cut, or none.
    pub(in crate::app) fn arm(
        &mut self,
        sources: Sources<'_>,
        cut: Option<CutAt>,
        scene: Option<SceneId>,
    ) {
        self.hearing.armed = scene;
        self.hearing.trial = None;
        let is_on_cut = matches!(self.line, Line::Cut(_)) && self.now.state != PlayState::Stopped;
        if let (Some(at), Some(scene)) = (cut, scene)
            && !is_on_cut
            && let Some(found) = sources.show.cut(at)
        {
            self.parked = program::pre_roll_of(found, scene, sources.settings);
        }
        if let (true, Some(at)) = (is_on_cut && self.course == Course::Straight, cut) {
            self.hearing.until = self.until_from(sources, at, self.now.at);
        }
        self.refresh(sources);
    }

    /// Marks the stretch between in and out point, or forgets it.
    pub(in crate::app) fn mark(&mut self, sources: Sources<'_>, range: Option<TickSpan>) {
        self.hearing.range = range.filter(|range| !range.is_empty());
        self.refresh(sources);
    }

    /// Repeats the range, or else the armed scene, or goes straight on.
    pub(in crate::app) fn toggle_loop(&mut self, sources: Sources<'_>) {
        self.hearing.is_looping = !self.hearing.is_looping;
        self.refresh(sources);
    }

    /// The track on trial has become part of the show, or is given up.
    pub(in crate::app) fn end_trial(&mut self) {
        self.hearing.trial = None;
    }

    /// Another cut is open: what was armed belongs to the old one.
    pub(in crate::app) fn leave_cut(&mut self) {
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
    pub(in crate::app) fn refresh(&mut self, sources: Sources<'_>) {
        self.refresh_over(sources, None);
    }

    /// The same where nobody has changed anything by hand, as when a track was measured: levels
    /// change slowly.
    pub(in crate::app) fn refresh_gently(&mut self, sources: Sources<'_>) {
        self.refresh_over(sources, Some(GENTLY));
    }

    fn refresh_over(&mut self, sources: Sources<'_>, easing: Option<Ticks>) {
        if self.now.state == PlayState::Stopped || self.line == Line::Nothing {
            return;
        }
        if let Course::Scrub(_) = &self.course {
            let then = self.program_of(sources, self.line, &Course::Straight);
            if let (Course::Scrub(scrub), Some(then)) = (&mut self.course, then) {
                scrub.then = then;
            }
        }
        match self.program_of(sources, self.line, &self.course) {
            Some(program) if program != self.program => {
                self.program = program.clone();
                self.player.update(Program { easing, ..program });
            }
            Some(_) => {}
            None => self.stop(),
        }
    }
}
