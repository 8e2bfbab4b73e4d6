//! Which track of the pool a recording is that is known only by what is said of it.
//!
//! A wish is a track without a sound file: somebody wants it, nobody has it yet. When its file
//! comes, or when a list names a recording that the pool has, the two are known for the same by
//! their ISRC (ISO 3901), or else by title, artist and a length that differs by two seconds at
//! most.

use std::collections::BTreeMap;

use super::search::fold;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackField;
use crate::model::TrackId;
use crate::time::Ticks;

/// How far two lengths of the same recording may lie apart: services round to seconds, and
/// encoders add to the ends.
const SLACK: Ticks = Ticks::from_secs(2);

/// Which tracks are looked among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// Those without a file.
    Wishes,
    /// All of the pool.
    All,
}

/// The recordings of a pool by what they are called.
#[derive(Clone, Debug, Default)]
pub struct Recordings {
    by_isrc: BTreeMap<String, Vec<TrackId>>,
    by_name: BTreeMap<(String, String), Vec<TrackId>>,
    /// Length, and whether it has no file.
    known: BTreeMap<TrackId, (Option<Ticks>, bool)>,
}

impl Recordings {
    /// Those of a show.
    pub fn new(show: &Show) -> Self {
        let mut recordings = Self::default();
        for (id, track) in show.tracks() {
            recordings.insert(id, track);
        }
        recordings
    }

    /// Takes in one more.
    pub fn insert(&mut self, id: TrackId, track: &Track) {
        if !track.isrc.is_empty() {
            let isrc = plain_isrc(&track.isrc);
            self.by_isrc.entry(isrc).or_default().push(id);
        }
        if !track.title.is_empty() {
            self.by_name.entry(name(track)).or_default().push(id);
        }
        let about = (track.duration(), track.media.is_none());
        self.known.insert(id, about);
    }

    /// A wish has its file now, or one of the lists no longer holds it.
    pub fn fulfil(&mut self, id: TrackId) {
        if let Some((_, is_wish)) = self.known.get_mut(&id) {
            *is_wish = false;
        }
    }

    /// The track that is the same recording as `track`, the one that is nearest in length where
    /// there are several.
    pub fn find(&self, track: &Track, among: Among) -> Option<TrackId> {
        let fits = |id: &&TrackId| match self.known.get(id) {
            Some((_, is_wish)) => among == Among::All || *is_wish,
            None => false,
        };
        let isrc = plain_isrc(&track.isrc);
        let by_isrc = self.by_isrc.get(&isrc).into_iter().flatten().find(fits);
        if let Some(id) = by_isrc {
            return Some(*id);
        }
        if track.title.is_empty() {
            return None;
        }
        let named = self.by_name.get(&name(track)).into_iter().flatten();
        let near = named.filter(fits).filter_map(|id| {
            let (length, _) = self.known.get(id)?;
            let distance = match (length, track.duration()) {
                (Some(a), Some(b)) => (*a - b).abs(),
                // Word for word the same wish.
                (None, None) if among == Among::All => SLACK,
                // A title alone is too common to go by.
                _ if track.artist.is_empty() => return None,
                _ => SLACK,
            };
            (distance <= SLACK).then_some((distance, *id))
        });
        near.min().map(|(_, id)| id)
    }
}

fn plain_isrc(isrc: &str) -> String {
    let letters = isrc.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_uppercase()).collect()
}

