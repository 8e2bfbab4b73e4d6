//! Where a file is on this machine that a playlist names as another machine saw it.
//!
//! Tried are, in this order: the place as it is written; the same with names compared as people
//! read them, in any case and composed or decomposed (macOS writes names in NFD, Unicode Standard
//! Annex 15); and then the end of the place, as much of it as can be, below each of the folders
//! where the playlist's files may lie. Addresses of files lose their escapes (RFC 3986, RFC 8089),
//! paths of Windows their backslashes and their drive.
//!
//! The disk is asked through [`Disk`], so that the rules can be told apart from any disk.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use unicode_normalization::UnicodeNormalization;

/// How many folders deep a place may be: what is deeper is no place.
const MAX_DEPTH: usize = 64;

/// What is asked of a disk.
pub trait Disk {
    /// Whether there is a file, or a link to one, at exactly this path.
    fn is_file(&self, path: &Path) -> bool;

    /// The names of what is in a folder; nothing where there is no such folder.
    fn names(&self, folder: &Path) -> Vec<String>;
}

/// Finds the files of one playlist. What it has seen of the disk it remembers, so it is for one
/// reading of a list and not for keeping.
pub struct Whereabouts<'d> {
    disk: &'d dyn Disk,
    /// The playlist's folder.
    beside: PathBuf,
    /// Folders below which the playlist's files may lie, the likeliest first.
    roots: Vec<PathBuf>,
    /// The names in folders, by how they are compared.
    seen: BTreeMap<PathBuf, BTreeMap<String, Vec<String>>>,
}

impl<'d> Whereabouts<'d> {
    /// For a playlist in the folder `beside`, whose files may lie below it and below `roots`.
    pub fn new(disk: &'d dyn Disk, beside: &Path, roots: Vec<PathBuf>) -> Self {
        Self {
            disk,
            beside: beside.to_owned(),
            roots,
            seen: BTreeMap::new(),
        }
    }

    /// The file at a place as written; nothing where there is none, or where the place is an
    /// address somewhere else.
    pub fn find(&mut self, place: &str) -> Option<PathBuf> {
        let spellings = spellings(place);
        let exactly = spellings
            .iter()
            .map(|spelling| self.beside.join(spelling))
            .find(|path| self.disk.is_file(path));
        exactly.or_else(|| {
            spellings
                .iter()
                .find_map(|spelling| self.find_alike(spelling))
        })
    }

    fn find_alike(&mut self, spelling: &str) -> Option<PathBuf> {
        let parts = Parts::of(spelling)?;
        let names: Vec<&str> = parts.names.iter().map(String::as_str).collect();
        let beside = self.beside.clone();
        if parts.is_relative {
            let mut from = Some(beside.as_path());
            for _ in 0..parts.n_up {
                from = from.and_then(Path::parent);
            }
            if let Some(found) = from.and_then(|from| self.below(from, &names)) {
                return Some(found);
            }
        } else if let Some(found) = self.below(Path::new("/"), &names) {
            return Some(found);
        }
        // The longest end first, wherever it is.
        let roots: Vec<PathBuf> = std::iter::once(beside).chain(self.roots.clone()).collect();
        (0..names.len()).find_map(|from| {
            let end = names.get(from..)?;
            roots.iter().find_map(|root| self.below(root, end))
        })
    }

    /// The file that these names lead to from a folder, name by name.
    fn below(&mut self, folder: &Path, names: &[&str]) -> Option<PathBuf> {
        let (last, folders) = names.split_last()?;
        let mut here = folder.to_owned();
        for name in folders {
            let found = self.names_alike(&here, name).into_iter().next()?;
            here.push(found);
        }
        self.names_alike(&here, last)
            .into_iter()
            .map(|name| here.join(name))
            .find(|path| self.disk.is_file(path))
    }

