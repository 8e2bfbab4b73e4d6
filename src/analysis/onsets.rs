//! How strongly something begins, a hundred times a second.
//!
//! The curve is the spectral flux of log-compressed bands of equal width in mel, each compared
//! with the highest of its neighbours a little earlier, so that a vibrato is no onset: S. Böck and
//! G. Widmer, “Maximum Filter Vibrato Suppression for Onset Detection” (`DAFx` 2013). That the sum
//! over mel bands serves for tempo is from D. Ellis, “Beat Tracking by Dynamic Programming” (2007).

use std::ops::Range;

use super::lanes;
use super::spectra::Spectra;

/// Values a second, about.
const VALUES_PER_SEC: f64 = 100.0;
/// How much sound is looked at for each value.
const WINDOW_SECS: f64 = 0.035;
/// How many bands the spectrum is summed up in, at most.
const BANDS: usize = 32;
/// The bands reach from here …
const LOWEST_HZ: f64 = 30.0;
/// … to here.
const HIGHEST_HZ: f64 = 11_000.0;
/// A bass drum begins below this.
const LOW_HZ: f64 = 160.0;
/// A snare drum begins between these.
const CRISP_HZ: Range<f64> = 300.0..3_500.0;
/// How strongly bands are compressed: power, where 1 is a full-scale tone, times this.
const COMPRESSION: f32 = 1e5;
/// How many values back a band is compared with.
const BACK: usize = 2;
/// How many bands the tone colour of a [`Stretch`] has.
pub(super) const COLORS: usize = 8;
/// How long a [`Stretch`] is.
const STRETCH_SECS: f64 = 0.5;

/// The levels of the bands at one place.
#[derive(Clone, Copy, Debug, Default)]
struct Bands {
    /// Compressed.
    levels: [f32; BANDS],
    /// As they are.
    amplitudes: [f32; BANDS],
}

/// What half a second sounds like.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Stretch {
    /// Its mean power, where 1 is full scale.
    pub(super) power: f32,
    /// How much of it is how high, low to high, compressed.
    pub(super) color: [f32; COLORS],
}

/// The curves of a recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Curves {
    /// Values a second.
    pub(super) rate: f64,
    /// How strongly anything begins.
    pub(super) all: Vec<f32>,
    /// The same below 160 Hz, where bass drums are: in amplitudes, not compressed, so that loud
    /// drums stand out.
    pub(super) low: Vec<f32>,
    /// The same between 300 and 3500 Hz, where snare drums are.
    pub(super) crisp: Vec<f32>,
    /// What it sounds like, half a second at a time.
    pub(super) stretches: Vec<Stretch>,
    /// Values in each stretch.
    pub(super) values_per_stretch: usize,
}

/// Collects the curves: 1.3 kB for each second of sound.
pub(super) struct OnsetMeter {
    spectra: Spectra,
    hop: usize,
    held: Vec<f32>,
    /// Which lines of the spectrum are in which band.
    bands: Vec<Range<usize>>,
    low: Range<usize>,
    crisp: Range<usize>,
    /// The bands of the last values, newest last.
    before: [Bands; BACK],
    /// The stretch in the making, and how many values are in it.
    stretch: Stretch,
    in_stretch: usize,
    curves: Curves,
}

impl OnsetMeter {
    /// A meter for mono sound at `rate` samples per second.
    pub(super) fn new(rate: f64) -> Self {
        let size = ((rate * WINDOW_SECS) as usize).next_power_of_two().max(64);
        let hop = (rate / VALUES_PER_SEC).round().max(1.0) as usize;
        let line = |hz: f64| (hz / rate * size as f64).round() as usize;
        let bands = bands(line, size / 2);
        let among = |hz: Range<f64>| {
            let from = bands.partition_point(|band| band.start < line(hz.start));
            let to = bands.partition_point(|band| band.start < line(hz.end));
            from..to.max(from)
        };
        let values_per_stretch = (STRETCH_SECS * rate / hop as f64).round().max(1.0) as usize;
        Self {
            spectra: Spectra::new(size, 0..size / 2 + 1),
            hop,
            // Half a window of silence first: the first value is that of the first sample.
            held: vec![0.0; size / 2],
            low: among(0.0..LOW_HZ),
            crisp: among(CRISP_HZ),
            bands,
            before: [Bands::default(); BACK],
            stretch: Stretch::default(),
            in_stretch: 0,
            curves: Curves {
                rate: rate / hop as f64,
                values_per_stretch,
                ..Curves::default()
            },
        }
    }

    /// How many samples each spectrum is of, in a Hann window.
    pub(super) fn size(&self) -> usize {
        self.spectra.size()
    }

    /// Values, and spectra, a second.
    pub(super) fn rate(&self) -> f64 {
        self.curves.rate
    }

    /// Takes the next samples.
    pub(super) fn add(&mut self, samples: &[f32]) {
        self.add_seen(samples, &mut |_| ());
    }

    /// Takes the next samples, and shows the powers of the spectrum of every value to `see`.
    pub(super) fn add_seen(&mut self, samples: &[f32], see: &mut dyn FnMut(&[f32])) {
        self.held.extend_from_slice(samples);
        let two = self.size() + self.hop;
        let mut at = 0;
        while at + two <= self.held.len() {
            self.look(at, 2, see);
            at += 2 * self.hop;
        }
        self.held.drain(..at);
    }

    /// The curves of everything taken in.
    pub(super) fn finish(mut self) -> Curves {
        // Half a window of silence after the end, so that every sample was in a middle.
        let silence = vec![0.0; self.size() / 2];
        self.add(&silence);
        if self.held.len() >= self.size() {
            self.held.resize(self.size() + self.hop, 0.0);
            self.look(0, 1, &mut |_| ());
        }
        if self.in_stretch > 0 {
            self.close_stretch();
        }
        self.curves
    }

