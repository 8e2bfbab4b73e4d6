//! Going to a place gives exactly what playing up to it would have given.

use needledrop::media::Sound;
use needledrop::media::StereoFrame;
use needledrop::time::Samples;

use crate::support::all_of;
use crate::support::file;
use crate::support::fixture;
use crate::support::folder;
use crate::support::opened;
use crate::support::read_at;
use crate::support::read_on;
use crate::support::short_wav;

/// Places all over a file, its edges among them, in no order.
fn places(len: usize) -> Vec<usize> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut places = vec![len - 1, 0, 1, len / 2, 1151, 1152, 4095, len - 100];
    for _ in 0..16 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        places.push(usize::try_from(state % len as u64).expect("small"));
    }
    places
}

fn check(name: &str, path: &std::path::Path, tolerance: f32) {
    let all = all_of(path);
    let mut sound = opened(path);
    for at in places(all.len()) {
        let read = read_at(&mut sound, at, 2500);
        let expected = &all[at..(at + 2500).min(all.len())];
        assert_eq!(read.len(), expected.len(), "{name} at {at}");
        let apart =
            |(a, b): (&StereoFrame, &StereoFrame)| (a[0] - b[0]).abs().max((a[1] - b[1]).abs());
        let most = read.iter().zip(expected).map(apart).fold(0.0, f32::max);
        assert!(most <= tolerance, "{name} at {at}: {most}");
    }
}

#[test]
fn every_place_is_found_to_the_sample() {
    for name in [
        "lame.mp3",
        "headerless.mp3",
        "edit-list.m4a",
        "no-edit-list.m4a",
        "fragmented.m4a",
        "adts.aac",
        "alac.m4a",
        "alac.caf",
        "flac.flac",
        "vorbis.ogg",
        "chained.ogg",
    ] {
        check(name, &fixture(name), 0.0);
    }
}

#[test]
fn every_place_in_a_wav_file_is_found_to_the_sample() {
    let folder = folder();
    check("wav", &file(&folder, "short.wav", &short_wav()), 0.0);
}

#[cfg(feature = "opus")]
#[test]
fn every_place_in_opus_is_found_to_the_sample() {
    // What an Opus decoder gives depends a little on everything before; far below hearing.
    check("opus.opus", &fixture("opus.opus"), 1e-3);
}

#[test]
fn a_place_past_the_end_gives_nothing_and_the_way_back_is_open() {
    for name in ["lame.mp3", "edit-list.m4a", "flac.flac", "vorbis.ogg"] {
        let path = fixture(name);
        let all = all_of(&path);
        let mut sound = opened(&path);
        sound.seek(Samples::new(1 << 40)).expect("it is no error");
        assert_eq!(read_on(&mut sound), Vec::<StereoFrame>::new(), "{name}");
        assert_eq!(read_at(&mut sound, 0, all.len()), all, "{name}");
    }
}

#[test]
fn reading_nothing_is_not_the_end() {
    let mut sound = opened(&fixture("lame.mp3"));
    assert_eq!(sound.read(&mut []), Ok(0));
    assert_eq!(read_on(&mut sound).len(), crate::support::LONG);
}
