//! What the formats hold: golden files, and what our own readers find in what was written.

mod round_trips;

use std::fs;
use std::path::PathBuf;

use super::made::{programme, take, timebases};
use super::*;
use crate::interchange::cut;
use crate::interchange::cut::CutFormat;
use crate::interchange::cut::ReadOptions;
use crate::model::Color;
use crate::model::CutList;
use crate::model::MusicClip;
use crate::model::Origin;
use crate::model::SlotId;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Ticks;
use crate::time::Timebase;

/// Starts with the label that drop-frame has at every rate.
const STARTS: [&str; 3] = ["00:00:00:00", "01:00:00:00", "23:59:00:10"];

fn written(format: TimelineFormat, made: &Programme, options: &WriteOptions) -> Vec<String> {
    let files = write(format, made, options).files.into_iter();
    files
        .map(|file| String::from_utf8(file.bytes).expect("every format is text"))
        .collect()
}

fn read(format: CutFormat, text: &str, made: &Programme) -> CutList {
    let mut options = ReadOptions::at(made.timebase);
    options.start = made.start;
    assert_eq!(cut::detect(text.as_bytes(), None), Some(format));
    let read = cut::read(format, text.as_bytes(), &options);
    let (list, report) = read.unwrap_or_else(|error| panic!("{error}:\n{text}"));
    assert!(report.is_clean(), "{:?}\n{text}", report.warnings());
    list
}

/// A place of a list as frames of the programme, wherever the list counts from.
fn frames(list: &CutList, made: &Programme, span: TickSpan) -> (i64, i64) {
    let rate = list.timebase.rate();
    let from = rate.floor_to_frames(span.start());
    let from = match list.origin {
        Origin::LabelZero => made.timebase.relative_to(made.start, from),
        Origin::FirstFrame => from,
    };
    (from.get(), rate.floor_to_frames(span.length()).get())
}

fn names<'a>(names: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    names.map(String::as_str).collect()
}

fn markers_of(list: &CutList, made: &Programme) -> Vec<(i64, i64)> {
    let spans = list.markers.iter();
    spans
        .map(|it| frames(list, made, TickSpan::with_length(it.at, it.length)))
        .collect()
}

#[test]
fn every_format_is_written_as_written_down() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/timelines");
    let base = "29.97df".parse().expect("it is a timebase");
    let made = programme(base, "01:00:00;00");
    for format in TimelineFormat::ALL {
        let written = write(format, &made, &WriteOptions::default());
        let mut remarks = String::new();
        for remark in written.report.remarks() {
            remarks.push_str(&remark.to_string());
            remarks.push('\n');
        }
        let name = |suffix: &str| format!("{format:?}{suffix}.{}", format.extension());
        let files = written.files.iter();
        let files = files.map(|file| (name(&file.suffix), file.bytes.clone()));
        let report = (format!("{format:?}.report.txt"), remarks.into_bytes());
        for (name, bytes) in files.chain([report]) {
            let path = folder.join(&name);
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                fs::create_dir_all(&folder).expect("there is room for a folder");
                fs::write(&path, &bytes).expect("the fixtures can be written");
            }
            let expected = fs::read(&path).unwrap_or_default();
            let (found, expected) = [&bytes, &expected]
                .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
                .into();
            assert_eq!(found, expected, "{name}");
        }
    }
}

#[test]
fn music_of_edit_lists_reads_back_to_the_frame_at_every_rate() {
    for base in timebases() {
        for start in STARTS {
            let made = programme(base, start);
            let lists = written(TimelineFormat::Cmx3600, &made, &WriteOptions::default());
            let found: Vec<(i64, i64)> = lists
                .iter()
                .flat_map(|text| {
                    let list = read(CutFormat::Cmx3600, text, &made);
                    let events = list.events.iter();
                    let spans: Vec<_> = events
                        .map(|event| frames(&list, &made, event.record))
                        .collect();
                    spans
                })
                .collect();
            // Of the second lane each channel has an event of its own.
            let expected = [(100, 250), (400, 100), (300, 80), (300, 80)];
            assert_eq!(found, expected, "{base} {start}");
        }
    }
}

