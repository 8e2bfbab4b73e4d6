//! Looking for recordings that the pool has more than once: copies by their content hash, others
//! by what they sound like.
//!
//! A fingerprint is taken once and kept in the cache by the content of its file, so a search that
//! was called off goes on where it was, and the next one takes seconds.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc::sync_channel;

use super::Outcome;
use super::locate;
use crate::analysis::Alikes;
use crate::analysis::Fingerprint;
use crate::analysis::MAX_RECORDINGS;
use crate::analysis::Printer;
use crate::analysis::compare;
use crate::app::places::MediaPlaces;
use crate::app::sounds::SoundFiles;
use crate::jobs::Counts;
use crate::jobs::Work;
use crate::media::Sound;
use crate::model::Media;
use crate::model::Show;
use crate::model::TrackId;
use crate::ops::duplicates;
use crate::ops::duplicates::Group;
use crate::ops::duplicates::Likeness;
use crate::ops::duplicates::Pair;
use crate::platform;
use crate::storage::Cache;
use crate::storage::CacheKey;
use crate::time::Samples;
use crate::time::Ticks;

/// The version under which fingerprints are kept in the cache: it grows when they are taken in
/// another way.
const VERSION: u32 = 1;
/// Frames read at once.
const PIECE: usize = 16_384;
/// A reader that gives only errors is given up after so many in a row.
const MAX_ERRORS: u32 = 100;

/// Two recordings are the same when so much of the longer one sounds alike …
const SAME: f32 = 0.85;
/// … with no more errors than this among its bits …
const SAME_ERROR: f32 = 0.15;
/// … and their lengths differ by no more than this.
const SAME_LENGTH: Ticks = Ticks::from_secs(3);
/// A version shares at least so much with another: ten seconds. Less is a sample, or chance.
const VERSION_ITEMS: usize = 80;

/// What came of looking for duplicates, until somebody has seen to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DuplicateReview {
    /// The recordings that are there more than once.
    pub groups: Vec<Group>,
    /// How many files were looked at.
    pub n_looked_at: usize,
    /// How many pairs are left out because somebody has told the one from the other.
    pub n_told_apart: usize,
    /// Tracks that could not be listened to, and why.
    pub unread: Vec<(TrackId, String)>,
}

impl DuplicateReview {
    /// How many duplicates something is to become of.
    pub fn n_decided(&self) -> usize {
        self.groups.iter().map(Group::n_decided).sum()
    }
}

/// A file to be listened to.
struct Wanted {
    track: TrackId,
    media: Media,
}

/// Looks for duplicates in the pool of `show`, and hands over what came up. Called off, nothing is
/// handed over.
pub(in crate::app) fn look(
    work: &mut Work<'_, Outcome>,
    session: u64,
    show: &Show,
    places: &MediaPlaces,
    sounds: &SoundFiles,
    cache: &Cache,
) {
    let mut pairs = duplicates::copies(show);
    let wanted = wanted(show);
    work.count(Counts {
        found: wanted.len() as u64,
        ..Counts::default()
    });
    let ear = Ear {
        places,
        sounds,
        shelf: Shelf { cache },
    };
    let Some((heard, unread)) = hear_all(work, &wanted, &ear) else {
        return;
    };
    let n_looked_at = heard.len();
    let Some(alike) = alike(work, &wanted, &heard, &ear.shelf) else {
        return;
    };
    pairs.extend(alike);
    let told_apart = pairs
        .iter()
        .filter(|it| duplicates::are_told_apart(show, it.a, it.b));
    let review = DuplicateReview {
        groups: duplicates::groups(show, &pairs),
        n_looked_at,
        n_told_apart: told_apart.count(),
        unread,
    };
    work.send(Outcome::DuplicatesFound { session, review });
}

/// Every file of the pool once, however many tracks have it.
fn wanted(show: &Show) -> Vec<Wanted> {
    let mut seen = BTreeSet::new();
    let files = show.tracks().filter_map(|(track, it)| {
        let media = it.media.as_ref()?;
        let is_new = !media.hash.is_empty() && seen.insert(media.hash.as_str());
        is_new.then(|| Wanted {
            track,
            media: media.clone(),
        })
    });
    files.take(MAX_RECORDINGS).collect()
}

/// What listening takes.
struct Ear<'e> {
    places: &'e MediaPlaces,
    sounds: &'e SoundFiles,
    shelf: Shelf<'e>,
}

/// Where fingerprints are kept.
struct Shelf<'c> {
    cache: &'c Cache,
}

impl Shelf<'_> {
    fn get(&self, hash: &str) -> Option<Fingerprint> {
        let bytes = self.cache.get(key_of(hash))?;
        Fingerprint::from_bytes(&bytes)
    }

    /// Returns the fingerprint again where it could not be put there.
    fn put(&self, hash: &str, print: Fingerprint) -> Option<Fingerprint> {
        match self.cache.put(key_of(hash), &print.to_bytes()) {
            Ok(()) => None,
            Err(error) => {
                tracing::debug!("a fingerprint was not cached: {error}");
                Some(print)
            }
        }
    }
}

fn key_of(hash: &str) -> CacheKey<'_> {
    CacheKey {
        kind: "fingerprint",
        content: hash,
        version: VERSION,
    }
}

/// Fingerprints that were taken: which of the files they are of, and themselves where the cache
/// would not have them.
type Heard = BTreeMap<usize, Option<Fingerprint>>;

