//! What it takes to list a drive of sound files: to walk it, to read tags and exact lengths, and to
//! find that nothing has changed; beside lofty, and `TagLib` where it is installed.
//!
//! The folder that the variable `NEEDLEDROP_BENCH_DRIVE` names is listed (`tests/peers/corpus.py`
//! makes one of a hundred thousand files); without it there is nothing to measure. Everything but
//! the last runs on one thread. A first round of each brings the files into memory.

use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use lofty::file::AudioFile as _;
use lofty::file::TaggedFileExt as _;
use lofty::tag::Accessor as _;
use needledrop::media;
use needledrop::storage::media_path::Storing;
use rayon::prelude::*;

/// The built program of `tests/peers/taglib_probe.cc`.
const TAGLIB: &str = "NEEDLEDROP_BENCH_TAGLIB";

#[expect(clippy::print_stdout, reason = "a benchmark is there to be read")]
fn main() {
    if drive().is_none() {
        println!("NEEDLEDROP_BENCH_DRIVE names no folder: there is nothing to list.");
        return;
    }
    divan::main();
}

fn drive() -> Option<&'static Path> {
    static DRIVE: OnceLock<Option<PathBuf>> = OnceLock::new();
    let drive = DRIVE.get_or_init(|| {
        let named = std::env::var_os("NEEDLEDROP_BENCH_DRIVE").map(PathBuf::from);
        named.filter(|folder| folder.is_dir())
    });
    drive.as_deref()
}

/// The sound files of the drive, walked as an import walks them.
fn walked() -> Vec<(PathBuf, u64)> {
    let mut paths = Vec::new();
    let roots: Vec<PathBuf> = drive().map(Path::to_owned).into_iter().collect();
    media::scan(&roots, &mut |found| {
        if let media::Found::File { path, size, .. } = found {
            paths.push((path, size));
        }
        ControlFlow::Continue(())
    });
    paths
}

fn files() -> &'static [PathBuf] {
    static FILES: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FILES.get_or_init(|| walked().into_iter().map(|(path, _)| path).collect())
}

fn counted() -> ItemsCount {
    ItemsCount::new(files().len())
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn walking(bencher: Bencher<'_, '_>) {
    bencher.counter(counted()).bench_local(|| walked().len());
}

/// What an import does where the pool has every file as it is.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn rescan(bencher: Bencher<'_, '_>) {
    let show = std::env::temp_dir().join("none.needledrop");
    let mut storing = Storing::beside(&show);
    let known: std::collections::BTreeMap<String, u64> = files()
        .iter()
        .map(|path| (storing.path(path), path.metadata().map_or(0, |it| it.len())))
        .collect();
    bencher.counter(counted()).bench_local(|| {
        let mut storing = Storing::beside(&show);
        let is_known = |(path, size): &(PathBuf, u64)| known.get(&storing.path(path)) == Some(size);
        walked()
            .iter()
            .map(is_known)
            .filter(|is_known| *is_known)
            .count()
    });
}

#[divan::bench(sample_count = 2, sample_size = 1)]
fn tags_and_exact_lengths(bencher: Bencher<'_, '_>) {
    bencher.counter(counted()).bench_local(|| {
        files()
            .iter()
            .filter(|path| media::probe(path).is_ok())
            .count()
    });
}

#[divan::bench(sample_count = 2, sample_size = 1)]
fn tags_and_exact_lengths_on_every_core(bencher: Bencher<'_, '_>) {
    bencher.counter(counted()).bench_local(|| {
        files()
            .par_iter()
            .filter(|path| media::probe(path).is_ok())
            .count()
    });
}

/// As an import reads, whose threads wait for the drive most of the time. To see that, empty the
/// system's memory of files before each round.
#[divan::bench(sample_count = 2, sample_size = 1)]
fn tags_and_exact_lengths_on_sixteen_threads(bencher: Bencher<'_, '_>) {
    let readers = rayon::ThreadPoolBuilder::new().num_threads(16).build();
    let readers = readers.expect("the system gives threads");
    bencher.counter(counted()).bench_local(|| {
        let read = || files().par_iter().filter(|path| media::probe(path).is_ok());
        readers.install(|| read().count())
    });
}

#[divan::bench(sample_count = 2, sample_size = 1)]
fn lofty(bencher: Bencher<'_, '_>) {
    let read = |path: &PathBuf| {
        let file = lofty::read_from_path(path).ok()?;
        let title = file
            .primary_tag()
            .and_then(|tag| tag.title().map(|it| it.len()));
        Some((file.properties().duration(), title))
    };
    bencher
        .counter(counted())
        .bench_local(|| files().iter().filter_map(read).count());
}

#[divan::bench(sample_count = 2, sample_size = 1)]
fn taglib(bencher: Bencher<'_, '_>) {
    let Some(program) = std::env::var_os(TAGLIB) else {
        return;
    };
    let names: Vec<String> = files()
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let names = names.join("\n");
    bencher.counter(counted()).bench_local(|| {
        let mut child = Command::new(&program)
            .arg("-q")
            .stdin(Stdio::piped())
            .spawn()
            .expect("it was built");
        let mut pipe = child.stdin.take().expect("it is a pipe");
        std::io::Write::write_all(&mut pipe, names.as_bytes()).expect("it is read");
        drop(pipe);
        child.wait().expect("it ends").success()
    });
}
