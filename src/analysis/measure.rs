//! One decode, everything measured: exact length, waveform, loudness and its range, true peak,
//! first and last sound, tempo and beats, key, form and singing.

use std::ops::ControlFlow;

use crate::analysis::loudness::Loudness;
use crate::analysis::loudness::LoudnessMeter;
use crate::analysis::music::Music;
use crate::analysis::music::MusicMeter;
use crate::analysis::true_peak::TruePeakMeter;
use crate::media::Peaks;
use crate::media::PeaksBuilder;
use crate::media::Sound;
use crate::media::SoundError;
use crate::media::StereoFrame;
use crate::time::Samples;

/// Counts how measuring has changed: it grows with every change after which a recording is better
/// measured again. What was measured by an older version is, in the background.
pub const VERSION: u32 = 4;

/// Frames read at once: a twelfth of a second at 48 kHz.
const PIECE: usize = 4_096;
/// Frames that everything is measured of in turn: so few that they stay near the processor.
const NEAR: usize = 1_024;
/// What is softer than this (−60 dBFS) is no sound yet, or no more.
const AUDIBLE: f32 = 0.001;
/// A reader that gives only errors is given up after so many in a row.
const MAX_ERRORS: u32 = 100;

/// What was measured of a recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// How many samples there really are.
    pub length: Samples,
    /// Its shape.
    pub peaks: Peaks,
    /// Integrated loudness in LUFS (ITU-R BS.1770-5, gated as in EBU R 128); `None` for silence.
    pub loudness: Option<f64>,
    /// Loudness of the loudest 400 ms in LUFS (EBU Tech 3341); `None` for silence, and for what is
    /// shorter.
    pub momentary_max: Option<f64>,
    /// Loudness range in LU (EBU Tech 3342); `None` for silence, and for what is shorter than 3 s.
    pub range: Option<f64>,
    /// Highest true peak of both channels in dBTP (ITU-R BS.1770-5 annex 2); `None` for silence.
    pub true_peak: Option<f64>,
    /// The first sample above −60 dBFS.
    pub first_sound: Option<Samples>,
    /// The first sample after the last one above −60 dBFS.
    pub last_sound: Option<Samples>,
    /// What it is like as music.
    pub music: Music,
    /// How many places were damaged and passed over.
    pub n_damaged: u32,
}

/// Why a recording was not measured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeasureError {
    /// It was called off.
    #[error("measuring was cancelled")]
    Cancelled,
    /// It cannot be read.
    #[error(transparent)]
    Sound(#[from] SoundError),
}

/// Reads `sound` from its beginning to its end and measures it. `go_on` is asked after every
/// twelfth of a second of sound and told how many samples have been read.
///
/// Takes the same small amount of memory however long the sound is, but for its waveform: 6 bytes
/// for every 256 samples, for its loudness range: 80 bytes a second, and for its music: 1.5 kB a
/// second, for a moment at the end some 4 kB.
///
/// # Errors
///
/// Fails when it is called off, and when nothing of the sound can be read.
pub fn measure(
    sound: &mut dyn Sound,
    go_on: &mut dyn FnMut(Samples) -> ControlFlow<()>,
) -> Result<Measurement, MeasureError> {
    let rate = sound.rate();
    let mut loudness = LoudnessMeter::new(rate);
    let mut true_peak = TruePeakMeter::new(rate);
    let mut peaks = PeaksBuilder::new(rate);
    let mut music = MusicMeter::new(rate);
    let mut piece = vec![[0.0; 2]; PIECE];
    let mut length = 0;
    let mut heard: Option<(i64, i64)> = None;
    let mut n_damaged = 0;
    let mut n_errors = 0;
    sound.seek(Samples::ZERO)?;
    loop {
        let n = match sound.read(&mut piece) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) => {
                n_errors += 1;
                n_damaged += 1;
                if n_errors == MAX_ERRORS {
                    if length == 0 {
                        return Err(error.into());
                    }
                    break;
                }
                continue;
            }
        };
        n_errors = 0;
        let frames = &mut piece[..n];
        quiet_what_is_no_number(frames);
        let frames = &*frames;
        for near in frames.chunks(NEAR) {
            peaks.add(near);
            loudness.add(near);
            true_peak.add(near);
            music.add(near);
        }
        let is_sound = |frame: &StereoFrame| frame.iter().any(|s| s.abs() >= AUDIBLE);
        if let Some(first) = frames.iter().position(is_sound) {
            let last = frames.iter().rposition(is_sound).unwrap_or(first);
            let from = heard.map_or(length + first as i64, |(from, _)| from);
            heard = Some((from, length + last as i64 + 1));
        }
        length += n as i64;
        if go_on(Samples::new(length)).is_break() {
            return Err(MeasureError::Cancelled);
        }
    }
    let Loudness {
        integrated,
        momentary_max,
        range,
    } = loudness.finish();
    let true_peak = f64::from(true_peak.finish());
    let heard = heard.map(|(from, to)| (Samples::new(from), Samples::new(to)));
    Ok(Measurement {
        length: Samples::new(length),
        peaks: peaks.finish(),
        loudness: integrated,
        momentary_max,
        range,
        true_peak: (true_peak > 0.0).then(|| 20.0 * true_peak.log10()),
        first_sound: heard.map(|(from, _)| from),
        last_sound: heard.map(|(_, to)| to),
        music: music.finish(heard),
        n_damaged,
    })
}

/// One sample that is no number would spoil all that follow.
fn quiet_what_is_no_number(frames: &mut [StereoFrame]) {
    for sample in frames.as_flattened_mut() {
        *sample = if sample.is_finite() { *sample } else { 0.0 };
    }
}

#[cfg(test)]
mod tests;
