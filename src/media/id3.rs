//! Stepping over `ID3v2` tags at the beginning of a file.

use std::io;

use super::bytes::Bytes;

/// Tags that one file may have in front of each other; more are not believed.
const MAX_TAGS: usize = 8;
const HEADER: u64 = 10;

/// The place where the last of the `ID3v2` tags at the beginning ends; 0 where there is none.
///
/// ID3 tag version 2.4.0, main structure, sections 3.1 and 3.4.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn end_of_tags(bytes: &mut Bytes) -> io::Result<u64> {
    let mut at = 0;
    for _ in 0..MAX_TAGS {
        let Some(header) = bytes.array::<10>(at)? else {
            break;
        };
        let Some(length) = tag_length(&header) else {
            break;
        };
        at += length;
    }
    Ok(at.min(bytes.len()))
}

/// How long the tag is that begins with `header`, or `None` if none does.
fn tag_length(header: &[u8; 10]) -> Option<u64> {
    let [b'I', b'D', b'3', major, minor, flags, size @ ..] = *header else {
        return None;
    };
    if major == 0xff || minor == 0xff || size.iter().any(|byte| *byte & 0x80 != 0) {
        return None;
    }
    let body = size
        .iter()
        .fold(0, |length, byte| (length << 7) | u64::from(*byte));
    let footer = if flags & 0x10 == 0 { 0 } else { HEADER };
    Some(HEADER + body + footer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_counts_seven_bits_a_byte_and_the_footer() {
        assert_eq!(
            tag_length(b"ID3\x04\x00\x00\x00\x00\x02\x01"),
            Some(10 + 257)
        );
        assert_eq!(
            tag_length(b"ID3\x04\x00\x10\x00\x00\x02\x01"),
            Some(20 + 257)
        );
    }

    #[test]
    fn what_only_begins_like_a_tag_is_none() {
        assert_eq!(tag_length(b"ID3\xff\x00\x00\x00\x00\x02\x01"), None);
        assert_eq!(tag_length(b"ID3\x04\x00\x00\x00\x80\x02\x01"), None);
        assert_eq!(tag_length(b"ID4\x04\x00\x00\x00\x00\x02\x01"), None);
    }
}
