//! What an AAC stream says of itself (ISO/IEC 14496-3 section 1.6.2.1), and the decoder for it.

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_AAC;

use super::facts::Codec;
use super::fold::Fold;

/// Frames in one packet.
pub(super) const FRAMES: u32 = 1024;
/// Packets before one that the decoder needs for that one to come out right.
pub(super) const WARM_UP: usize = 2;

const RATES: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];
const LOW_COMPLEXITY: u32 = 2;
const SPECTRAL_BAND: u32 = 5;
const PARAMETRIC_STEREO: u32 = 29;

/// How an AAC stream is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AacConfig {
    object_type: u32,
    /// The rate of what is decoded.
    pub(super) rate: u32,
    /// The rate it would have if the upper half of the spectrum were decoded too.
    pub(super) full_rate: u32,
    /// Channels of what is decoded; 0 when the stream defines its own.
    pub(super) channels: u16,
    short_frames: bool,
}

/// Reads bits from the most significant on.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, n: usize) -> Option<u32> {
        let value = (self.at..self.at + n).try_fold(0, |value, at| {
            let byte = *self.bytes.get(at / 8)?;
            Some(value << 1 | u32::from(byte >> (7 - at % 8) & 1))
        })?;
        self.at += n;
        Some(value)
    }

    fn object_type(&mut self) -> Option<u32> {
        match self.take(5)? {
            31 => Some(32 + self.take(6)?),
            n => Some(n),
        }
    }

    fn rate(&mut self) -> Option<u32> {
        match self.take(4)? {
            15 => self.take(24),
            n => RATES.get(n as usize).copied(),
        }
    }
}

impl AacConfig {
    /// Reads an `AudioSpecificConfig`.
    pub(super) fn parse(config: &[u8]) -> Option<Self> {
        let mut bits = Bits {
            bytes: config,
            at: 0,
        };
        let mut object_type = bits.object_type()?;
        let rate = bits.rate()?;
        let channels = match bits.take(4)? {
            7 => 8,
            n => n as u16,
        };
        let mut full_rate = rate;
        if object_type == SPECTRAL_BAND || object_type == PARAMETRIC_STEREO {
            full_rate = bits.rate()?;
            object_type = bits.object_type()?;
        }
        let short_frames = bits.take(1)? == 1;
        // A stream that older decoders should play too says of its upper half only here.
        let mut extension = || {
            if bits.take(1)? == 1 {
                bits.take(14)?;
            }
            bits.take(1)?;
            (bits.take(11)? == 0x2b7 && bits.object_type()? == SPECTRAL_BAND && bits.take(1)? == 1)
                .then(|| bits.rate())?
        };
        if full_rate == rate
            && let Some(extended) = extension()
        {
            full_rate = extended;
        }
        Some(Self {
            object_type,
            rate,
            full_rate,
            channels,
            short_frames,
        })
    }

    /// What of it cannot be decoded, in words; nothing when all can.
    pub(super) fn not_decoded(&self) -> Option<&'static str> {
        match self {
            _ if self.object_type != LOW_COMPLEXITY => Some("this profile of AAC"),
            _ if self.short_frames => Some("AAC with frames of 960 samples"),
            Self {
                channels: 1 | 2, ..
            } => None,
            Self { channels: 0, .. } => Some("AAC with channels of its own making"),
            _ => Some("AAC of more than two channels"),
        }
    }

    /// Its name.
    pub(super) fn codec(&self) -> Codec {
        if self.full_rate == self.rate {
            Codec::Aac
        } else {
            Codec::HeAac
        }
    }

    /// For the decoder. Of what only more elaborate decoders make use nothing is said, so that this
    /// one takes the core.
    pub(super) fn params(&self) -> AudioCodecParameters {
        let index = RATES.iter().position(|rate| *rate == self.rate);
        let (index, written, n) = match index {
            Some(index) => (index as u64, 0, 0_usize),
            None => (15, u64::from(self.rate), 24),
        };
        let channels = u64::from(self.channels);
        let bits = u64::from(LOW_COMPLEXITY) << 4 | index;
        let bits = ((bits << n | written) << 4 | channels) << 3;
        let used = 16 + n;
        let config: Vec<u8> = (bits << (64 - used)).to_be_bytes()[..used.div_ceil(8)].to_vec();
        let mut params = AudioCodecParameters::new();
        params
            .for_codec(CODEC_ID_AAC)
            .with_sample_rate(self.rate)
            .with_extra_data(config.into_boxed_slice());
        params.channels = Fold::layout(usize::from(self.channels));
        params
    }
}