/// Artist and title without case, accents, punctuation and doubled blanks.
fn name(track: &Track) -> (String, String) {
    let plain = |text: &str| {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    (plain(&track.artist), plain(&track.title))
}

/// What a wish gains from its file: the file, and what nobody had said of it so far.
pub fn fulfilled(wish: &Track, file: &Track) -> Vec<TrackField> {
    let mut fields = vec![TrackField::Media(file.media.clone())];
    let mut fill = |was: &str, is: &str, field: fn(String) -> TrackField| {
        if was.is_empty() && !is.is_empty() {
            fields.push(field(is.to_owned()));
        }
    };
    fill(&wish.title, &file.title, TrackField::Title);
    fill(&wish.artist, &file.artist, TrackField::Artist);
    fill(&wish.album, &file.album, TrackField::Album);
    fill(&wish.publisher, &file.publisher, TrackField::Publisher);
    fill(&wish.label, &file.label, TrackField::Label);
    fill(&wish.isrc, &file.isrc, TrackField::Isrc);
    fill(&wish.genre, &file.genre, TrackField::Genre);
    fill(&wish.notes, &file.notes, TrackField::Notes);
    if wish.writers.is_empty() && !file.writers.is_empty() {
        fields.push(TrackField::Writers(file.writers.clone()));
    }
    if wish.year.is_none() && file.year.is_some() {
        fields.push(TrackField::Year(file.year));
    }
    if wish.lyrics.is_empty() && !file.lyrics.is_empty() {
        fields.push(TrackField::Lyrics(file.lyrics.clone()));
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(artist: &str, title: &str, millis: Option<i64>) -> Track {
        Track {
            artist: artist.to_owned(),
            title: title.to_owned(),
            stated_length: millis.map(Ticks::from_millis),
            ..Track::default()
        }
    }

    fn recordings(tracks: &[Track]) -> Recordings {
        let mut recordings = Recordings::default();
        for (n, track) in tracks.iter().enumerate() {
            recordings.insert(TrackId::from_u128(n as u128), track);
        }
        recordings
    }

    fn found(recordings: &Recordings, track: &Track) -> Option<u128> {
        let found = recordings.find(track, Among::Wishes)?;
        (0..9).find(|n| TrackId::from_u128(*n) == found)
    }

    #[test]
    fn the_isrc_decides_before_the_name() {
        let mut by_code = track("x", "y", None);
        by_code.isrc = "GB-AYE-69-00531".to_owned();
        let all = recordings(&[track("Ada", "Fern", Some(178_000)), by_code]);
        let mut file = track("Ada", "Fern", Some(178_000));
        file.isrc = "GBAYE6900531".to_owned();
        assert_eq!(found(&all, &file), Some(1));
    }

    #[test]
    fn names_are_alike_whatever_their_case_accents_and_punctuation() {
        let all = recordings(&[track("Beyoncé", "Don’t  Hurt", Some(178_000))]);
        let file = track("BEYONCE", "don't hurt", Some(180_000));
        assert_eq!(found(&all, &file), Some(0));
    }

    #[test]
    fn another_length_is_another_recording_and_the_nearest_is_meant() {
        let all = recordings(&[
            track("Ada", "Fern", Some(300_000)),
            track("Ada", "Fern", Some(179_000)),
            track("Ada", "Fern", Some(178_100)),
        ]);
        assert_eq!(found(&all, &track("Ada", "Fern", Some(178_000))), Some(2));
        assert_eq!(found(&all, &track("Ada", "Fern", Some(240_000))), None);
    }

    #[test]
    fn a_title_without_artist_and_length_says_too_little() {
        let all = recordings(&[track("", "Intro", None), track("Ada", "Intro", None)]);
        assert_eq!(found(&all, &track("", "Intro", Some(9_000))), None);
        assert_eq!(found(&all, &track("Ada", "Intro", Some(9_000))), Some(1));
    }

    #[test]
    fn a_wish_is_fulfilled_once() {
        let mut all = recordings(&[track("Ada", "Fern", Some(178_000))]);
        all.fulfil(TrackId::from_u128(0));
        let file = track("Ada", "Fern", Some(178_000));
        assert_eq!(found(&all, &file), None);
        assert_eq!(all.find(&file, Among::All), Some(TrackId::from_u128(0)));
    }

    #[test]
    fn what_people_said_of_a_wish_stays() {
        let mut wish = track("Ada", "Fern", None);
        wish.notes = "the slow one".to_owned();
        let mut file = track("ADA H.", "fern", Some(178_000));
        file.album = "Tide".to_owned();
        file.notes = "ripped".to_owned();
        assert_eq!(
            fulfilled(&wish, &file),
            [
                TrackField::Media(None),
                TrackField::Album("Tide".to_owned())
            ]
        );
    }
}
