//! The shape of a recording, small enough to be kept and quick to be drawn at any zoom: for every
//! 256 samples the lowest, the highest and the mean level, and how much of it is low, mid and high.
//! Coarser levels, each a quarter of the one before, are made from that.

mod build;
mod bytes;

pub use build::PeaksBuilder;
pub use bytes::PeaksError;

use std::ops::Range;

use crate::time::SampleRate;
use crate::time::Samples;

/// Samples that make one bin of the finest level.
pub const SAMPLES_PER_BIN: u32 = 256;
/// How many bins of one level make one of the next.
const FACTOR: usize = 4;
/// A level is not made coarser than this many bins.
const FEWEST_BINS: usize = 64;

/// What 256 samples amount to, or a power of four times as many. Both channels are taken together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bin {
    /// Lowest and highest sample; ±127 is full scale.
    min: i8,
    max: i8,
    /// Mean level (root mean square), and that of the three bands; 255 is full scale.
    rms: u8,
    low: u8,
    mid: u8,
    high: u8,
}

impl Bin {
    /// Several bins as one.
    fn joined(bins: &[Self]) -> Self {
        let n = bins.len().max(1) as f32;
        let mean = |level: fn(&Self) -> u8| {
            let squares: f32 = bins.iter().map(|bin| f32::from(level(bin)).powi(2)).sum();
            (squares / n).sqrt().round() as u8
        };
        Self {
            min: bins.iter().map(|bin| bin.min).min().unwrap_or(0),
            max: bins.iter().map(|bin| bin.max).max().unwrap_or(0),
            rms: mean(|bin| bin.rms),
            low: mean(|bin| bin.low),
            mid: mean(|bin| bin.mid),
            high: mean(|bin| bin.high),
        }
    }
}

/// One column of a drawn waveform. Full scale is 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Column {
    /// Lowest sample, from −1.
    pub min: f32,
    /// Highest sample, up to 1.
    pub max: f32,
    /// Mean level.
    pub rms: f32,
    /// Mean level below about 250 Hz.
    pub low: f32,
    /// Mean level between.
    pub mid: f32,
    /// Mean level above about 4 kHz.
    pub high: f32,
}

impl From<Bin> for Column {
    fn from(bin: Bin) -> Self {
        let level = |value: u8| f32::from(value) / 255.0;
        Self {
            min: f32::from(bin.min) / 127.0,
            max: f32::from(bin.max) / 127.0,
            rms: level(bin.rms),
            low: level(bin.low),
            mid: level(bin.mid),
            high: level(bin.high),
        }
    }
}

impl Column {
    /// The column that lies `share` of the way from this to `other`.
    fn towards(self, other: Self, share: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * share;
        Self {
            min: mix(self.min, other.min),
            max: mix(self.max, other.max),
            rms: mix(self.rms, other.rms),
            low: mix(self.low, other.low),
            mid: mix(self.mid, other.mid),
            high: mix(self.high, other.high),
        }
    }
}

/// The shape of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peaks {
    rate: SampleRate,
    length: Samples,
    /// Finest first.
    levels: Vec<Vec<Bin>>,
}

impl Peaks {
    fn new(rate: SampleRate, length: Samples, finest: Vec<Bin>) -> Self {
        let mut levels = vec![finest];
        while let Some(last) = levels.last()
            && last.len() > FEWEST_BINS * FACTOR
        {
            let coarser = last.chunks(FACTOR).map(Bin::joined).collect();
            levels.push(coarser);
        }
        Self {
            rate,
            length,
            levels,
        }
    }

    /// Samples per second of the recording.
    pub fn rate(&self) -> SampleRate {
        self.rate
    }

    /// Length of the recording.
    pub fn length(&self) -> Samples {
        self.length
    }

    /// What is to be drawn on `n` columns of equal width across `samples`, positions in samples of
    /// the recording that may lie between samples and outside it; outside there is silence.
    ///
    /// Costs as much as there are columns, whatever the zoom: each column sees at most a handful
    /// of bins of the level that fits. Where a bin is wider than a column, the columns run from
    /// one bin's value to the next.
    pub fn columns(&self, samples: Range<f64>, n: usize) -> Vec<Column> {
        let width = (samples.end - samples.start) / n.max(1) as f64;
        if !width.is_finite() || width <= 0.0 {
            return vec![Column::default(); n];
        }
        let (bins, per_bin) = self.level_for(width);
        (0..n)
            .map(|column| {
                let from = (samples.start + column as f64 * width) / per_bin;
                let to = from + width / per_bin;
                self.column(bins, per_bin, from, to)
            })
            .collect()
    }

