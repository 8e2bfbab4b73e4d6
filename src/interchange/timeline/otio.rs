//! `OpenTimelineIO`, in the versions of its objects that every release since 0.15 reads (its
//! documentation, "Serialized Data"): `Timeline.1`, `Clip.2`, `Marker.2`.
//!
//! A clip has its alternates as further media references beside the pick, which is the active one.
//! A clip has one range for all of them, so the range that each reference says it has available is
//! moved: whoever makes another active hears it aligned as it is here. Levels and fades, which the
//! format has no objects for, are in `metadata.needledrop`.
//!
//! Places on frames are numbers of frames; what lies between two is a number of samples at 48 kHz.
//! A length carries the rest of what was rounded before it, so nothing adds up.

use std::collections::BTreeSet;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::address::file_url;
use super::report::{Remark, WriteReport};
use crate::model::Color;
use crate::model::HitPoint;
use crate::model::Marker;
use crate::model::MusicClip;
use crate::model::Programme;
use crate::model::Scene;
use crate::model::Take;
use crate::model::Weight;
use crate::time::FrameRate;
use crate::time::SampleRate;
use crate::time::TickSpan;
use crate::time::Ticks;

/// What finer places are counted in.
const FINE: SampleRate = SampleRate::HZ_48000;

/// The key of the pick among a clip's media references.
const PICK: &str = "DEFAULT_MEDIA";

/// Writes a programme.
pub(super) fn write(programme: &Programme, report: &mut WriteReport) -> String {
    let mut writer = Writer {
        programme,
        rate: programme.timebase.rate(),
        rounded: BTreeSet::new(),
    };
    let timeline = writer.timeline();
    report.add(Remark::MovedToSamples {
        n: writer.rounded.len(),
    });
    report.add(Remark::Levelled {
        n: n_levelled(programme),
    });
    let mut text = serde_json::to_string_pretty(&timeline).unwrap_or_default();
    text.push('\n');
    text
}

/// How many pieces of music are turned down by levelling.
pub(super) fn n_levelled(programme: &Programme) -> usize {
    let music = programme.lanes.iter().flatten();
    let levelled = music.filter(|clip| clip.pick.levelling.hundredths() != 0);
    levelled.count()
}

struct Writer<'a> {
    programme: &'a Programme,
    rate: FrameRate,
    /// The places that lie between two samples.
    rounded: BTreeSet<Ticks>,
}

