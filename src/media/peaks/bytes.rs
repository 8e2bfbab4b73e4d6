//! The shape of a recording as bytes for the cache: only the finest level; the others are made
//! from it in no time.

use super::{Bin, Peaks, SAMPLES_PER_BIN};
use crate::time::SampleRate;
use crate::time::Samples;

/// First bytes, with the version last.
const MAGIC: [u8; 4] = *b"NDP\x01";
const HEADER: usize = MAGIC.len() + 4 + 8;
const BIN: usize = 6;

/// Bytes that are not the shape of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no waveform of this version")]
pub struct PeaksError;

impl Peaks {
    /// As bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let bins = self.levels.first().map_or(&[][..], Vec::as_slice);
        let mut bytes = Vec::with_capacity(HEADER + bins.len() * BIN);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&self.rate.get().to_le_bytes());
        bytes.extend_from_slice(&self.length.get().to_le_bytes());
        for bin in bins {
            let [min, max] = [bin.min, bin.max].map(i8::cast_unsigned);
            bytes.extend_from_slice(&[min, max, bin.rms, bin.low, bin.mid, bin.high]);
        }
        bytes
    }

    /// From bytes made by [`Peaks::to_bytes`].
    ///
    /// # Errors
    ///
    /// Fails on bytes of any other kind or version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PeaksError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(PeaksError)?;
        let (rate, rest) = rest.split_first_chunk().ok_or(PeaksError)?;
        let (length, rest) = rest.split_first_chunk().ok_or(PeaksError)?;
        let rate = SampleRate::new(u32::from_le_bytes(*rate)).map_err(|_zero| PeaksError)?;
        let length = i64::from_le_bytes(*length);
        let (bins, odd) = rest.as_chunks::<BIN>();
        let n_bins = u64::try_from(length)
            .map_err(|_negative| PeaksError)?
            .div_ceil(u64::from(SAMPLES_PER_BIN));
        if !odd.is_empty() || n_bins != bins.len() as u64 {
            return Err(PeaksError);
        }
        let bins = bins.iter().map(|[min, max, rms, low, mid, high]| Bin {
            min: min.cast_signed(),
            max: max.cast_signed(),
            rms: *rms,
            low: *low,
            mid: *mid,
            high: *high,
        });
        Ok(Self::new(rate, Samples::new(length), bins.collect()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::media::PeaksBuilder;

    proptest! {
        #[test]
        fn a_waveform_survives_the_way_through_bytes(
            samples in prop::collection::vec(-1.0_f32..1.0, 0..3000)
        ) {
            let mut builder = PeaksBuilder::new(SampleRate::HZ_44100);
            let frames: Vec<[f32; 2]> = samples.iter().map(|s| [*s, -*s]).collect();
            builder.add(&frames);
            let peaks = builder.finish();
            prop_assert_eq!(Peaks::from_bytes(&peaks.to_bytes()), Ok(peaks));
        }

        #[test]
        fn any_bytes_are_a_waveform_or_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if bytes.len() > 8 {
                bytes[..4].copy_from_slice(&MAGIC);
            }
            drop(Peaks::from_bytes(&bytes));
        }
    }
}
