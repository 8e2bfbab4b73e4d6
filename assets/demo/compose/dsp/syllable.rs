//! What the mouth does in a spoken syllable.
//!
//! A spectral envelope every five milliseconds (the "true envelope" of Röbel and Rodet, "Efficient
//! spectral envelope estimation", Digital Audio Effects conference, 2005), and how voiced each
//! moment is.

use super::envelope::smooth_step;
use super::fft::{Complex, Fft};

/// Seconds between envelopes.
pub(super) const HOP: f32 = 0.005;
/// Points of the transforms, for analysis and synthesis alike.
pub(super) const POINTS: usize = 1024;
/// Highest quefrency kept in an envelope: below the spoken pitch period.
const LIFTER: usize = 52;

/// One moment of the mouth.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Natural logarithm of the spectral envelope, from 0 Hz to half the speech's rate.
    pub(super) envelope: Vec<f32>,
    /// 0 is breath, 1 is voice.
    pub(super) voicing: f32,
    /// Size of the sound.
    level: f32,
}

/// A spoken syllable, ready to be sung.
#[derive(Clone, Debug)]
pub(crate) struct Syllable {
    /// Its envelopes, one a hop.
    pub(super) frames: Vec<Frame>,
    /// First frame of the vowel.
    vowel: usize,
    /// The frame after the vowel.
    coda: usize,
    /// Half the sampling rate of the speech.
    pub(super) top_hz: f32,
}

impl Syllable {
    /// Analyses the sound of one spoken syllable.
    pub(crate) fn hear(speech: &[f32], rate: f32) -> Self {
        let trimmed = trim(speech);
        let fft = Fft::new(POINTS);
        let hop = HOP * rate;
        let count = (trimmed.len() as f32 / hop) as usize + 1;
        let mut frames: Vec<Frame> = (0..count)
            .map(|n| Frame::at(&fft, trimmed, (n as f32 * hop) as usize, rate))
            .collect();
        let loudest = frames.iter().map(|frame| frame.level).fold(1e-6, f32::max);
        let is_vowel = |frame: &Frame| frame.voicing > 0.5 && frame.level > 0.4 * loudest;
        let vowel = frames.iter().position(is_vowel).unwrap_or(0);
        let coda = frames
            .iter()
            .rposition(is_vowel)
            .map_or(frames.len(), |last| last + 1);
        for frame in &mut frames[vowel..coda] {
            frame.voicing = 1.0;
        }
        let body = &frames[vowel..coda.max(vowel + 1).min(frames.len())];
        let mean =
            body.iter().map(|frame| frame.level.powi(2)).sum::<f32>() / body.len().max(1) as f32;
        let correction = -mean.sqrt().max(1e-6).ln();
        for frame in &mut frames {
            frame.envelope.iter_mut().for_each(|bin| *bin += correction);
        }
        Self {
            frames,
            vowel,
            coda,
            top_hz: rate / 2.0,
        }
    }

    /// How long its first consonants are.
    pub(super) fn onset_secs(&self) -> f32 {
        (self.vowel as f32 * HOP).min(0.16)
    }

    /// How long its last consonants are.
    pub(super) fn coda_secs(&self) -> f32 {
        ((self.frames.len() - self.coda) as f32 * HOP).min(0.20)
    }

    /// The frame heard `t` seconds after the vowel begins, when the vowel lasts `vowel_secs`.
    pub(super) fn place(&self, t: f32, vowel_secs: f32) -> f32 {
        let (vowel, coda) = (self.vowel as f32, self.coda as f32);
        if t < 0.0 {
            return (vowel + t / HOP).max(0.0);
        }
        if t >= vowel_secs {
            return coda + (t - vowel_secs) / HOP;
        }
        // The ways into and out of the vowel keep their speed; its middle gives.
        let natural = (coda - vowel) * HOP;
        let edge = (natural / 3.0).min(vowel_secs / 3.0).min(0.06);
        let inner = if t < edge {
            t
        } else if t > vowel_secs - edge {
            natural - (vowel_secs - t)
        } else {
            edge + (t - edge) / (vowel_secs - 2.0 * edge).max(1e-3) * (natural - 2.0 * edge)
        };
        vowel + inner / HOP
    }
}

