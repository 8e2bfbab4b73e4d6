//! Having the pictures of recordings read that somebody looks at.

use super::App;
use crate::app::covers::{Cover, Covers};
use crate::app::selection::Focus;
use crate::app::tasks::cover;
use crate::jobs::Priority;
use crate::model::TrackId;

impl App {
    /// Pictures of recordings.
    pub fn covers(&self) -> &Covers {
        &self.covers
    }

    /// The pool's rows whose pictures can be seen.
    pub(super) fn look_at_covers(&mut self, tracks: &[TrackId]) {
        let Some(session) = &self.session else { return };
        let media = tracks
            .iter()
            .filter_map(|id| session.show().track(*id)?.media.clone());
        self.covers.look_at_rows(media.collect());
        self.read_covers();
    }

    /// The picture of what is selected is wanted too.
    pub(in crate::app) fn follow_covers(&mut self) {
        let Some(session) = &self.session else { return };
        let is_shown = self.selection.focus() == Focus::Tracks;
        let lead = self.selection.lead().filter(|_| is_shown);
        let track = lead.and_then(|id| session.show().track(id));
        self.covers
            .look_at(track.and_then(|track| track.media.as_ref()));
        self.read_covers();
    }

    fn read_covers(&mut self) {
        while let Some(media) = self.covers.next() {
            let path = self.places.path(&media);
            let cache = self.outside.cache.clone();
            self.jobs.start(Priority::Visible, "", move |work| {
                cover::read(work, media.hash, &path, &cache);
            });
        }
    }

    /// A picture was read, or there is none.
    pub(in crate::app) fn cover_read(&mut self, hash: String, cover: Cover) {
        self.covers.done(hash, cover);
        self.read_covers();
    }
}
