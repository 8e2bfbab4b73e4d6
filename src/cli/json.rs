//! What the command line prints for other programs: the show as JSON.
//!
//! Times are timecode of the cut they belong to; frame rates are fractions; lengths of sound are
//! seconds; ids are 32 hexadecimal digits.

mod measured;

use serde::Serialize;

pub(super) use self::measured::{MeasuredJson, VocalJson};
pub(super) use self::measured::{ending, source};
use crate::app::MediaPlaces;
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Color;
use crate::model::Comment;
use crate::model::Cut;
use crate::model::Episode;
use crate::model::LyricLine;
use crate::model::Marker;
use crate::model::MarkerId;
use crate::model::Media;
use crate::model::PersonId;
use crate::model::Rating;
use crate::model::Scene;
use crate::model::SceneId;
use crate::model::Show;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::Track;
use crate::model::TrackId;
use crate::time::Ticks;

/// A track, as `pool list` prints it.
#[derive(Debug, Serialize)]
pub(super) struct TrackRow {
    id: String,
    title: String,
    artist: String,
    path: Option<String>,
    seconds: Option<f64>,
    state: String,
    /// Stars, the mean of what people give it.
    rating: Option<f32>,
    color: Option<&'static str>,
    added_by: Option<String>,
    why: String,
}

impl TrackRow {
    pub(super) fn new(show: &Show, places: &MediaPlaces, id: TrackId, track: &Track) -> Self {
        let path = |media: &Media| places.path(media).display().to_string();
        Self {
            id: id.to_string(),
            title: track.title.clone(),
            artist: track.artist.clone(),
            path: track.media.as_ref().map(path),
            seconds: track.duration().map(Ticks::to_secs_f64),
            state: track.state.to_string(),
            rating: track.mean_rating(),
            color: track.color.map(Color::name),
            added_by: track.added_by.and_then(|id| name_of(show, id)),
            why: track.why.clone(),
        }
    }
}

fn name_of(show: &Show, person: PersonId) -> Option<String> {
    Some(show.person(person)?.name.clone())
}

/// A track with everything known of it.
#[derive(Debug, Serialize)]
struct TrackJson {
    #[serde(flatten)]
    row: TrackRow,
    album: String,
    writers: Vec<WriterJson>,
    publisher: String,
    label: String,
    isrc: String,
    year: Option<i32>,
    genre: String,
    tags: Vec<String>,
    notes: String,
    added: String,
    ratings: Vec<RatingJson>,
    comments: Vec<CommentJson>,
    media: Option<MediaJson>,
    #[serde(flatten)]
    measured: MeasuredJson,
    lyrics: Vec<LyricJson>,
    rendition_of: Option<String>,
    rendition: Option<String>,
    master: String,
    publishing: String,
}

#[derive(Debug, Serialize)]
struct WriterJson {
    name: String,
    role: &'static str,
}

/// How much one person likes a track.
#[derive(Debug, Serialize)]
struct RatingJson {
    by: Option<String>,
    stars: u8,
}

fn ratings(show: &Show, track: &Track) -> Vec<RatingJson> {
    let ratings = track.ratings.iter();
    let rating = |(person, rating): (&PersonId, &Rating)| RatingJson {
        by: name_of(show, *person),
        stars: rating.stars(),
    };
    ratings.map(rating).collect()
}

/// What somebody said of a track; `at` is the moment in UTC (RFC 3339).
#[derive(Debug, Serialize)]
struct CommentJson {
    by: Option<String>,
    at: String,
    text: String,
}

fn comments(show: &Show, track: &Track) -> Vec<CommentJson> {
    let thread = track.thread().into_iter();
    let comment = |comment: &Comment| CommentJson {
        by: name_of(show, comment.by),
        at: format!("{}T{}Z", comment.at.date(), comment.at.time_of_day()),
        text: comment.text.clone(),
    };
    thread.map(comment).collect()
}

#[derive(Debug, Serialize)]
struct LyricJson {
    at: Option<f64>,
    text: String,
}

impl From<&LyricLine> for LyricJson {
    fn from(line: &LyricLine) -> Self {
        Self {
            at: line.at.map(Ticks::to_secs_f64),
            text: line.text.clone(),
        }
    }
}

#[derive(Debug, Serialize)]
struct MediaJson {
    paths: Vec<String>,
    bytes: u64,
    hash: String,
    container: String,
    codec: String,
    sample_rate: u32,
    channels: u16,
    frames: i64,
    exact: bool,
    trimmed_start: i64,
    trimmed_end: i64,
}

