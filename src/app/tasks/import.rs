//! Adding files, folders and playlists to the pool: found, hashed, read, and handed over in
//! batches, so that rows appear while the rest is still being read.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use rayon::ThreadPool;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use super::Outcome;
use super::kept_lists::KeptList;
use super::lists;
use super::lists::Content;
use super::lists::ListRead;
use super::lists::ReadLists;
use super::track;
use crate::app::sounds::SoundFiles;
use crate::app::sounds::Unread;
use crate::interchange::playlist::Entry;
use crate::jobs::Counts;
use crate::jobs::Work;
use crate::media;
use crate::model::ListId;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;
use crate::ops::whereabouts::Whereabouts;
use crate::ops::wishes::Among;
use crate::ops::wishes::Recordings;
use crate::platform;
use crate::storage::media_path::Storing;

/// Files that are read at the same time, and handed over together.
const BATCH: usize = 64;
/// How many bytes of them: each file is read whole once to be known again, and rows are to appear
/// before gigabytes have been read.
const BATCH_BYTES: u64 = 256 * 1024 * 1024;
/// Threads that read files. They wait for the drive most of the time, and a drive that is asked for
/// many things at once gives each of them sooner.
const READERS: usize = 16;

/// Tells one import from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) struct ImportId(pub(in crate::app) u64);

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// What was added, and from where.
    pub added: Vec<(TrackId, PathBuf)>,
    /// Files whose recording is in the pool already, and as which track.
    pub known: Vec<(PathBuf, TrackId)>,
    /// Entries of playlists without a file, which stay in the pool as wishes.
    pub wishes: Vec<TrackId>,
    /// Wishes whose file came, and from where.
    pub fulfilled: Vec<(TrackId, PathBuf)>,
    /// Entries of playlists without a file that the pool has already, by what they are called.
    pub named: Vec<(String, TrackId)>,
    /// The playlists that were read.
    pub lists: Vec<ListRead>,
    /// The lists of the show that playlists are kept as, with their names.
    pub kept: Vec<(ListId, String)>,
    /// Files that could not be added, and why.
    pub failed: Vec<(PathBuf, String)>,
    /// Whether it was called off before its end.
    pub was_cancelled: bool,
}

impl ImportSummary {
    /// How much in playlists was not understood.
    pub fn n_not_understood(&self) -> usize {
        let of_list = |list: &ListRead| list.not_understood.len() + list.n_further;
        self.lists.iter().map(of_list).sum()
    }

    /// What came of it, in one sentence.
    pub fn sentence(&self) -> String {
        let count = |n: usize, one: &str, many: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        };
        let mut parts = vec![count(self.added.len(), "track added", "tracks added")];
        if !self.wishes.is_empty() {
            parts.push(count(self.wishes.len(), "wish", "wishes"));
        }
        if !self.fulfilled.is_empty() {
            parts.push(count(
                self.fulfilled.len(),
                "wish has its file now",
                "wishes have their files now",
            ));
        }
        let n_known = self.known.len() + self.named.len();
        if n_known > 0 {
            parts.push(count(
                n_known,
                "was in the pool already",
                "were in the pool already",
            ));
        }
        match self.kept.as_slice() {
            [] => {}
            [(_, name)] => parts.push(format!("kept as the list “{name}”")),
            lists => parts.push(format!("kept as {} lists", lists.len())),
        }
        let n_not_understood = self.n_not_understood();
        if n_not_understood > 0 {
            parts.push(format!("{n_not_understood} not understood"));
        }
        if !self.failed.is_empty() {
            parts.push(count(
                self.failed.len(),
                "could not be read",
                "could not be read",
            ));
        }
        if self.was_cancelled {
            parts.push("the rest was called off".to_owned());
        }
        parts.join(", ")
    }
}

