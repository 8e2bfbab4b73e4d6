//! Delays in tempo, chorus and tremolo.

use std::f32::consts::TAU;

use super::filter::OnePole;
use crate::mix::Stereo;

/// Echoes that cross from side to side and grow darker.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Echo {
    /// Seconds between echoes.
    pub(crate) secs: f32,
    /// Level of each over the one before.
    pub(crate) feedback: f32,
    /// Low-pass in the loop, in hertz.
    pub(crate) tone: f32,
}

impl Echo {
    /// The echoes of `input`, without the input itself.
    pub(crate) fn answer(&self, input: &Stereo, rate: f32) -> Stereo {
        let length = input.len();
        let behind = ((self.secs * rate) as usize).max(1);
        let mut out = Stereo::silence(length);
        let mut poles = [OnePole::default(), OnePole::default()];
        let mut lows = [OnePole::default(), OnePole::default()];
        for i in behind..length {
            let from = i - behind;
            let mono = f32::midpoint(input.left[from], input.right[from]);
            let left = mono + self.feedback * out.right[from];
            let right = self.feedback * out.left[from] + 0.25 * input.right[from];
            for (side, value, slot) in [(0, left, &mut out.left[i]), (1, right, &mut out.right[i])]
            {
                let dark = poles[side].next(value, self.tone / rate);
                *slot = dark - lows[side].next(dark, 180.0 / rate);
            }
        }
        out
    }
}

/// Thickens a channel with moving copies of itself, different on the two sides (Dattorro,
/// "Effect design, part 2: delay-line modulation and chorus", JAES 1997).
pub(crate) fn chorus(channel: &mut Stereo, depth: f32, rate: f32) {
    for (side, buffer) in [&mut channel.left, &mut channel.right]
        .into_iter()
        .enumerate()
    {
        let dry = buffer.clone();
        for (i, sample) in buffer.iter_mut().enumerate() {
            let t = i as f32 / rate;
            let mut wet = 0.0;
            for (voice, speed) in [0.31_f32, 0.47, 0.73].into_iter().enumerate() {
                let place = (voice as f32 / 3.0 + side as f32 * 0.37 + speed * t).fract();
                let behind = (0.011 + 0.004 * voice as f32 + 0.0032 * (TAU * place).sin()) * rate;
                wet += between(&dry, i as f32 - behind);
            }
            *sample = dry[i] * (1.0 - 0.4 * depth) + wet * 0.42 * depth;
        }
    }
}

/// Moves a channel slowly from side to side.
pub(crate) fn tremolo(channel: &mut Stereo, hz: f32, depth: f32, rate: f32) {
    for i in 0..channel.len() {
        let sway = depth * 0.5 * (TAU * (hz * i as f32 / rate).fract()).sin();
        channel.left[i] *= 1.0 - depth * 0.5 + sway;
        channel.right[i] *= 1.0 - depth * 0.5 - sway;
    }
}

/// The value of `data` at a place between samples; silence outside.
fn between(data: &[f32], place: f32) -> f32 {
    if place < 0.0 {
        return 0.0;
    }
    let whole = place as usize;
    let one = data.get(whole).copied().unwrap_or(0.0);
    let two = data.get(whole + 1).copied().unwrap_or(0.0);
    one + (two - one) * (place - whole as f32)
}
