//! Oscillators without audible aliasing.

use std::f32::consts::TAU;

/// A sawtooth with polynomial band-limited steps (Välimäki and Huovilainen, "Antialiasing
/// oscillators in subtractive synthesis", IEEE Signal Processing Magazine, 2007).
#[derive(Clone, Debug)]
pub(crate) struct Saw {
    phase: f32,
}

impl Saw {
    /// A sawtooth that starts at `phase`, 0 to 1.
    pub(crate) fn new(phase: f32) -> Self {
        Self { phase }
    }

    /// The next sample at a frequency of `step` cycles per sample.
    pub(crate) fn next(&mut self, step: f32) -> f32 {
        self.phase = (self.phase + step).fract();
        2.0 * self.phase - 1.0 - step_correction(self.phase, step)
    }
}

/// A pulse wave made of two sawtooths, so its width can move without clicks.
#[derive(Clone, Debug)]
pub(crate) struct Pulse {
    phase: f32,
}

impl Pulse {
    /// A pulse that starts at `phase`, 0 to 1.
    pub(crate) fn new(phase: f32) -> Self {
        Self { phase }
    }

    /// The next sample at `step` cycles per sample, high for `width` of each cycle.
    pub(crate) fn next(&mut self, step: f32, width: f32) -> f32 {
        self.phase = (self.phase + step).fract();
        let fall = (self.phase + 1.0 - width).fract();
        let raw = if self.phase < width { 1.0 } else { -1.0 };
        raw + step_correction(self.phase, step) - step_correction(fall, step) - (2.0 * width - 1.0)
    }
}

/// A sine.
#[derive(Clone, Debug)]
pub(crate) struct Sine {
    phase: f32,
}

impl Sine {
    /// A sine that starts at `phase`, 0 to 1.
    pub(crate) fn new(phase: f32) -> Self {
        Self { phase }
    }

    /// The next sample at `step` cycles per sample.
    pub(crate) fn next(&mut self, step: f32) -> f32 {
        self.phase = (self.phase + step).fract();
        (self.phase * TAU).sin()
    }
}

/// What to take from a step of height two at phase 0, one sample either side of it.
fn step_correction(phase: f32, step: f32) -> f32 {
    if phase < step {
        let t = phase / step;
        t + t - t * t - 1.0
    } else if phase > 1.0 - step {
        let t = (phase - 1.0) / step;
        t * t + t + t + 1.0
    } else {
        0.0
    }
}
