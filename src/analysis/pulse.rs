//! The beats of a recording and the curve they were found in: too bulky for the show, so both are
//! kept as bytes in the cache. When somebody sets another tempo by hand, the beats are found again
//! in the curve, without the sound.

use super::beats;
use super::music::Music;
use super::onsets::Curves;
use super::tempo::Pace;
use crate::model::Bpm;
use crate::time::SampleRate;
use crate::time::Ticks;

/// First bytes, with the version last.
const MAGIC: [u8; 4] = *b"NDB\x01";
/// A curve has so many values a second, about; any other number is damage.
const RATES: std::ops::RangeInclusive<f64> = 50.0..=200.0;

/// How strongly something begins, about a hundred times a second.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnsetCurve {
    /// Values a second.
    rate: f64,
    /// The square roots of the values as shares of the highest, in 255ths: what is soft keeps its
    /// shape.
    values: Vec<u8>,
}

impl OnsetCurve {
    /// A curve in a byte a value.
    pub(super) fn of(curves: &Curves) -> Self {
        let highest = curves.all.iter().copied().fold(0.0, f32::max);
        let scale = 1.0 / highest.max(f32::MIN_POSITIVE);
        let byte = |value: &f32| (255.0 * (value.max(0.0) * scale).sqrt()).round() as u8;
        Self {
            rate: curves.rate,
            values: curves.all.iter().map(byte).collect(),
        }
    }

    fn curves(&self) -> Curves {
        let value = |byte: &u8| (f32::from(*byte) / 255.0).powi(2);
        Curves {
            rate: self.rate,
            all: self.values.iter().map(value).collect(),
            ..Curves::default()
        }
    }
}

/// Bytes that are no pulse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no beats of this version")]
pub struct PulseError;

/// Where the beats of a recording are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pulse {
    /// The beats, in order; none where there is no tempo. Positions in the recording.
    pub beats: Vec<Ticks>,
    /// Which of them is the first to begin a bar.
    pub first_bar: usize,
    /// Beats in a bar; 0 where it is not known which begin bars.
    pub in_bar: usize,
    onsets: OnsetCurve,
}

impl Pulse {
    /// The pulse of a recording at `rate`.
    pub fn of(rate: SampleRate, music: &Music) -> Self {
        let onsets = music.onsets.clone();
        let Some(rhythm) = &music.rhythm else {
            return Self {
                onsets,
                ..Self::default()
            };
        };
        let first = rhythm.downbeats.first();
        let first_bar = first.and_then(|first| rhythm.beats.iter().position(|at| at == first));
        Self {
            beats: rhythm
                .beats
                .iter()
                .map(|at| rate.nearest_ticks(*at))
                .collect(),
            first_bar: first_bar.unwrap_or(0),
            in_bar: first_bar.map_or(0, |_| rhythm.beats_in_bar),
            onsets,
        }
    }

    /// The beats at about another tempo, found anew in the curve; none where nothing begins in it.
    pub fn beats_at(&self, bpm: Bpm) -> Vec<Ticks> {
        if self.onsets.values.iter().all(|value| *value == 0) {
            return Vec::new();
        }
        let curves = self.onsets.curves();
        let pace = Pace {
            bpm: bpm.to_f64(),
            confidence: 1.0,
        };
        let found = beats::beats(&curves, pace).at;
        let at = |value: &f64| Ticks::nearest_to_secs(value / curves.rate);
        found.iter().map(at).collect()
    }

    /// As bytes: 8 for each beat, 1 for each hundredth of a second.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
        bytes.extend(number(self.first_bar));
        bytes.extend(number(self.in_bar));
        bytes.extend(number(self.beats.len()));
        for at in &self.beats {
            bytes.extend(at.get().to_le_bytes());
        }
        bytes.extend(self.onsets.rate.to_le_bytes());
        bytes.extend(&self.onsets.values);
        bytes
    }

    /// From bytes made by [`Pulse::to_bytes`].
    ///
    /// # Errors
    ///
    /// Fails on bytes of any other kind or version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PulseError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(PulseError)?;
        let (first_bar, rest) = number(rest)?;
        let (in_bar, rest) = number(rest)?;
        let (n_beats, rest) = number(rest)?;
        let n_bytes = n_beats.checked_mul(8).ok_or(PulseError)?;
        let (beats, rest) = rest.split_at_checked(n_bytes).ok_or(PulseError)?;
        let (beats, _none) = beats.as_chunks::<8>();
        let beats: Vec<Ticks> = beats
            .iter()
            .map(|at| Ticks::new(i64::from_le_bytes(*at)))
            .collect();
        let (rate, values) = rest.split_first_chunk().ok_or(PulseError)?;
        let rate = f64::from_le_bytes(*rate);
        let is_sound = beats.is_sorted()
            && (first_bar < n_beats || first_bar == 0)
            && in_bar <= n_beats
            && (RATES.contains(&rate) || values.is_empty());
        is_sound
            .then(|| Self {
                beats,
                first_bar,
                in_bar,
                onsets: OnsetCurve {
                    rate,
                    values: values.to_vec(),
                },
            })
            .ok_or(PulseError)
    }
}

fn number(bytes: &[u8]) -> Result<(usize, &[u8]), PulseError> {
    let (number, rest) = bytes.split_first_chunk().ok_or(PulseError)?;
    Ok((u32::from_le_bytes(*number) as usize, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::made;
    use crate::analysis::made::Pattern;
    use crate::analysis::music::MusicMeter;
    use crate::time::Samples;

    /// The pulse of drums at 120 beats a minute from half a second on.
    fn pulse() -> Pulse {
        let rate = SampleRate::new(22_050).expect("it is a rate");
        let sound = made::pattern(Pattern::Rock, &made::steady(120.0, 0.5, 30.0));
        let frames: Vec<[f32; 2]> = sound.iter().map(|sample| [*sample, *sample]).collect();
        let mut meter = MusicMeter::new(rate);
        meter.add(&frames);
        let end = Samples::new(frames.len() as i64);
        Pulse::of(rate, &meter.finish(Some((Samples::new(11_025), end))))
    }

    fn gaps(beats: &[Ticks]) -> Vec<f64> {
        let gap = |pair: &[Ticks]| (pair[1] - pair[0]).to_secs_f64();
        beats.windows(2).map(gap).collect()
    }

    #[test]
    fn beats_at_another_tempo_are_found_in_the_curve_alone() {
        let kept = Pulse::from_bytes(&pulse().to_bytes()).expect("they were just made");
        for bpm in [6_000_u32, 12_000] {
            let beats = kept.beats_at(Bpm::from_hundredths(bpm));
            let wanted = 6_000.0 / f64::from(bpm);
            assert!(beats.len() >= 25, "{} beats at {bpm}", beats.len());
            for gap in gaps(&beats) {
                assert!((gap - wanted).abs() < 0.02, "{gap} instead of {wanted}");
            }
        }
    }

    #[test]
    fn silence_has_no_beats_at_any_tempo() {
        assert_eq!(Pulse::default().beats_at(Bpm::from_hundredths(12_000)), []);
    }

    #[test]
    fn a_pulse_survives_the_way_through_bytes() {
        let pulse = pulse();
        assert!(pulse.beats.len() > 50 && pulse.in_bar > 0, "{pulse:?}");
        assert_eq!(Pulse::from_bytes(&pulse.to_bytes()), Ok(pulse));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_pulse_or_refused(rest in prop::collection::vec(any::<u8>(), 0..200)) {
            let bytes = [&MAGIC[..], &rest].concat();
            drop(Pulse::from_bytes(&bytes));
        }
    }
}
