//! What the pool as a whole tells of each of its tracks: which tags go together, and which tracks
//! are versions of one recording. Brought up to date by what has changed, never by counting all of
//! it again.

use std::sync::Arc;

use imbl::ordmap::DiffItem;

use super::renditions::Kin;
use super::tagging::TagUse;
use crate::model::Entities;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Lore {
    /// Which tags are used, and with what.
    pub tags: Arc<TagUse>,
    /// Which tracks belong together.
    pub kin: Arc<Kin>,
    /// The pool that all of it is about.
    known: Entities<TrackId, Track>,
}

impl Lore {
    /// The same for the pool as it is now.
    #[must_use]
    pub fn renewed(mut self, show: &Show) -> Self {
        let before = std::mem::replace(&mut self.known, show.tracks.clone());
        for change in before.diff(&show.tracks) {
            match change {
                DiffItem::Add(id, track) => self.insert(*id, track),
                DiffItem::Remove(id, track) => self.remove(*id, track),
                DiffItem::Update { old, new } => {
                    if tell_the_same(old.1, new.1) {
                        continue;
                    }
                    self.remove(*old.0, old.1);
                    self.insert(*new.0, new.1);
                }
            }
        }
        self
    }

    fn insert(&mut self, id: TrackId, track: &Track) {
        // Copied only where somebody still looks at how it was.
        Arc::make_mut(&mut self.tags).insert(track);
        Arc::make_mut(&mut self.kin).insert(id, track);
    }

    fn remove(&mut self, id: TrackId, track: &Track) {
        Arc::make_mut(&mut self.tags).remove(track);
        Arc::make_mut(&mut self.kin).remove(id, track);
    }
}

/// Whether both tell the same: measuring changes every track once.
fn tell_the_same(old: &Track, new: &Track) -> bool {
    old.tags == new.tags
        && old.title == new.title
        && old.artist == new.artist
        && old.genre == new.genre
        && old.rendition == new.rendition
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::testing;
    use crate::model::testing::{numbers, seeded};

    proptest! {
        #![proptest_config(seeded(60))]

        #[test]
        fn it_tells_the_same_whether_counted_at_once_or_change_by_change(numbers in numbers(60)) {
            let mut show = testing::small_show();
            let mut lore = Lore::default().renewed(&show);
            for some in numbers.chunks(3) {
                let transaction = testing::transaction(&show, some);
                show.apply_all(&transaction.edits).expect("made to fit");
                lore = lore.renewed(&show);
                let anew = Lore::default().renewed(&show);
                prop_assert_eq!(&lore.tags, &anew.tags);
                prop_assert_eq!(&lore.kin, &anew.kin);
            }
        }
    }
}
