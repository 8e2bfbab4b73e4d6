//! Sounds of the picture: places and things, from noise and sines.

use std::f32::consts::TAU;

use crate::dsp::drums::Drum;
use crate::dsp::envelope::smooth_step;
use crate::dsp::filter::{OnePole, Svf};
use crate::dsp::mallet::Mallet;
use crate::dsp::osc::{Saw, Sine};
use crate::dsp::random::{Rng, Wander};
use crate::dsp::{Instrument, Tone};
use crate::story::{Ambience, Foley};

/// A place, for `length` samples.
pub(crate) fn place(ambience: Ambience, length: usize, rate: f32, rng: &mut Rng) -> Vec<f32> {
    // Level of the waves, of the wind, of the engine; and the waves' brightness in hertz.
    let (waves, wind, engine, bright) = match ambience {
        Ambience::Shore => (0.020, 0.010, 0.0, 1500.0),
        Ambience::Room => (0.008, 0.003, 0.0, 420.0),
        Ambience::Deck => (0.010, 0.018, 0.018, 900.0),
        Ambience::Night => (0.014, 0.006, 0.0, 800.0),
    };
    let (mut first, mut second, mut gust) =
        (OnePole::default(), OnePole::default(), Svf::default());
    let (mut slow, mut fast, mut air) = (
        Wander::new(0.19, rate, rng),
        Wander::new(0.33, rate, rng),
        Wander::new(0.5, rate, rng),
    );
    let mut pistons = Saw::new(0.0);
    let mut hull = OnePole::default();
    (0..length)
        .map(|_| {
            let noise = rng.noise();
            let swell =
                (0.55 + 0.45 * slow.next(rng)).powi(2) + 0.4 * (0.5 + 0.5 * fast.next(rng)).powi(3);
            let wash = second.next(
                first.next(noise, bright * (0.35 + swell) / rate),
                bright / rate,
            ) * swell;
            let howl = gust
                .next(rng.noise(), (340.0 + 150.0 * air.next(rng)) / rate, 0.25)
                .band;
            let motor = hull.next(pistons.next(31.0 / rate) + 0.3 * noise, 150.0 / rate);
            6.0 * waves * wash + wind * howl + engine * motor
        })
        .collect()
}

/// A thing.
pub(crate) fn thing(foley: Foley, rate: f32, rng: &mut Rng) -> Vec<f32> {
    match foley {
        Foley::Door => door(rate, rng),
        Foley::Steps => steps(5, 0.52, 320.0, rate, rng),
        Foley::Running => steps(12, 0.23, 1900.0, rate, rng),
        Foley::Horn => horn(rate),
        Foley::ShopBell => struck(
            &Mallet::GLOCK,
            &[(0.0, 93.0), (0.11, 97.0), (0.26, 93.0)],
            0.16,
            rate,
            rng,
        ),
        Foley::Brush => bursts(
            &[(0.0, 0.35), (0.5, 0.4), (1.1, 0.3)],
            2600.0,
            0.06,
            rate,
            rng,
        ),
        Foley::Cup => struck(
            &Mallet::MARIMBA,
            &[(0.0, 84.0), (0.02, 91.0)],
            0.22,
            rate,
            rng,
        ),
        Foley::Splash => bursts(
            &[(0.0, 0.25), (0.12, 0.9), (0.6, 0.5)],
            1500.0,
            0.30,
            rate,
            rng,
        ),
        Foley::Gull => gull(rate, rng),
        Foley::Lamp => bursts(&[(0.0, 0.05), (0.12, 0.5)], 4200.0, 0.10, rate, rng),
    }
}

/// A latch, a hinge that complains, and wood on wood.
fn door(rate: f32, rng: &mut Rng) -> Vec<f32> {
    let click = Drum::Rim.sound(
        &Tone {
            pitch: 60.0,
            secs: 0.1,
            velocity: 0.3,
            rate,
        },
        rng,
    );
    let thump = Drum::Frame.sound(
        &Tone {
            pitch: 60.0,
            secs: 0.5,
            velocity: 0.45,
            rate,
        },
        rng,
    );
    let mut creak = Saw::new(0.0);
    let mut wood = Svf::default();
    let mut stick = Wander::new(14.0, rate, rng);
    let mut out: Vec<f32> = (0..(1.6 * rate) as usize)
        .map(|i| {
            let t = i as f32 / rate;
            let speed = 46.0 + 30.0 * (t * 2.2).sin() + 22.0 * stick.next(rng);
            let level = smooth_step(0.15, 0.35, t) * (1.0 - smooth_step(0.8, 1.0, t));
            wood.next(creak.next(speed / rate), 900.0 / rate, 0.3).band * level * 0.05
        })
        .collect();
    lay(&mut out, &click, 0);
    lay(&mut out, &thump, (1.0 * rate) as usize);
    out
}

