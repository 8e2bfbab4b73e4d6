//! Measuring sound files: each is decoded once, or not at all when the cache has its waveform and
//! its beats.

use std::ops::ControlFlow;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Arc;

use crate::analysis;
use crate::analysis::Measurement;
use crate::analysis::Pulse;
use crate::app::library::Wanted;
use crate::app::sounds::SoundFiles;
use crate::jobs::Pass;
use crate::jobs::Work;
use crate::media::Peaks;
use crate::media::Sound;
use crate::model::Bpm;
use crate::model::Decibels;
use crate::model::Form;
use crate::model::Given;
use crate::model::Lu;
use crate::model::Lufs;
use crate::model::Measured;
use crate::model::Percent;
use crate::model::Singing;
use crate::storage::Cache;
use crate::storage::CacheKey;
use crate::time::SampleRate;
use crate::time::Samples;

use super::Outcome;
use super::attempts::Attempts;

/// The version under which waveforms are kept in the cache: it grows when they are made in another
/// way.
const WAVEFORM_VERSION: u32 = 1;

/// What was found out about a file.
pub(in crate::app) struct Finding {
    /// Its waveform.
    pub(in crate::app) peaks: Arc<Peaks>,
    /// Its beats.
    pub(in crate::app) pulse: Arc<Pulse>,
    /// What goes into the show, where it was measured just now.
    pub(in crate::app) measured: Option<(Measured, Samples)>,
}

/// Why nothing was found out.
pub(in crate::app) enum Unmeasured {
    /// It was called off.
    Cancelled,
    /// The file cannot be read, for this reason.
    For(String),
}

/// Finds out about the file at `path`, and hands it over. What is decoded waits at its gate.
pub(in crate::app) fn measure(
    work: &mut Work<'_, Outcome>,
    wanted: Wanted,
    path: &Path,
    sounds: &SoundFiles,
    cache: &Cache,
    pass: Pass,
) {
    let hash = &wanted.media.hash;
    let known = if wanted.is_unmeasured {
        None
    } else {
        kept(cache, hash)
    };
    let finding = match known {
        Some(finding) => Ok(finding),
        None => decode(work, &wanted, path, sounds, cache, pass),
    };
    work.send(Outcome::Measured { wanted, finding });
}

/// The waveform of the content `hash` in the cache.
fn waveform(hash: &str) -> CacheKey<'_> {
    CacheKey {
        kind: "waveform",
        content: hash,
        version: WAVEFORM_VERSION,
    }
}

/// Its beats, and the curve they were found in.
fn beats(hash: &str) -> CacheKey<'_> {
    CacheKey {
        kind: "beats",
        content: hash,
        version: analysis::VERSION,
    }
}

/// What is in the cache from when the file was last measured.
fn kept(cache: &Cache, hash: &str) -> Option<Finding> {
    let peaks = Peaks::from_bytes(&cache.get(waveform(hash))?).ok()?;
    let pulse = Pulse::from_bytes(&cache.get(beats(hash))?).ok()?;
    Some(Finding {
        peaks: Arc::new(peaks),
        pulse: Arc::new(pulse),
        measured: None,
    })
}

fn decode(
    work: &Work<'_, Outcome>,
    wanted: &Wanted,
    path: &Path,
    sounds: &SoundFiles,
    cache: &Cache,
    mut pass: Pass,
) -> Result<Finding, Unmeasured> {
    let hash = wanted.media.hash.as_str();
    let attempts = Attempts::new(cache, hash);
    if wanted.is_forced {
        attempts.forget();
    }
    if pass.wait(|| work.is_cancelled()).is_break() {
        return Err(Unmeasured::Cancelled);
    }
    attempts.begin().map_err(Unmeasured::For)?;
    // A file that makes a decoder panic costs only itself.
    let measured = catch_unwind(AssertUnwindSafe(|| {
        let mut shares = work.shares();
        let mut open = |share: f32| match shares(share) {
            ControlFlow::Continue(()) => pass.wait(|| work.is_cancelled()),
            stop @ ControlFlow::Break(()) => stop,
        };
        let mut sound = sounds.open(path, hash, &mut open)?;
        let rate = sound.rate();
        let mut go_on = |_: Samples| pass.wait(|| work.is_cancelled());
        let measurement = analysis::measure(&mut sound, &mut go_on);
        let measurement = measurement.map_err(|error| error.to_string())?;
        Ok((rate, measurement))
    }));
    let measured = measured.unwrap_or_else(|_panic| Err("it cannot be decoded".to_owned()));
    if work.is_cancelled() {
        attempts.forget();
        return Err(Unmeasured::Cancelled);
    }
    let (rate, measurement) = match measured {
        Ok(measured) => measured,
        Err(why) => {
            // A file that is away may come back; one that is here and cannot be read will not
            // be any better at the next start.
            if path.exists() {
                attempts.give_up(&why);
            } else {
                attempts.forget();
            }
            return Err(Unmeasured::For(why));
        }
    };
    attempts.forget();
    let pulse = Pulse::of(rate, &measurement.music);
    keep(cache, waveform(hash), &measurement.peaks.to_bytes());
    keep(cache, beats(hash), &pulse.to_bytes());
    let measured = to_model(rate, &measurement);
    Ok(Finding {
        peaks: Arc::new(measurement.peaks),
        pulse: Arc::new(pulse),
        measured: wanted
            .is_unmeasured
            .then_some((measured, measurement.length)),
    })
}

fn keep(cache: &Cache, key: CacheKey<'_>, bytes: &[u8]) {
    if let Err(error) = cache.put(key, bytes) {
        // It will be made again when it is next wanted.
        tracing::debug!("what was measured was not cached: {error}");
    }
}

/// What goes into the show of what was measured of a recording at `rate`.
pub(in crate::app) fn to_model(rate: SampleRate, measurement: &Measurement) -> Measured {
    let music = &measurement.music;
    let ticks = |at: Samples| rate.nearest_ticks(at);
    let rhythm = music.rhythm.as_ref();
    let tempo = rhythm.and_then(|rhythm| {
        let confidence = Percent::nearest_to(rhythm.confidence);
        Some(Given::estimate(Bpm::nearest_to(rhythm.bpm)?, confidence))
    });
    Measured {
        loudness: measurement.loudness.and_then(Lufs::nearest_to),
        range: measurement.range.and_then(Lu::nearest_to),
        momentary_max: measurement.momentary_max.and_then(Lufs::nearest_to),
        // Silence has no peak; that it was measured must show all the same.
        true_peak: Some(
            measurement
                .true_peak
                .map_or(Decibels::MIN_GAIN, Decibels::nearest_to),
        ),
        first_sound: measurement.first_sound.map(ticks),
        last_sound: measurement.last_sound.map(ticks),
        tempo,
        first_downbeat: rhythm.and_then(|rhythm| rhythm.downbeats.first().copied().map(ticks)),
        key: music
            .key
            .map(|found| Given::estimate(found.key, Percent::nearest_to(found.confidence))),
        form: Some(Form {
            sections: music.sections.iter().copied().map(ticks).collect(),
            lift: music.lift.map(ticks),
            quietest: music.quietest.map(|(from, to)| (ticks(from), ticks(to))),
            ending: music.ending,
        }),
        singing: music.singing.as_ref().map(|found| Singing {
            stretches: found
                .stretches
                .iter()
                .map(|(from, to)| (ticks(*from), ticks(*to)))
                .collect(),
            confidence: Percent::nearest_to(found.confidence),
        }),
        version: analysis::VERSION,
    }
}
