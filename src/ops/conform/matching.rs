//! Which shot of the old cut is which of the new one.
//!
//! Every two shots that show the same stretch of one source are a candidate. Where a stretch is
//! used more than once, several candidates want it, and the neighbours decide: candidates that
//! follow each other in both cuts are taken first, the longest run before all others, as in
//! greedy string tiling (Wise, "String similarity via greedy string tiling and running
//! Karp-Rabin matching", 1993). What is left goes to where its neighbours have gone.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::BinaryHeap;

use super::map::{Pace, PictureMap, Piece, Sureness};
use super::shots::Shot;
use super::taken::Taken;
use crate::time::TickSpan;
use crate::time::Ticks;

/// How many uses of one source are considered for a shot: those nearest to it in running order.
const MAX_USES: usize = 64;

/// Two shots that may be the same picture.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// Their places among the shots.
    at: (usize, usize),
    piece: Piece,
    /// How much their identities agree.
    degree: u8,
}

impl Candidate {
    /// What `length` of it counts for against others.
    fn weight(&self, length: Ticks) -> i64 {
        length.get().saturating_mul(1 << self.degree)
    }
}

/// The map of picture between the shots of two cuts. Pieces shorter than half of `frame` are not
/// told.
pub(super) fn matched(old: &[Shot], new: &[Shot], frame: Ticks, pace: Pace) -> PictureMap {
    let candidates = candidates(old, new, frame, pace);
    let mut tiling = Tiling {
        links: links(old, new, &candidates),
        candidates: &candidates,
        taken: Taken::default(),
        pieces: Vec::new(),
        least: Ticks::new(frame.get() / 2),
    };
    let alone = tiling.take_runs();
    tiling.take_alone(old, new, &alone);
    tiling.take_gaps(old, new);
    PictureMap::new(tiling.pieces)
}

/// All candidates, by their places.
fn candidates(old: &[Shot], new: &[Shot], frame: Ticks, pace: Pace) -> Vec<Candidate> {
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (n, shot) in new.iter().enumerate() {
        for key in shot.identity.keys() {
            by_key.entry(key).or_default().push(n);
        }
    }
    let mut found = Vec::new();
    for (i, shot) in old.iter().enumerate() {
        let keys = shot.identity.keys();
        let uses: BTreeSet<usize> = keys
            .filter_map(|key| by_key.get(&key))
            .flatten()
            .copied()
            .collect();
        let mut of_shot: Vec<Candidate> = uses
            .into_iter()
            .filter_map(|j| candidate((i, shot), (j, new.get(j)?), frame, pace))
            .collect();
        if of_shot.len() > MAX_USES {
            let expected = i * new.len() / old.len().max(1);
            of_shot.sort_by_key(|candidate| candidate.at.1.abs_diff(expected));
            of_shot.truncate(MAX_USES);
            of_shot.sort_by_key(|candidate| candidate.at.1);
        }
        found.append(&mut of_shot);
    }
    found
}

fn candidate(
    (i, old): (usize, &Shot),
    (j, new): (usize, &Shot),
    frame: Ticks,
    pace: Pace,
) -> Option<Candidate> {
    // Times are compared faster than names.
    let shared = match (old.source, new.source) {
        (Some(a), Some(b)) => Some(a.intersection(b)?),
        _ => None,
    };
    let agreement = old.identity.agreement(&new.identity);
    if !agreement.is_enough() {
        return None;
    }
    let (was, is, sureness) = if let Some(shared) = shared {
        let sureness = if agreement.is_contradicted {
            Sureness::Likely
        } else {
            Sureness::Sure
        };
        (old.seen(shared)?, new.seen(shared)?, sureness)
    } else {
        // Without timecode only a name can tell, and a shot is taken to begin where it began.
        if !old.identity.shares_name(&new.identity) {
            return None;
        }
        let (from, to) = (old.record.length(), new.record.length());
        let length = from.min(pace.was_shown(to));
        (
            TickSpan::with_length(old.record.start(), length),
            TickSpan::with_length(new.record.start(), pace.shown(length).min(to)),
            Sureness::Guess,
        )
    };
    let least = Ticks::new(frame.get() / 2);
    let expected = pace.shown(was.length());
    (was.length() >= least && is.length() >= least).then_some(Candidate {
        at: (i, j),
        piece: Piece {
            old: was,
            new: is,
            sureness,
            // A frame more or less is the rounding of a list.
            is_speed_changed: (is.length() - expected).abs() > frame
                || (old.speed != new.speed && old.source.is_some() && new.source.is_some()),
        },
        degree: agreement.degree,
    })
}

