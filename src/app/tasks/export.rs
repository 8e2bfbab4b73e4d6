//! Writing a scene as a sound file, faster than real time.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::app::render::{Mix, RenderError, Rendered};
use crate::app::sounds::SoundFiles;
use crate::audio;
use crate::audio::Group;
use crate::audio::OpenSound;
use crate::audio::Program;
use crate::media::BroadcastInfo;
use crate::media::StereoFrame;
use crate::media::WaveWriter;
use crate::time::SampleRate;
use crate::time::TickSpan;

/// The rate of picture.
pub(in crate::app) const RATE: SampleRate = SampleRate::HZ_48000;

/// Everything a scene is written from, so that it can be written anywhere, at any time.
#[derive(Clone, Debug)]
pub(in crate::app) struct RenderOrder {
    pub(in crate::app) music: Program,
    pub(in crate::app) guide: Program,
    /// Which of both is turned down while the other sounds, where both are heard.
    pub(in crate::app) ducked: Option<Group>,
    pub(in crate::app) span: TickSpan,
    pub(in crate::app) mix: Mix,
    pub(in crate::app) origin: BroadcastInfo,
}

impl RenderOrder {
    /// Writes the file from what `sounds` opens. `tell` is told now and then which share of it is done, and `is_cancelled`
    /// is asked as often.
    ///
    /// # Errors
    ///
    /// Fails when it was called off or the file cannot be written; what was written of it then
    /// does not take the place of a file that was there.
    pub(in crate::app) fn write(
        &self,
        path: &Path,
        sounds: SoundFiles,
        mut tell: impl FnMut(f32),
        is_cancelled: impl Fn() -> bool,
    ) -> Result<Rendered, RenderError> {
        let failed = |source| RenderError::Write {
            path: path.display().to_string(),
            source,
        };
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let part_file =
            tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
        let mut wave = Wave::new(part_file.as_file(), &self.origin).map_err(failed)?;
        // Decoded sound is read in one thread here, so what nobody hears is not decoded.
        let silence = Program::default();
        let both = self.both();
        let [music, guide] = match self.mix {
            Mix::Music => [&self.music, &silence],
            Mix::Guide => [&silence, &self.guide],
            // On one bus, so that the one makes room for the other.
            Mix::Both => [&both, &silence],
            Mix::Split => [&self.music, &self.guide],
        };
        let opener: Arc<dyn OpenSound> = Arc::new(sounds);
        let all = RATE.nearest_samples(self.span.length()).get().max(1) as f32;
        let mut n_done = 0;
        let mut mixed: Vec<StereoFrame> = Vec::new();
        let rendered = audio::render_together(
            [music, guide],
            self.span,
            RATE,
            &opener,
            |[music, guide]| {
                let frames = music.iter().zip(guide);
                mixed.clear();
                mixed.extend(frames.map(|(music, guide)| self.mix.of(*music, *guide)));
                wave.write(&mixed);
                n_done += mixed.len();
                tell((n_done as f32 / all).min(1.0));
            },
            is_cancelled,
        );
        let rendered = rendered.map_err(|_cancelled| RenderError::Cancelled)?;
        wave.finish().map_err(failed)?;
        part_file
            .persist(path)
            .map_err(|error| failed(error.error))?;
        let missing = rendered.failed.into_iter().map(|(id, why)| {
            let mut parts = both.parts.iter();
            let file = parts.find(|part| part.id == id);
            let file = file.map(|part| part.sound.path().display().to_string());
            (file.unwrap_or_default(), why)
        });
        Ok(Rendered {
            rate: RATE,
            length: rendered.length,
            time_reference: self.origin.time_reference,
            missing: missing.collect(),
        })
    }
}

impl RenderOrder {
    /// Music and guide as they are auditioned.
    fn both(&self) -> Program {
        let parts = self.music.parts.iter().chain(&self.guide.parts);
        Program {
            parts: parts.cloned().collect(),
            ducked: self.ducked,
            ..Program::default()
        }
    }
}

/// A WAV file that is being written. The first error is kept until the end.
struct Wave<'a> {
    writer: WaveWriter<&'a File>,
    error: Option<io::Error>,
}

impl<'a> Wave<'a> {
    fn new(file: &'a File, origin: &BroadcastInfo) -> io::Result<Self> {
        Ok(Self {
            writer: WaveWriter::new(file, RATE, origin)?,
            error: None,
        })
    }

    fn write(&mut self, frames: &[StereoFrame]) {
        if self.error.is_none() {
            self.error = self.writer.write(frames).err();
        }
    }

    fn finish(self) -> io::Result<()> {
        match self.error {
            Some(error) => Err(error),
            None => self.writer.finish(),
        }
    }
}
