//! The signal that all fixtures hold, and helpers that arrange files.

use std::f64::consts::PI;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use needledrop::media::Sound;
use needledrop::media::SoundFile;
use needledrop::media::StereoFrame;
use needledrop::media::open;
use needledrop::time::Samples;
use tempfile::TempDir;

/// Frames of the longer signal.
pub(crate) const LONG: usize = 60_001;
/// Frames of the shorter one.
pub(crate) const SHORT: usize = 20_001;

/// A file of the fixtures.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/media")
        .join(name)
}

/// The bytes of a file of the fixtures.
pub(crate) fn bytes_of(name: &str) -> Vec<u8> {
    fs::read(fixture(name)).expect("the fixture is there")
}

/// One frame of the signal that all fixtures hold; the fixtures' README says the same in words.
fn signal_at(i: usize, rate: f64) -> [f64; 2] {
    let t = i as f64 / rate;
    let left = 0.4 * (2.0 * PI * (220.0 * t + 900.0 * t * t)).sin();
    let since_pulse = i.checked_sub(500).map(|since| since % 3000);
    let right = match since_pulse {
        Some(d) if d < 32 => 0.7 * (0.5 - 0.5 * (2.0 * PI * d as f64 / 32.0).cos()),
        _ => 0.0,
    };
    [left, right]
}

fn rounded(value: f64) -> i16 {
    (value * 32_767.0 + 0.5).floor() as i16
}

/// The signal in stereo, as 16 bits.
pub(crate) fn stereo(frames: usize, rate: f64) -> Vec<[i16; 2]> {
    (0..frames)
        .map(|i| signal_at(i, rate).map(rounded))
        .collect()
}

/// The signal in mono, as 16 bits.
pub(crate) fn mono(frames: usize, rate: f64) -> Vec<i16> {
    (0..frames)
        .map(|i| rounded(signal_at(i, rate).iter().sum::<f64>() * 0.5))
        .collect()
}

/// 16 bits as the reader gives them.
pub(crate) fn full_scale(sample: i16) -> f32 {
    f32::from(sample) / 32_768.0
}

/// Opens a file that must open.
pub(crate) fn opened(path: &Path) -> SoundFile {
    open(path).unwrap_or_else(|error| panic!("it opens: {error}"))
}

/// Reads to the end, in pieces of an odd size.
pub(crate) fn read_on(sound: &mut dyn Sound) -> Vec<StereoFrame> {
    let mut all = Vec::new();
    let mut piece = [[0.0; 2]; 777];
    loop {
        let n = sound.read(&mut piece).expect("damage is no error");
        if n == 0 {
            return all;
        }
        all.extend_from_slice(&piece[..n]);
    }
}

/// Everything in a file.
pub(crate) fn all_of(path: &Path) -> Vec<StereoFrame> {
    read_on(&mut opened(path))
}

/// Up to `n` frames from a place.
pub(crate) fn read_at(sound: &mut dyn Sound, at: usize, n: usize) -> Vec<StereoFrame> {
    let at = i64::try_from(at).expect("small");
    sound
        .seek(Samples::new(at))
        .expect("every place can be gone to");
    let mut frames = vec![[0.0; 2]; n];
    let mut got = 0;
    while got < n {
        let more = sound.read(&mut frames[got..]).expect("damage is no error");
        if more == 0 {
            break;
        }
        got += more;
    }
    frames.truncate(got);
    frames
}

/// By how many frames the decoded signal is late: where it is most like the one that went in.
pub(crate) fn lateness(decoded: &[StereoFrame], master: &[[i16; 2]]) -> i64 {
    const FROM: usize = 24_000;
    const WINDOW: usize = 4096;
    const MOST: usize = 1200;
    let wanted: Vec<f32> = master[FROM..FROM + WINDOW]
        .iter()
        .map(|[left, right]| full_scale(*left) + full_scale(*right))
        .collect();
    let likeness = |at: usize| {
        let there = &decoded[at..at + WINDOW];
        let sums = there.iter().map(|[left, right]| left + right);
        let (mut product, mut power) = (0.0, 1e-9);
        for (sum, wanted) in sums.zip(&wanted) {
            product += sum * wanted;
            power += sum * sum;
        }
        product / power.sqrt()
    };
    let best = (FROM - MOST..=FROM + MOST)
        .max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)))
        .expect("there are places");
    i64::try_from(best).expect("small") - i64::try_from(FROM).expect("small")
}

/// A folder that goes away with the test.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room for a folder")
}

/// A file of these bytes.
pub(crate) fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("there is room for a file");
    path
}

/// Chunks of a RIFF file.
pub(crate) fn riff(form: [u8; 4], chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WAVE".to_vec();
    for (id, content) in chunks {
        body.extend(*id);
        body.extend(u32::try_from(content.len()).expect("small").to_le_bytes());
        body.extend(content);
        if content.len() % 2 == 1 {
            body.push(0);
        }
    }
    let mut file = form.to_vec();
    file.extend(u32::try_from(body.len()).expect("small").to_le_bytes());
    file.extend(body);
    file
}

/// The description of a WAVE file, 16 bytes of it.
pub(crate) fn fmt(tag: u16, channels: u16, rate: u32, bits: u16) -> Vec<u8> {
    let frame = channels * bits.div_ceil(8);
    let mut fmt = tag.to_le_bytes().to_vec();
    fmt.extend(channels.to_le_bytes());
    fmt.extend(rate.to_le_bytes());
    fmt.extend((rate * u32::from(frame)).to_le_bytes());
    fmt.extend(frame.to_le_bytes());
    fmt.extend(bits.to_le_bytes());
    fmt
}

/// The short signal as WAVE writes 16 bits.
pub(crate) fn short_samples() -> Vec<u8> {
    let samples = mono(SHORT, 44_100.0);
    samples
        .iter()
        .flat_map(|sample| sample.to_le_bytes())
        .collect()
}

/// A plain WAVE file of the short signal.
pub(crate) fn short_wav() -> Vec<u8> {
    riff(
        *b"RIFF",
        &[(b"fmt ", fmt(1, 1, 44_100, 16)), (b"data", short_samples())],
    )
}
