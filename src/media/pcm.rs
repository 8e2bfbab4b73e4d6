//! Samples as they are: every way WAVE, AIFF and CAF write them, and reading them at any place.

use super::bytes::Bytes;
use super::facts::Codec;
use super::fold::Fold;
use super::packets::Packet;
use super::packets::Packets;
use super::packets::read_error;
use super::sound::SoundError;
use super::sound::StereoFrame;

/// How many frames are read at once.
const FRAMES_AT_ONCE: u32 = 4096;

/// How one sample is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Whole numbers of 1 to 4 bytes; full scale is the largest.
    Signed,
    /// Bytes with silence at 128.
    Unsigned8,
    /// Floating point of 4 or 8 bytes; full scale is 1.
    Float,
    /// ITU-T G.711 A-law, one byte.
    ALaw,
    /// ITU-T G.711 mu-law, one byte.
    MuLaw,
}

impl Encoding {
    /// Its name.
    pub(super) fn codec(self) -> Codec {
        match self {
            Self::Signed | Self::Unsigned8 => Codec::Pcm,
            Self::Float => Codec::PcmFloat,
            Self::ALaw => Codec::ALaw,
            Self::MuLaw => Codec::MuLaw,
        }
    }
}

/// Which byte of a sample comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The most significant.
    Big,
    /// The least significant.
    Little,
}

/// How frames of samples lie in a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PcmLayout {
    encoding: Encoding,
    order: Order,
    // Invariant: one the encoding can have.
    sample_bytes: usize,
    fold: Fold,
}

impl PcmLayout {
    /// A layout, or `None` if no such samples exist.
    pub(super) fn new(
        encoding: Encoding,
        order: Order,
        sample_bytes: usize,
        fold: Fold,
    ) -> Option<Self> {
        let fits = match encoding {
            Encoding::Signed => (1..=4).contains(&sample_bytes),
            Encoding::Float => sample_bytes == 4 || sample_bytes == 8,
            Encoding::Unsigned8 | Encoding::ALaw | Encoding::MuLaw => sample_bytes == 1,
        };
        (fits && fold.channels() > 0).then_some(Self {
            encoding,
            order,
            sample_bytes,
            fold,
        })
    }

    /// The name of what it is.
    pub(super) fn codec(&self) -> Codec {
        self.encoding.codec()
    }

    /// The layout of two channels, left and right, each of which lies like this one's only channel;
    /// `None` where there are more.
    pub(super) fn paired(&self) -> Option<Self> {
        let is_mono = self.fold.channels() == 1;
        is_mono.then(|| Self {
            fold: Fold::of_count(2),
            ..self.clone()
        })
    }

    /// Bytes of one frame: one sample of every channel.
    pub(super) fn frame_bytes(&self) -> usize {
        self.sample_bytes * self.fold.channels()
    }

    /// Appends the frames of `data` to `out`.
    pub(super) fn decode(&self, data: &[u8], out: &mut Vec<StereoFrame>) {
        let fold = &self.fold;
        // Each way by itself: which one it is must not be asked for every sample.
        match (self.encoding, self.sample_bytes, self.order) {
            (Encoding::Unsigned8, ..) => {
                fold.read(data, |[b]| (f32::from(b) - 128.0) / 128.0, out);
            }
            (Encoding::ALaw, ..) => fold.read(data, |[b]| from_a_law(b), out),
            (Encoding::MuLaw, ..) => fold.read(data, |[b]| from_mu_law(b), out),
            (Encoding::Float, 8, Order::Big) => {
                fold.read(data, |b| finite(f64::from_be_bytes(b) as f32), out);
            }
            (Encoding::Float, 8, Order::Little) => {
                fold.read(data, |b| finite(f64::from_le_bytes(b) as f32), out);
            }
            (Encoding::Float, _, Order::Big) => {
                fold.read(data, |b| finite(f32::from_be_bytes(b)), out);
            }
            (Encoding::Float, _, Order::Little) => {
                fold.read(data, |b| finite(f32::from_le_bytes(b)), out);
            }
            (Encoding::Signed, 1, _) => {
                fold.read(data, |[b]| f32::from(b.cast_signed()) / 128.0, out);
            }
            (Encoding::Signed, 2, Order::Big) => {
                fold.read(data, |b| f32::from(i16::from_be_bytes(b)) / 32_768.0, out);
            }
            (Encoding::Signed, 2, Order::Little) => {
                fold.read(data, |b| f32::from(i16::from_le_bytes(b)) / 32_768.0, out);
            }
            (Encoding::Signed, 3, Order::Big) => {
                fold.read(data, |[a, b, c]| from_24([c, b, a]), out);
            }
            (Encoding::Signed, 3, Order::Little) => fold.read(data, from_24, out),
            (Encoding::Signed, _, Order::Big) => {
                fold.read(
                    data,
                    |b| i32::from_be_bytes(b) as f32 / 2_147_483_648.0,
                    out,
                );
            }
            (Encoding::Signed, _, Order::Little) => {
                fold.read(
                    data,
                    |b| i32::from_le_bytes(b) as f32 / 2_147_483_648.0,
                    out,
                );
            }
        }
    }
}

