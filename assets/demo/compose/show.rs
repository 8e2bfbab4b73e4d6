//! Builds the demo's show file from the story's tables and the media that was made from them, with
//! the program's own core: the sound files are read and measured just as a user's would be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use needledrop::app::{Action, App, Environment, FileAction, PoolAction, Settings, SilentPlayer};
use needledrop::jobs::Workers;
use needledrop::model::{
    Alternate, AlternateId, Change, ClearanceState, Color, Cut, CutId, Edit, Episode, EpisodeId,
    Guide, HitPoint, Marker, MarkerId, Media, Moment, Person, PersonId, Pin, PoolState, Rendition,
    RenditionKind, Scene, SceneId, Show, Slot, SlotId, Track, TrackId, Weight,
};
use needledrop::platform::{Answer, Ask, Dialogs, Folders};
use needledrop::storage::{Setup, ShowFile, Watch, Who};
use needledrop::time::{FrameRate, Frames, TickSpan, Ticks, Timebase};

use crate::error::{Error, Result};
use crate::story;
use crate::story::marks;

/// The show file's name; the program looks for it under this name.
const FILE: &str = "Demo.needledrop";

/// Writes the show file beside the media.
pub(crate) fn write(demo: &Path) -> Result<()> {
    let file = demo.join(FILE);
    let scratch = tempfile::tempdir().map_err(Error::file(demo))?;
    let read = read_media(demo, scratch.path())?;
    let show = build(&read)?;
    if file.exists() {
        std::fs::remove_file(&file).map_err(Error::file(&file))?;
    }
    let setup = setup(scratch.path(), &story::PEOPLE[2]);
    let at = moment("2026-03-16T17:30:00Z")?;
    let made = ShowFile::create(&file, &show, &setup, at).map_err(to_story)?;
    made.close().map_err(to_story)
}

fn setup(keep: &Path, person: &story::Person) -> Setup {
    Setup {
        keep: keep.to_path_buf(),
        who: Who {
            name: person.name.to_owned(),
            machine: String::new(),
        },
        watch: Watch::Never,
        wake: Arc::new(|| {}),
    }
}

/// Nobody is asked for files here.
struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&mut self, _ask: Ask) {}

    fn poll(&mut self) -> Option<Answer> {
        None
    }
}

/// Has the core read and measure every sound file; returns them by their names.
fn read_media(demo: &Path, scratch: &Path) -> Result<BTreeMap<String, Track>> {
    let environment = Environment {
        player: Box::new(SilentPlayer),
        dialogs: Box::new(NoDialogs),
        folders: Folders::below(scratch),
        demo: None,
        workers: Workers::Caller,
        wake: Arc::new(|| {}),
        calendar: || Moment::from_unix_millis(0),
        outputs: Vec::new,
    };
    let mut app = App::new(environment, Settings::default(), Instant::now());
    // The show lies where the demo will, so that media is named as it will be there.
    let path = demo.join("reading.needledrop");
    app.dispatch(Action::File(FileAction::New {
        path: path.clone(),
        title: story::SHOW.to_owned(),
        timebase: Timebase::default(),
    }));
    app.wait_for_jobs();
    app.dispatch(Action::Pool(PoolAction::Add(vec![demo.join("media")])));
    app.wait_for_jobs();
    let summary = app.last_import().cloned().unwrap_or_default();
    if let Some((file, why)) = summary.failed.first() {
        return Err(Error::Story(format!("{}: {why}", file.display())));
    }
    let show = app.show().cloned().unwrap_or_default();
    let tracks = show.tracks().filter_map(|(_, track)| {
        let name = track.media.as_ref()?.paths.first()?.rsplit('/').next()?;
        Some((name.to_owned(), track.clone()))
    });
    let tracks = tracks.collect();
    app.close().map_err(Error::Story)?;
    drop(app);
    std::fs::remove_file(&path).map_err(Error::file(&path))?;
    Ok(tracks)
}