/// For each candidate, the one that follows it in both cuts, if there is one.
fn links(old: &[Shot], new: &[Shot], candidates: &[Candidate]) -> Vec<Option<usize>> {
    let places: BTreeMap<(usize, usize), usize> = candidates
        .iter()
        .enumerate()
        .map(|(n, candidate)| (candidate.at, n))
        .collect();
    let is_gap = |shots: &[Shot], n: usize| shots.get(n).is_some_and(|shot| shot.is_gap);
    let follows = |candidate: &Candidate| {
        let (i, j) = candidate.at;
        // A shot that was split goes on in the next one; so do two that were joined.
        let split = places.get(&(i, j + 1)).copied().filter(|n| {
            let next = candidates.get(*n);
            next.is_some_and(|next| candidate.piece.old.end() <= next.piece.old.start())
        });
        let joined = || {
            places.get(&(i + 1, j)).copied().filter(|n| {
                let next = candidates.get(*n);
                next.is_some_and(|next| candidate.piece.new.end() <= next.piece.new.start())
            })
        };
        let next = || places.get(&(i + 1, j + 1)).copied();
        let after_gap = || {
            let is_between = is_gap(old, i + 1) && is_gap(new, j + 1);
            is_between.then(|| places.get(&(i + 2, j + 2)).copied())?
        };
        split.or_else(joined).or_else(next).or_else(after_gap)
    };
    candidates.iter().map(follows).collect()
}

/// The map as it is made.
struct Tiling<'a> {
    candidates: &'a [Candidate],
    links: Vec<Option<usize>>,
    taken: Taken,
    pieces: Vec<Piece>,
    /// What is shorter is no piece.
    least: Ticks,
}