#[test]
fn an_edit_list_names_source_channels_and_recording() {
    let base = Timebase::non_drop(FrameRate::F25);
    let made = programme(base, "10:00:00:00");
    let lists = written(TimelineFormat::Cmx3600, &made, &WriteOptions::default());
    let [first, second] = &lists[..] else {
        panic!("there is a list for each lane");
    };
    let (first, second) = (
        read(CutFormat::Cmx3600, first, &made),
        read(CutFormat::Cmx3600, second, &made),
    );
    let event = &first.events[0];
    let at = |n| base.rate().to_ticks(Frames::new(n));
    assert_eq!(event.source, Some(TickSpan::between(at(30), at(280))));
    assert_eq!(event.channels.sound, [1, 2]);
    assert_eq!(event.clip, "Coastline - The \"Quoted\" & Sons");
    assert_eq!(event.file, "1 & 100%.wav");
    assert_eq!(event.reel, "COASTLIN");
    let channels = second.events.iter().map(|it| it.channels.sound.clone());
    assert_eq!(channels.collect::<Vec<_>>(), [[3], [4]]);
    assert_ne!(second.events[0].reel, event.reel);
    assert_eq!((first.markers.len(), second.markers.len()), (5, 0));
}

#[test]
fn a_list_of_more_than_999_events_becomes_several() {
    let base = Timebase::non_drop(FrameRate::F25);
    let mut made = programme(base, "00:00:00:00");
    let clips = (0..1500).map(|n| MusicClip {
        number: 1,
        slot: SlotId::from_u128(1),
        scene: String::new(),
        why: String::new(),
        pick: take(base, 0, [n * 3, 2, 0]),
        alternates: Vec::new(),
    });
    made.lanes = vec![clips.collect()];
    let out = write(TimelineFormat::Cmx3600, &made, &WriteOptions::default());
    let suffixes: Vec<&str> = out.files.iter().map(|file| file.suffix.as_str()).collect();
    assert_eq!(suffixes, [" part 1", " part 2"]);
    let lists = out.files.iter().map(|file| {
        let text = String::from_utf8_lossy(&file.bytes);
        let list = read(CutFormat::Cmx3600, &text, &made);
        (list.events.len(), list.markers.len())
    });
    assert_eq!(lists.collect::<Vec<_>>(), [(999, 5), (501, 0)]);
    let split = Remark::Split { limit: 999, n: 2 };
    assert!(out.report.remarks().contains(&split));
}

