//! Requests about writing scenes as sound files.

use std::path::Path;
use std::path::PathBuf;

use super::App;
use crate::app::Severity;
use crate::app::render::{Passage, RenderChoice, RenderError, Rendered};
use crate::app::tasks::Outcome;
use crate::jobs::Counts;
use crate::jobs::Priority;

/// Into how many steps the progress of an export is counted.
const STEPS: u64 = 100;

impl App {
    /// What a scene's file is called unless somebody says otherwise: "203 12A INT.
    /// BEACH HUT - NIGHT.wav".
    pub(super) fn export_name(&self, passage: Passage) -> String {
        let (Some((_, episode, cut)), Some(show)) = (self.open_cut(), self.show()) else {
            return String::new();
        };
        let name = format!("{} {}", episode.number, passage.title(show, cut));
        // What no system takes in the name of a file.
        let is_taken = |letter: char| !letter.is_control() && !r#"\/:*?"<>|"#.contains(letter);
        let name: String = name.chars().filter(|letter| is_taken(*letter)).collect();
        format!("{}.wav", name.trim())
    }

    /// Writes a passage of the open cut, as it is now, in the background.
    pub(super) fn export(&mut self, passage: Passage, choice: RenderChoice, mut path: PathBuf) {
        let order = self
            .selection
            .cut()
            .and_then(|at| self.render_order(at, passage, choice));
        let Some(order) = order else { return };
        if path.extension().is_none() {
            path.set_extension("wav");
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let label = format!("Writing {name}");
        let sounds = self.outside.sounds.clone();
        self.jobs.start(Priority::Normal, label, move |work| {
            work.count(Counts {
                found: STEPS,
                ..Counts::default()
            });
            let mut n_told = 0;
            let tell = |share: f32| {
                let n_done = (share * STEPS as f32) as u64;
                work.count(Counts {
                    done: n_done - n_told,
                    ..Counts::default()
                });
                n_told = n_done;
            };
            let written = order.write(&path, sounds, tell, || work.is_cancelled());
            work.send(Outcome::Exported { path, written });
        });
    }

    /// A scene was written, or not.
    pub(in crate::app) fn exported(&mut self, path: &Path, written: Result<Rendered, RenderError>) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (severity, sentence, details) = match written {
            Ok(rendered) if rendered.missing.is_empty() => (
                Severity::Info,
                format!("{name} is written"),
                vec![path.display().to_string()],
            ),
            Ok(rendered) => (
                Severity::Warning,
                format!("{name} is written, but not all of it could be read"),
                rendered
                    .missing
                    .into_iter()
                    .map(|(file, why)| format!("{file}: {why}"))
                    .collect(),
            ),
            Err(RenderError::Cancelled) => return,
            Err(error) => (
                Severity::Error,
                format!("{name} was not written"),
                vec![error.to_string()],
            ),
        };
        self.notices.tell(self.now, severity, sentence, details);
    }
}
