//! What files say of themselves.

use std::fs;
use std::ops::ControlFlow;

use lofty::config::WriteOptions;
use lofty::file::TaggedFileExt;
use lofty::prelude::ItemKey;
use lofty::prelude::TagExt;
use lofty::tag::Tag;
use needledrop::media::TitleSource;
use needledrop::media::WriterRole;
use needledrop::media::artwork;
use needledrop::media::content_hash;
use needledrop::media::probe;
use needledrop::time::Samples;
use needledrop::time::Ticks;

use crate::support::bytes_of;
use crate::support::file;
use crate::support::fmt;
use crate::support::folder;
use crate::support::riff;
use crate::support::short_samples;
use crate::support::short_wav;

/// An ID3v2.4 tag of these frames.
fn id3(frames: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let syncsafe = |n: usize| [n >> 21, n >> 14, n >> 7, n].map(|part| (part & 0x7f) as u8);
    let mut body = Vec::new();
    for (id, content) in frames {
        body.extend(*id);
        body.extend(syncsafe(content.len()));
        body.extend([0, 0]);
        body.extend(content);
    }
    let mut tag = b"ID3\x04\0\0".to_vec();
    tag.extend(syncsafe(body.len()));
    tag.extend(body);
    tag
}

/// A text frame in UTF-8.
fn text(text: &str) -> Vec<u8> {
    [&[3], text.as_bytes()].concat()
}

fn cover(picture: &[u8]) -> Vec<u8> {
    [b"\x03image/png\0\x03\0", picture].concat()
}

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";

fn tagged_mp3(frames: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    [id3(frames), bytes_of("lame.mp3")].concat()
}

#[test]
fn an_mp3_tells_title_people_codes_and_words() {
    let folder = folder();
    let bytes = tagged_mp3(&[
        (b"TIT2", text("Küstenlinie")),
        (b"TPE1", text("Fern")),
        (b"TALB", text("Leaves")),
        (b"TCOM", text("Ana Vela\0Ben Ito")),
        (b"TEXT", text("Ana Vela")),
        (b"TPUB", text("Halogen Songs")),
        (b"TSRC", text("GB-AYE-06-01498")),
        (b"TDRC", text("2019-05-03")),
        (b"TBPM", text("97")),
        (b"TKEY", text("F#m")),
        (b"TLAN", text("eng")),
        (b"TXXX", text("LABEL\0Halogen")),
        (b"TXXX", text("Mood\0warm")),
        (b"USLT", [b"\x03eng\0", &b"one\ntwo"[..]].concat()),
    ]);
    let probed = probe(&file(&folder, "a.mp3", &bytes)).expect("it is sound");
    let tags = probed.tags;
    assert_eq!(probed.title_source, TitleSource::Tag);
    assert_eq!(
        (tags.title.as_str(), tags.artist.as_str()),
        ("Küstenlinie", "Fern")
    );
    assert_eq!(
        (tags.album.as_str(), tags.label.as_str()),
        ("Leaves", "Halogen")
    );
    assert_eq!(
        (tags.publisher.as_str(), tags.isrc.as_str()),
        ("Halogen Songs", "GBAYE0601498")
    );
    assert_eq!(
        (tags.year, tags.bpm, tags.key.as_str()),
        (Some(2019), Some(97.0), "F#m")
    );
    let writers: Vec<_> = tags
        .writers
        .iter()
        .map(|w| (w.name.as_str(), w.role))
        .collect();
    let expected = [
        ("Ana Vela", WriterRole::Composer),
        ("Ben Ito", WriterRole::Composer),
        ("Ana Vela", WriterRole::Lyricist),
    ];
    assert_eq!(writers, expected);
    assert_eq!(tags.others, [("Mood".to_owned(), "warm".to_owned())]);
    let words: Vec<_> = tags
        .lyrics
        .iter()
        .map(|line| (line.at, line.text.as_str()))
        .collect();
    assert_eq!(words, [(None, "one"), (None, "two")]);
}

#[test]
fn words_with_times_inside_an_mp3_are_read() {
    let folder = folder();
    let mut sylt = b"\x03eng\x02\x01\0".to_vec();
    for (millis, line) in [(1000_u32, "leaves"), (2500, "on water")] {
        sylt.extend(line.as_bytes());
        sylt.push(0);
        sylt.extend(millis.to_be_bytes());
    }
    let plain = [b"\x03eng\0", &b"without times"[..]].concat();
    let bytes = tagged_mp3(&[(b"USLT", plain), (b"SYLT", sylt)]);
    let lyrics = probe(&file(&folder, "a.mp3", &bytes))
        .expect("it is sound")
        .tags
        .lyrics;
    let words: Vec<_> = lyrics
        .iter()
        .map(|line| (line.at, line.text.as_str()))
        .collect();
    let expected = [
        (Some(Ticks::from_millis(1000)), "leaves"),
        (Some(Ticks::from_millis(2500)), "on water"),
    ];
    assert_eq!(words, expected);
}

