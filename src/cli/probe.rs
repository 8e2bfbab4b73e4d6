//! `probe`: what sound files are.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::Map;
use serde_json::Value;

use super::Failure;
use super::args::Probe;
use super::files;
use super::files::{Facts, FileRow};
use super::text::length;
use crate::app::SoundFiles;
use crate::media::Exactness;
use crate::media::Probed;
use crate::time::Samples;
use crate::time::Ticks;

/// One file, as `probe` prints it.
#[derive(Debug, Default, Serialize)]
struct About {
    frames: Option<i64>,
    sample_rate: Option<u32>,
    seconds: Option<f64>,
    exact: bool,
    channels: Option<u16>,
    bits: Option<u16>,
    codec: Option<String>,
    container: Option<String>,
    trimmed_start: Option<i64>,
    trimmed_end: Option<i64>,
    /// Seconds from midnight to the first sample, where the file has a timecode.
    begins: Option<f64>,
    title: Option<String>,
    artist: Option<String>,
    album: Option<String>,
    tags: Map<String, Value>,
}

/// Prints what the files are. Fails in part when one of them is no sound.
pub(super) fn run(args: &Probe, sounds: &SoundFiles, out: &mut dyn Write) -> Result<(), Failure> {
    let row = |path: &PathBuf| FileRow::new(path, sounds.about(path).map(read));
    let rows: Vec<FileRow<About>> = args.files.iter().map(row).collect();
    files::print(&rows, out, args.json)
}

fn read(probed: Probed) -> About {
    let facts = probed.facts;
    let seconds = facts
        .length
        .map(|length| length.get() as f64 / f64::from(facts.rate.get()));
    let tags = probed.tags;
    let mut more = Map::new();
    let mut add = |name: &str, value: Value| {
        let is_empty = value.is_null() || value == Value::String(String::new());
        if !is_empty {
            more.insert(name.to_owned(), value);
        }
    };
    add("album_artist", tags.album_artist.into());
    add("publisher", tags.publisher.into());
    add("label", tags.label.into());
    add("isrc", tags.isrc.into());
    add("year", tags.year.into());
    add("genre", tags.genre.into());
    add("comment", tags.comment.into());
    add("bpm", tags.bpm.into());
    add("key", tags.key.into());
    add("language", tags.language.into());
    if !tags.writers.is_empty() {
        let writers = tags.writers.iter().map(|writer| {
            serde_json::json!({ "name": writer.name, "role": format!("{:?}", writer.role).to_lowercase() })
        });
        add("writers", Value::Array(writers.collect()));
    }
    if !tags.lyrics.is_empty() {
        let lines = tags.lyrics.iter().map(|line| {
            let at = line.at.map(Ticks::to_secs_f64);
            serde_json::json!({ "at": at, "text": line.text })
        });
        add("lyrics", Value::Array(lines.collect()));
    }
    for (name, value) in tags.others {
        add(&name, value.into());
    }
    About {
        frames: facts.length.map(Samples::get),
        sample_rate: Some(facts.rate.get()),
        seconds,
        exact: facts.exactness == Exactness::Exact,
        channels: Some(facts.channels),
        bits: facts.bits,
        codec: Some(facts.codec.to_string()),
        container: Some(facts.container.to_string()),
        trimmed_start: Some(facts.trimmed_start.get()),
        trimmed_end: Some(facts.trimmed_end.get()),
        begins: probed.begins.map(Ticks::to_secs_f64),
        title: Some(tags.title),
        artist: Some(tags.artist),
        album: Some(tags.album),
        tags: more,
    }
}

impl Facts for About {
    fn line(&self) -> String {
        let about = if self.exact { "" } else { "about " };
        format!(
            "{about}{}, {} in {}, {} Hz, {} channels, {} + {} samples trimmed",
            length(self.seconds.unwrap_or_default()),
            self.codec.as_deref().unwrap_or_default(),
            self.container.as_deref().unwrap_or_default(),
            self.sample_rate.unwrap_or_default(),
            self.channels.unwrap_or_default(),
            self.trimmed_start.unwrap_or_default(),
            self.trimmed_end.unwrap_or_default(),
        )
    }
}
