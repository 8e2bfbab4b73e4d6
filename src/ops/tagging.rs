//! Which tags a track is likely to be given next, by what the show already uses: tags that go with
//! those it has, with its artist and with its genre, and else the commonest ones.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::search::fold;
use crate::model::Track;

/// A sign seen so often is believed half: one track tagged “warm” and “slow” says little about
/// the next one that is warm.
const DOUBT: f32 = 1.0;

/// A tag less likely than this is not offered by itself.
const LIKELY: f32 = 0.15;

/// Something that speaks for a tag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// Another tag.
    Tag(String),
    /// Who performs it, folded.
    Artist(String),
    /// Its genre, folded.
    Genre(String),
}

/// How often each tag is used, and with what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagUse {
    /// How many tracks have each tag.
    tags: BTreeMap<String, usize>,
    /// How many tracks show each sign, and how many of them have each tag.
    signs: BTreeMap<Sign, (usize, BTreeMap<String, usize>)>,
}

impl TagUse {
    /// Counts a track in.
    pub fn insert(&mut self, track: &Track) {
        for tag in &track.tags {
            *self.tags.entry(tag.clone()).or_default() += 1;
        }
        if track.tags.is_empty() {
            // Its artist and genre say nothing of tags that nobody has thought about yet.
            return;
        }
        for sign in signs(track) {
            let (seen, with) = self.signs.entry(sign).or_default();
            *seen += 1;
            for tag in &track.tags {
                *with.entry(tag.clone()).or_default() += 1;
            }
        }
    }

    /// Takes out a track that was counted in.
    pub fn remove(&mut self, track: &Track) {
        for tag in &track.tags {
            take_one(&mut self.tags, tag);
        }
        if track.tags.is_empty() {
            return;
        }
        for sign in signs(track) {
            let Some((seen, with)) = self.signs.get_mut(&sign) else {
                continue;
            };
            *seen -= 1;
            for tag in &track.tags {
                take_one(with, tag);
            }
            if *seen == 0 {
                self.signs.remove(&sign);
            }
        }
    }

    /// How many tracks have a tag.
    pub fn count(&self, tag: &str) -> usize {
        self.tags.get(tag).copied().unwrap_or_default()
    }

    /// Tags that `track` does not have, the likeliest first, `most` at most. With something
    /// `typed`, only those of which a word begins so, those first that begin so themselves.
    pub fn suggest(&self, track: &Track, typed: &str, most: usize) -> Vec<&str> {
        let own: BTreeSet<String> = track.tags.iter().map(|tag| fold(tag)).collect();
        let typed = fold(typed.trim());
        let signs: Vec<_> = signs(track)
            .into_iter()
            .filter_map(|sign| self.signs.get(&sign))
            .collect();
        let mut found: Vec<(bool, f32, usize, &str)> = self
            .tags
            .iter()
            .filter_map(|(tag, n)| {
                let folded = fold(tag);
                let begins_word = folded
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word.starts_with(&typed));
                let begins = folded.starts_with(&typed);
                let is_meant = begins || begins_word;
                if own.contains(&folded) || !is_meant {
                    return None;
                }
                Some((!begins, likelihood(tag, &signs), *n, tag.as_str()))
            })
            .collect();
        found.sort_by(|a, b| {
            let by_sign = b.1.total_cmp(&a.1);
            a.0.cmp(&b.0)
                .then(by_sign)
                .then(b.2.cmp(&a.2))
                .then(a.3.cmp(b.3))
        });
        found.truncate(most);
        found.into_iter().map(|(_, _, _, tag)| tag).collect()
    }
}

impl TagUse {
    /// Tags to be offered before anything is typed: those that something speaks for, or where
    /// nothing is known of the track, the commonest.
    pub fn likely(&self, track: &Track, most: usize) -> Vec<&str> {
        let signs: Vec<_> = signs(track)
            .into_iter()
            .filter_map(|sign| self.signs.get(&sign))
            .collect();
        let mut tags = self.suggest(track, "", most);
        if !signs.is_empty() {
            tags.retain(|tag| likelihood(tag, &signs) >= LIKELY);
        }
        tags
    }
}

