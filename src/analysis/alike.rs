//! Which recordings of many sound alike, by their fingerprints.
//!
//! Comparing each with each would take days for a hundred thousand. As Haitsma and Kalker have it
//! ("A Highly Robust Audio Fingerprinting System", 2002, section 5), recordings are looked up by
//! the items that they share to the bit, and only those are compared that share several at one
//! distance. Of the items only some are looked up, chosen by their value, so that the same are
//! chosen in every copy of a recording.

use rayon::slice::ParallelSliceMut;

use super::fingerprint::{Fingerprint, MAX_ITEMS};

/// One item in so many is looked up.
const LOOKED_UP: u32 = 8;
/// How often an item of one recording is looked up, at most: a loop has the same ones over and
/// over.
const MOST_OF_ONE: usize = 4;
/// Each entry is held against so many that follow it under the same item. Copies of one recording
/// stand beside each other under most of the items they share, and what all music has in common,
/// such as silence, does not make everything a candidate for everything.
const NEIGHBOURS: usize = 8;
/// Under an item that more have than this, each is only held against the next: it tells little.
const COMMON: usize = 32;
/// How many items two recordings must share at one distance to be compared.
const MIN_VOTES: usize = 3;
/// Two recordings are compared in blocks of so many items: four seconds.
const BLOCK: usize = 32;
/// Blocks of two recordings sound alike where no more than this share of their bits differs.
/// Unrelated music differs in 0.35 to 0.5 of them.
const ALIKE: f32 = 0.25;

/// Bits of an entry: the item, the recording, the place in it.
const RECORDING_BITS: u32 = 20;
const PLACE_BITS: u32 = 12;
/// Bits of a distance between two places, counted from the least there can be.
const SHIFT_BITS: u32 = PLACE_BITS + 1;
const _: () = assert!(MAX_ITEMS <= 1 << PLACE_BITS);

/// How many recordings can be looked among.
pub const MAX_RECORDINGS: usize = 1 << RECORDING_BITS;

/// Recordings by the items they hold; 8 bytes for each that is looked up: some two hundred
/// megabytes for a hundred thousand recordings of four minutes.
#[derive(Clone, Debug, Default)]
pub struct Alikes {
    entries: Vec<u64>,
    n_recordings: u32,
}

/// Two recordings that may be the same, counted in the order in which they were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidates {
    /// The one that was added first.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How many items later than in `a` the same sounds in `b`.
    pub shift: i32,
}

/// How two recordings compare at one distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// How many items long all is that sounds alike.
    pub n_alike: usize,
    /// The share of bits that differ there, from 0 to 1.
    pub error: f32,
}

impl Alikes {
    /// Adds a recording. What comes after [`MAX_RECORDINGS`] is passed over.
    pub fn add(&mut self, print: &Fingerprint) {
        let recording = u64::from(self.n_recordings);
        self.n_recordings += 1;
        if recording >= MAX_RECORDINGS as u64 {
            return;
        }
        let items = print.items();
        let mut own: Vec<u64> = (0..)
            .zip(items)
            .filter(|(place, item)| {
                // A held sound gives the same item again and again.
                let is_new = *place == 0 || items[place - 1] != **item;
                is_new && is_looked_up(**item)
            })
            .map(|(place, item)| entry(*item, recording, place))
            .collect();
        own.sort_unstable();
        for same in own.chunk_by(|a, b| item_of(*a) == item_of(*b)) {
            self.entries.extend(same.iter().take(MOST_OF_ONE));
        }
    }

    /// The recordings that are worth comparing, each two of them once at their likeliest distance.
    pub fn candidates(mut self) -> Vec<Candidates> {
        self.entries.par_sort_unstable();
        let mut votes: Vec<u64> = Vec::new();
        for same in self.entries.chunk_by(|a, b| item_of(*a) == item_of(*b)) {
            let n_held_against = if same.len() > COMMON { 1 } else { NEIGHBOURS };
            for (n, first) in same.iter().enumerate() {
                let following = same[n + 1..].iter();
                let others =
                    following.filter(|other| recording_of(**other) != recording_of(*first));
                votes.extend(
                    others
                        .take(n_held_against)
                        .map(|other| vote(*first, *other)),
                );
            }
        }
        drop(self.entries);
        votes.par_sort_unstable();
        let pairs = votes.chunk_by(|x, y| x >> SHIFT_BITS == y >> SHIFT_BITS);
        pairs.filter_map(likeliest).collect()
    }
}

/// The distance at which two recordings share most items, where they share enough.
fn likeliest(votes: &[u64]) -> Option<Candidates> {
    let mut best: Option<(usize, u64)> = None;
    for (n, vote) in votes.iter().enumerate() {
        // Encoders shift by less than an item, which may fall on either side.
        let count = votes[n..].partition_point(|it| *it <= vote + 1);
        if count >= MIN_VOTES && best.is_none_or(|(most, _)| count > most) {
            best = Some((count, votes[n + count / 2]));
        }
    }
    let (_, vote) = best?;
    Some(Candidates {
        a: (vote >> (RECORDING_BITS + SHIFT_BITS)) as usize,
        b: (vote >> SHIFT_BITS) as usize & (MAX_RECORDINGS - 1),
        shift: (vote & ((1 << SHIFT_BITS) - 1)) as i32 - MAX_ITEMS as i32,
    })
}

/// That two recordings share an item: both of them, and how many items later than in the first it
/// lies in the second, in as few bits as that takes.
fn vote(first: u64, second: u64) -> u64 {
    let shift = place_of(second) - place_of(first) + MAX_ITEMS as i32;
    let recordings = (recording_of(first) as u64) << RECORDING_BITS | recording_of(second) as u64;
    recordings << SHIFT_BITS | shift as u64
}

