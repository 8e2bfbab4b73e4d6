//! What a recording is like as music, gathered from the same pieces of sound as its loudness.

use super::beats;
use super::halver::Halver;
use super::key::PitchMeter;
use super::onsets::OnsetMeter;
use super::pulse::OnsetCurve;
use super::sections;
use super::tempo;
use super::voice::VoiceMeter;
use crate::media::StereoFrame;
use crate::model::Ending;
use crate::model::Key;
use crate::time::SampleRate;
use crate::time::Samples;

/// Sound is halved down to at least this rate before it is looked at.
const LOWEST_RATE: u32 = 20_000;
/// Tempi that are less sure than this are none.
const LEAST_CONFIDENCE: f64 = 0.05;

/// What a recording is like as music. All of it is estimated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Music {
    /// Its tempo and its beats, where it has any.
    pub rhythm: Option<Rhythm>,
    /// Its key, where it has pitches.
    pub key: Option<KeyEstimate>,
    /// Where its parts begin, the first at the first sound, in order.
    pub sections: Vec<Samples>,
    /// Where it rises most, if it does.
    pub lift: Option<Samples>,
    /// Where its quietest stretch begins and ends; none for what is too short to have one.
    pub quietest: Option<(Samples, Samples)>,
    /// How it ends; none for silence.
    pub ending: Option<Ending>,
    /// Where somebody sings; none where that is not sure.
    pub singing: Option<Singing>,
    /// How strongly something begins, all along.
    pub onsets: OnsetCurve,
}

/// A tempo with its beats.
#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    /// Beats a minute; the middle one where the tempo drifts.
    pub bpm: f64,
    /// How sure the tempo is, from 0 to 1.
    pub confidence: f64,
    /// Whether the beats lie on an even grid.
    pub is_steady: bool,
    /// The beats, in order.
    pub beats: Vec<Samples>,
    /// Those of them that begin bars.
    pub downbeats: Vec<Samples>,
    /// Beats in a bar.
    pub beats_in_bar: usize,
    /// How sure the downbeats are, from 0 to 1.
    pub bar_confidence: f64,
}

/// A key, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyEstimate {
    /// The key.
    pub key: Key,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
}

/// Where somebody sings, or that nobody does.
#[derive(Clone, Debug, PartialEq)]
pub struct Singing {
    /// Where stretches of singing begin and end, in order; empty where nobody sings.
    pub stretches: Vec<(Samples, Samples)>,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
}

/// Gathers what is needed, some 1.5 kB for each second of sound.
pub(super) struct MusicMeter {
    rate: SampleRate,
    halvers: Vec<Halver>,
    mono: Vec<f32>,
    halved: Vec<f32>,
    onsets: OnsetMeter,
    pitches: PitchMeter,
    voice: VoiceMeter,
}

impl MusicMeter {
    /// A meter for sound at `rate`.
    pub(super) fn new(rate: SampleRate) -> Self {
        let mut halvers = Vec::new();
        let mut own = rate.get();
        while own / 2 >= LOWEST_RATE {
            own /= 2;
            halvers.push(Halver::new(3));
        }
        let own = f64::from(rate.get()) / f64::from(1 << halvers.len());
        let onsets = OnsetMeter::new(own);
        Self {
            rate,
            halvers,
            mono: Vec::new(),
            halved: Vec::new(),
            voice: VoiceMeter::new(own, onsets.size(), onsets.rate()),
            onsets,
            pitches: PitchMeter::new(own),
        }
    }

    /// Takes the next frames.
    pub(super) fn add(&mut self, frames: &[StereoFrame]) {
        self.mono.clear();
        self.mono.extend(frames.iter().map(|[left, right]| {
            let sum = f32::midpoint(*left, *right);
            // One sample that is no number must not spoil all that follow.
            if sum.is_finite() {
                sum.clamp(-4.0, 4.0)
            } else {
                0.0
            }
        }));
        for halver in &mut self.halvers {
            self.halved.clear();
            halver.add(&self.mono, &mut self.halved);
            std::mem::swap(&mut self.mono, &mut self.halved);
        }
        let voice = &mut self.voice;
        self.onsets
            .add_seen(&self.mono, &mut |spectrum| voice.add(spectrum));
        self.pitches.add(&self.mono);
    }

    /// What the music is like that sounds between `heard`.
    pub(super) fn finish(self, heard: Option<(Samples, Samples)>) -> Music {
        let Some((first, last)) = heard else {
            return Music::default();
        };
        let rate = f64::from(self.rate.get());
        let samples = |secs: f64| {
            let at = Samples::new((secs * rate).round() as i64);
            at.clamp(first, last)
        };
        let secs = |at: Samples| at.get() as f64 / rate;
        let singing = self.voice.finish(secs(first), secs(last));
        let (curves, harmony) = (self.onsets.finish(), self.pitches.finish());
        let mut beats_at = Vec::new();
        let pace = tempo::pace(&curves).filter(|pace| pace.confidence >= LEAST_CONFIDENCE);
        let rhythm = pace.map(|pace| {
            let found = beats::beats(&curves, pace);
            beats_at = found.at.iter().map(|at| at / curves.rate).collect();
            let pitches =
                |from: f64, to: f64| harmony.between(from / curves.rate, to / curves.rate);
            let bars = beats::bars(&curves, &found.at, &pitches).unwrap_or_default();
            let beats: Vec<Samples> = beats_at.iter().map(|at| samples(*at)).collect();
            let begin = beats.iter().skip(bars.first).step_by(bars.beats.max(1));
            Rhythm {
                bpm: found.bpm,
                confidence: pace.confidence,
                is_steady: found.is_steady,
                downbeats: begin
                    .take(if bars.beats > 0 { beats.len() } else { 0 })
                    .copied()
                    .collect(),
                beats,
                beats_in_bar: bars.beats,
                bar_confidence: bars.confidence,
            }
        });
        let form = sections::form(&curves, &harmony, &beats_at, secs(first), secs(last));
        Music {
            rhythm,
            key: harmony.key().map(|found| KeyEstimate {
                key: found.key,
                confidence: found.confidence,
            }),
            sections: form.sections.into_iter().map(samples).collect(),
            lift: form.lift.map(samples),
            quietest: form.quietest.map(|(from, to)| (samples(from), samples(to))),
            ending: form.ending,
            singing: singing.map(|found| Singing {
                stretches: found
                    .stretches
                    .into_iter()
                    .map(|(from, to)| (samples(from), samples(to)))
                    .collect(),
                confidence: found.confidence,
            }),
            onsets: OnsetCurve::of(&curves),
        }
    }
}