/// One sample of 24 bits, the least significant byte first.
#[inline]
fn from_24([a, b, c]: [u8; 3]) -> f32 {
    (i32::from_le_bytes([0, a, b, c]) >> 8) as f32 / 8_388_608.0
}

/// A sample that is not a number is a damaged one, and would silence everything mixed with it.
#[inline]
fn finite(sample: f32) -> f32 {
    if sample.is_finite() { sample } else { 0.0 }
}

/// One A-law byte, ITU-T G.711 section 3.2.
fn from_a_law(byte: u8) -> f32 {
    let byte = byte ^ 0x55;
    let exponent = (byte >> 4) & 7;
    let mantissa = i16::from(byte & 0x0f) << 4;
    let magnitude = match exponent {
        0 => mantissa + 8,
        _ => (mantissa + 0x108) << (exponent - 1),
    };
    let signed = if byte & 0x80 == 0 {
        -magnitude
    } else {
        magnitude
    };
    f32::from(signed) / 32_768.0
}

/// One mu-law byte, ITU-T G.711 section 3.3.
fn from_mu_law(byte: u8) -> f32 {
    let byte = !byte;
    let exponent = (byte >> 4) & 7;
    let mantissa = i16::from(byte & 0x0f) << 3;
    let magnitude = ((mantissa + 0x84) << exponent) - 0x84;
    let signed = if byte & 0x80 == 0 {
        magnitude
    } else {
        -magnitude
    };
    f32::from(signed) / 32_768.0
}

/// Frames that lie behind each other in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Where the first of them lies.
    pub(super) file_at: u64,
    /// How many they are.
    pub(super) frames: u64,
}

/// Reads samples that lie in stretches of a file.
pub(super) struct PcmPackets {
    bytes: Bytes,
    // Each with the number of its first frame. Invariant: none is without frames.
    stretches: Vec<(i64, Stretch)>,
    frame_bytes: u64,
    frames: i64,
    next: i64,
}

impl PcmPackets {
    /// A reader of `frames` frames from `data_at` on.
    pub(super) fn new(bytes: Bytes, data_at: u64, layout: &PcmLayout, frames: u64) -> Self {
        let one = Stretch {
            file_at: data_at,
            frames,
        };
        Self::scattered(bytes, &[one], layout)
    }

    /// A reader of stretches that follow on from each other.
    pub(super) fn scattered(bytes: Bytes, stretches: &[Stretch], layout: &PcmLayout) -> Self {
        let mut frames = 0_i64;
        let mut numbered = Vec::with_capacity(stretches.len());
        for stretch in stretches.iter().filter(|stretch| stretch.frames > 0) {
            numbered.push((frames, *stretch));
            frames = frames.saturating_add_unsigned(stretch.frames);
        }
        Self {
            bytes,
            stretches: numbered,
            frame_bytes: layout.frame_bytes() as u64,
            frames,
            next: 0,
        }
    }

    /// The bytes of the next frames, at most so many; none at the end.
    fn take(&mut self, at_most: u64) -> Result<&[u8], SoundError> {
        let Some(here) = self.here() else {
            return Ok(&[]);
        };
        let wanted = here.frames.min(at_most);
        let size = usize::try_from(wanted * self.frame_bytes).unwrap_or(0);
        let data = self.bytes.window(here.file_at, size);
        let data = data.map_err(|e| read_error(&e))?;
        let frames = data.len() as u64 / self.frame_bytes;
        self.next = self.next.saturating_add_unsigned(frames);
        Ok(data
            .get(..(frames * self.frame_bytes) as usize)
            .unwrap_or(data))
    }

    /// Where the next frame lies, and how many lie behind each other from there on; `None` at the
    /// end.
    fn here(&self) -> Option<Stretch> {
        let after = self
            .stretches
            .partition_point(|(first, _)| *first <= self.next);
        let (first, stretch) = self.stretches.get(after.checked_sub(1)?)?;
        let passed = (self.next - first).unsigned_abs();
        Some(Stretch {
            file_at: stretch.file_at + passed * self.frame_bytes,
            frames: stretch.frames.saturating_sub(passed),
        })
        .filter(|here| here.frames > 0)
    }
}

impl Packets for PcmPackets {
    fn next(&mut self, packet: &mut Packet) -> Result<bool, SoundError> {
        let (at, frame_bytes) = (self.next, self.frame_bytes);
        let data = self.take(u64::from(FRAMES_AT_ONCE))?;
        let frames = data.len() as u64 / frame_bytes;
        packet.refill(at, u32::try_from(frames).unwrap_or(0), data);
        Ok(frames > 0)
    }