impl From<&Media> for MediaJson {
    fn from(media: &Media) -> Self {
        Self {
            paths: media.paths.clone(),
            bytes: media.bytes,
            hash: media.hash.clone(),
            container: media.container.clone(),
            codec: media.codec.clone(),
            sample_rate: media.rate.get(),
            channels: media.channels,
            frames: media.length.get(),
            exact: media.is_exact,
            trimmed_start: media.trimmed_start.get(),
            trimmed_end: media.trimmed_end.get(),
        }
    }
}

impl TrackJson {
    fn new(show: &Show, places: &MediaPlaces, id: TrackId, track: &Track) -> Self {
        let writer = |writer: &crate::model::Writer| WriterJson {
            name: writer.name.clone(),
            role: writer.role.code(),
        };
        Self {
            row: TrackRow::new(show, places, id, track),
            album: track.album.clone(),
            writers: track.writers.iter().map(writer).collect(),
            publisher: track.publisher.clone(),
            label: track.label.clone(),
            isrc: track.isrc.clone(),
            year: track.year,
            genre: track.genre.clone(),
            tags: track.tags.iter().cloned().collect(),
            notes: track.notes.clone(),
            added: track.added_at.date(),
            ratings: ratings(show, track),
            comments: comments(show, track),
            media: track.media.as_ref().map(MediaJson::from),
            measured: MeasuredJson::new(track),
            lyrics: track.lyrics.iter().map(LyricJson::from).collect(),
            rendition_of: track.rendition.map(|rendition| rendition.of.to_string()),
            rendition: track.rendition.map(|rendition| rendition.kind.to_string()),
            master: track.master.to_string(),
            publishing: track.publishing.to_string(),
        }
    }
}

/// An episode, as `episode list` prints it: its current cut.
#[derive(Debug, Serialize)]
pub(super) struct EpisodeJson {
    number: String,
    title: String,
    #[serde(flatten)]
    cut: Option<CutJson>,
}

impl EpisodeJson {
    pub(super) fn new(episode: &Episode) -> Self {
        Self {
            number: episode.number.clone(),
            title: episode.title.clone(),
            cut: episode.current().map(|(_, cut)| CutJson::new(cut)),
        }
    }
}

#[derive(Debug, Serialize)]
struct CutJson {
    cut: u32,
    name: String,
    rate: String,
    drop: bool,
    start: String,
    length: String,
    guide: Option<GuideJson>,
    scenes: Vec<SceneJson>,
    markers: Vec<MarkerJson>,
    slots: Vec<SlotJson>,
}

#[derive(Debug, Serialize)]
struct GuideJson {
    at: String,
    gain_db: f32,
    media: MediaJson,
}

#[derive(Debug, Serialize)]
struct SceneJson {
    id: String,
    number: String,
    name: String,
    #[serde(rename = "in")]
    start: String,
    #[serde(rename = "out")]
    end: String,
    intent: String,
    color: &'static str,
}

#[derive(Debug, Serialize)]
struct MarkerJson {
    id: String,
    name: String,
    at: String,
    length: String,
    color: &'static str,
    note: String,
    hit: Option<HitJson>,
}

#[derive(Debug, Serialize)]
struct HitJson {
    weight: u8,
    early_frames: i64,
    late_frames: i64,
}

#[derive(Debug, Serialize)]
struct SlotJson {
    id: String,
    scene: Option<String>,
    #[serde(rename = "in")]
    start: String,
    #[serde(rename = "out")]
    end: String,
    why: String,
    pick: Option<String>,
    alternates: Vec<AlternateJson>,
}

#[derive(Debug, Serialize)]
struct AlternateJson {
    id: String,
    track: String,
    at: String,
    source_in: f64,
    gain_db: f32,
    fade_in: f64,
    fade_out: f64,
    pinned_to: Option<String>,
    note: String,
}

impl CutJson {
    fn new(cut: &Cut) -> Self {
        let rate = cut.timebase.rate();
        let length = rate.nearest_frames(cut.length);
        Self {
            cut: cut.number,
            name: cut.name.clone(),
            rate: format!("{}/{}", rate.num(), rate.den()),
            drop: cut.timebase.is_drop(),
            start: cut.timebase.label(cut.start),
            length: cut.timebase.length_label(length),
            guide: cut.guide.as_ref().map(|guide| GuideJson {
                at: cut.label(guide.offset),
                gain_db: guide.gain.to_f32(),
                media: MediaJson::from(&guide.media),
            }),
            scenes: cut
                .scenes()
                .into_iter()
                .map(|(id, s)| scene(cut, id, s))
                .collect(),
            markers: cut
                .markers()
                .into_iter()
                .map(|(id, m)| marker(cut, id, m))
                .collect(),
            slots: cut
                .slots()
                .into_iter()
                .map(|(id, s)| slot(cut, id, s))
                .collect(),
        }
    }
}