impl Frame {
    fn at(fft: &Fft, speech: &[f32], centre: usize, rate: f32) -> Self {
        let width = (0.0235 * rate) as usize;
        let windowed: Vec<f32> = (0..width)
            .map(|i| {
                let place = (centre + i).checked_sub(width / 2);
                let sample = place
                    .and_then(|place| speech.get(place))
                    .copied()
                    .unwrap_or(0.0);
                sample * hann(i, width)
            })
            .collect();
        let mut spectrum = vec![Complex::default(); POINTS];
        for (point, sample) in spectrum.iter_mut().zip(&windowed) {
            point.re = *sample;
        }
        fft.forward(&mut spectrum);
        let logs: Vec<f32> = spectrum
            .iter()
            .map(|point| point.size().max(1e-5).ln())
            .collect();
        let power = windowed.iter().map(|x| x * x).sum::<f32>() / width as f32;
        let voicing = periodicity(speech, centre, rate).max(lowness(&spectrum, rate));
        Self {
            envelope: true_envelope(fft, &logs),
            voicing,
            level: power.sqrt(),
        }
    }
}

/// Smooths a log spectrum so that it runs along its peaks.
fn true_envelope(fft: &Fft, logs: &[f32]) -> Vec<f32> {
    let mut target = logs.to_vec();
    let mut smooth = Vec::new();
    for _ in 0..10 {
        let mut cepstrum: Vec<Complex> = target.iter().map(|&log| Complex::new(log, 0.0)).collect();
        fft.inverse(&mut cepstrum);
        for (n, point) in cepstrum.iter_mut().enumerate() {
            let quefrency = n.min(POINTS - n) as f32 / LIFTER as f32;
            let keep = 1.0 - smooth_step(0.75, 1.1, quefrency);
            *point = Complex::new(point.re * keep, 0.0);
        }
        fft.forward(&mut cepstrum);
        smooth = cepstrum.iter().map(|point| point.re).collect();
        for (aim, (log, line)) in target.iter_mut().zip(logs.iter().zip(&smooth)) {
            *aim = log.max(*line);
        }
    }
    smooth.truncate(POINTS / 2 + 1);
    smooth
}

/// How periodic the speech is around a sample, 0 to 1, by normalised autocorrelation.
fn periodicity(speech: &[f32], centre: usize, rate: f32) -> f32 {
    let half = (0.014 * rate) as usize;
    let part =
        &speech[centre.saturating_sub(half).min(speech.len())..(centre + half).min(speech.len())];
    let best = ((rate / 380.0) as usize..(rate / 75.0) as usize)
        .filter(|lag| lag + 40 < part.len())
        .map(|lag| {
            let (a, b) = (&part[lag..], &part[..part.len() - lag]);
            let cross: f32 = a.iter().zip(b).map(|(x, y)| x * y).sum();
            let energy: f32 =
                a.iter().map(|x| x * x).sum::<f32>() * b.iter().map(|x| x * x).sum::<f32>();
            cross / energy.sqrt().max(1e-6)
        })
        .fold(0.0, f32::max);
    smooth_step(0.45, 0.75, best)
}

/// Whether most of a frame's power is low, as in voiced sounds and in no consonant of breath. It
/// decides at the edges of a syllable, where there is too little sound to find a period in.
fn lowness(spectrum: &[Complex], rate: f32) -> f32 {
    let border = (1300.0 / rate * POINTS as f32) as usize;
    let power = |part: &[Complex]| part.iter().map(|point| point.size().powi(2)).sum::<f32>();
    let (low, all) = (power(&spectrum[..border]), power(&spectrum[..POINTS / 2]));
    smooth_step(0.55, 0.85, low / all.max(1e-9))
}

/// A raised cosine, `width` long.
pub(super) fn hann(i: usize, width: usize) -> f32 {
    0.5 - 0.5 * (std::f32::consts::TAU * i as f32 / width as f32).cos()
}

/// Cuts the silence off both ends.
fn trim(speech: &[f32]) -> &[f32] {
    let peak = speech.iter().map(|x| x.abs()).fold(1e-6, f32::max);
    let first = speech
        .iter()
        .position(|x| x.abs() > 0.012 * peak)
        .unwrap_or(0);
    let last = speech
        .iter()
        .rposition(|x| x.abs() > 0.012 * peak)
        .unwrap_or(0);
    &speech[first..=last.max(first).min(speech.len().saturating_sub(1))]
}
