//! Writing an episode for other programs: its music in place, its markers, its scenes.

use std::path::Path;
use std::path::PathBuf;

use crate::app::places::MediaPlaces;
use crate::app::settings::Settings;
use crate::app::transport::program;
use crate::interchange::timeline;
use crate::interchange::timeline::TimelineFormat;
use crate::interchange::timeline::WriteOptions;
use crate::interchange::timeline::WriteReport;
use crate::model::CutAt;
use crate::model::Decibels;
use crate::model::Media;
use crate::model::Programme;
use crate::model::Show;
use crate::model::Track;
use crate::ops;
use crate::storage::WriteFileError;
use crate::storage::atomic;

/// What was written of an episode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineWritten {
    /// The files: one, or several where one cannot hold it all.
    pub files: Vec<PathBuf>,
    /// How many uses of music are in them, where the format holds music.
    pub n_music: usize,
    /// What the format could not carry.
    pub report: WriteReport,
}

/// The cut at `at` as others are given it; `None` where it is gone. Music is as loud as it is heard
/// here, levelling included where it is on.
pub(in crate::app) fn flattened(
    show: &Show,
    at: CutAt,
    places: &MediaPlaces,
    settings: &Settings,
) -> Option<Programme> {
    let file = |media: &Media| absolute(&places.path(media));
    let level = |track: &Track| match track.measured.loudness {
        Some(_) => program::level(&track.measured, settings),
        // What is not measured is played low because it may be loud; that is no level to hand on.
        None => Decibels::ZERO,
    };
    ops::programme::programme(show, at, file, level)
}

fn absolute(path: &Path) -> String {
    let absolute = std::path::absolute(path);
    let path = absolute.as_deref().unwrap_or(path);
    path.to_string_lossy().into_owned()
}

/// Writes a programme at `path`, or where it takes several files, at names beside it.
///
/// # Errors
///
/// Fails when a file cannot be written; what was there in its place is still there then.
pub(in crate::app) fn write(
    programme: &Programme,
    format: TimelineFormat,
    options: &WriteOptions,
    path: &Path,
) -> Result<TimelineWritten, WriteFileError> {
    let written = timeline::write(format, programme, options);
    let mut files = Vec::new();
    for file in &written.files {
        let path = beside(path, &file.suffix);
        atomic::write(&path, &file.bytes)?;
        files.push(path);
    }
    let n_music = programme.lanes.iter().map(Vec::len).sum();
    Ok(TimelineWritten {
        files,
        n_music: if format.holds_music() { n_music } else { 0 },
        report: written.report,
    })
}

/// The path with something behind the file's name, before its ending.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    if suffix.is_empty() {
        return path.to_owned();
    }
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(suffix);
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_files_apart_stands_before_the_ending() {
        let path = Path::new("/out/203 v4.edl");
        assert_eq!(beside(path, " A3-A4"), Path::new("/out/203 v4 A3-A4.edl"));
        assert_eq!(beside(path, ""), path);
    }
}
