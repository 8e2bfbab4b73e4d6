//! Placing tracks: what happens when they are dropped somewhere on the timeline, or why it can't.
//!
//! One rule, used to draw the ghost before the drop, to make the drop, and to audition a track
//! where it would be placed:
//!
//! * onto a **slot**: each becomes an alternate of it; the slot keeps its pick if it has one.
//! * onto a **scene**: the scene's slot gets them and picks the first; a scene without a slot gets
//!   one as long as itself.
//! * onto a **marker**: the first sound of the track is pinned to the marker, in the slot that
//!   covers it or in a new one up to the scene's end.
//! * onto an **empty place**: a slot from there, as long as the track, up to the next slot, the
//!   scene's end or the end of the cut.
//!
//! A track lies with its first sample at the in point, as a clip does in an editing system: a
//! silence at its head is somebody's choice. Only a pin looks for the sound itself.

use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Change;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::Edit;
use crate::model::MarkerId;
use crate::model::Pin;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::Slot;
use crate::model::SlotField;
use crate::model::SlotId;
use crate::model::Track;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::time::TickSpan;
use crate::time::Ticks;

/// Where tracks are dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// On a slot.
    Slot(SlotId),
    /// On a scene.
    Scene(SceneId),
    /// On a marker.
    Marker(MarkerId),
    /// On a place of the timeline where nothing is.
    At(Ticks),
}

/// What a drop would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The edits.
    pub transaction: Transaction,
    /// The slot that holds the tracks afterwards.
    pub slot: SlotId,
    /// The alternate that the first of the tracks becomes.
    pub alternate: AlternateId,
    /// Where that slot lies.
    pub span: TickSpan,
    /// Where the first of the tracks sounds within it.
    pub heard: TickSpan,
    /// What will have happened, in one sentence.
    pub sentence: String,
}

/// Why tracks can't be dropped somewhere.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No tracks.
    #[error("nothing is being dragged")]
    Nothing,
    /// The cut is gone.
    #[error("there is no cut to place music in")]
    NoCut,
    /// The thing dropped on is gone.
    #[error("this place no longer exists")]
    NoTarget,
    /// A track is gone.
    #[error("the track is no longer in the pool")]
    NoTrack,
    /// A track has no sound file.
    #[error("“{0}” has no sound file yet")]
    NoMedia(String),
    /// A track was turned down.
    #[error("“{0}” was rejected for this show")]
    Rejected(String),
    /// The track is there already.
    #[error("“{0}” is already an alternate here")]
    AlreadyThere(String),
    /// Outside the cut.
    #[error("that lies outside the cut")]
    Outside,
}