#[test]
fn a_lyric_beside_the_file_is_found() {
    let folder = folder();
    let path = file(&folder, "a.flac", &bytes_of("flac.flac"));
    file(
        &folder,
        "a.lrc",
        "\u{feff}[offset:-250]\n[00:01.25]und du".as_bytes(),
    );
    let lyrics = probe(&path).expect("it is sound").tags.lyrics;
    let words: Vec<_> = lyrics
        .iter()
        .map(|line| (line.at, line.text.as_str()))
        .collect();
    assert_eq!(words, [(Some(Ticks::from_millis(1500)), "und du")]);
}

#[test]
fn every_format_with_tags_tells_title_and_composer() {
    let folder = folder();
    for name in [
        "flac.flac",
        "vorbis.ogg",
        "edit-list.m4a",
        "alac.m4a",
        "adts.aac",
    ] {
        let path = file(&folder, name, &bytes_of(name));
        let kind = lofty::read_from_path(&path)
            .expect("it is sound")
            .primary_tag_type();
        let mut tag = Tag::new(kind);
        tag.insert_text(ItemKey::TrackTitle, "Coastline".to_owned());
        tag.insert_text(ItemKey::Composer, "Ana Vela".to_owned());
        tag.insert_text(ItemKey::Isrc, "GBAYE0601498".to_owned());
        tag.save_to_path(&path, WriteOptions::default())
            .expect("there is room");
        let tags = probe(&path).expect("it is sound").tags;
        assert_eq!(tags.title, "Coastline", "{name}");
        assert_eq!(tags.isrc, "GBAYE0601498", "{name}");
        let composer = tags.writers.first().map(|writer| writer.name.as_str());
        assert_eq!(composer, Some("Ana Vela"), "{name}");
    }
}

#[test]
fn tagging_a_file_does_not_move_its_music() {
    let folder = folder();
    let plain = crate::support::all_of(&crate::support::fixture("edit-list.m4a"));
    let path = file(&folder, "a.m4a", &bytes_of("edit-list.m4a"));
    let kind = lofty::read_from_path(&path)
        .expect("it is sound")
        .primary_tag_type();
    let mut tag = Tag::new(kind);
    tag.insert_text(ItemKey::TrackTitle, "Coastline".repeat(100));
    tag.save_to_path(&path, WriteOptions::default())
        .expect("there is room");
    assert!(crate::support::all_of(&path) == plain);
}

fn list(fields: &[(&[u8; 4], &str)]) -> Vec<u8> {
    let mut list = b"INFO".to_vec();
    for (name, text) in fields {
        list.extend(*name);
        list.extend(u32::try_from(text.len()).expect("small").to_le_bytes());
        list.extend(text.as_bytes());
        if text.len() % 2 == 1 {
            list.push(0);
        }
    }
    list
}

#[test]
fn a_wav_file_tells_its_texts_before_or_after_the_sound() {
    let folder = folder();
    let texts = list(&[(b"INAM", "Coastline"), (b"IART", "Fern")]);
    let description = fmt(1, 1, 44_100, 16);
    for (name, chunks) in [
        (
            "before",
            [
                (b"fmt ", description.clone()),
                (b"LIST", texts.clone()),
                (b"data", short_samples()),
            ],
        ),
        (
            "after",
            [
                (b"fmt ", description),
                (b"data", short_samples()),
                (b"LIST", texts),
            ],
        ),
    ] {
        let path = file(&folder, "a.wav", &riff(*b"RIFF", &chunks));
        let tags = probe(&path).expect("it is sound").tags;
        assert_eq!(
            (tags.title.as_str(), tags.artist.as_str()),
            ("Coastline", "Fern"),
            "{name}"
        );
    }
}

#[test]
fn a_wav_file_with_both_kinds_of_tags_is_told_by_the_better_one() {
    let folder = folder();
    let chunks = [
        (b"fmt ", fmt(1, 1, 44_100, 16)),
        (b"LIST", list(&[(b"INAM", "Coast~1"), (b"ICRD", "2019")])),
        (b"data", short_samples()),
        (
            b"id3 ",
            id3(&[(b"TIT2", text("Coastline")), (b"APIC", cover(PICTURE))]),
        ),
    ];
    let path = file(&folder, "a.wav", &riff(*b"RIFF", &chunks));
    let tags = probe(&path).expect("it is sound").tags;
    assert_eq!((tags.title.as_str(), tags.year), ("Coastline", Some(2019)));
    let picture = artwork(&path).expect("it is sound").expect("it has one");
    assert_eq!(picture.bytes, PICTURE);
}

