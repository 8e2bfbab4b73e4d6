//! What holds of timelines of Final Cut Pro.

use super::*;
use crate::model::Channels;
use crate::model::Color;
use crate::model::FoundMarker;
use crate::model::Speed;
use crate::model::Transition;
use crate::time::Frames;
use crate::time::TickSpan;

const RESOURCES: &str = r#"<resources>
    <format id="r1" frameDuration="1001/30000s"/>
    <format id="r2" frameDuration="1/25s"/>
    <asset id="a1" name="12-3" start="36000s" duration="100s" hasVideo="1" hasAudio="1" format="r2">
        <media-rep kind="original-media" src="file:///V/12%20A.mov"/></asset>
    <asset id="a2" name="Fern" start="0s" duration="180s" hasAudio="1" src="file:///M/Fern.wav"/>
    <media id="m1" name="Compound"><sequence format="r2" duration="10s" tcStart="0s"><spine>
        <gap offset="0s" duration="10s" start="3600s">
            <marker start="3602s" value="in"/><marker start="3608s" value="trimmed"/></gap>
    </spine></sequence></media>
</resources>"#;

fn read_whole(text: &str) -> (CutList, Report) {
    let mut report = Report::default();
    let list = read(text, &ReadOptions::default(), &mut report).expect("is a timeline");
    (list, report)
}

/// A sequence at 25 frames per second that starts at one hour.
fn project(spine: &str) -> (CutList, Report) {
    read_whole(&format!(
        r#"<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.10">{RESOURCES}
        <library><event name="E"><project name="Promise">
        <sequence format="r2" tcStart="3600s" tcFormat="NDF" duration="60s"><spine>{spine}</spine>
        </sequence></project></event></library></fcpxml>"#
    ))
}

fn secs(from: i64, to: i64) -> TickSpan {
    TickSpan::between(Ticks::from_secs(from), Ticks::from_secs(to))
}

fn labels(list: &CutList) -> Vec<(String, String)> {
    let label = |marker: &FoundMarker| {
        let frame = list.timebase.rate().floor_to_frames(marker.at);
        (marker.name.clone(), list.timebase.label(frame))
    };
    list.markers.iter().map(label).collect()
}

#[test]
fn a_time_is_a_fraction_of_seconds() {
    let frame = FrameRate::F29_97.frame_length();
    for (text, expected) in [
        ("1001/30000s", Some(frame)),
        ("3600s", Some(Ticks::from_secs(3600))),
        (" 2.5s ", Some(Ticks::from_millis(2500))),
        ("-1/2s", Some(Ticks::from_millis(-500))),
        ("1/0s", None),
        ("", None),
        ("s", None),
        ("9223372036854775807/1s", None),
        ("1.2.3s", None),
    ] {
        assert_eq!(time(text), expected, "{text}");
    }
}

#[test]
fn a_marker_is_where_its_clips_clock_says() {
    let (list, report) = project(
        r#"<asset-clip ref="a1" offset="3600s" start="36010s" duration="20s" name="12-3">
            <marker start="36014s" duration="1/25s" value="look" note="soft"/>
            <marker start="36015s" value="fix" completed="0"/>
            <marker start="36016s" value="fixed" completed="1"/>
            <chapter-marker start="36017s" value="Pier" posterOffset="0s"/></asset-clip>"#,
    );
    let expected = [
        ("look", "01:00:04:00"),
        ("fix", "01:00:05:00"),
        ("fixed", "01:00:06:00"),
    ];
    for (found, (name, label)) in labels(&list).iter().zip(expected) {
        assert_eq!(found, &(name.to_owned(), label.to_owned()));
    }
    let colors: Vec<_> = list.markers.iter().filter_map(|m| m.color).collect();
    assert_eq!(
        colors,
        [Color::Blue, Color::Red, Color::Green, Color::Orange]
    );
    assert_eq!(list.markers[0].note, "soft");
    assert_eq!(list.markers[0].length, Ticks::ZERO, "one frame is a point");
    assert!(report.is_clean());
}

#[test]
fn drop_frame_is_told_by_the_sequence() {
    let (list, _) = read_whole(&format!(
        r#"<fcpxml version="1.8">{RESOURCES}<project name="P"><sequence format="r1"
        tcStart="107999892/30000s" tcFormat="DF"><spine><gap duration="1001s">
        <marker start="1801800/30000s" value="a"/></gap></spine></sequence></project></fcpxml>"#
    ));
    assert!(list.timebase.is_drop());
    assert_eq!(list.start, Some(Frames::new(107_892)));
    assert_eq!(labels(&list), [("a".to_owned(), "01:01:00;02".to_owned())]);
}

