//! The command line: the same core without a window. Results go to standard output (`--json` for
//! programs), progress and errors to standard error, and the exit code tells success from failure.

mod analyze;
mod args;
mod collect;
mod conform;
mod desk;
mod duplicates;
mod episode;
mod export;
mod files;
mod json;
mod markers;
mod pool;
mod pool_lists;
mod probe;
mod render;
mod search;
mod show;
mod text;

use std::io;
use std::io::Write;

pub use args::{Arguments, Command};

use self::desk::Desk;
use crate::app::SoundFiles;
use crate::platform::Folders;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something is wrong with what was asked, or could not be done; the sentence says what.
    #[error("{0}")]
    Said(String),
    /// Part of it could not be done, and was reported.
    #[error("not everything could be done")]
    InPart,
    /// The result could not be printed.
    #[error("the result could not be printed: {0}")]
    Print(#[from] io::Error),
}

impl Failure {
    fn said(sentence: impl Into<String>) -> Self {
        Self::Said(sentence.into())
    }
}

/// Does a command. Results are written to `out`, progress and remarks to `err`.
///
/// # Errors
///
/// Fails when the command cannot be done, wholly or in part; what was done stays done.
pub fn run(
    command: Command,
    folders: Folders,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    let sounds = SoundFiles::standard(&folders);
    let mut desk = Desk::new(folders, err);
    match command {
        Command::New(new) => show::new(&mut desk, &new, out),
        Command::Pool(pool) => pool::run(&mut desk, pool, out),
        Command::Probe(probe) => probe::run(&probe, &sounds, out),
        Command::Analyze(analyze) => analyze::run(&mut desk, &analyze, &sounds, out),
        Command::Episode(episode) => episode::run(&mut desk, episode, out),
        Command::Markers(markers) => markers::run(&markers, out),
        Command::Conform(it) => conform::run(&mut desk, &it, out),
        Command::Place(place) => episode::place(&mut desk, &place, out),
        Command::Show(shown) => show::print(&mut desk, &shown, out),
        Command::Merge(merge) => show::merge(&merge, out),
        Command::Search(search) => search::run(&mut desk, &search, out),
        Command::Render(render) => render::run(&mut desk, &render, out),
        Command::Export(export) => export::run(&mut desk, &export, out),
    }
}
