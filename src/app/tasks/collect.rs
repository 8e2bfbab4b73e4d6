//! Bringing the show's sound files together in a folder beside it. Each is copied and checked; only
//! when all of it is done do the tracks point to the copies. The originals stay where they are.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use super::Outcome;
use super::locate;
use super::relink::FileOf;
use crate::app::places::MediaPlaces;
use crate::jobs::Counts;
use crate::jobs::Work;
use crate::model::CutAt;
use crate::model::Media;
use crate::model::Show;
use crate::ops::collecting::Names;
use crate::platform;
use crate::storage;
use crate::storage::CopyError;
use crate::storage::media_path;

/// The folder beside the show.
const FOLDER: &str = "Media";
/// Where guides lie in it.
const GUIDES: &str = "Guides";
/// So much stays free: the show itself must be saved.
const MARGIN: u64 = 256 << 20;
/// How many bytes count as one step of progress.
const STEP: u64 = 1 << 20;

/// A file that is to be beside the show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToCollect {
    /// Whose file it is, all of them.
    pub of: Vec<FileOf>,
    /// What the first of them is called.
    pub title: String,
    /// What is known of the file.
    pub media: Media,
    /// Where it is; none where it was not found.
    pub from: Option<PathBuf>,
    /// Where it is to be.
    pub to: PathBuf,
}

/// What collecting a show's media comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollectPlan {
    /// The folder.
    pub folder: PathBuf,
    /// What is to be copied.
    pub files: Vec<ToCollect>,
    /// How many files lie beside the show already.
    pub n_there: usize,
}

impl CollectPlan {
    /// How many bytes all of it has.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.media.bytes).sum()
    }
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The copies, with whose file each is.
    pub copied: Vec<ToCollect>,
    /// What could not be copied, and why.
    pub failed: Vec<(String, String)>,
    /// How many files lay beside the show already.
    pub n_there: usize,
    /// Bytes that are needed and bytes that are free, where there is no room.
    pub no_room: Option<(u64, u64)>,
    /// Whether it was called off. What was copied stays, and is not copied again.
    pub was_cancelled: bool,
}

/// What is to be copied so that every file of `show` lies beside it. Looks for each file, so it is
/// for worker threads only.
pub(in crate::app) fn plan(show: &Show, places: &MediaPlaces) -> CollectPlan {
    let folder = places.show_file().parent().unwrap_or(Path::new(""));
    let mut plan = CollectPlan {
        folder: folder.join(FOLDER),
        ..CollectPlan::default()
    };
    let mut names = Names::default();
    let mut there = BTreeSet::new();
    let mut at: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for file in files(show) {
        let hash = &file.media.hash;
        if let Some(at) = at.get(hash) {
            if let Some(known) = plan.files.get_mut(*at) {
                known.of.push(file.of);
            }
            continue;
        }
        if there.contains(hash) {
            continue;
        }
        let from = locate::find(file.media, places);
        let is_beside = from.as_ref().is_some_and(|path| {
            let stored = media_path::to_stored(path, places.show_file());
            !Path::new(&stored).is_absolute()
        });
        if is_beside {
            there.insert(hash.clone());
            plan.n_there += 1;
            continue;
        }
        let ending = ending(file.media, from.as_deref());
        let name = names.give(&file.folder, &file.title, &ending);
        at.insert(hash.clone(), plan.files.len());
        plan.files.push(ToCollect {
            of: vec![file.of],
            title: file.title,
            media: file.media.clone(),
            to: plan.folder.join(name),
            from,
        });
    }
    plan
}

/// A file of a show.
struct File<'s> {
    of: FileOf,
    folder: String,
    title: String,
    media: &'s Media,
}

/// The files of a show, in an order that stays the same: names are given out in it.
fn files(show: &Show) -> impl Iterator<Item = File<'_>> {
    let tracks = show.tracks().filter_map(|(id, track)| {
        let folder = match track.artist.trim() {
            "" => "Unknown artist",
            artist => artist,
        };
        Some(File {
            of: FileOf::Track(id),
            folder: folder.to_owned(),
            title: track.title.clone(),
            media: track.media.as_ref()?,
        })
    });
    let guides = show.episodes().into_iter().flat_map(|(episode, it)| {
        let number = it.number.clone();
        it.cuts().into_iter().filter_map(move |(cut, found)| {
            Some(File {
                of: FileOf::Guide(CutAt { episode, cut }),
                folder: GUIDES.to_owned(),
                title: format!("{number} v{}", found.number),
                media: &found.guide.as_ref()?.media,
            })
        })
    });
    tracks
        .chain(guides)
        .filter(|file| !file.media.hash.is_empty())
}