/// Sees to it that there is a fingerprint of every file, on every core; nothing where that was
/// called off.
fn hear_all(
    work: &Work<'_, Outcome>,
    wanted: &[Wanted],
    ear: &Ear<'_>,
) -> Option<(Heard, Vec<(TrackId, String)>)> {
    let is_called_off = AtomicBool::new(false);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (tell, told) = sync_channel(64);
    let (mut heard, mut unread) = (Heard::new(), Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..n_threads.min(wanted.len()) {
            let tell = tell.clone();
            let (is_called_off, next) = (&is_called_off, &next);
            scope.spawn(move || {
                platform::step_back();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = wanted.get(at) else { break };
                    let is_over = || is_called_off.load(Ordering::Relaxed);
                    let result = hear(file, ear, &is_over);
                    if is_over() || tell.send((at, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(tell);
        loop {
            let waited = told.recv_timeout(std::time::Duration::from_millis(40));
            if work.is_cancelled() {
                is_called_off.store(true, Ordering::Relaxed);
            }
            let mut counts = Counts::default();
            match waited {
                Ok((at, Ok(print))) => {
                    counts.done = 1;
                    heard.insert(at, print);
                }
                Ok((at, Err(why))) => {
                    counts.failed = 1;
                    unread.extend(wanted.get(at).map(|file| (file.track, why)));
                }
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            }
            work.count(counts);
        }
    });
    unread.sort();
    (!work.is_cancelled()).then_some((heard, unread))
}

/// Sees to it that there is a fingerprint of a file. A reader that panics has failed on this file
/// and no other.
fn hear(
    file: &Wanted,
    ear: &Ear<'_>,
    is_over: &dyn Fn() -> bool,
) -> Result<Option<Fingerprint>, String> {
    let hash = &file.media.hash;
    if ear.shelf.get(hash).is_some() {
        return Ok(None);
    }
    let path = locate::find(&file.media, ear.places).ok_or("the file was not found")?;
    let listen = || listen(&path, hash, ear.sounds, is_over);
    let print = std::panic::catch_unwind(std::panic::AssertUnwindSafe(listen))
        .unwrap_or_else(|_panic| Err("the file cannot be read".to_owned()))?;
    Ok(ear.shelf.put(hash, print))
}

fn listen(
    path: &Path,
    hash: &str,
    sounds: &SoundFiles,
    is_over: &dyn Fn() -> bool,
) -> Result<Fingerprint, String> {
    let called_off = || "it was called off".to_owned();
    let mut go_on = |_: f32| {
        if is_over() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let mut sound = sounds.open(path, hash, &mut go_on)?;
    let mut printer = Printer::new(sound.rate()).ok_or("its rate is too low for music")?;
    let mut piece = vec![[0.0; 2]; PIECE];
    let mut n_errors = 0;
    sound
        .seek(Samples::ZERO)
        .map_err(|error| error.to_string())?;
    while !printer.is_full() {
        if is_over() {
            return Err(called_off());
        }
        match sound.read(&mut piece) {
            Ok(0) => break,
            Ok(n) => {
                n_errors = 0;
                printer.add(&piece[..n]);
            }
            Err(error) => {
                n_errors += 1;
                if n_errors == MAX_ERRORS {
                    return Err(error.to_string());
                }
            }
        }
    }
    Ok(printer.finish())
}

/// The tracks that sound alike; nothing where that was called off.
fn alike(
    work: &Work<'_, Outcome>,
    wanted: &[Wanted],
    heard: &Heard,
    shelf: &Shelf<'_>,
) -> Option<Vec<Pair>> {
    let print_of = |at: usize| {
        let kept = heard.get(&at)?;
        let hash = &wanted.get(at)?.media.hash;
        kept.clone().or_else(|| shelf.get(hash))
    };
    let mut alikes = Alikes::default();
    let order: Vec<usize> = heard.keys().copied().collect();
    for at in &order {
        if work.is_cancelled() {
            return None;
        }
        alikes.add(&print_of(*at).unwrap_or_default());
    }
    let mut pairs = Vec::new();
    for found in alikes.candidates() {
        if work.is_cancelled() {
            return None;
        }
        let (Some(a), Some(b)) = (order.get(found.a), order.get(found.b)) else {
            continue;
        };
        let (Some(print_a), Some(print_b)) = (print_of(*a), print_of(*b)) else {
            continue;
        };
        let (Some(a), Some(b)) = (wanted.get(*a), wanted.get(*b)) else {
            continue;
        };
        let likeness = likeness((&a.media, &print_a), (&b.media, &print_b), found.shift);
        pairs.extend(likeness.map(|likeness| Pair {
            a: a.track,
            b: b.track,
            likeness,
            later: later(found.shift),
        }));
    }
    Some(pairs)
}

fn later(shift: i32) -> Ticks {
    let distance = Fingerprint::length_of(shift.unsigned_abs() as usize);
    if shift < 0 { -distance } else { distance }
}

/// How like two recordings are, if they are.
fn likeness(a: (&Media, &Fingerprint), b: (&Media, &Fingerprint), shift: i32) -> Option<Likeness> {
    let compared = compare(a.1, b.1, shift);
    let longer = a.1.items().len().max(b.1.items().len());
    let apart = (a.0.duration() - b.0.duration()).abs();
    let is_same = compared.n_alike as f32 >= SAME * longer as f32
        && compared.error <= SAME_ERROR
        && apart <= SAME_LENGTH;
    if is_same {
        Some(Likeness::Encoding)
    } else {
        let is_version = compared.n_alike >= VERSION_ITEMS;
        is_version.then_some(Likeness::Version)
    }
}
