//! Files of each format, as they are written in the wild, against what must be read from them; and
//! any bytes at all against the promise that nothing panics or grows without bound.
//!
//! The files in `fixtures/interchange` were written for this project. `UPDATE_GOLDEN=1` rewrites
//! the expected texts beside them, to be reviewed in the diff.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use needledrop::interchange::MAX_ENTRIES;
use needledrop::interchange::MAX_WARNINGS;
use needledrop::interchange::Report;
use needledrop::interchange::cut::Contradictions;
use needledrop::interchange::cut::CutFormat;
use needledrop::interchange::cut::ReadOptions;
use needledrop::interchange::cut::detect;
use needledrop::interchange::cut::read;
use needledrop::model::Channels;
use needledrop::model::CutList;
use needledrop::model::Speed;
use needledrop::time::Counting;
use needledrop::time::FrameRate;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;
use needledrop::time::Timebase;
use proptest::prelude::*;

const F23_976: Timebase = Timebase::non_drop(FrameRate::F23_976);
const F25: Timebase = Timebase::non_drop(FrameRate::F25);
const F29_97: Timebase = Timebase::non_drop(FrameRate::F29_97);

/// Each file, and the timebase of the programme it belongs to.
const FIXTURES: [(&str, Timebase, CutFormat); 23] = [
    ("locators.edl", F23_976, CutFormat::Cmx3600),
    ("music_drop_with_colons.edl", F29_97, CutFormat::Cmx3600),
    ("names_in_gbk.edl", F25, CutFormat::Cmx3600),
    ("long_reels.edl", F29_97, CutFormat::Cmx3600),
    ("resolve_markers.edl", F25, CutFormat::ResolveMarkers),
    ("review_markers.edl", F25, CutFormat::ResolveMarkers),
    ("german_spreadsheet.csv", F25, CutFormat::MarkerCsv),
    ("russian_utf16_drop.csv", F29_97, CutFormat::MarkerCsv),
    ("scenes.tsv", F23_976, CutFormat::MarkerCsv),
    ("elapsed_seconds.csv", F25, CutFormat::MarkerCsv),
    ("spotting_session.txt", F29_97, CutFormat::ProTools),
    ("media_composer_markers.txt", F25, CutFormat::AvidText),
    ("media_composer_markers.xml", F23_976, CutFormat::AvidXml),
    ("captions.vtt", F25, CutFormat::WebVtt),
    ("subtitles.srt", F23_976, CutFormat::Srt),
    ("screenplay.fountain", F25, CutFormat::Fountain),
    ("screenplay.fdx", F25, CutFormat::Fdx),
    ("session.ardour", F25, CutFormat::Ardour),
    ("project.kdenlive", F23_976, CutFormat::Kdenlive),
    // These say their rate themselves.
    ("promise.fcpxml", F25, CutFormat::Fcpxml),
    ("promise_drop.xml", F25, CutFormat::Xmeml),
    ("promise_v4.otio", F25, CutFormat::Otio),
    ("promise.aaf", F25, CutFormat::Aaf),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/interchange")
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).expect("the fixture is part of the project")
}

/// Everything that was read, one thing a line.
fn written_out(list: &CutList, report: &Report) -> String {
    let mut text = String::new();
    let mut line = |content: String| {
        writeln!(text, "{}", content.trim_end()).expect("a string takes all that is written");
    };
    line(format!(
        "{} at {}, from {:?}, {}",
        list.title,
        list.timebase,
        list.origin,
        report.encoding().map_or(String::new(), |e| e.to_string())
    ));
    for e in &list.events {
        let source = e.source.map_or("-".to_owned(), |span| place(list, span));
        let (record, tracks) = (place(list, e.record), tracks(&e.channels));
        let (track, speed) = (&e.track, e.speed.factor());
        let more = match (track.is_empty(), e.speed == Speed::NORMAL) {
            (true, true) => String::new(),
            _ => format!(" track={track} speed={speed}"),
        };
        line(format!(
            "event {} [{}] {tracks} {:?} {source} > {record} clip={} file={}{more}",
            e.number, e.reel, e.transition, e.clip, e.file
        ));
    }
    for m in &list.markers {
        let span = place(list, TickSpan::with_length(m.at, m.length));
        let (color, note) = (m.color.map_or("-", |c| c.name()), m.note.escape_debug());
        line(format!(
            "marker {span} {color} name={} note={note} {}",
            m.name, m.track
        ));
    }
    for s in &list.scenes {
        let (span, color) = (place(list, s.span), s.color.map_or("-", |c| c.name()));
        line(format!(
            "scene {} {span} {color} name={} note={}",
            s.number, s.name, s.note
        ));
    }
    for l in &list.dialogue {
        let (span, text) = (place(list, l.span), l.text.escape_debug());
        line(format!("spoken {span} by={} {text}", l.speaker));
    }
    for h in &list.headings {
        let synopsis = h.synopsis.escape_debug();
        line(format!(
            "heading {} {} synopsis={synopsis}",
            h.number, h.name
        ));
    }
    for warning in report.warnings() {
        line(format!("! {warning}"));
    }
    text
}

/// A span as the label of its first frame, the ticks beyond it where there are any, and frames.
fn place(list: &CutList, span: TickSpan) -> String {
    let rate = list.timebase.rate();
    let frame = rate.floor_to_frames(span.start());
    let beyond = span.start() - rate.to_ticks(frame);
    let n_frames = rate.floor_to_frames(span.length()).get();
    let beyond = if beyond == Ticks::ZERO {
        String::new()
    } else {
        format!("+{}t", beyond.get())
    };
    format!("{}{beyond}+{n_frames}f", list.timebase.label(frame))
}

