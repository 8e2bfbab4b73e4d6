//! Films: plain samples that lie between the pictures, in either byte order, and sound that begins
//! after the picture.

use needledrop::media::StereoFrame;

use crate::support::all_of;
use crate::support::file;
use crate::support::folder;
use crate::support::opened;
use crate::support::read_at;

/// Frames in a chunk of sound; after each lies a picture.
const CHUNK: usize = 300;
/// Bytes of a picture.
const PICTURE: usize = 1000;
const CHUNKS: usize = 4;

fn atom(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).expect("small");
    [&size.to_be_bytes()[..], name, content].concat()
}

/// A table: version and flags, the number of entries, the entries.
fn table(name: &[u8; 4], entries: &[&[u32]]) -> Vec<u8> {
    let count = u32::try_from(entries.len()).expect("small");
    let numbers = [&[0, count][..], &entries.concat()].concat();
    let bytes: Vec<u8> = numbers.into_iter().flat_map(u32::to_be_bytes).collect();
    atom(name, &bytes)
}

/// A track of `kind` whose samples are described by `stbl`, after so many thousandths of a second
/// of nothing.
fn track(kind: &[u8; 4], late: u32, stbl: &[u8]) -> Vec<u8> {
    let head = [[0_u32, 0, 0, 48_000], [0; 4]].concat();
    let head: Vec<u8> = head.into_iter().flat_map(u32::to_be_bytes).collect();
    let handler = [&[0; 8][..], kind, &[0; 12]].concat();
    let media = [
        atom(b"mdhd", &head),
        atom(b"hdlr", &handler),
        atom(b"minf", &atom(b"stbl", stbl)),
    ];
    let media = atom(b"mdia", &media.concat());
    let edits: &[&[u32]] = &[&[late, u32::MAX, 0x1_0000], &[25, 0, 0x1_0000]];
    let edits = if late > 0 { edits } else { &edits[1..] };
    let edits = atom(b"edts", &table(b"elst", edits));
    atom(b"trak", &[edits, media].concat())
}

/// How the samples of a film are written.
struct Written {
    name: &'static [u8; 4],
    bytes: usize,
    write: fn(i32) -> Vec<u8>,
}

const WAYS: [Written; 3] = [
    Written {
        name: b"twos",
        bytes: 2,
        write: |sample| sample.to_be_bytes()[..2].to_vec(),
    },
    Written {
        name: b"sowt",
        bytes: 2,
        write: |sample| sample.to_be_bytes()[..2].iter().rev().copied().collect(),
    },
    // Without a word on the order the first byte is the largest.
    Written {
        name: b"in24",
        bytes: 3,
        write: |sample| sample.to_be_bytes()[..3].to_vec(),
    },
];

/// The samples of the film: every channel of every frame is another, 16 bits at the top of 32.
fn sample(frame: usize, channel: usize) -> i32 {
    let number = i32::try_from(frame * 8 + channel).expect("small");
    (number - 8000) << 16
}

/// A film whose sound comes so late, with pictures between its chunks.
fn film(way: &Written, channels: usize, late: u32) -> Vec<u8> {
    let mut data = Vec::new();
    let mut places = Vec::new();
    for chunk in 0..CHUNKS {
        places.push(u32::try_from(data.len() + 16).expect("small"));
        for frame in chunk * CHUNK..(chunk + 1) * CHUNK {
            data.extend((0..channels).flat_map(|channel| (way.write)(sample(frame, channel))));
        }
        data.extend([0x55; PICTURE]);
    }
    let stbl = stbl(way, channels, CHUNK, &places);
    whole(&data, &[track(b"soun", late, &stbl)])
}

/// A film with each channel as a track of its own, the right one in pieces half as long.
fn film_of_two_tracks(way: &Written, is_right_whole: bool) -> Vec<u8> {
    let mut data = Vec::new();
    let mut places = [Vec::new(), Vec::new()];
    for chunk in 0..CHUNKS {
        for (channel, places) in places.iter_mut().enumerate() {
            let piece = CHUNK / (channel + 1);
            for first in (chunk * CHUNK..(chunk + 1) * CHUNK).step_by(piece) {
                places.push(u32::try_from(data.len() + 16).expect("small"));
                for frame in first..first + piece {
                    data.extend((way.write)(sample(frame, channel)));
                }
                data.extend([0x55; PICTURE]);
            }
        }
    }
    if !is_right_whole {
        places[1].pop();
    }
    let tracks = [(CHUNK, &places[0]), (CHUNK / 2, &places[1])];
    let tracks = tracks.map(|(piece, places)| track(b"soun", 0, &stbl(way, 1, piece, places)));
    whole(&data, &tracks)
}

