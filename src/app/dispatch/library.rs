//! Having sound files measured: those that somebody looks at first, the others when there is
//! nothing else to do.

use super::App;
use super::episode::file_name;
use crate::app::Session;
use crate::app::library::{Look, Wanted, Wave};
use crate::app::tasks::measure;
use crate::app::tasks::measure::Finding;
use crate::jobs::Priority;
use crate::model::Change;
use crate::model::Edit;
use crate::model::Measured;
use crate::model::Media;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::model::Transaction;

/// How many files are measured at a time, at most.
const AT_A_TIME: usize = 3;

impl App {
    /// The pool's rows that can be seen.
    pub(super) fn serve_visible(&mut self, tracks: &[TrackId]) {
        let Some(show) = self.show() else { return };
        let rows = tracks
            .iter()
            .filter_map(|id| wanted(*id, show.track(*id)?))
            .collect();
        self.library.look_at_rows(rows);
        self.measure_next();
    }

    /// What the open cut shows: its guide, and every alternate of its slots.
    pub(in crate::app) fn serve_cut(&mut self) {
        let mut seen = Vec::new();
        if let (Some(show), Some((_, _, cut))) = (self.show(), self.open_cut()) {
            seen.extend(cut.guide.as_ref().map(|guide| Wanted {
                media: guide.media.clone(),
                track: None,
                is_unmeasured: false,
            }));
            for (_, slot) in cut.slots() {
                seen.extend(slot.alternates().into_iter().filter_map(|(_, alternate)| {
                    wanted(alternate.track, show.track(alternate.track)?)
                }));
            }
        }
        self.library.look_at_cut(seen);
        self.measure_next();
    }

    /// Everything in the pool that has not been measured is to be.
    pub(in crate::app) fn measure_backlog(&mut self) {
        let Some(show) = self.show() else { return };
        let unmeasured = show
            .tracks()
            .filter_map(|(id, track)| wanted(id, track))
            .filter(|wanted| wanted.is_unmeasured)
            .collect();
        self.library.set_backlog(unmeasured);
        self.serve_cut();
    }

    pub(super) fn measure_next(&mut self) {
        while let Some((wanted, look)) = self.library.next(AT_A_TIME) {
            let priority = match look {
                Look::Seen => Priority::Visible,
                Look::Unseen => Priority::Idle,
            };
            let path = self.places.path(&wanted.media);
            let cache = self.outside.cache.clone();
            let sounds = self.outside.sounds.clone();
            // Measuring is not worth a word; decoding a film is, as it takes a while.
            let label = if sounds.is_without_copy(&wanted.media) {
                format!("Decoding {}", file_name(&path))
            } else {
                String::new()
            };
            self.jobs.start(priority, label, move |work| {
                measure::measure(work, wanted, &path, &sounds, &cache);
            });
        }
    }

    /// A file was measured, or could not be.
    pub(in crate::app) fn measured(&mut self, wanted: Wanted, finding: Result<Finding, String>) {
        let hash = wanted.media.hash.clone();
        match finding {
            Ok(Finding { peaks, measured }) => {
                self.library.done(hash, Wave::Ready(peaks));
                if let (Some(track), Some((measured, length))) = (wanted.track, measured) {
                    let media = Media {
                        length,
                        is_exact: true,
                        ..wanted.media
                    };
                    self.note_measured(track, measured, media);
                }
            }
            Err(why) => self.library.done(hash, Wave::Failed(why)),
        }
        self.measure_next();
    }

    /// Notes in the show what was measured of a track. It is nobody's doing, so undo passes it by.
    fn note_measured(&mut self, id: TrackId, measured: Measured, media: Media) {
        let now = self.now;
        let Some(session) = &mut self.session else {
            return;
        };
        let Some(track) = session.show().track(id) else {
            return;
        };
        let measured = measured.trusting(&track.measured);
        let mut edits = Vec::new();
        if track.measured != measured {
            edits.push(Edit::Track(id, Change::Set(TrackField::Measured(measured))));
        }
        if track.media.as_ref().is_some_and(|known| {
            known.hash == media.hash && (known.length != media.length || !known.is_exact)
        }) {
            edits.push(Edit::Track(id, Change::Set(TrackField::Media(Some(media)))));
        }
        if edits.is_empty() {
            return;
        }
        let transaction = Transaction::new(format!("measure {}", track.title), edits);
        if let Err(error) = session.record(&transaction, now) {
            tracing::warn!("what was measured could not be noted: {error}");
        }
        self.hear_changes();
    }

    /// What is heard follows the show.
    fn hear_changes(&mut self) {
        if let Some(session) = &self.session {
            self.transport.refresh_gently(crate::app::Sources::of(
                session.show(),
                &self.places,
                &self.settings,
            ));
        }
    }

    /// Sound files were looked for.
    pub(in crate::app) fn located(
        &mut self,
        session: u64,
        located: Vec<crate::app::tasks::locate::Located>,
    ) {
        if self.session.as_ref().map(Session::number) != Some(session) {
            return;
        }
        for (hash, place) in located {
            if place.is_some() {
                self.library.retry(&hash);
            }
            self.places.remember(hash, place);
        }
        self.measure_next();
    }
}

/// A track's file, as something to be measured; `None` for a wish, and for a file that is known
/// only by its name.
fn wanted(id: TrackId, track: &Track) -> Option<Wanted> {
    let media = track.media.clone().filter(|media| !media.hash.is_empty())?;
    Some(Wanted {
        media,
        track: Some(id),
        is_unmeasured: !track.measured.is_known(),
    })
}
