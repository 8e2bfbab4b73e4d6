//! The texts of a WAVE file: INFO lists before or after the sound, and the ID3 tag in a chunk.

use std::io;

use crate::media::bytes::Bytes;
use crate::media::bytes::le32;
use crate::media::riff;
use crate::media::riff::Chunk;
use crate::media::text;

/// The longest list and the longest tag that are read.
const MAX_LIST: usize = 1024 * 1024;
const MAX_TAG: usize = 32 * 1024 * 1024;

/// Names and texts of all INFO lists.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn texts(bytes: &mut Bytes, chunks: &[Chunk]) -> io::Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for list in chunks.iter().filter(|chunk| chunk.id == *b"LIST") {
        let content = list.content(bytes, MAX_LIST)?;
        if let Some(fields) = content.strip_prefix(b"INFO") {
            read_fields(fields, &mut texts);
        }
    }
    Ok(texts)
}

fn read_fields(fields: &[u8], texts: &mut Vec<(String, String)>) {
    let mut at = 0;
    while let (Some(name), Some(len)) = (fields.get(at..at + 4), le32(fields, at + 4)) {
        let from = at + 8;
        let rest = fields.get(from..).unwrap_or_default();
        let len = usize::try_from(len).unwrap_or(usize::MAX).min(rest.len());
        let value = rest.get(..len).unwrap_or_default();
        // Texts end with a zero; what lies behind it is left over from longer ones.
        let value = value.split(|byte| *byte == 0).next().unwrap_or_default();
        let name = String::from_utf8_lossy(name).into_owned();
        texts.push((name, text::decode(value)));
        at = from + len + (len & 1);
    }
}

/// A WAVE file of nothing but the ID3 tag of this one, for a library that reads tags of files;
/// nothing where there is no tag.
///
/// # Errors
///
/// Fails when the system cannot read the file.
pub(super) fn tag_alone(bytes: &mut Bytes) -> io::Result<Option<Vec<u8>>> {
    let chunks = riff::chunks(bytes)?;
    let tag = chunks
        .iter()
        .find(|chunk| chunk.id.eq_ignore_ascii_case(b"id3 "));
    let Some(tag) = tag else {
        return Ok(None);
    };
    let mut content = tag.content(bytes, MAX_TAG)?;
    if content.is_empty() {
        return Ok(None);
    }
    if content.len() % 2 == 1 {
        content.push(0);
    }
    let len = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(0).to_le_bytes();
    let mut body = b"WAVEid3 ".to_vec();
    body.extend(len(&content));
    body.extend(content);
    let mut file = b"RIFF".to_vec();
    file.extend(len(&body));
    file.extend(body);
    Ok(Some(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[u8]) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        read_fields(fields, &mut texts);
        texts
    }

    fn text(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn fields_are_padded_to_even_lengths() {
        let read = read(b"INAM\x05\0\0\0Fern\0\0IART\x03\0\0\0Ana");
        assert_eq!(read, [text("INAM", "Fern"), text("IART", "Ana")]);
    }

    #[test]
    fn a_field_longer_than_its_list_is_cut() {
        assert_eq!(read(b"INAM\xff\xff\xff\xffFern"), [text("INAM", "Fern")]);
    }

    #[test]
    fn texts_of_old_systems_are_read() {
        assert_eq!(read(b"INAM\x04\0\0\0D\xe9j\xe0"), [text("INAM", "Déjà")]);
    }
}
