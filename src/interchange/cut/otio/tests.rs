//! What holds of timelines of `OpenTimelineIO`.

use serde_json::json;

use super::*;
use crate::model::Channels;
use crate::model::Color;
use crate::model::Speed;
use crate::model::Transition;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::TickSpan;

fn read_whole(value: &Value) -> (CutList, Report) {
    let mut report = Report::default();
    let list = read(&value.to_string(), &ReadOptions::default(), &mut report);
    (list.expect("is a timeline"), report)
}

fn time_of(value: f64) -> Value {
    json!({"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": 24.0})
}

fn range_of(start: f64, length: f64) -> Value {
    json!({"OTIO_SCHEMA": "TimeRange.1", "start_time": time_of(start), "duration": time_of(length)})
}

fn clip(name: &str, start: f64, length: f64) -> Value {
    json!({"OTIO_SCHEMA": "Clip.2", "name": name, "source_range": range_of(start, length)})
}

fn marker(name: &str, at: f64, length: f64) -> Value {
    json!({"OTIO_SCHEMA": "Marker.3", "name": name, "color": "RED", "comment": "why",
        "marked_range": range_of(at, length)})
}

fn track(kind: &str, children: &[Value]) -> Value {
    json!({"OTIO_SCHEMA": "Track.1", "name": kind, "kind": kind, "children": children})
}

fn timeline(tracks: &[Value]) -> Value {
    json!({"OTIO_SCHEMA": "Timeline.1", "name": "Promise", "global_start_time": time_of(86_400.0),
        "tracks": {"OTIO_SCHEMA": "Stack.1", "children": tracks, "markers": []}})
}

fn frames(from: i64, to: i64) -> TickSpan {
    let at = |n| FrameRate::F24.to_ticks(Frames::new(n));
    TickSpan::between(at(from), at(to))
}

const HOUR: i64 = 86_400;

#[test]
fn clips_follow_each_other_on_their_tracks() {
    let gap = json!({"OTIO_SCHEMA": "Gap.1", "source_range": range_of(0.0, 12.0)});
    let (list, report) = read_whole(&timeline(&[
        track(
            "Video",
            &[gap, clip("12-3", 100.0, 24.0), clip("12-4", 0.0, 10.0)],
        ),
        track("Video", &[]),
        track("Audio", &[clip("Fern", 5.0, 6.0)]),
    ]));
    let found: Vec<_> = list
        .events
        .iter()
        .map(|e| (e.clip.as_str(), e.record, e.channels.clone()))
        .collect();
    let picture = Channels {
        picture: Some(1),
        sound: vec![],
    };
    let sound = Channels {
        picture: None,
        sound: vec![1],
    };
    assert_eq!(
        found,
        [
            ("12-3", frames(HOUR + 12, HOUR + 36), picture.clone()),
            ("12-4", frames(HOUR + 36, HOUR + 46), picture),
            ("Fern", frames(HOUR, HOUR + 6), sound),
        ]
    );
    assert_eq!(list.events[0].source, Some(frames(100, 124)));
    assert_eq!(list.start, Some(Frames::new(HOUR)));
    assert!(report.is_clean());
}

#[test]
fn markers_are_taken_at_every_level() {
    let mut clip = clip("a", 100.0, 24.0);
    clip["markers"] = json!([marker("on clip", 104.0, 0.0), marker("trimmed", 90.0, 0.0)]);
    let mut track = track("Video", &[clip]);
    track["markers"] = json!([marker("on track", 30.0, 0.0)]);
    let mut whole = timeline(&[track]);
    whole["tracks"]["markers"] = json!([marker("on all", 50.0, 24.0)]);
    let (list, report) = read_whole(&whole);
    let found: Vec<_> = list
        .markers
        .iter()
        .map(|m| (m.name.as_str(), m.at))
        .collect();
    let at = |n| frames(0, HOUR + n).length();
    assert_eq!(
        found,
        [("on all", at(50)), ("on track", at(30)), ("on clip", at(4))]
    );
    let all = &list.markers[0];
    assert_eq!((all.color, all.note.as_str()), (Some(Color::Red), "why"));
    assert_eq!(all.length, frames(0, 24).length());
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::UnusedMarkers { n: 1 }
    );
}

#[test]
fn of_several_media_the_one_in_use_counts() {
    let mut clip = clip("a", 0.0, 24.0);
    let media = |url: &str| json!({"OTIO_SCHEMA": "ExternalReference.7", "target_url": url});
    clip["media_references"] =
        json!({"low": media("file:///low.mov"), "high": media("file:///high%20res.mov")});
    clip["active_media_reference_key"] = json!("high");
    let (list, _) = read_whole(&timeline(&[track("Video", &[clip])]));
    assert_eq!(list.events[0].file, "/high res.mov");
}

#[test]
fn what_had_another_name_once_is_known_by_it() {
    let mut old = track("Video", &[clip("a", 0.0, 24.0)]);
    old["OTIO_SCHEMA"] = json!("Sequence.1");
    let (list, report) = read_whole(&timeline(&[old]));
    assert_eq!(list.events.len(), 1);
    assert!(report.is_clean());
}

#[test]
fn a_clip_without_a_range_is_as_long_as_its_media() {
    let clip = json!({"OTIO_SCHEMA": "Clip.1", "name": "a", "source_range": null,
        "media_reference": {"OTIO_SCHEMA": "ExternalReference.1", "target_url": "a.mov",
            "available_range": range_of(48.0, 12.0)}});
    let (list, _) = read_whole(&timeline(&[track("Video", &[clip])]));
    assert_eq!(list.events[0].record, frames(HOUR, HOUR + 12));
    assert_eq!(list.events[0].source, Some(frames(48, 60)));
}

