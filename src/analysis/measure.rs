//! One decode, everything measured: exact length, waveform, loudness, true peak, first and last
//! sound.

use std::ops::ControlFlow;

use ebur128::EbuR128;
use ebur128::Mode;

use crate::media::Peaks;
use crate::media::PeaksBuilder;
use crate::media::Sound;
use crate::media::SoundError;
use crate::media::StereoFrame;
use crate::time::Samples;

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
    /// Highest true peak of both channels in dBTP (ITU-R BS.1770-5 annex 2); `None` for silence.
    pub true_peak: Option<f64>,
    /// The first sample above −60 dBFS.
    pub first_sound: Option<Samples>,
    /// The first sample after the last one above −60 dBFS.
    pub last_sound: Option<Samples>,
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

/// Reads `sound` from its beginning to its end and measures it. `go_on` is asked after every
/// third of a second of sound and told how many samples have been read.
///
/// Takes the same small amount of memory however long the sound is, but for its waveform: 6 bytes
/// for every 256 samples.
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
    // The histogram keeps gating blocks by loudness instead of one by one.
    let mode = Mode::I | Mode::TRUE_PEAK | Mode::HISTOGRAM;
    let mut meter =
        EbuR128::new(2, rate.get(), mode).map_err(|_unsupported| MeasureError::Rate(rate.get()))?;
    let mut peaks = PeaksBuilder::new(rate);
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
        meter
            .add_frames_f32(frames.as_flattened())
            .map_err(|_unsupported| MeasureError::Rate(rate.get()))?;
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
    let loudness = meter.loudness_global().ok().filter(|lufs| lufs.is_finite());
    let true_peak = (0..2)
        .filter_map(|channel| meter.true_peak(channel).ok())
        .fold(0.0, f64::max);
    Ok(Measurement {
        length: Samples::new(length),
        peaks: peaks.finish(),
        loudness,
        true_peak: (true_peak > 0.0).then(|| 20.0 * true_peak.log10()),
        first_sound: heard.map(|(from, _)| Samples::new(from)),
        last_sound: heard.map(|(_, to)| Samples::new(to)),
        n_damaged,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SampleRate;

    /// A sound made of frames, which may fail at some place.
    struct Made {
        frames: Vec<StereoFrame>,
        at: usize,
        fails_once_at: Option<usize>,
    }

    impl Made {
        fn new(frames: Vec<StereoFrame>) -> Self {
            Self {
                frames,
                at: 0,
                fails_once_at: None,
            }
        }
    }

    impl Sound for Made {
        fn rate(&self) -> SampleRate {
            SampleRate::HZ_48000
        }

        fn length(&self) -> Option<Samples> {
            None
        }

        fn seek(&mut self, position: Samples) -> Result<(), SoundError> {
            self.at = position.get() as usize;
            Ok(())
        }

        fn read(&mut self, out: &mut [StereoFrame]) -> Result<usize, SoundError> {
            if self.fails_once_at.is_some_and(|at| self.at >= at) {
                self.fails_once_at = None;
                return Err(SoundError::Damaged("here".to_owned()));
            }
            let n = out.len().min(self.frames.len() - self.at);
            out[..n].copy_from_slice(&self.frames[self.at..self.at + n]);
            self.at += n;
            Ok(n)
        }
    }

    fn tone(level: f32, secs: usize) -> Vec<StereoFrame> {
        let step = std::f32::consts::TAU * 997.0 / 48_000.0;
        let sample = |n: usize| level * (n as f32 * step).sin();
        (0..secs * 48_000).map(|n| [sample(n); 2]).collect()
    }

    fn measured(frames: Vec<StereoFrame>) -> Measurement {
        measure(&mut Made::new(frames), &mut |_| ControlFlow::Continue(())).expect("it can be read")
    }

    #[test]
    fn a_full_scale_tone_of_1_khz_in_both_channels_is_at_0_lufs() {
        // EBU Tech 3341, section 2.9: a 1 kHz sine at −23 dBFS in both channels is −23 LUFS.
        let loudness = measured(tone(10.0_f32.powf(-23.0 / 20.0), 20)).loudness;
        let lufs = loudness.expect("it is not silent");
        assert!((lufs + 23.0).abs() < 0.1, "{lufs}");
    }

    #[test]
    fn the_true_peak_of_a_tone_is_its_level() {
        let peak = measured(tone(0.5, 2)).true_peak.expect("it is not silent");
        assert!((peak + 6.02).abs() < 0.1, "{peak}");
    }

    #[test]
    fn silence_before_and_after_is_told_from_sound() {
        let mut frames = vec![[0.0; 2]; 30_000];
        frames.extend(vec![[0.25; 2]; 40_000]);
        frames.extend(vec![[0.0005; 2]; 30_000]);
        let measured = measured(frames);
        assert_eq!(measured.first_sound, Some(Samples::new(30_000)));
        assert_eq!(measured.last_sound, Some(Samples::new(70_000)));
        assert_eq!(measured.length, Samples::new(100_000));
    }

    #[test]
    fn silence_has_neither_loudness_nor_peak() {
        let measured = measured(vec![[0.0; 2]; 100_000]);
        assert_eq!((measured.loudness, measured.true_peak), (None, None));
        assert_eq!(measured.first_sound, None);
    }

    #[test]
    fn a_damaged_place_is_passed_over_and_counted() {
        let mut sound = Made::new(tone(0.5, 2));
        sound.fails_once_at = Some(40_000);
        let measured =
            measure(&mut sound, &mut |_| ControlFlow::Continue(())).expect("the rest can be read");
        assert_eq!(measured.n_damaged, 1);
        assert_eq!(measured.length, Samples::new(96_000));
    }

    #[test]
    fn measuring_ends_when_it_is_called_off() {
        let outcome = measure(
            &mut Made::new(tone(0.5, 2)),
            &mut |_| ControlFlow::Break(()),
        );
        assert_eq!(outcome, Err(MeasureError::Cancelled));
    }
}
