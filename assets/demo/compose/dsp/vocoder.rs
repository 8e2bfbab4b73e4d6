//! A singing voice: the mouth of a spoken syllable on the pitch of a melody.
//!
//! A syllable spoken by a speech program is reduced to what the mouth does, a spectral envelope
//! every five milliseconds (the "true envelope" of Röbel and Rodet, "Efficient spectral envelope
//! estimation", Digital Audio Effects conference 2005) and how voiced each moment is. Sung, the consonants keep their speed,
//! the vowel is stretched over the note, and the envelopes are put on new glottal pulses, one
//! minimum-phase impulse response per pulse, with noise where the voice is breath (the scheme of
//! Morise, Yokomori and Ozawa, "WORLD", 2016). [`impress`] puts the same mouth on any other sound,
//! which is the classic vocoder (Dudley, "Remaking speech", JASA 1939).

use super::envelope::smooth_step;
use super::fft::{Complex, Fft};
use super::line::{Contour, Manner, Step};
use super::random::Rng;

/// Seconds between envelopes.
const HOP: f32 = 0.005;
/// Points of the transforms, for analysis and synthesis alike.
const POINTS: usize = 1024;
/// Highest quefrency kept in an envelope: below the spoken pitch period.
const LIFTER: usize = 52;

/// One moment of the mouth.
#[derive(Clone, Debug)]
struct Frame {
    /// Natural logarithm of the spectral envelope, from 0 Hz to half the speech's rate.
    envelope: Vec<f32>,
    /// 0 is breath, 1 is voice.
    voicing: f32,
    /// Size of the sound.
    level: f32,
}

/// A spoken syllable, ready to be sung.
#[derive(Clone, Debug)]
pub(crate) struct Syllable {
    frames: Vec<Frame>,
    /// First frame of the vowel.
    vowel: usize,
    /// The frame after the vowel.
    coda: usize,
    /// Half the sampling rate of the speech.
    top_hz: f32,
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

    fn onset_secs(&self) -> f32 {
        (self.vowel as f32 * HOP).min(0.16)
    }

    fn coda_secs(&self) -> f32 {
        ((self.frames.len() - self.coda) as f32 * HOP).min(0.20)
    }

    /// The frame heard `t` seconds after the vowel begins, when the vowel lasts `vowel_secs`.
    fn place(&self, t: f32, vowel_secs: f32) -> f32 {
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

fn hann(i: usize, width: usize) -> f32 {
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

/// One syllable of a part: what is sung, and over which notes.
#[derive(Clone, Debug)]
pub(crate) struct SungSyllable<'a> {
    /// The mouth.
    pub(crate) syllable: &'a Syllable,
    /// Its notes; more than one is a melisma.
    pub(crate) steps: Vec<Step>,
}

impl SungSyllable<'_> {
    /// When its vowel begins.
    fn start(&self) -> f32 {
        self.steps.first().map_or(0.0, |step| step.start)
    }

    /// When it is first heard: its consonants come before the beat.
    pub(crate) fn heard_from(&self) -> f32 {
        self.start() - self.syllable.onset_secs()
    }

    fn end(&self) -> f32 {
        self.steps.last().map_or(0.0, |step| step.start + step.secs)
    }

    fn velocity(&self) -> f32 {
        self.steps.first().map_or(0.0, |step| step.velocity)
    }
}

/// A singer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Singer {
    /// Moves the formants: above 1 is a smaller head.
    pub(crate) formants: f32,
    /// How much breath is in the voice, 0 to 1.
    pub(crate) breath: f32,
    /// How the singer gets from note to note.
    pub(crate) manner: Manner,
}

/// What the mouth does over a whole part: one frame per hop, nothing where it is shut.
pub(crate) struct Mouth {
    frames: Vec<Option<Shape>>,
}

/// A frame of [`Mouth`], on the transform's grid of the sung rate.
struct Shape {
    envelope: Vec<f32>,
    voicing: f32,
    gain: f32,
}

