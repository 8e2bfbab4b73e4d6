//! Rules of the CMX 3600 reader.

use super::*;
use crate::interchange::cut::options::Contradictions;
use crate::model::Channels;
use crate::model::Color;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Ticks;

fn base(rate: FrameRate, counting: Counting) -> Timebase {
    Timebase::new(rate, counting).expect("has that counting")
}

fn read_at(timebase: Timebase, text: &str) -> (CutList, Report) {
    let mut report = Report::default();
    let list = read(text, &ReadOptions::at(timebase), &mut report).expect("fits the rate");
    (list, report)
}

fn read_text(text: &str) -> (CutList, Report) {
    read_at(Timebase::non_drop(FrameRate::F25), text)
}

fn frames(n: i64) -> Ticks {
    FrameRate::F25.to_ticks(Frames::new(n))
}

fn clips(list: &CutList) -> Vec<&str> {
    list.events
        .iter()
        .map(|event| event.clip.as_str())
        .collect()
}

fn kinds(report: &Report) -> Vec<&WarningKind> {
    report.warnings().iter().map(|w| &w.kind).collect()
}

#[test]
fn an_event_has_a_reel_channels_and_two_stretches() {
    let (list, report) = read_text(
        "TITLE: Promise v3\nFCM: NON-DROP FRAME\n\
         001  A012C003 AA/V  C        01:00:10:00 01:00:12:00 10:00:00:00 10:00:02:00 \n\
         * FROM CLIP NAME:  12-3\n* SOURCE FILE: A012C003.MXF\n",
    );
    assert_eq!(list.title, "Promise v3");
    assert_eq!(
        list.events,
        [FoundEvent {
            track: String::new(),
            speed: Speed::NORMAL,
            number: "001".to_owned(),
            reel: "A012C003".to_owned(),
            channels: Channels {
                picture: Some(1),
                sound: vec![1, 2]
            },
            clip: "12-3".to_owned(),
            file: "A012C003.MXF".to_owned(),
            transition: Transition::Cut,
            source: Some(TickSpan::with_length(frames(3610 * 25), frames(50))),
            record: TickSpan::with_length(frames(36_000 * 25), frames(50)),
        }]
    );
    assert!(report.is_clean());
}

#[test]
fn further_sound_tracks_belong_to_the_event_before() {
    let (list, _) =
        read_text("001 AX NONE C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\nAUD  3    4\n");
    assert_eq!(list.events[0].channels.sound, [3, 4]);
}

#[test]
fn a_transition_is_one_event_with_the_clip_that_comes_in() {
    let (list, _) = read_text(
        "001 A V C 00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n\
         * FROM CLIP NAME: one\n\
         002 A V C 00:00:02:00 00:00:02:00 01:00:02:00 01:00:02:00\n\
         002 B V D 012 00:00:05:00 00:00:07:00 01:00:02:00 01:00:04:00\n\
         EFFECTS NAME IS CROSS DISSOLVE\n\
         * FROM CLIP NAME: one\n* TO CLIP NAME: two\n",
    );
    assert_eq!(clips(&list), ["one", "two"]);
    assert_eq!(
        list.events[1].transition,
        Transition::Dissolve { length: frames(12) }
    );
}

#[test]
fn the_outgoing_side_may_have_the_number_of_the_event_before() {
    let (list, _) = read_text(
        "001 A V C 00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n\
         * FROM CLIP NAME: one\n\
         001 A V C 00:00:02:00 00:00:02:00 01:00:02:00 01:00:02:00\n\
         002 B V D 010 00:00:05:00 00:00:07:00 01:00:02:00 01:00:04:00\n\
         * FROM CLIP NAME: one\n* TO CLIP NAME: two\n",
    );
    assert_eq!(clips(&list), ["one", "two"]);
}

