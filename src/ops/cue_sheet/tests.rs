//! Which cues a cut has, what is said of them, and what is found missing.

use super::*;
use crate::model::Alternate;
use crate::model::AlternateId;
use crate::model::Change;
use crate::model::CodeRule;
use crate::model::CueColumn;
use crate::model::CutId;
use crate::model::Edit;
use crate::model::Episode;
use crate::model::EpisodeId;
use crate::model::Function;
use crate::model::HeaderLine;
use crate::model::Percent;
use crate::model::Role;
use crate::model::Share;
use crate::model::Sight;
use crate::model::Singing;
use crate::model::Slot;
use crate::model::SlotId;
use crate::model::TrackId;
use crate::model::Voice;
use crate::model::Writer;
use crate::time::Frames;
use crate::time::TickSpan;
use crate::time::Timebase;

const AT: CutAt = CutAt {
    episode: EpisodeId::from_u128(1),
    cut: CutId::from_u128(1),
};

fn secs(secs: i64) -> Ticks {
    Ticks::from_secs(secs)
}

/// A slot of these seconds whose pick is this track, which begins with it.
fn slot(track: u128, from: i64, to: i64) -> Slot {
    let id = AlternateId::from_u128(1);
    let slot = Slot::new(None, TickSpan::between(secs(from), secs(to)), "");
    let alternate = Alternate::new(TrackId::from_u128(track), secs(from));
    let mut slot = slot.with_alternates([(id, alternate)]);
    slot.pick = Some(id);
    slot
}

/// A show of tracks 1 to 3 with an episode of a minute that has these slots.
fn show(slots: Vec<Slot>) -> Show {
    let mut show = Show::new("Promise");
    for n in 1..=3 {
        let track = Track {
            title: format!("Song {n}"),
            stated_length: Some(secs(300)),
            ..Track::default()
        };
        let insert = Change::Insert(Box::new(track));
        show.apply(Edit::Track(TrackId::from_u128(n), insert))
            .expect("it is new");
    }
    let cut = Cut::new(Timebase::default(), Frames::ZERO, secs(60));
    let slots = (1..)
        .zip(slots)
        .map(|(n, slot)| (SlotId::from_u128(n), slot));
    let cut = cut.with([], [], slots);
    let episode = Episode::new("203", "Promise").with_cut(AT.cut, cut);
    show.apply(Edit::Episode(AT.episode, Change::Insert(Box::new(episode))))
        .expect("it is new");
    show
}

fn template() -> CueTemplate {
    let column = |field| CueColumn {
        heading: String::new(),
        field,
    };
    let rule = |function, sight, voice, code: &str| CodeRule {
        function,
        sight,
        voice,
        code: code.to_owned(),
    };
    CueTemplate {
        columns: [
            CueField::CueNumber,
            CueField::Title,
            CueField::TimeIn,
            CueField::Length,
            CueField::Usage,
        ]
        .map(column)
        .into(),
        codes: vec![
            rule(Some(Function::OpeningTheme), None, None, "MT"),
            rule(None, Some(Sight::Performers), Some(Voice::Vocal), "VV"),
            rule(Some(Function::Background), None, Some(Voice::Vocal), "BV"),
            rule(
                Some(Function::Background),
                None,
                Some(Voice::Instrumental),
                "BI",
            ),
        ],
        merge_gap: secs(1),
        ..CueTemplate::default()
    }
}

fn rows(slots: Vec<Slot>) -> Vec<String> {
    let sheet = cue_sheet(&show(slots), AT, &template()).expect("there is the cut");
    sheet
        .rows
        .iter()
        .map(|row| row.join(" ").trim().to_owned())
        .collect()
}

#[test]
fn each_use_is_a_cue_in_running_order() {
    assert_eq!(
        rows(vec![slot(2, 20, 25), slot(1, 5, 12)]),
        ["1M1 Song 1 00:00:05:00 0:07", "1M2 Song 2 00:00:20:00 0:05"]
    );
}

#[test]
fn the_earlier_of_two_that_overlap_ends_at_the_first_note_of_the_later() {
    assert_eq!(
        rows(vec![slot(1, 5, 12), slot(2, 10, 25)]),
        ["1M1 Song 1 00:00:05:00 0:05", "1M2 Song 2 00:00:10:00 0:15"]
    );
}

#[test]
fn what_goes_on_behind_a_shorter_cue_is_a_cue_again() {
    assert_eq!(
        rows(vec![slot(1, 5, 30), slot(2, 10, 20)]),
        [
            "1M1 Song 1 00:00:05:00 0:05",
            "1M2 Song 2 00:00:10:00 0:10",
            "1M3 Song 1 00:00:20:00 0:10"
        ]
    );
}

#[test]
fn stretches_of_one_recording_that_touch_are_one_cue() {
    assert_eq!(
        rows(vec![slot(1, 5, 10), slot(1, 11, 20), slot(1, 22, 25)]),
        ["1M1 Song 1 00:00:05:00 0:15", "1M2 Song 1 00:00:22:00 0:03"]
    );
}

#[test]
fn what_is_used_as_something_else_is_a_cue_of_its_own() {
    let mut seen = slot(1, 10, 20);
    seen.sight = Some(Sight::Source);
    assert_eq!(
        rows(vec![slot(1, 5, 10), seen]),
        [
            "1M1 Song 1 00:00:05:00 0:05",
            "1M2s Song 1 00:00:10:00 0:10"
        ]
    );
}

