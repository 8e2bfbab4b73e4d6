//! Keeping levels in hand: compression, saturation, ducking and the limiter at the end.
//!
//! The compressor is the feed-forward design of Giannoulis, Massberg and Reiss, "Digital dynamic
//! range compressor design" (JAES 2012).

use crate::mix::Stereo;

/// A compressor that hears both sides as one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compressor {
    /// Decibels over full scale where it begins.
    pub(crate) threshold: f32,
    /// How many decibels in give one out, above that.
    pub(crate) ratio: f32,
    /// Seconds to react.
    pub(crate) attack: f32,
    /// Seconds to let go.
    pub(crate) release: f32,
}

impl Compressor {
    /// Holds a whole mix together, gently.
    pub(crate) const GLUE: Self = Self {
        threshold: -16.0,
        ratio: 1.8,
        attack: 0.025,
        release: 0.22,
    };
    /// Keeps a voice or a bass in one place.
    pub(crate) const FIRM: Self = Self {
        threshold: -22.0,
        ratio: 3.2,
        attack: 0.008,
        release: 0.12,
    };

    /// Compresses a channel in place.
    pub(crate) fn run(&self, channel: &mut Stereo, rate: f32) {
        let rise = (-1.0 / (self.attack * rate)).exp();
        let fall = (-1.0 / (self.release * rate)).exp();
        let mut reduction = 0.0_f32;
        for i in 0..channel.len() {
            let peak = channel.left[i].abs().max(channel.right[i].abs());
            let over = 20.0 * peak.max(1e-6).log10() - self.threshold;
            let knee = 6.0;
            let wanted = if over < -knee {
                0.0
            } else if over < knee {
                (over + knee).powi(2) / (4.0 * knee) * (1.0 - 1.0 / self.ratio)
            } else {
                over * (1.0 - 1.0 / self.ratio)
            };
            let keep = if wanted > reduction { rise } else { fall };
            reduction = wanted + (reduction - wanted) * keep;
            let factor = super::gain(-reduction);
            channel.left[i] *= factor;
            channel.right[i] *= factor;
        }
    }
}

/// Rounds peaks off as tape does; `drive` of 1 is barely heard.
pub(crate) fn saturate(channel: &mut Stereo, drive: f32) {
    let scale = 1.0 / drive.tanh().max(0.5);
    for sample in channel.left.iter_mut().chain(&mut channel.right) {
        *sample = (*sample * drive).tanh() * scale;
    }
}

/// Pushes a channel down each time something else strikes: by `depth` at each of `hits` (in
/// seconds), back after `recover` seconds.
pub(crate) fn duck(channel: &mut Stereo, hits: &[f32], depth: f32, recover: f32, rate: f32) {
    for &hit in hits {
        let start = (hit.max(0.0) * rate) as usize;
        let length = (recover * rate) as usize;
        for i in start..(start + length).min(channel.len()) {
            let t = (i - start) as f32 / length as f32;
            let rise = ((i - start) as f32 / (0.004 * rate)).min(1.0);
            let factor = 1.0 - depth * (1.0 - t).powi(2) * rise;
            channel.left[i] *= factor;
            channel.right[i] *= factor;
        }
    }
}

/// Holds every sample under `ceiling` by looking a few milliseconds ahead.
pub(crate) fn limit(channel: &mut Stereo, ceiling: f32, rate: f32) {
    let ahead = (0.004 * rate) as usize;
    let length = channel.len();
    let wanted: Vec<f32> = (0..length)
        .map(|i| (ceiling / inter_sample_peak(channel, i).max(1e-9)).min(1.0))
        .collect();
    let held = lowest_around(&wanted, ahead);
    let release = (-1.0 / (0.09 * rate)).exp();
    let mut state = 1.0_f32;
    let eased: Vec<f32> = held
        .iter()
        .map(|&target| {
            state = if target < state {
                target
            } else {
                target + (state - target) * release
            };
            state
        })
        .collect();
    let mut sum: f64 = eased
        .iter()
        .take(ahead)
        .map(|value| f64::from(*value))
        .sum();
    let mut count = ahead.min(length);
    for i in 0..length {
        if i + ahead < length {
            sum += f64::from(eased[i + ahead]);
            count += 1;
        }
        if i > ahead {
            sum -= f64::from(eased[i - ahead - 1]);
            count -= 1;
        }
        let factor = (sum / count.max(1) as f64) as f32;
        channel.left[i] = (channel.left[i] * factor).clamp(-ceiling, ceiling);
        channel.right[i] = (channel.right[i] * factor).clamp(-ceiling, ceiling);
    }
}

/// The largest size near sample `i` on either side, half-way points included.
fn inter_sample_peak(channel: &Stereo, i: usize) -> f32 {
    [&channel.left, &channel.right]
        .into_iter()
        .map(|side| {
            let at = |n: isize| {
                i.checked_add_signed(n)
                    .and_then(|k| side.get(k))
                    .copied()
                    .unwrap_or(0.0)
            };
            let half = 0.5625 * (at(0) + at(1)) - 0.0625 * (at(-1) + at(2));
            at(0).abs().max(half.abs())
        })
        .fold(0.0, f32::max)
}

/// For each place the lowest value within `reach` either side (Lemire's monotonic wedge, 2006).
fn lowest_around(values: &[f32], reach: usize) -> Vec<f32> {
    let mut wedge = std::collections::VecDeque::<usize>::new();
    let mut out = Vec::with_capacity(values.len());
    for i in 0..values.len() + reach {
        if let Some(&value) = values.get(i) {
            while wedge.back().is_some_and(|&last| values[last] >= value) {
                wedge.pop_back();
            }
            wedge.push_back(i);
        }
        if i >= reach {
            let centre = i - reach;
            while wedge.front().is_some_and(|&first| first + reach < centre) {
                wedge.pop_front();
            }
            out.push(wedge.front().map_or(1.0, |&first| values[first]));
        }
    }
    out
}
