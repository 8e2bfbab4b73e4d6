//! A track: one recording in the pool, and why it is there.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

use super::curating::{Comment, Rating};
use super::entity::fields;
use super::ids::{CommentId, PersonId, TrackId};
use super::level::{Decibels, Lu, Lufs};
use super::marker::Color;
use super::media_ref::Media;
use super::music::{Bpm, Form, Given, Key, Singing};
use super::people::Moment;
use super::work::{MusicOrigin, Publisher, Writer};
use crate::time::Ticks;

/// One recording, with its media file, its tags and writers, what was measured, its lyrics and
/// its clearance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Track {
    /// Title of the recording.
    pub title: String,
    /// Who performs it.
    pub artist: String,
    /// The album it appeared on.
    pub album: String,
    /// Who wrote it.
    pub writers: Vec<Writer>,
    /// Who publishes the work, as tags and lists say it.
    pub publisher: String,
    /// Who publishes the work, with their shares: what a cue sheet needs.
    pub publishers: Vec<Publisher>,
    /// Who owns the recording.
    pub label: String,
    /// The label's number for the release.
    pub catalogue: String,
    /// Where the music comes from, where that is known.
    pub origin: Option<MusicOrigin>,
    /// International Standard Musical Work Code (ISO 15707).
    pub iswc: String,
    /// International Standard Recording Code (ISO 3901), without hyphens.
    pub isrc: String,
    /// Year of release, as tagged.
    pub year: Option<i32>,
    /// Genre, as tagged.
    pub genre: String,
    /// Moods and whatever else the show sorts its music by.
    pub tags: BTreeSet<String>,
    /// Why it is in the pool.
    pub why: String,
    /// Remarks.
    pub notes: String,
    /// Who added it.
    pub added_by: Option<PersonId>,
    /// When it was added.
    pub added_at: Moment,
    /// Where it stands in the pool.
    pub state: PoolState,
    /// How much each person likes it.
    pub ratings: BTreeMap<PersonId, Rating>,
    /// The color it is labelled with, for whatever the show means by it.
    pub color: Option<Color>,
    /// What people have told each other about it.
    pub comments: BTreeMap<CommentId, Comment>,
    /// Its sound file; none for a wish.
    pub media: Option<Media>,
    /// How long it is, as the list says that it came from: all that is known of a wish's length.
    pub stated_length: Option<Ticks>,
    /// What was measured of its sound.
    pub measured: Measured,
    /// Its tempo, as somebody has set it. What is set by hand is kept apart from what is measured,
    /// so that neither ever takes the other's place, whoever writes last.
    pub tempo_by_hand: Option<Bpm>,
    /// Where its first bar begins, as somebody has set it.
    pub downbeat_by_hand: Option<Ticks>,
    /// Its key, as somebody has set it.
    pub key_by_hand: Option<Key>,
    /// Where its parts begin, as somebody has set them, in order.
    pub sections_by_hand: Option<Vec<Ticks>>,
    /// Its words, in order.
    pub lyrics: Vec<LyricLine>,
    /// The recording it is another version of.
    pub rendition: Option<Rendition>,
    /// Tracks that sound like it and that somebody has told from it, so that nobody is asked again.
    /// It is enough that one of two knows of the other.
    pub told_from: BTreeSet<TrackId>,
    /// Permission to use the recording.
    pub master: ClearanceState,
    /// Permission to use the composition.
    pub publishing: ClearanceState,
}

impl Track {
    /// Length of the recording: that of its file, or where there is none, what is said of it.
    pub fn duration(&self) -> Option<Ticks> {
        let of_file = self.media.as_ref().map(Media::duration);
        of_file.or(self.stated_length)
    }

    /// How much people like it on average, in stars; `None` where nobody has rated it.
    pub fn mean_rating(&self) -> Option<f32> {
        let stars: u32 = self.ratings.values().map(|it| u32::from(it.stars())).sum();
        let people = self.ratings.len();
        (people > 0).then(|| stars as f32 / people as f32)
    }

    /// What people have told each other about it, in the order in which they did.
    pub fn thread(&self) -> Vec<&Comment> {
        let mut thread: Vec<_> = self.comments.iter().collect();
        thread.sort_by_key(|(id, comment)| (comment.at, **id));
        thread.into_iter().map(|(_, comment)| comment).collect()
    }

    /// Its tempo: as set by hand, else as tagged, else as estimated.
    pub fn tempo(&self) -> Option<Given<Bpm>> {
        let by_hand = self.tempo_by_hand.map(Given::by_hand);
        by_hand.or(self.measured.tempo)
    }

    /// Its key: as set by hand, else as tagged, else as estimated.
    pub fn key(&self) -> Option<Given<Key>> {
        self.key_by_hand.map(Given::by_hand).or(self.measured.key)
    }

