//! What is measured of made-up sounds.

mod ebu;

use super::*;
use crate::analysis::made::Noise;
use crate::analysis::made::click;
use crate::time::SampleRate;

/// A sound made of frames, which may fail at some place.
struct Made {
    rate: SampleRate,
    frames: Vec<StereoFrame>,
    at: usize,
    fails_once_at: Option<usize>,
}

impl Made {
    fn new(frames: Vec<StereoFrame>) -> Self {
        Self {
            rate: SampleRate::HZ_48000,
            frames,
            at: 0,
            fails_once_at: None,
        }
    }
}

impl Sound for Made {
    fn rate(&self) -> SampleRate {
        self.rate
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
    assert_eq!(measured.range, None);
    assert_eq!(measured.first_sound, None);
}

#[test]
fn a_sound_of_less_than_three_seconds_has_no_loudness_range() {
    let measured = measured(tone(0.5, 2));
    assert!(measured.loudness.is_some());
    assert_eq!(measured.range, None);
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

#[test]
fn beats_lie_on_the_samples_of_the_recording() {
    let mut samples = vec![0.0; 48_000 * 16];
    // 125 beats a minute, from a quarter of a second on.
    let beats: Vec<usize> = (0..32).map(|n| 12_000 + n * 23_040).collect();
    for at in &beats {
        click(&mut samples, 48_000.0, *at, 0.5);
    }
    let music = measured(samples.into_iter().map(|sample| [sample; 2]).collect()).music;
    let rhythm = music.rhythm.expect("clicks are beats");
    assert!((rhythm.bpm - 125.0).abs() < 0.1, "{}", rhythm.bpm);
    for at in beats {
        let near = |beat: &Samples| (beat.get() - at as i64).abs() < 720;
        assert!(rhythm.beats.iter().any(near), "none near {at}");
    }
    let is_beat = |at: &Samples| rhythm.beats.contains(at);
    assert!(!rhythm.downbeats.is_empty() && rhythm.downbeats.iter().all(is_beat));
}

#[test]
fn noise_of_any_length_at_any_rate_is_measured_within_itself() {
    let mut noise = Noise::new(3);
    for rate in [8_000, 11_025, 22_050, 37_800, 96_000, 192_000] {
        for n in [0, 1, 300, 10_000, 70_000] {
            let frames = (0..n).map(|_| [noise.next(), 0.5 * noise.next()]).collect();
            let mut sound = Made::new(frames);
            sound.rate = SampleRate::new(rate).expect("it is a rate");
            let measured =
                measure(&mut sound, &mut |_| ControlFlow::Continue(())).expect("noise can be read");
            let music = measured.music;
            let beats = music.rhythm.map(|rhythm| rhythm.beats).unwrap_or_default();
            for times in [beats, music.sections] {
                assert!(times.is_sorted(), "{n} at {rate}: {times:?}");
                let inside = |at: &Samples| (Samples::ZERO..=measured.length).contains(at);
                assert!(times.iter().all(inside), "{n} at {rate}: {times:?}");
            }
        }
    }
}
