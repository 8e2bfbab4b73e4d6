//! What holds of timelines of Final Cut Pro 7 and Premiere Pro.

use super::*;
use crate::model::Channels;
use crate::model::Color;
use crate::model::Speed;
use crate::model::Transition;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::TickSpan;

const NTSC: &str = "<rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate>";
const CODE: &str = "<timecode><rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate>\
    <string>01;00;00;00</string><frame>107892</frame><displayformat>DF</displayformat></timecode>";

fn read_whole(text: &str) -> (CutList, Report) {
    let mut report = Report::default();
    let list = read(text, &ReadOptions::default(), &mut report).expect("is a timeline");
    (list, report)
}

/// A sequence at 29.97 drop-frame that starts at one hour.
fn sequence(markers: &str, video: &str, audio: &str) -> (CutList, Report) {
    read_whole(&format!(
        "<?xml version=\"1.0\"?><!DOCTYPE xmeml><xmeml version=\"5\"><sequence id=\"s\">\
         <name>Promise</name>{NTSC}{CODE}{markers}<media><video>{video}</video>\
         <audio>{audio}</audio></media></sequence></xmeml>"
    ))
}

fn clip(id: &str, places: [i64; 4], more: &str) -> String {
    let [start, end, from, to] = places;
    format!(
        "<clipitem id=\"{id}\"><name>{id}</name><duration>900</duration>{NTSC}\
         <start>{start}</start><end>{end}</end><in>{from}</in><out>{to}</out>{more}</clipitem>"
    )
}

const FILE: &str = "<file id=\"f\"><name>12.mov</name>\
    <pathurl>file://localhost/V%3a/12%20A.mov</pathurl><timecode><rate><timebase>30</timebase>\
    <ntsc>TRUE</ntsc></rate><frame>1000</frame><displayformat>NDF</displayformat>\
    <reel><name>A012</name></reel></timecode></file>";

fn frames(from: i64, to: i64) -> TickSpan {
    let at = |n| FrameRate::F29_97.to_ticks(Frames::new(n));
    TickSpan::between(at(from), at(to))
}

const HOUR: i64 = 107_892;

#[test]
fn a_sequence_tells_rate_counting_and_start() {
    let (list, report) = sequence(
        "<marker><name>a</name><in>5</in><out>-1</out></marker>",
        "",
        "",
    );
    assert_eq!(list.timebase.to_string(), "29.97 DF");
    assert_eq!(list.start, Some(Frames::new(HOUR)));
    assert_eq!(list.timebase.label(Frames::new(HOUR)), "01:00:00;00");
    assert!(report.is_clean());
}

#[test]
fn a_sequences_markers_count_from_its_first_frame() {
    let (list, _) = sequence(
        "<marker><name>touch</name><comment>a\nb</comment><in>1800</in><out>-1</out>\
         <pproColor>4281740498</pproColor></marker><marker><name>span</name><in>10</in>\
         <out>40</out><color><red>255</red><green>0</green><blue>0</blue></color></marker>",
        "",
        "",
    );
    let [touch, span] = &list.markers[..] else {
        panic!("two markers")
    };
    assert_eq!(touch.at, frames(0, HOUR + 1800).length());
    assert_eq!((touch.note.as_str(), touch.length), ("a\nb", Ticks::ZERO));
    assert_eq!(span.length, frames(0, 30).length());
    assert_eq!(span.color, Some(Color::Red));
}

#[test]
fn a_number_of_premiere_is_a_color_with_red_lowest() {
    let marker = |number: u32| {
        let text = format!("<marker><in>1</in><pproColor>{number}</pproColor></marker>");
        sequence(&text, "", "").0.markers[0].color
    };
    assert_eq!(marker(0xFF00_00FF), Some(Color::Red));
    assert_eq!(marker(0xFFFF_0000), Some(Color::Blue));
    assert_eq!(marker(0xFF00_FF00), Some(Color::Green));
}

#[test]
fn a_clip_is_on_its_track_with_its_file() {
    let (list, _) = sequence(
        "",
        &format!(
            "<track/><track>{}</track>",
            clip("12-3", [10, 40, 100, 130], FILE)
        ),
        "",
    );
    let event = &list.events[0];
    assert_eq!(event.record, frames(HOUR + 10, HOUR + 40));
    assert_eq!(event.source, Some(frames(1100, 1130)));
    assert_eq!(event.file, "V:/12 A.mov");
    assert_eq!((event.reel.as_str(), event.clip.as_str()), ("A012", "12-3"));
    assert_eq!(event.channels.picture, Some(2));
}

#[test]
fn linked_picture_and_sound_are_one_event() {
    let link = "<file id=\"f\"/><link><linkclipref>v</linkclipref></link>";
    let video = clip("v", [10, 40, 100, 130], FILE);
    let (beside, elsewhere) = (
        clip("a", [10, 40, 100, 130], link),
        clip("b", [20, 50, 100, 130], link),
    );
    let (list, _) = sequence(
        "",
        &format!("<track>{video}</track>"),
        &format!("<track>{beside}</track><track>{beside}</track><track>{elsewhere}</track>"),
    );
    let channels: Vec<_> = list.events.iter().map(|e| e.channels.clone()).collect();
    let both = Channels {
        picture: Some(1),
        sound: vec![1, 2],
    };
    let alone = Channels {
        picture: None,
        sound: vec![3],
    };
    assert_eq!(channels, [both, alone]);
}