#[test]
fn what_lies_between_frames_is_kept() {
    let (list, _) = project(
        r#"<gap offset="3600s" duration="9s"><asset-clip ref="a2" lane="-1" offset="1/48000s"
        duration="5s" name="Fern"/><marker start="1/80s" value="a"/></gap>"#,
    );
    let hour = Ticks::from_secs(3600);
    assert_eq!(
        list.markers[0].at,
        hour + Ticks::new(Ticks::PER_SECOND / 80)
    );
    let begins = list.events[0].record.start();
    assert_eq!(begins, hour + Ticks::new(Ticks::PER_SECOND / 48_000));
}

#[test]
fn connected_clips_are_placed_by_the_clock_of_what_they_hang_on() {
    let (list, _) = project(
        r#"<gap offset="3600s" duration="5s"/>
        <asset-clip ref="a1" offset="3605s" start="36010s" duration="20s" name="12-3">
            <asset-clip ref="a2" lane="-1" offset="36012s" start="30s" duration="40s" name="Fern"
                audioRole="music.music-1"/>
            <title lane="2" offset="36011s" start="3600s" duration="2s" name="Card">
                <marker start="3601s" value="card"/></title>
            <spine lane="1" offset="36013s"><video ref="a1" offset="1s" start="36050s"
                duration="1s" name="insert"/></spine>
        </asset-clip>"#,
    );
    let found: Vec<_> = list
        .events
        .iter()
        .map(|e| (e.clip.as_str(), e.record, e.channels.clone()))
        .collect();
    let tracks = |picture, sound: &[u16]| Channels {
        picture,
        sound: sound.to_vec(),
    };
    assert_eq!(
        found,
        [
            ("12-3", secs(3605, 3625), tracks(Some(1), &[1])),
            ("Fern", secs(3607, 3647), tracks(None, &[2])),
            ("Card", secs(3606, 3608), tracks(Some(3), &[])),
            ("insert", secs(3609, 3610), tracks(Some(2), &[])),
        ]
    );
    let fern = &list.events[1];
    assert_eq!(fern.source, Some(secs(30, 70)));
    assert_eq!(
        (fern.file.as_str(), fern.track.as_str()),
        ("/M/Fern.wav", "music.music-1")
    );
    assert_eq!(list.events[0].file, "/V/12 A.mov");
    assert_eq!(labels(&list)[0].1, "01:00:07:00");
}

#[test]
fn clips_without_an_offset_follow_each_other() {
    let (list, _) = project(
        r#"<asset-clip ref="a1" duration="4s" name="a"/><gap duration="1s"/>
        <transition name="Cross Dissolve" offset="3604s" duration="2s"/>
        <asset-clip ref="a1" duration="5s" name="b"/>"#,
    );
    assert_eq!(list.events[1].record, secs(3605, 3610));
    let length = Ticks::from_secs(2);
    assert_eq!(list.events[1].transition, Transition::Dissolve { length });
    let from_its_beginning = secs(36_000, 36_005);
    assert_eq!(list.events[1].source, Some(from_its_beginning));
}

#[test]
fn a_marker_in_a_compound_clip_is_taken_where_the_clip_shows_it() {
    let (list, report) =
        project(r#"<ref-clip ref="m1" offset="3600s" start="1s" duration="4s" name="Compound"/>"#);
    assert_eq!(labels(&list), [("in".to_owned(), "01:00:01:00".to_owned())]);
    assert_eq!(list.events.len(), 1);
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::UnusedMarkers { n: 1 }
    );
}

#[test]
fn a_compound_clip_of_itself_ends() {
    let text = r#"<fcpxml version="1.10"><resources><format id="f" frameDuration="1/25s"/>
        <media id="m"><sequence format="f"><spine><ref-clip ref="m" duration="2s"/>
        <ref-clip ref="m" duration="2s"/><gap duration="1s"><marker start="0s" value="a"/></gap>
        </spine></sequence></media></resources><project><sequence format="f"><spine>
        <ref-clip ref="m" duration="9s"/></spine></sequence></project></fcpxml>"#;
    let (list, report) = read_whole(text);
    assert!(!list.is_empty());
    assert!(!report.is_clean());
}

#[test]
fn a_marker_outside_its_clip_is_kept_and_said() {
    let (list, report) = project(
        r#"<gap offset="3600s" start="0s" duration="5s"><marker start="8s" value="far"/></gap>"#,
    );
    assert_eq!(
        labels(&list),
        [("far".to_owned(), "01:00:08:00".to_owned())]
    );
    let name = "far".to_owned();
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::MarkerOutside { name }
    );
}

#[test]
fn of_an_audition_the_first_is_the_one_in_use() {
    let (list, _) = project(
        r#"<gap offset="3600s" duration="9s"><audition lane="-1" offset="2s">
            <asset-clip ref="a2" duration="3s" name="Fern"/>
            <asset-clip ref="a2" duration="4s" name="Halogen"/></audition></gap>"#,
    );
    let names: Vec<_> = list
        .events
        .iter()
        .map(|e| (e.clip.as_str(), e.record))
        .collect();
    assert_eq!(names, [("Fern", secs(3602, 3605))]);
}

