//! Writing what auditioning would play: the same program on the same bus, faster than real time.

use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use super::App;
use super::engine_player::SoundFiles;
use super::transport::program;
use super::transport::program::Hearing;
use crate::audio;
use crate::audio::Group;
use crate::media::StereoFrame;
use crate::model::AlternateId;
use crate::model::CutAt;
use crate::model::SceneId;
use crate::time::SampleRate;
use crate::time::Samples;

/// The rate of picture.
const RATE: SampleRate = SampleRate::HZ_48000;
const BITS: u16 = 24;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Its rate.
    pub rate: SampleRate,
    /// Its length.
    pub length: Samples,
    /// What could not be read and is missing from it, by its file, and why.
    pub missing: Vec<(String, String)>,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The scene is gone.
    #[error("the scene no longer exists")]
    Gone,
    /// The file could not be written.
    #[error("the file could not be written ({source}): {path}")]
    Write {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
}

impl App {
    /// Renders a scene from its in to its out point, music only, with the pick of its slot or
    /// another alternate, into a 24-bit WAV file at 48 kHz. Blocks until it is done.
    ///
    /// # Errors
    ///
    /// Fails when the scene is gone or the file cannot be written; what was written of it then
    /// does not take the place of a file that was there.
    pub fn render_scene(
        &self,
        at: CutAt,
        scene: SceneId,
        alternate: Option<AlternateId>,
        path: &Path,
    ) -> Result<Rendered, RenderError> {
        let sources = self.sources().ok_or(RenderError::Gone)?;
        let cut = sources.show.cut(at).ok_or(RenderError::Gone)?;
        let span = cut.scene(scene).ok_or(RenderError::Gone)?.span;
        let track = alternate.and_then(|id| {
            let slots = cut.slots().into_iter();
            let mut found = slots.filter_map(|(_, slot)| slot.alternate(id));
            found.next().map(|alternate| alternate.track)
        });
        let hearing = Hearing {
            armed: Some(scene),
            trial: track,
            is_looping: false,
        };
        let mut heard = program::audition(sources, at, hearing).ok_or(RenderError::Gone)?;
        heard.parts.retain(|part| part.group == Group::Music);
        let failed = |source| RenderError::Write {
            path: path.display().to_string(),
            source,
        };
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let part_file =
            tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
        let mut wave = Wave::new(part_file.as_file()).map_err(failed)?;
        let rendered = audio::render(
            &heard,
            span,
            RATE,
            Arc::new(SoundFiles),
            |frames| wave.write(frames),
            || false,
        );
        // It is never called off here.
        let rendered = rendered.map_err(|_cancelled| RenderError::Gone)?;
        wave.finish().map_err(failed)?;
        part_file
            .persist(path)
            .map_err(|error| failed(error.error))?;
        let missing = rendered.failed.into_iter().map(|(id, why)| {
            let part = heard.parts.iter().find(|part| part.id == id);
            let file = part.map(|part| part.sound.path().display().to_string());
            (file.unwrap_or_default(), why)
        });
        Ok(Rendered {
            rate: RATE,
            length: rendered.length,
            missing: missing.collect(),
        })
    }
}

/// A WAV file that is being written. The first error is kept until the end.
struct Wave<'a> {
    writer: hound::WavWriter<BufWriter<&'a File>>,
    error: Option<hound::Error>,
}

impl<'a> Wave<'a> {
    fn new(file: &'a File) -> io::Result<Self> {
        let spec = hound::WavSpec {
            channels: 2,
            sample_rate: RATE.get(),
            bits_per_sample: BITS,
            sample_format: hound::SampleFormat::Int,
        };
        let writer = hound::WavWriter::new(BufWriter::new(file), spec).map_err(to_io)?;
        Ok(Self {
            writer,
            error: None,
        })
    }

    fn write(&mut self, frames: &[StereoFrame]) {
        const FULL: f32 = (1 << (BITS - 1)) as f32 - 1.0;
        for sample in frames.as_flattened() {
            let whole = (sample.clamp(-1.0, 1.0) * FULL).round() as i32;
            if self.error.is_none() {
                self.error = self.writer.write_sample(whole).err();
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self.error {
            Some(error) => Err(to_io(error)),
            None => self.writer.finalize().map_err(to_io),
        }
    }
}

fn to_io(error: hound::Error) -> io::Error {
    match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    }
}