/// What came of one file, or of one entry of a playlist.
pub(in crate::app) enum Found {
    /// It is a new track.
    New(PathBuf, TrackId, Box<Track>),
    /// Its recording is in the pool already.
    Known(PathBuf, TrackId),
    /// It is the file of a wish.
    Fulfils(PathBuf, TrackId, Box<Track>),
    /// It has no file here.
    Wish(TrackId, Box<Track>),
    /// It has no file here, but is in the pool already.
    Named(String, TrackId),
    /// It could not be read, for this reason.
    Failed(PathBuf, String),
    /// It was a playlist; what is in it follows.
    List(ListRead),
}

impl Found {
    /// The track that it is in the pool, if it is one.
    fn track(&self) -> Option<TrackId> {
        match self {
            Self::New(_, id, _)
            | Self::Known(_, id)
            | Self::Fulfils(_, id, _)
            | Self::Wish(id, _)
            | Self::Named(_, id) => Some(*id),
            Self::Failed(..) | Self::List(_) => None,
        }
    }
}

/// What is to be added, in its order.
enum Wanted {
    /// A file that came up in a scan, and its size in bytes.
    Scanned(PathBuf, u64),
    /// A file, and what a playlist says of it.
    Listed(PathBuf, Box<Entry>),
    /// An entry of a playlist that has no file here.
    Wish(Box<Entry>),
    /// Something that is told of as it is.
    Told(Found),
}

impl Wanted {
    /// How many bytes there are to be read, as far as that is known.
    fn size(&self) -> u64 {
        match self {
            Self::Scanned(_, size) => *size,
            Self::Listed(..) | Self::Wish(_) | Self::Told(_) => 0,
        }
    }
}

/// The recordings that the pool has.
pub(super) struct Known {
    by_hash: BTreeMap<String, TrackId>,
    /// Each with its size.
    pub(super) by_path: BTreeMap<String, (TrackId, u64)>,
    pub(super) recordings: Recordings,
}

impl Known {
    pub(super) fn of(show: &Show) -> Self {
        let media = || {
            let tracks = show.tracks();
            tracks.filter_map(|(id, track)| Some((id, track.media.as_ref()?)))
        };
        let paths = |(id, media): (TrackId, &crate::model::Media)| {
            let (paths, size) = (media.paths.clone(), media.bytes);
            paths.into_iter().map(move |path| (path, (id, size)))
        };
        Self {
            by_hash: media().map(|(id, it)| (it.hash.clone(), id)).collect(),
            by_path: media().flat_map(paths).collect(),
            recordings: Recordings::new(show),
        }
    }
}

/// Adds `paths`, what is in those that are folders, and what those that are playlists name, to
/// `show`, whose file is at `show_file`. Lists are read as `how` says; what somebody has to be
/// asked about is handed over by itself.
pub(in crate::app) fn add(
    work: &mut Work<'_, Outcome>,
    id: ImportId,
    (paths, how): (&[PathBuf], &ReadLists),
    show: &Show,
    show_file: &Path,
    sounds: &SoundFiles,
) {
    let mut wanted = Vec::new();
    let mut plain: Vec<PathBuf> = Vec::new();
    let mut keeping = Vec::new();
    for path in paths {
        if work.is_cancelled() {
            break;
        }
        let content = lists::read(path, how);
        if !matches!(content, Content::Other) {
            scan(work, &std::mem::take(&mut plain), &mut wanted);
        }
        match content {
            Content::Other => plain.push(path.clone()),
            Content::Entries(entries, read, lists) => {
                wanted.push(Wanted::Told(Found::List(read)));
                let n_before = wanted.len();
                keeping.extend(lists.into_iter().map(|list| list.after(n_before)));
                look_for(work, entries, path, paths, show_file, &mut wanted);
            }
            Content::Unclear(content) => {
                let path = path.clone();
                work.send(Outcome::ListUnclear { id, path, content });
            }
            Content::Bad(why) => {
                let failed = Found::Failed(path.clone(), why);
                wanted.push(Wanted::Told(failed));
            }
        }
    }
    scan(work, &plain, &mut wanted);

    let mut known = Known::of(show);
    let mut storing = Storing::beside(show_file);
    let readers = readers();
    let mut wanted = wanted.into_iter();
    // One for each that is wanted, unless it is called off.
    let mut tracks: Vec<Option<TrackId>> = Vec::new();
    loop {
        let mut batch = Vec::new();
        let mut to_read = 0;
        while batch.len() < BATCH
            && to_read < BATCH_BYTES
            && let Some(wanted) = wanted.next()
        {
            let listed = listed(&wanted, &mut storing, &known);
            if listed.is_none() {
                to_read += wanted.size();
            }
            batch.push((wanted, listed));
        }
        if batch.is_empty() || work.is_cancelled() {
            break;
        }
        let read = read_all(batch, show_file, readers.as_ref());
        let found = sort_batch(work, read, show_file, sounds, &mut known);
        tracks.extend(found.iter().map(Found::track));
        work.send(Outcome::Imported { id, found });
    }
    let was_cancelled = work.is_cancelled();
    let kept = keeping.into_iter().map(|list| list.with(&tracks));
    // Half a list would pass for the whole.
    let lists: Vec<KeptList> = kept.filter(|_| !was_cancelled).collect();
    work.send(Outcome::ImportEnded {
        id,
        was_cancelled,
        lists,
    });
}

