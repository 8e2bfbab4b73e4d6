//! Files of plain samples, in every way they are written.

use needledrop::media::Codec;
use needledrop::media::OpenError;
use needledrop::media::StereoFrame;
use needledrop::media::open;
use needledrop::time::Samples;

use crate::support::SHORT;
use crate::support::all_of;
use crate::support::file;
use crate::support::fmt;
use crate::support::folder;
use crate::support::full_scale;
use crate::support::mono;
use crate::support::opened;
use crate::support::riff;
use crate::support::short_samples;
use crate::support::short_wav;

fn decoded(name: &str, bytes: &[u8]) -> Vec<StereoFrame> {
    let folder = folder();
    all_of(&file(&folder, name, bytes))
}

fn short() -> Vec<StereoFrame> {
    let samples = mono(SHORT, 44_100.0).into_iter().map(full_scale);
    samples.map(|sample| [sample, sample]).collect()
}

/// The short signal with each sample written by `write`.
fn written<const N: usize>(write: impl Fn(i16) -> [u8; N]) -> Vec<u8> {
    mono(SHORT, 44_100.0).into_iter().flat_map(write).collect()
}

fn wide(sample: i16) -> i32 {
    i32::from(sample) << 16
}

#[test]
fn wav_files_of_every_sample_size_give_the_same_sound() {
    let three = |sample: i16| {
        let [_, a, b, c] = wide(sample).to_le_bytes();
        [a, b, c]
    };
    for (tag, bits, data) in [
        (1, 16, written(i16::to_le_bytes)),
        (1, 24, written(three)),
        (1, 32, written(|s| wide(s).to_le_bytes())),
        (3, 32, written(|s| full_scale(s).to_le_bytes())),
        (3, 64, written(|s| f64::from(full_scale(s)).to_le_bytes())),
    ] {
        let wav = riff(
            *b"RIFF",
            &[(b"fmt ", fmt(tag, 1, 44_100, bits)), (b"data", data)],
        );
        assert!(decoded("short.wav", &wav) == short(), "{tag}, {bits} bits");
    }
}

#[test]
fn an_extensible_description_of_six_channels_is_folded_by_place() {
    let mut fmt = fmt(0xfffe, 6, 48_000, 16);
    fmt.extend([22, 0, 16, 0]);
    fmt.extend(0x3f_u32.to_le_bytes());
    fmt.extend([
        1, 0, 0, 0, 0, 0, 16, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71,
    ]);
    // One frame for each channel alone at half of full scale.
    let frames: Vec<u8> = (0..6)
        .flat_map(|alone| (0..6).map(move |channel| if channel == alone { 16_384 } else { 0 }))
        .flat_map(i16::to_le_bytes)
        .collect();
    let wav = riff(*b"RIFF", &[(b"fmt ", fmt), (b"data", frames)]);
    let h = 0.5 * std::f32::consts::FRAC_1_SQRT_2;
    let expected = [
        [0.5, 0.0],
        [0.0, 0.5],
        [h, h],
        [0.0, 0.0],
        [h, 0.0],
        [0.0, h],
    ];
    assert_eq!(decoded("six.wav", &wav), expected);
}

#[test]
fn descriptions_of_odd_sizes_are_read() {
    for extra in [0, 2, 10, 24] {
        let mut fmt = fmt(1, 1, 44_100, 16);
        fmt.resize(16 + extra, 0);
        let wav = riff(*b"RIFF", &[(b"fmt ", fmt), (b"data", short_samples())]);
        assert!(decoded("odd.wav", &wav) == short(), "{extra} bytes more");
    }
}

/// Puts a length into the header of the sound of a plain WAVE file.
fn with_data_length(length: u32) -> Vec<u8> {
    let mut wav = short_wav();
    wav[40..44].copy_from_slice(&length.to_le_bytes());
    wav
}

#[test]
fn a_sound_of_unknown_length_goes_on_to_the_end_of_the_file() {
    for length in [u32::MAX, 0, 0x7fff_ffff] {
        assert!(
            decoded("open.wav", &with_data_length(length)) == short(),
            "{length:x}"
        );
    }
}

#[test]
fn what_the_outermost_chunk_says_of_its_length_is_not_needed() {
    for length in [0_u32, u32::MAX, 7] {
        let mut wav = short_wav();
        wav[4..8].copy_from_slice(&length.to_le_bytes());
        assert!(decoded("riff.wav", &wav) == short(), "{length:x}");
    }
}

