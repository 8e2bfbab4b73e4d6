//! What the menu of a row says of the tracks it is about. Gathered when others are selected or the
//! pool has changed, not for every picture: a hundred thousand may be selected.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::app::App;
use crate::app::Revision;
use crate::model::Show;
use crate::model::TrackId;

/// How many tags there is room for.
const MOST_TAGS: usize = 24;

/// What was gathered, and of which tracks.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The tags that any of them has, the commonest first.
    pub(super) tags: Vec<String>,
    /// Whether any is a rendition.
    pub(super) is_linked: bool,
    stamp: Option<Stamp>,
}

/// The session, the state of its pool, which selection it is, and which tracks these are: the
/// selected ones or one other, told by their number and the last of them.
type Stamp = (u64, Revision, u64, (usize, Option<TrackId>));

impl Gathered {
    /// Gathers it anew where something has changed.
    pub(super) fn follow(&mut self, app: &App, tracks: &[TrackId]) {
        let Some(session) = app.session() else { return };
        let which = (tracks.len(), tracks.last().copied());
        let selection = app.selection().revision();
        let stamp = (session.number(), session.pool_revision(), selection, which);
        if self.stamp != Some(stamp) {
            *self = Self {
                stamp: Some(stamp),
                ..Self::of(session.show(), tracks)
            };
        }
    }

    fn of(show: &Show, tracks: &[TrackId]) -> Self {
        let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
        let mut is_linked = false;
        for track in tracks.iter().filter_map(|id| show.track(*id)) {
            for tag in &track.tags {
                *tags.entry(tag).or_default() += 1;
            }
            is_linked |= track.rendition.is_some();
        }
        let mut tags: Vec<(&str, usize)> = tags.into_iter().collect();
        tags.sort_by_key(|(_, n)| Reverse(*n));
        tags.truncate(MOST_TAGS);
        Self {
            tags: tags.into_iter().map(|(tag, _)| tag.to_owned()).collect(),
            is_linked,
            stamp: None,
        }
    }
}
