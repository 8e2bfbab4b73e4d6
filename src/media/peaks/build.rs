//! Making the shape of a recording from its samples, in one pass.

use biquad::Biquad;
use biquad::Coefficients;
use biquad::DirectForm2Transposed;
use biquad::Hertz;
use biquad::Q_BUTTERWORTH_F32;
use biquad::Type;

use super::{Bin, Peaks, SAMPLES_PER_BIN};
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Samples;

/// Where low ends and high begins. Bass and kick drum lie below the one, cymbals and consonants
/// above the other.
const LOW_HZ: f32 = 250.0;
const HIGH_HZ: f32 = 4000.0;

type Filter = DirectForm2Transposed<f32>;

/// Takes samples in and gives [`Peaks`] out.
pub struct PeaksBuilder {
    rate: SampleRate,
    length: i64,
    bins: Vec<Bin>,
    /// Second-order Butterworth filters over the sum of both channels; none at a rate so low that
    /// the band lies beyond half of it.
    low: Option<Filter>,
    high: Option<Filter>,
    sums: Sums,
}

/// What the bin in the making has summed up.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    n: u32,
    min: f32,
    max: f32,
    all: f32,
    low: f32,
    mid: f32,
    high: f32,
}

impl PeaksBuilder {
    /// A builder for sound at `rate`.
    pub fn new(rate: SampleRate) -> Self {
        Self {
            rate,
            length: 0,
            bins: Vec::new(),
            low: filter(Type::LowPass, LOW_HZ, rate),
            high: filter(Type::HighPass, HIGH_HZ, rate),
            sums: Sums::default(),
        }
    }

    /// Takes the next samples.
    pub fn add(&mut self, frames: &[StereoFrame]) {
        for frame in frames {
            let [left, right] = frame.map(|sample| if sample.is_finite() { sample } else { 0.0 });
            let sum = f32::midpoint(left, right);
            let low = self.low.as_mut().map_or(0.0, |filter| filter.run(sum));
            let high = self.high.as_mut().map_or(0.0, |filter| filter.run(sum));
            let mid = sum - low - high;
            let sums = &mut self.sums;
            sums.min = sums.min.min(left).min(right);
            sums.max = sums.max.max(left).max(right);
            sums.all += f32::midpoint(left * left, right * right);
            sums.low += low * low;
            sums.mid += mid * mid;
            sums.high += high * high;
            sums.n += 1;
            if sums.n == SAMPLES_PER_BIN {
                self.close_bin();
            }
        }
        self.length += frames.len() as i64;
    }

    /// The shape of everything taken in.
    pub fn finish(mut self) -> Peaks {
        if self.sums.n > 0 {
            self.close_bin();
        }
        Peaks::new(self.rate, Samples::new(self.length), self.bins)
    }

    fn close_bin(&mut self) {
        let sums = std::mem::take(&mut self.sums);
        let level = |sum: f32| ((sum / sums.n as f32).sqrt() * 255.0).round() as u8;
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

fn filter(kind: Type<f32>, hz: f32, rate: SampleRate) -> Option<Filter> {
    let rate = Hertz::from_hz(rate.get() as f32).ok()?;
    let corner = Hertz::from_hz(hz).ok()?;
    let coefficients = Coefficients::from_params(kind, rate, corner, Q_BUTTERWORTH_F32).ok()?;
    Some(Filter::new(coefficients))
}
