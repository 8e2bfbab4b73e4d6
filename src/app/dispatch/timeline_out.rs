//! Requests about writing an episode for other programs.

use std::path::Path;
use std::path::PathBuf;

use super::App;
use super::file::Purpose;
use crate::app::Severity;
use crate::app::tasks::Outcome;
use crate::app::tasks::write_cue_sheet;
use crate::app::tasks::write_cue_sheet::CueSheetError;
use crate::app::tasks::write_timeline;
use crate::app::tasks::write_timeline::TimelineWritten;
use crate::interchange::cue_sheet::SheetFormat;
use crate::interchange::timeline::TimelineFormat;
use crate::interchange::timeline::WriteOptions;
use crate::jobs::Priority;
use crate::model::CutAt;
use crate::model::Programme;
use crate::model::Sheet;
use crate::model::TrackId;
use crate::platform::AskKind;
use crate::storage::WriteFileError;

impl App {
    /// Asks where the open cut goes in a format.
    pub(super) fn ask_for_timeline(&mut self, format: TimelineFormat) {
        let title = format!("Export {}", format.name());
        self.ask(AskKind::SaveFile, &title, Purpose::Timeline(format));
    }

    /// What the open cut's file is called unless somebody says otherwise: "203 Promise v4.otio".
    pub(super) fn timeline_name(&self, format: TimelineFormat) -> String {
        let Some((_, episode, cut)) = self.open_cut() else {
            return String::new();
        };
        let kind = if format.holds_music() { "" } else { " markers" };
        let name = format!("{} {} v{}{kind}", episode.number, episode.title, cut.number);
        // What no system takes in the name of a file.
        let is_taken = |letter: &char| !letter.is_control() && !r#"\/:*?"<>|"#.contains(*letter);
        let name: String = name.chars().filter(is_taken).collect();
        format!("{}.{}", name.trim(), format.extension())
    }

    /// Writes the open cut, as it is now, in the background.
    pub(super) fn export_timeline(
        &mut self,
        format: TimelineFormat,
        options: WriteOptions,
        mut path: PathBuf,
    ) {
        let Some(at) = self.selection.cut() else {
            return;
        };
        let Some(programme) = self.programme(at) else {
            return;
        };
        if path.extension().is_none() {
            path.set_extension(format.extension());
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let label = format!("Writing {name}");
        self.jobs.start(Priority::Normal, label, move |work| {
            let written = write_timeline::write(&programme, format, &options, &path);
            work.send(Outcome::TimelineWritten { path, written });
        });
    }

    /// An episode was written, or not.
    pub(in crate::app) fn timeline_written(
        &mut self,
        path: &Path,
        written: Result<TimelineWritten, WriteFileError>,
    ) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (severity, sentence, details) = match written {
            Ok(written) => {
                let files = match written.files.len() {
                    0 | 1 => format!("{name} is written"),
                    n => format!("{name} is written as {n} files"),
                };
                let music = match written.n_music {
                    0 => String::new(),
                    1 => ", with 1 piece of music".to_owned(),
                    n => format!(", with {n} pieces of music"),
                };
                let paths = written.files.iter().map(|path| path.display().to_string());
                let remarks = written.report.remarks().iter().map(ToString::to_string);
                let severity = if written.report.lacks_music() {
                    Severity::Warning
                } else {
                    Severity::Info
                };
                (
                    severity,
                    format!("{files}{music}"),
                    paths.chain(remarks).collect(),
                )
            }
            Err(error) => (
                Severity::Error,
                format!("{name} was not written"),
                vec![error.to_string()],
            ),
        };
        self.notices.tell(self.now, severity, sentence, details);
    }

    /// A cut as other programs are given it; `None` where it is gone.
    pub fn programme(&self, at: CutAt) -> Option<Programme> {
        write_timeline::flattened(self.show()?, at, &self.places, &self.settings)
    }

    /// Writes a cut for other programs, waiting for the disk.
    ///
    /// # Errors
    ///
    /// Fails, with a sentence, when the cut is gone or a file cannot be written.
    pub fn write_timeline(
        &self,
        at: CutAt,
        format: TimelineFormat,
        options: &WriteOptions,
        path: &Path,
    ) -> Result<TimelineWritten, String> {
        let programme = self.programme(at).ok_or("the cut no longer exists")?;
        write_timeline::write(&programme, format, options, path).map_err(|error| error.to_string())
    }

    /// The tracks that are used in a cut, in running order, each once.
    pub fn used_tracks(&self, at: CutAt) -> Vec<TrackId> {
        let cut = self.show().and_then(|show| show.cut(at));
        let mut tracks = Vec::new();
        for (_, slot) in cut.into_iter().flat_map(crate::model::Cut::slots) {
            let picked = slot.picked().map(|(_, alternate)| alternate.track);
            tracks.extend(picked.filter(|track| !tracks.contains(track)));
        }
        tracks
    }

    /// Writes the cue sheet of a cut as a template says, waiting for the disk.
    ///
    /// # Errors
    ///
    /// Fails when the cut is gone, there is no such template, or the file cannot be written.
    pub fn write_cue_sheet(
        &self,
        at: CutAt,
        template: &str,
        format: SheetFormat,
        path: &Path,
    ) -> Result<Sheet, CueSheetError> {
        let show = self.show().ok_or(CueSheetError::Gone)?;
        let template = write_cue_sheet::template(template)?;
        write_cue_sheet::write(show, at, &template, format, path)
    }
}
