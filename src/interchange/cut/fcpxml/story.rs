//! The storylines of a sequence: clips after each other, clips connected to them in lanes, and
//! what is nested in both.

use roxmltree::Node;

use super::super::gather::{FARTHEST, Gather, shared};
use super::map::TimeMap;
use super::resources::{Resources, file_of};
use super::{child, time_of};
use crate::interchange::limits::MAX_NESTING;
use crate::interchange::report::{WarningKind, quoted};
use crate::interchange::xml::{Lines, attribute, children, text};
use crate::model::Channels;
use crate::model::Color;
use crate::model::CutList;
use crate::model::FoundEvent;
use crate::model::FoundLine;
use crate::model::FoundMarker;
use crate::model::Speed;
use crate::model::Transition;
use crate::time::TickSpan;
use crate::time::Ticks;

/// How many of the elements in a clip are looked at to see whether it has picture and sound.
const MAX_LOOKED_AT: usize = 100;

/// Whether an element is something that is seen or heard for a while.
pub(super) fn is_clip(node: Node<'_, '_>) -> bool {
    const CLIPS: [&str; 10] = [
        "asset-clip",
        "audio",
        "audition",
        "clip",
        "live-drawing",
        "mc-clip",
        "ref-clip",
        "sync-clip",
        "title",
        "video",
    ];
    node.is_element() && CLIPS.contains(&node.tag_name().name())
}

/// A clock, and how it stands to the programme.
#[derive(Clone, Copy)]
struct Clock {
    /// What is added to a time it shows to have the place in the programme.
    shift: Ticks,
    /// The stretch of the programme in which what goes by it is seen.
    window: TickSpan,
    /// The lane: 0 for the primary storyline, above and below it by one each.
    lane: i32,
    /// How many clocks are around it.
    depth: usize,
    /// Whether it belongs to something that is nested in a clip, of which the programme knows no
    /// clips of their own.
    is_nested: bool,
}

impl Clock {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

/// A clip that was placed.
struct Placed<'a, 'i> {
    node: Node<'a, 'i>,
    /// What its own clock shows where it begins.
    start: Ticks,
    record: TickSpan,
    /// The clock of what is in it.
    clock: Clock,
}

/// Walks through a sequence.
pub(super) struct Reader<'a, 'i, 'r> {
    gather: Gather<'r>,
    resources: &'r Resources<'a, 'i>,
    lines: &'r Lines,
    /// How many lanes there are below the primary storyline.
    n_below: u16,
    /// The compound and multicam clips that are being looked into, the outermost first.
    around: Vec<Node<'a, 'i>>,
}

impl<'a, 'i, 'r> Reader<'a, 'i, 'r> {
    /// A reader that puts what it finds into `gather`.
    pub(super) const fn new(
        gather: Gather<'r>,
        resources: &'r Resources<'a, 'i>,
        lines: &'r Lines,
    ) -> Self {
        Self {
            gather,
            resources,
            lines,
            n_below: 0,
            around: Vec::new(),
        }
    }

    /// What was found.
    pub(super) fn finished(self) -> CutList {
        self.gather.finished()
    }

    fn warn(&mut self, node: Node<'_, '_>, kind: WarningKind) {
        self.gather.report.warn(self.lines.line(node), kind);
    }

    /// Reads a sequence whose clock shows `start` at its beginning.
    pub(super) fn sequence(&mut self, sequence: Node<'a, 'i>, start: Ticks) {
        self.n_below = lanes_below(sequence);
        let mut clock = Clock {
            shift: Ticks::ZERO,
            window: TickSpan::between(-FARTHEST, FARTHEST),
            lane: 0,
            depth: 0,
            is_nested: false,
        };
        for spine in children(sequence, "spine") {
            // Some programs count from zero whatever the sequence's clock shows.
            let first = spine.children().find_map(|item| time_of(item, "offset"));
            if first.is_some_and(|first| first < start) {
                self.gather.report.warn_of_all(WarningKind::CountedFromZero);
                clock.shift = start;
                self.storyline(spine, Ticks::ZERO, clock);
            } else {
                self.storyline(spine, start, clock);
            }
        }
    }

    /// Reads a clip that is in no sequence.
    pub(super) fn lone_clip(&mut self, clip: Node<'a, 'i>, start: Ticks) {
        self.n_below = lanes_below(clip);
        let clock = Clock {
            shift: Ticks::ZERO,
            window: TickSpan::between(-FARTHEST, FARTHEST),
            lane: 0,
            depth: 0,
            is_nested: false,
        };
        self.item(clip, start, Transition::Cut, clock);
    }

