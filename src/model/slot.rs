//! Slots and alternates: where music is wanted, and what is tried there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entity::{Entities, fields};
use super::ids::{AlternateId, MarkerId, PersonId, SceneId, TrackId};
use super::level::Decibels;
use super::usage::{Function, Sight, Voice};
use super::verdict::Verdict;
use crate::time::TickSpan;
use crate::time::Ticks;

/// A place that wants music. It exists before a track is chosen and does not change its length
/// when one is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slot {
    /// The scene it was made for.
    pub scene: Option<SceneId>,
    /// Where it lies; zero is the first frame of the cut.
    pub span: TickSpan,
    /// Why there is music here.
    pub why: String,
    /// The alternate in use.
    pub pick: Option<AlternateId>,
    /// What the music is to the programme, where somebody has said.
    pub function: Option<Function>,
    /// What is seen of it, where somebody has said.
    pub sight: Option<Sight>,
    /// Whether it is sung, where somebody has said.
    pub voice: Option<Voice>,
    /// Its number on cue sheets, where it is not to be counted: `1M2`.
    pub cue_number: String,
    /// What is tried here.
    pub(crate) alternates: Entities<AlternateId, Alternate>,
}

impl Slot {
    /// A slot that holds nothing yet.
    pub fn new(scene: Option<SceneId>, span: TickSpan, why: impl Into<String>) -> Self {
        Self {
            scene,
            span,
            why: why.into(),
            ..Self::default()
        }
    }

    /// An alternate by its id.
    pub fn alternate(&self, id: AlternateId) -> Option<&Alternate> {
        self.alternates.get(&id).map(Arc::as_ref)
    }

    /// The alternates in the order of the keys 1 to 9.
    pub fn alternates(&self) -> Vec<(AlternateId, &Alternate)> {
        let mut in_order: Vec<_> = self.alternates.iter().map(|(id, a)| (*id, &**a)).collect();
        in_order.sort_by_key(|(id, alternate)| (alternate.order, *id));
        in_order
    }

    /// The alternate in use, with its id.
    pub fn picked(&self) -> Option<(AlternateId, &Alternate)> {
        let id = self.pick?;
        Some((id, self.alternate(id)?))
    }

    /// The order number that puts a new alternate last.
    pub fn next_order(&self) -> i64 {
        let last = self.alternates.values().map(|a| a.order).max();
        last.map_or(0, |order| order.saturating_add(1))
    }

    /// The same slot holding `alternates` besides its own.
    #[must_use]
    pub fn with_alternates(
        mut self,
        alternates: impl IntoIterator<Item = (AlternateId, Alternate)>,
    ) -> Self {
        for (id, alternate) in alternates {
            self.alternates.insert(id, Arc::new(alternate));
        }
        self
    }
}

/// A track tried in a slot, with its own alignment, level and fades.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// The track.
    pub track: TrackId,
    /// Where the track's first sample falls in the cut. Before the slot's in point when the track
    /// is heard from somewhere in its middle; after it when the music comes in late.
    pub track_start: Ticks,
    /// Level on top of what levelling does.
    pub gain: Decibels,
    /// How long it fades in, from where it begins to sound.
    pub fade_in: Ticks,
    /// How long it fades out, up to where it ends.
    pub fade_out: Ticks,
    /// Its place among the alternates: lower comes first.
    pub order: i64,
    /// The moment of the track that is tied to a moment of the picture, if one is.
    pub pin: Option<Pin>,
    /// Remarks.
    pub note: String,
    /// What people think of it here.
    pub verdicts: BTreeMap<PersonId, Verdict>,
}

impl Alternate {
    /// `track` with its first sample at `track_start`, as it is, before any other.
    pub fn new(track: TrackId, track_start: Ticks) -> Self {
        Self {
            track,
            track_start,
            gain: Decibels::ZERO,
            fade_in: Ticks::ZERO,
            fade_out: Ticks::ZERO,
            order: 0,
            pin: None,
            note: String::new(),
            verdicts: BTreeMap::new(),
        }
    }

    /// Where it begins to sound in a slot of `slot` span: at the slot's in point, or later when
    /// the track begins later.
    pub fn at(&self, slot: TickSpan) -> Ticks {
        slot.start().max(self.track_start)
    }

    /// The moment of the track that sounds first.
    pub fn source_in(&self, slot: TickSpan) -> Ticks {
        self.at(slot) - self.track_start
    }

    /// The stretch of the cut on which a track of `duration` sounds, if it does at all.
    pub fn heard(&self, slot: TickSpan, duration: Ticks) -> Option<TickSpan> {
        slot.intersection(TickSpan::with_length(self.track_start, duration))
    }
}

/// A moment of the track tied to a moment of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pin {
    /// The moment of the track.
    pub moment: Ticks,
    /// The moment of the picture.
    pub marker: MarkerId,
}

fields! {
    /// What can be set of a [`Slot`].
    SlotField of Slot as Slot {
        /// The scene it was made for.
        Scene(Option<SceneId>) => scene,
        /// Where it lies.
        Span(TickSpan) => span,
        /// Why there is music here.
        Why(String) => why,
        /// The alternate in use.
        Pick(Option<AlternateId>) => pick,
        /// What the music is to the programme.
        Function(Option<Function>) => function,
        /// What is seen of it.
        Sight(Option<Sight>) => sight,
        /// Whether it is sung.
        Voice(Option<Voice>) => voice,
        /// Its number on cue sheets.
        CueNumber(String) => cue_number,
    }
}

fields! {
    /// What can be set of an [`Alternate`].
    AlternateField of Alternate as Alternate {
        /// The track.
        Track(TrackId) => track,
        /// Where the track's first sample falls.
        TrackStart(Ticks) => track_start,
        /// Its level.
        Gain(Decibels) => gain,
        /// How long it fades in.
        FadeIn(Ticks) => fade_in,
        /// How long it fades out.
        FadeOut(Ticks) => fade_out,
        /// Its place among the alternates.
        Order(i64) => order,
        /// What it is pinned to.
        Pin(Option<Pin>) => pin,
        /// Remarks.
        Note(String) => note,
        /// What people think of it.
        Verdicts(BTreeMap<PersonId, Verdict>) => verdicts,
    }
}
