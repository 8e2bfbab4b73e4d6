//! How a show tells where a sound file is: relative to its own folder where the file lies below
//! it, so that a folder moved as a whole, or seen from another machine, still fits together.

use std::path::{Component, Path, PathBuf};

use super::atomic::folder_of;

/// The path of `media` as the show at `show_file` keeps it: relative to the show's folder with `/`
/// between folders where it lies below it, else as it is. Characters that are no Unicode, which
/// only some systems allow in names, are lost.
pub fn to_stored(media: &Path, show_file: &Path) -> String {
    Storing::beside(show_file).path(media)
}

/// Says of many files where they are, as a show keeps it: what it takes to follow the links of a
/// folder is done once for all that lie in it, as a drive has a hundred thousand files in a few
/// thousand folders.
#[derive(Clone, Debug)]
pub struct Storing {
    folder: PathBuf,
    real_folder: Option<PathBuf>,
    /// The folder that was asked about last, and where its links lead.
    last: Option<(PathBuf, Option<PathBuf>)>,
}

impl Storing {
    /// For the show at `show_file`.
    pub fn beside(show_file: &Path) -> Self {
        let folder = absolute(folder_of(show_file));
        Self {
            real_folder: folder.canonicalize().ok(),
            folder,
            last: None,
        }
    }

    /// The path of `media` as [`to_stored`] has it.
    pub fn path(&mut self, media: &Path) -> String {
        let media = absolute(media);
        let below = media.strip_prefix(&self.folder).map(Path::to_owned).ok();
        match below.or_else(|| self.below_by_links(&media)) {
            Some(below) => {
                let names = below
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy());
                names.collect::<Vec<_>>().join("/")
            }
            None => media.to_string_lossy().into_owned(),
        }
    }

    /// The path below the show's folder, where links of folders lead there.
    fn below_by_links(&mut self, media: &Path) -> Option<PathBuf> {
        let (around, name) = (media.parent()?, media.file_name()?);
        if self
            .last
            .as_ref()
            .is_none_or(|(folder, _)| folder != around)
        {
            self.last = Some((around.to_owned(), around.canonicalize().ok()));
        }
        let (_, real) = self.last.as_ref()?;
        let media = real.as_ref()?.join(name);
        let below = media.strip_prefix(self.real_folder.as_ref()?);
        below.map(Path::to_owned).ok()
    }
}

/// Where a path that the show at `show_file` keeps leads to on this machine.
pub fn from_stored(stored: &str, show_file: &Path) -> PathBuf {
    if Path::new(stored).is_absolute() {
        return PathBuf::from(stored);
    }
    let mut path = folder_of(show_file).to_owned();
    path.extend(stored.split('/').filter(|name| !name.is_empty()));
    path
}

/// The first of the places where a file has been seen at which there is one now.
pub fn find<'p>(stored: impl IntoIterator<Item = &'p String>, show_file: &Path) -> Option<PathBuf> {
    let places = stored.into_iter().map(|path| from_stored(path, show_file));
    places.into_iter().find(|place| place.is_file())
}

/// The same path from the root, without `.` and `..`; links are not followed.
fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_is_empty| path.to_owned());
    let mut plain = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    const SHOW: &str = "/shows/promise/Promise.needledrop";
    #[cfg(windows)]
    const SHOW: &str = r"C:\shows\promise\Promise.needledrop";

    fn beside_show(path: &str) -> PathBuf {
        folder_of(Path::new(SHOW)).join(path)
    }

    #[test]
    fn a_file_below_the_show_is_told_relative_to_it() {
        let media = beside_show("Music").join("Fern.wav");
        let stored = to_stored(&media, Path::new(SHOW));
        assert_eq!(stored, "Music/Fern.wav");
        assert_eq!(from_stored(&stored, Path::new(SHOW)), media);
    }

    #[test]
    fn a_file_elsewhere_is_told_from_the_root() {
        let media = beside_show("..").join("Fern.wav");
        let stored = to_stored(&media, Path::new(SHOW));
        assert!(Path::new(&stored).is_absolute(), "{stored}");
        let found = from_stored(&stored, Path::new(SHOW));
        assert_eq!(found, absolute(&media));
    }

    #[test]
    fn a_roundabout_way_leads_to_the_same() {
        let media = beside_show("Music").join("..").join("Fern.wav");
        assert_eq!(to_stored(&media, Path::new(SHOW)), "Fern.wav");
    }

    #[test]
    fn a_folder_whose_name_begins_alike_is_elsewhere() {
        let media = beside_show("../promise two").join("Fern.wav");
        let stored = to_stored(&media, Path::new(SHOW));
        assert!(Path::new(&stored).is_absolute(), "{stored}");
    }

    #[cfg(unix)]
    #[test]
    fn a_show_reached_by_a_link_has_its_files_below_it_all_the_same() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::create_dir(&real).expect("it can be written to");
        std::os::unix::fs::symlink(&real, &link).expect("links can be made");
        let media = real.join("Fern.wav");
        std::fs::write(&media, b"").expect("it can be written to");
        assert_eq!(to_stored(&media, &link.join("a.needledrop")), "Fern.wav");
    }

    #[test]
    fn a_file_is_found_where_it_is_now() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let show = folder.path().join("Promise.needledrop");
        let media = folder.path().join("Fern.wav");
        std::fs::write(&media, b"").expect("it can be written to");
        let seen = ["Music/Fern.wav".to_owned(), "Fern.wav".to_owned()];
        assert_eq!(find(&seen, &show), Some(media));
        assert_eq!(find(&seen[..1], &show), None);
    }
}
