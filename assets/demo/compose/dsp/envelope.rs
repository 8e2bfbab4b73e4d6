//! How a note rises, settles and dies.

/// Attack, decay, sustain and release, with exponential decays as in analogue circuits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Adsr {
    /// Seconds from nothing to full.
    pub(crate) attack: f32,
    /// Time constant in seconds of the fall to the sustain level.
    pub(crate) decay: f32,
    /// Level while held, 0 to 1.
    pub(crate) sustain: f32,
    /// Time constant in seconds of the fall after letting go.
    pub(crate) release: f32,
}

impl Adsr {
    /// How long the sound is audible when the key is held for `held` seconds.
    pub(crate) fn length(&self, held: f32) -> f32 {
        held + self.release * 7.0
    }

    /// The level `t` seconds after the key went down, the key being held for `held` seconds.
    pub(crate) fn level(&self, t: f32, held: f32) -> f32 {
        let gated = self.while_held(t.min(held));
        if t <= held {
            gated
        } else {
            gated * (-(t - held) / self.release).exp()
        }
    }

    fn while_held(&self, t: f32) -> f32 {
        if t < self.attack {
            let x = t / self.attack;
            x * (2.0 - x)
        } else {
            self.sustain + (1.0 - self.sustain) * (-(t - self.attack) / self.decay).exp()
        }
    }
}

/// A ramp from 0 at `from` to 1 at `to` with soft ends.
pub(crate) fn smooth_step(from: f32, to: f32, at: f32) -> f32 {
    let x = ((at - from) / (to - from)).clamp(0.0, 1.0);
    x * x * (3.0 - 2.0 * x)
}
