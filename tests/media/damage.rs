//! A damaged file plays what is there, in its place, and says how much was lost.

use needledrop::media::OpenError;
use needledrop::media::Sound;
use needledrop::media::StereoFrame;
use needledrop::media::open;
use needledrop::time::Samples;

use crate::support::all_of;
use crate::support::bytes_of;
use crate::support::file;
use crate::support::fixture;
use crate::support::folder;
use crate::support::opened;
use crate::support::read_at;
use crate::support::read_on;

/// What a file plays after its bytes were changed, and how much of it was lost.
fn played(name: &str, change: impl Fn(&mut Vec<u8>)) -> (Vec<StereoFrame>, i64) {
    let folder = folder();
    let mut bytes = bytes_of(name);
    change(&mut bytes);
    let path = file(&folder, name, &bytes);
    let mut sound = opened(&path);
    let frames = read_on(&mut sound);
    let length = sound.length().expect("it has been read").get();
    assert_eq!(
        i64::try_from(frames.len()),
        Ok(length),
        "{name}: as long as it says"
    );
    (frames, sound.lost().get())
}

#[test]
fn a_truncated_file_plays_what_is_there() {
    for name in [
        "lame.mp3",
        "headerless.mp3",
        "adts.aac",
        "flac.flac",
        "vorbis.ogg",
        "fragmented.m4a",
    ] {
        let whole = all_of(&fixture(name));
        let (cut, _) = played(name, |bytes| bytes.truncate(bytes.len() * 6 / 10));
        assert!(
            cut.len() > whole.len() * 3 / 10,
            "{name}: {} frames",
            cut.len()
        );
        assert!(
            cut.len() < whole.len() * 8 / 10,
            "{name}: {} frames",
            cut.len()
        );
        // The last frame of a lossy codec fades into one that is missing.
        let sure = cut.len() - 2304;
        assert!(cut[..sure] == whole[..sure], "{name}");
    }
}

#[test]
fn a_copy_that_broke_off_before_its_table_of_contents_says_so() {
    let folder = folder();
    let whole = bytes_of("edit-list.m4a");
    let path = file(&folder, "cut.m4a", &whole[..whole.len() / 2]);
    let error = open(&path).expect_err("nothing says where anything is");
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("table of contents"), "{error}");
}

/// Overwrites some bytes in the middle.
fn scratch(bytes: &mut [u8]) {
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0x5a);
}

#[test]
fn what_follows_a_damaged_place_stays_in_time() {
    for name in ["flac.flac", "vorbis.ogg"] {
        let whole = all_of(&fixture(name));
        let (damaged, lost) = played(name, |bytes| scratch(bytes));
        assert_eq!(damaged.len(), whole.len(), "{name}");
        assert!(lost > 0 && lost < 20_000, "{name}: {lost} lost");
        let different = damaged.iter().zip(&whole).filter(|(a, b)| a != b).count();
        assert!(
            different > 0,
            "{name}: the damage was not where the sound is"
        );
        let sure = whole.len() * 9 / 10;
        assert!(damaged[sure..] == whole[sure..], "{name}: the end");
        let before = whole.len() / 10;
        assert!(
            damaged[..before] == whole[..before],
            "{name}: the beginning"
        );
    }
}

#[test]
fn a_damaged_place_is_counted_once_however_often_it_is_played() {
    let folder = folder();
    let mut bytes = bytes_of("flac.flac");
    scratch(&mut bytes);
    let path = file(&folder, "scratched.flac", &bytes);
    let mut sound = opened(&path);
    read_on(&mut sound);
    let lost = sound.lost();
    assert!(lost > Samples::ZERO);
    sound.seek(Samples::ZERO).expect("back to the beginning");
    read_on(&mut sound);
    assert_eq!(sound.lost(), lost);
}

#[test]
fn seeking_in_a_damaged_file_gives_what_playing_it_gives() {
    for name in ["flac.flac", "vorbis.ogg", "headerless.mp3"] {
        let folder = folder();
        let mut bytes = bytes_of(name);
        scratch(&mut bytes);
        let path = file(&folder, name, &bytes);
        let all = all_of(&path);
        let mut sound = opened(&path);
        for at in [all.len() * 8 / 10, all.len() / 10, all.len() * 9 / 10] {
            let read = read_at(&mut sound, at, 1000);
            assert!(read == all[at..at + 1000], "{name} at {at}");
        }
    }
}

#[test]
fn an_mp3_with_a_hole_goes_on_behind_it() {
    let whole = all_of(&fixture("headerless.mp3"));
    let (damaged, lost) = played("headerless.mp3", |bytes| {
        let middle = bytes.len() / 2;
        bytes[middle..middle + 1500].fill(0);
    });
    assert!(lost > 0, "the hole was not noticed");
    let missing = whole.len() - damaged.len();
    assert!(
        missing.is_multiple_of(1152) && missing < 20 * 1152,
        "{missing} frames fewer"
    );
    let tail = 10_000;
    assert!(damaged[damaged.len() - tail..] == whole[whole.len() - tail..]);
}

#[test]
fn a_page_that_is_missing_altogether_leaves_a_gap() {
    let whole = all_of(&fixture("vorbis.ogg"));
    let (damaged, lost) = played("vorbis.ogg", |bytes| {
        let pages: Vec<usize> = bytes
            .windows(4)
            .enumerate()
            .filter(|(_, four)| four == b"OggS")
            .map(|(at, _)| at)
            .collect();
        // Two pages of headers, then sound; the second of those goes.
        bytes.drain(pages[3]..pages[4]);
    });
    assert_eq!(damaged.len(), whole.len());
    assert!(lost > 0);
}

#[test]
fn garbage_behind_a_header_is_no_sound() {
    let folder = folder();
    let garbage: Vec<u8> = (0..20_000_u32)
        .map(|i| ((i * 7919) >> 5) as u8 & 0x7f)
        .collect();
    for (name, keep) in [("lame.mp3", 4), ("flac.flac", 42), ("vorbis.ogg", 58)] {
        let mut bytes = bytes_of(name)[..keep].to_vec();
        bytes.extend(&garbage);
        let path = file(&folder, name, &bytes);
        assert!(open(&path).is_err(), "{name}");
    }
}
