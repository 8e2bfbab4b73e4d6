//! Drums and hand percussion from sines and noise.
//!
//! The recipes follow the analysis of classic circuits in Reid, "Synth Secrets" (Sound on Sound,
//! 2002): swept sines for skins, filtered noise for wires, clusters of squares for metal.

use std::f32::consts::TAU;

use super::filter::Svf;
use super::osc::Sine;
use super::random::Rng;
use super::{Instrument, Tone};

/// A drum. The pitch of the note is ignored, its velocity is everything.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Drum {
    /// A bass drum: its resting frequency in hertz, decay in seconds, and how hard it is driven.
    Kick {
        /// Where the sweep ends.
        hz: f32,
        /// Time constant.
        decay: f32,
        /// Saturation, 1 is clean.
        drive: f32,
    },
    /// A snare: shell frequency and how long the wires rattle.
    Snare {
        /// Shell frequency.
        hz: f32,
        /// Time constant of the wires.
        rattle: f32,
    },
    /// A stick across the rim.
    Rim,
    /// Several hands at once.
    Clap,
    /// A closed hi-hat.
    Hat,
    /// A hi-hat left open.
    OpenHat,
    /// A ride cymbal.
    Ride,
    /// A crash cymbal.
    Crash,
    /// A tom-tom of some frequency.
    Tom(f32),
    /// A shaker.
    Shaker,
    /// A tambourine.
    Tambourine,
    /// A brush stroke on a snare: a sweep of some length in seconds.
    Brush(f32),
    /// A big, loose frame drum.
    Frame,
    /// A wood block.
    Wood,
}

impl Instrument for Drum {
    fn sound(&self, tone: &Tone, rng: &mut Rng) -> Vec<f32> {
        let mut out = match *self {
            Self::Kick { hz, decay, drive } => kick(tone, hz, decay, drive, rng),
            Self::Snare { hz, rattle } => snare(tone, hz, rattle, rng),
            Self::Rim => rim(tone, rng),
            Self::Clap => clap(tone, rng),
            Self::Hat => metal(tone, 7600.0, 0.028, 0.0, rng),
            Self::OpenHat => metal(tone, 7000.0, 0.20, 0.05, rng),
            Self::Ride => metal(tone, 4800.0, 0.55, 0.5, rng),
            Self::Crash => crash(tone, rng),
            Self::Tom(hz) => tom(tone, hz, rng),
            Self::Shaker => grains(tone, 6200.0, 0.03, 0.022, rng),
            Self::Tambourine => jingle(tone, rng),
            Self::Brush(sweep) => grains(tone, 3100.0, sweep * 0.6, sweep, rng),
            Self::Frame => frame(tone, rng),
            Self::Wood => wood(tone, rng),
        };
        let fade = tone.samples(0.006).max(1);
        let length = out.len();
        for (i, sample) in out.iter_mut().enumerate() {
            *sample *= tone.velocity.powf(1.2) * ((length - i) as f32 / fade as f32).min(1.0);
        }
        out
    }
}

/// Fills `secs` seconds with what `at` gives for each time.
fn fill(tone: &Tone, secs: f32, mut at: impl FnMut(f32) -> f32) -> Vec<f32> {
    (0..tone.samples(secs))
        .map(|i| at(i as f32 / tone.rate))
        .collect()
}

fn kick(tone: &Tone, hz: f32, decay: f32, drive: f32, rng: &mut Rng) -> Vec<f32> {
    let mut skin = Sine::new(0.0);
    let mut click = Svf::default();
    fill(tone, decay * 6.0, |t| {
        let bend = 1.0 + 2.6 * (-t / 0.011).exp() + 0.9 * (-t / 0.045).exp();
        let body = skin.next(hz * bend / tone.rate) * (-t / decay).exp();
        let beater = click.next(rng.noise(), 3200.0 / tone.rate, 0.9).band
            * (-t / 0.004).exp()
            * 0.5
            * tone.velocity;
        (drive * (body + beater)).tanh() / drive.tanh() * 0.85
    })
}

fn snare(tone: &Tone, hz: f32, rattle: f32, rng: &mut Rng) -> Vec<f32> {
    let (mut low, mut high) = (Sine::new(0.0), Sine::new(0.25));
    let (mut wire_band, mut air) = (Svf::default(), Svf::default());
    fill(tone, (rattle * 7.0).max(0.3), |t| {
        let bend = 1.0 + 0.5 * (-t / 0.012).exp();
        let shell = low.next(hz * bend / tone.rate) * (-t / 0.075).exp()
            + 0.5 * high.next(hz * 1.78 * bend / tone.rate) * (-t / 0.045).exp();
        let noise = rng.noise();
        let wires = wire_band.next(noise, 2100.0 / tone.rate, 0.9).band
            + 0.7 * air.next(noise, 5200.0 / tone.rate, 1.0).high;
        let wire_level =
            (-t / rattle).exp() * (0.4 + 0.6 * tone.velocity) + 0.5 * (-t / 0.006).exp();
        (1.5 * (0.55 * shell + 0.55 * wires * wire_level)).tanh() * 0.62
    })
}

fn rim(tone: &Tone, rng: &mut Rng) -> Vec<f32> {
    let (mut one, mut two) = (Sine::new(0.0), Sine::new(0.0));
    fill(tone, 0.12, |t| {
        let stick = one.next(820.0 / tone.rate) + 0.8 * two.next(1720.0 / tone.rate);
        (stick * (-t / 0.014).exp() + 0.6 * rng.noise() * (-t / 0.002).exp()) * 0.35
    })
}

