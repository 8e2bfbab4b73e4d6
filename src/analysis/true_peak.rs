//! The highest true peak: how high the sound rises between its samples too.
//!
//! ITU-R BS.1770-5, annex 2: the rate is raised to 192 kHz at least and the highest sample taken.
//! Raising it is by far the dearest part of measuring a recording, and nearly all of it is in vain:
//! it is done only where the sound could rise above what was found already. How high it can rise
//! between samples follows from how high they are and how sharply the sound bends there.

use std::f64::consts::PI;

use super::lanes::LANES;
use super::lanes::highest;
use super::lanes::larger;
use crate::media::StereoFrame;
use crate::media::widest;
use crate::time::SampleRate;

/// Samples of the raised rate that a filter reaches over, and one.
const REACH: usize = 48;
/// Frames that are looked at, or passed over, together.
const BLOCK: usize = 64;
/// What would raise the maximum by less (0.01 dB) is not looked for.
const WORTH: f32 = 1.0012;

/// Finds the highest true peak of both channels.
pub(super) struct TruePeakMeter {
    phases: Vec<Phase>,
    /// The last frames, which the next ones need for company.
    held: Vec<StereoFrame>,
    highest: f32,
}

/// The filter for one place between samples.
struct Phase {
    /// In order of time.
    taps: Vec<f32>,
    bound: Bound,
}

/// How high a filter's output can be: so many times the highest sample, and at the same time so
/// many times that and so many times the sharpest bend.
#[derive(Clone, Copy, Debug, Default)]
struct Bound {
    alone: f32,
    level: f32,
    bend: f32,
}

impl TruePeakMeter {
    /// A meter for sound at `rate`.
    pub(super) fn new(rate: SampleRate) -> Self {
        let factor = match rate.get() {
            0..96_000 => 4,
            96_000..192_000 => 2,
            _ => 1,
        };
        let phases: Vec<Phase> = (1..factor).map(|n| Phase::new(n, factor)).collect();
        let width = phases.first().map_or(1, |phase| phase.taps.len());
        Self {
            phases,
            // Silence comes before the first sample.
            held: vec![[0.0; 2]; width - 1],
            highest: 0.0,
        }
    }

    /// Takes the next frames, which must be numbers.
    pub(super) fn add(&mut self, frames: &[StereoFrame]) {
        let width = self.held.len() + 1;
        self.held.extend_from_slice(frames);
        let n_places = frames.len();
        widest(
            #[inline(always)]
            |_| {
                for from in (0..n_places).step_by(BLOCK) {
                    let to = (from + BLOCK).min(n_places);
                    self.look(from, to, width);
                }
            },
        );
        self.held.drain(..n_places);
    }

    /// Looks at the places that the windows from the `from`th to before the `to`th stand for.
    #[expect(clippy::inline_always, reason = "it is translated for each processor")]
    #[inline(always)]
    fn look(&mut self, from: usize, to: usize, width: usize) {
        let seen = self.held[from..to + width - 1].as_flattened();
        let level = highest(seen);
        self.highest = self.highest.max(level);
        let worth = self.highest * WORTH;
        let alone = self.phases.iter().map(|phase| phase.bound.alone);
        if alone.fold(0.0, larger) * level <= worth {
            return;
        }
        let bend = sharpest(seen);
        for phase in &self.phases {
            let Bound {
                alone,
                level: by_level,
                bend: by_bend,
            } = phase.bound;
            if (alone * level).min(by_level * level + by_bend * bend) > worth {
                self.highest = self.highest.max(phase.highest(seen));
            }
        }
    }

    /// The highest true peak of everything taken in, where 1 is full scale.
    pub(super) fn finish(mut self) -> f32 {
        // The last samples are company to silence.
        let silence = vec![[0.0; 2]; self.held.len()];
        self.add(&silence);
        self.highest
    }
}

