//! The mixing desk: stereo buffers, channels with sends, and the master.

use crate::dsp::dynamics::{Compressor, limit, saturate};
use crate::dsp::echo::Echo;
use crate::dsp::filter::Biquad;
use crate::dsp::reverb::Room;
use crate::dsp::{gain, loudness};

/// Two channels of sound of the same length.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stereo {
    /// The left side.
    pub(crate) left: Vec<f32>,
    /// The right side.
    pub(crate) right: Vec<f32>,
}

impl Stereo {
    /// Nothing, for `length` samples.
    pub(crate) fn silence(length: usize) -> Self {
        Self {
            left: vec![0.0; length],
            right: vec![0.0; length],
        }
    }

    /// How many samples each side has.
    pub(crate) fn len(&self) -> usize {
        self.left.len()
    }

    /// Adds a sound from sample `at` on, at a place between -1 (left) and 1 (right), by the
    /// constant-power law. What falls outside is dropped.
    pub(crate) fn add(&mut self, sound: &[f32], at: i64, pan: f32) {
        let angle = (pan.clamp(-1.0, 1.0) + 1.0) * std::f32::consts::FRAC_PI_4;
        let (to_left, to_right) = (angle.cos(), angle.sin());
        let (skipped, from) = ((-at).max(0) as usize, at.max(0) as usize);
        let places = self.left.iter_mut().zip(&mut self.right).skip(from);
        for ((left, right), &sample) in places.zip(sound.iter().skip(skipped)) {
            *left += sample * to_left;
            *right += sample * to_right;
        }
    }

    /// Adds another buffer at some level.
    pub(crate) fn blend(&mut self, other: &Self, level: f32) {
        for (mine, theirs) in self.left.iter_mut().zip(&other.left) {
            *mine += theirs * level;
        }
        for (mine, theirs) in self.right.iter_mut().zip(&other.right) {
            *mine += theirs * level;
        }
    }

    /// Filters both sides with copies of one filter.
    pub(crate) fn filter(&mut self, filter: &Biquad) {
        filter.clone().run(&mut self.left);
        filter.clone().run(&mut self.right);
    }

    /// Multiplies everything.
    pub(crate) fn scale(&mut self, factor: f32) {
        for sample in self.left.iter_mut().chain(&mut self.right) {
            *sample *= factor;
        }
    }

    /// Multiplies each sample by what `shape` gives for its time in seconds.
    pub(crate) fn shape(&mut self, rate: f32, shape: impl Fn(f32) -> f32) {
        for i in 0..self.len() {
            let factor = shape(i as f32 / rate);
            self.left[i] *= factor;
            self.right[i] *= factor;
        }
    }

    /// The largest sample.
    pub(crate) fn peak(&self) -> f32 {
        self.left
            .iter()
            .chain(&self.right)
            .map(|sample| sample.abs())
            .fold(0.0, f32::max)
    }

    /// The level while it sounds, in decibels: the mean power of its louder tenths of a second.
    pub(crate) fn working_level(&self, rate: f32) -> f32 {
        let block = (rate * 0.1) as usize;
        let powers: Vec<f32> = self
            .left
            .chunks(block)
            .zip(self.right.chunks(block))
            .map(|(left, right)| {
                left.iter().chain(right).map(|x| x * x).sum::<f32>() / (2 * block) as f32
            })
            .collect();
        let loudest = powers.iter().copied().fold(0.0, f32::max);
        let loud: Vec<f32> = powers
            .into_iter()
            .filter(|power| *power > loudest * 0.05)
            .collect();
        10.0 * (loud.iter().sum::<f32>() / loud.len().max(1) as f32)
            .max(1e-12)
            .log10()
    }
}

/// Where a channel's fader and sends stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strip {
    /// The level the channel is brought to while it sounds, in decibels under full scale.
    pub(crate) level: f32,
    /// Send to the room, in decibels; far below is off.
    pub(crate) room: f32,
    /// Send to the echo, in decibels.
    pub(crate) echo: f32,
    /// High-pass in hertz.
    pub(crate) low_cut: f32,
}

/// A send that is shut.
pub(crate) const OFF: f32 = -90.0;

