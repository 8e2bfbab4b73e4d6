//! Playlists among the files that are added to the pool: read, and their entries looked for on
//! this machine.

use std::fs;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use super::kept_lists;
use super::kept_lists::Keep;
use super::kept_lists::Keeping;
use crate::interchange::Layout;
use crate::interchange::MAX_PLAYLIST_BYTES;
use crate::interchange::Report;
use crate::interchange::TableFile;
use crate::interchange::playlist;
use crate::interchange::playlist::Entry;
use crate::interchange::playlist::Mapping;
use crate::interchange::playlist::Playlist;
use crate::interchange::playlist::PlaylistError;
use crate::interchange::playlist::PlaylistFormat;
use crate::interchange::playlist::Preset;
use crate::media;
use crate::model::Bpm;
use crate::model::Given;
use crate::model::Track;
use crate::ops::whereabouts::Disk;
use crate::ops::whereabouts::unescaped;

/// How many folders above a playlist its files are looked for in.
const N_ABOVE: usize = 3;

/// Where systems put drives that are not their own, and how many folders lie between.
const MOUNTS: [(&str, usize); 4] = [
    ("/Volumes", 0),
    ("/mnt", 0),
    ("/media", 1),
    ("/run/media", 1),
];

/// A playlist that was added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListRead {
    /// Its file.
    pub path: PathBuf,
    /// How many entries were taken from it.
    pub n_entries: usize,
    /// What in it was not understood, one sentence each, with its line.
    pub not_understood: Vec<String>,
    /// How many more there were.
    pub n_further: usize,
    /// What is to be known of it as a whole: that its encoding was guessed.
    pub remarks: Vec<String>,
}

/// How the lists among what is added are to be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadLists {
    /// Whether somebody is there to be asked what the columns of a table mean, and which lists of
    /// a library are wanted; else the former are refused, and the latter are all taken.
    pub asks: bool,
    /// Which of them are also kept as lists of the show.
    pub keep: Keep,
    /// What the columns of tables mean, whatever their headings say.
    pub columns: Option<Columns>,
    /// The lists of a library that are wanted, by their names or their names with folders; all
    /// where there are none.
    pub lists: Vec<String>,
}

impl ReadLists {
    /// Somebody is asked where something is not clear, and playlists stay in their order.
    pub fn asking() -> Self {
        Self {
            asks: true,
            keep: Keep::Playlists,
            ..Self::default()
        }
    }
}

/// What somebody says of the columns of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Columns {
    /// All there is to say of this very table.
    Mapping(Mapping),
    /// What is to be found in any table of its kind, in the sheet of this name where it is one of
    /// a workbook.
    Preset(Preset, Option<String>),
}

/// What is in a file that may be a list.
pub(super) enum Content {
    /// No list.
    Other,
    /// A list that cannot be read, and why.
    Bad(String),
    /// Entries in their order, each once, and the lists of them that are to be kept.
    Entries(Vec<Entry>, ListRead, Vec<Keeping>),
    /// Something that somebody has to be asked about.
    Unclear(ListContent),
}

/// A list as it was read, before anything is taken from it.
#[derive(Clone, Debug)]
pub enum ListContent {
    /// A table.
    Table(Arc<TableFile>),
    /// A library of several lists.
    Library(Arc<Vec<Playlist>>),
}

/// Reads what is in the file at `path`.
pub(super) fn read(path: &Path, how: &ReadLists) -> Content {
    match open(path) {
        Ok(None) => Content::Other,
        Ok(Some(Opened::Table(file, known))) => read_table(path, file, known, how),
        Ok(Some(Opened::Lists(lists, report))) => read_lists(path, lists, &report, how),
        Err(why) => Content::Bad(why),
    }
}

/// What is in the file at `path`, for somebody to look over.
///
/// # Errors
///
/// Fails, with a sentence, when there is no list in it.
pub(super) fn look(path: &Path) -> Result<ListContent, String> {
    match open(path)? {
        Some(Opened::Table(file, _)) => Ok(ListContent::Table(Arc::new(file))),
        Some(Opened::Lists(lists, _)) => Ok(ListContent::Library(Arc::new(lists))),
        None => Err("it is no playlist and no table".to_owned()),
    }
}

