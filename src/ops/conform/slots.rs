//! What becomes of each slot: music follows the moment of picture that it is pinned to.

use std::collections::BTreeMap;
use std::fmt;

use super::map::{Gathered, PictureMap, Sureness};
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Cut;
use crate::model::MarkerId;
use crate::model::Pin;
use crate::model::Show;
use crate::model::Slot;
use crate::model::SlotId;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;

/// The fade that is proposed for music whose ending is cut off.
const FADE: Ticks = Ticks::from_secs(1);

/// What became of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It goes where its picture went, as it is.
    Follows,
    /// It goes where its picture went, and somebody has to look at it.
    NeedsALook,
    /// Its picture is gone.
    LostItsScene,
}

impl Outcome {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Follows => "follows",
            Self::NeedsALook => "needs a look",
            Self::LostItsScene => "lost its scene",
        }
    }
}

/// Why somebody has to look at a slot. Each displays as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// A moment that music was pinned to, or that was to be hit, is gone.
    HitLost {
        /// The marker's name.
        marker: String,
    },
    /// A hit point has moved against the music by more than it allows.
    HitMissed {
        /// The marker's name.
        marker: String,
        /// How much later it comes in the music than it did.
        by: Frames,
    },
    /// Picture inside has gone or come.
    PictureChanged {
        /// How much of it is gone.
        removed: Frames,
        /// How much is new.
        inserted: Frames,
    },
    /// Its picture has changed places inside.
    Reordered,
    /// The music's own ending is cut off.
    EndingCut {
        /// By how much.
        by: Frames,
    },
    /// It lies over another slot now, which it did not.
    Clash {
        /// The other one.
        with: SlotId,
        /// What that is for.
        place: String,
    },
    /// Part of its picture is somewhere else.
    Split,
    /// Its picture runs at another speed.
    SpeedChanged,
    /// It is not sure that its picture is the same.
    Unsure,
}

impl Reason {
    /// Its word in output for programs.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::HitLost { .. } => "hit lost",
            Self::HitMissed { .. } => "hit missed",
            Self::PictureChanged { .. } => "picture changed",
            Self::Reordered => "reordered inside",
            Self::EndingCut { .. } => "ending cut off",
            Self::Clash { .. } => "clash",
            Self::Split => "split",
            Self::SpeedChanged => "speed changed",
            Self::Unsure => "unsure",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frames = |n: &Frames| match n.get() {
            1 => "1 frame".to_owned(),
            n => format!("{n} frames"),
        };
        match self {
            Self::HitLost { marker } => write!(f, "“{marker}” is no longer in the cut"),
            Self::HitMissed { marker, by } if by.get() < 0 => {
                let by = Frames::new(-by.get());
                write!(f, "“{marker}” comes {} earlier in the music", frames(&by))
            }
            Self::HitMissed { marker, by } => {
                write!(f, "“{marker}” comes {} later in the music", frames(by))
            }
            Self::PictureChanged { removed, inserted } => match (removed.get(), inserted.get()) {
                (_, 0) => write!(f, "{} are gone", frames(removed)),
                (0, _) => write!(f, "{} are new", frames(inserted)),
                _ => write!(
                    f,
                    "{} are gone, {} are new",
                    frames(removed),
                    frames(inserted)
                ),
            },
            Self::Reordered => f.write_str("its picture has changed places"),
            Self::EndingCut { by } => {
                write!(f, "the music's ending is cut off by {}", frames(by))
            }
            Self::Clash { place, .. } => write!(f, "it lies over the music of {place} now"),
            Self::Split => f.write_str("part of its picture is somewhere else"),
            Self::SpeedChanged => f.write_str("its picture runs at another speed"),
            Self::Unsure => f.write_str("it is not sure that its picture is the same"),
        }
    }
}

/// How an alternate is to lie in the new cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lie {
    /// Where its first sample falls.
    pub track_start: Ticks,
    /// How long it fades in.
    pub fade_in: Ticks,
    /// How long it fades out.
    pub fade_out: Ticks,
    /// What it is pinned to, as far as that is there.
    pub pin: Option<Pin>,
}

