//! `markers`: what a list of cuts or markers holds.

use std::io::Write;

use serde::Serialize;

use super::Failure;
use super::args::Markers;
use super::show::timebase;
use super::text::Output;
use crate::app::read_alone;
use crate::interchange::Report;
use crate::model::Color;
use crate::model::CutList;
use crate::model::FoundEvent;
use crate::model::FoundHeading;
use crate::model::FoundLine;
use crate::model::FoundMarker;
use crate::model::FoundScene;
use crate::model::Origin;
use crate::ops::adopt::EventsAs;
use crate::ops::adopt::scenes;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;

/// A list, as it is printed.
#[derive(Debug, Serialize)]
struct ListJson {
    title: String,
    /// Frames per second, as a fraction.
    rate: String,
    drop: bool,
    /// The timecode of the programme's first frame, where it is known.
    start: Option<String>,
    scenes: Vec<SceneJson>,
    markers: Vec<MarkerJson>,
    events: Vec<EventJson>,
    dialogue: Vec<LineJson>,
    headings: Vec<HeadingJson>,
    /// What was guessed, moved or left out.
    report: Vec<String>,
}

/// A position: timecode, and the same as frames counted from 00:00:00:00. What lies between two
/// frames is at the earlier of them, and so far behind it, in frames.
#[derive(Debug, Serialize)]
struct Place {
    frame: i64,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub_frame: Option<f64>,
}

#[derive(Debug, Serialize)]
struct MarkerJson {
    name: String,
    #[serde(flatten)]
    place: Place,
    length_frames: i64,
    color: Option<&'static str>,
    note: String,
    track: String,
}

#[derive(Debug, Serialize)]
struct SceneJson {
    number: String,
    name: String,
    #[serde(flatten)]
    place: Place,
    length_frames: i64,
    color: Option<&'static str>,
    note: String,
}

#[derive(Debug, Serialize)]
struct EventJson {
    number: String,
    reel: String,
    clip: String,
    file: String,
    track: String,
    picture: Option<u16>,
    sound: Vec<u16>,
    #[serde(flatten)]
    place: Place,
    length_frames: i64,
    source_frame: Option<i64>,
    source_length_frames: Option<i64>,
    speed: f64,
}

#[derive(Debug, Serialize)]
struct LineJson {
    speaker: String,
    text: String,
    #[serde(flatten)]
    place: Place,
    length_frames: i64,
}

#[derive(Debug, Serialize)]
struct HeadingJson {
    number: String,
    name: String,
    synopsis: String,
}

/// Prints what is in a list.
pub(super) fn run(args: &Markers, out: &mut dyn Write) -> Result<(), Failure> {
    let told = args.rate.as_deref().map(timebase).transpose()?;
    let (list, report) = read_alone(&args.file, told).map_err(|error| {
        let file = args.file.display();
        Failure::said(format!("{file}: {error}"))
    })?;
    let start = match &args.start {
        Some(text) => Some(list.timebase.parse(text)),
        None => None,
    };
    let start = start
        .transpose()
        .map_err(|error| Failure::said(error.to_string()))?
        .or(list.start);
    let printer = Printer { list: &list, start };
    let printed = printer.list(&report);
    let lines = printer.lines(&printed);
    Output::new(out, args.json).print(&printed, lines)?;
    Ok(())
}

/// Turns positions into labels.
struct Printer<'a> {
    list: &'a CutList,
    /// The label of the first frame, where it is known.
    start: Option<Frames>,
}