/// Finds the files at `paths` and in folders.
fn scan(work: &mut Work<'_, Outcome>, paths: &[PathBuf], wanted: &mut Vec<Wanted>) {
    media::scan(paths, &mut |came_up| {
        let one = match came_up {
            media::Found::File { path, size, .. } => Wanted::Scanned(path, size),
            media::Found::Unreadable { path, error } => {
                Wanted::Told(Found::Failed(path, error.to_string()))
            }
            media::Found::NotEntered { path } => {
                let why = "this folder was passed over: it leads back into one already seen";
                Wanted::Told(Found::Failed(path, why.to_owned()))
            }
        };
        let is_failed = matches!(one, Wanted::Told(_));
        work.count(Counts {
            found: 1,
            failed: u64::from(is_failed),
            done: 0,
        });
        wanted.push(one);
        if work.is_cancelled() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
}

/// Finds the files of a playlist's entries.
fn look_for(
    work: &mut Work<'_, Outcome>,
    entries: Vec<Entry>,
    list: &Path,
    added: &[PathBuf],
    show_file: &Path,
    wanted: &mut Vec<Wanted>,
) {
    let beside = list.parent().unwrap_or(Path::new(""));
    let roots = lists::roots(list, added, show_file);
    let mut whereabouts = Whereabouts::new(&lists::RealDisk, beside, roots);
    for entry in entries {
        if work.is_cancelled() {
            return;
        }
        work.count(Counts {
            found: 1,
            ..Counts::default()
        });
        let path = whereabouts.find(&entry.place);
        let entry = Box::new(entry);
        wanted.push(match path {
            Some(path) => Wanted::Listed(path, entry),
            None => Wanted::Wish(entry),
        });
    }
}

/// Threads that read files, or none where the system gives no more threads.
fn readers() -> Option<ThreadPool> {
    let builder = ThreadPoolBuilder::new().num_threads(READERS);
    let named = builder.thread_name(|n| format!("import {n}"));
    // So many threads at once would else take the window's turns.
    named.start_handler(|_| platform::step_back()).build().ok()
}

/// One of a batch, the track that the pool has of it, and else what was read.
type Read = (Wanted, Option<TrackId>, Option<Result<Track, Unread>>);

/// Reads those files of a batch that the pool does not have.
fn read_all(
    batch: Vec<(Wanted, Option<TrackId>)>,
    show_file: &Path,
    readers: Option<&ThreadPool>,
) -> Vec<Read> {
    let read = |(wanted, listed): (Wanted, Option<TrackId>)| {
        let outcome = match (&wanted, listed) {
            (Wanted::Scanned(path, _) | Wanted::Listed(path, _), None) => {
                Some(track::read_alone(path, show_file))
            }
            _ => None,
        };
        (wanted, listed, outcome)
    };
    if batch.iter().all(|(_, listed)| listed.is_some()) {
        // Nothing to read is nothing to wake anybody for.
        return batch.into_iter().map(read).collect();
    }
    let all = || batch.into_par_iter().map(read).collect();
    match readers {
        Some(readers) => readers.install(all),
        None => all(),
    }
}

fn sort_batch(
    work: &mut Work<'_, Outcome>,
    batch: Vec<Read>,
    show_file: &Path,
    sounds: &SoundFiles,
    known: &mut Known,
) -> Vec<Found> {
    let mut found = Vec::new();
    for (wanted, listed, outcome) in batch {
        let (path, said) = match wanted {
            Wanted::Told(told) => {
                found.push(told);
                continue;
            }
            Wanted::Wish(entry) => {
                found.push(wish(&entry, known));
                count(work, false);
                continue;
            }
            Wanted::Scanned(path, _) => (path, None),
            Wanted::Listed(path, entry) => (path, Some(entry)),
        };
        let one = match (listed, outcome) {
            (Some(id), _) => Found::Known(path, id),
            (None, None) => continue,
            (None, Some(outcome)) => {
                let outcome = match outcome {
                    Ok(track) => Ok(track),
                    Err(Unread::Told(why)) => Err(why),
                    // One at a time: each is a program of its own, and keeps a core busy.
                    Err(Unread::Foreign) => {
                        let mut go_on = |_: f32| work.go_on();
                        let read = track::read(&path, show_file, sounds, &mut go_on);
                        if work.is_cancelled() {
                            continue;
                        }
                        read
                    }
                };
                match outcome {
                    Ok(track) => sort_out(path, track, said.as_deref(), known),
                    Err(why) => Found::Failed(path, why),
                }
            }
        };
        count(work, matches!(one, Found::Failed(..)));
        found.push(one);
    }
    found
}

fn count(work: &mut Work<'_, Outcome>, is_failed: bool) {
    work.count(Counts {
        done: u64::from(!is_failed),
        failed: u64::from(is_failed),
        found: 0,
    });
}

/// The track that the pool has of a file already: then it is not read again. What a playlist names
/// is known by its place; what comes up in a folder must be as large as it was, too.
fn listed(wanted: &Wanted, storing: &mut Storing, known: &Known) -> Option<TrackId> {
    let (path, found) = match wanted {
        Wanted::Scanned(path, size) => (path, Some(*size)),
        Wanted::Listed(path, _) => (path, None),
        Wanted::Wish(_) | Wanted::Told(_) => return None,
    };
    let (id, size) = known.by_path.get(&storing.path(path))?;
    found.is_none_or(|found| found == *size).then_some(*id)
}

/// A recording that is in the pool already is not added again, and one that was wished for is the
/// wish come true.
fn sort_out(path: PathBuf, mut track: Track, said: Option<&Entry>, known: &mut Known) -> Found {
    let hash = track.media.as_ref().map(|media| media.hash.clone());
    let hash = hash.unwrap_or_default();
    if let Some(id) = known.by_hash.get(&hash) {
        return Found::Known(path, *id);
    }
    if let Some(entry) = said {
        lists::add_said(&mut track, entry, &path);
    }
    if let Some(id) = known.recordings.find(&track, Among::Wishes) {
        known.by_hash.insert(hash, id);
        known.recordings.fulfil(id);
        return Found::Fulfils(path, id, Box::new(track));
    }
    let id = TrackId::new();
    known.by_hash.insert(hash, id);
    known.recordings.insert(id, &track);
    Found::New(path, id, Box::new(track))
}

/// An entry without a file is a wish, unless the pool knows the recording.
fn wish(entry: &Entry, known: &mut Known) -> Found {
    let track = lists::wish(entry);
    if let Some(id) = known.recordings.find(&track, Among::All) {
        return Found::Named(track.title, id);
    }
    let id = TrackId::new();
    known.recordings.insert(id, &track);
    Found::Wish(id, Box::new(track))
}