    /// Looks at the window at `at` and at the next one, and closes so many values.
    fn look(&mut self, at: usize, n_values: usize, see: &mut dyn FnMut(&[f32])) {
        let (size, hop) = (self.size(), self.hop);
        let windows = [at, at + hop].map(|at| &self.held[at..at + size]);
        self.spectra.look(windows[0], windows[1]);
        // How strong the middle of each is.
        let middle = (size - hop.min(size)) / 2;
        let strengths = windows.map(|seen| {
            let heard = &seen[middle..(middle + hop).min(size)];
            lanes::power(heard) / heard.len().max(1) as f32
        });
        for (which, strength) in strengths.into_iter().take(n_values).enumerate() {
            see(self.spectra.powers()[which]);
            self.close_value(which, strength);
        }
    }

    fn close_value(&mut self, which: usize, strength: f32) {
        // A full-scale tone in the middle of a line has the power 1.
        let scale = (4.0 / self.size() as f32).powi(2);
        let mut now = Bands::default();
        let powers = self.spectra.powers()[which];
        for (n, band) in self.bands.iter().enumerate() {
            let power = scale * lanes::sum(&powers[band.clone()]);
            now.amplitudes[n] = power;
        }
        // Side by side, with bands that there are not: those stay nothing.
        for (level, amplitude) in now.levels.iter_mut().zip(&mut now.amplitudes) {
            *level = lanes::ln(1.0 + COMPRESSION * *amplitude);
            *amplitude = amplitude.sqrt();
        }
        let earlier = &self.before[0];
        let mut all = 0.0;
        let mut louder = [0.0; BANDS];
        for (band, louder) in louder.iter_mut().enumerate().take(self.bands.len()) {
            let beside = &earlier.levels[band.saturating_sub(1)..(band + 2).min(BANDS)];
            let highest = beside.iter().copied().fold(0.0, f32::max);
            all += (now.levels[band] - highest).max(0.0);
            *louder = (now.amplitudes[band] - earlier.amplitudes[band]).max(0.0);
        }
        self.curves.all.push(all);
        self.curves.low.push(louder[self.low.clone()].iter().sum());
        self.curves
            .crisp
            .push(louder[self.crisp.clone()].iter().sum());
        self.before.rotate_left(1);
        self.before[BACK - 1] = now;

        self.stretch.power += strength;
        for (band, level) in now.levels.iter().enumerate().take(self.bands.len()) {
            self.stretch.color[band * COLORS / self.bands.len()] += level;
        }
        self.in_stretch += 1;
        if self.in_stretch == self.curves.values_per_stretch {
            self.close_stretch();
        }
    }

    fn close_stretch(&mut self) {
        let mut stretch = std::mem::take(&mut self.stretch);
        let n = std::mem::take(&mut self.in_stretch).max(1) as f32;
        stretch.power /= n;
        stretch.color.iter_mut().for_each(|level| *level /= n);
        self.curves.stretches.push(stretch);
    }
}

/// Bands of equal width in mel (O'Shaughnessy's formula), none of them empty, side by side.
fn bands(line: impl Fn(f64) -> usize, last: usize) -> Vec<Range<usize>> {
    let mel = |hz: f64| 1127.0 * (1.0 + hz / 700.0).ln();
    let hz = |mel: f64| 700.0 * ((mel / 1127.0).exp() - 1.0);
    let (lowest, highest) = (mel(LOWEST_HZ), mel(HIGHEST_HZ));
    let mut from = line(LOWEST_HZ).max(1);
    let mut bands = Vec::with_capacity(BANDS);
    for n in 1..=BANDS {
        let edge = hz(lowest + (highest - lowest) * n as f64 / BANDS as f64);
        let to = line(edge).max(from + 1).min(last);
        if to > from {
            bands.push(from..to);
        }
        from = to;
    }
    if bands.is_empty() {
        bands.push(0..last);
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::made;

    fn curves(samples: &[f32]) -> Curves {
        let mut meter = OnsetMeter::new(22_050.0);
        samples.chunks(5_000).for_each(|piece| meter.add(piece));
        meter.finish()
    }

    #[test]
    fn clicks_stand_out_where_they_are() {
        let mut samples = vec![0.0; 22_050 * 4];
        for at in [22_050, 44_100, 66_150] {
            made::click(&mut samples, 22_050.0, at, 0.5);
        }
        let curves = curves(&samples);
        let highest = curves.all.iter().copied().fold(0.0, f32::max);
        for secs in [1.0, 2.0, 3.0] {
            let at = (secs * curves.rate) as usize;
            let near = &curves.all[at - 3..at + 4];
            let here = near.iter().copied().fold(0.0, f32::max);
            assert!(here > 0.75 * highest, "{secs} s: {near:?} of {highest}");
        }
        let between = &curves.all[(1.2 * curves.rate) as usize..(1.8 * curves.rate) as usize];
        assert!(between.iter().all(|value| *value < 0.05 * highest));
    }

    #[test]
    fn silence_has_no_onsets() {
        assert!(
            curves(&vec![0.0; 22_050])
                .all
                .iter()
                .all(|value| *value < 1e-6)
        );
    }

    #[test]
    fn the_first_sample_counts_and_the_last_does() {
        let curves = curves(&vec![0.1; 22_050]);
        assert_eq!(curves.all.len(), 22_050_usize.div_ceil(221));
    }

    #[test]
    fn very_low_rates_are_no_harm() {
        for rate in [50.0, 1_000.0, 8_000.0] {
            let mut meter = OnsetMeter::new(rate);
            meter.add(&vec![0.3; 3_000]);
            assert!(!meter.finish().all.is_empty(), "{rate}");
        }
    }
}