fn steps(count: u8, apart: f32, hz: f32, rate: f32, rng: &mut Rng) -> Vec<f32> {
    let mut out = vec![0.0; ((f32::from(count) * apart + 0.4) * rate) as usize];
    for n in 0..count {
        let at = f32::from(n) * apart * rng.between(0.97, 1.03);
        let mut sole = Svf::default();
        let level = rng.between(0.10, 0.15);
        let step: Vec<f32> = (0..(0.2 * rate) as usize)
            .map(|i| {
                let t = i as f32 / rate;
                let heel = (-t / 0.012).exp() + 0.45 * (-((t - 0.07) / 0.018).powi(2)).exp();
                sole.next(rng.noise(), hz / rate, 0.8).band * heel * level
            })
            .collect();
        lay(&mut out, &step, (at * rate) as usize);
    }
    out
}

fn horn(rate: f32) -> Vec<f32> {
    let (mut low, mut high) = (Saw::new(0.0), Saw::new(0.3));
    let mut bell = Svf::default();
    (0..(2.6 * rate) as usize)
        .map(|i| {
            let t = i as f32 / rate;
            let level = smooth_step(0.0, 0.15, t) * (1.0 - smooth_step(1.7, 2.6, t));
            bell.next(
                low.next(92.5 / rate) + high.next(116.5 / rate),
                520.0 / rate,
                0.8,
            )
            .low * level
                * 0.07
        })
        .collect()
}

fn struck(mallet: &Mallet, notes: &[(f32, f32)], level: f32, rate: f32, rng: &mut Rng) -> Vec<f32> {
    let mut out = vec![0.0; (2.0 * rate) as usize];
    for &(at, pitch) in notes {
        let sound = mallet.sound(
            &Tone {
                pitch,
                secs: 0.2,
                velocity: 0.8,
                rate,
            },
            rng,
        );
        let quiet: Vec<f32> = sound.iter().map(|sample| sample * level).collect();
        lay(&mut out, &quiet, (at * rate) as usize);
    }
    out
}

/// Swishes of noise: when each begins, and how long it takes to die.
fn bursts(swishes: &[(f32, f32)], hz: f32, level: f32, rate: f32, rng: &mut Rng) -> Vec<f32> {
    let mut band = Svf::default();
    (0..(2.4 * rate) as usize)
        .map(|i| {
            let t = i as f32 / rate;
            let shape: f32 = swishes
                .iter()
                .filter(|(at, _)| t > *at)
                .map(|(at, fall)| {
                    smooth_step(0.0, fall * 0.2, t - at) * (-(t - at) / (fall * 0.35)).exp()
                })
                .sum();
            band.next(rng.noise() * (0.6 + 0.4 * rng.unit()), hz / rate, 1.1)
                .band
                * shape
                * level
        })
        .collect()
}

fn gull(rate: f32, rng: &mut Rng) -> Vec<f32> {
    let (mut voice, mut rough) = (Sine::new(0.0), Sine::new(0.0));
    let calls: Vec<(f32, f32)> = [0.0, 0.55, 0.95, 1.3]
        .map(|at| (at, rng.between(0.28, 0.42)))
        .to_vec();
    (0..(1.9 * rate) as usize)
        .map(|i| {
            let t = i as f32 / rate;
            let Some((at, length)) = calls.iter().rev().find(|(at, _)| t >= *at) else {
                return 0.0;
            };
            let x = (t - at) / length;
            if x > 1.0 {
                return 0.0;
            }
            let hz = 1150.0 + 420.0 * (x * TAU * 0.42).sin() - 250.0 * x;
            let harsh = rough.next(hz * 0.5 / rate) * 0.8;
            (voice.next(hz / rate) * (1.0 + harsh)).tanh()
                * (x * std::f32::consts::PI).sin().powf(0.7)
                * 0.022
        })
        .collect()
}

/// Adds a sound to another from a sample on; what does not fit is dropped.
fn lay(out: &mut [f32], sound: &[f32], at: usize) {
    for (slot, sample) in out.iter_mut().skip(at).zip(sound) {
        *slot += sample;
    }
}