    /// The coarsest level whose bins are no wider than a column, and how many samples its bins
    /// stand for.
    fn level_for(&self, samples_per_column: f64) -> (&[Bin], f64) {
        let mut per_bin = f64::from(SAMPLES_PER_BIN);
        let mut chosen = (self.levels.first().map_or(&[][..], Vec::as_slice), per_bin);
        for level in self.levels.iter().skip(1) {
            per_bin *= FACTOR as f64;
            if per_bin > samples_per_column {
                break;
            }
            chosen = (level, per_bin);
        }
        chosen
    }

    /// The column from the `from`th to the `to`th bin, both fractional.
    fn column(&self, bins: &[Bin], per_bin: f64, from: f64, to: f64) -> Column {
        let end = self.length.get() as f64 / per_bin;
        if to <= 0.0 || from >= end {
            return Column::default();
        }
        if to - from >= 1.0 {
            let first = from.max(0.0) as usize;
            let last = (to.ceil() as usize).min(bins.len());
            let seen = bins.get(first..last.max(first)).unwrap_or_default();
            return Bin::joined(seen).into();
        }
        // Closer than the finest bins: between the middles of two of them.
        let place = (f64::midpoint(from, to) - 0.5).max(0.0);
        let bin = |at: usize| bins.get(at).or(bins.last()).copied().unwrap_or_default();
        let (here, next) = (bin(place as usize), bin(place as usize + 1));
        Column::from(here).towards(next.into(), place.fract() as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peaks(samples: &[f32]) -> Peaks {
        let mut builder = PeaksBuilder::new(SampleRate::HZ_48000);
        let frames: Vec<[f32; 2]> = samples.iter().map(|s| [*s, *s]).collect();
        builder.add(&frames);
        builder.finish()
    }

    #[test]
    fn an_impulse_is_seen_in_its_column_and_in_no_other() {
        let mut samples = vec![0.0; 256 * 100];
        samples[256 * 40 + 7] = 1.0;
        let columns = peaks(&samples).columns(0.0..25_600.0, 100);
        let loud: Vec<usize> = (0..100).filter(|n| columns[*n].max > 0.5).collect();
        assert_eq!(loud, [40]);
    }

    #[test]
    fn an_impulse_is_never_lost_however_far_one_zooms_out() {
        let mut samples = vec![0.0; 256 * 5000];
        samples[256 * 3333] = -1.0;
        let peaks = peaks(&samples);
        for n in [1, 2, 3, 10, 77, 500, 5000] {
            let columns = peaks.columns(0.0..256.0 * 5000.0, n);
            let lowest = columns.iter().map(|c| c.min).fold(0.0, f32::min);
            assert!(lowest < -0.99, "{n} columns: {lowest}");
        }
    }

    #[test]
    fn outside_the_recording_there_is_silence() {
        let columns = peaks(&[1.0; 2560]).columns(-2560.0..5120.0, 30);
        assert!(columns[..10].iter().all(|c| *c == Column::default()));
        assert!(columns[10..20].iter().all(|c| c.max > 0.9));
        assert!(columns[20..].iter().all(|c| *c == Column::default()));
    }

    #[test]
    fn a_low_tone_shows_in_the_low_band_and_a_high_one_in_the_high() {
        let tone = |hz: f32| {
            let step = std::f32::consts::TAU * hz / 48_000.0;
            let samples: Vec<f32> = (0..48_000).map(|n| (n as f32 * step).sin()).collect();
            peaks(&samples).columns(24_000.0..48_000.0, 1)[0]
        };
        let (low, mid, high) = (tone(60.0), tone(1000.0), tone(12_000.0));
        assert!(low.low > 0.5 && low.high < 0.1, "{low:?}");
        assert!(mid.mid > 0.5 && mid.low < 0.2 && mid.high < 0.2, "{mid:?}");
        assert!(high.high > 0.5 && high.low < 0.1, "{high:?}");
    }

    #[test]
    fn the_mean_level_of_a_full_square_wave_is_full_scale() {
        let samples: Vec<f32> = (0..4800)
            .map(|n| if n / 10 % 2 == 0 { 1.0 } else { -1.0 })
            .collect();
        let columns = peaks(&samples).columns(0.0..4800.0, 4);
        assert!(columns.iter().all(|c| c.rms > 0.99), "{columns:?}");
    }

    #[test]
    fn no_columns_and_no_width_are_no_trouble() {
        let peaks = peaks(&[0.5; 1000]);
        assert!(peaks.columns(0.0..1000.0, 0).is_empty());
        assert_eq!(peaks.columns(5.0..5.0, 2), [Column::default(); 2]);
        assert_eq!(peaks.columns(f64::NAN..f64::NAN, 1), [Column::default()]);
    }
}
