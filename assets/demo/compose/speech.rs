//! Speech by external programs: `espeak-ng` for syllables that are sung, and the `flite` filter of
//! `ffmpeg` for dialogue, whose voices tire the ear less.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::encode::run;
use crate::error::{Error, Result};

/// A way of speaking.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker {
    /// The speech program's name of the voice.
    pub(crate) voice: &'static str,
    /// Pitch, 0 to 99.
    pub(crate) pitch: u8,
    /// Words a minute.
    pub(crate) speed: u16,
}

/// A sound of speech and its sampling rate. What was said once is remembered.
type Said = (Rc<Vec<f32>>, f32);

/// The speech programs.
#[derive(Debug)]
pub(crate) struct Voices {
    scratch: PathBuf,
    said: RefCell<BTreeMap<String, Said>>,
}

impl Voices {
    /// Voices that keep their temporary files in a folder.
    pub(crate) fn new(scratch: PathBuf) -> Self {
        Self {
            scratch,
            said: RefCell::default(),
        }
    }

    /// Has a syllable or word spoken by `espeak-ng`.
    pub(crate) fn say(&self, text: &str, speaker: &Speaker) -> Result<Said> {
        let path = self.scratch.join("say.wav");
        let (pitch, speed) = (speaker.pitch.to_string(), speaker.speed.to_string());
        let arguments = [
            "-v",
            speaker.voice,
            "-p",
            &pitch,
            "-s",
            &speed,
            "-z",
            "-w",
            &path.to_string_lossy(),
            text,
        ];
        self.remember(text, "espeak-ng", &arguments, &path)
    }

    /// Has a line of dialogue spoken by a voice of `flite`.
    pub(crate) fn tell(&self, text: &str, voice: &str) -> Result<Said> {
        let path = self.scratch.join("tell.wav");
        let lines = self.scratch.join("line.txt");
        std::fs::write(&lines, text).map_err(Error::file(&lines))?;
        let source = format!("flite=voice={voice}:textfile='{}'", lines.to_string_lossy());
        let arguments = [
            "-loglevel",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            &source,
            &path.to_string_lossy(),
        ];
        self.remember(text, "ffmpeg", &arguments, &path)
    }

    fn remember(&self, text: &str, tool: &str, arguments: &[&str], path: &Path) -> Result<Said> {
        let key = format!("{text}\n{}", arguments.join("\n"));
        if let Some(said) = self.said.borrow().get(&key) {
            return Ok(said.clone());
        }
        run(tool, arguments)?;
        let (samples, rate) = read_wav(path)?;
        let said = (Rc::new(samples), rate);
        self.said.borrow_mut().insert(key, said.clone());
        Ok(said)
    }
}

/// Reads a mono 16-bit WAV file.
fn read_wav(path: &Path) -> Result<(Vec<f32>, f32)> {
    let mut reader = hound::WavReader::open(path).map_err(Error::wav(path))?;
    let rate = reader.spec().sample_rate as f32;
    let samples: std::result::Result<Vec<f32>, hound::Error> = reader
        .samples::<i16>()
        .map(|sample| sample.map(|value| f32::from(value) / 32_768.0))
        .collect();
    Ok((samples.map_err(Error::wav(path))?, rate))
}