/// The whole show.
fn build(read: &BTreeMap<String, Track>) -> Result<Show> {
    let mut show = Show::new(story::SHOW);
    let mut edits = Vec::new();
    for person in &story::PEOPLE {
        let entry = Person {
            name: person.name.to_owned(),
            role: person.role.to_owned(),
        };
        edits.push(Edit::Person(
            person_id(person.id),
            Change::Insert(Box::new(entry)),
        ));
    }
    for entry in &story::POOL {
        let track = track(entry, found(read, entry.file)?)?;
        edits.push(Edit::Track(
            track_id(entry.file),
            Change::Insert(Box::new(track)),
        ));
    }
    let mut episode = Episode::new(story::EPISODE, story::TITLE);
    for entry in &story::CUTS {
        let guide = found(read, entry.guide)?.media.clone();
        episode = episode.with_cut(cut_id(entry), cut(entry, guide, read)?);
    }
    edits.push(Edit::Episode(
        EpisodeId::from_u128(id("episode", story::EPISODE)),
        Change::Insert(Box::new(episode)),
    ));
    show.apply_all(&edits).map_err(to_story)?;
    Ok(show)
}

fn track(entry: &story::Track, read: &Track) -> Result<Track> {
    let (state, notes) = match entry.state {
        story::pool::State::Suggested => (PoolState::Suggested, String::new()),
        story::pool::State::Approved => (PoolState::Approved, String::new()),
        story::pool::State::Rejected(why) => (PoolState::Rejected, why.to_owned()),
    };
    let kind = |kind: &str| match kind {
        "Instrumental" => RenditionKind::Instrumental,
        _ => RenditionKind::Other,
    };
    let cleared = match state {
        PoolState::Approved => ClearanceState::Confirmed,
        _ => ClearanceState::NotStarted,
    };
    Ok(Track {
        state,
        notes,
        why: entry.why.to_owned(),
        tags: entry
            .moods
            .iter()
            .map(|mood| (*mood).to_owned())
            .collect::<BTreeSet<_>>(),
        added_by: Some(person_id(entry.added_by)),
        added_at: moment(entry.added_at)?,
        rendition: entry.rendition_of.map(|(of, what)| Rendition {
            of: track_id(of),
            kind: kind(what),
        }),
        master: cleared,
        publishing: cleared,
        ..read.clone()
    })
}

fn cut(entry: &story::Cut, guide: Option<Media>, read: &BTreeMap<String, Track>) -> Result<Cut> {
    let number = entry
        .name
        .trim_start_matches('v')
        .parse()
        .map_err(to_story)?;
    let base = Timebase::non_drop(FrameRate::F25);
    let mut cut = Cut::new(
        base,
        Frames::new(i64::from(story::START)),
        ticks(entry.length()),
    );
    cut.number = number;
    cut.guide = guide.map(|media| Guide {
        media,
        offset: Ticks::ZERO,
        gain: needledrop::model::Decibels::ZERO,
    });
    let scenes = entry.scenes();
    let scenes = scenes.iter().map(|placed| {
        let scene = Scene {
            number: placed.number.to_owned(),
            name: placed.source.heading.to_owned(),
            span: span(&placed.span),
            intent: placed.source.intent.to_owned(),
            color: color(placed.source.colour),
        };
        (scene_id(placed.number), scene)
    });
    let markers = story::markers(entry);
    let markers = markers
        .iter()
        .map(|placed| (marker_id(placed.marker.name), marker(placed)));
    let mut slots = Vec::new();
    for placed in marks::slots(entry) {
        slots.push((slot_id(placed.slot.name), slot(entry, &placed, read)?));
    }
    Ok(cut.with(scenes, markers, slots))
}

fn marker(placed: &marks::PlacedMarker) -> Marker {
    let hit = |hit: marks::Hit| HitPoint {
        weight: match hit.weight {
            0 | 1 => Weight::Light,
            2 => Weight::Medium,
            _ => Weight::Heavy,
        },
        early: Frames::new(i64::from(hit.early)),
        late: Frames::new(i64::from(hit.late)),
    };
    Marker {
        name: placed.marker.name.to_owned(),
        at: ticks(placed.at),
        length: ticks(placed.marker.length),
        color: color(placed.marker.colour),
        note: placed.marker.note.to_owned(),
        hit: placed.marker.hit.map(hit),
    }
}

