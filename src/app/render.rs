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
use crate::model::Scene;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::SlotId;
use crate::model::TrackId;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// A scene, with all the music in it.
    Scene(SceneId),
    /// A slot, with its music alone.
    Slot(SlotId),
}

impl Passage {
    /// Where it lies, if it is there.
    pub fn span(self, cut: &Cut) -> Option<TickSpan> {
        match self {
            Self::Scene(id) => Some(cut.scene(id)?.span),
            Self::Slot(id) => Some(cut.slot(id)?.span),
        }
    }

    /// What it is called: its scene, and for a slot its track.
    pub fn title(self, show: &Show, cut: &Cut) -> String {
        match self {
            Self::Scene(id) => cut.scene(id).map(Scene::title).unwrap_or_default(),
            Self::Slot(id) => {
                let slot = cut.slot(id);
                let scene = slot.and_then(|slot| cut.scene(slot.scene?));
                let track = slot.and_then(|slot| show.track(slot.picked()?.1.track));
                let words = [scene.map(Scene::title), track.map(|it| it.title.clone())];
                words.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// What of a passage is written, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RenderChoice {
    /// An alternate instead of the pick, or of the track that is tried.
    pub alternate: Option<AlternateId>,
    /// What sounds.
    pub mix: Mix,
    /// How much more before the passage and after it. Music that runs to its edge goes on into
    /// that, without its fade. There is nothing before the first frame of the cut.
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
    /// What was to be written is gone.
    #[error("the scene or slot no longer exists")]
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
    /// Renders a scene or a slot from its in to its out point into a 24-bit WAV file at 48 kHz whose `bext`
    /// chunk says at which timecode it begins. Blocks until it is done.
    ///
    /// # Errors
    ///
    /// Fails when it is gone or the file cannot be written; what was written of it then
    /// does not take the place of a file that was there.
    pub fn render(
        &self,
        at: CutAt,
        passage: Passage,
        choice: RenderChoice,
        path: &Path,
    ) -> Result<Rendered, RenderError> {
        let order = self.render_order(at, passage, choice);
        order.ok_or(RenderError::Gone)?.write(
            path,
            self.outside.sounds.clone(),
            |_share| (),
            || false,
        )
    }

    /// What a passage would be written from now; `None` where it is gone.
    pub(in crate::app) fn render_order(
        &self,
        at: CutAt,
        passage: Passage,
        choice: RenderChoice,
    ) -> Option<RenderOrder> {
        let sources = self.sources()?;
        let cut = sources.show.cut(at)?;
        let span = passage.span(cut)?;
        let wide = TickSpan::between(
            (span.start() - choice.handles).max(Ticks::ZERO),
            span.end() + choice.handles,
        );
        // What is tried against the scene right now is what somebody hears and wants.
        let armed = self.transport.armed();
        let is_armed = armed.is_some_and(|scene| passage == Passage::Scene(scene));
        let tried = self.transport.trial().filter(|_| is_armed);
        let heard = heard(sources, at, passage, choice, tried)?;
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
            origin: self.origin(at, cut, passage, wide),
        })
    }

    /// What the file says of itself, so that it spots itself in an editing system.
    fn origin(&self, at: CutAt, cut: &Cut, passage: Passage, wide: TickSpan) -> BroadcastInfo {
        let now = (self.outside.calendar)();
        let episode = self.show().and_then(|show| show.episode(at.episode));
        let episode = episode.map(|episode| format!("{} {}", episode.number, episode.title));
        let title = self.show().map(|show| passage.title(show, cut));
        let words = [episode, title].into_iter().flatten();
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

/// What auditioning the passage would play, at the levels it would have.
fn heard(
    sources: Sources<'_>,
    at: CutAt,
    passage: Passage,
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
        armed: match passage {
            Passage::Scene(scene) => Some(scene),
            Passage::Slot(_) => None,
        },
        trial: tried.filter(|_| turn.is_none()),
        turn,
        ..Hearing::default()
    };
    let mut program = program::audition(sources, at, hearing)?;
    if let Passage::Slot(id) = passage {
        let slot = sources.show.cut(at)?.slot(id)?;
        let heard = turn.filter(|(of, _)| *of == id).map(|(_, id)| id);
        let only = heard.or(slot.pick).map(program::alternate_part);
        let is_meant = |part: &Part| part.group == Group::Guide || Some(part.id) == only;
        program.parts.retain(is_meant);
    }
    // The guide's fader, which the device has and a file has not.
    let fader = Gain::from_decibels(settings.guide_gain().to_f32());
    for part in &mut program.parts {
        if part.group == Group::Guide {
            part.gain = Gain::linear(part.gain.get() * fader.get());
        }
    }
    Some(program)
}

/// Lets music that is cut at an edge of the passage go on into the handle.
fn into_handles(part: &mut Part, passage: TickSpan, wide: TickSpan) {
    if part.group != Group::Music || wide == passage {
        return;
    }
    let (mut from, mut to) = (part.heard.start(), part.heard.end());
    if from <= passage.start() && passage.start() < to {
        from = wide.start();
        part.fade_in = Ticks::ZERO;
    }
    if to >= passage.end() && part.heard.start() < passage.end() {
        to = wide.end();
        part.fade_out = Ticks::ZERO;
    }
    part.heard = TickSpan::between(from, to);
}
