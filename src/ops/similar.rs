//! Tracks that are like one: in tempo, key, how their loudness is shaped, and mood; the likest
//! first, each with what they have in common.
//!
//! Each of these is a likeness from 0 to 1, and the whole is their mean, weighted by how much it
//! tells an editor who looks for another track for the same place. What is not known of either
//! track is left out of the mean, and counts a little against the track: likeness that is known is
//! worth more than likeness that is not contradicted.
//!
//! - Tempo is compared by the ratio of the two, twice and half as fast being nearly the same, as
//!   listeners and estimates differ in the octave (`McKinney` and Moelants, “Ambiguity in Tempo
//!   Perception”, 2006).
//! - Keys are compared by how far they lie apart on the circle of fifths, a minor key lying where
//!   its relative major does.
//! - The shape of loudness is how loud it is, its range (EBU Tech 3342), how long its parts are
//!   and how it ends.
//! - Mood is what of their tags they share, the genre being one (Jaccard's coefficient).

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::model::Key;
use crate::model::Mode;
use crate::model::Show;
use crate::model::Track;
use crate::model::TrackId;

/// How many tracks are told.
const MOST: usize = 200;
/// What is less like than this is not like at all.
const LEAST: f64 = 0.35;
/// How much the whole loses for each weight of what is not known.
const UNKNOWN_COSTS: f64 = 0.25;

/// How much each likeness weighs.
const TEMPO_WEIGHS: f64 = 1.0;
const KEY_WEIGHS: f64 = 0.8;
const SHAPE_WEIGHS: f64 = 0.8;
const MOOD_WEIGHS: f64 = 1.2;

/// A track that is like another.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// The track.
    pub track: TrackId,
    /// How like it is, from 0 to 1.
    pub likeness: f64,
    /// What they have in common: “same key, 2 BPM faster, warm”.
    pub reason: String,
}

/// The tracks of the pool that are like `id`, the likest first; of two that are as like as each
/// other, the one with the lower id. Versions of the same recording are not told: they are no
/// other choice.
pub fn similar_to(show: &Show, id: TrackId) -> Vec<Similar> {
    let Some(track) = show.track(id) else {
        return Vec::new();
    };
    let subject = Subject::new(track);
    let family = main_of(id, track);
    let others: Vec<(TrackId, &Track)> = show.tracks().collect();
    let mut found: Vec<(f64, TrackId, &Track)> = others
        .into_par_iter()
        .filter(|(other, track)| main_of(*other, track) != family)
        .filter_map(|(other, track)| {
            let likeness = subject.likeness(&Subject::new(track))?;
            (likeness >= LEAST).then_some((likeness, other, track))
        })
        .collect();
    found.sort_by(|(a, a_id, _), (b, b_id, _)| b.total_cmp(a).then(a_id.cmp(b_id)));
    found.truncate(MOST);
    let similar = found.into_iter().map(|(likeness, id, track)| Similar {
        track: id,
        likeness,
        reason: subject.reason(&Subject::new(track)),
    });
    similar.collect()
}

/// The main recording of a track's versions.
fn main_of(id: TrackId, track: &Track) -> TrackId {
    track.rendition.map_or(id, |rendition| rendition.of)
}

/// What of a track is compared.
struct Subject<'t> {
    track: &'t Track,
    /// In beats a minute.
    tempo: Option<f64>,
    key: Option<Key>,
    /// Tags and genre, in small letters.
    moods: BTreeSet<String>,
}

impl<'t> Subject<'t> {
    fn new(track: &'t Track) -> Self {
        let genre = Some(&track.genre).filter(|genre| !genre.is_empty());
        let moods = track.tags.iter().chain(genre);
        Self {
            track,
            tempo: track.tempo().map(|tempo| tempo.value.to_f64()),
            key: track.key().map(|key| key.value),
            moods: moods.map(|mood| mood.to_lowercase()).collect(),
        }
    }

    /// How like another is, where anything at all can be compared.
    fn likeness(&self, other: &Self) -> Option<f64> {
        let parts = [
            (
                TEMPO_WEIGHS,
                both(self.tempo, other.tempo).map(tempo_likeness),
            ),
            (KEY_WEIGHS, both(self.key, other.key).map(key_likeness)),
            (SHAPE_WEIGHS, shape_likeness(self.track, other.track)),
            (MOOD_WEIGHS, self.mood_likeness(other)),
        ];
        let known = parts
            .iter()
            .filter_map(|(weight, it)| Some((weight, (*it)?)));
        let (weights, sum) = known.fold((0.0, 0.0), |(weights, sum), (weight, likeness)| {
            (weights + weight, sum + weight * likeness)
        });
        let all: f64 = parts.iter().map(|(weight, _)| weight).sum();
        let unknown = (all - weights) / all;
        (weights > 0.0).then(|| sum / weights * (1.0 - UNKNOWN_COSTS * unknown))
    }

