//! Writing what auditioning would play: the same program on the same bus, faster than real time.

use std::io;
use std::path::Path;

use super::App;
use super::tasks::export::{RATE, RenderOrder};
use super::transport::program;
use super::transport::program::{Hearing, Sources};
use crate::audio::Gain;
use crate::audio::Group;
use crate::audio::Part;
use crate::audio::Program;
use crate::media::BroadcastInfo;
use crate::media::StereoFrame;
use crate::model::AlternateId;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::SceneId;
use crate::model::TrackId;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What of a scene is written, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RenderChoice {
    /// An alternate instead of the pick, or of the track that is tried.
    pub alternate: Option<AlternateId>,
    /// What sounds.
    pub mix: Mix,
    /// How much more before the scene and after it. Music that runs to the scene's edge goes on
    /// into it, without its fade. There is nothing before the first frame of the cut.
    pub handles: Ticks,
    /// Whether music is left as loud as its recording, whatever the settings say.
    pub is_unlevelled: bool,
}

/// What sounds in what is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mix {
    /// The music alone.
    #[default]
    Music,
    /// The guide alone.
    Guide,
    /// Both, as auditioned.
    Both,
    /// The guide on the left, the music on the right, each folded to one channel: so that an
    /// editor can take either.
    Split,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Its rate.
    pub rate: SampleRate,
    /// Its length.
    pub length: Samples,
    /// Where its first sample belongs on the timecode's clock, in samples since midnight.
    pub time_reference: Samples,
    /// What could not be read and is missing from it, by its file, and why.
    pub missing: Vec<(String, String)>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The scene is gone.
    #[error("the scene no longer exists")]
    Gone,
    /// It was called off.
    #[error("it was called off")]
    Cancelled,
    /// The file could not be written.
    #[error("the file could not be written ({source}): {path}")]
    Write {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
}

impl App {
    /// Renders a scene from its in to its out point into a 24-bit WAV file at 48 kHz whose `bext`
    /// chunk says at which timecode it begins. Blocks until it is done.
    ///
    /// # Errors
    ///
    /// Fails when the scene is gone or the file cannot be written; what was written of it then
    /// does not take the place of a file that was there.
    pub fn render_scene(
        &self,
        at: CutAt,
        scene: SceneId,
        choice: RenderChoice,
        path: &Path,
    ) -> Result<Rendered, RenderError> {
        let order = self.render_order(at, scene, choice);
        order
            .ok_or(RenderError::Gone)?
            .write(path, |_share| (), || false)
    }

    /// What a scene would be written from now; `None` where it is gone.
    pub(in crate::app) fn render_order(
        &self,
        at: CutAt,
        scene: SceneId,
        choice: RenderChoice,
    ) -> Option<RenderOrder> {
        let sources = self.sources()?;
        let cut = sources.show.cut(at)?;
        let span = cut.scene(scene)?.span;
        let wide = TickSpan::between(
            (span.start() - choice.handles).max(Ticks::ZERO),
            span.end() + choice.handles,
        );
        // What is tried against the scene right now is what somebody hears and wants.
        let is_armed = self.transport.armed() == Some(scene);
        let tried = self.transport.trial().filter(|_| is_armed);
        let heard = heard(sources, at, scene, choice, tried)?;
        let (mut parts, ducked) = (heard.parts, heard.ducked);
        for part in &mut parts {
            into_handles(part, span, wide);
        }
        let (music, guide) = parts
            .into_iter()
            .partition(|part| part.group == Group::Music);
        let program = |parts| Program {
            parts,
            ..Program::default()
        };
        Some(RenderOrder {
            music: program(music),
            guide: program(guide),
            ducked,
            span: wide,
            mix: choice.mix,
            origin: self.origin(at, cut, scene, wide),
        })
    }

    /// What the file says of itself, so that it spots itself in an editing system.
    fn origin(&self, at: CutAt, cut: &Cut, scene: SceneId, wide: TickSpan) -> BroadcastInfo {
        let now = (self.outside.calendar)();
        let episode = self.show().and_then(|show| show.episode(at.episode));
        let episode = episode.map(|episode| format!("{} {}", episode.number, episode.title));
        let scene = cut.scene(scene).map(crate::model::Scene::title);
        let words = [episode, scene].into_iter().flatten();
        let midnight = cut.timebase.rate().to_ticks(cut.start);
        BroadcastInfo {
            description: words.collect::<Vec<_>>().join(", "),
            originator: "Needledrop".to_owned(),
            originator_reference: String::new(),
            date: now.date(),
            time: now.time_of_day(),
            time_reference: RATE.nearest_samples(midnight + wide.start()),
        }
    }
}

impl Mix {
    /// What is heard of a frame of both.
    pub(super) fn of(self, music: StereoFrame, guide: StereoFrame) -> StereoFrame {
        let folded = |frame: StereoFrame| f32::midpoint(frame[0], frame[1]);
        match self {
            Self::Music => music,
            Self::Guide => guide,
            Self::Both => [music[0] + guide[0], music[1] + guide[1]],
            Self::Split => [folded(guide), folded(music)],
        }
    }
}

/// What auditioning the scene would play, at the levels it would have.
fn heard(
    sources: Sources<'_>,
    at: CutAt,
    scene: SceneId,
    choice: RenderChoice,
    tried: Option<TrackId>,
) -> Option<Program> {
    let mut settings = sources.settings.clone();
    settings.is_levelled &= !choice.is_unlevelled;
    let sources = Sources {
        settings: &settings,
        ..sources
    };
    let slots = sources.show.cut(at)?.slots();
    let turn = choice.alternate.and_then(|id| {
        let found = slots.iter().find(|(_, slot)| slot.alternate(id).is_some());
        found.map(|(slot, _)| (*slot, id))
    });
    let hearing = Hearing {
        armed: Some(scene),
        trial: tried.filter(|_| turn.is_none()),
        turn,
        ..Hearing::default()
    };
    let mut program = program::audition(sources, at, hearing)?;
    // The guide's fader, which the device has and a file has not.
    let fader = Gain::from_decibels(settings.guide_gain().to_f32());
    for part in &mut program.parts {
        if part.group == Group::Guide {
            part.gain = Gain::linear(part.gain.get() * fader.get());
        }
    }
    Some(program)
}

/// Lets music that is cut at an edge of the scene go on into the handle.
fn into_handles(part: &mut Part, scene: TickSpan, wide: TickSpan) {
    if part.group != Group::Music || wide == scene {
        return;
    }
    let (mut from, mut to) = (part.heard.start(), part.heard.end());
    if from <= scene.start() && scene.start() < to {
        from = wide.start();
        part.fade_in = Ticks::ZERO;
    }
    if to >= scene.end() && part.heard.start() < scene.end() {
        to = wide.end();
        part.fade_out = Ticks::ZERO;
    }
    part.heard = TickSpan::between(from, to);
}