#[test]
fn a_file_over_four_gigabytes_tells_its_length_in_another_chunk() {
    let mut ds64 = Vec::new();
    let samples = short_samples();
    for number in [0, samples.len() as u64, SHORT as u64] {
        ds64.extend(number.to_le_bytes());
    }
    ds64.extend([0; 4]);
    let mut wav = riff(
        *b"RF64",
        &[
            (b"ds64", ds64),
            (b"fmt ", fmt(1, 1, 44_100, 16)),
            (b"data", samples),
        ],
    );
    let data = wav
        .windows(4)
        .position(|four| four == b"data")
        .expect("is there");
    wav[data + 4..data + 8].copy_from_slice(&u32::MAX.to_le_bytes());
    wav.extend(b"junk after the sound, not to be played");
    assert!(decoded("large.wav", &wav) == short());
}

#[test]
fn a_cut_wav_file_plays_what_is_there() {
    let wav = short_wav();
    let cut = &wav[..2045];
    let folder = folder();
    let path = file(&folder, "cut.wav", cut);
    assert_eq!(opened(&path).facts().length, Some(Samples::new(1000)));
    assert!(all_of(&path) == short()[..1000]);
}

#[test]
fn a_sampling_rate_of_zero_is_damage() {
    let wav = riff(
        *b"RIFF",
        &[(b"fmt ", fmt(1, 1, 0, 16)), (b"data", vec![0; 64])],
    );
    let folder = folder();
    let path = file(&folder, "zero.wav", &wav);
    assert!(matches!(open(&path), Err(OpenError::Damaged { .. })));
}

fn iff(form: [u8; 4], chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = form.to_vec();
    for (id, content) in chunks {
        body.extend(*id);
        body.extend(u32::try_from(content.len()).expect("small").to_be_bytes());
        body.extend(content);
        if content.len() % 2 == 1 {
            body.push(0);
        }
    }
    let mut file = b"FORM".to_vec();
    file.extend(u32::try_from(body.len()).expect("small").to_be_bytes());
    file.extend(body);
    file
}

#[test]
fn aiff_files_of_every_kind_give_the_same_sound() {
    let common = |bits: u16, compression: Option<&[u8; 4]>| {
        let mut comm = 1_u16.to_be_bytes().to_vec();
        comm.extend(u32::try_from(SHORT).expect("small").to_be_bytes());
        comm.extend(bits.to_be_bytes());
        comm.extend([0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0]);
        comm.extend(compression.map_or(Vec::new(), |four| [&four[..], &[0, 0]].concat()));
        comm
    };
    for (bits, compression, data) in [
        (16, None, written(i16::to_be_bytes)),
        (16, Some(b"sowt"), written(i16::to_le_bytes)),
        (32, Some(b"fl32"), written(|s| full_scale(s).to_be_bytes())),
        (32, Some(b"in32"), written(|s| wide(s).to_be_bytes())),
    ] {
        let form = if compression.is_some() {
            *b"AIFC"
        } else {
            *b"AIFF"
        };
        let sound = [&[0; 8], data.as_slice()].concat();
        let aiff = iff(
            form,
            &[(b"COMM", common(bits, compression)), (b"SSND", sound)],
        );
        assert!(decoded("short.aiff", &aiff) == short(), "{compression:?}");
    }
}

#[test]
fn caf_files_of_either_byte_order_give_the_same_sound() {
    let file_of = |flags: u32, bytes: u32, data: Vec<u8>, length: i64| {
        let mut caf = b"caff\0\x01\0\0desc".to_vec();
        caf.extend(32_u64.to_be_bytes());
        caf.extend(44_100_f64.to_be_bytes());
        caf.extend(b"lpcm");
        for number in [flags, bytes, 1, 1, bytes * 8] {
            caf.extend(number.to_be_bytes());
        }
        caf.extend(b"data");
        caf.extend(length.to_be_bytes());
        caf.extend([0; 4]);
        caf.extend(data);
        caf
    };
    let length = |data: &[u8]| i64::try_from(data.len() + 4).expect("small");
    let big = written(i16::to_be_bytes);
    let little = written(i16::to_le_bytes);
    let float = written(|s| full_scale(s).to_le_bytes());
    let (a, b, c) = (length(&big), length(&little), -1);
    assert!(decoded("big.caf", &file_of(0, 2, big, a)) == short());
    assert!(decoded("little.caf", &file_of(2, 2, little, b)) == short());
    assert!(decoded("float.caf", &file_of(3, 4, float, c)) == short());
}

#[test]
fn mu_law_without_a_sample_size_is_played() {
    let mut short_fmt = fmt(7, 1, 8000, 8);
    short_fmt.truncate(14);
    let wav = riff(
        *b"RIFF",
        &[(b"fmt ", short_fmt), (b"data", vec![0xff, 0x80, 0x00])],
    );
    let folder = folder();
    let path = file(&folder, "mu.wav", &wav);
    assert_eq!(opened(&path).facts().codec, Codec::MuLaw);
    let peak = 32_124.0 / 32_768.0;
    assert_eq!(all_of(&path), [[0.0, 0.0], [peak, peak], [-peak, -peak]]);
}