    /// Clips after each other. `clock` is the storyline's, which shows `start` at its beginning.
    fn storyline(&mut self, spine: Node<'a, 'i>, start: Ticks, clock: Clock) {
        let mut next = start;
        let mut transition = Transition::Cut;
        for node in spine.children().filter(Node::is_element) {
            if !self.gather.may_go_on() {
                return;
            }
            if node.has_tag_name("transition") {
                transition = transition_of(node);
            } else if is_clip(node) || node.has_tag_name("gap") {
                let offset = time_of(node, "offset").unwrap_or(next);
                next = self.item(node, offset, transition, clock);
                transition = Transition::Cut;
            }
        }
    }

    /// A clip or gap at `offset` of the clock around it. Gives what that clock shows at its end.
    fn item(
        &mut self,
        node: Node<'a, 'i>,
        offset: Ticks,
        transition: Transition,
        around: Clock,
    ) -> Ticks {
        if node.has_tag_name("audition") {
            // The first is the one in use; the others are tried in its place.
            return match node.children().find(|child| is_clip(*child)) {
                Some(pick) if around.depth < MAX_NESTING => {
                    self.item(pick, offset, transition, around.deeper())
                }
                _ => offset,
            };
        }
        if !self.gather.may_look_at(node.children().count()) {
            return offset;
        }
        let start = self.resources.start_of(node);
        let length = self.resources.duration_of(node);
        let record = TickSpan::with_length(offset + around.shift, length);
        let clip = Placed {
            node,
            start,
            record,
            clock: Clock {
                shift: around.shift + offset - start,
                ..around.deeper()
            },
        };
        let is_off = node.attribute("enabled") == Some("0");
        if !around.is_nested && !node.has_tag_name("gap") {
            if is_off {
                self.gather.leave_out_disabled();
            } else {
                self.event(&clip, transition);
            }
        }
        self.marks(&clip);
        if around.depth < MAX_NESTING {
            self.connected(&clip);
            if !is_off {
                self.nested(&clip);
            }
        } else if node.children().any(|child| child.is_element()) {
            self.gather.leave_out_deep();
        }
        offset + length
    }

    /// What is connected to a clip, in the lanes above and below it.
    fn connected(&mut self, clip: &Placed<'a, 'i>) {
        for node in clip.node.children().filter(Node::is_element) {
            let Some(lane) = lane_of(node) else {
                continue;
            };
            if !self.gather.may_go_on() {
                return;
            }
            let mut clock = clip.clock;
            clock.lane = clock.lane.saturating_add(lane);
            if clip.node.has_tag_name("sync-clip") {
                // Its lanes are part of it, and end with it.
                let Some(window) = shared(clock.window, clip.record) else {
                    continue;
                };
                clock.window = window;
            }
            let offset = time_of(node, "offset").unwrap_or(clip.start);
            if node.has_tag_name("spine") {
                // A storyline of its own, whose clock begins at zero.
                clock.shift += offset;
                self.storyline(node, Ticks::ZERO, clock.deeper());
            } else if node.has_tag_name("caption") {
                self.caption(node, offset, clock);
            } else if is_clip(node) {
                self.item(node, offset, Transition::Cut, clock);
            }
        }
    }

    /// What a clip is made of. Its clips are none of the programme's, but its markers are.
    fn nested(&mut self, clip: &Placed<'a, 'i>) {
        let node = clip.node;
        let sequence = self.resources.media(node, "sequence");
        let angles = self.resources.media(node, "multicam");
        let is_made_up = node.has_tag_name("clip") || node.has_tag_name("sync-clip");
        if sequence.is_none() && angles.is_none() && !is_made_up {
            return;
        }
        let Some(window) = shared(clip.clock.window, clip.record) else {
            return;
        };
        let inside = Clock {
            window,
            is_nested: true,
            ..clip.clock
        };
        if TimeMap::of(node).is_some() {
            self.retimed(clip, sequence.or(angles).unwrap_or(node));
        } else if let Some(media) = sequence.or(angles) {
            if self.around.contains(&media) {
                // It is a part of itself.
                self.gather.leave_out_deep();
                return;
            }
            let start = self.resources.start_of(media);
            self.around.push(media);
            if sequence.is_some() {
                for spine in children(media, "spine") {
                    self.storyline(spine, start, inside);
                }
            } else {
                for angle in angles_in_use(node, media) {
                    self.storyline(angle, start, inside);
                }
            }
            self.around.pop();
        } else {
            for spine in children(node, "spine").filter(|spine| lane_of(*spine).is_none()) {
                self.storyline(spine, clip.start, inside);
            }
            for part in node.children() {
                if is_clip(part) && lane_of(part).is_none() && self.gather.may_go_on() {
                    let offset = time_of(part, "offset").unwrap_or(clip.start);
                    self.item(part, offset, Transition::Cut, inside);
                }
            }
        }
    }

