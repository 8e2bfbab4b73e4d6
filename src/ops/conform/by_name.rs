//! A map without edits: scenes and markers of the old cut are found again in a list by number,
//! name and order.
//!
//! Between two moments that are found again at the same distance, nothing is likely to have
//! changed. Where the distance is another, picture has come or gone in a place that nobody can
//! tell: what is behind the first of them is then taken to go on as it did, as a guess.

use std::collections::BTreeMap;

use super::map::{PictureMap, Piece, Sureness};
use super::taken::Taken;
use crate::model::Cut;
use crate::ops::adopt::scene_key;
use crate::time::TickSpan;
use crate::time::Ticks;

/// A moment that was found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Anchor {
    old: Ticks,
    new: Ticks,
    /// Whether nothing else in either cut is called the same.
    is_unique: bool,
}

/// The map between two cuts by what their scenes and markers are called.
pub(super) fn matched(old: &Cut, new: &Cut) -> PictureMap {
    let scenes = pairs(
        old.scenes()
            .into_iter()
            .map(|(_, scene)| (scene_key(&scene.number, &scene.name), scene.span)),
        new.scenes()
            .into_iter()
            .map(|(_, scene)| (scene_key(&scene.number, &scene.name), scene.span)),
    );
    let markers: Vec<Anchor> = pairs(
        old.markers()
            .into_iter()
            .map(|(_, marker)| (marker_key(&marker.name), marker.at)),
        new.markers()
            .into_iter()
            .map(|(_, marker)| (marker_key(&marker.name), marker.at)),
    )
    .into_iter()
    .map(|(old, new, is_unique)| Anchor {
        old,
        new,
        is_unique,
    })
    .collect();
    let mut making = Making::default();
    for (was, is, is_unique) in &scenes {
        let edge = |old, new| Anchor {
            old,
            new,
            is_unique: *is_unique,
        };
        let inside = |anchor: &&Anchor| was.contains(anchor.old) && is.contains(anchor.new);
        let mut anchors: Vec<Anchor> = markers.iter().filter(inside).copied().collect();
        anchors.push(edge(was.start(), is.start()));
        anchors.push(edge(was.end(), is.end()));
        making.between(anchors);
    }
    if scenes.is_empty() {
        making.whole(old.length, new.length, markers);
    } else {
        let frame = old.timebase.rate().frame_length();
        for anchor in markers {
            making.take(
                TickSpan::with_length(anchor.old, frame),
                TickSpan::with_length(anchor.new, frame),
                Sureness::Guess,
            );
        }
    }
    PictureMap::new(making.pieces)
}

/// A marker is known by its name; case is often lost on the way.
fn marker_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// What is called the same, paired up in running order, and whether that is beyond doubt.
fn pairs<T: Copy>(
    old: impl Iterator<Item = (String, T)>,
    new: impl Iterator<Item = (String, T)>,
) -> Vec<(T, T, bool)> {
    let mut by_key: BTreeMap<String, (Vec<T>, Vec<T>)> = BTreeMap::new();
    for (key, thing) in old.filter(|(key, _)| !key.is_empty()) {
        by_key.entry(key).or_default().0.push(thing);
    }
    for (key, thing) in new.filter(|(key, _)| !key.is_empty()) {
        by_key.entry(key).or_default().1.push(thing);
    }
    let mut found = Vec::new();
    for (old, new) in by_key.into_values() {
        let is_unique = old.len() == 1 && new.len() == 1;
        let paired = old.into_iter().zip(new);
        found.extend(paired.map(|(old, new)| (old, new, is_unique)));
    }
    found
}

/// The map as it is made.
#[derive(Default)]
struct Making {
    taken: Taken,
    pieces: Vec<Piece>,
}

impl Making {
    /// Maps what lies between anchors, as far as they are in one order in both cuts.
    fn between(&mut self, anchors: Vec<Anchor>) {
        let anchors = in_one_order(anchors);
        for pair in anchors.windows(2) {
            let [first, second] = pair else { continue };
            let was = TickSpan::between(first.old, second.old);
            let is = TickSpan::between(first.new, second.new);
            let sureness = if was.length() == is.length() && first.is_unique && second.is_unique {
                Sureness::Likely
            } else {
                Sureness::Guess
            };
            let length = was.length().min(is.length());
            self.take(
                TickSpan::with_length(was.start(), length),
                TickSpan::with_length(is.start(), length),
                sureness,
            );
        }
    }

    /// Maps a whole cut by its markers: what is before the first and behind the last of them goes
    /// with it.
    fn whole(&mut self, old: Ticks, new: Ticks, markers: Vec<Anchor>) {
        let anchors = in_one_order(markers);
        if let Some(first) = anchors.first() {
            let length = first.old.min(first.new);
            let sureness = if first.old == first.new && first.is_unique {
                Sureness::Likely
            } else {
                Sureness::Guess
            };
            self.take(
                TickSpan::between(first.old - length, first.old),
                TickSpan::between(first.new - length, first.new),
                sureness,
            );
        }
        if let Some(last) = anchors.last() {
            let length = (old - last.old).min(new - last.new);
            self.take(
                TickSpan::with_length(last.old, length),
                TickSpan::with_length(last.new, length),
                Sureness::Guess,
            );
        }
        self.between(anchors);
    }

    fn take(&mut self, old: TickSpan, new: TickSpan, sureness: Sureness) {
        let piece = Piece {
            old,
            new,
            sureness,
            is_speed_changed: false,
        };
        if old.is_empty() || new.is_empty() {
            return;
        }
        for free in self.taken.free(&piece) {
            self.taken.take(&free);
            self.pieces.push(free);
        }
    }
}

/// The most anchors that come in the same order in both cuts.
fn in_one_order(mut anchors: Vec<Anchor>) -> Vec<Anchor> {
    anchors.sort_unstable();
    anchors.dedup_by_key(|anchor| anchor.old);
    let places: Vec<Ticks> = anchors.iter().map(|anchor| anchor.new).collect();
    let kept = super::order::longest_rising(&places);
    let mut kept = kept.into_iter();
    anchors.retain(|_| kept.next().unwrap_or_default());
    anchors
}
