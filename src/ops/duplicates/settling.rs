//! Doing to duplicates what is to become of them: what refers to a track that goes is put right, and
//! nothing that anybody said of it is lost.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::Fate;
use super::Group;
use super::Placed;
use super::placed;
use crate::model::AlternateField;
use crate::model::Change;
use crate::model::ClearanceState;
use crate::model::Edit;
use crate::model::Entity;
use crate::model::List;
use crate::model::ListField;
use crate::model::Rendition;
use crate::model::RenditionKind;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::ops::lists;
use crate::ops::renditions;

/// Does to every duplicate what is to become of it, as one transaction.
pub fn settle(show: &Show, groups: &[Group]) -> Transaction {
    let mut settling = Settling {
        after: show.clone(),
        referrers: Referrers::of(show),
        edits: Vec::new(),
        gone: Vec::new(),
    };
    let mut done = Done::default();
    for group in groups {
        for duplicate in &group.others {
            match duplicate.fate {
                Fate::Merge if duplicate.can_merge() => {
                    done.merged += usize::from(settling.merge(duplicate.track, group.main));
                }
                Fate::Link(kind) => {
                    done.linked += usize::from(settling.link(duplicate.track, group.main, kind));
                }
                Fate::Merge | Fate::Leave => {}
            }
        }
        // What goes need not be told from anything, so this comes last.
        for duplicate in &group.others {
            if duplicate.fate == Fate::Leave {
                let likes = group.likes_of(duplicate.track);
                done.left += usize::from(settling.leave(duplicate.track, likes));
            }
        }
    }
    settling.put_lists_right();
    Transaction::new(done.said(), settling.edits)
}

/// How many duplicates what has become of.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    merged: usize,
    linked: usize,
    left: usize,
}

impl Done {
    fn said(self) -> String {
        let merged = match self.merged {
            0 => None,
            1 => Some("merge a duplicate".to_owned()),
            n => Some(format!("merge {n} duplicates")),
        };
        let linked = match self.linked {
            0 => None,
            1 => Some("link a rendition".to_owned()),
            n => Some(format!("link {n} renditions")),
        };
        let left = match self.left {
            0 => None,
            1 => Some("leave a duplicate as it is".to_owned()),
            n => Some(format!("leave {n} duplicates as they are")),
        };
        let said: Vec<String> = [merged, linked, left].into_iter().flatten().collect();
        match said.as_slice() {
            [first, second, third] => format!("{first}, {second} and {third}"),
            said => said.join(" and "),
        }
    }
}

/// What refers to each track. It is gathered once: a large pool takes longer to walk through than
/// all that a merge changes. What has come to refer to another track since is still here, so each
/// is looked at again.
struct Referrers {
    placed: BTreeMap<TrackId, Vec<Placed>>,
    renditions: BTreeMap<TrackId, BTreeSet<TrackId>>,
    told: BTreeMap<TrackId, BTreeSet<TrackId>>,
}

impl Referrers {
    fn of(show: &Show) -> Self {
        let mut found = Self {
            placed: BTreeMap::new(),
            renditions: BTreeMap::new(),
            told: BTreeMap::new(),
        };
        for (place, track) in placed(show) {
            found.placed.entry(track).or_default().push(place);
        }
        for (id, track) in show.tracks() {
            found.note(id, track);
        }
        found
    }

    fn note(&mut self, id: TrackId, track: &Track) {
        if let Some(rendition) = track.rendition {
            self.renditions.entry(rendition.of).or_default().insert(id);
        }
        for other in &track.told_from {
            self.told.entry(*other).or_default().insert(id);
        }
    }
}

/// The show as the decisions so far leave it: each is made on what the ones before have done.
struct Settling {
    after: Show,
    referrers: Referrers,
    edits: Vec<Edit>,
    /// Which tracks went, and what has taken their places, in that order.
    gone: Vec<(TrackId, TrackId)>,
}

impl Settling {
    /// Makes all of `made`, or nothing where that does not fit. Says whether anything was made.
    fn make(&mut self, made: Vec<Edit>) -> bool {
        let fits = !made.is_empty() && self.after.apply_all(&made).is_ok();
        if fits {
            for edit in &made {
                let Edit::Track(id, Change::Set(_)) = edit else {
                    continue;
                };
                if let Some(track) = self.after.track(*id) {
                    self.referrers.note(*id, track);
                }
            }
            self.edits.extend(made);
        }
        fits
    }

    /// Has `from` go, and `into` take its place, except in lists.
    fn merge(&mut self, from: TrackId, into: TrackId) -> bool {
        let made = self.merged(from, into);
        let is_made = self.make(made);
        if is_made {
            let moved = self.referrers.placed.remove(&from).unwrap_or_default();
            let placed = self.referrers.placed.entry(into).or_default();
            placed.extend(moved);
            self.gone.push((from, into));
        }
        is_made
    }

