//! Where the things of a list lie in a cut.

use super::{AdoptError, Note};
use crate::model::Cut;
use crate::model::CutList;
use crate::model::FoundMarker;
use crate::model::FoundScene;
use crate::model::Origin;
use crate::model::PictureEdit;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// Brings positions of a list to positions of a cut, and into it.
pub(super) struct Placing<'a> {
    cut: &'a Cut,
    list: Timebase,
    origin: Origin,
    /// The frame number that the label of the cut's first frame stands for in the list.
    start: Frames,
    /// Up to where the cut goes, after it was given a length.
    length: Ticks,
}

impl<'a> Placing<'a> {
    /// A placing of `list`, with the scenes that its events make, in `cut`.
    ///
    /// # Errors
    ///
    /// Fails when everything wanted lies outside the cut.
    pub(super) fn new(
        cut: &'a Cut,
        list: &CutList,
        scenes: &[FoundScene],
    ) -> Result<Self, AdoptError> {
        let mut placing = Self {
            cut,
            list: list.timebase,
            origin: list.origin,
            start: start_in(cut, list.timebase),
            length: cut.length,
        };
        if cut.length <= Ticks::ZERO {
            placing.length = placing.end_of(list, scenes);
        }
        let of_markers = list
            .markers
            .iter()
            .map(|marker| TickSpan::with_length(marker.at, marker.length));
        let of_scenes = scenes.iter().map(|scene| scene.span);
        let of_picture = list
            .events
            .iter()
            .filter(|event| PictureEdit::of(event, event.record).is_some())
            .map(|event| event.record);
        let spans: Vec<TickSpan> = of_markers
            .chain(of_scenes)
            .chain(of_picture)
            .map(|span| placing.span(span))
            .collect();
        let whole = TickSpan::with_length(Ticks::ZERO, placing.length);
        let is_inside = |span: &TickSpan| whole.contains(span.start()) || whole.overlaps(*span);
        match spans.iter().min() {
            Some(first) if !spans.iter().any(is_inside) => Err(AdoptError::Elsewhere {
                first: cut.label(first.start()),
                start: cut.label(Ticks::ZERO),
                end: cut.label(placing.length),
            }),
            _ => Ok(placing),
        }
    }

    /// The length that the cut gets, when it has none.
    pub(super) fn new_length(&self) -> Option<Ticks> {
        (self.length != self.cut.length).then_some(self.length)
    }

    /// A scene with its place in the cut; `None` when it lies outside.
    pub(super) fn scene(&self, scene: &FoundScene, notes: &mut Vec<Note>) -> Option<FoundScene> {
        let span = self.span(scene.span);
        let whole = TickSpan::with_length(Ticks::ZERO, self.length);
        let title = || match (scene.number.as_str(), scene.name.as_str()) {
            ("", name) => name.to_owned(),
            (number, _) => number.to_owned(),
        };
        let label = || self.cut.label(span.start());
        let Some(inside) = span.intersection(whole).filter(|span| !span.is_empty()) else {
            notes.push(Note::SceneOutside {
                title: title(),
                label: label(),
            });
            return None;
        };
        if inside != span {
            notes.push(Note::SceneCutOff {
                title: title(),
                label: label(),
            });
        }
        Some(FoundScene {
            span: inside,
            ..scene.clone()
        })
    }

    /// A marker with its place in the cut, at its nearest frame when it lies outside.
    pub(super) fn marker(&self, marker: &FoundMarker, notes: &mut Vec<Note>) -> FoundMarker {
        let span = self.span(TickSpan::with_length(marker.at, marker.length));
        let frame = self.cut.timebase.rate().frame_length();
        let last = (self.length - frame).max(Ticks::ZERO);
        let is_inside = Ticks::ZERO <= span.start() && span.start() < self.length;
        let at = if is_inside {
            span.start()
        } else {
            span.start().clamp(Ticks::ZERO, last)
        };
        // What lies before the cut loses what is before it, and no more.
        let end = span.end().clamp(at, self.length.max(at));
        let end = if marker.length == Ticks::ZERO {
            at
        } else {
            end
        };
        if !is_inside {
            notes.push(Note::MarkerMovedIn {
                name: marker.name.clone(),
                label: self.cut.label(span.start()),
                to: self.cut.label(at),
            });
        } else if end < span.end() {
            notes.push(Note::MarkerCutOff {
                name: marker.name.clone(),
                label: self.cut.label(at),
            });
        }
        FoundMarker {
            at,
            length: end - at,
            ..marker.clone()
        }
    }

    /// The edits of picture that are seen in the cut.
    pub(super) fn picture(&self, list: &CutList) -> Vec<PictureEdit> {
        let whole = TickSpan::with_length(Ticks::ZERO, self.length);
        let edits = list.events.iter().filter_map(|event| {
            let record = self.span(event.record);
            PictureEdit::of(event, record).filter(|_| !record.is_empty() && record.overlaps(whole))
        });
        edits.collect()
    }

    /// A span of the list as a span of the cut, wherever it lies.
    fn span(&self, span: TickSpan) -> TickSpan {
        TickSpan::with_length(self.position(span.start()), span.length())
    }

    fn position(&self, at: Ticks) -> Ticks {
        match self.origin {
            Origin::FirstFrame => at,
            Origin::LabelZero => {
                let rate = self.list.rate();
                let frame = rate.floor_to_frames(at);
                let within = at - rate.to_ticks(frame);
                rate.to_ticks(self.list.relative_to(self.start, frame)) + within
            }
        }
    }

    /// The end of all that the list holds, on a whole frame.
    fn end_of(&self, list: &CutList, scenes: &[FoundScene]) -> Ticks {
        let rate = self.cut.timebase.rate();
        let of_events = list.events.iter().map(|event| event.record);
        let of_scenes = scenes.iter().map(|scene| scene.span);
        let of_markers = list.markers.iter().map(|marker| {
            // A point needs a frame to be in.
            TickSpan::with_length(marker.at, marker.length.max(rate.frame_length()))
        });
        let ends = of_events.chain(of_scenes).chain(of_markers);
        let end = ends.map(|span| self.span(span).end()).max();
        let end = end.unwrap_or_default().max(Ticks::ZERO);
        let just_before_next = rate.frame_length() - Ticks::new(1);
        rate.to_ticks(rate.floor_to_frames(end + just_before_next))
    }
}

/// The label of the cut's first frame, read as the list counts: a list of the same programme
/// begins with the same label, whether either counts drop-frame or not.
fn start_in(cut: &Cut, list: Timebase) -> Frames {
    let label = cut.timebase.label(cut.start);
    let by_time = || {
        list.rate()
            .nearest_frames(cut.timebase.rate().to_ticks(cut.start))
    };
    list.parse(&label).unwrap_or_else(|_not_in_list| by_time())
}