#[test]
fn edit_lists_hold_plain_letters_only() {
    let made = programme(Timebase::non_drop(FrameRate::F25), "00:00:00:00");
    for text in written(TimelineFormat::Cmx3600, &made, &WriteOptions::default()) {
        assert!(text.is_ascii(), "{text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }
}

#[test]
fn markers_for_resolve_read_back_at_every_rate() {
    for base in timebases() {
        for start in STARTS {
            let made = programme(base, start);
            let texts = written(
                TimelineFormat::ResolveMarkers,
                &made,
                &WriteOptions::default(),
            );
            let list = read(CutFormat::ResolveMarkers, &texts[0], &made);
            let found = markers_of(&list, &made);
            assert_eq!(found, [(120, 0), (130, 48), (1800, 0)], "{base} {start}");
        }
    }
}

#[test]
fn markers_for_resolve_keep_names_notes_and_colors() {
    let made = programme(Timebase::non_drop(FrameRate::F25), "01:00:00:00");
    let texts = written(
        TimelineFormat::ResolveMarkers,
        &made,
        &WriteOptions::default(),
    );
    let list = read(CutFormat::ResolveMarkers, &texts[0], &made);
    assert_eq!(
        names(list.markers.iter().map(|it| &it.name)),
        ["touch", "look / \"long\" & <far>", "タイトル 🎬"]
    );
    assert_eq!(list.markers[0].note, "first touch with leaves");
    assert_eq!(list.markers[0].color, Some(Color::Red));
}

#[test]
fn scenes_and_cues_can_be_had_as_markers_for_resolve() {
    let made = programme(Timebase::non_drop(FrameRate::F24), "01:00:00:00");
    for (what, expected) in [
        (What::Scenes, vec![(90, 310), (400, 500)]),
        (What::Cues, vec![(100, 250), (300, 80), (400, 100)]),
    ] {
        let options = WriteOptions {
            what: Some(what),
            ..WriteOptions::default()
        };
        let texts = written(TimelineFormat::ResolveMarkers, &made, &options);
        let list = read(CutFormat::ResolveMarkers, &texts[0], &made);
        assert_eq!(markers_of(&list, &made), expected, "{what:?}");
    }
}

#[test]
fn markers_on_one_frame_are_one_for_resolve() {
    let mut made = programme(Timebase::non_drop(FrameRate::F25), "01:00:00:00");
    made.markers[1].at = made.markers[0].at + Ticks::new(5);
    let out = write(
        TimelineFormat::ResolveMarkers,
        &made,
        &WriteOptions::default(),
    );
    let text = String::from_utf8_lossy(&out.files[0].bytes);
    let list = read(CutFormat::ResolveMarkers, &text, &made);
    let first = &list.markers[0];
    assert_eq!(first.name, "touch + look / \"long\" & <far>");
    assert_eq!(
        frames(&list, &made, TickSpan::with_length(first.at, first.length)).1,
        48
    );
    assert!(out.report.remarks().contains(&Remark::Merged { n: 1 }));
}

#[test]
fn a_table_reads_back_with_scenes_as_scenes_at_every_rate() {
    for base in timebases() {
        for start in STARTS {
            let made = programme(base, start);
            let texts = written(TimelineFormat::MarkerCsv, &made, &WriteOptions::default());
            let list = read(CutFormat::MarkerCsv, &texts[0], &made);
            let scenes = list.scenes.iter();
            let scenes = scenes.map(|it| frames(&list, &made, it.span));
            assert_eq!(
                scenes.collect::<Vec<_>>(),
                [(90, 310), (400, 500)],
                "{base} {start}"
            );
            let expected = [
                (100, 250),
                (120, 0),
                (130, 48),
                (300, 80),
                (400, 100),
                (1800, 0),
            ];
            assert_eq!(markers_of(&list, &made), expected, "{base} {start}");
        }
    }
}

#[test]
fn a_table_keeps_every_sign_of_names_and_notes() {
    let made = programme(Timebase::non_drop(FrameRate::F25), "01:00:00:00");
    let options = WriteOptions {
        what: Some(What::Markers),
        ..WriteOptions::default()
    };
    let texts = written(TimelineFormat::MarkerCsv, &made, &options);
    let list = read(CutFormat::MarkerCsv, &texts[0], &made);
    assert_eq!(
        names(list.markers.iter().map(|it| &it.name)),
        ["touch", "look | \"long\" & <far>", "タイトル 🎬"]
    );
    assert_eq!(list.markers[0].note, "first touch\nwith leaves");
    assert_eq!(list.markers[1].color, Some(Color::Blue));
}

#[test]
fn scenes_that_touch_go_on_touching_where_they_lie_between_frames() {
    let base = Timebase::non_drop(FrameRate::F25);
    let mut made = programme(base, "01:00:00:00");
    let edge = made.scenes[0].span.end() + Ticks::new(base.rate().frame_length().get() / 2);
    made.scenes[0].span = TickSpan::between(made.scenes[0].span.start(), edge);
    made.scenes[1].span = TickSpan::between(edge, made.scenes[1].span.end());
    let texts = written(TimelineFormat::MarkerCsv, &made, &WriteOptions::default());
    let list = read(CutFormat::MarkerCsv, &texts[0], &made);
    assert_eq!(list.scenes[0].span.end(), list.scenes[1].span.start());
}

#[test]
fn nothing_is_added_up_in_a_timeline_of_places_between_frames() {
    let base = Timebase::non_drop(FrameRate::F29_97);
    let mut made = programme(base, "01:00:00:00");
    let third = Ticks::new(base.rate().frame_length().get() / 3);
    made.lanes = vec![
        (0..200)
            .map(|n| {
                let mut pick = take(base, 0, [n * 20, 10, 0]);
                pick.heard = pick.heard.shifted(third);
                MusicClip {
                    number: 1,
                    slot: SlotId::from_u128(1),
                    scene: String::new(),
                    why: String::new(),
                    pick,
                    alternates: Vec::new(),
                }
            })
            .collect(),
    ];
    let texts = written(TimelineFormat::Otio, &made, &WriteOptions::default());
    let timeline: serde_json::Value = serde_json::from_str(&texts[0]).expect("it is JSON");
    let children = timeline["tracks"]["children"][0]["children"].as_array();
    let lengths = children.expect("it has clips").iter().map(|item| {
        let length = &item["source_range"]["duration"];
        let (value, rate) = (length["value"].as_f64(), length["rate"].as_f64());
        value.expect("a number") / rate.expect("a number")
    });
    let end: f64 = lengths.sum();
    let expected = made.lanes[0][199].pick.heard.end().to_secs_f64();
    assert!(
        (end - expected).abs() < 0.5 / 48_000.0 + 1e-6,
        "{end} {expected}"
    );
}

#[test]
fn alternates_of_a_timeline_are_aligned_as_they_are_here() {
    let base = Timebase::non_drop(FrameRate::F25);
    let made = programme(base, "01:00:00:00");
    let texts = written(TimelineFormat::Otio, &made, &WriteOptions::default());
    let timeline: serde_json::Value = serde_json::from_str(&texts[0]).expect("it is JSON");
    let clip = &timeline["tracks"]["children"][0]["children"][1];
    let value = |time: &serde_json::Value| time["value"].as_f64().expect("a number");
    let shown = value(&clip["source_range"]["start_time"]);
    let other = &clip["media_references"]["alternate 2"]["available_range"]["start_time"];
    // The pick is heard from its 30th frame on, the alternate from its 45th.
    assert!((shown - 30.0).abs() < 1e-9);
    assert!((shown - value(other) - 45.0).abs() < 1e-9);
    assert_eq!(clip["active_media_reference_key"], "DEFAULT_MEDIA");
}

#[test]
fn every_version_of_final_cut_says_what_it_is() {
    let made = programme(Timebase::non_drop(FrameRate::F23_976), "01:00:00:00");
    for version in FcpxmlVersion::ALL {
        let options = WriteOptions {
            fcpxml: version,
            ..WriteOptions::default()
        };
        let texts = written(TimelineFormat::Fcpxml, &made, &options);
        assert!(texts[0].contains(&format!("<fcpxml version=\"{version}\">")));
        let has_files_inside = texts[0].contains("<media-rep ");
        assert_eq!(has_files_inside, version.to_string() != "1.8", "{version}");
        // An hour of labels is 3603.6 s.
        assert!(texts[0].contains("tcStart=\"18018/5s\""));
    }
    assert!("1.7".parse::<FcpxmlVersion>().is_err());
}

#[test]
fn final_cut_is_given_alternates_as_auditions_with_the_pick_first() {
    let made = programme(Timebase::non_drop(FrameRate::F25), "01:00:00:00");
    let texts = written(TimelineFormat::Fcpxml, &made, &WriteOptions::default());
    let audition = texts[0].split("<audition ").nth(1).expect("there is one");
    let audition = audition.split("</audition>").next().unwrap_or_default();
    let refs: Vec<&str> = audition.split("ref=\"").skip(1).collect();
    assert!(refs[0].starts_with("r2\"") && refs[1].starts_with("r3\""));
    assert!(audition.contains("amount=\"-6.5dB\""), "{audition}");
    assert!(audition.contains("<fadeIn duration=\"12/25s\"/>"));
}

#[test]
fn a_file_of_an_older_final_cut_is_described_once() {
    let made = programme(Timebase::non_drop(FrameRate::F25), "01:00:00:00");
    let texts = written(TimelineFormat::Xmeml, &made, &WriteOptions::default());
    let n_described = texts[0].matches("<pathurl>").count();
    assert_eq!((n_described, made.recordings.len()), (3, 3));
    let url = "<pathurl>file://localhost/Music/a%20folder/1%20%26%20100%25.wav</pathurl>";
    assert!(texts[0].contains(url), "{}", texts[0]);
    assert_eq!(texts[0].matches("<clipitem ").count(), 6);
}

#[test]
fn what_has_no_place_on_a_lane_is_named() {
    let made = programme(Timebase::non_drop(FrameRate::F25), "01:00:00:00");
    for format in TimelineFormat::ALL {
        let out = write(format, &made, &WriteOptions::default());
        let remarks = out.report.remarks().iter();
        let is_named = remarks
            .map(ToString::to_string)
            .any(|it| it.contains("A wish"));
        assert_eq!(is_named, format.holds_music(), "{format:?}");
    }
}

#[test]
fn an_episode_with_nothing_in_it_can_be_written() {
    let base = Timebase::non_drop(FrameRate::F25);
    let made = Programme {
        timebase: base,
        ..Programme::default()
    };
    for format in TimelineFormat::ALL {
        let out = write(format, &made, &WriteOptions::default());
        assert_eq!(out.files.len(), 1, "{format:?}");
        assert!(out.report.is_clean(), "{format:?}");
    }
}