fn scene(cut: &Cut, id: SceneId, scene: &Scene) -> SceneJson {
    SceneJson {
        id: id.to_string(),
        number: scene.number.clone(),
        name: scene.name.clone(),
        start: cut.label(scene.span.start()),
        end: cut.label(scene.span.end()),
        intent: scene.intent.clone(),
        color: scene.color.name(),
    }
}

fn marker(cut: &Cut, id: MarkerId, marker: &Marker) -> MarkerJson {
    let length = cut.timebase.rate().nearest_frames(marker.length);
    MarkerJson {
        id: id.to_string(),
        name: marker.name.clone(),
        at: cut.label(marker.at),
        length: cut.timebase.length_label(length),
        color: marker.color.name(),
        note: marker.note.clone(),
        hit: marker.hit.map(|hit| HitJson {
            weight: hit.weight as u8 + 1,
            early_frames: hit.early.get(),
            late_frames: hit.late.get(),
        }),
    }
}

fn slot(cut: &Cut, id: SlotId, slot: &Slot) -> SlotJson {
    let alternates = slot.alternates().into_iter();
    SlotJson {
        id: id.to_string(),
        scene: slot.scene.map(|scene| scene.to_string()),
        start: cut.label(slot.span.start()),
        end: cut.label(slot.span.end()),
        why: slot.why.clone(),
        pick: slot.pick.map(|pick| pick.to_string()),
        alternates: alternates
            .map(|(id, alternate)| self::alternate(cut, slot, id, alternate))
            .collect(),
    }
}

fn alternate(cut: &Cut, slot: &Slot, id: AlternateId, alternate: &Alternate) -> AlternateJson {
    AlternateJson {
        id: id.to_string(),
        track: alternate.track.to_string(),
        at: cut.label(alternate.at(slot.span)),
        source_in: alternate.source_in(slot.span).to_secs_f64(),
        gain_db: alternate.gain.to_f32(),
        fade_in: alternate.fade_in.to_secs_f64(),
        fade_out: alternate.fade_out.to_secs_f64(),
        pinned_to: alternate.pin.map(|pin| pin.marker.to_string()),
        note: alternate.note.clone(),
    }
}

/// The whole show, as `show` prints it: with every cut of every episode.
#[derive(Debug, Serialize)]
pub(super) struct ShowJson {
    title: String,
    people: Vec<PersonJson>,
    tracks: Vec<TrackJson>,
    lists: Vec<ListJson>,
    episodes: Vec<WholeEpisodeJson>,
}

/// A list: what it finds, where it is a smart one, or else its tracks in order.
#[derive(Debug, Serialize)]
struct ListJson {
    id: String,
    name: String,
    made_by: Option<String>,
    query: Option<String>,
    tracks: Vec<String>,
}

#[derive(Debug, Serialize)]
struct PersonJson {
    id: String,
    name: String,
    role: String,
}

#[derive(Debug, Serialize)]
struct WholeEpisodeJson {
    id: String,
    number: String,
    title: String,
    current_cut: Option<u32>,
    cuts: Vec<CutJson>,
}

impl ShowJson {
    pub(super) fn new(show: &Show, places: &MediaPlaces) -> Self {
        let people = show.people().map(|(id, person)| PersonJson {
            id: id.to_string(),
            name: person.name.clone(),
            role: person.role.clone(),
        });
        let episodes = show.episodes();
        let episodes = episodes.iter().map(|(id, episode)| WholeEpisodeJson {
            id: id.to_string(),
            number: episode.number.clone(),
            title: episode.title.clone(),
            current_cut: episode.current().map(|(_, cut)| cut.number),
            cuts: episode
                .cuts()
                .iter()
                .map(|(_, cut)| CutJson::new(cut))
                .collect(),
        });
        let lists = show.lists().into_iter().map(|(id, list)| ListJson {
            id: id.to_string(),
            name: list.name.clone(),
            made_by: list.made_by.map(|by| by.to_string()),
            query: list.query.clone(),
            tracks: list.in_order().iter().map(ToString::to_string).collect(),
        });
        Self {
            title: show.title.clone(),
            people: people.collect(),
            lists: lists.collect(),
            tracks: show
                .tracks()
                .map(|(id, track)| TrackJson::new(show, places, id, track))
                .collect(),
            episodes: episodes.collect(),
        }
    }
}