#[test]
fn what_is_nested_is_cut_to_what_is_seen_of_it() {
    let inner = track("Video", &[clip("a", 0.0, 10.0), clip("b", 100.0, 10.0)]);
    let nested = json!({"OTIO_SCHEMA": "Stack.1", "source_range": range_of(5.0, 10.0),
        "children": [inner], "markers": [marker("deep", 6.0, 0.0)]});
    let (list, _) = read_whole(&timeline(&[track(
        "Video",
        &[clip("x", 0.0, 20.0), nested],
    )]));
    let found: Vec<_> = list
        .events
        .iter()
        .map(|e| (e.clip.as_str(), e.record))
        .collect();
    assert_eq!(
        found,
        [
            ("x", frames(HOUR, HOUR + 20)),
            ("a", frames(HOUR + 20, HOUR + 25)),
            ("b", frames(HOUR + 25, HOUR + 30)),
        ]
    );
    assert_eq!(list.events[1].source, Some(frames(5, 10)));
    assert_eq!(list.events[2].source, Some(frames(100, 105)));
    assert_eq!(list.markers[0].at, frames(0, HOUR + 21).length());
}

#[test]
fn speeds_and_transitions_are_told() {
    let mut slow = clip("slow", 100.0, 20.0);
    slow["effects"] = json!([{"OTIO_SCHEMA": "LinearTimeWarp.1", "time_scalar": 0.5}]);
    let mut still = clip("still", 100.0, 20.0);
    still["effects"] = json!([{"OTIO_SCHEMA": "FreezeFrame.1"}]);
    let dissolve = json!({"OTIO_SCHEMA": "Transition.1", "transition_type": "SMPTE_Dissolve",
        "in_offset": time_of(4.0), "out_offset": time_of(8.0)});
    let (list, _) = read_whole(&timeline(&[track("Video", &[slow, dissolve, still])]));
    let [slow, still] = &list.events[..] else {
        panic!("two clips")
    };
    assert_eq!(slow.speed, Speed::from_millionths(500_000));
    assert_eq!(slow.source, Some(frames(100, 110)));
    assert_eq!(still.speed, Speed::STILL);
    let length = frames(0, 12).length();
    assert_eq!(still.transition, Transition::Dissolve { length });
    assert_eq!(still.record, frames(HOUR + 20, HOUR + 40));
}

#[test]
fn drop_frame_is_as_the_programme_counts() {
    let mut whole = timeline(&[track("Video", &[clip("a", 0.0, 20.0)])]);
    whole["global_start_time"] = json!({"value": 107_892.0, "rate": 29.970_029_970_029});
    let drop = Timebase::new(FrameRate::F29_97, crate::time::Counting::Drop).expect("has it");
    let mut report = Report::default();
    let list = read(&whole.to_string(), &ReadOptions::at(drop), &mut report).expect("is read");
    assert_eq!(list.timebase, drop);
    assert_eq!(drop.label(list.start.expect("is told")), "01:00:00;00");
}

#[test]
fn without_a_start_places_count_from_the_first_frame() {
    let mut whole = timeline(&[track("Video", &[clip("a", 0.0, 20.0)])]);
    whole["global_start_time"] = Value::Null;
    let (list, _) = read_whole(&whole);
    assert_eq!((list.origin, list.start), (Origin::FirstFrame, None));
    assert_eq!(list.timebase.rate(), FrameRate::F24);
    assert_eq!(list.events[0].record, frames(0, 20));
}

#[test]
fn of_several_timelines_the_first_is_read_and_the_others_are_named() {
    let one = timeline(&[track("Video", &[clip("a", 0.0, 20.0)])]);
    let mut other = one.clone();
    other["name"] = json!("v5");
    let all = json!({"OTIO_SCHEMA": "SerializableCollection.1", "children": [one, other]});
    let (list, report) = read_whole(&all);
    assert_eq!((list.title.as_str(), list.events.len()), ("Promise", 1));
    assert!(report.warnings()[0].to_string().contains("v5"));
}

#[test]
fn a_clip_that_is_turned_off_is_left_out_and_counted() {
    let mut off = clip("a", 0.0, 20.0);
    off["enabled"] = json!(false);
    let (list, report) = read_whole(&timeline(&[track("Video", &[off, clip("b", 0.0, 5.0)])]));
    assert_eq!(list.events[0].record, frames(HOUR + 20, HOUR + 25));
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::DisabledClips { n: 1 }
    );
}

#[test]
fn a_bundle_is_read_by_its_timeline() {
    let text = timeline(&[track("Video", &[clip("a", 0.0, 20.0)])]).to_string();
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let as_is = zip::write::SimpleFileOptions::default();
    packed.start_file(CONTENT, as_is).expect("can be packed");
    std::io::Write::write_all(&mut packed, text.as_bytes()).expect("can be packed");
    let bytes = packed.finish().expect("can be packed").into_inner();
    assert_eq!(fit_bundle(&bytes), Fit::Sure);
    let mut report = Report::default();
    let list = read_bundle(&bytes, &ReadOptions::default(), &mut report).expect("is read");
    assert_eq!(list.events.len(), 1);
    assert!(read_bundle(b"PK\x03\x04", &ReadOptions::default(), &mut report).is_err());
}
