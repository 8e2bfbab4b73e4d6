//! What every reader of sound gives: stereo frames in order, from any place asked for.

use crate::time::SampleRate;
use crate::time::Samples;

/// One sample of the left and one of the right channel, full scale at ±1.
pub type StereoFrame = [f32; 2];

/// Why sound could not be read on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SoundError {
    /// The system could not read the file.
    #[error("the file cannot be read: {0}")]
    Io(String),
    /// The file is damaged here.
    #[error("the sound is damaged: {0}")]
    Damaged(String),
}

/// Sound that can be read in order and sought in, already folded down to stereo.
///
/// Position 0 is the first sample of the recording: what an encoder put before it has been taken
/// off. Blocking; for worker threads only.
pub trait Sound: Send {
    /// The rate at which its samples are counted.
    fn rate(&self) -> SampleRate;

    /// Its length, where it is known before everything has been read.
    fn length(&self) -> Option<Samples>;

    /// Makes the next read begin exactly at `position`; past the end, the next read gives nothing.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read there.
    fn seek(&mut self, position: Samples) -> Result<(), SoundError>;

    /// Fills `out` from its beginning and returns how many frames it wrote: fewer than asked for
    /// does not mean the end, none (for a non-empty `out`) does.
    ///
    /// # Errors
    ///
    /// Fails when the file cannot be read on; what was read before stays valid, and reading may
    /// go on after a damaged place.
    fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError>;
}
