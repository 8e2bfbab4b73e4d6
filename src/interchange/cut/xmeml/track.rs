//! The tracks of a sequence, their clips and transitions, and everybody's markers.

use std::collections::{BTreeSet, HashMap};

use roxmltree::Node;

use super::super::address;
use super::super::gather::{FARTHEST, Gather, shared};
use super::clip::{Clip, Dissolve};
use super::values::{Named, child, color, frames, rate};
use crate::interchange::limits::MAX_NESTING;
use crate::interchange::report::{WarningKind, quoted};
use crate::interchange::text::cleaned;
use crate::interchange::xml::{Lines, child_text, children};
use crate::model::CutList;
use crate::model::FoundEvent;
use crate::model::FoundMarker;
use crate::model::Transition;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;

/// Where a sequence lies in the programme.
#[derive(Clone, Copy)]
struct Place {
    /// Its first frame.
    zero: Ticks,
    /// The stretch of the programme in which it is seen.
    window: TickSpan,
    /// How many sequences are around it.
    depth: usize,
}

/// What kind of track it is, counted from 1.
#[derive(Clone, Copy)]
enum Kind {
    Picture(u16),
    Sound(u16),
}

/// Walks through a sequence.
pub(super) struct Reader<'a, 'i, 'r> {
    gather: Gather<'r>,
    named: &'r Named<'a, 'i>,
    lines: &'r Lines,
    /// The events made of the clips with these identifiers.
    made: HashMap<&'a str, usize>,
    /// The markers there are: linked clips repeat them.
    seen: BTreeSet<(Ticks, String, String)>,
    n_repeated: usize,
    /// The sequences that are being looked into, the outermost first.
    around: Vec<Node<'a, 'i>>,
}

impl<'a, 'i, 'r> Reader<'a, 'i, 'r> {
    /// A reader that puts what it finds into `gather`.
    pub(super) fn new(gather: Gather<'r>, named: &'r Named<'a, 'i>, lines: &'r Lines) -> Self {
        Self {
            gather,
            named,
            lines,
            made: HashMap::new(),
            seen: BTreeSet::new(),
            n_repeated: 0,
            around: Vec::new(),
        }
    }

    /// What was found.
    pub(super) fn finished(self) -> CutList {
        if self.n_repeated > 0 {
            let n = self.n_repeated;
            self.gather.report.warn_of_all(WarningKind::Repeated { n });
        }
        self.gather.finished()
    }

    /// Reads the sequence whose first frame is at `zero`.
    pub(super) fn sequence(&mut self, sequence: Node<'a, 'i>, zero: Ticks) {
        let place = Place {
            zero,
            window: TickSpan::between(-FARTHEST, FARTHEST),
            depth: 0,
        };
        self.markers_of_sequence(sequence, place);
        self.tracks(sequence, place);
    }