#[test]
fn a_broadcast_wav_file_tells_its_place_on_the_clock() {
    let folder = folder();
    let mut bext = b"Scene 12 wild".to_vec();
    bext.resize(338, 0);
    bext.extend(1_587_600_000_u64.to_le_bytes());
    bext.resize(602, 0);
    let chunks = [
        (b"bext", bext),
        (b"fmt ", fmt(1, 1, 44_100, 16)),
        (b"data", short_samples()),
    ];
    let path = file(&folder, "a.wav", &riff(*b"RIFF", &chunks));
    let info = probe(&path)
        .expect("it is sound")
        .broadcast
        .expect("it has one");
    assert_eq!(info.description, "Scene 12 wild");
    assert_eq!(info.time_reference, Samples::new(1_587_600_000));
}

#[test]
fn a_file_without_a_title_goes_by_its_name() {
    let folder = folder();
    let probed = probe(&file(&folder, "03 Fern.live.wav", &short_wav())).expect("it is sound");
    assert_eq!(probed.tags.title, "03 Fern.live");
    assert_eq!(probed.title_source, TitleSource::FileName);
}

#[test]
fn the_picture_on_the_front_is_preferred() {
    let folder = folder();
    let back = [b"\x03image/png\0\x04\0", &b"back"[..]].concat();
    let bytes = tagged_mp3(&[(b"APIC", back), (b"APIC", cover(PICTURE))]);
    let picture = artwork(&file(&folder, "a.mp3", &bytes)).expect("it is sound");
    let picture = picture.expect("it has one");
    assert_eq!(
        (picture.bytes.as_slice(), picture.media_type.as_str()),
        (PICTURE, "image/png")
    );
}

#[test]
fn a_picture_that_claims_to_be_huge_is_no_larger_than_its_file() {
    let folder = folder();
    let mut mp3 = tagged_mp3(&[(b"TIT2", text("Coastline")), (b"APIC", cover(PICTURE))]);
    let frame = mp3
        .windows(4)
        .position(|four| four == b"APIC")
        .expect("is there");
    mp3[frame + 4..frame + 8].copy_from_slice(&[0x7f; 4]);
    // A picture block whose picture says that it has 2 GB.
    let mut flac = bytes_of("flac.flac");
    let block = [
        b"\0\0\0\x03\0\0\0\x09image/png\0\0\0\0".as_slice(),
        &[0; 16],
        &[0x7f; 4],
        PICTURE,
    ]
    .concat();
    let size = u32::try_from(block.len()).expect("small").to_be_bytes();
    flac.splice(42..42, [&[6], &size[1..], &block].concat());
    for (name, bytes) in [("a.mp3", mp3), ("a.flac", flac)] {
        let path = file(&folder, name, &bytes);
        let picture = artwork(&path).expect("it is sound");
        assert!(
            picture.is_none_or(|picture| picture.bytes.len() < bytes.len()),
            "{name}"
        );
        assert!(
            !probe(&path).expect("it is sound").tags.title.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn copies_have_the_same_hash_and_others_do_not() {
    let folder = folder();
    let hash = |name: &str, bytes: &[u8]| {
        let path = file(&folder, name, bytes);
        let hash = content_hash(&path, &mut |_| ControlFlow::Continue(()));
        hash.expect("it can be read").expect("nobody said stop")
    };
    let mut other = short_wav();
    other[1000] ^= 1;
    let first = hash("a.wav", &short_wav());
    assert_eq!(first, hash("b.wav", &short_wav()));
    assert_ne!(first, hash("c.wav", &other));
    assert_eq!(first.to_string().len(), 64);
    assert_eq!(
        needledrop::media::ContentHash::from_hex(&first.to_string()),
        Some(first)
    );
}

#[test]
fn hashing_stops_when_it_is_told_to() {
    let folder = folder();
    let path = file(&folder, "long.wav", &vec![7; 3 * 1024 * 1024]);
    let mut asked = Vec::new();
    let hash = content_hash(&path, &mut |done| {
        asked.push(done);
        ControlFlow::Break(())
    });
    assert_eq!(hash, Ok(None));
    assert_eq!(asked, [1024 * 1024]);
    assert!(fs::metadata(&path).is_ok());
}