    /// Where its first bar begins: as set by hand, else as estimated.
    pub fn first_downbeat(&self) -> Option<Ticks> {
        self.downbeat_by_hand.or(self.measured.first_downbeat)
    }

    /// Where its parts begin, in order: as set by hand, else as estimated; none where nobody knows.
    pub fn sections(&self) -> &[Ticks] {
        let estimated = self.measured.form.as_ref();
        let estimated = estimated.map(|form| form.sections.as_slice());
        let by_hand = self.sections_by_hand.as_deref();
        by_hand.or(estimated).unwrap_or_default()
    }

    /// How far permission for a use of it has come: a use is as clear as the worse of its two
    /// sides.
    pub fn clearance(&self) -> ClearanceState {
        if [self.master, self.publishing].contains(&ClearanceState::Denied) {
            ClearanceState::Denied
        } else {
            self.master.min(self.publishing)
        }
    }
}

/// Where a track stands in the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PoolState {
    /// Someone put it forward.
    #[default]
    Suggested,
    /// It lives in the show's world.
    Approved,
    /// It does not, and the notes say why.
    Rejected,
    /// It did once.
    Retired,
}

impl PoolState {
    /// All of them, in the order of a track's life.
    pub const ALL: [Self; 4] = [
        Self::Suggested,
        Self::Approved,
        Self::Rejected,
        Self::Retired,
    ];
}

impl PoolState {
    /// What it is called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suggested => "suggested",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Retired => "retired",
        }
    }
}

impl fmt::Display for PoolState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was measured of a track's sound. Everything bulky stays in the cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Integrated loudness (EBU R 128).
    pub loudness: Option<Lufs>,
    /// Loudness range (EBU Tech 3342); none for what is too short to have one, and for what was
    /// measured before it was measured.
    pub range: Option<Lu>,
    /// Loudness of its loudest 400 ms (EBU Tech 3341); none for silence, and for what was measured
    /// before it was measured.
    pub momentary_max: Option<Lufs>,
    /// Highest true peak, in dBTP.
    pub true_peak: Option<Decibels>,
    /// Where sound first rises out of silence.
    pub first_sound: Option<Ticks>,
    /// Where it last falls back into it.
    pub last_sound: Option<Ticks>,
    /// Its tempo.
    pub tempo: Option<Given<Bpm>>,
    /// Where its first bar begins, as estimated.
    pub first_downbeat: Option<Ticks>,
    /// Its key.
    pub key: Option<Given<Key>>,
    /// The parts it falls into; none for what was measured before they were looked for.
    pub form: Option<Form>,
    /// Where somebody sings, or that nobody does; none where that is not sure, and for what was
    /// measured before it was looked for.
    pub singing: Option<Singing>,
    /// The version of the measuring that found this out; 0 for what was measured before versions
    /// were counted.
    pub version: u32,
}

impl Measured {
    /// How much of what sounds is sung, from 0 to 1; none where that is not sure.
    pub fn share_sung(&self) -> Option<f64> {
        let length = self.last_sound? - self.first_sound?;
        Some(self.singing.as_ref()?.share(length))
    }

    /// Whether its sound was measured; what tags say does not count.
    pub fn is_known(&self) -> bool {
        self.true_peak.is_some() || self.loudness.is_some()
    }

    /// This, measured just now, but with the tempo and the key that `known` has from tags or by
    /// hand: they are trusted more than an estimate.
    #[must_use]
    pub fn trusting(self, known: &Self) -> Self {
        Self {
            tempo: known
                .tempo
                .filter(|tempo| !tempo.is_estimate())
                .or(self.tempo),
            key: known.key.filter(|key| !key.is_estimate()).or(self.key),
            ..self
        }
    }
}

/// One line of a lyric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LyricLine {
    /// When it is sung, if that is known: a position in the recording.
    pub at: Option<Ticks>,
    /// The words; empty for a pause.
    pub text: String,
}

/// That a track is another version of the same recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rendition {
    /// The main recording.
    pub of: TrackId,
    /// What kind of version.
    pub kind: RenditionKind,
}

/// Kinds of renditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RenditionKind {
    /// Without the voice.
    Instrumental,
    /// Without words that cannot be broadcast.
    Clean,
    /// A shortened edit.
    Cutdown,
    /// A part of the mix.
    Stem,
    /// Another mix or version.
    Other,
}

impl fmt::Display for RenditionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Instrumental => "instrumental",
            Self::Clean => "clean",
            Self::Cutdown => "cutdown",
            Self::Stem => "stem",
            Self::Other => "other version",
        })
    }
}

/// How far one side's permission has come. A use is as clear as the worse of its two sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClearanceState {
    /// Nobody has asked.
    #[default]
    NotStarted,
    /// A request is out.
    Requested,
    /// A fee was named.
    Quoted,
    /// The fee is agreed.
    Approved,
    /// There is a letter.
    Confirmed,
    /// It is signed.
    Licensed,
    /// It cannot be had.
    Denied,
}

