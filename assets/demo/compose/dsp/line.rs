//! Instruments that play one melody at a time and join its notes: flute, whistle, clarinet, lead.

use std::f32::consts::TAU;

use super::envelope::smooth_step;
use super::filter::Svf;
use super::hz;
use super::osc::{Saw, Sine};
use super::random::{Rng, Wander};

/// One note of a line, in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// When it begins.
    pub(crate) start: f32,
    /// How long it is held.
    pub(crate) secs: f32,
    /// MIDI pitch.
    pub(crate) pitch: f32,
    /// How hard, 0 to 1.
    pub(crate) velocity: f32,
}

/// How a player gets from note to note.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// Seconds to slide into a note that follows without a rest.
    pub(crate) glide: f32,
    /// Seconds from silence to full at the start of a phrase.
    pub(crate) attack: f32,
    /// Seconds from full to silence at the end of one.
    pub(crate) release: f32,
    /// How far the level dips between joined notes, 0 to 1.
    pub(crate) tonguing: f32,
    /// Vibrato in cents, reached some time into each note.
    pub(crate) vibrato: f32,
    /// Vibrato in hertz.
    pub(crate) vibrato_hz: f32,
}

/// Pitch and strength over the whole length of a line, one value per sample.
#[derive(Clone, Debug)]
pub(crate) struct Contour {
    /// Frequency in hertz.
    pub(crate) hz: Vec<f32>,
    /// Strength, 0 to 1.
    pub(crate) level: Vec<f32>,
}

impl Contour {
    /// Draws the pitch and strength of `steps` over `length` samples.
    pub(crate) fn draw(
        steps: &[Step],
        manner: &Manner,
        length: usize,
        rate: f32,
        rng: &mut Rng,
    ) -> Self {
        let mut pitch = vec![steps.first().map_or(60.0, |step| step.pitch); length];
        let mut level = vec![0.0_f32; length];
        let mut drift = Wander::new(2.5, rate, rng);
        let mut from = pitch.first().copied().unwrap_or(60.0);
        for (index, step) in steps.iter().enumerate() {
            let begin = ((step.start * rate).max(0.0) as usize).min(length);
            let next = steps.get(index + 1);
            let joined_on = next.is_some_and(|next| next.start - step.start - step.secs < 0.03);
            let joined_back = index > 0 && {
                let before = &steps[index - 1];
                step.start - before.start - before.secs < 0.03
            };
            let until = next.map_or(length, |next| ((next.start * rate) as usize).min(length));
            let (mut wave, speed) = (Sine::new(0.0), varied(manner.vibrato_hz, rng));
            for i in begin..until {
                let t = (i - begin) as f32 / rate;
                let slide = if joined_back {
                    smooth_step(0.0, manner.glide.max(0.001), t)
                } else {
                    1.0
                };
                let deep = manner.vibrato * smooth_step(0.18, 0.7, t);
                let sway = deep * wave.next(speed / rate) + 4.0 * drift.next(rng);
                pitch[i] = from + (step.pitch - from) * slide + sway / 100.0;
                let rise = if joined_back {
                    1.0 - manner.tonguing * (-t / 0.03).exp()
                } else {
                    smooth_step(0.0, manner.attack, t)
                };
                let over = t - step.secs;
                let fall = if joined_on {
                    1.0
                } else {
                    1.0 - smooth_step(0.0, manner.release, over)
                };
                let swell = 0.88 + 0.12 * smooth_step(0.0, 0.5, t / step.secs.max(0.1));
                level[i] = step.velocity * rise * fall * swell;
            }
            from = step.pitch;
        }
        soften(&mut level, 0.006 * rate);
        Self {
            hz: pitch.into_iter().map(hz).collect(),
            level,
        }
    }
}

/// A rate that is never quite the same twice.
fn varied(hz: f32, rng: &mut Rng) -> f32 {
    hz * rng.between(0.94, 1.06)
}

/// Rounds the corners of a level curve.
fn soften(level: &mut [f32], samples: f32) {
    let keep = (-1.0 / samples).exp();
    let mut state = 0.0;
    for value in level {
        state = *value + (state - *value) * keep;
        *value = state;
    }
}

/// A blown pipe: a few harmonics that open with the breath, and the breath itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pipe {
    /// Level of each harmonic when blown fully.
    pub(crate) harmonics: [f32; 8],
    /// Level of the breath noise.
    pub(crate) breath: f32,
    /// How it is played.
    pub(crate) manner: Manner,
}