/// The configuration inside an `esds` box or CAF cookie: a nest of descriptors (ISO/IEC 14496-1
/// section 7.2.6).
pub(super) fn config_of_descriptors(bytes: &[u8]) -> Option<&[u8]> {
    const STREAM: u8 = 3;
    const DECODER: u8 = 4;
    const SPECIFIC: u8 = 5;
    let (tag, body) = descriptor(bytes)?;
    let body = match tag {
        STREAM => {
            let flags = *body.get(2)?;
            let mut skip = 3;
            skip += if flags & 0x80 != 0 { 2 } else { 0 };
            if flags & 0x40 != 0 {
                skip += 1 + usize::from(*body.get(skip)?);
            }
            skip += if flags & 0x20 != 0 { 2 } else { 0 };
            let (tag, body) = descriptor(body.get(skip..)?)?;
            (tag == DECODER).then_some(body)?
        }
        DECODER => body,
        _ => return None,
    };
    // Object types 0x40 and 0x66 to 0x68 are AAC of MPEG-4 and MPEG-2.
    if !matches!(body.first()?, 0x40 | 0x66..=0x68) {
        return None;
    }
    let (tag, config) = descriptor(body.get(13..)?)?;
    (tag == SPECIFIC).then_some(config)
}

/// The first descriptor: its tag and body. Lengths have seven bits a byte.
fn descriptor(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let tag = *bytes.first()?;
    let mut length = 0;
    for at in 1..=4 {
        let byte = *bytes.get(at)?;
        length = length << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            let body = bytes.get(at + 1..)?;
            return Some((tag, body.get(..length).unwrap_or(body)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn low_complexity_stereo_is_decoded_as_it_is() {
        let config = AacConfig::parse(&[0x12, 0x10]).expect("valid");
        assert_eq!((config.rate, config.channels), (44_100, 2));
        assert_eq!(config.codec(), Codec::Aac);
        assert_eq!(config.not_decoded(), None);
        assert_eq!(
            config.params().extra_data.as_deref(),
            Some(&[0x12, 0x10][..])
        );
    }

    #[test]
    fn of_high_efficiency_the_core_is_decoded() {
        // Spectral band replication, 22.05 kHz, stereo, 44.1 kHz in all, low complexity inside.
        let config = AacConfig::parse(&[0x2b, 0x92, 0x08, 0x00]).expect("valid");
        assert_eq!((config.rate, config.full_rate), (22_050, 44_100));
        assert_eq!(config.codec(), Codec::HeAac);
        assert_eq!(config.not_decoded(), None);
        assert_eq!(
            config.params().extra_data.as_deref(),
            Some(&[0x13, 0x90][..])
        );
    }

    #[test]
    fn the_upper_half_may_be_announced_at_the_end() {
        // Low complexity, 22.05 kHz, stereo; then 0x2b7, type 5, present, 44.1 kHz.
        let config = AacConfig::parse(&[0x13, 0x90, 0x56, 0xe5, 0xa0]).expect("valid");
        assert_eq!((config.rate, config.full_rate), (22_050, 44_100));
    }

    #[test]
    fn six_channels_are_refused_in_words() {
        let config = AacConfig::parse(&[0x11, 0xb0]).expect("valid");
        assert_eq!(config.not_decoded(), Some("AAC of more than two channels"));
    }

    #[test]
    fn a_rate_without_an_index_is_written_out() {
        let config = AacConfig {
            object_type: 2,
            rate: 44_056,
            full_rate: 44_056,
            channels: 2,
            short_frames: false,
        };
        let written = config.params().extra_data.expect("is written");
        assert_eq!(AacConfig::parse(&written), Some(config));
    }

    #[test]
    fn the_configuration_is_found_inside_its_descriptors() {
        let mut decoder = vec![0x40, 0x15];
        decoder.extend([0; 11]);
        decoder.extend([5, 0x80, 0x80, 0x80, 2, 0x12, 0x10]);
        let mut stream = vec![3, (3 + 2 + decoder.len()) as u8, 0, 1, 0];
        stream.extend([4, decoder.len() as u8]);
        stream.extend(decoder);
        assert_eq!(config_of_descriptors(&stream), Some(&[0x12, 0x10][..]));
    }
}
