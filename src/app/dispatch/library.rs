//! Having sound files measured: those that somebody looks at first, the others when there is
//! nothing else to do.

use std::collections::BTreeSet;

use super::App;
use super::episode::file_name;
use crate::analysis;
use crate::app::Session;
use crate::app::action::MeasuringAction;
use crate::app::library::{Wanted, Wave};
use crate::app::measuring::{Due, End, MeasuringStatus};
use crate::app::tasks::measure;
use crate::app::tasks::measure::Finding;
use crate::app::tasks::measure::Unmeasured;
use crate::jobs::Priority;
use crate::model::Change;
use crate::model::Edit;
use crate::model::Media;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::model::Transaction;
use crate::platform;
use crate::time::Ticks;

impl App {
    /// How measuring the pool stands; none where there is nothing to measure.
    pub fn measuring(&self) -> Option<MeasuringStatus> {
        self.measuring.status(self.now)
    }

    /// Whether measuring the pool stands still because somebody said so.
    pub fn is_measuring_paused(&self) -> bool {
        self.measuring.is_paused()
    }

    /// Why a track could not be measured since the show was opened, if it was tried.
    pub fn why_unmeasured(&self, track: TrackId) -> Option<&str> {
        self.measuring.why_not(track)
    }

    pub(super) fn measuring_request(&mut self, action: MeasuringAction) {
        match action {
            MeasuringAction::Pause => self.measuring.pause(true, self.now),
            MeasuringAction::Resume => {
                self.measuring.pause(false, self.now);
                self.measure_backlog();
            }
            MeasuringAction::Cancel => self.measuring.cancel(),
            MeasuringAction::Again(tracks) => self.measure_again(&tracks),
        }
        self.let_measure();
    }

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
                is_forced: false,
            }));
            for (_, slot) in cut.slots() {
                seen.extend(slot.alternates().into_iter().filter_map(|(_, alternate)| {
                    wanted(alternate.track, show.track(alternate.track)?)
                }));
            }
        }
        self.library.look_at_cut(seen);
        self.measure_next();
        self.serve_beats();
    }

    /// Everything in the pool that has not been measured is to be.
    pub(in crate::app) fn measure_backlog(&mut self) {
        let Some(session) = &self.session else { return };
        let tracks = session.show().tracks();
        let due = tracks.filter(|(_, track)| has_file(track) && is_unmeasured(track));
        self.measuring.set_backlog(due.map(|(id, track)| Due {
            track: id,
            length: track.duration().unwrap_or(Ticks::ZERO),
            is_forced: false,
        }));
        self.serve_cut();
    }

    /// These tracks are to be measured, whatever is known of them.
    fn measure_again(&mut self, tracks: &[TrackId]) {
        let Some(session) = &self.session else { return };
        let mut due = Vec::new();
        for id in tracks {
            let Some(track) = session.show().track(*id).filter(|track| has_file(track)) else {
                continue;
            };
            due.push(Due {
                track: *id,
                length: track.duration().unwrap_or(Ticks::ZERO),
                is_forced: true,
            });
        }
        self.measuring.put_first(due);
        // Who asks for it does not want it to stand still.
        self.measuring.pause(false, self.now);
        self.measure_next();
    }

    /// Lets as many measure as may while something plays, or does not.
    pub(in crate::app) fn let_measure(&mut self) {
        let is_playing = self.transport.state().is_running();
        self.measuring.tick(is_playing, self.now);
    }

    /// Begins whatever may be begun.
    pub(in crate::app) fn measure_next(&mut self) {
        while let Some(wanted) = self.library.next() {
            if !self.measuring.is_under_way(&wanted.media.hash) {
                self.measure(wanted, None);
            }
        }
        loop {
            let Some(session) = &self.session else { return };
            let (show, places) = (session.show(), &self.places);
            let file = |due: &Due| {
                let track = show.track(due.track)?;
                let media = track.media.as_ref()?;
                let is_due = due.is_forced || is_unmeasured(track);
                (is_due && !places.is_missing(media)).then(|| media.hash.clone())
            };
            let Some((due, _)) = self.measuring.next(file) else {
                return;
            };
            let wanted = show.track(due.track).and_then(|it| wanted(due.track, it));
            let Some(wanted) = wanted else { continue };
            let wanted = Wanted {
                is_unmeasured: true,
                is_forced: due.is_forced,
                ..wanted
            };
            self.measure(wanted, Some(due));
        }
    }

    fn measure(&mut self, wanted: Wanted, due: Option<Due>) {
        let priority = match due {
            None => Priority::Visible,
            Some(_) => Priority::Idle,
        };
        let path = self.places.path(&wanted.media);
        let hash = wanted.media.hash.clone();
        let cache = self.outside.cache.clone();
        let sounds = self.outside.sounds.clone();
        let pass = self.measuring.gate.pass(priority);
        // Measuring is not worth a word; decoding a film is, as it takes a while.
        let label = if sounds.is_without_copy(&wanted.media) {
            format!("Decoding {}", file_name(&path))
        } else {
            String::new()
        };
        let goes_last = self.measuring.goes_last();
        let job = self.measuring.jobs.start(priority, label, move |work| {
            if goes_last {
                platform::go_last();
            }
            measure::measure(work, wanted, &path, &sounds, &cache, pass);
        });
        self.measuring.begun(hash, due, job);
    }

    /// A file was measured, or could not be.
    pub(in crate::app) fn measured(
        &mut self,
        wanted: Wanted,
        finding: Result<Finding, Unmeasured>,
    ) {
        let hash = wanted.media.hash.clone();
        let end = match finding {
            Ok(Finding {
                peaks,
                pulse,
                measured,
            }) => {
                let wave = Wave::Ready(peaks);
                self.library.done(hash.clone(), wave, Some(pulse));
                End::Done(
                    wanted
                        .track
                        .zip(measured)
                        .map(|(track, (measured, length))| {
                            let media = Media {
                                length,
                                is_exact: true,
                                ..wanted.media
                            };
                            Box::new((track, measured, media))
                        }),
                )
            }
            Err(Unmeasured::Cancelled) => {
                self.library.let_go(&hash);
                End::Cancelled
            }
            Err(Unmeasured::For(why)) => {
                let wave = Wave::Failed(why.clone());
                self.library.done(hash.clone(), wave, None);
                End::Failed(wanted.track, why)
            }
        };
        self.measuring.ended(&hash, end);
        self.measure_next();
        self.note_measured();
        self.serve_beats();
    }

    /// Notes in the show what was measured, when it is time. It is nobody's doing, so undo passes
    /// it by.
    pub(in crate::app) fn note_measured(&mut self) {
        let found = self.measuring.take_found(self.now);
        let now = self.now;
        let Some(session) = &mut self.session else {
            return;
        };
        let mut edits = Vec::new();
        let mut titles = Vec::new();
        for (id, measured, media) in found {
            let Some(track) = session.show().track(id) else {
                continue;
            };
            let n_before = edits.len();
            let measured = measured.trusting(&track.measured);
            if track.measured != measured {
                edits.push(Edit::Track(id, Change::Set(TrackField::Measured(measured))));
            }
            if track.media.as_ref().is_some_and(|known| {
                known.hash == media.hash && (known.length != media.length || !known.is_exact)
            }) {
                edits.push(Edit::Track(id, Change::Set(TrackField::Media(Some(media)))));
            }
            if edits.len() > n_before {
                titles.push(track.title.clone());
            }
        }
        let label = match titles.as_slice() {
            [] => return,
            [one] => format!("measure {one}"),
            many => format!("measure {} tracks", many.len()),
        };
        if let Err(error) = session.record(&Transaction::new(label, edits), now) {
            tracing::warn!("what was measured could not be noted: {error}");
        }
        self.hear_changes();
        self.list_pool();
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
        let mut found = BTreeSet::new();
        for (hash, place) in located {
            if place.is_some() {
                self.library.retry(&hash);
                found.insert(hash.clone());
                self.covers.retry(&hash);
            }
            self.places.remember(hash, place);
        }
        self.forgive(&found);
        self.measure_next();
    }

    /// Tracks whose files have been found, by content hash, are to be measured even if they could
    /// not be.
    pub(super) fn forgive(&mut self, found: &BTreeSet<String>) {
        let Some(session) = &self.session else { return };
        let mut has_forgiven = false;
        for id in self.measuring.failed() {
            let media = session.show().track(id).and_then(|it| it.media.as_ref());
            if media.is_some_and(|media| found.contains(&media.hash)) {
                self.measuring.forgive(id);
                has_forgiven = true;
            }
        }
        if has_forgiven {
            self.measure_backlog();
        }
    }
}

/// Whether a track is to be measured: it has not been, or by an older version. What a newer version
/// has measured is left to it.
fn is_unmeasured(track: &Track) -> bool {
    !track.measured.is_known() || track.measured.version < analysis::VERSION
}

/// Whether a track has a file that is known by its content.
fn has_file(track: &Track) -> bool {
    let media = track.media.as_ref();
    media.is_some_and(|media| !media.hash.is_empty())
}

/// A track's file, as something to be measured; `None` for a wish, and for a file that is known
/// only by its name.
fn wanted(id: TrackId, track: &Track) -> Option<Wanted> {
    let media = track.media.clone().filter(|media| !media.hash.is_empty())?;
    Some(Wanted {
        media,
        track: Some(id),
        is_unmeasured: is_unmeasured(track),
        is_forced: false,
    })
}
