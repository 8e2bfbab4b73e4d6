//! How loud a group is right now: momentary loudness. Real-time code.

use ebur128::EbuR128;
use ebur128::Mode;

use crate::media::StereoFrame;
use crate::time::SampleRate;

/// Momentary loudness over the last 400 ms (EBU Tech 3341, section 2.2), told ten times a second.
pub(crate) struct LoudnessMeter {
    /// None at rates that loudness is not defined for. All its memory is taken when it is made.
    meter: Option<EbuR128>,
    /// Frames until it is told again.
    left: usize,
    every: usize,
}

impl LoudnessMeter {
    /// A meter that has heard nothing. Allocates; not for the device's callback.
    pub(crate) fn at(rate: SampleRate) -> Self {
        let every = rate.get() as usize / 10;
        Self {
            meter: EbuR128::new(2, rate.get(), Mode::M).ok(),
            left: every,
            every,
        }
    }

    /// Hears `frames`; returns the loudness in LUFS when it is time to tell it.
    pub(crate) fn hear(&mut self, frames: &[StereoFrame]) -> Option<f32> {
        let meter = self.meter.as_mut()?;
        meter.add_frames_f32(frames.as_flattened()).ok()?;
        if frames.len() < self.left {
            self.left -= frames.len();
            return None;
        }
        self.left = self.every;
        meter.loudness_momentary().ok().map(|lufs| lufs as f32)
    }

    /// Forgets what it has heard.
    pub(crate) fn reset(&mut self) {
        if let Some(meter) = &mut self.meter {
            meter.reset();
        }
    }
}
