//! ffmpeg as a helper, where it is installed: for sound that is not read here, most of it in films.
//!
//! It is another process, so what it does with a strange file it does to itself. It writes one
//! copy: stereo, lossless, at the film's own rate, whose first sample is the film's first moment.
//! From then on the copy is played like any other file. The film itself is only ever read.

mod about;
mod system;

use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

pub use self::about::ForeignSound;
use self::system::SystemTools;
use super::bytes::Bytes;
use super::error::OpenError;
use super::file::SoundFile;
use super::flac;

/// The version under which copies are kept: it grows when they are made in another way.
pub const COPY_VERSION: u32 = 1;

/// What the name of a codec ends with that this program does not read itself.
pub const READ_BY_HELPER: &str = ", read by ffmpeg";

/// Copies are this much quieter than the film, and are played as much louder. Six channels at full
/// scale fold down to more than full scale, which a file of whole numbers has no room for.
const HEADROOM: f32 = 4.0;
/// The largest copy that is kept, in bytes: some three hours that nothing can compress.
const MAX_COPY: u64 = 3 << 30;
/// The longest sentence of ffmpeg's that is passed on, in letters.
const MAX_SAID: usize = 300;

/// The programs that come with ffmpeg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Decodes.
    Ffmpeg,
    /// Tells what is in a file.
    Ffprobe,
}

/// What comes from a program while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard<'a> {
    /// A line of its result.
    Result(&'a str),
    /// A line of what it has to say.
    Remark(&'a str),
    /// Nothing for a moment.
    Nothing,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It did what it was asked.
    Well,
    /// It did not.
    Badly,
    /// It was stopped.
    Stopped,
}

/// Runs the programs that come with ffmpeg.
pub trait Tools: Send + Sync {
    /// Runs one to its end. It gets no input. `hear` is given every line, and is asked some times a
    /// second whether to go on; where it is not, the program is killed.
    ///
    /// # Errors
    ///
    /// Fails when the program is not there or cannot be started.
    fn run(
        &self,
        tool: Tool,
        arguments: &[OsString],
        hear: &mut dyn FnMut(Heard<'_>) -> ControlFlow<()>,
    ) -> Result<Ended, HelperError>;
}

/// Why the helper was no help. What it was asked to read stands before it: "AC-3 sound needs
/// ffmpeg, …".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HelperError {
    /// It is not there. What installs it is named.
    #[error("needs ffmpeg, which is not installed: {0}, then choose the file again")]
    NotInstalled(String),
    /// It is not where it was said to be.
    #[error("needs ffmpeg, which is not where {} says: {}", system::NAMED_BY, .0.display())]
    NotThere(PathBuf),
    /// It was asked to stop.
    #[error("was not read to its end, because that was called off")]
    Stopped,
    /// It finds no sound in the file.
    #[error("cannot be heard: ffmpeg finds no sound in it")]
    NoSound,
    /// It cannot read the file either, in its own words.
    #[error("cannot be read by ffmpeg either, which says: {0}")]
    Refused(String),
    /// What it makes is too large to be kept.
    #[error("is too long to be decoded: over {} GB", MAX_COPY >> 30)]
    TooLong,
    /// The copy cannot be written, or the program not be started.
    #[error("could not be decoded by ffmpeg: {0}")]
    System(String),
}

/// ffmpeg, if it is there.
#[derive(Clone)]
pub struct Helper {
    tools: Arc<dyn Tools>,
}

impl std::fmt::Debug for Helper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Helper").finish_non_exhaustive()
    }
}

impl Helper {
    /// The one that is installed: looked for whenever it is needed, so that installing it is
    /// enough.
    pub fn installed() -> Self {
        Self::of(Arc::new(SystemTools))
    }

    /// One whose programs are run by `tools`.
    pub fn of(tools: Arc<dyn Tools>) -> Self {
        Self { tools }
    }

    /// Asks what the first track of sound in a file is. Blocking; for worker threads only.
    ///
    /// # Errors
    ///
    /// Fails when ffmpeg is not there, finds no sound, or was stopped.
    pub fn ask(
        &self,
        path: &Path,
        go_on: &mut dyn FnMut(f32) -> ControlFlow<()>,
    ) -> Result<ForeignSound, HelperError> {
        let mut arguments = about::questions();
        arguments.extend([OsString::from("-i"), file_url(path)]);
        let mut answer = String::new();
        let mut said = Said::default();
        let ended = self.tools.run(Tool::Ffprobe, &arguments, &mut |heard| {
            match heard {
                Heard::Result(line) if answer.len() < about::MAX_ANSWER => {
                    answer.push_str(line);
                    answer.push('\n');
                }
                Heard::Result(_) | Heard::Nothing => {}
                Heard::Remark(line) => said.keep(line, path),
            }
            go_on(0.0)
        })?;
        match ended {
            Ended::Well => about::read(&answer).ok_or(HelperError::NoSound),
            Ended::Badly => Err(said.refusal()),
            Ended::Stopped => Err(HelperError::Stopped),
        }
    }