fn ending(media: &Media, from: Option<&Path>) -> String {
    let known = media.paths.first().map(|path| Path::new(path.as_str()));
    let ending = from.or(known).and_then(Path::extension);
    ending.map_or_else(String::new, |it| it.to_string_lossy().into_owned())
}

/// Collects the media of `show`, and hands over what came of it.
pub(in crate::app) fn collect(
    work: &mut Work<'_, Outcome>,
    session: u64,
    show: &Show,
    places: &MediaPlaces,
) {
    let plan = plan(show, places);
    let mut collected = Collected {
        n_there: plan.n_there,
        ..Collected::default()
    };
    // What an earlier try has copied is not copied again, and takes no room.
    let is_there = |file: &&ToCollect| {
        let metadata = file.to.metadata();
        metadata.is_ok_and(|it| it.is_file() && it.len() == file.media.bytes)
    };
    let found = plan.files.iter().filter(|file| file.from.is_some());
    let to_copy = found.filter(|file| !is_there(file));
    let needed: u64 = to_copy.map(|file| file.media.bytes).sum();
    let beside = plan.folder.parent().unwrap_or(&plan.folder);
    if needed > 0
        && let Ok(free) = platform::free_space(beside)
        && free < needed.saturating_add(MARGIN)
    {
        collected.no_room = Some((needed, free));
        work.send(Outcome::Collected { session, collected });
        return;
    }
    work.count(Counts {
        found: plan.files.iter().map(steps).sum(),
        ..Counts::default()
    });
    for file in plan.files {
        if work.is_cancelled() {
            collected.was_cancelled = true;
            break;
        }
        let mut meter = Meter::new(work, steps(&file));
        let copied = bring(&file, &mut |bytes| meter.add(bytes));
        meter.end(copied.is_ok());
        match copied {
            Ok(to) => collected.copied.push(ToCollect { to, ..file }),
            Err(why) => collected.failed.push((file.title, why)),
        }
    }
    collected.was_cancelled |= work.is_cancelled();
    work.send(Outcome::Collected { session, collected });
}

/// Sees to it that a file is beside the show; returns where.
fn bring(
    file: &ToCollect,
    go_on: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<PathBuf, String> {
    let Some(from) = &file.from else {
        return Err("it was not found".to_owned());
    };
    let hash = &file.media.hash;
    let mut to = file.to.clone();
    // What somebody else has put there is left alone.
    for number in 2..100 {
        if !to.exists() {
            let copied = storage::copy_verified(from, &to, hash, go_on);
            match copied {
                Ok(()) => return Ok(to),
                Err(CopyError::Taken) => {}
                Err(error) => return Err(error.to_string()),
            }
        }
        match storage::holds(&to, hash, &mut |_| go_on(0)) {
            Ok(Some(true)) => return Ok(to),
            Ok(None) => return Err(CopyError::Cancelled.to_string()),
            Ok(Some(false)) | Err(_) => {}
        }
        let stem = file.to.file_stem().unwrap_or_default().to_string_lossy();
        let dotted = file.to.extension().map_or_else(String::new, |ending| {
            format!(".{}", ending.to_string_lossy())
        });
        to = file.to.with_file_name(format!("{stem} ({number}){dotted}"));
    }
    Err(CopyError::Taken.to_string())
}

fn steps(file: &ToCollect) -> u64 {
    (file.media.bytes / STEP).max(1)
}

/// Counts bytes as steps of progress.
struct Meter<'w, 'a> {
    work: &'w Work<'a, Outcome>,
    bytes: u64,
    told: u64,
    most: u64,
}

impl<'w, 'a> Meter<'w, 'a> {
    fn new(work: &'w Work<'a, Outcome>, most: u64) -> Self {
        Self {
            work,
            bytes: 0,
            told: 0,
            most,
        }
    }

    fn add(&mut self, bytes: u64) -> ControlFlow<()> {
        self.bytes += bytes;
        let now = (self.bytes / STEP).min(self.most - 1);
        self.tell(now);
        self.work.go_on()
    }

    fn tell(&mut self, now: u64) {
        if self.told < now {
            self.work.count(Counts {
                done: now - self.told,
                ..Counts::default()
            });
            self.told = now;
        }
    }

    fn end(&mut self, is_done: bool) {
        if is_done {
            self.tell(self.most);
        } else {
            self.work.count(Counts {
                failed: self.most - self.told,
                ..Counts::default()
            });
        }
    }
}
