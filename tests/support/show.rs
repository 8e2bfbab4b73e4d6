//! Shows to test on.

use std::collections::BTreeSet;

use needledrop::analysis::VERSION;
use needledrop::model::Alternate;
use needledrop::model::AlternateId;
use needledrop::model::Change;
use needledrop::model::ClearanceState;
use needledrop::model::Color;
use needledrop::model::Cut;
use needledrop::model::CutAt;
use needledrop::model::CutId;
use needledrop::model::Edit;
use needledrop::model::Episode;
use needledrop::model::EpisodeId;
use needledrop::model::HitPoint;
use needledrop::model::Lufs;
use needledrop::model::LyricLine;
use needledrop::model::Marker;
use needledrop::model::MarkerId;
use needledrop::model::Measured;
use needledrop::model::Media;
use needledrop::model::Moment;
use needledrop::model::PoolState;
use needledrop::model::Rendition;
use needledrop::model::RenditionKind;
use needledrop::model::Scene;
use needledrop::model::SceneId;
use needledrop::model::Show;
use needledrop::model::Slot;
use needledrop::model::SlotId;
use needledrop::model::Track;
use needledrop::model::TrackId;
use needledrop::model::Weight;
use needledrop::time::FrameRate;
use needledrop::time::Frames;
use needledrop::time::SampleRate;
use needledrop::time::Samples;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;
use needledrop::time::Timebase;

/// Title, artist, seconds, state, tags.
type Spec = (&'static str, &'static str, i64, PoolState, &'static str);

const TRACKS: [Spec; 12] = [
    (
        "Coastline",
        "Ada Holm",
        222,
        PoolState::Approved,
        "warm slow",
    ),
    ("Fern", "The Slow Weather", 178, PoolState::Approved, "warm"),
    (
        "Halogen",
        "Mira Okafor",
        201,
        PoolState::Suggested,
        "tense night",
    ),
    (
        "Paper Boats",
        "Ada Holm",
        154,
        PoolState::Approved,
        "playful",
    ),
    (
        "Low Tide",
        "Sailors of the Inland Sea",
        265,
        PoolState::Approved,
        "slow",
    ),
    (
        "Every Window Is Lit and Nobody Is Home Tonight",
        "The Long Titles",
        243,
        PoolState::Approved,
        "night",
    ),
    (
        "Ärger im Paradies",
        "Übermut",
        190,
        PoolState::Rejected,
        "loud",
    ),
    (
        "Neon Tram",
        "Kite Parade",
        211,
        PoolState::Retired,
        "night city",
    ),
    ("Sparrow", "Ines Valdez", 142, PoolState::Approved, "warm"),
    (
        "Undertow",
        "Glass Harbour",
        318,
        PoolState::Suggested,
        "tense",
    ),
    (
        "Sunday Service",
        "Mount Elbow",
        187,
        PoolState::Approved,
        "gospel warm",
    ),
    (
        "Afterglow",
        "Halcyon Club",
        233,
        PoolState::Approved,
        "dance city",
    ),
];

/// The names by which tests know what is in [`beach_show`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beach {
    /// The one cut.
    pub(crate) cut: CutAt,
    /// "12 INT. BEACH HUT", with a slot of three alternates.
    pub(crate) hut: SceneId,
    /// "13 EXT. PIER", with no slot.
    pub(crate) pier: SceneId,
}

/// A track by its place in [`beach_show`], from 0.
pub(crate) fn track_id(index: usize) -> TrackId {
    TrackId::from_u128(1000 + index as u128)
}

/// A small show with everything in it.
pub(crate) fn beach_show() -> (Show, Beach) {
    let mut show = Show::new("Promise Bay");
    for (index, spec) in TRACKS.iter().enumerate() {
        insert(&mut show, track_id(index), track(index, *spec));
    }
    let beach = Beach {
        cut: CutAt {
            episode: EpisodeId::from_u128(1),
            cut: CutId::from_u128(2),
        },
        hut: SceneId::from_u128(12),
        pier: SceneId::from_u128(13),
    };
    let mut episode = Episode::default().with_cut(beach.cut.cut, cut(beach));
    episode.number = String::from("203");
    episode.title = String::from("Promise");
    let insert = Edit::Episode(beach.cut.episode, Change::Insert(Box::new(episode)));
    show.apply(insert).expect("the show has no episode yet");
    (show, beach)
}

