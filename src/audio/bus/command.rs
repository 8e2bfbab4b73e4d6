//! What the conductor can tell the bus.

use crate::audio::Group;
use crate::audio::clock::Motion;
use crate::audio::clock::RunId;
use crate::audio::fade::Contour;
use crate::audio::voice::Voice;
use crate::audio::voice::VoiceId;
use crate::time::SampleRate;

/// What the conductor tells the bus. Commands that arrive together are obeyed at one frame.
pub(crate) enum Command {
    /// Takes up a voice.
    Add(Box<Voice>),
    /// Leads a voice out from this frame of its run on, or at once if that has passed.
    Release { voice: VoiceId, at: i64 },
    /// Gives a voice another contour.
    Reshape {
        voice: VoiceId,
        contour: Contour,
        /// How long it is led over, in frames.
        over: i64,
    },
    /// Leaves the present run and begins another.
    Begin {
        run: RunId,
        rate: SampleRate,
        from: i64,
        end: i64,
        motion: Motion,
    },
    /// Where the run ends.
    EndAt { run: RunId, end: i64 },
    /// Stands still.
    Pause,
    /// Goes on.
    Resume,
    /// Stops and forgets what sounded.
    Stop,
    /// Moves a group's fader.
    GroupGain { group: Group, gain: f32 },
    /// Both channels become their mean, or themselves again.
    Mono(bool),
    /// Turns a group down while the other sounds, or none.
    Duck(Option<Group>),
}
