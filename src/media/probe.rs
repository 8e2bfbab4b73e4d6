//! Everything there is to know of a sound file without playing it.

use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use super::bext;
use super::bext::BroadcastInfo;
use super::bytes::Bytes;
use super::error::Fault;
use super::error::OpenError;
use super::facts::Codec;
use super::facts::Exactness;
use super::facts::SoundFacts;
use super::file::SoundFile;
use super::helper::ForeignSound;
use super::helper::READ_BY_HELPER;
use super::helper::open_copy;
use super::ixml;
use super::kind;
use super::kind::Kind;
use super::mp4::timecode;
use super::sound::Sound;
use super::tags;
use super::tags::TagTexts;
use super::tags::Tags;
use super::text;
use crate::time::Samples;
use crate::time::Ticks;

/// The longest lyric file that is read.
const MAX_LYRIC: u64 = 1024 * 1024;
/// The largest picture that is handed on.
const MAX_PICTURE: usize = 16 * 1024 * 1024;
/// How much is decoded at once to find out a length.
const FRAMES_AT_ONCE: usize = 16_384;

/// Where a title comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleSource {
    /// The file's tags.
    Tag,
    /// The file's name, because its tags have none.
    FileName,
}

/// What was found out about a sound file.
#[derive(Clone, Debug, PartialEq)]
pub struct Probed {
    /// What it is, its exact length included.
    pub facts: SoundFacts,
    /// What it says of its music. The title is never empty.
    pub tags: Tags,
    /// Where the title comes from.
    pub title_source: TitleSource,
    /// What a broadcast WAVE file says of its origin.
    pub broadcast: Option<BroadcastInfo>,
    /// When the first sample was heard, counted from midnight, where the file says so: a broadcast
    /// WAVE file by its `bext` chunk, a film by its timecode track.
    pub begins: Option<Ticks>,
    /// The size of the file in bytes.
    pub size: u64,
}

/// A picture that goes with a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artwork {
    /// The picture's own bytes.
    pub bytes: Vec<u8>,
    /// Their media type, such as "image/jpeg"; empty when the file does not say.
    pub media_type: String,
}

/// Finds out what a sound file is, how long it is, and what it says of its music. Pictures are not
/// looked at; [`artwork`] does that, for one file at a time.
///
/// Where the header only estimates the length everything is decoded to count it. Blocking; for
/// worker threads only.
///
/// # Errors
///
/// Fails when the file cannot be read, is empty, or is not sound that can be played. Damaged tags
/// are no error.
pub fn probe(path: &Path) -> Result<Probed, OpenError> {
    let mut bytes = Bytes::open(path)?;
    let fault = |fault: Fault| fault.of(path);
    let kind = kind::sniff(&mut bytes).map_err(fault)?;
    // What the file says of itself first: its beginning is at hand now, and whatever reads the
    // sound keeps the file.
    let said = Said::read(&mut bytes, Some(kind));
    let mut stream = kind::open_as(bytes, kind).map_err(fault)?;
    if stream.facts.exactness == Exactness::Estimated {
        stream = stream.made_ready().map_err(fault)?;
    }
    let mut sound = SoundFile::new(stream);
    if sound.facts().exactness == Exactness::Estimated {
        count(&mut sound);
    }
    Ok(said.about(path, sound.facts().clone()))
}

/// Finds out the same of a file whose sound ffmpeg reads: `sound` is what it says of it, and
/// `copy` what it made of it.
///
/// # Errors
///
/// Fails when the file or the copy cannot be read.
pub fn probe_foreign(path: &Path, sound: &ForeignSound, copy: &Path) -> Result<Probed, OpenError> {
    let mut bytes = Bytes::open(path)?;
    let kind = kind::sniff(&mut bytes).ok();
    // Bits and all: they are the film's, and what is played are the copy's.
    let bits = sound
        .bits
        .map_or_else(String::new, |bits| format!(" {bits}"));
    let facts = SoundFacts {
        container: sound.container,
        codec: Codec::Other(format!("{}{bits}{READ_BY_HELPER}", sound.codec)),
        channels: sound.channels,
        bits: None,
        ..open_copy(copy)?.facts().clone()
    };
    let mut probed = Said::read(&mut bytes, kind).about(path, facts);
    let begins = sound.begins.filter(|begins| *begins > Ticks::ZERO);
    probed.begins = probed.begins.or(begins);
    Ok(probed)
}

