//! Requests about the guide: the cut's own sound.

use std::path::Path;
use std::path::PathBuf;

use super::App;
use super::episode::file_name;
use crate::app::Severity;
use crate::app::tasks::Outcome;
use crate::app::tasks::track;
use crate::app::tasks::track::GuideFile;
use crate::jobs::Priority;
use crate::model::Change;
use crate::model::Cut;
use crate::model::CutAt;
use crate::model::CutField;
use crate::model::Decibels;
use crate::model::Edit;
use crate::model::Guide;
use crate::model::Transaction;
use crate::time::TickSpan;
use crate::time::Ticks;

impl App {
    /// Has a sound file read as the guide of the open cut.
    pub(super) fn read_guide(&mut self, path: PathBuf) {
        let Some(at) = self.selection.cut() else {
            return;
        };
        let show_file = self.places.show_file().to_owned();
        let label = format!("Reading {}", file_name(&path));
        let sounds = self.outside.sounds.clone();
        self.jobs.start(Priority::Normal, label, move |work| {
            let read = track::guide(&path, &show_file, &sounds, &mut work.shares());
            // Who called it off need not be told.
            if !work.is_cancelled() {
                work.send(Outcome::GuideRead { at, path, read });
            }
        });
    }

    /// A sound file was read: it is the guide of the cut, and lies where its timecode says, or on
    /// the cut's first frame.
    pub(in crate::app) fn guide_read(
        &mut self,
        at: CutAt,
        path: &Path,
        read: Result<GuideFile, String>,
    ) {
        let file = match read {
            Ok(file) => file,
            Err(why) => {
                let sentence = format!("{} cannot be the guide: {why}", file_name(path));
                let details = vec![path.display().to_string()];
                self.notices
                    .tell(self.now, Severity::Error, sentence, details);
                return;
            }
        };
        let Some(cut) = self.show().and_then(|show| show.cut(at)) else {
            return;
        };
        let offset = file
            .begins
            .and_then(|begins| offset_of(cut, begins, file.media.duration()));
        let said = match (file.begins, offset) {
            (None, _) => None,
            (Some(_), Some(offset)) => Some((
                Severity::Info,
                format!(
                    "The guide lies by its timecode: it begins at {}",
                    cut.label(offset)
                ),
            )),
            (Some(_), None) => Some((
                Severity::Warning,
                "The guide's timecode lies outside the cut, so it begins on the first frame"
                    .to_owned(),
            )),
        };
        let media = file.media;
        self.places
            .remember(media.hash.clone(), Some(path.to_owned()));
        let guide = Guide {
            media,
            offset: offset.unwrap_or(Ticks::ZERO),
            gain: Decibels::ZERO,
        };
        let edit = Edit::Cut(at, Change::Set(CutField::Guide(Some(guide))));
        self.commit(&Transaction::new("set the guide", vec![edit]));
        if let Some((severity, sentence)) = said {
            let details = vec![path.display().to_string()];
            self.notices.tell(self.now, severity, sentence, details);
        }
    }

    pub(super) fn remove_guide(&mut self) {
        if let Some(at) = self.selection.cut() {
            let edit = Edit::Cut(at, Change::Set(CutField::Guide(None)));
            self.commit(&Transaction::new("remove the guide", vec![edit]));
        }
    }

    /// Changes the guide of the open cut, if that changes anything.
    pub(super) fn change_guide(&mut self, label: &str, change: impl FnOnce(&mut Guide)) {
        let Some((at, _, cut)) = self.open_cut() else {
            return;
        };
        let Some(before) = &cut.guide else { return };
        let mut after = before.clone();
        change(&mut after);
        if after != *before {
            let edit = Edit::Cut(at, Change::Set(CutField::Guide(Some(after))));
            self.commit(&Transaction::new(label, vec![edit]));
        }
    }
}

/// Where a sound of some length falls in the cut that was first heard so long after midnight;
/// `None` where nothing of it would be heard in the cut. The clock has 24 hours, so a cut that
/// starts at 23:59 goes on after midnight.
fn offset_of(cut: &Cut, begins: Ticks, length: Ticks) -> Option<Ticks> {
    let day = Ticks::from_secs(24 * 3600);
    let first = cut.timebase.rate().to_ticks(cut.start);
    [Ticks::ZERO - day, Ticks::ZERO, day]
        .into_iter()
        .map(|shift| begins + shift - first)
        .find(|offset| {
            let lies = TickSpan::with_length(*offset, length);
            lies.start() < cut.length && lies.end() > Ticks::ZERO
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Frames;

    /// An hour that starts at so many hours and minutes.
    fn cut(hours: i64, minutes: i64) -> Cut {
        Cut {
            start: Frames::new((hours * 60 + minutes) * 60 * 25),
            length: Ticks::from_secs(3600),
            ..Cut::default()
        }
    }

    fn at(hours: i64, minutes: i64) -> Ticks {
        Ticks::from_secs((hours * 60 + minutes) * 60)
    }

    #[test]
    fn a_guide_lies_where_its_timecode_says() {
        let minute = Ticks::from_secs(60);
        assert_eq!(offset_of(&cut(10, 0), at(10, 0), minute), Some(Ticks::ZERO));
        assert_eq!(offset_of(&cut(10, 0), at(10, 5), minute), Some(at(0, 5)));
        let early = Ticks::ZERO - at(0, 1);
        assert_eq!(offset_of(&cut(10, 0), at(9, 59), at(0, 2)), Some(early));
    }

    #[test]
    fn a_guide_from_another_hour_is_not_laid_out_of_sight() {
        let minute = Ticks::from_secs(60);
        assert_eq!(offset_of(&cut(10, 0), at(1, 0), minute), None);
        assert_eq!(offset_of(&cut(10, 0), at(9, 59), minute), None);
    }

    #[test]
    fn a_cut_goes_on_after_midnight() {
        let minute = Ticks::from_secs(60);
        assert_eq!(offset_of(&cut(23, 50), at(0, 5), minute), Some(at(0, 15)));
    }
}
