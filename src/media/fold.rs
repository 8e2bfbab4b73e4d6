//! Folding any number of channels down to two.
//!
//! The weights are those of ITU-R BS.775-4, annex 4, table 2, for a 2/0 format: the centre and each
//! surround at −3 dB in its own side, a lone rear channel at −6 dB in both, and the low-frequency
//! effects left out.

use symphonia::core::audio::Channels;
use symphonia::core::audio::Position;

use super::sound::StereoFrame;
use super::wide::widest;

const MINUS_3_DB: f32 = std::f32::consts::FRAC_1_SQRT_2;
const MINUS_6_DB: f32 = 0.5;

/// How much of each channel goes to the left and to the right.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fold {
    weights: Vec<StereoFrame>,
}

impl Fold {
    /// The fold for channels whose places are known.
    pub(super) fn of(channels: &Channels) -> Self {
        match channels {
            Channels::Positioned(positions) => Self::positioned(*positions),
            other => Self::discrete(other.count()),
        }
    }

    /// The fold for a number of channels in the usual order of their number: WAVE's up to 7.1.
    pub(super) fn of_count(channels: usize) -> Self {
        Self::layout(channels).map_or_else(|| Self::discrete(channels), |at| Self::of(&at))
    }

    /// The fold for WAVE's channel mask, as long as it names as many channels as there are.
    pub(super) fn of_mask(mask: u32, channels: usize) -> Self {
        if mask.count_ones() as usize == channels
            && let Some(positions) = Position::from_wave_channel_mask(mask)
        {
            return Self::positioned(positions);
        }
        // A mask of none says that the channels are not meant for loudspeakers.
        if mask == 0 && channels > 2 {
            return Self::discrete(channels);
        }
        Self::of_count(channels)
    }

    /// The usual places of a number of channels, for decoders that want to be told.
    pub(super) fn layout(channels: usize) -> Option<Channels> {
        let front = Position::FRONT_LEFT | Position::FRONT_RIGHT;
        let rear = Position::REAR_LEFT | Position::REAR_RIGHT;
        let side = Position::SIDE_LEFT | Position::SIDE_RIGHT;
        let center = Position::FRONT_CENTER;
        let effects = Position::LFE1;
        Some(Channels::Positioned(match channels {
            1 => center,
            2 => front,
            3 => front | center,
            4 => front | rear,
            5 => front | center | rear,
            6 => front | center | effects | rear,
            7 => front | center | effects | Position::REAR_CENTER | side,
            8 => front | center | effects | rear | side,
            _ => return None,
        }))
    }

    /// How many channels it folds.
    pub(super) fn channels(&self) -> usize {
        self.weights.len()
    }

    /// Folds interleaved frames and appends them to `out`. A last frame that is not whole is left
    /// out.
    pub(super) fn interleaved(&self, samples: &[f32], out: &mut Vec<StereoFrame>) {
        match self.weights.as_slice() {
            [] => {}
            [_] => out.extend(samples.iter().map(|&sample| [sample, sample])),
            [[1.0, 0.0], [0.0, 1.0]] => out.extend_from_slice(samples.as_chunks::<2>().0),
            weights => out.extend(samples.chunks_exact(weights.len()).map(|frame| {
                let mut folded = [0.0, 0.0];
                for (sample, [left, right]) in frame.iter().zip(weights) {
                    folded[0] += sample * left;
                    folded[1] += sample * right;
                }
                folded
            })),
        }
    }

    /// Reads samples of `N` bytes each, folds their frames and appends them to `out`. What is no
    /// whole frame at the end is left out.
    pub(super) fn read<const N: usize>(
        &self,
        data: &[u8],
        sample: impl Fn([u8; N]) -> f32,
        out: &mut Vec<StereoFrame>,
    ) {
        let samples = data.as_chunks::<N>().0;
        widest(
            #[inline(always)]
            |_| match self.weights.as_slice() {
                [_] => out.extend(samples.iter().map(|bytes| [sample(*bytes); 2])),
                [[1.0, 0.0], [0.0, 1.0]] => {
                    let pairs = samples.as_chunks::<2>().0.iter();
                    out.extend(pairs.map(|[left, right]| [sample(*left), sample(*right)]));
                }
                _ => {
                    let samples: Vec<f32> = samples.iter().map(|bytes| sample(*bytes)).collect();
                    self.interleaved(&samples, out);
                }
            },
        );
    }

    /// Whether the first of two channels is the left one, the second the right one, and that is all.
    pub(super) fn is_stereo(&self) -> bool {
        matches!(self.weights.as_slice(), [[1.0, 0.0], [0.0, 1.0]])
    }

    fn positioned(positions: Position) -> Self {
        let weights: Vec<StereoFrame> = positions.iter().map(weight).collect();
        if let [_] = weights.as_slice() {
            // One channel is mono wherever it claims to stand.
            return Self {
                weights: vec![[1.0, 1.0]],
            };
        }
        Self { weights }
    }