impl Pipe {
    /// A wooden flute.
    pub(crate) const FLUTE: Self = Self {
        harmonics: [1.0, 0.42, 0.20, 0.07, 0.05, 0.02, 0.01, 0.0],
        breath: 0.20,
        manner: Manner {
            glide: 0.035,
            attack: 0.06,
            release: 0.12,
            tonguing: 0.45,
            vibrato: 16.0,
            vibrato_hz: 4.9,
        },
    };
    /// An end-blown bamboo flute, more air than tone, with wide slides.
    pub(crate) const BAMBOO: Self = Self {
        harmonics: [1.0, 0.30, 0.34, 0.06, 0.09, 0.02, 0.02, 0.0],
        breath: 0.42,
        manner: Manner {
            glide: 0.13,
            attack: 0.11,
            release: 0.22,
            tonguing: 0.15,
            vibrato: 38.0,
            vibrato_hz: 4.2,
        },
    };
    /// Someone whistling.
    pub(crate) const WHISTLE: Self = Self {
        harmonics: [1.0, 0.04, 0.015, 0.0, 0.0, 0.0, 0.0, 0.0],
        breath: 0.10,
        manner: Manner {
            glide: 0.07,
            attack: 0.05,
            release: 0.09,
            tonguing: 0.25,
            vibrato: 22.0,
            vibrato_hz: 5.6,
        },
    };
    /// A clarinet: the odd harmonics.
    pub(crate) const CLARINET: Self = Self {
        harmonics: [1.0, 0.05, 0.55, 0.06, 0.30, 0.06, 0.14, 0.04],
        breath: 0.05,
        manner: Manner {
            glide: 0.025,
            attack: 0.045,
            release: 0.08,
            tonguing: 0.35,
            vibrato: 7.0,
            vibrato_hz: 5.0,
        },
    };
    /// A muted horn, round and far away.
    pub(crate) const HORN: Self = Self {
        harmonics: [1.0, 0.85, 0.50, 0.30, 0.14, 0.08, 0.04, 0.02],
        breath: 0.03,
        manner: Manner {
            glide: 0.045,
            attack: 0.09,
            release: 0.16,
            tonguing: 0.4,
            vibrato: 6.0,
            vibrato_hz: 4.6,
        },
    };

    /// Plays a line of `length` samples.
    pub(crate) fn play(&self, steps: &[Step], length: usize, rate: f32, rng: &mut Rng) -> Vec<f32> {
        let contour = Contour::draw(steps, &self.manner, length, rate, rng);
        let mut phase = 0.0_f32;
        let mut air = Svf::default();
        let mut gust = Wander::new(7.0, rate, rng);
        contour
            .hz
            .iter()
            .zip(&contour.level)
            .map(|(&pitch_hz, &level)| {
                phase = (phase + pitch_hz / rate).fract();
                let noise = rng.noise();
                let gusting = 1.0 + 0.25 * gust.next(rng);
                if level < 1e-4 {
                    return 0.0;
                }
                let mut tone = 0.0;
                for (n, &harmonic) in (1_u8..).map(f32::from).zip(&self.harmonics) {
                    if harmonic > 0.0 && pitch_hz * n < rate * 0.45 {
                        tone += harmonic * level.powf(0.35 * (n - 1.0)) * (phase * n * TAU).sin();
                    }
                }
                let hiss = air.next(noise, pitch_hz * 1.9 / rate, 0.55).band;
                (tone + self.breath * hiss * gusting * 1.6) * level * 0.28
            })
            .collect()
    }
}

/// A monophonic synthesiser lead that slides.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lead {
    /// Low-pass in hertz.
    pub(crate) cutoff: f32,
    /// 1/Q of the low-pass.
    pub(crate) damping: f32,
    /// How it is played.
    pub(crate) manner: Manner,
}

impl Lead {
    /// A singing lead with vibrato.
    pub(crate) const SOFT: Self = Self {
        cutoff: 2100.0,
        damping: 0.7,
        manner: Manner {
            glide: 0.06,
            attack: 0.012,
            release: 0.18,
            tonguing: 0.2,
            vibrato: 20.0,
            vibrato_hz: 5.4,
        },
    };

    /// Plays a line of `length` samples.
    pub(crate) fn play(&self, steps: &[Step], length: usize, rate: f32, rng: &mut Rng) -> Vec<f32> {
        let contour = Contour::draw(steps, &self.manner, length, rate, rng);
        let (mut one, mut two) = (Saw::new(0.0), Saw::new(0.4));
        let mut filter = Svf::default();
        contour
            .hz
            .iter()
            .zip(&contour.level)
            .map(|(&pitch_hz, &level)| {
                let raw = one.next(pitch_hz * 1.0022 / rate) + two.next(pitch_hz * 0.9978 / rate);
                let cutoff = (pitch_hz * 1.5 + self.cutoff * level) / rate;
                filter.next(raw, cutoff, self.damping).low * level * 0.20
            })
            .collect()
    }
}
