//! Filters.

use std::f32::consts::{PI, TAU};

/// State-variable filter with a trapezoidal integrator: stable while its cutoff moves
/// (Simper, "Solving the continuous SVF equations using trapezoidal integration", 2013).
#[derive(Clone, Debug, Default)]
pub(crate) struct Svf {
    state_1: f32,
    state_2: f32,
}

/// The outputs of one step of [`Svf`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Split {
    /// Below the cutoff.
    pub(crate) low: f32,
    /// Around the cutoff.
    pub(crate) band: f32,
    /// Above the cutoff.
    pub(crate) high: f32,
}

impl Svf {
    /// Filters one sample. `cutoff` is in cycles per sample, `damping` is 1/Q.
    pub(crate) fn next(&mut self, input: f32, cutoff: f32, damping: f32) -> Split {
        let g = (PI * cutoff.clamp(0.0001, 0.49)).tan();
        let a1 = 1.0 / (1.0 + g * (g + damping));
        let v3 = input - self.state_2;
        let band = a1 * (self.state_1 + g * v3);
        let low = self.state_2 + g * band;
        self.state_1 = 2.0 * band - self.state_1;
        self.state_2 = 2.0 * low - self.state_2;
        Split {
            low,
            band,
            high: input - damping * band - low,
        }
    }
}

/// First-order low-pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct OnePole {
    state: f32,
}

impl OnePole {
    /// Filters one sample; `cutoff` is in cycles per sample.
    pub(crate) fn next(&mut self, input: f32, cutoff: f32) -> f32 {
        let keep = (-TAU * cutoff.min(0.49)).exp();
        self.state = input + (self.state - input) * keep;
        self.state
    }
}

/// Second-order section with the usual shapes (Bristow-Johnson, "Cookbook formulae for audio
/// equalizer biquad filter coefficients").
#[derive(Clone, Debug)]
pub(crate) struct Biquad {
    forward: [f64; 3],
    back: [f64; 2],
    state: [f64; 2],
}

impl Biquad {
    /// A section from coefficients divided by a0.
    pub(crate) fn new(forward: [f64; 3], back: [f64; 2]) -> Self {
        Self {
            forward,
            back,
            state: [0.0; 2],
        }
    }

    /// High-pass with a Butterworth knee.
    pub(crate) fn high_pass(hz: f32, rate: f32) -> Self {
        let (cos, alpha) = angle(hz, rate, std::f64::consts::FRAC_1_SQRT_2);
        let side = f64::midpoint(1.0, cos);
        Self::divided(
            [side, -2.0 * side, side],
            [1.0 + alpha, -2.0 * cos, 1.0 - alpha],
        )
    }

    /// Low-pass with a Butterworth knee.
    pub(crate) fn low_pass(hz: f32, rate: f32) -> Self {
        let (cos, alpha) = angle(hz, rate, std::f64::consts::FRAC_1_SQRT_2);
        let side = (1.0 - cos) / 2.0;
        Self::divided(
            [side, 2.0 * side, side],
            [1.0 + alpha, -2.0 * cos, 1.0 - alpha],
        )
    }

    /// A bell of `db` around `hz`.
    pub(crate) fn peak(hz: f32, db: f32, q: f32, rate: f32) -> Self {
        let (cos, alpha) = angle(hz, rate, f64::from(q));
        let a = 10.0_f64.powf(f64::from(db) / 40.0);
        Self::divided(
            [1.0 + alpha * a, -2.0 * cos, 1.0 - alpha * a],
            [1.0 + alpha / a, -2.0 * cos, 1.0 - alpha / a],
        )
    }

    /// A shelf of `db` above `hz`.
    pub(crate) fn high_shelf(hz: f32, db: f32, rate: f32) -> Self {
        let (cos, alpha) = angle(hz, rate, std::f64::consts::FRAC_1_SQRT_2);
        let a = 10.0_f64.powf(f64::from(db) / 40.0);
        let root = 2.0 * a.sqrt() * alpha;
        Self::divided(
            [
                a * ((a + 1.0) + (a - 1.0) * cos + root),
                -2.0 * a * ((a - 1.0) + (a + 1.0) * cos),
                a * ((a + 1.0) + (a - 1.0) * cos - root),
            ],
            [
                (a + 1.0) - (a - 1.0) * cos + root,
                2.0 * ((a - 1.0) - (a + 1.0) * cos),
                (a + 1.0) - (a - 1.0) * cos - root,
            ],
        )
    }

    fn divided(forward: [f64; 3], back: [f64; 3]) -> Self {
        Self::new(
            forward.map(|b| b / back[0]),
            [back[1] / back[0], back[2] / back[0]],
        )
    }

    /// Filters one sample.
    pub(crate) fn next(&mut self, input: f32) -> f32 {
        let x = f64::from(input);
        let y = self.forward[0] * x + self.state[0];
        self.state[0] = self.forward[1] * x - self.back[0] * y + self.state[1];
        self.state[1] = self.forward[2] * x - self.back[1] * y;
        y as f32
    }

    /// Filters a whole buffer in place.
    pub(crate) fn run(mut self, buffer: &mut [f32]) {
        for sample in buffer {
            *sample = self.next(*sample);
        }
    }
}

/// The cosine of the corner's angle and the cookbook's alpha.
fn angle(hz: f32, rate: f32, q: f64) -> (f64, f64) {
    let omega = std::f64::consts::TAU * f64::from(hz) / f64::from(rate);
    (omega.cos(), omega.sin() / (2.0 * q))
}
