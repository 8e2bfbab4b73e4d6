//! What is known of a track's sound, for other programs. Times are seconds.

use serde::Serialize;

use crate::model::Decibels;
use crate::model::Ending;
use crate::model::Form;
use crate::model::Measured;
use crate::model::Source;
use crate::model::Track;
use crate::time::Ticks;

/// What was measured of a track, and what was set by hand.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct MeasuredJson {
    lufs: Option<f64>,
    range_lu: Option<f64>,
    true_peak_dbtp: Option<f32>,
    first_sound: Option<f64>,
    last_sound: Option<f64>,
    bpm: Option<f64>,
    /// Where the tempo is from: a tag, an estimate, or somebody's hand.
    bpm_source: Option<&'static str>,
    first_downbeat: Option<f64>,
    key: Option<String>,
    key_source: Option<&'static str>,
    /// Where its parts begin.
    sections: Vec<f64>,
    lift: Option<f64>,
    ending: Option<&'static str>,
    vocal: Option<VocalJson>,
}

/// Where somebody sings; it is null where that is not sure.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct VocalJson {
    /// How much of what sounds is sung, from 0 to 1; 0 where nobody sings.
    share: f64,
    /// How sure that is, from 0 to 1.
    confidence: f64,
    /// From where to where.
    stretches: Vec<(f64, f64)>,
}

impl VocalJson {
    /// What is told of `measured`.
    pub(in crate::cli) fn new(measured: &Measured) -> Option<Self> {
        let singing = measured.singing.as_ref()?;
        let stretches = singing.stretches.iter();
        Some(Self {
            share: measured.share_sung()?,
            confidence: f64::from(singing.confidence.get()) / 100.0,
            stretches: stretches
                .map(|(from, to)| (from.to_secs_f64(), to.to_secs_f64()))
                .collect(),
        })
    }
}

impl MeasuredJson {
    /// What is known of `track`.
    pub(in crate::cli) fn new(track: &Track) -> Self {
        let measured = &track.measured;
        let secs = |at: Option<Ticks>| at.map(Ticks::to_secs_f64);
        let hundredths = |n: i32| f64::from(n) / 100.0;
        let form = measured.form.as_ref();
        Self {
            lufs: measured.loudness.map(|lufs| hundredths(lufs.hundredths())),
            range_lu: measured.range.map(|lu| hundredths(lu.hundredths())),
            true_peak_dbtp: measured.true_peak.map(Decibels::to_f32),
            first_sound: secs(measured.first_sound),
            last_sound: secs(measured.last_sound),
            bpm: track.tempo().map(|tempo| tempo.value.to_f64()),
            bpm_source: track.tempo().map(|tempo| source(tempo.source)),
            first_downbeat: secs(track.first_downbeat()),
            key: track.key().map(|key| key.value.to_string()),
            key_source: track.key().map(|key| source(key.source)),
            sections: track.sections().iter().map(|at| at.to_secs_f64()).collect(),
            lift: secs(form.and_then(|form| form.lift)),
            ending: form.and_then(|form: &Form| form.ending).map(ending),
            vocal: VocalJson::new(measured),
        }
    }
}

/// Who says so.
pub(in crate::cli) fn source(source: Source) -> &'static str {
    match source {
        Source::Tag => "tag",
        Source::Estimate(_) => "estimate",
        Source::ByHand => "hand",
    }
}

/// How a recording ends.
pub(in crate::cli) fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Hard => "hard",
        Ending::RingingOut => "ringing_out",
    }
}
