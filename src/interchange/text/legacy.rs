//! Guessing the code page of a text that is not Unicode: Windows-1252, Mac Roman or GBK.
//!
//! All three read almost any bytes, so the text is judged by what it would say. Chinese text in
//! GBK comes in pairs of high bytes, most of them from the block of hanzi (GB 2312: first byte B0
//! to F7, second A1 to FE). Western text has single high bytes that must turn into letters which
//! fit their neighbours; where both Western pages read equally well, Windows is the likelier one.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

use super::TextEncoding;

/// The likeliest code page of `bytes`, which are not valid UTF-8.
pub(super) fn guess(bytes: &[u8]) -> TextEncoding {
    if is_gbk(bytes) {
        return TextEncoding::Gbk;
    }
    if western_sense(bytes, MACINTOSH) > western_sense(bytes, WINDOWS_1252) {
        TextEncoding::MacRoman
    } else {
        TextEncoding::Windows1252
    }
}

/// Whether the high bytes pair up, and at least two thirds of the pairs are hanzi.
fn is_gbk(bytes: &[u8]) -> bool {
    let mut n_pairs = 0_usize;
    let mut n_hanzi = 0_usize;
    let mut n_odd = 0_usize;
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first < 0x80 {
            continue;
        }
        match tail {
            [second, after @ ..] if *second >= 0x80 => {
                n_pairs += 1;
                if (0xB0..=0xF7).contains(first) && *second >= 0xA1 {
                    n_hanzi += 1;
                }
                rest = after;
            }
            _ => n_odd += 1,
        }
    }
    // One pair alone is as likely to be two accented letters; odd bytes are rare in real GBK,
    // whose second bytes below 80 belong to rare characters.
    n_pairs >= 2 && n_odd * 20 <= n_pairs && n_hanzi * 3 >= n_pairs * 2
}

/// How much sense the high bytes make when read in a Western encoding: letters between letters
/// count for it, symbols between letters and capitals inside words against it.
fn western_sense(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> i64 {
    // Both encodings are single-byte: one character a byte, so neighbours stay neighbours.
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mut sense = 0;
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(current) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        if !current.is_ascii() {
            sense += sense_of(before, current, after);
        }
        before = current;
    }
    sense
}

fn sense_of(before: char, current: char, after: char) -> i64 {
    let in_word = before.is_alphabetic() || after.is_alphabetic();
    let inside_word = before.is_alphabetic() && after.is_alphabetic();
    match current {
        '’' => 2,
        '‘' | '“' | '”' | '–' | '—' | '…' | '«' | '»' if !inside_word => 2,
        '\u{A0}' | '°' | '©' | '®' | '™' | '€' | '£' if !in_word => 1,
        // A letter of no Western language, in the place where Mac Roman has É.
        'ƒ' => -1,
        _ if current.is_uppercase() && before.is_lowercase() => -2,
        _ if current.is_alphabetic() && in_word => 2,
        _ if current.is_alphabetic() => 0,
        _ => -1,
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{Encoding, GBK};

    use super::*;

    fn guess_of(text: &str, encoding: &'static Encoding) -> TextEncoding {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable, "{text} is not in {}", encoding.name());
        guess(&bytes)
    }

    #[test]
    fn western_windows_text_is_known_by_its_letters() {
        for text in [
            "* FROM CLIP NAME: CAFÉ TERRASSE",
            "Straße, Küche, Größe",
            "fête à la plage – déjà vu",
            "mañana, el niño",
            "don’t look back",
            "Ålesund, smørbrød",
        ] {
            assert_eq!(
                guess_of(text, WINDOWS_1252),
                TextEncoding::Windows1252,
                "{text}"
            );
        }
    }

    #[test]
    fn mac_text_is_known_by_its_letters() {
        for text in [
            "Café terrasse, première",
            "Straße, Küche, Größe",
            "fête à la plage, déjà vu",
            "mañana, el niño",
            "CAFÉ, ÉTÉ",
            "she’s “late” again, don’t",
        ] {
            assert_eq!(guess_of(text, MACINTOSH), TextEncoding::MacRoman, "{text}");
        }
    }

    #[test]
    fn chinese_text_is_known_by_its_pairs() {
        assert_eq!(
            guess_of("* FROM CLIP NAME: 海边小屋 12-3.mov", GBK),
            TextEncoding::Gbk
        );
        assert_eq!(guess_of("序列 01", GBK), TextEncoding::Gbk);
    }
}
