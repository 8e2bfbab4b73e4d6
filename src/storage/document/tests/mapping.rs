//! Every field of the model has its place in the document.

use super::*;
use crate::model::Bpm;
use crate::model::ClearanceState;
use crate::model::Color;
use crate::model::Comment;
use crate::model::CommentId;
use crate::model::Ending;
use crate::model::Entity;
use crate::model::Form;
use crate::model::Function;
use crate::model::Given;
use crate::model::Guide;
use crate::model::HitPoint;
use crate::model::Key;
use crate::model::Lu;
use crate::model::Lufs;
use crate::model::LyricLine;
use crate::model::Marker;
use crate::model::MarkerId;
use crate::model::Media;
use crate::model::Mode;
use crate::model::MusicOrigin;
use crate::model::Percent;
use crate::model::PersonId;
use crate::model::Picture;
use crate::model::PictureEdit;
use crate::model::Pin;
use crate::model::PoolState;
use crate::model::Publisher;
use crate::model::PublisherRole;
use crate::model::Rating;
use crate::model::Rendition;
use crate::model::RenditionKind;
use crate::model::Role;
use crate::model::Share;
use crate::model::Sight;
use crate::model::Singing;
use crate::model::Speed;
use crate::model::Voice;
use crate::model::Weight;
use crate::model::Writer;
use crate::time::Counting;
use crate::time::FrameRate;
use crate::time::Frames;
use crate::time::SampleRate;
use crate::time::Samples;
use crate::time::Timebase;

#[test]
fn every_field_of_a_track_reads_back() {
    let mut show = small_show();
    show.apply(Edit::Track(TRACK, Change::Remove))
        .expect("it is there");
    let track = full_track();
    let insert = Change::Insert(Box::new(track.clone()));
    show.apply(Edit::Track(TRACK, insert)).expect("it is gone");
    let document = Document::new(&show, &who("Ana"), now());
    assert_eq!(document.show().track(TRACK), Some(&track));
}

#[test]
fn every_field_of_a_track_can_be_set_and_set_back() {
    let mut document = small_document();
    let plain = document.show().track(TRACK).expect("it is there").clone();
    for (from, to) in [(&plain, &full_track()), (&full_track(), &plain)] {
        for field in from.differences(to) {
            commit(&mut document, "set", vec![set_track(field)]);
        }
        assert_eq!(document.show().track(TRACK), Some(to));
    }
}

/// A track in which nothing is as in a new one.
fn full_track() -> Track {
    let text = |text: &str| text.to_owned();
    Track {
        title: text("Tideline"),
        artist: text("Fern"),
        album: text("Tide"),
        writers: vec![Writer {
            name: text("A. Writer"),
            role: Role::Arranger,
            share: Some(Share::from_hundredths(3_333)),
            society: text("PRS"),
            ipi: text("00014107338"),
        }],
        publisher: text("Publisher"),
        publishers: vec![Publisher {
            name: text("Tide Songs"),
            role: PublisherRole::Sub,
            share: Some(Share::WHOLE),
            society: text("ASCAP"),
            ipi: text("1"),
        }],
        label: text("Label"),
        catalogue: text("TIDE 7"),
        origin: Some(MusicOrigin::Library),
        iswc: text("T-034.524.680-1"),
        isrc: text("GBAYE0000001"),
        year: Some(1999),
        genre: text("Indie"),
        tags: [text("warm"), text(""), text("a/b “ñ”")].into(),
        why: text("It lives there."),
        notes: text("{\"not\": \"JSON\"}"),
        added_by: Some(PersonId::from_u128(8)),
        added_at: now(),
        state: PoolState::Retired,
        ratings: [
            (PersonId::from_u128(8), Rating::MAX),
            (PersonId::from_u128(9), Rating::MIN),
        ]
        .into(),
        color: Some(Color::Gray),
        comments: [(CommentId::from_u128(5), full_comment())].into(),
        media: Some(full_media()),
        stated_length: Some(Ticks::from_secs(178)),
        measured: Measured {
            loudness: Some(Lufs::from_hundredths(-1_430)),
            range: Some(Lu::from_hundredths(620)),
            momentary_max: Some(Lufs::from_hundredths(-905)),
            true_peak: Some(Decibels::from_hundredths(-12)),
            first_sound: Some(Ticks::new(7)),
            last_sound: Some(Ticks::new(i64::MAX)),
            tempo: Some(Given::estimate(
                Bpm::from_hundredths(11_798),
                Percent::new(87),
            )),
            first_downbeat: Some(Ticks::new(9)),
            key: Some(Given::tagged(Key::new(6, Mode::Minor))),
            form: Some(Form {
                sections: vec![Ticks::new(7), Ticks::new(70)],
                lift: Some(Ticks::new(70)),
                quietest: Some((Ticks::new(7), Ticks::new(8))),
                ending: Some(Ending::RingingOut),
            }),
            singing: Some(Singing {
                stretches: vec![(Ticks::new(11), Ticks::new(12))],
                confidence: Percent::new(71),
            }),
            version: 3,
        },
        tempo_by_hand: Some(Bpm::from_hundredths(5_900)),
        downbeat_by_hand: Some(Ticks::new(-11)),
        key_by_hand: Some(Key::new(3, Mode::Major)),
        sections_by_hand: Some(vec![Ticks::new(8), Ticks::new(80)]),
        lyrics: vec![
            LyricLine {
                at: Some(Ticks::new(-3)),
                text: text("and you came back"),
            },
            LyricLine {
                at: None,
                text: text(""),
            },
        ],
        rendition: Some(Rendition {
            of: TrackId::from_u128(9),
            kind: RenditionKind::Stem,
        }),
        told_from: [TrackId::from_u128(10), TrackId::from_u128(11)].into(),
        master: ClearanceState::Denied,
        publishing: ClearanceState::Licensed,
    }
}

