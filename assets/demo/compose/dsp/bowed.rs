//! A section of bowed strings.

use std::f32::consts::TAU;

use super::envelope::{Adsr, smooth_step};
use super::filter::{Biquad, OnePole};
use super::osc::Saw;
use super::random::{Rng, Wander};
use super::{Instrument, Tone};

/// Several players in unison, none quite alike: each has its own tuning, vibrato and bow noise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Section {
    /// How many play.
    pub(crate) players: u8,
    /// Seconds until a stroke speaks fully.
    pub(crate) attack: f32,
    /// Time constant of the end of a stroke.
    pub(crate) release: f32,
    /// Low-pass in hertz when played at full strength.
    pub(crate) brightness: f32,
}

impl Section {
    /// Long, overlapping bows.
    pub(crate) const LEGATO: Self = Self {
        players: 5,
        attack: 0.28,
        release: 0.22,
        brightness: 4200.0,
    };
    /// Short strokes.
    pub(crate) const MARCATO: Self = Self {
        players: 5,
        attack: 0.045,
        release: 0.07,
        brightness: 5600.0,
    };
}

impl Instrument for Section {
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32> {
        let shape = Adsr {
            attack: self.attack,
            decay: 0.8,
            sustain: 0.86,
            release: self.release,
        };
        let length = tone.samples(shape.length(tone.secs));
        let mut out = vec![0.0_f32; length];
        for _ in 0..self.players {
            let spread = if self.players == 1 { 2.0 } else { 9.0 };
            let cents = rng.bell() * spread * 0.6;
            let lateness = if self.players == 1 {
                0.0
            } else {
                rng.between(0.0, 0.035)
            };
            let mut drift = Wander::new(3.0, tone.rate, rng);
            let (rate_hz, depth, phase) =
                (rng.between(4.7, 6.1), rng.between(8.0, 15.0), rng.unit());
            let mut saw = Saw::new(rng.unit());
            let mut bow = OnePole::default();
            for (i, sample) in out.iter_mut().enumerate() {
                let t = i as f32 / tone.rate;
                let vibrato =
                    depth * smooth_step(0.15, 0.9, t) * ((rate_hz * t + phase) * TAU).sin();
                let bend = (cents + vibrato + 3.0 * drift.next(rng)) / 1200.0;
                let level = shape.level((t - lateness).max(0.0), tone.secs);
                let hair = (rng.noise() - bow.next(rng.noise(), 0.05)) * 0.035;
                *sample += (saw.next(tone.hz() * bend.exp2() / tone.rate) + hair) * level;
            }
        }
        let cutoff = (900.0 + self.brightness * tone.velocity) / tone.rate;
        let (mut first, mut second) = (OnePole::default(), OnePole::default());
        for sample in &mut out {
            *sample = second.next(first.next(*sample, cutoff), cutoff * 1.6);
        }
        for (hz, db, q) in [
            (290.0, 3.0, 1.5),
            (480.0, 2.0, 2.0),
            (1150.0, -2.5, 1.0),
            (2600.0, 2.5, 1.3),
        ] {
            Biquad::peak(hz, db, q, tone.rate).run(&mut out);
        }
        Biquad::high_pass(tone.hz() * 0.7, tone.rate).run(&mut out);
        let level = 0.26 * tone.velocity / f32::from(self.players).sqrt();
        let fade = tone.rate * 0.02;
        for (i, sample) in out.iter_mut().enumerate() {
            *sample *= level * ((length - i) as f32 / fade).min(1.0);
        }
        out
    }
}