impl Phase {
    /// The filter for the place `n` of `factor` after a sample: a sinc under a Hann window.
    fn new(n: usize, factor: usize) -> Self {
        let at = |tap: usize| {
            let away = (tap * factor) as f64 - (REACH / 2 + n) as f64 + factor as f64;
            let angle = PI * away / factor as f64;
            let window = 0.5 + 0.5 * (2.0 * PI * away / REACH as f64).cos();
            window * angle.sin() / angle
        };
        let mut taps: Vec<f64> = (0..REACH / factor).map(at).collect();
        // A steady level passes as it is.
        let sum: f64 = taps.iter().sum();
        for tap in &mut taps {
            *tap /= sum;
        }
        let place = n as f64 / factor as f64;
        Self {
            bound: Bound::of(&taps, place),
            taps: taps.into_iter().map(|tap| tap as f32).collect(),
        }
    }

    /// The highest output over interleaved samples of two channels.
    #[expect(clippy::inline_always, reason = "it is translated for each processor")]
    #[inline(always)]
    fn highest(&self, seen: &[f32]) -> f32 {
        let n_out = (seen.len() + 2).saturating_sub(2 * self.taps.len());
        let mut highest = [0.0_f32; LANES];
        for from in (0..n_out).step_by(LANES) {
            let mut out = [0.0; LANES];
            for (tap, weight) in self.taps.iter().enumerate() {
                let at = from + 2 * tap;
                if let Some(samples) = seen.get(at..at + LANES) {
                    for lane in 0..LANES {
                        out[lane] += weight * samples[lane];
                    }
                } else {
                    let rest = seen.get(at..).unwrap_or_default();
                    let of = out.iter_mut().take(n_out - from);
                    of.zip(rest)
                        .for_each(|(out, sample)| *out += weight * sample);
                }
            }
            let n_whole = (n_out - from).min(LANES);
            for (highest, out) in highest.iter_mut().zip(&out[..n_whole]) {
                *highest = larger(*highest, out.abs());
            }
        }
        highest.into_iter().fold(0.0, f32::max)
    }
}

impl Bound {
    /// The bound of a filter for a place between the two samples in its middle.
    ///
    /// The filter is the straight line between these two, and what is left. What is left lets
    /// neither a steady level nor (but for little) a steady slope through, so it is a filter over
    /// the second differences: twice summed up, its taps are the weights of these.
    fn of(taps: &[f64], place: f64) -> Self {
        let before = taps.len() / 2 - 1;
        let mut left = taps.to_vec();
        left[before] -= 1.0 - place;
        left[before + 1] -= place;
        let slope: f64 = left
            .iter()
            .zip(0_u32..)
            .map(|(x, n)| x * f64::from(n))
            .sum();
        left[before] += slope;
        left[before + 1] -= slope;
        let (mut once, mut bend) = (0.0, 0.0);
        let mut twice = 0.0_f64;
        for tap in left {
            once += tap;
            twice += once;
            bend += twice.abs();
        }
        let alone: f64 = taps.iter().map(|tap| tap.abs()).sum();
        Self {
            alone: alone as f32,
            // Two samples beside each other differ by twice the highest at most.
            level: (1.0 + 2.0 * slope.abs()) as f32,
            bend: bend as f32,
        }
    }
}

/// The largest second difference of interleaved samples of two channels, whatever its sign.
#[expect(clippy::inline_always, reason = "it is translated for each processor")]
#[inline(always)]
fn sharpest(samples: &[f32]) -> f32 {
    let n = samples.len().saturating_sub(4);
    let parts = samples.get(..n).and_then(|before| {
        let (here, after) = (samples.get(2..n + 2)?, samples.get(4..)?);
        Some((before, here, after))
    });
    let Some((before, here, after)) = parts else {
        return 0.0;
    };
    let chunks = before.chunks_exact(LANES).zip(here.chunks_exact(LANES));
    let mut sharpest = [0.0; LANES];
    for ((before, here), after) in chunks.zip(after.chunks_exact(LANES)) {
        for lane in 0..LANES {
            let bend = (before[lane] - here[lane]) - (here[lane] - after[lane]);
            sharpest[lane] = larger(sharpest[lane], bend.abs());
        }
    }
    let done = n - n % LANES;
    let rest = (done..n).map(|at| (before[at] - here[at] - (here[at] - after[at])).abs());
    rest.fold(sharpest.into_iter().fold(0.0, f32::max), f32::max)
}

#[cfg(test)]
mod tests {
    use ebur128::EbuR128;
    use ebur128::Mode;
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::made::Noise;

