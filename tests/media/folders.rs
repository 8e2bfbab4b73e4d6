//! Finding sound files in folders.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use needledrop::media::Chosen;
use needledrop::media::Found;
use needledrop::media::scan;

use crate::support::folder;

/// Makes empty files, and the folders they are in.
fn touch(root: &Path, names: &[&str]) {
    for name in names {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("has a folder")).expect("there is room");
        fs::write(path, b"").expect("there is room");
    }
}

/// What a scan reports, in words, with paths from `root`.
fn reported(root: &Path, roots: &[PathBuf]) -> Vec<String> {
    let mut found = Vec::new();
    scan(roots, &mut |one| {
        let (word, path) = match one {
            Found::File {
                path,
                chosen: Chosen::InFolder,
                ..
            } => ("", path),
            Found::File {
                path,
                chosen: Chosen::ByName,
                ..
            } => ("by name: ", path),
            Found::Unreadable { path, .. } => ("unreadable: ", path),
            Found::NotEntered { path } => ("not entered: ", path),
        };
        let inside = path.strip_prefix(root).expect("below the root");
        found.push(format!(
            "{word}{}",
            inside.to_string_lossy().replace('\\', "/")
        ));
        ControlFlow::Continue(())
    });
    found
}

#[test]
fn sound_files_come_in_the_order_people_expect() {
    let folder = folder();
    let root = folder.path();
    touch(
        root,
        &[
            "b/10.mp3",
            "b/9.WAV",
            "a.flac",
            "B2.ogg",
            "notes.txt",
            "c/d/e.m4a",
        ],
    );
    let found = reported(root, &[root.to_owned()]);
    assert_eq!(
        found,
        ["a.flac", "b/9.WAV", "b/10.mp3", "B2.ogg", "c/d/e.m4a"]
    );
}

#[test]
fn hidden_files_are_passed_over() {
    let folder = folder();
    let root = folder.path();
    touch(
        root,
        &[
            ".hidden.mp3",
            "._a.mp3",
            "a.mp3",
            ".trash/b.mp3",
            "__MACOSX/c.mp3",
        ],
    );
    assert_eq!(reported(root, &[root.to_owned()]), ["a.mp3"]);
}

#[test]
fn a_file_asked_for_by_name_is_reported_whatever_it_is_called() {
    let folder = folder();
    let root = folder.path();
    touch(root, &["take 3"]);
    assert_eq!(reported(root, &[root.join("take 3")]), ["by name: take 3"]);
}

#[test]
fn a_path_that_is_not_there_is_told() {
    let folder = folder();
    let root = folder.path();
    assert_eq!(reported(root, &[root.join("gone")]), ["unreadable: gone"]);
}

#[test]
fn a_scan_ends_when_it_is_told_to() {
    let folder = folder();
    let root = folder.path();
    touch(root, &["a.mp3", "b.mp3", "c.mp3"]);
    let mut n = 0;
    scan(&[root.to_owned(), root.to_owned()], &mut |_| {
        n += 1;
        ControlFlow::Break(())
    });
    assert_eq!(n, 1);
}

#[cfg(unix)]
#[test]
fn links_that_make_a_loop_are_entered_once() {
    let folder = folder();
    let root = folder.path();
    touch(root, &["in/a.mp3"]);
    std::os::unix::fs::symlink(root, root.join("in/loop")).expect("links can be made");
    let found = reported(root, &[root.to_owned()]);
    assert_eq!(found, ["in/a.mp3", "not entered: in/loop"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_told_if_it_was_to_be_sound() {
    let folder = folder();
    let root = folder.path();
    for name in ["gone.mp3", "gone.txt"] {
        std::os::unix::fs::symlink(root.join("nowhere"), root.join(name)).expect("can be made");
    }
    assert_eq!(reported(root, &[root.to_owned()]), ["unreadable: gone.mp3"]);
}
