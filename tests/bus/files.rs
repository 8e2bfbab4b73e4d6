//! Sound files of every kind and rate, through the bus: what is in them is heard on its frame.
//!
//! Plain samples in a WAV file are held to arithmetic, every other file to the WAV file of the
//! same sound.

mod signal;

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use needledrop::audio::Program;
use needledrop::media::StereoFrame;
use needledrop::time::TickSpan;
use needledrop::time::Ticks;
use tempfile::TempDir;

use crate::stage::*;
use signal::Kind;

/// The rates recordings come in.
const RATES: [u32; 7] = [22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000];

/// How it comes that a sound is heard.
#[derive(Clone, Copy, Debug)]
enum Way {
    Started,
    Sought,
    Looped,
    Slipped,
    Swapped,
}

const WAYS: [Way; 5] = [
    Way::Started,
    Way::Sought,
    Way::Looped,
    Way::Slipped,
    Way::Swapped,
];

/// Frames heard before something is changed: between the first click and the second.
const BEFORE: usize = SECOND / 10;
/// Where is gone to: between the second click and the third, off any grid.
const SOUGHT: usize = 8001;
/// The stretch gone round: from before the second click to after the third.
const LOOP: (usize, usize) = (5003, 12_007);
/// By how much the sound is moved: a frame of picture at 25 a second, and a bit.
const SLIP: usize = 1927;

/// All there is in a file, in frames.
const WHOLE: usize = SECOND / 2;

/// What was heard, and of which stretches of the sound it is: from the frame heard, and the frame
/// of the sound at the bus's rate.
struct Hearing {
    heard: Vec<StereoFrame>,
    stretches: Vec<(usize, usize)>,
}

impl Hearing {
    /// Where in `heard` the sound's frame at `place` must be; all the times that it is heard.
    fn frames_of(&self, place: usize) -> Vec<usize> {
        let ends = self.stretches.iter().skip(1).map(|(from, _)| *from);
        let ends = ends.chain([self.heard.len()]);
        let stretches = self.stretches.iter().zip(ends);
        // What is near the edge of a stretch is led up or down there.
        stretches
            .filter_map(|((from, first), end)| {
                let at = from + place.checked_sub(*first)?;
                (at + 500 < end).then_some(at)
            })
            .collect()
    }
}

/// Hears the file at `path`, having come to it in this way. `quiet` is a file of silence.
fn hear(way: Way, path: &Path, quiet: &Path) -> Hearing {
    let file = |path: &Path, start: usize| {
        let name = path.to_str().expect("the tests' paths are text");
        program([part(1, name, at(start))])
    };
    let mut stage = Stage::new();
    let (n, stretches) = match way {
        Way::Started => {
            stage.play(file(path, 0), Ticks::ZERO);
            (WHOLE, vec![(0, 0)])
        }
        Way::Sought => {
            stage.play(file(path, 0), Ticks::ZERO);
            stage.hear(BEFORE);
            stage.engine().seek(at(SOUGHT));
            (WHOLE, vec![(0, SOUGHT)])
        }
        Way::Looped => {
            let (from, to) = LOOP;
            let looped = Program {
                looping: Some(TickSpan::between(at(from), at(to))),
                ..file(path, 0)
            };
            stage.play(looped, Ticks::ZERO);
            let round = to - from;
            let rounds = [(to, from), (to + round, from), (to + 2 * round, from)];
            (to + 3 * round, [(0, 0)].into_iter().chain(rounds).collect())
        }
        Way::Slipped => {
            stage.play(file(path, 0), Ticks::ZERO);
            stage.hear(BEFORE);
            stage.engine().update(file(path, SLIP));
            (WHOLE, vec![(0, BEFORE - SLIP)])
        }
        Way::Swapped => {
            let silence = quiet.to_str().expect("the tests' paths are text");
            stage.play(program([part(0, silence, Ticks::ZERO)]), Ticks::ZERO);
            stage.hear(BEFORE);
            stage.engine().update(file(path, 0));
            (WHOLE, vec![(0, BEFORE)])
        }
    };
    Hearing {
        heard: stage.hear(n),
        stretches,
    }
}

/// A place on the line.
fn at(frame: usize) -> Ticks {
    frames(i64::try_from(frame).expect("small"))
}

/// The frame of the bus that is nearest to a sample of a file.
fn on_bus(sample: usize, rate: u32) -> usize {
    let rate = rate as usize;
    (sample * SECOND * 2 + rate) / (rate * 2)
}

/// A folder that goes away with the test, with a file of silence in it.
struct Desk {
    folder: TempDir,
    quiet: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let quiet = folder.path().join("quiet.wav");
        let silence = Kind::Wav16.file(48_000, &vec![0; 2 * SECOND]);
        fs::write(&quiet, silence).expect("there is room for a file");
        Self { folder, quiet }
    }

    fn file(&self, kind: Kind, rate: u32, samples: &[i16]) -> PathBuf {
        let path = self.folder.path().join(format!("{kind:?}-{rate}"));
        fs::write(&path, kind.file(rate, samples)).expect("there is room for a file");
        path
    }

    fn hear(&self, way: Way, path: &Path) -> Hearing {
        hear(way, path, &self.quiet)
    }
}