/// The names of the lists in the library at `path`, with how many entries each has.
///
/// # Errors
///
/// Fails, with a sentence, when there is no list in it.
pub fn list_names(path: &Path) -> Result<Vec<(String, usize)>, String> {
    Ok(match look(path)? {
        ListContent::Table(_) => Vec::new(),
        ListContent::Library(lists) => {
            let named = lists
                .iter()
                .map(|list| (list.full_name(), list.entries.len()));
            named.collect()
        }
    })
}

/// A list, opened.
enum Opened {
    /// A table, and what its columns mean where that is known.
    Table(TableFile, Option<Mapping>),
    Lists(Vec<Playlist>, Report),
}

/// Nothing where it is no list, by what is in it.
fn open(path: &Path) -> Result<Option<Opened>, String> {
    // Before it is opened: opening a pipe waits for whoever writes into it.
    if media::looks_like_sound(path) || !path.is_file() {
        return Ok(None);
    }
    let Ok(mut file) = fs::File::open(path) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    let mut head = io::Read::by_ref(&mut file).take(playlist::HEAD_BYTES as u64);
    if head.read_to_end(&mut bytes).is_err() {
        return Ok(None);
    }
    let name = path.file_name().map(|name| name.to_string_lossy());
    let found = playlist::detect(&bytes, name.as_deref());
    let format = match found {
        Some(format) => format,
        None if is_named_table(path) => PlaylistFormat::Table,
        None => return Ok(None),
    };
    // One byte more than can be read, so that a file that is too large is told from one that fits.
    let rest = (MAX_PLAYLIST_BYTES + 1).saturating_sub(bytes.len());
    file.take(rest as u64)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if format.is_table() {
        let file = TableFile::open(bytes)?;
        let known = Mapping::known(&file);
        return Ok(Some(Opened::Table(file, known)));
    }
    let (lists, report) = playlist::read(format, &bytes).map_err(|error| error.to_string())?;
    Ok(Some(Opened::Lists(lists, report)))
}

