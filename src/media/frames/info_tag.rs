//! What an encoder says of the whole file in its first frame: the tags called Xing, Info and VBRI.
//!
//! Sources: the Xing variable bit rate SDK; "MP3 Info Tag rev 1" of the LAME project, for delay and
//! padding; the description of Fraunhofer's VBRI header in "MPEG Audio Frame Header" by
//! K. Windszus.

use std::io;

use super::walker::FrameHeader;
use super::walker::HEADER_BYTES;
use super::walker::Syntax;
use crate::media::bytes::Bytes;
use crate::media::bytes::be32;

/// Where VBRI begins in its frame: always after 32 bytes, whatever the side information's length.
const VBRI_AT: usize = 4 + 32;
/// Where delay and padding lie, from the name of the encoder on.
const GAP_AT: usize = 21;
/// Encoders whose delay and padding follow LAME's convention.
const LAME_LIKE: &[&[u8]] = &[b"LAME", b"Lavf", b"Lavc", b"L3.9", b"GOGO"];

/// What an encoder put around the music, in samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// Before it, without the decoder's own delay.
    pub(super) delay: u16,
    /// After it, counted from the last sample that the encoder was given.
    pub(super) padding: u16,
}

/// What the first frame says of the whole file. The frame itself holds no sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct InfoTag {
    /// How many frames follow.
    pub(super) frames: Option<u32>,
    /// How many bytes there are, this frame included.
    pub(super) bytes: Option<u32>,
    /// Delay and padding.
    pub(super) gap: Option<Gap>,
}

impl InfoTag {
    /// Reads the tag of a frame whose side information ends at `tag_at`, if it has one.
    pub(super) fn read(frame: &[u8], tag_at: usize) -> Option<Self> {
        match frame.get(tag_at..tag_at.checked_add(4)?)? {
            b"Xing" | b"Info" => Some(Self::read_xing(frame.get(tag_at..)?)),
            _ if frame.get(VBRI_AT..VBRI_AT + 4)? == b"VBRI" => Some(Self {
                bytes: be32(frame, VBRI_AT + 10),
                frames: be32(frame, VBRI_AT + 14),
                gap: None,
            }),
            _ => None,
        }
    }

    fn read_xing(tag: &[u8]) -> Self {
        let flags = be32(tag, 4).unwrap_or(0);
        let mut at = 8;
        let mut number = |present: bool, size: usize| {
            let value = present.then(|| be32(tag, at)).flatten();
            at += if present { size } else { 0 };
            value
        };
        let frames = number(flags & 1 != 0, 4);
        let bytes = number(flags & 2 != 0, 4);
        number(flags & 4 != 0, 100);
        number(flags & 8 != 0, 4);
        let encoder = tag.get(at..).unwrap_or_default();
        let gap = LAME_LIKE
            .iter()
            .any(|name| encoder.starts_with(name))
            .then(|| be32(encoder, GAP_AT))
            .flatten()
            .map(|word| Gap {
                delay: (word >> 20) as u16,
                padding: ((word >> 8) & 0xfff) as u16,
            });
        Self { frames, bytes, gap }
    }

    /// The number of frames it promises, if the file ends where it says: a file that was cut or
    /// added to has to be counted.
    ///
    /// # Errors
    ///
    /// Fails when the system cannot read the file.
    pub(super) fn frames_if_whole(
        &self,
        bytes: &mut Bytes,
        syntax: Syntax,
        first: &FrameHeader,
        at: u64,
    ) -> io::Result<Option<u64>> {
        let (Some(frames), Some(size)) = (self.frames, self.bytes) else {
            return Ok(None);
        };
        let end = at + u64::from(size);
        // Every frame has at least its header.
        if end > bytes.len() || u64::from(frames) * 4 > u64::from(size) {
            return Ok(None);
        }
        let more = syntax
            .header(bytes.window(end, HEADER_BYTES)?)
            .is_some_and(|header| header.continues(first));
        Ok((!more && frames > 0).then_some(u64::from(frames)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xing(flags: u32, fields: &[u8], encoder: &[u8], gap: [u8; 3]) -> Vec<u8> {
        let mut frame = vec![0; 36];
        frame.extend(b"Xing");
        frame.extend(flags.to_be_bytes());
        frame.extend(fields);
        frame.extend(encoder);
        frame.resize(frame.len() + GAP_AT - encoder.len(), 0);
        frame.extend(gap);
        frame.extend([0; 12]);
        frame
    }

    #[test]
    fn delay_and_padding_are_twelve_bits_each() {
        let mut fields = 1000_u32.to_be_bytes().to_vec();
        fields.extend(400_000_u32.to_be_bytes());
        let frame = xing(3, &fields, b"LAME3.100", [0x24, 0x05, 0x67]);
        let tag = InfoTag::read(&frame, 36).expect("has a tag");
        assert_eq!(tag.frames, Some(1000));
        assert_eq!(tag.bytes, Some(400_000));
        let gap = Gap {
            delay: 0x240,
            padding: 0x567,
        };
        assert_eq!(tag.gap, Some(gap));
    }

    #[test]
    fn an_encoder_without_lames_convention_states_no_delay() {
        let frame = xing(1, &7_u32.to_be_bytes(), b"Other", [0x24, 0x05, 0x67]);
        let tag = InfoTag::read(&frame, 36).expect("has a tag");
        assert_eq!((tag.frames, tag.gap), (Some(7), None));
    }

    #[test]
    fn a_tag_cut_short_says_what_it_still_can() {
        let mut frame = xing(3, &7_u32.to_be_bytes(), b"", [0; 3]);
        frame.truncate(36 + 8 + 4);
        let tag = InfoTag::read(&frame, 36).expect("has a tag");
        assert_eq!((tag.frames, tag.bytes), (Some(7), None));
    }

    #[test]
    fn a_vbri_tag_tells_bytes_and_frames() {
        let mut frame = vec![0; 36];
        frame.extend(b"VBRI\x00\x01\x09\x31\x00\x4b");
        frame.extend(5_000_u32.to_be_bytes());
        frame.extend(12_u32.to_be_bytes());
        let tag = InfoTag::read(&frame, 21).expect("has a tag");
        assert_eq!((tag.bytes, tag.frames), (Some(5_000), Some(12)));
    }
}
