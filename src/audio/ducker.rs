//! Turning one group down while another sounds. Real-time code.

use crate::audio::Group;
use crate::media::StereoFrame;
use crate::time::SampleRate;

/// How far a group is turned down: 10 dB, so that what is said over it is understood.
const DUCKED: f32 = 0.316_227_77;

/// What is louder than this sounds: −38 dBFS, above the noise of a location.
const SOUNDS: f32 = 0.012_589_254;

const N_GROUPS: usize = Group::ALL.len();

/// See the module.
pub(crate) struct Ducker {
    ducked: Option<Group>,
    gains: [f32; N_GROUPS],
    /// Frames for which the other group still counts as sounding.
    held: i64,
    /// How long it does after it was last loud: 300 ms, the pauses between words.
    hold: i64,
    /// By how much the gain falls with each frame: all the way in 60 ms.
    fall: f32,
    /// By how much it rises: all the way in 700 ms.
    rise: f32,
}

impl Ducker {
    /// One that leaves everything as it is.
    pub(crate) fn at(rate: SampleRate) -> Self {
        let per_frame = |seconds: f32| (1.0 - DUCKED) / (seconds * rate.get() as f32);
        Self {
            ducked: None,
            gains: [1.0; N_GROUPS],
            held: 0,
            hold: i64::from(rate.get()) * 3 / 10,
            fall: per_frame(0.06),
            rise: per_frame(0.7),
        }
    }

    /// Turns this group down from now on, or none.
    pub(crate) fn set(&mut self, ducked: Option<Group>) {
        self.ducked = ducked;
    }

    /// Turns the groups' frames down as far as they are to be.
    pub(crate) fn apply(&mut self, groups: &mut [impl AsMut<[StereoFrame]>; N_GROUPS], n: usize) {
        let is_at_rest = self.gains.iter().all(|gain| *gain >= 1.0);
        if self.ducked.is_none() && is_at_rest {
            return;
        }
        let [first, second] = groups;
        let frames = first.as_mut().iter_mut().zip(second.as_mut()).take(n);
        for (first, second) in frames {
            let key = match self.ducked {
                Some(ducked) if ducked.index() == 0 => &*second,
                _ => &*first,
            };
            if key.iter().any(|sample| sample.abs() > SOUNDS) {
                self.held = self.hold;
            }
            self.held -= 1;
            for (at, frame) in [first, second].into_iter().enumerate() {
                let is_down = self.held > 0 && self.ducked.is_some_and(|it| it.index() == at);
                let gain = &mut self.gains[at];
                *gain = if is_down {
                    (*gain - self.fall).max(DUCKED)
                } else {
                    (*gain + self.rise).min(1.0)
                };
                *frame = frame.map(|sample| sample * *gain);
            }
        }
    }
}
