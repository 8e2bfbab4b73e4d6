//! `analyze`: what sound files sound like, and measuring the whole pool of a show.

mod pool;

use std::io::Write;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::path::PathBuf;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;
use serde::Serialize;

use super::Failure;
use super::args::Analyze;
use super::desk::Desk;
use super::files;
use super::files::{Facts, FileRow};
use super::json::{VocalJson, ending, source};
use super::text::length;
use crate::analysis;
use crate::analysis::Measurement;
use crate::app;
use crate::app::SoundFiles;
use crate::media::Sound;
use crate::media::Tags;
use crate::model::Measured;
use crate::time::SampleRate;
use crate::time::Samples;

/// One file, as `analyze` prints it. Times are in seconds.
#[derive(Debug, Default, Serialize)]
struct Heard {
    frames: Option<i64>,
    sample_rate: Option<u32>,
    lufs: Option<f64>,
    true_peak_dbtp: Option<f64>,
    lra: Option<f64>,
    momentary_max: Option<f64>,
    first_sound: Option<f64>,
    last_sound: Option<f64>,
    bpm: Option<f64>,
    bpm_source: Option<&'static str>,
    /// Of the estimate, even where a tag is trusted instead.
    bpm_confidence: Option<f64>,
    /// Whether the beats lie on an even grid.
    bpm_steady: Option<bool>,
    beats: Option<Vec<f64>>,
    downbeats: Option<Vec<f64>>,
    downbeat_confidence: Option<f64>,
    key: Option<String>,
    key_source: Option<&'static str>,
    key_confidence: Option<f64>,
    sections: Option<Vec<SectionJson>>,
    lift: Option<f64>,
    quietest: Option<SectionJson>,
    ending: Option<&'static str>,
    /// Where somebody sings; null where that is not sure.
    vocal: Option<VocalJson>,
    /// How many places were damaged and passed over.
    damaged: u32,
}

#[derive(Debug, Serialize)]
struct SectionJson {
    start: f64,
    end: f64,
}

/// Prints what the files sound like, as many measured at once as is asked for or there are cores; or measures the pools
/// of shows. Fails in part when one of them cannot be.
pub(super) fn run(
    desk: &mut Desk<'_>,
    args: &Analyze,
    sounds: &SoundFiles,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let is_show = |path: &&PathBuf| {
        path.extension()
            .is_some_and(|ending| ending == "needledrop")
    };
    match args.files.iter().filter(is_show).count() {
        0 => files(args, sounds, out),
        n if n == args.files.len() => {
            if let Some(jobs) = args.jobs {
                desk.app.measure_at_most(jobs);
            }
            pool::run(desk, &args.files, args.json, out)
        }
        _ => Err(Failure::said("name either shows or sound files")),
    }
}

fn files(args: &Analyze, sounds: &SoundFiles, out: &mut dyn Write) -> Result<(), Failure> {
    let row = |path: &PathBuf| {
        // A file that makes a decoder panic costs only itself.
        let heard = catch_unwind(AssertUnwindSafe(|| heard(path, sounds)));
        let heard = heard.unwrap_or_else(|_panic| Err("it cannot be decoded".to_owned()));
        FileRow::new(path, heard)
    };
    // None is one for each core.
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.map_or(0, NonZero::get))
        .build()
        .map_err(|error| Failure::said(format!("no threads can be started: {error}")))?;
    let rows: Vec<FileRow<Heard>> = threads.install(|| args.files.par_iter().map(row).collect());
    files::print(&rows, out, args.json)
}

fn heard(path: &Path, sounds: &SoundFiles) -> Result<Heard, String> {
    let mut sound = sounds.sound(path)?;
    let rate = sound.rate();
    let measurement = analysis::measure(&mut sound, &mut |_| ControlFlow::Continue(()))
        .map_err(|error| error.to_string())?;
    let tags = sounds.about(path).map(|probed| probed.tags);
    Ok(told(rate, measurement, &tags.unwrap_or_default()))
}

fn told(rate: SampleRate, measurement: Measurement, tags: &Tags) -> Heard {
    let secs = |at: Samples| at.get() as f64 / f64::from(rate.get());
    let all = |times: &[Samples]| -> Vec<f64> { times.iter().copied().map(secs).collect() };
    let measured = app::measured(rate, &measurement).trusting(&app::tagged(tags));
    let vocal = VocalJson::new(&measured);
    let Measured {
        tempo: bpm, key, ..
    } = measured;
    let music = measurement.music;
    let rhythm = music.rhythm.as_ref();
    let ends = music.sections.iter().skip(1).copied();
    let ends = ends.chain(measurement.last_sound);
    let sections: Vec<SectionJson> = music
        .sections
        .iter()
        .zip(ends)
        .map(|(start, end)| section(secs(*start), secs(end)))
        .collect();
    Heard {
        frames: Some(measurement.length.get()),
        sample_rate: Some(rate.get()),
        lufs: measurement.loudness,
        true_peak_dbtp: measurement.true_peak,
        lra: measurement.range,
        momentary_max: measurement.momentary_max,
        first_sound: measurement.first_sound.map(secs),
        last_sound: measurement.last_sound.map(secs),
        bpm: bpm.map(|bpm| bpm.value.to_f64()),
        bpm_source: bpm.map(|bpm| source(bpm.source)),
        bpm_confidence: rhythm.map(|rhythm| rhythm.confidence),
        bpm_steady: rhythm.map(|rhythm| rhythm.is_steady),
        beats: rhythm.map(|rhythm| all(&rhythm.beats)),
        downbeats: rhythm.map(|rhythm| all(&rhythm.downbeats)),
        downbeat_confidence: rhythm.map(|rhythm| rhythm.bar_confidence),
        key: key.map(|key| key.value.to_string()),
        key_source: key.map(|key| source(key.source)),
        key_confidence: music.key.map(|found| found.confidence),
        sections: (!sections.is_empty()).then_some(sections),
        lift: music.lift.map(secs),
        quietest: music
            .quietest
            .map(|(from, to)| section(secs(from), secs(to))),
        ending: music.ending.map(ending),
        damaged: measurement.n_damaged,
        vocal,
    }
}

fn section(start: f64, end: f64) -> SectionJson {
    SectionJson { start, end }
}

impl Facts for Heard {
    fn line(&self) -> String {
        let mut facts = Vec::new();
        if let (Some(frames), Some(rate)) = (self.frames, self.sample_rate) {
            facts.push(length(frames as f64 / f64::from(rate)));
        }
        facts.extend(self.lufs.map(|lufs| format!("{lufs:.1} LUFS")));
        facts.extend(self.true_peak_dbtp.map(|peak| format!("{peak:.1} dBTP")));
        let sign = |source: Option<&str>| match source {
            Some("estimate") => "≈ ",
            _ => "",
        };
        let bpm = |bpm: f64| format!("{}{bpm:.1} BPM", sign(self.bpm_source));
        facts.extend(self.bpm.map(bpm));
        let key = |key: &String| format!("{}{key}", sign(self.key_source));
        facts.extend(self.key.as_ref().map(key));
        facts.join(", ")
    }
}
