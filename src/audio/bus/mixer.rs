//! The mixer: groups of voices at the level of their faders, ducked, measured and added up.
//! Real-time code.

use std::sync::Arc;

use super::BLOCK;
use crate::audio::Group;
use crate::audio::ducker::Ducker;
use crate::audio::fade::Ramp;
use crate::audio::loudness::LoudnessMeter;
use crate::audio::meters::Meters;
use crate::audio::voice::count;
use crate::media::StereoFrame;
use crate::time::SampleRate;

const N_GROUPS: usize = Group::ALL.len();

/// See the module.
pub(super) struct Mixer {
    /// What the voices of each group add up to in this block.
    pub(super) sums: [[StereoFrame; BLOCK]; N_GROUPS],
    faders: [Ramp; N_GROUPS],
    /// How far both channels have become their mean.
    mono: Ramp,
    ducker: Ducker,
    loudness: [LoudnessMeter; N_GROUPS],
    meters: Arc<Meters>,
}

impl Mixer {
    /// A mixer with its faders at unity.
    pub(super) fn new(rate: SampleRate, meters: Arc<Meters>) -> Self {
        Self {
            sums: [[[0.0; 2]; BLOCK]; N_GROUPS],
            faders: [Ramp::still(1.0); N_GROUPS],
            mono: Ramp::still(0.0),
            ducker: Ducker::at(rate),
            loudness: Group::ALL.map(|_| LoudnessMeter::at(rate)),
            meters,
        }
    }

    /// Goes on at another rate. Not for the callback.
    pub(super) fn retune(&mut self, rate: SampleRate) {
        self.ducker = Ducker::at(rate);
        self.loudness = Group::ALL.map(|_| LoudnessMeter::at(rate));
    }

    /// Moves a group's fader to `gain` over so many frames.
    pub(super) fn move_fader(&mut self, group: Group, gain: f32, over: i64) {
        self.faders[group.index()].go(gain, over);
    }

    /// Turns a group down while the other sounds, or none.
    pub(super) fn duck(&mut self, ducked: Option<Group>) {
        self.ducker.set(ducked);
    }

    /// Both channels become their mean, or themselves again, over so many frames.
    pub(super) fn fold(&mut self, is_mono: bool, over: i64) {
        self.mono.go(f32::from(is_mono), over);
    }

    /// Begins a block: nothing sounds in it yet.
    pub(super) fn begin(&mut self) {
        for sum in &mut self.sums {
            sum.fill([0.0; 2]);
        }
    }

    /// A block in which nothing sounds.
    pub(super) fn rest(&mut self, frames: i64) {
        self.move_faders(frames);
    }

    /// Adds the groups up at the level of their faders, measures them while the line `is_moving`,
    /// and keeps the sum in range.
    pub(super) fn finish(&mut self, out: &mut [StereoFrame], is_moving: bool) {
        out.fill([0.0; 2]);
        for (sum, fader) in self.sums.iter_mut().zip(&self.faders) {
            for (ahead, frame) in (0_i64..).zip(&mut sum[..out.len()]) {
                let level = fader.ahead(ahead);
                *frame = frame.map(|sample| sample * level);
            }
        }
        self.ducker.apply(&mut self.sums, out.len());
        for (group, sum) in self.sums.iter().enumerate() {
            let sum = &sum[..out.len()];
            let mut peak = 0.0_f32;
            for (out, frame) in out.iter_mut().zip(sum) {
                peak = peak.max(frame[0].abs()).max(frame[1].abs());
                out[0] += frame[0];
                out[1] += frame[1];
            }
            if peak > 0.0 {
                self.meters.note(group, peak);
            }
            // What comes to rest in this block has been forgotten already.
            if is_moving && let Some(lufs) = self.loudness[group].hear(sum) {
                self.meters.tell_loudness(group, lufs);
            }
        }
        for (ahead, frame) in (0_i64..).zip(out.iter_mut()) {
            let mean = f32::midpoint(frame[0], frame[1]);
            let mono = self.mono.ahead(ahead);
            *frame = frame.map(|sample| (sample + (mean - sample) * mono).clamp(-1.0, 1.0));
        }
        self.move_faders(count(out.len()));
    }

    /// What comes next has a loudness of its own.
    pub(super) fn forget_loudness(&mut self) {
        for (group, meter) in self.loudness.iter_mut().enumerate() {
            meter.reset();
            self.meters.tell_loudness(group, f32::NEG_INFINITY);
        }
    }

    fn move_faders(&mut self, frames: i64) {
        for fader in &mut self.faders {
            fader.advance(frames);
        }
        self.mono.advance(frames);
    }
}