/// Where a slot and its alternates are to lie in the new cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Where the slot lies.
    pub span: TickSpan,
    /// How each of its alternates lies.
    pub alternates: BTreeMap<AlternateId, Lie>,
}

impl Proposal {
    /// The slot in the new cut `cut`, as it is proposed.
    pub(super) fn applied(&self, slot: &Slot, cut: &Cut) -> Slot {
        let alternates = slot.alternates().into_iter().map(|(id, alternate)| {
            let lie = self.alternates.get(&id);
            let moved = lie.map(|lie| Alternate {
                track_start: lie.track_start,
                fade_in: lie.fade_in,
                fade_out: lie.fade_out,
                pin: lie.pin,
                ..alternate.clone()
            });
            (id, moved.unwrap_or_else(|| alternate.clone()))
        });
        let empty = Slot {
            scene: slot.scene.filter(|scene| cut.scene(*scene).is_some()),
            span: self.span,
            why: slot.why.clone(),
            pick: slot.pick,
            ..Slot::default()
        };
        empty.with_alternates(alternates)
    }
}

/// A slot of the old cut, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedSlot {
    /// The slot, under the same id in both cuts.
    pub id: SlotId,
    /// Where it was.
    pub old: TickSpan,
    /// What became of it.
    pub outcome: Outcome,
    /// Why somebody has to look at it.
    pub reasons: Vec<Reason>,
    /// How sure it is that its picture is the same.
    pub sureness: Sureness,
    /// Where it is to go; nowhere when its picture is gone.
    pub proposal: Option<Proposal>,
}

/// What becomes of every slot of `old` in `new`, a cut with its scenes and markers. In running
/// order of the old cut.
pub(super) fn carried(show: &Show, old: &Cut, new: &Cut, map: &PictureMap) -> Vec<CarriedSlot> {
    let carrying = Carrying {
        show,
        old,
        new,
        map,
        hits: old
            .markers()
            .into_iter()
            .filter(|(_, marker)| marker.hit.is_some())
            .map(|(id, marker)| (marker.at, id))
            .collect(),
    };
    let slots = old.slots();
    let mut found: Vec<CarriedSlot> = slots
        .iter()
        .map(|(id, slot)| carrying.slot(*id, slot))
        .collect();
    note_clashes(old, &mut found);
    for carried in &mut found {
        if carried.proposal.is_some() && !carried.reasons.is_empty() {
            carried.outcome = Outcome::NeedsALook;
        }
    }
    found
}

struct Carrying<'a> {
    show: &'a Show,
    old: &'a Cut,
    new: &'a Cut,
    map: &'a PictureMap,
    /// The hit points of the old cut, in running order.
    hits: Vec<(Ticks, MarkerId)>,
}