/// What dropping `tracks` on `target` of the cut `at` would do.
///
/// # Errors
///
/// Says why it can't be done.
pub fn place(
    show: &Show,
    at: CutAt,
    tracks: &[TrackId],
    target: Target,
) -> Result<Placement, Refusal> {
    let cut = show.cut(at).ok_or(Refusal::NoCut)?;
    let first = *tracks.first().ok_or(Refusal::Nothing)?;
    let mut found = Vec::with_capacity(tracks.len());
    for id in tracks {
        let track = show.track(*id).ok_or(Refusal::NoTrack)?;
        if track.state == crate::model::PoolState::Rejected {
            return Err(Refusal::Rejected(track.title.clone()));
        }
        if track.media.is_none() {
            return Err(Refusal::NoMedia(track.title.clone()));
        }
        found.push((*id, track));
    }
    let lead = found.first().ok_or(Refusal::Nothing)?.1;
    let bed = Bed::find(cut, target, lead)?;
    if let Some((_, slot)) = &bed.existing {
        let used: Vec<TrackId> = slot.alternates().iter().map(|(_, a)| a.track).collect();
        // With several, those that are there already are simply passed over.
        found.retain(|(id, _)| !used.contains(id));
        if found.is_empty() {
            return Err(Refusal::AlreadyThere(lead.title.clone()));
        }
    }

    let mut edits = Vec::new();
    let (slot_id, next_order, pick) = match &bed.existing {
        Some((id, slot)) => (*id, slot.next_order(), slot.pick),
        None => {
            let id = SlotId::new();
            let slot = Slot {
                scene: bed.scene,
                span: bed.span,
                ..Slot::default()
            };
            edits.push(Edit::Slot(at, id, Change::Insert(Box::new(slot))));
            (id, 0, None)
        }
    };
    let mut first_alternate = None;
    for (n, (id, track)) in found.iter().enumerate() {
        let alternate = Alternate {
            order: next_order + n as i64,
            pin: bed.pin.map(|(marker, _)| Pin {
                moment: first_sound(track),
                marker,
            }),
            ..Alternate::new(*id, bed.start_of(track))
        };
        let alternate_id = AlternateId::new();
        first_alternate.get_or_insert((alternate_id, alternate.clone(), *track));
        edits.push(Edit::Alternate(
            at,
            slot_id,
            alternate_id,
            Change::Insert(Box::new(alternate)),
        ));
    }
    let (alternate_id, alternate, track) = first_alternate.ok_or(Refusal::Nothing)?;
    let becomes_pick = pick.is_none() || bed.picks;
    if becomes_pick {
        let field = SlotField::Pick(Some(alternate_id));
        edits.push(Edit::Slot(at, slot_id, Change::Set(field)));
    }
    let heard = track
        .duration()
        .and_then(|length| alternate.heard(bed.span, length))
        .unwrap_or(TickSpan::with_length(bed.span.start(), Ticks::ZERO));
    let what = match found.len() {
        1 => show
            .track(first)
            .map_or_else(String::new, |t| t.title.clone()),
        n => format!("{n} tracks"),
    };
    let place = bed.place(cut);
    let sentence = match (&bed.existing, becomes_pick, bed.pin) {
        (_, _, Some((_, name))) => format!("Pins the first sound of {what} to “{name}”"),
        (None, _, None) => format!("Places {what} on {place}"),
        (Some(_), true, None) => format!("Places {what} in the slot of {place} and picks it"),
        (Some((_, slot)), false, None) => format!(
            "Adds {what} as alternate {} of {place}",
            slot.alternates().len() + 1
        ),
    };
    Ok(Placement {
        transaction: Transaction::new(format!("place {what} on {place}"), edits),
        slot: slot_id,
        alternate: alternate_id,
        span: bed.span,
        heard,
        sentence,
    })
}

/// Where a track's music begins: past the silence at its head.
fn first_sound(track: &Track) -> Ticks {
    track.measured.first_sound.unwrap_or(Ticks::ZERO)
}

