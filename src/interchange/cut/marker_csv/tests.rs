//! Rules of the marker table.

use super::*;
use crate::time::FrameRate;
use crate::time::Frames;

fn frames(n: i64) -> Ticks {
    FrameRate::F25.to_ticks(Frames::new(n))
}

const HOUR: i64 = 3600 * 25;

fn read_with(text: &str, options: ReadOptions) -> (CutList, Report) {
    let mut report = Report::default();
    let list = read(text, &options, &mut report).expect("fits the rate");
    (list, report)
}

fn read_text(text: &str) -> (CutList, Report) {
    read_with(text, ReadOptions::default())
}

#[test]
fn each_row_is_a_marker() {
    let (list, report) =
        read_text("Timecode,Name,Color,Note\n01:00:02:00,touch,Red,slow\n01:00:04:05,look,,\n");
    assert_eq!(list.origin, Origin::LabelZero);
    assert_eq!(
        list.markers,
        [
            FoundMarker {
                name: "touch".to_owned(),
                at: frames(HOUR + 50),
                color: Some(Color::Red),
                note: "slow".to_owned(),
                ..FoundMarker::default()
            },
            FoundMarker {
                name: "look".to_owned(),
                at: frames(HOUR + 105),
                ..FoundMarker::default()
            },
        ]
    );
    assert!(report.is_clean());
}

#[test]
fn the_delimiter_is_found_by_what_makes_sense() {
    for text in [
        "Zeit;Name;Notiz\n01:00:02:00;a, b;x\n",
        "Time\tName\tNote\n01:00:02:00\ta, b\tx\n",
        "Time|Name|Note\n01:00:02:00|a, b|x\n",
        "Time,Name,Note\n01:00:02:00,\"a, b\",x\n",
        "sep=;\nTime;Name;Note\n01:00:02:00;a, b;x\n",
    ] {
        let (list, _) = read_text(text);
        assert_eq!(list.markers.len(), 1, "{text}");
        assert_eq!(list.markers[0].name, "a, b", "{text}");
    }
}

#[test]
fn a_title_may_stand_above_the_header() {
    let (list, _) = read_text("Promise v3\n\nIn,Name\n01:00:02:00,a\n");
    assert_eq!(list.markers.len(), 1);
}

#[test]
fn a_row_with_a_scene_and_an_end_is_a_scene() {
    let (list, _) = read_text(
        "Scene,Heading,In,Out\n12A,INT. BEACH HUT - NIGHT,01:00:00:00,01:00:10:00\n,no scene,01:00:12:00,\n",
    );
    assert_eq!(
        list.scenes,
        [FoundScene {
            number: "12A".to_owned(),
            name: "INT. BEACH HUT - NIGHT".to_owned(),
            span: TickSpan::with_length(frames(HOUR), frames(250)),
            ..FoundScene::default()
        }]
    );
    assert_eq!(list.markers.len(), 1);
}

#[test]
fn a_scene_column_without_ends_makes_markers() {
    let (list, _) = read_text("Scene,In,Name\n12,01:00:00:00,a\n");
    assert_eq!((list.scenes.len(), list.markers.len()), (0, 1));
}

#[test]
fn a_number_is_a_scenes_only_where_nothing_speaks_of_markers() {
    let (list, _) = read_text("No,Name,In,Out\n12,Hut,01:00:00:00,01:00:10:00\n");
    assert_eq!(list.scenes.len(), 1);
    let (list, _) = read_text("No,Name,In,Out,Color\n12,Hut,01:00:00:00,01:00:10:00,red\n");
    assert_eq!(list.scenes.len(), 0);
}

#[test]
fn a_duration_does_for_an_end() {
    let (list, _) = read_text("In,Duration,Name\n01:00:02:00,00:00:01:05,a\n");
    assert_eq!(list.markers[0].length, frames(30));
    let (list, _) = read_text("Start (frames),Duration,Name\n50,30,a\n");
    assert_eq!(list.markers[0].length, frames(30));
}

#[test]
fn frames_and_seconds_count_from_the_first_frame() {
    let (list, _) = read_text("Frame,Name\n50,a\n");
    assert_eq!(list.origin, Origin::FirstFrame);
    assert_eq!(list.markers[0].at, frames(50));
    let (list, _) = read_text("Start (s);Name\n12,48;a\n");
    assert_eq!(list.markers[0].at, Ticks::from_millis(12_480));
}

#[test]
fn a_label_beats_a_frame_number_beside_it() {
    let (list, _) = read_text("Frame,Timecode,Name\n50,01:00:02:00,a\n");
    assert_eq!(list.origin, Origin::LabelZero);
    assert_eq!(list.markers[0].at, frames(HOUR + 50));
}

#[test]
fn times_without_frames_are_elapsed_unless_all_lie_behind_the_start() {
    let text = "Time,Name\n01:00:02,a\n01:20:00,b\n";
    let (list, report) = read_text(text);
    assert_eq!(list.origin, Origin::FirstFrame);
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::GuessedClock(ClockReading::Elapsed)
    );
    let mut options = ReadOptions {
        start: Frames::new(HOUR),
        ..ReadOptions::default()
    };
    let (list, _) = read_with(text, options);
    assert_eq!(list.origin, Origin::LabelZero);
    assert_eq!(list.markers[0].at, frames(HOUR + 50));
    options.clock_times = ClockTimes::Elapsed;
    let (list, report) = read_with(text, options);
    assert_eq!(list.origin, Origin::FirstFrame);
    assert!(report.is_clean());
}

#[test]
fn a_time_without_frames_among_labels_is_a_label() {
    let (list, _) = read_text("Time,Name\n01:00:02:00,a\n01:00:03,b\n");
    assert_eq!(list.markers[1].at, frames(HOUR + 75));
}

#[test]
fn without_names_the_note_is_the_name() {
    let (list, _) =
        read_text("Timecode In,Comment\n\"\"\"00:00:02:00\"\"\",\"more air\nplease\"\n");
    let marker = &list.markers[0];
    assert_eq!(
        (marker.name.as_str(), marker.note.as_str()),
        ("more air", "please")
    );
}

#[test]
fn a_row_without_a_time_is_left_out_and_said() {
    let (list, report) = read_text("Time,Name\nsoon,a\n01:00:02:00,b\n");
    assert_eq!(list.markers.len(), 1);
    assert_eq!(report.warnings()[0].line, Some(2));
    assert_eq!(
        report.warnings()[0].kind,
        WarningKind::NoTime("soon".to_owned())
    );
}

#[test]
fn a_row_that_ends_before_it_begins_is_a_point() {
    let (list, report) = read_text("In,Out,Name\n01:00:02:00,01:00:01:00,a\n");
    assert_eq!(list.markers[0].length, Ticks::ZERO);
    assert_eq!(report.warnings()[0].kind, WarningKind::EndBeforeStart);
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r", "\n\n"] {
        let text = "Time,Name\n01:00:02:00,\"a\nb\"\nnever,c\n".replace('\n', end);
        let (_, report) = read_text(&text);
        let line = if end == "\n\n" { 7 } else { 4 };
        assert_eq!(report.warnings()[0].line, Some(line), "{end:?}");
    }
}

#[test]
fn what_has_no_header_is_no_table() {
    for text in [
        "",
        "a,b,c\n",
        "Name\nx\n",
        "Timecode\n01:00:00:00\n",
        "Name,Note\na,b\n",
    ] {
        assert_eq!(fit(text), Fit::No, "{text}");
    }
}
