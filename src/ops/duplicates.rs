//! Duplicates: which tracks of the pool are one recording, which of them stays, and what becomes
//! of the others. Nothing happens until somebody says so.

mod settling;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

pub use self::settling::settle;
use super::curating::title_of;
use super::renditions;
use super::renditions::version_in;
use crate::model::CutAt;
use crate::model::Media;
use crate::model::PoolState;
use crate::model::RenditionKind;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;
use crate::time::Ticks;

/// How far two beginnings may lie apart for one file to stand in for the other where it is placed.
/// What is heard of a shift this small is less than what fingerprints can tell.
const SAME_BEGINNING: Ticks = Ticks::from_millis(250);
/// A version this much shorter than another was cut down.
const CUT_DOWN: (i64, i64) = (4, 5);

/// How like two tracks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// Their files are the same to the byte.
    Copy,
    /// They sound the same from beginning to end.
    Encoding,
    /// Parts of them sound alike.
    Version,
}

/// Two tracks that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// One.
    pub a: TrackId,
    /// The other.
    pub b: TrackId,
    /// How like they are.
    pub likeness: Likeness,
    /// How much later than in `a` the same sounds in `b`.
    pub later: Ticks,
}

/// What is to become of a duplicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes, and the track that stays takes its place wherever it is used.
    Merge,
    /// It becomes a rendition of the track that stays.
    Link(RenditionKind),
    /// Nothing, and nobody is asked again.
    Leave,
}

/// A duplicate of the track that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Which track.
    pub track: TrackId,
    /// How like the one that stays it is.
    pub likeness: Likeness,
    /// How much later than in the one that stays the same sounds in it.
    pub later: Ticks,
    /// What is to become of it.
    pub fate: Fate,
}

impl Duplicate {
    /// Whether the track that stays can take its place without what is placed being heard out of
    /// step.
    pub fn can_merge(&self) -> bool {
        self.likeness <= Likeness::Encoding && self.later.abs() <= SAME_BEGINNING
    }
}

/// Tracks that are one recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The one that stays.
    pub main: TrackId,
    /// The others, the likest first.
    pub others: Vec<Duplicate>,
    /// Who is like whom, for when another one is to stay.
    pairs: Vec<Pair>,
}

impl Group {
    /// The same group with another track that stays.
    #[must_use]
    pub fn with_main(&self, show: &Show, main: TrackId) -> Self {
        around(show, main, self.pairs.clone())
    }

    /// The tracks that `track` was found to be like, the one that stays among them.
    fn likes_of(&self, track: TrackId) -> BTreeSet<TrackId> {
        let pairs = self.pairs.iter();
        let likes = pairs.filter_map(|pair| match pair {
            Pair { a, b, .. } if *a == track => Some(*b),
            Pair { a, b, .. } if *b == track => Some(*a),
            _ => None,
        });
        likes.chain([self.main]).filter(|it| *it != track).collect()
    }

    /// How many of the others something is to become of.
    pub fn n_decided(&self) -> usize {
        let decided = self.others.iter().filter(|it| it.fate != Fate::Leave);
        decided.count()
    }
}

/// Tracks whose files are the same to the byte, each with the first of them.
pub fn copies(show: &Show) -> Vec<Pair> {
    let mut first: BTreeMap<&str, TrackId> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (id, track) in show.tracks() {
        let hash = track.media.as_ref().map_or("", |media| media.hash.as_str());
        if hash.is_empty() {
            continue;
        }
        let of = *first.entry(hash).or_insert(id);
        if of != id {
            pairs.push(Pair {
                a: of,
                b: id,
                likeness: Likeness::Copy,
                later: Ticks::ZERO,
            });
        }
    }
    pairs
}

/// Whether somebody has told two tracks from each other, so that neither is offered as a duplicate
/// or a rendition of the other.
pub fn are_told_apart(show: &Show, a: TrackId, b: TrackId) -> bool {
    let knows = |one, other| {
        let track: Option<&Track> = show.track(one);
        track.is_some_and(|track| track.told_from.contains(&other))
    };
    knows(a, b) || knows(b, a)
}

/// Puts pairs together into recordings, in the order of titles. What people have already linked as
/// renditions of one recording is left out, unless it is there twice; so is what they have told
/// from each other.
pub fn groups(show: &Show, pairs: &[Pair]) -> Vec<Group> {
    let is_news = |pair: &&Pair| {
        let same = renditions::main_of(show, pair.a) == renditions::main_of(show, pair.b);
        let is_there = [pair.a, pair.b].iter().all(|id| show.track(*id).is_some());
        let is_open = !are_told_apart(show, pair.a, pair.b);
        is_there && is_open && (!same || pair.likeness < Likeness::Version)
    };
    let used = used(show);
    let mut groups: Vec<Group> = families(pairs.iter().filter(is_news))
        .into_iter()
        .filter_map(|pairs| {
            let members: BTreeSet<TrackId> = pairs.iter().flat_map(|it| [it.a, it.b]).collect();
            let lengths = members.iter().filter_map(|id| show.track(*id)?.duration());
            let longest = lengths.max().unwrap_or_default();
            let ranked = members
                .iter()
                .filter_map(|id| Some((*id, show.track(*id)?)));
            let best = ranked.min_by_key(|(id, track)| {
                let rank = rank(show, *id, track, longest, &used);
                // The plainest name of several that came together.
                (rank, track.added_at, track.title.len(), *id)
            });
            Some(around(show, best?.0, pairs))
        })
        .collect();
    groups.sort_by_cached_key(|group| (title_of(show, group.main).to_lowercase(), group.main));
    groups
}

