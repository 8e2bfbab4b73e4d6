//! What the core asks of whatever makes sound: the engine in the program, a fake one in tests.

use std::time::Instant;

use crate::audio::Diagnostics;
use crate::audio::Gain;
use crate::audio::Group;
use crate::audio::OutputChoice;
use crate::audio::Program;
use crate::audio::SoundKey;
use crate::time::Ticks;

/// What a player is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlayState {
    /// Nothing was asked of it, or what was asked has ended.
    #[default]
    Stopped,
    /// Sound is on its way.
    Starting,
    /// Sound is heard.
    Playing,
    /// It stands where it is.
    Paused,
}

impl PlayState {
    /// Whether the playhead moves, or is about to.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Starting | Self::Playing)
    }
}

/// What is heard at some instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeardNow {
    /// Where on the program's line.
    pub at: Ticks,
    /// What the player is doing.
    pub state: PlayState,
}

/// The sound card, as far as it can be heard of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Device {
    /// Not known yet.
    #[default]
    Opening,
    /// It plays.
    Open {
        /// Its name, where the system tells it.
        name: String,
        /// Samples per second.
        rate: u32,
        /// Frames it takes at a time.
        buffer: u32,
    },
    /// There is none; a silent clock moves the playhead.
    None,
}

/// Something that happened while playing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlayerEvent {
    /// The sound card came, changed or went.
    Device(Device),
    /// The sound card vanished while it played.
    DeviceLost,
    /// A sound could not be played.
    Failed {
        /// Which.
        sound: SoundKey,
        /// Why, as a sentence.
        why: String,
    },
}

/// Plays programs. Nothing here waits.
pub trait Player {
    /// Plays `program` from a place on its line, instead of whatever plays.
    fn play(&mut self, program: Program, from: Ticks);
    /// Goes on at the same place with a new version of the program.
    fn update(&mut self, program: Program);
    /// Stands still.
    fn pause(&mut self);
    /// Goes on.
    fn resume(&mut self);
    /// Goes on somewhere else.
    fn seek(&mut self, to: Ticks);
    /// Falls silent.
    fn stop(&mut self);
    /// Sets a fader.
    fn set_group_gain(&mut self, group: Group, gain: Gain);
    /// Plays the mean of both channels on each, or stereo again.
    fn set_mono(&mut self, _is_mono: bool) {}
    /// Says what will probably be asked for next: sounds, and where in them.
    fn warm(&mut self, sounds: Vec<(SoundKey, Ticks)>);
    /// Keeps these sounds decoded as a whole, as far as they fit into so many bytes.
    fn hold(&mut self, _sounds: Vec<SoundKey>, _bytes: usize) {}
    /// Somebody is there who may ask for something any moment.
    fn attend(&mut self) {}
    /// Plays on another output, or with another buffer, from now on.
    fn choose_output(&mut self, _choice: OutputChoice) {}
    /// How playing has fared since the program was started.
    fn diagnostics(&self) -> Diagnostics {
        Diagnostics::default()
    }
    /// The loudness of a group over the last 400 ms in LUFS; nothing where it is silent.
    fn loudness(&self, _group: Group) -> Option<f32> {
        None
    }
    /// What is heard at `now`.
    fn heard(&mut self, now: Instant) -> HeardNow;
    /// What has happened since the last call.
    fn events(&mut self) -> Vec<PlayerEvent>;
    /// The loudest sample of a group since the last call; full scale is 1.
    fn take_peak(&mut self, group: Group) -> f32;
}

/// A player that plays nothing: for the command line.
#[derive(Clone, Copy, Debug, Default)]
pub struct SilentPlayer;

impl Player for SilentPlayer {
    fn play(&mut self, _program: Program, _from: Ticks) {}
    fn update(&mut self, _program: Program) {}
    fn pause(&mut self) {}
    fn resume(&mut self) {}
    fn seek(&mut self, _to: Ticks) {}
    fn stop(&mut self) {}
    fn set_group_gain(&mut self, _group: Group, _gain: Gain) {}
    fn warm(&mut self, _sounds: Vec<(SoundKey, Ticks)>) {}
    fn heard(&mut self, _now: Instant) -> HeardNow {
        HeardNow::default()
    }
    fn events(&mut self) -> Vec<PlayerEvent> {
        Vec::new()
    }
    fn take_peak(&mut self, _group: Group) -> f32 {
        0.0
    }
}
