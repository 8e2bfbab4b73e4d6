//! What background jobs do for the core, and what comes back from them.

mod attempts;
pub(super) mod beats;
pub(super) mod collect;
pub(super) mod compare_cut;
pub(super) mod cover;
pub(super) mod demo;
pub(super) mod duplicates;
pub(super) mod export;
pub(super) mod import;
pub(super) mod kept_lists;
pub(super) mod list_review;
pub(super) mod lists;
pub(super) mod locate;
pub(super) mod measure;
pub(super) mod preferences;
pub(super) mod read_cut;
pub(super) mod relink;
pub(super) mod track;
pub(super) mod write_cue_sheet;
pub(super) mod write_list;
pub(super) mod write_timeline;

use std::path::PathBuf;
use std::sync::Arc;

use self::beats::BeatsAsked;
use self::collect::Collected;
use self::compare_cut::{CompareError, ConformReview};
use self::duplicates::DuplicateReview;
use self::import::{Found, ImportId};
use self::lists::ListContent;
use self::locate::Located;
use self::measure::Finding;
use self::measure::Unmeasured;
use self::read_cut::ListError;
use self::relink::RelinkReview;
use self::track::GuideFile;
use self::write_list::ListWritten;
use self::write_timeline::TimelineWritten;
use super::Action;
use super::App;
use super::FileAction;
use super::Severity;
use super::covers::Cover;
use super::library::Wanted;
use super::pool_view::{Listing, Stamp};
use super::render::{RenderError, Rendered};
use crate::interchange::Report;
use crate::model::CutAt;
use crate::model::CutList;
use crate::model::TrackId;
use crate::ops::beats::BeatGrid;
use crate::ops::lore::Lore;
use crate::storage::OpenError;
use crate::storage::Opened;
use crate::storage::WriteFileError;

/// What a job hands back.
pub(super) enum Outcome {
    /// The pool was searched.
    Listed {
        /// The question.
        stamp: Stamp,
        /// The answer.
        listing: Box<Listing>,
    },
    /// Some files of an import were read.
    Imported {
        /// Which import.
        id: ImportId,
        /// What came of them.
        found: Vec<Found>,
    },
    /// An import met a list that somebody has to be asked about.
    ListUnclear {
        /// Which import.
        id: ImportId,
        /// The list's file.
        path: PathBuf,
        /// What is in it.
        content: ListContent,
    },
    /// A list was opened to be looked over, or not, for this reason.
    ListOpened {
        /// For which session.
        session: u64,
        /// Its file.
        path: PathBuf,
        /// What is in it.
        content: Result<ListContent, String>,
    },
    /// It was found out what a list would bring.
    ListAnswered(list_review::Answer),
    /// An import has ended.
    ImportEnded {
        /// Which.
        id: ImportId,
        /// Whether it was called off.
        was_cancelled: bool,
        /// The playlists in it that are to be kept.
        lists: Vec<kept_lists::KeptList>,
    },
    /// A show was opened, or not.
    Opened(Result<Box<Opened>, OpenError>),
    /// A show could not be saved when it was closed.
    NotClosed {
        /// Its file.
        path: PathBuf,
        /// The reason, as a sentence.
        why: String,
    },
    /// The user's copy of the demo is there, or not.
    DemoReady(Result<PathBuf, demo::CopyError>),
    /// A list of cuts or markers was read, or not.
    CutRead {
        /// For which cut.
        at: CutAt,
        /// From which file.
        path: PathBuf,
        /// What was in it.
        read: Result<(CutList, Report), ListError>,
    },
    /// A cut was compared with the list of a newer one, or not.
    CutCompared {
        /// In which session.
        session: u64,
        /// With which file.
        path: PathBuf,
        /// What came of it.
        compared: Result<Box<ConformReview>, CompareError>,
    },
    /// A sound file was read as a guide, or not, for this reason.
    GuideRead {
        /// For which cut.
        at: CutAt,
        /// Which file.
        path: PathBuf,
        /// What it is.
        read: Result<GuideFile, String>,
    },
    /// A scene was written as a sound file, or not.
    Exported {
        /// Where to.
        path: PathBuf,
        /// What was written.
        written: Result<Rendered, RenderError>,
    },
    /// Tracks of the pool were written as a list, or not.
    ListWritten {
        /// Where to.
        path: PathBuf,
        /// What was written.
        written: Result<ListWritten, WriteFileError>,
    },
    /// An episode was written for other programs, or not.
    TimelineWritten {
        /// Where to.
        path: PathBuf,
        /// What was written.
        written: Result<TimelineWritten, WriteFileError>,
    },
    /// The sound devices were looked for: their names.
    OutputsListed(Vec<String>),
    /// A file was measured, or could not be, for this reason.
    Measured {
        /// Which file.
        wanted: Wanted,
        /// What was found out.
        finding: Result<Finding, Unmeasured>,
    },
    /// The beats of a track were worked out.
    BeatsFound {
        /// Which track.
        track: TrackId,
        /// From what.
        asked: BeatsAsked,
        /// The beats, where there are any.
        grid: Option<Arc<BeatGrid>>,
    },
    /// Missing sound files were looked for in a folder.
    RelinkLooked {
        /// For which session.
        session: u64,
        /// What came up.
        review: RelinkReview,
    },
    /// The pool was listened to, for recordings that it has more than once.
    DuplicatesFound {
        /// For which session.
        session: u64,
        /// What came up.
        review: DuplicateReview,
    },
    /// Sound files were copied beside the show.
    Collected {
        /// For which session.
        session: u64,
        /// What came of it.
        collected: Collected,
    },
    /// What the pool as a whole tells was worked out.
    LoreKnown {
        /// For which session, and for which revision of its pool.
        stamp: (u64, u64),
        /// What it tells.
        lore: Arc<Lore>,
    },
    /// The picture of a recording was read.
    CoverRead {
        /// The content hash of its file.
        hash: String,
        /// The picture, or that there is none.
        cover: Cover,
    },
    /// Sound files were looked for.
    Located {
        /// For which session.
        session: u64,
        /// What was found.
        located: Vec<Located>,
    },
}