#[test]
fn a_place_hidden_by_a_transition_is_its_edit_point() {
    let transition = |alignment: &str| {
        format!(
            "<transitionitem>{NTSC}<start>30</start><end>50</end>\
             <alignment>{alignment}</alignment></transitionitem>"
        )
    };
    for (alignment, cut) in [("center", 40), ("start", 30), ("end-black", 50)] {
        let before = clip("a", [0, -1, 0, 50], FILE);
        let behind = clip("b", [-1, 90, 200, 260], FILE);
        let track = format!("<track>{before}{}{behind}</track>", transition(alignment));
        let (list, _) = sequence("", &track, "");
        let [a, b] = &list.events[..] else {
            panic!("two clips")
        };
        assert_eq!(a.record, frames(HOUR, HOUR + cut), "{alignment}");
        assert_eq!(b.record, frames(HOUR + cut, HOUR + 90), "{alignment}");
        assert_eq!(b.source, Some(frames(1170 + cut, 1260)), "{alignment}");
        let length = frames(0, 20).length();
        assert_eq!(b.transition, Transition::Dissolve { length });
    }
}

#[test]
fn a_clips_markers_count_from_its_media() {
    let markers = "<marker><name>in</name><in>110</in><out>-1</out></marker>\
        <marker><name>trimmed</name><in>50</in><out>-1</out></marker>";
    let (list, report) = sequence(
        "",
        &format!("<track>{}</track>", clip("v", [10, 40, 100, 130], markers)),
        "",
    );
    assert_eq!(list.markers.len(), 1);
    assert_eq!(list.markers[0].at, frames(0, HOUR + 20).length());
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::UnusedMarkers { n: 1 }
    );
}

#[test]
fn a_clip_of_another_rate_is_counted_at_its_own() {
    let more = "<clipitem id=\"c\"><rate><timebase>60</timebase><ntsc>TRUE</ntsc></rate>\
        <start>10</start><end>20</end><in>40</in><out>60</out>\
        <marker><in>50</in></marker></clipitem>";
    let (list, _) = sequence("", &format!("<track>{more}</track>"), "");
    assert_eq!(list.markers[0].at, frames(0, HOUR + 15).length());
}

#[test]
fn a_speed_is_told_in_percent() {
    let remap = |parameters: &str| {
        let filter = format!(
            "{FILE}<filter><effect><effectid>timeremap</effectid>{parameters}</effect></filter>"
        );
        let track = format!("<track>{}</track>", clip("v", [10, 40, 100, 130], &filter));
        let (list, report) = sequence("", &track, "");
        (list.events[0].clone(), report)
    };
    let parameter = |id: &str, value: &str| {
        format!("<parameter><parameterid>{id}</parameterid><value>{value}</value></parameter>")
    };
    let (half, _) = remap(&parameter("speed", "50"));
    assert_eq!(half.speed, Speed::from_millionths(500_000));
    assert_eq!(half.source, Some(frames(1050, 1065)));
    let backwards = parameter("speed", "100") + &parameter("reverse", "TRUE");
    let (backwards, _) = remap(&backwards);
    assert_eq!(backwards.speed, Speed::from_millionths(-1_000_000));
    assert_eq!(backwards.source, Some(frames(1770, 1800)));
    let (_, report) = remap(&parameter("variablespeed", "1"));
    let clip = "v".to_owned();
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::VariableSpeed { clip }
    );
}

#[test]
fn a_sequence_without_timecode_counts_from_its_first_frame() {
    let (list, _) = read_whole(&format!(
        "<xmeml version=\"4\"><sequence>{NTSC}<media/><marker><in>7</in></marker></sequence></xmeml>"
    ));
    assert_eq!((list.origin, list.start), (Origin::FirstFrame, None));
    assert_eq!(list.markers[0].at, frames(0, 7).length());
}

#[test]
fn a_nested_sequence_brings_its_markers_and_is_no_timeline_of_its_own() {
    let inner = format!(
        "<sequence id=\"n\"><name>inner</name>{NTSC}<marker><name>deep</name><in>105</in></marker>\
         <media><video/></media></sequence>"
    );
    let track = format!("<track>{}</track>", clip("v", [10, 40, 100, 130], &inner));
    let (list, report) = sequence("", &track, "");
    assert_eq!(list.title, "Promise");
    assert_eq!(list.markers[0].at, frames(0, HOUR + 15).length());
    assert!(report.is_clean());
}

#[test]
fn a_sequence_in_itself_ends() {
    let again = "<sequence id=\"n\"/>";
    let inner = format!(
        "<sequence id=\"n\">{NTSC}<marker><name>a</name><in>0</in></marker><media><video><track>{}{}\
         </track></video></media></sequence>",
        clip("x", [0, 30, 0, 30], again),
        clip("y", [30, 60, 0, 30], again)
    );
    let track = format!("<track>{}</track>", clip("v", [0, 60, 0, 60], &inner));
    let (list, report) = sequence("", &track, "");
    assert_eq!((list.events.len(), list.markers.len()), (1, 1));
    assert_eq!(report.warnings()[0].kind, WarningKind::TooDeep);
}

#[test]
fn of_several_sequences_the_first_is_read_and_the_others_are_named() {
    let one = |name: &str| {
        format!("<sequence><name>{name}</name>{NTSC}<marker><in>1</in></marker><media/></sequence>")
    };
    let (list, report) = read_whole(&format!(
        "<xmeml version=\"4\"><project><children>{}<bin><children>{}</children></bin>\
         </children></project></xmeml>",
        one("v4"),
        one("v5")
    ));
    assert_eq!(list.title, "v4");
    assert!(report.warnings()[0].to_string().contains("v5"));
}