    fn mood_likeness(&self, other: &Self) -> Option<f64> {
        let shared = self.moods.intersection(&other.moods).count();
        let all = self.moods.union(&other.moods).count();
        let is_known = !self.moods.is_empty() && !other.moods.is_empty();
        is_known.then(|| shared as f64 / all as f64)
    }

    /// What another has in common with this one, in words.
    fn reason(&self, other: &Self) -> String {
        let mut reasons = Vec::new();
        if let Some(keys) = both(self.key, other.key) {
            reasons.extend(key_reason(keys));
        }
        if let Some(tempi) = both(self.tempo, other.tempo) {
            reasons.extend(tempo_reason(tempi));
        }
        if let Some(loudness) = both(self.track.measured.loudness, other.track.measured.loudness) {
            let apart = (loudness.0.hundredths() - loudness.1.hundredths()).abs();
            if apart <= 100 {
                reasons.push("as loud".to_owned());
            }
        }
        let shared = self.moods.intersection(&other.moods).cloned();
        reasons.extend(shared);
        reasons.join(", ")
    }
}

fn both<T>(a: Option<T>, b: Option<T>) -> Option<(T, T)> {
    a.zip(b)
}

/// The ratio of two tempi, brought within half an octave of 1, and by how many octaves.
fn folded_ratio((own, other): (f64, f64)) -> (f64, i32) {
    let octaves = (other / own).log2().round();
    (other / own / octaves.exp2(), octaves as i32)
}

/// The same tempo is all alike, one that is a tenth away not at all; an octave costs a tenth.
fn tempo_likeness(tempi: (f64, f64)) -> f64 {
    let (ratio, octaves) = folded_ratio(tempi);
    let apart = ratio.log2().abs() / 1.1_f64.log2();
    (1.0 - apart).max(0.0) * (1.0 - 0.1 * f64::from(octaves.abs())).max(0.0)
}

fn tempo_reason(tempi: (f64, f64)) -> Option<String> {
    let (_, octaves) = folded_ratio(tempi);
    if tempo_likeness(tempi) < 0.4 {
        return None;
    }
    let (own, other) = tempi;
    let apart = (other - own * f64::from(octaves).exp2()).round() as i64;
    let octave = match octaves {
        0 => "",
        1 => "twice as fast",
        -1 => "half as fast",
        _ => return None,
    };
    Some(match (apart, octave) {
        (0, "") => "same tempo".to_owned(),
        (0, octave) => octave.to_owned(),
        (_, octave) => {
            let way = if apart > 0 { "faster" } else { "slower" };
            let by = format!("{} BPM {way}", apart.abs());
            if octave.is_empty() {
                by
            } else {
                format!("{octave} and {by}")
            }
        }
    })
}

/// Where a key lies on the circle of fifths: C major and A minor at 0, G and E minor at 1.
fn fifths(key: Key) -> i32 {
    let major = match key.mode() {
        Mode::Major => i32::from(key.tonic()),
        Mode::Minor => i32::from(key.tonic()) + 3,
    };
    // Seven semitones are a fifth, and seven is its own inverse among twelve.
    (major * 7).rem_euclid(12)
}

/// How many fifths lie between two keys.
fn fifths_apart((own, other): (Key, Key)) -> i32 {
    let apart = (fifths(own) - fifths(other)).rem_euclid(12);
    apart.min(12 - apart)
}

/// The same key is all alike, its relative nearly, and three fifths away there is nothing left.
fn key_likeness(keys: (Key, Key)) -> f64 {
    let same_mode = keys.0.mode() == keys.1.mode();
    let mode = if same_mode { 1.0 } else { 0.85 };
    (1.0 - f64::from(fifths_apart(keys)) / 3.0).max(0.0) * mode
}

fn key_reason(keys: (Key, Key)) -> Option<String> {
    match (fifths_apart(keys), keys.0 == keys.1) {
        (0, true) => Some("same key".to_owned()),
        (0, false) => Some("relative key".to_owned()),
        (1, _) => Some("neighbouring key".to_owned()),
        _ => None,
    }
}