/// How likely a tag is where these signs are seen, as if each spoke for itself (a noisy or: Pearl,
/// "Probabilistic Reasoning in Intelligent Systems", section 4.3.2).
fn likelihood(tag: &str, signs: &[&(usize, BTreeMap<String, usize>)]) -> f32 {
    let unlikely: f32 = signs
        .iter()
        .map(|(seen, with)| {
            let together = with.get(tag).copied().unwrap_or_default() as f32;
            1.0 - together / (*seen as f32 + DOUBT)
        })
        .product();
    1.0 - unlikely
}

fn signs(track: &Track) -> Vec<Sign> {
    let mut signs: Vec<Sign> = track.tags.iter().cloned().map(Sign::Tag).collect();
    let mut named = |text: &str, sign: fn(String) -> Sign| {
        let folded = fold(text.trim());
        if !folded.is_empty() {
            signs.push(sign(folded));
        }
    };
    named(&track.artist, Sign::Artist);
    named(&track.genre, Sign::Genre);
    signs
}

fn take_one(counts: &mut BTreeMap<String, usize>, tag: &str) {
    if let Some(n) = counts.get_mut(tag) {
        *n -= 1;
        if *n == 0 {
            counts.remove(tag);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(artist: &str, tags: &str) -> Track {
        Track {
            artist: artist.to_owned(),
            tags: tags.split_whitespace().map(str::to_owned).collect(),
            ..Track::default()
        }
    }

    fn pool(tracks: &[(&str, &str)]) -> TagUse {
        let mut used = TagUse::default();
        for (artist, tags) in tracks {
            used.insert(&track(artist, tags));
        }
        used
    }

    const POOL: [(&str, &str); 6] = [
        ("Ada", "warm slow"),
        ("Ben", "warm slow night"),
        ("Cleo", "warm slow"),
        ("Dee", "loud fast"),
        ("Dee", "loud fast night"),
        ("Eve", "loud"),
    ];

    #[test]
    fn tags_that_go_with_its_own_come_first() {
        let used = pool(&POOL);
        assert_eq!(used.suggest(&track("", "warm"), "", 2), ["slow", "night"]);
        assert_eq!(used.suggest(&track("", "loud"), "", 2), ["fast", "night"]);
    }

    #[test]
    fn an_untagged_track_is_offered_what_its_artist_usually_gets() {
        let used = pool(&POOL);
        assert_eq!(used.suggest(&track("DEE", ""), "", 2), ["loud", "fast"]);
    }

    #[test]
    fn with_nothing_to_go_by_the_commonest_come_first() {
        let used = pool(&POOL);
        let offered = used.suggest(&Track::default(), "", 9);
        assert_eq!(offered, ["loud", "slow", "warm", "fast", "night"]);
    }

    #[test]
    fn what_nothing_speaks_for_is_not_offered_by_itself() {
        let used = pool(&POOL);
        assert_eq!(used.likely(&track("", "warm"), 9), ["slow", "night"]);
        assert_eq!(used.likely(&Track::default(), 2), ["loud", "slow"]);
    }

    #[test]
    fn what_is_typed_decides_which_are_offered() {
        let used = pool(&[("", "late-night"), ("", "nightclub"), ("", "warm")]);
        let offered = used.suggest(&Track::default(), "NIGHT", 9);
        assert_eq!(offered, ["nightclub", "late-night"]);
    }

    #[test]
    fn a_track_is_never_offered_what_it_has_however_that_is_written() {
        let used = pool(&[("", "Warm"), ("", "slow")]);
        assert_eq!(used.suggest(&track("", "warm"), "", 9), ["slow"]);
    }

    #[test]
    fn what_is_taken_out_leaves_no_trace() {
        let mut used = pool(&POOL);
        let other = track("Ada", "warm new");
        used.insert(&other);
        used.remove(&other);
        assert_eq!(used, pool(&POOL));
    }
}