fn tracks(channels: &Channels) -> String {
    let picture = channels.picture.map(|n| format!("V{n}"));
    let sound = channels.sound.iter().map(|n| format!("A{n}"));
    picture
        .into_iter()
        .chain(sound)
        .collect::<Vec<_>>()
        .join("+")
}

#[test]
fn every_file_is_known_by_its_content() {
    for (name, _, format) in FIXTURES {
        assert_eq!(detect(&fixture(name), None), Some(format), "{name}");
    }
}

#[test]
fn every_file_reads_as_written_down() {
    for (name, timebase, format) in FIXTURES {
        let read = read(format, &fixture(name), &ReadOptions::at(timebase));
        let (list, report) = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        let found = written_out(&list, &report);
        let golden = folder().join(format!("{name}.expected.txt"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &found).expect("the fixtures can be written");
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_list_of_another_rate_is_refused_with_its_line() {
    let read = read(
        CutFormat::Cmx3600,
        &fixture("names_in_gbk.edl"),
        &ReadOptions::at(Timebase::non_drop(FrameRate::F24)),
    );
    let error = read.expect_err("it has a frame 24").to_string();
    assert!(
        error.starts_with("line 4:") && error.contains("24 frames"),
        "{error}"
    );
}

/// Timebases, one of each kind of counting.
fn any_options() -> impl Strategy<Value = ReadOptions> {
    let drop = Timebase::new(FrameRate::F29_97, Counting::Drop).expect("has drop-frame");
    let timebases = prop::sample::select(vec![F23_976, F25, F29_97, drop]);
    let contradictions =
        prop::sample::select(vec![Contradictions::Refuse, Contradictions::CarryOn]);
    (timebases, contradictions).prop_map(|(timebase, contradictions)| {
        let mut options = ReadOptions::at(timebase);
        options.contradictions = contradictions;
        options
    })
}

/// Lines made of the words that the readers look for, in any order.
fn any_listing() -> impl Strategy<Value = String> {
    let words = "001 999999 AX V AA/V A99 C D W001 K_B 024 99999 01:00:00:00 00;01;00;00 \
                 23:59:59:24 99:99:99:99 00:00:01 -1 12,5 TITLE: FCM: DROP_FRAME NON-DROP AUD M2 \
                 *_ * LOC: RED FROM_CLIP_NAME: TO_CLIP_NAME: FINAL_CUT_PRO_REEL: REPLACED_BY: |C: \
                 |M: |D: ResolveColorBlue 125512 \" \"\" , ; Timecode In Out Frame Scene Duration \
                 Name é 海 \0 \u{1A} --> 00:00:01,000 00:02.500 WEBVTT NOTE <v_Ana> </v> {\\an8} INT. \
                 EXT_ #12A# = /* */ [[ ]] SESSION_NAME:_a\nSAMPLE_RATE:_48000\nTIMECODE_FORMAT:_25_Frame \
                 SESSION_START_TIMECODE:_00:00:00:00 M_A_R_K_E_R_S__L_I_S_T_I_N_G TRACK_NAME: \
                 T_R_A_C_K__L_I_S_T_I_N_G Samples Ticks 240240 (fade_in) Muted V1 red \
                 <fcpxml><project><sequence> <spine> </spine> <gap_offset='1/25s'> <marker> \
                 <clip_lane='-1'> <xmeml> <clipitem> </clipitem> <in>7</in> {\"tracks\": ]} NaN";
    let words: Vec<String> = words
        .split(' ')
        .map(|word| word.replace('_', " "))
        .collect();
    let word = prop::sample::select(words);
    let separator = prop::sample::select(vec![" ", "  ", ",", ";", "\t", "\n", "\r\n", "\r", ""]);
    prop::collection::vec((word, separator), 0..120).prop_map(|words| {
        let pairs = words.into_iter();
        pairs.map(|(word, separator)| word + separator).collect()
    })
}

/// Reads in every format, and checks what holds for any bytes.
fn read_in_every_format(bytes: &[u8], options: &ReadOptions) -> Result<(), TestCaseError> {
    for format in CutFormat::ALL {
        if let Ok((list, report)) = read(format, bytes, options) {
            prop_assert!(!list.is_empty());
            prop_assert!(list.n_found() <= MAX_ENTRIES);
            prop_assert!(report.warnings().len() <= MAX_WARNINGS);
            prop_assert!(list.markers.iter().all(|m| m.length >= Ticks::ZERO));
            prop_assert!(list.scenes.iter().all(|s| !s.span.is_empty()));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..4000),
        options in any_options(),
    ) {
        detect(&bytes, Some("a.edl"));
        read_in_every_format(&bytes, &options)?;
    }

    #[test]
    fn any_words_of_the_formats_are_read_or_refused(
        text in any_listing(),
        options in any_options(),
    ) {
        detect(text.as_bytes(), None);
        read_in_every_format(text.as_bytes(), &options)?;
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(
        (which, at, byte) in (0..FIXTURES.len(), any::<prop::sample::Index>(), any::<u8>()),
        cut in any::<prop::sample::Index>(),
        options in any_options(),
    ) {
        let (name, ..) = FIXTURES[which];
        let mut bytes = fixture(name);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(cut.index(bytes.len() + 1));
        read_in_every_format(&bytes, &options)?;
    }
}

#[test]
fn a_list_without_end_is_cut_off_at_the_limit() {
    let event = "1 A V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n";
    let text = event.repeat(MAX_ENTRIES + 2);
    let options = ReadOptions::at(F25);
    let (list, report) = read(CutFormat::Cmx3600, text.as_bytes(), &options).expect("is a list");
    assert_eq!(list.events.len(), MAX_ENTRIES);
    assert_eq!(report.warnings()[0].line, Some(MAX_ENTRIES + 1));
}