/// How alike two tracks are in loudness, its range, the length of their parts and their ending, as
/// far as that is known of both.
fn shape_likeness(own: &Track, other: &Track) -> Option<f64> {
    let n_parts = |track: &Track| Some(track.sections().len()).filter(|n| *n > 0);
    let parts = both(n_parts(own), n_parts(other)).map(|(a, b)| {
        let octaves = (a as f64 / b as f64).log2().abs();
        (1.0 - octaves / 2.0).max(0.0)
    });
    let (own, other) = (&own.measured, &other.measured);
    let near = |apart: f64, nothing_left_at: f64| (1.0 - apart / nothing_left_at).max(0.0);
    let loudness = both(own.loudness, other.loudness)
        .map(|(a, b)| near(f64::from((a.hundredths() - b.hundredths()).abs()), 800.0));
    let range = both(own.range, other.range)
        .map(|(a, b)| near(f64::from((a.hundredths() - b.hundredths()).abs()), 800.0));
    let forms = both(own.form.as_ref(), other.form.as_ref());
    let ending = forms
        .and_then(|(a, b)| both(a.ending, b.ending))
        .map(|(a, b)| if a == b { 1.0 } else { 0.0 });
    let known: Vec<f64> = [loudness, range, parts, ending]
        .into_iter()
        .flatten()
        .collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Bpm;
    use crate::model::Change;
    use crate::model::Edit;
    use crate::model::Given;
    use crate::model::Lufs;
    use crate::model::Measured;
    use crate::model::Rendition;
    use crate::model::RenditionKind;

    fn key(text: &str) -> Key {
        text.parse().expect("it is a key")
    }

    fn track(bpm: f64, key: &str, tags: &str) -> Track {
        Track {
            tags: tags.split_whitespace().map(str::to_owned).collect(),
            measured: Measured {
                tempo: Bpm::nearest_to(bpm).map(Given::tagged),
                key: key.parse().ok().map(Given::tagged),
                ..Measured::default()
            },
            ..Track::default()
        }
    }

    /// What is like the first of some tracks, whose ids count from 0.
    fn like_the_first(tracks: Vec<Track>) -> Vec<(u128, String)> {
        let mut show = Show::new("Test");
        for (n, track) in (0..).zip(tracks) {
            let insert = Change::Insert(Box::new(track));
            show.apply(Edit::Track(TrackId::from_u128(n), insert))
                .expect("it is new");
        }
        let found = similar_to(&show, TrackId::from_u128(0)).into_iter();
        found
            .map(|similar| (similar.track.as_u128(), similar.reason))
            .collect()
    }

    #[test]
    fn what_is_like_it_in_everything_comes_first_and_says_why() {
        let found = like_the_first(vec![
            track(100.0, "Am", "warm slow"),
            track(140.0, "F#", "loud"),
            track(102.0, "C", "warm"),
            track(102.0, "Am", "warm slow"),
        ]);
        assert_eq!(
            found,
            [
                (3, "same key, 2 BPM faster, slow, warm".to_owned()),
                (2, "relative key, 2 BPM faster, warm".to_owned()),
            ]
        );
    }

    #[test]
    fn twice_as_fast_is_nearly_the_same_tempo() {
        assert!(tempo_likeness((70.0, 140.0)) > 0.85);
        assert!(tempo_likeness((70.0, 35.5)) > 0.7);
        assert!(tempo_likeness((100.0, 120.0)) < 0.1);
        assert_eq!(
            tempo_reason((70.0, 140.0)).as_deref(),
            Some("twice as fast")
        );
        assert_eq!(
            tempo_reason((140.0, 69.0)).as_deref(),
            Some("half as fast and 1 BPM slower")
        );
        assert_eq!(tempo_reason((100.0, 120.0)), None);
    }

    #[test]
    fn keys_are_as_far_apart_as_on_the_circle_of_fifths() {
        for (a, b, apart) in [
            ("C", "C", 0),
            ("C", "Am", 0),
            ("C", "G", 1),
            ("C", "F", 1),
            ("Em", "G", 0),
            ("Am", "Em", 1),
            ("C", "F#", 6),
            ("Eb", "Cm", 0),
            ("B", "Db", 2),
        ] {
            assert_eq!(fifths_apart((key(a), key(b))), apart, "{a} {b}");
            assert_eq!(fifths_apart((key(b), key(a))), apart, "{b} {a}");
        }
    }

    #[test]
    fn what_is_known_to_be_like_comes_before_what_is_not_known_to_differ() {
        let found = like_the_first(vec![
            track(100.0, "Am", "warm"),
            track(f64::NAN, "", "warm"),
            track(100.0, "Am", "warm"),
        ]);
        let order: Vec<u128> = found.into_iter().map(|(id, _)| id).collect();
        assert_eq!(order, [2, 1]);
    }

    #[test]
    fn of_what_nothing_is_known_nothing_is_like() {
        let blank = Track::default;
        assert_eq!(like_the_first(vec![blank(), blank()]), []);
    }

    #[test]
    fn other_versions_of_the_same_recording_are_not_told() {
        let mut instrumental = track(100.0, "Am", "warm");
        instrumental.rendition = Some(Rendition {
            of: TrackId::from_u128(0),
            kind: RenditionKind::Instrumental,
        });
        let found = like_the_first(vec![track(100.0, "Am", "warm"), instrumental]);
        assert_eq!(found, []);
    }

    #[test]
    fn a_track_as_loud_is_more_like_it_than_one_much_louder() {
        let loud = |hundredths| Track {
            measured: Measured {
                loudness: Some(Lufs::from_hundredths(hundredths)),
                ..track(100.0, "Am", "").measured
            },
            ..Track::default()
        };
        let found = like_the_first(vec![loud(-2000), loud(-900), loud(-1950)]);
        let order: Vec<u128> = found.into_iter().map(|(id, _)| id).collect();
        assert_eq!(order, [2, 1]);
    }
}
