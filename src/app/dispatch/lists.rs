//! Requests about writing tracks of the pool as playlists.

use std::path::Path;
use std::path::PathBuf;

use super::App;
use super::file::Purpose;
use crate::app::Severity;
use crate::app::tasks::Outcome;
use crate::app::tasks::write_list;
use crate::app::tasks::write_list::ListWritten;
use crate::interchange::playlist::ListFormat;
use crate::jobs::Priority;
use crate::model::TrackId;
use crate::platform::AskKind;
use crate::storage::WriteFileError;

impl App {
    /// Asks where the list goes that the pool shows now.
    pub(super) fn ask_for_list(&mut self) {
        self.ask(AskKind::SaveFile, "Export list", Purpose::ExportList);
    }

    /// What a file of a list is called unless somebody says otherwise: as the list, or as the show.
    pub(super) fn list_name(&self) -> String {
        let open = self.pool().query().list;
        let list = open.and_then(|id| self.show()?.list(id));
        let title = self.show().map_or("", |show| show.title.as_str());
        let title = list.map_or(title, |list| list.name.as_str());
        // What no system takes in the name of a file.
        let is_taken = |letter: &char| !letter.is_control() && !r#"\/:*?"<>|"#.contains(*letter);
        let name: String = title.chars().filter(is_taken).collect();
        let name = match name.trim() {
            "" => "Pool",
            name => name,
        };
        format!("{name}.{}", ListFormat::default().extension())
    }

    /// Writes the rows that the pool shows, in the format that the file's name asks for.
    pub(super) fn export_rows(&mut self, mut path: PathBuf) {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let format = ending.and_then(ListFormat::of_extension);
        let format = format.unwrap_or_else(|| {
            // An ending that is none of these is part of the name.
            let mut name = path.file_name().unwrap_or_default().to_owned();
            name.push(".");
            name.push(ListFormat::default().extension());
            path.set_file_name(name);
            ListFormat::default()
        });
        let rows = self.pool().rows().to_vec();
        self.export_list(rows, format, path);
    }

    /// Writes tracks as a list, in the background.
    pub(super) fn export_list(&mut self, tracks: Vec<TrackId>, format: ListFormat, path: PathBuf) {
        let Some(show) = self.show().cloned() else {
            return;
        };
        let places = self.places.clone();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let label = format!("Writing {name}");
        self.jobs.start(Priority::Normal, label, move |work| {
            let written = write_list::write(&show, &places, &tracks, format, &path);
            work.send(Outcome::ListWritten { path, written });
        });
    }

    /// A list was written, or not.
    pub(in crate::app) fn list_written(
        &mut self,
        path: &Path,
        written: Result<ListWritten, WriteFileError>,
    ) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (severity, sentence, detail) = match written {
            Ok(written) => {
                let left_out = match written.n_left_out {
                    0 => String::new(),
                    n => format!("; {n} without a file are left out, which XSPF and CSV can hold"),
                };
                let tracks = match written.n_written {
                    1 => "1 track".to_owned(),
                    n => format!("{n} tracks"),
                };
                (
                    Severity::Info,
                    format!("{name} is written: {tracks}{left_out}"),
                    path.display().to_string(),
                )
            }
            Err(error) => (
                Severity::Error,
                format!("{name} was not written"),
                error.to_string(),
            ),
        };
        self.notices
            .tell(self.now, severity, sentence, vec![detail]);
    }

    /// Writes tracks of the pool as a list, waiting for the disk.
    ///
    /// # Errors
    ///
    /// Fails, with a sentence, when no show is open or the file cannot be written.
    pub fn write_list(
        &self,
        tracks: &[TrackId],
        format: ListFormat,
        path: &Path,
    ) -> Result<ListWritten, String> {
        let show = self.show().ok_or_else(|| "no show is open".to_owned())?;
        write_list::write(show, &self.places, tracks, format, path)
            .map_err(|error| error.to_string())
    }
}
