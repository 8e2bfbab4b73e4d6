//! What is to be heard, worked out from the show: a track by itself, or a cut with its music.

use crate::app::places::MediaPlaces;
use crate::app::settings::Settings;
use crate::audio::End;
use crate::audio::Gain;
use crate::audio::Group;
use crate::audio::Pace;
use crate::audio::Part;
use crate::audio::PartId;
use crate::audio::Program;
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Decibels;
use crate::model::Measured;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::SlotId;
use crate::model::TrackId;
use crate::ops::place::Lie;
use crate::ops::place::lie;
use crate::time::TickSpan;
use crate::time::Ticks;

/// The gain of a track that has not been measured: low, because it may be loud.
const UNMEASURED: Decibels = Decibels::from_hundredths(-1400);
/// No true peak comes closer to full scale than this (EBU R 128, section "Maximum true peak").
const CEILING: Decibels = Decibels::from_hundredths(-100);
const GUIDE_PART: PartId = PartId(1);

/// Everything a program is worked out from.
#[derive(Clone, Copy)]
pub(in crate::app) struct Sources<'a> {
    /// The show.
    pub show: &'a Show,
    /// Where its sound files are.
    pub places: &'a MediaPlaces,
    /// How loud, how far before and after.
    pub settings: &'a Settings,
}

impl<'a> Sources<'a> {
    /// Everything there is to a program.
    pub(in crate::app) fn of(
        show: &'a Show,
        places: &'a MediaPlaces,
        settings: &'a Settings,
    ) -> Self {
        Self {
            show,
            places,
            settings,
        }
    }
}

/// What of a cut is heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct Hearing {
    /// The scene that is armed.
    pub armed: Option<SceneId>,
    /// A track tried against it instead of the pick.
    pub trial: Option<TrackId>,
    /// An alternate heard instead of the pick of its slot.
    pub turn: Option<(SlotId, AlternateId)>,
    /// The stretch between in and out point.
    pub range: Option<TickSpan>,
    /// Whether the range repeats, or else the armed scene.
    pub is_looping: bool,
    /// Where playing stops by itself.
    pub until: Until,
}

impl Hearing {
    /// What would repeat in `cut`.
    pub(in crate::app) fn looped(&self, cut: &Cut) -> Option<TickSpan> {
        self.range.or_else(|| Some(cut.scene(self.armed?)?.span))
    }
}

/// Where playing along a cut stops by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::app) enum Until {
    /// At the end of the cut.
    #[default]
    End,
    /// At the end of the armed scene's post-roll.
    PostRoll,
    /// There.
    At(Ticks),
}

/// The gain that brings a track to `settings.target()`: it only ever turns down, and keeps true
/// peaks under the ceiling. Nothing where levelling is off.
pub(in crate::app) fn level(measured: &Measured, settings: &Settings) -> Decibels {
    if !settings.is_levelled {
        return Decibels::ZERO;
    }
    let Some(loudness) = measured.loudness else {
        return UNMEASURED;
    };
    let to_target = loudness.gain_to(settings.target()).min(Decibels::ZERO);
    match measured.true_peak {
        Some(peak) => to_target.min(CEILING - peak),
        None => to_target,
    }
}

/// A track by itself, from its first sample.
pub(in crate::app) fn preview(sources: Sources<'_>, id: TrackId) -> Option<Program> {
    let track = sources.show.track(id)?;
    let sound = sources.places.key(track.media.as_ref()?);
    let gain = level(&track.measured, sources.settings);
    Some(Program {
        parts: vec![Part {
            gain: Gain::from_decibels(gain.to_f32()),
            ..Part::whole(track_part(id), sound, Ticks::ZERO, Group::Music)
        }],
        ..Program::default()
    })
}

/// A cut with its guide and the pick of every slot, or a track on trial in the armed scene.
pub(in crate::app) fn audition(
    sources: Sources<'_>,
    at: CutAt,
    hearing: Hearing,
) -> Option<Program> {
    let cut = sources.show.cut(at)?;
    let trial = hearing
        .armed
        .zip(hearing.trial)
        .and_then(|(scene, track)| lie(sources.show, at, scene, track));
    let mut parts: Vec<Part> = guide(sources, cut).into_iter().collect();
    for (id, slot) in cut.slots() {
        if trial.as_ref().is_some_and(|trial| trial.slot == Some(id)) {
            continue;
        }
        let turn = hearing.turn.filter(|(of, _)| *of == id);
        let turn = turn.and_then(|(_, turn)| Some((turn, slot.alternate(turn)?)));
        if let Some((alternate_id, alternate)) = turn.or_else(|| slot.picked()) {
            let part = alternate_part(alternate_id);
            parts.extend(music(sources, part, alternate, slot.span));
        }
    }
    if let Some(Lie {
        span, alternate, ..
    }) = &trial
    {
        parts.extend(music(
            sources,
            track_part(alternate.track),
            alternate,
            *span,
        ));
    }
    let looping = hearing.looped(cut).filter(|_| hearing.is_looping);
    Some(Program {
        parts,
        looping,
        end: End::At(end_of(cut, hearing, sources.settings)),
        ducked: sources.settings.ducking.ducked(),
        easing: None,
    })
}

/// Where playing along `cut` stops by itself.
pub(in crate::app) fn end_of(cut: &Cut, hearing: Hearing, settings: &Settings) -> Ticks {
    let scene = hearing.armed.and_then(|id| cut.scene(id));
    match (hearing.until, scene) {
        (Until::At(end), _) => end.min(cut.length),
        (Until::PostRoll, Some(scene)) => (scene.span.end() + settings.post_roll()).min(cut.length),
        (Until::PostRoll, None) | (Until::End, _) => cut.length,
    }
}

/// Where auditioning a scene begins.
pub(in crate::app) fn pre_roll_of(cut: &Cut, scene: SceneId, settings: &Settings) -> Ticks {
    let start = cut.scene(scene).map_or(Ticks::ZERO, |s| s.span.start());
    (start - settings.pre_roll()).max(Ticks::ZERO)
}

fn guide(sources: Sources<'_>, cut: &Cut) -> Option<Part> {
    let guide = cut.guide.as_ref()?;
    let sound = sources.places.key(&guide.media);
    Some(Part {
        gain: Gain::from_decibels(guide.gain.to_f32()),
        heard: TickSpan::between(guide.offset, guide.offset + guide.media.duration()),
        ..Part::whole(GUIDE_PART, sound, guide.offset, Group::Guide)
    })
}

fn music(sources: Sources<'_>, id: PartId, alternate: &Alternate, slot: TickSpan) -> Option<Part> {
    let track = sources.show.track(alternate.track)?;
    let media = track.media.as_ref()?;
    let gain = level(&track.measured, sources.settings) + alternate.gain;
    let gain = if alternate.gain <= Decibels::MIN_GAIN {
        Gain::SILENT
    } else {
        Gain::from_decibels(gain.to_f32())
    };
    Some(Part {
        id,
        sound: sources.places.key(media),
        start: alternate.track_start,
        heard: alternate.heard(slot, media.duration())?,
        gain,
        fade_in: alternate.fade_in,
        fade_out: alternate.fade_out,
        group: Group::Music,
        pace: Pace::default(),
    })
}

/// The part that an alternate is heard as.
pub(in crate::app) fn alternate_part(id: AlternateId) -> PartId {
    PartId(id.as_u128() as u64 | 1 << 63)
}

/// Alternates and tracks on trial have part numbers in halves of their own.
fn track_part(id: TrackId) -> PartId {
    PartId((id.as_u128() as u64 | 2) & !(1 << 63))
}
