//! Looking over a list before anything is taken from it: what the columns of a table mean, which
//! lists of a library are wanted, and what would come of it.

use std::path::Path;
use std::path::PathBuf;

use super::Outcome;
use super::import::Known;
use super::kept_lists;
use super::lists;
use super::lists::ListContent;
use super::lists::RealDisk;
use crate::interchange::Layout;
use crate::interchange::Row;
use crate::interchange::TableFile;
use crate::interchange::playlist;
use crate::interchange::playlist::Entry;
use crate::interchange::playlist::Mapping;
use crate::interchange::playlist::Preset;
use crate::jobs::Work;
use crate::model::Show;
use crate::model::TrackId;
use crate::ops::whereabouts::Whereabouts;
use crate::ops::wishes::Among;
use crate::storage::media_path;

/// How many rows of a table are shown.
const SHOWN: usize = 24;

/// How many lines that cannot be read are told one by one.
const MAX_TOLD: usize = 200;

/// A list that somebody looks over.
#[derive(Clone, Debug)]
pub struct ListReview {
    /// Its file.
    pub path: PathBuf,
    /// What is in it.
    pub content: ListContent,
    /// How a table is read; of no meaning for a library.
    pub mapping: Mapping,
    /// The first rows of a table, as that reads them.
    pub rows: Vec<Row>,
    /// Which lists of a library are wanted.
    pub chosen: Vec<bool>,
    /// Whether what is taken from it is also kept as a list of the show.
    pub keeps: bool,
    /// What would come of it; none while that is being found out.
    pub tally: Option<Tally>,
    /// Tells the newest question from those before it.
    pub(in crate::app) stamp: u64,
}

/// What would come of taking a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entries whose file is here and not in the pool.
    pub n_new: usize,
    /// Entries that the pool has.
    pub n_known: usize,
    /// Entries without a file, which would be wishes.
    pub n_wishes: usize,
    /// What could not be read, one sentence each, with its line.
    pub not_understood: Vec<String>,
    /// How many more there were.
    pub n_further: usize,
}

impl Tally {
    /// How many tracks would be added.
    pub const fn n_added(&self) -> usize {
        self.n_new + self.n_wishes
    }

    /// How much could not be read.
    pub const fn n_not_understood(&self) -> usize {
        self.not_understood.len() + self.n_further
    }
}

/// How somebody wants a table to be read.
#[derive(Clone, Debug, PartialEq)]
pub enum TableAsk {
    /// As guessed.
    Guess,
    /// Like this.
    Mapping(Mapping),
    /// Another sheet, delimiter or encoding, the rest as guessed.
    Layout(Layout),
    /// As a preset says.
    Preset(Preset),
}

/// What is to be found out of a list.
pub(in crate::app) struct Question {
    /// Which question it is.
    pub(in crate::app) stamp: u64,
    /// The list's file.
    pub(in crate::app) path: PathBuf,
    /// What it is about.
    pub(in crate::app) about: About,
}

/// What a question is about.
pub(in crate::app) enum About {
    /// How a table is to be read.
    Table(std::sync::Arc<TableFile>, Layout, TableAsk),
    /// Which lists of a library are wanted.
    Library(std::sync::Arc<Vec<playlist::Playlist>>, Vec<bool>),
}

/// What was found out.
pub(in crate::app) struct Answer {
    /// Which question it answers.
    pub(in crate::app) stamp: u64,
    /// How a table is read, and its first rows.
    pub(in crate::app) table: Option<(Mapping, Vec<Row>)>,
    /// What would come of it.
    pub(in crate::app) tally: Tally,
}

/// Opens the list at `path`, for somebody to look over.
pub(in crate::app) fn open(work: &mut Work<'_, Outcome>, session: u64, path: PathBuf) {
    let content = lists::look(&path);
    work.send(Outcome::ListOpened {
        session,
        path,
        content,
    });
}

/// Answers a question about a list for the show at `show_file`.
pub(in crate::app) fn answer(
    work: &mut Work<'_, Outcome>,
    question: Question,
    show: &Show,
    show_file: &Path,
) {
    let Question { stamp, path, about } = question;
    let (table, entries, mut tally) = match about {
        About::Table(file, layout, ask) => {
            let mapping = match ask {
                TableAsk::Guess => Mapping::guess(&file),
                TableAsk::Mapping(mapping) => mapping,
                TableAsk::Layout(layout) => Mapping::guess_in(&file, file.settled(layout)),
                TableAsk::Preset(preset) => preset.mapping(&file, layout),
            };
            let rows = file.first_rows(&mapping.layout, mapping.n_above + SHOWN);
            let (entries, tally) = table_entries(&file, &mapping);
            (Some((mapping, rows)), entries, tally)
        }
        About::Library(lists, chosen) => {
            let chosen = lists.iter().zip(chosen).filter(|(_, is_chosen)| *is_chosen);
            let entries = chosen.flat_map(|(list, _)| list.entries.iter().cloned());
            (None, entries.collect(), Tally::default())
        }
    };
    let entries = kept_lists::once(entries.into_iter());
    count(work, &entries, &path, (show, show_file), &mut tally);
    if !work.is_cancelled() {
        work.send(Outcome::ListAnswered(Answer {
            stamp,
            table,
            tally,
        }));
    }
}

fn table_entries(file: &TableFile, mapping: &Mapping) -> (Vec<Entry>, Tally) {
    let (entries, report) = match playlist::read_table(file, mapping) {
        Ok((list, report)) => (list.entries, report),
        Err(playlist::PlaylistError::Empty { report, .. }) => (Vec::new(), *report),
        Err(_) => return (Vec::new(), Tally::default()),
    };
    let of_lines = report.warnings().iter().filter(|it| it.line.is_some());
    let mut told: Vec<String> = of_lines.map(ToString::to_string).collect();
    let n_untold = told.len().saturating_sub(MAX_TOLD);
    told.truncate(MAX_TOLD);
    let tally = Tally {
        not_understood: told,
        n_further: report.n_further() + n_untold,
        ..Tally::default()
    };
    (entries, tally)
}

/// Counts what would come of each entry, as an import decides it; files are not read, so one that
/// is in the pool under another name counts as new.
fn count(
    work: &Work<'_, Outcome>,
    entries: &[Entry],
    list: &Path,
    (show, show_file): (&Show, &Path),
    tally: &mut Tally,
) {
    let beside = list.parent().unwrap_or(Path::new(""));
    let roots = lists::roots(list, &[], show_file);
    let mut whereabouts = Whereabouts::new(&RealDisk, beside, roots);
    let mut known = Known::of(show);
    for entry in entries {
        if work.is_cancelled() {
            return;
        }
        let track = lists::wish(entry);
        let is_known = match whereabouts.find(&entry.place) {
            Some(path) => {
                let stored = media_path::to_stored(&path, show_file);
                let is_known = known.by_path.contains_key(&stored);
                if !is_known {
                    known.by_path.insert(stored, (TrackId::new(), 0));
                    tally.n_new += 1;
                }
                is_known
            }
            None => {
                let is_known = known.recordings.find(&track, Among::All).is_some();
                if !is_known {
                    known.recordings.insert(TrackId::new(), &track);
                    tally.n_wishes += 1;
                }
                is_known
            }
        };
        tally.n_known += usize::from(is_known);
    }
}
