//! What several tracks have in common. Worked out when other tracks are selected or the pool has
//! changed, not for every picture: a hundred thousand may be selected.

use std::collections::BTreeMap;

use crate::app::App;
use crate::app::Session;
use crate::model::ClearanceState;
use crate::model::Color;
use crate::model::PersonId;
use crate::model::PoolState;
use crate::model::Rating;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;
use crate::time::Ticks;

/// A value that several tracks have, or that they do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shared<T> {
    /// No track has been looked at.
    #[default]
    Unseen,
    /// All of them have it.
    Same(T),
    /// They differ.
    Several,
}

impl<T: PartialEq> Shared<T> {
    fn see(&mut self, is_same: impl FnOnce(&T) -> bool, value: impl FnOnce() -> T) {
        match self {
            Self::Unseen => *self = Self::Same(value()),
            Self::Same(known) if is_same(known) => {}
            _ => *self = Self::Several,
        }
    }

    fn see_value(&mut self, value: T) {
        match self {
            Self::Unseen => *self = Self::Same(value),
            Self::Same(known) if *known == value => {}
            _ => *self = Self::Several,
        }
    }

    /// The value, where all have it.
    pub(super) fn same(&self) -> Option<&T> {
        match self {
            Self::Same(value) => Some(value),
            Self::Unseen | Self::Several => None,
        }
    }
}

impl Shared<String> {
    fn see_text(&mut self, text: &str) {
        self.see(|known| known == text, || text.to_owned());
    }
}

/// What tracks have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Common {
    /// How many they are.
    pub(super) n: usize,
    pub(super) length: Ticks,
    pub(super) state: Shared<PoolState>,
    pub(super) color: Shared<Option<Color>>,
    /// What whoever works here gave them.
    pub(super) rating: Shared<Option<Rating>>,
    pub(super) master: Shared<ClearanceState>,
    pub(super) publishing: Shared<ClearanceState>,
    pub(super) artist: Shared<String>,
    pub(super) album: Shared<String>,
    pub(super) genre: Shared<String>,
    pub(super) publisher: Shared<String>,
    pub(super) label: Shared<String>,
    pub(super) why: Shared<String>,
    /// The tags that all of them have.
    pub(super) tags: Vec<String>,
    /// Those that some have, with how many.
    pub(super) partly: Vec<(String, usize)>,
    /// Tags that are likely for what they have in common.
    pub(super) suggested: Vec<String>,
    /// How many are renditions.
    pub(super) n_renditions: usize,
    stamp: Option<Stamp>,
}

/// The session, the state of its pool, which selection it is, and whether it is told what the pool
/// knows.
type Stamp = (u64, u64, u64, usize);

/// How many tags are suggested.
pub(super) const SUGGESTED: usize = 4;

impl Common {
    /// Works it out anew where something has changed.
    pub(super) fn follow(&mut self, app: &App, session: &Session, ids: &[TrackId]) {
        let lore = std::sync::Arc::as_ptr(&app.lore().tags) as usize;
        let stamp = (
            session.number(),
            session.pool_revision().0,
            app.selection().revision(),
            lore,
        );
        if self.stamp == Some(stamp) {
            return;
        }
        *self = Self::of(session.show(), ids, app.me());
        let mut alike = Track {
            tags: self.tags.iter().cloned().collect(),
            ..Track::default()
        };
        alike.artist = self.artist.same().cloned().unwrap_or_default();
        alike.genre = self.genre.same().cloned().unwrap_or_default();
        let suggested = app.lore().tags.likely(&alike, SUGGESTED);
        let is_partly = |tag: &&str| self.partly.iter().any(|(partly, _)| partly == tag);
        let suggested = suggested.into_iter().filter(|tag| !is_partly(tag));
        self.suggested = suggested.map(str::to_owned).collect();
        self.stamp = Some(stamp);
    }

    fn of(show: &Show, ids: &[TrackId], me: Option<PersonId>) -> Self {
        let mut common = Self::default();
        let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
        for track in ids.iter().filter_map(|id| show.track(*id)) {
            common.n += 1;
            common.length += track.duration().unwrap_or_default();
            common.state.see_value(track.state);
            common.color.see_value(track.color);
            let rating = me.and_then(|me| track.ratings.get(&me).copied());
            common.rating.see_value(rating);
            common.master.see_value(track.master);
            common.publishing.see_value(track.publishing);
            common.artist.see_text(&track.artist);
            common.album.see_text(&track.album);
            common.genre.see_text(&track.genre);
            common.publisher.see_text(&track.publisher);
            common.label.see_text(&track.label);
            common.why.see_text(&track.why);
            common.n_renditions += usize::from(track.rendition.is_some());
            for tag in &track.tags {
                *tags.entry(tag).or_default() += 1;
            }
        }
        for (tag, n) in tags {
            if n == common.n {
                common.tags.push(tag.to_owned());
            } else {
                common.partly.push((tag.to_owned(), n));
            }
        }
        // The commonest first: of hundreds, the first are all there is room to look at.
        common
            .partly
            .sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        common
    }
}
