//! Position 0 is the first sample of music, and the last read is the last one.

use needledrop::media::Codec;
use needledrop::media::Container;
use needledrop::media::Exactness;
use needledrop::media::TrimBasis;
use needledrop::media::open;
use needledrop::media::probe;
use needledrop::time::Samples;

use crate::support::LONG;
use crate::support::SHORT;
use crate::support::all_of;
use crate::support::bytes_of;
use crate::support::file;
use crate::support::fixture;
use crate::support::folder;
use crate::support::full_scale;
use crate::support::lateness;
use crate::support::mono;
use crate::support::opened;
use crate::support::read_on;
use crate::support::stereo;

/// What a fixture must decode to.
struct Expected {
    name: &'static str,
    frames: usize,
    late: i64,
    trimmed_start: i64,
    basis: TrimBasis,
}

const fn stated(name: &'static str, frames: usize, trimmed_start: i64) -> Expected {
    Expected {
        name,
        frames,
        late: 0,
        trimmed_start,
        basis: TrimBasis::Stated,
    }
}

fn check(expected: &Expected, rate: f64) {
    let Expected { name, frames, .. } = *expected;
    let mut sound = opened(&fixture(name));
    let facts = sound.facts().clone();
    let decoded = read_on(&mut sound);
    let length = Samples::new(i64::try_from(frames).expect("small"));
    assert_eq!(decoded.len(), frames, "{name}: decoded");
    assert_eq!(facts.length, Some(length), "{name}: length");
    assert_eq!(facts.exactness, Exactness::Exact, "{name}");
    assert_eq!(
        lateness(&decoded, &stereo(LONG, rate)),
        expected.late,
        "{name}: late"
    );
    let trimmed = Samples::new(expected.trimmed_start);
    assert_eq!(facts.trimmed_start, trimmed, "{name}: trimmed");
    assert_eq!(facts.trim_basis, expected.basis, "{name}");
    assert_eq!(sound.lost(), Samples::ZERO, "{name}: lost");
}

#[test]
fn an_mp3_with_a_lame_tag_is_trimmed_to_the_sample() {
    check(&stated("lame.mp3", LONG, 576 + 529), 44_100.0);
}

#[test]
fn an_mp3_without_a_header_is_counted_frame_by_frame() {
    // 54 frames of 1152: nothing says how much of that an encoder added, so nothing is taken off.
    let expected = Expected {
        name: "headerless.mp3",
        frames: 54 * 1152,
        late: 1105,
        trimmed_start: 0,
        basis: TrimBasis::Nothing,
    };
    check(&expected, 44_100.0);
}

#[test]
fn aac_is_trimmed_by_its_edit_list() {
    check(&stated("edit-list.m4a", LONG, 1024), 44_100.0);
}

#[test]
fn aac_that_says_nothing_loses_what_every_encoder_adds() {
    for name in ["no-edit-list.m4a", "fragmented.m4a"] {
        let expected = Expected {
            name,
            frames: LONG,
            late: 0,
            trimmed_start: 1024,
            basis: TrimBasis::Assumed,
        };
        check(&expected, 44_100.0);
    }
}

#[test]
fn a_bare_aac_stream_is_counted_frame_by_frame() {
    let expected = Expected {
        name: "adts.aac",
        frames: 59 * 1024,
        late: 0,
        trimmed_start: 1024,
        basis: TrimBasis::Assumed,
    };
    check(&expected, 44_100.0);
}

#[test]
fn vorbis_ends_where_its_last_page_says() {
    check(&stated("vorbis.ogg", LONG, 0), 44_100.0);
}

#[cfg(feature = "opus")]
#[test]
fn opus_is_trimmed_by_pre_skip_and_last_page() {
    check(&stated("opus.opus", LONG, 312), 48_000.0);
}

#[cfg(feature = "opus")]
#[test]
fn opus_in_mp4_begins_where_opus_in_ogg_does() {
    let mut sound = opened(&fixture("opus.mp4"));
    assert_eq!(sound.facts().trimmed_start, Samples::new(312));
    assert_eq!(lateness(&read_on(&mut sound), &stereo(LONG, 48_000.0)), 0);
}

#[cfg(not(feature = "opus"))]
#[test]
fn opus_is_refused_in_words_by_a_build_without_it() {
    let error = open(&fixture("opus.opus")).expect_err("no decoder is built in");
    assert!(error.to_string().contains("Opus"), "{error}");
}