impl Printer<'_> {
    fn list(&self, report: &Report) -> ListJson {
        let list = self.list;
        let timebase = list.timebase;
        let rate = timebase.rate();
        let mut remarks: Vec<String> = report.warnings().iter().map(ToString::to_string).collect();
        if report.n_further() > 0 {
            remarks.push(format!("… and {} more remarks", report.n_further()));
        }
        ListJson {
            title: list.title.clone(),
            rate: format!("{}/{}", rate.num(), rate.den()),
            drop: timebase.is_drop(),
            start: self.start.map(|start| timebase.label(start)),
            scenes: scenes(list, EventsAs::default())
                .into_iter()
                .map(|scene| self.scene(scene))
                .collect(),
            markers: list
                .markers
                .iter()
                .map(|found| self.marker(found))
                .collect(),
            events: list.events.iter().map(|found| self.event(found)).collect(),
            dialogue: list.dialogue.iter().map(|found| self.line(found)).collect(),
            headings: list.headings.iter().map(heading).collect(),
            report: remarks,
        }
    }

    fn place(&self, position: Ticks) -> Place {
        let timebase = self.list.timebase;
        let rate = timebase.rate();
        let within = rate.floor_to_frames(position);
        let rest = position - rate.to_ticks(within);
        let frame = match self.list.origin {
            Origin::LabelZero => within,
            Origin::FirstFrame => self.start.unwrap_or_default() + within,
        };
        let sub_frame = rest.get() as f64 / rate.frame_length().get() as f64;
        Place {
            frame: frame.get(),
            at: timebase.label(frame),
            sub_frame: (rest != Ticks::ZERO).then_some(sub_frame),
        }
    }

    fn length(&self, length: Ticks) -> i64 {
        self.list.timebase.rate().nearest_frames(length).get()
    }

    fn marker(&self, marker: &FoundMarker) -> MarkerJson {
        MarkerJson {
            name: marker.name.clone(),
            place: self.place(marker.at),
            length_frames: self.length(marker.length),
            color: marker.color.map(Color::name),
            note: marker.note.clone(),
            track: marker.track.clone(),
        }
    }

    fn scene(&self, scene: FoundScene) -> SceneJson {
        SceneJson {
            number: scene.number,
            name: scene.name,
            place: self.place(scene.span.start()),
            length_frames: self.length(scene.span.length()),
            color: scene.color.map(Color::name),
            note: scene.note,
        }
    }

    fn event(&self, event: &FoundEvent) -> EventJson {
        let frames = |at| self.list.timebase.rate().nearest_frames(at).get();
        EventJson {
            number: event.number.clone(),
            reel: event.reel.clone(),
            clip: event.clip.clone(),
            file: event.file.clone(),
            track: event.track.clone(),
            picture: event.channels.picture,
            sound: event.channels.sound.clone(),
            place: self.place(event.record.start()),
            length_frames: self.length(event.record.length()),
            source_frame: event.source.map(TickSpan::start).map(frames),
            source_length_frames: event.source.map(TickSpan::length).map(frames),
            speed: event.speed.factor(),
        }
    }

    fn line(&self, line: &FoundLine) -> LineJson {
        LineJson {
            speaker: line.speaker.clone(),
            text: line.text.clone(),
            place: self.place(line.span.start()),
            length_frames: self.length(line.span.length()),
        }
    }

    /// For people: what there is of each kind, and the remarks.
    fn lines(&self, printed: &ListJson) -> Vec<String> {
        let counted = |n: usize, noun: &str| {
            let plural = if n == 1 { "" } else { "s" };
            (n > 0).then(|| format!("{n} {noun}{plural}"))
        };
        let counts = [
            counted(printed.scenes.len(), "scene"),
            counted(printed.markers.len(), "marker"),
            counted(printed.events.len(), "event"),
            counted(printed.dialogue.len(), "line"),
            counted(printed.headings.len(), "heading"),
        ];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        let mut lines = vec![format!("{} fps: {}", self.list.timebase, counts.join(", "))];
        let scenes = printed.scenes.iter();
        lines.extend(scenes.map(|s| format!("{}  {} {}", s.place.at, s.number, s.name)));
        let markers = printed.markers.iter();
        lines.extend(markers.map(|m| format!("{}  ◆ {}", m.place.at, m.name)));
        let dialogue = printed.dialogue.iter();
        lines.extend(dialogue.map(|l| format!("{}  {}: {}", l.place.at, l.speaker, l.text)));
        let headings = printed.headings.iter();
        lines.extend(headings.map(|h| format!("{} {}", h.number, h.name)));
        lines.extend(printed.report.iter().map(|remark| format!("! {remark}")));
        lines
    }
}

fn heading(heading: &FoundHeading) -> HeadingJson {
    HeadingJson {
        number: heading.number.clone(),
        name: heading.name.clone(),
        synopsis: heading.synopsis.clone(),
    }
}
