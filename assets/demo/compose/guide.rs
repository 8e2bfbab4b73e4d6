//! The guide of each cut: speech, things and places where the story puts them.
//!
//! Every scene is made once, as it was drawn; a cut's guide is then cut from the scenes shot by
//! shot, as the picture is, so that v4 says the same words in the same voices as v3.

use std::collections::BTreeMap;

use crate::dsp::dynamics::{Compressor, limit};
use crate::dsp::filter::Biquad;
use crate::dsp::random::Rng;
use crate::dsp::resample::resample;
use crate::dsp::reverb::Room;
use crate::dsp::{gain, loudness};
use crate::error::{Error, Result};
use crate::foley;
use crate::mix::Stereo;
use crate::speech::Voices;
use crate::story::{Ambience, Cut, FPS, SOURCES, Source, Voice};

/// Samples a second.
pub(crate) const RATE: u32 = 24_000;
/// Loudness of a guide with two equal sides; with one it is 3 less.
const LUFS: f32 = -20.0;
const SAMPLES_PER_FRAME: usize = (RATE / FPS) as usize;

/// The sound of every scene as it was drawn, by number.
#[derive(Debug)]
pub(crate) struct Scenes {
    sounds: BTreeMap<&'static str, Stereo>,
}

impl Scenes {
    /// Makes all of them.
    pub(crate) fn make(voices: &Voices) -> Result<Self> {
        let mut sounds = BTreeMap::new();
        for (n, source) in SOURCES.iter().enumerate() {
            sounds.insert(
                source.number,
                scene(source, voices, &mut Rng::new(n as u64 + 40))?,
            );
        }
        Ok(Self { sounds })
    }

    /// The guide of a cut.
    pub(crate) fn cut(&self, cut: &Cut) -> Stereo {
        let mut out = Stereo::silence(cut.length() as usize * SAMPLES_PER_FRAME);
        for shot in cut.scenes().iter().flat_map(|scene| &scene.shots) {
            let Some(sound) = self.sounds.get(shot.source.number) else {
                continue;
            };
            let from = shot.source.shot_start(shot.shot) as usize * SAMPLES_PER_FRAME;
            copy(
                &sound.left,
                from,
                &mut out.left,
                shot.start as usize * SAMPLES_PER_FRAME,
                shot.length as usize * SAMPLES_PER_FRAME,
            );
        }
        out.right.clone_from(&out.left);
        let rate = RATE as f32;
        let lift = gain(LUFS - loudness::integrated(&out, rate));
        out.scale(lift);
        limit(&mut out, gain(-3.0), rate);
        out
    }
}

/// Copies a shot with a few milliseconds of fade over each join, into its neighbours.
fn copy(sound: &[f32], from: usize, out: &mut [f32], to: usize, length: usize) {
    const FADE: usize = RATE as usize / 125;
    let lead = FADE.min(from).min(to);
    for i in 0..lead + length + FADE {
        let (Some(&sample), Some(slot)) = (sound.get(from + i - lead), out.get_mut(to + i - lead))
        else {
            break;
        };
        let rise = if lead == 0 {
            1.0
        } else {
            (i as f32 / (2 * lead) as f32).min(1.0)
        };
        let left = (lead + length + FADE - i) as f32 / (2 * FADE) as f32;
        *slot += sample * rise * left.min(1.0);
    }
}

/// One scene from its first frame to its last.
fn scene(source: &Source, voices: &Voices, rng: &mut Rng) -> Result<Stereo> {
    let rate = RATE as f32;
    let length = (source.length() as usize + 1) * SAMPLES_PER_FRAME;
    let mut dry = Stereo::silence(length);
    let mut free_from = 0;
    for line in source.lines {
        let speech = speak(line.voice, line.text, voices)?;
        let at = line.at as usize * SAMPLES_PER_FRAME;
        if at < free_from || at + speech.len() > length {
            return Err(Error::Story(format!(
                "in scene {} there is no room for `{}`",
                source.number, line.text
            )));
        }
        free_from = at + speech.len();
        dry.add(&speech, sample_of(line.at), 0.0);
    }
    Compressor {
        threshold: -20.0,
        ..Compressor::FIRM
    }
    .run(&mut dry, rate);
    for &(at, foley) in source.foley {
        dry.add(&foley::thing(foley, rate, rng), sample_of(at), 0.0);
    }
    let room = match source.ambience {
        Ambience::Room | Ambience::Night => (
            Room {
                t60: 0.45,
                size: 0.3,
                damping: 3800.0,
                pre_delay: 0.003,
            },
            -9.0,
        ),
        Ambience::Shore | Ambience::Deck => (
            Room {
                t60: 0.9,
                size: 0.9,
                damping: 2600.0,
                pre_delay: 0.02,
            },
            -19.0,
        ),
    };
    let wet = room.0.answer(&dry, rate);
    dry.blend(&wet, gain(room.1));
    dry.add(&foley::place(source.ambience, length, rate, rng), 0, 0.0);
    dry.filter(&Biquad::high_pass(70.0, rate));
    Ok(dry)
}

/// The first sample of a frame.
fn sample_of(frame: u32) -> i64 {
    i64::from(frame) * i64::from(RATE / FPS)
}

/// A line in a character's voice. A higher ratio is a smaller, quicker person.
fn speak(voice: Voice, text: &str, voices: &Voices) -> Result<Vec<f32>> {
    // The voice, its ratio, and decibels above 2.8 kHz that take the edge off it.
    let (name, ratio, edge) = match voice {
        Voice::Ida => ("slt", 1.07, 0.0),
        Voice::Wren => ("awb", 1.08, -5.0),
        Voice::Tove => ("slt", 0.84, 0.0),
        Voice::Bas => ("rms", 0.98, -9.0),
    };
    let (speech, rate) = voices.tell(text, name)?;
    let mut out = resample(&speech, ratio * f64::from(rate) / f64::from(RATE));
    let peak = out.iter().map(|x| x.abs()).fold(1e-6, f32::max);
    let first = out.iter().position(|x| x.abs() > 0.02 * peak).unwrap_or(0);
    let last = out
        .iter()
        .rposition(|x| x.abs() > 0.02 * peak)
        .map_or(out.len(), |last| last + 1);
    out = out[first..last].to_vec();
    Biquad::high_shelf(2800.0, edge, RATE as f32).run(&mut out);
    let power = out.iter().map(|x| x * x).sum::<f32>() / out.len().max(1) as f32;
    let factor = 0.1 / power.sqrt().max(1e-6);
    for sample in &mut out {
        *sample *= factor;
    }
    Ok(out)
}
