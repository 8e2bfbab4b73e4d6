//! `analyze`: what sound files sound like.

use std::io::Write;
use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;
use serde::Serialize;

use super::Failure;
use super::args::Analyze;
use super::json::source;
use super::text::{Output, length};
use crate::analysis;
use crate::analysis::Measurement;
use crate::app::SoundFiles;
use crate::media::Sound;
use crate::media::Tags;
use crate::model::Bpm;
use crate::model::Ending;
use crate::model::Given;
use crate::model::Key;
use crate::model::Percent;
use crate::time::SampleRate;
use crate::time::Samples;

/// One file, as `analyze` prints it. Times are in seconds. Where `ok` is false, only `path` and
/// `error` mean anything.
#[derive(Debug, Default, Serialize)]
struct Row {
    path: String,
    ok: bool,
    error: Option<String>,
    frames: Option<i64>,
    sample_rate: Option<u32>,
    lufs: Option<f64>,
    true_peak_dbtp: Option<f64>,
    lra: Option<f64>,
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
    /// Where there is singing; not estimated yet.
    vocal: Option<Vec<SectionJson>>,
    /// How many places were damaged and passed over.
    damaged: u32,
}

#[derive(Debug, Serialize)]
struct SectionJson {
    start: f64,
    end: f64,
}

/// Prints what the files sound like, measured on as many cores as there are. Fails in part when one
/// of them cannot be.
pub(super) fn run(args: &Analyze, sounds: &SoundFiles, out: &mut dyn Write) -> Result<(), Failure> {
    let rows: Vec<Row> = args
        .files
        .par_iter()
        .map(|path| row(path, sounds))
        .collect();
    let lines = rows.iter().map(line);
    Output::new(out, args.json).print(&rows, lines)?;
    if rows.iter().all(|row| row.ok) {
        Ok(())
    } else {
        Err(Failure::InPart)
    }
}

fn row(path: &Path, sounds: &SoundFiles) -> Row {
    // A file that makes a decoder panic costs only itself.
    let measured = catch_unwind(AssertUnwindSafe(|| measured(path, sounds)));
    let name = path.display().to_string();
    match measured.unwrap_or_else(|_panic| Err("it cannot be decoded".to_owned())) {
        Ok(row) => Row { path: name, ..row },
        Err(why) => Row {
            path: name,
            error: Some(why),
            ..Row::default()
        },
    }
}

fn measured(path: &Path, sounds: &SoundFiles) -> Result<Row, String> {
    let mut sound = sounds.sound(path)?;
    let rate = sound.rate();
    let measurement = analysis::measure(&mut sound, &mut |_| ControlFlow::Continue(()))
        .map_err(|error| error.to_string())?;
    let tags = sounds.about(path).map(|probed| probed.tags);
    Ok(read(rate, measurement, &tags.unwrap_or_default()))
}

fn read(rate: SampleRate, measurement: Measurement, tags: &Tags) -> Row {
    let secs = |at: Samples| at.get() as f64 / f64::from(rate.get());
    let all = |times: &[Samples]| -> Vec<f64> { times.iter().copied().map(secs).collect() };
    let music = measurement.music;
    let rhythm = music.rhythm.as_ref();
    let tagged_bpm = tags.bpm.and_then(|bpm| Bpm::nearest_to(f64::from(bpm)));
    let estimated_bpm = rhythm.and_then(|rhythm| {
        let confidence = Percent::nearest_to(rhythm.confidence);
        Some(Given::estimate(Bpm::nearest_to(rhythm.bpm)?, confidence))
    });
    let bpm = tagged_bpm.map(Given::tagged).or(estimated_bpm);
    let tagged_key: Option<Key> = tags.key.parse().ok();
    let estimated_key = music
        .key
        .map(|found| Given::estimate(found.key, Percent::nearest_to(found.confidence)));
    let key = tagged_key.map(Given::tagged).or(estimated_key);
    let ends = music.sections.iter().skip(1).copied();
    let ends = ends.chain(measurement.last_sound);
    let sections: Vec<SectionJson> = music
        .sections
        .iter()
        .zip(ends)
        .map(|(start, end)| section(secs(*start), secs(end)))
        .collect();
    Row {
        ok: true,
        frames: Some(measurement.length.get()),
        sample_rate: Some(rate.get()),
        lufs: measurement.loudness,
        true_peak_dbtp: measurement.true_peak,
        lra: measurement.range,
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
        ending: music.ending.map(|ending| match ending {
            Ending::Hard => "hard",
            Ending::RingingOut => "ringing_out",
        }),
        damaged: measurement.n_damaged,
        ..Row::default()
    }
}

fn section(start: f64, end: f64) -> SectionJson {
    SectionJson { start, end }
}

fn line(row: &Row) -> String {
    if let Some(error) = &row.error {
        return format!("{}: {error}", row.path);
    }
    let mut facts = Vec::new();
    if let (Some(frames), Some(rate)) = (row.frames, row.sample_rate) {
        facts.push(length(frames as f64 / f64::from(rate)));
    }
    facts.extend(row.lufs.map(|lufs| format!("{lufs:.1} LUFS")));
    facts.extend(row.true_peak_dbtp.map(|peak| format!("{peak:.1} dBTP")));
    let sign = |source: Option<&str>| {
        if source == Some("estimate") {
            "≈ "
        } else {
            ""
        }
    };
    facts.extend(
        row.bpm
            .map(|bpm| format!("{}{bpm:.1} BPM", sign(row.bpm_source))),
    );
    facts.extend(
        row.key
            .iter()
            .map(|key| format!("{}{key}", sign(row.key_source))),
    );
    format!("{}: {}", row.path, facts.join(", "))
}
