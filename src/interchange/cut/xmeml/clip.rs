//! One clip on a track: where it lies, what it plays, and how fast.

use roxmltree::Node;

use super::super::gather;
use super::values::{Named, Timecode, child, frames, is_true, path, rate, timecode};
use crate::interchange::xml::{child_text, children};
use crate::model::Speed;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What is between two clips, or between a clip and black.
#[derive(Clone, Copy)]
pub(super) struct Dissolve<'a, 'i> {
    /// Its element.
    pub(super) node: Node<'a, 'i>,
    /// Where it begins, in frames of the sequence.
    pub(super) start: Frames,
    /// Where it ends.
    pub(super) end: Frames,
}

impl<'a, 'i> Dissolve<'a, 'i> {
    /// A transition of a track.
    pub(super) fn of(node: Node<'a, 'i>) -> Option<Self> {
        Some(Self {
            node,
            start: frames(node, "start")?,
            end: frames(node, "end")?,
        })
    }

    /// The edit point that it hides: one of its ends, or its middle.
    pub(super) fn cut(self) -> Frames {
        match child_text(self.node, "alignment").trim() {
            "start" | "start-black" => self.start,
            "end" | "end-black" => self.end,
            _ => Frames::new(self.start.get().midpoint(self.end.get())),
        }
    }
}

/// A clip that was placed.
pub(super) struct Clip<'a, 'i> {
    /// Its element.
    pub(super) node: Node<'a, 'i>,
    /// Its stretch of the sequence, counted from the sequence's first frame.
    pub(super) record: TickSpan,
    /// Where it begins in its media, counted from the media's first frame, at the speed it plays.
    pub(super) from: Ticks,
    /// The frame rate of its places in the media.
    pub(super) rate: FrameRate,
    /// The speed, and whether it changes.
    pub(super) speed: (Speed, bool),
}

impl<'a, 'i> Clip<'a, 'i> {
    /// A clip of a track, with what is before and behind it. `None` where its place is not told.
    pub(super) fn of(
        node: Node<'a, 'i>,
        sequence: FrameRate,
        before: Option<Dissolve<'a, 'i>>,
        behind: Option<Dissolve<'a, 'i>>,
    ) -> Option<Self> {
        let own = rate(node).unwrap_or(sequence);
        let told = |name| frames(node, name).filter(|at| *at >= Frames::ZERO);
        let mut from = own.to_ticks(frames(node, "in").unwrap_or_default());
        // Where a transition hides the edit point it is not told, and the clip is as long as it
        // is seen.
        let start = match (told("start"), before) {
            (Some(start), _) => start,
            (None, Some(before)) => {
                from += sequence.to_ticks(before.cut() - before.start);
                before.cut()
            }
            (None, None) => return None,
        };
        let length = || {
            let (from, to) = (frames(node, "in")?, frames(node, "out")?);
            Some(sequence.nearest_frames(own.to_ticks(to - from)))
        };
        let end = told("end")
            .or_else(|| behind.map(Dissolve::cut))
            .or_else(|| Some(start + length()?))?;
        let record = TickSpan::new(sequence.to_ticks(start), sequence.to_ticks(end)).ok()?;
        Some(Self {
            node,
            record,
            from,
            rate: own,
            speed: speed(node),
        })
    }

    /// What the clip shows of its media, counted from the media's label zero where it has labels.
    ///
    /// Of a clip at another speed the places are counted in what is shown, not in what was shot;
    /// of one that runs backwards, from the end.
    pub(super) fn source(&self, timecode: Option<&Timecode>) -> TickSpan {
        let zero = timecode.map_or(Ticks::ZERO, |code| code.start);
        let millionths = i128::from(self.speed.0.millionths());
        if millionths == 0 {
            return TickSpan::with_length(zero + self.from, self.rate.frame_length());
        }
        let shot = |shown| gather::scaled(shown, millionths.abs(), 1_000_000).unwrap_or_default();
        let length = self.record.length();
        let from = if millionths < 0
            && let Some(whole) = frames(self.node, "duration")
        {
            self.rate.to_ticks(whole) - self.from - length
        } else {
            self.from
        };
        TickSpan::with_length(zero + shot(from), shot(length))
    }

    /// Where in the sequence a frame of the media is, counted from the sequence's first frame.
    pub(super) fn place_of(&self, frame: Frames) -> Ticks {
        self.record.start() + (self.rate.to_ticks(frame) - self.from)
    }

    /// The file it plays.
    pub(super) fn file(&self, named: &Named<'a, 'i>) -> File {
        let Some(file) = named.told(self.node, "file") else {
            return File::default();
        };
        File {
            path: path(file),
            timecode: timecode(file, rate(file)),
        }
    }
}

/// A file that is played.
#[derive(Default)]
pub(super) struct File {
    /// Its path.
    pub(super) path: String,
    /// Its timecode.
    pub(super) timecode: Option<Timecode>,
}

/// The speed of a clip, and whether it changes while the clip plays: a filter of the kind
/// `timeremap`, in percent.
fn speed(node: Node<'_, '_>) -> (Speed, bool) {
    if is_true(node, "stillframe") {
        return (Speed::STILL, false);
    }
    let effects = children(node, "filter").filter_map(|filter| child(filter, "effect"));
    let mut remaps = effects.filter(|effect| child_text(*effect, "effectid").trim() == "timeremap");
    let Some(remap) = remaps.next() else {
        return (Speed::NORMAL, false);
    };
    let value = |name: &str| {
        let mut parameters = children(remap, "parameter");
        let parameter = parameters.find(|p| child_text(*p, "parameterid").trim() == name)?;
        Some(child_text(parameter, "value").trim().to_owned())
    };
    let percent = value("speed").and_then(|text| text.parse::<f64>().ok());
    let percent = percent
        .filter(|percent| percent.abs() <= 1e6)
        .unwrap_or(100.0);
    let is_backwards = value("reverse").is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let factor = if is_backwards {
        -percent.abs() / 100.0
    } else {
        percent / 100.0
    };
    let is_variable = value("variablespeed").is_some_and(|text| text == "1");
    (Speed::nearest_to(factor), is_variable)
}
