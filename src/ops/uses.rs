//! Where tracks are used: every pick of a slot in the current cut of an episode is one use.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::EpisodeId;
use crate::model::Show;
use crate::model::TrackId;

/// The uses of a show's tracks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// For each track that is used, the episode of each use.
    of: BTreeMap<TrackId, Vec<EpisodeId>>,
    /// The episodes with their numbers.
    numbers: Vec<(EpisodeId, String)>,
}

/// Which episodes are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// All of the show.
    Show,
    /// The one that is open.
    Episode,
    /// Those of the season of the one that is open: where episodes are numbered as 203 is, those
    /// with the same hundreds, otherwise all of them.
    Season,
    /// The one with this number.
    Numbered(String),
}

impl Uses {
    /// What is used in `show`.
    pub fn of(show: &Show) -> Self {
        let mut uses = Self::default();
        for (id, episode) in show.episodes() {
            uses.numbers.push((id, episode.number.clone()));
            for (_, slot) in episode.current().iter().flat_map(|(_, cut)| cut.slots()) {
                if let Some((_, alternate)) = slot.picked() {
                    uses.of.entry(alternate.track).or_default().push(id);
                }
            }
        }
        uses
    }

    /// These uses, for tests.
    #[cfg(test)]
    pub(crate) fn of_tracks(uses: impl IntoIterator<Item = (TrackId, EpisodeId)>) -> Self {
        let mut made = Self::default();
        for (track, episode) in uses {
            made.of.entry(track).or_default().push(episode);
        }
        made
    }

    /// How often a track is used.
    pub fn count(&self, track: TrackId) -> usize {
        self.of.get(&track).map_or(0, Vec::len)
    }

    /// The tracks that are used there, with `open` the episode that is open.
    pub fn tracks(&self, place: &Where, open: Option<EpisodeId>) -> BTreeSet<TrackId> {
        let meant: BTreeSet<EpisodeId> = match place {
            Where::Show => return self.of.keys().copied().collect(),
            Where::Episode => open.into_iter().collect(),
            Where::Season => self.season(open),
            Where::Numbered(number) => self.numbered(|other| other.eq_ignore_ascii_case(number)),
        };
        let is_there = |(_, episodes): &(&TrackId, &Vec<EpisodeId>)| {
            episodes.iter().any(|id| meant.contains(id))
        };
        self.of.iter().filter(is_there).map(|(id, _)| *id).collect()
    }

    fn season(&self, open: Option<EpisodeId>) -> BTreeSet<EpisodeId> {
        let own = open.and_then(|open| {
            let (_, number) = self.numbers.iter().find(|(id, _)| *id == open)?;
            season_of(number)
        });
        self.numbered(|number| own.is_none() || season_of(number) == own)
    }

    fn numbered(&self, is_meant: impl Fn(&str) -> bool) -> BTreeSet<EpisodeId> {
        let meant = self
            .numbers
            .iter()
            .filter(|(_, number)| is_meant(number.trim()));
        meant.map(|(id, _)| *id).collect()
    }
}

/// The season in an episode's number as television writes it: 2 for 203, 11 for 1104.
fn season_of(number: &str) -> Option<u32> {
    let number: u32 = number.trim().parse().ok()?;
    (number >= 100).then_some(number / 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Alternate;
    use crate::model::AlternateId;
    use crate::model::Change;
    use crate::model::Cut;
    use crate::model::CutId;
    use crate::model::Edit;
    use crate::model::Episode;
    use crate::model::Slot;
    use crate::model::SlotId;
    use crate::time::TickSpan;
    use crate::time::Ticks;

    const EPISODES: [(u128, &str); 4] = [(1, "201"), (2, "202"), (3, "301"), (4, "Pilot")];

    /// Each episode uses the track of its own id, and tries track 9 without picking it.
    fn show() -> Show {
        let mut show = Show::new("Test");
        for (n, number) in EPISODES {
            let [picked, tried] = [n, 9].map(|track| {
                let alternate = Alternate::new(TrackId::from_u128(track), Ticks::ZERO);
                (AlternateId::from_u128(track), alternate)
            });
            let mut slot = Slot::new(
                None,
                TickSpan::with_length(Ticks::ZERO, Ticks::from_secs(9)),
                "",
            );
            slot.pick = Some(picked.0);
            let slot = slot.with_alternates([picked, tried]);
            let cut = Cut::default().with([], [], [(SlotId::from_u128(n), slot)]);
            let episode = Episode::new(number, "").with_cut(CutId::from_u128(n), cut);
            let insert = Change::Insert(Box::new(episode));
            show.apply(Edit::Episode(EpisodeId::from_u128(n), insert))
                .expect("it is new");
        }
        show
    }

    fn used(place: &Where, open: u128) -> Vec<u128> {
        let uses = Uses::of(&show());
        let tracks = uses.tracks(place, Some(EpisodeId::from_u128(open)));
        tracks.into_iter().map(TrackId::as_u128).collect()
    }

    #[test]
    fn only_what_is_picked_is_used() {
        assert_eq!(used(&Where::Show, 1), [1, 2, 3, 4]);
        assert_eq!(Uses::of(&show()).count(TrackId::from_u128(9)), 0);
        assert_eq!(Uses::of(&show()).count(TrackId::from_u128(1)), 1);
    }

    #[test]
    fn an_episode_is_the_open_one_or_one_by_its_number() {
        assert_eq!(used(&Where::Episode, 2), [2]);
        assert_eq!(used(&Where::Numbered("301".to_owned()), 2), [3]);
        assert_eq!(used(&Where::Numbered("pilot".to_owned()), 2), [4]);
        assert_eq!(used(&Where::Numbered("999".to_owned()), 2), [0; 0]);
    }

    #[test]
    fn a_season_is_the_episodes_with_the_same_hundreds() {
        assert_eq!(used(&Where::Season, 1), [1, 2]);
        assert_eq!(used(&Where::Season, 3), [3]);
    }

    #[test]
    fn where_the_number_tells_no_season_the_show_is_one() {
        assert_eq!(used(&Where::Season, 4), [1, 2, 3, 4]);
    }
}