fn full_comment() -> Comment {
    Comment {
        by: PersonId::from_u128(8),
        at: now(),
        text: "Too sweet?\n“No.”".to_owned(),
    }
}

fn full_media() -> Media {
    Media {
        paths: vec![
            "Music/Fern.wav".to_owned(),
            "/elsewhere/Fern.wav".to_owned(),
        ],
        bytes: u64::MAX,
        hash: "00ff".to_owned(),
        container: "WAV".to_owned(),
        codec: "PCM 24".to_owned(),
        rate: SampleRate::HZ_44100,
        channels: 2,
        length: Samples::new(1_234_567),
        is_exact: true,
        trimmed_start: Samples::new(1_105),
        trimmed_end: Samples::new(3),
    }
}

/// A cut in which nothing is as in a new one, but for what is in it.
fn full_cut() -> Cut {
    let drop_frame = Timebase::new(FrameRate::F29_97, Counting::Drop);
    Cut {
        number: 4,
        name: "locked".to_owned(),
        timebase: drop_frame.expect("29.97 has drop-frame"),
        start: Frames::new(107_892),
        length: Ticks::from_secs(2_520),
        guide: Some(Guide {
            media: full_media(),
            offset: Ticks::new(-5),
            gain: Decibels::from_hundredths(-600),
        }),
        picture: full_picture(),
        ..Cut::default()
    }
}

/// An edit with all that an edit can have, one of the same source, and one that lacks the most.
fn full_picture() -> Picture {
    let full = PictureEdit {
        reel: "A012C003".to_owned(),
        clip: "12A-3 \"pickup\"".to_owned(),
        file: "A012C003_v02.mov".to_owned(),
        track: 2,
        speed: Speed::from_millionths(-500_000),
        source: Some(span(90_000, 90_050)),
        record: span(-3, 97),
    };
    let second = PictureEdit {
        source: None,
        record: span(97, 120),
        ..full.clone()
    };
    let bare = PictureEdit {
        record: span(120, 130),
        ..PictureEdit::default()
    };
    Picture::new(vec![full, second, bare])
}

fn full_slot(marker: MarkerId) -> Slot {
    let alternate = Alternate {
        gain: Decibels::from_hundredths(150),
        fade_in: Ticks::new(1),
        fade_out: Ticks::new(2),
        order: -7,
        pin: Some(Pin {
            moment: Ticks::new(3),
            marker,
        }),
        note: "try it".to_owned(),
        verdicts: [
            (PersonId::from_u128(1), verdict(Opinion::Keep)),
            (PersonId::from_u128(2), verdict(Opinion::Drop)),
        ]
        .into(),
        ..Alternate::new(TRACK, Ticks::new(-44))
    };
    let slot = Slot {
        scene: Some(SCENE),
        span: span(1, 99),
        why: "the look".to_owned(),
        pick: Some(ALTERNATE),
        function: Some(Function::ClosingTheme),
        sight: Some(Sight::Source),
        voice: Some(Voice::Vocal),
        cue_number: "1M2".to_owned(),
        ..Slot::default()
    };
    slot.with_alternates([(ALTERNATE, alternate)])
}

fn full_marker() -> Marker {
    Marker {
        name: "touch".to_owned(),
        at: Ticks::new(50),
        length: Ticks::new(1),
        color: Color::Cyan,
        note: "leaves".to_owned(),
        hit: Some(HitPoint {
            weight: Weight::Heavy,
            early: Frames::new(1),
            late: Frames::new(2),
        }),
    }
}

#[test]
fn every_field_of_a_list_reads_back() {
    let place = |n: u128| (TrackId::from_u128(n), Place::new(-(n as i64)));
    let list = List {
        name: "Night".to_owned(),
        made_by: Some(PersonId::from_u128(8)),
        made_at: now(),
        query: Some("tag:=\"warm\" -remix".to_owned()),
        tracks: [place(1), place(2)].into(),
    };
    let mut show = Show::new("Promise");
    let insert = Change::Insert(Box::new(list));
    show.apply(Edit::List(ListId::from_u128(3), insert))
        .expect("it is new");
    assert_eq!(Document::new(&show, &who("Ana"), now()).show(), show);
}

#[test]
fn every_field_of_a_cut_and_of_what_is_in_it_reads_back() {
    let scene = Scene {
        number: "12A".to_owned(),
        name: "INT. HUT".to_owned(),
        span: span(-5, 99),
        intent: "warm".to_owned(),
        color: Color::Pink,
    };
    let marker = MarkerId::from_u128(10);
    let cut = full_cut().with(
        [(SCENE, scene)],
        [(marker, full_marker())],
        [(SLOT, full_slot(marker))],
    );
    let episode = Episode {
        number: "203".to_owned(),
        title: "Promise".to_owned(),
        header: [("air_date".to_owned(), "2026-11-22".to_owned())].into(),
        ..Episode::default()
    };
    let insert = Change::Insert(Box::new(episode.with_cut(AT.cut, cut)));
    let mut show = Show::new("Promise");
    show.header = [("network".to_owned(), "Tide One".to_owned())].into();
    show.apply(Edit::Episode(AT.episode, insert))
        .expect("it is new");
    assert_eq!(Document::new(&show, &who("Ana"), now()).show(), show);
}
