//! Requests about sound files that are missing.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::App;
use crate::app::Severity;
use crate::app::tasks::relink;
use crate::app::tasks::relink::{Fate, FileOf, RelinkReview};
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
    /// What came of looking for missing files, until somebody has seen to it.
    pub fn relink_review(&self) -> Option<&RelinkReview> {
        self.relink_review.as_ref()
    }

    /// Looks in a folder for the show's missing files.
    pub(super) fn relink(&mut self, folder: PathBuf) {
        let Some(session) = &self.session else { return };
        let (number, show, places) = (
            session.number(),
            session.show().clone(),
            self.places.clone(),
        );
        let label = "Looking for missing files";
        self.jobs.start(Priority::Normal, label, move |work| {
            relink::look(work, number, &show, &places, folder);
        });
    }

    /// Somebody has looked for missing files: what came up waits to be looked at.
    pub(in crate::app) fn relink_looked(&mut self, session: u64, review: RelinkReview) {
        if self
            .session
            .as_ref()
            .is_none_or(|it| it.number() != session)
        {
            return;
        }
        if review.missing.is_empty() {
            let sentence = "No sound file is missing";
            self.notices
                .tell(self.now, Severity::Info, sentence, Vec::new());
        } else {
            self.relink_review = Some(review);
        }
    }

    /// Takes the files that were found again for the missing ones.
    pub(super) fn apply_relink(&mut self) {
        let Some(review) = self.relink_review.take() else {
            return;
        };
        let show_file = self.places.show_file().to_owned();
        let Some(show) = self.show() else { return };
        let relinked = |media: &Media, path: &std::path::Path| {
            let here = media_path::to_stored(path, &show_file);
            let mut paths = vec![here.clone()];
            // Where it was may be right on another machine.
            paths.extend(media.paths.iter().filter(|path| **path != here).cloned());
            Media {
                paths,
                ..media.clone()
            }
        };
        let mut edits = Vec::new();
        let mut places = Vec::new();
        for missing in &review.missing {
            let Fate::Found(path) = &missing.fate else {
                continue;
            };
            match missing.of {
                FileOf::Track(id) => {
                    if let Some(media) = show.track(id).and_then(|track| track.media.as_ref()) {
                        places.push((media.hash.clone(), path.clone()));
                        let field = TrackField::Media(Some(relinked(media, path)));
                        edits.push(Edit::Track(id, Change::Set(field)));
                    }
                }
                FileOf::Guide(at) => {
                    if let Some(guide) = show.cut(at).and_then(|cut| cut.guide.as_ref()) {
                        places.push((guide.media.hash.clone(), path.clone()));
                        let guide = Guide {
                            media: relinked(&guide.media, path),
                            ..guide.clone()
                        };
                        let field = CutField::Guide(Some(guide));
                        edits.push(Edit::Cut(at, Change::Set(field)));
                    }
                }
            }
        }
        let label = match places.len() {
            1 => "relink a file".to_owned(),
            n => format!("relink {n} files"),
        };
        let mut found = BTreeSet::new();
        for (hash, path) in places {
            self.library.retry(&hash);
            found.insert(hash.clone());
            self.covers.retry(&hash);
            self.places.remember(hash, Some(path));
        }
        self.commit(&Transaction::new(label, edits));
        self.forgive(&found);
        self.measure_next();
    }
}
