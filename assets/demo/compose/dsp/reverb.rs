//! A room.
//!
//! A feedback delay network (Jot and Chaigne, "Digital delay networks for designing artificial
//! reverberators", AES 1991): eight damped, slightly moving delays mixed by a Householder
//! reflection, behind Schroeder's series all-passes ("Natural sounding artificial
//! reverberation", 1962).

use std::f32::consts::TAU;

use super::filter::OnePole;
use crate::mix::Stereo;

/// The shape of a room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// Scales all lengths: 1 is a hall of some thirty metres.
    pub(crate) size: f32,
    /// Seconds to fall by 60 dB.
    pub(crate) t60: f32,
    /// Above this many hertz the walls swallow more.
    pub(crate) damping: f32,
    /// Seconds before the room answers.
    pub(crate) pre_delay: f32,
}

impl Room {
    /// A concert hall.
    pub(crate) const HALL: Self = Self {
        size: 1.0,
        t60: 2.6,
        damping: 4800.0,
        pre_delay: 0.024,
    };
    /// A wooden room.
    pub(crate) const ROOM: Self = Self {
        size: 0.42,
        t60: 0.7,
        damping: 5200.0,
        pre_delay: 0.006,
    };
    /// A bright plate.
    pub(crate) const PLATE: Self = Self {
        size: 0.62,
        t60: 1.7,
        damping: 8500.0,
        pre_delay: 0.012,
    };
    /// A sea cave.
    pub(crate) const CAVE: Self = Self {
        size: 1.7,
        t60: 6.5,
        damping: 2600.0,
        pre_delay: 0.045,
    };

    /// The answer of the room to `input`, without the input itself.
    pub(crate) fn answer(&self, input: &Stereo, rate: f32) -> Stereo {
        let mut network = Network::new(self, rate);
        let (mut low_left, mut low_right) = (OnePole::default(), OnePole::default());
        let rumble = 120.0 / rate;
        let mut out = Stereo::silence(input.len());
        let ahead = (self.pre_delay * rate) as usize;
        for i in ahead..input.len() {
            let (left, right) = (input.left[i - ahead], input.right[i - ahead]);
            let (left, right) = (
                left - low_left.next(left, rumble),
                right - low_right.next(right, rumble),
            );
            (out.left[i], out.right[i]) = network.next(left, right);
        }
        out
    }
}

/// A delay line read a fixed or a slowly moving way behind its writing end.
#[derive(Clone, Debug)]
struct Line {
    data: Vec<f32>,
    at: usize,
}

impl Line {
    fn new(length: usize) -> Self {
        Self {
            data: vec![0.0; length.max(4)],
            at: 0,
        }
    }

    fn write(&mut self, value: f32) {
        self.data[self.at] = value;
        self.at = (self.at + 1) % self.data.len();
    }

    /// The value `behind` samples ago, between samples by straight line.
    fn read(&self, behind: f32) -> f32 {
        let length = self.data.len();
        let whole = behind as usize;
        let fraction = behind - whole as f32;
        let one = self.data[(self.at + 2 * length - whole - 1) % length];
        let two = self.data[(self.at + 2 * length - whole - 2) % length];
        one + (two - one) * fraction
    }
}

/// A Schroeder all-pass.
#[derive(Clone, Debug)]
struct AllPass {
    line: Line,
    behind: f32,
}

impl AllPass {
    fn new(samples: usize) -> Self {
        Self {
            line: Line::new(samples + 2),
            behind: samples as f32 - 1.0,
        }
    }

    fn next(&mut self, input: f32) -> f32 {
        let delayed = self.line.read(self.behind);
        let inner = input - 0.62 * delayed;
        self.line.write(inner);
        delayed + 0.62 * inner
    }
}

/// The network's state.
struct Network {
    diffusers: [Vec<AllPass>; 2],
    lines: Vec<Line>,
    behinds: Vec<f32>,
    losses: Vec<f32>,
    walls: Vec<OnePole>,
    cutoff: f32,
    turn: f32,
    turn_step: f32,
}

impl Network {
    fn new(room: &Room, rate: f32) -> Self {
        // Mutually prime at 48 kHz, so that echoes do not line up.
        const LENGTHS: [f32; 8] = [
            1433.0, 1601.0, 1867.0, 2053.0, 2251.0, 2399.0, 2617.0, 2797.0,
        ];
        let scale = room.size * rate / 48_000.0;
        let behinds: Vec<f32> = LENGTHS.iter().map(|length| length * scale).collect();
        let diffuser = |lengths: [f32; 4]| {
            lengths
                .iter()
                .map(|length| AllPass::new((length * scale.max(0.5)) as usize + 4))
                .collect()
        };
        Self {
            diffusers: [
                diffuser([142.0, 379.0, 107.0, 277.0]),
                diffuser([151.0, 367.0, 113.0, 293.0]),
            ],
            lines: behinds
                .iter()
                .map(|behind| Line::new(*behind as usize + 40))
                .collect(),
            losses: behinds
                .iter()
                .map(|behind| 10.0_f32.powf(-3.0 * behind / (room.t60 * rate)))
                .collect(),
            behinds,
            walls: vec![OnePole::default(); LENGTHS.len()],
            cutoff: room.damping / rate,
            turn: 0.0,
            turn_step: 0.61 / rate,
        }
    }

    fn next(&mut self, left: f32, right: f32) -> (f32, f32) {
        let [left_chain, right_chain] = &mut self.diffusers;
        let left = left_chain
            .iter_mut()
            .fold(left, |signal, stage| stage.next(signal));
        let right = right_chain
            .iter_mut()
            .fold(right, |signal, stage| stage.next(signal));
        self.turn = (self.turn + self.turn_step).fract();
        let mut heard = [0.0_f32; 8];
        for (n, value) in heard.iter_mut().enumerate() {
            let sway = 5.0 * (1.0 + (TAU * (self.turn + n as f32 / 8.0)).sin());
            let raw = self.lines[n].read(self.behinds[n] + sway);
            *value = self.walls[n].next(raw, self.cutoff) * self.losses[n];
        }
        let reflected = heard.iter().sum::<f32>() * 0.25;
        for (n, line) in self.lines.iter_mut().enumerate() {
            let fed = if n % 2 == 0 { left } else { right };
            line.write(0.5 * fed + heard[n] - reflected);
        }
        let out_left = heard[0] - heard[2] + heard[4] - heard[6] + 0.3 * (heard[1] - heard[5]);
        let out_right = heard[1] - heard[3] + heard[5] - heard[7] + 0.3 * (heard[2] - heard[6]);
        (out_left * 0.6, out_right * 0.6)
    }
}