#[test]
fn an_outgoing_side_with_a_length_is_an_event_of_its_own() {
    let (list, _) = read_text(
        "002 A V C 00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n\
         002 B V W001 012 00:00:05:00 00:00:07:00 01:00:02:00 01:00:04:00\n\
         * FROM CLIP NAME: one\n* TO CLIP NAME: two\n",
    );
    assert_eq!(clips(&list), ["one", "two"]);
}

#[test]
fn comments_are_read_however_they_are_written() {
    for comment in [
        "* FROM CLIP NAME: a b",
        "*FROM CLIP NAME: a b",
        "*  FROM CLIP NAME:a b",
        "FROM CLIP NAME: a b",
        "* from clip name: a b",
    ] {
        let (list, _) = read_text(&format!(
            "001 A V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n{comment}\n"
        ));
        assert_eq!(clips(&list), ["a b"], "{comment}");
    }
}

#[test]
fn without_a_clip_name_the_file_names_the_clip() {
    let (list, _) = read_text(
        "001 A V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n\
         * FROM CLIP: C:\\media\\12-3.mov\n",
    );
    assert_eq!(clips(&list), ["12-3.mov"]);
}

#[test]
fn a_comment_broken_at_the_margin_goes_on_in_the_next_line() {
    let (list, _) = read_text(
        "001 A V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n\
         * FROM CLIP NAME: A NAME THAT IS AS LONG AS THE MARGIN OF EIGHTY COLUMNS ALLOWS TO PRI\n\
         * NT.MOV\n\
         * LOC: 00:00:00:10 RED     SHE TURNS ROUND AND LOOKS AT HIM FOR THE FIRST TIME AND \n\
         * THEN AWAY\n\
         * A REMARK OF ITS OWN\n",
    );
    assert!(list.events[0].clip.ends_with("ALLOWS TO PRINT.MOV"));
    assert!(list.markers[0].name.ends_with("FIRST TIME AND THEN AWAY"));
}

#[test]
fn a_replaced_reel_gets_its_own_name_back() {
    let (list, _) = read_text(
        "001 A012C3 V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n\
         * FINAL CUT PRO REEL: A012_C003_long REPLACED BY: A012C3\n",
    );
    assert_eq!(list.events[0].reel, "A012_C003_long");
}

#[test]
fn locators_are_markers_at_their_place_in_the_programme() {
    let (list, report) = read_text(
        "TITLE: x\n* LOC: 00:00:00:05 GREEN   BEFORE ANY EVENT\n\
         001 A V C 10:00:00:00 10:00:01:00 00:00:00:00 00:00:01:00\n\
         * LOC: 00:00:00:10 red touch |D:12\n* LOC: 00:00:00:10 red touch |D:12\n",
    );
    let found: Vec<_> = list
        .markers
        .iter()
        .map(|m| (m.name.as_str(), m.at, m.length, m.color))
        .collect();
    assert_eq!(
        found,
        [
            (
                "BEFORE ANY EVENT",
                frames(5),
                Ticks::ZERO,
                Some(Color::Green)
            ),
            ("touch", frames(10), frames(12), Some(Color::Red)),
        ]
    );
    assert_eq!(kinds(&report), [&WarningKind::Repeated { n: 1 }]);
}

#[test]
fn the_mode_of_the_list_is_followed_against_its_separators() {
    let line = "001 A V C 00:00:00:00 00:01:00:02 00:00:00:00 00:01:00:02\n";
    let drop = base(FrameRate::F29_97, Counting::Drop);
    let (list, _) = read_at(drop, &format!("FCM: DROP FRAME\n{line}"));
    assert_eq!(
        list.events[0].record.length(),
        FrameRate::F29_97.to_ticks(Frames::new(1800))
    );
    let (list, report) = read_at(drop, &format!("FCM: NON-DROP FRAME\n{line}"));
    assert_eq!(
        list.events[0].record.length(),
        FrameRate::F29_97.to_ticks(Frames::new(1802))
    );
    assert_eq!(
        kinds(&report),
        [&WarningKind::OtherCounting {
            list: Counting::NonDrop
        }]
    );
}