    fn seek(&mut self, at: i64) -> Result<(), SoundError> {
        self.next = at.clamp(0, self.frames);
        Ok(())
    }
}

/// Reads two channels that lie apart from each other as left and right.
pub(super) struct PcmPair {
    left: PcmPackets,
    right: PcmPackets,
    // The frames that were read together, and of the left those that the right had not yet.
    woven: Vec<u8>,
    waiting: Vec<u8>,
}

impl PcmPair {
    /// Two readers of one channel each, of equally many frames that lie alike.
    pub(super) fn new(left: PcmPackets, right: PcmPackets) -> Self {
        Self {
            left,
            right,
            woven: Vec::new(),
            waiting: Vec::new(),
        }
    }
}

impl Packets for PcmPair {
    fn next(&mut self, packet: &mut Packet) -> Result<bool, SoundError> {
        let at = self.left.next;
        let sample_bytes = usize::try_from(self.left.frame_bytes).unwrap_or(1).max(1);
        self.waiting.clear();
        self.waiting
            .extend_from_slice(self.left.take(u64::from(FRAMES_AT_ONCE))?);
        self.woven.clear();
        let mut left = self.waiting.chunks_exact(sample_bytes);
        // The right may lie in smaller pieces.
        while left.len() > 0 {
            let right = self.right.take(left.len() as u64)?;
            if right.is_empty() {
                break;
            }
            for (right, left) in right.chunks_exact(sample_bytes).zip(&mut left) {
                self.woven.extend_from_slice(left);
                self.woven.extend_from_slice(right);
            }
        }
        let frames = self.woven.len() / (2 * sample_bytes);
        packet.refill(at, u32::try_from(frames).unwrap_or(0), &self.woven);
        Ok(frames > 0)
    }

    fn seek(&mut self, at: i64) -> Result<(), SoundError> {
        self.left.seek(at)?;
        self.right.seek(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(encoding: Encoding, order: Order, bytes: &[u8], size: usize) -> Vec<f32> {
        let layout = PcmLayout::new(encoding, order, size, Fold::of_count(1)).expect("exists");
        let mut out = Vec::new();
        layout.decode(bytes, &mut out);
        out.into_iter().map(|[left, _]| left).collect()
    }

    #[test]
    fn the_lowest_sample_of_every_size_is_minus_one() {
        use Encoding::{Signed, Unsigned8};
        use Order::{Big, Little};
        assert_eq!(decoded(Unsigned8, Little, &[0], 1), [-1.0]);
        assert_eq!(decoded(Signed, Big, &[0x80], 1), [-1.0]);
        assert_eq!(decoded(Signed, Little, &[0, 0x80], 2), [-1.0]);
        assert_eq!(decoded(Signed, Big, &[0x80, 0], 2), [-1.0]);
        assert_eq!(decoded(Signed, Little, &[0, 0, 0x80], 3), [-1.0]);
        assert_eq!(decoded(Signed, Big, &[0x80, 0, 0], 3), [-1.0]);
        assert_eq!(decoded(Signed, Little, &[0, 0, 0, 0x80], 4), [-1.0]);
        assert_eq!(decoded(Signed, Big, &[0x80, 0, 0, 0], 4), [-1.0]);
    }

    #[test]
    fn the_g_711_tables_have_their_ends_where_the_standard_puts_them() {
        // Silence and full scale, scaled from 13 and 14 bits to 16.
        assert_eq!(decoded(Encoding::MuLaw, Order::Big, &[0xff], 1), [0.0]);
        let mu = decoded(Encoding::MuLaw, Order::Big, &[0x80, 0x00], 1);
        assert_eq!(mu, [32_124.0 / 32_768.0, -32_124.0 / 32_768.0]);
        let a = decoded(Encoding::ALaw, Order::Big, &[0xd5, 0xaa, 0x2a], 1);
        assert_eq!(
            a,
            [8.0 / 32_768.0, 32_256.0 / 32_768.0, -32_256.0 / 32_768.0]
        );
    }

    #[test]
    fn a_sample_that_is_not_a_number_is_silence() {
        let mut bytes = f32::NAN.to_le_bytes().to_vec();
        bytes.extend(f32::INFINITY.to_le_bytes());
        bytes.extend(0.5_f32.to_le_bytes());
        assert_eq!(
            decoded(Encoding::Float, Order::Little, &bytes, 4),
            [0.0, 0.0, 0.5]
        );
    }

    #[test]
    fn a_sample_size_that_no_encoding_has_is_refused() {
        for (encoding, size) in [
            (Encoding::Signed, 5),
            (Encoding::Float, 2),
            (Encoding::MuLaw, 2),
        ] {
            assert_eq!(
                PcmLayout::new(encoding, Order::Big, size, Fold::of_count(2)),
                None
            );
        }
    }
}