impl Carrying<'_> {
    fn slot(&self, id: SlotId, slot: &Slot) -> CarriedSlot {
        let pick = slot.picked().map(|(_, alternate)| alternate);
        let pinned = pick.and_then(|pick| pick.pin).map(|pin| pin.marker);
        let anchor = pinned
            .and_then(|marker| self.old.marker(marker))
            .map(|marker| marker.at)
            .filter(|at| slot.span.contains(*at) && self.map.place(*at).is_some())
            .unwrap_or(slot.span.start());
        let least = Ticks::new(self.old.timebase.rate().frame_length().get() / 2);
        let gathered = self.map.gathered(slot.span, Some(anchor));
        let Some(gathered) = gathered.filter(|it| least <= it.new.length()) else {
            return CarriedSlot {
                id,
                old: slot.span,
                outcome: Outcome::LostItsScene,
                reasons: Vec::new(),
                sureness: Sureness::Sure,
                proposal: None,
            };
        };
        let by = self.moved_by(slot, pinned, &gathered);
        let span = self.on_frames(gathered.new);
        let mut reasons = picture_reasons(self.new, &gathered);
        let mut alternates = BTreeMap::new();
        for (alternate_id, alternate) in slot.alternates() {
            let is_pick = slot.pick == Some(alternate_id);
            let lie = self.lie(slot, alternate, span, by, is_pick, &mut reasons);
            alternates.insert(alternate_id, lie);
        }
        self.note_hits(slot, &alternates, &mut reasons);
        CarriedSlot {
            id,
            old: slot.span,
            outcome: Outcome::Follows,
            reasons,
            sureness: gathered.sureness,
            proposal: Some(Proposal { span, alternates }),
        }
    }

    /// How far the music of a slot moves: with the marker that the pick is pinned to, or else with
    /// the slot's in point, or else with the most of its picture.
    fn moved_by(&self, slot: &Slot, pinned: Option<MarkerId>, gathered: &Gathered) -> Ticks {
        let start = slot.span.start();
        let with_pin = pinned.and_then(|marker| self.marker_moved_by(marker));
        let in_point = || {
            gathered
                .stretches
                .iter()
                .find(|part| part.old.contains(start))
                .map(|part| part.place(start) - start)
        };
        with_pin
            .or_else(in_point)
            .or_else(|| gathered.longest().map(super::map::Piece::by))
            .unwrap_or_default()
    }

    /// How far a marker has moved, if it is in both cuts.
    fn marker_moved_by(&self, marker: MarkerId) -> Option<Ticks> {
        Some(self.new.marker(marker)?.at - self.old.marker(marker)?.at)
    }

    /// Whole frames of the new cut, where that counts otherwise than the old one.
    fn on_frames(&self, span: TickSpan) -> TickSpan {
        let rate = self.new.timebase.rate();
        if rate == self.old.timebase.rate() {
            return span;
        }
        let start = rate.snapped(span.start());
        let end = rate.snapped(span.end()).max(start + rate.frame_length());
        TickSpan::between(start, end)
    }

    /// How an alternate lies in the slot's new span.
    fn lie(
        &self,
        slot: &Slot,
        alternate: &Alternate,
        span: TickSpan,
        by: Ticks,
        is_pick: bool,
        reasons: &mut Vec<Reason>,
    ) -> Lie {
        let pinned = alternate
            .pin
            .and_then(|pin| self.marker_moved_by(pin.marker));
        if let (Some(pin), None, true) = (alternate.pin, pinned, is_pick) {
            self.note_lost(pin.marker, reasons);
        }
        let track_start = alternate.track_start + pinned.unwrap_or(by);
        let mut lie = Lie {
            track_start,
            fade_in: alternate.fade_in,
            fade_out: alternate.fade_out,
            pin: alternate.pin.filter(|_| pinned.is_some()),
        };
        let length = self
            .show
            .track(alternate.track)
            .and_then(crate::model::Track::duration);
        if let Some(length) = length {
            let was_whole = alternate.track_start + length <= slot.span.end();
            let cut_off = track_start + length - span.end();
            let frames = self.new.timebase.rate().nearest_frames(cut_off);
            if was_whole && frames > Frames::ZERO {
                if is_pick {
                    reasons.push(Reason::EndingCut { by: frames });
                }
                if lie.fade_out == Ticks::ZERO {
                    lie.fade_out = FADE;
                }
            }
            let heard = span.intersection(TickSpan::with_length(track_start, length));
            let heard = heard.map_or(Ticks::ZERO, TickSpan::length);
            lie.fade_in = lie.fade_in.min(heard.max(Ticks::ZERO));
            lie.fade_out = lie.fade_out.min(heard - lie.fade_in);
        }
        lie
    }

    /// Notes the hit points inside a slot that are gone, or that the music no longer meets.
    fn note_hits(
        &self,
        slot: &Slot,
        alternates: &BTreeMap<AlternateId, Lie>,
        reasons: &mut Vec<Reason>,
    ) {
        let Some((pick_id, pick)) = slot.picked() else {
            return;
        };
        let Some(lie) = alternates.get(&pick_id) else {
            return;
        };
        let music = lie.track_start - pick.track_start;
        let rate = self.new.timebase.rate();
        let first = self.hits.partition_point(|(at, _)| *at < slot.span.start());
        let inside = self.hits.iter().skip(first);
        for (_, id) in inside.take_while(|(at, _)| slot.span.contains(*at)) {
            let hit = self.old.marker(*id);
            let Some((marker, hit)) = hit.and_then(|marker| Some((marker, marker.hit?))) else {
                continue;
            };
            match self.marker_moved_by(*id) {
                None => self.note_lost(*id, reasons),
                Some(by) => {
                    let late = rate.nearest_frames(by - music);
                    // The music is early where the picture is late.
                    if late > hit.early || Frames::new(-late.get()) > hit.late {
                        reasons.push(Reason::HitMissed {
                            marker: marker.name.clone(),
                            by: late,
                        });
                    }
                }
            }
        }
    }

    fn note_lost(&self, marker: MarkerId, reasons: &mut Vec<Reason>) {
        let name = self.old.marker(marker).map(|it| it.name.clone());
        let lost = Reason::HitLost {
            marker: name.unwrap_or_default(),
        };
        if !reasons.contains(&lost) {
            reasons.push(lost);
        }
    }
}

