//! A singing voice: the mouth of a spoken syllable on the pitch of a melody.
//!
//! The consonants of a [`Syllable`] keep their speed and its vowel is stretched over the note; its
//! envelopes are put on new glottal pulses, one minimum-phase impulse response per pulse, with noise
//! where the voice is breath (the scheme of Morise, Yokomori and Ozawa, "WORLD", 2016). [`impress`]
//! puts the same mouth on any other sound, which is the classic vocoder (Dudley, "Remaking speech",
//! JASA 1939).

use super::envelope::smooth_step;
use super::fft::{Complex, Fft};
use super::line::{Contour, Manner, Step};
use super::random::Rng;
use super::syllable::{Frame, HOP, POINTS, Syllable, hann};

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
