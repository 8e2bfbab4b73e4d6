//! How fast whole files are decoded: by this program, and by ffmpeg where it is installed; and how
//! much longer it takes to measure them too.
//!
//! The files are the demo show's, or those in the folder that the variable
//! `NEEDLEDROP_BENCH_MEDIA` names; and one minute of made-up music in every format that ffmpeg
//! writes. What ffmpeg takes to start is in its numbers, as it is for whoever calls it.

use std::fmt;
use std::fs;
use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use needledrop::analysis;
use needledrop::media;
use needledrop::media::BroadcastInfo;
use needledrop::media::Sound;
use needledrop::media::SoundFile;
use needledrop::media::StereoFrame;
use needledrop::media::WaveWriter;
use needledrop::time::SampleRate;
use tempfile::TempDir;

#[expect(clippy::print_stdout, reason = "a benchmark is there to be read")]
fn main() {
    if !has_ffmpeg() {
        println!("ffmpeg is not installed: it is left out, and what it would have written.");
    }
    divan::main();
    // What is static is never dropped.
    if let Some(made) = made()
        && let Err(error) = fs::remove_dir_all(made.path())
    {
        println!("the made-up files stay behind: {error}");
    }
}

/// A file to be decoded.
#[derive(Clone, Debug)]
struct Subject {
    path: PathBuf,
    frames: usize,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.path.file_name().unwrap_or_default();
        write!(f, "{}", name.to_string_lossy())
    }
}

/// What is written of the minute: the ending, and how ffmpeg is asked for it.
const FORMATS: [(&str, &[&str]); 9] = [
    ("16.wav", &["-c:a", "pcm_s16le"]),
    ("aiff", &["-c:a", "pcm_s24be"]),
    ("caf", &["-c:a", "pcm_s24be"]),
    ("flac", &["-c:a", "flac"]),
    ("alac.m4a", &["-c:a", "alac"]),
    ("mp3", &["-c:a", "libmp3lame", "-q:a", "2"]),
    ("aac.m4a", &["-c:a", "aac", "-b:a", "192k"]),
    ("ogg", &["-c:a", "libvorbis", "-q:a", "5"]),
    ("opus", &["-c:a", "libopus", "-b:a", "128k"]),
];

/// A folder with the minute in all formats.
fn made() -> Option<&'static TempDir> {
    static MADE: OnceLock<Option<TempDir>> = OnceLock::new();
    MADE.get_or_init(|| write_all().ok()).as_ref()
}

fn write_all() -> io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let master = folder.path().join("made-up.24.wav");
    write_master(&master)?;
    for (ending, how) in FORMATS {
        if has_ffmpeg() {
            let path = folder.path().join(format!("made-up.{ending}"));
            ffmpeg(&master).args(how).arg(path).status()?;
        }
    }
    Ok(folder)
}

/// A minute of chords over a little noise, in stereo at 44.1 kHz.
fn write_master(path: &Path) -> io::Result<()> {
    const PIECE: u32 = 4410;
    let rate = SampleRate::HZ_44100;
    let mut writer = WaveWriter::new(File::create_new(path)?, rate, &BroadcastInfo::default())?;
    let mut seed = 1_u32;
    for piece in 0..600_u32 {
        let frames: Vec<StereoFrame> = (piece * PIECE..(piece + 1) * PIECE)
            .map(|n| {
                let secs = f64::from(n) / f64::from(rate.get());
                let root = [110.0, 146.8, 98.0, 130.8][(piece / 10 % 4) as usize];
                let tone = |ratio: f64| (std::f64::consts::TAU * root * ratio * secs).sin();
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let noise = f64::from(seed >> 8) / f64::from(1 << 24) - 0.5;
                let left = 0.2 * (tone(1.0) + tone(2.0) + tone(3.0)) + 0.05 * noise;
                let right = 0.2 * (tone(1.0) + tone(2.5) + tone(4.0)) - 0.05 * noise;
                [left as f32, right as f32]
            })
            .collect();
        writer.write(&frames)?;
    }
    writer.finish().map(drop)
}

/// ffmpeg, quiet, asked to read a file's sound.
fn ffmpeg(path: &Path) -> Command {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-i"]).arg(path);
    // A cover is a film to it, which it would decode as well.
    command
        .arg("-vn")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn has_ffmpeg() -> bool {
    static HAS: OnceLock<bool> = OnceLock::new();
    *HAS.get_or_init(|| {
        let version = Command::new("ffmpeg").arg("-version").output();
        version.is_ok_and(|output| output.status.success())
    })
}

/// What there is to decode.
fn subjects() -> Vec<Subject> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/media");
    let folder = std::env::var_os("NEEDLEDROP_BENCH_MEDIA").map_or(demo, PathBuf::from);
    let folders = [Some(folder), made().map(|made| made.path().to_owned())];
    let mut subjects = Vec::new();
    for folder in folders.into_iter().flatten() {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        subjects.extend(paths.into_iter().filter_map(|path| {
            let frames = decode(media::open(&path).ok()?);
            Some(Subject { path, frames })
        }));
    }
    subjects
}

/// Reads a sound to its end, and counts its frames.
fn decode(mut sound: SoundFile) -> usize {
    let mut piece = vec![[0.0; 2]; 4096];
    let mut frames = 0;
    while let Ok(n @ 1..) = sound.read(&mut piece) {
        frames += n;
    }
    frames
}

#[divan::bench(args = subjects(), sample_count = 5, sample_size = 1)]
fn by_this_program(bencher: Bencher<'_, '_>, subject: &Subject) {
    bencher
        .counter(ItemsCount::new(subject.frames))
        .bench_local(|| media::open(&subject.path).map(decode).unwrap_or_default());
}

/// Everything that is measured, in one pass over the same files.
#[divan::bench(args = subjects(), sample_count = 5, sample_size = 1)]
fn measured_by_this_program(bencher: Bencher<'_, '_>, subject: &Subject) {
    bencher
        .counter(ItemsCount::new(subject.frames))
        .bench_local(|| {
            let mut sound = media::open(&subject.path).ok()?;
            analysis::measure(&mut sound, &mut |_| ControlFlow::Continue(())).ok()
        });
}

/// The same files, where there is an ffmpeg to decode them.
fn subjects_of_ffmpeg() -> Vec<Subject> {
    if has_ffmpeg() { subjects() } else { Vec::new() }
}

#[divan::bench(args = subjects_of_ffmpeg(), sample_count = 5, sample_size = 1)]
fn by_ffmpeg(bencher: Bencher<'_, '_>, subject: &Subject) {
    bencher
        .counter(ItemsCount::new(subject.frames))
        .bench_local(|| {
            ffmpeg(&subject.path)
                .args(["-f", "null", "-"])
                .status()
                .is_ok()
        });
}
