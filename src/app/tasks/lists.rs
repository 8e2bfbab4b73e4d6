//! Playlists among the files that are added to the pool: read, and their entries looked for on
//! this machine.

use std::fs;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use crate::interchange::MAX_PLAYLIST_BYTES;
use crate::interchange::playlist;
use crate::interchange::playlist::Entry;
use crate::media;
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

/// The entries of the playlist at `path`, in their order, each once; nothing where it is no
/// playlist, by what is in it.
///
/// # Errors
///
/// Fails, with a sentence, when it is a playlist and cannot be read.
pub(super) fn read(path: &Path) -> Option<Result<(Vec<Entry>, ListRead), String>> {
    if media::looks_like_sound(path) {
        return None;
    }
    let mut bytes = Vec::new();
    // Before it is opened: opening a pipe waits for whoever writes into it.
    if !path.is_file() {
        return None;
    }
    let mut file = fs::File::open(path).ok()?;
    let mut head = io::Read::by_ref(&mut file).take(playlist::HEAD_BYTES as u64);
    head.read_to_end(&mut bytes).ok()?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let format = playlist::detect(&bytes, name.as_deref())?;
    // One byte more than can be read, so that a file that is too large is told from one that fits.
    let rest = (MAX_PLAYLIST_BYTES + 1).saturating_sub(bytes.len());
    if let Err(error) = file.take(rest as u64).read_to_end(&mut bytes) {
        return Some(Err(error.to_string()));
    }
    let (lists, report) = match playlist::read(format, &bytes) {
        Ok(read) => read,
        Err(error) => return Some(Err(error.to_string())),
    };
    let mut entries: Vec<Entry> = lists.into_iter().flat_map(|list| list.entries).collect();
    let mut seen = std::collections::BTreeSet::new();
    entries.retain(|entry| {
        let names = [&entry.place, &entry.artist, &entry.title].map(String::clone);
        seen.insert((names, entry.isrc.clone(), entry.length))
    });
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
    Some(Ok((entries, read)))
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
    track.year = track.year.or(entry.year);
    if !track.notes.contains(&entry.comment) {
        if !track.notes.is_empty() {
            track.notes.push('\n');
        }
        track.notes.push_str(&entry.comment);
    }
}
