//! How long each Ogg packet lasts: Vorbis by its block sizes, Opus by its first byte.

/// Tells how many frames a packet decodes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Timing {
    /// Vorbis.
    Vorbis(VorbisTiming),
    /// Opus, counted at 48 kHz.
    Opus,
}

/// What decides how long a Vorbis packet lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct VorbisTiming {
    /// The two block sizes.
    blocks: [u32; 2],
    /// For each mode, which of them it uses.
    long: Vec<bool>,
}

/// How long one packet lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    /// Frames that follow those of the packet before.
    pub(super) frames: u32,
    /// Frames the decoder gives when there is no packet before: Vorbis gives half a block that is
    /// not yet sound.
    pub(super) frames_alone: u32,
    /// The block size, for the next packet.
    pub(super) block: u32,
}

impl VorbisTiming {
    /// Reads the identification header and the setup header.
    ///
    /// Vorbis I specification, sections 4.2.2 and 4.2.4. The modes are the last thing in the setup
    /// header, after much that only a decoder can make sense of, so they are read from its end:
    /// each has 41 bits, of which 32 must be zero, and before the first stands their number.
    pub(super) fn read(identification: &[u8], setup: &[u8]) -> Option<Self> {
        let sizes = *identification.get(28)?;
        let (short, long) = (u32::from(sizes & 15), u32::from(sizes >> 4));
        if !(6..=13).contains(&short) || !(short..=13).contains(&long) {
            return None;
        }
        Some(Self {
            blocks: [1 << short, 1 << long],
            long: modes(setup)?,
        })
    }

    /// The length of an audio packet; none for anything else.
    fn length(&self, packet: &[u8], before: Option<u32>) -> Option<Length> {
        let first = *packet.first()?;
        if first & 1 != 0 {
            return None;
        }
        let bits = usize::BITS - (self.long.len() - 1).leading_zeros();
        let mode = usize::from(first >> 1) & ((1 << bits) - 1);
        let block = self.blocks[usize::from(*self.long.get(mode)?)];
        Some(Length {
            frames: before.map_or(0, |before| (before + block) / 4),
            frames_alone: block / 2,
            block,
        })
    }
}

impl Timing {
    /// The length of an audio packet that follows one of block size `before`; none when it is no
    /// audio packet.
    pub(super) fn length(&self, packet: &[u8], before: Option<u32>) -> Option<Length> {
        match self {
            Self::Vorbis(vorbis) => vorbis.length(packet, before),
            Self::Opus => opus_frames(packet).map(|frames| Length {
                frames,
                frames_alone: frames,
                block: 0,
            }),
        }
    }

    /// How far before a place decoding has to begin for that place to come out right: for Opus 80
    /// ms (RFC 7845 section 4.6), doubled to let the last trace of the wrong start die away; for
    /// Vorbis one block.
    pub(super) fn warm_up(&self) -> i64 {
        match self {
            Self::Vorbis(vorbis) => i64::from(vorbis.blocks[1]),
            Self::Opus => 2 * 3840,
        }
    }
}

/// The mode flags of a setup header, read from its end.
fn modes(setup: &[u8]) -> Option<Vec<bool>> {
    const MODE_BITS: usize = 41;
    let bit = |at: usize| setup.get(at / 8).map(|byte| (byte >> (at % 8)) & 1 == 1);
    let number = |at: usize, bits: usize| {
        (0..bits).try_fold(0_u32, |value, i| Some(value | u32::from(bit(at + i)?) << i))
    };
    // After the last mode stands a framing bit, then only zeros to the end of the byte.
    let mut end = (0..setup.len() * 8)
        .rev()
        .find(|at| bit(*at) == Some(true))?;
    let mut flags = Vec::new();
    let mut found = None;
    while flags.len() < 64 && end >= MODE_BITS + 6 {
        let at = end - MODE_BITS;
        // Window and transform type are always 0, and there are at most 64 mappings.
        if number(at + 1, 32)? != 0 || number(at + 33, 8)? >= 64 {
            break;
        }
        flags.push(bit(at)?);
        end = at;
        if number(end - 6, 6)? as usize + 1 == flags.len() {
            // A mode may by chance look like this number; the longest run that fits is right.
            found = Some(flags.clone());
        }
    }
    let mut flags = found?;
    flags.reverse();
    Some(flags)
}

/// Frames of an Opus packet at 48 kHz (RFC 6716 sections 3.1 and 3.2).
pub(in crate::media) fn opus_frames(packet: &[u8]) -> Option<u32> {
    let toc = *packet.first()?;
    let config = toc >> 3;
    let one = match config {
        0..=11 => [480, 960, 1920, 2880][usize::from(config & 3)],
        12..=15 => [480, 960][usize::from(config & 1)],
        _ => [120, 240, 480, 960][usize::from(config & 3)],
    };
    let count = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u32::from(packet.get(1)? & 63),
    };
    // A packet lasts for 120 ms at most.
    Some(one * count).filter(|frames| (1..=5760).contains(frames))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits, least significant first, as Vorbis packs them.
    fn pack(bits: &[(u32, usize)]) -> Vec<u8> {
        let flat: Vec<u32> = bits
            .iter()
            .flat_map(|&(value, n)| (0..n).map(move |i| (value >> i) & 1))
            .collect();
        flat.chunks(8)
            .map(|byte| byte.iter().rev().fold(0, |b, bit| b << 1 | *bit as u8))
            .collect()
    }

    #[test]
    fn the_modes_are_found_from_the_end_of_the_setup_header() {
        let mut bits = vec![(0x1234_5678, 32), (0x3fff, 14), (1, 6)];
        for long in [0, 1] {
            bits.extend([(long, 1), (0, 16), (0, 16), (long, 8)]);
        }
        bits.push((1, 1));
        assert_eq!(modes(&pack(&bits)), Some(vec![false, true]));
    }

    #[test]
    fn a_vorbis_packet_lasts_a_quarter_of_both_blocks() {
        let timing = VorbisTiming {
            blocks: [256, 2048],
            long: vec![false, true],
        };
        let short = timing.length(&[0b00], Some(2048)).expect("audio");
        assert_eq!((short.frames, short.block), (576, 256));
        let first = timing.length(&[0b10], None).expect("audio");
        assert_eq!((first.frames, first.frames_alone), (0, 1024));
        assert_eq!(timing.length(&[0b01], None), None);
    }

    #[test]
    fn opus_packets_last_as_rfc_6716_says() {
        assert_eq!(opus_frames(&[31 << 3]), Some(960));
        assert_eq!(opus_frames(&[31 << 3 | 1]), Some(1920));
        assert_eq!(opus_frames(&[3 << 3 | 3, 2]), Some(5760));
        assert_eq!(opus_frames(&[3 << 3 | 3, 3]), None);
        assert_eq!(opus_frames(&[16 << 3]), Some(120));
        assert_eq!(opus_frames(&[]), None);
    }
}