    /// Writes the copy of a film's sound to the file `to`, in place of what is there. `go_on` is
    /// told which share of it is done. Blocking; for worker threads only.
    ///
    /// # Errors
    ///
    /// Fails when ffmpeg is not there, cannot read the film, or was stopped, and when the copy
    /// cannot be written; what is at `to` is of no use then.
    pub fn decode(
        &self,
        path: &Path,
        sound: &ForeignSound,
        to: &Path,
        go_on: &mut dyn FnMut(f32) -> ControlFlow<()>,
    ) -> Result<(), HelperError> {
        let arguments = decoding(path, sound, to);
        let mut said = Said::default();
        let mut share = 0.0;
        let ended = self.tools.run(Tool::Ffmpeg, &arguments, &mut |heard| {
            match heard {
                Heard::Result(line) => share = sound.share(line).unwrap_or(share),
                Heard::Remark(line) => said.keep(line, path),
                Heard::Nothing => {}
            }
            go_on(share)
        })?;
        match ended {
            Ended::Well => {}
            Ended::Badly => return Err(said.refusal()),
            Ended::Stopped => return Err(HelperError::Stopped),
        }
        let written = fs::metadata(to).map_err(|error| HelperError::System(error.to_string()))?;
        match written.len() {
            0 => Err(said.refusal()),
            bytes if bytes >= MAX_COPY => Err(HelperError::TooLong),
            _ => Ok(()),
        }
    }
}

/// Opens a copy that [`Helper::decode`] wrote, as loud as the film.
///
/// # Errors
///
/// Fails when it cannot be read, or is none.
pub fn open_copy(path: &Path) -> Result<SoundFile, OpenError> {
    let bytes = Bytes::open(path)?;
    let stream = flac::open(bytes, 0, HEADROOM).map_err(|fault| fault.of(path))?;
    Ok(SoundFile::new(stream))
}

/// What ffmpeg is told to do.
fn decoding(path: &Path, sound: &ForeignSound, to: &Path) -> Vec<OsString> {
    // Of one channel ffmpeg would take 3 dB when it makes two of it; this program does not.
    let layout = if sound.channels == 1 {
        "mono"
    } else {
        "stereo"
    };
    // In floating point nothing is scaled down to fit. The first filter puts silence before a
    // sound that begins late, takes off what lies before the film's first moment, and fills gaps.
    let filters = format!(
        "aresample=async=1:min_comp=0.000001:first_pts={},\
         aformat=sample_fmts=fltp:channel_layouts={layout},\
         volume={}:precision=float",
        sound.first_sample(),
        1.0 / HEADROOM,
    );
    let mut all: Vec<OsString> = Vec::new();
    let mut add = |words: &[&str]| all.extend(words.iter().map(OsString::from));
    add(&["-nostdin", "-hide_banner", "-nostats", "-v", "error", "-y"]);
    add(&["-progress", "pipe:1"]);
    // Times are left as the file counts them, and nothing but the file is opened.
    add(&["-copyts", "-protocol_whitelist", "file"]);
    if sound.has_dynamics() {
        // The mix as it was made, not as it is squeezed for a living room at night.
        add(&["-drc_scale", "0"]);
    }
    add(&["-i"]);
    all.push(file_url(path));
    let mut add = |words: &[&str]| all.extend(words.iter().map(OsString::from));
    add(&["-map", "0:a:0", "-vn", "-sn", "-dn"]);
    add(&["-map_metadata", "-1", "-map_chapters", "-1"]);
    add(&["-af", &filters, "-c:a", "flac", "-sample_fmt", "s32"]);
    add(&["-bits_per_raw_sample", "24", "-fflags", "+bitexact"]);
    add(&["-fs", &MAX_COPY.to_string(), "-f", "flac"]);
    all.push(file_url(to));
    all
}

/// A path in the one form in which no letter of it means anything to ffmpeg.
fn file_url(path: &Path) -> OsString {
    let mut url = OsString::from("file:");
    url.push(path);
    url
}

/// What ffmpeg said last.
#[derive(Debug, Default)]
struct Said(String);

impl Said {
    fn keep(&mut self, line: &str, path: &Path) {
        // "[matroska @ 0x55d0] what it is about", "file:/films/a.mkv: what is wrong".
        let line = match line.split_once("] ") {
            Some((about, rest)) if about.starts_with('[') => rest,
            _ => line,
        };
        let file = format!("file:{}: ", path.display());
        let line = line.strip_prefix(&file).unwrap_or(line).trim();
        if !line.is_empty() && line != "Conversion failed!" {
            self.0 = line.chars().take(MAX_SAID).collect();
        }
    }

    fn refusal(self) -> HelperError {
        HelperError::Refused(if self.0.is_empty() {
            "nothing".to_owned()
        } else {
            self.0
        })
    }
}