    fn merged(&self, from: TrackId, into: TrackId) -> Vec<Edit> {
        let show = &self.after;
        let (Some(gone), Some(kept)) = (show.track(from), show.track(into)) else {
            return Vec::new();
        };
        let set = |id, field| Edit::Track(id, Change::Set(field));
        let mut together = together(kept, gone);
        together.told_from.remove(&from);
        together.told_from.remove(&into);
        if kept.rendition.is_some_and(|it| it.of == from) {
            together.rendition = None;
        }
        let gained = kept.differences(&together);
        let mut edits: Vec<Edit> = gained.into_iter().map(|field| set(into, field)).collect();
        for (at, slot, alternate) in self.referrers.placed.get(&from).into_iter().flatten() {
            let field = Change::Set(AlternateField::Track(into));
            edits.push(Edit::Alternate(*at, *slot, *alternate, field));
        }
        let others = |known: &BTreeMap<TrackId, BTreeSet<TrackId>>| {
            let known = known.get(&from).cloned().unwrap_or_default();
            let others = known.into_iter().filter(|id| *id != into && *id != from);
            others.collect::<Vec<TrackId>>()
        };
        for id in others(&self.referrers.renditions) {
            let rendition = show.track(id).and_then(|track| track.rendition);
            if let Some(rendition) = rendition.filter(|it| it.of == from) {
                let rendition = Rendition {
                    of: into,
                    ..rendition
                };
                edits.push(set(id, TrackField::Rendition(Some(rendition))));
            }
        }
        for id in others(&self.referrers.told) {
            let Some(track) = show.track(id) else {
                continue;
            };
            let mut told_from = track.told_from.clone();
            if told_from.remove(&from) {
                told_from.insert(into);
                edits.push(set(id, TrackField::ToldFrom(told_from)));
            }
        }
        edits.push(Edit::Track(from, Change::Remove));
        edits
    }

    /// Makes a track a rendition of `main`.
    fn link(&mut self, track: TrackId, main: TrackId, kind: RenditionKind) -> bool {
        let known = self.referrers.renditions.get(&track);
        let followers: Vec<TrackId> = known.into_iter().flatten().copied().collect();
        let linked = renditions::link_with(&self.after, &[track], main, kind, &followers);
        self.make(linked.edits)
    }

    /// Tells a track from others, as far as they are there.
    fn leave(&mut self, id: TrackId, likes: BTreeSet<TrackId>) -> bool {
        let Some(track) = self.after.track(id) else {
            return false;
        };
        let there = likes
            .into_iter()
            .filter(|it| self.after.track(*it).is_some());
        let mut told_from = track.told_from.clone();
        told_from.extend(there);
        if told_from == track.told_from {
            return false;
        }
        let field = TrackField::ToldFrom(told_from);
        self.make(vec![Edit::Track(id, Change::Set(field))])
    }

    /// In lists, what stays takes the place of what went: each list is changed once.
    fn put_lists_right(&mut self) {
        let mut made = Vec::new();
        for (id, list) in self.after.lists() {
            let mut now = List {
                tracks: list.tracks.clone(),
                ..List::default()
            };
            for (from, into) in &self.gone {
                if now.tracks.contains_key(from) {
                    now.tracks = lists::replaced(&now, *from, *into);
                }
            }
            if now.tracks != list.tracks {
                made.push(Edit::List(id, Change::Set(ListField::Tracks(now.tracks))));
            }
        }
        self.make(made);
    }
}

/// What `kept` is once it has taken over what was said of `gone` and not of itself.
fn together(kept: &Track, gone: &Track) -> Track {
    let mut track = kept.clone();
    let fill = |into: &mut String, from: &str| {
        if into.trim().is_empty() {
            from.clone_into(into);
        }
    };
    fill(&mut track.title, &gone.title);
    fill(&mut track.artist, &gone.artist);
    fill(&mut track.album, &gone.album);
    fill(&mut track.publisher, &gone.publisher);
    fill(&mut track.label, &gone.label);
    fill(&mut track.isrc, &gone.isrc);
    fill(&mut track.iswc, &gone.iswc);
    fill(&mut track.catalogue, &gone.catalogue);
    track.origin = track.origin.or(gone.origin);
    fill(&mut track.genre, &gone.genre);
    for (into, from) in [(&mut track.why, &gone.why), (&mut track.notes, &gone.notes)] {
        // What somebody wrote is never lost.
        if !from.trim().is_empty() && !into.contains(from.as_str()) {
            if !into.trim().is_empty() {
                into.push('\n');
            }
            into.push_str(from);
        }
    }
    if track.writers.is_empty() {
        track.writers.clone_from(&gone.writers);
    }
    if track.publishers.is_empty() {
        track.publishers.clone_from(&gone.publishers);
    }
    if track.lyrics.is_empty() {
        track.lyrics.clone_from(&gone.lyrics);
    }
    track.year = track.year.or(gone.year);
    track.color = track.color.or(gone.color);
    track.tags.extend(gone.tags.iter().cloned());
    track.told_from.extend(&gone.told_from);
    track.comments.extend(gone.comments.clone());
    for (person, rating) in &gone.ratings {
        track.ratings.entry(*person).or_insert(*rating);
    }
    for (into, from) in [
        (&mut track.master, gone.master),
        (&mut track.publishing, gone.publishing),
    ] {
        if *into == ClearanceState::NotStarted {
            *into = from;
        }
    }
    let copy = gone.media.as_ref();
    if let (Some(media), Some(copy)) = (&mut track.media, copy)
        && media.hash == copy.hash
    {
        let other = copy.paths.iter().filter(|path| !kept_has(kept, path));
        media.paths.extend(other.cloned());
    }
    track
}

fn kept_has(kept: &Track, path: &str) -> bool {
    let media = kept.media.as_ref();
    media.is_some_and(|media| media.paths.iter().any(|known| known == path))
}