fn clap(tone: &Tone, rng: &mut Rng) -> Vec<f32> {
    let starts = [
        0.0,
        rng.between(0.008, 0.012),
        rng.between(0.018, 0.024),
        0.031,
    ];
    let mut band = Svf::default();
    fill(tone, 0.5, |t| {
        let hands: f32 = starts
            .iter()
            .enumerate()
            .filter(|(_, start)| t >= **start)
            .map(|(n, start)| (-(t - start) / if n == 3 { 0.07 } else { 0.005 }).exp())
            .sum();
        let split = band.next(rng.noise(), 1350.0 / tone.rate, 0.55);
        (split.band + 0.35 * split.high) * hands * 0.42
    })
}

/// Cymbal metal: six square waves at the ratios of the old drum machines, high-passed.
fn metal(tone: &Tone, hz: f32, decay: f32, ping: f32, rng: &mut Rng) -> Vec<f32> {
    const CLUSTER: [f32; 6] = [1.0, 1.4471, 1.6170, 1.9265, 2.5028, 2.6637];
    let base = 318.0 * rng.between(0.985, 1.015);
    let mut phases = CLUSTER.map(|_| rng.unit());
    let (mut first, mut second, mut bell) = (Svf::default(), Svf::default(), Sine::new(0.0));
    fill(tone, decay * 6.0 + 0.03, |t| {
        let mut cluster = 0.0;
        for (phase, ratio) in phases.iter_mut().zip(CLUSTER) {
            *phase = (*phase + base * ratio / tone.rate).fract();
            cluster += if *phase < 0.5 { 1.0 } else { -1.0 };
        }
        let raw = 0.16 * cluster + 0.8 * rng.noise();
        let thin = second
            .next(
                first.next(raw, hz / tone.rate, 1.0).high,
                hz * 0.8 / tone.rate,
                1.2,
            )
            .high;
        let stick = 1.0 + 1.4 * (-t / 0.006).exp();
        let bow = bell.next(2930.0 / tone.rate) * (-t / 0.25).exp() * ping * 0.16;
        (thin * stick * (-t / decay).exp() + bow) * 0.30 * (t / 0.0008).min(1.0)
    })
}

fn crash(tone: &Tone, rng: &mut Rng) -> Vec<f32> {
    let (mut thin, mut body) = (Svf::default(), Svf::default());
    fill(tone, 3.6, |t| {
        let noise = rng.noise();
        let bright = thin
            .next(noise, (3600.0 + 3000.0 * (-t / 0.5).exp()) / tone.rate, 1.3)
            .high;
        let wash = body.next(noise, 1500.0 / tone.rate, 0.9).band;
        (bright * (-t / 0.75).exp() + 0.3 * wash * (-t / 0.4).exp()) * 0.36 * (t / 0.002).min(1.0)
    })
}

fn tom(tone: &Tone, hz: f32, rng: &mut Rng) -> Vec<f32> {
    let (mut low, mut high) = (Sine::new(0.0), Sine::new(0.0));
    let mut skin = Svf::default();
    fill(tone, 0.9, |t| {
        let bend = 1.0 + 0.45 * (-t / 0.05).exp();
        let body = low.next(hz * bend / tone.rate) * (-t / 0.17).exp()
            + 0.35 * high.next(hz * 1.59 * bend / tone.rate) * (-t / 0.08).exp();
        let slap = skin.next(rng.noise(), 1400.0 / tone.rate, 0.8).band * (-t / 0.012).exp();
        (1.6 * (body + 0.5 * slap)).tanh() * 0.5
    })
}

fn grains(tone: &Tone, hz: f32, rise: f32, fall: f32, rng: &mut Rng) -> Vec<f32> {
    let mut band = Svf::default();
    fill(tone, rise + fall * 6.0, |t| {
        let level = if t < rise {
            (t / rise).powi(2)
        } else {
            (-(t - rise) / fall).exp()
        };
        let split = band.next(rng.noise() * rng.unit(), hz / tone.rate, 0.8);
        (split.band + 0.8 * split.high) * level * 0.42
    })
}

fn jingle(tone: &Tone, rng: &mut Rng) -> Vec<f32> {
    let mut discs: Vec<(Sine, f32)> = (0..6)
        .map(|_| (Sine::new(rng.unit()), rng.between(5200.0, 10_500.0)))
        .collect();
    let mut thin = Svf::default();
    fill(tone, 0.5, |t| {
        let metal: f32 = discs
            .iter_mut()
            .map(|(sine, hz)| sine.next(*hz / tone.rate))
            .sum();
        let shake = (-t / 0.05).exp() + 0.4 * (-(t - 0.03).max(0.0) / 0.09).exp();
        thin.next(
            0.10 * metal * rng.between(0.4, 1.0) + 0.5 * rng.noise(),
            6800.0 / tone.rate,
            1.0,
        )
        .high
            * shake
            * 0.32
    })
}

fn frame(tone: &Tone, rng: &mut Rng) -> Vec<f32> {
    let (mut low, mut mid) = (Sine::new(0.0), Sine::new(0.0));
    let mut skin = Svf::default();
    fill(tone, 1.6, |t| {
        let bend = 1.0 + 0.22 * (-t / 0.06).exp();
        let body = low.next(62.0 * bend / tone.rate) * (-t / 0.34).exp()
            + 0.4 * mid.next(109.0 * bend / tone.rate) * (-t / 0.12).exp();
        let slap = skin.next(rng.noise(), 620.0 / tone.rate, 0.7).band * (-t / 0.02).exp();
        (1.4 * (body + 0.6 * slap)).tanh() * 0.62
    })
}

fn wood(tone: &Tone, rng: &mut Rng) -> Vec<f32> {
    let hz = 880.0 * rng.between(0.99, 1.01);
    fill(tone, 0.2, |t| {
        ((t * hz * TAU).sin() + 0.5 * (t * hz * 2.42 * TAU).sin()) * (-t / 0.022).exp() * 0.4
    })
}
