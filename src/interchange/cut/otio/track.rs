//! Stacks of tracks, tracks of clips, and stacks within tracks.

use serde_json::Value;

use super::super::address;
use super::super::color_words;
use super::super::gather::{self, FARTHEST, Gather, shared};
use super::item::trimmed;
use super::json::{factor, is_of, items, kind, range, string, time};
use super::media;
use crate::interchange::limits::MAX_NESTING;
use crate::interchange::report::{Report, WarningKind, quoted};
use crate::interchange::text::cleaned;
use crate::model::Channels;
use crate::model::Color;
use crate::model::CutList;
use crate::model::FoundEvent;
use crate::model::FoundMarker;
use crate::model::Speed;
use crate::model::Transition;
use crate::time::TickSpan;
use crate::time::Ticks;

/// Where an item's clock stands.
#[derive(Clone)]
struct Place {
    /// What is added to a time of the clock to have the place in the programme.
    shift: Ticks,
    /// The stretch of the programme in which it is seen.
    window: TickSpan,
    /// How many items are around it.
    depth: usize,
    /// The track of the programme that it is on.
    channels: Channels,
    /// What the track is called.
    track: String,
}

/// Walks through a timeline.
pub(super) struct Reader<'r> {
    gather: Gather<'r>,
    n_pictures: u16,
    n_sounds: u16,
}

impl<'r> Reader<'r> {
    /// A reader that puts what it finds into `gather`.
    pub(super) const fn new(gather: Gather<'r>) -> Self {
        Self {
            gather,
            n_pictures: 0,
            n_sounds: 0,
        }
    }

    /// What was found.
    pub(super) fn finished(self) -> CutList {
        self.gather.finished()
    }

    /// Reads the stack of a timeline, whose first frame is at `zero`.
    pub(super) fn whole(&mut self, stack: &Value, zero: Ticks) {
        let window = TickSpan::between(-FARTHEST, FARTHEST);
        let around = Place {
            shift: zero,
            window,
            depth: 0,
            channels: Channels::default(),
            track: String::new(),
        };
        self.item(stack, Ticks::ZERO, &Transition::Cut, &around);
    }

    /// An item that begins at `offset` of the clock around it.
    fn item(&mut self, item: &Value, offset: Ticks, transition: &Transition, around: &Place) {
        if !self.gather.may_go_on() {
            return;
        }
        let Some(span) = trimmed(item) else {
            let name = string(item, "name");
            let what = quoted(&format!("{} {name}", kind(item)));
            self.gather.report.warn_of_all(WarningKind::NoLength(what));
            return;
        };
        let record = TickSpan::with_length(offset + around.shift, span.length());
        let Some(window) = window(item, record, around) else {
            return;
        };
        let mut inside = Place {
            shift: record.start() - span.start(),
            window,
            depth: around.depth + 1,
            ..around.clone()
        };
        self.markers(item, &inside);
        match kind(item) {
            "Clip" => self.clip(item, span, record, transition, around),
            "Gap" => {}
            "Stack" | "Track" if around.depth >= MAX_NESTING => self.gather.leave_out_deep(),
            _ if item.get("enabled") == Some(&Value::Bool(false)) => {
                self.gather.leave_out_disabled();
            }
            "Stack" => {
                for layer in items(item, "children") {
                    self.item(layer, Ticks::ZERO, &Transition::Cut, &inside);
                }
            }
            "Track" => {
                self.number(item, &mut inside);
                self.track(item, &inside);
            }
            other => {
                let what = quoted(&format!("{other} {}", string(item, "name")));
                self.gather
                    .report
                    .warn_of_all(WarningKind::Unreadable(what));
            }
        }
    }

    /// A track in the timeline's own stack gets a number; one within another goes by that one's.
    fn number(&mut self, track: &Value, inside: &mut Place) {
        if inside.channels != Channels::default() {
            return;
        }
        match string(track, "kind").as_str() {
            "Audio" => {
                self.n_sounds = self.n_sounds.saturating_add(1);
                inside.channels.sound = vec![self.n_sounds];
            }
            _ => {
                self.n_pictures = self.n_pictures.saturating_add(1);
                inside.channels.picture = Some(self.n_pictures);
            }
        }
        inside.track = string(track, "name");
    }