    fn measured(rate: SampleRate, frames: &[StereoFrame]) -> f64 {
        let mut meter = TruePeakMeter::new(rate);
        // Pieces that fit nothing.
        frames.chunks(1_237).for_each(|piece| meter.add(piece));
        20.0 * f64::from(meter.finish()).log10()
    }

    fn by_ebur128(rate: SampleRate, frames: &[StereoFrame]) -> f64 {
        let meter = EbuR128::new(2, rate.get(), Mode::TRUE_PEAK);
        let mut meter = meter.expect("it takes any rate in use");
        let taken = meter.add_frames_f32(frames.as_flattened());
        taken.expect("frames are whole");
        // It does not look beyond the last sample.
        let silence = meter.add_frames_f32(&[0.0; 100]);
        silence.expect("frames are whole");
        let peaks = [0, 1].map(|channel| meter.true_peak(channel).expect("there are two"));
        20.0 * peaks[0].max(peaks[1]).log10()
    }

    const RATES: [u32; 9] = [
        8_000, 11_025, 22_050, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000,
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_true_peak_is_what_ebur128_says(
            rate in prop::sample::select(RATES.to_vec()),
            seed: u32,
            n in 1_usize..20_000,
            color in 0.02_f32..1.0,
            level in 0.001_f32..1.5,
        ) {
            let rate = SampleRate::new(rate).expect("it is a rate");
            let mut noise = Noise::new(seed);
            let mut last = [0.0; 2];
            let frames: Vec<StereoFrame> = (0..n).map(|_| {
                last = last.map(|old: f32| old + color * (level * noise.next() - old));
                last
            }).collect();
            let (ours, theirs) = (measured(rate, &frames), by_ebur128(rate, &frames));
            prop_assert!((ours - theirs).abs() < 0.05, "{} {}", ours, theirs);
        }

        #[test]
        fn a_tone_of_any_pitch_and_phase_has_its_own_height(
            share in 0.001_f64..0.4,
            phase in 0.0_f64..6.0,
        ) {
            let tone = |n: u32| 0.5 * (std::f64::consts::TAU * share * f64::from(n) + phase).sin();
            let mut frames: Vec<StereoFrame> = (0..9_600).map(|n| [tone(n) as f32; 2]).collect();
            for n in 0..480 {
                let taper = n as f32 / 480.0;
                frames[n] = frames[n].map(|x| taper * x);
                frames[9_599 - n] = frames[9_599 - n].map(|x| taper * x);
            }
            let peak = measured(SampleRate::HZ_48000, &frames);
            // Four looks at a wave of 0.4 cycles a sample may miss its top by a little.
            prop_assert!((-0.5..0.2).contains(&(peak + 6.02)), "{}", peak);
        }
    }

    #[test]
    fn nothing_is_passed_over_that_would_matter() {
        // The same without passing over anything.
        let mut noise = Noise::new(9);
        for color in [0.05_f32, 0.3, 1.0] {
            let mut last = 0.0;
            let frames: Vec<StereoFrame> = (0..30_000)
                .map(|_| {
                    last += color * (noise.next() - last);
                    [last, -last * 0.9]
                })
                .collect();
            let meter = TruePeakMeter::new(SampleRate::HZ_44100);
            let of_all = meter
                .phases
                .iter()
                .map(|phase| phase.highest(frames.as_flattened()));
            let of_all = of_all.fold(highest(frames.as_flattened()), f32::max);
            let found = 10.0_f64.powf(measured(SampleRate::HZ_44100, &frames) / 20.0);
            assert!(found >= f64::from(of_all / WORTH), "{found} {of_all}");
            assert!(found <= f64::from(of_all) + 1e-6, "{found} {of_all}");
        }
    }

    #[test]
    fn the_bound_of_a_filter_holds_and_is_near() {
        let meter = TruePeakMeter::new(SampleRate::HZ_48000);
        for Phase { bound, .. } in &meter.phases {
            assert!((1.0..1.01).contains(&bound.level), "{bound:?}");
            assert!(bound.bend < 0.5 && bound.alone < 2.2, "{bound:?}");
        }
    }
}