impl Strip {
    /// A fader with its sends shut.
    pub(crate) fn at(level: f32) -> Self {
        Self {
            level,
            room: OFF,
            echo: OFF,
            low_cut: 30.0,
        }
    }

    /// Opens the send to the room.
    pub(crate) fn room(self, db: f32) -> Self {
        Self { room: db, ..self }
    }

    /// Opens the send to the echo.
    pub(crate) fn echo(self, db: f32) -> Self {
        Self { echo: db, ..self }
    }

    /// Cuts the lows.
    pub(crate) fn low_cut(self, hz: f32) -> Self {
        Self {
            low_cut: hz,
            ..self
        }
    }
}

/// Sums channels, with one room and one echo that they share.
#[derive(Debug)]
pub(crate) struct Desk {
    rate: f32,
    dry: Stereo,
    to_room: Stereo,
    to_echo: Stereo,
    room: Room,
    echo: Echo,
}

impl Desk {
    /// An empty desk for a piece of `length` samples.
    pub(crate) fn new(length: usize, rate: f32, room: Room, echo: Echo) -> Self {
        let nothing = Stereo::silence(length);
        Self {
            rate,
            dry: nothing.clone(),
            to_room: nothing.clone(),
            to_echo: nothing,
            room,
            echo,
        }
    }

    /// Brings a channel in.
    pub(crate) fn bring(&mut self, channel: &Stereo, strip: Strip) {
        let mut channel = channel.clone();
        channel.filter(&Biquad::high_pass(strip.low_cut, self.rate));
        let level = gain(strip.level - channel.working_level(self.rate));
        self.dry.blend(&channel, level);
        if strip.room > OFF {
            self.to_room.blend(&channel, level * gain(strip.room));
        }
        if strip.echo > OFF {
            self.to_echo.blend(&channel, level * gain(strip.echo));
        }
    }

    /// The sum of all channels with their room and echoes.
    pub(crate) fn sum(&self) -> Stereo {
        let echoes = self.echo.answer(&self.to_echo, self.rate);
        let mut to_room = self.to_room.clone();
        to_room.blend(&echoes, 0.35);
        let mut out = self.dry.clone();
        out.blend(&self.room.answer(&to_room, self.rate), 1.0);
        out.blend(&echoes, 1.0);
        out
    }
}

/// The last stage of a piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Master {
    /// Integrated loudness to arrive at, in LUFS.
    pub(crate) lufs: f32,
    /// Saturation; 0 leaves it out.
    pub(crate) drive: f32,
    /// Largest sample, in decibels under full scale.
    pub(crate) ceiling: f32,
}

impl Master {
    /// A clean master at some loudness.
    pub(crate) fn clean(lufs: f32) -> Self {
        Self {
            lufs,
            drive: 0.0,
            ceiling: -1.8,
        }
    }

    /// A dense, driven master.
    pub(crate) fn hot(lufs: f32) -> Self {
        Self {
            lufs,
            drive: 1.5,
            ceiling: -2.2,
        }
    }

    /// Finishes a mix in place and says by how much it was lifted before the limiter, so that a
    /// mix without the voice can be given the same treatment.
    pub(crate) fn finish(&self, mix: &mut Stereo, rate: f32) -> f32 {
        let untouched = mix.clone();
        let mut lift = gain(self.lufs - loudness::integrated(mix, rate));
        for _ in 0..4 {
            mix.clone_from(&untouched);
            self.apply(mix, lift, rate);
            let short = self.lufs - loudness::integrated(mix, rate);
            if short.abs() < 0.1 {
                return lift;
            }
            lift *= gain(short.clamp(-6.0, 6.0));
        }
        mix.clone_from(&untouched);
        self.apply(mix, lift, rate);
        lift
    }

    /// Finishes a mix with a lift that is already known.
    pub(crate) fn apply(&self, mix: &mut Stereo, lift: f32, rate: f32) {
        mix.scale(lift);
        Compressor {
            threshold: self.lufs + 4.0,
            ..Compressor::GLUE
        }
        .run(mix, rate);
        if self.drive > 0.0 {
            saturate(mix, self.drive);
        }
        mix.filter(&Biquad::high_pass(26.0, rate));
        limit(mix, gain(self.ceiling), rate);
    }
}
