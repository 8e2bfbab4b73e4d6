//! Measuring sound files: each is decoded once, or not at all when the cache has its waveform.

use std::path::Path;
use std::sync::Arc;

use crate::analysis;
use crate::analysis::Measurement;
use crate::app::library::Wanted;
use crate::app::sounds::SoundFiles;
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
use crate::storage::Cache;
use crate::storage::CacheKey;
use crate::time::SampleRate;
use crate::time::Samples;

use super::Outcome;

/// The version under which waveforms are kept in the cache: it grows when they are made in another
/// way.
const VERSION: u32 = 1;

/// What was found out about a file.
pub(in crate::app) struct Finding {
    /// Its waveform.
    pub(in crate::app) peaks: Arc<Peaks>,
    /// What goes into the show, where it was measured just now.
    pub(in crate::app) measured: Option<(Measured, Samples)>,
}

/// Finds out about the file at `path`, and hands it over.
pub(in crate::app) fn measure(
    work: &mut Work<'_, Outcome>,
    wanted: Wanted,
    path: &Path,
    sounds: &SoundFiles,
    cache: &Cache,
) {
    if !wanted.is_unmeasured
        && let Some(bytes) = cache.get(key_of(&wanted))
        && let Ok(peaks) = Peaks::from_bytes(&bytes)
    {
        work.send(Outcome::Measured {
            wanted,
            finding: Ok(Finding {
                peaks: Arc::new(peaks),
                measured: None,
            }),
        });
        return;
    }
    let finding = decode(work, path, &wanted.media.hash, sounds).map(|(rate, measurement)| {
        if let Err(error) = cache.put(key_of(&wanted), &measurement.peaks.to_bytes()) {
            // It will be made again when it is next wanted.
            tracing::debug!("a waveform was not cached: {error}");
        }
        let measured = to_model(rate, &measurement);
        Finding {
            peaks: Arc::new(measurement.peaks),
            measured: wanted
                .is_unmeasured
                .then_some((measured, measurement.length)),
        }
    });
    work.send(Outcome::Measured { wanted, finding });
}

fn key_of(wanted: &Wanted) -> CacheKey<'_> {
    CacheKey {
        kind: "waveform",
        content: &wanted.media.hash,
        version: VERSION,
    }
}

fn decode(
    work: &Work<'_, Outcome>,
    path: &Path,
    hash: &str,
    sounds: &SoundFiles,
) -> Result<(SampleRate, Measurement), String> {
    let mut sound = sounds.open(path, hash, &mut work.shares())?;
    let rate = sound.rate();
    let mut go_on = |_: Samples| work.go_on();
    let measurement =
        analysis::measure(&mut sound, &mut go_on).map_err(|error| error.to_string())?;
    Ok((rate, measurement))
}

fn to_model(rate: SampleRate, measurement: &Measurement) -> Measured {
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
    }
}