/// The comment of iTunes in front of everything else in a file whose table of contents is last.
fn with_itunes_comment(m4a: &[u8], text: &str) -> Vec<u8> {
    let atom = |name: &[u8], content: &[u8]| {
        let mut atom = u32::try_from(content.len() + 8)
            .expect("small")
            .to_be_bytes()
            .to_vec();
        atom.extend(name);
        atom.extend(content);
        atom
    };
    let mut item = atom(b"mean", b"\0\0\0\0com.apple.iTunes");
    item.extend(atom(b"name", b"\0\0\0\0iTunSMPB"));
    item.extend(atom(
        b"data",
        &[b"\0\0\0\x01\0\0\0\0", text.as_bytes()].concat(),
    ));
    let ilst = atom(b"ilst", &atom(b"----", &item));
    let udta = atom(
        b"udta",
        &atom(b"meta", &[&[0; 4], ilst.as_slice()].concat()),
    );
    let moov = m4a
        .windows(4)
        .position(|four| four == b"moov")
        .expect("there is one")
        - 4;
    let mut with = m4a[..moov].to_vec();
    with.extend(atom(b"moov", &[&udta, &m4a[moov + 8..]].concat()));
    with
}

#[test]
fn the_itunes_comment_is_believed_where_it_fits() {
    let folder = folder();
    // 60 packets: 1024 before the music, 60 001 of music, 415 after it.
    let text = " 00000000 00000400 0000019F 000000000000EA61";
    let with = with_itunes_comment(&bytes_of("no-edit-list.m4a"), text);
    let path = file(&folder, "itunes.m4a", &with);
    let mut sound = opened(&path);
    assert_eq!(sound.facts().trim_basis, TrimBasis::Stated);
    assert_eq!(sound.facts().trimmed_end, Samples::new(415));
    assert_eq!(read_on(&mut sound).len(), LONG);
}

#[test]
fn the_itunes_comment_of_another_file_is_not_believed() {
    let folder = folder();
    let text = " 00000000 00000840 00000000 0000000000999999";
    let with = with_itunes_comment(&bytes_of("edit-list.m4a"), text);
    let path = file(&folder, "itunes.m4a", &with);
    assert_eq!(opened(&path).facts().trimmed_start, Samples::new(1024));
}

#[test]
fn lossless_files_give_back_every_sample() {
    let expected: Vec<f32> = mono(SHORT, 44_100.0).into_iter().map(full_scale).collect();
    for name in ["flac.flac", "alac.m4a", "alac.caf"] {
        let decoded = all_of(&fixture(name));
        let left: Vec<f32> = decoded.iter().map(|[left, _]| *left).collect();
        assert!(left == expected, "{name}");
        assert!(decoded.iter().all(|[left, right]| left == right), "{name}");
    }
}

#[test]
fn streams_behind_each_other_are_played_as_one() {
    let decoded = all_of(&fixture("chained.ogg"));
    assert_eq!(decoded.len(), 2 * SHORT);
    let (first, second) = decoded.split_at(SHORT);
    assert!(first == second);
}

#[test]
fn what_a_file_is_comes_from_its_bytes_not_its_name() {
    let folder = folder();
    let path = file(&folder, "song.mp3", &bytes_of("flac.flac"));
    let facts = opened(&path).facts().clone();
    assert_eq!(
        (facts.container, facts.codec),
        (Container::Flac, Codec::Flac)
    );
    assert_eq!((facts.channels, facts.bits), (1, Some(16)));
}

#[test]
fn an_mp3_cut_after_its_header_was_written_is_counted_anew() {
    let folder = folder();
    let whole = bytes_of("lame.mp3");
    let path = file(&folder, "cut.mp3", &whole[..whole.len() / 2]);
    let facts = probe(&path).expect("half of it is there").facts;
    let length = facts.length.expect("it was counted");
    assert_eq!(
        Samples::new(i64::try_from(all_of(&path).len()).expect("small")),
        length
    );
    assert!(length.get() < 40_000, "{length:?}");
    assert_eq!(facts.trimmed_end, Samples::ZERO);
}

#[test]
fn tags_around_an_mp3_do_not_change_its_length() {
    let folder = folder();
    let mut tagged = b"ID3\x04\0\0\0\0\x02\0".to_vec();
    tagged.resize(10 + 256, 0);
    tagged.extend(bytes_of("headerless.mp3"));
    let mut old = b"TAG".to_vec();
    old.resize(128, b' ');
    tagged.extend(old);
    let path = file(&folder, "tagged.mp3", &tagged);
    assert_eq!(all_of(&path).len(), 54 * 1152);
}

#[test]
fn an_mp3_in_a_wav_file_is_played() {
    let folder = folder();
    let mut fmt = crate::support::fmt(0x55, 2, 44_100, 0);
    fmt.extend([0; 2]);
    let wav = crate::support::riff(*b"RIFF", &[(b"fmt ", fmt), (b"data", bytes_of("lame.mp3"))]);
    let path = file(&folder, "mp3.wav", &wav);
    let facts = open(&path).expect("it is played").facts().clone();
    assert_eq!((facts.container, facts.codec), (Container::Wav, Codec::Mp3));
    assert_eq!(all_of(&path).len(), LONG);
}
