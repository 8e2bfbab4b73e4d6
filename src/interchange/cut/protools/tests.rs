//! Sessions as text, and what is read of them.

use super::*;
use crate::time::FrameRate;

const HEADER: &str = "SESSION NAME:\tPromise 203\nSAMPLE RATE:\t48000.000000\nBIT DEPTH:\t24-bit\nSESSION START TIMECODE:\t00:59:55:00\nTIMECODE FORMAT:\t23.976 Frame\n\n\n";
const COLUMNS: &str = "#   \tLOCATION     \tTIME REFERENCE    \tUNITS    \tNAME      \tCOMMENTS\n";

fn found(body: &str) -> (CutList, Report) {
    let text = format!("{HEADER}{body}");
    assert_eq!(fit(&text), Fit::Sure);
    let mut report = Report::default();
    let list = read(&text, &ReadOptions::default(), &mut report);
    (list.expect("the session says its timecode"), report)
}

fn markers(rows: &str) -> (CutList, Report) {
    found(&format!("M A R K E R S  L I S T I N G\n{COLUMNS}{rows}"))
}

fn frames(n: i64) -> Ticks {
    FrameRate::F23_976.to_ticks(Frames::new(n))
}

#[test]
fn a_marker_is_where_its_samples_say() {
    let (list, report) = markers(
        "1   \t01:00:00:00  \t240240            \tSamples  \tOPENER   \t\n2\t01:00:00:23\t288028\tSamples\tdanger\tas in temp\n",
    );
    assert_eq!(list.timebase, Timebase::non_drop(FrameRate::F23_976));
    assert_eq!(list.start, Some(Frames::new(3595 * 24)));
    assert_eq!(list.markers[0].at, frames(3600 * 24));
    assert_eq!(list.markers[0].name, "OPENER");
    let second = list.markers[1].at - frames(3600 * 24 + 23);
    assert_eq!(
        second,
        SampleRate::HZ_48000.nearest_ticks(Samples::new(288_028 - 240_240 - 23 * 2002))
    );
    assert_eq!(list.markers[1].note, "as in temp");
    assert!(report.is_clean());
}

#[test]
fn names_and_comments_may_break_over_lines() {
    let (list, _) = markers(
        "1\t01:00:00:00\t240240\tSamples\ta long\nname  \tfirst\nsecond\tthird\n2\t01:00:00:01\t242242\tSamples\tb\t\n",
    );
    assert_eq!(list.markers[0].name, "a long\nname");
    assert_eq!(list.markers[0].note, "first\nsecond third");
    assert_eq!(list.markers[1].name, "b");
}

#[test]
fn the_columns_of_newer_versions_tell_the_track() {
    let rows = "#\tLOCATION\tTIME REFERENCE\tUNITS\tNAME\tTRACK NAME\tTRACK TYPE\tCOMMENTS\n1\t01:00:00:00\t240240\tSamples\ta\tMX\tTrack\twarm\n";
    let (list, _) = found(&format!("M A R K E R S  L I S T I N G\n{rows}"));
    assert_eq!(list.markers[0].track, "MX");
    assert_eq!(list.markers[0].note, "warm");
}

#[test]
fn a_marker_in_bars_is_placed_by_its_timecode_or_not_at_all() {
    let (list, report) =
        markers("1\t01:00:00:00.50\t1|1|000\tTicks\ta\t\n2\t33|1|000\t123\tTicks\tb\t\n");
    assert_eq!(list.markers.len(), 1);
    let half = Ticks::new(FrameRate::F23_976.frame_length().get() / 2);
    assert_eq!(list.markers[0].at, frames(3600 * 24) + half);
    assert_eq!(report.warnings().len(), 1);
}

const CLIPS: &str = "T R A C K  L I S T I N G\nTRACK NAME:\tMX A\nCOMMENTS:\t\nCHANNEL \tEVENT   \tCLIP NAME\tSTART TIME\tEND TIME\tDURATION\tSTATE\n1\t1\tCoastline\t01:00:01:00\t01:00:02:00\t00:00:01:00\tUnmuted\n1\t2\t(cross fade)\t01:00:02:00\t01:00:03:00\t00:00:01:00\tUnmuted\n1\t3\tFern\t01:00:03:00\t01:00:04:00\t00:00:01:00\tUnmuted\n1\t4\tHidden\t01:00:05:00\t01:00:06:00\t00:00:01:00\tMuted\n2\t1\tCoastline\t01:00:01:00\t01:00:02:00\t00:00:01:00\tUnmuted\n";

#[test]
fn a_clip_is_told_once_whatever_its_channels_and_has_its_fades() {
    let (list, report) = found(CLIPS);
    let seconds = |n: i64| frames((3600 + n) * 24);
    let events: Vec<_> = list
        .events
        .iter()
        .map(|e| (e.clip.as_str(), e.track.as_str(), e.record))
        .collect();
    assert_eq!(
        events,
        [
            (
                "Coastline",
                "MX A",
                TickSpan::between(seconds(1), seconds(3))
            ),
            ("Fern", "MX A", TickSpan::between(seconds(2), seconds(4))),
        ]
    );
    assert_eq!(report.warnings()[0].kind, WarningKind::Muted { n: 1 });
}

#[test]
fn sections_that_nobody_knows_are_passed_over() {
    let (list, _) = found(&format!(
        "U N K N O W N  S E C T I O N\n1\t1\tx\t01:00:01:00\t01:00:02:00\tx\tUnmuted\n\n{CLIPS}"
    ));
    assert_eq!(list.events.len(), 2);
}

#[test]
fn a_session_that_starts_before_midnight_goes_on_past_it() {
    let text = HEADER.replace("00:59:55:00", "23:59:50:00");
    let text = format!(
        "{text}M A R K E R S  L I S T I N G\n{COLUMNS}1\t00:00:10:00\t960960\tSamples\ta\t\n2\t00:00:10:00\t1|1\tTicks\tb\t\n"
    );
    let mut report = Report::default();
    let list = read(&text, &ReadOptions::default(), &mut report).expect("it can be read");
    assert_eq!(list.markers[0].at, list.markers[1].at);
    assert_eq!(list.markers[0].at, frames((86_400 + 10) * 24));
}

#[test]
fn a_timecode_that_there_is_not_refuses_the_session() {
    let text = HEADER.replace("23.976 Frame", "30 Drop Frame");
    let mut report = Report::default();
    let refused = read(&text, &ReadOptions::default(), &mut report);
    assert!(refused.is_err_and(|error| error.to_string().contains("30 Drop Frame")));
}