/// Compares two recordings, where `b` sounds `shift` items later than `a`, or one more or less.
pub fn compare(a: &Fingerprint, b: &Fingerprint, shift: i32) -> Likeness {
    let nothing = Likeness {
        n_alike: 0,
        error: 1.0,
    };
    let shifts = [shift, shift - 1, shift + 1].into_iter();
    let likenesses = shifts.map(|shift| compare_at(a.items(), b.items(), shift));
    likenesses.fold(nothing, |best, next| {
        let is_better = (next.n_alike, best.error) > (best.n_alike, next.error);
        if is_better { next } else { best }
    })
}

fn compare_at(a: &[u32], b: &[u32], shift: i32) -> Likeness {
    let skipped = shift.unsigned_abs() as usize;
    let (a, b) = if shift < 0 {
        (a.get(skipped..).unwrap_or_default(), b)
    } else {
        (a, b.get(skipped..).unwrap_or_default())
    };
    let length = a.len().min(b.len());
    let blocks = a[..length].chunks(BLOCK).zip(b[..length].chunks(BLOCK));
    let (mut n_alike, mut n_errors) = (0, 0);
    for (a, b) in blocks {
        let errors: u32 = a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum();
        if errors as f32 <= ALIKE * 32.0 * a.len() as f32 {
            n_alike += a.len();
            n_errors += errors;
        }
    }
    let n_bits = 32.0 * n_alike as f32;
    Likeness {
        n_alike,
        error: if n_alike == 0 {
            1.0
        } else {
            n_errors as f32 / n_bits
        },
    }
}

/// Chosen by the value alone, spread as in Knuth, "The Art of Computer Programming", volume 3,
/// section 6.4.
fn is_looked_up(item: u32) -> bool {
    (item.wrapping_mul(0x9E37_79B9) >> 16).is_multiple_of(LOOKED_UP)
}

fn entry(item: u32, recording: u64, place: usize) -> u64 {
    u64::from(item) << (RECORDING_BITS + PLACE_BITS) | recording << PLACE_BITS | place as u64
}

fn item_of(entry: u64) -> u32 {
    (entry >> (RECORDING_BITS + PLACE_BITS)) as u32
}

fn recording_of(entry: u64) -> usize {
    (entry >> PLACE_BITS) as usize & (MAX_RECORDINGS - 1)
}

fn place_of(entry: u64) -> i32 {
    (entry & ((1 << PLACE_BITS) - 1)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and are the same every time (Marsaglia, "Xorshift RNGs", 2003).
    struct Noise(u64);

    impl Noise {
        fn next(&mut self) -> u32 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 >> 16) as u32
        }

        fn print(&mut self, length: usize) -> Vec<u32> {
            (0..length).map(|_| self.next()).collect()
        }

        /// The same with about so many hundredths of all bits changed.
        fn encoded(&mut self, print: &[u32], hundredths: u32) -> Vec<u32> {
            let mut flipped = |item: &u32| {
                (0..32).fold(*item, |item, bit| {
                    let is_changed = self.next() % 100 < hundredths;
                    item ^ (u32::from(is_changed) << bit)
                })
            };
            print.iter().map(&mut flipped).collect()
        }
    }

    fn candidates(prints: &[Vec<u32>]) -> Vec<Candidates> {
        let mut alikes = Alikes::default();
        for print in prints {
            alikes.add(&Fingerprint::from(print.clone()));
        }
        alikes.candidates()
    }

    #[test]
    fn a_copy_with_errors_and_a_later_beginning_is_found_among_others() {
        let mut noise = Noise(7);
        let mut prints: Vec<_> = (0..50).map(|_| noise.print(1800)).collect();
        let mut copy = noise.print(40);
        copy.extend(noise.encoded(&prints[20], 3));
        prints.push(copy);
        let found = candidates(&prints);
        let expected = Candidates {
            a: 20,
            b: 50,
            shift: 40,
        };
        assert_eq!(found, [expected]);
        let (a, b) = (prints[20].clone().into(), prints[50].clone().into());
        let likeness = compare(&a, &b, 40);
        assert_eq!(likeness.n_alike, 1800);
        assert!((0.02..0.04).contains(&likeness.error), "{likeness:?}");
    }

    #[test]
    fn what_is_cut_from_the_middle_is_found() {
        let mut noise = Noise(8);
        let whole = noise.print(1800);
        let cut = noise.encoded(&whole[600..1100], 2);
        let found = candidates(&[whole.clone(), cut.clone()]);
        assert_eq!(found.first().map(|it| it.shift), Some(-600));
        assert_eq!(compare(&whole.into(), &cut.into(), -600).n_alike, 500);
    }

    #[test]
    fn silence_and_held_sounds_make_nothing_alike() {
        let mut noise = Noise(9);
        let silent: Vec<Vec<u32>> = (0..300)
            .map(|_| {
                let mut print = vec![627_964_279; 400];
                print.extend(noise.print(400));
                print.extend(vec![627_964_279; 400]);
                print
            })
            .collect();
        assert_eq!(candidates(&silent), []);
    }

    #[test]
    fn many_copies_are_all_linked_to_another_copy() {
        let mut noise = Noise(10);
        let whole = noise.print(1000);
        let copies: Vec<_> = (0..200).map(|_| noise.encoded(&whole, 2)).collect();
        let found = candidates(&copies);
        let linked: std::collections::BTreeSet<usize> =
            found.iter().flat_map(|it| [it.a, it.b]).collect();
        assert_eq!(linked.len(), 200);
    }

    #[test]
    fn unrelated_recordings_are_not_alike() {
        let mut noise = Noise(11);
        let (a, b) = (noise.print(900), noise.print(900));
        assert_eq!(compare(&a.into(), &b.into(), 0).n_alike, 0);
    }
}
