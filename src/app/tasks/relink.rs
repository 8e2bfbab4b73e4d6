//! Finding sound files again that are no longer where the show knows them.
//!
//! A file is the same when its bytes are: what has the right size is read and hashed. What only
//! has the right name is told of, and left to people.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use super::Outcome;
use super::locate;
use crate::app::places::MediaPlaces;
use crate::jobs::Counts;
use crate::jobs::Work;
use crate::media;
use crate::media::Found;
use crate::model::CutAt;
use crate::model::Media;
use crate::model::Show;
use crate::model::TrackId;
use crate::ops::search::fold;

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileOf {
    /// A track's.
    Track(TrackId),
    /// A cut's guide.
    Guide(CutAt),
}

/// A missing file, and what came up for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Whose it is.
    pub of: FileOf,
    /// What that is called.
    pub title: String,
    /// Where it was seen last.
    pub was: PathBuf,
    /// What came up.
    pub fate: Fate,
}

/// What came up for a missing file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The same file lies here.
    Found(PathBuf),
    /// Another file of the same name lies here.
    Namesake(PathBuf),
    /// Nothing.
    Lost,
}

/// What came of looking for missing files in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelinkReview {
    /// Where was looked.
    pub folder: PathBuf,
    /// Everything that is missing, in the order of titles.
    pub missing: Vec<Missing>,
    /// How many sound files lie there.
    pub n_looked_at: usize,
}

impl RelinkReview {
    /// How many files were found again.
    pub fn n_found(&self) -> usize {
        let is_found = |missing: &&Missing| matches!(missing.fate, Fate::Found(_));
        self.missing.iter().filter(is_found).count()
    }
}

/// A file that lies in the folder.
struct Candidate {
    path: PathBuf,
    bytes: u64,
    /// Its hash, once somebody had to know.
    hash: Option<String>,
}

/// Looks in `folder` for every file of `show` that is missing, and hands over what came up.
pub(in crate::app) fn look(
    work: &mut Work<'_, Outcome>,
    session: u64,
    show: &Show,
    places: &MediaPlaces,
    folder: PathBuf,
) {
    let mut wanted = missing(show, places);
    wanted.sort_by(|(a, _), (b, _)| a.title.cmp(&b.title));
    let mut candidates = candidates(&folder, || work.is_cancelled());
    work.count(Counts {
        found: wanted.len() as u64,
        ..Counts::default()
    });
    let mut by_size: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        by_size.entry(candidate.bytes).or_default().push(at);
        by_name.entry(name_of(&candidate.path)).or_insert(at);
    }
    let mut review = RelinkReview {
        folder,
        missing: Vec::new(),
        n_looked_at: candidates.len(),
    };
    for (mut missing, media) in wanted {
        if work.is_cancelled() {
            return;
        }
        let alike = by_size.get(&media.bytes).into_iter().flatten();
        let mut found = None;
        for at in alike {
            if candidates[*at].has_hash(&media.hash) {
                found = Some(*at);
                break;
            }
        }
        let namesake = by_name.get(&name_of(&missing.was));
        missing.fate = match (found, namesake) {
            (Some(at), _) => Fate::Found(candidates[at].path.clone()),
            (None, Some(at)) => Fate::Namesake(candidates[*at].path.clone()),
            (None, None) => Fate::Lost,
        };
        review.missing.push(missing);
        work.count(Counts {
            done: 1,
            ..Counts::default()
        });
    }
    work.send(Outcome::RelinkLooked { session, review });
}

impl Candidate {
    /// Whether its bytes are those of the file with this hash. Reads it, the first time.
    fn has_hash(&mut self, hash: &str) -> bool {
        let own = self.hash.get_or_insert_with(|| {
            let mut whole = |_: u64| ControlFlow::Continue(());
            let read = media::content_hash(&self.path, &mut whole);
            // What cannot be read is no file that anybody misses.
            let read = read.ok().flatten();
            read.map(|hash| hash.to_string()).unwrap_or_default()
        });
        !own.is_empty() && own == hash
    }
}

/// The files of `show` that are at none of the places where it knows them.
fn missing(show: &Show, places: &MediaPlaces) -> Vec<(Missing, Media)> {
    let tracks = show.tracks().filter_map(|(id, track)| {
        let media = track.media.as_ref()?;
        Some((FileOf::Track(id), track.title.clone(), media))
    });
    let episodes = show.episodes();
    let guides = episodes.iter().flat_map(|(episode, it)| {
        it.cuts().into_iter().filter_map(|(cut, found)| {
            let at = CutAt {
                episode: *episode,
                cut,
            };
            let title = format!("{} v{}, guide", it.number, found.number);
            Some((FileOf::Guide(at), title, &found.guide.as_ref()?.media))
        })
    });
    let all = tracks.chain(guides);
    all.filter(|(_, _, media)| locate::find(media, places).is_none())
        .map(|(of, title, media)| {
            let was = places.candidates(media).into_iter().next();
            let missing = Missing {
                of,
                title,
                was: was.unwrap_or_default(),
                fate: Fate::Lost,
            };
            (missing, media.clone())
        })
        .collect()
}

/// What lies in a folder and may be sound.
fn candidates(folder: &Path, is_cancelled: impl Fn() -> bool) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    media::scan(&[folder.to_owned()], &mut |found| {
        if let Found::File { path, size, .. } = found {
            candidates.push(Candidate {
                bytes: size,
                path,
                hash: None,
            });
        }
        if is_cancelled() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    candidates
}

/// A file's name, however its accents and capitals were written.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    fold(&name.to_string_lossy())
}