/// What a file says of itself besides its sound.
struct Said {
    texts: TagTexts,
    broadcast: Option<BroadcastInfo>,
    /// When the first sample was heard, by a film's timecode or a recorder's own notes.
    begins: Option<Ticks>,
    size: u64,
}

impl Said {
    fn read(bytes: &mut Bytes, kind: Option<Kind>) -> Self {
        let texts = kind.map(|kind| tags::collect(bytes, kind));
        let broadcast = match kind {
            Some(Kind::Wav) => bext::read(bytes).unwrap_or(None),
            _ => None,
        };
        let begins = match kind {
            Some(Kind::Mp4) => timecode::begins(bytes).unwrap_or(None),
            Some(Kind::Wav) => ixml::begins(bytes).unwrap_or(None),
            _ => None,
        };
        Self {
            texts: texts.unwrap_or_default(),
            broadcast,
            begins,
            size: bytes.len(),
        }
    }

    /// What there is to know of the file at `path`, whose sound is this.
    fn about(self, path: &Path, facts: SoundFacts) -> Probed {
        let sidecar = sidecar(path);
        let mut tags = Tags::from_texts(self.texts, sidecar.as_deref());
        let mut title_source = TitleSource::Tag;
        if tags.title.is_empty() {
            title_source = TitleSource::FileName;
            tags.title = name_of(path);
        }
        // Midnight is what programs write that do not know, and counts as nothing.
        let is_told = |begins: &Ticks| *begins > Ticks::ZERO;
        let broadcast = self.broadcast.as_ref();
        let by_broadcast = broadcast
            .map(|broadcast| facts.rate.nearest_ticks(broadcast.time_reference))
            .filter(is_told);
        Probed {
            begins: by_broadcast.or(self.begins).filter(is_told),
            facts,
            tags,
            title_source,
            broadcast: self.broadcast,
            size: self.size,
        }
    }
}

/// The picture on the front of a recording, or whatever picture it has; none where it has none, or
/// one over 16 MB.
///
/// # Errors
///
/// Fails when the file cannot be read, is empty, or is no sound.
pub fn artwork(path: &Path) -> Result<Option<Artwork>, OpenError> {
    let mut bytes = Bytes::open(path)?;
    let fault = |fault: Fault| fault.of(path);
    let kind = kind::sniff(&mut bytes).map_err(fault)?;
    let stream = kind::open_stream(Bytes::open(path)?).map_err(fault)?;
    let picture = tags::picture(&mut bytes, kind, &stream.facts.codec);
    let picture = picture.map_err(|error| OpenError::io(path, &error))?;
    Ok(picture
        .filter(|picture| (1..=MAX_PICTURE).contains(&picture.data().len()))
        .map(|picture| Artwork {
            media_type: picture
                .mime_type()
                .map_or_else(String::new, |kind| kind.as_str().to_owned()),
            bytes: picture.into_data(),
        }))
}

/// Decodes everything, so that the length is known.
fn count(sound: &mut SoundFile) {
    let mut frames = vec![[0.0; 2]; FRAMES_AT_ONCE];
    // What cannot be read on ends here; what was read is the length.
    while matches!(sound.read(&mut frames), Ok(n) if n > 0) {}
    sound.end_where_read();
    if sound.seek(Samples::ZERO).is_err() {
        // Nobody plays this one: it only was counted.
    }
}

/// The name of a file without its extension.
fn name_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or(path.as_os_str());
    stem.to_string_lossy().into_owned()
}

/// The lyric that lies beside a file, by its name.
fn sidecar(path: &Path) -> Option<String> {
    ["lrc", "LRC"]
        .iter()
        .find_map(|extension| read_lyric(&path.with_extension(extension)).ok().flatten())
}

fn read_lyric(path: &PathBuf) -> io::Result<Option<String>> {
    // A pipe of that name would be waited for for ever.
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() || metadata.len() > MAX_LYRIC {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_LYRIC).read_to_end(&mut bytes)?;
    Ok(Some(text::decode(&bytes)))
}
