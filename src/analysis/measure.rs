//! One decode, everything measured: exact length, waveform, loudness and its range, true peak,
//! first and last sound, tempo and beats, key and form.

use std::ops::ControlFlow;

use ebur128::EbuR128;
use ebur128::Mode;

use crate::analysis::music::Music;
use crate::analysis::music::MusicMeter;
use crate::analysis::range::RangeMeter;
use crate::media::Peaks;
use crate::media::PeaksBuilder;
use crate::media::Sound;
use crate::media::SoundError;
use crate::media::StereoFrame;
use crate::time::SampleRate;
use crate::time::Samples;

/// Counts how measuring has changed: it grows with every change after which a recording is better
/// measured again. What was measured by an older version is, in the background.
pub const VERSION: u32 = 1;

/// Frames read at once: a third of a second at 48 kHz.
const PIECE: usize = 16_384;
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
    /// Its rate is one that loudness cannot be measured at.
    #[error("loudness cannot be measured at {0} samples per second")]
    Rate(u32),
}

/// The meter for loudness and true peak, and the one for loudness range that reads off it every
/// tenth of a second.
struct Meters {
    meter: EbuR128,
    range: RangeMeter,
    /// Frames in a tenth of a second, and how many of them are to come.
    tenth: usize,
    to_come: usize,
}

impl Meters {
    fn new(rate: SampleRate) -> Result<Self, ebur128::Error> {
        // The histogram keeps gating blocks by loudness instead of one by one.
        let mode = Mode::I | Mode::TRUE_PEAK | Mode::HISTOGRAM;
        let tenth = (rate.get() as usize / 10).max(1);
        Ok(Self {
            meter: EbuR128::new(2, rate.get(), mode)?,
            range: RangeMeter::default(),
            tenth,
            to_come: tenth,
        })
    }

    fn add(&mut self, mut frames: &[StereoFrame]) -> Result<(), ebur128::Error> {
        while !frames.is_empty() {
            let (next, rest) = frames.split_at(frames.len().min(self.to_come));
            self.meter.add_frames_f32(next.as_flattened())?;
            self.to_come -= next.len();
            frames = rest;
            if self.to_come == 0 {
                self.to_come = self.tenth;
                self.range.add_tenth(self.meter.loudness_window(100)?);
            }
        }
        Ok(())
    }
}

/// Reads `sound` from its beginning to its end and measures it. `go_on` is asked after every
/// third of a second of sound and told how many samples have been read.
///
/// Takes the same small amount of memory however long the sound is, but for its waveform: 6 bytes
/// for every 256 samples, for its loudness range: 80 bytes a second, and for its music: 1.5 kB a
/// second, for a moment at the end some 4 kB.
///
/// # Errors
///
/// Fails when it is called off, when nothing of the sound can be read, and at rates that loudness
/// cannot be measured at.
pub fn measure(
    sound: &mut dyn Sound,
    go_on: &mut dyn FnMut(Samples) -> ControlFlow<()>,
) -> Result<Measurement, MeasureError> {
    let rate = sound.rate();
    let unsupported = |_: ebur128::Error| MeasureError::Rate(rate.get());
    let mut meters = Meters::new(rate).map_err(unsupported)?;
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
        let frames = &piece[..n];
        peaks.add(frames);
        meters.add(frames).map_err(unsupported)?;
        music.add(frames);
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
    let Meters { meter, range, .. } = meters;
    let loudness = meter.loudness_global().ok().filter(|lufs| lufs.is_finite());
    let true_peak = (0..2)
        .filter_map(|channel| meter.true_peak(channel).ok())
        .fold(0.0, f64::max);
    let heard = heard.map(|(from, to)| (Samples::new(from), Samples::new(to)));
    Ok(Measurement {
        length: Samples::new(length),
        peaks: peaks.finish(),
        loudness,
        range: range.range(),
        true_peak: (true_peak > 0.0).then(|| 20.0 * true_peak.log10()),
        first_sound: heard.map(|(from, _)| from),
        last_sound: heard.map(|(_, to)| to),
        music: music.finish(heard),
        n_damaged,
    })
}

#[cfg(test)]
mod tests;