    fn tracks(&mut self, sequence: Node<'a, 'i>, place: Place) {
        let own = rate(sequence).unwrap_or(self.gather.rate());
        let media = || children(sequence, "media");
        let of_kind = |kind: &'static str| {
            let parts = media().flat_map(move |media| children(media, kind));
            parts
                .flat_map(|part| children(part, "track"))
                .collect::<Vec<_>>()
        };
        for (number, track) in (1..=u16::MAX).zip(of_kind("video")) {
            self.track(track, Kind::Picture(number), own, place);
        }
        for (number, track) in (1..=u16::MAX).zip(of_kind("audio")) {
            self.track(track, Kind::Sound(number), own, place);
        }
    }

    fn track(&mut self, track: Node<'a, 'i>, kind: Kind, rate: FrameRate, place: Place) {
        let items: Vec<_> = track.children().filter(Node::is_element).collect();
        for (at, node) in items.iter().enumerate() {
            if !self.gather.may_go_on() {
                return;
            }
            // A sequence that is nested again and again is looked at as often.
            if !self.gather.may_look_at(node.children().count()) {
                return;
            }
            let is_clip = node.has_tag_name("clipitem");
            if !is_clip && !node.has_tag_name("generatoritem") {
                continue;
            }
            let neighbour = |at: Option<usize>| {
                let node = at.and_then(|at| items.get(at)).copied()?;
                let is_transition = node.has_tag_name("transitionitem");
                is_transition.then(|| Dissolve::of(node)).flatten()
            };
            let before = neighbour(at.checked_sub(1));
            let behind = neighbour(at.checked_add(1));
            let line = Some(self.lines.line(*node));
            let Some(clip) = Clip::of(*node, rate, before, behind) else {
                let name = quoted(&child_text(*node, "name"));
                self.gather
                    .report
                    .warn_at(line, WarningKind::Unreadable(name));
                continue;
            };
            let is_off = child_text(*node, "enabled")
                .trim()
                .eq_ignore_ascii_case("false");
            if place.depth == 0 {
                if is_off {
                    self.gather.leave_out_disabled();
                } else if !is_slug(*node) {
                    let transition =
                        before.map_or(Transition::Cut, |before| transition(before, rate));
                    self.event(&clip, track, kind, transition, place);
                }
            }
            self.markers_of_clip(&clip, place);
            if !is_off && matches!(kind, Kind::Picture(_)) {
                self.nested(&clip, place);
            }
        }
    }

    fn event(
        &mut self,
        clip: &Clip<'a, 'i>,
        track: Node<'a, 'i>,
        kind: Kind,
        transition: Transition,
        place: Place,
    ) {
        let record = clip.record.shifted(place.zero);
        let file = clip.file(self.named);
        if let Kind::Sound(number) = kind
            && let Some(linked) = self.linked_event(clip.node, record, &file.path)
        {
            linked.channels.sound.push(number);
            return;
        }
        let line = Some(self.lines.line(clip.node));
        let name = cleaned(&child_text(clip.node, "name"));
        let (speed, is_variable) = clip.speed;
        if is_variable {
            let clip = quoted(&name);
            self.gather
                .report
                .warn_at(line, WarningKind::VariableSpeed { clip });
        }
        let has_media =
            child(clip.node, "file").is_some() || child(clip.node, "sequence").is_some();
        let mut event = FoundEvent {
            reel: file
                .timecode
                .as_ref()
                .map(|c| c.reel.clone())
                .unwrap_or_default(),
            clip: if name.is_empty() {
                address::file_name(&file.path).to_owned()
            } else {
                name
            },
            track: child_text(track, "name"),
            speed,
            transition,
            source: has_media.then(|| clip.source(file.timecode.as_ref())),
            file: file.path,
            record,
            ..FoundEvent::default()
        };
        match kind {
            Kind::Picture(number) => event.channels.picture = Some(number),
            Kind::Sound(number) => event.channels.sound.push(number),
        }
        let n_before = self.gather.list.events.len();
        self.gather.event(line, event);
        if n_before < self.gather.list.events.len()
            && let Some(id) = clip.node.attribute("id")
        {
            self.made.insert(id, n_before);
        }
    }

    /// The event of a clip that this one is linked to and lies beside, from the same file: both
    /// are one edit.
    fn linked_event(
        &mut self,
        clip: Node<'a, 'i>,
        record: TickSpan,
        path: &str,
    ) -> Option<&mut FoundEvent> {
        let mut indices = children(clip, "link").filter_map(|link| {
            let id = child(link, "linkclipref")?.text()?.trim();
            self.made.get(id).copied()
        });
        let events = &mut self.gather.list.events;
        let is_same = |event: &FoundEvent| event.record == record && event.file == path;
        let index = indices.find(|index| events.get(*index).is_some_and(is_same))?;
        events.get_mut(index)
    }

    /// The markers of a sequence that lies in another; its clips are none of the programme's.
    fn nested(&mut self, clip: &Clip<'a, 'i>, place: Place) {
        let Some(sequence) = self.named.told(clip.node, "sequence") else {
            return;
        };
        // It may be a part of itself.
        if place.depth == MAX_NESTING || self.around.contains(&sequence) {
            self.gather.leave_out_deep();
            return;
        }
        let record = clip.record.shifted(place.zero);
        let Some(window) = shared(place.window, record) else {
            return;
        };
        let inside = Place {
            zero: record.start() - clip.from,
            window,
            depth: place.depth + 1,
        };
        self.around.push(sequence);
        self.markers_of_sequence(sequence, inside);
        self.tracks(sequence, inside);
        self.around.pop();
    }

    fn markers_of_sequence(&mut self, sequence: Node<'a, 'i>, place: Place) {
        let own = rate(sequence).unwrap_or(self.gather.rate());
        for node in children(sequence, "marker") {
            let to_place = |frame| place.zero + own.to_ticks(frame);
            let window = (place.depth > 0).then_some(place.window);
            self.marker(node, &to_place, window);
        }
    }

    fn markers_of_clip(&mut self, clip: &Clip<'a, 'i>, place: Place) {
        for node in children(clip.node, "marker") {
            let record = clip.record.shifted(place.zero);
            let to_place = |frame| place.zero + clip.place_of(frame);
            // Every use of a clip repeats all the markers that its media has.
            let window = shared(record, place.window).unwrap_or_default();
            self.marker(node, &to_place, Some(window));
        }
    }

    fn marker(
        &mut self,
        node: Node<'a, 'i>,
        to_place: &dyn Fn(Frames) -> Ticks,
        window: Option<TickSpan>,
    ) {
        if !self.gather.may_go_on() {
            return;
        }
        let line = Some(self.lines.line(node));
        let name = cleaned(&child_text(node, "name"));
        let Some(from) = frames(node, "in") else {
            let name = quoted(&format!("marker {name}"));
            self.gather
                .report
                .warn_at(line, WarningKind::Unreadable(name));
            return;
        };
        let at = to_place(from);
        if window.is_some_and(|window| !window.contains(at)) {
            self.gather.leave_out_unused();
            return;
        }
        // A point has no end, which is written as -1.
        let end = frames(node, "out").filter(|out| *out > from);
        let length = end.map_or(Ticks::ZERO, |out| to_place(out) - at);
        let note = cleaned(&child_text(node, "comment"));
        if !self.seen.insert((at, name.clone(), note.clone())) {
            self.n_repeated += 1;
            return;
        }
        let marker = FoundMarker {
            name,
            at,
            length,
            color: color(node),
            note,
            ..FoundMarker::default()
        };
        self.gather.marker(line, marker);
    }
}

/// What Final Cut Pro puts where there is nothing.
fn is_slug(node: Node<'_, '_>) -> bool {
    child(node, "effect").is_some_and(|effect| child_text(effect, "effectid").trim() == "Slug")
}

fn transition(dissolve: Dissolve<'_, '_>, rate: FrameRate) -> Transition {
    let length = rate
        .to_ticks(dissolve.end - dissolve.start)
        .max(Ticks::ZERO);
    let effect = child(dissolve.node, "effect");
    let code = effect.map(|effect| child_text(effect, "wipecode"));
    let code = code.and_then(|code| code.trim().parse::<u16>().ok());
    match code.filter(|code| *code > 0) {
        Some(pattern) => Transition::Wipe { pattern, length },
        None => Transition::Dissolve { length },
    }
}
