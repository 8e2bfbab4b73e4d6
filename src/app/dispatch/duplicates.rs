//! Requests about recordings that the pool has more than once.

use super::App;
use crate::app::Severity;
use crate::app::tasks::duplicates;
use crate::app::tasks::duplicates::DuplicateReview;
use crate::jobs::Priority;
use crate::model::TrackId;
use crate::ops;
use crate::ops::duplicates::Fate;

impl App {
    /// What came of looking for duplicates, until somebody has seen to it.
    pub fn duplicate_review(&self) -> Option<&DuplicateReview> {
        self.duplicate_review.as_ref()
    }

    /// Looks for recordings that the pool has more than once.
    pub(super) fn find_duplicates(&mut self) {
        let Some(session) = &self.session else { return };
        let (number, show) = (session.number(), session.show().clone());
        let places = self.places.clone();
        let sounds = self.outside.sounds.clone();
        let cache = self.outside.cache.clone();
        let label = "Finding duplicates";
        self.jobs.start(Priority::Normal, label, move |work| {
            duplicates::look(work, number, &show, &places, &sounds, &cache);
        });
    }

    /// Somebody has looked for duplicates: what came up waits to be looked at.
    pub(in crate::app) fn duplicates_found(&mut self, session: u64, review: DuplicateReview) {
        let is_other = |it: &crate::app::Session| it.number() != session;
        if self.session.as_ref().is_none_or(is_other) {
            return;
        }
        let show = self.show();
        let unread: Vec<String> = review
            .unread
            .iter()
            .filter_map(|(id, why)| Some(format!("{}: {why}", show?.track(*id)?.title)))
            .collect();
        if review.groups.is_empty() {
            let sentence = match unread.len() {
                0 => "No recording is in the pool more than once".to_owned(),
                1 => "No duplicate was found; one file could not be listened to".to_owned(),
                n => format!("No duplicate was found; {n} files could not be listened to"),
            };
            self.notices
                .tell(self.now, Severity::Info, sentence, unread);
        }
        self.duplicate_review = Some(review);
    }

    /// Says what is to become of a duplicate.
    pub(super) fn decide_duplicate(&mut self, main: TrackId, track: TrackId, fate: Fate) {
        let groups = self
            .duplicate_review
            .iter_mut()
            .flat_map(|it| &mut it.groups);
        let mut others = groups
            .filter(|group| group.main == main)
            .flat_map(|group| &mut group.others);
        if let Some(duplicate) = others.find(|it| it.track == track) {
            duplicate.fate = fate;
        }
    }

    /// Says that another track of a recording is to stay.
    pub(super) fn keep_duplicate(&mut self, main: TrackId, track: TrackId) {
        let Some(show) = self.session.as_ref().map(crate::app::Session::show) else {
            return;
        };
        let mut groups = self
            .duplicate_review
            .iter_mut()
            .flat_map(|it| &mut it.groups);
        if let Some(group) = groups.find(|group| group.main == main) {
            *group = group.with_main(show, track);
        }
    }

    /// Does to the duplicates of the first so many recordings what is to become of them. The others
    /// are still to be looked at.
    pub(super) fn settle_duplicates(&mut self, most: usize) {
        let Some(mut review) = self.duplicate_review.take() else {
            return;
        };
        let later = review.groups.split_off(most.min(review.groups.len()));
        if let Some(show) = self.show() {
            let settled = ops::duplicates::settle(show, &review.groups);
            self.commit(&settled);
        }
        if !later.is_empty() {
            review.groups = later;
            self.duplicate_review = Some(review);
        }
    }
}
