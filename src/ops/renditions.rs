//! Renditions: which tracks are versions of one recording, by what people have said, and by what
//! their titles say.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::curating::change;
use super::duplicates::are_told_apart;
use super::search::fold;
use crate::model::Rendition;
use crate::model::RenditionKind;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::model::Transaction;

/// The main recording that a track is a version of: itself where it is none.
pub fn main_of(show: &Show, id: TrackId) -> TrackId {
    let rendition = show.track(id).and_then(|track| track.rendition);
    // A main recording that is gone leaves its renditions each on their own.
    let main = rendition
        .map(|it| it.of)
        .filter(|of| show.track(*of).is_some());
    main.unwrap_or(id)
}

/// Makes tracks renditions of `main`, or of what that is a rendition of itself. What were
/// renditions of theirs follow them, so that a family has one main recording.
pub fn link(show: &Show, tracks: &[TrackId], main: TrackId, kind: RenditionKind) -> Transaction {
    let linked: BTreeSet<TrackId> = tracks.iter().copied().collect();
    let follows = |track: &Track| track.rendition.is_some_and(|it| linked.contains(&it.of));
    let followers = show.tracks().filter(|(_, track)| follows(track));
    let followers: Vec<TrackId> = followers.map(|(id, _)| id).collect();
    link_with(show, tracks, main, kind, &followers)
}

/// The same where it is known what the renditions of `tracks` are: they are among `followers`.
pub(super) fn link_with(
    show: &Show,
    tracks: &[TrackId],
    main: TrackId,
    kind: RenditionKind,
    followers: &[TrackId],
) -> Transaction {
    let linked: BTreeSet<TrackId> = tracks.iter().copied().collect();
    // Where the main recording was a rendition of one of these, it becomes the main one instead.
    let of = Some(main_of(show, main)).filter(|of| !linked.contains(of));
    let of = of.unwrap_or(main);
    let whose = super::curating::title_of(show, of);
    let others: Vec<TrackId> = tracks.iter().copied().filter(|id| *id != of).collect();
    let mut transaction = change(
        show,
        &others,
        |linked| format!("make {linked} {} of {whose}", a_kind(kind)),
        |track| {
            let rendition = Some(Rendition { of, kind });
            (track.rendition != rendition).then_some(TrackField::Rendition(rendition))
        },
    );
    let follows = |track: &Track| track.rendition.is_some_and(|it| linked.contains(&it.of));
    let following: Vec<TrackId> = followers
        .iter()
        .copied()
        .filter(|id| *id != of && !linked.contains(id) && show.track(*id).is_some_and(follows))
        .collect();
    let repoint = |track: &Track| {
        let kind = track.rendition?.kind;
        Some(TrackField::Rendition(Some(Rendition { of, kind })))
    };
    let moved = change(show, &following, str::to_owned, repoint);
    transaction.edits.extend(moved.edits);
    if show
        .track(of)
        .is_some_and(|track| track.rendition.is_some())
    {
        let freed = change(show, &[of], str::to_owned, |_| {
            Some(TrackField::Rendition(None))
        });
        transaction.edits.extend(freed.edits);
    }
    transaction
}

/// Makes tracks recordings of their own again.
pub fn unlink(show: &Show, tracks: &[TrackId]) -> Transaction {
    change(
        show,
        tracks,
        |whose| format!("unlink {whose}"),
        |track| {
            let is_linked = track.rendition.is_some();
            is_linked.then_some(TrackField::Rendition(None))
        },
    )
}

fn a_kind(kind: RenditionKind) -> &'static str {
    match kind {
        RenditionKind::Instrumental => "an instrumental",
        RenditionKind::Clean => "a clean version",
        RenditionKind::Cutdown => "a cutdown",
        RenditionKind::Stem => "a stem",
        RenditionKind::Other => "another version",
    }
}

/// Words by which titles tell what kind of version they are of; several words stand in a row.
const KINDS: [(RenditionKind, &[&str]); 4] = [
    (
        RenditionKind::Instrumental,
        &[
            "instrumental",
            "inst",
            "instr",
            "karaoke",
            "no vocals",
            "no vox",
            "without vocals",
            "minus vocals",
            "tv track",
            "tv mix",
        ],
    ),
    (
        RenditionKind::Clean,
        &["clean", "radio safe", "no swearing", "censored", "edited"],
    ),
    (
        RenditionKind::Stem,
        &[
            "stem",
            "stems",
            "acapella",
            "a capella",
            "a cappella",
            "acappella",
            "drums only",
            "bass only",
            "vocals only",
            "vox only",
        ],
    ),
    (
        RenditionKind::Cutdown,
        &[
            "cutdown",
            "cut down",
            "short version",
            "short edit",
            "radio edit",
            "edit",
            "sting",
            "stinger",
            "bumper",
            "loop",
        ],
    ),
];

/// Words that tell of another version without telling of which kind.
const OTHERS: [&str; 10] = [
    "remix",
    "mix",
    "version",
    "alt",
    "alternate",
    "alternative",
    "acoustic",
    "demo",
    "live",
    "remaster",
];

/// Words that go with these and tell nothing by themselves.
const FILLERS: [&str; 7] = ["version", "mix", "the", "album", "main", "full", "original"];

/// A title as its main recording has it, and which kind of version it says it is: what stands in
/// brackets or after a dash at its end, or after an underscore, as files are named. `None` where
/// it says nothing of the kind.
pub fn version_in(title: &str) -> Option<(&str, RenditionKind)> {
    let title = title.trim();
    let (base, said) = ending(title)?;
    let kind = kind_of(said)?;
    // “Fern (Clean) [60s]”: what is named last is not all there is to it.
    let base = match ending(base) {
        Some((inner, said)) if kind_of(said).is_some() => inner,
        _ => base,
    };
    Some((base, kind))
}