impl Writer<'_> {
    fn timeline(&mut self) -> Value {
        let programme = self.programme;
        let lanes = programme.lanes.iter().enumerate();
        let tracks: Vec<Value> = lanes.map(|(n, lane)| self.track(n, lane)).collect();
        let markers = programme.markers.iter().map(|it| (it.at, self.marker(it)));
        let mut markers: Vec<(Ticks, Value)> = markers.collect();
        let scenes = programme.scenes.iter();
        markers.extend(scenes.map(|it| (it.span.start(), self.scene(it))));
        markers.sort_by_key(|(at, _)| *at);
        let markers: Vec<Value> = markers.into_iter().map(|(_, value)| value).collect();
        json!({
            "OTIO_SCHEMA": "Timeline.1",
            "name": programme.title,
            "global_start_time": self.frames(programme.start.get()),
            "tracks": {
                "OTIO_SCHEMA": "Stack.1",
                "name": "tracks",
                "source_range": null,
                "enabled": true,
                "effects": [],
                "markers": markers,
                "metadata": {},
                "children": tracks,
            },
            "metadata": { "needledrop": {
                "rate": format!("{}/{}", self.rate.num(), self.rate.den()),
                "drop_frame": programme.timebase.is_drop(),
                "length": self.length_of(TickSpan::between(Ticks::ZERO, programme.length)),
            } },
        })
    }

    fn track(&mut self, n: usize, lane: &[MusicClip]) -> Value {
        let mut children = Vec::new();
        // How far the lengths that were written reach.
        let mut reached = Ticks::ZERO;
        for clip in lane {
            let from = clip.pick.heard.start();
            if from > reached {
                let (length, end) = self.up_to(reached, from);
                children.push(self.gap(length));
                reached = end;
            }
            let (length, end) = self.up_to(reached, clip.pick.heard.end());
            children.push(self.clip(clip, length));
            reached = end;
        }
        json!({
            "OTIO_SCHEMA": "Track.1",
            "name": format!("MX {}", n + 1),
            "kind": "Audio",
            "source_range": null,
            "enabled": true,
            "effects": [],
            "markers": [],
            "metadata": {},
            "children": children,
        })
    }

    fn gap(&self, length: Value) -> Value {
        json!({
            "OTIO_SCHEMA": "Gap.1",
            "name": "",
            "source_range": range(self.frames(0), length),
            "enabled": true,
            "effects": [],
            "markers": [],
            "metadata": {},
        })
    }

    fn clip(&mut self, clip: &MusicClip, length: Value) -> Value {
        let mut references = Map::new();
        references.insert(PICK.to_owned(), self.reference(clip, &clip.pick));
        for (n, alternate) in clip.alternates.iter().enumerate() {
            let key = format!("alternate {}", n + 2);
            references.insert(key, self.reference(clip, alternate));
        }
        let source_in = self.time(clip.pick.source_in());
        json!({
            "OTIO_SCHEMA": "Clip.2",
            "name": self.programme.recording(&clip.pick).title,
            "source_range": range(source_in, length),
            "media_references": references,
            "active_media_reference_key": PICK,
            "enabled": true,
            "effects": [],
            "markers": [],
            "metadata": { "needledrop": {
                "cue": clip.number,
                "slot": clip.slot.to_string(),
                "scene": clip.scene,
                "why": clip.why,
            } },
        })
    }

    /// A recording of a clip: its range begins so that the range of the clip, which is that of the
    /// pick, meets this one as it is aligned.
    fn reference(&mut self, clip: &MusicClip, take: &Take) -> Value {
        let recording = self.programme.recording(take);
        let begins = take.track_start - clip.pick.track_start;
        let length = json!({
            "OTIO_SCHEMA": "RationalTime.1",
            "rate": f64::from(recording.rate.get()),
            "value": recording.length.get() as f64,
        });
        json!({
            "OTIO_SCHEMA": "ExternalReference.1",
            "name": recording.title,
            "target_url": file_url("", &recording.path),
            "available_range": range(self.time(begins), length),
            "available_image_bounds": null,
            "metadata": { "needledrop": {
                "title": recording.title,
                "artist": recording.artist,
                "album": recording.album,
                "isrc": recording.isrc,
                "track": recording.track.map(|id| id.to_string()),
                "sample_rate": recording.rate.get(),
                "channels": recording.channels,
                "gain_db": f64::from(take.gain.hundredths()) / 100.0,
                "of_that_levelling_db": f64::from(take.levelling.hundredths()) / 100.0,
                "fade_in": self.time(take.fade_in),
                "fade_out": self.time(take.fade_out),
                "heard": range(self.time(take.heard.start()), self.length_of(take.heard)),
                "note": take.note,
            } },
        })
    }

    fn marker(&mut self, marker: &Marker) -> Value {
        let hit = marker.hit.map(hit);
        self.mark(
            &marker.name,
            marker.span(),
            marker.color,
            &marker.note,
            &json!({ "kind": "marker", "hit": hit }),
        )
    }

    fn scene(&mut self, scene: &Scene) -> Value {
        self.mark(
            &scene.title(),
            scene.span,
            scene.color,
            &scene.intent,
            &json!({ "kind": "scene", "number": scene.number, "name": scene.name }),
        )
    }

    fn mark(&mut self, name: &str, span: TickSpan, color: Color, note: &str, own: &Value) -> Value {
        json!({
            "OTIO_SCHEMA": "Marker.2",
            "name": name,
            "color": color_name(color),
            "marked_range": range(self.time(span.start()), self.length_of(span)),
            "comment": note,
            "metadata": { "needledrop": own },
        })
    }

    fn frames(&self, n: i64) -> Value {
        let rate = f64::from(self.rate.num()) / f64::from(self.rate.den());
        json!({ "OTIO_SCHEMA": "RationalTime.1", "rate": rate, "value": n as f64 })
    }

    fn time(&mut self, time: Ticks) -> Value {
        self.near(time).0
    }

    /// A time, and what was written of it.
    fn near(&mut self, time: Ticks) -> (Value, Ticks) {
        let frame = self.rate.floor_to_frames(time);
        if self.rate.to_ticks(frame) == time {
            return (self.frames(frame.get()), time);
        }
        let samples = FINE.nearest_samples(time);
        let written = FINE.nearest_ticks(samples);
        if written != time {
            self.rounded.insert(time);
        }
        let rate = f64::from(FINE.get());
        let value = samples.get() as f64;
        let value = json!({ "OTIO_SCHEMA": "RationalTime.1", "rate": rate, "value": value });
        (value, written)
    }

    /// The length from what was reached to an end, and where that then is.
    fn up_to(&mut self, reached: Ticks, end: Ticks) -> (Value, Ticks) {
        let (value, length) = self.near(end - reached);
        (value, reached + length)
    }

    fn length_of(&mut self, span: TickSpan) -> Value {
        self.time(span.length())
    }
}

fn range(start: Value, length: Value) -> Value {
    let mut range = Map::new();
    range.insert("OTIO_SCHEMA".to_owned(), json!("TimeRange.1"));
    range.insert("start_time".to_owned(), start);
    range.insert("duration".to_owned(), length);
    Value::Object(range)
}

fn hit(hit: HitPoint) -> Value {
    let weight = match hit.weight {
        Weight::Light => "light",
        Weight::Medium => "medium",
        Weight::Heavy => "heavy",
    };
    json!({
        "weight": weight,
        "early_frames": hit.early.get(),
        "late_frames": hit.late.get(),
    })
}

/// The word for a color (its documentation, `Marker.Color`).
const fn color_name(color: Color) -> &'static str {
    match color {
        Color::Gray => "WHITE",
        Color::Red => "RED",
        Color::Orange => "ORANGE",
        Color::Yellow => "YELLOW",
        Color::Green => "GREEN",
        Color::Cyan => "CYAN",
        Color::Blue => "BLUE",
        Color::Purple => "PURPLE",
        Color::Pink => "PINK",
    }
}