#[test]
fn a_number_given_by_hand_stays_and_is_not_given_again() {
    let mut first = slot(1, 5, 10);
    first.cue_number = "1M2".to_owned();
    let found = rows(vec![first, slot(2, 10, 12), slot(3, 13, 14)]);
    let numbers: Vec<_> = found.iter().map(|row| &row[..3]).collect();
    assert_eq!(numbers, ["1M2", "1M1", "1M3"]);
}

#[test]
fn the_code_follows_from_what_is_known() {
    let mut used = slot(1, 5, 10);
    assert!(rows(vec![used.clone()])[0].ends_with("0:05"));
    used.function = Some(Function::Background);
    used.voice = Some(Voice::Instrumental);
    assert!(rows(vec![used.clone()])[0].ends_with(" BI"));
    used.sight = Some(Sight::Performers);
    used.voice = Some(Voice::Vocal);
    assert!(rows(vec![used.clone()])[0].ends_with(" VV"));
    used.function = Some(Function::OpeningTheme);
    assert!(rows(vec![used])[0].ends_with(" MT"));
}

#[test]
fn a_code_without_a_function_is_never_made_up() {
    let mut used = slot(1, 5, 10);
    used.voice = Some(Voice::Vocal);
    let show = show(vec![used]);
    let sheet = cue_sheet(&show, AT, &template()).expect("there is the cut");
    assert_eq!(sheet.rows[0][4], "");
    assert!(sheet.remarks[0].contains("what it is used as is not said"));
}

#[test]
fn what_was_found_out_by_listening_counts_where_nobody_has_said_and_is_told() {
    let mut used = slot(1, 5, 10);
    used.function = Some(Function::Background);
    let mut show = show(vec![used]);
    let mut track = show
        .track(TrackId::from_u128(1))
        .expect("it is there")
        .clone();
    // Sung only where this use does not reach.
    track.measured.singing = Some(Singing {
        stretches: vec![(secs(5), secs(9))],
        confidence: Percent::new(90),
    });
    let set = crate::model::TrackField::Measured(track.measured);
    show.apply(Edit::Track(TrackId::from_u128(1), Change::Set(set)))
        .expect("it is there");
    let sheet = cue_sheet(&show, AT, &template()).expect("there is the cut");
    assert_eq!(sheet.rows[0][4], "BI");
    assert!(sheet.remarks[0].contains("is an estimate"));
}

#[test]
fn shares_that_make_no_hundred_are_told() {
    let mut show = show(vec![slot(1, 5, 10)]);
    let writer = |hundredths| Writer {
        share: Some(Share::from_hundredths(hundredths)),
        society: "PRS".to_owned(),
        ..Writer::new("A", Role::Composer)
    };
    let mut remark_of = |writers: Vec<Writer>| {
        let set = crate::model::TrackField::Writers(writers);
        show.apply(Edit::Track(TrackId::from_u128(1), Change::Set(set)))
            .expect("it is there");
        cue_sheet(&show, AT, &template())
            .expect("there is the cut")
            .remarks[0]
            .clone()
    };
    assert!(remark_of(vec![writer(5_000), writer(2_500)]).contains("make 75.00 %"));
    let thirds = vec![writer(3_333), writer(3_333), writer(3_333)];
    assert!(!remark_of(thirds).contains("make"));
}

#[test]
fn the_episode_says_what_the_show_says_otherwise() {
    let mut show = show(Vec::new());
    show.header = [
        ("network".to_owned(), "Tide One".to_owned()),
        ("contact".to_owned(), "Ana".to_owned()),
    ]
    .into();
    let set = crate::model::EpisodeField::Header([("contact".to_owned(), "Ben".to_owned())].into());
    show.apply(Edit::Episode(AT.episode, Change::Set(set)))
        .expect("it is there");
    let mut template = template();
    template.header = ["network", "contact", "air_date"]
        .map(|field| HeaderLine {
            heading: field.to_owned(),
            field: field.to_owned(),
        })
        .into();
    let sheet = cue_sheet(&show, AT, &template).expect("there is the cut");
    let said: Vec<_> = sheet.header.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(said, ["Tide One", "Ben", ""]);
    assert_eq!(sheet.remarks, ["the head says nothing of: air_date"]);
}

#[test]
fn lengths_are_rounded_as_the_house_wants() {
    let length = Ticks::from_millis(1_400);
    assert_eq!(rounded(length, Rounding::Nearest), 1);
    assert_eq!(rounded(length, Rounding::Up), 2);
    assert_eq!(rounded(Ticks::from_millis(400), Rounding::Down), 1);
    assert_eq!(rounded(Ticks::ZERO, Rounding::Up), 0);
}

proptest::proptest! {
    #[test]
    fn cues_never_overlap_and_cover_what_is_heard(
        spans in proptest::collection::vec((1_u128..4, 0_i64..60, 0_i64..40), 0..12)
    ) {
        let slots: Vec<Slot> = spans.iter().map(|(track, from, n)| slot(*track, *from, from + n)).collect();
        let show = show(slots);
        let cut = show.cut(AT).expect("it is there");
        let cues = cues::cues(&show, cut, Ticks::ZERO);
        for pair in cues.windows(2) {
            proptest::prop_assert!(pair[0].span.end() <= pair[1].span.start());
        }
        for second in 0..60 {
            let is_heard = spans.iter().any(|(_, from, n)| (*from..from + n).contains(&second));
            let is_told = cues.iter().any(|cue| cue.span.contains(secs(second)));
            proptest::prop_assert_eq!(is_heard, is_told, "{}", second);
        }
    }
}