    /// What in a folder goes by a name: first what is written so, then what reads the same.
    fn names_alike(&mut self, folder: &Path, name: &str) -> Vec<String> {
        let disk = self.disk;
        let seen = self.seen.entry(folder.to_owned()).or_insert_with(|| {
            let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for name in disk.names(folder) {
                seen.entry(alike(&name)).or_default().push(name);
            }
            seen
        });
        let mut found = seen.get(&alike(name)).cloned().unwrap_or_default();
        found.sort_by_key(|found| found != name);
        found
    }
}

/// A name as names are compared: composed, in small letters.
fn alike(name: &str) -> String {
    let composed: String = name.nfc().collect();
    // Small letters may come apart again.
    composed.to_lowercase().nfc().collect()
}

/// The paths that a place may mean, the likeliest first; none for what is no file of a machine.
fn spellings(place: &str) -> Vec<String> {
    let place = place.trim();
    if place.is_empty() {
        return Vec::new();
    }
    match address(place) {
        Address::File(rest) => {
            let (host, path) = match rest.strip_prefix("//") {
                Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
                None => ("", rest),
            };
            let path = unescaped(path).unwrap_or_else(|| path.to_owned());
            let is_here = host.is_empty() || host.eq_ignore_ascii_case("localhost");
            // A drive is not below the root, whatever an address makes of it.
            let path = match path.strip_prefix('/') {
                Some(drive) if drive.get(1..2) == Some(":") => drive.to_owned(),
                _ => path,
            };
            vec![if is_here {
                path
            } else {
                format!("//{host}{path}")
            }]
        }
        Address::Elsewhere => Vec::new(),
        Address::None => {
            let mut spellings = vec![place.to_owned()];
            spellings.extend(unescaped(place).filter(|path| path != place));
            spellings
        }
    }
}

enum Address<'a> {
    /// A path, with what follows `file:`.
    File(&'a str),
    /// An address of something that is no file.
    Elsewhere,
    /// None at all.
    None,
}

fn address(place: &str) -> Address<'_> {
    let Some((scheme, rest)) = place.split_once(':') else {
        return Address::None;
    };
    // One letter is a drive; a scheme has no slashes and blanks in it.
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if scheme.eq_ignore_ascii_case("file") {
        Address::File(rest)
    } else if is_scheme && (rest.starts_with("//") || scheme.eq_ignore_ascii_case("spotify")) {
        Address::Elsewhere
    } else {
        Address::None
    }
}