impl Tiling<'_> {
    /// What of a candidate nothing else has taken.
    fn free(&self, candidate: &Candidate) -> Vec<Piece> {
        let mut free = self.taken.free(&candidate.piece);
        free.retain(|piece| piece.old.length() >= self.least);
        free
    }

    fn free_weight(&self, candidate: &Candidate) -> i64 {
        let free = self.free(candidate);
        candidate.weight(free.iter().map(|piece| piece.old.length()).sum())
    }

    fn take(&mut self, candidate: &Candidate) {
        for piece in self.free(candidate) {
            self.take_piece(piece);
        }
    }

    fn take_piece(&mut self, piece: Piece) {
        self.taken.take(&piece);
        self.pieces.push(piece);
    }

    /// The run that begins with a candidate, as far as it is free: its candidates, and what they
    /// weigh together.
    fn run(&self, first: usize) -> (Vec<usize>, i64) {
        let (mut run, mut weight) = (Vec::new(), 0_i64);
        let mut next = Some(first);
        while let Some(n) = next {
            let Some(candidate) = self.candidates.get(n) else {
                break;
            };
            let of_it = self.free_weight(candidate);
            if of_it == 0 {
                break;
            }
            weight = weight.saturating_add(of_it);
            run.push(n);
            next = self.links.get(n).copied().flatten();
        }
        (run, weight)
    }

    /// Takes all runs of more than one candidate, the heaviest first. Returns the candidates that
    /// stand alone.
    fn take_runs(&mut self) -> Vec<usize> {
        let mut alone = Vec::new();
        let weights = self.weights();
        let mut heap: BinaryHeap<(i64, Reverse<usize>)> = weights
            .into_iter()
            .enumerate()
            .map(|(n, weight)| (weight, Reverse(n)))
            .collect();
        while let Some((weight, Reverse(n))) = heap.pop() {
            let (run, now) = self.run(n);
            match run.len() {
                0 => {}
                1 => alone.push(n),
                _ if now < weight => heap.push((now, Reverse(n))),
                _ => {
                    for n in run {
                        if let Some(candidate) = self.candidates.get(n) {
                            self.take(candidate);
                        }
                    }
                }
            }
        }
        alone
    }

    /// What the run that begins with each candidate weighs, before anything is taken.
    fn weights(&self) -> Vec<i64> {
        let mut weights = vec![0_i64; self.candidates.len()];
        // Links lead on in the order of places, so what follows has been weighed.
        for (n, candidate) in self.candidates.iter().enumerate().rev() {
            let link = self.links.get(n).copied().flatten();
            let rest = link.and_then(|next| weights.get(next).copied());
            let own = candidate.weight(candidate.piece.old.length());
            if let Some(weight) = weights.get_mut(n) {
                *weight = own.saturating_add(rest.unwrap_or_default());
            }
        }
        weights
    }

    /// Takes candidates that stand alone: first those that nobody else wants, then those that
    /// agree the most, that are most of a shot, and that go where their neighbours have gone.
    fn take_alone(&mut self, old: &[Shot], new: &[Shot], alone: &[usize]) {
        let candidates = self.candidates;
        let alone: Vec<&Candidate> = alone.iter().filter_map(|n| candidates.get(*n)).collect();
        let mut rivals: BTreeMap<(bool, usize), Vec<&Candidate>> = BTreeMap::new();
        for candidate in &alone {
            let (i, j) = candidate.at;
            rivals.entry((false, i)).or_default().push(candidate);
            rivals.entry((true, j)).or_default().push(candidate);
        }
        let is_wanted = |candidate: &Candidate| {
            let (i, j) = candidate.at;
            let (was, is) = (candidate.piece.old, candidate.piece.new);
            let of_old = rivals.get(&(false, i)).into_iter().flatten();
            let of_new = rivals.get(&(true, j)).into_iter().flatten();
            let other = |rival: &&&Candidate| rival.at != candidate.at;
            of_old
                .filter(other)
                .any(|rival| rival.piece.old.overlaps(was))
                || of_new
                    .filter(other)
                    .any(|rival| rival.piece.new.overlaps(is))
        };
        let (wanted, free): (Vec<&Candidate>, Vec<&Candidate>) =
            alone.iter().partition(|candidate| is_wanted(candidate));
        for candidate in free {
            self.take(candidate);
        }
        let anchors: BTreeMap<Ticks, Ticks> = self
            .pieces
            .iter()
            .map(|piece| (piece.old.start(), piece.by()))
            .collect();
        let strays = |candidate: &Candidate| {
            let (at, by) = (candidate.piece.old.start(), candidate.piece.by());
            let before = anchors.range(..at).next_back();
            let after = anchors.range(at..).next();
            let neighbours = before.into_iter().chain(after);
            neighbours
                .map(|(_, anchor)| (by - *anchor).abs())
                .min()
                .unwrap_or(by.abs())
        };
        let is_most = |candidate: &Candidate| {
            let (i, j) = candidate.at;
            let of = |shots: &[Shot], n: usize| shots.get(n).map(|shot| shot.record.length());
            let shorter = of(old, i).min(of(new, j)).unwrap_or_default();
            let length = candidate.piece.old.length();
            shorter <= length + length
        };
        let mut wanted = wanted;
        wanted.sort_by_cached_key(|candidate| {
            (
                Reverse(candidate.degree),
                Reverse(is_most(candidate)),
                strays(candidate),
                candidate.at,
            )
        });
        for candidate in wanted {
            self.take(candidate);
        }
    }

    /// Black and holes are the same where what is beside them is.
    fn take_gaps(&mut self, old: &[Shot], new: &[Shot]) {
        let gaps: Vec<TickSpan> = new
            .iter()
            .filter(|shot| shot.is_gap)
            .map(|shot| shot.record)
            .collect();
        let begins = |at: Ticks| gaps.iter().find(|gap| gap.start() == at).copied();
        let ends = |at: Ticks| gaps.iter().find(|gap| gap.end() == at).copied();
        let after: BTreeMap<Ticks, Ticks> = self
            .pieces
            .iter()
            .map(|piece| (piece.old.end(), piece.new.end()))
            .collect();
        let before: BTreeMap<Ticks, Ticks> = self
            .pieces
            .iter()
            .map(|piece| (piece.old.start(), piece.new.start()))
            .collect();
        for gap in old.iter().filter(|shot| shot.is_gap) {
            let record = gap.record;
            let head = after.get(&record.start()).and_then(|at| begins(*at));
            let head = head.or_else(|| {
                let is_first = record.start() == Ticks::ZERO;
                is_first.then(|| begins(Ticks::ZERO)).flatten()
            });
            let tail = || before.get(&record.end()).and_then(|at| ends(*at));
            let (was, is) = if let Some(found) = head {
                let length = record.length().min(found.length());
                (
                    TickSpan::with_length(record.start(), length),
                    TickSpan::with_length(found.start(), length),
                )
            } else if let Some(found) = tail() {
                let length = record.length().min(found.length());
                (
                    TickSpan::between(record.end() - length, record.end()),
                    TickSpan::between(found.end() - length, found.end()),
                )
            } else {
                continue;
            };
            let piece = Piece {
                old: was,
                new: is,
                sureness: Sureness::Likely,
                is_speed_changed: false,
            };
            for piece in self.taken.free(&piece) {
                self.take_piece(piece);
            }
        }
    }
}