    /// Markers in what is played at another speed are not where its clock says.
    fn retimed(&mut self, clip: &Placed<'a, 'i>, inside: Node<'a, 'i>) {
        let mut below = inside.descendants().skip(1).take(MAX_LOOKED_AT);
        if below.any(|node| is_marker(node) && node.parent_element() != Some(clip.node)) {
            let clip_name = quoted(&attribute(clip.node, "name"));
            self.warn(clip.node, WarningKind::RetimedNest { clip: clip_name });
        }
    }

    fn event(&mut self, clip: &Placed<'a, 'i>, transition: Transition) {
        let node = clip.node;
        let Some(record) = shared(clip.clock.window, clip.record) else {
            return;
        };
        let line = Some(self.lines.line(node));
        let from = clip.start + (record.start() - clip.record.start());
        let to = from + record.length();
        let name = attribute(node, "name");
        let map = TimeMap::of(node);
        let (mut media_from, mut media_to, mut speed) = (from, to, Speed::NORMAL);
        if let Some(map) = &map {
            (media_from, media_to) = (map.media_at(from), map.media_at(to));
            speed = map.speed(from, to);
            if map.is_variable(from, to) {
                let clip = quoted(&name);
                self.warn(node, WarningKind::VariableSpeed { clip });
            }
        }
        if let Some(conform) = child(node, "conform-rate")
            && conform.attribute("srcFrameRate").is_some()
            && conform.attribute("scaleEnabled") != Some("0")
        {
            let clip = quoted(&name);
            self.warn(node, WarningKind::Conformed { clip });
        }
        let (asset, inward, n_looked_at) = self.played_at(node, media_from.min(media_to));
        self.gather.may_look_at(n_looked_at);
        let source = TickSpan::between(media_from + inward, media_to + inward);
        let source = if source.is_empty() {
            TickSpan::with_length(source.start(), self.gather.rate().frame_length())
        } else {
            source
        };
        let has_source = asset.is_some() || node.attribute("start").is_some();
        let is_made_here =
            node.has_tag_name("title") || (node.has_tag_name("video") && asset.is_none());
        let (has_picture, has_sound) = kinds(node, asset);
        let channels = self.channels(clip.clock.lane, has_picture, has_sound);
        let asset_name = asset.map(|asset| attribute(asset, "name"));
        let event = FoundEvent {
            reel: reel_of(node)
                .or_else(|| reel_of(asset?))
                .unwrap_or_default(),
            track: role_of(node, has_picture),
            clip: if name.is_empty() {
                asset_name.unwrap_or_default()
            } else {
                name
            },
            file: asset.map(file_of).unwrap_or_default(),
            channels,
            speed,
            transition,
            source: (has_source && !is_made_here).then_some(source),
            record,
            ..FoundEvent::default()
        };
        self.gather.event(line, event);
    }

    /// The media file that a clip plays when its clock shows `time`, through what it is made of,
    /// and what is added to the clip's clock to have the file's; and how much was looked at.
    fn played_at(&self, clip: Node<'a, 'i>, time: Ticks) -> (Option<Node<'a, 'i>>, Ticks, usize) {
        let (mut node, mut now) = (clip, time);
        let mut n_looked_at = 0;
        for _ in 0..MAX_NESTING {
            if let Some(asset) = self.resources.asset(node) {
                return (Some(asset), now - time, n_looked_at);
            }
            let Some(inside) = self.part_at(node, now, &mut n_looked_at) else {
                break;
            };
            (node, now) = inside;
        }
        (None, Ticks::ZERO, n_looked_at)
    }

