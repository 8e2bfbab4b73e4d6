//! What an Apple Lossless stream says of itself ("Apple Lossless Format", magic cookie description).

use std::io;

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_ALAC;

use super::bytes::Bytes;
use super::bytes::be32;
use super::table::PacketTable;

/// Apple Lossless, by its cookie.
#[derive(Clone, Debug)]
pub(super) struct Alac {
    /// For the decoder.
    pub(super) params: AudioCodecParameters,
    /// Frames in one packet.
    pub(super) frames: u32,
    /// Bits of a sample.
    pub(super) bits: u16,
    /// Channels.
    pub(super) channels: u16,
    /// Frames a second.
    pub(super) rate: u32,
}

impl Alac {
    /// Reads the decoder's cookie.
    pub(super) fn parse(cookie: &[u8]) -> Option<Self> {
        // Older files wrap the 24 bytes that matter into two boxes.
        let cookie = if cookie.get(4..8) == Some(b"frma") {
            cookie.get(24..)?
        } else {
            cookie
        };
        let core = cookie.get(..24)?;
        let channels = u16::from(core[9]);
        let rate = be32(core, 20)?;
        let mut params = AudioCodecParameters::new();
        params
            .for_codec(CODEC_ID_ALAC)
            .with_sample_rate(rate)
            .with_extra_data(cookie.to_vec().into_boxed_slice());
        Some(Self {
            params,
            frames: be32(core, 0)?,
            bits: u16::from(core[5]),
            channels,
            rate,
        })
    }
}

/// A table of packets with the last one as long as it is.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn with_last_shortened(
    bytes: &mut Bytes,
    mut table: PacketTable,
) -> io::Result<PacketTable> {
    if let Some(at) = table.last_at()
        && let Some(frames) = frames_if_partial(bytes.window(at, 8)?)
    {
        table.shorten_last(frames);
    }
    Ok(table)
}

/// How many frames a packet holds that has fewer than a whole one, by its own first element: three
/// bits of kind, four of number, twelve unused, then whether a count of frames follows.
fn frames_if_partial(packet: &[u8]) -> Option<u32> {
    let head = be32(packet, 0)?;
    let single_or_pair = head >> 29 <= 1;
    let partial = (head >> 12) & 1 == 1;
    // The count has 32 bits and begins at bit 23.
    let count = u64::from(head) << 32 | u64::from(be32(packet, 4)?);
    (single_or_pair && partial).then_some((count >> 9) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_packet_tells_its_frames() {
        // A pair of channels, partial, 1000 frames.
        let bits: u64 = 1 << 61 | 1 << 44 | 1000 << 9;
        assert_eq!(frames_if_partial(&bits.to_be_bytes()), Some(1000));
        let whole: u64 = 1 << 61 | 1000 << 9;
        assert_eq!(frames_if_partial(&whole.to_be_bytes()), None);
        assert_eq!(frames_if_partial(&[0x20, 0, 0x10]), None);
    }
}