impl Mouth {
    /// Lays the syllables of a part out in time.
    pub(crate) fn follow(part: &[SungSyllable<'_>], singer: &Singer, secs: f32, rate: f32) -> Self {
        let count = (secs / HOP) as usize + 1;
        let mut frames: Vec<Option<Shape>> = (0..count).map(|_| None).collect();
        for (index, sung) in part.iter().enumerate() {
            let start = sung.start();
            let next = part.get(index + 1);
            // The next syllable's consonants end this one.
            let end = next.map_or(sung.end(), |next| {
                sung.end().min(next.heard_from().max(start + 0.05))
            });
            let coda = sung.syllable.coda_secs().min((end - start) * 0.45);
            let vowel_secs = end - start - coda;
            let first = ((sung.heard_from() / HOP).max(0.0)) as usize;
            let last = ((end / HOP) as usize).min(count);
            for (n, slot) in frames.iter_mut().enumerate().take(last).skip(first) {
                let t = n as f32 * HOP;
                let place = sung.syllable.place(t - start, vowel_secs);
                let ends = smooth_step(0.0, 0.012, t - sung.heard_from() + 0.004)
                    * smooth_step(0.0, 0.02, end - t);
                *slot = Some(Shape::from_syllable(
                    sung.syllable,
                    place,
                    singer,
                    rate,
                    ends * sung.velocity(),
                ));
            }
        }
        Self { frames }
    }

    fn at(&self, secs: f32) -> Option<&Shape> {
        self.frames.get((secs / HOP + 0.5) as usize)?.as_ref()
    }
}

impl Shape {
    fn from_syllable(
        syllable: &Syllable,
        place: f32,
        singer: &Singer,
        rate: f32,
        gain: f32,
    ) -> Self {
        let last = syllable.frames.len() - 1;
        let whole = (place as usize).min(last);
        let (one, two) = (
            &syllable.frames[whole],
            &syllable.frames[(whole + 1).min(last)],
        );
        let mix = (place - whole as f32).clamp(0.0, 1.0);
        let bins = (one.envelope.len() - 1) as f32;
        let envelope = (0..=POINTS / 2)
            .map(|k| {
                let hz = k as f32 * rate / POINTS as f32;
                let bin = hz / singer.formants / syllable.top_hz * bins;
                let over = (bin - 0.96 * bins).max(0.0);
                let bin = bin.min(0.96 * bins);
                let (low, fraction) = (bin as usize, bin.fract());
                let read = |frame: &Frame| {
                    frame.envelope[low] + (frame.envelope[low + 1] - frame.envelope[low]) * fraction
                };
                // Speech programs leave little above 4 kHz; a singer has more.
                let air = 1.1 * smooth_step(3600.0, 5600.0, hz);
                read(one) + (read(two) - read(one)) * mix + air - 0.02 * over
            })
            .collect();
        Self {
            envelope,
            voicing: one.voicing + (two.voicing - one.voicing) * mix,
            gain,
        }
    }
}

/// Sings a part over `length` samples.
pub(crate) fn sing(
    part: &[SungSyllable<'_>],
    mouth: &Mouth,
    singer: &Singer,
    length: usize,
    rate: f32,
    rng: &mut Rng,
) -> Vec<f32> {
    let steps: Vec<Step> = part
        .iter()
        .flat_map(|sung| sung.steps.iter().copied())
        .collect();
    let contour = Contour::draw(&steps, &singer.manner, length, rate, rng);
    let fft = Fft::new(POINTS);
    let mut out = vec![0.0_f32; length + POINTS];
    let mut phase = 0.0_f32;
    for i in 0..length {
        let step = contour.hz[i] / rate;
        phase += step;
        if phase < 1.0 {
            continue;
        }
        phase -= 1.0;
        let Some(shape) = mouth
            .at(i as f32 / rate)
            .filter(|shape| shape.voicing > 0.02)
        else {
            continue;
        };
        let early = phase / step;
        let shimmer = 1.0 + 0.03 * rng.noise();
        let level = shape.gain * shape.voicing * shimmer * (1.0 / step).sqrt() * 0.05;
        add_pulse(
            &fft,
            shape,
            singer,
            level,
            early,
            rate,
            &mut out[i..i + POINTS],
        );
    }
    add_breath(&fft, mouth, singer, rate, &mut out, rng);
    out.truncate(length);
    out
}

/// How much of a voiced sound is breath at a frequency: little below, much above.
fn airiness(hz: f32, singer: &Singer) -> f32 {
    (0.01 + 0.10 * singer.breath) + (0.5 - 0.1 * singer.breath) * smooth_step(2500.0, 9000.0, hz)
}

/// Adds one glottal pulse, `early` samples before the first of `out`'s, through the mouth.
fn add_pulse(
    fft: &Fft,
    shape: &Shape,
    singer: &Singer,
    level: f32,
    early: f32,
    rate: f32,
    out: &mut [f32],
) {
    let mut cepstrum: Vec<Complex> = (0..POINTS)
        .map(|k| {
            let bin = k.min(POINTS - k);
            let hz = bin as f32 * rate / POINTS as f32;
            let voiced = (1.0 - airiness(hz, singer).powi(2)).max(0.02).sqrt();
            // The glottis leaves nothing at 0 Hz.
            let body = smooth_step(-40.0, 140.0, hz).max(0.02);
            Complex::new(shape.envelope[bin] + (voiced * body).ln(), 0.0)
        })
        .collect();
    fft.inverse(&mut cepstrum);
    for (n, point) in cepstrum.iter_mut().enumerate() {
        let fold = match n {
            0 => 1.0,
            n if n < POINTS / 2 => 2.0,
            n if n == POINTS / 2 => 1.0,
            _ => 0.0,
        };
        *point = Complex::new(point.re * fold, 0.0);
    }
    fft.forward(&mut cepstrum);
    for (k, point) in cepstrum.iter_mut().enumerate() {
        let signed = if k > POINTS / 2 {
            k as f32 - POINTS as f32
        } else {
            k as f32
        };
        let shift = std::f32::consts::TAU * signed * early / POINTS as f32;
        *point = Complex::polar(level * point.re.exp(), point.im + shift);
    }
    cepstrum[POINTS / 2] = Complex::default();
    fft.inverse(&mut cepstrum);
    let fade_from = POINTS * 3 / 4;
    for (n, (slot, point)) in out.iter_mut().zip(&cepstrum).enumerate() {
        let fade = 1.0 - smooth_step(fade_from as f32, POINTS as f32 - 40.0, n as f32);
        *slot += point.re * fade;
    }
}

/// Adds the noise of breath and consonants.
fn add_breath(
    fft: &Fft,
    mouth: &Mouth,
    singer: &Singer,
    rate: f32,
    out: &mut [f32],
    rng: &mut Rng,
) {
    const WIDTH: usize = 512;
    let hop = WIDTH / 4;
    for start in (0..out.len().saturating_sub(POINTS)).step_by(hop) {
        let noise: Vec<f32> = (0..WIDTH).map(|i| rng.noise() * hann(i, WIDTH)).collect();
        let Some(shape) = mouth.at((start + WIDTH / 2) as f32 / rate) else {
            continue;
        };
        let mut spectrum = vec![Complex::default(); POINTS];
        for (point, sample) in spectrum.iter_mut().zip(&noise) {
            point.re = *sample;
        }
        fft.forward(&mut spectrum);
        for (k, point) in spectrum.iter_mut().enumerate() {
            let bin = k.min(POINTS - k);
            let hz = bin as f32 * rate / POINTS as f32;
            let airy = (1.0 - shape.voicing).powi(2) + shape.voicing * airiness(hz, singer);
            let size = shape.envelope[bin].exp() * airy * shape.gain * 0.11;
            *point = Complex::new(point.re * size, point.im * size);
        }
        fft.inverse(&mut spectrum);
        for (slot, point) in out[start..start + POINTS].iter_mut().zip(&spectrum) {
            *slot += point.re;
        }
    }
}

/// Puts the mouth on another sound.
pub(crate) fn impress(mouth: &Mouth, carrier: &[f32], rate: f32) -> Vec<f32> {
    let fft = Fft::new(POINTS);
    let width = POINTS / 2;
    let hop = width / 4;
    let mut out = vec![0.0_f32; carrier.len() + POINTS];
    for start in (0..carrier.len().saturating_sub(width)).step_by(hop) {
        let Some(shape) = mouth.at((start + width / 2) as f32 / rate) else {
            continue;
        };
        let mut spectrum = vec![Complex::default(); POINTS];
        for (i, point) in spectrum.iter_mut().take(width).enumerate() {
            point.re = carrier[start + i] * hann(i, width);
        }
        fft.forward(&mut spectrum);
        for (k, point) in spectrum.iter_mut().enumerate() {
            let bin = k.min(POINTS - k);
            let tilt = 1.0 + 2.5 * smooth_step(400.0, 5000.0, bin as f32 * rate / POINTS as f32);
            let size = shape.envelope[bin].exp() * shape.gain * tilt * 0.5;
            *point = Complex::new(point.re * size, point.im * size);
        }
        fft.inverse(&mut spectrum);
        for (slot, point) in out[start..start + POINTS].iter_mut().zip(&spectrum) {
            *slot += point.re * 0.5;
        }
    }
    out.truncate(carrier.len());
    out
}
