//! How the show's file names sound files: relative to its own folder where they lie below it, with
//! `/` between folders, so that show and sounds can be moved, and opened on another system,
//! together.

use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

/// The name of the file at `path` in a show whose file lies in `folder`. Both are absolute.
pub fn to_media_path(folder: &Path, path: &Path) -> String {
    let Ok(below) = path.strip_prefix(folder) else {
        return path.to_string_lossy().into_owned();
    };
    let parts: Vec<_> = below
        .components()
        .filter_map(|component| match component {
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        })
        .collect();
    parts.join("/")
}

/// Where a file named so lies, for a show whose file lies in `folder`.
pub fn from_media_path(folder: &Path, name: &str) -> PathBuf {
    let path = Path::new(name);
    if path.is_absolute() {
        return path.to_owned();
    }
    let mut found = folder.to_owned();
    found.extend(name.split('/'));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_beside_the_show_is_named_without_the_folder() {
        let folder = Path::new("/shows/one");
        let path = Path::new("/shows/one/media/a b.wav");
        assert_eq!(to_media_path(folder, path), "media/a b.wav");
        assert_eq!(from_media_path(folder, "media/a b.wav"), path);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_elsewhere_keeps_its_whole_path() {
        let folder = Path::new("/shows/one");
        let path = Path::new("/music/a.wav");
        let name = to_media_path(folder, path);
        assert_eq!(name, "/music/a.wav");
        assert_eq!(from_media_path(folder, &name), path);
    }
}
