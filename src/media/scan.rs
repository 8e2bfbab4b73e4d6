//! Finding sound files in folders.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

/// Extensions that sound files go by. What a file is its bytes decide; a name only says whether it
/// is worth a look.
const EXTENSIONS: &[&str] = &[
    "aac", "aif", "aifc", "aiff", "alac", "bwf", "caf", "flac", "m4a", "m4b", "m4r", "mka", "mp1",
    "mp2", "mp3", "mp4", "mpga", "oga", "ogg", "opus", "rf64", "wav", "wave", "webm",
];
/// Folders inside folders that are gone into.
const MAX_DEPTH: usize = 64;

/// Whether a file was asked for by its own name, or came up in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// By its own name: then it is wanted, whatever it is called.
    ByName,
    /// In a folder.
    InFolder,
}

/// What came up in a scan.
#[derive(Debug)]
pub enum Found {
    /// A file that may be sound.
    File {
        /// The file.
        path: PathBuf,
        /// How it came to be looked at.
        chosen: Chosen,
        /// Its size in bytes.
        size: u64,
    },
    /// Something that could not be looked into.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A folder that was not gone into, because it is one already seen (links make loops) or too
    /// many folders lie around it.
    NotEntered {
        /// The folder.
        path: PathBuf,
    },
}

/// Walks through files and folders and reports what may be sound, folders in depth, each folder's
/// entries in the order people would put them: "2" before "10", capitals beside small letters.
///
/// `report` may end the walk. Links are followed; a folder is entered once. Hidden files and those
/// that systems put beside others are passed over. Blocking; for worker threads only.
pub fn scan(roots: &[PathBuf], report: &mut dyn FnMut(Found) -> ControlFlow<()>) {
    let mut walk = Walk {
        entered: BTreeSet::new(),
        report,
    };
    for root in roots {
        if walk.root(root).is_break() {
            return;
        }
    }
}

/// Whether a name has an extension that sound files go by.
pub fn looks_like_sound(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| {
            let extension = extension.to_ascii_lowercase();
            EXTENSIONS.contains(&extension.as_str())
        })
}

struct Walk<'a> {
    entered: BTreeSet<PathBuf>,
    report: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
}

impl Walk<'_> {
    fn root(&mut self, root: &Path) -> ControlFlow<()> {
        match fs::metadata(root) {
            Ok(metadata) if metadata.is_dir() => self.folder(root, 0),
            // Whether it is a file at all is for whoever opens it to say, in one voice.
            Ok(metadata) => (self.report)(Found::File {
                path: root.to_owned(),
                chosen: Chosen::ByName,
                size: metadata.len(),
            }),
            Err(error) => self.unreadable(root, error),
        }
    }

    fn folder(&mut self, folder: &Path, depth: usize) -> ControlFlow<()> {
        let identity = match fs::canonicalize(folder) {
            Ok(identity) => identity,
            Err(error) => return self.unreadable(folder, error),
        };
        if depth > MAX_DEPTH || !self.entered.insert(identity) {
            return (self.report)(Found::NotEntered {
                path: folder.to_owned(),
            });
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, error),
        };
        let mut named = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    if !is_hidden(&name) {
                        named.push((name, entry.path()));
                    }
                }
                Err(error) => self.unreadable(folder, error)?,
            }
        }
        named.sort_by(|(a, _), (b, _)| natural_order(a, b));
        for (_, path) in named {
            self.entry(path, depth)?;
        }
        ControlFlow::Continue(())
    }

    fn entry(&mut self, path: PathBuf, depth: usize) -> ControlFlow<()> {
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => self.folder(&path, depth + 1),
            Ok(metadata) if metadata.is_file() && looks_like_sound(&path) => {
                (self.report)(Found::File {
                    path,
                    chosen: Chosen::InFolder,
                    size: metadata.len(),
                })
            }
            // A link to nowhere is worth telling of only if it was to be sound.
            Err(error)
                if looks_like_sound(&path) || error.kind() == io::ErrorKind::PermissionDenied =>
            {
                self.unreadable(&path, error)
            }
            Ok(_) | Err(_) => ControlFlow::Continue(()),
        }
    }

    fn unreadable(&mut self, path: &Path, error: io::Error) -> ControlFlow<()> {
        (self.report)(Found::Unreadable {
            path: path.to_owned(),
            error,
        })
    }
}

/// Whether a file is the system's, not the user's: hidden, or one of the companions that macOS and
/// Windows write beside others.
fn is_hidden(name: &str) -> bool {
    const COMPANIONS: [&str; 5] = [
        "$recycle.bin",
        "system volume information",
        "thumbs.db",
        "desktop.ini",
        "__macosx",
    ];
    let name = name.to_lowercase();
    name.starts_with('.') || COMPANIONS.contains(&name.as_str())
}

/// Compares names as people do: runs of digits by their value, letters without regard to case.
/// Names that are alike in that way keep the order of their characters.
fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.chars().peekable(), b.chars().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                number(&mut left).cmp(&number(&mut right))
            }
            (Some(x), Some(y)) => {
                let order = if x.is_ascii() && y.is_ascii() {
                    x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase())
                } else {
                    x.to_lowercase().cmp(y.to_lowercase())
                };
                left.next();
                right.next();
                order
            }
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// A run of digits, as something that compares by its value whatever its length.
fn number(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> (usize, String) {
    let mut digits = String::new();
    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
        if digit != '0' || !digits.is_empty() {
            digits.push(digit);
        }
    }
    (digits.len(), digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut names: Vec<&str>) -> Vec<&str> {
        names.sort_by(|a, b| natural_order(a, b));
        names
    }

    #[test]
    fn numbers_in_names_are_put_in_order_of_their_value() {
        let names = vec!["10 Fern.mp3", "2 fern.mp3", "1 Halogen.mp3", "02 Coast.mp3"];
        let expected = ["1 Halogen.mp3", "02 Coast.mp3", "2 fern.mp3", "10 Fern.mp3"];
        assert_eq!(sorted(names), expected);
    }

    #[test]
    fn capitals_stand_beside_small_letters() {
        assert_eq!(sorted(vec!["b", "C", "a", "B"]), ["a", "B", "b", "C"]);
    }

    #[test]
    fn extensions_are_known_in_any_case() {
        assert!(looks_like_sound(Path::new("a/b.MP3")));
        assert!(!looks_like_sound(Path::new("a/b.txt")));
        assert!(!looks_like_sound(Path::new("mp3")));
    }

    proptest::proptest! {
        #[test]
        fn the_order_of_names_is_an_order(a in "[aB0-9]{0,6}", b in "[aB0-9]{0,6}", c in "[aB0-9]{0,6}") {
            proptest::prop_assert_eq!(natural_order(&a, &b), natural_order(&b, &a).reverse());
            if natural_order(&a, &b).is_le() && natural_order(&b, &c).is_le() {
                proptest::prop_assert!(natural_order(&a, &c).is_le());
            }
            proptest::prop_assert_eq!(natural_order(&a, &b).is_eq(), a == b);
        }
    }
}
