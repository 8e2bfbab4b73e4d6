//! Requests about bringing the show's sound files together.

use std::path::Path;

use super::App;
use crate::app::Severity;
use crate::app::tasks::collect;
use crate::app::tasks::collect::{CollectPlan, Collected};
use crate::app::tasks::relink::FileOf;
use crate::jobs::Priority;
use crate::model::Change;
use crate::model::CutField;
use crate::model::Edit;
use crate::model::Guide;
use crate::model::Media;
use crate::model::TrackField;
use crate::model::Transaction;
use crate::storage::media_path;

impl App {
    /// What collecting the show's media comes to. Looks for every file: for the command line.
    pub fn plan_collecting(&self) -> CollectPlan {
        let show = self.show();
        show.map(|show| collect::plan(show, &self.places))
            .unwrap_or_default()
    }

    /// What came of collecting media last, until it is asked for.
    pub fn take_collected(&mut self) -> Option<Collected> {
        self.collected.take()
    }

    /// Copies the show's sound files into a folder beside it.
    pub(super) fn collect_media(&mut self) {
        let Some(session) = &self.session else { return };
        let (number, show) = (session.number(), session.show().clone());
        let places = self.places.clone();
        let label = "Collecting media";
        self.jobs.start(Priority::Normal, label, move |work| {
            collect::collect(work, number, &show, &places);
        });
    }

    /// Files were copied: now the tracks point to the copies.
    pub(in crate::app) fn media_collected(&mut self, session: u64, collected: Collected) {
        let is_other = |it: &crate::app::Session| it.number() != session;
        if self.session.as_ref().is_none_or(is_other) {
            return;
        }
        if !collected.was_cancelled && collected.no_room.is_none() {
            self.point_to_copies(&collected);
        }
        let (severity, sentence) = said(&collected);
        let failed = collected.failed.iter();
        let details = failed.map(|(title, why)| format!("{title}: {why}"));
        self.notices
            .tell(self.now, severity, sentence, details.collect());
        self.collected = Some(collected);
    }

    fn point_to_copies(&mut self, collected: &Collected) {
        let show_file = self.places.show_file().to_owned();
        let Some(show) = self.show() else { return };
        let moved = |media: &Media, to: &Path| {
            let here = media_path::to_stored(to, &show_file);
            let mut paths = vec![here.clone()];
            // The original may be all there is on another machine.
            paths.extend(media.paths.iter().filter(|path| **path != here).cloned());
            Media {
                paths,
                ..media.clone()
            }
        };
        let mut edits = Vec::new();
        for file in &collected.copied {
            let is_it = |media: &&Media| media.hash == file.media.hash;
            for of in &file.of {
                match *of {
                    FileOf::Track(id) => {
                        let media = show.track(id).and_then(|track| track.media.as_ref());
                        edits.extend(media.filter(is_it).map(|media| {
                            let field = TrackField::Media(Some(moved(media, &file.to)));
                            Edit::Track(id, Change::Set(field))
                        }));
                    }
                    FileOf::Guide(at) => {
                        let guide = show.cut(at).and_then(|cut| cut.guide.as_ref());
                        edits.extend(guide.filter(|it| is_it(&&it.media)).map(|guide| {
                            let guide = Guide {
                                media: moved(&guide.media, &file.to),
                                ..guide.clone()
                            };
                            Edit::Cut(at, Change::Set(CutField::Guide(Some(guide))))
                        }));
                    }
                }
            }
        }
        let label = match collected.copied.len() {
            1 => "collect a file".to_owned(),
            n => format!("collect {n} files"),
        };
        for file in &collected.copied {
            let place = Some(file.to.clone());
            self.places.remember(file.media.hash.clone(), place);
        }
        self.commit(&Transaction::new(label, edits));
    }
}

/// What came of it, in a sentence.
fn said(collected: &Collected) -> (Severity, String) {
    let gigabytes = |bytes: u64| format!("{:.1} GB", bytes as f64 / 1e9);
    if let Some((needed, free)) = collected.no_room {
        let sentence = format!(
            "There is no room to collect the media: it takes {}, and {} are free beside the show",
            gigabytes(needed),
            gigabytes(free)
        );
        return (Severity::Error, sentence);
    }
    let copied = match collected.copied.len() {
        1 => "One file".to_owned(),
        n => format!("{n} files"),
    };
    if collected.was_cancelled {
        let sentence = format!(
            "Collecting was called off: {copied} copied so far will not be copied again, and the \
             tracks are as they were"
        );
        return (Severity::Info, sentence);
    }
    match (collected.copied.len(), collected.failed.len()) {
        (0, 0) => (
            Severity::Info,
            "All media lies beside the show already".to_owned(),
        ),
        (_, 0) => (
            Severity::Info,
            format!("{copied} copied beside the show; the originals are where they were"),
        ),
        (_, n) => {
            let sentence = format!("{copied} copied beside the show, {n} could not be copied");
            (Severity::Warning, sentence)
        }
    }
}