/// A text without its escapes (`%20`); nothing where it has none, or they are no text.
pub fn unescaped(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten();
        let value = escaped.and_then(|hex| {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let value = digit(*hex.first()?)? * 16 + digit(*hex.get(1)?)?;
            u8::try_from(value).ok()
        });
        match value {
            Some(value) => {
                bytes.push(value);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// A path of whatever system, taken apart.
struct Parts {
    /// Whether it says where it is only beside something.
    is_relative: bool,
    /// How many folders it first goes up.
    n_up: usize,
    /// The names on its way, the file's last.
    names: Vec<String>,
}

impl Parts {
    fn of(path: &str) -> Option<Self> {
        let has_drive = path.get(1..2) == Some(":");
        let is_of_windows = has_drive || !path.contains('/');
        let separators: &[char] = if is_of_windows { &['/', '\\'] } else { &['/'] };
        let without_drive = if has_drive { path.get(2..)? } else { path };
        let is_relative = !has_drive && !path.starts_with(separators);
        let mut n_up = 0;
        let mut names: Vec<String> = Vec::new();
        for part in without_drive.split(separators) {
            match part {
                "" | "." => {}
                ".." => {
                    if names.pop().is_none() {
                        n_up += 1;
                    }
                }
                name => names.push(name.to_owned()),
            }
        }
        (!names.is_empty() && names.len() <= MAX_DEPTH && n_up <= MAX_DEPTH).then_some(Self {
            is_relative,
            n_up,
            names,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk of made-up files.
    struct Files(&'static [&'static str]);

    impl Disk for Files {
        fn is_file(&self, path: &Path) -> bool {
            self.0.iter().any(|file| Path::new(file) == path)
        }

        fn names(&self, folder: &Path) -> Vec<String> {
            let below = self.0.iter().filter_map(|file| {
                let below = Path::new(file).strip_prefix(folder).ok()?;
                let first = below.components().next()?;
                Some(first.as_os_str().to_string_lossy().into_owned())
            });
            let mut names: Vec<String> = below.collect();
            names.sort();
            names.dedup();
            names
        }
    }

    const DISK: Files = Files(&[
        "/lists/beside.mp3",
        "/lists/Music/Fern.mp3",
        "/lists/Music/100%25.mp3",
        "/lists/Cafe\u{301}.mp3",
        "/music/Ada/Tide/Fern.mp3",
        "/music/Kite/Tide/Fern.mp3",
        "/mnt/DRIVE/Ada/Neon Tram.mp3",
        "/music/case/A.mp3",
        "/music/case/a.mp3",
    ]);

    fn find(place: &str) -> Option<String> {
        let roots = vec![PathBuf::from("/music"), PathBuf::from("/mnt")];
        let mut whereabouts = Whereabouts::new(&DISK, Path::new("/lists"), roots);
        let found = whereabouts.find(place)?;
        Some(found.to_string_lossy().replace('\\', "/"))
    }

    #[test]
    fn a_place_is_found_as_another_machine_wrote_it() {
        for (place, found) in [
            ("beside.mp3", "/lists/beside.mp3"),
            ("./Music/../Music/Fern.mp3", "/lists/Music/Fern.mp3"),
            (r"music\FERN.mp3", "/lists/Music/Fern.mp3"),
            ("Music/100%25.mp3", "/lists/Music/100%25.mp3"),
            ("Music/%46ern.mp3", "/lists/Music/Fern.mp3"),
            ("Caf\u{e9}.mp3", "/lists/Cafe\u{301}.mp3"),
            ("file:///lists/Caf%C3%A9.mp3", "/lists/Cafe\u{301}.mp3"),
            (
                "file://localhost/D:/x/Ada/Tide/Fern.mp3",
                "/music/Ada/Tide/Fern.mp3",
            ),
            (
                r"C:\Users\ana\Music\Kite\Tide\fern.MP3",
                "/music/Kite/Tide/Fern.mp3",
            ),
            (
                "/Volumes/Drive/Ada/Neon%20Tram.mp3",
                "/mnt/DRIVE/Ada/Neon Tram.mp3",
            ),
            (
                r"\\server\share\Drive\Ada\Neon Tram.mp3",
                "/mnt/DRIVE/Ada/Neon Tram.mp3",
            ),
            ("../music/Ada/Tide/Fern.mp3", "/music/Ada/Tide/Fern.mp3"),
            ("/music/case/A.mp3", "/music/case/A.mp3"),
            ("/music/CASE/a.mp3", "/music/case/a.mp3"),
        ] {
            assert_eq!(find(place).as_deref(), Some(found), "{place}");
        }
    }

    #[test]
    fn a_place_that_is_no_file_here_is_not_found() {
        for place in [
            "",
            "Halogen.mp3",
            "http://example.com/beside.mp3",
            "spotify:track:4uLU6hMCjMI75M1A2tKUQC",
            "../../../../..",
            "/lists/Music",
            "%",
            "%FF.mp3",
        ] {
            assert_eq!(find(place), None, "{place}");
        }
    }

    #[test]
    fn the_longest_shared_end_wins_over_the_nearest_folder() {
        assert_eq!(
            find("/Users/ana/Kite/Tide/Fern.mp3").as_deref(),
            Some("/music/Kite/Tide/Fern.mp3")
        );
    }

    proptest::proptest! {
        #[test]
        fn any_place_is_looked_for_without_harm(place in "(\\PC|[/\\\\:.%]){0,60}") {
            find(&place);
        }
    }
}