    /// Channels that stand nowhere: each is heard on both sides, so that none is lost.
    fn discrete(channels: usize) -> Self {
        let weights = match channels {
            1 => vec![[1.0, 1.0]],
            2 => vec![[1.0, 0.0], [0.0, 1.0]],
            n => vec![[MINUS_3_DB, MINUS_3_DB]; n],
        };
        Self { weights }
    }
}

/// Appends frames of two channels that lie apart.
pub(super) fn join<S: Copy>(
    (left, right): (&[S], &[S]),
    sample: impl Fn(S) -> f32,
    out: &mut Vec<StereoFrame>,
) {
    let frames = left.iter().zip(right);
    widest(
        #[inline(always)]
        |_| out.extend(frames.map(|(left, right)| [sample(*left), sample(*right)])),
    );
}

fn weight(position: Position) -> StereoFrame {
    const LEFT: Position = Position::FRONT_LEFT;
    const RIGHT: Position = Position::FRONT_RIGHT;
    let left = Position::REAR_LEFT
        | Position::SIDE_LEFT
        | Position::FRONT_LEFT_CENTER
        | Position::FRONT_LEFT_WIDE
        | Position::TOP_FRONT_LEFT
        | Position::TOP_SIDE_LEFT
        | Position::TOP_REAR_LEFT
        | Position::BOTTOM_FRONT_LEFT;
    let right = Position::REAR_RIGHT
        | Position::SIDE_RIGHT
        | Position::FRONT_RIGHT_CENTER
        | Position::FRONT_RIGHT_WIDE
        | Position::TOP_FRONT_RIGHT
        | Position::TOP_SIDE_RIGHT
        | Position::TOP_REAR_RIGHT
        | Position::BOTTOM_FRONT_RIGHT;
    let rear = Position::REAR_CENTER | Position::TOP_REAR_CENTER | Position::TOP_CENTER;
    let effects = Position::LFE1 | Position::LFE2;
    match position {
        LEFT => [1.0, 0.0],
        RIGHT => [0.0, 1.0],
        p if left.contains(p) => [MINUS_3_DB, 0.0],
        p if right.contains(p) => [0.0, MINUS_3_DB],
        p if rear.contains(p) => [MINUS_6_DB, MINUS_6_DB],
        p if effects.contains(p) => [0.0, 0.0],
        // The centre, above and below it, and places not thought of yet.
        _ => [MINUS_3_DB, MINUS_3_DB],
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these factors are exact")]
mod tests {
    use super::*;

    fn folded(fold: &Fold, frame: &[f32]) -> StereoFrame {
        let mut out = Vec::new();
        fold.interleaved(frame, &mut out);
        *out.first().expect("one frame went in")
    }

    #[test]
    fn mono_is_heard_on_both_sides_at_its_own_level() {
        assert_eq!(folded(&Fold::of_count(1), &[0.5]), [0.5, 0.5]);
    }

    #[test]
    fn stereo_stays_as_it_is() {
        assert_eq!(folded(&Fold::of_count(2), &[0.25, -0.5]), [0.25, -0.5]);
    }

    #[test]
    fn each_channel_of_5_1_goes_where_bs_775_puts_it() {
        // Left, right, centre, effects, left surround, right surround.
        let fold = Fold::of_count(6);
        let m = MINUS_3_DB;
        let expected = [
            [1.0, 0.0],
            [0.0, 1.0],
            [m, m],
            [0.0, 0.0],
            [m, 0.0],
            [0.0, m],
        ];
        for (channel, expected) in expected.into_iter().enumerate() {
            let mut frame = [0.0; 6];
            frame[channel] = 1.0;
            assert_eq!(folded(&fold, &frame), expected, "channel {channel}");
        }
    }

    #[test]
    fn a_lone_rear_channel_goes_to_both_sides() {
        // Left, right, centre, rear centre.
        let fold = Fold::of_mask(0b1_0000_0111, 4);
        assert_eq!(folded(&fold, &[0.0, 0.0, 0.0, 1.0]), [0.5, 0.5]);
    }

    #[test]
    fn channels_without_a_place_are_all_heard() {
        for channels in [3_usize, 9, 16] {
            let fold = Fold::of_mask(0, channels);
            for channel in 0..channels {
                let mut frame = vec![0.0; channels];
                frame[channel] = 1.0;
                let [left, right] = folded(&fold, &frame);
                assert!(left > 0.0 && right > 0.0, "{channel} of {channels}");
            }
        }
    }

    #[test]
    fn a_mask_that_names_too_few_channels_is_not_believed() {
        assert_eq!(Fold::of_mask(0b11, 6), Fold::of_count(6));
    }
}