#[test]
fn a_mode_that_changes_speaks_of_the_sources_that_follow() {
    let drop = base(FrameRate::F29_97, Counting::Drop);
    let (list, report) = read_at(
        drop,
        "FCM: DROP FRAME\n\
         001 A V C 00:00:00:00 00:01:00:02 00:00:00:00 00:01:00:02\n\
         FCM: NON-DROP FRAME\n\
         002 B V C 00:00:00:00 00:01:00:02 00:01:00:02 00:02:00:04\n",
    );
    let n_frames = |span: TickSpan| FrameRate::F29_97.nearest_frames(span.length()).get();
    let lengths: Vec<_> = list
        .events
        .iter()
        .map(|e| (n_frames(e.source.expect("is read")), n_frames(e.record)))
        .collect();
    assert_eq!(lengths, [(1800, 1800), (1802, 1800)]);
    assert_eq!(report.warnings()[0].line, Some(3));
}

#[test]
fn lengths_that_fit_the_other_counting_better_are_pointed_out() {
    // Ten seconds of source through the end of a minute: ten seconds and two frames of labels.
    let text = "FCM: NON-DROP FRAME\n\
                001 A V C 00:00:10:00 00:00:20:00 00:00:55:00 00:01:05:02\n";
    let (_, report) = read_at(Timebase::non_drop(FrameRate::F29_97), text);
    assert_eq!(
        kinds(&report),
        [&WarningKind::DoubtfulCounting {
            counted: Counting::NonDrop,
            n_off: 1,
            n_off_otherwise: 0,
            n: 1,
        }]
    );
}

#[test]
fn an_event_may_go_through_midnight_but_not_backwards() {
    let (list, report) = read_text(
        "001 A V C 00:00:00:00 00:00:02:00 23:59:59:00 00:00:01:00\n\
         002 A V C 00:00:00:00 00:00:02:00 00:00:05:00 00:00:04:00\n",
    );
    assert_eq!(list.events.len(), 1);
    assert_eq!(list.events[0].record.length(), frames(50));
    assert_eq!(report.warnings()[0].line, Some(2));
    assert_eq!(kinds(&report), [&WarningKind::EndBeforeStart]);
}

#[test]
fn a_source_of_another_rate_costs_nothing_but_itself() {
    let (list, report) = read_text("001 A V C 00:00:00:29 00:00:02:29 00:00:00:00 00:00:02:00\n");
    assert_eq!(list.events[0].source, None);
    assert_eq!(kinds(&report), [&WarningKind::ImpossibleSources { n: 1 }]);
}

#[test]
fn whoever_carries_on_gets_what_can_be_read() {
    let text = "001 A V C 00:00:00:00 00:00:02:00 00:00:00:00 00:00:02:00\n\
                002 A V C 00:00:00:00 00:00:02:00 00:00:02:00 00:00:04:29\n";
    let mut options = ReadOptions::default();
    let mut report = Report::default();
    assert!(read(text, &options, &mut report).is_err());
    options.contradictions = Contradictions::CarryOn;
    let list = read(text, &options, &mut report).expect("carries on");
    assert_eq!(list.events.len(), 1);
    assert_eq!(report.warnings()[0].line, Some(2));
}

#[test]
fn lines_that_are_not_understood_are_counted_once() {
    let (list, report) = read_text(
        "hello\n001 A V C 00:00:00:00 00:00:02:00 00:00:00:00 00:00:02:00\n\
         >>> SOURCE x\nSPLIT:    AUDIO DELAY=  00:00:00:10\nM2   A  -25.0  00:00:00:00\nwhat\n\
         002 A V C 00:00:00:00 00:00:02:00 00:00:0\n",
    );
    assert_eq!(list.events.len(), 1);
    let unknown = WarningKind::UnknownLines {
        n: 2,
        first: "hello".to_owned(),
    };
    assert!(kinds(&report).contains(&&unknown));
    assert!(matches!(kinds(&report)[0], WarningKind::Unreadable(_)));
}