impl App {
    /// Takes in what a job has done.
    pub(super) fn outcome(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Listed { stamp, listing } => self.listed(stamp, *listing),
            Outcome::Imported { id, found } => self.imported(id, found),
            Outcome::ListUnclear { id, path, content } => self.list_unclear(id, path, content),
            Outcome::ListOpened {
                session,
                path,
                content,
            } => self.list_opened(session, path, content),
            Outcome::ListAnswered(answer) => self.list_answered(answer),
            Outcome::ImportEnded {
                id,
                was_cancelled,
                lists,
            } => self.import_ended(id, was_cancelled, lists),
            Outcome::Opened(opened) => self.opened(opened),
            Outcome::NotClosed { path, why } => {
                let sentence = "A show could not be saved when it was closed";
                let details = vec![
                    why,
                    path.display().to_string(),
                    "What it lacks is kept, and will be there when it is next opened".to_owned(),
                ];
                self.notices
                    .tell(self.now, Severity::Error, sentence, details);
            }
            Outcome::DemoReady(Ok(show)) => {
                self.dispatch(Action::File(FileAction::Open(show)));
            }
            Outcome::DemoReady(Err(error)) => {
                let sentence = "The demo show could not be copied";
                let details = vec![error.to_string()];
                self.notices
                    .tell(self.now, Severity::Error, sentence, details);
            }
            Outcome::CutRead { at, path, read } => self.cut_read(at, &path, read),
            Outcome::CutCompared {
                session,
                path,
                compared,
            } => self.cut_compared(session, &path, compared),
            Outcome::GuideRead { at, path, read } => self.guide_read(at, &path, read),
            Outcome::Exported { path, written } => self.exported(&path, written),
            Outcome::ListWritten { path, written } => self.list_written(&path, written),
            Outcome::TimelineWritten { path, written } => self.timeline_written(&path, written),
            Outcome::OutputsListed(names) => self.outputs = names,
            Outcome::Measured { wanted, finding } => self.measured(wanted, finding),
            Outcome::BeatsFound { track, asked, grid } => self.beats.found(track, &asked, grid),
            Outcome::RelinkLooked { session, review } => self.relink_looked(session, review),
            Outcome::DuplicatesFound { session, review } => self.duplicates_found(session, review),
            Outcome::Collected { session, collected } => self.media_collected(session, collected),
            Outcome::LoreKnown { stamp, lore } => self.lore_known(stamp, lore),
            Outcome::CoverRead { hash, cover } => self.cover_read(hash, cover),
            Outcome::Located { session, located } => self.located(session, located),
        }
    }
}