#[test]
fn a_sample_of_a_file_is_heard_on_the_frame_nearest_to_it() {
    let desk = Desk::new();
    for rate in RATES {
        let places = signal::places(rate);
        let mut samples = vec![0; rate as usize / 2];
        for place in places {
            samples[place] = 29_000;
        }
        let path = desk.file(Kind::Wav16, rate, &samples);
        for way in WAYS {
            let hearing = desk.hear(way, &path);
            let mut n_heard = 0;
            for at in places.map(|place| on_bus(place, rate)) {
                for expected in hearing.frames_of(at) {
                    let loudest = loudest_near(&hearing.heard, expected);
                    assert_eq!(loudest, expected, "{rate}, {way:?}");
                    n_heard += 1;
                }
            }
            assert!(n_heard >= 3, "{rate}, {way:?}: {n_heard} heard");
        }
    }
}

/// The loudest frame within 300 of this one.
fn loudest_near(heard: &[StereoFrame], at: usize) -> usize {
    let range = at.saturating_sub(300)..(at + 300).min(heard.len());
    let loudest = range.max_by(|&a, &b| heard[a][0].abs().total_cmp(&heard[b][0].abs()));
    loudest.expect("there are frames")
}

/// Sees that files are heard as the WAV file of the clicks is, come what may, by comparing what
/// is heard.
fn check(
    rates: &[u32],
    files: impl Fn(&Desk, u32, Way) -> Vec<PathBuf>,
    is_same: impl Fn(&Hearing, &Hearing, u32) -> Result<(), String>,
) {
    let desk = Desk::new();
    for rate in rates.iter().copied() {
        let plain = desk.file(Kind::Wav16, rate, &signal::clicks(rate));
        for way in WAYS {
            let plain = desk.hear(way, &plain);
            for path in files(&desk, rate, way) {
                if let Err(off) = is_same(&plain, &desk.hear(way, &path), rate) {
                    panic!("{}, {way:?}: {off}", path.display());
                }
            }
        }
    }
}

/// Both are the same to the last bit, but for the moment in which one sound gives way to another.
fn to_the_bit(plain: &Hearing, other: &Hearing, _rate: u32) -> Result<(), String> {
    let bits = |frame: StereoFrame| frame.map(f32::to_bits);
    let differs = |n: &usize| bits(plain.heard[*n]) != bits(other.heard[*n]);
    match (0..plain.heard.len()).find(differs) {
        None => Ok(()),
        Some(n) => Err(format!(
            "{:?} instead of {:?} at {n}",
            other.heard[n], plain.heard[n]
        )),
    }
}

/// Each click of the one is most like that of the other in the very same place.
fn to_the_frame(plain: &Hearing, other: &Hearing, rate: u32) -> Result<(), String> {
    /// How far around its place a click is looked for.
    const FAR: usize = 400;
    /// The length of a click, and of what a resampler makes of it.
    const CLICK: usize = 200;
    let mut n_heard = 0;
    for place in signal::places(rate) {
        for at in plain.frames_of(on_bus(place, rate)) {
            let from = at.saturating_sub(20);
            if from < FAR || from + CLICK + FAR > other.heard.len() {
                continue;
            }
            n_heard += 1;
            let click = &plain.heard[from..from + CLICK];
            let likeness = |late: usize| {
                let there = &other.heard[from + late - FAR..][..CLICK];
                let products = click.iter().zip(there).map(|(a, b)| a[0] * b[0]);
                products.sum::<f32>()
            };
            let best = (0..=2 * FAR).max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)));
            let late = best.map_or(0, |late| late as i64 - FAR as i64);
            if late != 0 || likeness(FAR) <= 0.1 {
                return Err(format!("{late} frames late at {at}"));
            }
        }
    }
    if n_heard < 3 {
        return Err(format!("only {n_heard} clicks were heard"));
    }
    Ok(())
}

#[test]
fn plain_samples_are_heard_the_same_however_they_are_written() {
    // Every kind at every rate and in every way, but not in every way at every rate: resampling
    // is slow in a test.
    let files = |desk: &Desk, rate: u32, way: Way| {
        let turn = RATES.iter().position(|it| *it == rate).unwrap_or(0) + way as usize;
        let kinds = Kind::OTHERS.into_iter().enumerate();
        kinds
            .filter(|(n, _)| rate == 48_000 || (n + turn).is_multiple_of(WAYS.len()))
            .map(|(_, kind)| desk.file(kind, rate, &signal::clicks(rate)))
            .collect()
    };
    check(&RATES, files, to_the_bit);
}

fn check_fixtures(
    rates: &[u32],
    ending: &str,
    is_same: impl Fn(&Hearing, &Hearing, u32) -> Result<(), String>,
) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/media/clicks");
    let files = |_: &Desk, rate, _: Way| vec![folder.join(format!("{rate}{ending}"))];
    check(rates, files, is_same);
}

#[test]
fn flac_is_heard_as_plain_samples_are() {
    check_fixtures(&RATES, ".flac", to_the_bit);
}

#[test]
fn alac_is_heard_as_plain_samples_are() {
    check_fixtures(&RATES, "-alac.m4a", to_the_bit);
    check_fixtures(&[44_100, 96_000], "-alac.caf", to_the_bit);
}

#[test]
fn an_mp3_is_heard_on_the_frames_of_plain_samples() {
    check_fixtures(&RATES[..4], ".mp3", to_the_frame);
}

#[test]
fn aac_is_heard_on_the_frames_of_plain_samples() {
    check_fixtures(&RATES[..6], ".m4a", to_the_frame);
}

#[test]
fn vorbis_is_heard_on_the_frames_of_plain_samples() {
    check_fixtures(&RATES, ".ogg", to_the_frame);
}

#[cfg(feature = "opus")]
#[test]
fn opus_is_heard_on_the_frames_of_plain_samples() {
    check_fixtures(&[48_000], ".opus", to_the_frame);
}