    fn track(&mut self, track: &Value, inside: &Place) {
        let mut next = Ticks::ZERO;
        let mut transition = Transition::Cut;
        for child in items(track, "children") {
            if is_of(child, "Transition") {
                transition = transition_of(child);
                continue;
            }
            self.item(child, next, &transition, inside);
            next += trimmed(child).map_or(Ticks::ZERO, TickSpan::length);
            transition = Transition::Cut;
        }
    }

    fn clip(
        &mut self,
        clip: &Value,
        span: TickSpan,
        record: TickSpan,
        transition: &Transition,
        around: &Place,
    ) {
        if clip.get("enabled") == Some(&Value::Bool(false)) {
            self.gather.leave_out_disabled();
            return;
        }
        let Some(seen) = shared(record, around.window) else {
            return;
        };
        let speed = media::speed(clip);
        let at_speed = |length: Ticks| {
            let millionths = i128::from(speed.millionths());
            gather::scaled(length, millionths, 1_000_000).unwrap_or_default()
        };
        let from = span.start() + at_speed(seen.start() - record.start());
        let source = if speed == Speed::STILL {
            TickSpan::with_length(from, self.gather.rate().frame_length())
        } else {
            TickSpan::between(from, from + at_speed(seen.length()))
        };
        let file = media::file(clip);
        let name = cleaned(&string(clip, "name"));
        let event = FoundEvent {
            clip: if name.is_empty() {
                address::file_name(&file).to_owned()
            } else {
                name
            },
            file,
            track: around.track.clone(),
            channels: around.channels.clone(),
            speed,
            transition: *transition,
            source: Some(source),
            record: seen,
            ..FoundEvent::default()
        };
        self.gather.event(None, event);
    }

    fn markers(&mut self, item: &Value, inside: &Place) {
        for marker in items(item, "markers") {
            if !self.gather.may_go_on() {
                return;
            }
            let name = cleaned(&string(marker, "name"));
            let Some(marked) = marker.get("marked_range").and_then(range) else {
                let what = quoted(&format!("Marker {name}"));
                self.gather
                    .report
                    .warn_of_all(WarningKind::Unreadable(what));
                continue;
            };
            let at = marked.start() + inside.shift;
            if !inside.window.contains(at) {
                self.gather.leave_out_unused();
                continue;
            }
            let color = color(marker, &name, self.gather.report);
            let found = FoundMarker {
                name,
                at,
                length: marked.length(),
                color,
                note: string(marker, "comment"),
                track: inside.track.clone(),
            };
            self.gather.marker(None, found);
        }
    }
}

/// What is seen of an item. A timeline and its tracks may have markers behind their last clip.
fn window(item: &Value, record: TickSpan, around: &Place) -> Option<TickSpan> {
    if around.depth == 0 || (around.depth == 1 && is_of(item, "Track")) {
        return Some(around.window);
    }
    if record.is_empty() {
        let is_seen = around.window.contains(record.start());
        return is_seen.then_some(record);
    }
    shared(record, around.window)
}

/// A marker's color: one of a few names, or its parts from 0 to 1.
fn color(marker: &Value, name: &str, report: &mut Report) -> Option<Color> {
    let color = marker.get("color")?;
    if let Some(word) = color.as_str().filter(|word| !word.is_empty()) {
        let known = color_words::color(word);
        if known.is_none() {
            let what = quoted(&format!("{word} ({name})"));
            report.warn_of_all(WarningKind::UnknownColor(what));
        }
        return known;
    }
    let part = |key| factor(color, key).map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
    let (red, green, blue) = (part("r")?, part("g")?, part("b")?);
    color_words::color(&format!("#{red:02x}{green:02x}{blue:02x}"))
}

fn transition_of(transition: &Value) -> Transition {
    let part = |key| transition.get(key).and_then(time).unwrap_or_default();
    let length = (part("in_offset") + part("out_offset")).max(Ticks::ZERO);
    let kind = string(transition, "transition_type").to_lowercase();
    if kind.contains("wipe") {
        Transition::Wipe { pattern: 1, length }
    } else {
        Transition::Dissolve { length }
    }
}