/// A pool of `n` tracks that have been measured.
pub(crate) fn many_tracks(n: usize) -> Show {
    let mut show = Show::new("Everything");
    for index in 0..n {
        let (_, artist, secs, state, tags) = TRACKS[index % TRACKS.len()];
        let mut track = track(index, ("", artist, secs, state, tags));
        track.title = format!("Track {index:06}");
        insert(&mut show, track_id(index), track);
    }
    show
}

fn insert(show: &mut Show, id: TrackId, track: Track) {
    let edit = Edit::Track(id, Change::Insert(Box::new(track)));
    show.apply(edit).expect("every track has its own id");
}

fn track(index: usize, (title, artist, secs, state, tags): Spec) -> Track {
    let is_wordy = index.is_multiple_of(5);
    Track {
        title: title.to_owned(),
        artist: artist.to_owned(),
        album: "Songs from the Bay".to_owned(),
        tags: tags.split(' ').map(str::to_owned).collect::<BTreeSet<_>>(),
        why: if index == 0 {
            "What Nora hears on the way to the pier".to_owned()
        } else {
            String::new()
        },
        added_at: Moment::from_unix_millis(
            1_795_000_000_000 + i64::try_from(index).expect("few tracks"),
        ),
        state,
        media: Some(media(index, title, secs)),
        measured: Measured {
            loudness: Some(Lufs::from_hundredths(-1400)),
            first_sound: Some(Ticks::from_millis(250)),
            version: VERSION,
            ..Measured::default()
        },
        lyrics: if is_wordy {
            vec![LyricLine {
                at: None,
                text: "and you came back".to_owned(),
            }]
        } else {
            Vec::new()
        },
        rendition: (index == 8).then(|| Rendition {
            of: track_id(0),
            kind: RenditionKind::Instrumental,
        }),
        master: if index == 9 {
            ClearanceState::Denied
        } else {
            ClearanceState::NotStarted
        },
        ..Track::default()
    }
}

fn media(index: usize, title: &str, secs: i64) -> Media {
    let rate = SampleRate::HZ_48000;
    Media {
        paths: vec![format!("{title}.wav")],
        bytes: 10 + index as u64,
        hash: format!("{index:064x}"),
        container: "WAV".to_owned(),
        codec: "PCM 16".to_owned(),
        rate,
        channels: 2,
        length: Samples::new(secs * 48_000),
        is_exact: true,
        trimmed_start: Samples::ZERO,
        trimmed_end: Samples::ZERO,
    }
}

fn cut(beach: Beach) -> Cut {
    let seconds = |from, to| TickSpan::between(Ticks::from_secs(from), Ticks::from_secs(to));
    let scene = |number: &str, name: &str, span, color| Scene {
        number: number.to_owned(),
        name: name.to_owned(),
        span,
        color,
        ..Scene::default()
    };
    let marker = |name: &str, secs, color, hit| Marker {
        name: name.to_owned(),
        at: Ticks::from_secs(secs),
        color,
        hit,
        ..Marker::default()
    };
    let touch = HitPoint {
        weight: Weight::Heavy,
        early: Frames::new(2),
        late: Frames::new(4),
    };
    let alternate = |index: usize, order| {
        let mut alternate = Alternate::new(track_id(index), Ticks::from_secs(60));
        alternate.order = order;
        (AlternateId::from_u128(50 + index as u128), alternate)
    };
    let alternates = [alternate(0, 0), alternate(1, 1), alternate(2, 2)];
    let mut slot = Slot::default().with_alternates(alternates);
    slot.scene = Some(beach.hut);
    slot.span = seconds(60, 118);
    slot.why = String::from("She decides to stay");
    slot.pick = Some(AlternateId::from_u128(50));
    let mut cut = Cut::default().with(
        [
            (
                beach.hut,
                scene("12", "INT. BEACH HUT", seconds(60, 118), Color::Orange),
            ),
            (
                beach.pier,
                scene("13", "EXT. PIER", seconds(118, 200), Color::Blue),
            ),
        ],
        [
            (
                MarkerId::from_u128(31),
                marker("look", 70, Color::Cyan, None),
            ),
            (
                MarkerId::from_u128(32),
                marker("touch", 83, Color::Yellow, Some(touch)),
            ),
            (
                MarkerId::from_u128(33),
                marker("title", 130, Color::Purple, None),
            ),
        ],
        [(SlotId::from_u128(40), slot)],
    );
    cut.number = 4;
    cut.timebase = Timebase::non_drop(FrameRate::F25);
    cut.start = Frames::new(10 * 3600 * 25);
    cut.length = Ticks::from_secs(600);
    cut
}