/// Pairs that hang together, each such family by itself.
fn families<'p>(pairs: impl Iterator<Item = &'p Pair>) -> Vec<Vec<Pair>> {
    // Each track points towards the first of its family (disjoint sets: Tarjan, 1975).
    let mut towards = BTreeMap::new();
    let pairs: Vec<Pair> = pairs.copied().collect();
    for pair in &pairs {
        let (a, b) = (
            first_of(&mut towards, pair.a),
            first_of(&mut towards, pair.b),
        );
        towards.insert(a.max(b), a.min(b));
    }
    let mut families: BTreeMap<TrackId, Vec<Pair>> = BTreeMap::new();
    for pair in pairs {
        let first = first_of(&mut towards, pair.a);
        families.entry(first).or_default().push(pair);
    }
    families.into_values().collect()
}

fn first_of(towards: &mut BTreeMap<TrackId, TrackId>, id: TrackId) -> TrackId {
    let mut first = id;
    while let Some(next) = towards.get(&first).copied().filter(|next| *next != first) {
        first = next;
    }
    towards.insert(id, first);
    first
}

/// What speaks for a track to be the one that stays, of several of which the longest is `longest`;
/// the least speaks most.
fn rank(
    show: &Show,
    id: TrackId,
    track: &Track,
    longest: Ticks,
    used: &BTreeSet<TrackId>,
) -> [bool; 6] {
    let is_lossless = |media: &Media| {
        let codecs = ["PCM", "FLAC", "ALAC"];
        codecs.iter().any(|codec| media.codec.starts_with(codec))
    };
    let length = track.duration().unwrap_or_default();
    [
        renditions::main_of(show, id) != id,
        version_in(&track.title).is_some(),
        is_cut_down(length, longest),
        track.state != PoolState::Approved,
        !used.contains(&id),
        !track.media.as_ref().is_some_and(is_lossless),
    ]
}

fn used(show: &Show) -> BTreeSet<TrackId> {
    placed(show).map(|(_, track)| track).collect()
}

/// Every alternate that is placed anywhere, with its track.
fn placed(show: &Show) -> impl Iterator<Item = (Placed, TrackId)> {
    let episodes = show.episodes();
    episodes.into_iter().flat_map(|(episode, it)| {
        it.cuts().into_iter().flat_map(move |(cut, it)| {
            it.slots().into_iter().flat_map(move |(slot, it)| {
                let at = CutAt { episode, cut };
                let alternates = it.alternates().into_iter();
                alternates.map(move |(id, alternate)| ((at, slot, id), alternate.track))
            })
        })
    })
}

type Placed = (CutAt, crate::model::SlotId, crate::model::AlternateId);

/// The group in which `main` stays: how like it the others are is followed from pair to pair.
fn around(show: &Show, main: TrackId, pairs: Vec<Pair>) -> Group {
    let mut reached: BTreeMap<TrackId, (Likeness, Ticks)> = BTreeMap::new();
    reached.insert(main, (Likeness::Copy, Ticks::ZERO));
    loop {
        let step = |pair: &Pair| {
            let (from, to, later) = match (reached.get(&pair.a), reached.get(&pair.b)) {
                (Some(from), None) => (from, pair.b, pair.later),
                (None, Some(from)) => (from, pair.a, -pair.later),
                _ => return None,
            };
            Some((from.0.max(pair.likeness), from.1 + later, to))
        };
        // What is likest is reached first, so that a chain is as strong as it can be.
        let next = pairs.iter().filter_map(step).min_by_key(|next| next.0);
        let Some((likeness, later, to)) = next else {
            break;
        };
        reached.insert(to, (likeness, later));
    }
    reached.remove(&main);
    let mut others: Vec<Duplicate> = reached
        .into_iter()
        .map(|(track, (likeness, later))| {
            let mut duplicate = Duplicate {
                track,
                likeness,
                later,
                fate: Fate::Merge,
            };
            if likeness != Likeness::Copy {
                duplicate.fate = Fate::Link(kind_of(show, main, track));
            }
            duplicate
        })
        .collect();
    others.sort_by_key(|it| (it.likeness, it.track));
    Group {
        main,
        others,
        pairs,
    }
}

fn is_cut_down(part: Ticks, whole: Ticks) -> bool {
    part.get() / CUT_DOWN.0 < whole.get() / CUT_DOWN.1
}

/// What kind of rendition of `main` a track most likely is.
fn kind_of(show: &Show, main: TrackId, id: TrackId) -> RenditionKind {
    let (Some(main), Some(track)) = (show.track(main), show.track(id)) else {
        return RenditionKind::Other;
    };
    if let Some((_, kind)) = version_in(&track.title) {
        return kind;
    }
    match (main.duration(), track.duration()) {
        (Some(whole), Some(part)) if is_cut_down(part, whole) => RenditionKind::Cutdown,
        _ => RenditionKind::Other,
    }
}

#[cfg(test)]
mod tests;
