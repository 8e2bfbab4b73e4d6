//! Keeping what the pool as a whole tells up to date, while somebody looks at a track.

use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use super::App;
use crate::app::Session;
use crate::app::selection::Focus;
use crate::app::tasks::Outcome;
use crate::jobs::Priority;
use crate::ops::lore::Lore;

/// How often it is worked out for a large pool, at most: an import changes the pool many times a
/// second.
const APART: Duration = Duration::from_millis(500);
/// A pool of no more tracks than this is followed at once.
const SMALL: usize = 5_000;

/// What the pool tells, as far as it is known.
#[derive(Default)]
pub(in crate::app) struct KnownLore {
    lore: Arc<Lore>,
    /// The session and the revision of its pool that it is about.
    stamp: Option<(u64, u64)>,
    /// When it was last asked for; none once it has come.
    asked_at: Option<Instant>,
    is_asked: bool,
}

impl App {
    /// What the pool as a whole tells of its tracks; a moment behind it at times.
    pub fn lore(&self) -> &Lore {
        &self.lore.lore
    }

    /// Has it brought up to date where somebody looks at tracks and the pool has changed.
    pub(in crate::app) fn follow_lore(&mut self) {
        let Some(session) = &self.session else { return };
        let stamp = (session.number(), session.pool_revision().0);
        let is_looked_at = self.selection.focus() == Focus::Tracks;
        if !is_looked_at || self.lore.is_asked || self.lore.stamp == Some(stamp) {
            return;
        }
        let show = session.show().clone();
        let is_early = self
            .lore
            .asked_at
            .is_some_and(|at| self.now.saturating_duration_since(at) < APART);
        if show.n_tracks() > SMALL && is_early {
            return;
        }
        self.lore.is_asked = true;
        self.lore.asked_at = Some(self.now);
        let before = match self.lore.stamp {
            Some((session, _)) if session == stamp.0 => Arc::clone(&self.lore.lore),
            // Another show is open: nothing of the one before is of use.
            _ => Arc::default(),
        };
        self.jobs.start(Priority::Visible, "", move |work| {
            let lore = Arc::new(Lore::clone(&before).renewed(&show));
            work.send(Outcome::LoreKnown { stamp, lore });
        });
    }

    /// It was worked out.
    pub(in crate::app) fn lore_known(&mut self, stamp: (u64, u64), lore: Arc<Lore>) {
        self.lore.is_asked = false;
        if self.session.as_ref().map(Session::number) == Some(stamp.0) {
            self.lore.lore = lore;
            self.lore.stamp = Some(stamp);
        }
    }
}