#[test]
fn a_time_map_tells_speed_and_source() {
    let (list, report) = project(
        r#"<asset-clip ref="a1" offset="3600s" start="0s" duration="4s" name="slow"><timeMap>
            <timept time="0s" value="36000s"/><timept time="10s" value="36005s"/></timeMap>
        </asset-clip>
        <asset-clip ref="a1" offset="3604s" start="0s" duration="4s" name="ramp"><timeMap>
            <timept time="0s" value="36000s"/><timept time="2s" value="36001s"/>
            <timept time="4s" value="36007s"/></timeMap></asset-clip>
        <asset-clip ref="a1" offset="3608s" start="0s" duration="4s" name="still"><timeMap>
            <timept time="0s" value="36003s"/><timept time="10s" value="36003s"/></timeMap>
        </asset-clip>"#,
    );
    let [slow, ramp, still] = &list.events[..] else {
        panic!("three clips")
    };
    assert_eq!(slow.speed, Speed::from_millionths(500_000));
    assert_eq!(slow.source, Some(secs(36_000, 36_002)));
    assert_eq!(ramp.source, Some(secs(36_000, 36_007)));
    let clip = "ramp".to_owned();
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::VariableSpeed { clip }
    );
    assert_eq!(still.speed, Speed::STILL);
}

#[test]
fn a_keyword_of_a_part_is_a_marker_with_a_length() {
    let (list, _) = project(
        r#"<asset-clip ref="a1" offset="3600s" start="36010s" duration="20s" name="12-3">
            <keyword start="36000s" duration="100s" value="circled"/>
            <keyword start="36005s" duration="10s" value="kiss"/></asset-clip>"#,
    );
    let [only] = &list.markers[..] else {
        panic!("one marker")
    };
    assert_eq!(
        (only.name.as_str(), only.length),
        ("kiss", Ticks::from_secs(5))
    );
}

#[test]
fn a_caption_is_a_line_of_dialogue() {
    let (list, _) = project(
        r#"<gap offset="3600s" duration="9s"><caption lane="1" offset="2s" start="3600s"
        duration="3s" role="SRT?captionFormat=SRT.en"><text><text-style ref="t">Stay</text-style>
        <text-style ref="t">.</text-style></text></caption></gap>"#,
    );
    assert_eq!(list.dialogue[0].text, "Stay.");
    assert_eq!(list.dialogue[0].span, secs(3602, 3605));
}

#[test]
fn offsets_that_count_from_zero_are_moved_to_the_start() {
    let (list, report) = project(r#"<asset-clip ref="a1" offset="0s" duration="4s" name="a"/>"#);
    assert_eq!(list.events[0].record, secs(3600, 3604));
    assert_eq!(report.warnings()[0].kind, WarningKind::CountedFromZero);
}

#[test]
fn of_several_projects_the_first_is_read_and_the_others_are_named() {
    let one = |name: &str| {
        format!(
            r#"<project name="{name}"><sequence format="r2"><spine><gap duration="1s">
            <marker start="0s" value="{name}"/></gap></spine></sequence></project>"#
        )
    };
    let (list, report) = read_whole(&format!(
        r#"<fcpxml version="1.10">{RESOURCES}<event>{}{}</event></fcpxml>"#,
        one("v4"),
        one("v5")
    ));
    assert_eq!((list.title.as_str(), list.markers.len()), ("v4", 1));
    let said = report.warnings()[0].to_string();
    assert!(said.contains("v4") && said.contains("v5"), "{said}");
}

#[test]
fn a_clip_without_a_project_is_read_by_its_own_timecode() {
    let (list, _) = read_whole(&format!(
        r#"<fcpxml version="1.10">{RESOURCES}<event><asset-clip ref="a1" name="12-3" format="r2">
        <marker start="36001s" value="a"/></asset-clip></event></fcpxml>"#
    ));
    assert_eq!(labels(&list), [("a".to_owned(), "10:00:01:00".to_owned())]);
    assert_eq!(list.start, Some(Frames::new(900_000)));
}

#[test]
fn a_clip_that_is_turned_off_is_left_out_and_counted() {
    let (list, report) = project(
        r#"<asset-clip ref="a1" offset="3600s" duration="4s" name="a" enabled="0"/>
        <asset-clip ref="a1" offset="3604s" duration="4s" name="b"/>"#,
    );
    assert_eq!(list.events.len(), 1);
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::DisabledClips { n: 1 }
    );
}

#[test]
fn without_a_frame_rate_the_programmes_is_taken_and_said() {
    let (list, report) = read_whole(
        r#"<fcpxml version="1.10"><project><sequence><spine><gap duration="4s"><marker start="1s"
        value="a"/></gap></spine></sequence></project></fcpxml>"#,
    );
    assert_eq!(list.timebase, ReadOptions::default().timebase);
    assert!(matches!(
        report.warnings()[0].kind,
        WarningKind::AssumedRate(_)
    ));
}
