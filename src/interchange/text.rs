//! Bytes of a text file to text, in one place for every format.
//!
//! A byte-order mark is believed (Unicode Standard 16.0, section 23.8). Without one, the text is
//! UTF-16 when every other byte is zero, else UTF-8 when it is valid UTF-8; what remains comes
//! from the code page of somebody's machine, which is guessed in `legacy.rs`.

mod legacy;

use std::fmt;

use encoding_rs::Encoding;

use super::limits::HEAD_BYTES;

/// How a text file is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextEncoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Western European Windows.
    Windows1252,
    /// Western European Mac OS before X.
    MacRoman,
    /// Simplified Chinese Windows.
    Gbk,
}

impl TextEncoding {
    /// Every encoding, for a menu.
    pub const ALL: [Self; 6] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1252,
        Self::MacRoman,
        Self::Gbk,
    ];

    /// The encoding of this name, such as a playlist may give (WHATWG Encoding Standard).
    pub(super) fn named(label: &str) -> Option<Self> {
        let named = Encoding::for_label(label.trim().as_bytes())?;
        Self::ALL.into_iter().find(|known| known.decoder() == named)
    }

    fn decoder(self) -> &'static Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::MacRoman => encoding_rs::MACINTOSH,
            Self::Gbk => encoding_rs::GBK,
        }
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 (little-endian)",
            Self::Utf16Be => "UTF-16 (big-endian)",
            Self::Windows1252 => "Windows-1252",
            Self::MacRoman => "Mac Roman",
            Self::Gbk => "GBK",
        })
    }
}

/// A text, and how it was come by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without byte-order mark.
    pub(super) text: String,
    /// How it was encoded.
    pub(super) encoding: TextEncoding,
    /// Whether the encoding was guessed from the looks of the text.
    pub(super) is_guess: bool,
    /// How many places could not be decoded.
    pub(super) n_replaced: usize,
}

/// Decodes a whole file.
pub(super) fn decode(bytes: &[u8], told: Option<TextEncoding>) -> Decoded {
    let (encoding, is_guess) = match told {
        Some(encoding) => (encoding, false),
        None => find_encoding(bytes),
    };
    let (text, had_errors) = encoding.decoder().decode_with_bom_removal(bytes);
    let n_replaced = if had_errors {
        text.matches('\u{FFFD}').count()
    } else {
        0
    };
    Decoded {
        text: text.into_owned(),
        encoding,
        is_guess,
        n_replaced,
    }
}

/// Decodes the beginning of a file, as much of it as is needed to see what it is.
pub(super) fn decode_head(bytes: &[u8]) -> String {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    // The cut may go through a character, which must not make the rest look invalid.
    let head = match std::str::from_utf8(head) {
        Err(error) if error.error_len().is_none() => {
            head.get(..error.valid_up_to()).unwrap_or(head)
        }
        _ => head,
    };
    decode(head, None).text
}

fn find_encoding(bytes: &[u8]) -> (TextEncoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let known = TextEncoding::ALL
            .into_iter()
            .find(|known| known.decoder() == encoding);
        return (known.unwrap_or(TextEncoding::Utf8), false);
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return (encoding, true);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (TextEncoding::Utf8, false);
    }
    (legacy::guess(bytes), true)
}

/// UTF-16 without a mark: text that is mostly Latin has a zero in every other byte.
fn utf16_by_zeros(bytes: &[u8]) -> Option<TextEncoding> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let (pairs, _) = head.as_chunks::<2>();
    let n_low_first = pairs.iter().filter(|[a, b]| *a != 0 && *b == 0).count();
    let n_high_first = pairs.iter().filter(|[a, b]| *a == 0 && *b != 0).count();
    let enough = pairs.len().div_ceil(2).max(2);
    if enough <= n_low_first && n_high_first == 0 {
        Some(TextEncoding::Utf16Le)
    } else if enough <= n_high_first && n_low_first == 0 {
        Some(TextEncoding::Utf16Be)
    } else {
        None
    }
}

/// One line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its number, counted from 1.
    pub(super) number: usize,
    /// What it says, without its ending.
    pub(super) text: &'a str,
}

/// The lines of a text, ended by CR LF, LF or CR alone, mixed as they come.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut rest = Some(text);
    let mut number = 0;
    std::iter::from_fn(move || {
        let current = rest?;
        number += 1;
        let end = current.find(['\n', '\r']).unwrap_or(current.len());
        let (line, tail) = current.split_at(end);
        // Behind the last line there is no ending, and so no rest.
        rest = tail.strip_prefix("\r\n").or_else(|| tail.get(1..));
        Some(Line { number, text: line })
    })
}

/// A name or note as people can use it: no control characters but line breaks, no blanks around.
pub(super) fn cleaned(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    visible.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, TextEncoding, bool) {
        let decoded = decode(bytes, None);
        (decoded.text, decoded.encoding, decoded.is_guess)
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn a_mark_is_believed_and_left_out() {
        let mut bytes = b"\xEF\xBB\xBF".to_vec();
        bytes.extend_from_slice("TITLE: é".as_bytes());
        assert_eq!(
            decoded(&bytes),
            ("TITLE: é".to_owned(), TextEncoding::Utf8, false)
        );
        let bytes = utf16("\u{FEFF}Имя", u16::to_le_bytes);
        assert_eq!(
            decoded(&bytes),
            ("Имя".to_owned(), TextEncoding::Utf16Le, false)
        );
    }

    #[test]
    fn utf_16_without_a_mark_is_seen_by_its_zeros() {
        let text = "Name\tBemerkung für später";
        assert_eq!(
            decoded(&utf16(text, u16::to_le_bytes)),
            (text.to_owned(), TextEncoding::Utf16Le, true)
        );
        assert_eq!(
            decoded(&utf16(text, u16::to_be_bytes)),
            (text.to_owned(), TextEncoding::Utf16Be, true)
        );
    }

    #[test]
    fn valid_utf_8_is_utf_8() {
        let (_, encoding, is_guess) = decoded("海辺の小屋 – café".as_bytes());
        assert_eq!((encoding, is_guess), (TextEncoding::Utf8, false));
    }

    #[test]
    fn whoever_knows_the_encoding_is_believed() {
        let told = decode(b"caf\xE9", Some(TextEncoding::MacRoman));
        assert_eq!((told.text.as_str(), told.is_guess), ("cafÈ", false));
    }

    #[test]
    fn what_cannot_be_decoded_is_counted() {
        let told = decode(b"a\xFFb\xFFc", Some(TextEncoding::Utf8));
        assert_eq!(told.n_replaced, 2);
    }

    #[test]
    fn a_head_cut_through_a_character_is_still_utf_8() {
        let text = "é".repeat(HEAD_BYTES);
        let mut odd = b"x".to_vec();
        odd.extend_from_slice(text.as_bytes());
        assert!(decode_head(&odd).starts_with("xéé"));
    }

    #[test]
    fn lines_end_in_every_way_there_is() {
        let found: Vec<_> = lines("a\r\nb\rc\nd")
            .map(|line| (line.number, line.text))
            .collect();
        assert_eq!(found, [(1, "a"), (2, "b"), (3, "c"), (4, "d")]);
    }

    #[test]
    fn a_name_keeps_no_control_characters() {
        assert_eq!(cleaned(" a\tb\0c\u{1A}\nd \r"), "a bc\nd");
    }
}