    /// The part of a clip that is seen when its clock shows `time`, and what the part's clock shows.
    fn part_at(
        &self,
        clip: Node<'a, 'i>,
        time: Ticks,
        n_looked_at: &mut usize,
    ) -> Option<(Node<'a, 'i>, Ticks)> {
        let multicam = self.resources.media(clip, "multicam");
        let angle = multicam.and_then(|multicam| angles_in_use(clip, multicam).next());
        let is_made_up = clip.has_tag_name("clip") || clip.has_tag_name("sync-clip");
        let line = angle
            .or_else(|| children(clip, "spine").find(|spine| lane_of(*spine).is_none()))
            .or(is_made_up.then_some(clip))?;
        let mut next = match multicam {
            Some(multicam) => self.resources.start_of(multicam),
            None => self.resources.start_of(clip),
        };
        let mut first = None;
        for part in line.children().take(10 * MAX_LOOKED_AT) {
            *n_looked_at += 1;
            let is_gap = part.has_tag_name("gap");
            if lane_of(part).is_some() || !(is_clip(part) || is_gap) {
                continue;
            }
            let offset = time_of(part, "offset").unwrap_or(next);
            let span = TickSpan::with_length(offset, self.resources.duration_of(part));
            next = span.end();
            let seen = (part, self.resources.start_of(part) + (time - offset));
            if span.contains(time) {
                return Some(seen);
            }
            first = first.or(Some(seen));
        }
        first
    }

    /// The primary storyline is the first track; lanes above it are the further tracks of picture,
    /// those below the further tracks of sound, and sound above comes after those.
    fn channels(&self, lane: i32, has_picture: bool, has_sound: bool) -> Channels {
        let number = u16::try_from(lane.unsigned_abs()).unwrap_or(u16::MAX - 1);
        let track = if lane > 0 {
            number.saturating_add(self.n_below).saturating_add(1)
        } else {
            number.saturating_add(1)
        };
        Channels {
            picture: has_picture.then(|| number.saturating_add(1)),
            sound: has_sound.then_some(track).into_iter().collect(),
        }
    }

    /// The markers of a clip, and the keywords of a part of it.
    fn marks(&mut self, clip: &Placed<'a, 'i>) {
        let seen = shared(clip.clock.window, clip.record);
        for node in clip.node.children().filter(|node| is_marker(*node)) {
            if !self.gather.may_go_on() {
                return;
            }
            let line = Some(self.lines.line(node));
            let Some(start) = time_of(node, "start") else {
                let what = quoted(&format!(
                    "{} {}",
                    node.tag_name().name(),
                    attribute(node, "value")
                ));
                self.warn(node, WarningKind::Unreadable(what));
                continue;
            };
            let at = start + clip.clock.shift;
            let length = time_of(node, "duration").unwrap_or_default();
            let mut marker = FoundMarker {
                name: attribute(node, "value"),
                at,
                length: length.max(Ticks::ZERO),
                color: Some(color_of(node)),
                note: attribute(node, "note"),
                ..FoundMarker::default()
            };
            if node.has_tag_name("keyword") {
                // One that holds for the whole clip says nothing about a place.
                let span = TickSpan::with_length(at, length);
                let Some(part) = seen.and_then(|seen| shared(seen, span).filter(|p| *p != seen))
                else {
                    continue;
                };
                (marker.at, marker.length, marker.color) = (part.start(), part.length(), None);
            } else if !seen.is_some_and(|seen| seen.contains(at)) {
                if clip.clock.is_nested {
                    self.gather.leave_out_unused();
                    continue;
                }
                let name = quoted(&marker.name);
                self.warn(node, WarningKind::MarkerOutside { name });
            }
            self.gather.marker(line, marker);
        }
    }

    /// A caption is what is spoken, written down.
    fn caption(&mut self, node: Node<'a, 'i>, offset: Ticks, around: Clock) {
        let length = self.resources.duration_of(node);
        let span = TickSpan::with_length(offset + around.shift, length);
        let Some(span) = shared(span, around.window).filter(|_| !around.is_nested) else {
            return;
        };
        let texts = children(node, "text").map(|said| {
            let parts = children(said, "text-style").map(text);
            parts.collect::<String>()
        });
        let said = texts.collect::<Vec<_>>().join("\n");
        let line = Some(self.lines.line(node));
        self.gather.spoken(
            line,
            FoundLine {
                span,
                speaker: String::new(),
                text: said,
            },
        );
    }
}

/// Whether a clip has picture, and whether it has sound.
fn kinds(node: Node<'_, '_>, asset: Option<Node<'_, '_>>) -> (bool, bool) {
    let enabled = node.attribute("srcEnable");
    let (has_picture, has_sound) = match node.tag_name().name() {
        "asset-clip" => match asset {
            Some(asset) => (
                asset.attribute("hasVideo") == Some("1"),
                asset.attribute("hasAudio") == Some("1"),
            ),
            None => (true, true),
        },
        "audio" => (false, true),
        "clip" | "video" => {
            let parts = || node.descendants().take(MAX_LOOKED_AT);
            let has = |name| parts().any(|part| part.has_tag_name(name));
            let has_both = has("asset-clip") || has("ref-clip");
            (has("video") || has_both, has("audio") || has_both)
        }
        "title" | "live-drawing" => (true, false),
        _ => (true, true),
    };
    let (has_picture, has_sound) = match enabled {
        Some("video") => (has_picture, false),
        Some("audio") => (false, has_sound),
        _ => (has_picture, has_sound),
    };
    // Whatever is in a timeline is seen or heard.
    (has_picture || !has_sound, has_sound)
}