fn slot(
    cut: &story::Cut,
    placed: &marks::PlacedSlot,
    read: &BTreeMap<String, Track>,
) -> Result<Slot> {
    let span = span(&placed.span);
    let scene = cut.scenes().into_iter().find(|scene| {
        scene.source.number == placed.slot.scene && scene.span.contains(&placed.span.start)
    });
    let scene = scene.map(|scene| scene_id(scene.number));
    let mut slot = Slot::new(scene, span, placed.slot.why);
    let mut alternates = Vec::new();
    for (n, entry) in placed.slot.alternates.iter().enumerate() {
        found(read, entry.file)?;
        let pin = entry.pin.and_then(|(moment, name)| {
            let markers = story::markers(cut);
            let marker = markers.iter().find(|placed| placed.marker.name == name)?;
            let pin = Pin {
                moment: Ticks::from_millis(i64::from(moment)),
                marker: marker_id(name),
            };
            Some((pin, ticks(marker.at) - pin.moment))
        });
        let from = span.start() - Ticks::from_millis(i64::from(entry.from_ms));
        let mut alternate = Alternate::new(track_id(entry.file), pin.map_or(from, |(_, at)| at));
        alternate.pin = pin.map(|(pin, _)| pin);
        alternate.order = n as i64;
        entry.verdict.clone_into(&mut alternate.note);
        alternate.fade_out = Ticks::from_millis(600);
        let of = format!("{}/{}", placed.slot.name, entry.file);
        alternates.push((AlternateId::from_u128(id("alternate", &of)), alternate));
    }
    slot.pick = alternates.first().map(|(id, _)| *id);
    Ok(slot.with_alternates(alternates))
}

fn found<'a>(read: &'a BTreeMap<String, Track>, file: &str) -> Result<&'a Track> {
    let missing = || Error::Story(format!("{file} was not made"));
    read.get(file).ok_or_else(missing)
}

fn ticks(frames: u32) -> Ticks {
    FrameRate::F25.to_ticks(Frames::new(i64::from(frames)))
}

fn span(frames: &std::ops::Range<u32>) -> TickSpan {
    TickSpan::between(ticks(frames.start), ticks(frames.end))
}

/// The label color nearest to the word an editing system uses.
fn color(word: &str) -> Color {
    match word {
        "magenta" => Color::Pink,
        "white" | "black" => Color::Gray,
        word => word.parse().unwrap_or_default(),
    }
}

/// An instant written as `2026-01-14T21:40:00Z` (days from civil after Howard Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms").
fn moment(text: &str) -> Result<Moment> {
    let wrong = || Error::Story(format!("“{text}” is no instant"));
    let fields: Vec<i64> = text
        .split(['-', 'T', ':', 'Z'])
        .filter(|field| !field.is_empty())
        .map(|field| field.parse().map_err(|_not_a_number| wrong()))
        .collect::<Result<_>>()?;
    let &[year, month, day, hour, minute, second] = fields.as_slice() else {
        return Err(wrong());
    };
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    Ok(Moment::from_unix_millis(seconds * 1000))
}

/// The same thing has the same id each time the show is built.
fn id(kind: &str, name: &str) -> u128 {
    let hash = blake3::hash(format!("needledrop demo {kind} {name}").as_bytes());
    let mut bits = [0; 16];
    bits.copy_from_slice(&hash.as_bytes()[..16]);
    u128::from_be_bytes(bits)
}

fn person_id(name: &str) -> PersonId {
    PersonId::from_u128(id("person", name))
}

fn track_id(file: &str) -> TrackId {
    TrackId::from_u128(id("track", file))
}

fn cut_id(cut: &story::Cut) -> CutId {
    CutId::from_u128(id("cut", cut.name))
}

fn scene_id(number: &str) -> SceneId {
    SceneId::from_u128(id("scene", number))
}

fn marker_id(name: &str) -> MarkerId {
    MarkerId::from_u128(id("marker", name))
}

fn slot_id(name: &str) -> SlotId {
    SlotId::from_u128(id("slot", name))
}

fn to_story(error: impl std::fmt::Display) -> Error {
    Error::Story(error.to_string())
}
