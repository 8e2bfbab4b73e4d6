//! What holds for every re-cut: a thousand made up at random, each with what is true of it.

use super::*;
use crate::model::Pin;

/// Numbers that look random and are the same every time (Marsaglia, "Xorshift RNGs", 2003).
struct Noise(u64);

impl Noise {
    fn below(&mut self, n: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % n.max(1) as u64) as i64
    }

    fn place(&mut self, takes: &[Take]) -> usize {
        self.below(takes.len() as i64) as usize
    }
}

/// Between 20 and 50 shots of a second to six, each from a place of its own on one of five reels.
fn made_up(noise: &mut Noise) -> Vec<Take> {
    let n = 20 + noise.below(30);
    (0..n)
        .map(|n| Take {
            reel: format!("A00{}", noise.below(5)),
            ..take(&format!("{n}-1"), 10_000 + n * 1_000, 25 + noise.below(125))
        })
        .collect()
}

/// The same shots after somebody has worked on them.
fn recut(noise: &mut Noise, old: &[Take]) -> Vec<Take> {
    let mut new = old.to_vec();
    let renames = noise.below(3);
    for n in 0..=noise.below(12) {
        let at = noise.place(&new);
        let room = new[at].length - 10;
        match noise.below(9) {
            0 if room > 0 => {
                let by = 1 + noise.below(room);
                new[at].from += by;
                new[at].length -= by;
            }
            1 if room > 0 => new[at].length -= 1 + noise.below(room),
            2 => {
                let by = 1 + noise.below(50);
                new[at].from -= by;
                new[at].length += by;
            }
            3 => new[at].length += 1 + noise.below(50),
            4 if room > 0 => {
                let mut tail = new[at].clone();
                let kept = 5 + noise.below(room);
                new[at].length = kept;
                tail.from += kept;
                tail.length -= kept;
                let between = take(&format!("between {n}"), 700, 1 + noise.below(60));
                new.insert(at + 1, tail);
                new.insert(at + 1, between);
            }
            5 => {
                let end = (at + 1 + noise.below(4) as usize).min(new.len());
                let moved: Vec<Take> = new.drain(at..end).collect();
                let to = noise.below(new.len() as i64 + 1) as usize;
                new.splice(to..to, moved);
            }
            6 if new.len() > 5 => drop(new.remove(at)),
            7 => new.insert(at, take(&format!("new {n}"), 500, 1 + noise.below(100))),
            _ => {}
        }
        let at = noise.place(&new);
        match renames {
            0 => new[at].clip.push_str("_v02"),
            1 => new[at].reel = format!("R{}", noise.below(9)),
            _ => {}
        }
    }
    new
}

/// The same, until no frame is seen twice: which of two is the one that was there cannot be told.
fn recut_once(noise: &mut Noise, old: &[Take]) -> (Vec<Take>, Vec<Option<i64>>) {
    loop {
        let new = recut(noise, old);
        if let Some(seen) = seen(&new) {
            return (new, seen);
        }
    }
}

/// More frames than there are in all sources.
const N_SOURCE_FRAMES: usize = 70_000;

/// For each frame of the sources, where it is seen; `None` when one is seen twice.
fn seen(takes: &[Take]) -> Option<Vec<Option<i64>>> {
    let mut seen = vec![None; N_SOURCE_FRAMES];
    let mut at = 0;
    for take in takes {
        for n in 0..take.length {
            // Shots that were put in have sources of their own.
            let is_old = take.from >= 5_000;
            if is_old && seen[(take.from + n) as usize].replace(at).is_some() {
                return None;
            }
            at += 1;
        }
    }
    Some(seen)
}

/// For each frame of the old cut, the frame of the new one that shows the same.
fn truth(old: &[Take], seen: &[Option<i64>]) -> Vec<Option<i64>> {
    let sources = old
        .iter()
        .flat_map(|take| take.from..take.from + take.length);
    sources.map(|source| seen[source as usize]).collect()
}

/// Slots that don't lie over each other, some of them pinned to a marker in them.
fn with_music(noise: &mut Noise, cut: Cut) -> Cut {
    let end = FrameRate::F25.floor_to_frames(cut.length).get();
    let (mut markers, mut slots) = (Vec::new(), Vec::new());
    let mut from = noise.below(60);
    for n in 0.. {
        let to = from + 5 + noise.below(150);
        if end < to {
            break;
        }
        let id = MarkerId::from_u128(n);
        let hit = from + noise.below(to - from);
        let within = Ticks::new(noise.below(1_000_000));
        let mut alternate = Alternate::new(TRACK, frames(from) - within);
        if noise.below(2) == 0 {
            alternate.pin = Some(Pin {
                moment: frames(hit) - alternate.track_start,
                marker: id,
            });
            let marker = Marker {
                name: format!("hit {n}"),
                at: frames(hit),
                ..Marker::default()
            };
            markers.push((id, marker));
        }
        let slot = slot(from, to).with_alternates([(PICK, alternate)]);
        slots.push((SlotId::from_u128(n), slot));
        from = to + noise.below(40);
    }
    cut.with([], markers, slots)
}