/// Where dropped tracks come to lie.
struct Bed<'a> {
    existing: Option<(SlotId, &'a Slot)>,
    span: TickSpan,
    scene: Option<SceneId>,
    /// The marker that the first sound is tied to, and its name.
    pin: Option<(MarkerId, &'a str)>,
    pin_at: Ticks,
    /// Whether the first of the tracks becomes the pick even where there is one.
    picks: bool,
}

impl<'a> Bed<'a> {
    fn find(cut: &'a Cut, target: Target, lead: &Track) -> Result<Self, Refusal> {
        match target {
            Target::Slot(id) => {
                let slot = cut.slot(id).ok_or(Refusal::NoTarget)?;
                Ok(Self::in_slot(id, slot))
            }
            Target::Scene(id) => {
                let scene = cut.scene(id).ok_or(Refusal::NoTarget)?;
                match slot_of_scene(cut, id) {
                    Some((slot_id, slot)) => Ok(Self {
                        picks: true,
                        ..Self::in_slot(slot_id, slot)
                    }),
                    None => Ok(Self::fresh(scene.span, Some(id))),
                }
            }
            Target::Marker(id) => {
                let marker = cut.marker(id).ok_or(Refusal::NoTarget)?;
                if !cut.span().contains(marker.at) {
                    return Err(Refusal::Outside);
                }
                let covering = cut
                    .slots()
                    .into_iter()
                    .find(|(_, slot)| slot.span.contains(marker.at));
                let bed = match covering {
                    Some((slot_id, slot)) => Self::in_slot(slot_id, slot),
                    None => Self::open(cut, marker.at, lead),
                };
                Ok(Self {
                    pin: Some((id, marker.name.as_str())),
                    pin_at: marker.at,
                    ..bed
                })
            }
            Target::At(at) => {
                if !cut.span().contains(at) {
                    return Err(Refusal::Outside);
                }
                let at = cut.timebase.rate().snapped(at);
                Ok(Self::open(cut, at, lead))
            }
        }
    }

    fn in_slot(id: SlotId, slot: &'a Slot) -> Self {
        Self {
            existing: Some((id, slot)),
            ..Self::fresh(slot.span, slot.scene)
        }
    }

    fn fresh(span: TickSpan, scene: Option<SceneId>) -> Self {
        Self {
            existing: None,
            span,
            scene,
            pin: None,
            pin_at: span.start(),
            picks: false,
        }
    }

    /// A new slot from `at`: as long as the track's music, and no longer than up to the next slot,
    /// the end of the scene, or the end of the cut.
    fn open(cut: &Cut, at: Ticks, lead: &Track) -> Self {
        let scene = cut
            .scenes()
            .into_iter()
            .find(|(_, scene)| scene.span.contains(at));
        let mut end = cut.length;
        if let Some((_, scene)) = scene {
            end = end.min(scene.span.end());
        }
        if let Some(next) = cut
            .slots()
            .iter()
            .map(|(_, slot)| slot.span.start())
            .find(|start| *start > at)
        {
            end = end.min(next);
        }
        let rate = cut.timebase.rate();
        if let Some(length) = lead.duration() {
            end = end.min(rate.snapped(at + length).max(at + rate.frame_length()));
        }
        Self::fresh(TickSpan::between(at, end), scene.map(|(id, _)| id))
    }

    /// Where the first sample of `track` falls.
    fn start_of(&self, track: &Track) -> Ticks {
        match self.pin {
            Some(_) => self.pin_at - first_sound(track),
            None => self.span.start(),
        }
    }

    /// The place in words.
    fn place(&self, cut: &Cut) -> String {
        let scene = self.scene.and_then(|id| cut.scene(id));
        match scene {
            Some(scene) if !scene.number.is_empty() => scene.number.clone(),
            Some(scene) => scene.name.clone(),
            None => cut.label(self.span.start()),
        }
    }
}

/// How a track lies, or would lie, against a scene.
#[derive(Clone, Debug, PartialEq)]
pub struct Lie {
    /// The slot it lies in, where there is one.
    pub slot: Option<SlotId>,
    /// Where that slot is, or would be.
    pub span: TickSpan,
    /// How it lies in it.
    pub alternate: Alternate,
}

/// How `track` lies against `scene`: as it is placed where it is one of the alternates, else as it
/// would be placed by dropping it there.
pub fn lie(show: &Show, at: CutAt, scene: SceneId, track: TrackId) -> Option<Lie> {
    let cut = show.cut(at)?;
    let entry = show.track(track)?;
    let bed = Bed::find(cut, Target::Scene(scene), entry).ok()?;
    let placed = bed.existing.as_ref().and_then(|(_, slot)| {
        let alternates = slot.alternates();
        let found = alternates.iter().find(|(_, a)| a.track == track)?;
        Some(found.1.clone())
    });
    Some(Lie {
        slot: bed.existing.as_ref().map(|(id, _)| *id),
        span: bed.span,
        alternate: placed.unwrap_or_else(|| Alternate::new(track, bed.start_of(entry))),
    })
}

/// The slot that music for a scene goes to: the first one made for it, or else the first that
/// begins in it.
pub fn slot_of_scene(cut: &Cut, scene: SceneId) -> Option<(SlotId, &Slot)> {
    let span = cut.scene(scene)?.span;
    let slots = cut.slots();
    let made_for = slots.iter().find(|(_, slot)| slot.scene == Some(scene));
    let begins_in = || {
        slots
            .iter()
            .find(|(_, slot)| slot.scene.is_none() && span.contains(slot.span.start()))
    };
    made_for.or_else(begins_in).copied()
}
