//! What our own readers of timelines find in what was written: music, markers and scenes, at every
//! rate, across midnight, and between frames.

use super::*;

/// Where the music of the programme is, in the order of its lanes.
fn music(made: &Programme) -> Vec<TickSpan> {
    let clips = made.lanes.iter().flatten();
    clips.map(|clip| clip.pick.heard).collect()
}

/// The same as the list has it, counted from the programme's first frame.
fn found_music(list: &CutList, made: &Programme) -> Vec<TickSpan> {
    let zero = match list.origin {
        Origin::LabelZero => made.timebase.rate().to_ticks(made.start),
        Origin::FirstFrame => Ticks::ZERO,
    };
    let mut events: Vec<_> = list.events.iter().collect();
    // Two channels of one lane may be one event or two.
    events.sort_by_key(|event| (event.channels.sound.clone(), event.record));
    let mut spans: Vec<TickSpan> = Vec::new();
    for event in events {
        let span = event.record.shifted(Ticks::ZERO - zero);
        if !spans.contains(&span) {
            spans.push(span);
        }
    }
    spans.sort();
    spans
}

fn on_frames(made: &Programme, span: TickSpan) -> TickSpan {
    let rate = made.timebase.rate();
    TickSpan::between(rate.snapped(span.start()), rate.snapped(span.end()))
}

fn sorted(mut spans: Vec<TickSpan>) -> Vec<TickSpan> {
    spans.sort();
    spans
}

/// How far two lists of spans are apart at most.
fn distance(found: &[TickSpan], expected: &[TickSpan]) -> Ticks {
    assert_eq!(found.len(), expected.len(), "{found:?} {expected:?}");
    let pairs = found.iter().zip(expected);
    let ends = pairs.flat_map(|(a, b)| [a.start() - b.start(), a.end() - b.end()]);
    ends.map(Ticks::abs).max().unwrap_or(Ticks::ZERO)
}

/// Markers and scenes, as frames.
const MARKS: [(i64, i64); 5] = [(90, 310), (120, 0), (130, 48), (400, 500), (1800, 0)];

fn marks(list: &CutList, made: &Programme) -> Vec<(i64, i64)> {
    let scenes = list.scenes.iter().map(|it| it.span);
    let markers = list.markers.iter();
    let markers = markers.map(|it| TickSpan::with_length(it.at, it.length));
    let spans = scenes.chain(markers).map(|span| frames(list, made, span));
    let mut spans: Vec<_> = spans.collect();
    spans.sort_unstable();
    spans
}

/// Reads without asking for silence: what is left out is left out knowingly.
fn read_back(format: CutFormat, made: &Programme, text: &str) -> CutList {
    let mut options = ReadOptions::at(made.timebase);
    options.start = made.start;
    assert_eq!(cut::detect(text.as_bytes(), None), Some(format));
    let read = cut::read(format, text.as_bytes(), &options);
    let (list, _) = read.unwrap_or_else(|error| panic!("{error}:\n{text}"));
    assert_eq!(list.timebase, made.timebase);
    list
}

fn each_programme(check: impl Fn(&Programme, String)) {
    for base in timebases() {
        for start in STARTS {
            check(&programme(base, start), format!("{base} {start}"));
        }
    }
}

#[test]
fn open_timelines_keep_music_to_the_sample_and_marks_to_the_frame() {
    each_programme(|made, case| {
        let texts = written(TimelineFormat::Otio, made, &WriteOptions::default());
        let list = read_back(CutFormat::Otio, made, &texts[0]);
        let off = distance(&found_music(&list, made), &sorted(music(made)));
        // Half a sample at 48 kHz at each end.
        let sample = Ticks::new(Ticks::PER_SECOND / 48_000);
        assert!(off <= sample, "{case}: {off:?}");
        assert_eq!(marks(&list, made), MARKS, "{case}");
        assert_eq!(list.start, Some(made.start), "{case}");
    });
}

#[test]
fn final_cut_keeps_music_between_frames_exactly() {
    each_programme(|made, case| {
        for fcpxml in FcpxmlVersion::ALL {
            let options = WriteOptions {
                fcpxml,
                ..WriteOptions::default()
            };
            let texts = written(TimelineFormat::Fcpxml, made, &options);
            let list = read_back(CutFormat::Fcpxml, made, &texts[0]);
            let found = found_music(&list, made);
            assert_eq!(found, sorted(music(made)), "{case} {fcpxml}");
            assert_eq!(marks(&list, made), MARKS, "{case} {fcpxml}");
        }
    });
}

#[test]
fn older_final_cut_keeps_music_and_marks_to_the_frame() {
    each_programme(|made, case| {
        let texts = written(TimelineFormat::Xmeml, made, &WriteOptions::default());
        let list = read_back(CutFormat::Xmeml, made, &texts[0]);
        let expected = music(made).into_iter().map(|span| on_frames(made, span));
        let found = found_music(&list, made);
        assert_eq!(found, sorted(expected.collect()), "{case}");
        assert_eq!(marks(&list, made), MARKS, "{case}");
        assert_eq!(list.start, Some(made.start), "{case}");
    });
}

#[test]
fn markers_for_avid_read_back_to_the_frame() {
    each_programme(|made, case| {
        let texts = written(TimelineFormat::AvidMarkers, made, &WriteOptions::default());
        let list = read_back(CutFormat::AvidText, made, &texts[0]);
        let starts: Vec<i64> = marks(&list, made).iter().map(|(at, _)| *at).collect();
        assert_eq!(starts, [120, 130, 1800], "{case}");
    });
}

#[test]
fn timelines_keep_names_sources_and_files() {
    let base = Timebase::non_drop(FrameRate::F23_976);
    let made = programme(base, "01:00:00:00");
    let at = |n| base.rate().to_ticks(Frames::new(n));
    for (format, read_as) in [
        (TimelineFormat::Otio, CutFormat::Otio),
        (TimelineFormat::Fcpxml, CutFormat::Fcpxml),
        (TimelineFormat::Xmeml, CutFormat::Xmeml),
    ] {
        let texts = written(format, &made, &WriteOptions::default());
        let list = read_back(read_as, &made, &texts[0]);
        let mut events: Vec<_> = list.events.iter().collect();
        events.sort_by_key(|event| event.record);
        let first = events[0];
        assert!(first.clip.starts_with("Coastline"), "{format:?} {first:?}");
        let source = Some(TickSpan::between(at(30), at(280)));
        assert_eq!(first.source, source, "{format:?}");
        assert!(
            first.file.ends_with("1 & 100%.wav"),
            "{format:?} {}",
            first.file
        );
        let last = events.last().expect("there is music");
        assert!(last.clip.contains("海辺の歌 🌊"), "{format:?} {last:?}");
        let marked = list.markers.iter();
        let marked = names(marked.map(|it| &it.name));
        for name in ["touch", "look | \"long\" & <far>", "タイトル 🎬"] {
            assert!(marked.contains(&name), "{format:?} {marked:?}");
        }
    }
}