impl ClearanceState {
    /// All of them, in the order of the work.
    pub const ALL: [Self; 7] = [
        Self::NotStarted,
        Self::Requested,
        Self::Quoted,
        Self::Approved,
        Self::Confirmed,
        Self::Licensed,
        Self::Denied,
    ];
}

impl ClearanceState {
    /// What it is called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::Requested => "requested",
            Self::Quoted => "quoted",
            Self::Approved => "approved",
            Self::Confirmed => "confirmed",
            Self::Licensed => "licensed",
            Self::Denied => "denied",
        }
    }
}

impl fmt::Display for ClearanceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fields! {
    /// What can be set of a [`Track`].
    TrackField of Track as Track {
        /// Title of the recording.
        Title(String) => title,
        /// Who performs it.
        Artist(String) => artist,
        /// The album.
        Album(String) => album,
        /// Who wrote it.
        Writers(Vec<Writer>) => writers,
        /// Who publishes the work.
        Publisher(String) => publisher,
        /// Who publishes the work, with their shares.
        Publishers(Vec<Publisher>) => publishers,
        /// Who owns the recording.
        Label(String) => label,
        /// The label's number for the release.
        Catalogue(String) => catalogue,
        /// Where the music comes from.
        Origin(Option<MusicOrigin>) => origin,
        /// ISWC.
        Iswc(String) => iswc,
        /// ISRC.
        Isrc(String) => isrc,
        /// Year of release.
        Year(Option<i32>) => year,
        /// Genre.
        Genre(String) => genre,
        /// Moods and other tags.
        Tags(BTreeSet<String>) => tags,
        /// Why it is in the pool.
        Why(String) => why,
        /// Remarks.
        Notes(String) => notes,
        /// Who added it.
        AddedBy(Option<PersonId>) => added_by,
        /// When it was added.
        AddedAt(Moment) => added_at,
        /// Where it stands in the pool.
        State(PoolState) => state,
        /// How much each person likes it.
        Ratings(BTreeMap<PersonId, Rating>) => ratings,
        /// The color it is labelled with.
        Color(Option<Color>) => color,
        /// What people have told each other about it.
        Comments(BTreeMap<CommentId, Comment>) => comments,
        /// Its sound file.
        Media(Option<Media>) => media,
        /// How long it is said to be.
        StatedLength(Option<Ticks>) => stated_length,
        /// What was measured.
        Measured(Measured) => measured,
        /// Its tempo, set by hand.
        TempoByHand(Option<Bpm>) => tempo_by_hand,
        /// Where its first bar begins, set by hand.
        DownbeatByHand(Option<Ticks>) => downbeat_by_hand,
        /// Its key, set by hand.
        KeyByHand(Option<Key>) => key_by_hand,
        /// Where its parts begin, set by hand.
        SectionsByHand(Option<Vec<Ticks>>) => sections_by_hand,
        /// Its words.
        Lyrics(Vec<LyricLine>) => lyrics,
        /// What it is a version of.
        Rendition(Option<Rendition>) => rendition,
        /// What it is told from.
        ToldFrom(BTreeSet<TrackId>) => told_from,
        /// Permission to use the recording.
        Master(ClearanceState) => master,
        /// Permission to use the composition.
        Publishing(ClearanceState) => publishing,
    }
    measured: |track: &mut Track| {
        track.measured = Measured::default();
        track.media = None;
    }
}

#[cfg(test)]
mod tests {
    use super::super::music::{Mode, Percent};
    use super::*;

    #[test]
    fn what_is_set_by_hand_is_believed_until_it_is_taken_back() {
        let estimate = Given::estimate(Bpm::from_hundredths(9_600), Percent::new(60));
        let mut track = Track {
            measured: Measured {
                tempo: Some(estimate),
                key: Some(Given::tagged(Key::new(0, Mode::Major))),
                first_downbeat: Some(Ticks::new(5)),
                ..Measured::default()
            },
            tempo_by_hand: Some(Bpm::from_hundredths(19_200)),
            key_by_hand: Some(Key::new(9, Mode::Minor)),
            downbeat_by_hand: Some(Ticks::new(7)),
            sections_by_hand: Some(vec![Ticks::new(1)]),
            ..Track::default()
        };
        let by_hand = Given::by_hand(Bpm::from_hundredths(19_200));
        assert_eq!(track.tempo(), Some(by_hand));
        assert_eq!(track.key(), Some(Given::by_hand(Key::new(9, Mode::Minor))));
        assert_eq!(track.first_downbeat(), Some(Ticks::new(7)));
        assert_eq!(track.sections(), [Ticks::new(1)]);
        track.tempo_by_hand = None;
        track.downbeat_by_hand = None;
        assert_eq!(track.tempo(), Some(estimate));
        assert_eq!(track.first_downbeat(), Some(Ticks::new(5)));
    }
}
