//! Who sounds when: a program laid along a run's passes, and the voices that serve it.

use std::sync::Arc;

use crate::audio::Pace;
use crate::audio::Part;
use crate::audio::PartId;
use crate::audio::Program;
use crate::audio::SoundKey;
use crate::audio::clock::RunId;
use crate::audio::fade::Contour;
use crate::audio::fade::FrameSpan;
use crate::audio::fade::Joints;
use crate::audio::route::OPEN;
use crate::audio::route::Pass;
use crate::audio::route::Route;
use crate::audio::voice::Line;
use crate::audio::voice::Over;
use crate::audio::voice::VoiceId;
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Ticks;

/// A part within one pass of a run: what a voice is needed for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Role {
    pub(crate) part: PartId,
    pub(crate) pass: u64,
    pub(crate) sound: SoundKey,
    pub(crate) pace: Pace,
    pub(crate) group: usize,
    /// The run's frame of the sound's first.
    pub(crate) origin: i64,
    pub(crate) contour: Contour,
}

impl Role {
    fn new(part: &Part, pass: &Pass, rate: SampleRate) -> Self {
        let frames = |ticks: Ticks| rate.nearest_samples(ticks).get();
        let joints = Joints::at(rate);
        let shift = pass.shift();
        let heard = FrameSpan {
            from: frames(part.heard.start()) + shift,
            to: (frames(part.heard.end()) + shift).min(OPEN),
        };
        let window = FrameSpan {
            // The first pass has no loop point to come from.
            from: if pass.number == 0 {
                FrameSpan::ALL.from
            } else {
                pass.from
            },
            to: pass.to,
        };
        Self {
            part: part.id,
            pass: pass.number,
            sound: part.sound.clone(),
            pace: part.pace,
            group: part.group.index(),
            origin: frames(part.start) + shift,
            contour: Contour {
                gain: part.gain.get(),
                heard,
                fade_in: frames(part.fade_in).max(0),
                fade_out: frames(part.fade_out).max(0),
                window,
                edge: joints.edge,
            },
        }
    }

    /// The first frame of the sound that is needed when the run stands at `now`.
    pub(crate) fn begin(&self, now: i64) -> i64 {
        self.contour.begin().max(self.origin).max(now)
    }

    /// Whether it is the same sound in the same place; its level may differ.
    pub(crate) fn sounds_like(&self, other: &Self) -> bool {
        self.part == other.part
            && self.pass == other.pass
            && self.sound == other.sound
            && self.pace == other.pace
            && self.origin == other.origin
            && self.group == other.group
    }
}

/// The roles of a program that sound at `now` or begin before `horizon`, in the order of parts.
pub(crate) fn roles(
    program: &Program,
    route: &Route,
    rate: SampleRate,
    now: i64,
    horizon: i64,
) -> Vec<Role> {
    let lead = Joints::at(rate).edge;
    let passes = route.passes().iter();
    let passes = passes.filter(|pass| pass.to > now && pass.from - lead < horizon);
    let all = passes.flat_map(|pass| {
        let parts = program.parts.iter();
        parts.map(move |part| Role::new(part, pass, rate))
    });
    let is_needed = |role: &Role| {
        let begin = role.begin(now);
        begin < horizon && begin < role.contour.end()
    };
    all.filter(is_needed).collect()
}

/// How far a player has come.
pub(crate) enum Stage {
    /// Its ring is being filled; it is not in the bus.
    Preparing(rtrb::Consumer<StereoFrame>),
    /// It is in the bus.
    Sounding,
    /// It is in the bus, going out.
    Leaving,
    /// It came back from the bus, or never could begin.
    Spent(Over),
}

/// What a player does when an edit comes in: all at one frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Swap {
    /// Nothing.
    #[default]
    Stay,
    /// It comes in.
    Join,
    /// It goes out.
    GoOut,
}

/// A voice and the role it plays.
pub(crate) struct Player {
    pub(crate) voice: VoiceId,
    pub(crate) run: RunId,
    pub(crate) role: Role,
    /// The first frame it was asked to supply.
    pub(crate) from: i64,
    pub(crate) line: Arc<Line>,
    pub(crate) stage: Stage,
    pub(crate) swap: Swap,
    /// That it was late has been counted.
    pub(crate) is_counted_late: bool,
    /// Its sound's end or failure has been noted.
    pub(crate) is_noted: bool,
}

impl Player {
    /// Whether it can play `role` from `now` on.
    pub(crate) fn can_play(&self, role: &Role, now: i64) -> bool {
        if !self.role.sounds_like(role) {
            return false;
        }
        match self.stage {
            Stage::Preparing(_) | Stage::Sounding => self.from <= role.begin(now),
            Stage::Leaving | Stage::Spent(Over::Released) => false,
            Stage::Spent(Over::Material) => true,
            Stage::Spent(Over::Place) => role.contour.end() <= self.role.contour.end(),
        }
    }

    /// Whether it is, or is about to be, in the bus.
    pub(crate) fn is_live(&self) -> bool {
        !matches!(self.stage, Stage::Spent(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::Group;
    use crate::audio::route::LoopFrames;
    use crate::time::TickSpan;

    const RATE: SampleRate = SampleRate::HZ_48000;

    fn program(starts: &[i64]) -> Program {
        let part = |(id, &start): (u64, &i64)| Part {
            heard: TickSpan::with_length(Ticks::from_secs(start), Ticks::from_secs(10)),
            ..Part::whole(
                PartId(id),
                SoundKey::new("a", ""),
                Ticks::from_secs(start),
                Group::Music,
            )
        };
        Program {
            parts: (0..).zip(starts).map(part).collect(),
            ..Program::default()
        }
    }

    fn needed(program: &Program, route: &Route, now: i64) -> Vec<(u64, u64)> {
        let roles = roles(program, route, RATE, now, now + 72_000);
        roles.iter().map(|role| (role.part.0, role.pass)).collect()
    }

    #[test]
    fn only_what_sounds_or_soon_begins_needs_a_voice() {
        let program = program(&[0, 20, 40]);
        let route = Route::new(0, None);
        assert_eq!(needed(&program, &route, 48_000 * 5), [(0, 0)]);
        assert_eq!(needed(&program, &route, 48_000 * 15), []);
        assert_eq!(needed(&program, &route, 48_000 * 19), [(1, 0)]);
    }

    #[test]
    fn the_next_pass_of_a_loop_needs_voices_of_its_own_before_it_begins() {
        let span = TickSpan::with_length(Ticks::from_secs(2), Ticks::from_secs(2));
        let mut route = Route::new(0, Some(LoopFrames::at(RATE, span)));
        let now = 48_000 * 3;
        route.extend(now, now + 72_000);
        assert_eq!(needed(&program(&[0]), &route, now), [(0, 0), (0, 1)]);
    }
}