/// The description of samples that lie in pieces of so many frames.
fn stbl(way: &Written, channels: usize, piece: usize, places: &[u32]) -> Vec<u8> {
    let frames = u32::try_from(piece * places.len()).expect("small");
    let n_channels = u16::try_from(channels).expect("small");
    let bits = u16::try_from(way.bytes * 8).expect("small");
    let mut entry = vec![0; 16];
    entry.extend(n_channels.to_be_bytes());
    entry.extend(bits.to_be_bytes());
    entry.extend([0; 4]);
    entry.extend((48_000_u32 << 16).to_be_bytes());
    let entry = atom(way.name, &entry);
    let places: Vec<&[u32]> = places.chunks(1).collect();
    [
        atom(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1], &entry[..]].concat()),
        table(b"stts", &[&[frames, 1]]),
        table(b"stsc", &[&[1, u32::try_from(piece).expect("small"), 1]]),
        table(b"stco", &places),
        atom(
            b"stsz",
            &[[0; 4], 1_u32.to_be_bytes(), frames.to_be_bytes()].concat(),
        ),
    ]
    .concat()
}

/// A film of these tracks of sound.
fn whole(data: &[u8], tracks: &[Vec<u8>]) -> Vec<u8> {
    let film_head: Vec<u8> = [0_u32, 0, 0, 1000, 25, 0, 0, 0]
        .into_iter()
        .flat_map(u32::to_be_bytes)
        .collect();
    let moov = [
        atom(b"mvhd", &film_head),
        track(b"vide", 0, &[]),
        tracks.concat(),
    ];
    [
        atom(b"wide", b""),
        atom(b"mdat", data),
        atom(b"moov", &moov.concat()),
    ]
    .concat()
}

fn expected() -> Vec<StereoFrame> {
    let one = |frame, channel| (sample(frame, channel) >> 16) as f32 / 32_768.0;
    (0..CHUNK * CHUNKS)
        .map(|frame| [one(frame, 0), one(frame, 1)])
        .collect()
}

#[test]
fn plain_samples_between_pictures_are_read_in_either_byte_order() {
    for way in WAYS {
        let folder = folder();
        let path = file(&folder, "film.mov", &film(&way, 2, 0));
        assert!(all_of(&path) == expected(), "{:?}", way.name);
    }
}

#[test]
fn every_place_between_pictures_can_be_gone_to() {
    let folder = folder();
    let path = file(&folder, "film.mov", &film(&WAYS[0], 2, 0));
    let mut sound = opened(&path);
    for at in [CHUNK, CHUNK - 1, 3 * CHUNK + 7, 0, CHUNK * CHUNKS - 1] {
        let wanted: Vec<_> = expected().into_iter().skip(at).take(400).collect();
        assert!(read_at(&mut sound, at, 400) == wanted, "from {at}");
    }
}

#[test]
fn six_channels_of_a_film_are_folded() {
    let folder = folder();
    let path = file(&folder, "film.mov", &film(&WAYS[2], 6, 0));
    assert_eq!(opened(&path).facts().channels, 6);
    let h = std::f32::consts::FRAC_1_SQRT_2;
    let one = |channel| (sample(700, channel) >> 16) as f32 / 32_768.0;
    let left = one(0) + one(2) * h + one(4) * h;
    let found = all_of(&path)[700][0];
    assert!((found - left).abs() < 1e-6, "{found}, not {left}");
}

#[test]
fn sound_that_begins_after_the_picture_comes_after_as_much_silence() {
    let folder = folder();
    let path = file(&folder, "film.mov", &film(&WAYS[0], 2, 20));
    let mut sound = opened(&path);
    assert_eq!(sound.lost().get(), 0);
    let heard = read_at(&mut sound, 0, 100_000);
    let (silence, rest) = heard.split_at(960);
    assert!(silence.iter().all(|frame| *frame == [0.0, 0.0]));
    assert!(rest == expected());
    assert_eq!(sound.lost().get(), 0);
    assert!(read_at(&mut sound, 959, 2) == [[0.0, 0.0], expected()[0]]);
}

#[test]
fn two_tracks_of_one_channel_are_left_and_right() {
    for way in WAYS {
        let folder = folder();
        let path = file(&folder, "film.mov", &film_of_two_tracks(&way, true));
        assert_eq!(opened(&path).facts().channels, 2);
        assert!(all_of(&path) == expected(), "{:?}", way.name);
        let wanted: Vec<_> = expected().into_iter().skip(CHUNK - 7).take(400).collect();
        let mut sound = opened(&path);
        assert!(
            read_at(&mut sound, CHUNK - 7, 400) == wanted,
            "{:?}",
            way.name
        );
    }
}

#[test]
fn tracks_that_are_not_equally_long_are_no_pair() {
    let folder = folder();
    let path = file(&folder, "film.mov", &film_of_two_tracks(&WAYS[0], false));
    assert_eq!(opened(&path).facts().channels, 1);
}
