//! The one door to sound files: each is read by this program's own readers, or else through a copy
//! that ffmpeg makes of it, once, in the cache.
//!
//! Whoever opens or probes a file may wait here while its copy is made, so all of it is for worker
//! threads only.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use super::CACHE_BYTES;
use crate::audio::OpenFailure;
use crate::audio::OpenSound;
use crate::audio::SoundKey;
use crate::media;
use crate::media::Codec;
use crate::media::ContentHash;
use crate::media::ForeignSound;
use crate::media::Helper;
use crate::media::HelperError;
use crate::media::OpenError;
use crate::media::Probed;
use crate::media::READ_BY_HELPER;
use crate::media::Sound;
use crate::media::SoundFile;
use crate::model::Media;
use crate::platform::Folders;
use crate::storage::Cache;
use crate::storage::CacheKey;
use crate::storage::WriteFileError;

/// How often who waits for a copy that somebody else makes looks whether to go on.
const LOOKED_EVERY: Duration = Duration::from_millis(50);

/// Is told which share of a copy is made, and asked whether to go on.
pub(super) type GoOn<'a> = &'a mut dyn FnMut(f32) -> ControlFlow<()>;

/// Opens sound files, with ffmpeg's help where that is needed.
#[derive(Clone, Debug)]
pub struct SoundFiles {
    helper: Helper,
    cache: Arc<Cache>,
}

/// Why a file is no sound for this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// Its sound is not read here, and ffmpeg has not been asked.
    Foreign,
    /// For this reason.
    Told(String),
}

/// What has been found out about a file.
pub(super) type Found = (Probed, Option<ContentHash>);

/// Why there is no copy.
#[derive(Debug)]
struct NoCopy(HelperError);

impl From<HelperError> for NoCopy {
    fn from(error: HelperError) -> Self {
        Self(error)
    }
}

impl From<WriteFileError> for NoCopy {
    fn from(error: WriteFileError) -> Self {
        Self(HelperError::System(error.to_string()))
    }
}

impl SoundFiles {
    /// Sound files that are helped with by `helper`, whose copies are kept in `cache`.
    pub(super) fn new(helper: Helper, cache: Arc<Cache>) -> Self {
        Self { helper, cache }
    }

    /// Sound files with the ffmpeg that is installed, and the cache of these folders.
    pub fn standard(folders: &Folders) -> Self {
        let cache = Cache::new(folders.cache.clone(), CACHE_BYTES);
        Self::new(Helper::installed(), Arc::new(cache))
    }

    /// Whether a file is one that ffmpeg read, and its copy is not there any more, or not on this
    /// machine.
    pub(super) fn is_without_copy(&self, media: &Media) -> bool {
        media.codec.ends_with(READ_BY_HELPER) && self.cache.file(key_of(&media.hash)).is_none()
    }

    /// Opens a file, whose content hash is `hash` where that is known.
    ///
    /// # Errors
    ///
    /// Fails, with a sentence, when neither this program nor ffmpeg can read it.
    pub(super) fn open(
        &self,
        path: &Path,
        hash: &str,
        go_on: GoOn<'_>,
    ) -> Result<SoundFile, String> {
        match media::open(path) {
            Ok(sound) if is_half_read(&sound.facts().codec) => {
                // Better whole; but half is better than nothing.
                let copy = self.copy(path, hash, "HE-AAC", None, go_on);
                let whole = copy.and_then(|copy| open_copy(&copy));
                Ok(whole.unwrap_or(sound))
            }
            Ok(sound) => Ok(sound),
            Err(OpenError::Unsupported {
                what,
                is_foreign: true,
                ..
            }) => open_copy(&self.copy(path, hash, &what, None, go_on)?),
            Err(error) => Err(error.reason()),
        }
    }

    /// Finds out what a file is, without ffmpeg.
    pub(super) fn probe_alone(path: &Path) -> Result<Found, Unread> {
        let told = |error: OpenError| Unread::Told(error.reason());
        let probed = match media::probe(path) {
            Ok(probed) if is_half_read(&probed.facts.codec) => return Err(Unread::Foreign),
            Ok(probed) => probed,
            Err(OpenError::Unsupported {
                is_foreign: true, ..
            }) => return Err(Unread::Foreign),
            Err(error) => return Err(told(error)),
        };
        let mut whole = |_: u64| ControlFlow::Continue(());
        let hash = media::content_hash(path, &mut whole).map_err(told)?;
        Ok((probed, hash))
    }

    /// Finds out what a file is, and makes its copy where it needs one.
    ///
    /// # Errors
    ///
    /// Fails, with a sentence, when neither this program nor ffmpeg can read it.
    pub(super) fn probe(&self, path: &Path, go_on: GoOn<'_>) -> Result<Found, String> {
        let (own, what) = match media::probe(path) {
            Ok(probed) if is_half_read(&probed.facts.codec) => (Some(probed), "HE-AAC".to_owned()),
            Ok(probed) => return Ok((probed, hash_of(path, go_on)?)),
            Err(OpenError::Unsupported {
                what,
                is_foreign: true,
                ..
            }) => (None, what),
            Err(error) => return Err(error.reason()),
        };
        let hash = hash_of(path, go_on)?;
        let digits = hash.map(|hash| hash.to_string()).unwrap_or_default();
        let asked = self.helper.ask(path, go_on);
        let helped = asked
            .map_err(|error| format!("{what} {error}"))
            .and_then(|sound| {
                let copy = self.copy(path, &digits, &what, Some(&sound), go_on)?;
                media::probe_foreign(path, &sound, &copy).map_err(|error| error.reason())
            });
        match (helped, own) {
            (Ok(probed), _) | (Err(_), Some(probed)) => Ok((probed, hash)),
            (Err(why), None) => Err(why),
        }
    }

