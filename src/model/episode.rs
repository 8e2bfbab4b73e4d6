//! Episodes and their cuts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entity::{Entities, fields};
use super::ids::{CutId, MarkerId, SceneId, SlotId};
use super::level::Decibels;
use super::marker::Marker;
use super::media_ref::Media;
use super::picture::Picture;
use super::scene::Scene;
use super::slot::Slot;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// An episode: one programme, with every cut of it that has been seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Episode {
    /// Its number, as the show writes it: `203`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What stands at the head of its paperwork, by the name of the field: `air_date`.
    pub header: BTreeMap<String, String>,
    /// The cut that is being worked on.
    pub current_cut: Option<CutId>,
    /// Its cuts.
    pub(crate) cuts: Entities<CutId, Cut>,
}

impl Episode {
    /// An episode without a cut.
    pub fn new(number: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            number: number.into(),
            title: title.into(),
            ..Self::default()
        }
    }

    /// A cut by its id.
    pub fn cut(&self, id: CutId) -> Option<&Cut> {
        self.cuts.get(&id).map(Arc::as_ref)
    }

    /// The cuts, oldest number first.
    pub fn cuts(&self) -> Vec<(CutId, &Cut)> {
        let mut in_order: Vec<_> = self.cuts.iter().map(|(id, cut)| (*id, &**cut)).collect();
        in_order.sort_by_key(|(id, cut)| (cut.number, *id));
        in_order
    }

    /// The cut that is being worked on: the one chosen, or else the newest.
    pub fn current(&self) -> Option<(CutId, &Cut)> {
        let chosen = self.current_cut.and_then(|id| Some((id, self.cut(id)?)));
        chosen.or_else(|| self.cuts().pop())
    }

    /// The same episode holding `cut` besides its own, as the current one.
    #[must_use]
    pub fn with_cut(mut self, id: CutId, cut: Cut) -> Self {
        self.cuts.insert(id, Arc::new(cut));
        self.current_cut = Some(id);
        self
    }
}

/// One numbered state of an episode's edit. Positions in it count from its first frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Its number: 4 for v4.
    pub number: u32,
    /// What it is called besides: `director's cut`, `locked`.
    pub name: String,
    /// Its frame rate and the way its frames are labelled.
    pub timebase: Timebase,
    /// The frame number that the label of its first frame stands for.
    pub start: Frames,
    /// How long it is.
    pub length: Ticks,
    /// Its own sound, played along for reference.
    pub guide: Option<Guide>,
    /// The edits of its picture, where a list has told them.
    pub picture: Picture,
    pub(crate) scenes: Entities<SceneId, Scene>,
    pub(crate) markers: Entities<MarkerId, Marker>,
    pub(crate) slots: Entities<SlotId, Slot>,
}

impl Default for Cut {
    fn default() -> Self {
        Self {
            number: 1,
            name: String::new(),
            timebase: Timebase::non_drop(FrameRate::F25),
            start: Frames::ZERO,
            length: Ticks::ZERO,
            guide: None,
            picture: Picture::default(),
            scenes: Entities::new(),
            markers: Entities::new(),
            slots: Entities::new(),
        }
    }
}

impl Cut {
    /// The first cut of an episode, with nothing in it.
    pub fn new(timebase: Timebase, start: Frames, length: Ticks) -> Self {
        Self {
            timebase,
            start,
            length,
            ..Self::default()
        }
    }

    /// The whole of it.
    pub fn span(&self) -> TickSpan {
        TickSpan::with_length(Ticks::ZERO, self.length)
    }

    /// The timecode of a position.
    pub fn label(&self, position: Ticks) -> String {
        self.timebase.label_at(self.start, position)
    }

    /// A scene by its id.
    pub fn scene(&self, id: SceneId) -> Option<&Scene> {
        self.scenes.get(&id).map(Arc::as_ref)
    }

    /// A marker by its id.
    pub fn marker(&self, id: MarkerId) -> Option<&Marker> {
        self.markers.get(&id).map(Arc::as_ref)
    }

    /// A slot by its id.
    pub fn slot(&self, id: SlotId) -> Option<&Slot> {
        self.slots.get(&id).map(Arc::as_ref)
    }

    /// The scenes in running order.
    pub fn scenes(&self) -> Vec<(SceneId, &Scene)> {
        let mut in_order: Vec<_> = self.scenes.iter().map(|(id, s)| (*id, &**s)).collect();
        in_order.sort_by_key(|(id, scene)| (scene.span, *id));
        in_order
    }

    /// The markers in running order.
    pub fn markers(&self) -> Vec<(MarkerId, &Marker)> {
        let mut in_order: Vec<_> = self.markers.iter().map(|(id, m)| (*id, &**m)).collect();
        in_order.sort_by_key(|(id, marker)| (marker.at, *id));
        in_order
    }

    /// The slots in running order.
    pub fn slots(&self) -> Vec<(SlotId, &Slot)> {
        let mut in_order: Vec<_> = self.slots.iter().map(|(id, s)| (*id, &**s)).collect();
        in_order.sort_by_key(|(id, slot)| (slot.span, *id));
        in_order
    }

    /// The same cut holding these besides its own: for building a cut before it is inserted.
    #[must_use]
    pub fn with(
        mut self,
        scenes: impl IntoIterator<Item = (SceneId, Scene)>,
        markers: impl IntoIterator<Item = (MarkerId, Marker)>,
        slots: impl IntoIterator<Item = (SlotId, Slot)>,
    ) -> Self {
        for (id, scene) in scenes {
            self.scenes.insert(id, Arc::new(scene));
        }
        for (id, marker) in markers {
            self.markers.insert(id, Arc::new(marker));
        }
        for (id, slot) in slots {
            self.slots.insert(id, Arc::new(slot));
        }
        self
    }
}

/// The cut's own sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// Its file.
    pub media: Media,
    /// Where the file's first sample falls in the cut.
    pub offset: Ticks,
    /// Its level.
    pub gain: Decibels,
}

fields! {
    /// What can be set of an [`Episode`].
    EpisodeField of Episode as Episode {
        /// Its number.
        Number(String) => number,
        /// Its title.
        Title(String) => title,
        /// What stands at the head of its paperwork.
        Header(BTreeMap<String, String>) => header,
        /// The cut that is being worked on.
        CurrentCut(Option<CutId>) => current_cut,
    }
}

fields! {
    /// What can be set of a [`Cut`].
    CutField of Cut as Cut {
        /// Its number.
        Number(u32) => number,
        /// What it is called besides.
        Name(String) => name,
        /// Its frame rate and labels.
        Timebase(Timebase) => timebase,
        /// The label of its first frame.
        Start(Frames) => start,
        /// How long it is.
        Length(Ticks) => length,
        /// Its own sound.
        Guide(Option<Guide>) => guide,
        /// The edits of its picture.
        Picture(Picture) => picture,
    }
}
