//! What other programs are given of an episode.

use std::fs;

use needledrop::app::Action;
use needledrop::app::EpisodeAction;
use needledrop::app::Severity;
use needledrop::interchange::timeline::TimelineFormat;
use needledrop::interchange::timeline::WriteOptions;
use tempfile::TempDir;

use super::ask;
use super::support::Stand;
use super::support::show::beach_show;

#[test]
fn the_open_cut_is_written_for_every_program_and_each_says_where() {
    let mut stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    for format in TimelineFormat::ALL {
        let name = format!("{format:?}.{}", format.extension());
        let path = folder.path().join(&name);
        let export = EpisodeAction::ExportTimeline(format, WriteOptions::default(), path);
        ask(&mut stand, Action::Episode(export));
        let told = stand.app.notices().last().expect("it was told");
        assert!(told.sentence.starts_with(&name), "{}", told.sentence);
        let first = told.details.first().expect("it says where");
        assert!(
            fs::metadata(first).is_ok_and(|file| file.len() > 0),
            "{first}"
        );
    }
}

#[test]
fn a_timeline_that_cannot_be_written_is_an_error_with_its_reason() {
    let mut stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    let nowhere = folder.path().join("none/out.otio");
    let format = TimelineFormat::Otio;
    let export = EpisodeAction::ExportTimeline(format, WriteOptions::default(), nowhere);
    ask(&mut stand, Action::Episode(export));
    let told = stand.app.notices().last().expect("it was told");
    assert_eq!(told.severity, Severity::Error);
    assert_eq!(told.sentence, "out.otio was not written");
}

#[test]
fn a_file_without_an_ending_gets_that_of_its_format() {
    let mut stand = Stand::with_show(&beach_show().0);
    let folder = TempDir::new().expect("there is room for a folder");
    let path = folder.path().join("203 Promise");
    let format = TimelineFormat::Xmeml;
    let export = EpisodeAction::ExportTimeline(format, WriteOptions::default(), path.clone());
    ask(&mut stand, Action::Episode(export));
    assert!(path.with_extension("xml").exists());
}