    /// Finds out what a file is, for whoever need not know its content: the command line.
    ///
    /// # Errors
    ///
    /// Fails, with a sentence, when neither this program nor ffmpeg can read it.
    pub fn about(&self, path: &Path) -> Result<Probed, String> {
        match media::probe(path) {
            Ok(probed) if !is_half_read(&probed.facts.codec) => Ok(probed),
            _ => {
                let mut go_on = |_: f32| ControlFlow::Continue(());
                self.probe(path, &mut go_on).map(|(probed, _)| probed)
            }
        }
    }

    /// Opens a file, for whoever need not know its content: the command line.
    ///
    /// # Errors
    ///
    /// Fails, with a sentence, when neither this program nor ffmpeg can read it.
    pub fn sound(&self, path: &Path) -> Result<SoundFile, String> {
        let mut go_on = |_: f32| ControlFlow::Continue(());
        self.open(path, "", &mut go_on)
    }

    /// The copy of a film's sound, which is made unless it is there.
    fn copy(
        &self,
        path: &Path,
        hash: &str,
        what: &str,
        asked: Option<&ForeignSound>,
        go_on: GoOn<'_>,
    ) -> Result<PathBuf, String> {
        let found;
        let hash = if hash.is_empty() {
            found = hash_of(path, go_on)?.map(|hash| hash.to_string());
            found.as_deref().unwrap_or_default()
        } else {
            hash
        };
        let key = key_of(hash);
        let copy = Turn::wait(hash, go_on)
            .ok_or(NoCopy(HelperError::Stopped))
            .and_then(|_turn| match self.cache.file(key) {
                Some(copy) => Ok(copy),
                None => {
                    let sound = match asked {
                        Some(sound) => sound.clone(),
                        None => self.helper.ask(path, go_on)?,
                    };
                    self.cache.put_file(key, |to| {
                        let made = self.helper.decode(path, &sound, to, go_on);
                        made.map_err(NoCopy)
                    })
                }
            });
        copy.map_err(|NoCopy(error)| format!("{what} {error}"))
    }
}

impl OpenSound for SoundFiles {
    fn open(&self, key: &SoundKey) -> Result<Box<dyn Sound>, OpenFailure> {
        // Nobody waits for these threads, so there is no need to stop.
        let mut go_on = |_: f32| ControlFlow::Continue(());
        match Self::open(self, key.path(), key.content(), &mut go_on) {
            Ok(sound) => Ok(Box::new(sound)),
            Err(why) => Err(OpenFailure::new(why)),
        }
    }
}

fn key_of(hash: &str) -> CacheKey<'_> {
    CacheKey {
        kind: "sound of a film",
        content: hash,
        version: media::COPY_VERSION,
    }
}

/// Whether this program's own decoder leaves out half of what is heard.
fn is_half_read(codec: &Codec) -> bool {
    *codec == Codec::HeAac
}

fn open_copy(copy: &Path) -> Result<SoundFile, String> {
    media::open_copy(copy).map_err(|error| error.reason())
}

/// The content hash of a file; none where that was called off.
fn hash_of(path: &Path, go_on: GoOn<'_>) -> Result<Option<ContentHash>, String> {
    let mut go_on = |_: u64| go_on(0.0);
    media::content_hash(path, &mut go_on).map_err(|error| error.reason())
}

/// The copies that are being made in this process.
static BEING_MADE: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
static ONE_IS_MADE: Condvar = Condvar::new();

fn being_made() -> MutexGuard<'static, BTreeSet<String>> {
    // Nothing panics while it holds the names.
    BEING_MADE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to make one copy: who plays a film while it is being measured waits for the copy
/// instead of making it a second time.
struct Turn(String);

impl Turn {
    /// Waits until nobody makes the copy of this content; `None` where that was called off.
    fn wait(hash: &str, go_on: GoOn<'_>) -> Option<Self> {
        let mut names = being_made();
        while names.contains(hash) {
            if go_on(0.0).is_break() {
                return None;
            }
            let waited = ONE_IS_MADE.wait_timeout(names, LOOKED_EVERY);
            (names, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
        names.insert(hash.to_owned());
        Some(Self(hash.to_owned()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        being_made().remove(&self.0);
        ONE_IS_MADE.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_somebody_else_makes_is_waited_for_unless_that_is_called_off() {
        let mut stop = |_: f32| ControlFlow::Break(());
        let turn = Turn::wait("a film", &mut stop).expect("nobody makes it");
        assert!(Turn::wait("a film", &mut stop).is_none());
        assert!(Turn::wait("another", &mut stop).is_some());
        drop(turn);
        assert!(Turn::wait("a film", &mut stop).is_some());
    }
}