/// What there is to say about a slot's picture.
fn picture_reasons(new: &Cut, gathered: &Gathered) -> Vec<Reason> {
    let rate = new.timebase.rate();
    let (removed, inserted) = (
        rate.nearest_frames(gathered.removed),
        rate.nearest_frames(gathered.inserted),
    );
    let mut reasons = Vec::new();
    if gathered.is_split {
        reasons.push(Reason::Split);
    }
    if removed != Frames::ZERO || inserted != Frames::ZERO {
        reasons.push(Reason::PictureChanged { removed, inserted });
    }
    if gathered.is_reordered {
        reasons.push(Reason::Reordered);
    }
    if gathered.is_speed_changed {
        reasons.push(Reason::SpeedChanged);
    }
    if gathered.sureness == Sureness::Guess {
        reasons.push(Reason::Unsure);
    }
    reasons
}

/// Notes slots that lie over each other now and did not before.
fn note_clashes(old: &Cut, found: &mut [CarriedSlot]) {
    let spans = found
        .iter()
        .filter_map(|carried| Some((carried.proposal.as_ref()?.span, carried.id)));
    for (one, other) in clashes(old, spans.collect()) {
        for (id, with) in [(one, other), (other, one)] {
            let place = place_of(old, with);
            if let Some(carried) = found.iter_mut().find(|carried| carried.id == id) {
                carried.reasons.push(Reason::Clash { with, place });
            }
        }
    }
}

/// The slots that lie over each other, of those that did not in the old cut.
pub(super) fn clashes(old: &Cut, mut spans: Vec<(TickSpan, SlotId)>) -> Vec<(SlotId, SlotId)> {
    spans.sort_unstable();
    let did = |one, other| {
        let (one, other) = (old.slot(one), old.slot(other));
        one.zip(other)
            .is_some_and(|(one, other)| one.span.overlaps(other.span))
    };
    let mut found = Vec::new();
    for (n, (span, one)) in spans.iter().enumerate() {
        let behind = spans.iter().skip(n + 1);
        let over = behind.take_while(|(next, _)| next.start() < span.end());
        let new = over.filter(|(_, other)| !did(*one, *other));
        found.extend(new.map(|(_, other)| (*one, *other)));
    }
    found
}

/// What a slot is for, in words.
fn place_of(cut: &Cut, slot: SlotId) -> String {
    let Some(slot) = cut.slot(slot) else {
        return String::new();
    };
    match slot.scene.and_then(|scene| cut.scene(scene)) {
        Some(scene) => scene.title(),
        None => cut.label(slot.span.start()),
    }
}