/// What a title ends in that stands apart from the rest of it.
fn ending(title: &str) -> Option<(&str, &str)> {
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inside) = title.strip_suffix(close) {
            let at = inside.rfind(open)?;
            let base = inside.get(..at)?.trim_end();
            return (!base.is_empty()).then_some((base, inside.get(at + 1..)?));
        }
    }
    let dashes = [" - ", " – ", " — ", "_"];
    let (at, dash) = dashes
        .iter()
        .filter_map(|dash| Some((title.rfind(dash)?, *dash)))
        .max()?;
    let base = title.get(..at)?.trim_end_matches([' ', '-', '_']);
    (!base.is_empty()).then_some((base, title.get(at + dash.len()..)?))
}

/// The kind of version that words tell of.
fn kind_of(said: &str) -> Option<RenditionKind> {
    let folded = fold(said);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let line = format!(" {} ", words.join(" "));
    let says = |phrase: &&str| line.contains(&format!(" {phrase} "));
    for (kind, phrases) in KINDS {
        if phrases.iter().any(says) {
            return Some(kind);
        }
    }
    if words.iter().any(|word| is_length(word)) || line.contains(" sec ") {
        return Some(RenditionKind::Cutdown);
    }
    // “(Album Version)” is what the main recording itself is called.
    let mut told = words.iter().filter(|word| !FILLERS.contains(word));
    told.next()?;
    let is_other = words.iter().any(|word| OTHERS.contains(word));
    is_other.then_some(RenditionKind::Other)
}

/// “60s”, “30sec”: how libraries name cutdowns.
fn is_length(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = word.get(digits.len()..).unwrap_or_default();
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number && matches!(unit, "s" | "sec" | "secs" | "second" | "seconds")
}

/// Which tracks belong together, by their links and by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kin {
    /// The renditions of each main recording.
    renditions: BTreeMap<TrackId, BTreeSet<TrackId>>,
    /// Tracks by artist and title without what tells of a version.
    by_name: BTreeMap<(String, String), BTreeSet<TrackId>>,
}

impl Kin {
    /// Takes a track in.
    pub fn insert(&mut self, id: TrackId, track: &Track) {
        if let Some(rendition) = track.rendition {
            self.renditions.entry(rendition.of).or_default().insert(id);
        }
        if let Some(name) = name(track) {
            self.by_name.entry(name).or_default().insert(id);
        }
    }

    /// Takes out a track that was taken in.
    pub fn remove(&mut self, id: TrackId, track: &Track) {
        if let Some(rendition) = track.rendition {
            take(&mut self.renditions, &rendition.of, id);
        }
        if let Some(name) = name(track) {
            take(&mut self.by_name, &name, id);
        }
    }

    /// The recording that `id` belongs to: the main one first, then its renditions by kind and
    /// title. Only itself where it has none.
    pub fn family(&self, show: &Show, id: TrackId) -> Vec<TrackId> {
        let main = main_of(show, id);
        let linked = self.renditions.get(&main).into_iter().flatten();
        let is_linked = |track: &Track| track.rendition.is_some_and(|it| it.of == main);
        let mut others: Vec<_> = linked
            .filter_map(|id| Some((*id, show.track(*id)?)))
            .filter(|(_, track)| is_linked(track))
            .collect();
        others.sort_by_key(|(id, track)| (track.rendition.map(|it| it.kind), &track.title, *id));
        let others = others.into_iter().map(|(id, _)| id);
        std::iter::once(main).chain(others).collect()
    }

    /// What could be linked to the recording of `id` by its name and is not: each with what it
    /// would be a rendition of, and as what.
    pub fn suggestions(&self, show: &Show, id: TrackId) -> Vec<(TrackId, Rendition)> {
        let Some(track) = show.track(id) else {
            return Vec::new();
        };
        let Some(alike) = name(track).and_then(|name| self.by_name.get(&name)) else {
            return Vec::new();
        };
        let is_main = |id: &&TrackId| {
            let found = show.track(**id);
            found.is_some_and(|it| version_in(&it.title).is_none() && it.rendition.is_none())
        };
        // Among several of that name there is no telling which is meant.
        let mut mains = alike.iter().filter(is_main);
        let (Some(main), None) = (mains.next(), mains.next()) else {
            return Vec::new();
        };
        let suggested = alike.iter().filter_map(|other| {
            let track = show.track(*other)?;
            let (_, kind) = version_in(&track.title)?;
            let is_asked = id == *main || id == *other;
            let rendition = Rendition { of: *main, kind };
            let is_open = track.rendition.is_none() && !are_told_apart(show, *main, *other);
            (is_asked && is_open).then_some((*other, rendition))
        });
        suggested.collect()
    }
}

fn name(track: &Track) -> Option<(String, String)> {
    let title = version_in(&track.title).map_or(track.title.as_str(), |(base, _)| base);
    let plain = |text: &str| {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    let title = plain(title);
    (!title.is_empty()).then(|| (plain(&track.artist), title))
}

fn take<K: Ord>(sets: &mut BTreeMap<K, BTreeSet<TrackId>>, key: &K, id: TrackId) {
    if let Some(set) = sets.get_mut(key) {
        set.remove(&id);
        if set.is_empty() {
            sets.remove(key);
        }
    }
}

#[cfg(test)]
mod tests;