/// By how much a stretch of the old cut has moved, if it is whole and in one piece.
fn moved_whole(truth: &[Option<i64>], from: i64, to: i64) -> Option<i64> {
    let by = truth[from as usize]? - from;
    let is_whole = (from..to).all(|n| truth[n as usize] == Some(n + by));
    is_whole.then_some(by)
}

fn each_recut(n: u64, check: impl Fn(u64, &[Option<i64>], &Conform)) {
    for seed in 1..=n {
        let mut noise = Noise(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        let old = made_up(&mut noise);
        let (new, seen) = recut_once(&mut noise, &old);
        let cut = with_music(&mut noise, cut(&old));
        check(seed, &truth(&old, &seen), &compared(cut, &list(&new)));
    }
}

#[test]
fn music_whose_picture_survives_follows_exactly_and_all_other_is_reported() {
    each_recut(1_000, |seed, truth, conform| {
        let frame = |at| FrameRate::F25.floor_to_frames(at).get();
        for carried in &conform.slots {
            let (from, to) = (frame(carried.old.start()), frame(carried.old.end()));
            let survives = (from..to).any(|n| truth[n as usize].is_some());
            let proposal = carried.proposal.as_ref();
            match moved_whole(truth, from, to) {
                Some(by) => {
                    let by = frames(by);
                    let expected = carried.old.shifted(by);
                    let span = proposal.map(|it| it.span);
                    assert_eq!(span, Some(expected), "seed {seed}, slot {from}–{to}");
                    let slot = conform.old.slot(carried.id).expect("it was carried");
                    let (_, pick) = slot.picked().expect("it has one");
                    let lie = proposal.and_then(|it| it.alternates.get(&PICK));
                    let start = lie.map(|lie| lie.track_start);
                    assert_eq!(start, Some(pick.track_start + by), "seed {seed}");
                    assert_eq!(lie.map(|lie| lie.pin), Some(pick.pin), "seed {seed}");
                    assert_eq!(carried.reasons, [], "seed {seed}, slot {from}–{to}");
                }
                None if survives => {
                    assert_eq!(carried.outcome, Outcome::NeedsALook, "seed {seed}, {from}");
                }
                None => {
                    assert_eq!(
                        carried.outcome,
                        Outcome::LostItsScene,
                        "seed {seed}, {from}"
                    );
                }
            }
        }
    });
}

#[test]
fn the_map_says_of_every_frame_where_it_is_and_gives_no_moment_twice() {
    each_recut(300, |seed, truth, conform| {
        for (n, place) in truth.iter().enumerate().step_by(3) {
            let mapped = conform.map.place(frames(n as i64));
            assert_eq!(mapped, place.map(frames), "seed {seed}, frame {n}");
        }
        let old = conform.map.pieces().windows(2);
        assert!(
            old.into_iter()
                .all(|it| it[0].old.end() <= it[1].old.start())
        );
        let new = conform.map.pieces_in_new_order().windows(2);
        assert!(
            new.into_iter()
                .all(|it| it[0].new.end() <= it[1].new.start())
        );
    });
}

#[test]
fn the_same_cut_again_is_kept_whole() {
    for seed in 1..=50 {
        let mut noise = Noise(seed * 77_777);
        let takes = made_up(&mut noise);
        let cut = with_music(&mut noise, cut(&takes));
        let conform = compared(cut, &list(&takes));
        assert_eq!(conform.n_shots(AdjustmentKind::Kept), takes.len());
        assert_eq!(conform.n_slots(Outcome::Follows), conform.slots.len());
    }
}

/// Shots of a few takes that are used over and over, in part or as a whole.
fn used_again(noise: &mut Noise) -> Vec<Take> {
    let n = 20 + noise.below(30);
    let shot = |noise: &mut Noise| {
        let clip = format!("take {}", noise.below(4));
        take(&clip, 10_000 + noise.below(60), 20 + noise.below(60))
    };
    (0..n).map(|_| shot(noise)).collect()
}

#[test]
fn takes_that_are_used_over_and_over_are_given_away_once() {
    for seed in 1..=100 {
        let mut noise = Noise(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        let old = used_again(&mut noise);
        let new = recut(&mut noise, &old);
        let conform = compared(cut(&old), &list(&new));
        let old = conform.map.pieces().windows(2);
        assert!(
            old.into_iter()
                .all(|it| it[0].old.end() <= it[1].old.start()),
            "seed {seed}"
        );
        let new = conform.map.pieces_in_new_order().windows(2);
        assert!(
            new.into_iter()
                .all(|it| it[0].new.end() <= it[1].new.start()),
            "seed {seed}"
        );
    }
}

#[test]
fn takes_that_are_used_over_and_over_stay_where_they_are_in_the_same_cut() {
    for seed in 1..=100 {
        let mut noise = Noise(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
        let takes = used_again(&mut noise);
        let conform = compared(cut(&takes), &list(&takes));
        let n_kept = conform.n_shots(AdjustmentKind::Kept);
        assert_eq!(n_kept, takes.len(), "seed {seed}");
    }
}