fn is_marker(node: Node<'_, '_>) -> bool {
    ["marker", "chapter-marker", "keyword"]
        .into_iter()
        .any(|name| node.has_tag_name(name))
}

/// The color in which Final Cut Pro shows a marker: orange for chapters, red for what is to do,
/// green for what is done.
fn color_of(marker: Node<'_, '_>) -> Color {
    match marker.attribute("completed") {
        _ if marker.has_tag_name("chapter-marker") => Color::Orange,
        Some("0") => Color::Red,
        Some(_) => Color::Green,
        None => Color::Blue,
    }
}

/// The lane of a connected clip; `None` for one that is in line with what is around it.
fn lane_of(node: Node<'_, '_>) -> Option<i32> {
    let lane = node.attribute("lane")?.trim().parse().ok()?;
    (lane != 0).then_some(lane)
}

fn lanes_below(node: Node<'_, '_>) -> u16 {
    let lanes = node.descendants().filter_map(lane_of);
    let lowest = lanes.min().unwrap_or(0).min(0);
    u16::try_from(lowest.unsigned_abs()).unwrap_or(u16::MAX)
}

/// The angles of a multicam clip that are seen or heard, the seen one first; all of them where
/// nothing is said.
fn angles_in_use<'a, 'i>(
    clip: Node<'a, 'i>,
    multicam: Node<'a, 'i>,
) -> impl Iterator<Item = Node<'a, 'i>> {
    let sources: Vec<_> = children(clip, "mc-source").take(MAX_LOOKED_AT).collect();
    let is_seen = |source: &&Node<'a, 'i>| source.attribute("srcEnable") != Some("audio");
    let is_used = |source: &&Node<'a, 'i>| source.attribute("srcEnable") != Some("none");
    let seen = sources.iter().filter(is_seen).filter(is_used);
    let heard = sources.iter().filter(|source| !is_seen(source));
    let wanted: Vec<_> = seen.chain(heard).map(|s| s.attribute("angleID")).collect();
    let angles: Vec<_> = children(multicam, "mc-angle").take(MAX_LOOKED_AT).collect();
    let mut chosen: Vec<Node<'a, 'i>> = Vec::new();
    for id in wanted {
        let angle = angles.iter().find(|angle| angle.attribute("angleID") == id);
        chosen.extend(angle.filter(|angle| !chosen.contains(angle)));
    }
    if sources.is_empty() {
        chosen = angles;
    }
    chosen.into_iter()
}

fn transition_of(node: Node<'_, '_>) -> Transition {
    let length = time_of(node, "duration").unwrap_or_default();
    let length = length.max(Ticks::ZERO);
    let name = attribute(node, "name").to_lowercase();
    if name.contains("wipe") {
        Transition::Wipe { pattern: 1, length }
    } else {
        Transition::Dissolve { length }
    }
}

/// The reel in what the camera or somebody wrote about a clip or a file.
fn reel_of(node: Node<'_, '_>) -> Option<String> {
    let entries = children(node, "metadata").flat_map(|metadata| children(metadata, "md"));
    let mut reels = entries
        .take(MAX_LOOKED_AT)
        .filter(|entry| entry.attribute("key") == Some("com.apple.proapps.studio.reel"))
        .map(|entry| attribute(entry, "value"));
    reels.find(|reel| !reel.is_empty())
}

/// What a clip is to the programme, such as `music.music-1`: Final Cut Pro has roles where others
/// have tracks.
fn role_of(node: Node<'_, '_>, has_picture: bool) -> String {
    let own = |name| node.attribute(name).map(str::to_owned);
    if has_picture {
        return own("videoRole").or_else(|| own("role")).unwrap_or_default();
    }
    let mut of_channels = children(node, "audio-channel-source").map(|n| attribute(n, "role"));
    let inside = || child(node, "audio").map(|audio| attribute(audio, "role"));
    of_channels
        .find(|role| !role.is_empty())
        .or_else(|| own("audioRole"))
        .or_else(|| own("role"))
        .or_else(inside)
        .unwrap_or_default()
}