/// Whether a file is called a table, whatever its headings are.
fn is_named_table(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ["csv", "tsv"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

fn read_table(path: &Path, file: TableFile, known: Option<Mapping>, how: &ReadLists) -> Content {
    let mapping = match (&how.columns, known) {
        (Some(Columns::Mapping(mapping)), _) => mapping.clone(),
        (Some(Columns::Preset(preset, sheet)), _) => {
            let mut layout = Layout::default();
            if let Some(sheet) = sheet {
                let at = file.sheets().iter().position(|name| name == sheet);
                let Some(at) = at else {
                    let names = file.sheets().join(", ");
                    return Content::Bad(format!("there is no sheet “{sheet}”; there is {names}"));
                };
                layout.sheet = at;
            }
            preset.mapping(&file, layout)
        }
        (None, Some(known)) => known,
        (None, None) if how.asks => return Content::Unclear(ListContent::Table(Arc::new(file))),
        (None, None) => return Content::Bad(PlaylistError::UnknownColumns.to_string()),
    };
    let is_kept = match how.keep {
        Keep::None => false,
        Keep::Playlists => mapping.is_playlist(&file),
        Keep::All => true,
    };
    match playlist::read_table(&file, &mapping) {
        Ok((list, report)) => entries(path, vec![list], &report, is_kept),
        Err(error) => Content::Bad(error.to_string()),
    }
}

fn read_lists(path: &Path, lists: Vec<Playlist>, report: &Report, how: &ReadLists) -> Content {
    if how.lists.is_empty() {
        return if how.asks && lists.len() > 1 {
            Content::Unclear(ListContent::Library(Arc::new(lists)))
        } else {
            entries(path, lists, report, how.keep != Keep::None)
        };
    }
    let is_meant =
        |list: &Playlist, name: &String| *name == list.title || *name == list.full_name();
    for name in &how.lists {
        if !lists.iter().any(|list| is_meant(list, name)) {
            return Content::Bad(format!("there is no list “{name}” in it"));
        }
    }
    let mut wanted = lists;
    wanted.retain(|list| how.lists.iter().any(|name| is_meant(list, name)));
    entries(path, wanted, report, how.keep != Keep::None)
}

/// The entries of lists, each once, and what came of reading them.
fn entries(path: &Path, lists: Vec<Playlist>, report: &Report, is_kept: bool) -> Content {
    let (entries, mut keeping) = kept_lists::numbered(path, lists);
    if !is_kept {
        keeping.clear();
    }
    let said = |of_line: bool| {
        let warnings = report.warnings().iter();
        let of_those = warnings.filter(move |warning| warning.line.is_some() == of_line);
        of_those.map(ToString::to_string).collect()
    };
    let read = ListRead {
        path: path.to_owned(),
        n_entries: entries.len(),
        not_understood: said(true),
        remarks: said(false),
        n_further: report.n_further(),
    };
    Content::Entries(entries, read, keeping)
}

/// The folders below which the files of the playlist at `list` may lie: those that were added
/// with it, those around it, the show's, and the drives of this machine.
pub(super) fn roots(list: &Path, added: &[PathBuf], show_file: &Path) -> Vec<PathBuf> {
    let mut roots: Vec<PathBuf> = added.iter().filter(|path| path.is_dir()).cloned().collect();
    let above = list.ancestors().skip(2).take(N_ABOVE);
    roots.extend(above.filter(|it| it.parent().is_some()).map(Path::to_owned));
    roots.extend(show_file.parent().map(Path::to_owned));
    for (mount, depth) in MOUNTS {
        let mut folders = vec![PathBuf::from(mount)];
        for _ in 0..depth {
            folders = folders.iter().flat_map(|it| folders_in(it)).collect();
        }
        let drives: Vec<PathBuf> = folders.iter().flat_map(|it| folders_in(it)).collect();
        // The drive's name may be part of the place, or not.
        roots.extend(folders);
        roots.extend(drives);
    }
    roots
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// The disk itself.
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn names(&self, folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

/// A track that is wanted, as an entry without a file tells of it.
pub(super) fn wish(entry: &Entry) -> Track {
    let name = entry.name();
    let name = match entry.title.as_str() {
        "" => unescaped(name).unwrap_or_else(|| name.to_owned()),
        title => title.to_owned(),
    };
    let mut track = Track {
        title: name,
        stated_length: entry.length,
        ..Track::default()
    };
    tell(&mut track, entry);
    track
}

/// What an entry says beyond what its file says of itself.
pub(super) fn add_said(track: &mut Track, entry: &Entry, path: &Path) {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy());
    // A file without tags is called as it is named; the list knows better.
    if !entry.title.is_empty() && stem.is_some_and(|stem| stem == track.title.as_str()) {
        track.title.clone_from(&entry.title);
    }
    tell(track, entry);
}

fn tell(track: &mut Track, entry: &Entry) {
    let fill = |text: &mut String, said: &str| {
        if text.is_empty() {
            said.clone_into(text);
        }
    };
    fill(&mut track.title, &entry.title);
    fill(&mut track.artist, &entry.artist);
    fill(&mut track.album, &entry.album);
    fill(&mut track.isrc, &entry.isrc);
    fill(&mut track.genre, &entry.genre);
    fill(&mut track.label, &entry.label);
    fill(&mut track.publisher, &entry.publisher);
    fill(&mut track.why, &entry.why);
    track.year = track.year.or(entry.year);
    if track.writers.is_empty() {
        track.writers.clone_from(&entry.writers);
    }
    track.tags.extend(entry.tags.iter().cloned());
    if let Some(state) = entry.state {
        track.state = state;
    }
    // What a list says was said by somebody, as a tag was; an estimate is not set against it.
    let bpm = entry.bpm.and_then(Bpm::nearest_to).map(Given::tagged);
    let key = entry.key.parse().ok().map(Given::tagged);
    let measured = &mut track.measured;
    measured.tempo = measured.tempo.or(bpm);
    measured.key = measured.key.or(key);
    if !track.notes.contains(&entry.comment) {
        if !track.notes.is_empty() {
            track.notes.push('\n');
        }
        track.notes.push_str(&entry.comment);
    }
}
