//! No file can do harm: whatever its bytes, it is told what is wrong, soon.

use needledrop::media::NotAFile;
use needledrop::media::OpenError;
use needledrop::media::Sound;
use needledrop::media::open;
use needledrop::media::probe;
use proptest::prelude::*;

use crate::support::bytes_of;
use crate::support::file;
use crate::support::folder;

#[test]
fn an_empty_file_is_called_empty() {
    let folder = folder();
    let path = file(&folder, "a.mp3", b"");
    assert_eq!(open(&path).err(), Some(OpenError::Empty { path }));
}

#[test]
fn a_folder_is_no_sound_file() {
    let folder = folder();
    let path = folder.path().to_owned();
    let what = NotAFile::Folder;
    assert_eq!(probe(&path).err(), Some(OpenError::NotAFile { path, what }));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_without_waiting_for_its_other_end() {
    let folder = folder();
    let path = folder.path().join("a.mp3");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo is there");
    let what = NotAFile::Special;
    assert_eq!(probe(&path).err(), Some(OpenError::NotAFile { path, what }));
}

#[test]
fn a_text_is_no_sound_whatever_its_name_says() {
    let folder = folder();
    let text = "FADE IN: a beach hut at dawn. ".repeat(4000);
    let path = file(&folder, "a.mp3", text.as_bytes());
    assert_eq!(open(&path).err(), Some(OpenError::NotSound { path }));
}

#[test]
fn sound_that_is_not_read_is_called_by_its_name() {
    let folder = folder();
    for (magic, name) in [
        (&b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"[..], "Windows Media"),
        (b"MThd\0\0\0\x06", "MIDI"),
        (b"wvpk\0\0\0\0", "WavPack"),
        (
            b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02\x04\x00",
            "MXF",
        ),
        (b"RIFF\0\0\0\0AVI LIST", "AVI"),
        (b"\0\0\x01\xba\x44\0\x04\0", "MPEG"),
    ] {
        let bytes = [magic, &[0; 100]].concat();
        let error = open(&file(&folder, "a.mp3", &bytes)).expect_err("it is not read");
        assert!(matches!(error, OpenError::Unsupported { .. }), "{name}");
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn a_transport_stream_is_known_by_its_packets() {
    let folder = folder();
    for (lead, size) in [(0, 188), (4, 192)] {
        let mut bytes = vec![0; size * 8];
        for packet in bytes.chunks_mut(size) {
            packet[lead] = 0x47;
        }
        let error = open(&file(&folder, "a.ts", &bytes)).expect_err("it is not read");
        assert!(error.to_string().contains("MPEG"), "{size}: {error}");
    }
}

#[test]
fn only_what_ffmpeg_may_read_is_left_to_it() {
    let folder = folder();
    for (magic, expected) in [(&b"wvpk\0\0\0\0"[..], true), (b"MThd\0\0\0\x06", false)] {
        let bytes = [magic, &[0; 100]].concat();
        let error = open(&file(&folder, "a.mp3", &bytes)).expect_err("it is not read");
        let OpenError::Unsupported { is_foreign, .. } = error else {
            panic!("{error}");
        };
        assert_eq!(is_foreign, expected, "{magic:?}");
    }
}

#[test]
fn an_error_names_the_file_last() {
    let folder = folder();
    let path = file(&folder, "a song.mp3", b"");
    let error = open(&path).expect_err("it is empty");
    assert_eq!(error.path(), path);
    assert!(error.to_string().ends_with("a song.mp3"), "{error}");
}

/// Opens whatever it is and plays some of it from several places.
fn poke(bytes: &[u8]) {
    let folder = folder();
    let path = file(&folder, "a", bytes);
    let Ok(probed) = probe(&path) else {
        return;
    };
    assert!(!probed.tags.title.is_empty());
    // What is only listed has no decoder yet; making one may find more that is wrong.
    let Ok(mut sound) = open(&path) else {
        return;
    };
    let length = sound.length().map_or(0, needledrop::time::Samples::get);
    let mut frames = [[0.0; 2]; 1000];
    for at in [0, length / 2, length.saturating_sub(10), length] {
        let place = needledrop::time::Samples::new(at);
        if sound.seek(place).is_err() {
            continue;
        }
        for _ in 0..4 {
            match sound.read(&mut frames) {
                Ok(n) => assert!(n <= frames.len()),
                Err(_) => break,
            }
        }
    }
}

/// The beginnings of every format there is a reader for.
const MAGICS: [&[u8]; 12] = [
    b"",
    b"ID3\x04\0\0\0\0\x02\x01",
    b"\xff\xfb\x90\x64",
    b"\xff\xf1\x50\x80",
    b"fLaC\0\0\0\x22",
    b"OggS\0\x02\0\0\0\0\0\0\0\0",
    b"\0\0\0\x18ftypM4A \0\0\0\0",
    b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x02\0",
    b"RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0",
    b"FORM\0\0\0\0AIFFCOMM\0\0\0\x12",
    b"caff\0\x01\0\0desc\0\0\0\0\0\0\0\x20",
    b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01",
];

const FIXTURES: [&str; 9] = [
    "lame.mp3",
    "headerless.mp3",
    "edit-list.m4a",
    "fragmented.m4a",
    "adts.aac",
    "alac.caf",
    "flac.flac",
    "vorbis.ogg",
    "opus.opus",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_behind_any_beginning_are_survived(
        magic in prop::sample::select(&MAGICS[..]),
        rest in prop::collection::vec(any::<u8>(), 0..3000),
    ) {
        poke(&[magic, &rest].concat());
    }

    #[test]
    fn any_change_to_a_sound_file_is_survived(
        name in prop::sample::select(&FIXTURES[..]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        early in any::<bool>(),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = bytes_of(name);
        // Headers and tables are where a lie does most.
        let reach = if early { 600.min(bytes.len()) } else { bytes.len() };
        for (at, value) in changes {
            bytes[at.index(reach)] = value;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()) + 1);
        }
        poke(&bytes);
    }
}

#[test]
fn a_file_of_nothing_but_beginnings_is_given_up_on() {
    let folder = folder();
    for magic in &MAGICS[1..] {
        let path = file(&folder, "a", &magic.repeat(400_000 / magic.len()));
        assert!(probe(&path).is_err(), "{magic:02x?}");
    }
}
