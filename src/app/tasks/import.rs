//! Adding files and folders to the pool: found, hashed, read, and handed over in batches, so that
//! rows appear while the rest is still being read.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use rayon::prelude::*;

use super::Outcome;
use super::track;
use crate::app::sounds::SoundFiles;
use crate::app::sounds::Unread;
use crate::jobs::Counts;
use crate::jobs::Work;
use crate::media;
use crate::model::Track;
use crate::model::TrackId;

/// Files that are read at the same time, and handed over together.
const BATCH: usize = 32;

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
    /// Files that could not be added, and why.
    pub failed: Vec<(PathBuf, String)>,
    /// Whether it was called off before its end.
    pub was_cancelled: bool,
}

impl ImportSummary {
    /// What came of it, in one sentence.
    pub fn sentence(&self) -> String {
        let count = |n: usize, one: &str, many: &str| match n {
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        };
        let mut parts = vec![count(self.added.len(), "track added", "tracks added")];
        if !self.known.is_empty() {
            parts.push(count(
                self.known.len(),
                "was in the pool already",
                "were in the pool already",
            ));
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

/// What came of one file.
pub(in crate::app) enum Found {
    /// It is a new track.
    New(PathBuf, TrackId, Box<Track>),
    /// Its recording is in the pool already.
    Known(PathBuf, TrackId),
    /// It could not be read, for this reason.
    Failed(PathBuf, String),
}

/// Adds `paths`, and what is in those that are folders, to the show at `show_file`,
/// whose pool has the recordings `known` by their content.
pub(in crate::app) fn add(
    work: &mut Work<'_, Outcome>,
    id: ImportId,
    paths: &[PathBuf],
    show_file: &Path,
    sounds: &SoundFiles,
    mut known: BTreeMap<String, TrackId>,
) {
    let mut files = Vec::new();
    let mut unreadable = Vec::new();
    media::scan(paths, &mut |came_up| {
        let failed = match came_up {
            media::Found::File { path, .. } => {
                files.push(path);
                None
            }
            media::Found::Unreadable { path, error } => Some((path, error.to_string())),
            media::Found::NotEntered { path } => {
                let why = "this folder was passed over: it leads back into one already seen";
                Some((path, why.to_owned()))
            }
        };
        work.count(Counts {
            found: 1,
            failed: u64::from(failed.is_some()),
            done: 0,
        });
        unreadable.extend(failed.map(|(path, why)| Found::Failed(path, why)));
        if work.is_cancelled() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    let mut found = unreadable;
    for batch in files.chunks(BATCH) {
        if work.is_cancelled() {
            break;
        }
        let read: Vec<_> = batch
            .par_iter()
            .map(|path| (path, track::read_alone(path, show_file)))
            .collect();
        for (path, outcome) in read {
            let outcome = match outcome {
                Ok(track) => Ok(track),
                Err(Unread::Told(why)) => Err(why),
                // One at a time: each is a program of its own, and keeps a core busy.
                Err(Unread::Foreign) => {
                    let mut go_on = |_: f32| work.go_on();
                    let read = track::read(path, show_file, sounds, &mut go_on);
                    if work.is_cancelled() {
                        continue;
                    }
                    read
                }
            };
            let one = match outcome {
                Ok(track) => sort_out(path, track, &mut known),
                Err(why) => Found::Failed(path.clone(), why),
            };
            let is_failed = matches!(one, Found::Failed(..));
            work.count(Counts {
                done: u64::from(!is_failed),
                failed: u64::from(is_failed),
                found: 0,
            });
            found.push(one);
        }
        let found = std::mem::take(&mut found);
        work.send(Outcome::Imported { id, found });
    }
    if !found.is_empty() {
        work.send(Outcome::Imported { id, found });
    }
    let was_cancelled = work.is_cancelled();
    work.send(Outcome::ImportEnded { id, was_cancelled });
}

/// A recording that is in the pool already is not added again.
fn sort_out(path: &Path, track: Track, known: &mut BTreeMap<String, TrackId>) -> Found {
    let hash = track.media.as_ref().map(|media| media.hash.clone());
    let hash = hash.unwrap_or_default();
    if let Some(id) = known.get(&hash) {
        return Found::Known(path.to_owned(), *id);
    }
    let id = TrackId::new();
    known.insert(hash, id);
    Found::New(path.to_owned(), id, Box::new(track))
}
