//! Making the shape of a recording from its samples, in one pass.

use biquad::Type;

use super::{Bin, Peaks, SAMPLES_PER_BIN};
use crate::media;
use crate::media::FilterPair;
use crate::media::Section;
use crate::media::StereoFrame;
use crate::media::widest;
use crate::time::SampleRate;
use crate::time::Samples;

/// Where low ends and high begins. Bass and kick drum lie below the one, cymbals and consonants
/// above the other.
const LOW_HZ: f64 = 250.0;
const HIGH_HZ: f64 = 4000.0;
/// Samples looked at side by side: what a processor of today does at once, and some more, so that
/// it need not wait for the last ones.
const LANES: usize = 16;

/// Takes samples in and gives [`Peaks`] out.
pub struct PeaksBuilder {
    rate: SampleRate,
    length: i64,
    bins: Vec<Bin>,
    /// Second-order Butterworth filters over the sum of both channels: what is low, and what is
    /// high. Shut at a rate so low that the band lies beyond half of it.
    bands: FilterPair,
    sums: Sums,
}

/// What the bin in the making has summed up.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    n: usize,
    min: f32,
    max: f32,
    all: f64,
    low: f64,
    mid: f64,
    high: f64,
}

impl PeaksBuilder {
    /// A builder for sound at `rate`.
    pub fn new(rate: SampleRate) -> Self {
        let band = |kind, hz| Section::butterworth(kind, hz, rate).unwrap_or(Section::SHUT);
        Self {
            rate,
            length: 0,
            bins: Vec::new(),
            bands: FilterPair::new(band(Type::LowPass, LOW_HZ), band(Type::HighPass, HIGH_HZ)),
            sums: Sums::default(),
        }
    }

    /// Takes the next samples, which must be numbers.
    pub fn add(&mut self, mut frames: &[StereoFrame]) {
        self.length += frames.len() as i64;
        while !frames.is_empty() {
            let left = SAMPLES_PER_BIN as usize - self.sums.n;
            let (now, later) = frames.split_at(frames.len().min(left));
            let (sums, bands) = (&mut self.sums, &mut self.bands);
            widest(
                #[inline(always)]
                |how| {
                    sums.add(now);
                    sums.add_bands(now, bands, how);
                },
            );
            self.sums.n += now.len();
            if self.sums.n == SAMPLES_PER_BIN as usize {
                self.close_bin();
            }
            frames = later;
        }
    }

    /// The shape of everything taken in.
    pub fn finish(mut self) -> Peaks {
        if self.sums.n > 0 {
            self.close_bin();
        }
        Peaks::new(self.rate, Samples::new(self.length), self.bins)
    }

    fn close_bin(&mut self) {
        self.bands.settle();
        let sums = std::mem::take(&mut self.sums);
        let level = |sum: f64| ((sum / sums.n as f64).sqrt() * 255.0).round() as u8;
        self.bins.push(Bin {
            min: (sums.min * 127.0).round() as i8,
            max: (sums.max * 127.0).round() as i8,
            rms: level(sums.all),
            low: level(sums.low),
            mid: level(sums.mid),
            high: level(sums.high),
        });
    }
}

impl Sums {
    /// Takes in what needs no filter.
    #[expect(clippy::inline_always, reason = "it is translated for each processor")]
    #[inline(always)]
    fn add(&mut self, frames: &[StereoFrame]) {
        let (whole, rest) = frames.as_flattened().as_chunks::<LANES>();
        let (mut min, mut max, mut squares) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        for samples in whole {
            for lane in 0..LANES {
                // Not `f32::min`, which looks after what is no number at twice the cost.
                let sample = samples[lane];
                min[lane] = if sample < min[lane] {
                    sample
                } else {
                    min[lane]
                };
                max[lane] = if sample > max[lane] {
                    sample
                } else {
                    max[lane]
                };
                squares[lane] += sample * sample;
            }
        }
        self.min = min.iter().chain(rest).copied().fold(self.min, f32::min);
        self.max = max.iter().chain(rest).copied().fold(self.max, f32::max);
        let rest = rest.iter().map(|sample| sample * sample);
        self.all += 0.5 * f64::from(squares.into_iter().chain(rest).sum::<f32>());
    }

    /// Takes in the three bands.
    #[expect(clippy::inline_always, reason = "it is translated for each processor")]
    #[inline(always)]
    fn add_bands(
        &mut self,
        frames: &[StereoFrame],
        filters: &mut FilterPair,
        how: media::Arithmetic,
    ) {
        let mut bands = *filters;
        let [low_gain, high_gain] = bands.gain();
        let mut sides = [0.0; 2];
        let mut middle = 0.0;
        for [left, right] in frames {
            let sum = f64::from(0.5 * (left + right));
            let out = bands.next([sum; 2], how);
            for (side, out) in sides.iter_mut().zip(out) {
                *side = how.product_and(out, out, *side);
            }
            let not_low = how.product_and(-low_gain, out[0], sum);
            let mid = how.product_and(-high_gain, out[1], not_low);
            middle = how.product_and(mid, mid, middle);
        }
        *filters = bands;
        self.low += sides[0] * low_gain * low_gain;
        self.high += sides[1] * high_gain * high_gain;
        self.mid += middle;
    }
}
